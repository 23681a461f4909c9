"""Do the figures of a paper agree with one another?

*What it checks.* The figures that each paper states, in their order, are held against one another: parts that add up
to a total, an amount times a rate, a column of rows under its heading, a balance carried forward. Which relations
these are, and which labels mean what, the rule says; a new kind of paper needs no new rule.

*Why it matters.* A paper on which a figure was altered, or was never worked out, contradicts itself. It can be seen
without any other paper, and whoever pays by it pays the wrong amount.

*Example.* A stock roll-forward prints opening 8,123.39, additions 10,419.05, usage 6,622.91, write down 565.67 and
ending 9,278.52: `miscalculated`, -2,075.34.

*Clean example.* Subtotal 100.00, CGST 9.00, SGST 9.00, total 118.00.

*Options.* `roles` are conditions over a figure, as a rule by the words of its label (`says(label, :words_total)`); a
figure has the first role whose condition holds, and those of the `ignored` roles are left out. Each of `relations` is
one of four. `sum`: heading figures `plus` less `minus` make `is`; of a list of roles the first that the paper has is
taken; what stands in a row of a table is no heading figure; with `mixed` some parts may go by the word of the whole.
`product`: `of` times `rate` makes `is`, but for the
rounding of the printed rate (half of its last decimal, at least `decimals` of them); with `inverse` the rate may be
quoted the other way round. `column`: `is` is the sum of the rows' `of`, or, with `less`, of what the heading leaves
when that is taken off; without `of` every heading figure is held against the rows labelled as it is, but for words
that are `generic`. `roll`: `opening` + plus - minus = `ending`, over the figures that stand between them in one block
or one row; of several `readings` it is enough that one holds. Deductions may be printed with a sign or without.
`within` is how far a figure may lie off.

*Not possible.* A paper is not tested where a figure is not stated, where several may be meant, where its currencies
differ, where rows of the document were not read, and where a figure stands between whose label says nothing known: it
may belong to the sum. Such papers are counted and named with the rule; they are never exceptions.

*Outcomes.* `miscalculated`, one for each figure that is off, with the printed label as its field: on the left the
figures that it follows from, on the right the figure itself, which is `l` in expressions. The difference is what is
printed less what the others make. The key is the paper's number, else its title.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

import pyarrow as pa

from auditor.checks.base import CheckResult, Part, Population
from auditor.checks.decided import take_decided
from auditor.checks.outcomes import create_outcomes, outcome_select
from auditor.checks.recalculation.options import Recalculation
from auditor.checks.recalculation.papers import Paper, papers
from auditor.checks.recalculation.relations import results
from auditor.checks.recalculation.results import NotPossible, Reason, Result, Tested
from auditor.checks.sources import Records, records
from auditor.checks.templates import quoted
from auditor.engine import Engine
from auditor.rules.bound import BoundRule

OPTIONS = Recalculation
TESTED_FIGURES = "decided_tested_"  # with the rule's name a table: the figures that it held against others

_MOST_PLACES = 5  # that a remark names


@dataclass(frozen=True, slots=True)
class _Found:
    """What came of one relation on one paper."""

    paper: Paper
    result: Result


def run(rule: BoundRule, engine: Engine) -> CheckResult:
    """Hold the figures of each paper against one another."""
    options = rule.options
    assert isinstance(options, Recalculation)
    table = f"outcome_{rule.id.replace('-', '_')}"
    given = records(engine, options.records, options.where)
    found = list(_found(engine, options, given))
    _remember(engine, rule, found)
    off = [each for each in found if isinstance(each.result, Tested) and not each.result.agrees]
    decided = f"{table}_off"
    take_decided(engine, decided, _table([each.result for each in off if isinstance(each.result, Tested)]))
    create_outcomes(engine, table, [_select(rule, given, decided)])
    engine.execute(f"DROP TABLE {quoted(decided)}")
    tested = sum(isinstance(each.result, Tested) for each in found)
    population = Population("left", given.name, tested, tested - len(off), 0, len(off))
    part = Part(given.name, given.where, "unnest(right_ids)", of_records=False)
    untested = None if tested else _NOTHING
    return CheckResult(table, (population,), (part,), not_possible=_not_possible(found), untested=untested)


_NOTHING = (
    "nothing to test: no paper states the figures that the rule holds against one another",
    "没有可检查的内容：没有单据列明本规则所核对的数字",
)


def _remember(engine: Engine, rule: BoundRule, found: Sequence[_Found]) -> None:
    """Keep which figures were held against others, so that a report can name the papers of which none was. It is a
    table of the database, since the connection that reads it is not always the one that the rule ran over."""
    tested = [each.result for each in found if isinstance(each.result, Tested)]
    ids = sorted({figure.id for each in tested for figure in (each.stated, *each.others)})
    engine.create(f"{TESTED_FIGURES}{rule.id}", pa.table({"id": pa.array(ids, pa.int64())}))


def _found(engine: Engine, options: Recalculation, given: Records) -> Iterator[_Found]:
    within = Decimal(options.within)
    unread = {int(number) for (number,) in engine.rows("SELECT DISTINCT document FROM unread_row")}
    for paper in papers(engine, given, options.roles, options.ignored):
        for relation in options.relations:
            for result in results(relation, paper, within):
                rows = isinstance(result, Tested) and any(each.row is not None for each in result.others)
                if rows and isinstance(result, Tested) and not result.agrees and paper.document in unread:
                    yield _Found(paper, NotPossible(Reason.UNREAD))
                else:
                    yield _Found(paper, result)


def _table(off: Sequence[Tested]) -> pa.Table:
    money = pa.decimal128(18, 5)
    return pa.table(
        {
            "stated_id": pa.array([each.stated.id for each in off], pa.int64()),
            "other_ids": pa.array([[other.id for other in each.others] for each in off], pa.list_(pa.int64())),
            "computed": pa.array([_exact(each.computed) for each in off], money),
            "actual": pa.array([_exact(each.actual) for each in off], money),
            "difference": pa.array([_exact(each.difference) for each in off], money),
        }
    )


def _exact(amount: Decimal) -> Decimal:
    return amount.quantize(Decimal("0.00001"))


def _select(rule: BoundRule, given: Records, decided: str) -> str:
    return outcome_select(
        rule,
        "miscalculated",
        defaults={
            "field": "l.label",
            "left_ids": "o.c.other_ids",
            "right_ids": "[l._id]",
            "key": "coalesce(l.number, l.paper)",
            "expected": "CAST(o.c.computed AS DECIMAL(18,5))",
            "actual": "CAST(o.c.actual AS DECIMAL(18,5))",
            "difference": "o.c.difference",
            "amount": "o.c.difference",
            "currency": given.currency("l"),
            "date": "NULL",
        },
        # a column of the check's own, so that a rule's bare names mean the record's fields alone
        source=f"(SELECT t AS c FROM {quoted(decided)} t) o JOIN {given.sql} l ON l._id = o.c.stated_id",
    )


def _not_possible(found: Sequence[_Found]) -> tuple[str, str] | None:
    """The remark on what could not be tested, by reason, with the papers."""
    places: dict[Reason, list[str]] = defaultdict(list)
    for each in found:
        if isinstance(each.result, NotPossible):
            label = f": {each.result.label}" if each.result.label else ""
            places[each.result.reason].append(f"{each.paper.place}{label}")
    if not places:
        return None
    count = sum(map(len, places.values()))
    en, zh = [], []
    for reason in Reason:
        if reason in places:
            named = list(dict.fromkeys(places[reason]))
            shown, more = named[:_MOST_PLACES], len(named) - _MOST_PLACES
            rest = (f" and {more} more", f" 等 {len(named)} 处") if more > 0 else ("", "")
            en.append(f"{reason.value.en} ({len(places[reason])}): {', '.join(shown)}{rest[0]}")
            zh.append(f"{reason.value.zh}（{len(places[reason])}）：{'、'.join(shown)}{rest[1]}")
    return f"not possible to test: {count}; {'; '.join(en)}", f"无法核对：{count} 处；{'；'.join(zh)}"
