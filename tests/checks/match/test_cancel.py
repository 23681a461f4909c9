"""Which records cancel one another, whatever the order in which they are met."""

from __future__ import annotations

import random
from datetime import date
from decimal import Decimal

import pytest
from match_bench import bound, matched
from test_match_properties import numbered

from auditor.checks.match import cancel
from auditor.checks.match.cancel import Edge, cancelling


@pytest.mark.parametrize(
    ("edges", "twins", "pairs"),
    [
        ([(1, 2, 3)], {1: 1, 2: 2}, [(1, 2)]),
        ([(1, 2, 3), (1, 3, 1)], {1: 1, 2: 2, 3: 3}, [(1, 3)]),
        ([(1, 2, 3), (1, 3, 3)], {1: 1, 2: 2, 3: 3}, []),
        ([(1, 2, 3), (1, 3, 3)], {1: 1, 2: 2, 3: 2}, [(1, 2)]),
        ([(1, 3, 0), (1, 4, 0), (2, 3, 0), (2, 4, 0)], {1: 1, 2: 1, 3: 2, 4: 2}, [(1, 3), (2, 4)]),
        ([(1, 2, 1), (2, 3, 1), (3, 4, 1)], {1: 1, 2: 2, 3: 3, 4: 4}, []),
        ([(1, 2, 0), (2, 3, 1), (3, 4, 2)], {1: 1, 2: 2, 3: 3, 4: 4}, [(1, 2), (3, 4)]),
    ],
)
def test_pairs_that_are_sure(
    edges: list[tuple[int, int, int]], twins: dict[int, int], pairs: list[tuple[int, int]]
) -> None:
    for seed in range(5):
        shuffled = [Edge(*each) for each in edges]
        random.Random(seed).shuffle(shuffled)
        assert sorted(cancelling(shuffled, twins)) == pairs


def test_too_many_possible_pairs_are_not_looked_at_and_that_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cancel, "MOST_EDGES", 3)
    title = {"en": "cancelled", "zh": "冲销"}
    rule = bound(
        passes=[{"on": ["no"]}],
        explained=[{"side": "right", "cancels": ["party"], "when": "l.amount > 0", "title": title}],
    )
    rows = [(f"付{n}", date(2026, 10, 9), "甲", None, "in", Decimal(sign), None) for n in range(2) for sign in (1, -1)]
    result, found = matched(rule, [], numbered(rows, 101))
    assert {row["outcome"] for row in found} == {"right_only"}
    assert result.remarks == (
        (
            "ledger: too many open records may cancel one another; none was taken to",
            "ledger：可能互相冲销的未匹配记录过多，均未认定",
        ),
    )
