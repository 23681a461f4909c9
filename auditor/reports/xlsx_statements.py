"""The sheets of statements: fields above, two sides, tables with their sums, who signs."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from auditor.findings.model import AuditResult, Cell, StatementColumn, StatementPart
from auditor.reports.forms import tie_text
from auditor.reports.model import Form, FormCell
from auditor.reports.statement_cells import cell_text, is_figure, row_currency
from auditor.reports.words import words
from auditor.reports.xlsx_cells import MOST_ROWS, RULE, SOFT, TONES, Sheet, display_width, signer, tie_tone

_TWO_SIDES = (44, 18, 44, 18)
_NARROWEST, _WIDEST = 8, 40
_MEASURED = 200  # rows by which the width of a column is told
_EDGE: dict[str, Any] = {"bottom": 4, "border_color": RULE, "text_wrap": True}


def statement_sheet(sheet: Sheet, form: Form, result: AuditResult) -> None:
    """A statement as its form has it, with its sign-off."""
    statement = form.statement
    sheet.columns(_widths(form, sheet))
    sheet.text(0, f"{sheet.say(statement.title)}  {statement.subject}".rstrip(), bold=True, font_size=14)
    sheet.next()
    _heading(sheet, form, result)
    sheet.next()
    if form.rows:
        _two_sides(sheet, form)
    for part in statement.parts:
        _part(sheet, part, form)
    sheet.next()
    if statement.balances:
        sheet.text(0, tie_text(statement), bold=True, font_color=tie_tone(statement), text_wrap=True)
        sheet.next()
    for each in statement.form.blanks:
        sheet.text(0, each, bottom=1)
        for column in (1, 2, 3):
            sheet.text(column, None, bottom=1)
        sheet.next()
    if statement.form.note is not None:
        sheet.text(0, statement.form.note, font_size=9, font_color=TONES["info"])
        sheet.next()
    sheet.next()
    for place, role in enumerate(("prepared", "reviewed", "approved")):
        sheet.text(0, signer(sheet, role, form.signers, place), bottom=1)
        sheet.text(1, None, bottom=1)
        sheet.text(2, words()["date"], bottom=1)
        sheet.next()
        sheet.next()
    sheet.printed(landscape=statement.form.landscape or bool(form.rows))


def _widths(form: Form, sheet: Sheet) -> list[int]:
    """Wide enough for the two sides, and for what the tables hold."""
    widths = list(_TWO_SIDES) if form.rows else [_NARROWEST] * len(_TWO_SIDES)
    for part in form.statement.parts:
        for at, column in enumerate(part.columns):
            shown = [sheet.say(cell_text(row[at], column.kind, None)) for row in (*part.rows[:_MEASURED], *part.totals)]
            longest = max((display_width(each) for each in (sheet.say(column.label), *shown)), default=0) + 3
            if at >= len(widths):
                widths.append(_NARROWEST)
            widths[at] = max(widths[at], min(_WIDEST, longest))
    return widths


def _heading(sheet: Sheet, form: Form, result: AuditResult) -> None:
    statement, known = form.statement, words()
    sheet.text(0, f"{sheet.say(known['entity_name'])}：{result.audit.entity or ''}")
    sheet.next()
    if not statement.heading:
        sheet.text(0, f"{sheet.say(known['period'])}：{' – '.join(day.isoformat() for day in result.audit.period)}")
        sheet.next()
    for each in statement.heading:
        said = sheet.say(cell_text(each.value, each.kind, statement.currency))
        sheet.text(0, f"{sheet.say(each.label)}：{said or '________'}")
        sheet.next()


def _two_sides(sheet: Sheet, form: Form) -> None:
    known, currency = words(), form.statement.currency
    left, right = form.sides
    sheet.header([left, known["amount"], right, known["amount"]], [1, 3])
    for row in form.rows:
        for place, cell in zip((0, 2), row, strict=True):
            _form_cell(sheet, place, cell, currency)
        sheet.next()
    for cell in form.foot:
        sheet.text(0, cell.label, bold=True, top=1, bottom=6)
        for column in (1, 2):
            sheet.text(column, None, top=1, bottom=6)
        sheet.money(3, cell.amount, currency, signed=cell.role != "result", bold=True, top=1, bottom=6)
        sheet.next()


def _part(sheet: Sheet, part: StatementPart, form: Form) -> None:
    """A table; its sums are formulas over its rows, with the figure that the audit has."""
    sheet.next()
    if part.title is not None:
        sheet.text(0, part.title, bold=True, font_size=11)
        sheet.next()
    columns = part.columns
    sheet.header([each.label for each in columns], [at for at, each in enumerate(columns) if is_figure(each.kind)])
    first = sheet.row
    for row in part.rows[:MOST_ROWS]:
        own = row_currency(part, row, form.statement)
        for at, (cell, column) in enumerate(zip(row, columns, strict=True)):
            _cell(sheet, at, cell, column, own, _EDGE)
        sheet.next()
    if not part.rows:
        sheet.text(0, words()["nothing_listed"])
        sheet.next()
    for total in part.totals:
        _total(sheet, part, total, form, first)
        sheet.next()


def _total(sheet: Sheet, part: StatementPart, total: Sequence[Cell], form: Form, first: int) -> None:
    own = row_currency(part, tuple(total), form.statement)
    look: dict[str, Any] = {"bold": True, "top": 1, "bottom": 6}
    last = first + min(len(part.rows), MOST_ROWS) - 1
    for at, (cell, column) in enumerate(zip(total, part.columns, strict=True)):
        if column.summed and isinstance(cell, Decimal):
            where = (part.currency_at, own) if part.currency_at is not None and own is not None else None
            sheet.summed(at, cell, own if column.kind == "money" else None, (first, last), where, **look)
        elif at == 0 and cell is None:
            sheet.text(0, words()["total"], **look)
        else:
            _cell(sheet, at, cell, column, own, look)


def _cell(
    sheet: Sheet, at: int, cell: Cell, column: StatementColumn, currency: str | None, look: dict[str, Any]
) -> None:
    if isinstance(cell, Decimal) and column.kind == "money":
        sheet.money(at, cell, currency, **look)
    elif isinstance(cell, Decimal) and column.kind != "percent":
        sheet.count(at, cell, **look)
    else:
        sheet.text(at, cell_text(cell, column.kind, currency), **{"align": _side(column.kind), **look})


def _side(kind: str) -> str:
    return "right" if is_figure(kind) else "left"


def _form_cell(sheet: Sheet, column: int, cell: FormCell | None, currency: str | None) -> None:
    if cell is None:
        sheet.text(column, None, left=1, border_color=RULE)
        return
    strong = cell.role in ("balance", "result", "sum")
    look: dict[str, Any] = {"bold": strong, "bottom": 1 if strong else 4, "border_color": RULE, "text_wrap": True}
    if cell.role == "item":
        look |= {"indent": 2, "align": "left", "font_color": SOFT}
    sheet.text(column, f"{sheet.say(cell.label)} {cell.text or ''}".rstrip(), **look)
    sheet.money(
        column + 1,
        cell.amount,
        currency,
        **{key: value for key, value in look.items() if key not in ("indent", "align")},
    )
