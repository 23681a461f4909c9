"""What people write in the workbook: kept whatever they do to it, and taken for a decision where it is one."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pytest
import xlsxwriter
from openpyxl.comments import Comment

import auditor
from auditor.findings.model import AuditResult
from auditor.reports.errors import NoReportWorkbook, NotesUnreadable, WorkbookOfAnotherAudit

SLIPS = (
    "日期,清单号,客户,件数,合计\n2026-10-08,SH26-000001,恒昌电子,2,210.00\n2026-10-09,SH26-000002,恒昌电子,1,66.00\n"
)
THIRD = "2026-10-10,SH26-000003,恒昌电子,4,88.00\n"
REGISTER = "日期,清单号,件数,合计,联络单号\n2026-10-08,SH26-000001,2,210.00,\n"
AT = "2026-11-02T09:00:00+08:00"
RULES = Path(__file__).resolve().parent.parent / "cli" / "inputs" / "rules"
TITLES = {
    "zh": {"decision": "处理结论", "reason": "处理说明", "by": "经办人", "on": "处理日期", "reviewer": "复核人"},
    "en": {"decision": "Decision", "reason": "How it was dealt with", "by": "By", "on": "On", "reviewer": "Reviewer"},
}
SHEET = {"zh": "例外", "en": "Exceptions"}
SETTLED: dict[str, Any] = {"decision": "已解释", "reason": "客户自提，无须登记", "by": "林晓", "on": "2026-11-03", "reviewer": "周敏"}


@pytest.fixture
def month(tmp_path: Path) -> Path:
    folder = tmp_path / "月末"
    folder.mkdir()
    (folder / "收货清单.csv").write_text(SLIPS, encoding="utf-8")
    (folder / "统计报表.csv").write_text(REGISTER, encoding="utf-8")
    return folder


def run(month: Path, *, lang: str = "zh", previous: Path | None = None) -> AuditResult:
    output = month.parent / "out"
    return auditor.run(month, rules=RULES, output=output, lang=lang, workers=0, at=AT, previous=previous).result


def workbook(month: Path) -> Path:
    return month.parent / "out" / "report.xlsx"


def column(sheet: Any, title: str) -> int:
    """The number of the column with this title, wherever its row stands."""
    return next(int(cell.column) for row in sheet.iter_rows() for cell in row if cell.value == title)


def change(month: Path, change: Callable[[Any], None], *, sheet: str = "例外") -> None:
    book = openpyxl.load_workbook(workbook(month))
    change(book[sheet])
    book.save(workbook(month))


def together(*changes: Callable[[Any], Any]) -> Callable[[Any], None]:
    def all_of_them(sheet: Any) -> None:
        for each in changes:
            each(sheet)

    return all_of_them


def fill(month: Path, lang: str = "zh", row: int = 3, **texts: Any) -> None:
    """Fill in the columns of an exception, as a person would with a spreadsheet program."""

    def filled(sheet: Any) -> None:
        for name, text in texts.items():
            sheet.cell(row, column(sheet, TITLES[lang][name])).value = text

    change(month, filled, sheet=SHEET[lang])


def standing(result: AuditResult) -> list[tuple[str, str]]:
    return [(each.word, each.decision.reason if each.decision else "") for each in result.decided.standings.values()]


def texts_of(month: Path) -> set[str]:
    book = openpyxl.load_workbook(workbook(month))
    return {str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None}


# --- what a decision is worth ---


@pytest.mark.parametrize(
    ("lang", "word", "reviewer", "status"),
    [
        ("zh", "已解释", "周敏", "explained"),
        ("zh", "误报", "周敏", "false alarm"),
        ("en", "accepted", "Zhou", "accepted"),
        ("zh", "已解释", "", "open"),  # nobody has reviewed it
    ],
)
def test_the_database_holds_what_was_decided(month: Path, lang: str, word: str, reviewer: str, status: str) -> None:
    run(month, lang=lang)
    fill(month, lang, decision=word, reason="picked up by the customer", by="Lin", on="2026-11-03", reviewer=reviewer)
    after = run(month, lang=lang)
    with duckdb.connect(str(month.parent / "out" / "audit.duckdb"), read_only=True) as database:
        held = dict(database.execute("SELECT id, status FROM finding").fetchall())
    assert held == {each.id: each.status for each in after.findings}
    assert status in held.values()


@pytest.mark.parametrize(
    ("lang", "word", "status"),
    [
        ("zh", "已解释", "explained"),
        ("zh", "接受", "accepted"),
        ("zh", "误报", "false alarm"),
        ("en", "explained", "explained"),
        ("en", "Accepted", "accepted"),
        ("en", "false alarm", "false alarm"),
    ],
)
def test_a_reviewed_decision_settles_an_exception(month: Path, lang: str, word: str, status: str) -> None:
    before = run(month, lang=lang)
    assert before.exit_code == 1
    fill(month, lang, decision=word, reason="picked up by the customer", by="Lin", on="2026-11-03", reviewer="Zhou")
    for _ in range(2):  # and it stays so
        after = run(month, lang=lang)
        assert [each.status for each in after.findings if each.severity != "info"] == [status]
        assert (after.open_findings, after.exit_code) == ((), 0)


def test_the_verdict_and_the_exit_code_follow(month: Path) -> None:
    run(month)
    fill(month, **SETTLED)
    run(month)
    data = json.loads((month.parent / "out" / "findings.json").read_text(encoding="utf-8"))
    assert data["findings"][0]["status"] == "explained"
    assert data["decisions"]["standing"][0] | {"finding": "", "seen": ""} == {
        "finding": "", "standing": "settled", "code": "REG-02", "key": "SH26-000002", "state": "explained",
        "reason": "客户自提，无须登记", "by": "林晓", "on": "2026-11-03", "reviewer": "周敏", "seen": "",
    }  # fmt: skip
    page = (month.parent / "out" / "report.html").read_text(encoding="utf-8")
    assert "已复核，已结" in page
    assert "高等级例外" not in page


@pytest.mark.parametrize(
    ("change", "word", "error"),
    [
        ({"reviewer": ""}, "waiting", None),
        ({"reviewer": "林晓"}, "own reviewer", "OwnReviewer"),
        ({"by": "Lin Xiao", "reviewer": "LIN  XIAO"}, "own reviewer", "OwnReviewer"),
        ({"reason": ""}, "incomplete", "DecisionIncomplete"),
        ({"by": ""}, "incomplete", "DecisionIncomplete"),
        ({"decision": "没问题"}, "unknown", "DecisionUnknown"),
        ({"decision": ""}, "noted", None),
        ({"decision": "待处理"}, "noted", None),
        ({"decision": "已更正"}, "still found", None),
    ],
)
def test_what_is_less_than_a_reviewed_decision_leaves_it_open(
    month: Path, change: dict[str, Any], word: str, error: str | None
) -> None:
    run(month)
    written = SETTLED | change
    fill(month, **written)
    for _ in range(2):
        after = run(month)
        assert [each.word for each in after.decided.standings.values()] == [word]
        assert len(after.open_findings) == 1
        assert [(each["code"], each["place"]) for each in after.decided.problems] == (
            [(error, "report.xlsx[例外]:3")] if error else []
        )
        assert {text for text in written.values() if text} <= texts_of(month)


def test_a_decision_lapses_when_the_figures_change_and_comes_back_with_them(month: Path) -> None:
    run(month)
    fill(month, **SETTLED)
    assert not run(month).open_findings
    (month / "收货清单.csv").write_text(SLIPS.replace("66.00", "96.00"), encoding="utf-8")
    for _ in range(2):
        lapsed = run(month)
        assert standing(lapsed) == [("lapsed", "客户自提，无须登记")]
        assert len(lapsed.open_findings) == 1
        assert set(SETTLED.values()) <= texts_of(month)  # on a sheet of its own
    (month / "收货清单.csv").write_text(SLIPS, encoding="utf-8")
    assert standing(run(month)) == [("settled", "客户自提，无须登记")]


def test_a_decision_lapses_when_the_records_change_and_not_when_their_file_is_renamed(month: Path) -> None:
    run(month)
    fill(month, **SETTLED)
    (month / "收货清单.csv").rename(month / "清单（十月）.csv")
    assert not run(month).open_findings
    (month / "清单（十月）.csv").write_text(SLIPS.replace("000002,恒昌电子", "000002,恒昌五金"), encoding="utf-8")
    assert len(run(month).open_findings) == 1


def test_a_lapsed_decision_may_be_made_anew(month: Path) -> None:
    run(month)
    fill(month, **SETTLED)
    (month / "收货清单.csv").write_text(SLIPS.replace("66.00", "96.00"), encoding="utf-8")
    run(month)
    fill(month, **(SETTLED | {"reason": "改后金额仍为自提"}))
    after = run(month)
    assert standing(after) == [("settled", "改后金额仍为自提")]
    assert "客户自提，无须登记" in texts_of(month)


def test_a_note_outlives_its_exception_and_comes_back_with_it(month: Path) -> None:
    run(month)
    fill(month, reason="已补登，=SUM(1)")
    (month / "统计报表.csv").write_text(REGISTER + "2026-10-09,SH26-000002,1,66.00,\n", encoding="utf-8")
    for _ in range(3):  # fixed since the last run, then long ago
        assert [(each.key, each.reason) for each in run(month).decided.gone] == [("SH26-000002", "已补登，=SUM(1)")]
    (month / "统计报表.csv").write_text(REGISTER, encoding="utf-8")
    assert standing(run(month)) == [("noted", "已补登，=SUM(1)")]


# --- what people do to a workbook ---


def renamed(sheet: Any) -> None:
    for title in ("处理结论", "处理说明", "经办人", "处理日期", "复核人", "例外编号"):
        sheet.cell(2, column(sheet, title)).value = f"本公司{title}意见"


def moved(sheet: Any) -> None:
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    order = list(range(len(rows[0])))
    random.Random(7).shuffle(order)
    for number, row in enumerate(rows, 1):
        for place, at in enumerate(order, 1):
            sheet.cell(number, place).value = row[at]


def sorted_down(sheet: Any) -> None:
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=3)]
    for number, row in enumerate(reversed(rows), 3):
        for place, value in enumerate(row, 1):
            sheet.cell(number, place).value = value


def without(*titles: str) -> Callable[[Any], None]:
    def deleted(sheet: Any) -> None:
        for title in titles:
            sheet.delete_cols(column(sheet, title))

    return deleted


def rows_inserted(sheet: Any) -> None:
    sheet.insert_rows(1, 3)
    sheet.cell(1, 1).value = "林晓整理"


def renamed_sheet(sheet: Any) -> None:
    sheet.title = "十月例外（已处理）"


def emptied_header(sheet: Any) -> None:
    for cell in sheet[2]:
        cell.value = None


@pytest.mark.parametrize(
    "damage",
    [
        renamed,
        moved,
        sorted_down,
        without("例外编号"),
        without("单据号", "代码", "事项"),
        without("说明", "提示", "规则"),
        rows_inserted,
        renamed_sheet,
        emptied_header,
        together(moved, sorted_down, renamed_sheet),
    ],
)
def test_decisions_are_found_whatever_is_done_to_the_sheet(month: Path, damage: Callable[[Any], None]) -> None:
    (month / "收货清单.csv").write_text(SLIPS + THIRD, encoding="utf-8")
    run(month)
    fill(month, row=3, **SETTLED)
    fill(month, row=4, reason="查原单")
    change(month, damage)
    after = run(month)
    assert sorted(standing(after)) == [("noted", "查原单"), ("settled", "客户自提，无须登记")]
    settled = next(each for each in after.findings if each.status == "explained")
    assert settled.key == "SH26-000002"


def test_the_hidden_row_may_be_gone_and_nothing_is_lost(month: Path) -> None:
    run(month)
    fill(month, **SETTLED)
    change(month, lambda sheet: sheet.delete_rows(1))
    assert standing(run(month)) == [("settled", "客户自提，无须登记")]
    change(month, together(lambda sheet: sheet.delete_rows(1), lambda sheet: sheet.delete_cols(1)))
    after = run(month)
    # nothing tells any more what was seen, so that it must be decided again
    assert [each.word for each in after.decided.standings.values()] == ["lapsed"]
    assert set(SETTLED.values()) <= texts_of(month)
    assert len(after.open_findings) == 1


def test_neither_row_nor_titles_are_left_and_nothing_is_lost(month: Path) -> None:
    run(month)
    fill(month, **SETTLED)

    def bare(sheet: Any) -> None:
        renamed_titles = [column(sheet, title) for title in TITLES["zh"].values()]
        sheet.delete_rows(1)
        for place in renamed_titles:
            sheet.cell(1, place).value = f"第{place}栏"

    change(month, bare)
    run(month)
    run(month)
    assert {"客户自提，无须登记", "林晓", "周敏"} <= {text.partition(": ")[2] or text for text in texts_of(month)}


@pytest.mark.parametrize("writer", ["openpyxl", "xlsxwriter", "values of one sheet"])
def test_another_program_may_save_it(month: Path, writer: str) -> None:
    run(month)
    fill(month, **SETTLED)
    book = openpyxl.load_workbook(workbook(month))
    if writer == "openpyxl":
        book.save(workbook(month))
    else:
        chosen = book.worksheets if writer == "xlsxwriter" else [book["例外"]]
        with xlsxwriter.Workbook(str(workbook(month)), {"strings_to_formulas": False}) as other:
            for sheet in chosen:
                made = other.add_worksheet(sheet.title)
                for number, row in enumerate(sheet.iter_rows(values_only=True)):
                    for place, value in enumerate(row):
                        if value is not None:
                            made.write(number, place, str(value) if not isinstance(value, (int, float)) else value)
    assert standing(run(month)) == [("settled", "客户自提，无须登记")]


@pytest.mark.parametrize(
    ("sheet", "cell", "found"),
    [
        ("例外", "AZ3", "另见 9 月清单"),  # a column of one's own
        ("摘要", "H30", "另见 9 月清单"),  # beside the first page
        ("例外", "M3", "另见 9 月清单"),  # over a text of the program
        ("覆盖面", "A40", "另见 9 月清单"),
        ("例外", "D40", "另见 9 月清单"),  # below the last row
    ],
)
def test_what_stands_elsewhere_is_kept_on_a_sheet_of_its_own_and_told(
    month: Path, sheet: str, cell: str, found: str
) -> None:
    run(month)
    change(month, lambda each: each.__setitem__(cell, found), sheet=sheet)
    for _ in range(3):
        after = run(month)
        assert [(each.why, each.text, each.place) for each in after.decided.kept] == [
            ("unplaced", found, f"{sheet}!{cell}")
        ]
        assert found in texts_of(month)
    assert found in (month.parent / "out" / "report.html").read_text(encoding="utf-8")


def test_a_column_of_ones_own_is_kept_with_its_title_and_a_sheet_too(month: Path) -> None:
    run(month)

    def own(sheet: Any) -> None:
        last = sheet.max_column + 1
        sheet.cell(2, last).value = "催办日期"
        sheet.cell(3, last).value = "2026-11-05"
        mine = sheet.parent.create_sheet("我的便笺")
        mine.append(["十一月再查"])

    change(month, own)
    run(month)
    assert {each.text for each in run(month).decided.kept} == {"催办日期: 2026-11-05", "十一月再查"}


def test_a_comment_on_a_cell_is_kept_with_its_exception(month: Path) -> None:
    run(month)

    def commented(sheet: Any) -> None:
        sheet.cell(3, column(sheet, "单据号")).comment = Comment("已打电话问过客户", "周敏")

    change(month, commented)
    for _ in range(2):
        (kept,) = run(month).decided.kept
        assert (kept.text, kept.decision.key) == ("已打电话问过客户", "SH26-000002")


def test_nothing_is_told_of_a_workbook_in_which_nobody_wrote(month: Path) -> None:
    for lang in ("zh", "en", "zh"):
        assert run(month, lang=lang).decided.kept == ()


def test_two_rows_that_contradict_each_other_decide_nothing(month: Path) -> None:
    run(month)
    fill(month, **SETTLED)

    def doubled(sheet: Any) -> None:
        for place, cell in enumerate(list(sheet[3]), 1):
            sheet.cell(4, place).value = cell.value
        sheet.cell(4, column(sheet, "处理结论")).value = "待处理"

    change(month, doubled)
    for _ in range(2):
        after = run(month)
        assert [each.word for each in after.decided.standings.values()] == ["conflict"]
        assert len(after.open_findings) == 1
        assert sorted(each.decision.state for each in after.decided.kept) == ["explained", "open"]


def test_a_workbook_that_cannot_be_read_is_not_overwritten(month: Path) -> None:
    run(month)
    workbook(month).write_bytes(workbook(month).read_bytes()[:2000])
    with pytest.raises(NotesUnreadable):
        run(month)
    assert workbook(month).stat().st_size == 2000


def test_a_workbook_of_another_program_is_not_overwritten(month: Path) -> None:
    workbook(month).parent.mkdir()
    mine = openpyxl.Workbook()
    mine.active.append(["例外", "说明"])
    mine.save(workbook(month))
    before = workbook(month).read_bytes()
    with pytest.raises(NoReportWorkbook):
        run(month)
    assert workbook(month).read_bytes() == before


def test_a_workbook_of_another_company_is_refused(month: Path) -> None:
    (month / "audit.yaml").write_text("entity: 远洋货运有限公司\n", encoding="utf-8")
    run(month)
    before = workbook(month).read_bytes()
    (month / "audit.yaml").write_text("entity: 海拓贸易有限公司\n", encoding="utf-8")
    with pytest.raises(WorkbookOfAnotherAudit):
        run(month)
    assert workbook(month).read_bytes() == before


def test_decisions_about_other_documents_are_kept_and_told(month: Path) -> None:
    run(month)
    fill(month, **SETTLED)
    (month / "收货清单.csv").write_text(
        "日期,清单号,客户,件数,合计\n2026-10-15,SH26-000077,永泰,2,31.00\n", encoding="utf-8"
    )
    (month / "统计报表.csv").write_text(REGISTER.replace("000001", "000076"), encoding="utf-8")
    after = run(month)
    assert [each["code"] for each in after.decided.problems] == ["DecisionsOfOtherDocuments"]
    assert [each.reason for each in after.decided.gone] == ["客户自提，无须登记"]


def test_an_earlier_run_elsewhere_gives_its_decisions_unless_this_one_has_its_own(month: Path) -> None:
    run(month)
    fill(month, **SETTLED)
    earlier = month.parent / "九月"
    (month.parent / "out").rename(earlier)
    assert standing(run(month, previous=earlier)) == [("settled", "客户自提，无须登记")]
    fill(month, decision="待处理", reason="重新查")
    assert standing(run(month, previous=earlier)) == [("noted", "重新查")]
