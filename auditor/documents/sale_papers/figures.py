"""Lines of a paper to labelled amounts: a label stands before its amount on the line, in the line above, or over it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from auditor.documents.grids.lines import Piece, cells
from auditor.documents.pages import Box
from auditor.documents.papers.printed_lines import PrintedLine
from auditor.documents.sale_papers.amounts import Amount, split_amount
from auditor.documents.sale_papers.labels import sale_labels
from auditor.values.currency import BESIDE_AMOUNT
from auditor.values.text import folded

_RATE = re.compile(r"\d+(?:[.,]\d+)? ?%")


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a line: its text without the amount at its end, and that amount."""

    text: str
    amount: Amount | None
    piece: Piece


@dataclass(frozen=True, slots=True)
class SaleLine:
    """A line of print with its parts from the left."""

    at: int
    parts: tuple[Part, ...]
    line: PrintedLine

    @property
    def amounts(self) -> list[Amount]:
        return [part.amount for part in self.parts if part.amount is not None]

    @property
    def text(self) -> str:
        """What stands on the line beside amounts."""
        texts = (part.text if part.amount and part.amount.is_money else part.piece.text for part in self.parts)
        return " ".join(text for text in texts if text)


@dataclass(frozen=True, slots=True)
class Figure:
    """A labelled amount: `kind` as in the words of sale papers, `before` the amounts between label and amount."""

    kind: str
    label: str
    amount: Amount
    at: int  # the line
    before: tuple[Amount, ...] = ()


def sale_lines(lines: Sequence[PrintedLine]) -> list[SaleLine]:
    """The lines with their amounts."""
    return [SaleLine(at, tuple(_part(piece) for piece in cells(line.words)), line) for at, line in enumerate(lines)]


def _part(piece: Piece) -> Part:
    split = split_amount(piece.text, piece.words)
    return Part(piece.text, None, piece) if split is None else Part(split[0], split[1], piece)


def figures_of(lines: Sequence[SaleLine]) -> list[Figure]:
    """The labelled amounts of sums, in the order in which they stand."""
    cents = any(amount.is_money for line in lines for amount in line.amounts)
    found: list[Figure] = []
    for line in lines:
        found += _on_line(line, cents)
        below = lines[line.at + 1] if line.at + 1 < len(lines) else None
        if below is not None:
            found += _below(line, below, cents)
    return found


def _is_figure(amount: Amount, cents: bool) -> bool:
    return amount.is_money or amount.grouped or not cents


def _on_line(line: SaleLine, cents: bool) -> list[Figure]:
    """Each label of the line with the last of the amounts that follow it."""
    found: list[Figure] = []
    label, run = "", list[Amount]()
    for part in (*line.parts, None):
        if part is not None and (not part.text or _is_currency(part.text)):
            run += [part.amount] if part.amount is not None else []
            continue
        own = [each for each in run if _is_figure(each, cents)]
        if label and own:
            found += [Figure(kind, label, own[-1], line.at, tuple(own[:-1])) for kind in sale_labels().kinds(label)]
        if part is not None:
            label, run = part.text, [part.amount] if part.amount is not None else []
    return found


def _is_currency(text: str) -> bool:
    """Whether a text is a currency, or a rate: either may stand between a label and its amount."""
    plain = folded(text).casefold().strip(" :.()@=")
    return plain in BESIDE_AMOUNT or bool(_RATE.fullmatch(plain))


def _below(line: SaleLine, below: SaleLine, cents: bool) -> list[Figure]:
    """The amounts in the next line, each below its label: of several labels side by side, or of one alone."""
    if line.amounts or not below.amounts or any(part.text and not _is_currency(part.text) for part in below.parts):
        return []
    labels = [(part, sale_labels().kind(part.text)) for part in line.parts]
    if len(labels) == 1 and labels[0][1] is not None and len(below.amounts) == 1:
        if not _is_figure(below.amounts[0], cents):
            return []
        return [Figure(labels[0][1], labels[0][0].text, below.amounts[0], below.at)]
    found: list[Figure] = []
    for part, kind in labels:
        under = [each for each in below.amounts if _overlap(part.piece.box, each.box)]
        if kind is not None and len(under) == 1 and _is_figure(under[0], cents):
            found.append(Figure(kind, part.text, under[0], below.at))
    return found


def _overlap(one: Box, other: Box) -> bool:
    return min(one.x1, other.x1) > max(one.x0, other.x0)
