"""The result of a table: its records, what became of its other rows, and its problems."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from auditor.documents.errors import MoreOfTheSame, TablesSideBySide
from auditor.documents.headers import header_key
from auditor.documents.model import Ignored, Remark, RowProof
from auditor.documents.proofs.exact import Mask, amount
from auditor.documents.proofs.totals import Stated
from auditor.documents.tables.balances import add_balances, between_pages
from auditor.documents.tables.number_ranges import numbers_of
from auditor.documents.tables.proving import prove
from auditor.documents.tables.reading import Reading, Sheet, TableResult
from auditor.documents.tables.recognised import with_doubts
from auditor.documents.tables.row_shapes import beyond_header, width_of
from auditor.documents.tables.rows import CARRIED, REASONS, TO_DATE, Kind
from auditor.documents.tables.stated import add_extent, add_totals
from auditor.documents.tables.strange_words import strange_words
from auditor.documents.tables.unread_stretches import unread_stretches
from auditor.documents.typed_columns import ARROW, constant
from auditor.errors import AuditorError, Place
from auditor.languages import Text
from auditor.records.model import FieldType
from auditor.values.text import number_text

MOST_PROBLEMS = 20  # of one kind in one table; the others are counted
Positions = npt.NDArray[np.int64]


def finish(reading: Reading) -> TableResult:
    """Make the records of a table that was read, and everything that goes with them."""
    kept = np.flatnonzero(reading.records)
    table = record_table(reading, kept)
    result = TableResult(reading.type.name, table, rows_seen=reading.sheet.rows, unclaimed=_unclaimed(reading))
    result.titles = reading.heading.lines
    add_totals(reading, result)
    add_balances(reading, result)
    add_extent(reading, result)
    result.proofs, result.table = prove(reading, result, kept, table)
    result.table, doubts = with_doubts(reading, result.table, kept)
    result.problems += limited(doubts)
    result.remarks += [Remark(str(reading.place(0)), text) for text in reading.remarks] if reading.sheet.rows else []
    result.remarks += [Remark(reading.context.path, text) for _, text in sorted(reading.assumed.items())]
    result.remarks += _cells_beyond_header(reading)
    if reading.filled:
        result.remarks.append(Remark(str(reading.place(0)), _filled(reading.filled)))
    result.problems += [*reading.refused, *_beside(reading)]
    _account_for_rows(reading, result)
    result.unread = unread_stretches(reading)
    result.strange = strange_words(reading)
    result.table = _each_number(reading, result.table, result)
    return result


def _beside(reading: Reading) -> list[AuditorError]:
    """A second table to the right, whose header repeats the date and another word of this one's."""
    claimed = {header_key(column.header): column.role for column in reading.sheet.claim.columns}
    mine = {column.index for column in reading.sheet.claim.columns}
    right = max((column.index for column in reading.sheet.claim.columns if column.role == "date"), default=None)
    if right is None:
        return []
    again = [
        text
        for index, text in enumerate(reading.sheet.headers)
        if text and index > right and index not in mine and header_key(text) in claimed
    ]
    if len(again) < 2 or not any(claimed[header_key(text)] == "date" for text in again):
        return []
    place = Place(reading.context.path, None, None, reading.sheet.name or None)
    return [TablesSideBySide(place, headers=", ".join(again), headers_zh="、".join(again))]


def _cells_beyond_header(reading: Reading) -> list[Remark]:
    """Cells right of the last header, where no delimiter places them: they shift nothing, but no field takes
    them."""
    if reading.sheet.delimited:
        return []
    beyond = beyond_header(reading.sheet.texts, reading.sheet.headers) > 0
    positions = np.flatnonzero(beyond & reading.records)
    if not len(positions):
        return []
    text = Text(
        f"rows with cells right of the last header, which were not read: {len(positions)}",
        f"最后一个表头右侧仍有内容，未读取：{len(positions)} 行",
    )
    return [Remark(str(reading.place(int(positions[0]), width_of(reading.sheet.headers) + 1)), text)]


def _filled(count: int) -> Text:
    return Text(f"dates left blank, taken from the row above: {count}", f"日期空白，按上一行的日期读取：{count} 行")


