"""The values of an inline example as the engine takes them: text as it would stand in the record's column."""

from __future__ import annotations

import re
from datetime import date, time
from decimal import Decimal, InvalidOperation
from typing import Any

from auditor.records.model import SYSTEM_COLUMNS, Field, RecordType
from auditor.values.parsers import Declared, parser

# What an example may say of a record beside its fields. `_id` is given by the order of records.
GIVEN_SYSTEM_FIELDS = (
    "_document", "_page", "_row", "_raw", "_via", "_score", "_proof", "_proved", "_broken", "_assumed", "_unread",
    "_problems",
)  # fmt: skip

_DECIMAL = re.compile(r"[-+]?[0-9]+(\.[0-9]+)?")


def column_type(record: RecordType, field: str) -> str | None:
    """The SQL type of a column that an example may fill, None if there is none of this name."""
    if field in record.fields:
        return record.fields[field].type.sql
    if field in GIVEN_SYSTEM_FIELDS:
        return SYSTEM_COLUMNS[field]
    base = field.removesuffix("__id")
    return "VARCHAR" if base != field and base in record.fields and record.fields[base].master else None


def read_value(sql_type: str, value: Any, field: Field | None) -> Any:
    """The value for a column of this type, read as a document's cell would be; null stays null.

    Raises ValueError with two arguments, what is allowed in English and in Chinese.
    """
    if value is None:
        return None
    if sql_type.startswith("DECIMAL"):
        return _decimal(value)
    if sql_type in ("BIGINT", "INTEGER"):
        if isinstance(value, bool) or not re.fullmatch(r"\s*-?[0-9]{1,18}\s*", str(value)):
            raise ValueError("a whole number", "整数")
        return int(value)
    if sql_type == "DATE":
        return _moment(date, value, "a date: 2026-10-08", "日期：2026-10-08")
    if sql_type == "TIME":
        return _moment(time, value, "a time: 16:30:00", "时间：16:30:00")
    if sql_type == "BOOLEAN":
        if not isinstance(value, bool):
            raise ValueError("true or false", "true 或 false")
        return value
    if not isinstance(value, (str, int)) or isinstance(value, bool):
        raise ValueError("text", "文本")
    return _words(str(value), field)


def _words(text: str, field: Field | None) -> str | None:
    """A text as a document's cell gives it: no blanks around it, a number in normal form, a choice by its words."""
    if field is None:
        return text
    if field.choices:
        known = text if text in field.choices else parser("choice", Declared(choices=field.choices))(text).value
        if known is None and text.strip():
            words = ", ".join(field.choices)
            raise ValueError(words, words)
        return known
    found = parser(field.type.value)(text)
    if found.problem is not None:
        raise ValueError("a value as a document may state it", "单据中可能出现的写法")
    return None if found.value is None else str(found.value)


def _decimal(value: Any) -> Decimal:
    allowed = ('an amount in quotes: "1234.50"', '加引号的数值："1234.50"')
    if not isinstance(value, str) or not _DECIMAL.fullmatch(value.strip()):
        raise ValueError(*allowed)
    try:
        number = Decimal(value.strip())
    except InvalidOperation as error:
        raise ValueError(*allowed) from error
    if number != number.quantize(Decimal("0.00001")) or abs(number) >= Decimal(10) ** 13:
        raise ValueError("at most 13 digits before and 5 after the point", "整数位不超过 13 位、小数位不超过 5 位")
    return number


def _moment(kind: type[date] | type[time], value: Any, en: str, zh: str) -> Any:
    try:
        return kind.fromisoformat(str(value).strip())
    except ValueError:
        raise ValueError(en, zh) from None
