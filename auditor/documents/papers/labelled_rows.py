"""Rows without a header: `Label value | Label value`, `Label: value; Label: value`.

The label of a part is what recurs at the beginning of the parts of all rows; of a single row it is a known label, or
what stands before its figure. The longest label holds, and one never ends inside a longer one: before a word that ends
labels (`Document | Type`), or before what cannot be its value.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from auditor.values.currency import CODES

SEPARATORS = ("|", "｜", ";", "；")
_PIPE = re.compile(r"\s*[|｜]\s*")
_SEMICOLON = re.compile(r"\s*[;；]\s*")
_COLON = re.compile(r"(?P<label>[^:：]{1,40}?)\s*(?<!\d)[:：]\s*(?P<value>.*)")
_TOKEN = re.compile(r"[\u3400-\u9fff]+|[^\s\u3400-\u9fff]+|\s+")
_CODE = rf"(?:{'|'.join(CODES)})"  # of a currency
_APART = r"(?<![A-Za-z\d-])"  # no part of a longer code: a figure of its own
_AMOUNTS = (
    rf"(?:{_CODE}\s?)?[-+(]*[$€£¥￥]\s?-?\d[\d,.]*\)?",  # with a sign of a currency
    rf"{_APART}{_CODE}\s?-?\d[\d,.]*",
    rf"{_APART}-?\d[\d,.]*[.,]\d{{2}}%?",
    rf"{_APART}-?\d[\d.,]*%",
)
_DAYS = (rf"{_APART}\d{{4}}[-/.]\d{{1,2}}[-/.]\d{{1,2}}", rf"{_APART}\d{{1,2}}[-/.]\d{{1,2}}[-/.]\d{{4}}")
_FIGURE_TAIL = re.compile(rf"^(?P<label>.*?[^\W\d_].*?)\s*(?P<value>{'|'.join((*_AMOUNTS, *_DAYS))})$")
_LETTER = re.compile(r"[^\W\d_]")

Known = Callable[[str], bool]
GoesOn = Callable[[str, str], bool]  # whether a label goes on into the text behind it


def row_parts(text: str) -> list[str]:
    """The parts of a row."""
    parts = [part.strip() for part in _PIPE.split(text) if part.strip()]
    if len(parts) < 2:
        parts = [part.strip() for part in _SEMICOLON.split(text) if part.strip()]
    return parts


def has_labels(text: str) -> bool:
    """Whether a text is a row of labelled parts: at least two, each beginning with a letter, some with a figure."""
    parts = row_parts(text)
    if len(parts) < 2 or not all(_LETTER.match(part) or part[0] in "#№" for part in parts):
        return False
    return any(any(map(str.isdigit, part)) for part in parts)


def label_begun(part: str) -> str:
    """The label with which a part begins, as far as it can be told from the part alone."""
    colon = _COLON.fullmatch(part)
    return colon["label"].strip() if colon is not None else _first(part)


def ends_in_figure(text: str) -> bool:
    """Whether the last part of a row has its figure, so that nothing of it is to come."""
    ended = not text.rstrip().endswith(SEPARATORS)
    return ended and _FIGURE_TAIL.match(row_parts(text)[-1]) is not None


def labelled_parts(
    rows: Sequence[str], known: Known, goes_on: GoesOn = lambda label, rest: False
) -> list[list[tuple[str, str]]]:
    """The rows of one block as labels with values."""
    parted = [row_parts(row) for row in rows]
    return [
        [_label_and_value(part, _others(parted, at, part), known, goes_on) for part in parts]
        for at, parts in enumerate(parted)
    ]


def _others(parted: Sequence[Sequence[str]], at: int, part: str) -> list[str]:
    """The parts of other rows that may have the same label: those that begin alike."""
    first = _first(part)
    return [each for row, parts in enumerate(parted) if row != at for each in parts if _first(each) == first]


def _first(part: str) -> str:
    match = _TOKEN.match(part)
    return match[0] if match else ""


def _label_and_value(part: str, others: Sequence[str], known: Known, goes_on: GoesOn) -> tuple[str, str]:
    colon = _COLON.fullmatch(part)
    if colon is not None:
        return colon["label"].strip(), colon["value"].strip()
    if known(part):
        return part, ""
    tail = _FIGURE_TAIL.match(part)
    tokens = _TOKEN.findall(part)
    ends = [len("".join(tokens[: count + 1])) for count, token in enumerate(tokens) if not token.isspace()]
    ends = [end for end in ends[:7] if part[end:].strip()] or [len(part)]
    whole = [end for end in ends if known(part[:end])]
    if whole:
        longest = _with_its_end(part, max(whole), ends, goes_on)
        if tail is None or not _plain_words(part[longest : tail.start("value")]):
            return part[:longest].strip(), part[longest:].strip()
    if tail is not None and not any(map(str.isdigit, tail["label"])) and _recurs(tail["label"], others):
        return tail["label"].strip(), tail["value"].strip()
    shared = max((end for end in ends if others and all(_begins(each, part[:end]) for each in others)), default=ends[0])
    shared = _with_its_end(part, shared, ends, goes_on)
    return part[:shared].strip(), part[shared:].strip()


def _with_its_end(part: str, end: int, ends: Sequence[int], goes_on: GoesOn) -> int:
    """The end of a label with the words by which it goes on; where it does to the end of the part, as it was."""
    for each in (end, *(longer for longer in ends if longer > end)):
        if not goes_on(part[:each].strip(), part[each:].strip()):
            return each
    return end


def _recurs(label: str, others: Sequence[str]) -> bool:
    """Whether a text is the label also of other rows' parts, or nothing shows that it is not."""
    return not others or any(each.startswith(label) for each in others)


def _plain_words(text: str) -> bool:
    """Whether a text holds words without figures: those between a known label and a figure belong to the label."""
    return bool(text.strip()) and bool(_LETTER.search(text)) and not re.fullmatch(rf"\s*{_CODE}\s*", text)


def _begins(part: str, label: str) -> bool:
    return part.startswith(label) and bool(part[len(label) :].strip())
