"""A heading figure and the rows of a paper that it is the sum of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import groupby

from auditor.checks.recalculation.options import Column
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


def columns(column: Column, paper: Paper, within: Decimal) -> Iterator[Result]:
    """What comes of a column relation on a paper."""
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
        found.append(held(heading, table, total, within))
        if any(abs(total - each) <= within for each in wanted):
            found.append(Tested(heading, tuple(table), actual, actual, True))
    result = best(found)
    if isinstance(result, Tested) and not result.agrees and len(blocks) > 1:
        return NotPossible(Reason.SEVERAL)
    return result
