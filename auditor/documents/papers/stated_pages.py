"""Papers that are data (an invoice in XML), and whether the pages beside them show the same."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from auditor.documents.context import Context
from auditor.documents.errors import PageDiffersFromData
from auditor.documents.forms.records import FormValue
from auditor.documents.grids.lines import line_text
from auditor.documents.model import Ignored, Proof, ProofStatus
from auditor.documents.pages import Box, StatedPage, WordPage
from auditor.documents.papers.model import Block, Entry, Paper, PaperRow
from auditor.documents.papers.printed_lines import printed_lines
from auditor.documents.papers.reading import PapersRead, read_one
from auditor.documents.papers.titles import PaperKind
from auditor.errors import Place
from auditor.languages import Text
from auditor.values.money import parse_money
from auditor.values.text import folded

_NAME = "data and page"
_SHOWN = Text("the pages show the invoice that the file holds as data", "版面所示即文件内电子数据所载发票")
_FIGURE = re.compile(r"\d[\d.,'’\s]*")
_HELD = ("invoice_no", "number", "net", "tax", "total")  # fields that the pages must show


def read_stated(context: Context, pages: Sequence[StatedPage], shown: Sequence[WordPage]) -> PapersRead:
    """The records and figures of papers that are data. The pages that show them are left out; where they show another
    number or amount, that is a broken proof and a problem: what people see is what they sign."""
    found = PapersRead()
    plain = replace(context, declared=replace(context.declared, decimal=".", date_order=None))
    for page in pages:
        read_one(plain, _paper(page), PaperKind(page.record, page.title, True), found)
    if shown:
        found.ignored += [Ignored(str(Place(context.path, None, None, "page 1")), _SHOWN, len(shown))]
        _compare(context, shown, found)
    return found


def _paper(page: StatedPage) -> Paper:
    box = Box(page.number, 0.0, 0.0, 0.0, 0.0)

    def entries(pairs: Sequence[tuple[str, str]]) -> list[Entry]:
        return [Entry(label, FormValue(text, box, "data"), box) for label, text in pairs]

    def rows(lines: Sequence[Sequence[tuple[str, str]]]) -> list[PaperRow]:
        return [PaperRow(tuple(entries(line)), box, "\t".join(text for _, text in line)) for line in lines]

    blocks = [Block("", entries(page.stated)), Block("Lines", rows=rows(page.lines))]
    blocks.append(Block("Charged besides or taken off", rows=rows(page.besides), besides=True))
    raw = [page.title, *(f"{label}: {text}" for label, text in page.stated)]
    made = [block for block in blocks if block.entries or block.rows]
    return Paper(page.title, box, made, raw, {page.number}, mark=".")


def _compare(context: Context, shown: Sequence[WordPage], found: PapersRead) -> None:
    """Hold number and amounts of the data against what stands on the pages."""
    texts = [folded(line_text([word.text for word in line.words])) for line in printed_lines(shown)]
    whole = "".join("".join(texts).split()).upper()
    amounts = {amount for text in texts for amount in _amounts(text)}
    absent: list[tuple[str, str]] = []
    held = 0
    for record, result in found.forms:
        table = result.tables.get(record)
        for name in _HELD:
            values = table.column(name).to_pylist() if table is not None and name in table.column_names else []
            for value in values:
                seen = value in amounts if isinstance(value, Decimal) else str(value).upper() in whole
                held += value is not None
                if value is not None and not seen:
                    absent.append((name, f"{value:,.2f}" if isinstance(value, Decimal) else str(value)))
    status = ProofStatus.BROKEN if absent else ProofStatus.HOLDS if held else ProofStatus.NOT_POSSIBLE
    count = len(absent) if absent else held
    detail = Text(
        f"{count} of the data {'do not stand' if absent else 'stand'} on the pages",
        f"电子数据中 {count} 项{'未见于版面' if absent else '与版面一致'}",
    )
    found.proofs.append(Proof(_NAME, status, context.path, detail))
    if absent:
        told = ", ".join(text for _, text in absent)
        found.problems.append(PageDiffersFromData(Place(context.path), told))


def _amounts(text: str) -> set[Decimal]:
    """All that the figures of a line may be as amounts, with either decimal mark."""
    readings = (
        parse_money(piece, mark)
        for match in _FIGURE.finditer(text)
        for piece in {match[0].strip(" .,'’"), *match[0].split()}
        for mark in (".", ",")
    )
    return {each.value.quantize(Decimal("0.00001")) for each in readings if each.value is not None}
