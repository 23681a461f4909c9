"""What many exceptions are held against links none of them, also where a view names it and where there are many records."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import auditor
from auditor.engine import DuckEngine
from auditor.findings.sources import without_types

RULE = """
title: {{en: Numbers, zh: 编号}}
duty: D07
why: {{en: A number that nobody can show., zh: 无人能出示的编号。}}
check: sequence
issued: {{records: {issued}, where: "kind = 'receiving_slip'"}}
number: slip_no
used: [{{records: receiving_slip, where: "status IS DISTINCT FROM 'void'"}}]
voided: {{records: voided_number, where: "kind = 'receiving_slip'"}}
optional: [voided_number]
outcomes:
  void_used: {{code: SEQ-08, severity: high, title: {{en: Void but used, zh: 作废仍使用}}}}
  order: {{code: SEQ-07, severity: low, title: {{en: Runs backwards, zh: 倒序}}}}
examples:
  - name: none
    given: {{number_book: [{{kind: receiving_slip, book_no: "1", first_no: 1, last_no: 2, width: 4}}]}}
    expect: []
  - name: backwards
    given:
      number_book: [{{kind: receiving_slip, book_no: "1", first_no: 1, last_no: 2, width: 4}}]
      receiving_slip: [{{slip_no: "0001", date: 2026-10-09}}, {{slip_no: "0002", date: 2026-10-08}}]
    expect: [{{code: SEQ-07, key: "0002"}}]
"""
MANIFEST = """
title: {en: Own, zh: 自用}
version: "1"
calendar: cn
causes: [{under: [SEQ-08], hides: [SEQ-07], by: record}]
"""
VIEW = """
title: {en: Books, zh: 票本}
select: |
  SELECT _id, kind, book_no, prefix, first_no, last_no, width, copies, holder, issued, returned FROM number_book
"""


@pytest.mark.parametrize("issued", ["number_book", "issued_book"])
def test_the_book_of_two_numbers_folds_neither(tmp_path: Path, issued: str) -> None:
    rules = tmp_path / "rules"
    (rules / "views").mkdir(parents=True)
    (rules / "ruleset.yaml").write_text(MANIFEST, encoding="utf-8")
    (rules / "numbers.yaml").write_text(RULE.format(issued=issued), encoding="utf-8")
    (rules / "views" / "issued_book.yaml").write_text(VIEW, encoding="utf-8")
    month = tmp_path / "month"
    month.mkdir()
    (month / "票据领用登记.csv").write_text(
        "票据种类,本号,起始号码,终止号码,领用人,领用日期\n收货清单,17,4401,4406,何静,2026-10-02\n", encoding="utf-8"
    )
    (month / "作废登记.csv").write_text(
        "票据种类,作废号码,作废日期,作废原因\n收货清单,4402,2026-10-09,写错\n", encoding="utf-8"
    )
    rows = [("4401", "09"), ("4402", "10"), ("4403", "15"), ("4404", "12")]
    lines = [f"2026-10-{day},{number},WB{number},恒昌,2,10.0,50.00,月结" for number, day in rows]
    (month / "收货清单.csv").write_text(
        "\n".join(["日期,清单号,运单号,客户,件数,计费重,合计,付款方式", *lines]) + "\n", encoding="utf-8"
    )
    found = auditor.run(month, rules=rules, period="2026-10", workers=0).result.findings
    assert {(each.code, each.status) for each in found} == {("SEQ-08", "open"), ("SEQ-07", "open")}
    assert {each.background for each in found} == {frozenset({"number_book"})}


@pytest.mark.parametrize(
    ("types", "left"),
    [
        (["number_book"], [1, 3]),
        (["number_book", "receiving_slip"], []),
        ([], [1, 7, 3]),
        (["voided_number"], [1, 7, 3]),
    ],
)
def test_of_many_records_those_of_other_types_are_left(tables: DuckEngine, types: list[str], left: list[int]) -> None:
    for name, number in (("receiving_slip", 1), ("number_book", 7), ("receiving_slip", 3)):
        tables.execute(f"INSERT INTO {name} (_id) VALUES (?)", [number])
    assert without_types(tables, np.array([1, 7, 3], dtype=np.int64), types).tolist() == left
