"""`make_month.py --scans`: the papers that become pictures read as what they were."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

pytest.importorskip("rapidocr", reason="reading pictures takes the extra `ocr`")

from month.write.scans import Scans, scanned, with_scans

from auditor.documents.collect import document_at
from auditor.documents.read import read_document

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
BOOK = SAMPLES / "jieyuan-2026-10" / "10收据+登记簿" / "收据-第65本.pdf"


def first_page() -> bytes:
    made, stream = pypdfium2.PdfDocument.new(), BytesIO()
    made.import_pages(pypdfium2.PdfDocument(BOOK), [0])
    made.save(stream)
    return stream.getvalue()


def receipts(folder: Path, data: bytes) -> tuple[list[dict[str, Any]], list[str]]:
    path = folder / "book.pdf"
    path.write_bytes(data)
    document = read_document(document_at(path))
    shown = document.as_dict()["records"].get("receipt", [])
    return [{name: value for name, value in each.items() if name != "_source"} for each in shown], [
        problem.code for problem in document.problems
    ]


def test_a_page_of_receipts_reads_as_a_scan_as_it_does_in_print(tmp_path: Path) -> None:
    printed, _ = receipts(tmp_path, first_page())
    found, problems = receipts(tmp_path, scanned(first_page()))
    if problems == ["ScanWithoutText"] or (not found and printed):
        pytest.skip("this machine has no font with ideographs to paint the page with")
    names = ("receipt_no", "date", "payer", "amount", "words", "status")
    assert [{name: each.get(name) for name in names} for each in found] == [
        {name: each.get(name) for name in names} for each in printed
    ]


def test_the_same_page_gives_the_same_scan() -> None:
    assert scanned(first_page()) == scanned(first_page())


@pytest.mark.parametrize(("scans", "changed"), [(Scans.NONE, []), (Scans.SOME, ["10收据+登记簿/收据-第65本.pdf"])])
def test_which_papers_are_scans(scans: Scans, changed: list[str]) -> None:
    files = {"10收据+登记簿/收据-第65本.pdf": first_page(), "08网银/a.csv": b"1", "10收据+登记簿/收据-第64本.pdf": b"2"}
    assert [path for path, data in with_scans(files, scans).items() if data != files[path]] == changed
