"""Running balances, against the plain way of following them row by row."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.documents.model import ProofStatus
from auditor.documents.proofs import balance, exact
from auditor.documents.proofs.exact import TYPE, from_ticks, ticks


def by_hand(moved: list[int], stated: list[int | None], opening: int | None) -> tuple[list[int], list[int]]:
    """The state of each row, oldest first, and the rows that break the chain."""
    states, broken, waiting, running = [0] * len(moved), [], [], opening
    for row, (step, found) in enumerate(zip(moved, stated, strict=True)):
        running = None if running is None else running + step
        waiting.append(row)
        if found is None:
            continue
        if running is not None:
            for each in waiting:
                states[each] = 1 if running == found else 0
            if running != found:
                states[row] = -1
                broken.append(row)
        running, waiting = found, []
    return states, broken


@pytest.fixture(autouse=True)
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exact, "_BLOCK", 3)


steps = st.lists(st.tuples(st.integers(-3, 3), st.one_of(st.none(), st.integers(-4, 4))), min_size=1, max_size=12)


@settings(max_examples=300, deadline=None)
@given(steps, st.one_of(st.none(), st.integers(-2, 2)), st.booleans())
def test_a_chain_is_followed_as_by_hand(
    rows: list[tuple[int, int | None]], opening: int | None, complete: bool
) -> None:
    moved = [step for step, _ in rows]
    stated = [(0 if complete else None) if found is None else found for _, found in rows]
    column = pa.array([None if each is None else Decimal(each).scaleb(-5) for each in stated], TYPE)
    chunked = pa.chunked_array([column[:2], column[2:]], TYPE)
    chain = balance.follow(np.array(moved, dtype=np.int64), chunked, opening)
    if sum(each is not None for each in stated) + (opening is not None) < 2:
        assert chain is None
        return
    assert chain is not None
    ways = [by_hand(moved, stated, opening), by_hand(moved[::-1], stated[::-1], opening)]
    newest_first = len(ways[1][1]) < len(ways[0][1])
    states, broken = ways[newest_first]
    if chain.words not in (balance.OLDEST, balance.NEWEST):
        assert chain.broken < len(broken) and len(ways[0][1]) > 1 and len(ways[1][1]) > 1
        return
    if chain.turned:
        assert not any(each < 0 for each in chain.states.tolist())
        return
    assert (chain.words is balance.NEWEST, chain.broken) == (newest_first, len(broken))
    plain = states[::-1] if newest_first else states
    followed = chain.states.tolist()
    assert [min(each, 0) for each in followed] == [min(each, 0) for each in plain]
    assert all(mine <= each for mine, each in zip(followed, plain, strict=True))
    if broken:
        assert followed == plain
        at = broken[-1] if newest_first else broken[0]
        assert chain.first is not None
        assert chain.first[0] == (len(rows) - 1 - at if newest_first else at)
        assert chain.first[2] == (stated[::-1] if newest_first else stated)[at]


def column_of(balances: list[int | None]) -> pa.Array:
    return pa.array([None if each is None else Decimal(each).scaleb(-5) for each in balances], TYPE)


Rows = list[tuple[int, int, int | None]]  # day, movement, balance


@st.composite
def chains(draw: st.DrawFn) -> Rows:
    """One or two chains that hold, written down in one of the orders that exports have."""
    found: Rows = []
    for _ in range(draw(st.integers(1, 2))):
        running, day = draw(st.integers(0, 6)), 1
        mine: Rows = []
        for _ in range(draw(st.integers(1, 7))):
            day += draw(st.integers(0, 1))
            moved = draw(st.integers(-3, 3))
            running += moved
            mine.append((day, moved, running))
        found = sorted([*found, *mine], key=lambda row: row[0]) if found else mine
    way = draw(st.sampled_from(("oldest", "newest", "days up", "days down", "shuffled days", "any")))
    if way == "newest":
        found = found[::-1]
    elif way == "days up":
        found = found[::-1]
        found.sort(key=lambda row: row[0])
    elif way == "days down":
        found = sorted(found, key=lambda row: -row[0])
    elif way == "shuffled days":
        found = sorted(draw(st.permutations(found)), key=lambda row: row[0])
    elif way == "any":
        found = list(draw(st.permutations(found)))
    if draw(st.booleans()):
        found = [(day, moved, None if draw(st.integers(0, 3)) == 0 else stated) for day, moved, stated in found]
    return found


def followed(rows: Rows, opening: int | None, *, dated: bool) -> balance.Chain | None:
    days = np.array([day for day, _, _ in rows], dtype=np.int32) if dated else None
    moved = np.array([moved for _, moved, _ in rows], dtype=np.int64)
    return balance.follow(moved, column_of([stated for _, _, stated in rows]), opening, days)


@settings(max_examples=400, deadline=None)
@given(chains(), st.booleans(), st.booleans(), st.data())
def test_another_figure_of_a_proved_field_breaks_the_chain(
    rows: Rows, opened: bool, dated: bool, data: st.DataObject
) -> None:
    oldest = min(rows, key=lambda row: row[0])
    opening = (oldest[2] or 0) - oldest[1] if opened else None
    chain = followed(rows, opening, dated=dated)
    if chain is None or chain.broken:
        return
    at = data.draw(st.integers(0, len(rows) - 1))
    day, moved, stated = rows[at]
    other = data.draw(st.integers(-8, 8))
    for field, altered in (("states", (day, other, stated)), ("balances", (day, moved, other))):
        if altered == rows[at] or (field == "balances" and stated is None) or getattr(chain, field)[at] < 1:
            continue
        after = followed([*rows[:at], altered, *rows[at + 1 :]], opening, dated=dated)
        assert after is not None and (after.broken or after.chains > 1), (field, at, altered)


def joined(draw: st.DrawFn, chains: list[Rows]) -> Rows:
    """The rows of all chains, each in its own order, in any order of chains."""
    turns = draw(st.permutations([at for at, chain in enumerate(chains) for _ in chain]))
    rows = [iter(chain) for chain in chains]
    return [next(rows[at]) for at in turns]


@st.composite
def interleaved(draw: st.DrawFn) -> Rows:
    """Two or three chains whose rows stand among each other."""
    found: list[Rows] = []
    for _ in range(draw(st.integers(2, 3))):
        running, day = draw(st.integers(0, 30)), 1
        found.append([])
        for _ in range(draw(st.integers(3, 6))):
            day, moved = day + draw(st.integers(0, 1)), draw(st.integers(-4, 4))
            running += moved
            found[-1].append((day, moved, running))
    return joined(draw, found)


@settings(max_examples=300, deadline=None)
@given(interleaved(), st.booleans(), st.booleans())
def test_rows_that_chain_as_several_accounts_are_proved_in_no_field(rows: Rows, dated: bool, turned: bool) -> None:
    chain = followed(rows[::-1] if turned else rows, None, dated=dated)
    if chain is None or chain.chains == 1:
        return
    assert not chain.states.any() and not chain.balances.any() and not chain.broken
    proof = balance.proof(chain, pa.array(range(len(rows))), "a.csv")
    assert proof.status is ProofStatus.NOT_POSSIBLE


@pytest.mark.parametrize(
    "rows",
    [
        [(1, 4, 7), (1, 4, 6), (1, -3, 3), (1, 2, 2), (1, 4, 11)],
        [(1, -2, -2), (1, -3, -1), (1, -3, -5), (1, 1, 0)],
        [(2, 2, 6), (2, -3, 3), (2, 2, 5), (1, 3, 6), (2, -1, 4)],
    ],
)
def test_the_ends_of_an_order_that_balances_alone_prove_are_not_proved(rows: Rows) -> None:
    for dated in (False, True):
        chain = followed(rows, None, dated=dated)
        if chain is None or chain.broken or chain.words is not balance.BY_BALANCES:
            continue
        assert not isinstance(chain.order, slice) and chain.balances[chain.order[0]] == 0
    stated = rows[3][2]
    assert stated is not None
    opened = followed(rows[:4], stated - rows[3][1], dated=False)
    assert opened is None or opened.broken or opened.balances.all() or opened.words is not balance.BY_BALANCES


def test_amounts_are_whole_numbers_and_back_again() -> None:
    values = [Decimal("1234567890123.45678"), None, Decimal("-0.00001"), Decimal(0)]
    column = pa.chunked_array([pa.array(values[:1], TYPE), pa.array(values[1:], TYPE)])
    whole, valid = ticks(column)
    assert whole.tolist() == [123456789012345678, 0, -1, 0]
    assert valid.tolist() == [True, False, True, True]
    assert from_ticks(whole, valid).to_pylist() == values
    assert ticks(column.slice(2))[0].tolist() == [-1, 0]
