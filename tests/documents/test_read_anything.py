"""Whatever a sheet holds, reading it gives a result, and every row of it is accounted for."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.documents.collect import document_of
from auditor.documents.gathering import _NOTE_TEXTS
from auditor.documents.pages import NoteKind
from auditor.documents.read import read_document
from auditor.records.loader import record_types

HEADERS = sorted({word for each in record_types().values() for field in each.fields.values() for word in field.headers})
CELLS = [
    *[
        "",
        "1",
        "2.50",
        "-3.00",
        "2026-10-08",
        "10:00:00",
        "12.3456789",
        "1e5",
        "100%",
        "8日",
        "2026年",
        "月",
        "日",
        "/",
        "-",
    ],
    *["合计", "小计", "本年累计", "上期结转", "期末余额", "3票", "共3笔", "收入：1笔 2.00元", "账号："],
    *["恒昌", "备注", "支出", "收入", "贷"],
]
TABLES = [
    "交易日期,收入金额,支出金额,余额,摘要",
    "日期,凭证号,摘要,借方,贷方,余额",
    "清单号,日期,客户,运单号,件数,合计",
    "客户名称,8,9,10,合计",
    "2026年,,摘要,单据号,收入",
]
ROW = st.one_of(
    st.lists(st.sampled_from(CELLS), max_size=9),
    st.lists(st.sampled_from(HEADERS), min_size=2, max_size=9),
    st.sampled_from([line.split(",") for line in TABLES]),
)


@given(st.lists(ROW, max_size=14))
@settings(max_examples=80, deadline=None)
def test_every_row_is_a_record_a_problem_or_ignored_for_a_reason(rows: list[list[str]]) -> None:
    text = "\n".join(",".join(row) for row in rows)
    shown = read_document(document_of(text.encode(), "总账单2026年10月/某表.csv")).as_dict()
    counted = shown["rows"]
    assert counted["seen"] == counted["records"] + counted["problems"] + counted["ignored"]


def test_every_note_of_a_reader_has_its_words_in_both_languages() -> None:
    assert set(_NOTE_TEXTS) == set(NoteKind)
