"""The values that the lines of a table take from what surrounds it: headings, names of sheet, file and folders."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from auditor.documents.context import Context
from auditor.documents.decisions.decision import Basis
from auditor.documents.decisions.years import YearEvidence, year_near
from auditor.documents.headers import header_key
from auditor.documents.identity.graph import Identities
from auditor.documents.tables.headings import Heading, Pair
from auditor.documents.tables.stated_account import account_pair
from auditor.records.model import Field, FieldType, RecordType
from auditor.values.dates import Order, parse_date

_YEAR = re.compile(r"(?<!\d)(20\d\d)(?=\s*[年\-_./]|(?:0[1-9]|1[0-2])(?:\d\d)?(?!\d)|(?!\d))")
_MONTH = re.compile(r"(?<!\d)(20\d\d)\s*[年\-_./]?\s*(0?[1-9]|1[0-2])(?=\s*月|[-_./]|(?:[0-3]\d)?(?!\d))")
_LONE_MONTH = re.compile(r"(?<!\d)(0?[1-9]|1[0-2])月(?:份)?(?!\d)")
_ENGLISH = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    "|nov(?:ember)?|dec(?:ember)?"
)
_ENGLISH_MONTH = re.compile(
    rf"(?<![a-z])({_ENGLISH})(?![a-z])[\s\-_.,']*(20\d\d|(?<=')\d\d|(?<=-)\d\d$)(?!\d)", re.IGNORECASE
)
_YEAR_ENGLISH_MONTH = re.compile(rf"(?<!\d)(20\d\d)[\s\-_.,]*({_ENGLISH})(?![a-z])", re.IGNORECASE)
_LONE_ENGLISH_MONTH = re.compile(rf"\W*({_ENGLISH})\W*", re.IGNORECASE)  # the whole name of a sheet
_ENGLISH_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAYS = re.compile(
    r"(?<!\d)(20\d\d\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}日?|20\d{2}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])|"
    r"\d{1,2}[-/.]\d{1,2}[-/.]20\d\d)(?!\d{1,3}(?!\d))"
)

_JOINT = re.compile(r"\s*(?:至|到|[-—–―~～]+|to|until|till|through)\s*", re.IGNORECASE)


def year_evidence(context: Context, heading: Heading, sheet: str) -> YearEvidence:
    """What surrounds a table says of its years: headings and the sheet state them, names of files suggest them.

    A month without a year is that of the one year that is stated, else the nearest to the period under audit, else that
    of the one year that a name has.
    """
    inside = (*heading.lines, *(pair.value for pair in heading.pairs), sheet)
    found = [(text, Basis.STATED) for text in inside] + [(name, Basis.NAME) for name in context.names]
    months = [(*month, basis) for text, basis in found if (month := month_in(text))]
    years = [(int(match[1]), basis) for text, basis in found if (match := _YEAR.search(text))]
    period = context.period or _year(context.year)
    for text, basis in found:
        number = _lone_month(text)
        year = _year_of_month(number, context.declared.year, years, period) if number else None
        if number and year is not None:
            months.append((year, number, basis))
    return YearEvidence(context.declared.year, extent_of(heading), tuple(months), tuple(years), period)


def _year_of_month(
    month: int, declared: int | None, years: Sequence[tuple[int, Basis]], period: tuple[date, date] | None
) -> int | None:
    if declared is not None:
        return declared
    stated = {year for year, basis in years if basis is Basis.STATED}
    if len(stated) == 1:
        return stated.pop()
    if period is not None:
        return year_near((month, 15), period)
    named = {year for year, _ in years}
    return named.pop() if len(named) == 1 else None


def _year(year: int | None) -> tuple[date, date] | None:
    return (date(year, 1, 1), date(year, 12, 31)) if year else None


def extent_of(heading: Heading) -> tuple[date, date] | None:
    """The first and last day that a heading says its document covers: the first text with two full dates."""
    for text in (*(pair.value for pair in heading.pairs), *heading.lines):
        days = days_in(text)
        if len(days) == 2 and days[0] < days[1]:
            return days[0], days[1]
    return None


def month_of(context: Context, heading: Heading, sheet: str) -> tuple[int, int] | None:
    """The month that a heading, the sheet's, the file's or a folder's name states, else the audit's."""
    months = year_evidence(context, heading, sheet).months
    return months[0][:2] if months else context.month


def month_in(text: str) -> tuple[int, int] | None:
    """The first month with its year that a text names: 2026年10月, 2026-10, October 2026, Oct-26."""
    match = _MONTH.search(text)
    if match:
        return int(match[1]), int(match[2])
    named = _ENGLISH_MONTH.search(text)
    if named:
        return int(named[2]) + (0 if len(named[2]) == 4 else 2000), _number_of(named[1])
    turned = _YEAR_ENGLISH_MONTH.search(text)
    return (int(turned[1]), _number_of(turned[2])) if turned else None


def _number_of(name: str) -> int:
    return _ENGLISH_MONTHS.index(name[:3].casefold()) + 1


def _lone_month(text: str) -> int | None:
    """The number of a month that a text names without a year: 10月; an English one must be the whole text."""
    match = _LONE_MONTH.search(text)
    if match:
        return int(match[1])
    english = _LONE_ENGLISH_MONTH.fullmatch(text)
    return _number_of(english[1]) if english else None


def month_of_days(context: Context, heading: Heading, sheet: str) -> tuple[int, int] | None:
    """The month for days without one (`month_of`); (year, 0) where only the year is stated, which completes month and
    day."""
    evidence = year_evidence(context, heading, sheet)
    if evidence.months:
        return evidence.months[0][:2]
    year = context.declared.year or next((year for year, _ in evidence.years), context.year)
    return context.month or ((year, 0) if year else None)


def may_stand_in_heading(each: Field, record_type: RecordType) -> bool:
    """Whether a heading's value of this field holds for every line below it."""
    if each.type in (FieldType.CURRENCY, FieldType.CHOICE) or each.inherit or each.master:
        return True
    if each.type is FieldType.DATE:
        return each.required
    if each.type not in (FieldType.TEXT, FieldType.NUMBER_TEXT):
        return False
    if each.required or each.name in record_type.identity:
        return True
    return each.type is FieldType.TEXT and not each.free_text


