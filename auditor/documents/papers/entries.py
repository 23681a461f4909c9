"""Labels with their values and rows as entries, each with the words that it is made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from auditor.documents.forms.records import FormValue, made_value
from auditor.documents.pages import Word
from auditor.documents.papers.labelled_rows import GoesOn, Known, labelled_parts
from auditor.documents.papers.model import Block, Entry


def entry_of(label: str, value: str, words: Sequence[Word]) -> Entry:
    found = _words_of(value, words)
    page = [word for word in words if word.box.page == words[0].box.page]
    made: FormValue | None = made_value(found or page, value) if value else None
    return Entry(label, made, words[0].box)


def _words_of(value: str, words: Sequence[Word]) -> list[Word]:
    """The words that a value is made of, those on the page of the first of them."""
    left = "".join(value.split())
    found: list[Word] = []
    for word in reversed(words):
        text = "".join(word.text.split())
        if not left:
            break
        if left.endswith(text):
            left = left[: len(left) - len(text)]
            found.insert(0, word)
    return [word for word in found if word.box.page == found[0].box.page]


def label_rows(block: Block, known: Known, goes_on: GoesOn) -> None:
    """Give the rows of a block their labels: what recurs at the beginning of their parts. Rows of a table have them."""
    bare = [row for row in block.rows if not row.entries]
    parted = dict(zip(map(id, bare), labelled_parts([row.raw for row in bare], known, goes_on), strict=True))
    rows = []
    for row in block.rows:
        if row.entries:
            rows.append(row)
            continue
        parts = parted[id(row)]
        entries, left = [], list(row.words)
        for label, value in parts:
            found = _first_words_of(value, left)
            made = made_value(found or row.words[:1], value) if value else None
            entries.append(Entry(label, made, found[0].box if found else row.box))
        rows.append(replace(row, entries=tuple(entries)))
    block.rows = rows


def _first_words_of(value: str, left: list[Word]) -> list[Word]:
    """The next words of a row that make up a value; they and what stands before them are taken from `left`."""
    wanted = "".join(value.split())
    for start in range(len(left)):
        text, end = "", start
        while end < len(left) and len(text) < len(wanted):
            text += "".join(left[end].text.split())
            end += 1
        if text.endswith(wanted):
            found = left[start:end]
            del left[:end]
            return [word for word in found if word.box.page == found[0].box.page]
    return []
