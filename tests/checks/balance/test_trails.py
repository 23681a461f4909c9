"""The order of rows of one date, told by their balances."""

from __future__ import annotations

from decimal import Decimal
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from auditor.checks.balance.trails import Step, in_order

MOVEMENTS = st.lists(st.sampled_from([-500, -20, -10, 10, 20, 1000]), min_size=1, max_size=40)


def chain(movements: list[int], opening: int = 0) -> list[Step]:
    steps, balance = [], Decimal(opening)
    for movement in movements:
        steps.append(Step(balance, balance + movement))
        balance += movement
    return steps


def breaks(steps: list[Step], entry: Decimal) -> int:
    before = [entry, *(step.after for step in steps)]
    return sum(a != step.before for a, step in zip(before, steps, strict=False))


@given(MOVEMENTS, st.randoms(use_true_random=False))
def test_rows_that_chain_in_some_order_are_put_into_one(
    movements: list[int],
    random: Random,
) -> None:
    steps = chain(movements)
    shuffled = random.sample(steps, len(steps))
    order = in_order(shuffled, Decimal(0), None)
    assert sorted(order) == list(range(len(steps)))
    assert breaks([shuffled[place] for place in order], Decimal(0)) == 0


@given(MOVEMENTS, st.data(), st.randoms(use_true_random=False))
def test_a_row_taken_out_costs_at_most_one_break(
    movements: list[int],
    data: st.DataObject,
    random: Random,
) -> None:
    steps = chain(movements)
    gone = data.draw(st.integers(0, len(steps) - 1))
    left = [step for place, step in enumerate(steps) if place != gone]
    shuffled = random.sample(left, len(left))
    order = in_order(shuffled, Decimal(0), None)
    assert breaks([shuffled[place] for place in order], Decimal(0)) <= 1


def test_a_misprinted_row_keeps_its_place() -> None:
    first = Step(Decimal(0), Decimal(100))
    misprint, last = Step(Decimal(200), Decimal(250)), Step(Decimal(150), Decimal(130))
    for rows in ([first, misprint, last], [last, misprint, first], [misprint, last, first]):
        order = in_order(rows, Decimal(0), None)
        assert [rows[place] for place in order] == [first, misprint, last]


def test_an_opening_nobody_knows_is_no_break() -> None:
    rows = [Step(Decimal(50), Decimal(70)), Step(Decimal(20), Decimal(50))]
    assert in_order(rows, None, None) == [1, 0]
