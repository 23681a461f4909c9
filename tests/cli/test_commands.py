"""The commands as a user runs them, case by case, and what no text file can show."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from commands import CASES, Run, by_process, environment, inputs, played, run
from forked import Forker

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX signals and pipes")


@pytest.fixture(scope="session")
def run_one() -> Iterator[Run]:
    """How the commands of the cases are run."""
    if not hasattr(os, "fork"):
        yield by_process
        return
    forker = Forker(environment())
    yield forker.run
    forker.close()


@pytest.mark.parametrize("case", sorted(CASES.glob("*.txt")), ids=lambda case: case.stem)
def test_case(case: Path, tmp_path: Path, run_one: Run, update_goldens: bool) -> None:
    text = played(case, tmp_path, run_one)
    if update_goldens:
        case.write_text(text, encoding="utf-8")
    assert text == case.read_text(encoding="utf-8")


AUDIT = ["--rules", "rules", "--workers", "0", "--at", "2026-11-02T09:00:00+08:00"]


def test_a_run_that_failed_leaves_nothing_behind(tmp_path: Path, run_one: Run) -> None:
    inputs(tmp_path)
    for wrong in (["nowhere"], ["month", "--period", "2025-01"], ["month", "--previous", "month"]):
        assert run_one(["run", *wrong, *AUDIT, "-o", "out/deep"], tmp_path, environment())[0] == 2
        assert not (tmp_path / "out").exists()


def test_the_output_folder_inside_the_audited_folder_is_no_document(tmp_path: Path, run_one: Run) -> None:
    inputs(tmp_path)
    for _ in range(2):
        assert run_one(["run", "month", *AUDIT, "-o", "month/审核"], tmp_path, environment())[0] == 1
    documents = json.loads((tmp_path / "month" / "审核" / "findings.json").read_text(encoding="utf-8"))["documents"]
    read = [each["path"] for each in documents if each["status"] == "read"]
    assert read == ["往来单位.csv", "收货清单.csv", "统计报表.csv"]


def test_the_same_earlier_run_gives_the_same_findings(tmp_path: Path, run_one: Run) -> None:
    inputs(tmp_path)
    for name, more in (("first", []), ("second", ["--previous", "first"]), ("third", ["--previous", "first"])):
        run_one(["run", "month", *AUDIT, "-o", name, *more], tmp_path, environment())
    second, third = ((tmp_path / name / "findings.json").read_bytes() for name in ("second", "third"))
    assert second == third
    changes = json.loads(second)["changes"]
    assert (changes["new"], changes["fixed"], changes["unchecked"]) == ([], [], [])
    assert [each["id"] for each in json.loads(second)["findings"]] == changes["open"]


def test_the_sql_of_a_rule_is_shown(tmp_path: Path, run_one: Run) -> None:
    inputs(tmp_path)
    arguments = ["rules", "show", "slips-have-customers", "--rules", "rules", "--sql"]
    code, out, err = run_one(arguments, tmp_path, environment())
    assert (code, err) == (0, "")
    assert 'FROM "receiving_slip"' in out


@POSIX
@pytest.mark.parametrize("arguments", [["rules", "list"], ["rules", "schema"], ["read", "month", "--json"]])
def test_a_closed_pipe_is_quiet(arguments: list[str], tmp_path: Path) -> None:
    inputs(tmp_path)
    reading, writing = os.pipe()
    process = subprocess.Popen(
        [sys.executable, "-m", "auditor", *arguments],
        cwd=tmp_path,
        env=environment(),
        stdout=writing,
        stderr=subprocess.PIPE,
    )
    os.close(writing)
    os.close(reading)
    assert process.communicate(timeout=60)[1] == b""
    assert process.returncode == 141


@POSIX
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_an_interrupted_run_clears_up(number: signal.Signals, code: int, tmp_path: Path) -> None:
    inputs(tmp_path)
    process = subprocess.Popen(
        [sys.executable, "-m", "auditor", "run", "month", "--rules", "rules", "-o", "out"],
        cwd=tmp_path, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stderr is not None
    while process.stderr.readline() not in ("Reading (3)\n", ""):
        time.sleep(0)
    process.send_signal(number)
    _, words = process.communicate(timeout=60)
    assert process.returncode == code
    assert "Traceback" not in words
    assert not (tmp_path / "out").exists()


@POSIX
def test_a_killed_run_leaves_only_a_scratch_folder_that_the_next_run_removes(tmp_path: Path) -> None:
    inputs(tmp_path)
    arguments = ["run", "month", "--rules", "rules", "-o", "out", "--workers", "0", "--only", "slips-against-register"]
    run(arguments, tmp_path)
    before = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    process = subprocess.Popen(
        [sys.executable, "-m", "auditor", *arguments],
        cwd=tmp_path, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stderr is not None
    while not process.stderr.readline().startswith("Checking"):
        time.sleep(0)
    process.kill()
    process.communicate()
    left = {path.name for path in (tmp_path / "out").iterdir()} - set(before)
    assert len(left) == 1 and left.pop().startswith(".auditor-")
    assert {name: (tmp_path / "out" / name).read_bytes() for name in before} == before
    assert run(arguments, tmp_path).returncode == 1
    assert {path.name for path in (tmp_path / "out").iterdir()} == set(before)


FAULT = """
import sys
sys.argv = ["auditor", "rules", "list", "--lang", {lang!r}]
from auditor import cli
from auditor.cli import ruling
def broken(name):
    raise ZeroDivisionError("nobody thought of this")
ruling.list_rules = broken
cli.main()
"""


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", "auditor: a fault of the program (not of your documents): ZeroDivisionError: nobody thought of this"),
        ("zh", "auditor: 程序内部错误（与您的资料无关）：ZeroDivisionError: nobody thought of this"),
    ],
)
def test_a_fault_of_the_program_is_told_without_a_traceback(lang: str, said: str, tmp_path: Path) -> None:
    command = [sys.executable, "-c", FAULT.format(lang=lang)]
    done = subprocess.run(command, cwd=tmp_path, env=environment(), capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 2
    assert done.stderr.splitlines()[0] == said
    assert "Traceback" not in done.stderr
    assert "AUDITOR_DEBUG=1" in done.stderr
    shown = subprocess.run(
        command, cwd=tmp_path, env=environment(AUDITOR_DEBUG="1"), capture_output=True, encoding="utf-8", check=False
    )
    assert "Traceback" in shown.stderr


def test_a_code_page_without_chinese_does_not_end_the_run(tmp_path: Path) -> None:
    done = run(["rules", "list", "--lang", "zh"], tmp_path, PYTHONUTF8="0", PYTHONIOENCODING="cp437")
    assert done.returncode == 0
    assert "slips-against-register" in done.stdout


def test_data_for_other_programs_is_utf_8_whatever_the_code_page(tmp_path: Path) -> None:
    inputs(tmp_path)
    done = run(["read", "month/往来单位.csv", "--csv"], tmp_path, PYTHONUTF8="0", PYTHONIOENCODING="cp437")
    assert "深圳市恒昌电子有限公司" in done.stdout
