"""What was and what is now stand in two columns whose headers are a pair; one alone makes no sure reading."""

from __future__ import annotations

import pytest
from csv_samples import read_csv, records

from auditor.documents.model import ReadDocument
from auditor.documents.recognition.changes import paired_columns
from auditor.documents.recognition.hypotheses import State

ENGLISH, CHINESE = "Memo No,Date,Slip No,Field,{}", "联络单号,日期,清单号,更改项目,{}"


def _read(header: str, values: str) -> ReadDocument:
    rows = [f"LM-{at},2026-10-{at + 8:02},QD-00{at}410,{'件数' if at % 2 else '重量'},{values}" for at in range(1, 6)]
    return read_csv("\n".join([header, *rows]), "liaison memos.csv")


@pytest.mark.parametrize(
    "header",
    [
        ENGLISH.format("Was,Now"),
        ENGLISH.format("From,To"),
        ENGLISH.format("Before,After"),
        ENGLISH.format("Incorrect value,Correct value"),
        ENGLISH.format("Original,Revised"),
        CHINESE.format("原,现"),
        CHINESE.format("改前,改后"),
        CHINESE.format("原数据,现数据"),
        CHINESE.format("旧内容,新内容"),
        "联络单号,日期,清单号,项目,原,改为",
    ],
)
def test_a_pair_is_read_as_one(header: str) -> None:
    document = _read(header, "12,21")
    assert records(document, "liaison_memo", "old_value", "new_value") == [("12", "21")] * 5
    assert {field for (field,) in records(document, "liaison_memo", "field")} == {"件数", "重量"}


def test_the_order_of_the_columns_does_not_matter() -> None:
    assert (
        records(_read(ENGLISH.format("Now,Was"), "21,12"), "liaison_memo", "old_value", "new_value")
        == [("12", "21")] * 5
    )


@pytest.mark.parametrize(
    "header",
    [
        ENGLISH.format("New value,Xyz"),
        CHINESE.format("原值,栏五"),
        CHINESE.format("栏四,新值"),
        ENGLISH.format("Aaa,Bbb"),
        CHINESE.format("甲栏,乙栏"),
    ],
)
def test_one_of_the_pair_alone_is_not_sure(header: str) -> None:
    document = _read(header, "12,21")
    assert "liaison_memo" not in document.records
    assert [each.state for each in document.tables] != [State.SURE]


@pytest.mark.parametrize(
    ("headers", "pairs"),
    [
        (["Date", "From", "To"], [(1, 2)]),
        (["原重量", "现重量", "原件数", "现件数"], [(0, 1), (2, 3)]),
        (["原重量", "现件数"], []),
        (["Fromage", "Tomato"], []),
        (["原因", "现象"], []),
        (["Was", "Was"], []),
    ],
)
def test_what_is_a_pair(headers: list[str], pairs: list[tuple[int, int]]) -> None:
    assert paired_columns(headers) == pairs


@pytest.mark.parametrize("header", ["Date,Driver,From,To,Km", "班次,日期,由,改为,备注", "Date,Task,Was,Now,Owner"])
def test_a_pair_alone_makes_no_memo(header: str) -> None:
    rows = [f"2026-10-{at + 8:02},Lee,A{at},B{at},{at}2" for at in range(5)]
    document = read_csv("\n".join([header, *rows]), "some list.csv")
    assert not document.records
