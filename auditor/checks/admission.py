"""What a condition says of a record in which a field is empty.

SQL gives NULL there, and a WHERE drops the row in silence. In the conditions of rules an empty field meets no
comparison: it is not equal to anything, contains nothing and exceeds nothing. So a condition that asks for something
(`kind = 'receipt'`, `amount > 0`) leaves the record out, since nothing shows that it belongs there; and one that
excludes something (`status <> 'void'`, `NOT contains(summary, 'x')`) keeps it, since nothing shows that it is what is
excluded. Either way such records are counted and told.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import sqlglot
from sqlglot import exp

_DIALECT = "duckdb"
# functions of several values that give a value although one of them is empty
_TOLERANT = (exp.Coalesce, exp.Case, exp.If, exp.NullSafeEQ, exp.NullSafeNEQ, exp.Subquery, exp.Exists, exp.Greatest,
             exp.Least, exp.ConcatWs, exp.Concat, exp.AggFunc, exp.Window, exp.Is, exp.List, exp.Array)  # fmt: skip
_STRICT_FUNCTIONS = frozenset(
    {"contains", "starts_with", "ends_with", "regexp_matches", "mmdd", "working_days", "next_working_day", "percent_of"}
)


@lru_cache(maxsize=4096)
def admits(condition: str) -> str:
    """SQL: the condition, with an empty field meeting no comparison. True or not true decides."""
    tree = exp.Paren(this=sqlglot.parse_one(condition, read=_DIALECT))
    kinds = (exp.NEQ, exp.Not, exp.Like, exp.ILike)
    found = [each for each in tree.find_all(*kinds) if not _is_two_valued(each)]
    for node in reversed(found):  # the innermost first
        node.replace(_two_valued(node))
    return str(tree.this.sql(dialect=_DIALECT)) if found else condition


def _is_two_valued(node: exp.Expr) -> bool:
    if isinstance(node, exp.Like | exp.ILike):
        return not node.args.get("negate")
    return isinstance(node, exp.Not) and isinstance(node.this, exp.Is | exp.Exists | exp.Boolean)


def _two_valued(node: exp.Expr) -> exp.Expr:
    if isinstance(node, exp.NEQ):
        return exp.NullSafeNEQ(this=node.this.copy(), expression=node.expression.copy())
    inner = node.this.unnest().copy() if isinstance(node, exp.Not) else node.copy()
    if isinstance(node, exp.Like | exp.ILike):
        inner.set("negate", False)
    return exp.Not(this=exp.Is(this=exp.Paren(this=inner), expression=exp.true()))


@lru_cache(maxsize=4096)
def strict_parts(condition: str) -> tuple[tuple[str, str | None], ...]:
    """The parts of a condition that AND joins, as SQL, each with the same without its ways out for empty fields (`words
    IS NULL OR ...`, `coalesce(words, amount)`): that is not true where the part holds for want of a value only. None if
    it has no way out."""
    tree = sqlglot.parse_one(condition, read=_DIALECT)
    parts = list(tree.flatten()) if isinstance(tree, exp.And) else [tree]
    return tuple((each.sql(dialect=_DIALECT), _strict_form(each)) for each in parts)


def _strict_form(part: exp.Expr) -> str | None:
    tree = exp.Paren(this=part.copy())
    ways = [each for each in tree.find_all(exp.Or, exp.Coalesce) if _is_way_out(each)]
    for node in reversed(ways):
        if isinstance(node, exp.Coalesce):
            node.replace(node.this.copy())
        else:
            rest = [each.copy() for each in node.flatten() if not _asks_for_nothing(each)]
            node.replace(exp.Paren(this=exp.or_(*rest, copy=False)))
    return str(tree.this.sql(dialect=_DIALECT)) if ways else None


def _is_way_out(node: exp.Expr) -> bool:
    """Whether a node lets an empty field pass: `x IS NULL OR ...` beside something else that is asked."""
    if isinstance(node, exp.Coalesce):
        return True
    if isinstance(node.parent, exp.Or):
        return False
    branches = [_asks_for_nothing(each) for each in node.flatten()]
    return any(branches) and not all(branches)


def _asks_for_nothing(node: exp.Expr) -> bool:
    inner = node.unnest()
    return isinstance(inner, exp.Is) and isinstance(inner.expression, exp.Null)


def fields_in(condition: str) -> tuple[str, ...]:
    """The fields that a condition reads, in order."""
    found = sqlglot.parse_one(condition, read=_DIALECT).find_all(exp.Column)
    return tuple(dict.fromkeys(each.name for each in found))


def refusing(condition: exp.Expr) -> frozenset[tuple[str, str]]:
    """The columns (alias, name) without which a condition cannot be true: it is null or false where one of them is."""
    node = condition.unnest()
    if isinstance(node, exp.And):
        return refusing(node.left) | refusing(node.right)
    if isinstance(node, exp.Or):
        return refusing(node.left) & refusing(node.right)
    if isinstance(node, exp.Not):
        inner = node.this.unnest()
        if isinstance(inner, exp.Is):
            return _strict(inner.this)
        return frozenset() if isinstance(inner, exp.And | exp.Or | exp.Not | exp.Exists) else refusing(inner)
    return frozenset() if isinstance(node, exp.Is) else _strict(node)


def _strict(node: exp.Expr) -> frozenset[tuple[str, str]]:
    """The columns that make an expression null where they are null."""
    if isinstance(node, exp.Column):
        return frozenset({(node.table, node.name)})
    if isinstance(node, _TOLERANT):
        return frozenset()
    if isinstance(node, exp.Anonymous) and node.name.lower() not in _STRICT_FUNCTIONS:
        return frozenset()
    if isinstance(node, exp.In) and node.args.get("query") is not None:
        return _strict(node.this)
    return frozenset().union(*(_strict(each) for each in node.iter_expressions()))


def selects_in(select: str) -> Iterator[exp.Select]:
    """The SELECTs of a query that are joined by UNION, the outermost ones alone."""
    todo: list[exp.Expr] = [sqlglot.parse_one(select, read=_DIALECT)]
    while todo:
        node = todo.pop().unnest()
        if isinstance(node, exp.SetOperation):
            todo += [node.right, node.left]
        elif isinstance(node, exp.Select):
            yield node
