"""The texts of a document that nothing recognises: whether it may be what is missing shows in them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation

import pyarrow.compute as pc

from auditor.documents.pages import Grid, WordPage
from auditor.values.text import number_text

MOST = 100_000  # distinct texts; of a larger document nothing is said


def texts_of(pages: Sequence[Grid | WordPage]) -> frozenset[str] | None:
    """The distinct texts of all cells and words in the form of `text_key`, or None if there are more than MOST."""
    found: set[str] = set()
    for page in pages:
        for text in _texts(page):
            found.add(text_key(text))
            if len(found) > MOST:
                return None
    return frozenset(found)


def _texts(page: Grid | WordPage) -> Iterator[str]:
    if isinstance(page, WordPage):
        yield from (word.text for word in page.words)
        return
    for column in page.table.columns:
        yield from (text for text in pc.unique(column).to_pylist() if text)


def text_key(text: str) -> str:
    """A text as it is compared: numbers of documents in normal form, amounts without separators and final noughts."""
    plain = number_text(text)
    try:
        amount = Decimal(plain.replace(",", "").lstrip("￥¥$€"))
    except InvalidOperation:
        return plain
    # a number of a document keeps its leading noughts
    return amount_key(amount) if amount.is_finite() and not plain.startswith("00") else plain


def amount_key(amount: Decimal) -> str:
    """An amount, whatever its sign, as `text_key` gives it."""
    return f"{abs(amount).normalize():f}"
