"""The days of papers in a folder: what one leaves open, the other papers of its issuer tell."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
from paper_samples import paper

from auditor.audit.documents import read_folder
from auditor.audit.progress import Silent
from auditor.audit.settings import load_settings
from auditor.documents.model import ReadDocument, record_dicts

INVOICE = """# CUSTOMER INVOICE

From
{issuer}
Date: {day}

Invoice
Invoice Number: {number}
Customer: Alder Hotels
Total: GBP 10.00
"""


def folder_of(folder: Path, *papers: tuple[str, str]) -> dict[str, ReadDocument]:
    (folder / "audit.yaml").write_text("entity: Lowfield Mills\nperiod: 2026-01-01..2026-12-31\ncurrency: GBP\n")
    for at, (issuer, day) in enumerate(papers, 1):
        text = INVOICE.format(issuer=issuer, day=day, number=f"A-{at}")
        (folder / f"D00{at}.pdf").write_bytes(paper(text))
    settings = load_settings(folder)
    found = read_folder(folder, settings, Silent(), 1, None)
    return {each.path: each for each in found}


def day_of(document: ReadDocument) -> str | None:
    table: pa.Table = document.records["invoice"]
    day: str | None = record_dicts(table)[0].get("date")
    return day


def test_the_same_issuer_tells(tmp_path: Path) -> None:
    found = folder_of(tmp_path, ("Lowfield Mills", "08/04/2026"), ("Lowfield Mills", "26/02/2026"))
    assert day_of(found["D001.pdf"]) == "2026-04-08"
    assert any("day first" in each.text.en for each in found["D001.pdf"].remarks)


def test_month_first_is_told_the_same_way(tmp_path: Path) -> None:
    found = folder_of(tmp_path, ("Lowfield Mills", "08/04/2026"), ("Lowfield Mills", "02/26/2026"))
    assert day_of(found["D001.pdf"]) == "2026-08-04"


def test_another_issuer_tells_nothing(tmp_path: Path) -> None:
    found = folder_of(tmp_path, ("Lowfield Mills", "08/04/2026"), ("Oak Joinery", "26/02/2026"))
    assert day_of(found["D001.pdf"]) is None
    assert [each.code for each in found["D001.pdf"].problems] == ["DateOrderUndecided"]
