"""A balance carried forward over the figures between its opening and its ending."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

from auditor.checks.recalculation.options import Reading, Roll
from auditor.checks.recalculation.papers import Paper, Stated
from auditor.checks.recalculation.results import NotPossible, Reason, Result, amount_of, best, held, one_currency


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
    return best([_read(each, opening, between, ending, within) for each in readings or roll.readings])


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
