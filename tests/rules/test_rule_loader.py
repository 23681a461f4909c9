"""Loading rule sets: every mistake is an error at its line and column, and costs only its own rule."""

from __future__ import annotations

from pathlib import Path

import pytest
from rule_files import MANIFEST, RULE, write_rule_set

from auditor.resources import rules_folder
from auditor.rules.describe import manifest_schema, rule_schema, view_schema
from auditor.rules.errors import NoSuchRuleSet, RuleSetErrors
from auditor.rules.loader import find_rule_set, load_rule_set
from auditor.rules.model import RuleSet


def found(rule_set: RuleSet) -> list[tuple[str, str]]:
    return [(each.code, str(each.place)) for each in rule_set.errors]


def line_and_column(text: str, at: str) -> str:
    """Where `at` stands in a text, the last time."""
    before = text[: text.rindex(at)]
    return f"{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}"


def test_a_right_rule_set_has_no_errors(tmp_path: Path) -> None:
    rule_set = load_rule_set(write_rule_set(tmp_path))
    assert found(rule_set) == []
    assert list(rule_set.rules) == ["slips"]
    assert rule_set.rules["slips"].codes == ("REG-02", "REG-03")
    assert rule_set.rules["slips"].titles["pieces"].zh == "件数"


@pytest.mark.parametrize(("was", "becomes", "code", "at", "word"), [
    ("duty: D03", "dutty: D03", "UnknownKey", "dutty", "duty"),
    ("compare:", "compares:", "UnknownKey", "compares", "compare"),
    ("{within: ", "{wihtin: ", "UnknownKey", "wihtin", "within"),
    ("check: match", "check: mach", "UnknownWord", "mach", "match"),
    ("severity: high", "severity: hight", "UnknownWord", "hight", "nearest: high"),
    ("code: REG-02", "code: REG2", "WrongValue", "REG2", "REG-01"),
    ("records: register_entry", "records: register_entri", "UnknownRecords", "register_entri", "register_entry"),
    ("  - on: [slip_no]\n", "  - on: [slip_nr]\n", "UnknownField", "slip_nr", "slip_no"),
    ("  pieces: exact", "  piece: exact", "UnknownField", "piece: exact", "pieces"),
    ("status <> 'void'", "statsu <> 'void'", "UnknownField", "statsu", "status"),
    ("status <> 'void'", "date > 3", "ExpressionType", "date > 3", "DATE"),
    ("status <> 'void'", "pieces + 1", "ExpressionType", "pieces + 1", "condition"),
    ("status <> 'void'", "amount > :fee_limit", "UnknownParameter", ":fee_limit", "fee_limit"),
    ("l.slip_no ||", "slip_no ||", "WhichSide", "slip_no || '/'", "l.slip_no"),
    ('{within: "0.00"}', "{within: 0.00}", "UnquotedNumber", "0.00}", '"0.00"'),
    ('{within: "0.00"}', "{within: 5}", "UnquotedNumber", "5}", '"5"'),
    ('{within: "0.00"}', '{within: ":limit"}', "UnknownParameter", '":limit', "limit"),
    ('{within: "0.00"}', '{within: "a little"}', "WrongValue", '"a little', "0.05"),
    ("  left_only:", "  leftonly:", "UnknownOutcome", "leftonly", "left_only"),
    ("  differs:  ", "  differs.weight:", "UnknownOutcome", "differs.weight", "differs.pieces"),
    ('amount: "10.00"}]\n    expect: [{code: REG-02', 'amount: 10.00}]\n    expect: [{code: REG-02', "UnquotedNumber",
     "10.00}]", "10.00"),
    ("[{code: REG-02, key", "[{code: REG-09, key", "UnknownCode", "REG-09", "REG-02"),
    ("[{code: REG-02, key", "[{cod: REG-02, key", "UnknownKey", "cod:", "code"),
    ("customer: 陈记批发", "custmer: 陈记批发", "UnknownField", "custmer", "customer"),
    ("date: 2026-10-08, customer", "date: 2026-13-08, customer", "WrongValue", "2026-13-08", "2026-10-08"),
    ("slip_no: SH26-000001, date: 2026-10-08, customer", "slip_no: 000001, date: 2026-10-08, customer", "LeadingZeros",
     "000001, date: 2026-10-08, customer", "000001"),
    ("duty: D03", "duty: D03\nduty: D04", "DuplicateKey", "duty: D04", "duty"),
    ("check: match", "check: match\n\tleft: x", "YamlSyntax", "\tleft", "tabs"),
    ("expect: []", "expect: [{code: REG-02}]", "NoExample", "examples:", "silent"),
    ("zh: 漏登即漏收。}", "}", "MissingKey", "{en: Money", "zh"),
])  # fmt: skip
def test_mistakes_in_a_rule(tmp_path: Path, was: str, becomes: str, code: str, at: str, word: str) -> None:
    assert was in RULE
    text = RULE.replace(was, becomes, 1)
    rule_set = load_rule_set(write_rule_set(tmp_path, {"slips": text, "other": RULE}))
    assert (code, f"slips.yaml:{line_and_column(text, at)}") in found(rule_set)
    error = next(each for each in rule_set.errors if each.code == code)
    assert word in error.message("en")
    assert error.message("zh").isascii() is False
    assert list(rule_set.rules) == ["other"]


