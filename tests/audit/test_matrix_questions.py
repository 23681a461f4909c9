"""A matrix that is asked: its entry in reading.yaml, which serves every month, and how it is read by it."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.audit.questions import OpenQuestion, open_questions
from auditor.documents.collect import document_at
from auditor.documents.model import ReadDocument
from auditor.documents.read import ReadOptions, read_document
from auditor.documents.readings.confirmed import NO_READINGS, CompanyReadings
from auditor.documents.readings.drafts import entry_of, ignored
from auditor.documents.readings.loader import answers_in
from auditor.documents.readings.writing import entry_text
from auditor.documents.recognition.hypotheses import State
from auditor.records.loader import record_types
from auditor.rules.loader import find_rule_set, load_rule_set

RULES = load_rule_set(find_rule_set("freight-month-end"))
ACROSS = "2026年10月 回款,,,,\n客户,8,9,10,合计\n临海纺织,10.50,20.00,,30.50\n玉环水暖,,1.25,3.00,4.25\n"
LATER = "2026年11月 回款,,,,\n客户,3,4,5,6,合计\n天台药业,1.50,,2.00,,3.50\n玉环水暖,,1.25,3.00,,4.25\n"
DOWN = "2026年10月 回款,,,\n日期,临海纺织,玉环水暖,合计\n8日,10.50,,10.50\n9日,20.00,1.25,21.25\n10日,,3.00,3.00\n"


def read(folder: Path, text: str, name: str, readings: CompanyReadings = NO_READINGS) -> ReadDocument:
    path = folder / name
    path.write_text(text, "utf-8")
    return read_document(document_at(path), options=ReadOptions(readings=readings))


def questions(*documents: ReadDocument, readings: CompanyReadings = NO_READINGS) -> list[OpenQuestion]:
    tables = [(each.path, each.tables) for each in documents]
    return open_questions(tables, record_types(), RULES, (), readings)


def answered(text: str) -> CompanyReadings:
    readings, mistakes = answers_in("tables:\n" + text + "\n", record_types())
    assert mistakes == ()
    return readings


@pytest.mark.parametrize(("text", "headers", "down"), [(ACROSS, ["客户", "合计"], "customer"), (DOWN, ["日期", "合计"], "date")])
def test_the_entry_names_what_stays_from_month_to_month(tmp_path: Path, text: str, headers: list[str], down: str) -> None:
    (question,) = questions(read(tmp_path, text, "回款.csv"))
    entry = question.entry()
    across = "date" if down == "customer" else "customer"
    assert entry == {
        "headers": headers, "record": "master_day", "matrix": {"down": down, "across": across, "cell": "amount"},
    }  # fmt: skip
    readings = answered(entry_text(entry))
    document = read(tmp_path, text, "回款.csv", readings)
    assert [table.state for table in document.tables] == [State.CONFIRMED] and not document.problems
    assert [str(each) for each in document.records["master_day"].column("amount").to_pylist()] == [
        "10.50000", "20.00000", "1.25000", "3.00000",
    ]  # fmt: skip
    assert questions(document, readings=readings) == []


def test_two_months_are_one_question_and_one_answer(tmp_path: Path) -> None:
    documents = [read(tmp_path, ACROSS, "10.csv"), read(tmp_path, LATER, "11.csv")]
    (question,) = questions(*documents)
    assert len(question.family.tables) == 2
    readings = answered(entry_text(question.entry()))
    later = read(tmp_path, LATER, "11.csv", readings)
    assert later.records["master_day"].num_rows == 4


def test_the_answer_is_for_no_other_table_with_these_headers(tmp_path: Path) -> None:
    readings = answered("  - {headers: [客户, 合计], record: master_day, matrix: {down: customer, across: date, cell: amount}}")
    document = read(tmp_path, "客户,件数,合计\n临海纺织,3,4\n玉环水暖,1,2\n", "a.csv", readings)
    assert "master_day" not in document.records and not any(each.code == "MatrixUnread" for each in document.problems)
    assert not any(readings.about("a.csv", each) for each in document.tables)


@pytest.mark.parametrize(
    "text",
    [
        "库存现金明细账 2026年\n月,日,凭证号,摘要,对方单位,收入,支出,余额\n10,8,1,收运费,临海纺织,10.50,,110.50\n"
        "10,9,2,收运费,玉环水暖,20.00,,130.50\n10,10,3,付油费,加油站,,30.00,100.50\n",
        "Day,Carrier,Parcels,Remark\n8 Oct 2026,North Line,3,late\n9 Oct 2026,South Line,4,late\n10 Oct 2026,Alpine,1,ok\n",
        "日,班组,车牌,里程\n2026-10-08,甲组,浙J10001,早班\n2026-10-09,乙组,浙J10002,晚班\n2026-10-10,甲组,浙J10003,早班\n",
    ],
)
@pytest.mark.parametrize("headers", ["[日]", "[Day]"])
def test_the_answer_is_for_no_table_with_days_and_words_beside_them(tmp_path: Path, text: str, headers: str) -> None:
    """The header of its days is all that lasts of a matrix; a ledger has it, too."""
    readings = answered(f"  - {{headers: {headers}, record: master_day, matrix: {{down: date, across: customer, cell: amount}}}}")
    document = read(tmp_path, text, "a.csv", readings)
    alone = read(tmp_path, text, "a.csv")
    assert document.records.keys() == alone.records.keys() and "master_day" not in document.records
    assert not any(each.code == "MatrixUnread" for each in document.problems)


@pytest.mark.parametrize(("day", "months"), [("日", "2026年10月"), ("日期", "2026-10"), ("日子", "Oct 2026")])
def test_the_answer_is_for_the_matrix_of_the_next_month(tmp_path: Path, day: str, months: str) -> None:
    entry = f"  - {{headers: [{day}], record: master_day, matrix: {{down: date, across: customer, cell: amount}}}}"
    text = f"每日往来 {months}\n{day},天台药业,玉环水暖\n8,10.50,2.00\n9,20.00,1.25\n10,5.00,3.00\n"
    assert read(tmp_path, text, "x.csv", answered(entry)).records["master_day"].num_rows == 6


def test_what_is_left_out_is_asked_no_more(tmp_path: Path) -> None:
    (question,) = questions(read(tmp_path, ACROSS, "回款10.csv"))
    readings = answered(entry_text(entry_of(ignored("另行审核"), question.family)))
    for text, name in ((ACROSS, "回款10.csv"), (LATER, "回款11.csv")):
        document = read(tmp_path, text, name, readings)
        assert questions(document, readings=readings) == [] and "master_day" not in document.records


@pytest.mark.parametrize(
    ("record", "matrix", "said"),
    [
        ("master_day", "{down: customer, across: amount, cell: date}", "{down: customer, across: date, cell: amount}"),
        ("bill_line", "{down: customer, across: date, cell: amount}", "no such key"),
    ],
)
def test_a_matrix_that_the_type_has_not_is_told(record: str, matrix: str, said: str) -> None:
    readings, (mistake,) = answers_in(
        f"tables:\n  - {{headers: [客户, 合计], record: {record}, matrix: {matrix}}}\n", record_types()
    )
    assert mistake.code == "WrongValue" and said in mistake.values["allowed_en"] and not readings.entries
