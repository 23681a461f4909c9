"""What several sets state together: the manifests of a set and of all that it includes as one.

What a set says goes before what it includes. Where two included sets change the same thing differently, the set that
includes both must decide.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from auditor.errors import AuditorError, Place
from auditor.rules.errors import ChangedTwice, DeclaredTwice
from auditor.rules.manifest import Changes, MoneyKind, NumberControl, RuleSetManifest
from auditor.rules.model import RuleFolder
from auditor.rules.parameters import parse_value, resolve_parameters
from auditor.rules.schema import Parameter
from auditor.strict_yaml import Bilingual, missing_key

_KINDS = ("parameters", "severities", "owners")


@dataclass(frozen=True, slots=True)
class Change:
    """A change that a set makes: the value, and the set that says so."""

    value: Any
    by: RuleFolder


Found = dict[tuple[str, str], Change]  # (parameters, severities or owners; the name) -> the change


def all_folders(asked: Sequence[RuleFolder]) -> tuple[RuleFolder, ...]:
    """The folders and all that they include, each once, a set before what it includes."""
    found: dict[RuleFolder, None] = {}

    def visit(folder: RuleFolder) -> None:
        if folder not in found:
            for each in reversed(folder.included):
                visit(each)
            found[folder] = None

    for folder in reversed(asked):
        visit(folder)
    return tuple(reversed(found))


def merged(
    asked: Sequence[RuleFolder], decided: Collection[str] = (), place: Place | None = None
) -> tuple[RuleSetManifest, Changes, list[AuditorError]]:
    """What the sets state together, what is changed in it, and what is wrong with their saying so.

    `decided` are parameters that are given a value outside of the sets, so that it does not matter what these change;
    `place` is where several sets are named together.
    """
    folders = all_folders(asked)
    errors = [*_declared_twice(folders), *(each for folder in folders for each in _untitled(folder))]
    errors += [each for folder in folders for each in _wrong_values(folder)]
    changes, conflicts = _changes_of_all(asked, decided, place)
    errors += conflicts
    parameters = _first(folders, "parameters")
    for name in changes.parameters.keys() & parameters.keys():
        value = str(changes.parameters[name])
        parameters[name] = Parameter(title=parameters[name].title, default=value)
    manifests = [each.manifest for each in folders]
    of_asked = [each.manifest for each in asked]
    stated = [each for each in manifests if "calendar" in each.model_fields_set]
    together = RuleSetManifest(
        title=_joined([each.title for each in of_asked]),
        version=", ".join(each.version for each in of_asked),
        calendar=(stated or manifests)[0].calendar,
        parameters=parameters,
        order=list(dict.fromkeys(name for each in manifests for name in each.order)),
        causes=[cause for each in manifests for cause in each.causes],
        duties=_first(folders, "duties"),
        kinds=_titled(folders, "kinds"),
        number_control=_titled(folders, "number_control"),
        signers=next((each.signers for each in manifests if each.signers is not None), None),
        package=_first(folders, "package"),
    )
    return together, changes, errors


def _joined(titles: Sequence[Bilingual]) -> Bilingual:
    return Bilingual(en="; ".join(each.en for each in titles), zh="；".join(each.zh for each in titles))


def _first(folders: Sequence[RuleFolder], key: str) -> dict[str, Any]:
    """All entries; of several with one name the first."""
    found: dict[str, Any] = {}
    for folder in folders:
        for name, each in getattr(folder.manifest, key).items():
            found.setdefault(name, each)
    return found


def _titled(folders: Sequence[RuleFolder], key: str) -> dict[str, Any]:
    """All entries in the order of the sets; codes of an entry without a title join the one that has it."""
    found: dict[str, MoneyKind | NumberControl] = {}
    more: dict[str, list[str]] = {}
    for folder in folders:
        for name, each in getattr(folder.manifest, key).items():
            if each.title is None:
                more.setdefault(name, []).extend(each.codes)
            else:
                found.setdefault(name, each)
    for name, each in found.items():
        found[name] = each.model_copy(update={"codes": [*each.codes, *more.get(name, ())]})
    return found


def _untitled(folder: RuleFolder) -> Iterator[AuditorError]:
    """Entries without a title that no included set has with one."""
    for key in ("kinds", "number_control"):
        of_all = [getattr(each.manifest, key) for each in all_folders([folder])]
        known = {name for entries in of_all for name, entry in entries.items() if entry.title is not None}
        for name, entry in getattr(folder.manifest, key).items():
            if entry.title is None and name not in known:
                yield missing_key(folder.marked, (key, name), "title")


def _declared_twice(folders: Sequence[RuleFolder]) -> Iterator[AuditorError]:
    first: dict[str, RuleFolder] = {}
    for folder in reversed(folders):
        for name in folder.manifest.parameters:
            other = first.setdefault(name, folder)
            if other is not folder:
                loc = ("parameters", name)
                at = other.marked.place(loc, key=True)
                yield DeclaredTwice(
                    folder.marked.place(loc, key=True), folder.marked.text(loc), name=name, other=at, set=other.name
                )


def _wrong_values(folder: RuleFolder) -> Iterator[AuditorError]:
    """Changes of parameters that no included set has, or in another unit."""
    included = _first(all_folders(folder.included), "parameters")
    given = folder.manifest.changes.parameters
    yield from resolve_parameters(included, given, folder.marked, ("changes", "parameters"))[1]


# --- what is changed --------------------------------------------------------------------------------------------------


def _changes_of_all(
    asked: Sequence[RuleFolder], decided: Collection[str], place: Place | None
) -> tuple[Changes, list[AuditorError]]:
    errors: list[AuditorError] = []
    known: dict[RuleFolder, Found] = {}
    found: Found = {}
    for folder in asked:
        for key, change in _changes_of(folder, known, decided, errors).items():
            other = found.setdefault(key, change)
            if not _same(key, other, change, decided):
                errors.append(_conflict(key, other, change, place, change.by.name))
    told = {kind: {name: each.value for (of, name), each in found.items() if of == kind} for kind in _KINDS}
    return Changes(**told), errors


def _changes_of(
    folder: RuleFolder, known: dict[RuleFolder, Found], decided: Collection[str], errors: list[AuditorError]
) -> Found:
    """What holds of changes for a set: its own, else those of the sets that it includes."""
    if folder in known:
        return known[folder]
    own: Found = {
        (kind, name): Change(value, folder)
        for kind in _KINDS
        for name, value in getattr(folder.manifest.changes, kind).items()
    }
    below: Found = {}
    for number, each in enumerate(folder.included):
        for key, change in _changes_of(each, known, decided, errors).items():
            other = below.setdefault(key, change)
            if key not in own and not _same(key, other, change, decided):
                loc = ("includes", number)
                errors.append(_conflict(key, other, change, folder.marked.place(loc), folder.marked.text(loc)))
    known[folder] = {**below, **own}
    return known[folder]


def _same(key: tuple[str, str], one: Change, other: Change, decided: Collection[str]) -> bool:
    """Whether two changes of one thing come to the same, or do not matter."""
    if key[0] == "parameters" and key[1] in decided:
        return True
    if key[0] != "parameters":
        return bool(one.value == other.value)
    first, second = parse_value(str(one.value)), parse_value(str(other.value))
    return (first.kind, first.unit, first.number) == (second.kind, second.unit, second.number) and (
        first.number is not None or first.text == second.text
    )


def _conflict(key: tuple[str, str], one: Change, other: Change, place: Place | None, found: str) -> AuditorError:
    values = [each.value.en if isinstance(each.value, Bilingual) else each.value for each in (one, other)]
    where = [each.by.marked.place(("changes", *key), key=True) for each in (one, other)]
    return ChangedTwice(
        place, found, name=key[1], key=key[0], one=where[0], other=where[1], value=values[0], second=values[1]
    )
