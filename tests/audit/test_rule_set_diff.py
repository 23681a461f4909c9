"""Which findings come, go and change between two versions of a rule set: known by what they are about, not by text."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from auditor.audit.errors import NoFolder
from auditor.audit.rule_set_diff import DiffOptions, RuleSetDiff, diff_data, diff_rule_sets

INPUTS = Path(__file__).resolve().parent.parent / "cli" / "inputs"
RULES = INPUTS / "rules"


def version(folder: Path, changes: Mapping[str, tuple[str, str]], **more: str) -> str:
    """A copy of the rule set in which texts of its files are others; `more` are files of its own."""
    shutil.copytree(RULES, folder)
    for name, (before, after) in changes.items():
        path = folder / f"{name}.yaml"
        text = path.read_text(encoding="utf-8")
        assert before in text
        path.write_text(text.replace(before, after), encoding="utf-8")
    for name, text in more.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return str(folder)


def diff(other: str) -> RuleSetDiff:
    return diff_rule_sets(INPUTS / "month", str(RULES), other, DiffOptions(workers=0))


def named(found: RuleSetDiff) -> dict[str, list[tuple[object, ...]]]:
    return {
        "come": [(each.code, each.key) for each in found.come],
        "gone": [(each.code, each.key) for each in found.gone],
        "changed": [(each.b.code, each.b.key, *each.what) for each in found.changed],
    }


def test_the_same_rules_give_no_difference(tmp_path: Path) -> None:
    found = diff(version(tmp_path / "b", {"slips-against-register": ("Slip, not registered", "Never registered")}))
    assert named(found) == {"come": [], "gone": [], "changed": []}
    assert (found.same, found.exit_code) == (3, 0)


def test_what_a_tolerance_a_severity_and_a_rule_of_its_own_change(tmp_path: Path) -> None:
    weights = (RULES / "slips-have-customers.yaml").read_text(encoding="utf-8")
    weights = weights.replace("l.customer IS NOT NULL", "l.amount < 500.00").replace("SRT-01", "SRT-09")
    other = version(
        tmp_path / "b",
        {
            "ruleset": ('"0.00 CNY"', '"100.00 CNY"'),
            "slips-against-register": ("code: REG-01, severity: high", "code: REG-01, severity: low"),
        },
        **{"slips-are-small": weights},
    )
    found = diff(other)
    assert named(found) == {
        "come": [("SRT-09", "SH26-000003")],
        "gone": [("REG-03", "SH26-000003/合计")],
        "changed": [("REG-01", "SH26-000009", "severity")],
    }
    assert [each.id for each in found.rules_come] == ["slips-are-small"]
    assert (found.same, found.exit_code) == (1, 1)


def test_a_rule_that_is_called_otherwise_reports_the_same_findings(tmp_path: Path) -> None:
    other = Path(version(tmp_path / "b", {}))
    (other / "slips-against-register.yaml").rename(other / "register-against-slips.yaml")
    found = diff(str(other))
    assert {each.what for each in found.changed} == {("rule",)}
    assert len(found.changed) == 3
    assert (found.come, found.gone) == ((), ())
    assert [each.id for each in found.rules_gone] == ["slips-against-register"]


def test_a_code_that_is_called_otherwise_is_a_change(tmp_path: Path) -> None:
    found = diff(version(tmp_path / "b", {"slips-against-register": ("code: REG-02", "code: REG-22")}))
    assert named(found) == {"come": [], "gone": [], "changed": [("REG-22", "SH26-000002", "code")]}
    data = diff_data(found)["findings"]["changed"]
    assert [(each["what"], each["a"]["code"], each["b"]["code"]) for each in data] == [(["code"], "REG-02", "REG-22")]
    assert data[0]["a"]["amount"] == "66.00"


def test_a_rule_that_cannot_be_carried_out_is_no_clean_comparison(tmp_path: Path) -> None:
    found = diff(version(tmp_path / "b", {"slips-have-customers": ("l.customer IS", "l.custmer IS")}))
    assert found.exit_code == 2
    assert [(each.a.status, each.b.status) for each in found.rules_changed] == [("clean", "failed")]


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(NoFolder):
        diff_rule_sets(tmp_path / "none", str(RULES), str(RULES), DiffOptions())
