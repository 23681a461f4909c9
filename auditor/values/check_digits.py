"""Check digits and built-in facts of numbers. Each test gives None where the text has not the form in question."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from auditor.values.errors import ValueProblem, WrongInvoiceNumber
from auditor.values.text import number_text

_AWB = re.compile(r"(\d{3})-?(\d{7})(\d)", re.ASCII)
_CREDIT_CODE_CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_CODE = re.compile(f"[{_CREDIT_CODE_CHARACTERS}]{{2}}[0-9]{{6}}[{_CREDIT_CODE_CHARACTERS}]{{10}}")
_CARD = re.compile(r"\d{13,19}", re.ASCII)


def awb_holds(text: str) -> bool | None:
    """An air waybill `998-61000002`: its last digit is the seven before it modulo 7 (IATA)."""
    match = _AWB.fullmatch(number_text(text))
    return int(match[2]) % 7 == int(match[3]) if match else None


def luhn_holds(text: str) -> bool | None:
    """A bank card's number (ISO/IEC 7812-1). Accounts of companies carry no check digit."""
    digits = number_text(text)
    if not _CARD.fullmatch(digits):
        return None
    total = 0
    for place, character in enumerate(reversed(digits)):
        digit = int(character) * (1 + place % 2)
        total += digit - 9 if digit > 9 else digit
    return total % 10 == 0


def credit_code_holds(text: str) -> bool | None:
    """A unified social credit code of 18 characters (GB 32100-2015)."""
    code = number_text(text)
    if not _CREDIT_CODE.fullmatch(code):
        return False if len(code) == 18 and code.isalnum() else None
    total = sum(_CREDIT_CODE_CHARACTERS.index(each) * pow(3, place, 31) for place, each in enumerate(code[:17]))
    return _CREDIT_CODE_CHARACTERS[(31 - total % 31) % 31] == code[17]


class InvoiceNumber(NamedTuple):
    """What an invoice's number says: of a 数电票 year, region and channel, of older ones only their form."""

    kind: str                       # "digital" (20 digits) or "older" (8 digits, with a code)
    problem: ValueProblem | None = None
    year: int | None = None
    region: str | None = None
    channel: str | None = None


def invoice_number(number: str, code: str | None = None, issued: date | None = None) -> InvoiceNumber | None:
    """What the number and code of an invoice say, and whether they agree with the date of issue.

    A 数电票 has 20 digits: 1-2 the year of issue, 3-4 the region, 5 the channel, and no code. Older invoices have
    8 digits and a code of 10 or 12. None if there is no number.
    """
    digits, letters = number_text(number), number_text(code or "")
    if not digits:
        return None
    if len(digits) == 20 and digits.isdigit():
        return _digital(digits, letters, issued, number)
    if len(digits) == 8 and digits.isdigit():
        wrong = bool(letters) and not (letters.isdigit() and len(letters) in (10, 12))
        problem = _wrong(number, f"a code of {len(letters)} characters instead of 10 or 12 digits",
                         f"发票代码为 {len(letters)} 位，应为 10 或 12 位数字") if wrong else None
        return InvoiceNumber("older", problem)
    return InvoiceNumber("unknown", _wrong(number, f"{len(digits)} characters instead of 20 or 8 digits",
                                           f"{len(digits)} 位，应为 20 位（数电票）或 8 位数字"))


def _digital(digits: str, code: str, issued: date | None, number: str) -> InvoiceNumber:
    year = 2000 + int(digits[:2])
    problem = None
    if code:
        problem = _wrong(number, "a digital invoice has no code", "数电票没有发票代码")
    elif issued is not None and issued.year != year:
        problem = _wrong(number, f"issued in {issued.year}, but numbered in {year}",
                         f"开票年份 {issued.year}，号码年份 {year}")
    return InvoiceNumber("digital", problem, year, digits[2:4], digits[4])


def _wrong(found: str, reason_en: str, reason_zh: str) -> WrongInvoiceNumber:
    return WrongInvoiceNumber(None, found, reason_en=reason_en, reason_zh=reason_zh)
