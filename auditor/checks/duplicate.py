"""Is the same thing there twice, exactly or nearly?

*What it checks.* Records that agree in the fields of `on`. The first by `keep` is the original, every further one a
copy.

*Why it matters.* A bill paid twice, an invoice claimed twice, a receipt entered twice is money lost, and the two
rarely lie on the same page.

*Example.* P4 is paid 26,318.00 on 10-13 and again on 10-22 (`on: [counterparty, amount, {date: {days: 60}}]`):
`duplicate`, the payment of 10-22 a copy of that of 10-13.

*Clean example.* The rent of 18,500.00, paid each month, with `except: "l.summary = '房租' AND l.date <> r.date"`.

*Options.* `on` takes the criteria of a match. Records with an empty field among them are no copies of anything. A
window is measured from the original, not from the last copy: with 60 days, a payment 100 days after the original
begins anew even if another lies between. `except` names pairs, over `l` (the earlier by `keep`) and `r`, that are
legitimate. Among records that are equal in `keep` the content decides, then the place in the documents.

*Outcomes.* `duplicate`, one for each copy, with the original on the left and the copy on the right. Expected is
nothing, the difference is the copy's amount. The key is the copy's first field unless the rule says otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Annotated, ClassVar, Literal

import pyarrow as pa
from pydantic import Field

from auditor.checks.base import CheckResult, Part
from auditor.checks.criteria.agreement import Agreement, agreement
from auditor.checks.criteria.fit import fit_errors
from auditor.checks.criteria.model import On, Pair, fields_in, pairs_of
from auditor.checks.currencies import CURRENCY, in_one_currency, is_money, left_fields
from auditor.checks.decided import take_decided
from auditor.checks.outcomes import create_outcomes, outcome_select
from auditor.checks.sources import Records, population, records
from auditor.checks.templates import quoted
from auditor.checks.untested import without_any_of
from auditor.engine import Engine
from auditor.errors import AuditorError
from auditor.marked_yaml import Marked
from auditor.rules.bound import BoundRule
from auditor.rules.check_options import CheckOptions
from auditor.rules.conditions import Scope
from auditor.rules.schema import Expression, Name
from auditor.rules.scopes import Columns, ExpressionUse, FieldUse, RecordsUse, Scopes, named_fields, optional_use


class Duplicate(CheckOptions):
    """Is the same thing there twice, exactly or nearly?"""

    OUTCOMES: ClassVar[tuple[str, ...]] = ("duplicate",)

    check: Literal["duplicate"]
    records: Name
    where: Expression | None = None
    on: Annotated[list[On], Field(min_length=1)]       # criteria as in a match; a window in days makes it nearly
    except_: Annotated[Expression | None, Field(alias="except")] = None   # over l and r: pairs that are legitimate
    keep: list[Name] | None = None         # the first in this order is the original; default: the first in time

    def records_used(self) -> Iterator[RecordsUse]:
        yield RecordsUse(("records",), self.records)

    def fields_used(self) -> Iterator[FieldUse]:
        yield from fields_in(("on",), self.on, self.records)
        yield from named_fields(("keep",), self.keep or [], self.records)

    def expressions_used(self, scopes: Scopes) -> Iterator[ExpressionUse]:
        yield from optional_use(("where",), self.where, scopes.bare(self.records), "condition")
        yield from optional_use(("except",), self.except_, scopes.sides(self._sides()), "condition")

    def outcome_scope(self, scopes: Scopes, outcome: str) -> Scope:
        return scopes.outcome(self._sides())

    def _sides(self) -> dict[str, str]:
        return {"l": self.records, "r": self.records}

    def column_errors(self, marked: Marked, columns: Mapping[str, Columns]) -> Iterator[AuditorError]:
        own = columns[self.records]
        yield from fit_errors(marked, ("on",), self.on, own, own)

    def sides(self) -> tuple[str, str]:
        return self.records, self.records


OPTIONS = Duplicate


def run(rule: BoundRule, engine: Engine) -> CheckResult:
    """Find the copies and the original of each."""
    options = rule.options
    assert isinstance(options, Duplicate)
    table = f"outcome_{rule.id.replace('-', '_')}"
    given = records(engine, options.records, options.where)
    if given.has(CURRENCY) and is_money(rule, given, left_fields(options.on)):
        options = options.model_copy(update={"on": in_one_currency(options.on)})
    wanted = agreement(options.on, given, given)
    ranked, copies = f"{table}_ranked", f"{table}_copies"
    _rank(engine, options, given, wanted, ranked)
    if wanted.pair_conditions or options.except_:
        _copies_of_pairs(engine, options, wanted, ranked, copies)
    else:
        engine.execute(
            f"CREATE OR REPLACE TEMP TABLE {quoted(copies)} AS SELECT * FROM ("
            f"SELECT first(_id) OVER same AS original, _id AS copy FROM {quoted(ranked)} "
            "WINDOW same AS (PARTITION BY _same ORDER BY _rank)) WHERE original <> copy"
        )
    currency, amount = given.currency("r"), given.amount("r")
    defaults = {
        "left_ids": given.ids("l"),
        "right_ids": given.ids("r"),
        "key": given.key("r"),
        "party": given.party("r"),
        "actual": amount,
        "difference": amount,
        "amount": amount,
        "currency": currency,
        "date": given.date("r"),
    }
    source = f"{quoted(copies)} c JOIN {given.sql} l ON l._id = c.original JOIN {given.sql} r ON r._id = c.copy"
    create_outcomes(engine, table, [outcome_select(rule, "duplicate", defaults=defaults, source=source)])
    found = f"SELECT unnest(right_ids) FROM {quoted(table)}"
    needed = [each.left for entry in options.on for each in pairs_of(entry) if not _may_be_empty(each)]
    untested = without_any_of(rule, engine, given, needed)
    part = Part(given.name, given.where, "unnest(right_ids)", given.total("s"), untested)
    result = CheckResult(table, (population(engine, "left", given, found),), (part,))
    for each in (ranked, copies):
        engine.execute(f"DROP TABLE {quoted(each)}")
    return result


def _may_be_empty(pair: Pair) -> bool:
    return pair.criterion is not None and bool(pair.criterion.empty or pair.criterion.either)


def _rank(engine: Engine, options: Duplicate, given: Records, wanted: Agreement, table: str) -> None:
    """The records that agree with another one in every exact field, in the order of `keep`, with a number for each
    set.
    """
    exact = ", ".join(wanted.same_keys) or "0"
    known = " AND ".join(f"{each} IS NOT NULL" for each in wanted.same_keys) or "TRUE"
    order = ", ".join(
        [*(f"l.{quoted(each)} NULLS LAST" for each in _kept_first(options, given)), *given.content("l")]
    )
    several = (
        f"SELECT l.*, dense_rank() OVER (ORDER BY {exact}) AS _same FROM {given.sql} l WHERE {known} "
        f"QUALIFY count(*) OVER (PARTITION BY {exact}) > 1"
    )
    engine.execute(
        f"CREATE OR REPLACE TEMP TABLE {quoted(table)} AS "
        f"SELECT *, row_number() OVER (ORDER BY {order}) AS _rank FROM ({several}) l"
    )


def _kept_first(options: Duplicate, given: Records) -> list[str]:
    """The fields whose order tells the original from its copies."""
    if options.keep is not None:
        return options.keep
    return [given.dated] if given.dated else []


def _copies_of_pairs(engine: Engine, options: Duplicate, wanted: Agreement, ranked: str, table: str) -> None:
    """Copies where the pair decides. A record is a copy of the first original that it agrees with."""
    conditions = ["l._same = r._same", "l._rank < r._rank", *wanted.pair_conditions]
    if options.except_:
        conditions.append(f"({options.except_}) IS NOT TRUE")
    pairs = engine.rows(
        f"SELECT r._id, l._id FROM {quoted(ranked)} l, {quoted(ranked)} r "
        f"WHERE {' AND '.join(conditions)} ORDER BY r._rank, l._rank"
    )
    original: dict[int, int] = {}
    for copy, earlier in groupby(pairs, key=lambda pair: int(pair[0])):
        first = next((int(pair[1]) for pair in earlier if pair[1] not in original), None)
        if first is not None:
            original[copy] = first
    take_decided(
        engine,
        table,
        pa.table(
            {"original": pa.array(list(original.values()), pa.int64()), "copy": pa.array(list(original), pa.int64())}
        ),
    )
