"""Where a chain of running balances breaks, and whether one row is misprinted or something is missing."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Any

import pyarrow as pa

from auditor.checks.balance.chain import Tables
from auditor.checks.balance.gaps import Gaps
from auditor.checks.decided import take_decided
from auditor.checks.templates import render
from auditor.engine import Engine

_MONEY = pa.decimal128(38, 5)


@dataclass(frozen=True, slots=True)
class Break:
    """One break. `row` states a balance off by `difference`; `previous` is the row before the gap, none at the
    start.
    """

    chain: str
    kind: str  # misprint, gap
    row: int
    previous: int | None
    difference: Decimal
    stated: Decimal


def find_breaks(engine: Engine, tables: Tables, gaps: Gaps, within: Decimal) -> None:
    """Make the tables `breaks`, `remainders` and `unjudged`: the breaks of all chains, how far off each broken chain
    ends, and the rows at which the balances change over rows that were not read. `within`: how far a
    balance may lie off."""
    runs = engine.dicts(render("balance_runs", rows=tables.rows, levels=tables.levels))
    breaks: list[Break] = []
    ends: list[tuple[str, Decimal]] = []
    unjudged: list[int] = []
    for chain, stretches in groupby(runs, key=lambda run: str(run["chain"])):
        found, skipped, level = _breaks(list(stretches), gaps, within)
        breaks += found
        unjudged += skipped
        ends.append((chain, level))
    take_decided(engine, tables.unjudged, pa.table({"row_id": pa.array(unjudged, pa.int64())}))
    take_decided(engine, tables.breaks, _table(breaks))
    take_decided(
        engine,
        tables.remainders,
        pa.table(
            {
                "chain": pa.array([chain for chain, _ in ends], pa.string()),
                "remainder": pa.array([level for _, level in ends], _MONEY),
            }
        ),
    )


def _breaks(
    runs: Sequence[dict[str, Any]], gaps: Gaps, within: Decimal
) -> tuple[list[Break], list[int], Decimal]:
    """The breaks of one chain, the rows where a change may be that of rows not read, and how far the stated balances
    lie off at its end.

    A run of one row after which the balances return to where they were is a misprint; any other change lasts: a row
    is missing or altered between the row before it and this one. At the end of the chain the stated closing balance
    decides.
    """
    found: list[Break] = []
    unjudged: list[int] = []
    level = Decimal(0)
    for number, run in enumerate(runs):
        following = runs[number + 1]["shift"] if number + 1 < len(runs) else run["closing_shift"]
        if abs(run["shift"] - level) <= within:
            continue
        if gaps.between(str(run["chain"]), run["previous_pos"], run["first_pos"]):
            unjudged.append(run["first_id"])
            level = run["shift"]
        else:
            difference = run["shift"] - level
            blip = run["rows"] == 1 and following is not None and abs(following - level) <= within
            found.append(
                Break(
                    str(run["chain"]),
                    "misprint" if blip else "gap",
                    run["first_id"],
                    None if blip else run["previous_id"],
                    difference,
                    run["first_balance"],
                )
            )
            level = level if blip else run["shift"]
    return found, unjudged, level


def _table(breaks: Iterable[Break]) -> pa.Table:
    rows = list(breaks)
    criterion = [json.dumps({"kind": each.kind}) for each in rows]
    return pa.table(
        {
            "chain": pa.array([each.chain for each in rows], pa.string()),
            "kind": pa.array([each.kind for each in rows], pa.string()),
            "row_id": pa.array([each.row for each in rows], pa.int64()),
            "previous_id": pa.array([each.previous for each in rows], pa.int64()),
            "difference": pa.array([each.difference for each in rows], _MONEY),
            "stated": pa.array([each.stated for each in rows], _MONEY),
            "criterion": pa.array(criterion, pa.string()),
        }
    )
