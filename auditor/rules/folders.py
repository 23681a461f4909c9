"""Finds the folders of rule sets and those that they include: each folder read once, none including itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from auditor.errors import AuditorError, Place
from auditor.records.model import RecordType
from auditor.resources import rules_folder
from auditor.rules.errors import IncludesItself, NoSuchRuleSet, RuleSetErrors, UnknownField
from auditor.rules.manifest import RECORD_TYPE, RuleSetManifest
from auditor.rules.model import RuleFolder
from auditor.strict_yaml import Marked, load_strictly, mapping_at, nearest, texts_at

MANIFEST = "ruleset.yaml"


def shipped_rule_sets() -> tuple[str, ...]:
    """The names of the rule sets that the program brings, in their order."""
    return tuple(sorted(each.parent.name for each in rules_folder().glob(f"*/{MANIFEST}")))


def find_rule_set(name: str, near: Path | None = None, place: Place | None = None) -> Path:
    """The folder of a rule set: a folder given by its path (from `near` on, else from where the program is called), or
    a shipped rule set given by its name.

    `place` is where the name is written, for the message. Raises NoSuchRuleSet.
    """
    for folder in (near / name, Path(name)) if near is not None else (Path(name),):
        if (folder / MANIFEST).is_file():
            return folder
    shipped = shipped_rule_sets()
    if name not in shipped:
        raise NoSuchRuleSet(
            place, name, name=name, names=", ".join(shipped) or "-", nearest=nearest(name, shipped) or "-"
        )
    return rules_folder() / name


def load_folders(roots: Sequence[Path], types: Mapping[str, RecordType] | None = None) -> tuple[RuleFolder, ...]:
    """The folders with all that they include. A lone root's files are named without its folder, all others with.
    Without `types` nobody asks whether the record types exist that they name.

    Raises RuleSetErrors with all that is wrong with any `ruleset.yaml`.
    """
    reader = _Reader(types)
    found = [reader.read(root, len(roots) == 1) for root in roots]
    if reader.errors:
        raise RuleSetErrors(errors=reader.errors)
    return tuple(dict.fromkeys(each for each in found if each is not None))


@dataclass
class _Reader:
    types: Mapping[str, RecordType] | None
    errors: list[AuditorError] = field(default_factory=list)
    known: dict[Path, RuleFolder | None] = field(default_factory=dict)
    names: dict[str, Path] = field(default_factory=dict)
    trail: list[Path] = field(default_factory=list)

    def read(self, folder: Path, alone: bool = False) -> RuleFolder | None:
        """The folder and what it includes; None where its `ruleset.yaml` has mistakes."""
        key = folder.resolve()
        if key in self.known:
            return self.known[key]
        name = self._name(key)
        loaded = load_strictly(
            folder / MANIFEST,
            RuleSetManifest,
            file=MANIFEST if alone else f"{name}/{MANIFEST}",
            names={RECORD_TYPE: sorted(self.types)} if self.types is not None else None,
        )
        self.errors += loaded.mistakes
        if loaded.marked is not None:
            self.errors += self._unknown_fields(loaded.marked)
        self.trail.append(key)
        included = list(self._included(folder, loaded.marked)) if loaded.marked is not None else []
        self.trail.pop()
        manifest, marked = loaded.value, loaded.marked
        found = None
        if manifest is not None and marked is not None:
            found = RuleFolder(name, folder, manifest, marked, tuple(dict.fromkeys(included)))
        self.known[key] = found
        return found

    def _name(self, key: Path) -> str:
        name = key.name if self.names.setdefault(key.name, key) == key else f"{key.parent.name}/{key.name}"
        self.names[name] = key
        return name

    def _unknown_fields(self, marked: Marked) -> Iterator[AuditorError]:
        """Fields in `chosen_by:` that their record types do not have."""
        for record in mapping_at(marked.data, "chosen_by"):
            if self.types is None or record not in self.types:
                continue
            fields = list(self.types[record].fields)
            for number, name in enumerate(texts_at(marked.data, "chosen_by", record)):
                if name not in fields:
                    loc = ("chosen_by", record, number)
                    near, words = nearest(name, fields) or "-", ", ".join(fields)
                    yield UnknownField(
                        marked.place(loc), marked.text(loc), field=name, records=record, fields=words, nearest=near
                    )

    def _included(self, folder: Path, marked: Marked) -> Iterator[RuleFolder]:
        for number, name in enumerate(texts_at(marked.data, "includes")):
            loc = ("includes", number)
            try:
                other = find_rule_set(name, folder, marked.place(loc))
            except NoSuchRuleSet as error:
                self.errors.append(error)
                continue
            if other.resolve() in self.trail:
                circle = [*self.trail[self.trail.index(other.resolve()) :], other.resolve()]
                chain = " → ".join(each.name for each in circle)
                self.errors.append(IncludesItself(marked.place(loc), marked.text(loc), name=name, chain=chain))
                continue
            found = self.read(other)
            if found is not None:
                yield found
