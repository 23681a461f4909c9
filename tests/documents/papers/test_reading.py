"""Labelled papers as they are read: kinds, fields, rows, figures, in both languages."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from paper_samples import figures, read_paper, records

from auditor.documents.model import Status

ADVICE = """# REMITTANCE ADVICE

From
Lowfield Mills
4 Dock Street, Hull
Document Date: 2026-04-14

To
Penrith Yarns

Reference Box
Document ID: X-4
Reference: ZZ-9

Payment
Advice Number: RA-31
Payee: Penrith Yarns
Amount: GBP 1,450.20
Reference: INV-88
"""


def test_an_advice_is_no_movement_on_an_account(tmp_path: Path) -> None:
    document = read_paper(tmp_path, ADVICE)
    assert document.status is Status.READ
    assert set(document.records) == {"payment_advice", "stated_figure"}
    assert records(document, "payment_advice") == [
        {
            "number": "RA-31",
            "date": "2026-04-14",
            "party": "Penrith Yarns",
            "amount": "1450.20",
            "reference": "INV-88",
            "currency": "GBP",
        }
    ]
    assert document.rows_seen == document.row_records == 1


@pytest.mark.parametrize(
    ("title", "record"),
    [
        ("CREDIT NOTE", "credit_note"),
        ("Credit memo CM-7", "credit_note"),
        ("红字发票通知", "credit_note"),
        ("PAYMENT ADVICE / REFERENCE COPY", "payment_advice"),
        ("汇款通知书", "payment_advice"),
        ("资金调拨单", "transfer_advice"),
    ],
)
def test_the_title_tells_the_kind(tmp_path: Path, title: str, record: str) -> None:
    document = read_paper(tmp_path, f"# {title}\n\nNumber: P-1\nDate: 2026-04-14\nAmount: 12.00\nParty: Alpha\n")
    assert set(document.records) == {record, "stated_figure"}


@pytest.mark.parametrize("name", ["D001.pdf", "bank statement 4455.pdf", "付款通知.pdf"])
def test_the_name_of_the_file_tells_nothing(tmp_path: Path, name: str) -> None:
    document = read_paper(tmp_path, ADVICE, name)
    assert records(document, "payment_advice")[0]["number"] == "RA-31"


def test_a_credit_note_keeps_its_sign_and_its_reason(tmp_path: Path) -> None:
    document = read_paper(
        tmp_path,
        """# CREDIT NOTE

Credit Note No: CN-5
Customer: Alder Hotels
Original Invoice: INV-3
Reason: Two crates arrived broken and one of them was sent back with the driver on the
same afternoon
Credit Amount: $-320.06
""",
    )
    (note,) = records(document, "credit_note")
    assert (note["total"], note["currency"], note["invoice_no"]) == ("-320.06", "USD", "INV-3")
    assert note["reason"].endswith("same afternoon")


@pytest.mark.parametrize(
    "label", ["Date", "Document Date", "Invoice Date", "Bill Date", "Date of issue", "单据日期", "开票日期"]
)
def test_every_word_for_the_day_of_an_invoice(tmp_path: Path, label: str) -> None:
    document = read_paper(tmp_path, f"# SALES INVOICE\n\nInvoice Number: S-1\n{label}: 2026-04-14\nTotal: GBP 10.00\n")
    assert records(document, "invoice")[0]["date"] == "2026-04-14"


def test_an_invoice_with_its_lines(tmp_path: Path) -> None:
    document = read_paper(
        tmp_path,
        """# SUPPLIER INVOICE

Supplier: Oak Joinery
Invoice Number: B-12
Bill Date: 2026-02-03
Pay By: 2026-03-03
Goods Receipt Ref: GR-2
Currency: EUR
Net Amount: EUR 1.000,00
VAT Rate: 19,00%
VAT Amount: EUR 190,00
Total Payable: EUR 1.190,00

