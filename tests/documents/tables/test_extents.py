"""The days that an export covers: by their label, else as the one span around the table in which its rows lie."""

from __future__ import annotations

import pytest
from csv_samples import read_csv, records

ROWS = """交易日期,摘要,收入,支出,余额
    2026-03-04,货款,100.00,,1100.00
    2026-03-09,手续费,,30.00,1070.00
    2026-03-27,货款,5.00,,1075.00
"""
MARCH = [("2026-03-01", "2026-03-30")]


def extents(above: str, below: str = "") -> list[tuple[str, ...]]:
    document = read_csv(f"    {above}\n    {ROWS}    {below}\n")
    assert len(records(document, "bank_transaction", "date")) == 3
    return records(document, "export_extent", "first_date", "last_date")


@pytest.mark.parametrize(
    "line",
    [
        "流水区间：2026/03/01—2026/03/30",
        "收支明细　自：2026-03-01至2026-03-30",
        "Covering: 2026-03-01 - 2026-03-30",
        "历史交易 2026年3月1日～2026年3月30日",
    ],
)
def test_a_span_in_which_all_rows_lie_is_the_extent_under_any_label(line: str) -> None:
    assert extents(line) == MARCH


@pytest.mark.parametrize(
    "line",
    [
        "开户协议有效：2020-01-01至2029-12-31",  # longer by years
        "上期：2026-02-01至2026-02-28",  # the rows lie elsewhere
        "打印：2026-04-02",  # no span
        "甲：2026-03-01至2026-03-30 乙：2026-03-02至2026-03-31",  # two of them
    ],
)
def test_any_other_days_are_none(line: str) -> None:
    assert extents(line) == []


def test_a_label_goes_before() -> None:
    assert extents("查询期间：2026-03-04至2026-03-27,账页：2026-03-01至2026-03-30") == [("2026-03-04", "2026-03-27")]
