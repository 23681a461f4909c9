"""What people call a paper, a sheet or a file speaks for its record type, and papers of no type for none."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from auditor.documents.recognition.names import PAPER, NamesOfTypes
from auditor.records.loader import record_types

NAMES = yaml.safe_load(Path(__file__).with_name("paper_names.yaml").read_text(encoding="utf-8"))
TYPES = record_types()
NONE = "none"


def _each() -> Iterator[tuple[str, str]]:
    yield from ((record, name) for record, names in NAMES.items() for name in names)


def _called(name: str) -> set[str]:
    """The types for which a name speaks most."""
    found = NamesOfTypes.of(TYPES).fits((name,))
    most = max((each.fit for each in found.values()), default=0)
    return {record for record, each in found.items() if each.fit == most}


def test_there_are_names_of_every_record_type_that_a_document_may_be() -> None:
    assert {name for name, each in TYPES.items() if each.names} <= set(NAMES)
    assert all(len(set(names)) >= 6 for names in NAMES.values())


def test_each_name_speaks_for_its_type() -> None:
    assert [(record, name) for record, name in _each() if record != NONE and record not in _called(name)] == []


def test_no_name_of_another_paper_speaks_for_a_type() -> None:
    assert [name for name in NAMES[NONE] if _called(name) - {PAPER}] == []


@pytest.mark.parametrize("name", ["Sheet1", "2026-10", "新建 Microsoft Excel 工作表", "Book1", "导出", "Untitled", "data", "汇总", "final v2"])
def test_a_name_that_says_nothing_speaks_for_none(name: str) -> None:
    assert _called(name) == set()


@pytest.mark.parametrize(
    ("name", "record"),
    [
        ("捷运2026年10月现金日记账(定稿)", "cash_journal_entry"), ("03 Carrier statement - Swift Air Oct26", "provider_line"),
        ("Copy of Unused receipts count", "blank_count"), ("作废收据登记2026", "voided_number"),
        ("10月供应商对账单-宏达", "supplier_line"), ("COD register wk 41", "cod_entry"), ("GRN register Oct", "goods_receipt"),
    ],
)  # fmt: skip
def test_the_longest_name_speaks_whatever_stands_around(name: str, record: str) -> None:
    assert _called(name) == {record}
