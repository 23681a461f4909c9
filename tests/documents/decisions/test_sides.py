"""Money in or out, by balances: proved or unknown, never guessed."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.documents.decisions.sides import (
    IN,
    NONE,
    OUT,
    UNKNOWN,
    sides_by_balances,
    sides_of_words,
    sign_by_balances,
)


def chain(moves: list[int], opening: int = 0) -> np.ndarray:
    return opening + np.cumsum(np.array(moves, dtype=np.int64))


def known(moves: list[int]) -> np.ndarray:
    return np.ones(len(moves), dtype=bool)


@pytest.mark.parametrize("order", [1, -1])
def test_the_sign_follows_from_the_balances(order: int) -> None:
    moves = [100, -40, -7, 300]
    balances = chain(moves, 1000)
    assert sign_by_balances(np.array(moves)[::order], balances[::order], [known(moves)]).value == "in_positive"
    assert sign_by_balances(-np.array(moves)[::order], balances[::order], [known(moves)]).value == "out_positive"


def test_a_missing_row_does_not_turn_the_sign() -> None:
    moves = [100, -40, -7, 300, -20]
    balances = chain(moves, 1000)
    keep = [0, 1, 3, 4]
    found = sign_by_balances(np.array(moves)[keep], balances[keep], [np.ones(4, dtype=bool)])
    assert found.value == "in_positive"


def test_equal_amounts_leave_the_sign_open_unless_the_dates_run_one_way() -> None:
    moves = [-50, -50, -50]
    balances = chain(moves, 1000)
    assert sign_by_balances(np.array(moves), balances, [known(moves)]).open
    assert sign_by_balances(np.array(moves), balances, [known(moves)], back=False).value == "in_positive"
    assert sign_by_balances(np.array(moves), balances, [known(moves)], back=True).value == "out_positive"


def test_the_row_before_all_others_is_told_by_the_opening_alone() -> None:
    moves = [100, -40, 7]
    amounts, balances = np.abs(np.array(moves)), chain(moves, 1000)
    assert sides_by_balances(amounts, balances, known(moves)).tolist() == [UNKNOWN, OUT, IN]
    assert sides_by_balances(amounts, balances, known(moves), opening=1000).tolist() == [IN, OUT, IN]


def test_a_row_that_moves_nothing_links_the_others() -> None:
    amounts, balances = np.array([0, 100, 40]), np.array([1000, 1100, 1060])
    assert sides_by_balances(amounts, balances, np.ones(3, dtype=bool)).tolist() == [NONE, IN, OUT]


def test_a_word_that_stands_on_both_sides_says_nothing() -> None:
    words, proved = ["甲", "乙", "甲", "丙"], np.array([IN, OUT, UNKNOWN, IN], dtype=np.int8)
    assert sides_of_words(words, proved) == {"甲": IN, "乙": OUT, "丙": IN}
    assert sides_of_words(["甲", "甲"], np.array([IN, OUT], dtype=np.int8)) == {}


@given(
    moves=st.lists(st.integers(-500, 500).filter(bool), min_size=2, max_size=12),
    opening=st.integers(-1000, 1000),
    back=st.booleans(),
)
def test_no_side_is_ever_wrong_where_dates_tell_the_order(moves: list[int], opening: int, back: bool) -> None:
    order = -1 if back else 1
    amounts, balances = np.abs(np.array(moves))[::order], chain(moves, opening)[::order]
    right = np.where(np.array(moves) > 0, IN, OUT)[::order]
    found = sides_by_balances(amounts, balances, known(moves), back=back)
    assert all(side in (UNKNOWN, real) for side, real in zip(found.tolist(), right.tolist(), strict=True))
    sign = sign_by_balances(np.array(moves)[::order], balances, [known(moves)], back=back)
    assert sign.value in (None, "in_positive")