def _each_number(reading: Reading, table: pa.Table, result: TableResult) -> pa.Table:
    """A row whose cell names several numbers, or a range of them, as a record for each number."""
    columns = table.column_names
    for name, each in reading.type.fields.items():
        if not each.several or not table.num_rows:
            continue
        # an amount of several papers together cannot be told apart
        whole_rows = [value is None for value in table.column("amount").to_pylist()] if "amount" in columns else None
        named = [
            numbers_of(text) if text and (whole_rows is None or whole_rows[at]) else (text,)
            for at, text in enumerate(table.column(name).to_pylist())
        ]
        counts = [len(numbers) for numbers in named]
        if max(counts) == 1:
            continue
        result.record_rows = table.num_rows if result.record_rows is None else result.record_rows
        table = table.take(pa.array(np.repeat(np.arange(table.num_rows), counts)))
        numbers = [number_text(number) if number else None for numbers in named for number in numbers]
        table = _with(table, name, pa.array(numbers, pa.string()))
        several = sum(count > 1 for count in counts)
        text = Text(
            f"rows that name several numbers, read as a record for each: {several} ({sum(counts)} records in all)",
            f"一行列有多个号码，按号码逐一读取：{several} 行（共 {sum(counts)} 条记录）",
        )
        result.remarks.append(Remark(str(reading.place(0)), text))
    return table


def _unclaimed(reading: Reading) -> tuple[str, ...]:
    claim = reading.sheet.claim
    claimed = {column.index for column in claim.columns} | set(claim.day_columns) | reading.more_columns
    return tuple(text for index, text in enumerate(reading.sheet.headers) if text and index not in claimed)


# --- records ----------------------------------------------------------------------------------------------------------


def record_table(reading: Reading, kept: Positions) -> pa.Table:
    """The records in the columns of their type, without `_id`, `_document` and the `FIELD__id` columns."""
    everything = len(kept) == reading.sheet.rows
    positions = None if everything else pa.array(kept)
    columns: dict[str, pa.Array] = {}
    empty = _Empty(len(kept))
    for name, each in reading.type.fields.items():
        columns[name] = _field(reading, name, positions, empty)
        if each.default is not None:
            columns[name] = _defaulted(columns[name], each.default, each.type, _unread(reading, name, kept))
    sheet = reading.sheet
    boxes = [sheet.boxes[row] for row in kept] if sheet.boxes else None
    system = {
        "_page": pa.array(sheet.page if everything else sheet.page[kept], pa.int32()),
        "_row": pa.array(sheet.number if everything else sheet.number[kept], pa.int32()),
        "_box": pa.array(boxes, pa.string()) if boxes else empty.of(pa.string()),
        "_raw": _taken(reading.typed.raw, positions),
        "_via": constant(sheet.via, FieldType.TEXT, len(kept)),
        "_score": pa.array([_surest(sheet, row) for row in kept], pa.int32()) if sheet.scores else empty.of(pa.int32()),
        "_proof": empty.of(pa.string()),
        "_proved": empty.of(pa.string()),
        "_broken": empty.of(pa.string()),
        "_assumed": _assumed(reading, len(kept), empty),
        "_unread": empty.of(pa.int32()),
        "_problems": _problem_codes(reading, kept) if reading.cell_problems else empty.of(pa.string()),
    }
    return pa.table({**system, **columns})


def _surest(sheet: Sheet, row: int) -> int | None:
    """How sure the recogniser is of the least sure cell of a row."""
    return min((each for each in sheet.scores[row] if each is not None), default=None)


def _assumed(reading: Reading, count: int, empty: _Empty) -> pa.Array:
    """The fields whose value rests on a name, which is evidence and no proof."""
    names = ",".join(sorted(reading.assumed))
    return constant(names, FieldType.TEXT, count) if names else empty.of(pa.string())


class _Empty:
    """Columns without a value: one of each type, whatever the number of fields that have none."""

    def __init__(self, count: int) -> None:
        self.count = count
        self._columns: dict[pa.DataType, pa.Array] = {}

    def of(self, kind: pa.DataType) -> pa.Array:
        if kind not in self._columns:
            self._columns[kind] = pa.nulls(self.count, kind)
        return self._columns[kind]


def _field(reading: Reading, name: str, positions: pa.Array | None, empty: _Empty) -> pa.Array:
    each = reading.type.fields[name]
    if reading.flow is not None and name in ("direction", "amount"):
        return _taken(reading.flow.directions() if name == "direction" else reading.flow.amounts(), positions)
    column = reading.typed.columns.get(name)
    value = reading.constants.get(name)
    if column is None:
        return constant(value, each.type, empty.count) if value is not None else empty.of(ARROW[each.type.sql])
    column = _taken(column, positions)
    return pc.fill_null(column, pa.scalar(value, column.type)) if value is not None else column


