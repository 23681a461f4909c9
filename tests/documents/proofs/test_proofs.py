"""What arithmetic proves of a reading, and what it breaks."""

from __future__ import annotations

import pytest
from csv_samples import proofs, read_csv, reasons, records

from auditor.documents.model import ReadDocument


def _states(document: ReadDocument, record: str) -> list[str]:
    return [each["_source"]["proof"] for each in document.as_dict()["records"][record]]


def _detail(document: ReadDocument, name: str, language: str = "en") -> str:
    return next(proof.detail.in_(language) for proof in document.proofs if proof.name == name)


HEADER = "交易日期,收入金额,支出金额,余额"


def test_running_balance_oldest_first_and_newest_first() -> None:
    rows = ["2026-10-08,5.00,,105.00", "2026-10-09,,1.00,104.00", "2026-10-10,2.00,,106.00"]
    for ordered, words in ((rows, "oldest first"), (rows[::-1], "newest first")):
        document = read_csv("\n".join([HEADER, *ordered]))
        assert proofs(document)["running balance"] == "holds" and words in _detail(document, "running balance")
    assert _states(read_csv("\n".join([HEADER, *rows])), "bank_transaction") == ["unproved", "proved", "proved"]
    assert _states(read_csv("\n".join([HEADER, *rows[::-1]])), "bank_transaction") == ["proved", "proved", "unproved"]


def test_running_balance_names_the_first_row_that_breaks_and_by_how_much() -> None:
    document = read_csv(f"{HEADER}\n2026-10-08,5.00,,105.00\n2026-10-09,,1.00,114.00\n2026-10-10,2.00,,116.00\n")
    assert proofs(document)["running balance"] == "broken"
    assert "first row 3: expected 104.00, stated 114.00, difference 10.00" in _detail(document, "running balance")
    assert "第 3 行：应为 104.00" in _detail(document, "running balance", "zh")
    assert _states(document, "bank_transaction") == ["unproved", "broken", "proved"]


def test_a_balance_only_on_the_last_row_of_each_day() -> None:
    document = read_csv(f"{HEADER}\n2026-10-08,5.00,,105.00\n2026-10-09,,1.00,\n2026-10-09,2.00,,106.00\n")
    assert proofs(document)["running balance"] == "holds"
    assert _states(document, "bank_transaction") == ["unproved", "proved", "proved"]


def test_opening_and_closing_of_a_ledger() -> None:
    rows = """
        日期,凭证号,摘要,借方(收入),贷方(支出),余额
        2026-10-01,,上期结转,,,100.00
        2026-10-08,银收-1,收运费,5.00,,105.00
        2026-10-09,银付-1,付油费,,1.00,104.00
        ,,本月合计,5.00,1.00,
        ,,本年累计,50.00,10.00,
        2026-10-31,,结转下月,,,{closing}
    """
    document = read_csv(rows.format(closing="104.00"), "工行.csv")
    assert proofs(document) == {
        "running balance": "holds", "opening and closing": "holds", "printed totals": "holds",
    }  # fmt: skip
    assert _states(document, "bank_ledger_entry") == ["proved", "proved"]
    assert records(document, "stated_balance", "account", "kind", "date", "amount") == [
        ("工行", "opening", "2026-10-01", "100.00"), ("工行", "closing", "2026-10-31", "104.00"),
    ]  # fmt: skip
    assert records(document, "stated_total", "field", "kind", "label", "stated", "computed") == [
        ("amount_in", "sum", "本月合计", "5.00", "5.00"), ("amount_out", "sum", "本月合计", "1.00", "1.00"),
    ]  # fmt: skip
    assert reasons(document)["total of the year to date: it covers rows that are not in this document"] == 1
    broken = read_csv(rows.format(closing="103.00"), "工行.csv")
    assert proofs(broken)["opening and closing"] == "broken"
    assert "difference -1.00" in _detail(broken, "opening and closing")


def test_subtotals_of_groups_and_the_total_of_all() -> None:
    document = read_csv("""
        清单号,日期,客户,件数,金额
        S1,2026-10-08,甲,1,10.00
        S2,2026-10-08,甲,2,20.00
        甲小计,,,3,30.00
        S3,2026-10-08,乙,3,30.00
        乙小计,,,3,31.00
        合计,3票,,6,60.00
    """, "收货清单.csv")
    assert records(document, "stated_total", "field", "kind", "label", "group_key", "stated", "computed", "rows") == [
        ("pieces", "sum", "甲小计", "甲", "3.00", "3.00", 2), ("amount", "sum", "甲小计", "甲", "30.00", "30.00", 2),
        ("pieces", "sum", "乙小计", "乙", "3.00", "3.00", 1), ("amount", "sum", "乙小计", "乙", "31.00", "30.00", 1),
        ("pieces", "sum", "合计", None, "6.00", "6.00", 3), ("amount", "sum", "合计", None, "60.00", "60.00", 3),
        ("rows", "count", "合计", None, "3.00", "3.00", 3),
    ]  # fmt: skip
    assert proofs(document)["printed totals"] == "broken" and proofs(document)["printed counts"] == "holds"
    assert "乙小计" in _detail(document, "printed totals")


