"""Loads what `reading.yaml` says of words for choices: below `choices:`, and in the entries of single tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from auditor.documents.headers import header_key
from auditor.documents.readings.choice_words import (
    ChoiceWords,
    Words,
    choice_fields,
    choices_of,
    meant,
    rivals,
)
from auditor.documents.readings.errors import WordAnsweredTwice
from auditor.documents.readings.schema import CHOICE_FIELD, ChoicesEntry
from auditor.errors import AuditorError, Place
from auditor.languages import Text
from auditor.records.model import RecordType
from auditor.strict_yaml import (
    Marked,
    UnknownWord,
    mapping_at,
    nearest,
    text_at,
    unknown_word_at,
    validated,
    value_at,
)

Loc = tuple[str | int, ...]
Choices = Iterable[Mapping[str, tuple[str, ...]]]
_CHOICE = Text("choice", "选项")
_CHOICE_FIELD = Text("field with a choice of values", "选项字段")


def choice_entries(
    marked: Marked, types: Mapping[str, RecordType]
) -> tuple[tuple[ChoiceWords, ...], list[AuditorError]]:
    """The entries below `choices:` that hold, and what is wrong with the others. A word that two of them take for
    different choices of one field means neither."""
    fields = choice_fields(types)
    entries: list[ChoiceWords] = []
    mistakes: list[AuditorError] = []
    found = value_at(marked.data, "choices")
    for number, each in enumerate(found if isinstance(found, list) else []):
        if not isinstance(each, dict):
            continue  # told with the file
        at: Loc = ("choices", number)
        part, wrong = validated(ChoicesEntry, each, marked, at, {CHOICE_FIELD: sorted(fields)})
        name = text_at(each, "field")
        wrong += _unknown_choices(marked, (*at, "words"), fields.get(name or "", {}).values())
        mistakes += wrong
        if part is not None and not wrong:
            words = resolved(part.words, fields[part.field].values())
            line = marked.place(at).line or 1
            entries.append(ChoiceWords(line, part.field, words, part.state == "likely", part.confirmed))
    mistakes += _without_rivals(entries, types, marked)
    return tuple(entries), mistakes


def resolved(words: Words, choices: Choices) -> dict[str, str]:
    """Words with the names of the choices that they mean; those that mean none are left out."""
    listed = list(choices)
    found = {word: meant(choice, listed) for word, choice in words.items()}
    return {word: choice for word, choice in found.items() if choice is not None}


def _unknown_choices(marked: Marked, at: Loc, choices: Choices) -> Iterator[AuditorError]:
    listed = list(choices)
    names = list(dict.fromkeys(key for each in listed for key in each))
    for word, said in mapping_at(marked.data, *at).items():
        if listed and isinstance(said, str) and meant(said, listed) is None:
            yield _unknown(marked, (*at, word), said, names, listed)


def _unknown(marked: Marked, path: Loc, said: str, names: list[str], choices: Choices) -> UnknownWord:
    """A choice that there is not; the nearest by its name or by a word for it."""
    titles = {word: key for each in choices for key, words in each.items() for word in (key, *words)}
    near = nearest(said, titles)
    return UnknownWord(
        marked.place(path), marked.text(path), kind=_CHOICE.en, kind_zh=_CHOICE.zh, word=said,
        words=", ".join(names), nearest=titles[near] if near is not None else "-",
    )  # fmt: skip


def words_of_table(
    marked: Marked, at: Loc, record: RecordType
) -> Iterator[AuditorError]:
    """What is wrong with the words for choices in the entry of one table."""
    fields = choices_of(record)
    for name, words in mapping_at(marked.data, *at, "choices").items():
        path = (*at, "choices", name)
        if name not in fields:
            if name in record.fields:  # one that is no field at all is told by the schema
                yield unknown_word_at(marked, path, name, fields, _CHOICE_FIELD)
            continue
        yield from _unknown_choices(marked, path, [fields[name]])
        yield from _said_twice(marked, path, name, words, record)


def _said_twice(marked: Marked, path: Loc, name: str, words: object, record: RecordType) -> Iterator[AuditorError]:
    """Spellings of one word that mean different choices."""
    listed = [(word, said) for word, said in words.items()] if isinstance(words, dict) else []
    said = [(name, word, choice) for word, choice in listed if isinstance(choice, str)]
    for at, first in rivals(said, {record.name: record}):
        place = (*path, said[at][1])
        line = marked.place((*path, said[first][1]), key=True).line
        yield WordAnsweredTwice(
            marked.place(place, key=True), marked.text(place), word=said[at][1], field=name, first=line
        )


def _without_rivals(
    entries: list[ChoiceWords], types: Mapping[str, RecordType], marked: Marked
) -> Iterator[AuditorError]:
    """Takes words that are said to mean two things out of `entries`."""
    said = [(entry.field, word, choice) for entry in entries for word, choice in entry.words.items()]
    owners = [entry for entry in entries for _ in entry.words]
    doubtful: set[tuple[str, str]] = set()
    for at, first in rivals(said, types):
        field, word, _ = said[at]
        line, before = _line(marked, owners[at], word), _line(marked, owners[first], said[first][1])
        doubtful.add((field, header_key(word)))
        yield WordAnsweredTwice(
            Place(marked.file, line), marked.lines[line - 1].strip(), word=word, field=field, first=before
        )
    for number, entry in enumerate(entries):
        kept = {word: each for word, each in entry.words.items() if (entry.field, header_key(word)) not in doubtful}
        if len(kept) < len(entry.words):
            entries[number] = ChoiceWords(entry.line, entry.field, kept, entry.likely, entry.confirmed)


def _line(marked: Marked, entry: ChoiceWords, word: str) -> int:
    """The line of a word in an entry, which may have several."""
    for path, (line, _) in marked.keys.items():
        if path[:1] == ("choices",) and path[2:] == ("words", word) and marked.place(path[:2]).line == entry.line:
            return line
    return entry.line
