"""Balances that are debits less credits: in two columns, with a word for the side beside them, or marked in the cell."""

from __future__ import annotations

import pytest
from csv_samples import accounted, proofs, read_csv, records

NAME = "科目余额表.csv"
ENGLISH = "trial balance.csv"


def balances(text: str, name: str = NAME) -> list[tuple[object, ...]]:
    document = read_csv(text, name)
    assert accounted(document)
    return records(document, "gl_balance", "account_code", "opening", "closing")


def test_two_columns_for_each_balance() -> None:
    text = """
        科目编码,科目名称,期初余额,,本期发生额,,期末余额,
        ,,借方,贷方,借方,贷方,借方,贷方
        1001,库存现金,100.00,,50.00,30.00,120.00,
        2202,应付账款,,80.00,10.00,25.50,,95.50
        2241,其他应付款,,,,,,
        """
    assert balances(text) == [("1001", "100.00", "120.00"), ("2202", "-80.00", "-95.50"), ("2241", "0.00", "0.00")]


@pytest.mark.parametrize(
    ("debit", "credit"),
    [("期末余额借方", "期末余额贷方"), ("期末借方余额", "期末贷方余额"), ("余额（借方）", "余额（贷方）"), ("期末借方", "期末贷方")],
)
def test_the_columns_whatever_the_order_of_their_words(debit: str, credit: str) -> None:
    text = f"科目编码,科目名称,{debit},{credit}\n1001,库存现金,12.00,\n2202,应付账款,,95.50\n2203,预收账款,,1.00\n"
    assert balances(text) == [("1001", None, "12.00"), ("2202", None, "-95.50"), ("2203", None, "-1.00")]


def test_in_english_with_totals_that_prove_both_sides() -> None:
    text = """
        Account code,Account name,Opening debit,Opening credit,Closing debit,Closing credit
        1000,Cash at bank,10.00,,12.00,
        2100,Trade creditors,,7.00,,9.50
        3000,Capital,,3.00,,2.50
        Total,,10.00,10.00,12.00,12.00
        """
    document = read_csv(text, ENGLISH)
    assert records(document, "gl_balance", "closing") == [("12.00",), ("-9.50",), ("-2.50",)]
    assert proofs(document)["printed totals"] == "holds"
    kept = document.as_dict()["records"]["gl_balance"]
    assert [each["_source"]["proof"] for each in kept] == ["proved"] * 3
    assert "closing" in kept[1]["_source"]["proved"]


@pytest.mark.parametrize(("header", "words"), [("方向", ("借", "贷", "平")), ("借或贷", ("借", "贷", "平")), ("期末方向", ("借方", "贷方", "平")), ("Dr/Cr", ("Dr", "Cr", ""))])
def test_a_column_of_sides_beside_the_balance(header: str, words: tuple[str, str, str]) -> None:
    debit, credit, even = words
    rows = f"1001,库存现金,{debit},12.00\n2202,应付账款,{credit},95.50\n2203,预收账款,{even},0.00\n"
    document = read_csv(f"科目编码,科目名称,{header},期末余额\n{rows}", NAME)
    assert records(document, "gl_balance", "closing") == [("12.00",), ("-95.50",), ("0.00",)]
    assert any("credits are negative" in remark.text.en for remark in document.remarks)


def test_a_side_for_each_of_two_balances() -> None:
    text = """
        科目编码,科目名称,方向,期初余额,本期借方,本期贷方,方向,期末余额
        1001,库存现金,借,100.00,50.00,30.00,借,120.00
        2202,应付账款,借,80.00,10.00,145.50,贷,55.50
        """
    assert balances(text) == [("1001", "100.00", "120.00"), ("2202", "80.00", "-55.50")]


def test_marks_in_the_cells() -> None:
    text = "Account code,Account name,Closing\n1000,Cash,12.00 Dr\n2100,Trade creditors,95.50 Cr\n2200,VAT,1.00Cr\n"
    document = read_csv(text, ENGLISH)
    assert records(document, "gl_balance", "closing") == [("12.00",), ("-95.50",), ("-1.00",)]
    assert not document.problems


def test_signed_balances_stay_as_they_are() -> None:
    text = "科目编码,科目名称,借方,贷方,期末余额\n1001,库存现金,5.00,1.00,12.00\n2202,应付账款,,95.50,-95.50\n"
    assert [each[2] for each in balances(text)] == ["12.00", "-95.50"]


def test_a_side_that_cannot_be_read_gives_no_balance() -> None:
    text = "科目编码,科目名称,期末借方,期末贷方\n1001,库存现金,12.0O,\n2202,应付账款,,95.50\n2203,预收账款,,1.00\n"
    document = read_csv(text, NAME)
    assert records(document, "gl_balance", "closing") == [("-95.50",), ("-1.00",)]
    assert len(document.problems) == 1 and accounted(document)


def test_codes_of_accounts_below_others_are_no_amounts() -> None:
    text = "科目编码,科目名称,币种,期初余额（原币）,期末余额（原币）\n1002.03,银行存款-美元户,USD,0.00,21279.00\n"
    document = read_csv(text, NAME)
    assert records(document, "gl_balance", "account_code", "closing") == [("1002.03", "21279.00")]


@pytest.mark.parametrize(
    ("name", "kind"),
    [("应付账款明细.csv", "payable"), ("往来/应收账款明细账.csv", "receivable"), ("purchase ledger balances.csv", "payable"), ("往来余额表.csv", None)],
)
def test_whose_balances_they_are_the_name_says(name: str, kind: str | None) -> None:
    text = "单位代码,单位名称,期初余额,本期应付,本期付款,期末余额\nF1,顺达货运,10.00,5.00,3.00,12.00\nF2,远航物流,1.00,0.00,0.00,1.00\n"
    assert records(read_csv(text, name), "sub_ledger_balance", "kind") == [(kind,)] * 2
