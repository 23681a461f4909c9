"""Every shipped rule says in both languages who must act on what it finds."""

from __future__ import annotations

import re

import pytest

from auditor.resources import rules_folder
from auditor.rules.loader import load_rule_set
from auditor.rules.model import LoadedRule

RULES = load_rule_set(rules_folder() / "freight-month-end").rules


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.id)
def test_a_rule_names_who_must_act(rule: LoadedRule) -> None:
    owners = [rule.head.owner, *(report.owner for reports in rule.outcomes.values() for report in reports)]
    assert rule.head.owner is not None
    for owner in filter(None, owners):
        assert re.search(r"[\u3400-\u9fff]", owner.zh) and not re.search(r"[A-Za-z]", owner.zh)
        assert owner.en and not re.search(r"[\u3400-\u9fff]", owner.en)


def test_an_outcome_may_name_another() -> None:
    slips = RULES["slip-numbers"]
    assert slips.head.owner and slips.head.owner.zh == "票据领用人"
    (unregistered,) = slips.outcomes["void_unregistered"]
    assert unregistered.owner and unregistered.owner.zh == "出纳"
