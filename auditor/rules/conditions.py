"""Expressions of rules: SQL that is let through only if it is made of known fields, literals, parameters and functions.

Nothing runs here. What is wrong is a `Fault` with its offset in the text, so that the loader can point at line and
column.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from auditor.marked_yaml import nearest
from auditor.rules.errors import (
    ExpressionSyntax,
    InexactNumber,
    NoSuchSide,
    NotAllowedHere,
    RuleError,
    UnknownField,
    UnknownFunction,
    UnknownParameter,
    WhichSide,
)
from auditor.rules.functions import AGGREGATES, INSTEAD, ORDERED, ROWS, SCALARS, STRUCTURE, function_classes
from auditor.rules.tokens import Piece, calls_in, floats_in, has_comments, parameters_in, rewritten, span_of, steady

STRUCTURAL: tuple[type[Any], ...] = (
    exp.Column, exp.Identifier, exp.Literal, exp.Placeholder, exp.Boolean, exp.Null, exp.Paren, exp.And, exp.Or,
    exp.Not, exp.Neg, exp.Add, exp.Sub, exp.Mul, exp.Mod, exp.IntDiv, exp.EQ, exp.NEQ, exp.GT, exp.GTE, exp.LT, exp.LTE,
    exp.NullSafeEQ, exp.NullSafeNEQ, exp.Is, exp.In, exp.Between, exp.Like, exp.ILike, exp.Escape, exp.RegexpLike,
    exp.DPipe, exp.Case, exp.If, exp.Cast, exp.TryCast, exp.DataType, exp.DataTypeParam, exp.Interval, exp.Var,
    exp.Tuple, exp.Array, exp.Bracket, exp.Extract,
)  # fmt: skip
IN_AGGREGATES: tuple[type[Any], ...] = (
    exp.Distinct, exp.Order, exp.Ordered, exp.Filter, exp.Where, exp.Star, exp.Count,
)  # fmt: skip
_TYPES = frozenset({"VARCHAR", "TEXT", "DATE", "INT", "BIGINT", "DECIMAL", "BOOLEAN", "TIME", "INT128"})
_DECIMAL = re.compile(r"^DECIMAL\((\d+),")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a text, and where: the offset of its first character."""

    kind: type[RuleError]
    start: int
    found: str
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Scope:
    """What an expression may name.

    `sides`: prefix -> column -> SQL type; the prefix "" holds the columns of records that are read without one.
    `records`: prefix -> what they are called to a person. `bare`: the side that a name without prefix means, None where
    a prefix is needed. `variables` are names like `:field` that only the check knows.
    """

    sides: Mapping[str, Mapping[str, str]]
    records: Mapping[str, str]
    bare: str | None
    parameters: frozenset[str] = frozenset()
    variables: frozenset[str] = frozenset()
    aggregates: bool = False


@dataclass(frozen=True, slots=True)
class Checked:
    """An expression ready for the engine, but for its parameters; or what is wrong with it."""

    sql: str
    uses: frozenset[str] = frozenset()  # parameters
    faults: tuple[Fault, ...] = ()


def check_expression(text: str, scope: Scope) -> Checked:
    """Let an expression through, or say all that is wrong with it."""
    tree = _tree(text)
    if isinstance(tree, Fault):
        return Checked(text, faults=(tree,))
    faults = [*_comments(text), *call_faults(text, scope.aggregates, rows=False), *float_faults(text)]
    faults += placeholder_faults(tree, text)
    faults += _parts(tree, text, scope.aggregates)
    faults += parameter_faults(text, scope.parameters | scope.variables)
    pieces: list[Piece] = []
    for column in tree.find_all(exp.Column):
        piece_or_fault = _column(column, text, scope)
        if isinstance(piece_or_fault, Fault):
            faults.append(piece_or_fault)
        elif piece_or_fault is not None:
            pieces.append(piece_or_fault)
    uses = frozenset(each.text for each in parameters_in(text)) & scope.parameters
    if faults:
        return Checked(text, uses, tuple(sorted(_once(faults), key=lambda fault: fault.start)))
    return Checked(steady(rewritten(text, pieces)), uses)


def _tree(text: str) -> Any:
    try:
        trees = sqlglot.parse(text, read="duckdb")
    except SqlglotError as error:
        return syntax_fault(error, text)
    if len(trees) != 1 or trees[0] is None:
        return Fault(
            NotAllowedHere,
            0,
            text,
            part_words("more than one expression", "多个表达式", "one expression", "一个表达式"),
        )
    return trees[0]


