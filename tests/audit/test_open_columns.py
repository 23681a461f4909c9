"""Tables that are read without a column that a rule names: the user is asked what the column is, and nothing else is."""

from __future__ import annotations

from pathlib import Path

import pytest

import auditor
from auditor.audit.mapping import MappingSession
from auditor.audit.progress import Silent
from auditor.audit.setup import set_up
from auditor.cli.mapping import question_lines
from auditor.resources import using

ROWS = """2026-10-08,现付-001,报销办公用品,林晓,管理费用,{0},,186.00,12164.00
2026-10-08,现收-001,收运费,陈记批发,应收账款,{1},161.90,,12325.90
2026-10-09,现收-002,收运费,鑫旺五金,应收账款,{2},1502.02,,13827.92
2026-10-10,现付-002,报销差旅费,王敏,管理费用,{3},,300.00,13527.92
"""
CHINESE = "日期,凭证号,摘要,对方单位,对方科目,{0},收入,支出,余额"
ENGLISH = "Date,Voucher No.,Particulars,Payee,Contra Account,{0},Receipts,Payments,Balance"
CITED = ("BX2610-001", "收据0003101", "收据0003104", "BX2610-002")


def folder_with(folder: Path, header: str, values: tuple[str, ...] = CITED, lines: str = CHINESE) -> Path:
    folder.mkdir(exist_ok=True)
    text = f"{lines.format(header)}\n{ROWS.format(*values)}"
    (folder / "现金日记账2026-10.csv").write_text(text, encoding="utf-8")
    return folder


def session(folder: Path) -> MappingSession:
    setup = set_up(folder, None, None, new_readings=True)
    with using(setup.own):
        return MappingSession(folder, setup, Silent(), 0)


@pytest.mark.parametrize(
    ("header", "lines"), [("栏甲丙", CHINESE), ("佐票儿", CHINESE), ("Chitty", ENGLISH), ("Zettel", ENGLISH)]
)
def test_a_column_of_unknown_words_that_a_rule_needs_is_asked(header: str, lines: str, tmp_path: Path) -> None:
    asking = session(folder_with(tmp_path / "月", header, lines=lines))
    (question,) = asking.questions()
    assert question.family.is_read
    assert "document_no" in question.open_columns[header]
    assert "cash-evidence" in {each.id for each in question.lost.short}
    told = "\n".join(question_lines(question, 1, 1, asking.types))
    assert header in told and "cash_journal_entry" in told and "nobody knows" in told
    shown = question.as_dict()
    assert shown["state"] == "sure" and header in shown["open_columns"] and shown["lost"]["rows"] == 0


def test_what_it_is_is_answered_once(tmp_path: Path) -> None:
    asking = session(folder_with(tmp_path / "月", "栏甲丙"))
    (question,) = asking.questions()
    draft = question.draft()
    assert draft is not None and draft.columns["栏甲丙"] == "document_no", "the only field that it may be"
    with using(set_up(tmp_path / "月").own):
        asking.answer(question, draft)
        assert asking.questions() == []
    assert session(tmp_path / "月").questions() == [], "next month neither"


def test_that_it_is_nothing_is_an_answer(tmp_path: Path) -> None:
    folder = folder_with(tmp_path / "月", "栏甲丙")
    (question,) = session(folder).questions()
    entry = question.as_dict()["yaml"].replace("栏甲丙: document_no", "栏甲丙: ~")
    (folder / "reading.yaml").write_text(f"tables:\n{entry}", encoding="utf-8")
    assert session(folder).questions() == []


@pytest.mark.parametrize("header", ["备注", "经办人", "序号", "Remarks"])
def test_a_word_that_is_known_is_no_question(header: str, tmp_path: Path) -> None:
    asking = session(folder_with(tmp_path / "月", header, ("甲", "乙", "丙", "丁")))
    assert not [each for each in asking.questions() if each.family.is_read]


@pytest.mark.parametrize("values", [("", "", "", ""), ("1", "2", "3", "4")])
def test_a_column_that_says_nothing_is_no_question(values: tuple[str, ...], tmp_path: Path) -> None:
    asking = session(folder_with(tmp_path / "月", "栏甲丙", values))
    assert not [each for each in asking.questions() if each.family.is_read]


def test_the_rows_are_read_meanwhile_and_the_report_asks(tmp_path: Path) -> None:
    folder = folder_with(tmp_path / "月", "栏甲丙")
    result = auditor.run(folder, period="2026-10", workers=0).result
    (document,) = [each for each in result.documents if each.path.endswith(".csv")]
    assert document.status == "read" and document.records["cash_journal_entry"] == 4
    assert [each["open_columns"] for each in result.questions] == [{"栏甲丙": ["document_no"]}]


@pytest.mark.parametrize("number", ["00123456", "0088", "012"])
def test_a_number_with_zeros_before_it_names_something(number: str, tmp_path: Path) -> None:
    """A cheque's number under an unknown word is no amount, though its digits might be one."""
    lines = f"账户,开出日期,未达类型,栏乙丁,对方单位,摘要,金额\nICBC,2026-08-12,企业已付银行未付,{number},安居维修,付维修款,1350.00\n"
    (tmp_path / "上期未达账项.csv").write_text(lines, encoding="utf-8")
    (question,) = [each for each in session(tmp_path).questions() if each.family.is_read]
    assert question.open_columns == {"栏乙丁": ("reference",)}
