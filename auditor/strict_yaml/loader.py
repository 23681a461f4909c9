"""From a YAML file or text and a model to the validated value and all mistakes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError

from auditor.errors import AuditorError
from auditor.marked_yaml import Marked, YamlError, load
from auditor.strict_yaml.annotations import BareNumber, Names
from auditor.strict_yaml.errors import MissingKey, UnknownKey
from auditor.strict_yaml.messages import mistakes_of

Loc = tuple[str | int, ...]
M = TypeVar("M", bound=BaseModel)
KnownNames = Mapping[Names, Iterable[str]]
Checks = Callable[[Marked], Iterable[AuditorError]]


@dataclass(frozen=True)
class Loaded(Generic[M]):
    """A file as read: its value, None if there is any mistake; its data with places, None if it is no YAML at all;
    all mistakes in the order of lines."""

    value: M | None
    marked: Marked | None
    mistakes: tuple[AuditorError, ...]


@dataclass(frozen=True)
class PlainFile:
    """A file's data as YAML has it, None if it is no YAML at all, and what is wrong with its YAML."""

    marked: Marked | None
    mistakes: tuple[YamlError, ...]


def load_plainly(source: Path | str, file: str | None = None) -> PlainFile:
    """Read a file or a text without asking what it says, for `load_strictly` to go on with: where the data of several
    files must be known before one of them can be judged. Nothing is raised."""
    mistakes: list[YamlError] = []
    try:
        marked = load(source, file, mistakes)
    except YamlError as error:
        return PlainFile(None, (*mistakes, error))
    return PlainFile(marked, tuple(mistakes))


def load_strictly(
    source: Path | str | PlainFile,
    model: type[M],
    *,
    file: str | None = None,
    names: KnownNames | Callable[[Marked], KnownNames] | None = None,
    checks: Checks | None = None,
) -> Loaded[M]:
    """Read a file (`source` is a Path) or a text (`source` is a str) as `model` says.

    `file` is how messages name it (default: the path's name). `names` gives for each kind of `Names` in the model the
    words that exist; where these depend on the file, it is a function of its data. `checks` tells mistakes that no
    single value shows; it is called with the plain data whatever the model says of it, so that every mistake is told
    at once, and must not expect any shape (see `plain_data`). An empty file says nothing: `{}`. Nothing is raised.
    """
    plain = source if isinstance(source, PlainFile) else load_plainly(source, file)
    marked = plain.marked
    if marked is None:
        return Loaded(None, None, plain.mistakes)
    known = names(marked) if callable(names) else names
    value, found = validated(model, marked.data if marked.data is not None else {}, marked, names=known)
    ordered = in_order([*plain.mistakes, *found, *(checks(marked) if checks else ())], marked)
    return Loaded(value if not ordered else None, marked, ordered)


def validated(
    model: type[M], data: Any, marked: Marked, at: Loc = (), names: KnownNames | None = None
) -> tuple[M | None, list[AuditorError]]:
    """Data of a file that is loaded already as a model, or None and what is wrong with it.

    `at` is where the data stands in the file.
    """
    try:
        return model.model_validate(_with_bare_numbers(data, marked, at), context=names), []
    except ValidationError as error:
        return None, mistakes_of(error.errors(include_url=False), model, marked, at)


def in_order(mistakes: Iterable[AuditorError], marked: Marked) -> tuple[AuditorError, ...]:
    """Mistakes in the order of lines, without missing keys that are told already as misspelt ones."""
    found = list(mistakes)
    misspelt = {
        (marked.place(path[:-1]), each.values["nearest"])
        for each in found
        if isinstance(each, UnknownKey) and each.place is not None
        for path, mark in marked.keys.items()
        if mark == (each.place.line, each.place.column)
    }
    kept = [
        each for each in found if not (isinstance(each, MissingKey) and (each.place, each.values["key"]) in misspelt)
    ]
    return tuple(sorted(kept, key=_position))


def _position(error: AuditorError) -> tuple[int, int]:
    return (error.place.line or 0, error.place.column or 0) if error.place else (0, 0)


def _with_bare_numbers(data: Any, marked: Marked, at: Loc) -> Any:
    """The data, numbers without quotes that YAML leaves text marked as such."""
    if not marked.unquoted:
        return data

    def walked(value: Any, path: Loc) -> Any:
        if isinstance(value, dict):
            return {key: walked(each, (*path, key)) for key, each in value.items()}
        if isinstance(value, list):
            return [walked(each, (*path, place)) for place, each in enumerate(value)]
        return BareNumber(value) if isinstance(value, str) and path in marked.unquoted else value

    return walked(data, at)
