"""Ctrl-C and SIGTERM in a batch: what was finished stays and is whole, nothing goes on in the background."""

from __future__ import annotations

import shutil
import signal
import sys
from pathlib import Path

import pytest
from commands import inputs, run
from test_interrupted import hooked

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX signals")

BATCH = ["batch", "two", "--rules", "rules", "--lang", "en", "--at", "2026-11-02T09:00:00+08:00", "-o", "out"]
FIRST_DONE = """
import auditor.audit.batch.batches as batches
calls = []
before(batches, 'remember', lambda *a: calls.append(a) or len(calls) == 2)
"""
RUNNING = """
import auditor.audit.batch.processes as processes
processes.CHILD = "import pathlib, os; pathlib.Path(f'pid-{os.getpid()}').touch(); import time; time.sleep(60)"
import pathlib, time
def when_it_runs():
    while not [*pathlib.Path().glob("pid-*")]:
        time.sleep(0.05)
    hit()
threading.Thread(target=when_it_runs, daemon=True).start()
"""
PARTLY = "interrupted; what was finished is written and whole, and the same command goes on from there"


@pytest.fixture
def group(tmp_path: Path) -> Path:
    inputs(tmp_path)
    (tmp_path / "tmp").mkdir()
    for company in ("A", "B"):
        shutil.copytree(tmp_path / "month", tmp_path / "two" / company / "2026-10")
    return tmp_path


def written(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_what_was_finished_stays_and_the_next_run_goes_on(group: Path) -> None:
    code, said = hooked(FIRST_DONE, group, [*BATCH, "--jobs", "1"], signal.SIGTERM)
    assert (code, said[-1]) == (143, PARTLY)
    month = ["audit.duckdb", "batch.json", "findings.json", "report.html", "report.xlsx"]
    first = [f"A/2026-10/{name}" for name in month]
    second = [f"B/2026-10/{name}" for name in month if name != "batch.json"]
    assert written(group / "out") == first + second
    done = run(BATCH, group)
    assert done.returncode == 1
    assert "2 months: 0 can be closed; 1 audited now" in done.stdout
    assert {"overview.html", "overview.json", "overview.xlsx"} <= {*written(group / "out")}


def test_nothing_goes_on_in_the_background(group: Path) -> None:
    code, said = hooked(RUNNING, group, BATCH, signal.SIGINT)
    assert (code, said[-1]) == (130, "interrupted; nothing was written")
    assert not (group / "out").exists()
    pids = [int(path.name.removeprefix("pid-")) for path in group.glob("pid-*")]
    assert pids
    assert not any(Path(f"/proc/{pid}").exists() for pid in pids)
