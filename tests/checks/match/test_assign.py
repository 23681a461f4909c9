"""Who goes with whom: against the rule written out plainly, and in every order of the edges."""

from __future__ import annotations

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from auditor.checks.match.assign import Assignment, Edge, assign

EDGES = st.lists(
    st.builds(Edge, st.integers(1, 3), st.integers(1, 3), st.integers(1, 3), st.booleans()),
    max_size=6,
    unique_by=lambda edge: (edge.left, edge.right),
)
COUNTS = st.fixed_dictionaries({n: st.integers(1, 2) for n in (1, 2, 3)})


def edge(left: int, right: int, score: int = 1, loud: bool = True) -> Edge:
    return Edge(left, right, score, loud)


def test_each_the_others_best_is_taken_and_the_rest_follows() -> None:
    found = assign([edge(1, 1, 1), edge(1, 2, 2), edge(2, 1, 2), edge(2, 2, 3)], {1: 1, 2: 1}, {1: 1, 2: 1})
    assert found == Assignment(((1, 1, 1), (2, 2, 1)), ())


def test_two_different_records_for_one_partner_are_a_tie() -> None:
    found = assign([edge(1, 1), edge(2, 1)], {1: 1, 2: 1}, {1: 1})
    assert found.taken == ()
    assert [(tie.left, tie.right, tie.complete) for tie in found.ties] == [((1, 2), (1,), True)]


def test_twins_are_no_tie_and_the_rest_of_them_remains() -> None:
    assert assign([edge(1, 1)], {1: 3}, {1: 2}) == Assignment(((1, 1, 2),), ())


def test_all_used_up_by_one_class_of_twins() -> None:
    assert assign([edge(1, 1), edge(2, 1)], {1: 1, 2: 1}, {1: 2}) == Assignment(((1, 1, 1), (2, 1, 1)), ())


def test_silent_pairs_may_go_either_way() -> None:
    quiet = [edge(one, other, 1, False) for one in (1, 2) for other in (1, 2)]
    assert assign(quiet, {1: 1, 2: 1}, {1: 1, 2: 1}) == Assignment(((1, 1, 1), (2, 2, 1)), ())


def test_pairs_that_show_may_not() -> None:
    shown = [edge(one, other) for one in (1, 2) for other in (1, 2)]
    found = assign(shown, {1: 1, 2: 1}, {1: 1, 2: 1})
    assert found.taken == () and found.ties[0].edges == ((1, 1), (1, 2), (2, 1), (2, 2))


def test_a_tie_that_only_one_way_leaves_nobody_out() -> None:
    # 1 fits 1 and 2 alike, but 2 has nobody else than 2
    assert assign([edge(1, 1), edge(1, 2), edge(2, 2, 2)], {1: 1, 2: 1}, {1: 1, 2: 1}).taken == ((1, 1, 1), (2, 2, 1))


def test_what_all_best_assignments_share_is_taken() -> None:
    edges = [edge(1, 1), edge(1, 2), edge(2, 1), edge(2, 2), edge(3, 2, 2), edge(3, 3, 2)]
    found = assign(edges, {1: 1, 2: 1, 3: 1}, {1: 1, 2: 1, 3: 1})
    assert found.taken == ((3, 3, 1),)
    assert [(tie.left, tie.right) for tie in found.ties] == [((1, 2), (1, 2))]


def test_a_search_too_large_says_so() -> None:
    edges = [edge(one, other, 1 + (one * other) % 2) for one in range(30) for other in range(30) if (one + other) % 3]
    found = assign(edges, dict.fromkeys(range(30), 1), dict.fromkeys(range(30), 1))
    assert any(not tie.complete for tie in found.ties)


@given(EDGES, COUNTS, COUNTS)
def test_the_order_of_edges_decides_nothing(edges: list[Edge], left: dict[int, int], right: dict[int, int]) -> None:
    expected = assign(edges, left, right)
    for order in list(permutations(edges))[:24]:
        assert assign(order, left, right) == expected


@given(EDGES, COUNTS, COUNTS)
def test_nothing_is_used_twice(edges: list[Edge], left: dict[int, int], right: dict[int, int]) -> None:
    found = assign(edges, left, right)
    for number in (1, 2, 3):
        assert sum(count for one, _, count in found.taken if one == number) <= left[number]
        assert sum(count for _, other, count in found.taken if other == number) <= right[number]
    assert {(one, other) for one, other, _ in found.taken} <= {(each.left, each.right) for each in edges}


@given(EDGES, COUNTS, COUNTS)
def test_who_could_still_be_paired_is_in_a_tie(edges: list[Edge], left: dict[int, int], right: dict[int, int]) -> None:
    found = assign(edges, left, right)
    free_left = {n: left[n] - sum(c for one, _, c in found.taken if one == n) for n in left}
    free_right = {n: right[n] - sum(c for _, other, c in found.taken if other == n) for n in right}
    tied = {pair for tie in found.ties for pair in tie.edges}
    assert {(e.left, e.right) for e in edges if free_left[e.left] and free_right[e.right]} == tied
