"""What `rules show ID --sql` prints can be run by hand on a copy of the audit's database, and gives the same outcomes."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

import auditor
from auditor.audit.preview import statements_of
from auditor.resources import rules_folder
from auditor.rules.loader import load_rule_set

ROOT = Path(__file__).resolve().parents[2]
RULES = load_rule_set(rules_folder() / "freight-month-end")
ENTITY = "捷远国际货运代理有限公司"
OCTOBER = (date(2026, 10, 1), date(2026, 10, 31))


@pytest.fixture(scope="module")
def audited(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Mapping[str, str]]:
    """The folder that the audit of the sample month leaves, and the status of each rule."""
    folder = tmp_path_factory.mktemp("audited")
    audit = auditor.run(ROOT / "samples" / "jieyuan-2026-10", output=folder / "out")
    return folder, {rule.id: rule.status for rule in audit.result.rules}


@pytest.fixture(scope="module")
def copied(audited: tuple[Path, Mapping[str, str]]) -> Iterator[duckdb.DuckDBPyConnection]:
    """A copy of the database that the audit of the sample month leaves."""
    folder, _ = audited
    shutil.copy(folder / "out" / "audit.duckdb", folder / "copy.duckdb")
    with duckdb.connect(str(folder / "copy.duckdb")) as connection:
        yield connection


def outcomes(connection: duckdb.DuckDBPyConnection, rule: str) -> list[Any]:
    return connection.execute(f'SELECT * FROM "outcome_{rule.replace("-", "_")}" ORDER BY ALL').fetchall()


@pytest.mark.parametrize("rule", sorted(RULES.rules))
def test_every_shipped_rule_gives_its_outcomes_again(
    audited: tuple[Path, Mapping[str, str]], copied: duckdb.DuckDBPyConnection, rule: str
) -> None:
    if audited[1][rule] == "not run":
        pytest.skip("the sample month has no documents for it")
    before = outcomes(copied, rule)
    copied.execute(f'DROP TABLE "outcome_{rule.replace("-", "_")}"')
    for statement in statements_of(RULES, rule, OCTOBER, ENTITY):
        copied.execute(statement)
    assert outcomes(copied, rule) == before


def test_nothing_is_printed_that_only_the_program_could_run() -> None:
    for rule in RULES.rules:
        for statement in statements_of(RULES, rule, OCTOBER):
            assert "_incoming" not in statement and "?" not in statement.replace("'?'", "").split("regexp")[0], statement
