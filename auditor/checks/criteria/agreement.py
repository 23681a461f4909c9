"""When two records, read as they stand, agree in all entries of `on`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from auditor.checks.criteria.model import On
from auditor.checks.criteria.sql import Test, plain_operands, test_of
from auditor.checks.sources import Records, days_apart
from auditor.checks.templates import quoted


@dataclass(frozen=True, slots=True)
class Agreement:
    """What `on` asks of two records, under their aliases."""

    tests: tuple[Test, ...]
    left: Records
    right: Records

    @property
    def condition(self) -> str:
        return " AND ".join(f"{each.key[0]} = {each.key[1]}" if each.key else f"({each.holds})" for each in self.tests)

    @property
    def same_keys(self) -> list[str]:
        """The keys on the left of those tests whose two sides read one field: records of one population agree where
        these are equal, so that they fall into groups."""
        return [each.key[0] for each in self.tests if each.key and each.left == each.right]

    @property
    def pair_conditions(self) -> list[str]:
        """The conditions that only a pair decides."""
        return [f"({each.holds})" for each in self.tests if not each.key or each.left != each.right]

    def date_gaps(self, left: str, right: str) -> list[str]:
        """How many days lie between two records, by which the nearest is told: in the fields that have a window, else
        in that which places both in time."""
        fields = [(each.left, each.right) for each in self.tests if each.window]
        if not fields and (apart := days_apart(self.left, self.right, left, right)):
            return [apart]
        return [f"abs({right}.{quoted(other)} - {left}.{quoted(one)})" for one, other in fields]


def agreement(
    on: Sequence[On], left: Records, right: Records, left_alias: str = "l", right_alias: str = "r"
) -> Agreement:
    """What `on` asks of a left and a right record."""
    operands = plain_operands(left, right, (left_alias, right_alias))
    return Agreement(tuple(test_of(each, operands) for each in on), left, right)
