"""Criteria are checked where a rule is loaded, and names that users choose mean nothing to the language."""

from __future__ import annotations

from pathlib import Path

import pytest
from rule_files import write_rule_set

from auditor.cli import ruling
from auditor.rules.loader import load_rule_set

RULE = """\
title: {en: Bank against book, zh: 银行对账}
duty: D12
why: {en: Both say what moved., zh: 两边互证。}
check: match
left: {records: bank_transaction}
right: {records: bank_ledger_entry}
passes:
  - on: [ENTRY]
outcomes:
  left_only: {code: BNK-01, severity: high, title: {en: Not entered, zh: 未入账}}
examples:
  - name: not entered
    given: {bank_transaction: [{amount: "1.00", direction: in, date: 2026-10-08}], bank_ledger_entry: []}
    expect: [{code: BNK-01}]
  - name: nothing moved
    given: {bank_transaction: []}
    expect: []
"""


def errors_of(folder: Path, entry: str, text: str = RULE) -> list[str]:
    loaded = load_rule_set(write_rule_set(folder, {"bank": text.replace("ENTRY", entry)}))
    return [each.message("en") for each in loaded.errors]


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ("{amount: {percent: '1', within: '5'}}", "exactly one of days"),
        ("{date: {days: 3, working_days: 3}}", "exactly one of days"),
        ("{amount: {}}", "exactly one of days"),
        ("{amount: {within: '1', days: 2}}", "exactly one of days"),
        ("{date: {days: 3}, amount: {within: '1'}}", "one field and how it must agree"),
        ("{amount: {within: '1', of: right}}", "`of` beside `percent`"),
        ("{amount: {either: [{within: '1'}]}}", "at least one entry"),
        ("{amount: {either: [{within: '1'}, {}]}}", "exactly one of days"),
        ("{date: {within: '5'}}", "`within` cannot compare date: here stand dates"),
        ("{amount: {days: 5}}", "`days` cannot compare amount: here stand numbers"),
        ("{summary: {percent: '5'}}", "`percent` cannot compare summary: here stand texts"),
        ("{date: {digits: reordered}}", "`digits` cannot compare date"),
        ("{amount: {fold: [case]}}", "`fold` cannot compare amount"),
        ("{amount: {contains: either}}", "`contains` cannot compare amount"),
        ("{amount: {same: party}}", "`same` cannot compare amount"),
        ("{left: date, right: amount}", "cannot compare date / amount: here stand dates and numbers"),
        ("{left: summary, right: amount, within: '1'}", "`within` cannot compare summary / amount"),
        ("{left: summary, right: nobody}", "`bank_ledger_entry` has no field `nobody`"),
        ("{either: [summary, {amount: {days: 1}}]}", "`days` cannot compare amount"),
        ("{amount: {either: [{within: '1'}, {days: 1}]}}", "`days` cannot compare amount"),
    ],
)
def test_a_criterion_that_cannot_be_meant_is_refused_at_its_line(tmp_path: Path, entry: str, said: str) -> None:
    errors = errors_of(tmp_path, entry)
    assert len(errors) == 1 and errors[0].startswith("bank.yaml:8:"), errors
    assert said in errors[0]


@pytest.mark.parametrize("where", ["compare", "refers", "duplicate", "cancels", "sum"])
def test_wherever_criteria_stand_they_are_checked_alike(tmp_path: Path, where: str) -> None:
    match = RULE.replace("ENTRY", "amount")
    texts = {
        "compare": match.replace("outcomes:", "compare: {date: {within: '1'}}\noutcomes:"),
        "sum": match.replace("- on: [amount]", "- {on: [amount], sum: {date: {within: '1'}}}"),
        "cancels": match.replace(
            "outcomes:",
            "explained: [{side: right, cancels: [{date: {within: '1'}}], title: {en: a, zh: a}}]\noutcomes:",
        ),
        "refers": RULE.replace("check: match\nleft: {records: bank_transaction}\nright: {records: bank_ledger_entry}",
                               "check: require\nrecords: bank_transaction\nrequire: r._id IS NOT NULL")
        .replace("passes:\n  - on: [ENTRY]", "refers: {records: bank_ledger_entry, on: [{date: {within: '1'}}]}")
        .replace("left_only", "fails"),
        "duplicate": RULE.replace("check: match\nleft: {records: bank_transaction}\nright: {records: bank_ledger_entry}",
                                  "check: duplicate\nrecords: bank_transaction")
        .replace("passes:\n  - on: [ENTRY]", "on: [{date: {within: '1'}}]").replace("left_only", "duplicate"),
    }  # fmt: skip
    errors = errors_of(tmp_path, "", texts[where])
    assert len(errors) == 1 and "`within` cannot compare date" in errors[0], errors


STORAGE = """\
title: {en: Storage billed as kept, zh: 仓储天数核对}
duty: D05
why: {en: Days that nobody kept are billed., zh: 防止虚计仓储天数。}
check: match
left: {records: kept}
right: {records: billed}
passes: [{on: [lot]}]
compare: {FIELD: HOW}
outcomes:
  differs: {code: STO-01, severity: high, title: {en: Billed otherwise, zh: 计费不符}}
examples:
  - name: three for two
    given: {kept: [{lot: A, FIELD: "2"}], billed: [{lot: A, FIELD: "3"}]}
    expect: [{code: STO-01, key: A}]
  - name: the same
    given: {kept: [{lot: A, FIELD: "2"}], billed: [{lot: A, FIELD: "2"}]}
    expect: []
"""
TYPE = "record: NAME\ntitle: {en: NAME, zh: NAME}\nidentity: [lot]\nfields:\n" + (
    "  lot: {type: text, header: [NAME lot], required: true}\n  FIELD: {type: quantity, header: [NAME FIELD]}\n"
)


def house_rules(folder: Path, field: str, how: str = "exact") -> str:
    """A rule set with record types of its own, of which a field is called as the language's own keys are."""
    (folder / "records").mkdir(parents=True)
    for name in ("kept", "billed"):
        text = TYPE.replace("NAME", name).replace("FIELD", field)
        (folder / "records" / f"{name}.yaml").write_text(text, encoding="utf-8")
    (folder / "ruleset.yaml").write_text('title: {en: House, zh: 本}\nversion: "1"\n', encoding="utf-8")
    rule = STORAGE.replace("FIELD", field).replace("HOW", how)
    (folder / "storage.yaml").write_text(rule, encoding="utf-8")
    return str(folder)


@pytest.mark.parametrize(
    "field",
    ["days", "working_days", "within", "percent", "floor", "ceiling", "return_within", "either", "fold", "empty", "of",
     "left", "right", "exact", "hides"],
)  # fmt: skip
@pytest.mark.parametrize("how", ["exact", "{within: '0.5'}"])
def test_a_field_may_be_called_as_a_key_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], field: str, how: str
) -> None:
    assert ruling.check_rules(house_rules(tmp_path / "house", field, how)) == 0, capsys.readouterr()


@pytest.mark.parametrize("field", ["days", "percent"])
def test_and_its_examples_hold(tmp_path: Path, capsys: pytest.CaptureFixture[str], field: str) -> None:
    assert ruling.test_rules(house_rules(tmp_path / "house", field), ()) == 0, capsys.readouterr()
