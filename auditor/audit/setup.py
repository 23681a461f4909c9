"""What an audit is done with, settled before a document is read: settings, rule set, layouts and record types."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from auditor.audit.errors import NoLayouts, SettingsErrors
from auditor.audit.reading_file import LEVELS_ABOVE, reading_file
from auditor.audit.settings import FILE, Settings, SettingsFile, load_settings
from auditor.documents.collect import is_folder
from auditor.documents.errors import LayoutFileError
from auditor.documents.layouts.form_layouts import form_layouts
from auditor.documents.layouts.loader import layouts_of
from auditor.documents.readings.loader import NO_READING_FILE, ReadingFile
from auditor.errors import AuditorError, Place
from auditor.languages import Text
from auditor.records.loader import record_types
from auditor.resources import KINDS, OwnFiles, using
from auditor.rules.folders import find_rule_set, load_folders, shipped_rule_sets
from auditor.rules.merging import all_folders
from auditor.strict_yaml import unknown_word_at

RuleNames = str | os.PathLike[str] | Sequence[str | os.PathLike[str]] | None  # one rule set, several, or none
_LAYOUT = Text("layout or record type", "版式或记录类型")


@dataclass(frozen=True, slots=True)
class Setup:
    """The settings, the folders of the rule sets, the layouts and record types of one's own, and the confirmed readings
    of the company. `named` says whether someone named the sets: else these are all that are shipped, and the records
    that are found choose among them."""

    settings: Settings
    rules: tuple[Path, ...]
    own: OwnFiles
    reading: ReadingFile = NO_READING_FILE
    named: bool = True


def rules_in(rules: RuleNames) -> tuple[str, ...]:
    """Names and folders of rule sets as a caller gives them: one, several or none."""
    if rules is None:
        return ()
    given = (rules,) if isinstance(rules, (str, os.PathLike)) else rules
    return tuple(os.fspath(each) for each in given)


def set_up(
    folder: Path | None,
    rules: RuleNames = None,
    layouts: str | None = None,
    *,
    near: Path | None = None,
    new_readings: bool = False,
) -> Setup:
    """The setup of an audit of `folder`, as its audit.yaml says; `rules` (names and folders of rule sets) and `layouts`
    (a folder) go before that.

    Layouts are taken from `layouts/` in the rule sets, then from the folder that audit.yaml names (relative to it),
    then from `layouts`; record types from `records/` in the rule sets. Confirmed readings are looked for from the
    folder, else from `near` on; with `new_readings` their file may still be to write. Raises all that is wrong with the
    first kind of these files that has mistakes: audit.yaml, rule sets, record types, layouts; `reading` has those of
    its own file.
    """
    settings = load_settings(folder) if folder else Settings(SettingsFile())
    named = _named(rules_in(rules), settings, folder)
    rule_sets = named or tuple(find_rule_set(name) for name in shipped_rule_sets())
    own = _of_rule_sets(named)
    if folder is not None and settings.file.layouts is not None:
        own += _layouts(folder / settings.file.layouts, settings.file.layouts, settings.place("layouts"))
    if layouts is not None:
        own += _layouts(Path(layouts), layouts, Place("--layouts"))
    with using(own):
        types = record_types()
        _load_layouts()
        _check_layouts_named(settings)
        place = folder or near
        reading = reading_file(place, settings, types, may_be_new=new_readings) if place else NO_READING_FILE
    return Setup(settings, rule_sets, own, reading, bool(named))


def _load_layouts() -> None:
    """An error in a layout now, not in each document, and those of tables and of forms together."""
    mistakes: list[AuditorError] = []
    for load in (layouts_of, form_layouts):
        try:
            load()
        except LayoutFileError as error:
            mistakes += error.errors
    if mistakes:
        raise LayoutFileError(errors=mistakes)


def _check_layouts_named(settings: Settings) -> None:
    """A layout that audit.yaml names for documents must exist: told here, not for each. Raises SettingsErrors."""
    known = [*layouts_of(), *(each.layout for each in form_layouts()), *record_types()]
    mistakes = [
        unknown_word_at(settings.marked, ("documents", place, "layout"), entry.layout, known, _LAYOUT)
        for place, entry in enumerate(settings.file.documents)
        if settings.marked is not None and entry.layout is not None and entry.layout not in known
    ]
    if mistakes:
        raise SettingsErrors(errors=mistakes)


def _named(rules: Sequence[str], settings: Settings, folder: Path | None) -> tuple[Path, ...]:
    """The rule sets that the command names, else those of audit.yaml: folders beside it, or as the command would take
    them. None where nobody names any."""
    if rules:
        return tuple(find_rule_set(each) for each in rules)
    several = isinstance(settings.file.rules, list)
    return tuple(
        find_rule_set(name, folder, settings.place("rules", *([number] if several else [])))
        for number, name in enumerate(settings.rule_sets)
    )


def _of_rule_sets(rules: Sequence[Path]) -> OwnFiles:
    """Layouts and record types that rule sets bring, those of an included set before those of the including one."""
    own = OwnFiles()
    for each in reversed(all_folders(load_folders(rules)) if rules else ()):
        for kind in KINDS:
            if (each.folder / kind).is_dir():
                own += OwnFiles.of(kind, each.folder / kind, f"{each.name}/{kind}")
    return own


def _layouts(folder: Path, named: str, place: Place) -> OwnFiles:
    own = OwnFiles.of("layouts", folder, Path(named).as_posix()) if folder.is_dir() else OwnFiles()
    if not own.layouts:
        raise NoLayouts(place, named)
    return own


def setup_for(path: Path, rules: RuleNames = None, layouts: str | None = None) -> Setup:
    """The setup by which a single file, or all of a folder, is read: that of the nearest audit.yaml."""
    return set_up(settled_folder(path), rules, layouts, near=path if is_folder(path) else path.parent)


def settled_folder(path: Path) -> Path | None:
    """The nearest folder that has an audit.yaml: the folder itself or that of the file, or one of the three above it.

    Higher up an audit.yaml is some other work's.
    """
    start = path.resolve()
    own = start if start.is_dir() else start.parent
    near = (own, *own.parents)[: LEVELS_ABOVE + 1]
    return next((each for each in near if _has_settings(each)), None)


def _has_settings(folder: Path) -> bool:
    try:
        return (folder / FILE).is_file()
    except OSError:
        return False  # a folder that nobody may look into settles nothing
