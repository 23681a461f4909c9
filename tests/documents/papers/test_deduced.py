"""Fields that no word of a label names: told by figures, by their order, or since nothing else is left."""

from __future__ import annotations

from pathlib import Path

import pytest
from paper_samples import read_paper, records

HEAD = "SALES INVOICE\n\nInvoice Number: S-7\nDate: 2026-04-14\n"


@pytest.mark.parametrize(
    ("text", "net", "total"),
    [
        ("Subtotal: $100.00\nTax Amount: $20.00\nQuimby: $120.00\n", "100.00", "120.00"),
        ("Quimby: $100.00\nTax Amount: $20.00\nBrack: $120.00\n", "100.00", "120.00"),
        ("Quimby: $100.00\nTax Amount: $20.00\nBrack: $190.00\n", "100.00", "190.00"),  # wrong, and told by its place
        ("不含税小计: 100.00\n税额: 20.00\n合计金额: 120.00\n", "100.00", "120.00"),
    ],
)
def test_net_and_total(tmp_path: Path, text: str, net: str, total: str) -> None:
    document = read_paper(tmp_path, HEAD + text)
    (invoice,) = records(document, "invoice")
    assert (invoice["net"], invoice["total"]) == (net, total)
    assert any("no word of the label says so" in each.text.en for each in document.remarks)


def test_two_figures_that_may_be_meant_are_none(tmp_path: Path) -> None:
    document = read_paper(tmp_path, HEAD + "Subtotal: $100.00\nQuimby: $130.00\nBrack: $145.00\n")
    assert not records(document, "invoice")
    assert [each.code for each in document.problems] == ["FormIncomplete"]


def test_a_copy_whose_numbers_nobody_names(tmp_path: Path) -> None:
    document = read_paper(tmp_path, "SECONDARY COPY\n\nCopy mark: CP-1\nTaken over from: B-9\nTotal: $70.00\n")
    (copy,) = records(document, "document_copy")
    assert (copy["number"], copy["source"]) == ("CP-1", "B-9")


def test_a_number_that_its_label_says_in_part(tmp_path: Path) -> None:
    document = read_paper(tmp_path, HEAD + "Exemption no.: EX-5\nTotal: $120.00\n")
    (invoice,) = records(document, "invoice")
    assert (invoice["invoice_no"], invoice["certificate"]) == ("S-7", "EX-5")


@pytest.mark.parametrize("label", ["Our ref.", "Quimby"])
def test_the_reference_of_a_transfer_that_alone_is_left(tmp_path: Path, label: str) -> None:
    text = f"TRANSFER ADVICE\n\nTransfer Number: TR-1\n{label}: BK-9\nAmount: $70.00\nTransfer Date: 2026-04-14\n"
    (transfer,) = records(read_paper(tmp_path, text), "transfer_advice")
    assert (transfer["number"], transfer["reference"]) == ("TR-1", "BK-9")


@pytest.mark.parametrize(
    ("amounts", "found"),
    [
        ("Brack: GBP 860.00\n", "860.00"),  # what 1,000 × 0.8 gives but for a mistake
        ("Brack: GBP 860.00\nQuimby: GBP 870.00\n", None),  # two may be meant
        ("Brack: GBP 60.00\n", None),  # a fee
    ],
)
def test_an_amount_near_source_and_rate(tmp_path: Path, amounts: str, found: str | None) -> None:
    text = "EXCHANGE RATE NOTICE\n\nNotice Number: RN-1\nDate: 2026-04-14\nSource Amount: USD 1,000.00\nExchange Rate: 0.8000\n"
    (notice,) = records(read_paper(tmp_path, text + amounts), "rate_notice")
    assert notice.get("functional_amount") == found


def test_the_number_of_the_paper_stands_before_that_of_its_file(tmp_path: Path) -> None:
    text = "调账单\n\n参考栏\n------\n单据编号：F-18\n\n更正摘要\n------\n备忘录编号：TZ-3\n原参考号：SJ-2\n日期：2026-04-14\n金额：80.00\n"
    (memo,) = records(read_paper(tmp_path, text), "correction_memo")
    assert (memo["number"], memo["original"], memo["amount"]) == ("TZ-3", "SJ-2", "80.00")
