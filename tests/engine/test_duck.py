"""The engine: exact on every way out, and shut off from everything outside."""

from __future__ import annotations

import os
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pytest

from auditor.engine import DuckEngine, EngineError, exact


@pytest.fixture
def engine() -> DuckEngine:
    return DuckEngine()


def test_decimals_stay_decimals(engine: DuckEngine) -> None:
    engine.execute("CREATE TABLE 账 AS SELECT CAST('1234567890123.45678' AS DECIMAL(18,5)) AS 金额")
    assert engine.rows("SELECT 金额 FROM 账") == [(Decimal("1234567890123.45678"),)]
    assert engine.dicts("SELECT 金额 FROM 账") == [{"金额": Decimal("1234567890123.45678")}]
    assert engine.arrow("SELECT 金额 FROM 账").column(0).to_pylist() == [Decimal("1234567890123.45678")]


def test_a_float_is_refused() -> None:
    with pytest.raises(TypeError):
        exact(float("1.5"))
    assert exact("1.50") == Decimal("1.50")


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM read_csv('{file}')",
        "SELECT * FROM read_text('{file}')",
        "COPY (SELECT 1) TO '{file}.out'",
        "ATTACH '{file}.duckdb'",
        "INSTALL httpfs",
        "SET enable_external_access=true",
        "SELECT * FROM a_variable",
    ],
)
def test_no_statement_reaches_outside(engine: DuckEngine, tmp_path: Path, statement: str) -> None:
    a_variable = pa.table({"a": [1]})
    file = tmp_path / "秘密.csv"
    file.write_text("a\n1\n", encoding="utf-8")
    with pytest.raises(EngineError):
        engine.execute(statement.format(file=file))
    assert a_variable.num_rows == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["秘密.csv"]


def test_registered_tables_are_gone_after_the_block(engine: DuckEngine) -> None:
    with engine.registered(进=pa.table({"a": [1, 2]})):
        assert engine.value("SELECT sum(a) FROM 进") == 3
    with pytest.raises(EngineError):
        engine.execute("SELECT * FROM 进")


def test_statements_are_recorded_in_order(engine: DuckEngine) -> None:
    with engine.recording() as statements:
        engine.execute("CREATE TABLE t (a INTEGER)")
        engine.rows("SELECT * FROM t")
    engine.rows("SELECT 1")
    assert statements == ["CREATE TABLE t (a INTEGER)", "SELECT * FROM t"]


def test_a_transaction_holds_whole_or_not_at_all() -> None:
    engine = DuckEngine(threads=1)
    with engine.transaction():
        engine.execute("CREATE TABLE 收据 (no VARCHAR)")
        with engine.transaction():  # part of the outer one
            engine.execute("INSERT INTO 收据 VALUES ('0003101')")
    with pytest.raises(EngineError), engine.transaction():
        engine.execute("INSERT INTO 收据 VALUES ('0003102')")
        engine.execute("SELECT nothing FROM nowhere")
    with engine.transaction(keep=False):
        engine.execute("DELETE FROM 收据")
        assert engine.value("SELECT count(*) FROM 收据") == 0
    assert engine.rows("SELECT no FROM 收据") == [("0003101",)]
    engine.close()


@pytest.mark.skipif(os.name == "nt", reason="names are Unicode there")
def test_a_database_in_a_folder_whose_name_is_no_text(tmp_path: Path) -> None:
    folder = Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + "月结".encode("gbk")))
    try:
        folder.mkdir()
    except OSError:
        pytest.skip("the file system takes UTF-8 names only")
    engine = DuckEngine(folder / "audit.duckdb")
    engine.execute("CREATE TABLE a AS SELECT 1 AS n")
    engine.close()
    engine.close()
    assert [each.name for each in folder.iterdir()] == ["audit.duckdb"]
