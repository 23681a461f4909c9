"""Receipts of shops and invoices without a layout: what is read of lines with amounts at their ends, and what is not."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from auditor.documents import read as reading
from auditor.documents.collect import collect
from auditor.documents.model import ReadDocument, Status
from auditor.documents.pages import Box, ReadPages, Word, WordPage
from auditor.documents.sale_papers.amounts import split_amount
from auditor.documents.sale_papers.labels import sale_labels

HEIGHT, STEP = 10.0, 14.0
TILL = 180.0  # points: the width of the print of a till

SHOP = """
BRIGHTWELL STORES LTD
22 Harbour Street
Receipt No: BW-20417
Date: 14/08/2025 10:22
Tea 80 bags|3.20
Rye bread|1.85
Oat milk 1L|2.10
Subtotal|£7.15
VAT 20%|£1.43
TOTAL|£8.58
CASH|£10.00
CHANGE|£1.42
"""


def page(text: str, x: float = 20.0, width: float = TILL, number: int = 1) -> list[Word]:
    """The words of lines; what stands behind a bar ends at the right edge, further bars part columns before it."""
    made = []
    for at, line in enumerate(text.strip("\n").split("\n")):
        pieces = line.split("|")
        for column, piece in enumerate(pieces):
            size = 5.2 * len(piece) if piece.isascii() else 9.5 * len(piece)
            left = x + column * width / max(1, len(pieces) - 1)
            left = x + width - size if column and column == len(pieces) - 1 else left
            top = 20.0 + STEP * at
            if piece:
                box = Box(number, left, top, left + size, top + HEIGHT, 99)
                made.append(Word(piece, box, "ocr", 99))
    return made


def read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: Sequence[Word], size: tuple[float, float] = (600, 840)
) -> ReadDocument:
    (tmp_path / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(40))
    pages = [WordPage(1, *size, tuple(words), (), (), "a recogniser 1.0, models 0123456789ab")]
    monkeypatch.setattr(reading, "read_pages", lambda source, passwords: ReadPages("image", pages))
    return reading.read_document(collect(tmp_path)[0])


def only(document: ReadDocument, record: str) -> dict[str, Any]:
    (found,) = document.as_dict()["records"][record]
    return dict(found)


def fields(record: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in record.items() if name != "_source"}


def test_a_receipt_is_read_and_its_total_is_borne_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    document = read(tmp_path, monkeypatch, page(SHOP))
    assert document.status is Status.READ
    receipt = only(document, "receipt_slip")
    assert fields(receipt) == {
        "number": "BW-20417",
        "date": "2025-08-14",
        "party": "BRIGHTWELL STORES LTD",
        "net": "7.15",
        "tax": "1.43",
        "total": "8.58",
        "currency": "GBP",
    }
    assert receipt["_source"]["proved"] == ["net", "tax", "total"]
    lines = document.as_dict()["records"]["invoice_line"]
    assert [each["amount"] for each in lines] == ["3.20", "1.85", "2.10"]


def test_a_misread_total_is_never_proved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    receipt = only(read(tmp_path, monkeypatch, page(SHOP.replace("£8.58", "£8.53"))), "receipt_slip")
    assert "total" not in receipt["_source"].get("proved", ())


def test_two_totals_that_nothing_decides_between_are_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "RECEIPT\nReceipt No: 40017\nDate: 2025-08-14\nTotal|12.00\nGrand total|15.00"
    document = read(tmp_path, monkeypatch, page(text))
    assert document.as_dict()["records"] == {}
    assert [problem.code for problem in document.problems] == ["FormIncomplete"]


def test_two_receipts_on_one_page_are_two(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = (
        SHOP.replace("BW-20417", "BW-20418").replace("8.58", "9.58").replace("7.15", "8.15").replace("10.00", "11.00")
    )
    words = [*page(SHOP), *page(other, x=300.0)]
    found = read(tmp_path, monkeypatch, words).as_dict()["records"]["receipt_slip"]
    assert [(each["number"], each["total"]) for each in found] == [("BW-20417", "8.58"), ("BW-20418", "9.58")]


@pytest.mark.parametrize(
    "text",
    [
        SHOP.replace("22 Harbour Street", "DELIVERY NOTE"),
        SHOP.replace("22 Harbour Street", "Quotation"),
        "STATEMENT OF ACCOUNT\nDate: 2025-08-14\nSubtotal|7.15\nTax|1.43\nTotal|8.58",
        "Notes of a walk\nDate: 2025-08-14\nHills|3.20\nDales|1.85",
    ],
)
def test_other_papers_are_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    records = read(tmp_path, monkeypatch, page(text)).as_dict()["records"]
    assert not {"receipt_slip", "invoice"} & set(records)


INVOICES = {
    "de": (
        "Nordlicht Werkzeuge GmbH\nRechnung\nRechnungsnr.: R-2024-118|Datum: 7. Mai 2024\nPos.|Beschreibung|Betrag\n"
        "1|Bohrer Satz|1.250,00\n2|Versandkiste|80,50\nNettobetrag||1.330,50\nMwSt 19 %||252,80\nGesamtbetrag EUR||1.583,30",
        {"invoice_no": "R-2024-118", "date": "2024-05-07", "net": "1330.50", "tax": "252.80", "total": "1583.30", "currency": "EUR"},
    ),
    "fr": (
        "Ateliers Morel SARL\nFACTURE\nFacture n° : F-0187|Date : 14 mars 2023\nDésignation|Qté|Total\n"
        "Porte|3|1 236,00 €\nPose|1|380,00 €\nTotal HT||1 616,00 €\nTVA 20 %||323,20 €\nTotal TTC||1 939,20 €",
        {"invoice_no": "F-0187", "date": "2023-03-14", "net": "1616.00", "tax": "323.20", "total": "1939.20", "currency": "EUR"},
    ),
    "ja": (
        "東和機械株式会社\n請求書\n請求書番号：K20417|発行日：2024年3月8日\n品名|数量|金額\n部品|2|12,000\n"
        "小計||12,000\n消費税||1,200\n合計金額||¥13,200\nお支払いはお早めに",
        {"invoice_no": "K20417", "date": "2024-03-08", "net": "12000.00", "tax": "1200.00", "total": "13200.00", "currency": "JPY"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("language", sorted(INVOICES))
def test_invoices_of_other_countries(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str) -> None:
    text, expected = INVOICES[language]
    invoice = only(read(tmp_path, monkeypatch, page(text, width=520.0)), "invoice")
    assert {name: invoice.get(name) for name in expected} == expected
    assert {"net", "tax", "total"} <= set(invoice["_source"]["proved"])


def test_the_order_of_day_and_month_is_that_of_the_country(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    states = (
        SHOP.replace("22 Harbour Street", "Springfield, IL 62701").replace("£", "$").replace("14/08/2025", "8/4/2025")
    )
    receipt = only(read(tmp_path, monkeypatch, page(states)), "receipt_slip")
    assert (receipt["date"], receipt["currency"]) == ("2025-08-04", "USD")


def test_a_day_that_can_be_read_in_two_ways_is_a_question(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    nowhere = SHOP.replace("£", "").replace("14/08/2025", "8/4/2025")
    document = read(tmp_path, monkeypatch, page(nowhere))
    assert "date" not in only(document, "receipt_slip")
    assert "DateOrderUndecided" in {problem.code for problem in document.problems}


@pytest.mark.parametrize(
    ("text", "before", "value"),
    [
        ("TOTAL $1,203.39", "TOTAL", "1203.39"),
        ("TOTAL$12.00", "TOTAL", "12.00"),
        ("Summe 1.234,50 €", "Summe", "1234.50"),
        ("36,000", "", "36000"),
        ("Total HT 1 616,00 €", "Total HT", "1616.00"),
        ("12.50 SR", "", "12.50"),
        ("Discount (5.00)", "Discount", "-5.00"),
        ("1,203 .39", "", "1203.39"),
    ],
)
def test_the_amount_at_the_end_of_a_text(text: str, before: str, value: str) -> None:
    split = split_amount(text, [Word(text, Box(1, 0, 0, 10, 10))])
    assert split is not None
    assert (split[0], str(split[1].value)) == (before, value)


@pytest.mark.parametrize("text", ["INV-100", "11/23/2024", "Tel. 0800:4711", "abc"])
def test_what_is_no_amount(text: str) -> None:
    split = split_amount(text, [Word(text, Box(1, 0, 0, 10, 10))])
    assert split is None or not split[1].is_money


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("Sales Tax (8.5%)", "tax"),
        ("Total (Excluding GST):", "net"),
        ("Total (Inclusive of GST)", "total"),
        ("TOTAL (RM)", "total"),
        ("總計 Total HK$", "total"),
        ("合计（元）", "total"),
        ("Total Qty", None),
        ("Total points", None),
    ],
)
def test_labels_whatever_stands_around_them(label: str, kind: str | None) -> None:
    assert sale_labels().kind(label) == kind