Lines
- Description Shelf, wide | Quantity 2 | Unit Price EUR 300,00 | Amount EUR
600,00
- Description Board for the
back room | Quantity 4 | Unit Price EUR 100,00 | Amount EUR 400,00
""",
    )
    (invoice,) = records(document, "invoice")
    assert invoice == {
        "invoice_no": "B-12",
        "date": "2026-02-03",
        "due": "2026-03-03",
        "seller": "Oak Joinery",
        "net": "1000.00",
        "tax_rate": "19.00",
        "tax": "190.00",
        "total": "1190.00",
        "currency": "EUR",
        "direction": "in",
        "reference": "GR-2",
    }
    assert [(each["description"], each["amount"]) for each in records(document, "invoice_line")] == [
        ("Shelf, wide", "600.00"),
        ("Board for the back room", "400.00"),
    ]
    assert {each["invoice_no"] for each in records(document, "invoice_line")} == {"B-12"}


def test_a_wrong_total_breaks_its_proof(tmp_path: Path) -> None:
    document = read_paper(
        tmp_path,
        "# VENDOR INVOICE\n\nInvoice Number: B-2\nDate: 2026-02-03\nSubtotal: $90.00\nTax: $9.00\nTotal: $77.00\n",
    )
    assert [(each.name, each.status.value) for each in document.proofs] == [("net + tax", "broken")]


def test_lines_below_a_header(tmp_path: Path) -> None:
    document = read_paper(
        tmp_path,
        """# SUPPLIER INVOICE

Supplier: Oak Joinery
Invoice Number: B-13
Date: 2026-02-03

Description\tQuantity\tUnit Price\tAmount
Chairs, blue\t2\t10.00\t20.00
Lamp\t1\t35.50\t35.50

Total: 55.50
""",
    )
    assert [(each["description"], each["quantity"], each["amount"]) for each in records(document, "invoice_line")] == [
        ("Chairs, blue", "2.00", "20.00"),
        ("Lamp", "1.00", "35.50"),
    ]


def test_two_papers_on_one_page_and_one_over_two(tmp_path: Path) -> None:
    two = "CUSTOMER INVOICE\n\nInvoice Number: A-{0}\nDate: 2026-01-0{0}\nCustomer: Alpha\nTotal: ${0}0.00\n\n"
    apart = read_paper(tmp_path, two.format(1) + two.format(2), "a.pdf")
    assert [each["invoice_no"] for each in records(apart, "invoice")] == ["A-1", "A-2"]
    pages = read_paper(tmp_path, two.format(1) + "\f" + two.format(2), "b.pdf")
    assert [each["total"] for each in records(pages, "invoice")] == ["10.00", "20.00"]
    goes_on = "\fCUSTOMER INVOICE\nInvoice Number: A-1\n\n- Description Second | Amount\n$4.00\nPage 2 of 2\n"
    one = read_paper(tmp_path, two.format(1) + "Lines\n- Description First | Amount $6.00\n" + goes_on, "c.pdf")
    assert len(records(one, "invoice")) == 1
    assert [each["amount"] for each in records(one, "invoice_line")] == ["6.00", "4.00"]


@pytest.mark.parametrize(
    ("text", "record", "expected"),
    [
        (
            "付款通知\n\n通知编号：FK-7\n日期：2026-03-10\n收款单位：蓝海物流\n金额：￥45,162.47\n参考号：INV-1\n",
            "payment_advice",
            {"number": "FK-7", "date": "2026-03-10", "amount": "45162.47", "reference": "INV-1", "currency": "CNY"},
        ),
        (
            "重分类通知\n\n更正编号：CX-1\n日期：2026-01-31\n原单据编号：RC-2\n原科目：办公费\n新科目：差旅费\n金额：￥1,344.54\n",
            "correction_memo",
            {"original": "RC-2", "from_account": "办公费", "to_account": "差旅费", "amount": "1344.54"},
        ),
        (
            "免税证明\n\n证书编号：MS-1\n持有人：甲公司\n生效日期：2026-01-01\n有效期至：2026-12-31\n状态：已过期\n",
            "certificate",
            {"number": "MS-1", "effective": "2026-01-01", "expires": "2026-12-31", "status": "expired"},
        ),
        (
            "汇率通知单\n\n通知编号：HL-1\n汇率日期：2026-01-31\n外币金额：USD 1,000.00\n汇率：7.1234\n本位币金额：￥7,123.40\n",
            "rate_notice",
            {
                "source_amount": "1000.00",
                "source_currency": "USD",
                "rate": "7.1234",
                "functional_amount": "7123.40",
                "currency": "CNY",
            },
        ),
        (
            "作废通知\n\n通知编号：ZF-1\n作废单号：B-9\n替代单号：B-10\n",
            "withdrawal",
            {"withdrawn": "B-9", "replacement": "B-10"},
        ),
        (
            "单据副本\n\n副本编号：FB-1\n原单据编号：B-9\n合计：￥1,130.00\n",
            "document_copy",
            {"source": "B-9", "total": "1130.00"},
        ),
    ],
)
def test_chinese_papers(tmp_path: Path, text: str, record: str, expected: dict[str, str]) -> None:
    document = read_paper(tmp_path, text)
    assert not document.problems
    (found,) = records(document, record)
    assert {name: found.get(name) for name in expected} == expected


def test_two_currencies_and_two_decimal_marks(tmp_path: Path) -> None:
    document = read_paper(
        tmp_path,
        """# PAYMENT ADVICE

