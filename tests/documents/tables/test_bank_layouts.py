"""Exports of banks and wallets as they come, each by its layout or by its headers alone."""

from __future__ import annotations

from csv_samples import accounted, proofs, read_csv, records

from auditor.documents.model import ReadDocument


def _flow(document: ReadDocument) -> list[tuple[object, ...]]:
    return records(document, "bank_transaction", "date", "direction", "amount", "counterparty")


def test_icbc_corporate_in_its_variants() -> None:
    variants = {
        "凭证号,交易时间,借贷标志,对方单位,转入金额,转出金额,余额": [
            "1\t,2026-10-08 10:11:12,借,顺途,,40.00,60.00",
            "2\t,2026-10-09 10:11:12,贷,恒昌,5.00,,65.00",
        ],
        "凭证号,交易时间,借贷标志,对方单位,发生额,余额": [
            "1\t,2026-10-08 10:11:12,借,顺途,40.00,60.00",
            "2\t,2026-10-09 10:11:12,贷,恒昌,5.00,65.00",
        ],
        "凭证号,交易时间,借/贷,对方单位,借方发生额,贷方发生额,余额": [
            "1\t,2026-10-08 10:11:12,借,顺途,40.00,,60.00",
            "2\t,2026-10-09 10:11:12,贷,恒昌,,5.00,65.00",
        ],
        "凭证号,交易时间,对方单位,转出金额,转入金额,余额": [
            "1\t,2026-10-08 10:11:12,顺途,40.00,,60.00",
            "2\t,2026-10-09 10:11:12,恒昌,,5.00,65.00",
        ],
    }
    for header, rows in variants.items():
        document = read_csv("\n".join(["[HISTORYDETAIL]", header, *rows]), "ICBC_4000021009200123456.csv")
        assert document.layout == "bank/icbc-corporate"
        assert _flow(document) == [("2026-10-08", "out", "40.00", "顺途"), ("2026-10-09", "in", "5.00", "恒昌")]
        assert records(document, "bank_transaction", "account", "time")[0] == ("4000021009200123456", "10:11:12")
        assert proofs(document)["running balance"] == "holds"


def test_boc_takes_the_side_that_is_not_its_own() -> None:
    document = read_csv("""
        查询账号[ Inquirer account number ],746158812345
        起始日期[ Start date ],20261001
        终止日期[ End date ],20261031
        支出合计[ Total debit ],3200.00
        收入合计[ Total credit ],5975.00
        交易类型[ Transaction Type ],付款人账号[ Debit Account No. ],付款人名称[ Payer's Name ],收款人账号[ Payee's Account Number ],收款人名称[ Payee's Name ],交易日期[ Transaction Date ],交易货币[ Trade Currency ],交易金额[ Trade Amount ],交易后余额[ After-transaction balance ],交易流水号
        来账,6206,海拓贸易,746158812345,捷远,20261012,USD,5975.00,24215.00,1
        往账,746158812345,捷远,7788,宏海船务,20261016,USD,-3200.00,21015.00,2
    """)
    assert document.layout == "bank/boc"
    assert records(document, "bank_transaction", "counterparty", "counterparty_account", "direction", "currency") == [
        ("海拓贸易", "6206", "in", "USD"), ("宏海船务", "7788", "out", "USD"),
    ]  # fmt: skip
    assert records(document, "bank_transaction", "account")[0] == ("746158812345",)
    assert records(document, "export_extent", "first_date", "last_date") == [("2026-10-01", "2026-10-31")]
    assert proofs(document)["printed totals"] == "holds"


