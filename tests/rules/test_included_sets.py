"""Rule sets that include others: what they change, leave out and add, and what cannot be."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from rule_files import RULE, write_rule_set

from auditor.resources import rules_folder
from auditor.rules.copying import copy_rule_set
from auditor.rules.errors import RuleSetErrors
from auditor.rules.loader import find_rule_set, load_rule_set, load_rule_sets, shipped_rule_sets
from auditor.rules.narrowing import of_sets

HEAD = 'title: {{en: {0}, zh: {0}}}\nversion: "1"\n'
LIMIT = 'parameters:\n  limit: {title: {en: Limit, zh: 限额}, default: "50.00 CNY"}\n'
USING = RULE.replace('within: "0.00"', 'within: ":limit"')


def put(folder: Path, name: str, rest: str = "", rules: Mapping[str, str] | None = None) -> Path:
    """The set `name` below the folder, with what its manifest says besides its title."""
    return write_rule_set(folder / name, dict(rules or {}), manifest=HEAD.format(name) + rest)


def told(error: RuleSetErrors) -> list[tuple[str, str]]:
    return [(each.code, str(each.place)) for each in error.errors]


def base(folder: Path, name: str = "base") -> Path:
    return put(folder, name, LIMIT, {"slips": USING})


def test_an_included_set_gives_its_rules_views_and_parameters(tmp_path: Path) -> None:
    base(tmp_path)
    loaded = load_rule_set(put(tmp_path, "company", "includes: [../base]\n", {"more": RULE}))
    assert not loaded.errors
    assert (loaded.name, [each.name for each in loaded.folders]) == ("company", ["company", "base"])
    assert {name: rule.of for name, rule in loaded.rules.items()} == {"more": "company", "slips": "base"}
    assert loaded.manifest.parameters["limit"].default == "50.00 CNY"
    assert loaded.rules["slips"].marked.file == "base/slips.yaml"


def test_a_set_changes_parameters_severities_and_owners(tmp_path: Path) -> None:
    base(tmp_path)
    changes = (
        "includes: [../base]\nchanges:\n"
        '  parameters: {limit: "75.00 CNY"}\n'
        "  severities: {REG-02: low, slips: info}\n"  # the code goes before the rule
        "  owners: {D03: {en: Warehouse, zh: 仓库}}\n"
    )
    loaded = load_rule_set(put(tmp_path, "company", changes))
    outcomes = loaded.rules["slips"].outcomes
    assert {each.code: each.severity for reports in outcomes.values() for each in reports} == {
        "REG-02": "low", "REG-03": "info",
    }  # fmt: skip
    assert {each.owner.zh for reports in outcomes.values() for each in reports if each.owner} == {"仓库"}
    assert loaded.manifest.parameters["limit"].default == "75.00 CNY"
    assert load_rule_set(tmp_path / "base").manifest.parameters["limit"].default == "50.00 CNY"


def test_the_nearest_change_holds(tmp_path: Path) -> None:
    """A set that includes a changed set may change it again; whoever includes both need not decide."""
    base(tmp_path)
    put(tmp_path, "region", 'includes: [../base]\nchanges: {parameters: {limit: "60.00 CNY"}}\n')
    put(tmp_path, "branch", 'includes: [../region]\nchanges: {parameters: {limit: "70.00 CNY"}}\n')
    assert load_rule_set(tmp_path / "branch").manifest.parameters["limit"].default == "70.00 CNY"
    both = put(tmp_path, "both", "includes: [../base, ../region]\n")
    assert load_rule_set(both).manifest.parameters["limit"].default == "60.00 CNY"


def test_two_changes_of_one_parameter_must_be_decided(tmp_path: Path) -> None:
    base(tmp_path)
    for name, value in (("north", "60"), ("south", "70"), ("east", "60.0")):
        put(tmp_path, name, f'includes: [../base]\nchanges: {{parameters: {{limit: "{value} CNY"}}}}\n')
    with pytest.raises(RuleSetErrors) as raised:
        load_rule_set(put(tmp_path, "company", "includes:\n  - ../north\n  - ../south\n"))
    assert told(raised.value) == [("ChangedTwice", "ruleset.yaml:5:5")]
    assert "70 CNY" in raised.value.message("zh")
    same = put(tmp_path, "same", "includes: [../north, ../east]\n")
    assert load_rule_set(same).manifest.parameters["limit"].default in ("60 CNY", "60.0 CNY")
    deciding = 'includes: [../north, ../south]\nchanges: {parameters: {limit: "65 CNY"}}\n'
    assert load_rule_set(put(tmp_path, "decided", deciding)).manifest.parameters["limit"].default == "65 CNY"
    together = [tmp_path / "north", tmp_path / "south"]
    with pytest.raises(RuleSetErrors):
        load_rule_sets(together)
    assert load_rule_sets(together, decided=["limit"]).name == "north, south"


@pytest.mark.parametrize(("manifest", "told_at"), [
    ("includes: [../base]\nchanges: {parameters: {limt: \"60.00 CNY\"}}\n", [("UnknownParameter", "ruleset.yaml:4:24")]),
    ("includes: [../base]\nchanges: {parameters: {limit: 3 days}}\n", [("ParameterUnit", "ruleset.yaml:4:31")]),
    ("includes: [../base]\nchanges: {severities: {REG-20: low}}\n", [("UnknownWord", "ruleset.yaml:4:32")]),
    ("includes: [../base]\nchanges: {severities: {REG-02: grave}}\n", [("UnknownWord", "ruleset.yaml:4:32")]),
    ("includes: [../base]\nwithout: [slip]\n", [("UnknownWord", "ruleset.yaml:4:11")]),
    ("includes: [../base]\nwithot: [slips]\n", [("UnknownKey", "ruleset.yaml:4:1")]),
    ("includes: [../bas]\n", [("NoSuchRuleSet", "ruleset.yaml:3:12")]),
    ("includes: [../base]\n" + LIMIT, [("DeclaredTwice", "ruleset.yaml:5:3")]),
    ("includes: [../company]\n", [("IncludesItself", "ruleset.yaml:3:12")]),
    ("includes: [cash-and-bnk]\n", [("NoSuchRuleSet", "ruleset.yaml:3:12")]),
    ("kinds: {losses: {codes: [REG-01]}}\n", [("MissingKey", "ruleset.yaml:3:17")]),
    ("chosen_by: {receiving_slp: []}\n", [("UnknownWord", "ruleset.yaml:3:13")]),
    ("chosen_by: {receiving_slip: [waybil_no]}\n", [("UnknownField", "ruleset.yaml:3:30")]),
])  # fmt: skip
def test_what_a_set_cannot_say(tmp_path: Path, manifest: str, told_at: list[tuple[str, str]]) -> None:
    base(tmp_path)
    with pytest.raises(RuleSetErrors) as raised:
        load_rule_set(put(tmp_path, "company", manifest))
    assert told(raised.value) == told_at


def test_a_circle_of_three_is_told_where_it_closes(tmp_path: Path) -> None:
    for name, next_one in (("a", "b"), ("b", "c"), ("c", "a")):
        put(tmp_path, name, f"includes: [../{next_one}]\n")
    with pytest.raises(RuleSetErrors) as raised:
        load_rule_set(tmp_path / "a")
    assert told(raised.value) == [("IncludesItself", "c/ruleset.yaml:3:12")]
    assert raised.value.errors[0].values["chain"] == "a → b → c → a"


def test_a_set_leaves_out_rules_and_duties_and_puts_its_own_in_their_place(tmp_path: Path) -> None:
    put(tmp_path, "base", LIMIT, {"slips": USING, "again": USING.replace("duty: D03", "duty: D05")})
    by_rule = load_rule_set(put(tmp_path, "by_rule", "includes: [../base]\nwithout: [slips]\n", {"slips": RULE}))
    assert {name: rule.of for name, rule in by_rule.rules.items()} == {"slips": "by_rule", "again": "base"}
    by_duty = load_rule_set(put(tmp_path, "by_duty", "includes: [../base]\nwithout: [D05]\n"))
    assert list(by_duty.rules) == ["slips"]
    clash = load_rule_set(put(tmp_path, "clash", "includes: [../base]\n", {"slips": RULE}))
    assert [each.code for each in clash.errors] == ["RuleInTwoSets"]
    assert list(clash.rules) == ["again"]


def test_an_error_in_an_included_rule_costs_that_rule_unless_it_is_left_out(tmp_path: Path) -> None:
    put(tmp_path, "base", LIMIT, {"slips": USING, "wrong": USING.replace("pieces: exact", "pices: exact")})
    loaded = load_rule_set(put(tmp_path, "company", "includes: [../base]\n"))
    assert {(each.code, str(each.place)) for each in loaded.errors} == {("UnknownField", "base/wrong.yaml:11:3")}
    assert list(loaded.rules) == ["slips"]
    assert not load_rule_set(put(tmp_path, "without", "includes: [../base]\nwithout: [wrong]\n")).errors


def test_a_set_that_two_others_include_is_there_once(tmp_path: Path) -> None:
    base(tmp_path)
    for name in ("left", "right"):
        put(tmp_path, name, "includes: [../base]\n", {f"{name}-slips": RULE})
    loaded = load_rule_set(put(tmp_path, "top", "includes: [../left, ../right]\n"))
    assert [each.name for each in loaded.folders] == ["top", "left", "right", "base"]
    assert sorted(loaded.rules) == ["left-slips", "right-slips", "slips"]


def test_the_words_of_a_set_go_before_those_that_it_includes(tmp_path: Path) -> None:
    words = (
        "duties: {D03: {en: Registers, zh: 登记}}\n"
        "kinds:\n  losses: {title: {en: Losses, zh: 损失}, codes: [REG-02]}\n"
        "number_control:\n  missing: {title: {en: Missing, zh: 缺号}, codes: [SEQ-01]}\n"
    )
    put(tmp_path, "base", words)
    mine = (
        "includes: [../base]\nduties: {D03: {en: Slips, zh: 清单}}\n"
        'kinds:\n  own: {title: {en: Own, zh: 自有}, codes: ["REG-*"]}\n  losses: {codes: [REG-03]}\n'
        "number_control:\n  missing: {codes: [RCT-01]}\n"
    )
    manifest = load_rule_set(put(tmp_path, "company", mine)).manifest
    assert manifest.duties["D03"].zh == "清单"
    assert {name: each.codes for name, each in manifest.kinds.items()} == {
        "own": ["REG-*"], "losses": ["REG-02", "REG-03"],
    }  # fmt: skip
    assert manifest.number_control["missing"].codes == ["SEQ-01", "RCT-01"]


def test_the_shipped_sets_go_together_and_apart() -> None:
    assert shipped_rule_sets() == (
        "business-documents",
        "cash-and-bank",
        "delivery",
        "expenses",
        "freight-month-end",
        "invoices",
        "ledgers",
        "purchasing",
    )
    both = load_rule_sets([find_rule_set(name) for name in shipped_rule_sets()])
    assert not both.errors
    alone = of_sets(both, [each for each in both.asked if each.name == "cash-and-bank"])
    assert {rule.head.duty for rule in alone.rules.values()} == {"D12", "D14", "D15", "Q"}
    assert alone.rules.keys() < both.rules.keys()
    assert alone.sha256 == load_rule_set(rules_folder() / "cash-and-bank").sha256


def test_no_view_and_no_rule_stands_in_two_shipped_sets() -> None:
    folders = [rules_folder() / name for name in shipped_rule_sets()]
    files = [path.relative_to(folder).as_posix() for folder in folders for path in folder.rglob("*.yaml")]
    assert {each for each in files if files.count(each) > 1} == {"ruleset.yaml"}


def test_a_copy_is_a_set_of_ones_own(tmp_path: Path) -> None:
    base(tmp_path)
    put(tmp_path, "company", "includes: [../base, cash-and-bank]\n", {"more": RULE})
    copied = copy_rule_set(tmp_path / "company", tmp_path / "months" / "2026" / "mine")
    assert copied.manifest.includes == ["../../../base", "cash-and-bank"]
    loaded = load_rule_set(copied.folder)
    assert not loaded.errors
    assert {"more", "slips", "receipt-words"} <= loaded.rules.keys()
    assert (copied.folder / "ruleset.yaml").read_text(encoding="utf-8").startswith("# 复制自 company 1 / copied from")


@pytest.mark.parametrize("name", shipped_rule_sets())
def test_a_copy_of_each_shipped_set_says_the_same(name: str, tmp_path: Path) -> None:
    source = load_rule_set(find_rule_set(name))
    copied = load_rule_set(copy_rule_set(find_rule_set(name), tmp_path / "mine").folder)
    assert not copied.errors
    assert copied.rules.keys() == source.rules.keys()
    assert copied.manifest.kinds == source.manifest.kinds
