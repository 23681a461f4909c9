"""An auditor's own SELECT that returns the rows that are wrong.

*What it checks.* Whatever the SELECT says. Each row that it returns is an outcome.

*Why it matters.* Some questions are asked once, by one auditor, of one company. They should not need a new check.

*Example.* `SELECT _id, voucher_no AS key, amount FROM bank_ledger_entry WHERE summary LIKE '%借款%'` returns a row
for 借款 张伟: `wrong`.

*Clean example.* The same SELECT over a ledger without loans returns nothing.

*Options.* `select` may return `left_ids` and `right_ids` (lists of record ids) or `_id` (one record, on the left),
and `key`, `party`, `expected`, `actual`, `difference`, `amount`, `currency`, `date`, `field`, `criterion`, and
`outcome` if it tells several things apart. Any other column is an error that names it. `reads` names the records
that must be there; `populations` those whose counts are shown. Where one of these has no record, and nothing is wrong,
nothing was tested.

*Outcomes.* `wrong`, or what the column `outcome` says. In expressions `l` is the row of the SELECT.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

from auditor.checks.base import OUTCOME_COLUMNS, CheckResult, Part
from auditor.checks.errors import QueryColumnUnknown
from auditor.checks.outcomes import create_outcomes, outcome_select
from auditor.checks.query_fields import untested_by_select
from auditor.checks.sources import population, records
from auditor.checks.templates import literal, quoted
from auditor.engine import Engine
from auditor.rules.bound import BoundRule
from auditor.rules.check_options import CheckOptions
from auditor.rules.conditions import Scope
from auditor.rules.schema import Name, Unit
from auditor.rules.scopes import Loc, RecordsUse, Scopes
from auditor.rules.units import unit_of_select_column

ALLOWED = (*(each for each in OUTCOME_COLUMNS if each not in ("rank", "nearest")), "_id")


class Query(CheckOptions):
    """An auditor's own SELECT that returns the rows that are wrong.

    Columns it may return: outcome (default `wrong`), left_ids, right_ids (lists of _id) or _id, key, party, expected,
    actual, difference, amount, currency, date, field, criterion.
    """

    OUTCOMES: ClassVar[tuple[str, ...]] = ()   # its own

    check: Literal["query"]
    select: str
    reads: list[Name]                      # what must be present for the rule to run
    populations: list[Name] = []           # whose counts and sums are shown; default: `reads`

    def records_used(self) -> Iterator[RecordsUse]:
        for key, names in (("reads", self.reads), ("populations", self.populations)):
            for number, name in enumerate(names):
                yield RecordsUse((key, number), name)

    def needed_records(self) -> tuple[str, ...]:
        return tuple(self.reads)

    def select_used(self) -> tuple[Loc, str]:
        return ("select",), self.select

    def outcome_scope(self, scopes: Scopes, outcome: str) -> Scope:
        return scopes.outcome_of({"l": scopes.columns["select"]}, {"l": "select"}, "l")

    def outcome_names(self) -> None:
        return None

    def figure_unit(self, rule: BoundRule, outcome: str, field: str | None, column: str) -> Unit | None:
        named = rule.field_units.get(field) if field else None
        return named or unit_of_select_column(self.select, column, rule)


OPTIONS = Query


def run(rule: BoundRule, engine: Engine) -> CheckResult:
    """Run the SELECT and take its rows for outcomes. Raises QueryColumnUnknown."""
    options = rule.options
    assert isinstance(options, Query)
    table = f"outcome_{rule.id.replace('-', '_')}"
    answer = f"{table}_answer"
    engine.execute(
        f"CREATE OR REPLACE TEMP TABLE {quoted(answer)} AS SELECT * FROM (\n{options.select.rstrip(' ;')}\n)"
    )
    columns = list(engine.columns(answer))
    for each in columns:
        if each not in ALLOWED:
            raise QueryColumnUnknown(
                found=options.select, rule=rule.id, column=each, columns=", ".join(sorted(ALLOWED))
            )
    outcome = "coalesce(l.outcome, 'wrong')" if "outcome" in columns else "'wrong'"
    found = engine.rows(f"SELECT DISTINCT {outcome} FROM {quoted(answer)} l")
    kinds = sorted({*(row[0] for row in found), *rule.outcomes})
    defaults = {each: f"l.{each}" for each in columns if each not in ("outcome", "_id")}
    for side in ("left_ids", "right_ids"):
        if side in defaults:  # the lists of an outer join name nothing where it found nothing
            defaults[side] = f"list_filter({defaults[side]}, lambda id: id IS NOT NULL)"
    defaults.setdefault("left_ids", "CASE WHEN l._id IS NULL THEN [] ELSE [l._id] END" if "_id" in columns else "[]")
    defaults.setdefault("right_ids", "[]")
    defaults.setdefault("amount", "l.difference" if "difference" in columns else "NULL")
    create_outcomes(
        engine,
        table,
        [
            outcome_select(
                rule,
                kind,
                defaults=defaults,
                right_alias="l",
                source=f"{quoted(answer)} l WHERE {outcome} = {literal(kind)}",
            )
            for kind in kinds
        ],
    )
    engine.execute(f"DROP TABLE {quoted(answer)}")
    told = f"SELECT unnest(list_concat(left_ids, right_ids)) FROM {quoted(table)}"
    given = [records(engine, name) for name in options.populations or options.reads]
    opened = "unnest(list_concat(left_ids, right_ids))"
    known = {*options.reads, *options.populations}
    untested = untested_by_select(rule, engine, options.select, known, given, told)
    return CheckResult(
        table,
        tuple(population(engine, "left", each, told) for each in given),
        # what must be there and is not leaves nothing to hold the others against: none is tested alone
        tuple(Part(g.name, None, opened, g.total("s"), u, alone=False) for g, u in zip(given, untested, strict=True)),
    )
