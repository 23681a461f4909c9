"""A rule ready to run: parsed, checked against the records, parameters put in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from auditor.languages import Text
from auditor.rules.check_options import CheckOptions
from auditor.rules.schema import Outcome, Unit
from auditor.rules.words import field_words


@dataclass(frozen=True, slots=True)
class BoundRule:
    """A rule of which every expression is plain SQL of the engine.

    Parameters (`:name`) have been replaced by typed literals, in expressions and in options alike: windows are
    integers, tolerances are quoted decimals. The tables and views that the rule reads exist in the engine and carry
    `_id`. `non_working` and `working` are the calendar's tables in the engine: `calendar_day(day DATE, working_number
    BIGINT)` numbers the working days, so that the distance of two days in working days is a difference of two numbers.
    """

    id: str
    options: CheckOptions
    outcomes: Mapping[str, tuple[Outcome, ...]]    # `differs` or `differs.pieces` -> reports, in order
    period: tuple[date, date]
    field_titles: Mapping[str, Text] = field(default_factory=dict)   # field -> title, for keys that name a field
    record_titles: Mapping[str, Text] = field(default_factory=dict)  # record type or view -> title
    field_units: Mapping[str, Unit] = field(default_factory=dict)    # field -> what its values are
    sources: Mapping[str, frozenset[str]] = field(default_factory=dict)  # record type or view -> the types behind it

    def types_behind(self, name: str) -> frozenset[str]:
        """The record types whose records a view makes its own of, optional ones included; of a type, itself."""
        return self.sources.get(name) or frozenset({name})

    def field_title(self, name: str) -> Text:
        """What a field is called."""
        return field_words(name, self.field_titles)

    def record_title(self, name: str) -> Text:
        """What the records of a type or a view are called; one without a title by its own name."""
        return self.record_titles.get(name) or Text(name, name)

    def reports(self, outcome: str, field_name: str | None = None) -> tuple[Outcome, ...]:
        """The reports of an outcome: those for the field, else those for all fields."""
        if field_name is not None and f"{outcome}.{field_name}" in self.outcomes:
            return self.outcomes[f"{outcome}.{field_name}"]
        return self.outcomes.get(outcome, ())
