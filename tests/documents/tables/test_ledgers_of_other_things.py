"""A balance that follows from its rows proves no money: cards of stocks, points, hours and litres are read as no ledger."""

from __future__ import annotations

import pytest
from csv_samples import read_csv

from auditor.documents.recognition.hypotheses import State

IN, OUT = (0, 50, 0, 20, 0, 30), (10, 0, 15, 0, 5, 0)


def ledger(header: str, texts: tuple[str, ...], *, parts: int = 1, shown: str = "{:d}", number: str = "") -> str:
    """A ledger of six rows under a header of day, text (and number), in, out and balance; each figure over `parts`."""
    lines, balance = [header], 400
    for at, (into, out) in enumerate(zip(IN, OUT, strict=True), 1):
        balance += into - out
        figures = [shown.format(each if parts == 1 else each / parts) if each else "" for each in (into, out, balance)]
        middle = [texts[at % len(texts)], *([f"{number}{at}"] if number else [])]
        lines.append(",".join([f"2026-05-{at:02}", *middle, *figures]))
    return "\n".join(lines) + "\n"


OTHER = {
    "会员积分流水": ledger("日期,说明,收入,支出,余额", ("签到", "兑换")),
    "仓库纸箱": ledger("日期,摘要,凭证号,收入,支出,余额", ("入库", "领用"), number="L"),
    "手套": ledger("日期,领用人,收入,支出,余额", ("张三", "李四")),
    "调休余额": ledger("日期,事由,收入,支出,余额", ("周末", "请假"), parts=4, shown="{:.2f}"),
    "柴油收发存": ledger("日期,摘要,收入,支出,结存", ("进油", "出车"), parts=4, shown="{:.2f}"),
    "Annual leave": ledger("Date,Details,Credit,Debit,Balance", ("granted", "taken"), parts=2, shown="{:.1f}"),
    "Bonus points statement": ledger("Date,Description,In,Out,Balance", ("sign-up", "redeemed")),
    "Tape": ledger("Date,Details,Received,Issued,Balance", ("in", "to packing")),
    "Pallets": ledger("Date,Particulars,In,Out,Balance", ("back", "lent")),
    "Diesel litres": ledger("Date,Details,In,Out,Balance", ("filled", "truck 3"), parts=4, shown="{:.2f}"),
}


@pytest.mark.parametrize("name", OTHER)
def test_what_is_no_money_is_not_read(name: str) -> None:
    document = read_csv(OTHER[name], f"{name}.csv")
    assert not set(document.records) & {"bank_transaction", "bank_ledger_entry", "cash_journal_entry"}
    assert all(table.state not in (State.SURE, State.LIKELY) for table in document.tables)


@pytest.mark.parametrize("name", ["会员积分流水", "柴油收发存", "Bonus points statement", "Pallets"])
def test_what_a_word_calls_something_else_is_not_asked_about(name: str) -> None:
    assert not [each for each in read_csv(OTHER[name], f"{name}.csv").tables if each.state is State.ASKED and name == "Pallets"]


MONEY = {
    "库存现金日记账": ledger("日期,摘要,收入,支出,余额", ("收", "支")),
    "10月": ledger("交易日期,摘要,收入金额,支出金额,余额", ("收", "支")),
    "Petty cash": ledger("Date,Details,In,Out,Balance", ("in", "out")),
    "Statement": ledger("Date,Description,Money In,Money Out,Balance", ("in", "out")),
    "五月流水": ledger("交易日期,摘要,收入,支出,余额", ("货款", "付运费")),
    "May": ledger("Date,Description,Debit,Credit,Balance", ("in", "out"), parts=4, shown="{:.2f}"),
}


@pytest.mark.parametrize("name", MONEY)
def test_money_is_told_by_words_dealings_or_figures(name: str) -> None:
    tables = read_csv(MONEY[name], f"{name}.csv").tables
    assert [table.state for table in tables] == [State.SURE]
