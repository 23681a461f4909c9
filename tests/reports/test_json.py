"""findings.json: its shape, amounts as exact text, dates in ISO 8601."""

from __future__ import annotations

import json
from typing import Any

import pytest
from fixture import HOSTILE, result

from auditor.reports.findings_json import findings_json


@pytest.fixture(scope="module")
def data() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(
        findings_json(result()), parse_float=lambda text: pytest.fail(f"a float: {text}")
    )
    return found


def test_two_runs_are_equal() -> None:
    assert findings_json(result()) == findings_json(result())


def test_the_parts(data: dict[str, Any]) -> None:
    assert {"audit", "documents", "rules", "findings", "statements"} <= set(data)
    assert {"entity", "period", "rules", "rules_sha256", "parameters", "auditor", "run_at"} <= set(data["audit"])
    assert {"path", "sha256", "status", "layout", "records", "proofs", "problems", "ignored"} <= set(
        data["documents"][0]
    )
    assert {"id", "duty", "status", "reason", "populations"} <= set(data["rules"][0])
    assert {"side", "records", "count", "amount", "matched", "explained", "open"} <= set(
        data["rules"][0]["populations"][0]
    )
    assert {
        "id",
        "rule",
        "code",
        "severity",
        "title",
        "key",
        "party",
        "expected",
        "actual",
        "difference",
        "amount",
        "currency",
        "date",
        "explanation",
        "hint",
        "nearest",
        "status",
        "derived_from",
        "records",
    } <= set(data["findings"][0])
    assert {"type", "side", "key", "document", "page", "row", "box", "raw"} <= set(data["findings"][0]["records"][0])


def test_amounts_are_text_with_the_currency_s_decimals(data: dict[str, Any]) -> None:
    first = data["findings"][0]
    assert (first["code"], first["difference"], first["amount"], first["date"]) == (
        "REG-01",
        "1316.57",
        "1316.57",
        "2026-10-20",
    )
    assert data["rules"][0]["populations"][0]["amount"] == "318471.62"
    assert data["statements"]["cash-count/2026-10-31"]["lines"][-1]["amount"] == "-35.00"


def test_document_text_is_kept_as_it_is(data: dict[str, Any]) -> None:
    assert data["findings"][0]["records"][0]["values"]["customer"] == HOSTILE


def test_what_is_folded_names_its_owner(data: dict[str, Any]) -> None:
    folded = {each["key"]: each["derived_from"] for each in data["findings"] if each["status"] == "derived"}
    owner = data["findings"][0]["id"]
    assert folded == {"SH26-004242": owner, "SH26-004999": "document:06客户账单/ZD2610-C10.xlsx"}


def test_populations_add_up(data: dict[str, Any]) -> None:
    for rule in data["rules"]:
        for side in rule["populations"]:
            assert side["matched"] + side["explained"] + side["open"] == side["count"]


def test_a_count_has_its_unit_no_currency_and_no_decimals(data: dict[str, Any]) -> None:
    found = {
        each["key"]: (each["difference"], each["amount"], each["unit"], each["currency"]) for each in data["findings"]
    }
    assert found["SH26-004327/件数"] == ("-3", "3", "count", None)
    assert found["A/10-21"] == ("1", "1", "count", None)
    assert found["SH26-004022"] == ("-1544.29", "1544.29", "money", "CNY")


def test_who_must_act_is_named_in_both_languages(data: dict[str, Any]) -> None:
    owners = {each["key"]: each["owner"] for each in data["findings"]}
    assert owners["ICBC/10-08"] == {"en": "Cashier", "zh": "出纳"}
    assert owners["SH26-004242"] is None
