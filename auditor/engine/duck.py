"""DuckDB inside the process: tables in, SQL, tables out. Nothing outside `auditor.engine` imports duckdb."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from auditor.engine.errors import EngineError

MONEY = "DECIMAL(18,5)"


class DuckEngine:
    """One DuckDB database, in memory or in a file.

    Decimals stay decimals on every way out: `rows` gives `decimal.Decimal`, `arrow` gives decimal128.
    No statement can reach a file, an extension or a variable of the program: external access is shut off and locked.
    """

    def __init__(self, path: Path | None = None, *, memory_limit: str = "1200MB", threads: int | None = None,
                 temporary: Path | None = None) -> None:
        config: dict[str, Any] = {"memory_limit": memory_limit, "preserve_insertion_order": True}
        if threads is not None:
            config["threads"] = threads
        if temporary is not None:
            config["temp_directory"] = str(temporary)
        self._connection = duckdb.connect(str(path) if path else ":memory:", config=config)
        for setting in ("enable_external_access=false", "python_enable_replacements=false", "lock_configuration=true"):
            self._connection.execute(f"SET {setting}")
        self._log: list[str] | None = None
        self._within = False

    def close(self) -> None:
        self._connection.close()

    def execute(self, sql: str, parameters: Sequence[Any] | Mapping[str, Any] | None = None) -> None:
        """Run one statement."""
        self._run(sql, parameters)

    def rows(self, sql: str, parameters: Sequence[Any] | Mapping[str, Any] | None = None) -> list[tuple[Any, ...]]:
        """All rows of a query as tuples."""
        return self._run(sql, parameters).fetchall()

    def dicts(self, sql: str, parameters: Sequence[Any] | Mapping[str, Any] | None = None) -> list[dict[str, Any]]:
        """All rows of a query as dicts by column name."""
        result = self._run(sql, parameters)
        names = [column[0] for column in result.description]
        return [dict(zip(names, row, strict=True)) for row in result.fetchall()]

    def value(self, sql: str, parameters: Sequence[Any] | Mapping[str, Any] | None = None) -> Any:
        """The one value of a query with one row and one column."""
        return self.rows(sql, parameters)[0][0]

    def arrow(self, sql: str, parameters: Sequence[Any] | Mapping[str, Any] | None = None) -> pa.Table:
        """A query's result as an Arrow table."""
        if self._log is not None:
            self._log.append(sql.strip())
        # a relation gives its rows without the extra copy that a cursor's result costs
        relation = self._connection.sql(sql, params=parameters) if parameters is not None else self._connection.sql(sql)
        return relation.to_arrow_table()

    @contextmanager
    def registered(self, **tables: pa.Table) -> Iterator[None]:
        """Arrow tables visible under the given names while the block runs, without a copy."""
        for name, table in tables.items():
            self._connection.register(name, table)
        try:
            yield
        finally:
            for name in tables:
                self._connection.unregister(name)

    def create(self, name: str, table: pa.Table, *, temporary: bool = False) -> None:
        """A table of the engine from an Arrow table (or a copy of a query's result)."""
        with self.registered(_incoming=table):
            self._run(f'CREATE OR REPLACE {"TEMP " if temporary else ""}TABLE "{name}" AS FROM _incoming')

    def columns(self, name: str) -> dict[str, str]:
        """Column names and SQL types of a table or view, in order."""
        return {row[0]: row[1] for row in self._run(f'DESCRIBE "{name}"').fetchall()}

    def exists(self, name: str) -> bool:
        return bool(self.value("SELECT count(*) FROM duckdb_columns() WHERE table_name = ?", [name]))

    @contextmanager
    def transaction(self, *, keep: bool = True) -> Iterator[None]:
        """The statements of the block as one: all of them hold, or none if the block raises or `keep` is false.

        One inside another is part of it. Many small statements cost less together than each alone.
        """
        if self._within:
            yield
            return
        self._connection.begin()
        self._within = True
        try:
            yield
        except BaseException:
            keep = False
            raise
        finally:
            self._within = False
            if keep:
                self._connection.commit()
            else:
                self._connection.rollback()

    @contextmanager
    def recording(self) -> Iterator[list[str]]:
        """The statements that run inside the block, in order: what `rules show --sql` prints."""
        before, self._log = self._log, []
        try:
            yield self._log
        finally:
            self._log = before

    def _run(self, sql: str, parameters: Any = None) -> duckdb.DuckDBPyConnection:
        if self._log is not None:
            self._log.append(sql.strip())
        try:
            if parameters is None:
                return self._connection.execute(sql)
            return self._connection.execute(sql, parameters)
        except duckdb.Error as error:
            raise EngineError(None, sql.strip()[:300], reason=str(error).strip()) from error


def read_delimited(path: Path, *, delimiter: str, width: int, parallel: bool = True,
                   memory_limit: str = "1200MB") -> pa.Table:
    """A UTF-8 delimited file in bulk: string columns `c0` to `c{width - 1}`, all rows in order, empty cells null.

    Short rows are padded; empty lines are left out. A connection of its own that may read this one file and nothing
    else. Strict, since what is not strict loses cells without a word: raises ValueError for a row wider than `width`,
    a stray quote, mixed line ends, a line break inside quotes where `parallel`.
    """
    escaped = str(path).replace("'", "''")
    columns = ", ".join(f"'c{index}': 'VARCHAR'" for index in range(width))
    config: dict[str, Any] = {"memory_limit": memory_limit, "preserve_insertion_order": True}
    with duckdb.connect(":memory:", config=config) as connection:
        connection.execute(f"SET allowed_paths = ['{escaped}']")
        connection.execute("SET enable_external_access = false")
        connection.execute("SET lock_configuration = true")
        try:
            result = connection.sql(
                f"SELECT * FROM read_csv('{escaped}', auto_detect = false, header = false, "
                f"delim = {_quoted(delimiter)}, "
                f"quote = '\"', escape = '\"', null_padding = true, strict_mode = true, "
                f"parallel = {str(parallel).lower()}, columns = {{{columns}}})"
            )
            return result.to_arrow_table()
        except duckdb.Error as error:
            raise ValueError(str(error).splitlines()[0]) from error


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def exact(value: Any) -> Decimal:
    """A number of the engine as Decimal; a float is refused."""
    if isinstance(value, float):
        raise TypeError("money must not pass through a float")
    return Decimal(value)
