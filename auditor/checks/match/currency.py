"""A match in which no two currencies are taken for one."""

from __future__ import annotations

from auditor.checks.currencies import CURRENCY, columns_in, in_one_currency, is_money, left_fields
from auditor.checks.match.options import Compare, Explained, Match, Pass, compared
from auditor.checks.sources import Records
from auditor.rules.bound import BoundRule


def match_in_currency(rule: BoundRule, options: Match, left: Records, right: Records) -> Match:
    """The match with currency among what must agree, where both sides have it.

    A pass that compares money pairs within one currency, unless its own condition speaks of currencies. Where the rule
    reports a difference in `currency`, it is compared in every pair, and passes by numbers alone may pair two
    currencies to show it; where it reports none, no pass pairs them.
    """
    if not (left.has(CURRENCY) and right.has(CURRENCY)):
        return options
    figures = [name for name, how in options.compare.items() if is_money(rule, left, [compared(name, how).left])]
    told = bool({"differs", f"differs.{CURRENCY}"} & set(rule.outcomes)) and bool(figures)

    def one(each: Pass) -> Pass:
        money = each.groups is not None or is_money(rule, left, [*left_fields(each.on), *(each.sum or ())])
        speaks = each.where is not None and CURRENCY in columns_in(each.where)
        if speaks or not (money or (figures and not told)):
            return each
        return each.model_copy(update={"on": in_one_currency(each.on)})

    def reason(each: Explained) -> Explained:
        return each.model_copy(update={"cancels": in_one_currency(each.cancels)}) if each.cancels else each

    changed: dict[str, object] = {
        "passes": [one(each) for each in options.passes],
        "explained": [reason(each) for each in options.explained],
    }
    if told and CURRENCY not in options.compare:  # figures of two currencies say nothing of each other
        changed["compare"] = {CURRENCY: Compare(exact=True, hides=figures), **options.compare}
    if is_money(rule, left, options.duplicates) and CURRENCY not in options.duplicates:
        changed["duplicates"] = [*options.duplicates, CURRENCY]
    return options.model_copy(update=changed)
