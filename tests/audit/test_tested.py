"""Clean means tested: what a rule left out, could not test, let pass and folded is counted, and told with its status."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest

import auditor
from auditor.checks.base import Population
from auditor.findings.model import AuditResult, RuleResult

RECORD = """\
record: {name}
title: {{en: {name}, zh: {name}}}
identity: [id]
fields:
  id: {{type: text, title: {{en: Number, zh: 编号}}, header: [{name}_id], required: true}}
  date: {{type: date, header: [{name}_date], required: true}}
  amount: {{type: money, title: {{en: Amount, zh: 金额}}, header: [{name}_amount]}}
  status: {{type: text, title: {{en: Status, zh: 状态}}, header: [{name}_status]}}
  paid: {{type: money, title: {{en: Paid, zh: 已付}}, header: [{name}_paid]}}
"""
OUTCOME = '{{code: T-01, severity: high, title: {{en: "{0}", zh: "{0}"}}}}'


def run(folder: Path, rule: str, tables: dict[str, list[str]], outcomes: str = "fails") -> AuditResult:
    """One rule over orders and payments (`order_`, `pay`), whose columns are id, date, amount, status, paid."""
    rules = folder / "rules"
    (rules / "records").mkdir(parents=True)
    (rules / "ruleset.yaml").write_text('title: {en: Own, zh: 自定}\nversion: "1"\norder: [T]\n', encoding="utf-8")
    for name in ("orders", "pay"):
        (rules / "records" / f"{name}.yaml").write_text(RECORD.format(name=name), encoding="utf-8")
    listed = "".join(f"  {each}: {OUTCOME.format(each)}\n" for each in outcomes.split())
    head = "title: {en: t, zh: 题}\nduty: T\nwhy: {en: w, zh: 因}\n"
    examples = "examples:\n  - {name: none, given: {orders: []}, expect: []}\n"
    examples += "  - {name: one, given: {orders: []}, expect: [{code: T-01, key: A1}]}\n"  # no audit runs them
    text = head + textwrap.dedent(rule) + "outcomes:\n" + listed + examples
    (rules / "own.yaml").write_text(text, encoding="utf-8")
    documents = folder / "documents"
    documents.mkdir()
    for name, rows in tables.items():
        header = ",".join(f"{name}_{each}" for each in ("id", "date", "amount", "status", "paid"))
        (documents / f"{name}.csv").write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return auditor.run(documents, rules=rules, period="2026-10", workers=0).result


def only(result: AuditResult) -> RuleResult:
    assert result.problems == ()
    (rule,) = result.rules
    for side in rule.populations:
        assert side.read == side.left_out + side.empty + side.count
        assert side.count == side.matched + side.explained + side.open
    return rule


def counts(side: Population) -> tuple[int, int, int, int]:
    return side.read, side.left_out, side.empty, side.count


MATCH = """\
check: match
left: {{records: orders, where: "{0}"}}
right: {{records: pay}}
passes: [{{on: [id]}}]
"""
ORDERS = ["A1,2026-10-02,10.00,OK,", "A2,2026-10-03,900.00,,", "A3,2026-10-04,5.00,GONE,"]


@pytest.mark.parametrize(
    ("where", "found", "said"),
    [
        ("status <> 'GONE'", ["A2"], "1 of orders kept, as Status is empty there: orders.csv:3"),
        ("NOT contains(status, 'GONE')", ["A2"], "1 of orders kept, as Status is empty there: orders.csv:3"),
        ("status NOT IN ('GONE', 'LOST')", ["A2"], "1 of orders kept, as Status is empty there: orders.csv:3"),
        ("status = 'OK'", [], "1 of orders left out, as Status is empty there: orders.csv:3"),
        ("status LIKE 'O%' AND amount > 1", [], "1 of orders left out, as Status is empty there: orders.csv:3"),
    ],
)
def test_a_condition_that_an_empty_field_leaves_undecided_drops_nothing_in_silence(
    tmp_path: Path, where: str, found: list[str], said: str
) -> None:
    """What excludes something keeps the record, what asks for something lists it."""
    tables = {"orders": ORDERS, "pay": ["A1,2026-10-02,10.00,,"]}
    result = run(tmp_path, MATCH.format(where), tables, "left_only")
    rule = only(result)
    assert [each.key for each in result.findings] == found
    assert said in [each.en for each in rule.remarks]
    left = rule.populations[0]
    assert (left.read, left.left_out, left.undecided) == (3, 1 if found else 2, 1)


@pytest.mark.parametrize(
    ("require", "rows", "status", "said"),
    [
        ("l.paid IS NULL OR l.paid = l.amount", ["", "", ""], "not run", "Paid is empty in all 3 orders"),
        ("coalesce(l.paid, l.amount) = l.amount", ["", "", ""], "not run", "Paid is empty in all 3 orders"),
        (
            "l.paid IS NULL OR l.paid = l.amount",
            ["10.00", "", "5.00"],
            "clean",
            "tested 2 of 3 orders: Paid is empty in 1",
        ),
        ("l.paid IS NULL", ["", "", ""], "clean", None),  # that it is empty is what is asked
        ("l.paid = l.amount", ["10.00", "", "5.00"], "findings", None),  # what cannot be shown does not hold
    ],
)
def test_a_condition_that_holds_for_want_of_a_value_was_not_tested(
    tmp_path: Path, require: str, rows: list[str], status: str, said: str | None
) -> None:
    tables = {"orders": [f"{row}{paid}" for row, paid in zip(ORDERS, rows, strict=True)]}
    rule = only(run(tmp_path, f'check: require\nrecords: orders\nrequire: "{require}"\n', tables))
    assert (rule.status, rule.reason.en if rule.reason else None) == (status, said)


@pytest.mark.parametrize(
    ("statuses", "status", "said"),
    [
        (["", "", ""], "not run", "Status is empty in all 3 orders"),
        (["late", "", "late"], "findings", "tested 2 of 3 orders: Status is empty in 1"),
        (["ok", "", "ok"], "clean", "tested 2 of 3 orders: Status is empty in 1"),
    ],
)
def test_a_select_tests_only_records_that_have_the_fields_it_asks_for(
    tmp_path: Path, statuses: list[str], status: str, said: str
) -> None:
    select = "SELECT _id, id AS key FROM orders WHERE status = 'late' AND amount > 1"
    rows = [f"A{at},2026-10-02,10.00,{each}," for at, each in enumerate(statuses)]
    rule = only(run(tmp_path, f'check: query\nreads: [orders]\nselect: "{select}"\n', {"orders": rows}, "wrong"))
    assert (rule.status, rule.reason.en if rule.reason else None) == (status, said)


@pytest.mark.parametrize(
    ("on", "said"),
    [("[status]", "Status is empty in all 3 orders"), ("[id, paid]", "Paid is empty in all 3 orders")],
)
def test_nothing_is_twice_where_the_fields_are_empty(tmp_path: Path, on: str, said: str) -> None:
    rows = ["A1,2026-10-02,10.00,,", "A1,2026-10-02,10.00,,", "A2,2026-10-02,10.00,,"]
    rule = only(run(tmp_path, f'check: duplicate\nrecords: orders\n"on": {on}\n', {"orders": rows}, "duplicate"))
    assert (rule.status, rule.reason.en if rule.reason else None) == ("not run", said)


def test_a_match_of_which_no_pass_has_its_keys_is_not_run(tmp_path: Path) -> None:
    """Else everything would be missing on both sides."""
    rule = MATCH.format("amount > 0").replace("on: [id]", "on: [status, date]")
    tables = {"orders": ORDERS, "pay": ["B1,2026-10-02,10.00,,", "B2,2026-10-03,900.00,,"]}
    result = run(tmp_path, rule, tables, "left_only right_only")
    ran = only(result)
    assert (ran.status, result.findings) == ("not run", ())
    assert ran.reason is not None and ran.reason.en == "Status is empty in all 2 pay"


@pytest.mark.parametrize(
    ("rule", "outcomes"),
    [
        ('check: require\nrecords: orders\nwhere: "amount > 1000"\nrequire: l.paid = l.amount\n', "fails"),
        ('check: duplicate\nrecords: orders\nwhere: "amount > 1000"\n"on": [id]\n', "duplicate"),
        (MATCH.format("amount > 1000"), "left_only"),
    ],
)
def test_without_a_population_nothing_was_tested(tmp_path: Path, rule: str, outcomes: str) -> None:
    result = run(tmp_path, rule, {"orders": ORDERS, "pay": ["A1,2026-10-02,10.00,,"]}, outcomes)
    ran = only(result)
    assert ran.status == "not run" and ran.reason is not None
    assert "none of 3 orders meets the rule's condition" in ran.reason.en


def test_what_a_tolerance_let_pass_is_counted_and_summed(tmp_path: Path) -> None:
    rule = MATCH.format("amount > 0") + 'compare:\n  amount: {within: "0.05"}\n'
    pays = ["A1,2026-10-02,10.03,,", "A2,2026-10-03,899.98,,", "A3,2026-10-04,5.00,,"]
    result = run(tmp_path, rule, {"orders": ORDERS, "pay": pays}, "left_only differs")
    (passed,) = only(result).tolerated
    assert (only(result).status, passed.field, passed.count, str(passed.total)) == ("clean", "amount", 2, "0.05000")
    assert "Amount: 2 differences within the tolerance, 0.05 in all, count as agreeing" in [
        each.en for each in only(result).remarks
    ]


@pytest.mark.parametrize(("orders", "status"), [(["10.00", "5.00"], "clean"), (["", ""], "not run")])
def test_a_sum_of_nothing_is_no_nought(tmp_path: Path, orders: list[str], status: str) -> None:
    rule = """\
        check: totals
        left: {records: orders}
        right: {records: pay}
        measures:
          amount: {left: sum(amount), right: sum(amount)}
        """
    tables = {
        "orders": [f"A{at},2026-10-02,{each},," for at, each in enumerate(orders)],
        "pay": ["B1,2026-10-02,15.00,,"],
    }
    result = run(tmp_path, rule, tables, "sum_differs")
    assert (only(result).status, len(result.findings)) == (status, 0)


def test_what_a_side_need_not_have_is_not_open(tmp_path: Path) -> None:
    tables = {"orders": ORDERS[:1], "pay": ["A1,2026-10-02,10.00,,", "B2,2026-10-03,9.00,,"]}
    rule = only(run(tmp_path, MATCH.format("amount > 0"), tables, "left_only"))
    assert (rule.status, [(each.explained, each.open) for each in rule.populations]) == ("clean", [(0, 0), (1, 0)])


# --- the shipped rules ------------------------------------------------------------------------------------------------

JOURNAL = "日期,凭证号,摘要,借方,贷方,{0}单据号"
ENTRIES = ["2026-10-08,1,收零售款,100.00,,{0}收据001", "2026-10-09,2,付快递费,,20.00,{0}BX1"]


@pytest.mark.parametrize(
    ("column", "values", "status"),
    [("", ["", ""], "not run"), ("余额,", ["1100.00,", "1080.00,"], "clean"), ("余额,", ["1100.00,", "1180.00,"], "findings")],
)
def test_a_journal_without_balances_is_not_clean(tmp_path: Path, column: str, values: list[str], status: str) -> None:
    rows = [row.format(value) for row, value in zip(ENTRIES, values, strict=True)]
    (tmp_path / "现金日记账.csv").write_text("\n".join([JOURNAL.format(column), *rows]) + "\n", encoding="utf-8")
    result = auditor.run(tmp_path, period="2026-10", only=["cash-balance"], workers=0).result
    (rule,) = result.rules
    assert rule.status == status
    if status == "not run":
        assert rule.reason is not None and "余额" in rule.reason.zh


def test_a_rule_of_which_all_was_folded_is_not_clean(tmp_path: Path) -> None:
    """A count that follows from a slip that is not there is explained by it, and its rule is not clean."""
    slips = "清单号,日期,网点,客户,件数,计费重,金额\n"
    register = "日期,网点,客户,清单号,联络单号,件数,计费重,金额\n"
    lines = [(f"SH26-00400{at}", 8 + at, at) for at in range(1, 5)]
    (tmp_path / "收货清单.csv").write_text(
        slips + "".join(f"{no},2026-10-{day:02},宝安,甬泰,{n},2,30.00\n" for no, day, n in lines[:3]), encoding="utf-8"
    )
    (tmp_path / "统计报表.csv").write_text(
        register + "".join(f"2026-10-{day:02},宝安,甬泰,{no},,{n},2,30.00\n" for no, day, n in lines), encoding="utf-8"
    )
    result = auditor.run(tmp_path, period="2026-10", workers=0).result
    rules = {each.id: each for each in result.rules}
    by_day = rules["slips-against-register-by-day"]
    assert {f.status for f in result.findings if f.rule == by_day.id} == {"derived"}
    assert by_day.status == "findings" and by_day.reason is not None
    assert [(each.explained, each.open) for each in by_day.populations] == [(0, 0), (1, 0)]
