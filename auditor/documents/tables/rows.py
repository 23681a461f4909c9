"""What a row of a table's body is, if it is no record."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from auditor.documents.headers import header_key
from auditor.documents.plain_columns import where
from auditor.documents.tables.headings import Pair, pairs_of_row
from auditor.documents.tables.labels import (
    BOTH_KEYS,
    FIRST_KEYS,
    LAST_KEYS,
    TotalLabel,
    balance_label,
    total_label,
    total_word,
)
from auditor.documents.vocabulary import Vocabulary
from auditor.languages import Text
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
_MAYBE_LABEL = "计|结转|承前|过次|余额|期初|期末|汇总|结余|(?i:total)|(?i:sum)|(?i:balance)|(?i:forward)"


@dataclass(frozen=True, slots=True)
class Row:
    """A row that is no plain record: its kind, its cells, and what its label says."""

    position: int
    kind: Kind
    cells: tuple[str, ...]
    total: TotalLabel | None = None
    balance: str | None = None
    label_column: int = 0
    pairs: tuple[Pair, ...] = ()


def maybe_labelled(
    texts: pa.Table, columns: Sequence[int], distinct: Mapping[str, Sequence[pa.DictionaryArray]]
) -> np.ndarray:
    """Where one of the columns holds a text that may be the label of a total or of a balance, in bulk; each distinct
    text is looked at once. `distinct`: the chunks of columns by their distinct texts, where these are known."""
    found = np.zeros(texts.num_rows, dtype=bool)
    for index in columns:
        column = texts.column(index)
        if not pc.any(pc.fill_null(pc.greater_equal(column, ":"), False)).as_py():
            continue
        start = 0
        for chunk in distinct.get(texts.column_names[index]) or map(pc.dictionary_encode, column.chunks):
            short = pc.less_equal(pc.binary_length(chunk.dictionary), 120)
            matching = pc.and_(short, pc.match_substring_regex(chunk.dictionary, _MAYBE_LABEL))
            found[start : start + len(chunk)] |= where(chunk, np.asarray(matching))
            start += len(chunk)
    return found


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
) -> Row:
    """What one row is. `complete`: its required fields are there; `labelled`: the columns where a label may stand;
    `choices`: columns whose value is a word of a choice in this row, so that 合计 there is data."""
    texts = tuple((cell or "").strip() for cell in cells)
    filled = [index for index, text in enumerate(texts) if clean_cell(text)]
    if not filled:
        return Row(position, Kind.BLANK, texts)
    if _is_header(texts, headers, filled):
        return Row(position, Kind.HEADER, texts)
    for index in dict.fromkeys((filled[0], *labelled)):
        if index in choices or index >= len(texts):
            continue
        balance = balance_label(texts[index])
        if balance:
            return Row(position, Kind.BALANCE, texts, balance=balance, label_column=index)
        label = total_label(texts[index], groups=not complete)
        if label and (len(filled) > 1 or label.count is not None):
            return Row(position, Kind.TOTAL, texts, total=label, label_column=index)
    if complete:
        return Row(position, Kind.RECORD, texts)
    pairs, others = pairs_of_row(texts, number, page, lambda text: is_known_label(text, vocabulary))
    if pairs and len(others) <= 1 and len(filled) <= 8:
        return Row(position, Kind.HEADING, texts, pairs=tuple(pairs))
    if len(filled) == 1 and not _looks_like_data(texts[filled[0]]):
        return Row(position, Kind.NOTE, texts)
    return Row(position, Kind.PROBLEM, texts)


def _is_header(texts: Sequence[str], headers: Sequence[str], filled: Sequence[int]) -> bool:
    same = sum(1 for index in filled if index < len(headers) and header_key(texts[index]) == header_key(headers[index]))
    return same >= 2 and same * 2 > len(filled)


def _looks_like_data(text: str) -> bool:
    """A lone number or date is a torn row rather than a note; `1/2` is the number of a page."""
    return not _PAGE_NUMBER.fullmatch(text) and all(
        character.isdigit() or character in ".,-/:￥¥$ " for character in text
    )


def is_known_label(text: str, vocabulary: Vocabulary) -> bool:
    """Whether a text is the label of some field, total, balance or of the extent of an export."""
    if len(text) > 60:
        return False
    key = header_key(text)
    extent = key in FIRST_KEYS or key in LAST_KEYS or key in BOTH_KEYS
    return vocabulary.knows(text) or (extent and len(key) > 1) or balance_label(text) is not None or total_word(text)
