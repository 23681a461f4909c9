"""The lines of goods of a paper: which amounts they are, and what stands beside each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from auditor.documents.forms.records import FormRecord, FormValue, made_value
from auditor.documents.grids.lines import around
from auditor.documents.sale_papers.amounts import Amount
from auditor.documents.sale_papers.figures import Figure, SaleLine

LINE = "invoice_line"
_UNIT = re.compile(r"[@x×*]\s*$", re.IGNORECASE)  # behind it stands the price of one
_SUMS = ("total", "net", "tax", "inside", "paid", "change")
_LETTER = re.compile(r"[^\W\d_]")
_RIGHT = 1.5  # of the height: how far apart right edges of one column are
_NARROW = 30  # heights of a line: how wide the print of a till is at most
_HEAD = re.compile(r"[:：]|\d{5,}|\d{1,2}[./]\d{1,2}[./]\d{2}|\d{4}年")
_MOST_ABOVE = 4  # lines of a description


@dataclass(frozen=True, slots=True)
class Goods:
    """The lines that may be goods, each with its amount, and the choices of them that may add up to the total."""

    lines: tuple[tuple[SaleLine, Amount], ...]
    choices: tuple[tuple[int, ...], ...]

    def amounts(self) -> list[list[Amount]]:
        """The amounts of each choice."""
        return [[self.lines[at][1] for at in choice] for choice in self.choices]


def goods_of(lines: Sequence[SaleLine], figures: Sequence[Figure]) -> Goods:
    """What stands above the first sum and ends with an amount."""
    first = min((each.at for each in figures if each.kind in _SUMS), default=len(lines))
    labelled = {each.at for each in figures}
    rows: list[tuple[SaleLine, Amount]] = []
    for line in lines[:first]:
        money = [each for each in line.amounts if each.is_money]
        if money and (line.at not in labelled or _is_less(line, figures)):
            rows.append((line, money[-1]))
    every = range(len(rows))
    plain = tuple(at for at in every if not _is_unit(*rows[at]))
    goods = tuple(at for at in plain if not _is_less(rows[at][0], figures))
    right = max((amount.box.x1 for _, amount in rows), default=0.0)
    column = tuple(
        at for at in goods if abs(rows[at][1].box.x1 - right) <= _RIGHT * (rows[at][1].box.bottom - rows[at][1].box.top)
    )
    return Goods(tuple(rows), tuple(dict.fromkeys((tuple(every), plain, goods, column))))


def _is_less(line: SaleLine, figures: Sequence[Figure]) -> bool:
    return any(each.at == line.at and each.kind in ("less", "more") for each in figures)


def _is_unit(line: SaleLine, amount: Amount) -> bool:
    part = next(part for part in line.parts if part.amount is amount)
    return bool(_UNIT.search(part.text))


def is_narrow(lines: Sequence[SaleLine]) -> bool:
    """Whether lines are those of a till's paper: short ones for the size of their letters."""
    width = max(each.line.box.x1 for each in lines) - min(each.line.box.x0 for each in lines)
    return width <= _NARROW * median(each.line.height for each in lines)


def line_records(goods: Goods, total: Decimal, nets: Sequence[Decimal], lines: Sequence[SaleLine]) -> list[FormRecord]:
    """The lines of goods as records: those that add up to the total or to a net amount; none if they do not."""
    for choice in goods.choices:
        added = sum((goods.lines[at][1].value for at in choice), Decimal(0))
        if choice and (added == total or added in nets):
            taken = {goods.lines[at][0].at for at in choice}
            narrow = is_narrow(lines)
            return [_record(*goods.lines[at], lines, taken, narrow) for at in choice]
    return []


def _record(line: SaleLine, amount: Amount, lines: Sequence[SaleLine], taken: set[int], narrow: bool) -> FormRecord:
    about = [line]
    for before in reversed(lines[max(0, line.at - _MOST_ABOVE) : line.at]):
        if before.at in taken or before.line.underline or about[0].line.gap:
            break
        if len(before.parts) > 1 and (narrow or len(about) > 1):
            break
        if _HEAD.search(before.line.text):
            break  # what a shop prints at the top of its paper
        if _LETTER.search(line.text) and not narrow:
            break
        about.insert(0, before)
    values = {"amount": amount.as_value()}
    text = " ".join(_said(each, narrow) for each in about if _LETTER.search(each.text))
    words = [word for each in about for word in each.line.words]
    if text:
        values["description"] = made_value(words, text)
    values |= _quantity_and_price(about, amount)
    if "quantity" in values and text.startswith(values["quantity"].text + " "):
        values["description"] = made_value(words, text.partition(" ")[2])
    raw = "\n".join(each.line.text for each in about)
    return FormRecord(LINE, LINE, amount.box.page, around(words), values, raw)


def _said(line: SaleLine, narrow: bool) -> str:
    """What a line says of the goods: all of its text on a till's paper, in a table the cell with most letters."""
    if narrow:
        return line.text
    texts = [part.text if part.amount and part.amount.is_money else part.piece.text for part in line.parts]
    return max(texts, key=lambda text: len(_LETTER.findall(text)))


def _quantity_and_price(about: Sequence[SaleLine], amount: Amount) -> dict[str, FormValue]:
    """A quantity and a price that stand there and whose product the amount is."""
    prices = [each for line in about for each in line.amounts if each.is_money and each is not amount]
    counts = [(Decimal(token), line) for line in about for token in _counts(line)]
    for price in prices:
        for count, line in counts:
            if count > 0 and count * price.value == amount.value:
                return {"quantity": made_value(line.line.words, f"{count:f}"), "price": price.as_value()}
    return {}


def _counts(line: SaleLine) -> list[str]:
    return re.findall(r"(?<![\w.,$€£¥-])\d{1,4}(?![\w.,%])", line.line.text)
