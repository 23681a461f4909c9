"""Ctrl-C and SIGTERM at any moment: one plain line, the earlier report kept, no rule blamed, no process left.

The signals come at hooks in the program itself, so that each test hits the moment that it means.
"""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest
from commands import environment, inputs, run

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX signals")

HOOKED = """
import os, signal, sys, threading
for each in (signal.SIGINT, signal.SIGTERM):
    signal.signal(each, signal.default_int_handler if each is signal.SIGINT else signal.SIG_DFL)
number, times = int(sys.argv[1]), int(sys.argv[2])
sys.argv = ["auditor", *sys.argv[3:]]
def hit():
    for _ in range(times):
        os.kill(os.getpid(), number)
def before(owner, name, when=lambda *a, **k: True):
    real = getattr(owner, name)
    def hooked(*a, **k):
        if when(*a, **k):
            hit()
        return real(*a, **k)
    setattr(owner, name, hooked)
from auditor.cli import main, show
{hook}
main()
"""

STAGE = "before(show.Shown, 'stage', lambda self, name, steps: name == {!r})"
LONG = "SELECT count(*) FROM range(4000000) a, range(4000000) b WHERE (a.range * b.range) % 7 = 3"
IN_A_RULE = f"""
import auditor.audit.rules as rules
def long(rule, engine):
    threading.Timer(0.3, hit).start()
    engine.{{how}}({LONG!r})
rules.check_named = lambda name: long
"""
IN_A_VIEW = f"""
import auditor.audit.pipeline as pipeline
def long(rule_set, engine, *a, **k):
    threading.Timer(0.3, hit).start()
    engine.value({LONG!r})
pipeline.bind_with = long
"""
DROPPED = """
import auditor.audit.rules as rules
class Loud:
    def __del__(self):
        hit()
def check(rule, engine):
    Loud()
    return engine.rows("SELECT 1")
rules.check_named = lambda name: check
"""
TURNED_INTO_ANOTHER = """
import auditor.audit.rules as rules
def check(rule, engine):
    try:
        hit()
    except BaseException:
        raise ValueError("what a library makes of it") from None
rules.check_named = lambda name: check
"""
MOVING = """
import auditor.audit.outputs as outputs
calls = []
before(outputs.os, 'replace', lambda source, target: calls.append(target) or len(calls) == {})
"""
READING = """
import auditor.documents.workers as workers
before(workers._Pool, '_turn')
"""

AUDIT = ["run", "month", "--rules", "rules", "--lang", "en", "--at", "2026-11-02T09:00:00+08:00", "-o", "out"]
ONE = [*AUDIT, "--workers", "0", "--only", "slips-against-register"]
NOTHING = "interrupted; nothing was written"


def hooked(hook: str, folder: Path, arguments: list[str], number: int, times: int = 1) -> tuple[int, list[str]]:
    """Exit code, and the lines on standard error."""
    done = subprocess.run(
        [sys.executable, "-c", HOOKED.replace("{hook}", hook), str(number), str(times), *arguments],
        cwd=folder, env=environment(TMPDIR=str(folder / "tmp")), capture_output=True, encoding="utf-8", timeout=120,
        check=False,
    )  # fmt: skip
    return done.returncode, done.stderr.splitlines()


@pytest.fixture(scope="module")
def reported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an earlier report in `out`."""
    folder = tmp_path_factory.mktemp("reported")
    inputs(folder)
    (folder / "tmp").mkdir()
    assert run(ONE, folder).returncode == 1
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


@pytest.mark.parametrize(
    ("hook", "arguments", "number", "times"),
    [
        (STAGE.format("collect"), ONE, signal.SIGINT, 1),
        (READING, AUDIT, signal.SIGTERM, 2),
        (STAGE.format("store"), ONE, signal.SIGTERM, 1),
        (IN_A_VIEW, ONE, signal.SIGTERM, 1),
        (IN_A_RULE.format(how="value"), ONE, signal.SIGINT, 1),
        (IN_A_RULE.format(how="arrow"), ONE, signal.SIGTERM, 2),
        (DROPPED, ONE, signal.SIGINT, 1),
        (TURNED_INTO_ANOTHER, ONE, signal.SIGTERM, 1),
        (STAGE.format("write"), ONE, signal.SIGINT, 2),
        (MOVING.format(2), ONE, signal.SIGINT, 1),
        (MOVING.format(7), ONE, signal.SIGTERM, 2),
        (READING, ["read", "month", "--lang", "en"], signal.SIGINT, 1),
    ],
    ids=["collecting", "reading", "storing", "building views", "in a rule", "in a rule that fetches", "dropped",
         "turned into another", "writing", "old files going aside", "new files coming", "read"],
)  # fmt: skip
def test_a_signal_ends_the_run_and_keeps_the_earlier_report(
    reported: Path, hook: str, arguments: list[str], number: signal.Signals, times: int
) -> None:
    before = contents(reported / "out")
    code, said = hooked(hook, reported, arguments, number, times)
    assert (code, said[-1]) == (128 + number, NOTHING)
    assert set(said[:-1]) <= {"Collecting", "Reading (3)", "Storing", "Checking (1)", "Finding", "Writing"}
    assert contents(reported / "out") == before
    assert contents(reported / "tmp") == {}


def test_the_first_report_is_whole_or_not_there(tmp_path: Path) -> None:
    inputs(tmp_path)
    (tmp_path / "tmp").mkdir()
    code, said = hooked(MOVING.format(3), tmp_path, ONE, signal.SIGTERM)
    assert (code, said[-1]) == (143, NOTHING)
    assert not (tmp_path / "out").exists()


def test_a_signal_after_the_report_was_written_says_so(tmp_path: Path) -> None:
    inputs(tmp_path)
    (tmp_path / "tmp").mkdir()
    hook = "import auditor.cli.commands as commands\nbefore(commands, 'show_result')"
    code, said = hooked(hook, tmp_path, ["zh" if word == "en" else word for word in ONE], signal.SIGINT)
    assert (code, said[-1]) == (130, "已中断，此前文件已完整写入")
    assert sorted(contents(tmp_path / "out")) == ["audit.duckdb", "findings.json", "report.html", "report.xlsx"]


@pytest.mark.parametrize(("lang", "words"), [("en", NOTHING), ("zh", "已中断，未写入任何文件")])
def test_testing_rules_ends_with_one_line_in_the_language_that_is_spoken(
    tmp_path: Path, lang: str, words: str
) -> None:
    inputs(tmp_path)
    hook = "import auditor.checks.examples as examples\nbefore(examples.ExampleRunner, 'run_all')"
    assert hooked(hook, tmp_path, ["rules", "test", "rules", "--lang", lang], signal.SIGTERM) == (143, [words])
