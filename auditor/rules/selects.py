"""SELECTs of views and queries: one read-only statement over known records, made of allowed parts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from auditor.marked_yaml import nearest
from auditor.rules.conditions import (
    IN_AGGREGATES,
    STRUCTURAL,
    Fault,
    call_faults,
    float_faults,
    parameter_faults,
    part_faults,
    part_words,
    placeholder_faults,
    start_of,
    syntax_fault,
)
from auditor.rules.errors import ExpressionType, NotAllowedHere, UnknownField, UnknownRecords
from auditor.rules.functions import function_classes
from auditor.rules.tokens import parameters_in, steady

_SELECTS: tuple[type[Any], ...] = (
    exp.Select, exp.Union, exp.Except, exp.Intersect, exp.Subquery, exp.With, exp.CTE, exp.From, exp.Join, exp.Group,
    exp.Having, exp.Qualify, exp.Window, exp.WindowSpec, exp.Alias, exp.TableAlias, exp.Table, exp.Unnest, exp.Exists,
    exp.Limit, exp.Values, exp.Lateral,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class CheckedSelect:
    """A SELECT ready for the engine but for its parameters; what it reads and uses; or what is wrong with it."""

    sql: str
    reads: frozenset[str] = frozenset()
    uses: frozenset[str] = frozenset()
    faults: tuple[Fault, ...] = ()


def check_select(text: str, tables: frozenset[str], parameters: frozenset[str]) -> CheckedSelect:
    """Let a SELECT through, or say all that is wrong with it. `tables` are the records, views and tables it may
    read.
    """
    sql = text.rstrip().rstrip(";").rstrip()  # offsets stay those of the text
    try:
        trees: list[Any] = list(sqlglot.parse(sql, read="duckdb"))
    except SqlglotError as error:
        return CheckedSelect(sql, faults=(syntax_fault(error, sql),))
    if len(trees) != 1 or not isinstance(trees[0], (exp.Select, exp.Union, exp.Except, exp.Intersect, exp.Subquery)):
        words = part_words(
            "anything but one SELECT", "单个 SELECT 以外的语句", "SELECT ... FROM ...", "SELECT …… FROM ……"
        )
        return CheckedSelect(sql, faults=(Fault(NotAllowedHere, 0, sql[:60], words),))
    tree = trees[0]
    own = {each.alias for each in tree.find_all(exp.CTE)}
    aliases = frozenset(each.name.lower() for each in tree.find_all(exp.TableAlias)) | {each.lower() for each in own}
    faults = [
        *call_faults(sql, aggregates=True, rows=True, ignore=aliases),
        *float_faults(sql),
        *placeholder_faults(tree, sql),
        *parameter_faults(sql, parameters),
    ]
    calls = function_classes(True, True)
    for node in tree.walk():
        faults += part_faults(node, sql, STRUCTURAL + IN_AGGREGATES + _SELECTS, calls)
        faults += _select_faults(node, sql, tables | own)
    reads = frozenset(each.name for each in tree.find_all(exp.Table)) - own
    uses = frozenset(each.text for each in parameters_in(sql))
    seen: dict[int, Fault] = {}
    for fault in faults:
        seen.setdefault(fault.start, fault)
    return CheckedSelect(
        sql if seen else steady(sql), reads & tables, uses, tuple(seen[start] for start in sorted(seen))
    )


def _select_faults(node: Any, text: str, tables: frozenset[str] | set[str]) -> Iterator[Fault]:
    if isinstance(node, exp.Table):
        start = start_of(node, text)
        if not isinstance(node.this, exp.Identifier) or node.args.get("db") is not None:
            yield Fault(
                NotAllowedHere,
                start,
                text[start : start + 40],
                part_words(
                    "a function or a file as a table", "以函数或文件作为表", "a record type or a view", "记录类型或视图"
                ),
            )
        elif node.name not in tables:
            yield Fault(
                UnknownRecords,
                start,
                node.name,
                {"name": node.name, "names": ", ".join(sorted(tables)), "nearest": nearest(node.name, tables) or "-"},
            )
    elif isinstance(node, exp.With) and node.args.get("recursive"):
        yield Fault(
            NotAllowedHere,
            start_of(node, text),
            "WITH RECURSIVE",
            part_words("WITH RECURSIVE", "WITH RECURSIVE", "WITH without RECURSIVE", "不带 RECURSIVE 的 WITH"),
        )


_LINE = re.compile(r"LINE (\d+):")


def engine_fault(reason: str, text: str, lines_before: int = 0) -> Fault:
    """What the engine says of a statement, at its place. `lines_before`: lines of the statement before `text`."""
    first = reason.split("\n")[0]
    line = _LINE.search(reason)
    start = 0
    if line:
        number = int(line[1]) - 1 - lines_before
        start = sum(len(each) + 1 for each in text.split("\n")[: max(0, number)])
    missing = re.search(r'"([^"]+)"', first)
    if missing and re.search(r"not found in FROM|does not have a column", first):
        name = re.findall(r'"([^"]+)"', first)[-1 if "does not have" in first else 0]
        word = re.compile(rf"\b{re.escape(name)}\b").search(text, min(start, len(text))) or re.search(
            rf"\b{re.escape(name)}\b", text
        )
        candidates = [
            each.split(".")[-1] for each in re.findall(r'"([^"]+)"', reason.partition("Candidate bindings")[2])
        ]
        return Fault(
            UnknownField,
            word.start() if word else start,
            name,
            {
                "field": name,
                "records": "FROM",
                "fields": ", ".join(candidates) or "-",
                "nearest": nearest(name, candidates) or (candidates[0] if candidates else "-"),
            },
        )
    reason_en = first.strip()
    return Fault(
        ExpressionType,
        min(start, len(text)),
        text[start:].split("\n")[0].strip()[:80],
        {"reason_en": reason_en, "reason_zh": f"引擎不接受，原文：{reason_en}"},
    )
