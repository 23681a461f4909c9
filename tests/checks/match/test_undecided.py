"""What is still undecided when later passes have taken some of the records."""

from __future__ import annotations

from auditor.checks.match.undecided import Alternatives, OpenSet, open_sets

# two lefts of which one has a twin, two rights, everybody fits but 3 and 12
TIE = Alternatives(
    2,
    ((1, 2), (3,)),
    ((11,), (12,)),
    ((((0, 1),), ((0, 1),)), (((0, 1),), ((1, 1),)), (((1, 1),), ((0, 1),))),
    True,
)


def free(left: set[int], right: set[int]) -> dict[str, set[int]]:
    return {"left": left, "right": right}


def test_nothing_was_taken() -> None:
    expected = OpenSet([1, 2, 3], [11, 12], [((1,), (11,)), ((1,), (12,)), ((3,), (11,))], [2], True)
    assert open_sets([TIE], free({1, 2, 3}, {11, 12})) == [expected]


def test_a_twin_stands_in_for_the_one_that_was_taken() -> None:
    (found,) = open_sets([TIE], free({2, 3}, {11, 12}))
    assert found.options == [((2,), (11,)), ((2,), (12,)), ((3,), (11,))]


def test_who_has_no_candidate_left_is_undecided_no_more() -> None:
    (found,) = open_sets([TIE], free({1, 2, 3}, {12}))
    assert (found.left, found.right, found.options) == ([1, 2], [12], [((1,), (12,))])


def test_all_candidates_taken_leaves_nothing_undecided() -> None:
    assert open_sets([TIE], free({1, 2, 3}, set())) == []


def test_a_search_that_stopped_without_a_way_keeps_its_record() -> None:
    stopped = Alternatives(3, ((7,),), (), (), False)
    assert open_sets([stopped], free({7}, set())) == [OpenSet([7], [], [], [3], False)]
    assert open_sets([stopped], free(set(), set())) == []


def test_sets_that_share_a_record_are_one() -> None:
    other = Alternatives(3, ((3,),), ((13,), (14,)), ((((0, 1),), ((0, 1), (1, 1))),), False)
    (found,) = open_sets([TIE, other], free({1, 2, 3}, {11, 12, 13, 14}))
    assert (found.left, found.right, found.stages, found.complete) == ([1, 2, 3], [11, 12, 13, 14], [2, 3], False)
    assert len(found.options) == 4
