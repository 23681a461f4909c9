"""Amounts of money and other plain numbers, exactly.

Separators. `.` is the decimal sign and `,` groups thousands, as in every Chinese and English document: `1,234` is 1234
and `1.234` is 1.234. Without being told, another use is accepted only where it can mean nothing else: `1.234,56`,
`1.234.567`, `1 234,56` and `1'234.56`. `1,23` and `12,5` are ambiguous and a problem; so is `1 234`. A layout that
declares `decimal=","` turns the roles round: then `1.234` is 1234 and `1,23` is 1.23.
"""

from __future__ import annotations

import re
from decimal import Decimal

from auditor.values.currency import BESIDE_AMOUNT, BESIDE_PATTERN
from auditor.values.errors import (
    AmbiguousAmount,
    AmountTooLarge,
    CurrenciesDiffer,
    LostDigits,
    NotAnAmount,
    TooManyDecimals,
    ValueProblem,
)
from auditor.values.reading import MoneyReading
from auditor.values.text import clean_cell, folded, without_blanks

DECIMALS = 5
WHOLE_DIGITS = 13

_PLAIN = re.compile(r"[+-]?\d{1,13}(\.\d{1,5})?", re.ASCII)
_GROUPED = re.compile(r"[+-]?\d{1,3}(,\d{3}){1,4}(\.\d{1,5})?", re.ASCII)
_SIGNS = str.maketrans({"−": "-", "–": "-", "—": "-", "‐": "-", "‑": "-", "﹣": "-", "。": ".", "·": ".", "’": "'",
                        "‘": "'", "、": ","})  # fmt: skip
# The word beside an amount for its side, in the word by which record types know it.
_FLAGS = {
    "借方": "借", "借": "借", "贷方": "贷", "贷": "贷", "收入": "收", "收": "收", "支出": "付", "支": "付", "付": "付",
    "dr.": "借", "dr": "借", "cr.": "贷", "cr": "贷", "借dr": "借", "贷cr": "贷", "d": "借", "c": "贷", "debit": "借",
    "credit": "贷", "平": "平",
}  # fmt: skip
CREDIT_SIDE = "贷"
_FLAG = "|".join(re.escape(flag) for flag in sorted(_FLAGS, key=lambda flag: (-len(flag), flag)))
_UNITS = {"万亿": 12, "亿": 8, "千万": 7, "百万": 6, "十万": 5, "万": 4, "千": 3, "百": 2}
_UNIT = "|".join(sorted(_UNITS, key=lambda unit: (-len(unit), unit)))
_PER = r"(?:/(?:kgs?|公斤|千克|吨|t|票|件|箱|个|只|张|天|日|月|次|cbm|m3|pcs|ctn))?"
_WHOLE = re.compile(
    rf"(?P<flag1>{_FLAG})?:?(?P<sign1>[-+负])?(?P<open>\()?(?P<cur1>{BESIDE_PATTERN})?:?(?P<cur2>{BESIDE_PATTERN})?"
    rf"(?P<sign2>[-+负])?(?P<open2>\()?(?P<number>\.?\d[\d.,' ]*)(?P<unit>{_UNIT})?"
    rf"(?P<cur3>{BESIDE_PATTERN})?[整正]?{_PER}"
    rf"(?P<close>\))?(?P<sign3>[-+])?(?P<cur4>{BESIDE_PATTERN})?(?P<flag2>{_FLAG})?",
    re.ASCII,
)
# 100.00(已退款89.84): an amount and what somebody says of it
_NOTE = re.compile(r"(?P<amount>[^()]*\d[^()]*)\((?P<note>[^()]*[^\W\d_][^()]*)\)\s*")
# A footnote's mark would become a digit of the amount: 1,234.56¹.
_RAISED = re.compile("[\u00b2\u00b3\u00b9\u2070-\u209c\u2460-\u24ff\u2776-\u2793]")
_EXPONENT = re.compile(r"[-+]?\d+([.,]\d+)?e[-+]?\d+", re.ASCII)
_COINS = re.compile(r"([-+]?)(?:(\d[\d,]*)[元圆块])?(?:(\d)[角毛])?(?:(\d)分)?[整正]?", re.ASCII)
_CHINESE_SUM = re.compile(rf"(?:\d{{1,13}}(?:\.\d{{1,5}})?(?:{_UNIT})){{2,}}(?:\d{{1,4}})?元?", re.ASCII)
_AROUND_SEPARATOR = re.compile(r"(?<=[\d,.])\s+(?=[,.])|(?<=[,.])\s+(?=\d)", re.ASCII)
_EITHER = re.compile(r"[1-9]\d{0,2}[,.]\d{3}", re.ASCII)
_DOT_GROUPS = re.compile(r"\d{1,3}(\.\d{3})+", re.ASCII)
_COMMA_GROUPS = re.compile(r"\d{1,3}(,\d{3})+", re.ASCII)
_SPACE_GROUPS = re.compile(r"\d{1,3}( \d{3})+", re.ASCII)
_QUOTE_GROUPS = re.compile(r"\d{1,3}('\d{3})+", re.ASCII)


