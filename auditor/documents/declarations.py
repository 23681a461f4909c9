"""What `audit.yaml` or an answer declares about a document that the document itself leaves open."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import Annotated, Literal

from pydantic import AfterValidator

from auditor.documents.headers import amount_unit, amount_units
from auditor.strict_yaml import unknown_word, whole_number
from auditor.values.currency import CODES, parse_currency
from auditor.values.dates import Order

FIRST_YEAR, LAST_YEAR = 1990, 2199


def _currency(word: str) -> str:
    if word not in CODES:
        raise unknown_word("currency", "币种", word, CODES, near=parse_currency(word).value)
    return word


def _unit(word: str) -> str:
    if amount_unit(word) is None:
        raise unknown_word("unit of amounts", "金额单位", word, amount_units())
    return word


Sign = Literal["in_positive", "out_positive"]
DecimalMark = Literal[".", ","]
Currency = Annotated[str, AfterValidator(_currency)]
Unit = Annotated[str, AfterValidator(_unit)]
Year = Annotated[int, whole_number(FIRST_YEAR, LAST_YEAR)]


@dataclass(frozen=True, slots=True)
class Declarations:
    """Answers to what a column of values may leave open; None where nothing is declared.

    `sign`: what a positive amount in a column without sides means, money in or money out. `date_order`: of dates such
    as 03/04/2026. `decimal`: the decimal mark. `year`: of dates that state none. `currency`: ISO 4217. `account`: the
    account of a statement that names none. `unit`: of the amounts, such as 万元.
    """

    sign: Sign | None = None
    date_order: Order | None = None
    decimal: DecimalMark | None = None
    year: int | None = None
    currency: str | None = None
    account: str | None = None
    unit: str | None = None

    def or_else(self, other: Declarations) -> Declarations:
        """What is declared here, and where nothing is, what `other` declares."""
        stated = {name: value for name, value in asdict(self).items() if value is not None}
        return replace(other, **stated)


NOTHING_DECLARED = Declarations()
