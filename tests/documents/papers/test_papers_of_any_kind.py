"""What lies among papers: a contract, a newsletter, an invoice of many lines, two on a page, two currencies, words for a
total. Each is read for what it is, or left alone with its kind named."""

from __future__ import annotations

from pathlib import Path

import pytest
from paper_samples import figures, read_paper, records

from auditor.documents.model import ReadDocument

CLAUSE = (
    "The mill grinds the grain that the farmer brings and keeps the bran as its pay.\n"
    "Neither side is bound before both have signed, and notice is given by letter.\n"
)
HEAD = "SUPPLIER INVOICE\n\nInvoice Number: {}\nDate: 2026-03-05\nSupplier: Weir Mill\n"


def named(document: ReadDocument) -> list[str]:
    return [each.paper for each in document.remarks if each.paper]


def test_a_contract_of_thirty_pages_is_named_and_left_alone(tmp_path: Path) -> None:
    pages = [f"GRINDING AGREEMENT\n\n{at}. Fees\n{CLAUSE * 3}The fee is 12.50 GBP for each sack.\n" for at in range(1, 31)]
    document = read_paper(tmp_path, "\f".join(pages))
    assert document.status.value == "ignored" and document.problems == ()
    assert named(document) == ["GRINDING AGREEMENT"]
    assert sum(each.count for each in document.ignored) == document.rows_seen > 200


@pytest.mark.parametrize(
    "text",
    [
        "# RIVER NOTES\n\nThe footbridge opens again on 4 May 2026 after the flood of last winter.\n"
        "Tickets for the regatta cost 4.50 and are sold at the boathouse from Monday on.\n"
        "We thank all who helped to carry the sandbags in the nights of February.\n",
        "# 河边通讯\n\n步行桥将于五月重新开放，欢迎各位邻居前来参加当天上午的开放活动。\n"
        "感谢所有在二月的夜里帮忙搬运沙袋的志愿者，没有你们就没有今天的成果。\n"
        "划船比赛的门票每张四元五角，从下周一起在船屋售票处和社区中心出售。\n",
    ],
)
def test_a_newsletter_is_no_problem(tmp_path: Path, text: str) -> None:
    document = read_paper(tmp_path, text)
    assert (document.status.value, document.problems, len(named(document))) == ("ignored", (), 1)


def test_sentences_above_a_table_that_nobody_knows_hide_nothing(tmp_path: Path) -> None:
    rows = "".join(f"Sack {at}\t2026-05-{at:02}\t{at * 7}.50\n" for at in range(1, 13))
    document = read_paper(tmp_path, f"GRINDING AGREEMENT\n\n{CLAUSE}Zorp\tQuim\tBrack\n{rows}")
    assert document.status.value != "ignored"


def test_a_delivery_note_without_figures(tmp_path: Path) -> None:
    document = read_paper(tmp_path, "DELIVERY NOTE\n\nDelivery Number: D-8\nCustomer: Weir Mill\nCarrier: own cart\n")
    assert (document.status.value, named(document)) == ("read", ["DELIVERY NOTE"])


def test_four_hundred_lines_over_twelve_pages(tmp_path: Path) -> None:
    lines = [f"Sack {at}\t2\t{at}.25\t{2 * at}.50\n" for at in range(1, 401)]
    header = "Description\tQuantity\tUnit Price\tAmount\n"
    pages = [header + "".join(lines[at : at + 34]) for at in range(0, 400, 34)]
    pages[0] = HEAD.format("L-400") + "Currency: GBP\n\n" + pages[0]
    pages[-1] += "\nTotal: 160,400.00\n"
    document = read_paper(tmp_path, "\f".join(pages))
    assert len(records(document, "invoice_line")) == 400
    assert records(document, "invoice")[0]["total"] == "160400.00" and document.problems == ()


def test_two_invoices_on_one_page_of_which_one_is_wrong(tmp_path: Path) -> None:
    second = HEAD.format("T-2") + "Subtotal: GBP 50.00\nTax Amount: GBP 10.00\nTotal: GBP 61.00\n"
    document = read_paper(tmp_path, HEAD.format("T-1") + "Total: GBP 120.00\n\n" + second)
    assert [(each["invoice_no"], each["total"]) for each in records(document, "invoice")] == [
        ("T-1", "120.00"),
        ("T-2", "61.00"),
    ]


def test_an_invoice_in_one_currency_that_states_its_worth_in_another(tmp_path: Path) -> None:
    amounts = "Subtotal: EUR 100.00\nTax Amount: EUR 20.00\nTotal: EUR 120.00\nTotal in GBP: GBP 103.20\n"
    document = read_paper(tmp_path, HEAD.format("C-1") + amounts)
    (invoice,) = records(document, "invoice")
    assert (invoice["total"], invoice["currency"]) == ("120.00", "EUR")
    assert figures(document)[-1][-1] == "GBP"


def test_a_line_that_takes_back(tmp_path: Path) -> None:
    rows = "\nLines:\n- Description Oats | Amount GBP 100.00\n- Description Wet oats | Amount GBP -20.00\n"
    document = read_paper(tmp_path, HEAD.format("N-1") + "Total: GBP 80.00\n" + rows)
    assert [each["amount"] for each in records(document, "invoice_line")] == ["100.00", "-20.00"]


@pytest.mark.parametrize(
    ("text", "total"),
    [
        (HEAD.format("W-1") + "Total: one hundred and twenty pounds only\n", "120.00"),
        ("供应商发票\n\n发票号码：W-2\n日期：2026-03-05\n供应商：水车磨坊\n合计：壹佰贰拾元整\n", "120.00"),
    ],
)
def test_a_total_in_words_only(tmp_path: Path, text: str, total: str) -> None:
    document = read_paper(tmp_path, text)
    assert records(document, "invoice")[0]["total"] == total and document.problems == ()


def test_a_total_in_words_that_are_no_amount_is_a_problem(tmp_path: Path) -> None:
    document = read_paper(tmp_path, HEAD.format("W-3") + "Total: as agreed between us\n")
    assert not records(document, "invoice") and [each.code for each in document.problems] == ["FormIncomplete"]
