"""A wallet's word “neither income nor expense” says nothing of whether money moved; the status does."""

from __future__ import annotations

import pytest
from csv_samples import accounted, proofs, read_csv, reasons, records


def flows(*rows: str) -> tuple[list[tuple[str, str]], dict[str, int]]:
    header = "交易时间,交易分类,交易对方,商品说明,收/支,金额,交易状态,交易订单号"
    lines = [f"2026-10-{day:02} 10:00:00,{row},{day}" for day, row in enumerate(rows, 1)]
    document = read_csv("\n".join([header, *lines]))
    assert accounted(document) and not document.problems
    return records(document, "bank_transaction", "direction", "amount"), reasons(document)


@pytest.mark.parametrize("row", ["退款,米店,退款-米,不计收支,12.00,退款成功", "退款,米店,米,不计收支,12.00,交易成功"])
def test_a_refund_comes_in(row: str) -> None:
    assert flows(row)[0] == [("in", "12.00")]


@pytest.mark.parametrize("status", ["还款成功", "交易成功"])
def test_money_that_only_changes_places_moves_nothing(status: str) -> None:
    assert flows(f"信用借还,花呗,还款,不计收支,60.00,{status}")[0] == [("none", "60.00")]


def test_a_trade_paid_and_then_closed_is_kept_with_its_refund() -> None:
    found, ignored = flows("出行,车行,租车,支出,80.00,交易关闭", "退款,车行,退款,不计收支,80.00,退款成功")
    assert found == [("out", "80.00"), ("in", "80.00")] and "trade closed" not in ignored


def test_a_trade_closed_before_it_was_paid_is_left_out_for_that_reason() -> None:
    found, ignored = flows("日用,甲,纸,支出,5.00,交易成功", "出行,车行,租车,不计收支,80.00,交易关闭")
    assert found == [("out", "5.00")] and ignored["trade closed"] == 1


def test_printed_totals_go_by_what_the_wallet_says() -> None:
    document = read_csv("""
        收入：1笔 50.00元
        支出：1笔 80.00元
        不计收支：2笔 140.00元
        交易时间,交易分类,交易对方,商品说明,收/支,金额,交易状态,交易订单号
        2026-10-22 10:00:00,出行,车行,租车,支出,80.00,交易关闭,1
        2026-10-22 10:05:00,退款,车行,退款,不计收支,80.00,退款成功,2
        2026-10-23 10:00:00,转账,王,转账,收入,50.00,交易成功,3
        2026-10-24 10:00:00,信用借还,花呗,还款,不计收支,60.00,还款成功,4
    """)
    assert proofs(document)["printed totals"] == proofs(document)["printed counts"] == "holds"
