"""Figures as people read them: thousands separated, signed where it says which way, never rounded."""

from __future__ import annotations

import re
from decimal import Decimal

from auditor.findings.carried_over import CarriedItem
from auditor.findings.model import EarlierFinding, Finding, RuleResult
from auditor.findings.text import amount_text, plain_number

_FIGURE = re.compile(r"[-+]?[0-9]+\.[0-9]{2,}")


def money(value: Decimal | None, currency: str | None = None, *, signed: bool = False) -> str:
    """An amount with its currency's decimals: `1,544.29`, with `signed` `+1,544.29`; nothing for None."""
    if value is None:
        return ""
    grouped = f"{Decimal(amount_text(value, currency)):,f}"
    return f"+{grouped}" if signed and value > 0 else grouped


def count(value: Decimal | int | None, *, signed: bool = False) -> str:
    """A number of tickets, pieces or days: `2,100`, with decimals only where it has them."""
    if value is None:
        return ""
    grouped = f"{plain_number(Decimal(value)):,f}"
    return f"+{grouped}" if signed and value > 0 else grouped


def figure_text(value: str | None) -> str:
    """A value given as text; an amount among them gets its thousands separated, all else stays as it is."""
    if value is None:
        return ""
    return f"{Decimal(value):,f}" if _FIGURE.fullmatch(value) else value


def is_count(finding: Finding | EarlierFinding | CarriedItem) -> bool:
    """Whether the finding's difference and amount are something else than money: pieces, kilograms, days."""
    return finding.unit != "money"


def counts_things(rule: RuleResult) -> bool:
    """Whether the rule's populations add up tickets, pieces or weights instead of money."""
    return rule.unit != "money"


def difference(finding: Finding) -> str:
    """The finding's difference as people read it, signed."""
    if is_count(finding):
        return count(finding.difference, signed=True)
    return money(finding.difference, finding.currency, signed=True)


def amount(finding: Finding | EarlierFinding | CarriedItem) -> str:
    """The amount that the finding involves as people read it."""
    return count(finding.amount) if is_count(finding) else money(finding.amount, finding.currency)
