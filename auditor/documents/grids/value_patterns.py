"""What a text of a table's body looks like before its column is known: a date, an amount, a whole number."""

from __future__ import annotations

import re

DATE = re.compile(
    r"(\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{4}年\d{1,2}月\d{1,2}日?|(19|20)\d{6}|\d{1,2}[-/.]\d{1,2}([-/.]\d{2,4})?)"
    r"( \d{1,2}:.*)?"
)
MONEY = re.compile(
    r"[-+−(（]?[¥￥$€£]? ?[-+−]?\d[\d,，]*[.．]\d{2,5}[)）]?-?( ?(CR|DR|Cr|Dr|借|贷|元))?"
    r"|[-+−(（]?[¥￥$€£]? ?[-+−]?\d{1,3}([. ]\d{3})*,\d{2}[)）]?-?( ?(CR|DR|Cr|Dr))?"
)
WHOLE = re.compile(r"[-+]?\d[\d,]*")
_LONGEST_NUMBER = 12  # digits: longer ones are numbers of papers and accounts, which stand where texts stand


def is_value(text: str) -> bool:
    """Whether a text is a date or an amount."""
    return bool(DATE.fullmatch(text) or MONEY.fullmatch(text))


def is_money(text: str) -> bool:
    """Whether a text is an amount with decimals."""
    return bool(MONEY.fullmatch(text))


def is_number(text: str) -> bool:
    """Whether a text is an amount or a short whole number."""
    return is_money(text) or (len(text) <= _LONGEST_NUMBER and bool(WHOLE.fullmatch(text)))
