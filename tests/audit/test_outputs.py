"""The output folder: whole or not at all, whatever happens half-way."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from auditor.audit.errors import OutputBusy, OutputNotWritable
from auditor.audit.outputs import whole_or_not_at_all

HANGS = """
import sys, time
from pathlib import Path
from auditor.audit.outputs import whole_or_not_at_all
with whole_or_not_at_all(Path(sys.argv[1])) as scratch:
    (scratch / "findings.json").write_text("new")
    print("in", flush=True)
    time.sleep(60)
"""


def names(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir())


def write(output: Path, **files: str) -> None:
    with whole_or_not_at_all(output) as scratch:
        for name, text in files.items():
            (scratch / name.replace("_", ".")).write_text(text, encoding="utf-8")


def hanging(output: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen([sys.executable, "-c", HANGS, str(output)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "in\n"
    return process


def test_files_take_their_place_and_those_of_a_person_stay(tmp_path: Path) -> None:
    output = tmp_path / "审核" / "2026-10"
    write(output, findings_json="1", report_html="1")
    (output / "备注.txt").write_text("mine", encoding="utf-8")
    write(output, findings_json="2", report_html="2", audit_duckdb="2")
    assert names(output) == ["audit.duckdb", "findings.json", "report.html", "备注.txt"]
    assert (output / "report.html").read_text() == "2"


def test_an_error_leaves_the_old_files_whole(tmp_path: Path) -> None:
    write(tmp_path, findings_json="old", report_html="old")
    with pytest.raises(ZeroDivisionError), whole_or_not_at_all(tmp_path) as scratch:
        (scratch / "findings.json").write_text("new")
        raise ZeroDivisionError
    assert names(tmp_path) == ["findings.json", "report.html"]
    assert (tmp_path / "findings.json").read_text() == "old"


def test_an_error_leaves_no_folder_that_was_not_there(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), whole_or_not_at_all(tmp_path / "a" / "b"):
        raise ZeroDivisionError
    assert names(tmp_path) == []


@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")
def test_a_killed_run_leaves_a_scratch_folder_that_the_next_run_removes(tmp_path: Path) -> None:
    write(tmp_path, findings_json="old")
    process = hanging(tmp_path)
    process.send_signal(signal.SIGKILL)
    process.wait()
    left = [name for name in names(tmp_path) if name.startswith(".auditor-")]
    assert len(left) == 1
    assert (tmp_path / "findings.json").read_text() == "old"
    write(tmp_path, findings_json="new")
    assert names(tmp_path) == ["findings.json"]


def test_two_runs_do_not_write_into_one_folder(tmp_path: Path) -> None:
    process = hanging(tmp_path)
    try:
        with pytest.raises(OutputBusy), whole_or_not_at_all(tmp_path):
            pass
    finally:
        process.kill()
        process.wait()


def test_a_run_killed_while_it_moved_its_files_is_undone(tmp_path: Path) -> None:
    write(tmp_path, findings_json="old", report_html="old")
    scratch = tmp_path / ".auditor-died"
    (scratch / "before").mkdir(parents=True)
    for name in ("findings.json", "report.html"):
        (tmp_path / name).rename(scratch / "before" / name)
    (tmp_path / "report.html").write_text("new")
    with pytest.raises(ZeroDivisionError), whole_or_not_at_all(tmp_path):
        raise ZeroDivisionError
    assert [(name, (tmp_path / name).read_text()) for name in names(tmp_path)] == [
        ("findings.json", "old"),
        ("report.html", "old"),
    ]


def test_a_file_that_cannot_be_replaced_puts_all_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, findings_json="old", report_html="old", report_xlsx="old")
    move = os.replace

    def open_in_excel(source: Path, target: Path) -> None:
        if source == tmp_path / "report.xlsx":
            raise PermissionError(13, "Permission denied")
        move(source, target)

    monkeypatch.setattr("auditor.audit.outputs.os.replace", open_in_excel)
    with pytest.raises(OutputNotWritable):
        write(tmp_path, findings_json="new", report_html="new", report_xlsx="new")
    assert [(name, (tmp_path / name).read_text()) for name in names(tmp_path)] == [
        ("findings.json", "old"),
        ("report.html", "old"),
        ("report.xlsx", "old"),
    ]


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="needs a user whom a file mode stops")
def test_a_folder_without_leave_to_write(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(OutputNotWritable), whole_or_not_at_all(tmp_path):
        pass


def test_an_output_folder_below_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputNotWritable), whole_or_not_at_all(tmp_path / "file" / "out"):
        pass


def test_a_full_disk_is_told_as_one(tmp_path: Path) -> None:
    write(tmp_path, findings_json="old")
    with pytest.raises(OutputNotWritable, match="No space left on device"), whole_or_not_at_all(tmp_path):
        raise OSError(28, "No space left on device")
    assert names(tmp_path) == ["findings.json"]
