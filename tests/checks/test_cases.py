"""Runs every case of `tests/checks/CHECK/*.yaml`, in the given and in the opposite order of its records."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from check_cases import Case, cases, conserved, differences, run_case


@pytest.mark.parametrize("case", cases(), ids=str)
def test_case(case: Case) -> None:
    for reverse in (False, True):
        rows, result = run_case(case, reverse=reverse)
        missing, extra = differences(case, rows)
        order = "in the opposite order" if reverse else "in the given order"
        assert not missing, f"{case} {order}: not found {missing}; found {_shown(rows)}"
        assert not extra, f"{case} {order}: not expected {_shown(extra)}"
        assert conserved(result), result.populations
        for side, stated in case.case.get("populations", {}).items():
            population = next(each for each in result.populations if each.side == side)
            for name, value in stated.items():
                assert getattr(population, name) == Decimal(str(value)), (side, name, population)
        if "passes" in case.case:
            assert dict(result.passes) == {str(name): number for name, number in case.case["passes"].items()}


def _shown(rows: Any) -> list[dict[str, Any]]:
    return [{key: str(value) for key, value in row.items() if value not in (None, [])} for row in rows]
