"""The header words that answers teach."""

from __future__ import annotations

import pytest

from auditor.documents.headers import header_key
from auditor.documents.readings.confirmed import CompanyReadings, ConfirmedReading
from auditor.documents.readings.taught import with_words_of
from auditor.documents.vocabulary import Vocabulary
from auditor.records.loader import record_types


def entry(line: int, record: str, columns: dict[str, str | None], *, likely: bool = False) -> ConfirmedReading:
    return ConfirmedReading(line, tuple(columns), record, columns=columns, likely=likely)


def taught(word: str, *entries: ConfirmedReading) -> list[tuple[str, str]]:
    """The type and role that a word has by these answers."""
    words = Vocabulary.of(with_words_of(record_types(), CompanyReadings(entries))).words
    return [(record, role) for record, role, _ in words.get(header_key(word), ())]


def test_a_word_of_the_company() -> None:
    answer = entry(2, "bundle_cover", {"单子张数": "tickets", "收单那天": "date", "说啥": None})
    assert taught("单子张数", answer) == [("bundle_cover", "tickets")]
    assert ("bundle_cover", "date") in taught("收单那天", answer)
    assert taught("说啥", answer) == []


@pytest.mark.parametrize(
    ("record", "word", "role", "others"),
    [
        ("bundle_cover", "收单那天", "date", {"receiving_slip", "cash_journal_entry", "expense_claim"}),
        ("expense_claim", "Signed off by", "approver", {"liaison_memo", "voided_number"}),
        ("bank_ledger_entry", "多少钱", "amount", set()),
        ("supplier_line", "How much", "amount", {"bill_line", "iou"}),
    ],
)
def test_types_that_call_a_field_alike_learn_its_word(record: str, word: str, role: str, others: set[str]) -> None:
    """A word that one type alone knew would speak for it on any paper."""
    found = taught(word, entry(2, record, {word: role}))
    assert {(record, role), *((other, role) for other in others)} <= set(found)
    assert {said for _, said in found} == {role}


def test_what_lines_inside_a_table_say_without_a_label_is_no_word() -> None:
    assert taught("@group", entry(2, "bill_line", {"谁家": "customer", "@group": "kind"})) == []


def test_types_that_have_the_same_fields_learn_together() -> None:
    slips = {
        "票子": "slip_no",
        "哪日": "date",
        "谁寄": "customer",
        "走谁家": "provider",
        "几箱": "pieces",
        "长宽": "dims",
    }
    answer = entry(2, "receiving_slip", {**slips})
    assert {("receiving_slip", "customer"), ("register_entry", "customer")} <= set(taught("谁寄", answer))
    assert {record for record, _ in taught("谁寄", answer, entry(5, "register_entry", {"谁寄": "clerk"}))} >= {
        "receiving_slip"
    }
    assert ("register_entry", "customer") not in taught("谁寄", answer, entry(5, "register_entry", {"谁寄": "clerk"}))
    assert [record for record, _ in taught("长宽", answer)] == ["receiving_slip"]


def test_money_in_and_out_and_ranges() -> None:
    bank = entry(2, "bank_transaction", {"来款": "<in>", "去款": "<out>", "来或去": "<flag>"})
    assert [role for word in ("来款", "去款", "来或去") for _, role in taught(word, bank)] == [
        "<in>",
        "<out>",
        "<flag>",
    ]
    book = entry(2, "number_book", {"从几号到几号": "<range>"})
    assert taught("从几号到几号", book) == [("number_book", "<range>")]


def test_a_word_that_is_known_stays_what_it_is() -> None:
    assert ("bundle_cover", "clerk") not in taught("票数", entry(2, "bundle_cover", {"票数": "clerk"}))


def test_what_is_doubtful_teaches_nothing() -> None:
    one, other = entry(2, "bundle_cover", {"数": "tickets"}), entry(5, "bundle_cover", {"数": "pieces"})
    assert taught("数", one, other) == []
    assert taught("数", entry(2, "bundle_cover", {"数": "tickets"}, likely=True)) == []
    assert with_words_of(record_types(), CompanyReadings()) is record_types()


def test_nor_does_what_is_left_out() -> None:
    assert taught("价目", ConfirmedReading(2, ("价目",), ignore="价目表")) == []


@pytest.mark.parametrize(
    ("record", "role", "word", "others"),
    [
        ("receiving_slip", "slip_no", "票根号", ("bundle_entry", "cod_entry", "outbound_line")),
        ("party", "party_id", "Ref of firm", ("party_alias",)),
        ("provider_line", "waybill_no", "追踪码", ("bundle_entry", "proof_of_delivery")),
        ("bill", "customer", "Shipper", ("cod_entry", "sales_order")),
    ],
)
def test_what_names_papers_and_partners_is_the_same_on_every_paper(
    record: str, role: str, word: str, others: tuple[str, ...]
) -> None:
    known = taught(header_key(word), entry(2, record, {word: role}))
    assert {(each, role) for each in (record, *others)} <= set(known)
    assert {each for _, each in known} == {role}


def test_a_word_for_two_things_is_taught_to_no_other_type() -> None:
    two = entry(2, "receiving_slip", {"流水": "slip_no"}), entry(9, "liaison_memo", {"流水": "memo_no"})
    assert sorted(taught("流水", *two)) == [("liaison_memo", "memo_no"), ("receiving_slip", "slip_no")]


def test_a_code_of_a_partner_and_the_partner_are_one_thing() -> None:
    both = entry(2, "party", {"户码": "party_id"}), entry(9, "customer_balance", {"户码": "customer"})
    assert {("party_alias", "party_id"), ("bill", "customer")} <= set(taught("户码", *both))
