"""An engine with all tables and no records, in which rules are tried before they meet a document."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from auditor.engine import Engine, EngineError
from auditor.records.audit_tables import AUDIT_TABLES
from auditor.records.model import RecordType
from auditor.rules.conditions import Fault, Scope
from auditor.rules.errors import ExpressionType, InexactNumber
from auditor.rules.macros import create_macros
from auditor.rules.parameters import ParameterValue, literals_of
from auditor.rules.scopes import OUTCOME_VARIABLES, Columns, Expects
from auditor.rules.selects import engine_fault
from auditor.rules.tables import create_empty_tables
from auditor.rules.tokens import with_parameters
from auditor.rules.word_lists import WordList

_NAME = re.compile(r"\w+")
_MONTH = (date(2026, 1, 1), date(2026, 1, 31))
_INEXACT = ("DOUBLE", "FLOAT", "REAL")
_NUMBERS = ("DECIMAL", "BIGINT", "INTEGER", "HUGEINT", "SMALLINT", "TINYINT", "UBIGINT", "UINTEGER")
_ALLOWED: dict[Expects, tuple[tuple[str, ...], str, str]] = {
    "condition": (("BOOLEAN",), "a condition, true or false", "条件（真或假）"),
    "number": (_NUMBERS, "an amount or a number", "金额或数字"),
    "date": (("DATE",), "a date", "日期"),
    "text": (("VARCHAR",), "text", "文本"),
}


@dataclass(frozen=True, slots=True)
class Tried:
    """An expression to be tried: its SQL with `:parameters`, what it sees and what it must give."""

    sql: str
    scope: Scope
    expects: Expects


class Workbench:
    """Tries views and expressions on empty tables, with `values` for the parameters and a month for the period."""

    def __init__(
        self,
        types: Mapping[str, RecordType],
        values: Mapping[str, ParameterValue],
        words: Mapping[str, WordList] | None = None,
    ) -> None:
        self.engine = Engine(threads=1)
        self.values = dict(values)
        self.parameters = literals_of(values, words or {}, period=_MONTH, currency="CNY", entity=None)
        self.columns: dict[str, Columns] = {name: each.columns() for name, each in types.items()}
        self.columns.update(AUDIT_TABLES)
        create_empty_tables(self.engine, types)
        create_macros(self.engine)

    def close(self) -> None:
        self.engine.close()

    def view(self, name: str, sql: str) -> Fault | None:
        """Keep the columns of a view, or say why the engine does not take it. It becomes an empty table of its columns,
        so that what reads it is tried without all that it reads in turn."""
        columns = self.select(sql)
        if isinstance(columns, Fault):
            return columns
        made = ", ".join(f'"{column.replace(chr(34), chr(34) * 2)}" {kind}' for column, kind in columns.items())
        self.engine.execute(f'CREATE OR REPLACE TABLE "{name}" ({made})')
        self.columns[name] = columns
        return None

    def select(self, sql: str) -> Columns | Fault:
        """The columns of a SELECT."""
        try:
            rows = self.engine.rows("DESCRIBE\n" + with_parameters(sql, self.parameters))
        except EngineError as error:
            return engine_fault(str(error.values["reason"]), sql, lines_before=1)
        columns: Columns = {str(name): str(kind) for name, kind, *_ in rows}
        for column, kind in columns.items():
            if kind.removesuffix("[]") in _INEXACT:
                at = max(0, sql.rfind(column))
                return Fault(
                    InexactNumber, at, column, {"part": column, "instead": "ratio(a, b), CAST(... AS DECIMAL(18,5))"}
                )
        return columns

    def types(self, tried: Sequence[Tried]) -> list[Fault | None]:
        """What is wrong with each expression, None where nothing is. Those that see the same are tried together."""
        result: list[Fault | None] = [None] * len(tried)
        groups: dict[int, list[int]] = {}
        for number, each in enumerate(tried):
            groups.setdefault(id(each.scope), []).append(number)
        for numbers in groups.values():
            try:
                kinds = self._describe([tried[number] for number in numbers])
            except EngineError:
                kinds = []
            for position, number in enumerate(numbers):
                result[number] = self._fault(tried[number], kinds[position] if kinds else None)
        return result

    def _fault(self, each: Tried, kind: str | None) -> Fault | None:
        if kind is None:
            try:
                kind = self._describe([each])[0]
            except EngineError as error:
                return engine_fault(str(error.values["reason"]).partition("LINE ")[0], each.sql)
        if kind in _INEXACT:
            return Fault(InexactNumber, 0, each.sql, {"part": each.sql, "instead": "ratio(a, b), round(x, 2)"})
        if each.expects == "anything" or kind == '"NULL"':
            return None
        allowed, en, zh = _ALLOWED[each.expects]
        if kind.split("(")[0] in allowed:
            return None
        return Fault(
            ExpressionType,
            0,
            each.sql,
            {"reason_en": f"this gives {kind}, and must give {en}", "reason_zh": f"结果类型为 {kind}，应为{zh}"},
        )

    def _describe(self, tried: Sequence[Tried]) -> list[str]:
        """The types of expressions that see the same."""
        scope = tried[0].scope
        named = {word for each in tried for word in _NAME.findall(each.sql)}
        sources = []
        for side, columns in scope.sides.items():
            nulls = [f'CAST(NULL AS {kind}) AS "{name}"' for name, kind in columns.items() if name in named]
            sources.append(f"(SELECT {', '.join(nulls) or 'NULL'}) {side}")
        variables = {name: f"CAST(NULL AS {OUTCOME_VARIABLES[name]})" for name in scope.variables}
        values = ", ".join(
            f"({with_parameters(each.sql, {**variables, **self.parameters})}) AS _{number}"
            for number, each in enumerate(tried)
        )
        return [str(row[1]) for row in self.engine.rows(f"DESCRIBE SELECT {values} FROM {', '.join(sources)}")]