def given_fields(context: Context, heading: Heading) -> set[str]:
    """The fields ("TYPE.FIELD") that a heading holds for the lines below it."""
    keys = {pair.key for pair in heading.pairs if pair.value}
    given: set[str] = set()
    for key in keys:
        for record, role, _ in context.vocabulary.words.get(key, ()):
            each = context.types[record].fields.get(role)
            if each and may_stand_in_heading(each, context.types[record]):
                given.add(f"{record}.{role}")
    for record, values in context.headings.items():
        for name, record_type in context.types.items():
            for each in record_type.fields.values():
                if each.inherit == record and values.get(each.inherit_from or each.name) is not None:
                    given.add(f"{name}.{each.name}")
    return given


def heading_pair(heading: Heading, each: Field, identities: Identities) -> Pair | None:
    """The pair of a heading that holds a field's value. `identities`: who is who, so that an account's holder is not
    taken for the account."""
    return account_pair(heading, each, identities) if each.master == "bank_account" else heading.first(each.headers)


def days_in(text: str, order: Order | None = None) -> list[date]:
    """The days inside a text such as `2026-10-01 至 2026-10-31`, `20240201-20241130` or `01/10/2026 - 31/10/2026`.

    `order` is that of day and month in the document. Without one all days of the text are read in the one order in
    which each is a day and none comes before the one before it; none, if both orders do.
    """
    texts = [match[1] for match in _DAYS.finditer(text)]
    ways: tuple[Order | None, ...] = (order,) if order is not None else (None, "dmy", "mdy")
    read = [[day for each in texts if (day := parse_date(each, order=way).value)] for way in ways]
    possible = [found for found in read if len(found) == len(texts) and found == sorted(found)]
    if not texts or not possible or any(found != possible[0] for found in possible):
        return [day for each in texts if each[:4].isdigit() and (day := parse_date(each).value)]
    return possible[0]


def extent_in(text: str, order: Order | None = None) -> tuple[date, date] | None:
    """The first and the last day of a text with two days that a word such as 至 or `to` joins; `order` as above."""
    days, pieces = days_in(text, order), _DAYS.split(text)
    if len(days) != 2 or len(pieces) != 5 or days[0] > days[1]:
        return None
    return (days[0], days[1]) if _JOINT.fullmatch(pieces[2]) else None


def named_after(record_type: RecordType, names: Sequence[str]) -> bool:
    """Whether one of the names holds the type's title."""
    title = header_key(record_type.title.zh)
    return any(title in header_key(name) for name in names)
