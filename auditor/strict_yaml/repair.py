"""A file with slips of the pen as it was surely meant: so that what else is wrong with it can be told at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from auditor.errors import AuditorError
from auditor.marked_yaml import Marked
from auditor.strict_yaml.errors import UnknownKey, UnknownWord, UnquotedNumber

Loc = tuple[str | int, ...]


def repaired(marked: Marked, mistakes: Iterable[AuditorError]) -> Marked | None:
    """The file's data with misspelt keys and words as they are nearest to, without keys that there are not, and with
    numbers in quotes; None if a mistake leaves open what was meant. For judging only, never for use.

    What the file holds below a misspelt key keeps its places.
    """
    for mistake in mistakes:
        at_key = isinstance(mistake, UnknownKey)
        marks = marked.keys if at_key else marked.values
        place = (mistake.place.line, mistake.place.column) if mistake.place else None
        loc = next((path for path, mark in marks.items() if mark == place), ())
        near = str(mistake.values.get("nearest", "-"))
        if not loc:
            return None
        if at_key:
            marked = _with_key(marked, loc, near)
        elif isinstance(mistake, UnknownWord) and near != "-":
            marked = replace(marked, data=_with_value(marked.data, loc, near))
        elif isinstance(mistake, UnquotedNumber):
            text = str(mistake.values["number"])
            data = _with_value(marked.data, loc, text)
            marked = replace(marked, data=data, unquoted=marked.unquoted - {loc})
        else:
            return None
    return marked


def _with_key(marked: Marked, loc: Loc, near: str) -> Marked:
    """A misspelt key by its right name; left out if there is none, or if the right one stands there as well."""
    *parent, key = loc
    if near == "-" or (*parent, near) in marked.keys:
        return replace(marked, data=_renamed(marked.data, tuple(parent), str(key), None))
    renamed = (*parent, near)

    def moved(path: Loc) -> Loc:
        return (*renamed, *path[len(loc) :]) if path[: len(loc)] == loc else path

    return replace(
        marked,
        data=_renamed(marked.data, tuple(parent), str(key), near),
        values={moved(path): mark for path, mark in marked.values.items()},
        keys={moved(path): mark for path, mark in marked.keys.items()},
        unquoted=frozenset(moved(path) for path in marked.unquoted),
    )


def _renamed(data: Any, parent: Loc, key: str, name: str | None) -> Any:
    if parent:
        return _with_value(data, parent, _renamed(_inside(data, parent), (), key, name))
    return {name if each == key else each: value for each, value in data.items() if each != key or name is not None}


def _inside(data: Any, loc: Loc) -> Any:
    for part in loc:
        data = data[part]
    return data


def _with_value(data: Any, loc: Loc, value: Any) -> Any:
    """The data with another value at a path; what is given is left as it is."""
    if not loc:
        return value
    first, rest = loc[0], loc[1:]
    changed = _with_value(data[first], rest, value)
    if isinstance(data, dict):
        return {**data, first: changed}
    return [*data[: int(first)], changed, *data[int(first) + 1 :]]
