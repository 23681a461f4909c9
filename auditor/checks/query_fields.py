"""Which fields a SELECT cannot do without: where one is empty, no row of its record comes out.

These are the fields of inner joins and of WHERE in conditions that are null where the field is (`payee_kind =
'company'`), in every SELECT that UNION joins. A field that a condition only asks to be filled (`memo_no IS NOT NULL`)
chooses what is looked at; that it is empty in some records leaves them out, and in all leaves nothing to look at.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from sqlglot import exp

from auditor.checks.admission import refusing, selects_in
from auditor.checks.base import Untested
from auditor.checks.sources import Records
from auditor.checks.untested import Words, filled_in, no_records, throughout, without_any_of
from auditor.engine import Engine
from auditor.rules.bound import BoundRule


@dataclass(frozen=True, slots=True)
class _Branch:
    """One SELECT of a query: by record type or view the fields that it cannot do without, and those of them that it
    only asks to be filled."""

    fields: dict[str, frozenset[str]]
    chosen: dict[str, frozenset[str]]


def untested_by_select(
    rule: BoundRule, engine: Engine, select: str, known: Collection[str], given: Sequence[Records], named: str
) -> list[Untested | None]:
    """For each population what the SELECT could not test of it. `known` are the record types and views that it reads,
    `named` is a SELECT of the records that an outcome names."""
    branches = list(_branches(engine, select, known))
    dead = [_dead(rule, engine, branch) for branch in branches]
    nothing = next((each for each in dead if each), None) if branches and all(dead) else None
    found = [_of_population(rule, engine, branches, each, named) for each in given]
    if nothing and found:
        found[0] = replace(found[0] or Untested(""), throughout=nothing)
    return found


def _of_population(
    rule: BoundRule, engine: Engine, branches: Sequence[_Branch], given: Records, named: str
) -> Untested | None:
    fields = [each.fields[given.name] - each.chosen[given.name] for each in branches if given.name in each.fields]
    if not fields or len(fields) < len(branches):
        return None
    lacking = without_any_of(rule, engine, given, sorted(frozenset.intersection(*fields)))
    if lacking is None:
        return None
    own = "s._ids[1]" if given.has("_ids") else "s._id"
    return replace(lacking, records=f"{lacking.records} AND {own} NOT IN ({named})", throughout=None)


def _branches(engine: Engine, select: str, known: Collection[str]) -> Iterator[_Branch]:
    for each in selects_in(select):
        tables = _tables_of(each)
        fields: dict[str, set[str]] = {name: set() for name in tables.values() if name in known}
        chosen: dict[str, set[str]] = defaultdict(set)
        for condition in _conditions_of(each):
            for alias, name in refusing(condition):
                table = tables.get(alias) if alias else next(iter(tables.values())) if len(tables) == 1 else None
                if table in fields and name in engine.columns(table):
                    fields[table].add(name)
                    if _only_asks(condition):
                        chosen[table].add(name)
        yield _Branch(
            {name: frozenset(names) for name, names in fields.items()},
            {name: frozenset(chosen[name]) for name in fields},
        )


def _conditions_of(select: exp.Select) -> Iterator[exp.Expr]:
    """The conditions that AND joins, of WHERE and of inner joins."""
    found = [each.args["on"] for each in select.args.get("joins") or [] if _is_inner(each) and each.args.get("on")]
    if select.args.get("where"):
        found.append(select.args["where"].this)
    for each in found:
        whole = each.unnest()
        yield from whole.flatten() if isinstance(whole, exp.And) else [whole]


def _only_asks(condition: exp.Expr) -> bool:
    """Whether a condition is `x IS NOT NULL`."""
    node = condition.unnest()
    return isinstance(node, exp.Not) and isinstance(node.this.unnest(), exp.Is)


def _tables_of(select: exp.Select) -> dict[str, str]:
    """Alias -> record type or view, of what is read without a LEFT JOIN."""
    begun = select.args.get("from_") or select.args.get("from")
    parts = [begun.this] if begun else []
    parts += [each.this for each in select.args.get("joins") or [] if _is_inner(each)]
    return {each.alias_or_name: each.name for each in parts if isinstance(each, exp.Table)}


def _is_inner(join: exp.Join) -> bool:
    return not join.side and join.kind in ("", "INNER", "CROSS")


def _dead(rule: BoundRule, engine: Engine, branch: _Branch) -> Words | None:
    """Why a SELECT cannot give any row: a population that is empty, or a field that is so throughout."""
    for name, fields in branch.fields.items():
        given = Records(name, None, engine.columns(name))
        total, filled = filled_in(engine, given, sorted(fields))
        if not total:
            return no_records(rule, name)
        empty = [each for each in sorted(fields) if not filled[each]]
        if empty:
            return throughout(rule, given, empty, total)
    return None
