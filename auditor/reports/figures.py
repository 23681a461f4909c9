"""Figures as people read them: thousands separated, signed where it says which way, never rounded."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from auditor.findings.model import Finding, RuleResult
from auditor.findings.text import amount_text
from auditor.records.loader import record_types
from auditor.records.model import FieldType
from auditor.reports.words import words

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
    exact = Decimal(value)
    grouped = f"{exact.to_integral_value():,f}" if exact == exact.to_integral_value() else f"{exact.normalize():,f}"
    return f"+{grouped}" if signed and value > 0 else grouped


def figure_text(value: str | None) -> str:
    """A value given as text; an amount among them gets its thousands separated, all else stays as it is."""
    if value is None:
        return ""
    return f"{Decimal(value):,f}" if _FIGURE.fullmatch(value) else value


def is_count(finding: Finding) -> bool:
    """Whether the finding's difference and amount count tickets, pieces or days instead of money."""
    if finding.outcome == "count_differs":
        return True
    listed = words().counted
    if finding.code in listed or f"{finding.code}/{finding.field}" in listed:
        return True
    return finding.field is not None and _whole_number(finding.field, (record.type for record in finding.records))


def _whole_number(field: str, types: Iterable[str]) -> bool:
    known = record_types()
    fields = [known[name].fields[field] for name in types if name in known and field in known[name].fields]
    return any(each.type is FieldType.INTEGER for each in fields)


def counts_things(rule: RuleResult) -> bool:
    """Whether the rule's populations add up tickets or pieces instead of money: all its codes count things."""
    return bool(rule.codes) and all(code in words().counted for code in rule.codes)


def difference(finding: Finding) -> str:
    """The finding's difference as people read it, signed."""
    if is_count(finding):
        return count(finding.difference, signed=True)
    return money(finding.difference, finding.currency, signed=True)


def amount(finding: Finding) -> str:
    """The amount that the finding involves as people read it."""
    return count(finding.amount) if is_count(finding) else money(finding.amount, finding.currency)
