"""The lexicon tells the fields of every record type apart, and finds a field by words that are not its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pytest

from auditor.documents.headers import header_key
from auditor.documents.word_parts import LikenessIndex, LikenessKind, choice_of, parts_of
from auditor.documents.word_parts.likeness import words_of_roles
from auditor.records.loader import record_types

TYPES = record_types()
WORDS = {name: words_of_roles(record_type) for name, record_type in TYPES.items()}

# Two fields of one record type with words that say the same, and why no lexicon can part them.
SAME = {
    ("bank_transaction", "date", "time"): "交易时间 holds day and time with most banks, the time alone with some",
    ("bill_credit", "amount", "original_amount"): "what is received is told in the bill's currency or in the payer's",
    ("bill_line", "slip_no", "waybill_no"): "单据编号 and 单号 are numbers of some paper; the values say of which",
    ("receiving_slip", "slip_no", "waybill_no"): "单据编号 and 单号 are numbers of some paper; the values say of which",
    ("register_entry", "slip_no", "waybill_no"): "单据编号 and 单号 are numbers of some paper; the values say of which",
    ("delivery_note", "signed", "signed_by"): "Signed is a number of pieces or a person; the values say which",
    ("employee", "station", "station_name"): "站点 is the code or the name; the values say which",
    ("invoice", "net", "total"): "合计金额 is the sum before tax on one print, the sum of all on another",
}  # fmt: skip


def _each_word() -> Iterator[tuple[str, str, str]]:
    for name, words_of in WORDS.items():
        for role, words in words_of.items():
            yield from ((name, role, word) for word in dict.fromkeys(words))


def _nearest(index: LikenessIndex[str], header: str) -> list[str]:
    """The fields to which a header is most like: more than one if it cannot be told."""
    found = index.alike(header)
    most = max((each.value for each in found.values()), default=0)
    return [role for role, each in found.items() if each.value == most > 0]


def test_no_two_fields_of_a_type_say_the_same() -> None:
    said: dict[tuple[str, int, tuple[str, ...]], str] = {}
    same = set()
    for name, role, word in _each_word():
        parts = parts_of(word)
        other = said.setdefault((name, parts.bits, parts.rest), role)
        if other != role:
            same.add((name, *sorted((other, role))))
    assert same == set(SAME)


def test_every_header_word_holds_a_known_part() -> None:
    assert [word for _, _, word in _each_word() if not parts_of(word).bits] == []


def test_a_header_word_names_its_field() -> None:
    index = {name: LikenessIndex(words_of) for name, words_of in WORDS.items()}
    wrong = [(name, role, word) for name, role, word in _each_word() if _nearest(index[name], word) != [role]]
    assert wrong == []


def test_the_parts_alone_name_the_field() -> None:
    """Figures are no parts, but a header with figures around it is no known one."""
    index = {name: LikenessIndex(words_of) for name, words_of in WORDS.items()}
    words = list(_each_word())
    wrong = []
    for name, role, word in words:
        header = f"7 {word} 1"
        assert LikenessKind.EXACT not in {each.kind for each in index[name].alike(header).values()}
        if _nearest(index[name], header) != [role]:
            wrong.append((name, role, word))
    assert len(wrong) <= len(words) * 0.02
    assert {(name, role) for name, role, _ in wrong} <= {(name, role) for name, *roles in SAME for role in roles}


def test_a_field_is_found_without_the_word() -> None:
    """Each header word is taken from its field in turn, and the others have to do. Not all can: a word that says
    nothing new need not stand in a record type."""
    words = list(_each_word())
    found = sum(_nearest(LikenessIndex(_without(WORDS[name], role, word)), word) == [role] for name, role, word in words)
    assert found >= 0.88 * len(words)


@pytest.mark.parametrize(("ascii_known", "share"), [(False, 0.86), (True, 0.8)])
def test_a_field_is_found_by_the_words_of_the_other_language(ascii_known: bool, share: float) -> None:
    """The English words are found by the Chinese ones alone, and most Chinese ones by the one or two English ones."""
    found = asked = 0
    for words_of in WORDS.values():
        known = {role: [word for word in words if word.isascii() is ascii_known] for role, words in words_of.items()}
        index = LikenessIndex(known)
        for role, words in words_of.items():
            others = [word for word in dict.fromkeys(words) if word.isascii() is not ascii_known] if known[role] else []
            asked += len(others)
            found += sum(_nearest(index, word) == [role] for word in others)
    assert found >= share * asked


def _without(words_of: Mapping[str, tuple[str, ...]], role: str, word: str) -> dict[str, tuple[str, ...]]:
    left = tuple(each for each in words_of[role] if header_key(each) != header_key(word))
    return {**words_of, role: left}


def test_no_word_of_a_type_speaks_against_its_own_field() -> None:
    index: LikenessIndex[tuple[str, str]] = LikenessIndex.of_types(TYPES)
    for name, role, word in _each_word():
        assert index.alike(f"7 {word} 1")[name, role].kind is not LikenessKind.CONFLICT


def test_no_word_of_a_choice_is_read_as_another() -> None:
    """Each word is taken from its choice in turn: what the others do not say beyond doubt is not read."""
    for name, record_type in TYPES.items():
        closed = [field.choices for field in record_type.fields.values()]
        flow = record_type.flow
        if flow:
            closed.append({"in": flow.flag_in, "out": flow.flag_out, "none": flow.flag_none})
        for choices in closed:
            for key, word in ((key, word) for key, words in choices.items() for word in words):
                left = {each: tuple(other for other in words if other != word) for each, words in choices.items()}
                assert choice_of(word, left) in (key, None), (name, word)