def test_abc_with_its_footers() -> None:
    document = read_csv("""
        账户明细
        账号:4100123412341234 户名:捷远
        交易时间,收入金额,支出金额,账户余额,交易行名,对方省市,对方账号,对方户名,交易用途
        2026-10-08 10:11:12,500.00,,1500.00,龙岗支行,广东,62001,恒昌电子,货款
        2026-10-09 09:00:00,,200.00,1300.00,龙岗支行,广东,62002,中石化,油费
        汇总收入金额,500.00
        1 收 500.00
        1 付 200.00
    """)
    assert document.layout == "bank/abc" and accounted(document) and not document.problems
    assert _flow(document) == [("2026-10-08", "in", "500.00", "恒昌电子"), ("2026-10-09", "out", "200.00", "中石化")]
    assert proofs(document)["printed totals"] == "holds" and proofs(document)["printed counts"] == "holds"


def test_bocom_by_its_headers() -> None:
    document = read_csv("""
        账号：,443066412013000123456
        交易时间,借方(支出),贷方(收入),余额,对方账号,对方户名,摘要
        2026-10-08 10:11:12,40.00,,60.00,62001,顺途,运费
    """)
    assert document.layout == "bank/bocom" and _flow(document) == [("2026-10-08", "out", "40.00", "顺途")]


def test_cmb_with_a_header_far_down_and_a_citic_and_a_psbc() -> None:
    document = read_csv("""
        招商银行交易明细
        #  起始日期: [20261001]   终止日期: [20261031]
        ,
        ,
        ,
        账号,账号名称,币种,交易日,交易时间,起息日,交易类型,借方金额,贷方金额,余额,摘要,流程实例号,业务参考号,收(付)方名称,收(付)方账号
        755900012310101,捷远,人民币,20261008,10:11:12,20261008,转账,40.00,,60.00,运费,A1,B1,顺途,62001
    """)
    assert document.layout == "bank/cmb"
    assert records(document, "bank_transaction", "account", "date", "time", "value_date", "serial", "counterparty") == [
        ("755900012310101", "2026-10-08", "10:11:12", "2026-10-08", "B1", "顺途")
    ]
    assert records(document, "export_extent", "first_date", "last_date") == [("2026-10-01", "2026-10-31")]
    citic = read_csv(
        "中信银行账户明细\n交易日期,借方发生额,贷方发生额,账户余额,对方户名\n2026-10-08,40.00,,60.00,顺途\n"
    )
    assert citic.layout == "bank/citic" and _flow(citic) == [("2026-10-08", "out", "40.00", "顺途")]
    psbc = read_csv("中国邮政储蓄银行\n交易日期,支出金额,收入金额,余额,对方户名\n2026-10-08,40.00,,60.00,顺途\n")
    assert psbc.layout == "bank/psbc" and _flow(psbc) == [("2026-10-08", "out", "40.00", "顺途")]


def test_spdb_until_its_total() -> None:
    document = read_csv("""
        交易日期,凭证号,借方金额,贷方金额,余额,对方户名,交易流水号
        20261008,1,40.00,,60.00,顺途,991
        20261009,2,,5.00,65.00,恒昌,992
        合计,,40.00,5.00,,,
        汇总交易笔数:2
    """)
    assert document.layout == "bank/spdb" and accounted(document)
    assert _flow(document) == [("2026-10-08", "out", "40.00", "顺途"), ("2026-10-09", "in", "5.00", "恒昌")]
    assert proofs(document)["printed totals"] == "holds" and proofs(document)["printed counts"] == "holds"


def test_ping_an_names_payer_and_payee() -> None:
    document = read_csv("""
        交易日期,付款方账号,付款方户名,收款方账号,收款方户名,收入金额,支出金额,账户余额
        2026-10-08,11001,捷远,62001,顺途,,40.00,60.00
        2026-10-09,62002,恒昌,11001,捷远,5.00,,65.00
    """)
    assert document.layout == "bank_transaction"
    assert _flow(document) == [("2026-10-08", "out", "40.00", "顺途"), ("2026-10-09", "in", "5.00", "恒昌")]


