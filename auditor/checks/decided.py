"""What a check decides outside SQL, kept as tables of the audit, so that its statements can be run again by hand.

Who goes with whom of several candidates, which groups add up, where a chain breaks: such decisions come out of a search
that no statement says. Each stands in `audit.duckdb` as `decided_NAME`, and the statement that takes it up is one like
the others.
"""

from __future__ import annotations

import pyarrow as pa

from auditor.checks.templates import quoted
from auditor.engine import Engine


def take_decided(engine: Engine, name: str, table: pa.Table) -> None:
    """Make the working table `name` of what was decided, and keep it."""
    kept = f"decided_{name}"
    engine.create(kept, table)
    engine.execute(f"CREATE OR REPLACE TEMP TABLE {quoted(name)} AS FROM {quoted(kept)}")
