"""The result as pandas tables, for use in Python. Amounts stay `decimal.Decimal`, dates `datetime.date`."""

from __future__ import annotations

import pandas as pd

from auditor.findings.model import AuditResult, RecordRef
from auditor.languages import Text, chosen_language

FINDING_COLUMNS = (
    "code",
    "severity",
    "title",
    "key",
    "reference",
    "party",
    "party_name",
    "field",
    "expected",
    "actual",
    "difference",
    "amount",
    "unit",
    "currency",
    "date",
    "explanation",
    "hint",
    "owner",
    "status",
    "derived_from",
    "decision",
    "reason",
    "duty",
    "rule",
    "id",
    "records",
)


def findings_frame(result: AuditResult) -> pd.DataFrame:
    """A row an exception, in the order of the report; texts in the language of the locale."""
    language = chosen_language()
    decisions = result.decided.decisions
    rows = [
        (
            f.code,
            f.severity,
            f.title.in_(language),
            f.key,
            f.reference,
            f.party,
            f.party_name,
            f.field,
            f.expected,
            f.actual,
            f.difference,
            f.amount,
            f.unit,
            f.currency,
            f.date,
            f.explanation.in_(language),
            f.hint.in_(language) if f.hint else None,
            f.owner.in_(language) if f.owner else None,
            f.status,
            f.derived_from,
            decisions[f.id].state if f.id in decisions else None,
            decisions[f.id].reason if f.id in decisions else None,
            f.duty,
            f.rule,
            f.id,
            [place_of(record) for record in f.records],
        )
        for f in result.findings
    ]
    return pd.DataFrame(rows, columns=list(FINDING_COLUMNS), dtype=object)


def place_of(record: RecordRef) -> str:
    """Where a record stands: `bank/icbc.csv:12`, `a.xlsx[Sheet1]:7`, `slips.pdf[page 3]`."""
    if record.row is not None:
        return f"{record.document}[{record.sheet or record.page}]:{record.row}"
    return f"{record.document}[page {record.page}]"


def documents_frame(result: AuditResult) -> pd.DataFrame:
    """A row a file of the folder."""
    rows = [
        (
            d.path,
            d.status,
            d.layout,
            dict(d.records),
            sum(d.records.values()),
            len(d.problems),
            sum(p["status"] == "holds" for p in d.proofs),
            sum(p["status"] == "broken" for p in d.proofs),
            d.sha256,
        )
        for d in result.documents
    ]
    columns = ["path", "status", "layout", "records", "count", "problems", "proofs_hold", "proofs_broken", "sha256"]
    return pd.DataFrame(rows, columns=columns, dtype=object)


def rules_frame(result: AuditResult) -> pd.DataFrame:
    """A row a population of a rule; a rule without populations has one row with empty figures."""
    language = chosen_language()
    rows: list[tuple[object, ...]] = []
    for rule in result.rules:
        reason = rule.reason.in_(language) if rule.reason else None
        head = (rule.id, rule.duty, rule.title.in_(language), rule.status, reason)
        rows += [
            (
                *head,
                p.side,
                p.records,
                p.read,
                p.left_out,
                p.empty,
                p.count,
                p.matched,
                p.explained,
                p.open,
                p.amount,
                p.matched_amount,
                p.explained_amount,
                p.open_amount,
            )
            for p in rule.populations
        ]
        if not rule.populations:
            rows.append((*head, *(None,) * 13))
    columns = [
        "rule",
        "duty",
        "title",
        "status",
        "reason",
        "side",
        "records",
        "read",
        "left_out",
        "empty",
        "count",
        "matched",
        "explained",
        "open",
        "amount",
        "matched_amount",
        "explained_amount",
        "open_amount",
    ]
    return pd.DataFrame(rows, columns=columns, dtype=object)


def statements_frame(result: AuditResult) -> pd.DataFrame:
    """A row a line of a statement."""
    language = chosen_language()
    rows = [
        (
            s.id,
            s.kind,
            s.title.in_(language),
            s.subject,
            line.label.in_(language),
            line.role,
            line.amount,
            s.currency,
            s.ties,
        )
        for s in result.statements
        for line in s.lines
    ]
    columns = ["statement", "kind", "title", "subject", "label", "role", "amount", "currency", "ties"]
    return pd.DataFrame(rows, columns=columns, dtype=object)


def statement_tables(result: AuditResult) -> dict[str, pd.DataFrame]:
    """A table for each part of each statement, by `statement/subject/part`; its columns by their machine names."""
    language = chosen_language()
    return {
        f"{statement.id}/{part.name}": pd.DataFrame(
            [[cell.in_(language) if isinstance(cell, Text) else cell for cell in row] for row in part.rows],
            columns=[column.name for column in part.columns],
            dtype=object,
        )
        for statement in result.statements
        for part in statement.parts
    }
