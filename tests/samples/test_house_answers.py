"""Answers from a house's truth: one entry a family, with the columns and what stands beside them."""

from __future__ import annotations

import pytest
from house_answers import answers, entry, families
from house_reader import Told


def table(sheet: str, given: dict[str, str], number: int = 0) -> Told:
    fields, headers = ("date", "amount", "-", "amount/-"), ("When", "Sum", "Note", "Sum")
    return Told("a/Books.xlsx", sheet, number, "bank_ledger_entry", fields, headers, given, "")


def test_tables_alike_are_one_entry_with_what_they_state_alike() -> None:
    tables = [
        table("ICBC", {"account@sheet": "ICBC", "currency@title": "CNY", "date@group": ""}),
        table("CCB", {"account@sheet": "CCB", "currency@title": "CNY", "date@group": ""}),
    ]
    (family,) = families(tables)
    assert entry(family) == {
        "headers": ["When", "Sum", "Note", "Sum#2"],
        "record": "bank_ledger_entry",
        "columns": {"When": "date", "Sum": "amount", "Note": None, "Sum#2": "amount"},
        "fields": {"currency": "CNY"},
    }


def test_questions_are_answered_by_place_or_by_headers() -> None:
    tables = [table("ICBC", {}), Told("b.pdf", "", 0, "receipt", ("receipt_no",), ("No.",), {}, "labels")]
    assert answers([{"file": "b.pdf", "table": 0}], tables) == [
        {"headers": ["No."], "record": "receipt", "labels": {"No.": "receipt_no"}}
    ]
    assert answers([{"headers": ["Sum", "When"]}, {"path": "a/Books.xlsx", "sheet": "ICBC"}], tables) == [
        entry([tables[0]])
    ]
    with pytest.raises(LookupError, match="no such table"):
        answers([{"file": "c.pdf"}], tables)


def test_a_table_that_is_no_record_is_ignored() -> None:
    other = Told("c.xlsx", "S", 0, "none", ("-",), ("Vessel",), {}, "")
    assert entry([other]) == {"headers": ["Vessel"], "record": "ignore: no record of any type"}
