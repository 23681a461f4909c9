"""The relations that can hold between the figures of one paper, each tested on one paper."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal
from itertools import groupby

from auditor.checks.recalculation.options import Column, Product, Reading, Relation, Roll, Sum, roles_of
from auditor.checks.recalculation.papers import Paper, Stated
from auditor.checks.recalculation.results import NotPossible, Reason, Result, Tested, amount_of, best, one_currency

_HALF = Decimal("0.5")
_CENT = Decimal("0.01")


def results(relation: Relation, paper: Paper, within: Decimal) -> Iterator[Result]:
    """What comes of a relation on a paper; nothing where the paper does not state what it is about."""
    if relation.sum:
        yield from _sums(relation.sum, paper, within)
    elif relation.product:
        yield from _products(relation.product, paper, within)
    elif relation.column:
        yield from _columns(relation.column, paper, within)
    elif relation.roll:
        yield from _rolls(relation.roll, paper, within)


# --- sums -------------------------------------------------------------------------------------------------------------


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
    base = sum(map(amount_of, plus), Decimal(0))
    # what is taken off is printed with its sign or without
    ways = {base - sum(map(amount_of, minus), Decimal(0)), base - sum((abs(amount_of(each)) for each in minus), Decimal(0))}
    actual = amount_of(target)
    found = [_held(target, others, each, actual, within, unsigned=sum_.unsigned) for each in sorted(ways, key=lambda way: abs(actual - way))]
    result = best(found)
    # what equals one other figure is no sum: nothing between them belongs to it
    if isinstance(result, Tested) and not result.agrees and len(others) > 1:
        return _doubted(sum_, paper, others, target, result)
    return result


def _doubted(sum_: Sum, paper: Paper, others: Sequence[Stated], target: Stated, result: Tested) -> Result:
    """A sum that is off says nothing where a figure between its parts may belong to it."""
    first, last = min(others[0].at, target.at), max(others[-1].at, target.at)
    known = {each.id for each in (*others, target)}
    for each in paper.heading:
        between = first < each.at < last and each.amount is not None and each.id not in known
        again = each.role == target.role and each.amount == target.amount
        if between and not again and each.role not in sum_.neutral:
            return NotPossible(Reason.UNKNOWN_WORD if each.role is None else Reason.SEVERAL, each.label)
    return result


def _held(
    stated: Stated, others: Sequence[Stated], computed: Decimal, actual: Decimal, within: Decimal, *, unsigned: bool = False
) -> Tested:
    if unsigned and (actual < 0) != (computed < 0):
        computed = -computed
    return Tested(stated, tuple(others), computed, actual, abs(actual - computed) <= within)


# --- products ---------------------------------------------------------------------------------------------------------


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


# --- columns ----------------------------------------------------------------------------------------------------------


def _columns(column: Column, paper: Paper, within: Decimal) -> Iterator[Result]:
    if column.of:
        stated = paper.first_of(column.is_)
        if stated:
            yield _column_of(column, paper, stated, within)
        return
    rows = [each for each in paper.figures if each.row is not None and each.amount is not None]
    for heading in paper.heading:
        core = _core(heading, column.generic)
        if heading.amount is None or not core or heading.role in column.never:
            continue
        same = [each for each in rows if _core(each, column.generic) == core and each.role not in column.never]
        if same:
            yield _added_up(heading, [], list(_by_block(same)), within)


def _core(figure: Stated, generic: Sequence[str]) -> str:
    """A label without the words that say nothing of what is added up."""
    text = figure.plain_label
    for word in generic:
        text = " ".join(each for each in text.split() if each != word) if word.isascii() else text.replace(word, "")
    return text.strip()


def _by_block(figures: Sequence[Stated]) -> Iterator[list[Stated]]:
    """The figures of each table."""
    for _, group in groupby(figures, key=lambda each: each.block):
        yield list(group)


def _column_of(column: Column, paper: Paper, stated: Sequence[Stated], within: Decimal) -> Result:
    rows = [each for each in paper.figures if each.row is not None and each.amount is not None]
    role = next((role for role in column.of if any(each.role == role for each in rows)), None)
    if role is None:
        return NotPossible(Reason.NO_ROWS)
    if len({amount_of(each) for each in stated}) > 1:
        return NotPossible(Reason.SEVERAL)
    blocks = list(_by_block([each for each in rows if each.role == role]))
    besides = sum(map(amount_of, paper.first_of(column.less)), Decimal(0)) if column.less else Decimal(0)
    others = [amount_of(each) for name in column.is_ for each in paper.first_of([name])]
    result = _added_up(stated[0], [*others, *(each - besides for each in others)], blocks, within)
    doubtful = stated[0].role != column.is_[0] and isinstance(result, Tested) and not result.agrees
    unknown = next((each for each in paper.heading if each.role is None and each.amount is not None), None)
    if isinstance(result, Tested) and not result.agrees and paper.first_of(column.unless):
        return NotPossible(Reason.SEVERAL)
    if doubtful and unknown is not None:
        return NotPossible(Reason.UNKNOWN_WORD, unknown.label)
    return result


def _added_up(
    heading: Stated, wanted: Sequence[Decimal], blocks: Sequence[Sequence[Stated]], within: Decimal
) -> Result:
    """A heading figure against the sum of one table, or of all of them; a sum that is one of those wanted agrees."""
    tables = [*blocks, [each for block in blocks for each in block]] if len(blocks) > 1 else list(blocks)
    found: list[Result] = []
    for table in tables:
        if not one_currency([heading, *table]):
            found.append(NotPossible(Reason.CURRENCIES))
            continue
        total = sum(map(amount_of, table), Decimal(0))
        actual = amount_of(heading)
        found.append(_held(heading, table, total, actual, within))
        if any(abs(total - each) <= within for each in wanted):
            found.append(Tested(heading, tuple(table), actual, actual, True))
    result = best(found)
    if isinstance(result, Tested) and not result.agrees and len(blocks) > 1:
        return NotPossible(Reason.SEVERAL)
    return result


# --- balances carried forward -----------------------------------------------------------------------------------------


def _rolls(roll: Roll, paper: Paper, within: Decimal) -> Iterator[Result]:
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
    start, actual = amount_of(opening), amount_of(ending)
    signed: list[Callable[[Decimal], Decimal]] = [abs, lambda amount: amount]
    found: list[Result] = []
    for way in signed:  # what is taken off is printed with its sign or without
        taken = sum((way(amount_of(each)) for each in moved if each.role in reading.minus), Decimal(0))
        added = sum((amount_of(each) for each in moved if each.role in reading.plus), Decimal(0))
        found.append(_held(ending, (opening, *between), start + added - taken, actual, within))
    return best(found)
