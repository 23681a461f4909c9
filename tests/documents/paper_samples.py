"""Labelled papers as small PDFs: a line of text for each line, a blank line where a line is empty, a page after `\\f`."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from pdf_samples import FONT, pdf

from auditor.documents.collect import collect_file
from auditor.documents.model import ReadDocument, record_dicts
from auditor.documents.read import ReadOptions, read_document

STEP, SIZE, LEFT = 14, 10, 60


def paper(text: str) -> bytes:
    """A PDF of a text. `# ` before a line prints it larger; a tab parts what stands in columns."""

    def draw(lines: list[str]) -> Any:
        def on(canvas: Any) -> None:
            y = 800
            for line in lines:
                size = 15 if line.startswith("# ") else SIZE
                canvas.setFont(FONT, size)
                for at, piece in enumerate(line.removeprefix("# ").split("\t")):
                    canvas.drawString(LEFT + 130 * at, y, piece)
                y -= STEP

        return on

    return pdf(*(draw(page.strip("\n").split("\n")) for page in text.split("\f")))


def read_paper(
    folder: Path,
    text: str,
    name: str = "D001.pdf",
    period: tuple[date, date] | None = (date(2026, 1, 1), date(2026, 12, 31)),
) -> ReadDocument:
    """The document of a paper."""
    path = folder / name
    path.write_bytes(paper(text))
    (source,) = collect_file(path)
    return read_document(source, options=ReadOptions(period=period))


def records(document: ReadDocument, record: str) -> list[dict[str, Any]]:
    """The records of one type, without their source."""
    table = document.records.get(record)
    if table is None:
        return []
    return [{name: value for name, value in each.items() if name != "_source"} for each in record_dicts(table)]


def figures(document: ReadDocument) -> list[tuple[Any, ...]]:
    """Row, label, amount or rate, and currency of every figure that is kept."""
    return [
        (each.get("row"), each["label"], each.get("amount") or f"{each['rate']}%", each.get("currency"))
        for each in records(document, "stated_figure")
    ]
