"""What people write above a column names its field, and hardly ever another one of the record type."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from auditor.documents.recognition.header_words import HeaderWords
from auditor.documents.recognition.hypotheses import Ground
from auditor.documents.vocabulary import Vocabulary
from auditor.documents.word_parts.lexicon import lexicon
from auditor.records.loader import record_types

HEADERS = yaml.safe_load(Path(__file__).with_name("field_headers.yaml").read_text(encoding="utf-8"))
TYPES = record_types()
EQUAL, IN_PART, ALIKE, WRONG, NOTHING = "equal", "in part", "alike", "wrong", "nothing"

# The least of a hundred headers that name their field by a whole word or by equal parts.
SHARES = {"English": 92, "simplified": 90, "traditional": 99}

# Headers that another field of the type takes, and why no lexicon can part them.
AMBIGUOUS = {
    ("bank_account", "account_id", "帳戶編號"): "a number of one's own for the account, or the bank's",
    ("bank_transaction", "value_date", "Value"): "the day of value, or the amount",
    ("bill_credit", "mode", "Paid by"): "by whom, or by what",
    ("blank_count", "sheets", "No. unused"): "how many, or which",
    ("gl_balance", "account_name", "Account"): "the code, or the name",
    ("gl_entry", "account_name", "Account"): "the code, or the name",
    ("bank_ledger_entry", "<in>", "Receipt"): "what came in, or the number of the paper",
    ("cash_journal_entry", "<in>", "Receipt"): "what came in, or the number of the paper",
    ("bill_line", "destination", "POD"): "the port of discharge, or the proof of delivery",
    ("bundle_cover", "pieces", "数量(件)"): "the unit alone says that it is pieces that are counted",
}  # fmt: skip


def _each() -> Iterator[tuple[str, str, str]]:
    for record, roles in HEADERS.items():
        for role, headers in roles.items():
            yield from ((record, role, header) for header in dict.fromkeys(headers))


def _language(header: str) -> str:
    if header.isascii():
        return "English"
    return "traditional" if set(header) & set(lexicon().simplified) else "simplified"


def _reading(words: HeaderWords, record: str, role: str, header: str) -> str:
    offers = [each for each in words.offers((header,)) if each.record == record]
    if not offers:
        return NOTHING
    best = [each for each in offers if each.likeness == offers[0].likeness]
    if role not in {each.role for each in best}:
        return WRONG
    if len(best) > 1:
        return ALIKE
    return IN_PART if best[0].ground is Ground.PART else EQUAL


@pytest.fixture(scope="module")
def readings() -> dict[tuple[str, str, str], str]:
    words = HeaderWords(Vocabulary.of(TYPES))
    return {each: _reading(words, *each) for each in _each()}


def test_there_are_headers_of_every_field_that_a_column_may_have() -> None:
    for name, record_type in TYPES.items():
        fields = {role for role, each in record_type.fields.items() if each.headers}
        assert fields == set(HEADERS.get(name, ())) - {"<in>", "<out>", "<flag>", "<range>"} or not fields, name
        for role in fields:
            least = 8 if record_type.fields[role].required else 4
            assert len(set(HEADERS[name][role])) >= least, (name, role)


def test_most_headers_name_their_field(readings: dict[tuple[str, str, str], str]) -> None:
    asked, found = Counter[str](), Counter[str]()
    for (_, _, header), reading in readings.items():
        asked[_language(header)] += 1
        found[_language(header)] += reading == EQUAL
    assert {language: 100 * found[language] // asked[language] for language in SHARES} == SHARES


def test_no_header_names_another_field_of_its_type(readings: dict[tuple[str, str, str], str]) -> None:
    assert {each for each, reading in readings.items() if reading == WRONG} == set(AMBIGUOUS)


@pytest.mark.parametrize(
    "header",
    ["语文", "学号", "班级", "出生日期", "Chapter", "Author", "Genre", "Latitude", "Blood group", "Temperature", "IP address",
     "Log level", "Stack trace", "Homework", "Goals scored", "星期一", "血型", "身高", "政治面貌", "邮政编码区"],
)  # fmt: skip
def test_what_stands_in_no_business_paper_is_the_same_as_nothing(header: str) -> None:
    words = HeaderWords(Vocabulary.of(TYPES))
    assert not [each for each in words.offers((header,)) if each.ground is not Ground.PART]


@pytest.mark.parametrize(
    ("header", "role"),
    [("GST (9%)", "tax"), ("VAT @ 20%", "tax"), ("增值税6%", "tax"), ("VAT %", "tax_rate"), ("税率%", "tax_rate")],
)
def test_a_per_cent_behind_a_figure_is_no_rate(header: str, role: str) -> None:
    """GST (9%) is the tax, at that rate; only a per cent without a figure says what the column holds."""
    words = HeaderWords(Vocabulary.of({"invoice": TYPES["invoice"]}))
    assert words.offers((header,))[0].role == role