def syntax_fault(error: SqlglotError, text: str) -> Fault:
    """Where and why the parser gave up."""
    details = getattr(error, "errors", None) or [{}]
    first = details[0]
    start = 0
    if first.get("line") and first.get("col"):
        before = text.split("\n")[: int(first["line"]) - 1]
        highlight = first.get("highlight") or ""
        start = max(0, sum(len(line) + 1 for line in before) + int(first["col"]) - len(highlight))
    reason = re.sub(r"\s*for <class '[^']*\.(\w+)'>", "", str(first.get("description") or error).split("\n")[0])
    return Fault(
        ExpressionSyntax, min(start, len(text)), text[start : start + 40] or text[-40:], {"reason": reason.rstrip(". ")}
    )


def _once(faults: list[Fault]) -> Iterator[Fault]:
    """One fault for one place: a call that is refused by name is not refused again by kind."""
    seen: set[int] = set()
    for fault in faults:
        if fault.start not in seen:
            seen.add(fault.start)
            yield fault


def _comments(text: str) -> Iterator[Fault]:
    if has_comments(text):
        start = min((at for at in (text.find("--"), text.find("/*")) if at >= 0), default=0)
        yield Fault(
            NotAllowedHere,
            start,
            text[start : start + 40],
            part_words("an SQL comment", "SQL 注释", "a comment of the YAML file: # ...", "YAML 注释：# ……"),
        )


def call_faults(text: str, aggregates: bool, rows: bool, ignore: frozenset[str] = frozenset()) -> Iterator[Fault]:
    """Calls of functions that are not on the list."""
    allowed = SCALARS | (AGGREGATES if aggregates else frozenset()) | (ROWS if rows else frozenset())
    for call in calls_in(text):
        if call.text in allowed or call.text in STRUCTURE or call.text in ignore:
            continue
        if call.text in INSTEAD:
            yield Fault(
                InexactNumber if call.text not in _UNSTEADY else NotAllowedHere,
                call.start,
                call.text,
                {
                    "part": f"{call.text}()",
                    "instead": INSTEAD[call.text],
                    **part_words(
                        f"{call.text}(), whose result is not always the same,",
                        f"结果不固定的 {call.text}()",
                        INSTEAD[call.text],
                        INSTEAD[call.text],
                    ),
                },
            )
        elif call.text in AGGREGATES:
            yield Fault(
                NotAllowedHere,
                call.start,
                call.text,
                part_words(
                    f"the aggregate {call.text}()",
                    f"聚合函数 {call.text}()",
                    "an expression over one record; add up in a view or in `measures`",
                    "针对单条记录的表达式；汇总请写在视图或 `measures` 中",
                ),
            )
        else:
            yield Fault(
                UnknownFunction,
                call.start,
                call.text,
                {
                    "function": call.text,
                    "functions": ", ".join(sorted(allowed)),
                    "nearest": nearest(call.text, allowed) or "-",
                },
            )


_UNSTEADY = frozenset({"any_value", "first", "last", "now", "today", "current_date", "current_timestamp"})


def float_faults(text: str) -> Iterator[Fault]:
    """Numbers written as floats."""
    for number in floats_in(text):
        yield Fault(InexactNumber, number.start, number.text, {"part": number.text, "instead": "1000, 0.001"})


def parameter_faults(text: str, known: frozenset[str]) -> Iterator[Fault]:
    """Parameters that nobody declared."""
    for each in parameters_in(text):
        if each.text not in known:
            yield Fault(
                UnknownParameter,
                each.start,
                f":{each.text}",
                {"name": each.text, "names": ", ".join(sorted(known)), "nearest": nearest(each.text, known) or "-"},
            )


def placeholder_faults(tree: Any, text: str) -> Iterator[Fault]:
    """Placeholders in another form than `:name`."""
    strange = {"?", "$"} & set(text)
    if len(list(tree.find_all(exp.Placeholder))) != len(list(parameters_in(text))) and strange:
        start = min(text.index(each) for each in strange)
        yield Fault(
            NotAllowedHere,
            start,
            text[start : start + 40],
            part_words("a placeholder of this form", "这种形式的占位符", ":parameter", ":参数名"),
        )


def _parts(tree: Any, text: str, aggregates: bool) -> Iterator[Fault]:
    """Parts of SQL that are not on the list, whatever they are."""
    allowed = STRUCTURAL + (IN_AGGREGATES if aggregates else ())
    calls = function_classes(aggregates, False)
    for node in tree.walk():
        if isinstance(node, exp.Query):
            yield Fault(
                NotAllowedHere,
                start_of(node, text),
                text[:40],
                part_words(
                    "a SELECT",
                    "SELECT 语句",
                    "an expression; a SELECT belongs in a view",
                    "表达式；SELECT 应写在视图中",
                ),
            )
            return
        yield from part_faults(node, text, allowed, calls)