@pytest.mark.parametrize(
    ("line", "field", "stated"),
    [
        ("共计 2 票", "rows", "2.00"),
        ("共2笔记录", "rows", "2.00"),
        ("总笔数：2", "rows", "2.00"),
        ("汇总收入金额：5.00", "amount_in", "5.00"),
        ("#支出合计：1笔，共 1.00元", "amount_out", "1.00"),
        ("贷方合计：5.00", "amount_in", "5.00"),
        ("收入笔数：1", "rows_in", "1.00"),
    ],
)
def test_totals_of_footers(line: str, field: str, stated: str) -> None:
    document = read_csv(f'{HEADER}\n2026-10-08,5.00,,105.00\n2026-10-09,,1.00,104.00\n"{line}"\n')
    assert (field, stated, stated) in records(document, "stated_total", "field", "stated", "computed")
    assert {"broken"}.isdisjoint(proofs(document).values())


def test_totals_and_counts_in_a_preamble() -> None:
    document = read_csv(f"共3笔记录\n收入：1笔 6.00元\n{HEADER}\n2026-10-08,5.00,,105.00\n2026-10-09,,1.00,104.00\n")
    assert proofs(document)["printed counts"] == "broken" and proofs(document)["printed totals"] == "broken"
    assert "“收入” states 6.00, its 1 rows make 5.00" in _detail(document, "printed totals")


def test_extent_of_an_export() -> None:
    extent = "#起始日期：[2026年10月01日   00:00:00]   终止日期：[2026年10月30日   00:00:00]"
    text = f"{extent}\n{HEADER}\n2026-10-08,5.00,,105.00\n"
    assert records(
        read_csv(text, "支付宝.csv"), "export_extent", "of", "account", "first_date", "last_date", "rows"
    ) == [("bank_transaction", "支付宝", "2026-10-01", "2026-10-30", 1)]
    both = f"查询期间：,2026-10-01 至 2026-10-31\n{HEADER}\n2026-10-08,5.00,,105.00\n"
    assert records(read_csv(both), "export_extent", "first_date", "last_date") == [("2026-10-01", "2026-10-31")]


def test_price_of_a_shipment_half_up_to_the_cent() -> None:
    header = "清单号,日期,运单号,件数,计费重(kg),单价,运费,燃油费率,燃油费,杂费,合计,付款方式"
    document = read_csv("\n".join([
        header,
        "SH26-004012,2026-10-08,2651000001,3,32.5,36.20,1176.50,18.5%,217.65,0.00,1394.15,月结",
        "SH26-004013,2026-10-08,2651000002,1,1.5,36.33,54.50,18.5%,10.08,0.00,64.58,月结",
        "SH26-004014,2026-10-08,2651000003,1,1.0,36.00,36.00,18.5%,6.66,0.00,42.00,月结",
        "SH26-004015,2026-10-08,2651000004,1,1.0,36.00,36.00,18.5%,6.66,0.00,0.00,到付",
    ]), "收货清单.csv")  # fmt: skip
    assert proofs(document)["quantity × price"] == "broken"
    assert "row 4 (amount)" in _detail(document, "quantity × price")
    assert _states(document, "receiving_slip") == ["proved", "proved", "broken", "unproved"]


def test_check_digit_of_an_air_waybill() -> None:
    header = "清单号,日期,运单号,件数,合计"
    rows = f"{header}\nS1,2026-10-08,998-61000365,1,1.00\nS2,2026-10-08,998-61000356,1,1.00\n"
    document = read_csv(rows, "收货清单.csv")
    assert proofs(document)["check digit"] == "broken" and "row 3" in _detail(document, "check digit")


def test_net_and_tax_and_words() -> None:
    header = "发票号码,开票日期,金额,税率,税额,价税合计,价税合计（大写）"
    document = read_csv("\n".join([
        header,
        "26442000000100000070,2026-10-09,379.20,13%,49.30,428.50,肆佰贰拾捌元伍角整",
        "26442000000100000071,2026-10-09,802.89,6%,48.11,850.00,捌佰伍拾元整",
    ]))  # fmt: skip
    assert proofs(document) == {"net + tax": "broken", "words and figures": "holds"}
    assert _states(document, "invoice") == ["proved", "broken"]


def test_accounts_and_currencies_of_one_export_have_chains_of_their_own() -> None:
    rows = "账号,币种,交易日期,收入金额,支出金额,余额\n"
    rows += "1001,CNY,2026-10-08,5.00,,105.00\n1001,USD,2026-10-08,,1.00,4.00\n"
    rows += "1001,CNY,2026-10-09,,5.00,100.00\n1001,USD,2026-10-09,2.00,,6.00\n"
    assert proofs(read_csv(rows))["running balance"] == "holds"


@pytest.mark.parametrize(
    ("closing", "verdict"), [("期末余额：,1070.00", "holds"), ("Closing balance:,1070.00", "holds"), ("期末余额：,1071.00", "broken")]
)
def test_opening_and_closing_around_a_table_without_balances(closing: str, verdict: str) -> None:
    document = read_csv(f"""
        期初余额：,1000.00
        交易日期,摘要,收入,支出
        2026-10-08,货款,100.00,
        2026-10-09,手续费,,30.00
        {closing}
    """)
    assert proofs(document)["opening and closing"] == verdict
    proved = [each["_source"]["proved"] for each in document.as_dict()["records"]["bank_transaction"]]
    assert proved == [["direction", "amount"] if verdict == "holds" else []] * 2
