"""The company's own words for the values of choices: `Monthly account` for a mode of payment, `Spoilt` for a status."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from auditor.documents.headers import header_key
from auditor.records.model import Field, Flow, RecordType
from auditor.values.choices import choice_index

DIRECTION = "direction"  # of a type with a flow: its words are those of the flow's flag

Words = Mapping[str, str]  # word → choice
WordsByField = Mapping[str, Words]


@dataclass(frozen=True, slots=True)
class ChoiceWords:
    """One entry below `choices:` of `reading.yaml`: what words mean in every choice field of this name that has these
    choices, whatever the record type. `line` is where it stands; `likely`: taken over without a look."""

    line: int
    field: str
    words: Words = dataclasses.field(default_factory=dict)
    likely: bool = False
    confirmed: str | None = None


def choices_of(record_type: RecordType) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """For each choice field of a type its choices with the words that mean them."""
    found = {name: dict(each.choices) for name, each in record_type.fields.items() if each.choices}
    flow = record_type.flow
    if flow is not None and DIRECTION in found:
        flags = {"in": flow.flag_in, "out": flow.flag_out, "none": flow.flag_none}
        found[DIRECTION] = {choice: flags[choice] for choice in found[DIRECTION] if choice in flags}
    return found


def choice_fields(types: Mapping[str, RecordType]) -> dict[str, dict[str, Mapping[str, tuple[str, ...]]]]:
    """By name of a choice field and record type its choices with their words."""
    found: dict[str, dict[str, Mapping[str, tuple[str, ...]]]] = defaultdict(dict)
    for record, record_type in types.items():
        for name, choices in choices_of(record_type).items():
            found[name][record] = choices
    return dict(found)


def meant(text: str, choices: Iterable[Mapping[str, tuple[str, ...]]]) -> str | None:
    """The choice that a text names in an answer: by its name, or by a word that all of these fields understand alike;
    None where it names none."""
    listed = list(choices)
    if any(text in each for each in listed):
        return text
    named = {key for each in listed if (key := choice_index(each).get(header_key(text))) is not None}
    return named.pop() if len(named) == 1 else None


def with_words(types: Mapping[str, RecordType], entries: Iterable[ChoiceWords]) -> Mapping[str, RecordType]:
    """The record types with the company's words behind their own. A word that a type knows otherwise means what the
    company says."""
    by_field: dict[str, dict[str, str]] = defaultdict(dict)
    for entry in entries:
        by_field[entry.field] |= entry.words
    if not by_field:
        return types
    return MappingProxyType({name: with_words_of_type(each, by_field) for name, each in types.items()})


def with_words_of_type(record_type: RecordType, words: WordsByField) -> RecordType:
    """One type with such words, by the names of its fields; what its fields do not have is passed over."""
    changed: dict[str, Field] = {}
    flow = record_type.flow
    for name, choices in choices_of(record_type).items():
        said = {word: choice for word, choice in words.get(name, {}).items() if choice in choices}
        if not said:
            continue
        if name == DIRECTION and flow is not None:
            flow = _with_flags(flow, said)
        else:
            each = record_type.fields[name]
            changed[name] = replace(each, choices=MappingProxyType(_grown(choices, said)))
    if not changed and flow is record_type.flow:
        return record_type
    return replace(record_type, fields=MappingProxyType({**record_type.fields, **changed}), flow=flow)


def _grown(choices: Mapping[str, tuple[str, ...]], said: Words) -> dict[str, tuple[str, ...]]:
    taken = {header_key(word) for word in said}
    return {
        choice: (
            *(word for word in words if header_key(word) not in taken),
            *(word for word, own in said.items() if own == choice),
        )
        for choice, words in choices.items()
    }


def _with_flags(flow: Flow, said: Words) -> Flow:
    grown = _grown({"in": flow.flag_in, "out": flow.flag_out, "none": flow.flag_none}, said)
    return replace(flow, flag_in=grown["in"], flag_out=grown["out"], flag_none=grown["none"])


def rivals(
    said: Iterable[tuple[str, str, str]], types: Mapping[str, RecordType]
) -> Iterator[tuple[int, int]]:
    """Of words that are said in order (field, word, choice) those that contradict one before: positions of both. Two
    choices contradict one another where one field has both."""
    fields = choice_fields(types)
    seen: dict[tuple[str, str], list[tuple[int, str]]] = defaultdict(list)
    for at, (name, word, choice) in enumerate(said):
        key = name, header_key(word)
        for first, other in seen[key]:
            both = any(choice in each and other in each for each in fields.get(name, {}).values())
            if other != choice and both:
                yield at, first
                break
        seen[key].append((at, choice))
