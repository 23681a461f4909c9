"""The one day that a title, a sheet or a file is of: `10月8日`, `8 Oct 2026`, `收件登记 2026-10-08`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from auditor.values.text import clean_cell, folded
from auditor.values.times import WEEKDAY

_DAY = re.compile(
    r"(?<!\d)(?:20\d\d\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}日?|20\d\d[01]\d[0-3]\d(?!\d)|\d{1,2}月\d{1,2}[日号]"
    r"|\d{1,2}(?:st|nd|rd|th)?[- ](?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?(?:[- ,]+20\d\d)?"
    r"|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d{1,2}(?:,? 20\d\d)?)(?!\d)",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(WEEKDAY)
_BARE = re.compile(r"(?:0?[1-9]|1[0-2])[-./](?:0?[1-9]|[12]\d|3[01])")
_MANY = re.compile(
    r"[\d月日号][-—–~～至到\s]*[-—–~～至到]\s*$|^\s*[-—–~～至到]\s*\d|w[-/ ]?c|week|周|旬|截[至止]|as (?:at|of)"
    r"|printed|打印|导出",
    re.IGNORECASE,
)


def day_alone(text: str) -> str | None:
    """The day, as it is written, that a text is and says nothing beside but its weekday; None for any other text."""
    plain = folded(clean_cell(text)).strip()
    found = list(_DAY.finditer(plain))
    if len(found) != 1:
        return plain if not found and _BARE.fullmatch(plain) else None
    rest = (plain[: found[0].start()] + plain[found[0].end() :]).strip(" ,()[]-\u3000").casefold()
    return found[0][0] if not rest or _WEEKDAY.fullmatch(rest) else None


def day_named(names: Sequence[str]) -> str | None:
    """The day, as it is written, that the nearest of some names is of; None where none is of one day, or one names the
    ends of a span, the day of printing, or a week."""
    for at, name in enumerate(names[:2]):
        text = folded(clean_cell(name))
        found = list(_DAY.finditer(text))
        if len(found) == 1:
            around = text[: found[0].start()], text[found[0].end() :]
            return None if any(_MANY.search(piece) for piece in around) else found[0][0]
        if found:
            return None
        if at == 1 and _BARE.fullmatch(text.strip()):
            return text.strip()
    return None
