"""Statements as accountants lay them out: two sides, items under their line, what remains below."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from auditor.findings.model import Statement, StatementLine, StatementPart
from auditor.languages import Text
from auditor.reports.figures import money
from auditor.reports.model import Form, FormCell, TieOut
from auditor.reports.words import words

MOST_ITEMS = 60
SMALL_COLUMNS, SMALL_ROWS = 3, 20


def form_of(statement: Statement, number: int) -> Form:
    """The statement as a form of two sides: the second begins with the second balance. `number` makes the anchor."""
    sides = statement.form.sides or (words()["evidence_side"], words()["books_side"])
    body = [line for line in statement.lines if line.role != "check" and not line.below]
    foot = [line for line in statement.lines if line.role == "check" or line.below]
    cut = _second_balance(body)
    rows = _paired(_cells(body[:cut]), _cells(body[cut:]))
    blocks = tuple(_blocks(statement.parts))
    return Form(statement, anchor_of(number), sides, rows, tuple(_cells(foot)), statement.form.signers, blocks)


def _blocks(parts: Sequence[StatementPart]) -> Iterator[tuple[StatementPart, ...]]:
    """The tables as they stand on paper: small ones that follow each other go two to a row."""
    waiting: StatementPart | None = None
    for part in parts:
        small = len(part.columns) <= SMALL_COLUMNS and len(part.rows) <= SMALL_ROWS
        if waiting is not None and small:
            yield (waiting, part)
            waiting = None
            continue
        if waiting is not None:
            yield (waiting,)
        waiting = part if small else None
        if not small:
            yield (part,)
    if waiting is not None:
        yield (waiting,)


def tie_of(statement: Statement, number: int) -> TieOut:
    """What the statement comes to: its two balances, the gap between them and what of it nobody explains."""
    balances = [line.amount for line in statement.lines if line.role == "balance"]
    checks = [line.amount for line in statement.lines if line.role == "check" and line.amount is not None]
    evidence, book = (*balances, None, None)[:2]
    gap = None
    if evidence is not None and book is not None:
        gap = book - evidence if statement.form.gap == "book_less_evidence" else evidence - book
    return TieOut(statement, anchor_of(number), evidence, book, gap, sum(checks, Decimal(0)) if checks else None)


def tie_text(statement: Statement) -> Text:
    """The state of an account in words: ties, ties after corrections, does not tie, or why it cannot be told."""
    known = words()
    if statement.state == "corrections":
        return known.fill("ties_corrections", amount=money(statement.corrections, statement.currency, signed=True))
    if statement.state == "assumed":
        figures = [money(amount, statement.currency) for _, amount in statement.assumed]
        labels = [label for label, _ in statement.assumed]
        pairs = list(zip(labels, figures, strict=True))
        lines = Text("; ".join(f"{x.en} {y}" for x, y in pairs), "；".join(f"{x.zh} {y}" for x, y in pairs))
        return known.fill("ties_assumed", lines=lines)
    return known[{"ties": "ties", "not": "ties_not"}.get(statement.state, "ties_nothing")]


def anchor_of(number: int) -> str:
    """The anchor of the statement with this number, from 1."""
    return f"statement-{number}"


def _second_balance(lines: Sequence[StatementLine]) -> int:
    places = [index for index, line in enumerate(lines) if line.role == "balance"]
    return places[1] if len(places) > 1 else len(lines)


def _cell(line: StatementLine) -> FormCell:
    return FormCell(line.label, line.amount, line.text, line.role)


def _cells(lines: Sequence[StatementLine]) -> list[FormCell]:
    cells: list[FormCell] = []
    for line in lines:
        cells.append(_cell(line))
        for label, amount in line.items[:MOST_ITEMS]:
            cells.append(FormCell(Text(label, label), amount, None, "item"))
        if len(line.items) > MOST_ITEMS:
            rest = line.items[MOST_ITEMS:]
            cells.append(FormCell(words().fill("and_more", n=len(line.items)), _sum(rest), None, "item"))
    return cells


def _sum(items: Sequence[tuple[str, Decimal | None]]) -> Decimal:
    return sum((amount for _, amount in items if amount is not None), Decimal(0))


def _paired(left: list[FormCell], right: list[FormCell]) -> tuple[tuple[FormCell | None, FormCell | None], ...]:
    """Row by row; the shorter side is filled up before its last result, so that results stand on one line."""
    if not right:
        return tuple((cell, None) for cell in left)
    length = max(len(left), len(right))
    return tuple(zip(_filled(left, length), _filled(right, length), strict=True))


def _filled(cells: list[FormCell], length: int) -> list[FormCell | None]:
    gap: list[FormCell | None] = [None] * (length - len(cells))
    if cells and cells[-1].role == "result":
        return [*cells[:-1], *gap, cells[-1]]
    return [*cells, *gap]
