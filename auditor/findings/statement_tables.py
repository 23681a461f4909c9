"""The tables of a statement and the fields above it: what their SELECTs give, as cells of the kinds that they state."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from auditor.engine import Engine, EngineError, exact
from auditor.findings.model import Cell, StatementColumn, StatementField, StatementPart
from auditor.languages import Text
from auditor.rules.statements import Column, Part, StatementFile
from auditor.rules.tokens import with_parameters

_SUBJECT = "subject__"  # beside the columns of a part, whatever these are called
_ZERO = Decimal(0)


def heading_of(file: StatementFile, row: Mapping[str, Any]) -> tuple[StatementField, ...]:
    """The fields above a statement, from the row of its subject. Raises EngineError where `subjects` has no such
    column."""
    where = "subjects"
    found = [(each, stated(row, each.value, where)) for each in file.heading]
    return tuple(
        StatementField(each.value, each.label.text, each.kind, _cell(value, each.kind, {}, where))
        for each, value in found
    )


def stated(row: Mapping[str, Any], name: str, where: str) -> Any:
    """A column of a row of a SELECT, which stands at `where`. Raises EngineError where it has no such column."""
    if name not in row:
        raise EngineError(reason=f"{where}: no column {name}")
    return row[name]


def figure(value: Any, where: str) -> Decimal:
    """A figure of a SELECT, exact. Raises EngineError for what is none, or is a floating-point number."""
    try:
        return exact(value)
    except (TypeError, ValueError, ArithmeticError) as error:
        said = "a floating-point number: use ratio(a, b)" if isinstance(value, float) else f"no number: {value}"
        raise EngineError(reason=f"{where}: {said}") from error


def parts_of(
    file: StatementFile, engine: Engine, literals: Mapping[str, str], subjects: Sequence[str]
) -> dict[str, list[StatementPart]]:
    """The tables of each of the `subjects`; an optional one only where it has rows. `literals` are the parameters as
    SQL."""
    found: dict[str, list[StatementPart]] = {subject: [] for subject in subjects}
    for part in file.parts:
        rows = _rows_of(part, engine, literals)
        for subject in subjects:
            if rows.get(subject) or not part.optional:
                found[subject].append(_part(part, rows.get(subject, [])))
    return found


def _rows_of(part: Part, engine: Engine, literals: Mapping[str, str]) -> dict[str, list[tuple[Cell, ...]]]:
    shown = ", ".join(f"{_value(each, literals)} AS \"{each.name}\"" for each in part.columns)
    order = [with_parameters(part.order, literals)] if part.order else []
    places = ", ".join([*order, *(str(number) for number in range(1, len(part.columns) + 2))])
    sql = with_parameters(part.select, literals)
    rows: dict[str, list[tuple[Cell, ...]]] = {}
    for row in engine.rows(f"SELECT p.subject AS {_SUBJECT}, {shown} FROM ({sql}) p ORDER BY {places}"):
        cells = (
            _cell(value, column.kind, column.words, f"{part.name}.{column.name}")
            for value, column in zip(row[1:], part.columns, strict=True)
        )
        rows.setdefault(row[0], []).append(tuple(cells))
    return rows


def _value(column: Column, literals: Mapping[str, str]) -> str:
    return f"({with_parameters(column.value, literals)})" if column.value else f'p."{column.name}"'


def _cell(value: Any, kind: str, named: Mapping[str, Any], where: str) -> Cell:
    """A value of the engine as its kind has it: figures as decimals, days as days, all else as text."""
    if value is None:
        return None
    if kind in ("money", "count", "quantity", "percent"):
        return figure(value, where)
    if kind == "date" and isinstance(value, date):
        return value
    return named[str(value)].text if str(value) in named else str(value)


def _part(part: Part, rows: Sequence[tuple[Cell, ...]]) -> StatementPart:
    columns = tuple(StatementColumn(each.name, each.label.text, each.kind, each.sum) for each in part.columns)
    title = part.title.text if part.title else None
    found = StatementPart(part.name, title, columns, tuple(rows))
    return StatementPart(part.name, title, columns, found.rows, _totals(found))


def _totals(part: StatementPart) -> tuple[tuple[Cell, ...], ...]:
    """A row of sums, or one for each currency: amounts of two currencies are never added."""
    if not any(each.summed for each in part.columns) or not part.rows:
        return ()
    at = part.currency_at
    currencies = sorted({str(row[at]) for row in part.rows}) if at is not None else [""]
    return tuple(_total(part, [row for row in part.rows if at is None or str(row[at]) == each]) for each in currencies)


def _total(part: StatementPart, rows: Sequence[tuple[Cell, ...]]) -> tuple[Cell, ...]:
    cells: list[Cell] = []
    for at, column in enumerate(part.columns):
        figures = [row[at] for row in rows]
        if column.summed:
            known = [each for each in figures if isinstance(each, Decimal)]
            cells.append(sum(known, _ZERO) if known else None)
        else:
            cells.append(figures[0] if at == part.currency_at else None)
    return tuple(cells)


def text_of_cell(cell: Cell, language: str) -> str:
    """A cell that is no figure as text, in zh or en."""
    if isinstance(cell, Text):
        return cell.in_(language)
    return "" if cell is None else cell.isoformat() if isinstance(cell, date) else str(cell)
