"""Words of a company for the values of choices: what an answer may say, what is wrong with one, what it teaches."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.documents.headers import header_key
from auditor.documents.readings.choice_words import ChoiceWords, with_words, with_words_of_type
from auditor.documents.readings.loader import ReadingFile, load_readings
from auditor.documents.tables.flows import flag_words
from auditor.records.loader import record_types
from auditor.values.choices import choice_index

TYPES = record_types()


def loaded(tmp_path: Path, text: str) -> ReadingFile:
    path = tmp_path / "reading.yaml"
    path.write_text(text, encoding="utf-8")
    return load_readings(path, TYPES)


def test_words_of_a_field(tmp_path: Path) -> None:
    text = "choices:\n  - {field: pay_mode, words: {记账户: monthly, On tick: 月结, 货到收: collect}, confirmed: 2026-10-31 林晓}\n"
    found = loaded(tmp_path, text)
    assert found.mistakes == ()
    (entry,) = found.readings.choices
    assert dict(entry.words) == {"记账户": "monthly", "On tick": "monthly", "货到收": "collect"}
    assert (entry.field, entry.line, entry.likely, entry.confirmed) == ("pay_mode", 2, False, "2026-10-31 林晓")


def test_words_of_one_table_alone(tmp_path: Path) -> None:
    text = "tables:\n  - {headers: [单号, 怎么付], record: receiving_slip, choices: {pay_mode: {老规矩: monthly}}}\n"
    found = loaded(tmp_path, text)
    assert found.mistakes == ()
    assert found.readings.entries[0].choices == {"pay_mode": {"老规矩": "monthly"}}


HEAD = "choices:\n  - field: "
MISTAKES = {
    "a field that there is not": (
        HEAD + "paymode\n    words: {记账: monthly}\n", ":2:12: unknown field with a choice of values `paymode`",
        "nearest: pay_mode",
    ),
    "a field without choices": (
        HEAD + "amount\n    words: {记账: monthly}\n", ":2:12: unknown field with a choice", "pay_mode",
    ),
    "a choice that there is not": (
        HEAD + "pay_mode\n    words:\n      记账: monthley\n", ":4:11: unknown choice `monthley`", "nearest: monthly",
    ),
    "a choice of another field": (
        HEAD + "status\n    words: {记账: monthly}\n", ":3:17: unknown choice `monthly`", "live, void",
    ),
    "a word for a choice, misspelt": (
        HEAD + "pay_mode\n    words: {记账: 月 洁}\n", ":3:17: unknown choice `月 洁`", "monthly, cash",
    ),
    "no words": (HEAD + "pay_mode\n", ":2:5: the key `words` is missing", "words"),
    "a key that there is not": (
        HEAD + "pay_mode\n    word: {记账: monthly}\n", ":3:5: unknown key `word`", "nearest: words",
    ),
    "a word twice": (
        HEAD + "pay_mode\n    words: {记账: monthly, 记账: cash}\n", "the key `记账` stands here a second time", "line 3",
    ),
    "spellings of a word": (
        HEAD + "pay_mode\n    words: {On tick: monthly, on  TICK: cash}\n", ":3: the word “on  TICK” of `pay_mode`", "line 3",
    ),
    "a word in two entries": (
        HEAD + "pay_mode\n    words: {记账: monthly}\n  - field: pay_mode\n    words: {记账: cash}\n",
        ":5: the word “记账” of `pay_mode` means something else on line 3", "neither",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_costs_its_words_alone(name: str, tmp_path: Path) -> None:
    text, said, more = MISTAKES[name]
    good = "  - {field: status, words: {写坏了: void}}\n"
    found = loaded(tmp_path, text + good)
    told = [each.message("en") for each in found.mistakes]
    assert any(said in each for each in told), told
    assert any(more in each for each in told)
    meant = {word: choice for each in found.readings.choices for word, choice in each.words.items()}
    assert meant.get("写坏了") == "void"
    assert "记账" not in meant or name == "a word twice"


OF_TABLE = {
    "a field of the type that is no choice": ("amount: {记账: monthly}", ":4:23: unknown field with a choice"),
    "a field that there is not": ("pay_mod: {记账: monthly}", "unknown field `pay_mod`"),
    "a choice that there is not": ("pay_mode: {记账: montly}", ":4:30: unknown choice `montly`"),
    "spellings of a word": ("pay_mode: {Tick: monthly, TICK: cash}", "the word “TICK” of `pay_mode`"),
}


@pytest.mark.parametrize("name", OF_TABLE)
def test_mistakes_in_the_entry_of_a_table(name: str, tmp_path: Path) -> None:
    words, said = OF_TABLE[name]
    found = loaded(tmp_path, f"tables:\n  - headers: [单号]\n    record: receiving_slip\n    choices: {{{words}}}\n")
    assert any(said in each.message("en") for each in found.mistakes), [each.message("en") for each in found.mistakes]
    assert found.readings.entries == ()


def test_beside_ignore_there_are_no_words(tmp_path: Path) -> None:
    found = loaded(tmp_path, "tables:\n  - {headers: [单号], ignore: 草稿, choices: {status: {坏: void}}}\n")
    assert "no such key beside `ignore`" in found.mistakes[0].message("en")


def test_one_answer_teaches_every_type_that_has_the_choice() -> None:
    types = with_words(TYPES, [ChoiceWords(2, "pay_mode", {"Slate": "monthly"}), ChoiceWords(3, "kind", {"Pads": "receipt"})])
    for record in ("receiving_slip", "register_entry", "bill_line"):
        assert choice_index(types[record].fields["pay_mode"].choices)["slate"] == "monthly"
    assert "slate" not in choice_index(types["expense_claim"].fields["pay_mode"].choices)
    assert choice_index(types["number_book"].fields["kind"].choices)["pads"] == "receipt"
    assert types["party"] is TYPES["party"]


def test_the_company_knows_its_words_better() -> None:
    """Whatever a word means elsewhere, also the name of a choice."""
    types = with_words(TYPES, [ChoiceWords(2, "mode", {"银行": "cheque", "Cash": "bank"})])
    known = choice_index(types["receipt"].fields["mode"].choices)
    assert (known[header_key("银行")], known["cash"], known["转账"]) == ("cheque", "bank", "bank")


def test_words_for_money_in_and_out() -> None:
    changed = with_words_of_type(TYPES["bank_ledger_entry"], {"direction": {"进账了": "in", "花掉": "out"}})
    assert changed.flow is not None
    words = flag_words(changed.flow)
    assert words["进账了"] != words["花掉"]
