"""The runner of inline examples, and the examples of every rule that is shipped."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from auditor.checks.examples import ExampleRunner
from auditor.records.loader import record_types
from auditor.resources import rules_folder
from auditor.rules.loader import load_rule_set
from auditor.rules.model import RuleSet

RULE = """\
title: {en: Words and figures, zh: 大小写金额核对}
duty: D14
why: {en: One of the two is wrong., zh: 两者必有一误。}
check: require
records: receipt
require: words IS NULL OR words = amount
outcomes:
  fails: {code: RCT-09, severity: high, title: {en: "Words ≠ figures", zh: 大小写金额不一致}, difference: l.words -
  l.amount}
examples:
  - name: one receipt of two
    given:
      party: [{party_id: C10, name: 广州市易尚鞋业商行, kind: cash_customer}]
      receipt:
        - {receipt_no: "0003160", date: 2026-10-22, payer: 广州市易尚鞋业商行, amount: "1786.48", words: "1768.48"}
        - {receipt_no: "0003161", date: 2026-10-22, payer: 广州市易尚鞋业商行, amount: "1.00", words: "1.00"}
    expect: [EXPECTED]
  - name: no words
    given: {receipt: [{receipt_no: "0003160", date: 2026-10-22, amount: "1786.48"}]}
    expect: []
"""
MANIFEST = 'title: {en: T, zh: 测试}\nversion: "1"\norder: [RCT]\n'


def runner(folder: Path, expected: str) -> ExampleRunner:
    (folder / "ruleset.yaml").write_text(MANIFEST, encoding="utf-8")
    (folder / "words.yaml").write_text(RULE.replace("EXPECTED", expected), encoding="utf-8")
    rule_set = load_rule_set(folder)
    assert [each.message("en") for each in rule_set.errors] == []
    return ExampleRunner(rule_set, record_types())


def test_examples_that_hold(tmp_path: Path) -> None:
    expected = (
        '{code: RCT-09, key: "0003160", party: C10, difference: "-18.00", amount: "1786.48", currency: CNY, '
        "date: 2026-10-22}"
    )
    results = list(runner(tmp_path, expected).run_all())
    assert [(each.rule, each.name, each.holds) for each in results] == [
        ("words", "one receipt of two", True), ("words", "no words", True),
    ]  # fmt: skip


@pytest.mark.parametrize(("expected", "missing", "extra"), [
    ('{code: RCT-09, key: "0003161"}', ["0003161"], ["0003160"]),
    ('{code: RCT-09, difference: "18.00", key: a}', ["a"], ["0003160"]),
    ('{code: RCT-09, key: "0003160"}, {code: RCT-09, key: b}', ["b"], []),
])  # fmt: skip
def test_what_is_missing_and_what_is_too_much(
    tmp_path: Path, expected: str, missing: list[str], extra: list[str]
) -> None:
    result = next(iter(runner(tmp_path, expected).run_all()))
    assert not result.holds
    assert [each["key"] for each in result.missing] == missing
    assert [each["key"] for each in result.extra] == extra


def test_no_record_stays_behind(tmp_path: Path) -> None:
    examples = runner(tmp_path, '{code: RCT-09, key: "0003160"}')
    assert all(each.holds for each in examples.run_all())
    assert examples.engine.value("SELECT count(*) FROM receipt") == 0


@cache
def _shipped(name: str) -> tuple[RuleSet, ExampleRunner]:
    rule_set = load_rule_set(rules_folder() / name)
    return rule_set, ExampleRunner(rule_set, record_types())


def _rules() -> Iterator[tuple[str, str]]:
    for manifest in sorted(rules_folder().glob("*/ruleset.yaml")):
        for path in sorted(manifest.parent.glob("*.yaml")):
            if path != manifest:
                yield manifest.parent.name, path.stem


@pytest.mark.parametrize(("rule_set", "rule"), list(_rules()))
def test_examples_of_shipped_rules(rule_set: str, rule: str) -> None:
    loaded, examples = _shipped(rule_set)
    assert rule in loaded.rules, [each.message("en") for each in loaded.failed[rule]]
    for result in examples.run_all([rule]):
        shown = [{key: str(value) for key, value in each.items() if value is not None} for each in result.extra]
        assert result.holds, f"{result.name}: missing {result.missing}, too many {shown}, {result.errors}"


@pytest.mark.parametrize("rule_set", sorted({name for name, _ in _rules()}))
def test_shipped_rule_sets_have_no_errors(rule_set: str) -> None:
    assert [each.message("en") for each in _shipped(rule_set)[0].errors] == []
