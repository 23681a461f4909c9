"""The values that the lines of a table take from what surrounds it: headings, names of sheet, file and folders."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from auditor.documents.context import Context
from auditor.documents.decisions.decision import Basis
from auditor.documents.decisions.years import YearEvidence, year_near
from auditor.documents.headers import header_key
from auditor.documents.tables.headings import Heading, Pair
from auditor.languages import Text
from auditor.records.model import Field, FieldType, RecordType
from auditor.values.dates import Order, parse_date
from auditor.values.text import folded

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
_ACCOUNT_DIGITS = re.compile(r"(?<!\d)\d[\d*xX]{6,}\d(?!\d)")
_ACCOUNT_IN_TEXT = re.compile(r"(?<![0-9A-Za-z])(?:[A-Z]{2,4})?[0-9][0-9*xX \-]{6,}[0-9](?![0-9A-Za-z])")
_LABELLED_ACCOUNT = re.compile(r"([^:\d]{2,40}):\s*(\d[\d*xX]{6,}\d)(?![0-9A-Za-z])")
_ACCOUNT_LENGTH = 8  # digits and more
_GENERIC = re.compile(
    r"(20\d\d[-_.年]?\d{0,2}[-_.月]?\d{0,2}(?:日(?!记))?)|\d{1,2}月份?|(?<![a-z])(sheet|table|export|statement|transactions?|details?|history)\d*|"
    r"网银|流水|交易|明细|对账单|账户|账号|银行存款日记账|银行日记账|日记账|银行存款|^银行$|手工|登记|导出|历史|查询|下载|期后|本期|汇总|电子|回单|工作表|[\s_\-.()（）\[\]【】+]+|^\d+$",
    re.IGNORECASE,
)
_DAYS = re.compile(
    r"(?<!\d)(20\d\d\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}日?|20\d{2}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])|"
    r"\d{1,2}[-/.]\d{1,2}[-/.]20\d\d)(?!\d{1,3}(?!\d))"
)
_TITLE = re.compile(r"日记账|银行账|流水账|收支账")


def account_of(context: Context, sheet: str, lines: Sequence[str] = ()) -> tuple[str, Text | None] | None:
    """The account that the user declares, or that a title above the table, the sheet's or the file's name states: its
    digits, else what is left of the name without generic words.

    With it what it was taken from, where that is a name, which is evidence and no proof; None where nothing names one.
    """
    if context.declared.account:
        return context.declared.account, None
    stated = _account_stated(context, lines)
    if stated is not None:
        return stated, None
    titles = [line for line in lines if _TITLE.search(line)]
    named = [*((line, None) for line in titles), (sheet, _FROM_SHEET), (context.names[0], _FROM_FILE)]
    for name, source in named:
        match = _ACCOUNT_DIGITS.search(name)
        if match and not re.fullmatch(r"20\d{6}(?:20\d{6})?", match[0]):
            return match[0], source
    for name, source in (*named[len(titles) :], *((line, _FROM_TITLE) for line in titles)):
        bare = _GENERIC.sub(" ", name).strip(" —–-―_:：、,，")
        if bare and not bare.isdigit():
            return bare.split("  ")[0].strip(), source
    return None


def _account_stated(context: Context, lines: Sequence[str]) -> str | None:
    """The one account number that a line of text states behind a label and a colon, such as `对账单 账号：6222…`."""
    found = {
        match[2]
        for line in lines
        for match in _LABELLED_ACCOUNT.finditer(folded(line))
        if _labels_account(context, header_key(match[1]))
    }
    return found.pop() if len(found) == 1 else None


def _labels_account(context: Context, text: str) -> bool:
    """Whether the longest label with which a text ends is of one's own account: that of 对方账号 is another's."""
    ending = [key for key in context.vocabulary.words if text.endswith(key)]
    if not ending:
        return False
    claims = context.vocabulary.words[max(ending, key=len)]
    fields = [context.types[record].fields.get(role) for record, role, _ in claims]
    return any(each is not None and each.master == "bank_account" for each in fields)


_FROM_SHEET = Text("the account comes from the name of the sheet", "账号取自工作表名")
_FROM_FILE = Text("the account comes from the name of the file", "账号取自文件名")
_FROM_TITLE = Text("the account comes from the title", "账号取自标题")


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


def heading_pair(heading: Heading, each: Field) -> Pair | None:
    """The pair of a heading that holds a field's value; of an account the one with the number rather than the name, and
    of a value with both the number alone."""
    if each.master == "bank_account":
        keys = {header_key(word) for word in each.headers}
        numbers = [pair for pair in heading.pairs if pair.key in keys and _ACCOUNT_DIGITS.search(pair.value)]
        if numbers:
            return replace(numbers[0], value=account_number_in(numbers[0].value))
    return heading.first(each.headers)


def account_number_in(text: str) -> str:
    """The account's number in a text such as `建行户 4370 1005 2002 6` or `基本户（6222…0026）`; the text, if it is no
    more than that or has several numbers."""
    found = [match[0] for match in _ACCOUNT_IN_TEXT.finditer(folded(text))]
    digits = [number for number in found if sum(each.isdigit() for each in number) >= _ACCOUNT_LENGTH]
    return digits[0].strip() if len(digits) == 1 and any(each.isalpha() for each in text) else text


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


def named_after(record_type: RecordType, names: Sequence[str]) -> bool:
    """Whether one of the names holds the type's title."""
    title = header_key(record_type.title.zh)
    return any(title in header_key(name) for name in names)
