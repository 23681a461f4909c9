"""What a rule says to the check `totals`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

from auditor.rules.check_options import CheckOptions
from auditor.rules.conditions import Scope
from auditor.rules.options import Figure
from auditor.rules.schema import Expression, Model, Name, Source, Unit
from auditor.rules.scopes import Columns, ExpressionUse, FieldUse, RecordsUse, Scopes, named_fields
from auditor.rules.units import unit_of_expression
from auditor.strict_yaml import QuotedText

if TYPE_CHECKING:
    from auditor.rules.bound import BoundRule


class Measure(Model):
    """What is added up on each side: SQL aggregates, `count(*)` or `sum(pieces)`. `kind` names the outcome."""

    kind: Literal["count", "sum"] = "sum"
    left: Expression
    right: Expression
    within: Annotated[QuotedText, Figure("amount")] = "0"

    def unit(self, rule: BoundRule) -> Unit | None:
        """What its figures are."""
        return "count" if self.kind == "count" else unit_of_expression(self.left, rule)


class Totals(CheckOptions):
    """Do counts and sums per group agree between two populations?"""

    OUTCOMES: ClassVar[tuple[str, ...]] = ("count_differs", "sum_differs", "group_missing")
    # with `.MEASURE`, and `.left` or `.right`

    check: Literal["totals"]
    left: Source
    right: Source
    by: list[Name] = []                    # none: one group, the whole
    measures: Mapping[Name, Measure]
    missing: Literal["report", "zero"] = "report"      # a group that one side lacks: group_missing, or counted as zero

    def records_used(self) -> Iterator[RecordsUse]:
        yield RecordsUse(("left", "records"), self.left.records)
        yield RecordsUse(("right", "records"), self.right.records)

    def fields_used(self) -> Iterator[FieldUse]:
        yield from named_fields(("by",), self.by, self.left.records, self.right.records)

    def expressions_used(self, scopes: Scopes) -> Iterator[ExpressionUse]:
        for side, source in (("left", self.left), ("right", self.right)):
            yield from scopes.source((side,), source)
            inside = scopes.bare(source.records, aggregates=True)
            for name, measure in self.measures.items():
                yield ExpressionUse(("measures", name, side), getattr(measure, side), inside, "number")

    def outcome_scope(self, scopes: Scopes, outcome: str) -> Scope:
        groups = {"l": self._group(scopes, self.left.records), "r": self._group(scopes, self.right.records)}
        return scopes.outcome_of(groups, {"l": "left", "r": "right"}, None)

    def _group(self, scopes: Scopes, records: str) -> Columns:
        """A group: its fields of `by`, whom they name, its measures and how many rows it has."""
        own = scopes.columns[records]
        group = {name: own[name] for by in self.by for name in (by, f"{by}__id") if name in own}
        return {
            **group,
            **dict.fromkeys(self.measures, "DECIMAL(38,5)"),
            "_rows": "BIGINT",
            "_ids": "BIGINT[]",
            "_currency": "VARCHAR",
        }

    def outcome_names(self) -> list[str]:
        own = [f"{each.kind}_differs.{name}" for name, each in self.measures.items()]
        return [*self.OUTCOMES, *own, "group_missing.left", "group_missing.right"]

    def sides(self) -> tuple[str, str]:
        return self.left.records, self.right.records

    def figure_unit(self, rule: BoundRule, outcome: str, field: str | None, column: str) -> Unit | None:
        if outcome == "count_differs":
            return "count"
        if field is not None and field in self.measures:
            return self.measures[field].unit(rule)
        return next(iter(self._sums() or self.measures.values())).unit(rule)

    def population_unit(self, rule: BoundRule) -> Unit | None:
        sums = self._sums()
        return sums[0].unit(rule) if sums else None

    def _sums(self) -> list[Measure]:
        return [each for each in self.measures.values() if each.kind == "sum"]
