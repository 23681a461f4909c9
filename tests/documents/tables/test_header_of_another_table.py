"""A header that begins like the one of the table above it begins another table."""

from __future__ import annotations

import pytest
from csv_samples import read_csv, records

from auditor.documents.tables.bands import names_other_columns

PARTIES = """客户代码,名称,简称,账期,税号
C01,青松纸业有限公司,青松,30,91440300X
C02,白桦快运有限公司,白桦,15,91440301X
C03,山雀食品有限公司,山雀,15,91440302X
"""


@pytest.mark.parametrize(
    ("cells", "other"),
    [
        (("客户代码", "名称", "何种关系", "授权书"), True),
        (("客户代码", "名称", "Kind of name", "Valid from"), True),
        (("客户代码", "名称", "简称", "账期"), False),
        (("客户代码", "名称", "简称", "备注"), False),
        (("C04", "名称", "何种关系", "授权书"), False),
        (("客户代码", "青松", "何种关系", "2026-10-01"), False),
    ],
)
def test_two_headers_again_and_two_others(cells: tuple[str, ...], other: bool) -> None:
    assert names_other_columns(cells, ("客户代码", "名称", "简称", "账期", "税号")) == other


@pytest.mark.parametrize(
    "below", ["客户代码,名称,何种关系,授权书", "客户代码,名称,啥称呼,凭啥", "客户代码,名称,How called,Letter"]
)
def test_its_rows_are_none_of_the_table_above(below: str) -> None:
    document = read_csv(f"{PARTIES}\n\n另外：\n{below}\nC01,青松贸易,关联单位,SQ-1\nC02,白桦,简称,\n", "客户名单.csv")
    assert [each[0] for each in records(document, "party", "party_id")] == ["C01", "C02", "C03"]
