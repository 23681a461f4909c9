"""The order of day and month on papers that leave it open: what the other papers of the same issuer show."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from auditor.documents.decisions import date_order
from auditor.documents.decisions.decision import Basis
from auditor.documents.headers import header_key
from auditor.documents.paper_days import PaperDays
from auditor.documents.papers.model import Paper
from auditor.documents.words import labelled_paper_words
from auditor.values.dates import Order

_DATE = re.compile(r"(?<![\d./-])\d{1,2}([/.-])\d{1,2}\1(?:19|20)\d\d(?![\d./-])")
_MONTHS = 12


def days_of_papers(papers: Sequence[Paper]) -> PaperDays:
    """What the days of the papers of one document show."""
    texts = list(dict.fromkeys(match[0] for paper in papers for line in paper.lines for match in _DATE.finditer(line)))
    decided = date_order.decide(texts).full
    issuer = next((found for paper in papers if (found := _issuer(paper))), "")
    certain = decided.value if decided.basis is Basis.VALUES else _plain_order(texts)
    return PaperDays(issuer, certain, bool(texts) and certain is None)


def _plain_order(texts: Iterable[str]) -> Order | None:
    """The order of days of which each can be read in one way only."""
    orders: set[Order] = set()
    for text in texts:
        first, second = (int(part) for part in re.split(r"\D", text)[:2])
        if first > _MONTHS or second > _MONTHS:
            orders.add("dmy" if first > _MONTHS else "mdy")
    return orders.pop() if len(orders) == 1 else None


def _issuer(paper: Paper) -> str:
    words = labelled_paper_words().sender
    block = next((each for each in paper.blocks if header_key(each.heading) in words and each.texts), None)
    return header_key(block.texts[0]) if block is not None else ""


def orders_by_folder(documents: Mapping[str, PaperDays]) -> dict[str, Order]:
    """By path the order for the documents that leave it open: that of all papers of the same issuer that show one; of a
    paper that says no issuer, that of all papers of the folder."""
    shown: dict[str, set[Order]] = {}
    for days in documents.values():
        if days.order is not None:
            shown.setdefault(days.issuer, set()).add(days.order)
    whole = {order for orders in shown.values() for order in orders}
    found: dict[str, Order] = {}
    for path, days in documents.items():
        orders = shown.get(days.issuer, set()) if days.issuer else whole
        if days.open and len(orders) == 1:
            found[path] = next(iter(orders))
    return found
