"""Printed totals and printed counts against the rows that they cover."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from auditor.documents.model import Proof, ProofStatus
from auditor.documents.proofs.exact import shown
from auditor.languages import Text
from auditor.records.figures import FigureUnit

TOTALS = "printed totals"
COUNTS = "printed counts"


@dataclass(frozen=True, slots=True)
class Stated:
    """A total that a document states, and what the rows it covers make. Amounts in units of 0.00001, counts times
    100,000 likewise; `kind` is sum or count, `axis` table, row or column."""

    of: str
    field: str
    kind: str
    label: str
    stated: int
    computed: int
    rows: int
    page: int
    row: int | None
    raw: str
    axis: str = "table"
    group: str | None = None
    day: date | None = None
    currency: str | None = None
    covers: tuple[int, int] | None = None  # the rows of the table's body, from and to before; None: all
    unread: int = 0  # how many of the rows that it covers were not read, which may explain a difference
    header: str = ""  # what is printed over the column that it is the sum of
    unit: FigureUnit = "money"

    @property
    def holds(self) -> bool:
        return self.stated == self.computed

    @property
    def breaks(self) -> bool:
        """Whether the total differs from rows that were all read."""
        return not self.holds and not self.unread


def proofs(stated: Sequence[Stated], where: str) -> list[Proof]:
    """One proof for the sums and one for the counts, if there are any."""
    found = []
    for name, kind in ((TOTALS, "sum"), (COUNTS, "count")):
        mine = [total for total in stated if total.kind == kind]
        if mine:
            found.append(_proof(name, mine, where))
    return found


def _proof(name: str, totals: Sequence[Stated], where: str) -> Proof:
    broken = [total for total in totals if total.breaks]
    open_ones = [total for total in totals if not total.holds and total.unread]
    if not broken and open_ones:
        rows = max(total.unread for total in open_ones)
        en = f"{len(open_ones)} of {len(totals)} differ, and {rows} of the rows that they cover were not read"
        zh = f"{len(totals)} 项中有 {len(open_ones)} 项与明细不同，但所涉明细有 {rows} 行未读取"
        return Proof(name, ProofStatus.NOT_POSSIBLE, where, Text(en, zh))
    if not broken:
        return Proof(
            name, ProofStatus.HOLDS, where, Text(f"{len(totals)} agree with their rows", f"{len(totals)} 项与明细一致")
        )
    en = "; ".join(_words(total, "en") for total in broken[:5])
    zh = "；".join(_words(total, "zh") for total in broken[:5])
    more = len(broken) - 5
    if more > 0:
        en, zh = f"{en}; and {more} more", f"{zh}；另有 {more} 项"
    return Proof(name, ProofStatus.BROKEN, where, Text(en, zh))


def _words(total: Stated, language: str) -> str:
    figure = str if total.kind == "count" else shown
    stated = figure(total.stated // 100_000) if total.kind == "count" else shown(total.stated)
    computed = figure(total.computed // 100_000) if total.kind == "count" else shown(total.computed)
    if language == "zh":
        return f"“{total.label}”载明 {stated}，明细为 {computed}（{total.rows} 行）"
    return f"“{total.label}” states {stated}, its {total.rows} rows make {computed}"
