"""Which label a text is: compared without blanks, marks, percentages, currencies and what stands in brackets."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from auditor.documents.words import sale_paper_words
from auditor.values.currency import BESIDE_AMOUNT
from auditor.values.text import folded

_ASIDE = re.compile(r"[(\[（【][^()\[\]（）【】]*[)\]）】]")
_BRACKET = re.compile(r"[()\[\]（）【】]")
_PERCENT = re.compile(r"@?\s*\d+(?:[.,]\d+)?\s*[%％]")
_DOLLARS = re.compile(r"\b[a-z]{0,3}\$")
_TOKEN = re.compile(r"[^\W_]+")
_CURRENCY_BEHIND = re.compile(r"(?<=[\u4e00-\u9fff])元$")
_WIDE = re.compile(r"[\u2e80-\u9fff\uac00-\ud7ff]+")
_LATIN = re.compile(r"[^\u2e80-\u9fff\uac00-\ud7ff]+")
_KINDS = ("total", "net", "tax", "inside", "less", "more", "paid", "change")
_FEW = 4  # words of the name of a paper
_MOST_TOKENS = 7  # of a title or a label


def label_key(text: str) -> str:
    """A label in the form in which it is compared."""
    plain = _DOLLARS.sub(" ", _PERCENT.sub(" ", _ASIDE.sub(" ", folded(text))).casefold())
    tokens = [each for each in _TOKEN.findall(plain) if each not in BESIDE_AMOUNT or each == "元"]
    return _CURRENCY_BEHIND.sub("", "".join(tokens))


@dataclass(frozen=True)
class SaleLabels:
    """The words of sale papers by their keys."""

    figures: Mapping[str, tuple[str, ...]]  # key -> kinds of figure: a net total may be net, or the total
    titles: Mapping[str, str]  # key -> receipt, invoice, other
    numbers: Mapping[str, int]  # key -> rank
    bare: frozenset[str]
    dates: frozenset[str]
    other_dates: frozenset[str]
    sellers: frozenset[str]
    buyers: frozenset[str]
    currencies: frozenset[str]
    named: frozenset[str]
    legal: frozenset[str]
    months: Mapping[str, int]

    def kind(self, text: str) -> str | None:
        """The kind of figure that a label names first; None if it is none of a sum."""
        return next(iter(self.kinds(text)), None)

    def kinds(self, text: str) -> tuple[str, ...]:
        """The kinds of figure that a label may name."""
        for key in (label_key(_BRACKET.sub(" ", text)), label_key(text)):
            if key in self.figures:
                return self.figures[key]
        # in two languages: 總計 Total
        parts = [_LATIN.sub("", key), _WIDE.sub("", key)]
        kinds = {self.figures.get(part, ()) for part in parts} if all(parts) else set()
        return next(iter(kinds)) if len(kinds) == 1 else ()

    def title(self, text: str) -> str | None:
        """What kind of paper a line of few words names: by all of it, or by some of its words in a row."""
        tokens = [label_key(each) for each in text.split()]
        tokens = [each for each in tokens if each]
        if not tokens or len(tokens) > _MOST_TOKENS:
            return None
        found = [self.titles["".join(tokens)]] if "".join(tokens) in self.titles else []
        spans = [(at, end) for at in range(len(tokens)) for end in range(at + 1, len(tokens) + 1)]
        spans.sort(key=lambda span: (span[0] - span[1], -span[1]))
        named = [(end, self.titles[key]) for at, end in spans if (key := "".join(tokens[at:end])) in self.titles]
        # what another paper is, its last word says: `EXPRESS WAYBILL`; `report of a sale` is none
        found += [kind for end, kind in named if kind != "other" or end == len(tokens)]
        return found[0] if found else None

    def is_other(self, text: str) -> bool:
        """Whether a text of few words is the name of another kind of paper."""
        return self.title(text) == "other" and len(text.split()) <= _FEW

    def is_title(self, text: str) -> bool:
        """Whether a text names a kind of paper and says nothing else."""
        return label_key(text) in self.titles


def _keys(words: Sequence[str]) -> frozenset[str]:
    return frozenset(key for each in words if (key := label_key(each) or each))


@lru_cache(maxsize=1)
def sale_labels() -> SaleLabels:
    """The labels of sale papers by their keys."""
    words = sale_paper_words()
    figures: dict[str, tuple[str, ...]] = {}
    for kind in _KINDS:
        for key in sorted(_keys(getattr(words, kind))):
            figures[key] = (*figures.get(key, ()), kind)
    titles = dict.fromkeys(_keys(words.receipts), "receipt")
    titles |= dict.fromkeys(_keys(words.invoices), "invoice")
    titles |= dict.fromkeys(_keys(words.others), "other")
    return SaleLabels(
        figures,
        titles,
        {key: rank for rank, group in enumerate(words.numbers) for key in sorted(_keys(group))},
        _keys(words.bare),
        _keys(words.dates),
        _keys(words.other_dates),
        _keys(words.sellers),
        _keys(words.buyers),
        _keys(words.currencies),
        _keys(words.named),
        _keys(words.legal),
        {label_key(name): number for number, names in enumerate(words.months, 1) for name in names},
    )
