"""Accounts that no list gives, implied by bank exports and ledgers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from auditor.documents.identity.masters import build_masters, resolve_masters
from auditor.engine import DuckEngine
from auditor.records.loader import record_types

TYPES = record_types()
ICBC, CCB = "6222021202012345678", "44050110220000005123"
Rows = Mapping[str, Sequence[Mapping[str, object]]]


@pytest.fixture
def engine(tables: DuckEngine) -> DuckEngine:
    return tables


def settle(engine: DuckEngine, rows: Rows) -> list[str]:
    """Fill the tables and resolve all names; the remarks in Chinese."""
    number = 0
    for table, records in rows.items():
        for record in records:
            number += 1
            given = {"_id": number, "_document": 1, "_row": number, **record}
            names = ", ".join(f'"{name}"' for name in given)
            engine.execute(f'INSERT INTO "{table}" ({names}) VALUES ({", ".join("?" * len(given))})', [*given.values()])
    masters = build_masters(engine, TYPES)
    resolve_masters(engine, TYPES)
    assert masters.problems == ()
    return [each.zh for each in masters.implied.remarks]


def ledger(engine: DuckEngine) -> list[tuple[str | None, str | None]]:
    return [(a, b) for a, b in engine.rows("SELECT account, account__id FROM bank_ledger_entry ORDER BY _id")]


@pytest.mark.parametrize("word", [ICBC, "工行5678", "尾号５６７８", "6222****5678", "工商银行（5678）"])
def test_the_end_of_a_number_names_its_account(engine: DuckEngine, word: str) -> None:
    settle(
        engine, {"bank_transaction": [{"account": ICBC}, {"account": CCB}], "bank_ledger_entry": [{"account": word}]}
    )
    assert ledger(engine) == [(word, ICBC)]
    assert engine.rows("SELECT account_id, account_no, kind FROM bank_account ORDER BY 1") == [
        (CCB, CCB, "bank"),
        (ICBC, ICBC, "bank"),
    ]


def test_a_word_means_the_only_account_and_that_is_said(engine: DuckEngine) -> None:
    remarks = settle(
        engine, {"bank_transaction": [{"account": ICBC}], "bank_ledger_entry": [{"account": "工行"}, {"account": None}]}
    )
    assert ledger(engine) == [("工行", ICBC), (ICBC, ICBC)]
    assert remarks == [
        f"账户：资料中只有 {ICBC}，工行 视为同一账户",
        f"账户：清单中没有 {ICBC}，按资料中的记载认定",
        f"1 条记录未注明账户，按唯一账户 {ICBC} 处理",
    ]


def test_of_several_accounts_none_is_guessed(engine: DuckEngine) -> None:
    settle(
        engine,
        {
            "bank_transaction": [{"account": ICBC}, {"account": CCB}],
            "bank_ledger_entry": [{"account": "工行"}, {"account": None}, {"account": "0000"}],
        },
    )
    assert ledger(engine) == [("工行", "工行"), (None, None), ("0000", "0000")]


def test_another_number_is_another_account(engine: DuckEngine) -> None:
    settle(engine, {"bank_transaction": [{"account": ICBC}], "bank_ledger_entry": [{"account": CCB}]})
    assert ledger(engine) == [(CCB, CCB)]


def test_an_end_that_two_numbers_share_names_neither(engine: DuckEngine) -> None:
    other = "95588000005678"
    settle(
        engine,
        {
            "bank_transaction": [{"account": ICBC}, {"account": other}],
            "bank_ledger_entry": [{"account": "尾号5678"}, {"account": "9558****5678"}],
        },
    )
    assert ledger(engine) == [("尾号5678", "尾号5678"), ("9558****5678", other)]


def test_a_list_settles_its_own_names(engine: DuckEngine) -> None:
    remarks = settle(
        engine,
        {
            "bank_account": [{"account_id": "ICBC", "account_no": ICBC, "aliases": "工行", "kind": "bank"}],
            "bank_transaction": [{"account": ICBC}],
            "bank_ledger_entry": [{"account": "工行"}],
        },
    )
    assert ledger(engine) == [("工行", "ICBC")]
    assert remarks == []
    assert engine.value("SELECT count(*) FROM bank_account") == 1


def test_balances_that_a_ledger_states_go_with_it(engine: DuckEngine) -> None:
    settle(
        engine,
        {
            "bank_transaction": [{"account": ICBC}],
            "bank_ledger_entry": [{"account": None}],
            "stated_balance": [{"of": "bank_ledger_entry"}, {"of": "cash_journal_entry"}],
        },
    )
    assert engine.rows('SELECT "of", account__id FROM stated_balance ORDER BY _id') == [
        ("bank_ledger_entry", ICBC),
        ("cash_journal_entry", None),
    ]


def test_an_implied_entry_has_a_number_of_its_own(engine: DuckEngine) -> None:
    settle(
        engine,
        {"bank_transaction": [{"account": ICBC}, {"account": CCB}], "receiving_slip": [{"slip_no": "SH26-000001"}]},
    )
    assert engine.rows("SELECT account_id, _id FROM bank_account ORDER BY _id") == [(ICBC, 4), (CCB, 5)]


def test_a_number_that_lost_digits_is_not_the_only_account(engine: DuckEngine) -> None:
    damaged = {"account": None, "_problems": "LostDigits"}
    settle(engine, {"bank_transaction": [{"account": ICBC}], "bank_ledger_entry": [damaged, {"account": None}]})
    assert ledger(engine) == [(None, None), (ICBC, ICBC)]


@pytest.mark.parametrize("text", ["工行户" + ICBC, f"基本户（{ICBC}）", f"{ICBC}（工行）"])
def test_a_name_with_the_number_of_a_listed_account_is_that_account(engine: DuckEngine, text: str) -> None:
    listed = {"account_id": "A1", "account_no": ICBC, "kind": "bank"}
    settle(engine, {"bank_account": [listed], "bank_transaction": [{"account": text}]})
    assert engine.rows("SELECT account__id FROM bank_transaction") == [("A1",)]
    assert engine.rows("SELECT account_id FROM bank_account") == [("A1",)]


@pytest.mark.parametrize(
    "text", ["招行基本户", "CMB basic account", f"招商银行江北支行 {ICBC[:4]} {ICBC[4:12]} {ICBC[12:]}（人民币）", f"旧户 {ICBC}"]
)
def test_an_account_is_never_implied_whose_text_holds_a_listed_one(engine: DuckEngine, text: str) -> None:
    listed = {"account_id": "A1", "account_no": ICBC, "bank": "招商银行江北支行", "kind": "bank"}
    assert settle(engine, {"bank_account": [listed], "bank_transaction": [{"account": text}]}) == []
    assert engine.rows("SELECT account__id FROM bank_transaction") == [("A1",)]
    assert engine.value("SELECT count(*) FROM bank_account") == 1


def test_one_account_written_in_two_ways_is_one_entry(engine: DuckEngine) -> None:
    settle(engine, {"bank_transaction": [{"account": f"招商银行江北支行{ICBC}(人民币)"}, {"account": ICBC}],
                    "bank_ledger_entry": [{"account": "招行"}]})  # fmt: skip
    assert engine.rows("SELECT DISTINCT account__id FROM bank_transaction") == [(ICBC,)]
    assert ledger(engine) == [("招行", ICBC)]


def documents(engine: DuckEngine, *paths: str) -> None:
    engine.execute("CREATE TABLE document (number INTEGER, path VARCHAR, sha256 VARCHAR, status VARCHAR, layout VARCHAR)")
    for number, path in enumerate(paths, 1):
        engine.execute("INSERT INTO document VALUES (?, ?, '', 'read', NULL)", [number, path])


def test_two_exports_of_unknown_accounts_are_none(engine: DuckEngine) -> None:
    documents(engine, "甲.csv", "乙.csv")
    settle(engine, {"bank_transaction": [{"account": None}, {"account": None, "_document": 2}]})
    assert engine.rows("SELECT DISTINCT account__id FROM bank_transaction") == [(None,)]


def test_the_export_of_a_wallet_is_not_the_only_bank_account(engine: DuckEngine) -> None:
    documents(engine, "支付宝明细.csv", "网银.csv")
    listed = {"account_id": "A1", "account_no": ICBC, "bank": "工商银行", "kind": "bank"}
    settle(engine, {"bank_account": [listed], "bank_transaction": [{"account": None}, {"account": None, "_document": 2}]})
    assert engine.rows("SELECT account__id FROM bank_transaction ORDER BY _id") == [(None,), ("A1",)]


@pytest.mark.parametrize(
    ("word", "paths"),
    [
        ("ICBC", ("Bank/ICBC October.csv", "Bank/CCB October.csv")),
        ("工行", ("网银/工商银行10月.csv", "网银/建行10月.csv")),
        ("Industrial and Commercial Bank of China", ("icbc/oct.csv", "ccb/oct.csv")),
    ],
)
def test_a_ledger_finds_its_account_by_the_bank_that_an_export_s_path_names(
    engine: DuckEngine, word: str, paths: tuple[str, str]
) -> None:
    assert account_by_paths(engine, word, paths) == ICBC


def test_two_accounts_of_one_bank_are_not_told_by_it(engine: DuckEngine) -> None:
    assert account_by_paths(engine, "ICBC", ("ICBC RMB.csv", "ICBC payroll.csv")) not in (ICBC, CCB)


def account_by_paths(engine: DuckEngine, word: str, paths: tuple[str, str]) -> str | None:
    """The account of a ledger that says `word`, beside exports of two accounts in files of these paths."""
    engine.execute("CREATE TABLE document (number INTEGER, path VARCHAR, layout VARCHAR)")
    try:
        for number, path in enumerate(paths, 1):
            engine.execute("INSERT INTO document VALUES (?, ?, NULL)", [number, path])
        transactions = [{"account": ICBC, "_document": 1}, {"account": CCB, "_document": 2}]
        settle(engine, {"bank_transaction": transactions, "bank_ledger_entry": [{"account": word}]})
        return ledger(engine)[0][1]
    finally:
        engine.execute("DROP TABLE document")
