"""What a rule says to its check, and what the rest of the program asks of it.

Each check has a model of its own for its options, derived from `CheckOptions` and kept beside the check. It says which
keys there are and what they mean: which records, fields and expressions they name, which outcomes there can be, what
the figures of an outcome are. Nothing else asks which check a rule names.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, ClassVar, Self

from auditor.errors import AuditorError
from auditor.languages import Text
from auditor.marked_yaml import Marked
from auditor.rules.conditions import Scope
from auditor.rules.schema import Model, Outcome, Unit
from auditor.rules.scopes import Columns, ExpressionUse, FieldUse, Loc, RecordsUse, Scopes

if TYPE_CHECKING:  # what it is bound to knows the options in turn
    from auditor.rules.bound import BoundRule


class CheckOptions(Model):
    """The base of the options of all checks."""

    OUTCOMES: ClassVar[tuple[str, ...]] = ()
    ABSENCES: ClassVar[frozenset[str]] = frozenset()  # outcomes that say that something is not there

    check: str

    # --- what the options name ----------------------------------------------------------------------------------------

    def records_used(self) -> Iterator[RecordsUse]:
        """Every record type and view that the options name as a source."""
        raise NotImplementedError

    def needed_records(self) -> tuple[str, ...]:
        """The record types and views without which the rule says nothing."""
        return tuple(each.name for each in self.records_used())

    def fields_used(self) -> Iterator[FieldUse]:
        """Every field that the options name outside expressions."""
        yield from ()

    def expressions_used(self, scopes: Scopes) -> Iterator[ExpressionUse]:
        """Every expression of the options, a SELECT aside."""
        yield from ()

    def select_used(self) -> tuple[Loc, str] | None:
        """The SELECT that the options hold, if they do."""
        return None

    def outcome_scope(self, scopes: Scopes, outcome: str) -> Scope:
        """What the expressions of an outcome may name."""
        raise NotImplementedError

    # --- what may be wrong with them ----------------------------------------------------------------------------------

    def outcome_names(self) -> list[str] | None:
        """The outcomes that a rule with these options may name, those of single fields too; None: whatever it likes."""
        return list(self.OUTCOMES)

    def form_errors(self, marked: Marked) -> Iterator[AuditorError]:
        """What the model does not tell: options that say nothing, or contradict one another."""
        yield from ()

    def column_errors(self, marked: Marked, columns: Mapping[str, Columns]) -> Iterator[AuditorError]:
        """Options that do not suit the values of their fields. `columns`: record type or view -> field -> SQL type."""
        yield from ()

    # --- what is told of them -----------------------------------------------------------------------------------------

    def named(self, titles: Mapping[str, Text]) -> Self:
        """The options with a name for whatever has one and is not given it; `titles` are those of fields."""
        return self

    def tier_titles(self) -> Mapping[str, Text]:
        """What the tiers of the check's result are called, by their keys, where they have names."""
        return {}

    def sides(self) -> tuple[str, str]:
        """The records that sentences call `{left}` and `{right}`, empty where there are none."""
        return "", ""

    def lacking(self, outcome: str) -> str | None:
        """The records among which an outcome says that something is not there; None: among any that the rule reads."""
        return None

    def background(self, outcome: str) -> frozenset[str]:
        """The types of records that an outcome shares with its neighbours, so that they link no exceptions."""
        return frozenset()

    def figure_unit(self, rule: BoundRule, outcome: str, field: str | None, column: str) -> Unit | None:
        """What the check itself puts into `difference` or `amount` (`column`) of an outcome; None: nothing tells."""
        return None

    def population_unit(self, rule: BoundRule) -> Unit | None:
        """What the sums of the rule's populations are; None: nothing tells."""
        return None


Reports = Mapping[str, Outcome | list[Outcome]]
