"""Real pictures, each with a truth file: what is read is what is written, or it is said to be doubtful."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from auditor.documents.collect import document_at
from auditor.documents.read import read_document

pytest.importorskip("rapidocr", reason="reading pictures takes the extra `ocr`")

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"
pytestmark = pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus is not beside the checkout")


def shown(name: str) -> dict[str, Any]:
    return read_document(document_at(CORPUS / name)).as_dict()


def allowed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def test_an_invoice_is_read_and_what_is_doubtful_is_said() -> None:
    truth = json.loads((CORPUS / "invoice/vat-special-specimen.jpg.truth.json").read_text("utf-8"))
    (record,) = shown("invoice/vat-special-specimen.jpg")["records"]["invoice"]
    fields = truth["expect"]["fields"]
    wrong = {name: record[name] for name in fields if name in record and record[name] not in allowed(fields[name])}
    assert wrong == {"tax_rate": "17.00"}  # the same as 17%
    assert set(record["_source"]["proved"]) >= {"net", "tax", "total", "words"}
    assert {"invoice_code", "invoice_no", "date", "seller", "seller_tax_id", "buyer", "buyer_tax_id"} <= set(record)


def test_a_photographed_receipt_of_a_shop_is_read_with_its_lines() -> None:
    truth = json.loads((CORPUS / "receipt/paper-photo.png.truth.json").read_text("utf-8"))["expect"]
    records = shown("receipt/paper-photo.png")["records"]
    (receipt,) = records["receipt_slip"]
    names = {"seller": "party"}
    right = {name: receipt.get(names.get(name, name)) in allowed(value) for name, value in truth["fields"].items()}
    assert right == dict.fromkeys(truth["fields"], True)
    assert {"net", "tax", "total"} <= set(receipt["_source"]["proved"])
    assert [each["amount"] for each in records["invoice_line"]] == [each["net"] for each in truth["lines"]["rows_detail"]]


def test_what_is_no_known_form_gives_no_record() -> None:
    document = shown("form/account-summary-blank.jpg")
    assert (document["status"], document["records"]) == ("not recognised", {})
