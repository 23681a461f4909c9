"""`label: value` pairs that stand above, below and between tables, and in forms made of cells."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from auditor.documents.grids.page_numbers import without_page_number
from auditor.documents.headers import header_key, header_variants
from auditor.values.text import clean_cell, folded

_CONTROLS = re.compile(r"[\x00-\x1f\u3000\xa0]+")
_COLON = re.compile(r"(?<![0-9])[:：]|[:：](?![0-9/\\])")
_LONGEST_LABEL = 24
_MOST_FILLED = 8  # cells of a line whose labels have no colon


@dataclass(frozen=True, slots=True)
class Pair:
    """One label with its value. `row` is the row of the grid from 1, `page` its number.

    `at` and `value_at` are the columns of label and value from 0. `sure`: a colon says that it is a label; else it is a
    known word with a text beside it, which in a table's body may as well be a cell of its own.
    """

    key: str
    label: str
    value: str
    page: int
    row: int
    at: int = -1
    value_at: int = -1
    sure: bool = True


@dataclass(frozen=True)
class Heading:
    """The pairs around a table, nearest first, and the lines of plain text above it.

    `own` of the pairs stand between this table and the one before it; the others are inherited from farther up.
    """

    pairs: tuple[Pair, ...] = ()
    lines: tuple[str, ...] = ()
    own: int = 0

    @cached_property
    def _by_key(self) -> dict[str, Pair]:
        """The nearest pair of each label that has a value."""
        return {pair.key: pair for pair in reversed(self.pairs) if pair.value}

    @cached_property
    def _by_variant(self) -> dict[str, Pair]:
        """The same by all variants of each label."""
        named = [pair for pair in reversed(self.pairs) if pair.value]
        return {key: pair for pair in named for key, _, _ in header_variants(pair.key)}

    def first(self, words: Sequence[str]) -> Pair | None:
        """The nearest pair whose label is one of `words`; of several, the first word wins. Where no label is one as it
        stands, the variants count that headers have: 账单编号 is 账单号, 金额(元) is 金额."""
        keys = [header_key(word) for word in words]
        for known in (self._by_key, self._by_variant):
            for key in keys:
                if key in known:
                    return known[key]
        return None


def pairs_of_row(
    cells: Sequence[str | None], row: int, page: int, known: Callable[[str], bool]
) -> tuple[list[Pair], list[str]]:
    """The pairs and the other texts of one row of cells. `known` says whether a text is a label of some field."""
    pairs: list[Pair] = []
    texts: list[str] = []
    filled = [(index, without_page_number(cell.strip())) for index, cell in enumerate(cells) if cell and cell.strip()]
    skip = -1
    for position, (index, cell) in enumerate(filled):
        if position <= skip:
            continue
        after = filled[position + 1] if position + 1 < len(filled) else None
        inside = _inside(cell, known)
        sure, value_at = bool(inside), index
        beside = after is not None and not _is_label(after[1], known)
        if after is not None and beside and (not inside[-1][1] if inside else known(cell)):
            inside = [*inside[:-1], (inside[-1][0] if inside else cell, after[1])]
            skip, value_at = position + 1, after[0]
        if not inside:
            texts.append(cell)
        for at, (label, value) in enumerate(inside):
            stands = value_at if at == len(inside) - 1 else index
            pairs.append(Pair(header_key(label), label, _value(value), page, row, index, stands, sure))
    return pairs, texts


def of_heading(pairs: Sequence[Pair], others: Sequence[str], filled: int) -> list[Pair]:
    """The pairs that a line outside of the data states: those with a colon whatever stands beside them, a known word
    with a text beside it only where hardly anything else stands on the line."""
    if len(others) <= 1 and filled <= _MOST_FILLED:
        return list(pairs)
    return [pair for pair in pairs if pair.sure]


def _is_label(text: str, known: Callable[[str], bool]) -> bool:
    return text.endswith((":", "：")) or known(text)


def _value(text: str) -> str:
    """The value without padding and without the square brackets that wallets put around theirs."""
    value = without_page_number(clean_cell(folded(text)))
    return value[1:-1].strip() if value.startswith("[") and value.endswith("]") else value


def _inside(cell: str, known: Callable[[str], bool]) -> list[tuple[str, str]]:
    """The pairs inside one cell, such as `户名：老农 账户：9017…`; none if the cell holds no colon after a label."""
    if ":" not in cell and "：" not in cell:
        return []
    text = _CONTROLS.sub(" ", cell).strip()
    marks = list(_COLON.finditer(text))
    found: list[tuple[str, str]] = []
    label, start = "", 0
    for match in marks:
        piece = text[start : match.start()]
        head, candidate = _split_label(piece, known, first=not found and not label)
        if candidate is None:
            continue
        if label:
            found.append((label, head.strip(" ,，;；")))
        elif head.strip(" -*#"):
            return []
        label, start = candidate, match.end()
    if label:
        found.append((label, text[start:].strip(" ,，;；")))
    return found


def _split_label(piece: str, known: Callable[[str], bool], *, first: bool) -> tuple[str, str | None]:
    """Split the text before a colon into the value of the label before and this label. None: it is no label."""
    words = piece.split()
    if not words:
        return piece, None
    for count in range(min(4, len(words)), 0, -1):
        candidate = "".join(words[-count:]).lstrip("#*-")
        if known(candidate) and not candidate.startswith("["):
            return " ".join(words[:-count]), candidate
    if first:
        candidate = "".join(words).lstrip("#*-")
        return ("", candidate) if 0 < len(candidate) <= _LONGEST_LABEL and not candidate[0].isdigit() else (piece, None)
    candidate = words[-1].lstrip("#*-")
    if len(words) > 1 and 0 < len(candidate) <= 12 and not any(character.isdigit() for character in candidate):
        return " ".join(words[:-1]), candidate
    return piece, None
