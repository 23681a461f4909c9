"""Reads a house's documents back by its truth alone, without the project's engine: header words, then rows."""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pdfplumber
from python_calamine import CalamineWorkbook

Record = dict[str, str]
_MONEY = re.compile(r"\(?-?[\d,]+(\.\d+)?\)?")


@dataclass(frozen=True)
class Told:
    """A line of the truth."""

    file: str
    sheet: str
    table: int
    record: str
    fields: tuple[str, ...]
    headers: tuple[str, ...]
    given: dict[str, str]
    matrix: str


def told(truth: bytes) -> list[Told]:
    """The lines of `readings.csv`."""
    return [
        Told(
            row["file_part"],
            row["sheet"],
            int(row["table"]),
            row["record"],
            tuple(row["fields"].split(" ")),
            tuple(row["headers"].split("|")),
            dict(part.split("=", 1) for part in row["given"].split("|") if part),
            row["matrix"],
        )
        for row in csv.DictReader(io.StringIO(truth.decode()))
    ]


def money(text: str) -> Decimal:
    """An amount however it is written; 0 for none."""
    bare = re.sub(r"RMB|￥|元|\s|件|kg|^\+", "", text)
    if not bare:
        return Decimal(0)
    if not _MONEY.fullmatch(bare):
        raise ValueError(f"no amount: {text!r}")
    number = Decimal(re.sub(r"[(),]", "", bare))
    return -number if bare.startswith("(") else number


def records(files: Mapping[str, bytes], truth: bytes) -> dict[str, list[Record]]:
    """All records by their type: fields as written, by the names that the truth gives them.

    A row that leaves cells empty which stand once for several rows has them empty; group lines are no records.
    """
    found: dict[str, list[Record]] = defaultdict(list)
    places: dict[tuple[str, str], list[Told]] = defaultdict(list)
    for each in told(truth):
        places[each.file, each.sheet].append(each)
    for (file, sheet), tables in places.items():
        tables.sort(key=lambda each: each.table)
        if file.endswith(".pdf"):
            _pages(files[file], tables, found)
        else:
            _rows(_cells(file, files[file], sheet), tables, found)
    return found


def _cells(file: str, data: bytes, sheet: str) -> list[list[str]]:
    if file.endswith(".csv"):
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("gbk")
        return list(csv.reader(io.StringIO(text)))
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
    name = sheet or workbook.sheet_names[0]
    return [
        [_shown(value) for value in row] for row in workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
    ]


def _shown(value: Any) -> str:
    if isinstance(value, float):
        return str(int(value)) if value == int(value) else str(Decimal(repr(value)))
    return str(value)


def _rows(rows: list[list[str]], tables: list[Told], found: dict[str, list[Record]]) -> None:
    """Tables and forms of a sheet from the top; an empty row ends a table."""
    at = 0
    for place, table in enumerate(tables):
        if table.matrix == "labels":
            following = next((each for each in tables[place + 1 :] if each.matrix != "labels"), None)
            end = _header(rows, at, following)[0] if following else len(rows)
            found[table.record] += _forms(rows[at:end], table)
        else:
            at = _header(rows, at, table)[1]
            end = next((row for row in range(at, len(rows)) if not any(rows[row])), len(rows))
            found[table.record] += [_record(table.fields, row) for row in rows[at:end]]
        at = end


def _record(fields: Iterable[str], cells: Iterable[str]) -> Record:
    return {field: cell for field, cell in zip(fields, cells, strict=False) if field != "-"}


def _header(rows: list[list[str]], at: int, table: Told) -> tuple[int, int]:
    """First row of a table's header, which may be two lines high, and the row below it."""
    width = len(table.headers)
    for row in range(at, len(rows)):
        one = _padded(rows[row], width)
        if tuple(one) == table.headers:
            return row, row + 1
        if row + 1 < len(rows):
            two = _padded(rows[row + 1], width)
            if (
                tuple(two) != table.headers
                and tuple(low or high for high, low in zip(one, two, strict=True)) == table.headers
            ):
                return row, row + 2
    raise ValueError(f"no header in {table.file} {table.sheet}: {table.headers}")


def _padded(row: list[str], width: int) -> list[str]:
    return (row + [""] * width)[:width]


def _forms(rows: list[list[str]], table: Told) -> list[Record]:
    """Label and value cells; a form begins with the first label, forms beside one another are kept apart."""
    labels = dict(zip(table.headers, table.fields, strict=True))
    forms: list[Record] = []
    begun: dict[int, Record] = {}
    for row in rows:
        for column, cell in enumerate(row):
            label, value = _label(cell, labels, row[column + 1 : column + 2])
            if label == table.headers[0]:
                begun[column] = {}
                forms.append(begun[column])
            if label is not None:
                begun[max(first for first in begun if first <= column)][labels[label]] = value
    return forms


def _label(cell: str, labels: Mapping[str, str], following: list[str]) -> tuple[str | None, str]:
    for label in labels:
        for colon in (":", "："):
            if cell == label + colon:
                return label, following[0] if following else ""
            if cell.startswith(label + colon):
                return label, cell.removeprefix(label + colon)
    return None, ""


def _pages(data: bytes, tables: list[Told], found: dict[str, list[Record]]) -> None:
    with pdfplumber.open(io.BytesIO(data)) as document:
        for page in document.pages:
            forms = any(table.matrix == "labels" for table in tables)
            grids = page.extract_tables() if forms and page.rects else []
            text = page.extract_text() if forms and not grids else ""
            for table in tables:
                if table.matrix != "labels":
                    found[table.record] += _listing(page, table)
                else:
                    found[table.record] += _ruled(grids, table) if grids else _loose(text, table)
            page.close()


def _listing(page: Any, table: Told) -> Iterator[Record]:
    lines: list[list[Any]] = []
    for word in sorted(page.extract_words(keep_blank_chars=True, x_tolerance=1.5), key=lambda each: each["bottom"]):
        if not lines or word["bottom"] - lines[-1][0]["bottom"] > 4:
            lines.append([])
        lines[-1].append(word)
    starts: list[float] = []
    for words in lines:
        words.sort(key=lambda each: each["x0"])
        if tuple(word["text"].strip() for word in words) == table.headers:
            starts = [word["x0"] for word in words]
        elif starts:
            cells = [""] * len(starts)
            for word in words:
                cells[max(place for place, start in enumerate(starts) if start <= word["x0"] + 1)] += word[
                    "text"
                ].strip()
            yield _record(table.fields, cells)


def _ruled(grids: list[list[list[str | None]]], table: Told) -> Iterator[Record]:
    record: Record = {}
    labels = dict(zip(table.headers, table.fields, strict=True))
    for grid in grids:
        for row in grid:
            cells = [(cell or "").replace("\n", "") for cell in row if cell is not None]
            for label, value in zip(cells[::2], cells[1::2], strict=False):
                if label in labels:
                    record[labels[label]] = value
    if labels[table.headers[0]] in record:
        yield record


def _loose(text: str, table: Told) -> Iterator[Record]:
    names = "|".join(sorted(map(re.escape, table.headers), key=len, reverse=True))
    labels = dict(zip(table.headers, table.fields, strict=True))
    parts = re.split(rf"(?:^|(?<=\s))({names})[:：]", text, flags=re.MULTILINE)
    record: Record = {}
    whole: list[Record] = []
    for label, value in zip(parts[1::2], parts[2::2], strict=True):
        if label == table.headers[0]:
            record = {}
            whole.append(record)
        record[labels[label]] = value.strip().splitlines()[0] if value.strip() else ""
    yield from (each for each in whole if len(each) == len(table.headers))
