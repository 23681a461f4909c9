"""Which of several columns holds the number that tells a table's records apart, decided by their values.

Headers alone do not say it: an export may have a 流水号 on every row and a 业务参考号 on some, and a layout can only
name both. The number that every record has, and that no two share, is the one.
"""

from __future__ import annotations

from dataclasses import replace

import pyarrow as pa
import pyarrow.compute as pc

from auditor.documents.headers import header_variants
from auditor.documents.identity.account_numbers import shown_numbers
from auditor.documents.tables.reading import Reading
from auditor.documents.tables.recognise import Column
from auditor.documents.tables.stated_account import own_account_columns
from auditor.documents.typed_columns import whole
from auditor.languages import Text
from auditor.records.model import Field, FieldType
from auditor.values.text import clean_cell, header_key


def with_identity_columns(reading: Reading) -> Reading:
    """The reading in which each number of the records' identity comes from the column that numbers most of them.

    The claimed column stays unless another one that the field's words name has more different numbers. Numbers of two
    columns are never mixed in one field.
    """
    for name in reading.type.identity:
        each = reading.type.fields[name]
        claimed = reading.sheet.claim.column(name)
        if claimed is None or each.type is not FieldType.NUMBER_TEXT or each.master is not None or each.book:
            continue
        others = _others(reading, each)
        if not others:
            continue
        best = max([claimed, *others], key=lambda column: _numbering(reading, column))  # the claimed one, if alike
        if best != claimed:
            reading = _with(reading, claimed, best)
    return reading


def with_account_column(reading: Reading) -> Reading:
    """The reading in which a table without a column of accounts takes the one whose header ends with a word for an
    account's number (借记卡号, Our card no.) and in which one number stands in every dated row."""
    fields = [each for each in reading.type.fields.values() if each.master == "bank_account"]
    if not fields or reading.sheet.claim.column(fields[0].name) is not None:
        return reading
    taken = {column.index for column in reading.sheet.claim.columns}
    fitting = [
        Column(fields[0].name, at, header)
        for at, header in own_account_columns(reading.sheet.headers)
        if at not in taken and at < reading.sheet.texts.num_columns and _is_one_account(reading, at)
    ]
    if len(fitting) != 1:
        return reading
    columns = tuple(sorted((*reading.sheet.claim.columns, *fitting), key=lambda column: column.index))
    remark = Text(
        f"the account is read from “{fitting[0].header}”: one number stands in every row",
        f"账号取自“{fitting[0].header}”列：各行号码相同",
    )
    sheet = replace(reading.sheet, claim=replace(reading.sheet.claim, columns=columns))
    return replace(reading, sheet=sheet, remarks=(*reading.remarks, remark))


def _is_one_account(reading: Reading, at: int) -> bool:
    texts = _dated(reading, at)
    found = pc.unique(texts.drop_null()).to_pylist()
    return len(found) == 1 and not texts.null_count and len(shown_numbers(found[0])) == 1


def _others(reading: Reading, each: Field) -> list[Column]:
    """The columns that nothing claims and whose headers are words of the field."""
    words = {header_key(word) for word in each.headers}
    taken = {column.index for column in reading.sheet.claim.columns} | set(reading.sheet.claim.day_columns)
    return [
        Column(each.name, at, header)
        for at, header in enumerate(reading.sheet.headers)
        if at not in taken
        and at < reading.sheet.texts.num_columns
        and any(key in words for key, _, _ in header_variants(header))
    ]


def _numbering(reading: Reading, column: Column) -> tuple[int, int]:
    """How many different numbers the dated rows have in a column, and how many of them have one of their own."""
    texts = _dated(reading, column.index)
    counts = pc.value_counts(texts.drop_null())
    pairs = zip(counts.field("values").to_pylist(), counts.field("counts").to_pylist(), strict=True)
    numbers = [count for text, count in pairs if clean_cell(text)]
    return len(numbers), numbers.count(1)


def _dated(reading: Reading, at: int) -> pa.Array:
    """The texts of a column in the rows that have a date."""
    texts = whole(reading.sheet.texts.column(at))
    dated = reading.sheet.claim.column("date")
    return texts if dated is None else texts.filter(pc.is_valid(whole(reading.sheet.texts.column(dated.index))))


def _with(reading: Reading, claimed: Column, best: Column) -> Reading:
    columns = [best if column == claimed else column for column in reading.sheet.claim.columns]
    claim = replace(reading.sheet.claim, columns=tuple(sorted(columns, key=lambda column: column.index)))
    remark = Text(
        f"the number of each record is read from “{best.header}”: “{claimed.header}” is empty or repeated in some rows",
        f"记录编号取自“{best.header}”列：“{claimed.header}”列有空缺或重复",
    )
    sheet = replace(reading.sheet, claim=claim)
    return replace(reading, sheet=sheet, remarks=(*reading.remarks, remark))