def parse_money(text: str, decimal: str | None = None) -> MoneyReading:
    """The amount that a cell states, with the currency and the side named beside it.

    `decimal` is the document's decimal sign, `.` or `,`, if declared or decided, and `?` if it was found undecided.
    Empty cells and placeholders give no value and no problem. The value has at most 5 decimals and 13 digits before
    them, and is never rounded.
    """
    if decimal is None:
        if _PLAIN.fullmatch(text):
            return MoneyReading(Decimal(text))
        if _GROUPED.fullmatch(text):
            return MoneyReading(Decimal(text.replace(",", "")))
    cleaned = clean_cell(text)
    if not cleaned:
        return MoneyReading()
    if _RAISED.search(cleaned):
        return MoneyReading(None, NotAnAmount(None, text))
    plain = folded(cleaned).translate(_SIGNS).casefold().strip()
    return _parse_folded(plain, text, decimal)


def side_named(text: str) -> str | None:
    """The side (借, 贷, 收, 付 or 平) that a text is a word for; None if it is none."""
    return _FLAGS.get(without_blanks(folded(text).casefold()))


def parse_number(text: str, decimal: str | None = None) -> MoneyReading:
    """As `parse_money`, for numbers that carry no currency or side: either of them is a problem."""
    reading = parse_money(text, decimal)
    if reading.currency or reading.flag or reading.note:
        return MoneyReading(None, NotAnAmount(None, text))
    return reading


def _parse_folded(plain: str, text: str, decimal: str | None) -> MoneyReading:
    tight = without_blanks(plain)
    if _EXPONENT.fullmatch(tight):
        return MoneyReading(None, LostDigits(None, text))
    match = _WHOLE.fullmatch(_spaced(plain))
    if match is None:
        noted = _NOTE.fullmatch(plain)
        reading = _parse_folded(noted["amount"], text, decimal) if noted else MoneyReading()
        if noted and reading.value is not None:
            return reading._replace(note=noted["note"])
        return _chinese_forms(tight, text)
    codes = [BESIDE_AMOUNT[code] for code in match.group("cur1", "cur2", "cur3", "cur4") if code]
    if len(set(codes)) > 1:
        return MoneyReading(None, CurrenciesDiffer(None, text, one=codes[0], other=codes[1]))
    flags = {_FLAGS[flag] for flag in match.group("flag1", "flag2") if flag}
    sign = _sign(match)
    if sign is None or len(flags) > 1:
        return MoneyReading(None, NotAnAmount(None, text))
    number = _digits(match["number"].strip(), decimal)
    if isinstance(number, tuple):
        return MoneyReading(None, AmbiguousAmount(None, text, one=number[0], other=number[1]))
    if number is None:
        return MoneyReading(None, NotAnAmount(None, text))
    return _checked(sign + number, _UNITS.get(match["unit"] or "", 0), text, codes[0] if codes else None,
                    flags.pop() if flags else None)


def _spaced(plain: str) -> str:
    """Without blanks, but for those between two digits, which may group thousands or divide two numbers."""
    return re.sub(r"(?<!\d)\s+|\s+(?!\d)", "", _AROUND_SEPARATOR.sub("", re.sub(r"\s+", " ", plain)), flags=re.ASCII)


def _sign(match: re.Match[str]) -> str | None:
    """`-` or nothing; None if the text has two signs, or a bracket without its partner."""
    opened, closed = match["open"] or match["open2"], match["close"]
    if bool(opened) != bool(closed) or (match["open"] and match["open2"]):
        return None
    signs = [sign for sign in match.group("sign1", "sign2", "sign3") if sign]
    if len(signs) + bool(opened) > 1:
        return None
    return "-" if opened or signs[:1] in (["-"], ["负"]) else ""


