"""Header bands that no record type claims: where a table begins that is not known, so that no other takes its rows.

A band is a line of short texts over columns whose values are of another kind: words over dates and amounts. Where the
rows below it still fit the table above, only words over all of that table's dates and amounts make a band; a line that
names a group of rows is none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from auditor.documents.headers import header_key
from auditor.documents.labels import is_summary_line
from auditor.documents.tables.headings import pairs_of_row
from auditor.documents.tables.label_search import names_no_record
from auditor.documents.tables.recognise import Claim
from auditor.documents.tables.rows import is_known_label
from auditor.documents.vocabulary import MONEY_IN, MONEY_OUT, Vocabulary
from auditor.records.model import FieldType, RecordType
from auditor.values.text import clean_cell

_LONGEST = 20  # characters of a header
ROWS_BELOW = 3  # rows below a band that are looked at
_VALUE_TYPES = (FieldType.DATE, FieldType.MONEY, FieldType.QUANTITY, FieldType.INTEGER)

Cells = Sequence[str | None]


@dataclass(frozen=True, slots=True)
class UnreadTable:
    """A table that is not read: rows `first` to `end` (from 0, end excluded), its first words, how many rows of values
    it has, and the record type that it is nearest to."""

    first: int
    end: int
    words: tuple[str, ...]
    rows: int
    nearest: Claim | None = None


@dataclass(frozen=True, slots=True)
class ValueColumns:
    """The columns of a table under which dates and amounts stand: each of `all_of`, and of `any_of` one."""

    all_of: frozenset[int] = frozenset()
    any_of: frozenset[int] = frozenset()

    def fit(self, cells: Cells) -> bool:
        """Whether a row has values where the table needs them."""
        filled = {at for at, cell in enumerate(cells) if is_value(cell)}
        return self.all_of <= filled and (not self.any_of or bool(self.any_of & filled))

    def under(self, words: set[int]) -> bool:
        """Whether words stand where the table needs values."""
        return (
            bool(self.all_of or self.any_of) and self.all_of <= words and (not self.any_of or bool(self.any_of & words))
        )


def value_columns(claim: Claim, record_type: RecordType) -> ValueColumns:
    """The columns of a claimed table under which dates and amounts must stand."""
    flow = {column.index for column in claim.columns if column.role in (MONEY_IN, MONEY_OUT)}
    needed = {
        column.index
        for column in claim.columns
        if (each := record_type.fields.get(column.role)) is not None and each.required and each.type in _VALUE_TYPES
    }
    return ValueColumns(frozenset(needed), frozenset(flow))


def is_band(rows: Sequence[Cells], above: ValueColumns | None, vocabulary: Vocabulary) -> bool:
    """Whether the first of `rows` is a header band over the others. `above`: the columns of values of the table
    above it, None if there is none."""
    words = {column: clean_cell(cell) for column, cell in enumerate(rows[0]) if cell and clean_cell(cell)}
    if len(words) < 2 or not all(map(_is_word, words.values())) or len(set(words.values())) < len(words):
        return False
    if is_summary_line(words.values()) or any(map(names_no_record, words.values())):
        return False
    if not pairs_of_row(rows[0], 0, 0, lambda text: is_known_label(text, vocabulary))[1]:
        return False  # a line of labels, each with its value beside it
    below = _below(rows)
    if not below:
        return False
    changed = {column for column in words if is_value(below[0][column] if column < len(below[0]) else None)}
    if not changed:
        return False
    if above is not None and above.fit(below[0]):
        return above.under(set(words)) and above.all_of <= changed
    known = sum(vocabulary.knows(text) for text in words.values())
    again = [row for row in below if any(is_value(row[column]) for column in changed if column < len(row))]
    return len(changed) >= 2 or known >= 2 or len(again) >= 2


def names_other_columns(cells: Cells, headers: Sequence[str]) -> bool:
    """Whether a row says two headers of the table above it again, each over its own column, and words of its own over
    two others: the header of a further table that begins alike."""
    words = {column: clean_cell(cell) for column, cell in enumerate(cells) if cell and clean_cell(cell)}
    if not all(map(_is_word, words.values())) or len(set(words.values())) < len(words):
        return False
    mine = {at: header_key(header) for at, header in enumerate(headers) if header}
    same = {at for at, word in words.items() if header_key(word) == mine.get(at)}
    other = {at for at, word in words.items() if at in mine and header_key(word) not in mine.values()}
    return len(same) >= 2 and len(other) >= 2


def unread_table(rows: Sequence[Cells], first: int, end: int, nearest: Claim | None) -> UnreadTable:
    """A table that begins with the band at `first`; `rows` are all rows from there on."""
    words = tuple(text for cell in rows[0] if cell and (text := clean_cell(cell)))
    values = sum(sum(_filled(cell) for cell in row) >= 2 and any(map(is_value, row)) for row in rows[1:])
    return UnreadTable(first, end, words, values, nearest)


def looks_like_table(rows: Sequence[Cells]) -> bool:
    """Whether a sheet looks like one that holds a table: two rows of two cells and more. A number with a sentence
    behind it is a line of a text, and so are labels with their values."""
    counted = 0
    for row in rows:
        texts = [text for cell in row if cell and (text := clean_cell(cell))]
        sentence = (
            len(texts) == 2 and len(texts[0]) <= 4 and len(texts[1]) > _LONGEST // 2 and not texts[1][:1].isdigit()
        )
        labels = all(text.endswith((":", "：")) or ":" in text or "：" in text for text in texts[::2])
        counted += len(texts) >= 2 and not sentence and not labels
    return counted >= 2


def first_words(rows: Sequence[Cells]) -> tuple[str, ...]:
    """The texts of the first row that holds two and more, else of the first that holds any."""
    texts = [tuple(text for cell in row if cell and (text := clean_cell(cell))) for row in rows]
    return next((each for each in texts if len(each) >= 2), next((each for each in texts if each), ()))


def _below(rows: Sequence[Cells]) -> list[Cells]:
    """The rows right below a band that hold something."""
    found: list[Cells] = []
    for row in rows[1 : ROWS_BELOW + 1]:
        if not any(map(_filled, row)):
            break
        found.append(row)
    return found


def _filled(cell: str | None) -> bool:
    return bool(cell and clean_cell(cell))


def _is_word(text: str) -> bool:
    bare = text.lstrip("*#（( ")
    return (
        bool(bare)
        and len(text) <= _LONGEST
        and not is_value(text)
        and not header_key(text).isdigit()
        and not (":" in text or "：" in text)
    )


def is_value(cell: str | None) -> bool:
    """Whether a cell holds a date, an amount or another number: it begins with a figure."""
    bare = clean_cell(cell or "").lstrip("+-￥¥$€(（ `'\"=")
    return bool(bare) and bare[0].isdigit()
