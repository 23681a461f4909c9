"""What of a text is an amount: the one that it ends with. On papers of a sale no amount has three decimals."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from auditor.documents.forms.records import FormValue
from auditor.documents.grids.lines import around
from auditor.documents.pages import Box, Word
from auditor.values.currency import BESIDE_AMOUNT
from auditor.values.text import folded

_SIGN = "-−–"
_BESIDE = sorted((name for name in BESIDE_AMOUNT if len(name) <= 4), key=lambda name: (-len(name), name))
_CODE = "|".join(re.escape(name) for name in _BESIDE)
_NUMBER = r"\d{1,3}(?:[,.'’]\d{3})+(?:[.,]\d{1,2})?|\d{1,3}(?: \d{3})+,\d{2}|\d+[.,]\d{4}|\d+(?:[.,]\d{1,2})?"
_AMOUNT = re.compile(
    rf"(?<![a-z0-9.,/#])(?<!\d:)(?P<open>\()?(?P<sign>[{_SIGN}])?\s*(?:(?P<cur1>{_CODE})\.?:?\s*)?(?P<sign2>[{_SIGN}])?\s*"
    rf"(?P<number>{_NUMBER})\s*(?P<cur2>{_CODE})?(?P<sign3>[{_SIGN}])?(?P<close>\))?(?:\s*[a-z*]{{1,2}}|(?<=[.,]\d\d)\s0)?$",
    re.ASCII,
)
_SYMBOL = re.compile(r"(?<=[a-z])(?=[$€£¥₩₹฿])")  # TOTAL$12.00
_AROUND_MARK = re.compile(r"(?<=\d)\s*([.,])\s*(?=\d{2}(?!\d))|(?<=\d)\s*([.,])\s*(?=\d{3}[.,])")
_CENTS = 2


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount on a paper. `decimals`: how many are printed; `currency`: of the sign beside it; `grouped`: its
    thousands are marked."""

    value: Decimal
    decimals: int
    currency: str | None
    grouped: bool
    box: Box
    words: tuple[Word, ...]

    @property
    def is_money(self) -> bool:
        """Whether it can be nothing but money: cents are printed, or a currency beside it."""
        return self.decimals == _CENTS or self.currency is not None

    def shown(self) -> str:
        """The amount in plain form; its currency is a value of its own."""
        return f"{self.value:f}"

    def as_value(self) -> FormValue:
        """The amount as a form gives it, with what else its doubtful digits may be."""
        scores = [word.score for word in self.words if word.score is not None]
        via = "ocr" if any(word.via == "ocr" for word in self.words) else self.words[0].via
        others = []
        for at, word in enumerate(self.words):
            for other in word.others:
                texts = [other if each == at else one.text for each, one in enumerate(self.words)]
                read = split_amount(" ".join(texts), self.words)
                if read is not None and not read[0]:
                    others.append(read[1].shown())
        return FormValue(self.shown(), around(self.words), via, min(scores, default=None), tuple(dict.fromkeys(others)))


def split_amount(text: str, words: Sequence[Word]) -> tuple[str, Amount] | None:
    """A text that ends with an amount: what stands before it, and the amount. None if it ends otherwise. `words`: those
    of the text."""
    plain = _AROUND_MARK.sub(lambda mark: mark[1] or mark[2], folded(text))
    plain = plain.rstrip(" :;")
    lowered = _SYMBOL.sub(" ", plain.casefold())
    match = _AMOUNT.search(lowered)
    if match is None or (bool(match["open"]) and not match["close"]):
        return None
    number = match["number"]
    sides = re.split(r"[.,'’ ]", number)
    decimals = len(sides[-1]) if len(sides) > 1 and len(sides[-1]) != 3 else 0
    digits = "".join(sides)
    value = Decimal(digits).scaleb(-decimals)
    negative = any(match[name] for name in ("sign", "sign2", "sign3")) or bool(match["open"])
    code = match["cur1"] or match["cur2"]
    before = lowered[: match.start()].rstrip()
    own = _own_words(words, before)
    amount = Amount(
        -value if negative else value,
        decimals,
        BESIDE_AMOUNT[code] if code else None,
        len(sides) > 1 + bool(decimals),
        around(own),
        tuple(own),
    )
    return plain[: len(before)] if len(before) <= len(plain) else before, amount


def _own_words(words: Sequence[Word], before: str) -> list[Word]:
    """Of the words of a text those that stand behind what is `before` the amount."""
    left = len(re.sub(r"\s", "", before))
    for at, word in enumerate(words):
        size = len(re.sub(r"\s", "", folded(word.text)))
        if left < size:
            return list(words[at:])
        left -= size
    return list(words[-1:])