def test_alipay_merchant_with_comment_lines() -> None:
    document = read_csv("""
        #支付宝账务明细查询
        #账号：[2088531260123456]
        #起始日期：[2026年10月01日   00:00:00]   终止日期：[2026年10月30日   00:00:00]
        #-----------------------------------------账务明细列表----------------------------------------
        账务流水号,业务流水号,商品名称,发生时间,对方账号,收入金额（+元）,支出金额（-元）,账户余额（元）,业务类型,备注
        2026100820000000007777777\t,1\t,运费,2026-10-08 08:42:17,62488218887\t,39.90,,3254.40,在线支付,收据0003102
        2026101620000000007777778\t,2\t,提现,2026-10-16 08:42:17,,,-3000.00,254.40,提现,
        #-----------------------------------------账务明细列表结束------------------------------------
        #支出合计：1笔，共-3000.00元
        #收入合计：1笔，共39.90元
        #导出时间：[2026年11月02日   00:00:00]
    """)
    assert document.layout == "wallet/alipay-merchant" and accounted(document) and not document.problems
    assert records(document, "bank_transaction", "account", "serial", "direction", "amount") == [
        ("2088531260123456", "2026100820000000007777777", "in", "39.90"),
        ("2088531260123456", "2026101620000000007777778", "out", "3000.00"),
    ]
    assert set(proofs(document).values()) == {"holds"}
    assert records(document, "export_extent", "last_date") == [("2026-10-30",)]


def test_alipay_personal_leaves_out_trades_closed_before_they_were_paid() -> None:
    document = read_csv("""
        交易时间,交易分类,交易对方,商品说明,收/支,金额,交易状态,交易订单号
        2026-10-08 10:00:00,日用,甲,纸,支出,5.00,交易成功,1
        2026-10-09 10:00:00,日用,乙,笔,不计收支,6.00,交易关闭,2
    """)
    assert records(document, "bank_transaction", "serial") == [("1",)]
    assert [(each.reason.zh, each.count, each.place) for each in document.ignored][-1] == ("交易关闭", 1, "文件.csv:3")


def test_wechat_merchant_with_backticks_refunds_and_its_summary() -> None:
    document = read_csv("""
        交易时间,公众账号ID,商户号,微信订单号,商户订单号,用户标识,交易状态,货币种类,应结订单金额,微信退款单号,退款金额,商品名称,手续费,费率
        `2026-10-08 10:00:00,`wx1,`1900001,`4200001,`A1,`u1,`SUCCESS,`CNY,`100.00,`0,`0.00,`运费,`0.60,`0.60%
        `2026-10-09 10:00:00,`wx1,`1900001,`4200002,`A2,`u1,`REFUND,`CNY,`0.00,`5001,`30.00,`运费,`-0.18,`0.60%
        总交易单数,应结订单总金额,退款总金额,手续费总金额
        `2,`100.00,`30.00,`0.42
    """)
    assert document.layout == "wallet/wechat-merchant" and accounted(document) and not document.problems
    assert records(document, "bank_transaction", "account", "serial", "direction", "amount", "fee", "currency") == [
        ("1900001", "4200001", "in", "100.00", "0.60", "CNY"), ("1900001", "4200002", "out", "30.00", "-0.18", "CNY"),
    ]  # fmt: skip
    assert proofs(document)["printed totals"] == "holds" and proofs(document)["printed counts"] == "holds"


def test_two_layouts_that_claim_one_document_are_named() -> None:
    header = "交易日期,凭证号,借方金额,贷方金额,余额,交易流水号"
    document = read_csv(f"兴业银行\n{header}\n20261008,1,40.00,,60.00,991\n", "a.csv")
    problem = document.problems[0]
    assert problem.code == "AmbiguousTable" and "bank/cib, bank/spdb" in problem.message("en")
    settled = read_csv(f"兴业银行\n{header}\n20261008,1,40.00,,60.00,991\n", "a.csv", layout="bank/cib")
    assert settled.layout == "bank/cib" and records(settled, "bank_transaction", "amount") == [("40.00",)]
