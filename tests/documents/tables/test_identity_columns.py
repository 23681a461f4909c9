"""Of several columns for the number of a record its values decide which is taken."""

from __future__ import annotations

import pytest
from csv_samples import read_csv, records


def read(first: str, second: str, rows: list[tuple[str, str]]) -> tuple[list[str | None], list[str]]:
    lines = [f"2026-10-{day:02},{a},{b},10.00,,{day}0.00" for day, (a, b) in enumerate(rows, 1)]
    document = read_csv("\n".join([f"交易日期,{first},{second},收入金额,支出金额,余额", *lines]))
    return [number for (number,) in records(document, "bank_transaction", "serial")], [
        each.text.en for each in document.remarks
    ]


@pytest.mark.parametrize(
    "rows",
    [
        [("", "A1"), ("X2", "A2"), ("", "A3")],  # the first is empty in some rows
        [("X1", "A1"), ("X1", "A2"), ("X1", "A3")],  # the first repeats
        [("-", "A1"), ("--", "A2"), ("/", "A3")],  # the first holds placeholders alone
    ],
)
@pytest.mark.parametrize("headers", [("流水号", "交易流水号"), ("核心流水号", "日志号")])
def test_the_number_that_every_row_has(headers: tuple[str, str], rows: list[tuple[str, str]]) -> None:
    serials, remarks = read(*headers, rows)
    assert serials == ["A1", "A2", "A3"]
    assert any(f"“{headers[1]}”" in remark and f"“{headers[0]}”" in remark for remark in remarks)


def test_where_both_number_all_rows_the_headers_decide_and_nothing_is_mixed() -> None:
    assert read("流水号", "日志号", [("S1", "L1"), ("S2", "L2")])[0] == ["S1", "S2"]
    assert read("流水号", "日志号", [("S1", ""), ("S2", "L2"), ("", "L3")])[0] == ["S1", "S2", None]
