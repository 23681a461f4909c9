"""What no single value of an entry shows: which table it is about, whether its columns are there, each field once."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import fields
from typing import Any

from auditor.documents.declarations import Declarations
from auditor.documents.fields import reader_of
from auditor.documents.headers import header_key
from auditor.documents.readings.choice_entries import words_of_table
from auditor.documents.readings.confirmed import column_key, column_keys
from auditor.documents.readings.errors import RoleTwice
from auditor.documents.readings.roles import DAY, MONTH, YEAR, roles_of
from auditor.documents.readings.schema import TableEntry
from auditor.errors import AuditorError, Place
from auditor.languages import Text
from auditor.records.model import Field, RecordType
from auditor.strict_yaml import (
    Marked,
    UnknownWord,
    WrongValue,
    key_names,
    mapping_at,
    missing_key,
    nearest,
    text_at,
    value_at,
    wrong_value,
)
from auditor.values.parsers import Declared

Loc = tuple[str | int, ...]
_ONE = Text(
    "either `record:` (what the table is) or `ignore:` (why it is left out)",
    "`record:`（是什么表）与 `ignore:`（为什么不审核）二者之一",
)
_MONTH_AND_DAY = Text(
    "a column for the day; with one for the year also one for the month", "日所在的列；有年份列时还须有月份列"
)
_DATE_TOO = Text("either `date` or columns of year, month and day", "`date` 与年、月、日分列二者之一")
_NO_LINE = Text(
    "a type of which forms are, such as receipt; this one is of lines in tables (then name their `headers`)",
    "单据类型，如 receipt；此类型为表格中的明细行（如为表格，请写 headers）",
)
_NOT_BESIDE_IGNORE = Text(
    "no such key beside `ignore`: nothing of the table is read", "有 `ignore` 时去掉此键：该表不读取"
)
_ALONE = frozenset(("headers", "title", "file", "sheet", "ignore", "state", "confirmed"))
_NAMING = ("headers", "labels", "file", "sheet")  # one of these says which table an entry is about
_OF_FLOW = ("sign",)
_NEAR = 0.4  # of two headers of two or three characters


def entry_mistakes(marked: Marked, at: Loc, types: Mapping[str, RecordType]) -> Iterator[AuditorError]:
    """What is wrong with the entry at a place of the file, besides its single values; of any shape."""
    data = mapping_at(marked.data, *at)
    known = key_names(TableEntry)
    meant = {key if key in known else nearest(key, ["record", "ignore"]) for key in data}
    if {"record", "ignore"} <= set(data) or not meant & {"record", "ignore"}:
        yield wrong_value(marked, at, _ONE, key="record")
    if not any(key in _NAMING or (key not in known and nearest(key, _NAMING)) for key in data):
        yield missing_key(marked, at, "headers")
    if "ignore" in data and "record" not in data:
        yield from _keys_beside_ignore(marked, at, data)
    yield from _columns_not_there(marked, at)
    record = types.get(text_at(data, "record") or "")
    if record is not None:
        yield from _roles(marked, at, record)
        yield from _constants(marked, at, record)
        yield from _matrix(marked, at, record)
        yield from _lines_of_forms(marked, at, record)
        yield from words_of_table(marked, at, record)
        for key in _OF_FLOW if record.flow is None else ():
            if key in data:
                zh = f"去掉此键：{record.name} 没有收支方向"
                yield wrong_value(marked, (*at, key), Text(f"no such key: {record.name} has no money in and out", zh))


def _keys_beside_ignore(marked: Marked, at: Loc, data: Mapping[str, Any]) -> Iterator[AuditorError]:
    for key in ("columns", "fields", "matrix", "labels", "choices", *(each.name for each in fields(Declarations))):
        if key in data and key not in _ALONE:
            yield wrong_value(marked, (*at, key), _NOT_BESIDE_IGNORE)


def printed_headers(headers: Any) -> tuple[str, ...]:
    """The texts of a list of headers; 金额#2 is printed 金额, a column without a header has none."""
    texts = [each for each in headers if isinstance(each, str)] if isinstance(headers, list) else []
    bases = {header_key(each) for each in texts}
    return tuple(_printed(each, bases) for each in texts if not _is_letter(each))


def _printed(text: str, bases: Collection[str]) -> str:
    base, mark, number = text.rpartition("#")
    return base if mark and number.isdecimal() and header_key(base) in bases else text


def _is_letter(name: str) -> bool:
    return name.startswith("@") and name[1:].isascii() and name[1:].isalpha() and len(name) <= 4


