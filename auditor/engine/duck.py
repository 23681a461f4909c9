"""DuckDB inside the process: tables in, SQL, tables out. Nothing outside `auditor.engine` imports duckdb."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from auditor import interrupts
from auditor.engine.errors import EngineError

MONEY = "DECIMAL(18,5)"
_TEMPORARY = (Path("/tmp"), Path("/var/tmp"))  # where TMPDIR names a folder whose name is no text
_open: list[duckdb.DuckDBPyConnection] = []  # what a signal interrupts, see `interrupts`


class DuckEngine:
    """One DuckDB database, in memory or in a file.

    Decimals stay decimals on every way out: `rows` gives `decimal.Decimal`, `arrow` gives decimal128.
    No statement can reach a file, an extension or a variable of the program: external access is shut off and locked.
    """

    def __init__(self, path: Path | None = None, *, memory_limit: str = "1200MB", threads: int | None = None,
                 temporary: Path | None = None, read_only: bool = False) -> None:
        config: dict[str, Any] = {"memory_limit": memory_limit, "preserve_insertion_order": True}
        if threads is not None:
            config["threads"] = threads
        if temporary is not None:
            config["temp_directory"] = str(temporary)
        self._elsewhere = _Elsewhere(path) if path and not is_text(path) else None
        place = self._elsewhere.place if self._elsewhere else path
        self._connection = duckdb.connect(str(place) if place else ":memory:", read_only=read_only, config=config)
        interrupts.when_interrupted(_interrupt_all)
        _open.append(self._connection)
        for setting in ("enable_external_access=false", "python_enable_replacements=false", "lock_configuration=true"):
            self._connection.execute(f"SET {setting}")
        self._log: list[str] | None = None
        self._within = False

    def sibling(self) -> DuckEngine:
        """The same database by a connection of its own, for a second thread: tables are shared, temporary ones and
        transactions are not. To be closed before this one."""
        other = object.__new__(DuckEngine)
        other._elsewhere, other._log, other._within = None, None, False
        other._connection = self._connection.cursor()
        _open.append(other._connection)
        return other

    @property
    def within_transaction(self) -> bool:
        """Whether a transaction is open, of which a sibling would see nothing."""
        return self._within

    def interrupt(self) -> None:
        """End the statement that is running in another thread; it raises there."""
        self._connection.interrupt()

    def close(self) -> None:
        """Let go of the database. Closing twice does nothing."""
        with interrupts.held():
            if self._connection in _open:
                _open.remove(self._connection)
            self._connection.close()
            if self._elsewhere:
                self._elsewhere.bring()

    def execute(self, sql: str, parameters: Sequence[Any] | Mapping[str, Any] | None = None) -> None:
        """Run one statement."""
        self._run(sql, parameters)

    def rows(self, sql: str, parameters: Sequence[Any] | Mapping[str, Any] | None = None) -> list[tuple[Any, ...]]:
        """All rows of a query as tuples."""
        with _translated(sql):
            return self._run(sql, parameters).fetchall()

    def dicts(self, sql: str, parameters: Sequence[Any] | Mapping[str, Any] | None = None) -> list[dict[str, Any]]:
        """All rows of a query as dicts by column name."""
        with _translated(sql):
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
        with _translated(sql):
            # a relation gives its rows without the extra copy that a cursor's result costs
            relation = self._connection.sql(sql) if parameters is None else self._connection.sql(sql, params=parameters)
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
        log, self._log = self._log, None  # nobody could run it again: what is handed over is in no database
        try:
            with self.registered(_incoming=table):
                self._run(f'CREATE OR REPLACE {"TEMP " if temporary else ""}TABLE "{name}" AS FROM _incoming')
        finally:
            self._log = log

    def columns(self, name: str) -> dict[str, str]:
        """Column names and SQL types of a table or view, in order."""
        return {row[0]: row[1] for row in self._run(f'DESCRIBE "{name}"').fetchall()}

    def exists(self, name: str) -> bool:
        """Whether there is a table of the name."""
        return bool(self.value("SELECT count(*) FROM duckdb_tables() WHERE table_name = ?", [name]))

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
            with _translated("COMMIT" if keep else "ROLLBACK"):
                if keep:
                    self._connection.commit()
                else:
                    self._connection.rollback()

    @property
    def recorded(self) -> bool:
        """Whether the statements are being written down, to be run again on any records: no step may be left out for
        want of records."""
        return self._log is not None

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
        with _translated(sql):
            if parameters is None:
                return self._connection.execute(sql)
            return self._connection.execute(sql, parameters)


class _Elsewhere:
    """A database whose path DuckDB cannot be told (a name in it is no text): made elsewhere, brought at the end."""

    def __init__(self, path: Path) -> None:
        self._path = path
        usual = [each for each in _TEMPORARY if is_text(each) and os.access(each, os.W_OK)]
        folder = None if is_text(Path(tempfile.gettempdir())) or not usual else usual[0]
        self._folder = tempfile.TemporaryDirectory(prefix="auditor-", dir=folder, ignore_cleanup_errors=True)
        self.place = Path(self._folder.name) / "audit.duckdb"

    def bring(self) -> None:
        """The file to its path; a second time there is nothing to bring."""
        if self.place.exists():
            shutil.move(self.place, self._path)
            self._folder.cleanup()


def is_text(path: Path) -> bool:
    """Whether a path can be told to a library that takes UTF-8: on POSIX a name may be any bytes."""
    try:
        str(path).encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


@contextmanager
def _translated(sql: str) -> Iterator[None]:
    """What DuckDB raises as what it means: an EngineError, or the signal that it turned into an error of its own."""
    interrupts.check()
    try:
        yield
    except duckdb.InterruptException as error:
        raise interrupts.interruption() from error
    except duckdb.Error as error:
        interrupts.check()
        raise EngineError(None, sql.strip()[:300], reason=str(error).strip()) from error
    except RuntimeError as error:
        if _INTERRUPTED in str(error):
            raise interrupts.interruption() from error
        raise


_INTERRUPTED = "Query interrupted"  # DuckDB's words in place of what a handler of signals has raised


def _interrupt_all() -> None:
    """From another thread: end the statements that are running."""
    for connection in _open:
        with suppress(duckdb.Error):  # closed meanwhile: there is nothing to end
            connection.interrupt()


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
        statement = (
            f"SELECT * FROM read_csv('{escaped}', auto_detect = false, header = false, "
            f"delim = {_quoted(delimiter)}, "
            f"quote = '\"', escape = '\"', null_padding = true, strict_mode = true, "
            f"parallel = {str(parallel).lower()}, columns = {{{columns}}})"
        )
        try:
            with _translated(statement):
                return connection.sql(statement).to_arrow_table()
        except EngineError as error:
            raise ValueError(str(error.values["reason"]).splitlines()[0]) from error


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def exact(value: Any) -> Decimal:
    """A number of the engine as Decimal; a float is refused."""
    if isinstance(value, float):
        raise TypeError("money must not pass through a float")
    return Decimal(value)
