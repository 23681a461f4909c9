"""Lines of a label and its value in two cells above a table are no table of their own."""

from __future__ import annotations

from pathlib import Path

import pytest
from csv_samples import accounted, read_csv, records

from auditor.documents.collect import document_at
from auditor.documents.pages import Grid
from auditor.documents.readers import read_document as pages_of
from auditor.documents.tables.grid_rows import Rows
from auditor.documents.tables.shaping import bands_of

ROWS = """交易日期,摘要,收入,支出,余额
    2026-03-04,货款,100.00,,1100.00
    2026-03-09,手续费,,30.00,1070.00
"""


@pytest.mark.parametrize(
    "block",
    [
        ["存款人,临海纺织有限公司", "卡号,7461588123450011", "钞种,人民币", "跨度,2026-03-01至2026-03-31"],
        ["Client,Harbour Freight Ltd", "Ref,88 4521 0099 7712", "Denomination,Sterling", "Branch,Dover"],
        ["单位,玉环水暖", "开具,2026-03-31", "经手,周会计"],
        ["持有人,天台药业", "卡,6222****0011", "网点,城西支行"],
    ],
)
def test_such_a_block_is_a_heading(tmp_path: Path, block: list[str]) -> None:
    path = tmp_path / "a.csv"
    path.write_text("\n".join([*block, *(line.strip() for line in ROWS.splitlines())]) + "\n", "utf-8")
    (grid,) = pages_of(document_at(path)).pages
    assert isinstance(grid, Grid)
    assert [each.first for each in bands_of(Rows(grid), 0, grid.rows, lambda *_: False)] == [len(block)]
    document = read_csv("\n".join(["    " + line for line in block] + [f"    {ROWS}"]))
    assert [len(each.shape.headers) for each in document.tables] == [5]
    assert len(records(document, "bank_transaction", "date")) == 2 and accounted(document)


@pytest.mark.parametrize(
    "rows",
    [
        ["客户,期初余额", "临海纺织,100.00", "玉环水暖,20.00", "天台药业,无"],
        ["客户,期初余额", "临海纺织,100.00", "玉环水暖,20.00", "天台药业,3.50"],
    ],
)
def test_a_list_of_two_columns_stays_a_table(rows: list[str]) -> None:
    document = read_csv("\n".join("    " + line for line in rows))
    assert [each.shape.headers for each in document.tables] == [("客户", "期初余额")]