def test_all_mistakes_of_all_rules_are_told(tmp_path: Path) -> None:
    wrong = RULE.replace("duty: D03", "dutty: D03").replace("severity: medium", "severity: grave")
    rule_set = load_rule_set(write_rule_set(tmp_path, {"a": wrong, "b": wrong}))
    assert sorted(found(rule_set)) == [
        ("UnknownKey", "a.yaml:2:1"), ("UnknownKey", "b.yaml:2:1"),
        ("UnknownWord", "a.yaml:15:39"), ("UnknownWord", "b.yaml:15:39"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("was", "becomes", "told"),
    [
        ("duty: D03", "dutty: D03", [("UnknownKey", "slips.yaml:2:1")]),
        ("check: match", "chekc: match", [("UnknownKey", "slips.yaml:4:1")]),
        ("passes:", "passess:", [("UnknownKey", "slips.yaml:7:1")]),
        ("  - on: [slip_no]", "  - onn: [slip_no]", [("UnknownKey", "slips.yaml:9:5")]),
        ("{code: REG-02, severity", "{code: REG-02, sevrity", [("UnknownKey", "slips.yaml:14:29")]),
        ("duty: D03", "remark: D03", [("MissingKey", "slips.yaml:1:1"), ("UnknownKey", "slips.yaml:2:1")]),
        ("check: match\n", "", [("MissingKey", "slips.yaml:1:1")]),
        (
            "  - on: [slip_no]",
            "  - {on: [slip_no], accept: false}",
            [("NeedsKey", "slips.yaml:9:29")],
        ),
        (
            "outcomes:",
            "explained: [{side: left, title: {en: a, zh: 甲}}]\noutcomes:",
            [("MissingKey", "slips.yaml:13:13")],
        ),
        (
            "outcomes:",
            "explained: [{side: pair, cancels: [slip_no], title: {en: a, zh: 甲}}]\noutcomes:",
            [("WrongValue", "slips.yaml:13:20")],
        ),
        (
            "outcomes:",
            "explained: [{side: left, cancels: [slipno], title: {en: a, zh: 甲}}]\noutcomes:",
            [("UnknownField", "slips.yaml:13:36")],
        ),
        (
            "outcomes:",
            "explained: [{side: left, cancels: [slip_no], when: l.memo_no = r.remark, title: {en: a, zh: 甲}}]\noutcomes:",
            [("UnknownField", "slips.yaml:13:54")],
        ),
    ],
)
def test_a_mistake_is_told_once(tmp_path: Path, was: str, becomes: str, told: list[tuple[str, str]]) -> None:
    assert was in RULE
    assert found(load_rule_set(write_rule_set(tmp_path, {"slips": RULE.replace(was, becomes, 1)}))) == told


def test_a_wrong_view_costs_the_rules_that_read_it(tmp_path: Path) -> None:
    view = "title: {en: L, zh: 有效清单}\nselect: |\n  SELECT _id, slip_no,\n         custmer\n  FROM receiving_slip\n"
    rule = RULE.replace("records: receiving_slip", "records: live_slip")
    rule_set = load_rule_set(write_rule_set(tmp_path, {"live": rule, "slips": RULE}, {"live_slip": view}))
    assert found(rule_set) == [("BrokenView", "live.yaml:5:18"), ("UnknownField", "views/live_slip.yaml:4:10")]
    assert rule_set.errors[1].values["nearest"] == "customer"
    assert list(rule_set.rules) == ["slips"]


@pytest.mark.parametrize(("select", "code"), [
    ("SELECT slip_no FROM receiving_slip", "ViewWithoutId"),
    ("SELECT slip_no AS _id FROM receiving_slip", "ViewWithoutId"),
    ("SELECT _id, CAST(amount AS DOUBLE) AS amount FROM receiving_slip", "InexactNumber"),
    ("SELECT _id FROM read_csv('/etc/passwd')", "UnknownFunction"),
    ("SELECT _id FROM first_view", "ViewCycle"),
    ("SELECT _id, date > 3 AS late FROM receiving_slip", "ExpressionType"),
])  # fmt: skip
def test_views_that_cannot_be(tmp_path: Path, select: str, code: str) -> None:
    view = f'title: {{en: V, zh: 视图}}\nselect: "{select}"\n'
    rule_set = load_rule_set(write_rule_set(tmp_path, views={"first_view": view}))
    assert code in [each.code for each in rule_set.failed["views/first_view"]]
    assert list(rule_set.rules) == ["slips"]


def test_views_stand_in_the_order_of_making(tmp_path: Path) -> None:
    views = {
        name: f"title: {{en: V, zh: 视图}}\nselect: SELECT _id, slip_no, amount FROM {reads}\n"
        for name, reads in (("a_last", "b_second"), ("b_second", "c_first"), ("c_first", "receiving_slip"))
    }
    assert list(load_rule_set(write_rule_set(tmp_path, views=views)).views) == ["c_first", "b_second", "a_last"]


def test_names_of_files(tmp_path: Path) -> None:
    folder = write_rule_set(
        tmp_path, {"slips": RULE, "Slips_2": RULE}, {"bill": "title: {en: B, zh: 账单}\nselect: SELECT 1\n"}
    )
    (folder / "more.yml").write_text(RULE, encoding="utf-8")
    assert found(load_rule_set(folder)) == [
        ("BadName", "Slips_2.yaml"), ("BadName", "more.yml"), ("DuplicateRule", "views/bill.yaml"),
    ]  # fmt: skip


def test_an_unused_parameter_costs_no_rule(tmp_path: Path) -> None:
    manifest = MANIFEST + 'parameters:\n  fee_limit: {title: {en: Fee, zh: 手续费}, default: "50.00 CNY"}\n'
    rule_set = load_rule_set(write_rule_set(tmp_path, manifest=manifest))
    assert found(rule_set) == [("UnusedParameter", "ruleset.yaml:5:3")]
    assert list(rule_set.rules) == ["slips"]


def test_a_parameter_of_another_unit_than_its_place(tmp_path: Path) -> None:
    manifest = MANIFEST + 'parameters:\n  window: {title: {en: Window, zh: 窗口}, default: "3 days"}\n'
    rule = RULE.replace("  - on: [slip_no]\n", '  - on: [slip_no, {date: {working_days: ":window"}}]\n')
    rule_set = load_rule_set(write_rule_set(tmp_path, {"slips": rule}, manifest=manifest))
    assert found(rule_set) == [("ParameterUnit", "slips.yaml:9:41")]


@pytest.mark.parametrize("manifest", ["title: x\n", "", "- a\n", MANIFEST + "colour: red\n", "a: [\n"])
def test_a_wrong_manifest_costs_the_run(tmp_path: Path, manifest: str) -> None:
    with pytest.raises(RuleSetErrors) as raised:
        load_rule_set(write_rule_set(tmp_path, manifest=manifest))
    assert raised.value.errors
    assert "ruleset.yaml" in raised.value.message("zh")


def test_rule_sets_are_found_by_name_and_by_folder(tmp_path: Path) -> None:
    assert find_rule_set("freight-month-end") == rules_folder() / "freight-month-end"
    assert find_rule_set(str(write_rule_set(tmp_path))) == tmp_path
    with pytest.raises(NoSuchRuleSet, match="freight-month-end"):
        find_rule_set("freight-mont-end")


def test_the_digest_changes_with_a_rule_and_not_with_the_place(tmp_path: Path) -> None:
    first = load_rule_set(write_rule_set(tmp_path / "a"))
    second = load_rule_set(write_rule_set(tmp_path / "b"))
    third = load_rule_set(write_rule_set(tmp_path / "c", {"slips": RULE + "# one more line\n"}))
    assert first.sha256 == second.sha256 != third.sha256


def test_the_schema_names_every_check() -> None:
    schema = rule_schema()
    assert [each["properties"]["check"]["const"] for each in schema["oneOf"]] == [
        "balance", "duplicate", "match", "query", "recalculation", "require", "sequence", "totals",
    ]  # fmt: skip
    assert all("examples" in each["required"] and each["additionalProperties"] is False for each in schema["oneOf"])
    assert "select" in view_schema()["required"] and "version" in manifest_schema()["required"]


NUMBERS = """\
title: {en: Numbers, zh: 编号}
duty: D07
why: {en: A missing number is a missing paper., zh: 断号即缺单据。}
check: sequence
issued: {records: number_book}
number: slip_no
used: [{records: register_entry}, {records: bill_line}]
papers: {records: receiving_slip}
outcomes:
  missing: {code: SEQ-01, severity: high, title: {en: Missing, zh: 缺号}, party: PARTY}
examples:
  - name: one number used of two
    given: {number_book: [{kind: receiving_slip, book_no: "1", prefix: SH, first_no: 1, last_no: 2, issued: 2026-10-01}]}
    expect: [{code: SEQ-01}]
  - {name: no book, given: {}, expect: []}
"""


@pytest.mark.parametrize(
    ("party", "papers", "told"),
    [
        ("l.holder", True, []),  # the book
        ("r.customer__id", True, []),  # the paper
        ("r.memo_no", True, ["UnknownField"]),  # only the register has it
        ("r.bill_no", True, ["UnknownField"]),  # only the bill has it
        ("l.customer", True, ["UnknownField"]),
        ("r.memo_no", False, []),  # without papers, what shows first that a number was used
        ("r.copies", False, ["UnknownField"]),
    ],
)
def test_expressions_of_number_control_see_the_book_and_the_paper(
    tmp_path: Path, party: str, papers: bool, told: list[str]
) -> None:
    text = NUMBERS.replace("PARTY", party)
    text = text if papers else text.replace("papers: {records: receiving_slip}\n", "")
    found_in = [each.code for each in load_rule_set(write_rule_set(tmp_path, {"numbers": text})).errors]
    assert found_in == told
