"""Names are resolved through the masters, by normal form and never by likeness."""

from __future__ import annotations

from typing import Any

import pytest

from auditor.documents.identity.masters import build_masters, resolve_masters
from auditor.engine import DuckEngine
from auditor.errors import AuditorError
from auditor.records.errors import AliasOfNobody, AmbiguousName
from auditor.records.loader import record_types

TYPES = record_types()

PARTIES = [
    {"party_id": "C01", "name": "深圳市恒昌电子有限公司", "short_name": "恒昌电子", "aliases": "恒昌;HC Electronics"},
    {"party_id": "C02", "name": "东莞市恒昌电器有限公司", "short_name": "恒昌电器"},
    {"party_id": "C03", "name": "广州市雅织服饰有限公司"},
    {"party_id": "C05", "name": "惠州市天域照明有限公司", "short_name": "天域照明"},
    {"party_id": "P5", "name": "DHX国际快件代理（深圳）有限公司"},
]


@pytest.fixture
def engine(tables: DuckEngine) -> DuckEngine:
    tables.execute("CREATE TABLE document (number INTEGER, path VARCHAR, sha256 VARCHAR, status VARCHAR, layout VARCHAR)")
    tables.execute("INSERT INTO document VALUES (1, 'masters/parties.xlsx', '', 'read', NULL)")
    return tables


def fill(engine: DuckEngine, table: str, rows: list[dict[str, Any]]) -> None:
    for number, row in enumerate(rows, 1):
        given = {"_id": number, "_document": 1, "_row": number + 1, **row}
        names = ", ".join(f'"{name}"' for name in given)
        engine.execute(f'INSERT INTO "{table}" ({names}) VALUES ({", ".join("?" * len(given))})', list(given.values()))


def resolved(engine: DuckEngine, customers: list[str]) -> tuple[dict[str, str | None], list[AuditorError]]:
    fill(engine, "receiving_slip", [{"customer": name} for name in customers])
    problems = list(build_masters(engine, TYPES).problems)
    resolve_masters(engine, TYPES)
    return dict(engine.rows("SELECT customer, customer__id FROM receiving_slip")), problems


def test_names_in_every_form(engine: DuckEngine) -> None:
    fill(engine, "party", PARTIES)
    fill(engine, "party_alias", [{"party_id": "C03", "alias": "广州市雅织贸易有限公司", "relation": "affiliate"}])
    names, problems = resolved(engine, [
        "深圳市恒昌电子有限公司", "深圳市恒昌电子", "恒昌电子", "恒昌", "hc electronics", "Ｃ０１", "恒昌电器",
        "恒昌电气",
        "深圳市 恒昌电子\u3000有限公司", "DHX国际快件代理(深圳)有限公司", "DHX国际快件代理（深圳）", "DHX国际快件代理",
        "C05 天域照明", "天域照明（C05）", "C05 恒昌电子", "广州市雅织贸易有限公司", "惠州市天域照明有限责任公司",
    ])  # fmt: skip
    assert names == {
        "深圳市恒昌电子有限公司": "C01", "深圳市恒昌电子": "C01", "恒昌电子": "C01", "恒昌": "C01",
        "hc electronics": "C01", "Ｃ０１": "C01", "恒昌电器": "C02", "恒昌电气": None,
        "深圳市 恒昌电子\u3000有限公司": "C01",
        "DHX国际快件代理(深圳)有限公司": "P5", "DHX国际快件代理（深圳）": "P5", "DHX国际快件代理": None,
        "C05 天域照明": "C05", "天域照明（C05）": "C05", "C05 恒昌电子": None, "广州市雅织贸易有限公司": "C03",
        "惠州市天域照明有限责任公司": "C05",
    }  # fmt: skip
    assert problems == []
    of_alias = "SELECT id, relation FROM master_name WHERE key = '广州市雅织贸易有限公司'"
    assert engine.rows(of_alias) == [("C03", "affiliate")]


def test_a_name_of_two_resolves_nobody_but_the_full_names_do(engine: DuckEngine) -> None:
    fill(engine, "party", [
        {"party_id": "C01", "name": "恒昌电子有限公司"}, {"party_id": "C09", "name": "恒昌电子股份有限公司"},
    ])  # fmt: skip
    names, problems = resolved(engine, ["恒昌电子", "恒昌电子有限公司", "恒昌电子股份有限公司"])
    assert names == {"恒昌电子": None, "恒昌电子有限公司": "C01", "恒昌电子股份有限公司": "C09"}
    (problem,) = problems
    assert isinstance(problem, AmbiguousName)
    assert (problem.values["name"], problem.values["ids"], problem.values["used"]) == ("恒昌电子", "C01, C09", 1)


def test_an_unused_shared_name_is_no_problem(engine: DuckEngine) -> None:
    own = "捷远国际货运代理有限公司"
    fill(engine, "bank_account", [
        {"account_id": "ICBC", "account_no": "4000023209200012345", "name": own, "aliases": "工行基本户;工行"},
        {"account_id": "CCB", "account_no": "44250100003400001234", "name": own, "aliases": "建行"},
    ])  # fmt: skip
    fill(engine, "bank_ledger_entry", [{"account": "工行"}, {"account": "44250100003400001234"}, {"account": "ICBC"}])
    assert list(build_masters(engine, TYPES).problems) == []
    resolve_masters(engine, TYPES)
    assert engine.rows("SELECT account__id FROM bank_ledger_entry ORDER BY _id") == [("ICBC",), ("CCB",), ("ICBC",)]


def test_an_alias_of_nobody(engine: DuckEngine) -> None:
    fill(engine, "party", PARTIES)
    fill(engine, "party_alias", [{"party_id": "C99", "alias": "某某公司"}, {"party_id": "恒昌电子", "alias": "老恒昌"}])
    names, problems = resolved(engine, ["某某公司", "老恒昌"])
    assert names == {"某某公司": None, "老恒昌": "C01"}
    (problem,) = problems
    assert isinstance(problem, AliasOfNobody)
    assert str(problem.place) == "masters/parties.xlsx:2"


def test_currencies_come_from_the_account_and_else_from_the_audit(engine: DuckEngine) -> None:
    fill(engine, "bank_account", [
        {"account_id": "BOC", "account_no": "7700", "name": "中行美元户", "currency": "USD"},
        {"account_id": "ICBC", "account_no": "4000", "name": "工行", "currency": "CNY"},
    ])  # fmt: skip
    fill(engine, "bank_transaction", [{"account": "7700"}, {"account": "4000"}, {"account": "9999"},
                                      {"account": "7700", "currency": "HKD"}])  # fmt: skip
    build_masters(engine, TYPES)
    resolve_masters(engine, TYPES, currency="EUR")
    assert engine.rows("SELECT currency FROM bank_transaction ORDER BY _id") == [("USD",), ("CNY",), ("EUR",), ("HKD",)]


def test_without_any_master(engine: DuckEngine) -> None:
    names, problems = resolved(engine, ["恒昌电子"])
    assert names == {"恒昌电子": None}
    assert problems == []
