"""A document with open tables says so: its status, a question in the place of what was told before."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from asked_tables import COVER, cover, hypothesis, shape, table

import auditor
from auditor.audit.asked import with_questions
from auditor.audit.initial import write_settings
from auditor.audit.mapping import MappingSession
from auditor.audit.progress import Silent
from auditor.audit.setup import set_up
from auditor.documents.errors import AmbiguousTable, NothingKnown, RowUnreadable, TableNotRead
from auditor.documents.model import ReadDocument, Status
from auditor.documents.readings.confirmed import NO_READINGS, CompanyReadings, ConfirmedReading
from auditor.documents.readings.loader import answers_in
from auditor.documents.recognition.hypotheses import State, TableReading
from auditor.errors import AuditorError, Place
from auditor.records.loader import record_types


def told(document: ReadDocument, readings: CompanyReadings = NO_READINGS) -> ReadDocument:
    return with_questions([document], readings, record_types())[0]


def document(status: Status, *tables: TableReading, problems: tuple[AuditorError, ...] = ()) -> ReadDocument:
    return ReadDocument("网点/封面.xlsx", "", status, tables=tables, problems=problems)


def test_a_document_of_which_nothing_is_read_is_asked() -> None:
    found = told(document(Status.NOT_RECOGNISED, cover(), problems=(NothingKnown(Place("网点/封面.xlsx")),)))
    assert found.status is Status.ASKED
    (problem,) = found.problems
    assert problem.code == "TableAsked"
    assert str(problem.place) == "网点/封面.xlsx:1"
    assert "it looks like “Bundle cover sheet”" in problem.message("en")
    assert "auditor map" in problem.message("zh")


def test_one_open_table_beside_others() -> None:
    other = table(shape(COVER, sheet="二", first=30), hypothesis("bundle_cover", COVER, {}), hypothesis("receipt", COVER, {}))
    row = RowUnreadable(Place("网点/封面.xlsx", 7), field_en="d", field_zh="d", record_en="r", record_zh="r")
    before = TableNotRead(Place("网点/封面.xlsx", 31, None, "二"), nearest_en="", nearest_zh="", missing_en="", missing_zh="")
    elsewhere = AmbiguousTable(Place("网点/封面.xlsx", 30, None, "三"), candidates="", first="", path="")
    found = told(document(Status.READ, cover(State.SURE), other, problems=(row, before, elsewhere)))
    assert found.status is Status.WITH_PROBLEMS
    assert [each.code for each in found.problems] == ["RowUnreadable", "AmbiguousTable", "TableAsked"]
    assert "or" in found.problems[-1].summary("en")


def test_what_is_answered_sure_or_far_from_all_is_no_question() -> None:
    answered = CompanyReadings((ConfirmedReading(2, COVER, "bundle_cover"),))
    for one, readings in ((cover(State.SURE), NO_READINGS), (cover(State.NONE), NO_READINGS), (cover(), answered)):
        same = document(Status.NOT_RECOGNISED, one, problems=(NothingKnown(Place("网点/封面.xlsx")),))
        assert told(same, readings) is same


def test_a_table_that_is_like_nothing() -> None:
    found = told(document(Status.NOT_RECOGNISED, table(shape(("x", "y")))))
    assert "nothing known" in found.problems[0].summary("en")


REGISTER = """\
清单号,日期,站点,客户,服务商,运单号,件数,实重,计费重,金额,联络单号
SH26-004348,2026-10-16,A,甲公司,顺途速运,ST2610000120,4,9.5,10,1999.40,
"""
JOURNAL = """\
日期,摘要,收入,支出,结余
2026-10-08,货款,1200.00,,6200.00
2026-10-09,运费,,300.00,5900.00
2026-10-12,货款,450.00,,6350.00
"""


@pytest.fixture
def month(tmp_path: Path) -> Path:
    """A register, and a journal that may be of the bank or of cash."""
    folder = tmp_path / "十月"
    folder.mkdir()
    (folder / "统计报表.csv").write_text(REGISTER, encoding="utf-8")
    (folder / "十月.csv").write_text(JOURNAL, encoding="utf-8")
    return folder


def test_an_open_question_stands_in_what_an_audit_writes(month: Path, tmp_path: Path) -> None:
    audit = auditor.run(month, output=tmp_path / "out", workers=0, at="2026-11-02T09:00:00+08:00", lang="zh")
    assert audit.exit_code == 2
    data = json.loads((tmp_path / "out/findings.json").read_text(encoding="utf-8"))
    (question,) = data["questions"]
    assert [each["path"] for each in question["tables"]] == ["十月.csv"]
    assert {each["record"] for each in question["proposals"]} == {"bank_ledger_entry", "cash_journal_entry"}
    documents = {each["path"]: each for each in data["documents"]}
    assert documents["十月.csv"]["status"] == "asked"
    (asked,) = documents["十月.csv"]["tables"]
    assert (asked["row"], asked["rows"], asked["state"]) == (1, 3, "asked")
    assert asked["columns"][0]["header"] == "日期"
    page = (tmp_path / "out/report.html").read_text(encoding="utf-8")
    assert "这些表是什么？" in page
    assert "headers: [日期, 摘要, 收入, 支出, 结余]" in page
    assert "1 类表格是什么尚未确认" in page


def test_a_first_audit_yaml_proposes_what_a_table_is(month: Path) -> None:
    text = write_settings(month, workers=0).read_text(encoding="utf-8")
    assert "# # 十月.csv: " in text
    entry = text.partition("# - headers:")[2].replace("\n# ", "\n")
    readings, mistakes = answers_in("tables:\n- headers:" + entry, record_types())
    assert mistakes == ()
    assert readings.entry_for(("日期", "摘要", "收入", "支出", "结余"), (), "十月.csv", "") is not None


def test_what_is_answered_is_asked_no_more(month: Path) -> None:
    asking = MappingSession(month, set_up(month, new_readings=True), Silent(), workers=0)
    (question,) = asking.questions()
    draft = question.draft()
    assert draft is not None
    asking.answer(question, draft, confirmed="2026-10-31 林晓")
    assert asking.open() == []
    assert auditor.run(month, workers=0, at="2026-11-02T09:00:00+08:00").result.questions == ()
