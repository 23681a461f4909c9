"""What a record type says of its fields (price, never_summed, label, free_text, party) is what tables are read by."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from auditor.audit.documents import read_paths
from auditor.documents.model import ReadDocument, record_dicts
from auditor.records.loader import record_types
from auditor.records.model import FieldType, party_fields

RULE_SET = 'title: {en: Own, zh: 自建}\nversion: "1"\n'
CRATES = """\
record: crate_hire
title: {en: Crate hire, zh: 周转箱租用}
identity: [hire_no]
fields:
  hire_no:  {type: number_text, required: true, header: [租用单号]}
  hired_on: {type: date, required: true, header: [租用日期]}
  depot:    {type: text, header: [库区]}
  crates:   {type: integer, header: [箱数]}
  daily:    {type: money, price: true, header: [日租单价]}
  held:     {type: integer, never_summed: true, header: [在库箱数]}
  fee:      {type: money, required: true, header: [租金]}
  lessee:   {type: text, party: supplier, header: [出租方]}
  words:    {type: text, label: true, free_text: true, header: [租用说明]}
"""
HEAD = "租用单号,租用日期,库区,箱数,日租单价,在库箱数,租金,租用说明\n"
ROWS = "H1,2026-10-08,东,2,5.00,9,10.00,\nH2,2026-10-09,西,3,5.00,6,15.00,\n"


def read(folder: Path, text: str, record: str = CRATES) -> ReadDocument:
    (folder / "规则/records").mkdir(parents=True, exist_ok=True)
    (folder / "规则/ruleset.yaml").write_text(RULE_SET, encoding="utf-8")
    (folder / "规则/records/crate_hire.yaml").write_text(record, encoding="utf-8")
    (folder / "租用.csv").write_text(text, encoding="utf-8")
    (document,) = read_paths([folder / "租用.csv"], (), str(folder / "规则"))
    return document


def records(document: ReadDocument) -> list[dict[str, Any]]:
    return record_dicts(document.records["crate_hire"])


def stated(document: ReadDocument) -> dict[str, Decimal]:
    table = document.records.get("stated_total")
    return {str(each["field"]): each["stated"] for each in record_dicts(table)} if table is not None else {}


def test_a_price_is_not_in_the_unit_that_the_table_states(tmp_path: Path) -> None:
    unit = "单位：万元\n"
    first = records(read(tmp_path, unit + HEAD + ROWS))[0]
    assert (Decimal(first["daily"]), Decimal(first["fee"])) == (Decimal(5), Decimal(100_000))
    plain = CRATES.replace("price: true, ", "")
    assert Decimal(records(read(tmp_path, unit + HEAD + ROWS, plain))[0]["daily"]) == Decimal(50_000)


def test_what_is_never_summed_has_no_total(tmp_path: Path) -> None:
    total = "合计,,,5,5.00,6,25.00,\n"
    document = read(tmp_path, HEAD + ROWS + total)
    assert {name: Decimal(value) for name, value in stated(document).items()} == {"crates": 5, "fee": 25}
    plain = CRATES.replace("price: true, ", "").replace("never_summed: true, ", "")
    assert set(stated(read(tmp_path, HEAD + ROWS + total, plain))) == {"crates", "daily", "held", "fee"}


def test_the_label_of_a_total_may_stand_where_the_record_type_says(tmp_path: Path) -> None:
    total = ",,,5,,,25.00,合计\n"
    document = read(tmp_path, HEAD + ROWS + total)
    assert [each["hire_no"] for each in records(document)] == ["H1", "H2"]
    assert Decimal(stated(document)["fee"]) == 25
    # elsewhere only a row that adds up what stands above it is one
    wrong = ",,,6,,,26.00,合计\n"
    assert Decimal(stated(read(tmp_path, HEAD + ROWS + wrong))["fee"]) == 26
    assert stated(read(tmp_path, HEAD + ROWS + wrong, CRATES.replace("label: true, ", ""))) == {}


@pytest.mark.parametrize(("property_", "value"), [("free_text: true", None), ("several: false", "备用")])
def test_free_text_above_the_table_holds_for_no_row(tmp_path: Path, property_: str, value: str | None) -> None:
    above = "租用说明：备用\n" + HEAD.replace(",租用说明", "") + ROWS.replace(",\n", "\n")
    record = CRATES.replace("free_text: true", property_)
    assert [each.get("words") for each in records(read(tmp_path, above, record))] == [value, value]


def test_parties_in_the_order_of_their_roles() -> None:
    types = record_types()
    assert party_fields(types)[:2] == ("customer", "counterparty")
    assert all(each.party for record in types.values() for each in record.fields.values() if each.name == "customer")
    slip = types["receiving_slip"]
    other = replace(slip.fields["remark"], name="lessee", party="supplier")
    more = {**types, "crate_hire": replace(slip, fields={"lessee": other})}
    assert "lessee" in party_fields(more) and party_fields(more)[0] == "customer"


def test_what_can_be_summed() -> None:
    for record in record_types().values():
        for each in record.fields.values():
            if each.price or each.never_summed:
                assert not each.summed
            if each.type is FieldType.MONEY and each.name == "amount":
                assert each.summed
    assert not record_types()["bank_transaction"].fields["balance"].summed
