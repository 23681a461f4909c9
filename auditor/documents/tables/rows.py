"""What a row of a table's body is, if it is no record."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from functools import lru_cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from auditor.documents.fields import Spec, read_one
from auditor.documents.headers import header_key
from auditor.documents.labels import (
    End,
    TotalLabel,
    balance_label,
    is_extent,
    is_first_day,
    is_last_day,
    total_label,
    total_word,
)
from auditor.documents.plain_columns import where
from auditor.documents.tables.headings import Pair, of_heading, pairs_of_row
from auditor.documents.tables.label_search import KNOWN, LIKELY, maybe_labels
from auditor.documents.vocabulary import MONEY_IN, MONEY_OUT, Vocabulary
from auditor.languages import Text
from auditor.records.model import FieldType, RecordType
from auditor.values.dates import parse_date
from auditor.values.text import clean_cell


class Kind(IntEnum):
    """The kinds of rows."""

    RECORD = 0
    BLANK = 1
    HEADER = 2
    TOTAL = 3
    BALANCE = 4
    HEADING = 5
    NOTE = 6
    PROBLEM = 7
    NOT_READ = 8


REASONS: dict[Kind, Text] = {
    Kind.BLANK: Text("blank row", "空行"),
    Kind.HEADER: Text("header row", "表头"),
    Kind.TOTAL: Text("total row, kept as a stated total", "合计行，已作为载明合计保留"),
    Kind.BALANCE: Text(
        "balance brought or carried forward, kept as a stated balance", "结转余额行，已作为载明余额保留"
    ),
    Kind.HEADING: Text("heading or footer line", "表头信息或表尾信息行"),
    Kind.NOT_READ: Text("not read: it belongs to no known table", "未读取：不属于任何已知表格"),
    Kind.NOTE: Text("title, note or line of text", "标题、说明或文字行"),
}
CARRIED = Text("balance carried from page to page", "页间结转余额行")
TO_DATE = Text("total of the year to date: it covers rows that are not in this document", "累计行：包含本文件以外的行")

_PAGE_NUMBER = re.compile(r"\d{1,3}\s*/\s*\d{1,3}|-\s*\d{1,3}\s*-")
_LIKE_A_DATE = re.compile(r"\d+\s*[-/.]\s*\d+(\D.*)?|.*\d\s*月\s*\d.*")
_LIKE_A_FIGURE = re.compile(r"[^\u3400-\u9fff]*\d[^\u3400-\u9fff]*元?整?")


@dataclass(frozen=True, slots=True)
class Row:
    """A row that is no plain record: its kind, its cells, and what its label says.

    `pairs`: the label-value pairs of a heading line, or that of the label of a balance. `beyond`: how many of its cells
    stand beyond the header.
    """

    position: int
    kind: Kind
    cells: tuple[str, ...]
    total: TotalLabel | None = None
    balance: End | None = None
    label_column: int = 0
    pairs: tuple[Pair, ...] = ()
    beyond: int = 0


@dataclass(frozen=True, slots=True)
class CoreColumns:
    """The columns in which no heading line has a value of its own: dates, amounts and numbers that a record needs."""

    dates: frozenset[int] = frozenset()
    amounts: frozenset[int] = frozenset()
    numbers: frozenset[int] = frozenset()
    specs: Mapping[int, Spec] = field(default_factory=dict)  # how each of them is read
    sided: bool = False  # amounts are money in or out, so that a total may be of one side

    def __contains__(self, column: int) -> bool:
        return column in self.dates or column in self.amounts or column in self.numbers


def core_columns(specs: Mapping[str, Spec], record_type: RecordType, days: Sequence[int] = ()) -> CoreColumns:
    """The core columns of a table that is read as `specs` say; `days`: its columns of month and day."""
    sides = {each for pair in record_type.debit_credit.values() for each in pair}
    found: dict[FieldType, set[int]] = {FieldType.DATE: set(), FieldType.MONEY: set(), FieldType.NUMBER_TEXT: set()}
    read: dict[int, Spec] = {}
    for role, spec in specs.items():
        each = record_type.fields.get(role)
        needed = role in (MONEY_IN, MONEY_OUT, "amount", *sides) or (each is not None and each.required)
        if needed and spec.type in found and spec.source[1:].isdigit():
            found[spec.type].add(int(spec.source[1:]))
            read[int(spec.source[1:])] = spec
    dates, amounts, numbers = (frozenset(columns) for columns in found.values())
    return CoreColumns(dates, amounts, numbers | set(days), read, record_type.flow is not None)


def maybe_labelled(
    texts: pa.Table, columns: Sequence[int], distinct: Mapping[str, Sequence[pa.DictionaryArray]]
) -> tuple[np.ndarray, np.ndarray]:
    """Where one of the columns holds the label of a total or of a balance, and where a text that ends like a total, in
    bulk; each distinct text is looked at once. `distinct`: the chunks of columns by their distinct texts, where these
    are known."""
    known, likely = np.zeros(texts.num_rows, dtype=bool), np.zeros(texts.num_rows, dtype=bool)
    chunks: list[tuple[int, pa.DictionaryArray]] = []
    for index in columns:
        column = texts.column(index)
        if not pc.any(pc.fill_null(pc.greater_equal(column, ":"), False)).as_py():
            continue
        start = 0
        for chunk in distinct.get(texts.column_names[index]) or map(pc.dictionary_encode, column.chunks):
            chunks.append((start, chunk))
            start += len(chunk)
    labels = maybe_labels([chunk.dictionary for _, chunk in chunks])
    for (start, chunk), codes in zip(chunks, labels, strict=True):
        known[start : start + len(chunk)] |= where(chunk, codes == KNOWN)
        likely[start : start + len(chunk)] |= where(chunk, codes == LIKELY)
    return known, likely


def classify(
    cells: Sequence[str | None],
    position: int,
    page: int,
    number: int,
    headers: Sequence[str],
    *,
    complete: bool,
    labelled: Sequence[int],
    choices: frozenset[int],
    vocabulary: Vocabulary,
    core: CoreColumns,
    beyond: int = 0,
) -> Row:
    """What one row is. `complete`: its required fields are there; `labelled`: the columns where a label may stand;
    `choices`: columns whose value is a word of a choice in this row, so that 合计 there is data; `beyond`: how many
    of its cells stand beyond the header, where delimiters place them and one too many shifts the others."""
    texts = tuple((cell or "").strip() for cell in cells)
    filled = [index for index, text in enumerate(texts) if clean_cell(text)]
    if not filled:
        return Row(position, Kind.BLANK, texts)
    if _is_header(texts, headers, filled):
        return Row(position, Kind.HEADER, texts)
    pairs, others = pairs_of_row(texts, number, page, lambda text: is_known_label(text, vocabulary))
    data = _holds_values(texts, filled, pairs, core)
    if beyond and (data or complete or not pairs):
        return Row(position, Kind.PROBLEM, texts, beyond=beyond)
    columns = [filled[0], *labelled] if not complete else labelled
    for index in dict.fromkeys(columns):
        if index < len(texts) and index not in choices:
            stated = _stated(position, texts, index, pairs, core, groups=not complete, data=data)
            if stated is not None and (len(filled) > 1 or stated.pairs or (stated.total and stated.total.count)):
                return stated
    if complete:
        return Row(position, Kind.RECORD, texts)
    headed = of_heading(pairs, others, len(filled))
    if headed and not data:
        return Row(position, Kind.HEADING, texts, pairs=tuple(headed))
    if len(filled) == 1 and not data and not _looks_like_data(texts[filled[0]]):
        return Row(position, Kind.NOTE, texts)
    return Row(position, Kind.PROBLEM, texts)


def _stated(
    position: int,
    texts: tuple[str, ...],
    index: int,
    pairs: Sequence[Pair],
    core: CoreColumns,
    *,
    groups: bool,
    data: bool,
) -> Row | None:
    """The row as one of totals or of a balance, if the text in one of its columns is such a label.

    Several such labels on one row have each its value beside it; so has the total of one side that is the row's only
    figure. The name of a group makes no total of a dated row without amounts, nor of one whose amount cannot be read.
    """
    mine = tuple(pair for pair in pairs if pair.at == index)
    if any(_states(pair) for pair in mine) and sum(map(_states, pairs)) > 1:
        return Row(position, Kind.HEADING, texts, pairs=tuple(pairs))
    balance = balance_label(texts[index]) or next((end for pair in mine if (end := balance_label(pair.key))), None)
    if balance:
        return Row(position, Kind.BALANCE, texts, balance=balance, label_column=index, pairs=mine)
    label = total_label(texts[index], groups=groups)
    if label is None:
        return None
    if label.group and not _may_total_a_group(texts, index, core, data=data):
        return None
    amounts = [at for at in core.amounts if at < len(texts) and any(map(str.isdigit, texts[at]))]
    if label.side and core.sided and mine and len(amounts) <= 1:
        return Row(position, Kind.HEADING, texts, pairs=mine)
    return Row(position, Kind.TOTAL, texts, total=label, label_column=index)


def _may_total_a_group(texts: Sequence[str], index: int, core: CoreColumns, *, data: bool) -> bool:
    """Whether a row may be the total of a group: it states figures; one with values of a record, readable amounts."""
    figures = [at for at, text in enumerate(texts) if at != index and any(map(str.isdigit, text))]
    amounts = [at for at in figures if at in core.amounts]
    if not data:
        return bool(figures)
    return bool(amounts) and all(read_one(texts[at], core.specs[at]).value is not None for at in amounts)


def _states(pair: Pair) -> bool:
    """Whether a pair states a total or a balance, and not only names the column that stands beside it."""
    return bool(pair.value) and (balance_label(pair.key) is not None or total_word(pair.key))


def _holds_values(texts: Sequence[str], filled: Sequence[int], pairs: Sequence[Pair], core: CoreColumns) -> bool:
    """Whether a date, an amount or a number stands in its column and is not the value of a label beside it.

    A known word without a colon is surely a label only where no text can be a cell: under a date, amount or number.
    """
    surely = [pair for pair in pairs if pair.sure or pair.at in core]
    taken = {column for pair in surely for column in (pair.at, pair.value_at)}
    return any(_is_value(texts[index], index, core) for index in filled if index not in taken)


def _is_value(text: str, column: int, core: CoreColumns) -> bool:
    if _PAGE_NUMBER.fullmatch(text):
        return False
    if column in core.dates:
        return parse_date(text, order="dmy").value is not None or _LIKE_A_DATE.fullmatch(text) is not None
    if column in core.amounts:
        return text.startswith("#") or _LIKE_A_FIGURE.fullmatch(text) is not None
    return column in core.numbers and text[:1].isalnum() and text.isascii() and any(map(str.isdigit, text))


def _is_header(texts: Sequence[str], headers: Sequence[str], filled: Sequence[int]) -> bool:
    same = sum(1 for index in filled if index < len(headers) and header_key(texts[index]) == header_key(headers[index]))
    return same >= 2 and same * 2 > len(filled)


def _looks_like_data(text: str) -> bool:
    """A lone number or date is a torn row rather than a note; `1/2` is the number of a page."""
    return not _PAGE_NUMBER.fullmatch(text) and all(
        character.isdigit() or character in ".,-/:￥¥$ " for character in text
    )


@lru_cache(maxsize=50_000)
def is_known_label(text: str, vocabulary: Vocabulary) -> bool:
    """Whether a text is the label of some field, total, balance or of the extent of an export."""
    if len(text) > 60:
        return False
    key = header_key(text)
    extent = len(key) > 1 and (is_first_day(key) or is_last_day(key) or is_extent(key))
    return vocabulary.knows(text) or extent or balance_label(text) is not None or total_word(text)
