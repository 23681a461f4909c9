"""Letters and figures of full width are the same characters wherever a value is made."""

from __future__ import annotations

import pytest
from csv_samples import read_csv, records


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("收据００５５０１", "收据005501"),
        ("收据００５５０１－００５５０３", "收据005501-005503"),
        ("ＮＯ．００５５０１", "NO.005501"),
        ("收据005501、００５５０２", "收据005501、005502"),
    ],
)
def test_a_document_that_a_journal_cites(cell: str, value: str) -> None:
    document = read_csv(f"""
        日期,单据号,摘要,对方单位,收入,支出,余额
        2026-10-08,{cell},收运费,晨光纸业,100.00,,100.00
    """, "现金日记账.csv")  # fmt: skip
    assert records(document, "cash_journal_entry", "document_no") == [(value,)]


def test_numbers_amounts_dates_and_words() -> None:
    document = read_csv("""
        清单号,日期,客户,运单号,件数,计费重,合计,状态,备注
        ＱＤ－００５,２０２６／１０／０８,晨光纸业,Ｗ１,３,１２．５,１，２３４．５０,作废,第２车
    """, "收货清单.csv")  # fmt: skip
    wanted = ("slip_no", "date", "waybill_no", "pieces", "charge_weight", "amount", "status", "remark")
    (slip,) = records(document, "receiving_slip", *wanted)
    assert slip[:4] == ("QD-005", "2026-10-08", "W1", 3) and slip[5:] == ("1234.50", "void", "第2车")
    assert str(slip[4]).startswith("12.5")