def _taken(column: Any, positions: pa.Array | None) -> Any:
    return column if positions is None else column.take(positions)


def _defaulted(column: pa.Array, default: str, kind: FieldType, unread: Mask | None) -> pa.Array:
    """The column with the default where a cell is empty; a cell with a word that is unknown (`unread`) is not."""
    if kind not in (FieldType.TEXT, FieldType.NUMBER_TEXT, FieldType.CHOICE, FieldType.CURRENCY):
        return column
    filled = pc.fill_null(column, default)
    return filled if unread is None else pc.if_else(pa.array(unread), column, filled)


def _unread(reading: Reading, name: str, kept: Positions) -> Mask | None:
    """Which records have a cell for the field that could not be read; None if none has."""
    places = reading.typed.unread.get(name)
    return np.isin(kept, list(places)) if places else None


def _problem_codes(reading: Reading, kept: Positions) -> pa.Array:
    codes = {
        position: ",".join(dict.fromkeys(problem.code for _, problem in problems))
        for position, problems in reading.cell_problems.items()
    }
    return pa.array([codes.get(int(position)) for position in kept], pa.string())


def _with(table: pa.Table, name: str, column: pa.Array) -> pa.Table:
    return table.set_column(table.column_names.index(name), name, column)


def _account_for_rows(reading: Reading, result: TableResult) -> None:
    """Every row of the body is a record, a problem, or ignored for a reason."""
    groups: dict[tuple[str, str], list[int]] = {}
    for row in reading.rows:
        if row.kind is not Kind.PROBLEM:
            reason = TO_DATE if row.kind is Kind.TOTAL and row.total and row.total.to_date else REASONS[row.kind]
            reason = CARRIED if row.kind is Kind.BALANCE and between_pages(reading, row) else reason
            groups.setdefault((reason.en, reason.zh), []).append(row.position)
    for position, reason in sorted(reading.left_out.items()):
        groups.setdefault((reason.en, reason.zh), []).append(position)
    for (en, zh), positions in groups.items():
        result.ignored.append(Ignored(str(reading.place(min(positions))), Text(en, zh), len(positions)))
    result.problem_rows = sum(row.kind is Kind.PROBLEM for row in reading.rows)
    result.problems += limited([reading.reasons[position] for position in sorted(reading.reasons)])
    by_role: dict[str, list[AuditorError]] = {}
    for position in sorted(reading.cell_problems):
        for role, problem in reading.cell_problems[position]:
            by_role.setdefault(role, []).append(problem)
    for problems in by_role.values():
        result.problems += limited(problems)
    counted = result.table.num_rows + result.problem_rows + sum(each.count for each in result.ignored)
    assert counted == result.rows_seen, f"rows lost: {result.rows_seen} seen, {counted} accounted for"


def limited(problems: Sequence[AuditorError]) -> list[AuditorError]:
    """The first problems of each kind, and one that counts the others."""
    found: list[AuditorError] = []
    for code in dict.fromkeys(problem.code for problem in problems):
        mine = [problem for problem in problems if problem.code == code]
        found += mine[:MOST_PROBLEMS]
        if len(mine) > MOST_PROBLEMS:
            place = mine[MOST_PROBLEMS].place
            found.append(MoreOfTheSame(place, count=len(mine) - MOST_PROBLEMS, of=code))
    return found


def _proof_of(total: Stated) -> dict[str, str]:
    if total.holds:
        return {"_proof": RowProof.PROVED.value, "_proved": "stated"}
    if total.breaks:
        return {"_proof": RowProof.BROKEN.value, "_broken": "stated"}
    return {"_proof": RowProof.UNPROVED.value}


def stated_rows(stated: Sequence[Stated]) -> list[dict[str, Any]]:
    """Stated totals as records."""
    return [
        {
            "of": each.of,
            "field": each.field,
            "kind": each.kind,
            "label": each.label,
            "axis": each.axis,
            "group_key": each.group,
            "date": each.day,
            "stated": amount(each.stated),
            "computed": amount(each.computed),
            "rows": each.rows,
            "header": each.header or None,
            "figure_unit": each.unit,
            "currency": each.currency if each.unit == "money" else None,
            "_page": each.page,
            "_row": each.row,
            "_raw": each.raw,
            "_via": "cell",
            "_unread": each.unread or None,
            **_proof_of(each),
        }
        for each in stated
    ]