def _digits(number: str, decimal: str | None) -> str | tuple[str, str] | None:
    """The number with `.` as decimal sign and no groups; two candidates if ambiguous; None if malformed."""
    if decimal == "?":
        return _undecided(number)
    if decimal == ",":
        return _with_groups(number.replace(".", "'") if "," in number or _DOT_GROUPS.fullmatch(number) else number, ",")
    if decimal == ".":
        return _with_groups(number.replace(",", "'"), ".")
    dots, commas = number.count("."), number.count(",")
    if commas == 0 and dots <= 1 and " " not in number:
        return _with_groups(number, ".")
    if commas and dots == 1 and number.rindex(".") > number.rindex(","):
        return _with_groups(number.replace(",", "'"), ".")
    if _COMMA_GROUPS.fullmatch(number):
        return number.replace(",", "")
    if _DOT_GROUPS.fullmatch(number):  # two dots at least: one alone is a decimal sign
        return number.replace(".", "")
    if commas == 1 and (dots or " " in number):
        return _with_groups(number.replace(".", "'").replace(" ", "'"), ",")
    if commas == 1:
        return number.replace(",", "."), number.replace(",", "")
    if _SPACE_GROUPS.fullmatch(number.split(".")[0]) and dots <= 1 and not commas:
        return number.replace(" ", ""), number.replace(" ", " + ")
    return None


def _undecided(number: str) -> str | tuple[str, str] | None:
    """As without a declared sign, but `1,234` and `1.234` are ambiguous: the document shows both signs, or neither."""
    if _EITHER.fullmatch(number):
        return number.replace(",", "."), re.sub("[,.]", "", number)
    return _digits(number, None)


def _with_groups(number: str, sign: str) -> str | None:
    """The number whose decimal sign is `sign` and whose groups, if any, are marked by `'` or blanks."""
    whole, _, fraction = number.partition(sign)
    if "'" in whole or " " in whole:
        if not (_QUOTE_GROUPS.fullmatch(whole) or _SPACE_GROUPS.fullmatch(whole)):
            return None
        whole = whole.replace("'", "").replace(" ", "")
    if not (whole + fraction).isdigit():
        return None
    return f"{whole or '0'}.{fraction}" if fraction else whole


def _chinese_forms(tight: str, text: str) -> MoneyReading:
    """`12元5角3分` and sums of units such as `3万5千` and `1亿2000万元`."""
    coins = _COINS.fullmatch(tight)
    if coins and any(coins.groups()[1:]):
        whole = (coins[2] or "0").replace(",", "")
        return _checked(f"{coins[1].strip('+')}{whole}.{coins[3] or 0}{coins[4] or 0}", 0, text, "CNY", None)
    if _CHINESE_SUM.fullmatch(tight):
        parts = re.findall(rf"(\d+(?:\.\d+)?)({_UNIT})?", tight, re.ASCII)
        powers = [_UNITS.get(unit, 0) for _, unit in parts]
        if powers == sorted(set(powers), reverse=True):
            total = sum(Decimal(number).scaleb(power) for (number, _), power in zip(parts, powers, strict=True))
            return _checked(f"{total:f}", 0, text, "CNY" if tight.endswith("元") else None, None)
    return MoneyReading(None, NotAnAmount(None, text))


def _checked(number: str, power: int, text: str, currency: str | None, flag: str | None) -> MoneyReading:
    value, problem = exact(number, power, text)
    return MoneyReading(None, problem) if problem else MoneyReading(value, None, currency, flag)


def exact(number: str, power: int, text: str) -> tuple[Decimal | None, ValueProblem | None]:
    """`number` × 10^`power` as the engine can keep it, or the problem that it cannot."""
    sign, digits = ("-", number[1:]) if number.startswith("-") else ("", number)
    whole, _, fraction = digits.partition(".")
    if power:
        fraction = fraction.ljust(power, "0")
        whole, fraction = whole + fraction[:power], fraction[power:]
    whole = whole.lstrip("0")
    if len(whole) > WHOLE_DIGITS:
        return None, AmountTooLarge(None, text, most=WHOLE_DIGITS)
    if len(fraction.rstrip("0")) > DECIMALS:
        return None, TooManyDecimals(None, text, most=DECIMALS)
    return Decimal(f"{sign}{whole or '0'}.{fraction[:DECIMALS]}" if fraction else f"{sign}{whole or '0'}"), None
