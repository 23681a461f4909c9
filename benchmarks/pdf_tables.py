"""Text PDF of 50 ruled pages to cells: this reader against pdfplumber's `extract_tables`, the same cells.

    python benchmarks/pdf_tables.py [PAGES]

Prints how many times as fast this reader is: each side's best of three runs taken in turn, every cell compared.
"""

from __future__ import annotations

import io
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pdfplumber

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from auditor.documents.grids.page_tables import tables
from auditor.documents.pages import WordPage
from auditor.documents.readers.pdf import read

PAGES = 50
ROWS = 45
RUNS = 3
HEADER = ("序号", "日期", "清单号", "运单号", "客户", "服务商", "件数", "计费重", "单价", "合计")
CUSTOMERS = ("深圳市恒昌电子有限公司", "东莞市百利塑胶制品有限公司", "广州市雅织服饰有限公司", "佛山市顺锦家居有限公司")
PROVIDERS = ("顺途速运", "中外联航空货运", "宏海船务", "粤通专线物流")
WIDTHS = (28, 52, 66, 70, 128, 70, 28, 42, 38, 52)

Cells = list[list[str]]


def cells_of_page(page: int) -> Cells:
    """The header and the rows of one page, without random numbers."""
    rows = [list(HEADER)]
    for at in range(ROWS):
        i = page * ROWS + at
        rate, weight = f"{4 + i % 30}.{(7 * i) % 100:02d}", f"{1 + (13 * i) % 400}.{i % 10}"
        rows.append(
            [
                str(i + 1),
                f"2026-10-{1 + i % 31:02d}",
                f"SH26-{4001 + i:06d}",
                f"ST2610{i:06d}",
                CUSTOMERS[i % len(CUSTOMERS)],
                PROVIDERS[(3 * i) % len(PROVIDERS)],
                str(1 + (7 * i) % 9),
                weight,
                rate,
                f"{(31 * i) % 9},{(577 * i) % 1000:03d}.{(19 * i) % 100:02d}",
            ]
        )
    return rows


def ruled_pdf(pages: int) -> bytes:
    """A PDF with one plain ruled table on each page, in a Chinese font."""
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas
    from reportlab.platypus import Table, TableStyle

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=1)
    style = TableStyle(
        [
            ("FONT", (0, 0), (-1, -1), "STSong-Light", 7.5),
            ("GRID", (0, 0), (-1, -1), 0.5, "black"),
            ("ALIGN", (6, 1), (-1, -1), "RIGHT"),
            ("LEFTPADDING", (0, 0), (-1, -1), 2),
            ("RIGHTPADDING", (0, 0), (-1, -1), 2),
        ]
    )
    for page in range(pages):
        table = Table(cells_of_page(page), colWidths=WIDTHS, rowHeights=16, style=style)
        table.wrapOn(canvas, 0, 0)
        table.drawOn(canvas, 10, 60)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def ours(data: bytes) -> Cells:
    """The cells as this project reads them: one grid over all pages."""
    pages = [page for page in read(data).pages if isinstance(page, WordPage)]
    grid = tables(pages, HEADER)[0]
    return [[cell or "" for cell in row] for row in grid.head(grid.rows)]


def theirs(data: bytes) -> Cells:
    """The cells as pdfplumber reads them."""
    with pdfplumber.open(io.BytesIO(data)) as document:
        found = [table for page in document.pages for table in page.extract_tables()]
    return [[cell or "" for cell in row] for table in found for row in table]


def seconds(read_cells: Callable[[bytes], Cells], data: bytes) -> tuple[float, Cells]:
    """One run: wall time in seconds, and what was read."""
    start = time.perf_counter()
    cells = read_cells(data)
    return time.perf_counter() - start, cells


def main(pages: int = PAGES) -> float:
    """Runs both in turn, compares the cells, prints the ratio and returns it."""
    expected = [row for page in range(pages) for row in cells_of_page(page)]
    data = ruled_pdf(pages)
    for warm in (ours, theirs):
        warm(ruled_pdf(1))
    best = {ours: float("inf"), theirs: float("inf")}
    for _ in range(RUNS):
        for side in best:
            spent, cells = seconds(side, data)
            if cells != expected:
                wrong = next((pair for pair in zip(cells, expected, strict=False) if pair[0] != pair[1]), None)
                raise SystemExit(f"{side.__name__}: {len(cells)} rows of {len(expected)}; first difference {wrong}")
            best[side] = min(best[side], spent)
    ratio = best[theirs] / best[ours]
    print(
        f"{pages} ruled pages, {len(expected)} rows, {len(HEADER)} columns, the same cells: "
        f"auditor {best[ours]:.2f} s, pdfplumber {best[theirs]:.2f} s, {ratio:.1f} times as fast (target: at least 5)"
    )
    return ratio


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else PAGES)
