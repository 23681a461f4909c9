"""The relations that can hold between the figures of one paper, each tested on one paper."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal

from auditor.checks.recalculation.columns import columns
from auditor.checks.recalculation.options import Product, Relation, Sum, roles_of
from auditor.checks.recalculation.papers import Paper, Stated
from auditor.checks.recalculation.results import (
    NotPossible,
    Reason,
    Result,
    Tested,
    amount_of,
    best,
    held,
    one_currency,
)
from auditor.checks.recalculation.rolls import rolls

_HALF = Decimal("0.5")
_CENT = Decimal("0.01")
_CERTAIN = 3  # figures of which one is the sum of the others


def results(relation: Relation, paper: Paper, within: Decimal) -> Iterator[Result]:
    """What comes of a relation on a paper; nothing where the paper does not state what it is about."""
    if relation.sum:
        yield from _sums(relation.sum, paper, within)
    elif relation.product:
        yield from _products(relation.product, paper, within)
    elif relation.column:
        yield from columns(relation.column, paper, within)
    elif relation.roll:
        yield from rolls(relation.roll, paper, within)


def _sums(sum_: Sum, paper: Paper, within: Decimal) -> Iterator[Result]:
    stated = paper.first_of(sum_.is_)
    if not stated:
        return
    plus = [each for part in sum_.plus for each in paper.first_of(roles_of(part))]
    minus = [each for part in sum_.minus for each in paper.first_of(roles_of(part))]
    needed = sum_.needs or [*sum_.plus[:1], *sum_.minus[:1]]
    have = {each.role for each in (*plus, *minus)}
    if all(have.intersection(roles_of(part)) for part in needed):
        yield _added(sum_, paper, plus, minus, stated, within)
    elif have:
        yield NotPossible(Reason.PART_NOT_STATED)


def _added(
    sum_: Sum, paper: Paper, plus: Sequence[Stated], minus: Sequence[Stated], stated: Sequence[Stated], within: Decimal
) -> Result:
    others = sorted((*plus, *minus), key=lambda each: each.at)
    target = next((each for each in stated if each.at > others[0].at), stated[0])
    if not one_currency([*others, target]):
        return NotPossible(Reason.CURRENCIES)
    result = _sum_of(sum_, plus, minus, target, within)
    if not _is_off(result):
        return result
    for whole, parts in _other_readings(sum_, plus, stated, target, paper):
        again = _sum_of(sum_, parts, minus, whole, within)
        if not _is_off(again):
            return again
    reduced = _without_parts(sum_, plus, paper, _CERTAIN)
    if reduced is not None:
        result = _sum_of(sum_, reduced, minus, target, within)
        others = sorted((*reduced, *minus), key=lambda each: each.at)
    if sum_.mixed and any(each.amount != target.amount for each in stated):
        return NotPossible(Reason.SEVERAL, target.label)
    # what equals one other figure is no sum: nothing between them belongs to it
    return _doubted(sum_, paper, others, target, result, plus) if len(others) > 1 else result


def _is_off(result: Result) -> bool:
    return isinstance(result, Tested) and not result.agrees


def _sum_of(sum_: Sum, plus: Sequence[Stated], minus: Sequence[Stated], target: Stated, within: Decimal) -> Result:
    others = sorted((*plus, *minus), key=lambda each: each.at)
    base = sum(map(amount_of, plus), Decimal(0))
    # what is taken off is printed with its sign or without
    taken = [sum(map(amount_of, minus), Decimal(0)), sum((abs(amount_of(each)) for each in minus), Decimal(0))]
    ways = sorted((base - each for each in taken), key=lambda way: abs(amount_of(target) - way))
    return best([held(target, others, each, within, unsigned=sum_.unsigned) for each in ways])


def _other_readings(
    sum_: Sum, plus: Sequence[Stated], stated: Sequence[Stated], target: Stated, paper: Paper
) -> Iterator[tuple[Stated, list[Stated]]]:
    """A whole and its parts where labels say the same of both: of several taxes one may be the sum of the others."""
    for whole in stated if sum_.mixed else ():
        parts = [each for each in stated if each is not whole and each.amount != whole.amount]
        if parts:
            yield whole, [*plus, *parts]
    reduced = _without_parts(sum_, plus, paper, 2)
    if reduced is not None:
        yield target, reduced


def _without_parts(sum_: Sum, plus: Sequence[Stated], paper: Paper, fewest: int) -> list[Stated] | None:
    """The parts of a sum less those that make up another of the same role, together with what is neutral; None if there
    are none. Of `fewest` figures at least: two that are alike may be two or one printed twice."""
    for role in dict.fromkeys(each.role for each in plus):
        alike = [each for each in plus if each.role == role]
        others = [each for each in paper.heading if each.role in sum_.neutral and each.amount and each not in alike]
        total = sum(map(amount_of, [*alike, *others]), Decimal(0))
        whole = next((each for each in alike if amount_of(each) and 2 * amount_of(each) == total), None)
        if len(alike) > 1 and len(alike) + len(others) >= fewest and whole is not None:
            return [each for each in plus if each.role != role or each is whole]
    return None


def _doubted(
    sum_: Sum, paper: Paper, others: Sequence[Stated], target: Stated, result: Result, plus: Sequence[Stated]
) -> Result:
    """A sum that is off says nothing where a figure between its parts may belong to it."""
    first, last = min(others[0].at, target.at), max(others[-1].at, target.at)
    known = {each.id for each in (*others, *plus, target)}
    for each in paper.heading:
        between = first < each.at < last and each.amount is not None and each.id not in known
        again = each.role == target.role and each.amount == target.amount
        if between and not again and each.role not in sum_.neutral:
            return NotPossible(Reason.UNKNOWN_WORD if each.role is None else Reason.SEVERAL, each.label)
    return result


def _products(product: Product, paper: Paper, within: Decimal) -> Iterator[Result]:
    stated, bases = paper.first_of(product.is_), paper.first_of(product.of)
    rates = [each for each in paper.heading if each.role == product.rate and _rate(each)]
    if not rates or not stated or not bases:
        return
    if len({amount_of(each) for each in bases}) > 1 and len(bases) != len(rates):
        yield NotPossible(Reason.SEVERAL)
        return
    if len(rates) != len(stated):
        yield _one_of_many(product, bases, rates, stated, within)
        return
    for number, (rate, target) in enumerate(zip(rates, stated, strict=True)):
        base = bases[number] if len(bases) == len(rates) else bases[0]
        if amount_of(base) and amount_of(target):
            yield _multiplied(product, base, rate, target, within)


def _one_of_many(
    product: Product, bases: Sequence[Stated], rates: Sequence[Stated], stated: Sequence[Stated], within: Decimal
) -> Result:
    """Rates and results that do not go in pairs: they show something only where one fits all, or all that there are
    say the same."""
    found = [_multiplied(product, bases[0], rate, target, within) for rate in rates for target in stated]
    result = best(found)
    if isinstance(result, Tested) and not result.agrees and (len(rates) > 1 or len(stated) > 1):
        return NotPossible(Reason.SEVERAL)
    return result


def _rate(figure: Stated) -> Decimal | None:
    """The factor that a figure stands for; None where it is nought."""
    return (figure.rate / 100 if figure.rate is not None else figure.amount) or None


def _multiplied(product: Product, base: Stated, rate: Stated, target: Stated, within: Decimal) -> Result:
    factor, of, actual = _rate(rate), amount_of(base), amount_of(target)
    assert factor is not None
    printed = rate.rate if rate.rate is not None else factor
    decimals = max(product.decimals, -int(printed.normalize().as_tuple().exponent))
    rounding = _HALF * Decimal(10) ** -decimals / (100 if rate.rate is not None else 1)
    ways = [(of * factor, abs(of) * rounding)]
    if product.inverse:
        ways.append((of / factor, abs(of / factor / factor) * rounding))
    found = []
    for computed, room in ways:
        if (computed < 0) != (actual < 0):  # a credit prints what it takes back with a sign or without
            computed = -computed
        agrees = abs(actual - computed) <= max(within, room)
        found.append(Tested(target, (base, rate), computed.quantize(_CENT, ROUND_HALF_UP), actual, agrees))
    return best(found)
