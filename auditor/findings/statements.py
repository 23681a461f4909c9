"""The statements of a rule set, drawn up from its views and the findings: their balances, line by line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import pyarrow as pa

from auditor.engine import Engine
from auditor.findings.model import Finding, Statement, StatementForm, StatementLine, StatementPart
from auditor.findings.statement_tables import figure, heading_of, parts_of, stated
from auditor.findings.twins import matched_twins
from auditor.languages import Text
from auditor.rules.statements import Line, StatementFile
from auditor.rules.tokens import with_parameters

Items = dict[str, list[tuple[str, Decimal | None]]]  # what the amount of each subject is made of: label, amount

_ZERO = Decimal(0)
_MONEY = pa.decimal128(18, 5)


def publish_decided(engine: Engine, findings: Sequence[Finding], before: Sequence[Finding]) -> None:
    """Put the status that people's decisions gave to findings into the table `finding`; `before` as it holds them."""
    held = {each.id: each.status for each in before}
    for each in findings:
        if each.status != held.get(each.id):
            engine.execute("UPDATE finding SET status = ? WHERE id = ?", [each.status, each.id])


def publish_findings(engine: Engine, findings: Sequence[Finding]) -> None:
    """The findings as tables `finding` and `finding_record`, for statements and for whoever opens the database. Of
    twins the records without a partner stand there alone, so that their amounts add up."""
    engine.create(
        "finding",
        pa.table(
            {
                "id": pa.array([f.id for f in findings], pa.string()),
                "rule": pa.array([f.rule for f in findings], pa.string()),
                "code": pa.array([f.code for f in findings], pa.string()),
                "severity": pa.array([f.severity for f in findings], pa.string()),
                "status": pa.array([f.status for f in findings], pa.string()),
                "derived_from": pa.array([f.derived_from for f in findings], pa.string()),
                "key": pa.array([f.key for f in findings], pa.string()),
                "party": pa.array([f.party for f in findings], pa.string()),
                "difference": pa.array([f.difference for f in findings], _MONEY),
                "amount": pa.array([f.amount for f in findings], _MONEY),
                "unit": pa.array([f.unit for f in findings], pa.string()),
                "currency": pa.array([f.currency for f in findings], pa.string()),
                "date": pa.array([f.date for f in findings], pa.date32()),
            }
        ),
    )
    rows = [(f.id, r.side, r.type, r.id) for f in findings for r in f.records if r.id not in matched_twins(f.criterion)]
    engine.create(
        "finding_record",
        pa.table(
            {
                "finding": pa.array([row[0] for row in rows], pa.string()),
                "side": pa.array([row[1] for row in rows], pa.string()),
                "type": pa.array([row[2] for row in rows], pa.string()),
                "record": pa.array([row[3] for row in rows], pa.int64()),
            }
        ),
    )


def draw_up(name: str, file: StatementFile, engine: Engine, literals: Mapping[str, str]) -> list[Statement]:
    """One statement for each subject, in the order of subjects. `literals` are the parameters as SQL. Raises
    EngineError."""
    made: list[str] = []
    try:
        for table, select in file.tables.items():
            engine.execute(f'CREATE OR REPLACE TEMP TABLE "{table}" AS {with_parameters(select, literals)}')
            made.append(table)
        return _drawn(name, file, engine, literals)
    finally:
        for table in reversed(made):
            engine.execute(f'DROP TABLE "{table}"')


def _drawn(name: str, file: StatementFile, engine: Engine, literals: Mapping[str, str]) -> list[Statement]:
    subjects = engine.dicts(f"SELECT * FROM ({with_parameters(file.subjects, literals)}) ORDER BY subject")
    amounts: dict[str, dict[str, Decimal]] = {}
    items: dict[str, Items] = {}
    for line in file.lines:
        if line.select is not None:
            amounts[line.name], items[line.name] = _selected(engine, with_parameters(line.select, literals), line.name)
        else:
            amounts[line.name] = _summed(line, amounts)
    parts = parts_of(file, engine, literals, [stated(row, "subject", "subjects") for row in subjects])
    return [_statement(name, file, row, amounts, items, parts[row["subject"]]) for row in subjects]


def _selected(engine: Engine, sql: str, name: str) -> tuple[dict[str, Decimal], Items]:
    amounts: dict[str, Decimal] = defaultdict(lambda: _ZERO)
    items: Items = defaultdict(list)
    for row in engine.dicts(f"SELECT * FROM ({sql}) ORDER BY {_order(engine, sql)}"):
        stands = stated(row, "amount", name)
        amount = figure(stands, name) if stands is not None else _ZERO
        amounts[stated(row, "subject", name)] += amount
        if row.get("item"):
            items[row["subject"]].append((str(row["item"]), amount))
    return amounts, items


def _order(engine: Engine, sql: str) -> str:
    """Items stand as `position` says where the SELECT gives one, else by their text."""
    columns = engine.arrow(f"SELECT * FROM ({sql}) LIMIT 0").column_names
    return "subject, position, amount" if "position" in columns else "ALL"


def _summed(line: Line, amounts: Mapping[str, Mapping[str, Decimal]]) -> dict[str, Decimal]:
    total: dict[str, Decimal] = defaultdict(lambda: _ZERO)
    for part in line.sum:
        sign = -1 if part.startswith("-") else 1
        for subject, amount in amounts[part.lstrip("-")].items():
            total[subject] += sign * amount
    return total


def _statement(
    name: str,
    file: StatementFile,
    row: Mapping[str, Any],
    amounts: Mapping[str, Mapping[str, Decimal]],
    items: Mapping[str, Items],
    parts: Sequence[StatementPart],
) -> Statement:
    subject = row["subject"]
    lines = tuple(
        StatementLine(
            label=Text(line.label.en, line.label.zh),
            role=line.role,
            amount=amounts[line.name].get(subject, _ZERO),
            items=tuple(items.get(line.name, {}).get(subject, ())),
            below=line.below,
        )
        for line in file.lines
    )
    checks = [line.amount for line in lines if line.role == "check"]
    trusted = [(line, amounts[line.name].get(subject, _ZERO)) for line in file.lines if line.assumed]
    assumed = tuple((Text(line.label.en, line.label.zh), amount) for line, amount in trusted if amount)
    ties = all(amount == 0 for amount in checks) if checks else None
    return Statement(
        id=f"{name}/{subject}",
        kind=file.kind,
        title=Text(file.title.en, file.title.zh),
        subject=(row["name"] or "") if "name" in row else subject,
        currency=row.get("currency"),
        lines=lines,
        ties=None if ties and assumed else ties,
        form=form_of_file(file),
        corrections=sum((amounts[line.name].get(subject, _ZERO) for line in file.lines if line.corrects), _ZERO),
        assumed=assumed,
        heading=heading_of(file, row),
        parts=tuple(parts),
    )


def form_of_file(file: StatementFile) -> StatementForm:
    """How the statement is laid out, for the report."""
    stated = file.form
    if stated is None:
        return StatementForm()
    sides = tuple(each.text for each in stated.sides or ())
    return StatementForm(
        sheet=stated.sheet.text if stated.sheet else None,
        sides=(sides[0], sides[1]) if sides else None,
        gap=stated.gap,
        signers=tuple(each.text for each in stated.signers),
        note=stated.note.text if stated.note else None,
        blanks=tuple(each.text for each in stated.blanks),
        landscape=stated.landscape,
    )
