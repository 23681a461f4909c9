"""Which fields of its records a finding is about, whatever the rule computed from them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any

from auditor.checks.balance.options import Balance
from auditor.checks.query import Query
from auditor.checks.totals.options import Totals
from auditor.findings.model import RecordRef
from auditor.rules.bound import BoundRule
from auditor.rules.lineage import Lineage
from auditor.rules.schema import Outcome

_SIDES = ("left", "right")  # in the place of a field: of a group that one side lacks, all its measures are at issue
_FIGURE = re.compile(r"-?\d+(\.\d+)?")


@dataclass(frozen=True, slots=True)
class Issues:
    """Leads what a rule compares back to the fields of the records that a finding shows."""

    bound: BoundRule
    lineage: Lineage

    def of_row(self, row: Mapping[str, Any], report: Outcome, records: Sequence[RecordRef]) -> tuple[str, ...]:
        """The fields that an outcome row is about; none where it is about records as a whole."""
        options: Any = self.bound.options
        field: str | None = row["field"]
        if isinstance(options, Totals) and field is not None:
            wanted = [field] if field in options.measures else [*options.measures] if field in _SIDES else []
            found = self._of_measures(options, wanted)
            return _plain(found) or self.behind(field, records)
        if field is not None:
            return self.behind(field, records)
        if isinstance(options, Balance):
            return _plain(self.lineage.fields(options.records, options.balance)) if options.balance else ()
        return self._compared(row, _plain(self._of_report(report)), records)

    def behind(self, name: str, records: Sequence[RecordRef]) -> tuple[str, ...]:
        """The fields of records behind one that a rule compares: itself, where the records have it."""
        own = _plain([name])
        if any(each in record.values for record in records for each in own):
            return own
        return _plain(frozenset([name]).union(*(self.lineage.fields(each, name) for each in self.bound.sources)))

    def _of_measures(self, options: Totals, names: Iterable[str]) -> frozenset[str]:
        measures = [options.measures[name] for name in names]
        left = [self.lineage.of_expression(each.left, [options.left.records]) for each in measures]
        right = [self.lineage.of_expression(each.right, [options.right.records]) for each in measures]
        return frozenset().union(*left, *right)

    def _of_report(self, report: Outcome) -> frozenset[str]:
        options: Any = self.bound.options
        if isinstance(options, Query):
            columns = ("expected", "actual")
            return frozenset().union(*(self.lineage.of_select(options.select, each) for each in columns))
        stated = [each for each in (report.expected, report.actual) if each is not None]
        return frozenset().union(*(self.lineage.of_expression(each, self.bound.sources) for each in stated))

    @staticmethod
    def _compared(row: Mapping[str, Any], names: Sequence[str], records: Sequence[RecordRef]) -> tuple[str, ...]:
        """Those of the fields that are what was expected or found, or a part of the sum that was."""
        compared: Set[Any] = {row["expected"], row["actual"]} - {None}
        is_sum = row["difference"] is not None

        def told(value: str) -> bool:
            return value in compared or (is_sum and _FIGURE.fullmatch(value) is not None)

        values = [record.values for record in records]
        return tuple(name for name in names if any(name in each and told(each[name]) for each in values))


def _plain(names: Iterable[str]) -> tuple[str, ...]:
    """A master's number stands beside its name: it is the name that people see."""
    return tuple(sorted({name.removesuffix("__id") for name in names if not name.startswith("_")}))
