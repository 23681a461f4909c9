"""A rule set as loaded: its rules and views, each with the file it stands in, and what could not be loaded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from auditor.errors import AuditorError
from auditor.languages import Text
from auditor.marked_yaml import Marked
from auditor.rules.check_options import CheckOptions
from auditor.rules.schema import Outcome, RuleHead, RuleSetManifest, Unit, View

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


@dataclass(frozen=True, slots=True)
class RuleSet:
    """The rules of a folder. `failed` names the rules that have errors (`ID`) and views that have (`views/NAME`).

    `views` stand in the order in which they can be made. `sha256` is of all files of the rule set.
    """

    name: str
    folder: Path
    manifest: RuleSetManifest
    marked: Marked
    rules: Mapping[str, LoadedRule]
    views: Mapping[str, LoadedView]
    sha256: str
    failed: Mapping[str, tuple[AuditorError, ...]] = field(default_factory=dict)
    remarks: tuple[AuditorError, ...] = ()  # errors that cost no rule: an unused parameter
    misspelt: Mapping[str, LoadedRule] = field(default_factory=dict)  # failed rules as they were meant, to be judged

    @property
    def errors(self) -> tuple[AuditorError, ...]:
        """All errors, in the order of files and lines."""
        found = [*self.remarks, *(each for errors in self.failed.values() for each in errors)]
        return tuple(sorted(found, key=_order))


def _order(error: AuditorError) -> tuple[str, int, int]:
    place = error.place
    return (place.file, place.line or 0, place.column or 0) if place else ("", 0, 0)
