"""overview.json: a batch for machines. Money is text with its currency's decimals, days are ISO 8601."""

from __future__ import annotations

from typing import Any

from pydantic_core import to_json

from auditor.findings.text import amount_text
from auditor.reports.overview.model import AtStake, IdleRule, Month, MonthSummary, Overview


def overview_json(overview: Overview) -> str:
    """The overview as JSON text, the same byte for byte for the same overview."""
    return to_json(overview_data(overview), indent=1).decode() + "\n"


def overview_data(overview: Overview) -> dict[str, Any]:
    """The overview as plain data."""
    return {
        "batch": {"folder": overview.title, "auditor": overview.auditor, "run_at": overview.run_at},
        "months": [_month(each) for each in overview.months],
        "problems": [dict(each) for each in overview.problems],
        "remarks": [each.as_dict() for each in overview.remarks],
    }


def _month(month: Month) -> dict[str, Any]:
    return {
        "folder": month.folder,
        "entity": month.entity,
        "month": month.label,
        "state": month.state,
        **(_summary(month.summary) if month.summary else {}),
        "error": dict(month.error) if month.error else None,
        "remarks": [each.as_dict() for each in month.remarks],
    }


def _summary(summary: MonthSummary) -> dict[str, Any]:
    return {
        "period": list(summary.period),
        "run_at": summary.run_at,
        "rule_sets": summary.rule_sets.as_dict(),
        "rules_sha256": summary.rules_sha256,
        "can_close": summary.verdict == "clear",
        "reasons": [each.as_dict() for each in summary.reasons],
        "open": dict(summary.open),
        "folded": summary.folded,
        "money": [_at_stake(each) for each in summary.money],
        "documents": summary.documents,
        "unread": list(summary.unread),
        "questions": summary.questions,
        "rules_run": summary.ran,
        "rules_not_run": [_idle(each) for each in summary.idle],
        "exit_code": summary.exit_code,
    }


def _at_stake(row: AtStake) -> dict[str, Any]:
    return {
        "currency": row.currency,
        "exceptions": row.count,
        "amount": amount_text(row.gross, row.currency),
        "net": None if row.net is None else amount_text(row.net, row.currency),
    }


def _idle(rule: IdleRule) -> dict[str, Any]:
    return {
        "id": rule.rule,
        "duty": rule.duty,
        "status": rule.status,
        "reason": rule.reason.as_dict() if rule.reason else None,
        "leaves_a_gap": rule.leaves_a_gap,
    }
