"""A balance carried forward over the figures between its opening and its ending."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from itertools import product

from auditor.checks.recalculation.options import Reading, Roll
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

_MOST_OPEN = 7  # figures between opening and ending
_FEW = 2  # of which no word tells any way


def rolls(roll: Roll, paper: Paper, within: Decimal) -> Iterator[Result]:
    """What comes of a roll-forward on a paper."""
    for figures in paper.stretches():
        opening: Stated | None = None
        between: list[Stated] = []
        for each in figures:
            if each.amount is None:
                continue
            if each.role == roll.opening:
                opening, between = each, []
            elif each.role == roll.ending and opening is not None:
                yield _carried(roll, opening, between, each, within)
                opening, between = None, []
            elif opening is not None:
                between.append(each)


def _carried(roll: Roll, opening: Stated, between: Sequence[Stated], ending: Stated, within: Decimal) -> Result:
    if not one_currency([opening, *between, ending]):
        return NotPossible(Reason.CURRENCIES)
    roles = {each.role for each in between}
    readings = [each for each in roll.readings if roles.issuperset(each.needs)]
    result = best([_read(each, opening, between, ending, within) for each in readings or roll.readings])
    if isinstance(result, Tested) and result.agrees:
        return result
    return _some_way(roll, opening, between, ending, within) or result


def _some_way(roll: Roll, opening: Stated, between: Sequence[Stated], ending: Stated, within: Decimal) -> Result | None:
    """That the balance is carried forward rightly where words leave open which way a figure goes: a payment, interest,
    a word that nobody knows may add, take away or do neither."""
    plus, minus = _certain(roll)
    choices = [(1,) if each.role in plus else (-1,) if each.role in minus else (1, -1, 0) for each in between]
    words_tell = any(len(choice) == 1 for choice in choices)
    if not between or len(between) > _MOST_OPEN or (len(between) > _FEW and not words_tell):
        return None
    start, actual = amount_of(opening), amount_of(ending)
    for signs in product(*choices):
        moved = sum((abs(amount_of(each)) * sign for each, sign in zip(between, signs, strict=True)), Decimal(0))
        if any(signs) and abs(start + moved - actual) <= within:
            return held(ending, (opening, *between), start + moved, within)
    return None


def _certain(roll: Roll) -> tuple[set[str], set[str]]:
    """The roles that add whatever the reading, and those that take away."""
    plus = {role for each in roll.readings for role in each.plus}
    minus = {role for each in roll.readings for role in each.minus}
    neutral = {role for each in roll.readings for role in each.neutral}
    return plus - minus - neutral, minus - plus - neutral


def _read(reading: Reading, opening: Stated, between: Sequence[Stated], ending: Stated, within: Decimal) -> Result:
    unknown = [each for each in between if each.role not in (*reading.plus, *reading.minus, *reading.neutral)]
    if unknown:
        return NotPossible(Reason.UNKNOWN_WORD, unknown[0].label)
    moved = [each for each in between if each.role in (*reading.plus, *reading.minus)]
    if not moved:
        return NotPossible(Reason.NO_MOVEMENT)
    start = amount_of(opening)
    signed: list[Callable[[Decimal], Decimal]] = [abs, lambda amount: amount]
    found: list[Result] = []
    for way in signed:  # what is taken off is printed with its sign or without
        taken = sum((way(amount_of(each)) for each in moved if each.role in reading.minus), Decimal(0))
        added = sum((amount_of(each) for each in moved if each.role in reading.plus), Decimal(0))
        found.append(held(ending, (opening, *between), start + added - taken, within))
    return best(found)