def part_faults(node: Any, text: str, allowed: tuple[type[Any], ...], calls: frozenset[type[Any]]) -> Iterator[Fault]:
    """What is wrong with one node of a parsed text: its kind, a division, a type."""
    found = _part_fault(node, allowed, calls)
    if found is not None:
        kind, values, written = found
        start = start_of(node, text)
        yield Fault(kind, start, written or text[start : start + 40], values)


def _part_fault(
    node: Any, allowed: tuple[type[Any], ...], calls: frozenset[type[Any]]
) -> tuple[type[RuleError], dict[str, str], str] | None:
    """The error, its words and what is written, if that is not the text at the node's place."""
    if isinstance(node, exp.Div):
        return InexactNumber, {"part": "/", "instead": "ratio(a, b), a // b, x * 0.01"}, ""
    if isinstance(node, ORDER_SENSITIVE) and not _says_order(node):
        words = part_words(
            "a list without an order",
            "未指定顺序的列表聚合",
            "list(x ORDER BY x), string_agg(x, ',' ORDER BY x)",
            "list(x ORDER BY x)、string_agg(x, ',' ORDER BY x)",
        )
        return NotAllowedHere, words, ""
    if isinstance(node, exp.DataType):
        if node.this.name in _TYPES:
            return None
        name = node.sql(dialect="duckdb")
        kind: type[RuleError] = InexactNumber if name in ("DOUBLE", "REAL", "FLOAT") else NotAllowedHere
        words = part_words(f"the type {name}", f"类型 {name}", _TYPE_WORDS, _TYPE_WORDS)
        return kind, {"part": name, "instead": "DECIMAL(18,5)", **words}, name
    if not isinstance(node, allowed) and type(node) not in calls:
        name = type(node).__name__
        words = part_words(
            f"{name}",
            f" {name}",
            "fields, literals, parameters, operators and allowed functions",
            "字段、常量、参数、运算符和允许的函数",
        )
        return NotAllowedHere, words, ""
    return None


_TYPE_WORDS = "VARCHAR, DATE, TIME, INTEGER, BIGINT, DECIMAL(18,5), BOOLEAN"
ORDER_SENSITIVE: tuple[type[Any], ...] = (exp.ArrayAgg, exp.GroupConcat)
assert {"list", "array_agg", "string_agg"} <= ORDERED


def _says_order(node: Any) -> bool:
    return any(True for _ in node.find_all(exp.Order)) or isinstance(node.parent, (exp.WithinGroup, exp.Window))


def start_of(node: Any, text: str) -> int:
    """The offset of the first part of a node that knows its place."""
    starts = [each.meta["start"] for each in node.walk() if "start" in each.meta]
    return min(starts, default=0)


def _column(column: exp.Column, text: str, scope: Scope) -> Piece | Fault | None:
    """A column's name made plain, or what is wrong with it; None where nothing is to be changed."""
    name, side = column.name, column.table
    if isinstance(column.this, exp.Star):
        return Fault(
            NotAllowedHere, start_of(column, text), text[:40], part_words("*", " *", "fields by name", "字段名")
        )
    span = span_of(column.this)
    start = span.start
    if side:
        start = span_of(column.args["table"]).start
        if side not in scope.sides or column.args.get("db") is not None:
            sides = ", ".join(f"{each}." for each in scope.sides if each) or "-"
            return Fault(NoSuchSide, start, text[start : span.end], {"side": side, "sides": sides})
    elif scope.bare is None:
        if not any(name in columns for columns in scope.sides.values()):
            return _unknown(name, start, scope, None)
        return Fault(WhichSide, start, name, {"field": name})
    used = side or (scope.bare or "")
    if name not in scope.sides[used]:
        return _unknown(name, span.start, scope, used)
    qualified = f"{used}.{text[span.start : span.end]}" if used else text[span.start : span.end]
    wide = _DECIMAL.match(scope.sides[used][name])
    if wide and column.find_ancestor(exp.Mul) is not None:
        return Piece(start, span.end, f"CAST({qualified} AS DECIMAL(38,5))")
    return Piece(start, span.end, qualified)


def _unknown(name: str, start: int, scope: Scope, side: str | None) -> Fault:
    sides = list(scope.sides) if side is None else [side]
    fields = sorted({column for each in sides for column in scope.sides[each]})
    records = ", ".join(dict.fromkeys(scope.records.get(each, each) for each in sides))
    visible = [each for each in fields if not each.startswith("_")]
    return Fault(
        UnknownField,
        start,
        name,
        {"field": name, "records": records, "fields": ", ".join(visible), "nearest": nearest(name, fields) or "-"},
    )


def part_words(part_en: str, part_zh: str, allowed_en: str, allowed_zh: str) -> dict[str, str]:
    return {"part_en": part_en, "part_zh": part_zh, "allowed_en": allowed_en, "allowed_zh": allowed_zh}
