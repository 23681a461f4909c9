"""Which records add up: against all subsets tried one by one."""

from __future__ import annotations

from collections import Counter
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from auditor.checks.match.choice_sums import Item, choice_sums, how_many
from auditor.checks.match.subsets import Group, adding_up, pack

VALUES = st.lists(st.integers(-6, 30), min_size=1, max_size=8)


def items_of(values: list[int]) -> list[Item]:
    return [Item(value, value, count) for value, count in sorted(Counter(values).items())]


def by_trying(values: list[int], target: int, slack: int, most: int) -> set[tuple[tuple[int, int], ...]]:
    found = set()
    for size in range(2, most + 1):
        for chosen in combinations(values, size):
            if abs(sum(chosen) - target) <= slack:
                found.add(tuple(sorted(Counter(chosen).items())))
    return found


@given(VALUES, st.integers(1, 60), st.sampled_from([0, 0, 2]), st.integers(2, 5))
def test_all_subsets_are_found_and_no_others(values: list[int], target: int, slack: int, most: int) -> None:
    found = adding_up(items_of(values), target, slack, most, 100_000)
    assert found.complete
    assert set(found.subsets) == by_trying(values, target, slack, most)
    assert len(set(found.subsets)) == len(found.subsets)


@given(VALUES, st.integers(1, 60), st.integers(2, 5), st.integers(2, 40))
def test_a_stopped_search_finds_nothing_wrong(values: list[int], target: int, most: int, budget: int) -> None:
    found = adding_up(items_of(values), target, 0, most, budget)
    assert set(found.subsets) <= by_trying(values, target, 0, most)
    if found.complete:
        assert set(found.subsets) == by_trying(values, target, 0, most)


@given(VALUES, st.integers(1, 5))
def test_the_number_of_choices_is_known_beforehand(values: list[int], most: int) -> None:
    items = items_of(values)
    assert how_many(items, most) == len(choice_sums(tuple(items), most).totals)


def test_two_receipts_make_one_entry() -> None:
    receipts = [Item(1, 448_161, 1), Item(2, 174_646, 1), Item(3, 99_900, 1)]
    assert adding_up(receipts, 622_807, 0, 6, 1000).subsets == (((1, 1), (2, 1)),)


def test_an_amount_out_of_reach_needs_no_search() -> None:
    assert adding_up([Item(n, 100 + n, 1) for n in range(200)], 10_000_000, 0, 6, 1000).complete


def test_many_items_stop_the_search_and_say_so() -> None:
    found = adding_up([Item(n, 1000 + 7 * n, 1) for n in range(200)], 6500, 0, 6, 50_000)
    assert not found.complete


def group(left: list[int], right: list[int]) -> Group:
    return Group(tuple((n, 1) for n in left), tuple((n, 1) for n in right))


def test_the_only_way_is_taken() -> None:
    one = group([1], [1, 2])
    assert pack([one], {1: 1}, {1: 1, 2: 1}).taken == ((one, 1),)


def test_two_ways_are_left_undecided() -> None:
    packing = pack([group([1], [1, 2]), group([1], [3, 4])], {1: 1}, dict.fromkeys(range(1, 5), 1))
    assert packing.taken == () and len(packing.undecided) == 1 and packing.undecided[0][1]


def test_the_way_that_leaves_room_for_the_others_is_taken() -> None:
    groups = [group([1], [1, 2]), group([1], [4, 5]), group([2], [1, 3])]
    packing = pack(groups, {1: 1, 2: 1}, dict.fromkeys(range(1, 6), 1))
    assert {each for each, _ in packing.taken} == {groups[1], groups[2]} and packing.undecided == ()


def test_twin_targets_take_a_group_each() -> None:
    one = group([1], [1, 2])
    assert pack([one], {1: 2}, {1: 2, 2: 3}).taken == ((one, 2),)


def test_what_every_choice_contains_is_taken() -> None:
    sure, either, other = group([1], [1, 2]), group([2], [3, 4]), group([2], [3, 5])
    packing = pack([sure, either, other], {1: 1, 2: 1}, dict.fromkeys(range(1, 6), 1))
    assert packing.taken == ((sure, 1),) and packing.undecided == (((either, other), True),)
