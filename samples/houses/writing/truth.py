"""What each table of a house is: its record type, the field of each column, and what stands beside the table."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass

NONE = "none"
COLUMNS = ("file_part", "sheet", "table", "record", "fields", "headers", "given", "matrix")


@dataclass(frozen=True, slots=True)
class Reading:
    """One table: the `table`th of a sheet from the top, from 0; on pages the `table`th kind of form or list.

    `fields` has an entry for each column or label: a field, `-` for none, `a/b` for either, `<in>` `<out>` for the two
    sides of money, `<flag>` for its direction, `<m>` `<d>` for month and day, `<cell>` for the cells of a matrix and
    `<total>` for its totals. `headers` are the words above them, or the labels of a form (then `labels` holds).
    `given` says what the table does not state in columns and where it stands: `station@sheet=...`.
    """

    file: str
    sheet: str
    table: int
    record: str
    fields: tuple[str, ...]
    headers: tuple[str, ...]
    given: tuple[tuple[str, str], ...] = ()
    matrix: str = ""
    labels: bool = False


def readings_csv(readings: Iterable[Reading]) -> bytes:
    """All readings as a table, in the order of files, sheets and tables."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)
    for each in sorted(set(readings), key=lambda reading: (reading.file, reading.sheet, reading.table)):
        given = "|".join(f"{name}={value}" for name, value in each.given)
        matrix = "labels" if each.labels else each.matrix
        fields, headers = " ".join(each.fields), "|".join(each.headers)
        writer.writerow((each.file, each.sheet, each.table, each.record, fields, headers, given, matrix))
    return stream.getvalue().encode()
