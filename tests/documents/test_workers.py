"""Workers: order, bounds, and that one bad document costs only itself."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import worker_cases

from auditor.audit.documents import read_paths
from auditor.documents.workers import kept_workers, map_documents

HERE = Path(__file__).parent


@pytest.mark.parametrize("workers", [0, 1, 2, None])
def test_results_come_in_the_order_of_the_items(workers: int | None) -> None:
    results = list(map_documents(worker_cases.slow_first, range(6), workers=workers))
    assert [(result.item, result.value, result.problem) for result in results] == [(n, n, None) for n in range(6)]


def test_no_items_need_no_workers() -> None:
    assert list(map_documents(worker_cases.doubled, [])) == []


def test_bad_documents_cost_themselves_and_nothing_else() -> None:
    items = ["甲", "dies", "乙", "exits", "丙", "eats", "empty", "fault", "丁"]
    results = list(map_documents(worker_cases.misbehaved, items, workers=2, memory=500 << 20))
    assert [result.value for result in results] == ["甲", None, "乙", None, "丙", None, None, None, "丁"]
    problems = {result.item: result.problem for result in results if result.problem}
    assert {item: problem.code for item, problem in problems.items()} == {
        "dies": "WorkerDied",
        "exits": "WorkerDied",
        "eats": "WorkerDied",
        "empty": "EmptyFile",
        "fault": "WorkerFailed",
    }
    assert problems["dies"].values["reason"] == "signal 9"
    assert problems["exits"].values["reason"] == "exit code 3"
    assert problems["eats"].values["reason"] == "more than 500 MB of memory"
    assert problems["fault"].values["reason"] == "KeyError: '金额'"
    assert "worker_cases.py" in str(problems["fault"].found)
    assert str(HERE) not in problems["fault"].message("en")
    assert str(problems["empty"].place) == "账单.csv"


@pytest.mark.parametrize("what", ["hangs", "spins"])
def test_a_document_that_takes_too_long_is_stopped(what: str) -> None:
    began = time.monotonic()
    late, other = map_documents(worker_cases.misbehaved, [what, "甲"], workers=1, seconds=2)
    assert late.problem is not None
    assert (late.problem.code, late.problem.values) == ("WorkerTimeout", {"seconds": 2})
    assert time.monotonic() - began < 60
    assert (other.value, other.problem) == ("甲", None)


def processes(*items: str, workers: int = 2) -> set[int]:
    """The processes that answered."""
    results = map_documents(worker_cases.process_of, items, workers=workers, seconds=5)
    return {each.value for each in results if each.value is not None}


def test_workers_serve_one_set_of_documents_after_another() -> None:
    with kept_workers():
        first = processes("甲", "乙", "丙", "丁")
        assert processes("甲", "乙") <= first
        with kept_workers():
            assert processes("甲", workers=1) <= first
        assert processes("甲") <= first, "they end with the outermost block"
    assert not processes("甲", "乙") & first
    assert not any(Path(f"/proc/{each}").exists() for each in first)


def test_a_worker_that_is_gone_serves_no_more() -> None:
    with kept_workers():
        before, after = processes("甲", workers=1), processes("甲", "dies", "乙", workers=1)
        assert len(after - before) == 1, "one took the place of the one that died"
        (second,) = processes("甲", workers=1)
        assert processes("hangs", workers=1) == set(), "it was stopped at its document"
        (third,) = processes("甲", workers=1)
        os.kill(third, signal.SIGKILL)
        (fourth,) = processes("甲", workers=1)
    assert len({second, third, fourth}) == 3


def test_errors_are_the_same_in_this_process() -> None:
    results = list(map_documents(worker_cases.misbehaved, ["empty", "fault", "甲"], workers=0))
    assert [result.problem.code if result.problem else result.value for result in results] == [
        "EmptyFile",
        "WorkerFailed",
        "甲",
    ]


def test_tables_travel_both_ways_whole() -> None:
    sizes = [3, 50_000, 0]
    tables = [result.value for result in map_documents(worker_cases.table_of, sizes, workers=2)]
    assert tables == [worker_cases.table_of(size) for size in sizes]
    counted = map_documents(worker_cases.rows_of, [worker_cases.table_of(size) for size in sizes], workers=1)
    assert [result.value for result in counted] == sizes


def test_progress_counts_each_item_once() -> None:
    told = []

    def tell(done: int, item: int) -> None:
        told.append((done, item))

    list(map_documents(worker_cases.doubled, [5, 6, 7], workers=2, progress=tell))
    assert [done for done, _ in told] == [1, 2, 3]
    assert sorted(item for _, item in told) == [5, 6, 7]


def test_heavy_items_first_changes_no_result() -> None:
    results = list(map_documents(worker_cases.doubled, [1, 9, 5], workers=1, weight=lambda item: item))
    assert [result.value for result in results] == [2, 18, 10]


def test_the_heaviest_wait_for_one_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("auditor.documents.workers.MOST_AT_ONCE", 100)
    weights = [90, 200, 80, 5]
    results = map_documents(worker_cases.time_taken, weights, workers=3, weight=lambda item: item)
    spans = {result.item: result.value for result in results}
    for heavy, other in ((90, 200), (90, 80), (200, 80), (200, 5)):
        first, second = sorted((spans[heavy] or (0, 0), spans[other] or (0, 0)))
        assert first[1] <= second[0]


def test_no_temporary_files_stay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    stream = map_documents(worker_cases.table_of, [50_000, 50_000, 50_000], workers=2)
    assert next(stream).value == worker_cases.table_of(50_000)
    stream.close()  # type: ignore[attr-defined]
    assert list(tmp_path.iterdir()) == []


def test_a_script_needs_no_main_guard(tmp_path: Path) -> None:
    script = tmp_path / "月结.py"
    script.write_text(
        "import sys\n"
        f"sys.path[:0] = [{str(HERE)!r}, {str(HERE.parents[1])!r}]\n"
        "import worker_cases\n"
        "from auditor.documents.workers import map_documents\n"
        "print([result.value for result in map_documents(worker_cases.doubled, [1, 2], workers=2)])\n",
        encoding="utf-8",
    )
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, check=False, timeout=60)
    assert (done.stdout, done.stderr) == ("[2, 4]\n", "")


def test_a_single_file_is_read_within_the_bounds_of_an_audit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a.csv", "b.csv"):
        (tmp_path / name).write_text(f"清单号,日期\n{name},2026-10-08\n", encoding="utf-8")
    monkeypatch.setattr("auditor.audit.documents.read_task", worker_cases.ends_the_process)
    found = read_paths([tmp_path / "a.csv", tmp_path / "b.csv"], ())
    assert [(each.path, str(each.status), [problem.code for problem in each.problems]) for each in found] == [
        ("a.csv", "unreadable", ["WorkerDied"]),
        ("b.csv", "unreadable", ["WorkerDied"]),
    ]


AHEAD = """
import sys
sys.path.insert(0, {here!r})
import worker_cases
from auditor import interrupts
from auditor.documents.workers import map_documents, start_ahead

