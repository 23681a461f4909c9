"""The sums of choices against those that are counted one by one."""

from __future__ import annotations

from itertools import product

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from auditor.checks.match.choice_sums import Item, all_within, around, choice_sums, how_many

ITEMS = st.lists(
    st.tuples(st.one_of(st.integers(-50, 50), st.integers(-(10**30), 10**30)), st.integers(1, 3)), max_size=5
)


@given(ITEMS, st.integers(1, 4))
def test_all_choices_and_their_sums(values: list[tuple[int, int]], most: int) -> None:
    items = tuple(Item(number, value, count) for number, (value, count) in enumerate(values))
    counts = [taken for taken in product(*(range(item.count + 1) for item in items)) if sum(taken) <= most]
    wanted = sorted(
        (sum(n * item.value for n, item in zip(taken, items, strict=True)),
         tuple((item.number, n) for n, item in zip(taken, items, strict=True) if n))
        for taken in counts
    )  # fmt: skip
    sums = choice_sums(items, most)
    made = [(int(total), sums.choice(place)) for place, total in enumerate(sums.totals)]
    assert sorted(made) == wanted
    assert [total for total, _ in made] == sorted(total for total, _ in made)
    assert how_many(items, most) == len(wanted)
    assert all_within([items], most, len(wanted)) and not all_within([items], most, len(wanted) - 1)


def test_sums_between_bounds_beyond_every_machine_integer() -> None:
    sums = choice_sums((Item(0, 5, 1), Item(1, 10**25, 1)), 2)
    found = list(sums.between(around(np.array([0], dtype=object), 10**25), around(np.array([0]), 10**25 + 5)))
    assert [(number, list(places)) for number, places in found] == [(0, [2, 3])]
