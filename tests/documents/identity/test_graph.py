"""The graph of names as a plain value: what a cell means, and what is named inside of a text."""

from __future__ import annotations

import pickle
from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from auditor.documents.identity import ACCOUNT, BOOK, PARTY, PERSON, STATION, Identities, Node, identities_of
from auditor.documents.record_tables import rows_as_table
from auditor.records.loader import record_types

TYPES = record_types()
CMB, CMB2, ICBC = "574903128810606", "574903128814471", "4000021009200123456"


def graph(own: Sequence[str] = (), **rows: Sequence[Mapping[str, Any]]) -> Identities:
    tables = {name: [rows_as_table(TYPES[name], [dict(row) for row in each])] for name, each in rows.items()}
    return identities_of(tables, TYPES, own)


def accounts() -> Identities:
    return graph(bank_account=[
        {"account_id": "B1", "account_no": CMB, "name": "招行基本户", "bank": "招商银行宁波海曙支行", "currency": "CNY"},
        {"account_id": "B2", "account_no": CMB2, "name": "招行美元户", "bank": "招商银行宁波分行", "currency": "USD"},
        {"account_id": "B3", "account_no": ICBC, "bank": "中国工商银行宁波江北支行", "currency": "CNY"},
    ])  # fmt: skip


@pytest.mark.parametrize(
    ("text", "account"),
    [
        (CMB, "B1"), ("5749 0312 8810 606", "B1"), ("5749-0312-8810-606", "B1"), ("5749****0606", "B1"),
        ("招商银行宁波分行 5749 0312 8810 606（人民币）", "B1"), ("基本户（574903128810606）", "B1"), ("尾号4471", "B2"),
        ("A/C ending 4471", "B2"), ("4471", "B2"), ("招行基本户", "B1"), ("招商银行美元户", "B2"), ("CMB USD account", "B2"),
        ("CMB basic account", "B1"), ("工行", "B3"), ("ICBC", "B3"), ("工行基本户", "B3"), ("工商银行江北支行", "B3"),
        ("ICBC current account", "B3"), ("工行3456", "B3"),
    ],
)  # fmt: skip
def test_an_account_by_whatever_names_it(text: str, account: str) -> None:
    assert accounts().resolve(text, ACCOUNT).node == Node(ACCOUNT, account)


def test_a_bank_that_only_the_list_knows() -> None:
    known = graph(bank_account=[
        {"account_id": "E1", "account_no": "20116655443322", "bank": "Elmwood Bank, Northgate"},
        {"account_id": "E2", "account_no": "20116655449988", "bank": "江南银行"},
    ])  # fmt: skip
    assert known.resolve("Elmwood", ACCOUNT).node == known.resolve("ELMWOOD BANK", ACCOUNT).node == Node(ACCOUNT, "E1")
    assert known.nodes_in("Elmwood October 2026", ACCOUNT) == (Node(ACCOUNT, "E1"),)
    assert known.resolve("江南银行", ACCOUNT).node == Node(ACCOUNT, "E2")
    assert known.resolve("Oakwood", ACCOUNT).node is None


@pytest.mark.parametrize("text", ["CMBUSDACCOUNT", "ICBCBASICACCOUNT", "icbcaccount"])
def test_words_that_lost_their_blanks(text: str) -> None:
    assert accounts().resolve(text, ACCOUNT).node == Node(ACCOUNT, "B2" if "USD" in text else "B3")


@pytest.mark.parametrize(
    "text",
    ["574903128810607", "招商银行 6222021234567890", "建行", "尾号9999", "工行备用金", "工行深圳分行", "基本建设"],
)
def test_what_names_no_account_is_unknown(text: str) -> None:
    found = accounts().resolve(text, ACCOUNT)
    assert (found.node, found.ambiguous) == (None, False)


@pytest.mark.parametrize("text", ["招行", "China Merchants Bank", f"{CMB} {ICBC}", "5749****"])
def test_what_names_several_accounts_is_not_taken(text: str) -> None:
    assert accounts().resolve(text, ACCOUNT).node is None


@pytest.mark.parametrize(
    ("text", "account"),
    [
        ("招行_574903128810606_202609", "B1"), ("银行存款日记账（工行）2026年", "B3"), ("招行美元户202610", "B2"),
        ("ICBC statement October", "B3"), ("Statement of account 5749 0312 8810 606", "B1"), ("对账单尾号4471 10月", "B2"),
        ("工行2026", "B3"),
    ],
)  # fmt: skip
def test_an_account_inside_of_a_title_or_file_name(text: str, account: str) -> None:
    assert accounts().nodes_in(text, ACCOUNT) == (Node(ACCOUNT, account),)


