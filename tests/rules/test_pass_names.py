"""Every pass of a match has a name in both languages: its own, or one made of what its fields are called."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from auditor.checks.match.options import Match, Pass, pass_name
from auditor.languages import Text
from auditor.records.loader import record_types
from auditor.resources import rules_folder
from auditor.rules.binding import bound_rule
from auditor.rules.loader import load_rule_set
from auditor.rules.parameters import built_in_values, default_values

PERIOD = (date(2026, 10, 1), date(2026, 10, 31))
TITLES = {
    "slip_no": Text("Slip no.", "清单号"),
    "amount": Text("Amount", "金额"),
    "date": Text("Date", "日期"),
    "account": Text("Account", "账户"),
    "customer": Text("Customer", "客户"),
}


@pytest.mark.parametrize(
    ("options", "en", "zh"),
    [
        ({"on": ["slip_no", "amount"]}, "Slip no., Amount", "清单号、金额"),
        (
            {"on": ["slip_no", "amount", {"date": {"working_days": 3}}]},
            "Slip no., Amount, Date within 3 working days",
            "清单号、金额、日期 3 个工作日内",
        ),
        ({"on": ["account__id", {"date": {"days": 0}}]}, "Account, same Date", "账户、日期相同"),
        (
            {"on": [{"date": {"days": {"before": 0, "after": 1}}}]},
            "Date from 0 days before to 1 after",
            "日期前 0 天至后 1 天内",
        ),
        ({"on": [{"date": {"working_days": 1}}]}, "Date within 1 working day", "日期 1 个工作日内"),
        ({"on": [{"amount": {"within": "0.05"}}]}, "Amount within 0.05", "金额相差 0.05 以内"),
        ({"on": [{"amount": {"within": "0.00"}}]}, "Amount", "金额"),
        ({"on": [{"amount": {"percent": "0.5"}}]}, "Amount within 0.5 %", "金额相差 0.5% 以内"),
        ({"on": [{"amount": {"digits": "reordered"}}]}, "digits of Amount", "金额数字相同（次序不论）"),
        ({"on": [{"customer": {"same": "party"}}], "where": "l.x = r.x"}, "Customer, on a condition", "客户、附条件"),
        (
            {"on": ["customer"], "sum": {"amount": {"within": "0.00"}}, "groups": {}},
            "Customer, sum of Amount",
            "客户、金额合计",
        ),
        ({"on": ["some_field"]}, "some field", "some field"),
    ],
)
def test_a_pass_without_a_name_is_called_by_its_fields(options: Mapping[str, Any], en: str, zh: str) -> None:
    made = pass_name(Pass.model_validate(options), TITLES)
    assert (made.en, made.zh) == (en, zh)


def test_every_pass_of_the_shipped_rules_has_a_chinese_and_an_english_name() -> None:
    rule_set = load_rule_set(rules_folder() / "freight-month-end", record_types())
    values = default_values(rule_set.manifest.parameters)
    sql = {**{name: each.sql for name, each in values.items()}, **built_in_values(PERIOD, "CNY", None)}
    names = [
        (rule.id, each.name)
        for rule in rule_set.rules.values()
        if isinstance(options := bound_rule(rule, values, sql, PERIOD).options, Match)
        for each in options.passes
    ]
    assert ("slips-against-register", "清单号、运单号") in [(rule, name.zh) for rule, name in names if name]
    for rule, name in names:
        assert name is not None, rule
        assert not re.search(r"[A-Za-z]", name.zh), (rule, name.zh)
        assert not re.search(r"[\u3400-\u9fff]", name.en), (rule, name.en)