Advice Number: FX-2
Payment Date: 2026-05-20
Amount: EUR 12.530,47
Source Amount: GBP 14,318.90
Exchange Rate: 0.8751
Functional Amount: EUR 12.530,47
FX Difference: 264,90
""",
    )
    (advice,) = records(document, "payment_advice")
    assert not document.problems
    assert (advice["source_amount"], advice["source_currency"], advice["rate"]) == ("14318.90", "GBP", "0.8751")
    assert (advice["amount"], advice["difference"], advice["currency"]) == ("12530.47", "264.90", "EUR")
    assert figures(document) == [
        (None, "Amount", "12530.47", "EUR"),
        (None, "Source Amount", "14318.90", "GBP"),
        (None, "Exchange Rate", "0.8751", None),
        (None, "Functional Amount", "12530.47", "EUR"),
        (None, "FX Difference", "264.90", "EUR"),
    ]


def test_a_known_paper_that_no_type_reads_keeps_its_figures(tmp_path: Path) -> None:
    document = read_paper(
        tmp_path,
        "存货变动表\n\n期初余额：￥8,123.39\n本期入库：10,419.05\n计提减值：565.67\n期末余额：￥17,976.77\n使用年限：5\n税率：6%\n",
    )
    assert document.status is Status.READ
    assert figures(document) == [
        (None, "期初余额", "8123.39", "CNY"),
        (None, "本期入库", "10419.05", "CNY"),
        (None, "计提减值", "565.67", "CNY"),
        (None, "期末余额", "17976.77", "CNY"),
        (None, "使用年限", "5.00", None),
        (None, "税率", "6.00%", None),
    ]
    assert document.rows_seen == sum(each.count for each in document.ignored) == 1


def test_unknown_labels_are_told_and_their_figures_kept(tmp_path: Path) -> None:
    document = read_paper(tmp_path, "PAYMENT ADVICE\n\nToken: P-11\nMoment: 2026-03-03\nSum Wired: $45.00\n")
    assert document.status is Status.WITH_PROBLEMS
    assert not records(document, "payment_advice")
    assert [each.code for each in document.problems] == ["FormIncomplete"]
    assert figures(document) == [(None, "Sum Wired", "45.00", "USD")]


def test_an_unknown_title_is_told_and_the_figures_kept(tmp_path: Path) -> None:
    document = read_paper(tmp_path, "YARD DIGEST\n\nHeld before: 10.00\nCame in: 5.00\nHeld now: 15.00\n")
    assert [each.code for each in document.problems] == ["PaperUnknown"]
    assert [each[1] for each in figures(document)] == ["Held before", "Came in", "Held now"]


@pytest.mark.parametrize(
    "text",
    [
        "SERVICE AGREEMENT\n\nThis agreement is made between two parties on the first of March.\nEach of them may end it.\nTerm: 12 months\nIt holds.\nNothing else holds besides what stands in these lines.\n",
        "SPRING NEWSLETTER\n\nWelcome to the news from the depot.\nContact: news@example.com\nWe moved 1,200 parcels in March.\n",
    ],
)
def test_prose_is_no_paper_of_labels(tmp_path: Path, text: str) -> None:
    assert not records(read_paper(tmp_path, text), "stated_figure")


def test_a_day_that_can_be_read_in_two_ways_is_the_problem(tmp_path: Path) -> None:
    text = "# CUSTOMER INVOICE\n\nInvoice Number: A-9\nDate: 08/04/2026\nCustomer: Alpha\nTotal: GBP 10.00\n"
    document = read_paper(tmp_path, text, "a.pdf")
    assert [each.code for each in document.problems] == ["DateOrderUndecided"]
    assert records(document, "invoice")[0]["total"] == "10.00"
    assert "date" not in records(document, "invoice")[0]
    april = read_paper(tmp_path, text, "b.pdf", (date(2026, 4, 1), date(2026, 4, 30)))
    assert records(april, "invoice")[0]["date"] == "2026-04-08"
    other = read_paper(tmp_path, text + "Due Date: 26/04/2026\n", "c.pdf")
    assert records(other, "invoice")[0]["date"] == "2026-04-08"


def test_a_statement_of_a_party_with_its_rows(tmp_path: Path) -> None:
    document = read_paper(
        tmp_path,
        """STATEMENT OF ACCOUNT

