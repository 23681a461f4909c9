"""Do two populations agree, record by record?

*What it checks.* Every record of the left side (the evidence: slips, bank lines, receipts) is looked for on the
right side (the audited records: register, ledger, bill) and the other way round, in passes from the strictest to
the loosest. A record that one pass has paired is gone for the next. Pairs are then compared field by field.

*Why it matters.* What stands on one side only is money that is missing or invented; what stands on both and differs
is entered wrongly. A total that agrees shows neither.

*Example.* Slip SH26-004348 of 1,999.40 lies in the folder and the register does not have it: `left_only`,
-1,999.40. The register has slip SH26-004327 with 6 pieces, the paper says 9: `differs` in `pieces`, -3.

*Clean example.* 东莞市百利塑胶制品有限公司 pays 15,000.00 and 16,575.50; the ledger has one entry of 31,575.50: one
group, the only one that adds up.

*Options.* `passes`: each says by `on` what must agree ([criteria](#criteria)). Who goes with whom never depends on the
order of rows: of several candidates those come first that `prefer` names, in its order (equal in a field, or `{date:
latest}`, `{date: earliest}`, `{amount: nearest}`), then the nearest date, then the closest amount, then the fewest
differing fields; a pair is made where each is the other's one best. Records that are equal in all fields that the rule
names are twins and stand for each other. Where different assignments would be equally good and report different things,
none is made (`ambiguous`). `sum` with `groups` looks for groups of at most `most` records that add up, 1:N and N:1,
with `both` also N:M; a group is taken only if it is the one way to explain its records, and `search` bounds the work.
`accept: false` makes a pass's pairs findings instead of matches, `outcome` reports them under a name of its own.
`compare` names the fields of a pair that must agree and how; a field that a whole side leaves empty is not compared,
which is said. A difference in a field `hides` those it entails. `duplicates` names the fields in which a leftover
repeats a matched record of its own side; where no partner was found for any of the copies, the first stays unmatched
and the others are its duplicates. Records that differ in one of the fields `apart`, such as the summary of an entry,
are not the same thing and no copies. Of records that are equal in all that decides one may find a partner and another
none: which of them it is nobody knows, and the exception names them all. `explained` takes out what is open or differs
for a good reason: it is counted and not reported. With `cancels` it takes out two open records of one side whose
measures make nothing together and that agree in the named fields, such as an entry and its red reversal (`l` and `r` in
its `when`); each must be the nearest of the other by date, and no record of another content as near. `measure` is the
field whose sum is conserved; beside a `direction` it counts + in and - out, and a red entry as money the other way.
`nearest` names the fields by which the nearest miss is sought.

*Outcomes.* `left_only`, `right_only`, `differs` (with the field), `left_duplicate`, `right_duplicate`, `ambiguous`
(with the alternatives), `group_differs`, `small_difference` (what a tolerance let pass, with its field),
`partly_settled` (the measure of the side that `settles`, as a rule the right one, is a part of the other's: the amount
is what remains), and the `outcome` of a pass. The last three are there only if the rule names them; without
`partly_settled` such a pair `differs`. The difference is right - left, a missing
side counts as zero. Where a rule gives no name to duplicates or to what is ambiguous, such records are reported as
being on one side only. An unmatched record carries its nearest miss: the closest candidate, what agrees, what fails
and by how much.
"""

from __future__ import annotations

from auditor.checks.base import CheckResult
from auditor.checks.match.compare import make_differing
from auditor.checks.match.conserve import made_in_passes, numbers_by_pass, populations
from auditor.checks.match.groups import run_groups
from auditor.checks.match.leftovers import classify, make_pairs
from auditor.checks.match.nearest import find_candidates, find_nearest
from auditor.checks.match.options import Match
from auditor.checks.match.parts import parts, untested_for_want_of_records
from auditor.checks.match.passes import run_pass
from auditor.checks.match.plan import Plan, make_plan, without_empty
from auditor.checks.match.report import report
from auditor.checks.match.shown import fetch_named, fetch_others
from auditor.checks.match.sides import make_sides, off_calendar
from auditor.checks.match.state import State
from auditor.checks.match.tolerated import tolerated
from auditor.checks.match.twins import find_twins
from auditor.checks.match.wholes import put_back, run_wholes, set_aside
from auditor.checks.templates import quoted
from auditor.engine import Engine
from auditor.rules.bound import BoundRule

OPTIONS = Match


def run(rule: BoundRule, engine: Engine) -> CheckResult:
    """Match two populations. Leaves the table `outcome_RULE`; raises PopulationNotConserved on an error of its own."""
    plan = make_plan(rule, engine)
    with engine.transaction():
        result = _run(plan, engine)
        _clear(plan, engine)
    return result


def _run(plan: Plan, engine: Engine) -> CheckResult:
    totals = make_sides(plan, engine)
    plan = without_empty(plan, {side: total.empty for side, total in totals.items()})
    counts = {side: total.count for side, total in totals.items()}
    state = State(plan.table("left"), plan.table("right"), counts, totals)
    for stage in plan.stages:
        since, groups = len(state.undecided), stage.options.groups
        run = run_pass if groups is None else run_wholes if groups.whole else run_groups
        run(plan, engine, state, stage)
        if groups is not None:
            set_aside(plan, engine, state, stage, since)
    put_back(plan, engine, state)
    make_pairs(plan, engine, state)
    make_differing(plan, engine)
    fetch_named(plan, engine, state)
    classify(plan, engine, state)
    find_twins(plan, engine)
    searches = find_candidates(plan, engine, state)
    fetch_others(plan, engine, searches)
    find_nearest(plan, engine, searches)
    table = f"outcome_{plan.rule.id.replace('-', '_')}"
    report(plan, engine, state, table)
    made = made_in_passes(plan, engine)
    sides = populations(plan, engine, made, totals)
    remarks = (*plan.remarks, *off_calendar(plan, engine), *state.remarks)
    return CheckResult(
        table,
        sides,
        parts(plan, engine),
        numbers_by_pass(plan, made),
        remarks,
        partly=untested_for_want_of_records(plan, engine),
        tolerated=tolerated(plan, engine),
    )


def _clear(plan: Plan, engine: Engine) -> None:
    """Drop the working tables and views."""
    for kind in ("VIEW", "TABLE"):
        names = engine.rows(
            f"SELECT {kind.lower()}_name FROM duckdb_{kind.lower()}s() WHERE temporary "
            f"AND starts_with({kind.lower()}_name, ?)",
            [f"{plan.prefix}_"],
        )
        for (name,) in names:
            engine.execute(f"DROP {kind} {quoted(name)}")
