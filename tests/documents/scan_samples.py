"""Pages as a recogniser of scans would give them, without one: the words of a drawn page, each with its certainty."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from pdf_samples import Draw, word_pages

from auditor.documents.pages import Word, WordPage

SURE = 99


def recognised(
    draw: Draw,
    scores: Mapping[str, int] | None = None,
    instead: Mapping[str, str] | None = None,
    others: Mapping[str, tuple[str, ...]] | None = None,
    as_amount: Mapping[str, str] | None = None,
    number: int = 1,
) -> WordPage:
    """The drawn page as if it had been recognised. By the text that is drawn: how sure the recogniser is of it, what it
    reads `instead`, what else it thinks possible, and what it says as an amount in words."""
    (page,) = word_pages(draw)

    def word(each: Word) -> Word:
        score = (scores or {}).get(each.text, SURE)
        return replace(
            each,
            text=(instead or {}).get(each.text, each.text),
            via="ocr",
            score=score,
            others=(others or {}).get(each.text, ()),
            as_amount=(as_amount or {}).get(each.text, ""),
            box=replace(each.box, page=number, score=score),
        )

    return replace(
        page, number=number, words=tuple(map(word, page.words)), recogniser="a recogniser 1.0, models 0123456789ab"
    )
