"""The sentence of a finding, in both languages."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest

from auditor.checks.match.options import Match
from auditor.findings.explain import Explainer
from auditor.languages import Text
from auditor.records.loader import record_types
from auditor.rules.bound import BoundRule
from auditor.rules.schema import Outcome, Unit
from auditor.strict_yaml import Bilingual

RULE = BoundRule(
    "r",
    Match.model_validate(
        {
            "check": "match",
            "left": {"records": "receiving_slip"},
            "right": {"records": "register_entry"},
            "passes": [{"on": ["slip_no"]}],
        }
    ),
    {},
    (datetime.date(2026, 10, 1), datetime.date(2026, 10, 31)),
    {"pieces": Text("Pieces", "件数"), "pay_mode": Text("Payment mode", "付款方式")},
)
REPORT = Outcome(code="REG-03", severity="medium", title=Bilingual(en="t", zh="题"))


def row(outcome: str, **values: Any) -> dict[str, Any]:
    names = ("key", "party", "expected", "actual", "difference", "amount", "currency", "date", "field")
    return {**dict.fromkeys(names), "outcome": outcome, **values}


@pytest.mark.parametrize(
    ("given", "zh", "en"),
    [
        (
            row("left_only", amount=Decimal("1999.40000")),
            "收货清单有、统计报表登记无：1,999.40",
            "In Receiving slip, not in Statistics register entry: 1,999.40",
        ),
        (
            row("differs", field="pieces", expected="9", actual="6", difference=Decimal("-3.00000")),
            "件数：统计报表登记为 6，收货清单为 9（差异 -3）",
            "Pieces: Statistics register entry says 6, Receiving slip says 9 (difference -3)",
        ),
        (
            row("differs", field="pay_mode", expected="monthly", actual="collect"),
            "付款方式：统计报表登记为 到付，收货清单为 月结",
            "Payment mode: Statistics register entry says collect, Receiving slip says monthly",
        ),
        (
            row("sum_differs", field="amount", expected="1000.00", actual="-1500.50", difference=Decimal("-2500.5")),
            "金额：统计报表登记合计 -1,500.50，收货清单合计 1,000.00（差异 -2,500.50）",
            "Amount: Statistics register entry adds up to -1,500.50, Receiving slip to 1,000.00 (difference -2,500.50)",
        ),
        (
            row("missing", key="SH26-004090"),
            "号码 SH26-004090 未使用、未作废、也不在手中",
            "Number SH26-004090 is neither used, nor void, nor on hand",
        ),
    ],
)
def test_sentence(given: dict[str, Any], zh: str, en: str) -> None:
    types = record_types()
    explainer = Explainer({name: each.title for name, each in types.items()}, types)
    unit: Unit = "count" if given["field"] == "pieces" else "money"
    found = explainer.explain(given, REPORT, RULE, RULE.field_titles.get(given["field"] or ""), "CNY", unit)
    assert found == Text(en, zh)


def test_a_key_with_words_speaks_the_language() -> None:
    types = record_types()
    explainer = Explainer({name: each.title for name, each in types.items()}, types)
    found = explainer.explain(row("skipped_book", key="book 89", actual="43"), REPORT, RULE, None, "CNY")
    assert found.zh == "前一本尚有 43 个号码未用即启用 第 89 本"
    assert found.en == "book 89 was begun while an earlier book still had 43 open numbers"
