"""Numbers that one cell names together: `0003117-0003119`, `NB26-001041、001042`, `NB26-001001～001025`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from auditor.values.text import clean_cell, folded

_BETWEEN = re.compile(r"[、,;；，\n\r]+|\s*[和及]\s*")
_TAIL = re.compile(r"[(]?(?:共|计|合计)?\d+[份张本枚][)]?$|号$")
_HEAD = re.compile(r"^(?:NO[.:]*|№|编号:?|号码:?|第)\s*", re.IGNORECASE)
_NUMBER = re.compile(r"(.*?)(\d+)")
_SIGN = re.compile(r"\s*(?:[~∼〜–—―-]+|至|到)\s*")
_DASH = re.compile(r"[–—―-]+")
_LONG = 6  # digits: so many before a lone dash are a whole number rather than its prefix
_MOST = 1000  # numbers in one cell; more of them are no list of single numbers


@dataclass(frozen=True, slots=True)
class Range:
    """The numbers from `first` to `last` (digits as they are printed), all with one prefix."""

    prefix: str
    first: str
    last: str

    @property
    def width(self) -> int | None:
        """The digits of each number, where the way it is written shows them."""
        printed = bool(self.prefix) or self.first.startswith("0")
        return len(self.first) if printed and len(self.first) == len(self.last) else None

    def numbers(self) -> tuple[str, ...]:
        """Each number, in full."""
        width = len(self.first)
        return tuple(f"{self.prefix}{value:0{width}d}" for value in range(int(self.first), int(self.last) + 1))


def range_of(text: str, *, declared: bool = False) -> Range | None:
    """The range that a cell names; None if it names none, or could as well be one number with a dash in it.

    `declared`: the column's header says that its cells are ranges.
    """
    plain = _bare(text)
    signs = sorted(_SIGN.finditer(plain), key=lambda match: (bool(_DASH.fullmatch(match[0].strip())), match.start()))
    found = [_between(plain[: sign.start()], plain[sign.end() :], sign[0].strip(), declared) for sign in signs]
    return next((each for each in found if each is not None), None)


def _between(left: str, right: str, sign: str, declared: bool) -> Range | None:
    start = _NUMBER.fullmatch(left)
    if start is None or _BETWEEN.search(start[1]) or not right.removeprefix(start[1]).isdecimal():
        return None
    prefix, first, last = start[1], start[2], right.removeprefix(start[1])
    dash = bool(_DASH.fullmatch(sign)) and not declared
    # one figure behind a dash is a suffix: 0003117-9 is a paper of its own, not 0003117 to 0003119
    if len(last) < len(first) and (not dash or (len(first) >= _LONG and len(last) > 1)):
        last = first[: -len(last)] + last
    if len(last) != len(first) and (dash or prefix or first.startswith("0")):
        return None
    return Range(prefix.strip(), first, last) if int(first) <= int(last) else None


def numbers_of(text: str) -> tuple[str, ...]:
    """All numbers that a cell names, one by one; the text alone if it names no list and no range."""
    pieces = [piece for piece in _BETWEEN.split(_bare(text)) if piece.strip()]
    found: list[str] = []
    before: tuple[str, str] | None = None
    for piece in map(_bare, pieces):
        several = range_of(before[0] + piece if before and piece[:1].isdigit() else piece)
        if several is not None:
            if int(several.last) - int(several.first) >= _MOST:
                return (text,)
            found += several.numbers()
            before = several.prefix, several.last
            continue
        match = _NUMBER.fullmatch(piece)
        if match is None:
            return (text,)
        prefix, digits = match[1], match[2]
        if before and not prefix:
            prefix, digits = before[0], before[1][: max(0, len(before[1]) - len(digits))] + digits
        found.append(prefix + digits)
        before = prefix, digits
    return tuple(dict.fromkeys(found)) if len(found) > 1 else (text,)


def parts_of(text: str) -> tuple[str, str] | None:
    """The prefix and the digits of one number."""
    match = _NUMBER.fullmatch(_bare(text))
    return (match[1].strip(), match[2]) if match else None


def _bare(text: str) -> str:
    plain = folded(clean_cell(text)).strip()
    return _TAIL.sub("", _HEAD.sub("", plain)).strip()
