"""Columns that their values tell: words of a choice, the number of every record."""

from __future__ import annotations

import pytest
from recognition_shapes import best, judged, roles, shape

from auditor.documents.recognition.hypotheses import Ground, State
from auditor.documents.recognition.shapes import TableShape

_RECEIPTS = """
{number},{date},{payer},{sum},{last}
0003101,2026-10-08,Harbour Mills,161.90,{a}
0003102,2026-10-08,Oak Trading,39.90,{b}
0003103,2026-10-09,Elm & Sons,1686.96,{a}
0003104,2026-10-10,Oak Trading,52.00,{b}
"""


def receipts(last: str, a: str, b: str, *, chinese: bool = False) -> TableShape:
    words = ("收据号", "日期", "交款单位", "金额") if chinese else ("Receipt No", "Date", "Received from", "Amount")
    named = dict(zip(("number", "date", "payer", "sum"), words, strict=True))
    return shape(_RECEIPTS.format(last=last, a=a, b=b, **named), title="收款收据登记" if chinese else "Receipts")


@pytest.mark.parametrize(
    ("last", "a", "b", "chinese"),
    [("Tendered", "Cash", "Alipay", False), ("咋收的", "现金", "转账", True), ("", "cash", "bank transfer", False)],
)
def test_words_of_a_choice_tell_their_column(last: str, a: str, b: str, chinese: bool) -> None:
    table = receipts(last, a, b, chinese=chinese)
    assert judged(table).state is State.SURE
    assert {each.role: each.ground for each in best(table).columns if each.index == 4} == {"mode": Ground.KIND}


@pytest.mark.parametrize(
    ("last", "a", "b"),
    [
        ("Tendered", "Cash", "Barter"),  # not all of them are known
        ("Tendered", "Cash", "Cash"),  # one word says too little
        ("Bank of payer", "Cash", "Alipay"),  # the header names another thing
    ],
)
def test_what_may_be_no_choice_tells_nothing(last: str, a: str, b: str) -> None:
    assert roles(receipts(last, a, b)).get(last) != "mode"


def test_two_columns_of_the_same_words_tell_nothing() -> None:
    table = receipts("Tendered,Second", "Cash,Alipay", "Alipay,Cash")
    assert not {"Tendered", "Second"} & set(roles(table))


@pytest.mark.parametrize(
    "header", ["Date,Ref,Particulars,{}", "日期,结算号,摘要,{}", "Posting Date,Reference,Details,{}"]
)
@pytest.mark.parametrize(
    ("numbers", "first"), [(("001", "002", "003", "004"), "voucher_no"), (("", "", "77", ""), "reference")]
)
def test_of_two_columns_for_one_field_the_number_of_every_row_is_what_names_it(
    header: str, numbers: tuple[str, ...], first: str
) -> None:
    other = {"日": "支票号"}.get(header[0], "Cheque No.")
    sides = "收入,支出,余额" if header[0] == "日" else "Receipts,Payments,Balance"
    rows = [f"2026-10-0{n + 1},{number},freight {n},{100 + n}.00,,{100 * (n + 1) + sum(range(n + 1))}.00,{n or ''}"
            for n, number in enumerate(numbers)]  # fmt: skip
    table = shape("\n".join([header.format(f"{sides},{other}"), *rows]), title="银行日记账" if header[0] == "日" else "Bank book")
    assert best(table).record == "bank_ledger_entry"
    said = {each.index: each.role for each in best(table).columns}
    assert said[1] == first
    assert (said.get(6) == "reference") is (first == "voucher_no")
