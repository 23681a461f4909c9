"""Signals as an exception and as a mark that stays."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX signals")
ROOT = Path(__file__).resolve().parent.parent

BEGIN = """
import os, signal, sys
sys.path.insert(0, {root!r})
signal.signal(signal.SIGINT, signal.default_int_handler)
from auditor import interrupts
from auditor.interrupts import Interrupted
def hit(number=signal.SIGINT):
    os.kill(os.getpid(), number)
""".replace("{root!r}", repr(str(ROOT)))


def output(script: str) -> list[str]:
    done = subprocess.run([sys.executable, "-c", BEGIN + script], capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.split()


def test_the_first_signal_is_raised_and_the_second_is_not() -> None:
    assert output("""
interrupts.listen()
for number in (signal.SIGTERM, signal.SIGINT, signal.SIGINT):
    try:
        hit(number)
        print("quiet")
    except Exception:
        print("swallowed")
    except Interrupted as ended:
        print(ended.exit_code)
try:
    interrupts.check()
except Interrupted as ended:
    print("first", ended.exit_code)
""") == ["143", "quiet", "130", "first", "143"]


def test_steps_that_belong_together_are_not_broken_into() -> None:
    assert output("""
interrupts.listen()
with interrupts.held():
    hit()
    interrupts.check()
    print("whole", interrupts.pending())
try:
    interrupts.check()
except Interrupted:
    print("then")
""") == ["whole", "True", "then"]


def test_a_signal_that_is_ignored_stays_ignored() -> None:
    assert output("""
signal.signal(signal.SIGINT, signal.SIG_IGN)
interrupts.listen()
hit()
print(interrupts.pending())
""") == ["False"]


LONG = "SELECT count(*) FROM range(4000000) a, range(4000000) b WHERE (a.range * b.range) % 7 = 3"


@pytest.mark.parametrize("how", ["value", "arrow", "execute"])
@pytest.mark.parametrize(("listen", "kind"), [("interrupts.listen()", "Interrupted"), ("", "KeyboardInterrupt")])
def test_the_engine_ends_its_statement_and_no_except_exception_sees_it(how: str, listen: str, kind: str) -> None:
    if not listen and how == "arrow":
        pytest.skip("DuckDB looks at signals there only when the statement has ended")
    assert output(f"""
import threading
from auditor.engine import DuckEngine
{listen}
engine = DuckEngine(threads=1)
threading.Timer(0.2, hit).start()
try:
    with engine.transaction():
        engine.{how}({LONG!r})
except Exception as error:
    print("swallowed", error)
except BaseException as error:
    print(type(error).__name__)
interrupts.deaf()
""") == [kind]
