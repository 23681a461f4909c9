"""A rule set as loaded: its rules and views, each with the file it stands in, and what could not be loaded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from auditor.errors import AuditorError
from auditor.languages import Text
from auditor.marked_yaml import Marked
from auditor.rules.check_options import CheckOptions
from auditor.rules.manifest import RuleSetManifest
from auditor.rules.schema import Outcome, RuleHead, Unit, View
from auditor.rules.statements import StatementFile
from auditor.rules.word_lists import WordList

# Parameters that every rule set has, and their SQL types.
BUILT_IN = {"period_start": "DATE", "period_end": "DATE", "currency": "VARCHAR", "entity": "VARCHAR"}


@dataclass(frozen=True, slots=True)
class LoadedRule:
    """A rule as its file states it; after checking, its expressions are plain SQL but for their `:parameters`.

    `uses` are the parameters that it names, `titles` the titles of the fields that it may name in a finding,
    `record_titles` those of all record types and views, `field_units` what the values of its fields are.
    """

    id: str
    head: RuleHead
    options: CheckOptions
    marked: Marked
    reads: frozenset[str] = frozenset()  # what a query's SELECT reads
    uses: frozenset[str] = frozenset()
    titles: Mapping[str, Text] = field(default_factory=dict)
    record_titles: Mapping[str, Text] = field(default_factory=dict)
    field_units: Mapping[str, Unit] = field(default_factory=dict)
    sources: Mapping[str, frozenset[str]] = field(default_factory=dict)  # what it names -> record types behind it
    of: str = ""  # the name of the set in whose folder it stands

    @property
    def outcomes(self) -> Mapping[str, tuple[Outcome, ...]]:
        """Outcome name (`differs`, `differs.pieces`) -> its reports, in order."""
        given = self.head.outcomes.items()
        return {name: tuple(each) if isinstance(each, list) else (each,) for name, each in given}

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes that the rule can report, in order, each once."""
        return tuple(dict.fromkeys(report.code for reports in self.outcomes.values() for report in reports))


@dataclass(frozen=True, slots=True)
class LoadedView:
    """A view as its file states it, and the tables and views that it reads."""

    name: str
    view: View
    marked: Marked
    sql: str = ""  # the SELECT but for its parameters
    reads: frozenset[str] = frozenset()
    uses: frozenset[str] = frozenset()  # its parameters
    of: str = ""  # the name of the set in whose folder it stands


@dataclass(frozen=True, slots=True)
class LoadedStatement:
    """A statement as its file states it."""

    name: str
    statement: StatementFile
    of: str = ""  # the name of the set in whose folder it stands


@dataclass(frozen=True, slots=True, eq=False)
class RuleFolder:
    """A folder of rules: what its own `ruleset.yaml` states, and the sets that it includes."""

    name: str
    folder: Path
    manifest: RuleSetManifest
    marked: Marked
    included: tuple[RuleFolder, ...] = ()


@dataclass(frozen=True, slots=True)
class RuleSet:
    """The rules of one set or of several that run together, with those of the sets that they include.

    `asked` are the sets themselves, `folders` these and all that they include, each once. `manifest` is what the sets
    state together. `failed` names the rules that have errors (`ID`) and views that have (`views/NAME`). `views` stand
    in the order in which they can be made. `sha256` is of all files of the sets.
    """

    asked: tuple[RuleFolder, ...]
    folders: tuple[RuleFolder, ...]
    manifest: RuleSetManifest
    rules: Mapping[str, LoadedRule]
    views: Mapping[str, LoadedView]
    sha256: str
    words: Mapping[str, WordList] = field(default_factory=dict)
    failed: Mapping[str, tuple[AuditorError, ...]] = field(default_factory=dict)
    remarks: tuple[AuditorError, ...] = ()  # errors that cost no rule: an unused parameter
    misspelt: Mapping[str, LoadedRule] = field(default_factory=dict)  # failed rules as they were meant, to be judged
    statements: Mapping[str, LoadedStatement] = field(default_factory=dict)
    failed_in: Mapping[str, str] = field(default_factory=dict)  # what failed -> the name of its set

    @property
    def name(self) -> str:
        """The names of the sets that were asked for."""
        return ", ".join(each.name for each in self.asked)

    @property
    def duties(self) -> tuple[str, ...]:
        """The duties that its rules belong to, in the order of their names."""
        return tuple(sorted({rule.head.duty for rule in self.rules.values()}))

    @property
    def errors(self) -> tuple[AuditorError, ...]:
        """All errors, in the order of files and lines."""
        found = [*self.remarks, *(each for errors in self.failed.values() for each in errors)]
        return tuple(sorted(found, key=_order))


def _order(error: AuditorError) -> tuple[str, int, int]:
    place = error.place
    return (place.file, place.line or 0, place.column or 0) if place else ("", 0, 0)