interrupts.listen()  # the process is the program's own
start_ahead(2, ("worker_cases", "make_ready"))
for result in map_documents(worker_cases.{function}, {items!r}, workers=2, memory=500 << 20, seconds=20):
    print(result.item, result.value, result.problem and result.problem.values.get("reason"), flush=True)
"""


def _ahead(function: str, items: list[object]) -> str:
    script = AHEAD.format(here=str(HERE), function=function, items=items)
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, encoding="utf-8")
    return done.stdout


def test_workers_that_were_started_ahead_are_ready_and_give_the_same() -> None:
    assert _ahead("readiness", [0, 1, 2]) == "".join(f"{item} ready None\n" for item in range(3))


def test_a_document_costs_itself_also_in_a_worker_that_was_started_ahead() -> None:
    assert _ahead("misbehaved", ["甲", "dies", "exits", "eats", "prints", "乙"]).splitlines() == [
        "甲 甲 None",
        "dies None signal 9",
        "exits None exit code 3",
        "eats None more than 500 MB of memory",
        "prints prints None",
        "乙 乙 None",
    ]


@pytest.mark.skipif(sys.platform != "linux", reason="tells by /proc who lives")
def test_workers_that_were_started_ahead_end_with_a_process_that_is_killed() -> None:
    script = AHEAD.format(here=str(HERE), function="own_process", items=[0]) + "import os; os.kill(os.getpid(), 9)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60)
    assert done.returncode == -9
    for _ in range(600):
        if not _is_running(done.stdout.split()[1]):
            break
        time.sleep(0.05)
    assert not _is_running(done.stdout.split()[1])


def _is_running(process: str) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(") ")[2][0] != "Z"
    except FileNotFoundError:
        return False