Supplier: Oak Joinery
Statement Date: 2026-01-31
Statement No: ST-4
Closing Balance: GBP 300.00

Open items
Reference: B-1; Open Amount: GBP 100.00; Status: Open
Reference: B-2; Open Amount: GBP 200.00; Status: Partly
paid
""",
    )
    assert records(document, "party_statement")[0]["closing"] == "300.00"
    assert [
        (each["reference"], each["amount"], each["status"]) for each in records(document, "party_statement_line")
    ] == [
        ("B-1", "100.00", "Open"),
        ("B-2", "200.00", "Partly paid"),
    ]
    assert "bank_transaction" not in document.records


def test_a_row_that_lacks_its_amount_is_a_problem(tmp_path: Path) -> None:
    document = read_paper(
        tmp_path,
        """PAYMENT ADVICE

Advice Number: P-1
Date: 2026-01-31
Amount: 30.00

Allocations
- Reference B-1 | Allocated Amount 10.00 | Status Closed
- Reference B-2 | Allocated Amount | Status Closed
""",
    )
    assert [each["reference"] for each in records(document, "allocation")] == ["B-1"]
    assert document.problem_rows == 1
    assert document.rows_seen == 3


def test_a_form_of_a_type_that_tables_have_stays_one(tmp_path: Path) -> None:
    form = "送货单\n\n送货单号：SH-1\n送货日期：2026-01-05\n客户：甲公司\n送货件数：5\n签收件数：5\n签收人：张三\n"
    assert records(read_paper(tmp_path, form, "a.pdf"), "delivery_note")[0]["note_no"] == "SH-1"
    strange = (
        "DELIVERY NOTE\n\nDelivery Number: D-1\nCustomer: Oak\nVan: V-2\nBilled Amount: $5.00\nCost Basis: $4.00\n"
    )
    assert [each[1] for each in figures(read_paper(tmp_path, strange, "b.pdf"))] == ["Billed Amount", "Cost Basis"]


def test_an_invoice_of_many_lines_over_many_pages(tmp_path: Path) -> None:
    head = "# SUPPLIER INVOICE\nOak Joinery\nInvoice Number: B-400\nBill Date: 2026-02-03\nPage {} of 12\n\n"
    header = "Description\tQuantity\tUnit Price\tAmount\n"
    pages = [
        head.format(page + 1)
        + header
        + "".join(f"Item {at}\t1\t2.50\t2.50\n" for at in range(34 * page, min(400, 34 * page + 34)))
        for page in range(12)
    ]
    document = read_paper(tmp_path, "\f".join(pages) + "\nTotal: 1,000.00\n")
    assert not document.problems
    assert len(records(document, "invoice")) == 1
    assert [each["description"] for each in records(document, "invoice_line")] == [f"Item {at}" for at in range(400)]


def test_labels_in_columns_without_colons(tmp_path: Path) -> None:
    document = read_paper(
        tmp_path, "# PAYMENT ADVICE\n\nAdvice Number\tP-12\nDate\t3 March 2026\nAmount\t$45.00\nReference\tINV-7\n"
    )
    assert records(document, "payment_advice") == [
        {"number": "P-12", "date": "2026-03-03", "amount": "45.00", "reference": "INV-7", "currency": "USD"}
    ]


def test_an_invoice_in_two_currencies_is_told(tmp_path: Path) -> None:
    text = (
        "SUPPLIER INVOICE\n\nSupplier: Oak\nInvoice Number: B-1\nDate: 2026-01-05\nSubtotal: $80.00\nTotal: EUR 75.00\n"
    )
    assert [each.code for each in read_paper(tmp_path, text).problems] == ["CurrenciesDiffer"]


@pytest.mark.parametrize("title", ["PAYMENT ADVICE", "Credit Note", "付款通知"])
def test_a_table_under_the_title_of_another_paper_is_no_statement(tmp_path: Path, title: str) -> None:
    rows = (
        "Date\tDescription\tAmount\tBalance\n2026-01-05\tBill one\t10.00\t10.00\n2026-01-06\tBill two\t20.00\t30.00\n"
    )
    document = read_paper(tmp_path, f"# {title}\n\n{rows}")
    assert "bank_transaction" not in document.records
    assert document.problems
    assert "bank_transaction" in read_paper(tmp_path, f"# BANK STATEMENT\n\n{rows}", "b.pdf").records


@pytest.mark.parametrize(
    "row",
    [
        "- Reference QRS-0003 | Document Type Open item | Amount GBP 70.00 | Status Unpaid",
        "- Document Type Open item | Reference QRS-0003 | Amount GBP 70.00",
        "- Reference QRS-0003 | Invoice Category Trade | Open Amount GBP 70.00",
        "- Reference QRS-0003 | Invoice Status Not yet paid | Amount GBP 70.00",
        "- 单据类型 未结 | 参考号 QRS-0003 | 金额 70.00",
    ],
)
def test_words_behind_a_longer_label_are_no_number(tmp_path: Path, row: str) -> None:
    head = "VENDOR STATEMENT\n\nStatement Number: S-1\nVendor: Alder Mills\nDate: 2026-03-31\nClosing Balance: 70.00\n\nLines\n"
    document = read_paper(tmp_path, head + row + "\n")
    assert [(each["reference"], each["amount"]) for each in records(document, "party_statement_line")] == [
        ("QRS-0003", "70.00")
    ]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (["Unit D-404 | Tenant A. Khan | Amount $900.00"], [("Amount", "900.00")]),
        (["Unit 404 | Tenant A. Khan | Amount $900.00", "Unit 12 | Tenant B. Ruiz | Amount $80.00"], [("Amount", "900.00"), ("Amount", "80.00")]),
        (["Room C-7 | Fee $15.00"], [("Fee", "15.00")]),
        (["车位 12 | 租金 ￥900.00"], [("租金", "900.00")]),
        (["Room $120.00 | Breakfast $15.00", "Room 95 | Breakfast $9.50"], [("Room", "120.00"), ("Breakfast", "15.00"), ("Room", "95.00"), ("Breakfast", "9.50")]),
    ],
)  # fmt: skip
def test_a_number_that_names_a_place_is_no_amount(
    tmp_path: Path, rows: list[str], expected: list[tuple[str, str]]
) -> None:
    text = "RENT ROLL\n\nRoll Number: R-1\nProperty: Alder Court\n\nRows\n" + "".join(f"- {row}\n" for row in rows)
    assert [each[1:3] for each in figures(read_paper(tmp_path, text))] == expected
