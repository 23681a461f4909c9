"""The facts of the month as rows by field name, from which each house writes its documents.

A row holds what one record states: names of fields are those of the record types. Five keys stand for the ways of
writing money that moves: `<in>` and `<out>` are its two sides, `<flag>` is `in` or `out` beside an amount without sign
(`<size>`), and `<signed>` is the amount with its sign. Amounts have two decimals, weights of scales one.
"""

from houses.facts.billing import BillFacts
from houses.facts.costs import CostFacts
from houses.facts.freight import PLACES, PROVIDER_NAMES, Row, Value, by_week
from houses.facts.masters import MasterFacts
from houses.facts.money import MoneyFacts

__all__ = ["PLACES", "PROVIDER_NAMES", "Facts", "Row", "Value", "by_week"]


class Facts(BillFacts, MoneyFacts, MasterFacts, CostFacts):
    """All facts of the month."""
