"""What people write for the values of closed choices: by the words of the record types, or by their parts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import yaml

from auditor.documents.word_parts import choice_of
from auditor.records.loader import record_types

WORDS = yaml.safe_load(Path(__file__).with_name("choice_words.yaml").read_text(encoding="utf-8"))
TYPES = record_types()


def _choices(record: str, field: str) -> Mapping[str, tuple[str, ...]]:
    flow = TYPES[record].flow
    if field == "<flag>" and flow:
        return {"in": flow.flag_in, "out": flow.flag_out, "none": flow.flag_none}
    return TYPES[record].fields[field].choices


def _each() -> Iterator[tuple[str, str, str, str]]:
    for record, fields in WORDS.items():
        for field, choices in fields.items():
            yield from ((record, field, choice, word) for choice, words in choices.items() for word in words)


def test_there_are_words_of_every_choice_that_a_column_may_state() -> None:
    asked = {(name, role) for name, each in TYPES.items() for role, field in each.fields.items()
             if field.headers and field.choices}  # fmt: skip
    assert asked <= {(record, field) for record, fields in WORDS.items() for field in fields}
    for record, field in asked:
        assert set(WORDS[record][field]) - {"none"} == set(_choices(record, field)) - {"none"}


def test_each_word_means_its_choice_and_no_other() -> None:
    read = {each: choice_of(each[3], _choices(*each[:2])) for each in _each()}
    wrong = {
        (field, word): found
        for (record, field, choice, word), found in read.items()
        if found != (choice if choice in _choices(record, field) else None)
    }
    assert wrong == {}
