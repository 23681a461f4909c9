"""Which answer holds for a table: by its headers in any order, closest first; near ones; answers about nothing."""

from __future__ import annotations

from auditor.documents.readings.answering import answer_for, unfitted
from auditor.documents.readings.confirmed import CompanyReadings, ConfirmedReading
from auditor.documents.recognition.hypotheses import MatrixReading, State, TableReading
from auditor.documents.recognition.shapes import TableShape
from auditor.errors import Place

BILL = ("提单号", "箱数", "运费", "合计")


def lines(
    readings: CompanyReadings, headers: tuple[str, ...], *names: str, path: str = "a.csv", sheet: str = ""
) -> list[int]:
    return [each.line for each in readings.entries_for(headers, names, path, sheet)]


def test_headers_in_any_order_width_and_blanks() -> None:
    readings = CompanyReadings((ConfirmedReading(2, BILL, "bill_line"),))
    assert lines(readings, ("合计", "运 费", "箱数 ", "提单号")) == [2]
    assert lines(readings, ("合计", "运费", "箱数", "提单号", "")) == [2]
    assert lines(readings, ("合计", "运费", "箱数")) == []
    assert lines(readings, (*BILL, "运费")) == []


def test_the_closest_answer_goes_first() -> None:
    readings = CompanyReadings(
        (
            ConfirmedReading(2, BILL, "bill_line"),
            ConfirmedReading(5, BILL, "provider_line", title="承运"),
            ConfirmedReading(8, BILL, "provider_line", title="承运", file="9月/*"),
            ConfirmedReading(11, BILL, ignore="作废", sheet="旧*"),
        )
    )
    assert lines(readings, BILL, "客户账单") == [2]
    assert lines(readings, BILL, "承运商对账", "Sheet1") == [5]
    assert lines(readings, BILL, "承运商对账", path="9月/甲.csv") == [8]
    assert lines(readings, BILL, path="8月/甲.csv", sheet="旧表") == [11]
    assert lines(readings, BILL, "承运商对账", sheet="旧表") == [5, 11]
    entry, problem = answer_for(readings, Place("8月/甲.xlsx", 3), BILL, ["承运商对账"], "旧表")
    assert entry is None
    assert problem is not None
    assert "lines 5, 11 of reading.yaml" in problem.summary("en")


def test_a_table_without_headers_is_known_by_its_place() -> None:
    readings = CompanyReadings((ConfirmedReading(2, file="打卡*.csv", ignore="考勤"),))
    assert lines(readings, (), path="人事/打卡10月.csv") == [2]
    assert lines(readings, BILL, path="人事/打卡10月.csv") == [2]
    assert lines(readings, (), path="人事/花名册.csv") == []


def test_the_days_of_a_matrix_are_other_ones_each_month() -> None:
    matrix = MatrixReading("customer", "date", "amount")
    readings = CompanyReadings((ConfirmedReading(2, ("客户",), "master_day", title="每日", matrix=matrix),))
    assert lines(readings, ("客户", "10-1", "10-2"), "每日票款") == [2]
    assert lines(readings, ("客户", "11-1"), "每日票款") == [2]
    assert lines(readings, ("站点", "11-1"), "每日票款") == []


def test_a_block_of_labels_is_known_by_its_labels() -> None:
    readings = CompanyReadings((ConfirmedReading(2, record="receipt", labels={"今收到": "payer", "金额": "amount"}),))
    forms = [("金额：", "今收到："), ("编号", "今收到", "金额", "盖章")]
    assert [[each.line for each in readings.entries_for(labels, (), "a.pdf", "", forms=True)] for labels in forms] == [
        [2],
        [2],
    ]
    assert readings.entries_for(("金额", "付款人"), (), "a.pdf", "", forms=True) == ()
    assert readings.entries_for(("金额", "今收到"), (), "a.pdf", "") == ()  # columns of a table


def test_of_answers_for_forms_the_one_with_more_of_their_labels_holds() -> None:
    few = ConfirmedReading(2, record="receipt", labels={"金额": "amount"})
    more = ConfirmedReading(5, record="deposit_slip", labels={"金额": "amount", "存入": "account"})
    readings = CompanyReadings((few, more))
    found = readings.entries_for(("编号", "金额", "存入"), (), "a.pdf", "", forms=True)
    assert [each.line for each in found] == [5]


def test_paths_within_the_audited_folder() -> None:
    readings = CompanyReadings((ConfirmedReading(2, BILL, "bill_line", file="9月/*.csv"),), within="9月")
    assert lines(readings, BILL, path="甲.csv") == [2]


def test_the_columns_of_a_table() -> None:
    entry = ConfirmedReading(
        2, ("日", "金额", "金额", "Order #2"), "bank_transaction",
        columns={"日": "date", "金额#2": "<out>", "金额": "<in>", "Order #2": "serial", "@F": "summary", "@B": "purpose"},
    )  # fmt: skip
    found = list(entry.roles(("Order #2", "金额", "日", "金额 ", "备注", "")))
    assert [(index, role) for index, _, role in found] == [
        (0, "serial"), (1, "<in>"), (2, "date"), (3, "<out>"), (5, "summary"),
    ]  # fmt: skip


def test_a_table_near_to_an_answer() -> None:
    readings = CompanyReadings(
        (ConfirmedReading(2, BILL, "bill_line"), ConfirmedReading(5, ("姓名", "工号"), ignore="人事"))
    )
    near = readings.near(("提单号", "件数", "运费", "合计", "备注"))
    assert near is not None
    assert (near.entry.line, near.missing, near.strange) == (2, ("箱数",), ("件数", "备注"))
    assert readings.near(BILL) is None
    assert readings.near(("提单号", "运费", "收货人", "日期")) is None
    assert readings.near(("姓名", "工号", "部门")) is None


def table(*headers: str, state: State = State.ASKED) -> TableReading:
    return TableReading(TableShape("", 1, 1, headers, tuple((each,) for each in headers), (), 3), state)


def test_answers_that_fit_nothing_are_told() -> None:
    readings = CompanyReadings(
        (
            ConfirmedReading(2, BILL, "bill_line"),
            ConfirmedReading(5, ("姓名", "工号", "部门", "岗位"), ignore="人事"),
            ConfirmedReading(9, ("日期", "票数"), "bundle_cover"),
        )
    )
    documents = [("网点.csv", [table("日期", "票数", state=State.CONFIRMED)]), ("账单.csv", [table(*BILL[:3], "总计")])]
    near, idle = unfitted(readings, documents)
    assert "line 2 of reading.yaml nearly fits 账单.csv, which has no “合计”, but “总计”" in near.en
    assert "第 2 行的回答与 账单.csv 几乎相符，但该表没有“合计”，而有“总计”" in near.zh
    assert idle.en == "answers of reading.yaml that no table of this folder asks for: 5 (姓名、工号、部门…)"
    assert unfitted(CompanyReadings(), documents) == ()
