"""Loads `reading.yaml`, entry by entry: one with a mistake is left out and told, the others hold."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path

from auditor.documents.declarations import Declarations
from auditor.documents.readings.choice_entries import choice_entries, resolved
from auditor.documents.readings.choice_words import choices_of
from auditor.documents.readings.confirmed import NO_READINGS, CompanyReadings, ConfirmedReading
from auditor.documents.readings.errors import AnsweredTwice
from auditor.documents.readings.mistakes import entry_mistakes, printed_headers
from auditor.documents.readings.roles import roles_of
from auditor.documents.readings.schema import ROLE, ReadingsFile, TableEntry
from auditor.documents.recognition.hypotheses import MatrixReading
from auditor.errors import AuditorError, Place
from auditor.records.model import RecordType
from auditor.records.schema import FIELD, RECORD_TYPE
from auditor.strict_yaml import (
    KnownNames,
    Marked,
    in_order,
    load_plainly,
    mapping_at,
    text_at,
    validated,
    value_at,
)

FILE = "reading.yaml"


@dataclass(frozen=True, slots=True)
class ReadingFile:
    """A company's file of confirmed readings: what holds, and what is wrong with it.

    `path` is None where there is none; `shown` is how it is named (relative to the audited folder), `sha256` that of
    its content.
    """

    readings: CompanyReadings = NO_READINGS
    path: Path | None = None
    shown: str = FILE
    sha256: str | None = None
    mistakes: tuple[AuditorError, ...] = ()


NO_READING_FILE = ReadingFile()


def load_readings(path: Path, types: Mapping[str, RecordType], shown: str = FILE) -> ReadingFile:
    """The answers of a file that is there. Nothing is raised: all that is wrong is in `mistakes`, by lines."""
    readings, mistakes = answers_in(path, types, shown)
    return ReadingFile(readings, path, shown, _digest(path), mistakes)


def answers_in(
    source: Path | str, types: Mapping[str, RecordType], shown: str = FILE
) -> tuple[CompanyReadings, tuple[AuditorError, ...]]:
    """The answers of a file or a text, and all that is wrong with it, by lines."""
    plain = load_plainly(source, shown)
    if plain.marked is None:
        return NO_READINGS, plain.mistakes
    entries, mistakes = _entries(plain.marked, types, plain.mistakes)
    choices, wrong = choice_entries(plain.marked, types)
    told = in_order([*plain.mistakes, *mistakes, *wrong], plain.marked)
    return CompanyReadings(entries, choices, shown=shown), told


def _digest(path: Path) -> str | None:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return None  # told as a file that cannot be read


def _entries(
    marked: Marked, types: Mapping[str, RecordType], of_yaml: Sequence[AuditorError]
) -> tuple[tuple[ConfirmedReading, ...], list[AuditorError]]:
    data = marked.data if marked.data is not None else {}
    mistakes: list[AuditorError] = list(validated(ReadingsFile, data, marked)[1])
    entries: list[ConfirmedReading] = []
    found = value_at(data, "tables")
    listed = found if isinstance(found, list) else []
    lines = [marked.place(("tables", number)).line or 1 for number in range(len(listed))]
    spoilt = {bisect_right(lines, each.place.line or 1) - 1 for each in of_yaml if each.place}
    for number, each in enumerate(listed):
        if not isinstance(each, dict):
            continue  # told above
        entry, wrong = _entry(marked, number, types)
        mistakes += wrong
        if entry is not None and number not in spoilt:
            entries.append(entry)
    mistakes += _without_rivals(entries, marked)
    return tuple(entries), mistakes


def _entry(
    marked: Marked, number: int, types: Mapping[str, RecordType]
) -> tuple[ConfirmedReading | None, list[AuditorError]]:
    at = ("tables", number)
    data = mapping_at(marked.data, *at)
    part, mistakes = validated(TableEntry, data, marked, at, _names(types, text_at(data, "record")))
    mistakes += entry_mistakes(marked, at, types)
    if part is None or mistakes:
        return None, mistakes
    return _confirmed(part, marked.place(at).line or 1, types.get(part.record or "")), []


def _names(types: Mapping[str, RecordType], named: str | None) -> KnownNames:
    """Record types, and what the named one gives to columns; where it is unknown, no column can be judged."""
    record = types.get(named or "")
    return {RECORD_TYPE: types} | ({FIELD: record.fields, ROLE: roles_of(record)} if record else {})


def _confirmed(part: TableEntry, line: int, record: RecordType | None) -> ConfirmedReading:
    roles = roles_of(record) if record else {}
    stated = {each.name: getattr(part, each.name) for each in fields(Declarations)}
    matrix = part.matrix
    return ConfirmedReading(
        line,
        printed_headers(part.headers),
        part.record,
        part.ignore,
        part.title,
        part.file,
        part.sheet,
        {name: roles[role] if role is not None else None for name, role in part.columns.items()},
        dict(part.fields),
        MatrixReading(matrix.down, matrix.across, matrix.cell) if matrix else None,
        {label: roles[role] if role is not None else None for label, role in part.labels.items()},
        Declarations(**stated),
        _words(part, record),
        part.state == "likely",
        part.confirmed,
    )


def _words(part: TableEntry, record: RecordType | None) -> dict[str, dict[str, str]]:
    """What words of this table alone mean, by field."""
    known = choices_of(record) if record else {}
    return {name: resolved(words, [known[name]]) for name, words in part.choices.items() if name in known}


def _without_rivals(entries: list[ConfirmedReading], marked: Marked) -> Iterator[AuditorError]:
    """Takes entries about one table out of `entries`: where they say the same the first stays, else none does."""
    by_identity: dict[tuple[object, ...], list[ConfirmedReading]] = {}
    for each in entries:
        by_identity.setdefault(each.identity, []).append(each)
    for first, *others in by_identity.values():
        for other in others:
            entries.remove(other)
        rivals = [each for each in others if each.answer != first.answer]
        if rivals:
            entries.remove(first)
        for each in rivals:
            yield AnsweredTwice(Place(marked.file, each.line), marked.lines[each.line - 1].strip(), first=first.line)
