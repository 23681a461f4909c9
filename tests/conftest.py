"""Options of all tests."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from hypothesis import settings

from auditor.engine import DuckEngine
from auditor.records.loader import record_types

# the same examples in every run: a test that fails now and then says nothing of the change that it fails on
settings.register_profile("repeatable", derandomize=True, deadline=None)
settings.load_profile("repeatable")

# what a test reads does not depend on what was read before it, and leaves nothing with the user
os.environ["AUDITOR_NO_CACHE"] = "1"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-goldens", action="store_true", help="write what comes out as what is expected")


@pytest.fixture
def update_goldens(request: pytest.FixtureRequest) -> bool:
    """Whether golden files are to be written anew instead of compared."""
    return bool(request.config.getoption("--update-goldens"))


@pytest.fixture
def tables() -> Iterator[DuckEngine]:
    """An engine with an empty table for each record type."""
    engine = DuckEngine(threads=1)
    for record in record_types().values():
        columns = ", ".join(f'"{name}" {kind}' for name, kind in record.columns().items())
        engine.execute(f'CREATE TABLE "{record.name}" ({columns})')
    yield engine
    engine.close()
