"""What a rule says to the check `balance`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal

from auditor.rules.check_options import CheckOptions
from auditor.rules.conditions import Scope
from auditor.rules.options import Figure
from auditor.rules.schema import Expression, Model, Name
from auditor.rules.scopes import ExpressionUse, FieldUse, RecordsUse, Scopes, named_fields, optional_use
from auditor.strict_yaml import QuotedText


class Extent(Model):
    """A stated balance to hold the chain against."""

    records: Name = "stated_balance"
    where: Expression | None = None
    amount: Name = "amount"


class Balance(CheckOptions):
    """Does the chain hold: each running balance, opening + movements = closing, prior closing = opening?"""

    OUTCOMES: ClassVar[tuple[str, ...]] = ("break", "closing_differs", "opening_differs", "negative", "above_limit")

    check: Literal["balance"]
    records: Name
    where: Expression | None = None
    by: list[Name] = []                    # one chain for each value of these
    order: list[Name] = []                 # rows follow upon each other by these; default: by what places them in time
    movement: Expression = "CASE direction WHEN 'out' THEN -amount ELSE amount END"
    balance: Name | None = "balance"       # the stated running balance, if there is one
    opening: Extent | None = None
    closing: Extent | None = None
    prior: Extent | None = None            # what the period before closed with: opening_differs
    within: Annotated[QuotedText, Figure("amount")] = "0"            # how far a stated balance may lie off
    floor: Annotated[QuotedText | None, Figure("amount")] = None     # below it at the end of a day: negative
    ceiling: Annotated[QuotedText | None, Figure("amount")] = None   # above it at the end of a day: above_limit

    def records_used(self) -> Iterator[RecordsUse]:
        yield RecordsUse(("records",), self.records)
        for name, extent in self._extents():
            yield RecordsUse((name, "records"), extent.records)

    def _extents(self) -> Iterator[tuple[str, Extent]]:
        for name in ("opening", "closing", "prior"):
            extent = getattr(self, name)
            if extent is not None:
                yield name, extent

    def fields_used(self) -> Iterator[FieldUse]:
        yield from named_fields(("by",), self.by, self.records)
        yield from named_fields(("order",), self.order, self.records)
        if self.balance and "balance" in self.model_fields_set:
            yield FieldUse(("balance",), self.balance, (self.records,))
        for name, extent in self._extents():
            yield from named_fields(("by",), self.by, extent.records)
            yield FieldUse((name, "amount"), extent.amount, (extent.records,))

    def expressions_used(self, scopes: Scopes) -> Iterator[ExpressionUse]:
        yield from optional_use(("where",), self.where, scopes.bare(self.records), "condition")
        yield ExpressionUse(("movement",), self.movement, scopes.bare(self.records), "number")
        for name, extent in self._extents():
            yield from optional_use((name, "where"), extent.where, scopes.bare(extent.records), "condition")

    def outcome_scope(self, scopes: Scopes, outcome: str) -> Scope:
        return scopes.outcome(self._outcome_sides(outcome))

    def _outcome_sides(self, outcome: str) -> dict[str, str]:
        if outcome == "closing_differs" and self.closing:
            return {"l": self.closing.records}
        if outcome == "opening_differs" and self.prior:
            right = {"r": self.opening.records} if self.opening else {}
            return {"l": self.prior.records, **right}
        return {"l": self.records, "r": self.records} if outcome == "break" else {"l": self.records}

    def sides(self) -> tuple[str, str]:
        return self.records, self.records
