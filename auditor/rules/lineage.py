"""From what rules compute back to the fields of records: a measure of a view, a joined name, an expression.

Views are SELECTs over records and over one another; each of their columns is followed to the fields that its expression
names, through joins, subqueries, WITHs and UNIONs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError
from sqlglot.optimizer.scope import Scope, build_scope

_MOST = 40  # steps from a view to a record; a circle of views is an error long before


class Lineage:
    """What the columns of views are made of. `views` are their SELECTs by name, parameters as they stand."""

    def __init__(self, views: Mapping[str, str]) -> None:
        self._views = views
        self._scopes: dict[str, Scope | None] = {}
        self._known: dict[tuple[str, str], frozenset[str]] = {}
        self._made_of: dict[str, frozenset[str]] = {}

    def fields(self, relation: str, column: str) -> frozenset[str]:
        """The fields of records that a column of a view is computed from; of a record type the field itself."""
        if relation not in self._views:
            return frozenset((column,))
        if (relation, column) not in self._known:
            self._known[relation, column] = frozenset()  # a column that is made of itself adds nothing
            scope = self._scope(self._views[relation], relation)
            self._known[relation, column] = self._of_scope(scope, column, 0) if scope else frozenset()
        return self._known[relation, column]

    def records(self, relation: str) -> frozenset[str]:
        """The record types that a view is made of, through other views; of a record type itself."""
        if relation not in self._views:
            return frozenset((relation,))
        if relation not in self._made_of:
            self._made_of[relation] = frozenset()  # a view of itself adds nothing
            try:
                tree = sqlglot.parse_one(self._views[relation], read="duckdb")
                named = {each.name for each in tree.find_all(exp.Table)}
            except SqlglotError:
                named = set()  # the view was checked when it was loaded; what cannot be followed is made of nothing
            self._made_of[relation] = frozenset().union(*map(self.records, sorted(named)))
        return self._made_of[relation]

    def of_select(self, sql: str, column: str) -> frozenset[str]:
        """The fields that a column of a SELECT is computed from."""
        scope = self._scope(sql, sql)
        return self._of_scope(scope, column, 0) if scope else frozenset()

    def of_expression(self, sql: str, relations: Iterable[str]) -> frozenset[str]:
        """The fields that an expression over some of these relations is computed from."""
        try:
            tree = sqlglot.parse_one(sql, read="duckdb")
        except SqlglotError:
            return frozenset()  # the rule was checked when it was loaded; what cannot be followed is not marked
        names = {column.name for column in tree.find_all(exp.Column)}
        return frozenset(field for name in names for relation in relations for field in self.fields(relation, name))

    def _scope(self, sql: str, name: str) -> Scope | None:
        if name not in self._scopes:
            try:
                self._scopes[name] = build_scope(sqlglot.parse_one(sql, read="duckdb"))
            except SqlglotError:
                self._scopes[name] = None
        return self._scopes[name]

    def _of_scope(self, scope: Scope, column: str, depth: int) -> frozenset[str]:
        if depth > _MOST:
            return frozenset()
        if isinstance(scope.expression, exp.SetOperation):
            return frozenset().union(*self._of_branches(scope, column, depth))
        found: set[str] = set()
        for projection in _projections(scope, column):
            if isinstance(projection, exp.Star):
                sources: Iterable[Any] = scope.sources.values()
                found.update(*(self._of_source(each, column, depth) for each in sources))
                continue
            for each in projection.find_all(exp.Column):
                named = scope.sources.get(each.table)
                sources = [named] if named is not None else scope.sources.values()
                found.update(*(self._of_source(source, each.name, depth) for source in sources))
        return frozenset(found)

    def _of_branches(self, scope: Scope, column: str, depth: int) -> list[frozenset[str]]:
        """Every branch of a UNION; the later ones name their columns by place, as the first has them."""
        names = [each.alias_or_name for each in _selects(scope)]
        place = names.index(column) if column in names else -1
        parts: list[frozenset[str]] = []
        for branch in scope.set_operation_scopes:
            selects = _selects(branch)
            own = selects[place].alias_or_name if 0 <= place < len(selects) else column
            parts.append(self._of_scope(branch, own or column, depth + 1))
        return parts

    def _of_source(self, source: Any, column: str, depth: int) -> frozenset[str]:
        if isinstance(source, Scope):
            return self._of_scope(source, column, depth + 1)
        return self.fields(source.name, column) if isinstance(source, exp.Table) else frozenset()


def _selects(scope: Scope) -> list[Any]:
    selected: Any = scope.expression
    return list(selected.selects)


def _projections(scope: Scope, column: str) -> list[Any]:
    selects = _selects(scope)
    named = [each for each in selects if each.alias_or_name == column]
    return named or [each for each in selects if isinstance(each, exp.Star)]


NO_VIEWS = Lineage({})
