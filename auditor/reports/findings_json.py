"""findings.json: the whole result for machines.

Figures are strings: money with its currency's decimals, all else (`unit`) with the decimals that it has and without a
currency. Dates are ISO 8601.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from pydantic_core import to_json

from auditor.checks.base import Population
from auditor.findings.carried_over import CarriedItem, CarriedOver
from auditor.findings.decided import Decided, Decision
from auditor.findings.model import (
    AuditInfo,
    AuditResult,
    Changes,
    DocumentSummary,
    EarlierFinding,
    Finding,
    NearMiss,
    RecordRef,
    RuleResult,
    Tier,
)
from auditor.findings.text import amount_text, figure_text, plain
from auditor.reports.statement_data import statement_data
from auditor.reports.titles import tier_title
from auditor.rules.schema import Unit


def findings_json(result: AuditResult) -> str:
    """The result as JSON text, the same byte for byte for the same result."""
    return to_json(as_data(result), indent=1).decode() + "\n"


def as_data(result: AuditResult) -> dict[str, Any]:
    """The result as plain data."""
    return {
        "audit": _audit(result.audit),
        "documents": [_document(each) for each in result.documents],
        "rules": [_rule(each) for each in result.rules],
        "findings": [_finding(each) for each in result.findings],
        "statements": {each.id: statement_data(each) for each in result.statements},
        "statements_not_made": [
            {"name": each.name, "kind": each.kind, "title": each.title.as_dict(), "reason": each.reason.as_dict()}
            for each in result.not_made
        ],
        "problems": [dict(each) for each in result.problems],
        "untested": [
            {"kind": each.kind.as_dict(), "count": each.count, "documents": list(each.documents)}
            for each in result.untested
        ],
        "questions": [dict(each) for each in result.questions],
        "choices": [dict(each) for each in result.choices],
        "changes": _changes(result.changes) if result.changes else None,
        "carried": _carried(result.carried) if result.carried else None,
        "decisions": _decided(result.decided),
    }


def _decided(decided: Decided) -> dict[str, Any]:
    return {
        "standing": [
            {"finding": name, "standing": each.word, **_decision(each.decision)}
            for name, each in sorted(decided.standings.items())
        ],
        "gone": [{"finding": each.finding, **_decision(each)} for each in decided.gone],
        "kept": [
            {"why": each.why, "finding": each.decision.finding, **_decision(each.decision)}
            | {"text": each.text, "place": each.place}
            for each in decided.kept
        ],
        "problems": [dict(each) for each in decided.problems],
    }


def _decision(decision: Decision | None) -> dict[str, str]:
    names = ("code", "key", "state", "reason", "by", "on", "reviewer", "seen")
    return {name: getattr(decision, name) for name in names} if decision else {}


def _changes(changes: Changes) -> dict[str, Any]:
    return {
        "since": changes.since,
        "period": list(changes.period),
        "new": list(changes.new),
        "open": list(changes.open),
        "fixed": [_earlier(each) for each in changes.fixed],
        "unchecked": [_earlier(each) for each in changes.unchecked],
    }


def _carried(carried: CarriedOver) -> dict[str, Any]:
    return {
        "period": list(carried.period),
        "run_at": carried.run_at,
        "sha256": carried.sha256,
        "items": [_carried_item(each) for each in carried.items],
        "balances": [
            {
                "of": each.of.as_dict(),
                "key": each.key,
                "name": each.name,
                "currency": each.currency,
                "closing": _money(each.closing, each.currency),
                "opening": _money(each.opening, each.currency),
                "difference": _money(each.difference, each.currency),
                "state": each.state,
            }
            for each in carried.balances
        ],
        "records_tested_against": carried.fed,
        "database": carried.database,
    }


def _carried_item(item: CarriedItem) -> dict[str, Any]:
    return {
        "id": item.id,
        "rule": item.rule,
        "duty": item.duty,
        "code": item.code,
        "severity": item.severity,
        "title": item.title.as_dict(),
        "key": item.key,
        "reference": item.reference,
        "amount": None if item.amount is None else figure_text(item.amount, item.unit, item.currency),
        "unit": item.unit if item.amount is not None else None,
        "currency": item.currency,
        "since": item.since,
        "period": list(item.period),
        "age": item.age,
        "state": item.state,
        "where": item.where.as_dict() if item.where else None,
        "outcome": item.outcome,
        "numbers": list(item.numbers),
        "decision": _decision(item.decision) if item.decision else None,
    }


def _earlier(finding: EarlierFinding) -> dict[str, Any]:
    return {
        "id": finding.id,
        "rule": finding.rule,
        "duty": finding.duty,
        "code": finding.code,
        "severity": finding.severity,
        "title": finding.title.as_dict(),
        "key": finding.key,
        "reference": finding.reference,
        "amount": _figure(finding.amount, finding),
        "unit": finding.unit if finding.amount is not None else None,
        "currency": finding.currency,
    }


def _audit(info: AuditInfo) -> dict[str, Any]:
    return {
        "entity": info.entity,
        "period": [day.isoformat() for day in info.period],
        "currency": info.currency,
        "rules": {"name": info.rules, "title": info.rules_title.as_dict(), "version": info.rules_version},
        "rule_sets": [
            {"name": each.name, "title": each.title.as_dict(), "version": each.version, "included": not each.asked}
            for each in info.sets
        ],
        "rule_sets_chosen_by": "user" if info.sets_named else "documents",
        "duties": list(info.only_duties),
        "without": list(info.left_out),
        "rules_sha256": info.rules_sha256,
        "parameters": {
            name: {"value": value, "title": title.as_dict(), "overridden": overridden}
            for name, title, value, overridden in info.parameters
        },
        "calendar": info.calendar,
        "reading": {"file": info.reading[0], "sha256": info.reading[1]} if info.reading else None,
        "remarks": [each.as_dict() for each in info.remarks],
        "auditor": info.auditor,
        "run_at": info.run_at,
    }


def _document(document: DocumentSummary) -> dict[str, Any]:
    return {
        "path": document.path,
        "sha256": document.sha256,
        "status": document.status,
        "layout": document.layout,
        **({"recogniser": document.recogniser} if document.recogniser else {}),
        "records": dict(document.records),
        "rows": dict(document.rows),
        "proofs": [dict(each) for each in document.proofs],
        "problems": [dict(each) for each in document.problems],
        "ignored": [dict(each) for each in document.ignored],
        "remarks": [dict(each) for each in document.remarks],
        "tables": [each.as_dict() for each in document.tables],
    }


def _money(value: Decimal | None, currency: str | None = None) -> str | None:
    return None if value is None else amount_text(value, currency)


def _figure(value: Decimal | None, finding: Finding | EarlierFinding) -> str | None:
    return None if value is None else figure_text(value, finding.unit, finding.currency)


def _rule(rule: RuleResult) -> dict[str, Any]:
    return {
        "id": rule.id,
        "version": rule.version,
        "duty": rule.duty,
        "check": rule.check,
        "title": rule.title.as_dict(),
        "status": rule.status,
        "reason": rule.reason.as_dict() if rule.reason else None,
        "codes": {code: title.as_dict() for code, title in rule.codes.items()},
        "unit": rule.unit,
        "populations": [_population(each, rule.unit) for each in rule.populations],
        "passes": [_tier(each) for each in rule.passes],
        "beside": rule.beside.as_dict() if rule.beside else None,
        "tolerated": [{"field": t.field, "count": t.count, "total": plain(t.total)} for t in rule.tolerated],
        "remarks": [each.as_dict() for each in rule.remarks],
    }


def _tier(tier: Tier) -> dict[str, Any]:
    return {"key": tier.key, "name": tier_title(tier).as_dict(), "count": tier.count}


def _population(population: Population, unit: Unit) -> dict[str, Any]:
    def sums(value: Decimal | None) -> str | None:
        return None if value is None else figure_text(value, unit)

    return {
        "side": population.side,
        "records": population.records,
        "read": population.read,
        "left_out": population.left_out,
        "undecided": population.undecided,
        "empty": population.empty,
        "count": population.count,
        "amount": sums(population.amount),
        "matched": population.matched,
        "explained": population.explained,
        "open": population.open,
        "matched_amount": sums(population.matched_amount),
        "explained_amount": sums(population.explained_amount),
        "open_amount": sums(population.open_amount),
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "id": finding.id,
        "rule": finding.rule,
        "rule_version": finding.rule_version,
        "duty": finding.duty,
        "code": finding.code,
        "severity": finding.severity,
        "title": finding.title.as_dict(),
        "outcome": finding.outcome,
        "key": finding.key,
        "reference": finding.reference,
        "field": finding.field,
        "party": finding.party,
        "party_name": finding.party_name,
        "expected": finding.expected,
        "actual": finding.actual,
        "difference": _figure(finding.difference, finding),
        "amount": _figure(finding.amount, finding),
        "unit": None if finding.difference is None and finding.amount is None else finding.unit,
        "currency": finding.currency,
        "date": finding.date.isoformat() if finding.date else None,
        "explanation": finding.explanation.as_dict(),
        "hint": finding.hint.as_dict() if finding.hint else None,
        "owner": finding.owner.as_dict() if finding.owner else None,
        "criterion": dict(finding.criterion),
        "nearest": [_near(each) for each in finding.nearest],
        "status": finding.status,
        "derived_from": finding.derived_from,
        "may_be_in": list(finding.may_be_in),
        "records": [_record(each) for each in finding.records],
        "unlisted_records": finding.unlisted,
    }


def _near(near: NearMiss) -> dict[str, Any]:
    return {
        "records": [_record(each) for each in near.records],
        "used": near.used,
        "agrees": list(near.agrees),
        "failed": [{"field": f.field, "left": f.left, "right": f.right, "by": f.by} for f in near.failed],
    }


def _record(record: RecordRef) -> dict[str, Any]:
    return {
        "type": record.type,
        "side": record.side,
        "key": record.key,
        "document": record.document,
        "page": record.page,
        "sheet": record.sheet,
        "row": record.row,
        "box": record.box,
        "raw": record.raw,
        "via": record.via,
        **({"score": record.score} if record.score is not None else {}),
        "proof": record.proof,
        "proved": list(record.proved),
        "broken": list(record.broken),
        "values": dict(record.values),
    }
