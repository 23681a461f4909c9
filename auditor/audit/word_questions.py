"""Words of choices that nobody knows, a field at a time: what they probably mean, and what is lost."""

from __future__ import annotations

import difflib
import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from auditor.audit.questions import Lost, rules_by_record
from auditor.documents.headers import header_key
from auditor.documents.model import StrangeWords
from auditor.documents.readings.choice_words import choice_fields, with_words
from auditor.documents.readings.confirmed import NO_READINGS, CompanyReadings
from auditor.documents.readings.writing import entry_text
from auditor.documents.word_parts import choice_of
from auditor.languages import Text
from auditor.records.model import RecordType
from auditor.rules.model import RuleSet

_DIGITS = 12  # of an id
_NEAR = 0.75  # of two spellings of a word
Choices = Mapping[str, tuple[str, ...]]


class WithStrangeWords(Protocol):
    """A document, as it was read or as a report keeps it."""

    @property
    def path(self) -> str: ...
    @property
    def strange(self) -> tuple[StrangeWords, ...]: ...


@dataclass(frozen=True, slots=True)
class StrangeWord:
    """A word, in how many rows it stands, and which choice it probably means; `likely`: another field that has this
    choice knows the word."""

    word: str
    rows: int
    proposal: str | None = None
    likely: bool = False

    def as_dict(self) -> dict[str, Any]:
        return {"word": self.word, "rows": self.rows, "proposal": self.proposal, "likely": self.likely}


@dataclass(frozen=True, slots=True)
class WordQuestion:
    """All strange words of one field, whatever tables they stand in: `records` are the types, `choices` what the words
    may mean, `paths` the documents, the first first."""

    field: str
    title: Text
    records: tuple[str, ...]
    choices: Choices
    words: tuple[StrangeWord, ...]
    paths: tuple[str, ...]
    lost: Lost

    @property
    def id(self) -> str:
        """The same from month to month."""
        text = "\n".join(["choices", self.field, *sorted(self.choices)])
        return hashlib.sha256(text.encode("utf-8")).hexdigest()[:_DIGITS]

    @property
    def proposed(self) -> dict[str, str]:
        """The words with what they probably mean; those of which nobody knows are left out."""
        return {each.word: each.proposal for each in self.words if each.proposal is not None}

    @property
    def likely(self) -> dict[str, str]:
        """The proposals that may be taken without a look."""
        return {each.word: each.proposal for each in self.words if each.proposal is not None and each.likely}

    def entry(self, words: Mapping[str, str] | None = None, *, likely: bool = False, confirmed: str | None = None
              ) -> dict[str, Any]:  # fmt: skip
        """The entry of `reading.yaml` below `choices:`; without `words` one to complete by hand, with `?` where nobody
        knows."""
        said = words if words is not None else {each.word: each.proposal or "?" for each in self.words}
        stated = {"field": self.field, "words": dict(said), "state": "likely" if likely else None,
                  "confirmed": confirmed}  # fmt: skip
        return {key: value for key, value in stated.items() if value is not None}

    def as_dict(self) -> dict[str, Any]:
        """As `map --json` and findings.json show it."""
        return {
            "id": self.id,
            "field": self.field,
            "title": self.title.as_dict(),
            "records": list(self.records),
            "paths": list(self.paths),
            "choices": {choice: list(words) for choice, words in self.choices.items()},
            "words": [each.as_dict() for each in self.words],
            "lost": self.lost.as_dict(),
            "entry": self.entry(),
            "yaml": entry_text(self.entry()) + "\n",
        }


def word_questions(
    documents: Iterable[WithStrangeWords],
    types: Mapping[str, RecordType],
    rule_set: RuleSet,
    readings: CompanyReadings = NO_READINGS,
) -> list[WordQuestion]:
    """One question a field, the one of most rows first. Fields of one name that share a choice are one."""
    known = with_words(types, readings.choices)
    fields = choice_fields(known)
    asked: dict[tuple[str, tuple[str, ...]], list[tuple[str, str, Mapping[str, int]]]] = defaultdict(list)
    for document in documents:
        for each in document.strange:
            group = _group(fields[each.field], each.record)
            asked[each.field, group].append((document.path, each.record, each.words))
    rules = rules_by_record(rule_set)
    found = []
    for (name, group), told in asked.items():
        records = tuple(record for record in group if record in {record for _, record, _ in told})
        rows: Counter[str] = Counter()
        for _, _, words in told:
            rows.update(words)
        short = {rule.id: rule for record in records for rule in rules.get(record, ())}
        found.append(
            WordQuestion(
                name,
                known[records[0]].fields[name].title,
                records,
                _together(fields[name][record] for record in records),
                _strange(rows, name, records, fields),
                tuple(dict.fromkeys(path for path, _, _ in told)),
                Lost((), tuple(short[identity] for identity in sorted(short)), rows.total()),
            )
        )
    return sorted(found, key=lambda each: (-len(each.lost.short), -each.lost.rows, each.field, each.records))


def _group(types: Mapping[str, Choices], record: str) -> tuple[str, ...]:
    """The record types whose field of this name shares a choice with that of `record`, directly or by others."""
    group, keys = {record}, set(types[record])
    while more := {name for name, choices in types.items() if name not in group and keys & set(choices)}:
        group |= more
        keys |= {key for name in more for key in types[name]}
    return tuple(name for name in types if name in group)


def _together(listed: Iterable[Choices]) -> Choices:
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for choices in listed:
        for choice, words in choices.items():
            found[choice] |= dict.fromkeys(words)
    return {choice: tuple(words) for choice, words in found.items()}


def _strange(
    rows: Mapping[str, int], name: str, records: Sequence[str], fields: Mapping[str, Mapping[str, Choices]]
) -> tuple[StrangeWord, ...]:
    """The words, the most frequent first; spellings that are one in normal form once."""
    choices = _together(fields[name][record] for record in records)
    spelt: dict[str, list[str]] = defaultdict(list)
    for word in rows:
        spelt[header_key(word)].append(word)
    found = []
    for spellings in spelt.values():
        first = min(spellings, key=lambda word: (-rows[word], word))
        meant = _known_elsewhere(first, choices, fields)
        proposal = meant or choice_of(first, choices) or _nearly(first, choices)
        found.append(StrangeWord(first, sum(rows[word] for word in spellings), proposal, meant is not None))
    return tuple(sorted(found, key=lambda each: (-each.rows, each.word)))


def _known_elsewhere(word: str, choices: Choices, fields: Mapping[str, Mapping[str, Choices]]) -> str | None:
    """The choice that the word means in other fields that have it; None where they differ."""
    key = header_key(word)
    meant = {
        choice
        for of_name in fields.values()
        for other in of_name.values()
        for choice, words in other.items()
        if choice in choices and key in {header_key(choice), *map(header_key, words)}
    }
    return meant.pop() if len(meant) == 1 else None


def _nearly(word: str, choices: Choices) -> str | None:
    """The choice of the known word that is spelt most alike; None where two choices have one."""
    known = {header_key(text): choice for choice, words in choices.items() for text in (choice, *words)}
    near = {known[each] for each in difflib.get_close_matches(header_key(word), known, n=2, cutoff=_NEAR)}
    return near.pop() if len(near) == 1 else None