def _columns_not_there(marked: Marked, at: Loc) -> Iterator[AuditorError]:
    """Columns that are not among the headers. Any column may be named by its letter."""
    listed = value_at(marked.data, *at, "headers")
    if listed is not None and not isinstance(listed, list):
        return
    headers = printed_headers(listed)
    there = set(column_keys(headers))
    for name in mapping_at(marked.data, *at, "columns"):
        if _is_letter(name) or column_key(name, there) in there:
            continue
        path = (*at, "columns", name)
        place, line = marked.place(path, key=True), marked.text(path)
        words = ", ".join(dict.fromkeys(headers)) or "@A, @B, …"
        near = _nearest_header(name, headers) or "-"
        yield UnknownWord(
            place, line, kind="header of this entry", kind_zh="表头（本条目 headers 中没有）",
            word=name, words=words, nearest=near,
        )  # fmt: skip


def _nearest_header(name: str, headers: Collection[str]) -> str | None:
    """Headers are short: two that share one of two characters may be meant for each other."""
    words = sorted(set(headers))
    near = nearest(name, words) or next(iter(difflib.get_close_matches(name, words, n=1, cutoff=_NEAR)), None)
    return near or next((each for each in words if each in name or name in each), None)


def _roles(marked: Marked, at: Loc, record: RecordType) -> Iterator[AuditorError]:
    """A role that two columns have, and dates of which a part is missing or that are there twice."""
    known = roles_of(record)
    taken: dict[str, str] = {}
    places: dict[str, Loc] = {}
    for part in ("columns", "labels"):
        for name, said in mapping_at(marked.data, *at, part).items():
            role = known.get(said) if isinstance(said, str) else None
            if role is None:
                continue
            path = (*at, part, name)
            if role in taken:
                place, line = marked.place(path), marked.text(path)
                yield RoleTwice(place, line, role=said, first=taken[role], second=name)
            taken.setdefault(role, name)
            places.setdefault(role, path)
    if {YEAR, MONTH} & set(taken) and not (DAY in taken and (YEAR not in taken or MONTH in taken)):
        yield wrong_value(marked, places[MONTH if MONTH in taken else YEAR], _MONTH_AND_DAY)
    if DAY in taken and "date" in taken:
        yield wrong_value(marked, places[DAY], _DATE_TOO)


def _matrix(marked: Marked, at: Loc, record: RecordType) -> Iterator[AuditorError]:
    """A table of two directions of a type that has none, or with other fields than it has."""
    path, said = (*at, "matrix"), mapping_at(marked.data, *at, "matrix")
    if not said:
        return
    matrix = record.matrix
    if matrix is None:
        zh = f"去掉此键：{record.name} 每行一条记录"
        yield wrong_value(marked, path, Text(f"no such key: each row of {record.name} is a record", zh))
        return
    directions = {said.get("down"), said.get("across")}
    if directions == {matrix.names, matrix.date} and said.get("cell") == matrix.cell:
        return
    ways = [
        f"{{down: {down}, across: {across}, cell: {matrix.cell}}}"
        for down, across in ((matrix.names, matrix.date), (matrix.date, matrix.names))
    ]
    yield wrong_value(marked, path, Text(" or ".join(ways), " 或 ".join(ways)))


def _lines_of_forms(marked: Marked, at: Loc, record: RecordType) -> Iterator[AuditorError]:
    """Forms that would be movements on an account or lines of a paper."""
    data = mapping_at(marked.data, *at)
    if record.is_line and data.get("labels") and not any(data.get(key) for key in ("columns", "matrix", "headers")):
        yield wrong_value(marked, (*at, "record"), _NO_LINE)


def _constants(marked: Marked, at: Loc, record: RecordType) -> Iterator[AuditorError]:
    """Values of all rows that are none of their field, and those whose field a column has."""
    known = roles_of(record)
    columns = {known.get(each): name for name, each in mapping_at(marked.data, *at, "columns").items() if each}
    for name, text in mapping_at(marked.data, *at, "fields").items():
        each = record.fields.get(name)
        if each is None or not isinstance(text, str):
            continue
        path = (*at, "fields", name)
        if name in columns:
            place, line = marked.place(path, key=True), marked.text(path)
            yield RoleTwice(place, line, role=name, first=columns[name], second=f"fields: {name}")
        problem = value_problem(text, each, marked.place(path))
        if problem is not None:
            yield problem


def value_problem(text: str, each: Field, place: Place) -> AuditorError | None:
    """What is wrong with a text as the value of a field, at the place where it stands."""
    found = reader_of(each.type, Declared(choices=dict(each.choices), unit=each.unit))(text)
    if found.problem is not None:
        return type(found.problem)(place, text, **found.problem.values)
    if found.value is None:
        en, zh = f"a value of the field {each.title.en}", f"字段“{each.title.zh}”的值"
        return WrongValue(place, text, key=each.name, allowed_en=en, allowed_zh=zh)
    return None
