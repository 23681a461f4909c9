"""Lines inside a table that say something of the rows below them are a column of these rows."""

from __future__ import annotations

import pytest
from grid_of_text import grid

from auditor.documents.tables.group_lines import with_groups


def groups(text: str) -> list[list[str | None]]:
    """The added columns: header and what stands beside each row of the table."""
    found = with_groups(grid(text))
    columns = [column.to_pylist() for column in found.table.columns][len(found.table.columns) - found.groups :]
    return [[cell for at, cell in enumerate(column) if cell is not None] for column in columns]


@pytest.mark.parametrize(
    ("lines", "label", "said"),
    [
        (("2026-10-08", "2026-10-09"), "@group", ("2026-10-08", "2026-10-09")),
        (("Thursday 8 Oct 2026", "Friday 9 Oct 2026"), "@group", ("8 Oct 2026", "9 Oct 2026")),
        (("10月8日（星期四）", "10月9日（星期五）"), "@group", ("10月8日", "10月9日")),
        (("Depot: North", "Depot: South"), "Depot", ("North", "South")),
        (("网点：宝安", "网点：龙岗"), "网点", ("宝安", "龙岗")),
        (("North Depot", "South Depot"), "@group", ("North Depot", "South Depot")),
    ],
)
def test_a_line_above_rows_is_a_column_of_them(lines: tuple[str, str], label: str, said: tuple[str, str]) -> None:
    one, other = lines
    text = f"Slip,Pieces,Amount\n{one}\nS-1,3,126.00\nS-2,1,42.00\nTotal,4,168.00\n{other}\nS-3,2,80.00\nS-4,2,90.00"
    assert groups(text) == [[label, said[0], said[0], said[1], said[1]]]


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (("—— North ——", "—— South ——"), ("North", "South")),
        (("【龙岗】", "【宝安】"), ("龙岗", "宝安")),
        (("▼ Freight", "▼ Sundries"), ("Freight", "Sundries")),
        (("== 恒丰（深圳） ==", "== 恒丰（广州） =="), ("恒丰（深圳）", "恒丰（广州）")),
        (("* Acme Ltd. *", "* Bolt Ltd. *"), ("Acme Ltd.", "Bolt Ltd.")),
        (("--- Depot: North ---", "--- Depot: South ---"), ("North", "South")),
        (("★2026.10.8发", "★2026.10.9发"), ("2026.10.8", "2026.10.9")),
        (("▶10月8日 收", "▶10月9日 收"), ("10月8日", "10月9日")),
    ],
)
def test_what_sets_a_line_off_is_no_part_of_what_it_says(lines: tuple[str, str], said: tuple[str, str]) -> None:
    one, other = lines
    ((_, *cells),) = groups(f"Slip,Pieces,Amount\n{one}\nS-1,3,126.00\nS-2,1,4\n{other}\nS-3,2,80.00\nS-4,1,1")
    assert cells == [said[0], said[0], said[1], said[1]]


@pytest.mark.parametrize("line", ["运费", "▼ Freight", "Depot: North"])
def test_one_line_is_enough_where_an_answer_says_that_the_table_has_such(line: str) -> None:
    rows = grid(f"Slip,Pieces,Amount\n{line}\nS-1,3,126.00\nS-2,1,4")
    assert with_groups(rows).groups == 0
    assert with_groups(rows, lambda headers: list(headers) == ["Slip", "Pieces", "Amount"]).groups == 1


def test_a_line_that_says_two_things_is_two_columns() -> None:
    text = (
        "单号,件数,公斤\n交运批号 CH26-001\u30002026年10月8日\nS-1,3,12\nS-2,1,4\n"
        "交运批号 CH26-002\u30002026年10月9日\nS-3,2,8\nS-4,2,9"
    )
    assert groups(text) == [
        ["交运批号", "CH26-001", "CH26-001", "CH26-002", "CH26-002"],
        ["@group", "2026年10月8日", "2026年10月8日", "2026年10月9日", "2026年10月9日"],
    ]


@pytest.mark.parametrize(
    "text",
    [
        # rows before the first line, which would be of no group
        "Slip,Pieces,Amount\nS-0,1,1.00\nNorth\nS-1,3,126.00\nS-2,1,4\nSouth\nS-3,2,80.00\nS-4,1,1",
        # one group only: a note
        "Slip,Pieces,Amount\nNorth\nS-1,3,126.00\nS-2,1,42.00\nS-3,2,80.00",
        # the second line of a cell, behind nearly every row
        "Slip,Pieces,Amount\nAcme\nS-1,3,126.00\nand Sons\nS-2,1,42.00\nof Hull\nS-3,2,80.00",
        # totals and balances carried
        "Slip,Pieces,Amount\n承前页\nS-1,3,126.00\nS-2,1,42.00\n过次页\nS-3,2,80.00\nS-4,2,80.00",
        # a line over each table of its own header is its title
        "North\nSlip,Pieces,Amount\nS-1,3,126.00\nSouth\nNumber,Parcels,Sum\nS-3,2,80.00",
        # accounts of a statement in blocks have a way of their own
        "Date,Text,Amount\nAccount No: 6222021001122334455\n2026-10-08,a,1.00\n2026-10-08,b,1.00\n"
        "Account No: 6222021001122339999\n2026-10-09,c,2.00\n2026-10-09,d,2.00",
    ],
)
def test_other_lines_stay_what_they_are(text: str) -> None:
    assert groups(text) == []


def test_a_line_of_another_form_ends_the_group_before_it() -> None:
    text = (
        "Slip,Pieces,Amount\nDepot: North\nS-1,3,126.00\nS-2,1,42.00\nWalk-in customers\nS-3,2,80.00\n"
        "Depot: South\nS-4,2,90.00\nS-5,2,91.00"
    )
    rows = with_groups(grid(text)).table.column("_group0").to_pylist()
    assert rows == ["Depot", None, "North", "North", None, None, None, "South", "South"]
