"""Looking into a file's plain data, whatever its shape: for checks that must not wait until all else is right."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from auditor.languages import Text
from auditor.marked_yaml import Marked, nearest
from auditor.strict_yaml.errors import MissingKey, UnknownWord, WrongValue

Loc = tuple[str | int, ...]


def value_at(data: Any, *loc: str | int) -> Any:
    """The value at a path of keys and positions; None where there is none."""
    for part in loc:
        inside = part in data if isinstance(data, dict) else isinstance(data, list) and part in range(len(data))
        if not inside:
            return None
        data = data[part]
    return data


def mapping_at(data: Any, *loc: str | int) -> Mapping[str, Any]:
    """The mapping at a path; an empty one where there is something else, or nothing."""
    found = value_at(data, *loc)
    return found if isinstance(found, dict) else {}


def text_at(data: Any, *loc: str | int) -> str | None:
    """The text at a path; None where there is something else, or nothing."""
    found = value_at(data, *loc)
    return found if isinstance(found, str) else None


def texts_at(data: Any, *loc: str | int) -> tuple[str, ...]:
    """The texts of the list at a path; what is no text is left out, and something else than a list holds none."""
    found = value_at(data, *loc)
    return tuple(each for each in found if isinstance(each, str)) if isinstance(found, list) else ()


def missing_key(marked: Marked, loc: Loc, key: str) -> MissingKey:
    """The mapping at `loc` lacks a key."""
    return MissingKey(marked.place(loc), marked.text(loc), key=key)


def unknown_word_at(marked: Marked, loc: Loc, word: str, words: Iterable[str], kind: Text) -> UnknownWord:
    """The word at `loc` is none of `words`."""
    allowed = list(words)
    near = nearest(word, allowed) or "-"
    place, line = marked.place(loc), marked.text(loc)
    return UnknownWord(
        place, line, kind=kind.en, kind_zh=kind.zh, word=word, words=", ".join(allowed), nearest=near
    )


def wrong_value(marked: Marked, loc: Loc, allowed: Text, key: str | None = None) -> WrongValue:
    """The value at `loc` is not what it must be. `key`: what it is called, by default the last key of the path."""
    name = key or next((str(part) for part in reversed(loc) if isinstance(part, str)), marked.file)
    return WrongValue(marked.place(loc), marked.text(loc), key=name, allowed_en=allowed.en, allowed_zh=allowed.zh)


