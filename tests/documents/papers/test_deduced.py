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
