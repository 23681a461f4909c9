"""The functions that a rule may use: none reads a file, a clock or chance, none gives a floating-point number.

What is not named here cannot be called. Aggregates may stand in measures, views and queries; windows and list functions
that make rows in views and queries alone.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import sqlglot
from sqlglot import exp

from auditor.rules.macros import AGGREGATE_MACROS, MACROS

SCALARS = frozenset({
    # choosing
    "coalesce", "ifnull", "nullif", "if", "greatest", "least", "cast", "try_cast",
    # numbers
    "abs", "sign", "round", "floor", "ceil", "ceiling", "mod",
    # text
    "lower", "upper", "trim", "ltrim", "rtrim", "length", "len", "substr", "substring", "left", "right", "replace",
    "reverse", "translate", "concat", "concat_ws", "lpad", "rpad", "starts_with", "ends_with", "suffix", "contains",
    "strpos", "instr", "split_part", "string_split", "regexp_matches", "regexp_full_match", "regexp_extract",
    "regexp_extract_all", "regexp_replace", "printf", "levenshtein", "damerau_levenshtein",
    # dates
    "strftime", "year", "month", "day", "quarter", "dayofweek", "isodow", "last_day", "date_trunc", "date_diff",
    "datediff", "date_part", "extract", "make_date",
    # lists
    "list_contains", "list_has_any", "list_value", "list_sort", "list_distinct", "list_concat", "array_to_string",
    *MACROS,
})  # fmt: skip

AGGREGATES = frozenset(
    {
        "count",
        "sum",
        "min",
        "max",
        "bool_or",
        "bool_and",
        "string_agg",
        "listagg",
        "group_concat",
        "list",
        "array_agg",
        "count_if",
        "max_by",
        "min_by",
        "arg_max",
        "arg_min",
        *AGGREGATE_MACROS,
    }
)

# These depend on the order of rows unless they say an order themselves.
ORDERED = frozenset({"string_agg", "listagg", "group_concat", "list", "array_agg"})

ROWS = frozenset(
    {
        "row_number",
        "rank",
        "dense_rank",
        "lag",
        "lead",
        "first_value",
        "last_value",
        "nth_value",
        "ntile",
        "unnest",
        "range",
        "generate_series",
        "flatten",
    }
)

# These take what comes first among equals; `tokens.steady` lets the value itself decide.
BY_ANOTHER = frozenset({"max_by", "min_by", "arg_max", "arg_min"})

# Refused, with what to write instead.
INSTEAD = {
    "avg": "ratio(sum(x), count(x))", "mean": "ratio(sum(x), count(x))", "quantile_cont": "quantile(x, 0.9)",
    "quantile_disc": "quantile(x, 0.9)",
    "stddev": "product(x, x) and sums: exact numbers", "variance": "product(x, x) and sums: exact numbers",
    "any_value": "min(x)", "first": "min(x), or row_number() OVER (ORDER BY ...)", "last": "max(x)",
    "now": ":period_end", "today": ":period_end", "current_date": ":period_end", "current_timestamp": ":period_end",
    "sqrt": "product(x, x) on the other side", "power": "product(x, x)", "pow": "product(x, x)",
    "divide": "ratio(a, b)",
}  # fmt: skip

# Words that may stand before a bracket without calling anything.
STRUCTURE = frozenset({
    "in", "and", "or", "not", "when", "then", "else", "end", "between", "on", "over", "filter", "as",
    "exists", "from", "join", "select", "where", "using", "by", "union", "intersect", "except", "all",
    "distinct", "like", "ilike", "interval", "case", "is", "having", "qualify", "with", "exclude", "limit",
    "values", "partition", "order", "rows", "name", "escape", "materialized", "decimal", "numeric", "varchar",
})  # fmt: skip


@cache
def function_classes(aggregates: bool, rows: bool) -> frozenset[type[Any]]:
    """The parser's classes for the allowed functions."""
    names = SCALARS | (AGGREGATES if aggregates else frozenset()) | (ROWS if rows else frozenset())
    return frozenset(each for name in names for each in _classes(name))


@cache
def _classes(name: str) -> frozenset[type[Any]]:
    """The parser's classes for one function, whatever the number of its arguments."""
    found: set[type[Any]] = set()
    for arguments in ("", "a", "a, b", "a, b, c"):
        tree = _parsed(f"{name}({arguments})")
        found.update(type(node) for node in tree.walk() if isinstance(node, exp.Func))
    return frozenset(found)


def _parsed(text: str) -> Any:
    try:
        return sqlglot.parse_one(text, read="duckdb")
    except sqlglot.ParseError:  # a number of arguments that the function does not take
        return exp.Null()
