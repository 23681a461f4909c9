"""Real documents, each with a truth file: every row with its values, and the verdict of every proof."""

from __future__ import annotations

import json
from collections import defaultdict
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from auditor.documents.collect import document_at
from auditor.documents.read import read_document

BANK = Path(__file__).resolve().parents[3] / "shared" / "corpus" / "bank"
FILES = [
    "icbc-debit.csv",
    "alipay.csv",
    "ccb-debit.xls",
    "wechat-pay.xlsx",
    "securities-cash.xls",
    "cmb-debit.pdf",
    "abc-debit.pdf",
]

# The name is wrapped in its cell, as on the other pages; the truth file holds the cell's second line alone.
MISPRINTED = {("abc-debit.pdf", "2024-01-03", "counterparty"): "北京住房公积金管理中心"}

pytestmark = pytest.mark.skipif(not BANK.is_dir(), reason="the corpus is not beside the checkout")


def _truth(name: str) -> dict[str, Any]:
    truth: dict[str, Any] = json.loads((BANK / f"{name}.truth.json").read_text("utf-8"))
    return truth


def _is(expected: Any, actual: Any, field: str) -> bool:
    allowed = expected if isinstance(expected, list) else [expected]
    if actual is None:
        return None in allowed
    if field in ("amount", "balance"):
        return any(each is not None and Decimal(each) == Decimal(actual) for each in allowed)
    if field == "date":
        return any(
            each is not None and (each == actual or (each[:4] == "????" and each[4:] == actual[4:])) for each in allowed
        )
    return any(
        each is not None and "".join(each.split()).upper() == "".join(actual.split()).upper() for each in allowed
    )


@pytest.mark.parametrize("name", FILES)
def test_every_row_with_its_values(name: str) -> None:
    """Rows in the order of the file; a row marked optional may be left out for a stated reason."""
    truth = _truth(name)["expect"]
    shown = read_document(document_at(BANK / name)).as_dict()
    records = shown["records"]["bank_transaction"]
    wanted = list(truth["rows_detail"])
    optional = sum(bool(row.get("optional")) for row in wanted)
    wrong: list[tuple[Any, Any]] = []
    position = 0
    for row in wanted:
        record = records[position] if position < len(records) else {}
        fields = {
            field: MISPRINTED.get((name, row["date"], field), value)
            for field, value in row.items()
            if field != "optional"
        }
        bad = {field: record.get(field) for field, value in fields.items() if not _is(value, record.get(field), field)}
        if bad and row.get("optional"):
            continue
        if bad:
            wrong.append((row, bad))
        position += 1
    assert not wrong
    assert position == len(records) and len(wanted) - optional <= position
    for field, value in truth.get("fields", {}).items():
        assert {record.get(field) for record in records} == {value}


@pytest.mark.parametrize("name", FILES)
def test_sums_by_direction(name: str) -> None:
    truth = _truth(name)["expect"]
    optional: dict[str, Decimal] = defaultdict(Decimal)
    for row in truth["rows_detail"]:
        if row.get("optional"):
            direction = row["direction"] if isinstance(row["direction"], str) else "none or either"
            optional[direction] += Decimal(row["amount"])
    shown = read_document(document_at(BANK / name)).as_dict()
    sums: dict[str, Decimal] = defaultdict(Decimal)
    either = {
        (row["date"], row.get("time"), Decimal(row["amount"]))
        for row in truth["rows_detail"]
        if not isinstance(row["direction"], str)
    }
    for record in shown["records"]["bank_transaction"]:
        row = record["date"], record.get("time"), Decimal(record["amount"])
        told = record["direction"] != "none" and row not in either
        direction = record["direction"] if told else "none or either"
        sums[direction] += Decimal(record["amount"])
    for direction, total in truth["sums"].items():
        assert sums[direction] in (Decimal(total), Decimal(total) - optional[direction]), direction


@pytest.mark.parametrize("name", FILES)
def test_verdicts_of_the_proofs(name: str) -> None:
    """A proof over several sheets is broken if it is broken on one."""
    found: dict[str, set[str]] = defaultdict(set)
    for proof in read_document(document_at(BANK / name)).proofs:
        found[proof.name].add(proof.status.value)
    for proof_name, verdict in _truth(name)["proofs"].items():
        assert verdict in found[proof_name], proof_name
        assert verdict == "broken" or found[proof_name] == {verdict}, proof_name


@pytest.mark.parametrize("name", FILES)
def test_rows_seen_are_all_accounted_for(name: str) -> None:
    rows = read_document(document_at(BANK / name)).as_dict()["rows"]
    assert rows["seen"] == rows["records"] + rows["problems"] + rows["ignored"]


def test_the_row_that_breaks_is_named() -> None:
    proofs = {proof.name: proof for proof in read_document(document_at(BANK / "ccb-debit.xls")).proofs}
    assert "row 10" in proofs["running balance"].detail.en and "-46.00" in proofs["running balance"].detail.en
    assert "第 10 行" in proofs["running balance"].detail.zh