def parties() -> Identities:
    return graph(
        own=["东海物流有限公司"],
        party=[
            {"party_id": "K1", "name": "东门纸业有限公司（原：东门造纸厂）", "short_name": "东门纸业", "kind": "customer"},
            {"party_id": "K2", "name": "远帆食品股份有限公司", "short_name": "远帆", "kind": "customer"},
            {"party_id": "K3", "name": "Oak Trading Ltd (f/k/a Acorn Foods Inc)", "kind": "customer"},
            {"party_id": "Q1", "name": "快达运输有限公司", "short_name": "快达", "kind": "provider"},
        ],
        party_alias=[{"party_id": "K2", "alias": "远帆水产", "relation": "alias"}],
        employee=[{"name": "梅朵", "role": "收货员", "station": "D1", "station_name": "东门"},
                  {"name": "安达", "role": "北桥站经办"}],
        register_entry=[{"slip_no": "S1", "station": "东门站", "amount": 1}, {"slip_no": "S2", "station": "北桥", "amount": 1}],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "party"),
    [
        ("东门造纸厂", "K1"), ("东门纸业（原东门造纸厂）", "K1"), ("K1 东门纸业", "K1"), ("远帆水产", "K2"), ("远帆食品", "K2"),
        ("OAK TRADING", "K3"), ("Acorn Foods", "K3"), ("Acorn Foods Inc. (now Oak Trading)", "K3"),
        ("远帆物流", None), ("东门", None), ("K1 远帆", None), ("远帆食品（原东门造纸厂）", None),
    ],
)  # fmt: skip
def test_a_party_by_any_of_its_names_and_never_by_likeness(text: str, party: str | None) -> None:
    assert parties().resolve(text, PARTY).node == (Node(PARTY, party) if party else None)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("东门纸业有限公司10月对账单", ["K1"]), ("远帆10月", ["K2"]), ("远帆对账单", ["K2"]), ("快达_202610", ["Q1"]),
        ("东海物流有限公司 对账单 客户：远帆食品", ["K2"]), ("Statement for Oak Trading, October", ["K3"]),
        ("东海物流有限公司对账单", []), ("远帆物流10月", []), ("Q1销售", []), ("Oaktradings", []), ("远帆、快达对账", ["K2", "Q1"]),
    ],
)  # fmt: skip
def test_parties_inside_of_titles(text: str, found: list[str]) -> None:
    assert [node.id for node in parties().nodes_in(text, PARTY)] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [("东门站_202610", ["D1"]), ("收货/东门", ["D1"]), ("北桥收货清单", ["北桥"]), ("东门纸业对账单", []), ("东门外的", [])],
)
def test_stations_inside_of_file_names(text: str, found: list[str]) -> None:
    assert [node.id for node in parties().nodes_in(text, STATION)] == found


@pytest.mark.parametrize(
    ("text", "found"), [("A站_202610", ["A"]), ("Station A October", ["A"]), ("收货清单 A", []), ("BA站", []), ("A区", [])]
)
def test_a_station_of_one_letter_needs_the_word_for_a_station(text: str, found: list[str]) -> None:
    known = graph(employee=[{"name": "梅朵", "role": "收货员", "station": "A"}])
    assert [node.id for node in known.nodes_in(text, STATION)] == found


def test_a_person_belongs_to_a_station_and_a_book_to_its_holder() -> None:
    known = graph(
        employee=[{"name": "梅朵", "role": "北桥站经办"}, {"name": "安达", "role": "收货员", "station": "东门"}],
        number_book=[{"kind": "receiving_slip", "book_no": "12", "holder": "梅朵"},
                     {"kind": "receiving_slip", "book_no": "13", "holder": "北桥站"}],
        register_entry=[{"slip_no": f"S{at}", "station": "北桥", "clerk": "白露", "amount": 1} for at in range(3)],
    )  # fmt: skip
    assert known.related(Node(PERSON, "梅朵"), STATION) == (Node(STATION, "北桥"),)
    assert known.related(Node(PERSON, "安达"), STATION) == (Node(STATION, "东门"),)
    assert known.related(Node(PERSON, "白露"), STATION) == (Node(STATION, "北桥"),)  # no list names her
    assert known.related(Node(BOOK, "receiving_slip/12"), PERSON) == (Node(PERSON, "梅朵"),)
    assert known.related(Node(BOOK, "receiving_slip/13"), STATION) == (Node(STATION, "北桥"),)
    assert known.stations_of("梅朵") == known.stations_of("北桥站") == (Node(STATION, "北桥"),)


def test_a_clerk_of_two_stations_belongs_to_neither() -> None:
    rows = [{"slip_no": f"S{at}", "station": station, "clerk": "白露", "amount": 1} for at, station in enumerate("ABAB")]
    assert graph(register_entry=rows).related(Node(PERSON, "白露"), STATION) == ()


def test_the_company_s_own_names() -> None:
    known = graph(
        party=[{"party_id": "O", "name": "东海物流有限公司", "aliases": "东海；东海货代", "kind": "own"}],
        bank_account=[{"account_id": "B1", "account_no": CMB, "name": "东海国际有限公司"}],
    )
    assert all(known.is_own(text) for text in ("东海物流", "东海货代", "东海国际有限公司", "东海"))
    assert not known.is_own("东海纸业")


def test_it_pickles_and_means_the_same() -> None:
    known = parties()
    assert known.resolve("远帆水产", PARTY).node == Node(PARTY, "K2")
    again = pickle.loads(pickle.dumps(known))
    assert again == known
    assert again.nodes_in("远帆10月", PARTY) == (Node(PARTY, "K2"),)


def test_what_a_party_is_to_the_company() -> None:
    known = parties()
    assert known.role(Node(PARTY, "Q1")) == "provider"
    assert known.role(Node(PARTY, "K1")) == "customer"
    assert known.role(Node(PARTY, "K9")) is None
