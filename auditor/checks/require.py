"""Does each record meet a condition, alone or with the record it refers to?

*What it checks.* Every record of the population is held against the condition `require`. With `refers` it is looked
at together with the one record of another population that it refers to.

*Why it matters.* A signature that is absent, an amount in words that differs from the figures, an approval above the
approver's limit: what a single paper must show, whatever other papers say.

*Example.* Receipt 0003160 reads 1,786.48 in figures and 壹仟柒佰陆拾捌元肆角捌分 in words, with `require: "l.words =
l.amount"`: `fails`.

*Clean example.* Receipt 0003101: 161.90, 壹佰陆拾壹元玖角整.

*Options.* `require` is a condition over `l`, the record, and `r`, the record it refers to. `refers.on` says which
that is, with the criteria of a match; of several candidates the nearest in date is taken, and among those the first
by content. Where there is none, all of `r` is null. **A condition that comes to null fails**: what cannot be shown
to hold does not hold. A rule for which an empty field is in order says so (`l.words IS NULL OR l.words = l.amount`).

*Rows that were not read.* A total that a document states over rows of which some could not be read (`_unread`) and that
fails is not possible to judge: counted and told with the rule.

*Outcomes.* `fails`, one for each record. The key is the record's first field unless the rule says otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from auditor.checks.base import CheckResult, Part
from auditor.checks.criteria.agreement import agreement
from auditor.checks.criteria.fit import fit_errors
from auditor.checks.criteria.model import On, fields_in
from auditor.checks.currencies import CURRENCY, in_one_currency, is_money, left_fields
from auditor.checks.outcomes import create_outcomes, outcome_select
from auditor.checks.sources import Records, population, records
from auditor.checks.templates import quoted
from auditor.checks.unread import not_judged
from auditor.checks.untested import by_way_out
from auditor.engine import Engine
from auditor.errors import AuditorError
from auditor.marked_yaml import Marked
from auditor.rules.bound import BoundRule
from auditor.rules.check_options import CheckOptions
from auditor.rules.conditions import Scope
from auditor.rules.schema import Expression, Model, Name
from auditor.rules.scopes import Columns, ExpressionUse, FieldUse, RecordsUse, Scopes, optional_use


class Refers(Model):
    """The record that each record refers to (`r` in the condition): first by the order of `on`."""

    records: Name
    where: Expression | None = None
    on: Annotated[list[On], Field(min_length=1)]


class Require(CheckOptions):
    """Does each record meet a condition, alone or with the record it refers to?"""

    OUTCOMES: ClassVar[tuple[str, ...]] = ("fails",)

    check: Literal["require"]
    records: Name
    where: Expression | None = None
    refers: Refers | None = None
    require: Expression                    # over l (and r; all of r null where nothing is referred to)

    def records_used(self) -> Iterator[RecordsUse]:
        yield RecordsUse(("records",), self.records)
        if self.refers:
            yield RecordsUse(("refers", "records"), self.refers.records)

    def fields_used(self) -> Iterator[FieldUse]:
        if self.refers:
            yield from fields_in(("refers", "on"), self.refers.on, self.records, self.refers.records)

    def expressions_used(self, scopes: Scopes) -> Iterator[ExpressionUse]:
        yield from optional_use(("where",), self.where, scopes.bare(self.records), "condition")
        if self.refers:
            inside = scopes.bare(self.refers.records)
            yield from optional_use(("refers", "where"), self.refers.where, inside, "condition")
        yield ExpressionUse(("require",), self.require, scopes.sides(self._sides()), "condition")

    def outcome_scope(self, scopes: Scopes, outcome: str) -> Scope:
        return scopes.outcome(self._sides())

    def _sides(self) -> dict[str, str]:
        return {"l": self.records, **({"r": self.refers.records} if self.refers else {})}

    def column_errors(self, marked: Marked, columns: Mapping[str, Columns]) -> Iterator[AuditorError]:
        if self.refers:
            sides = columns[self.records], columns[self.refers.records]
            yield from fit_errors(marked, ("refers", "on"), self.refers.on, *sides)

    def sides(self) -> tuple[str, str]:
        return self.records, self.records


OPTIONS = Require


def run(rule: BoundRule, engine: Engine) -> CheckResult:
    """Hold each record against the condition."""
    options = rule.options
    assert isinstance(options, Require)
    table = f"outcome_{rule.id.replace('-', '_')}"
    left = records(engine, options.records, options.where)
    right = records(engine, options.refers.records, options.refers.where) if options.refers else None
    refers = _refers(rule, options, left, right)
    joined = f"{left.sql} l"
    if refers and right:
        joined += f" LEFT JOIN {_referred(refers, left, right)} r ON r.__of = l._id"
    defaults = {
        "left_ids": left.ids("l"),
        "right_ids": f"CASE WHEN r._id IS NULL THEN [] ELSE {right.ids('r')} END" if right else "[]",
        "key": left.key("l"),
        "party": left.party("l"),
        "amount": left.amount("l"),
        "currency": left.currency("l"),
        "date": left.date("l"),
    }
    fails = f"({options.require}) IS NOT TRUE"
    # of a record that rests on rows that were not read nothing is shown by a condition that fails
    whole = "coalesce(l._unread, 0) = 0" if left.has("_unread") else "TRUE"
    select = outcome_select(rule, "fails", defaults=defaults, source=f"{joined} WHERE {whole} AND {fails}")
    create_outcomes(engine, table, [select])
    found = f"SELECT unnest(left_ids) FROM {quoted(table)}"
    skipped = f"SELECT unnest({left.ids('l')}) FROM {joined} WHERE NOT ({whole}) AND {fails}"
    count = int(engine.value(f"SELECT count(*) FROM ({skipped})"))
    untested = None if right else by_way_out(rule, engine, left, options.require, found)
    part = Part(left.name, left.where, "unnest(left_ids)", left.total("s"), untested)
    return CheckResult(
        table,
        (population(engine, "left", left, found, skipped),),
        (part,),
        not_possible=_not_possible(engine, left, skipped, count) if count else None,
    )


def _refers(rule: BoundRule, options: Require, left: Records, right: Records | None) -> Refers | None:
    """What a record refers to: by an amount only within one currency."""
    refers = options.refers
    if refers is None or right is None or not (left.has(CURRENCY) and right.has(CURRENCY)):
        return refers
    if not is_money(rule, left, left_fields(refers.on)):
        return refers
    return refers.model_copy(update={"on": in_one_currency(refers.on)})


def _not_possible(engine: Engine, given: Records, skipped: str, count: int) -> tuple[str, str]:
    """The remark on records that rest on rows that were not read, with the documents in which they stand."""
    if not given.has("_document"):
        return not_judged(count, ())
    paths = engine.rows(f"""
        SELECT DISTINCT d.path FROM {given.sql} s JOIN document d ON d.number = s._document
        WHERE s._id IN ({skipped}) ORDER BY ALL""")
    return not_judged(count, [path for (path,) in paths])


def _referred(refers: Refers, left: Records, right: Records) -> str:
    """The referred record of each left one, at most one: `__of` names the left record."""
    wanted = agreement(refers.on, left, right, "a", "b")
    order = ", ".join([*(f"{each} NULLS LAST" for each in wanted.date_gaps("a", "b")), *right.content("b")])
    return (
        f"(SELECT b.*, a._id AS __of FROM {left.sql} a, {right.sql} b WHERE {wanted.condition}\n"
        f"QUALIFY row_number() OVER (PARTITION BY a._id ORDER BY {order}) = 1)"
    )
