"""Ctrl-C and SIGTERM at many moments of a command: what is said, the exit code, and what is left behind.

    python benchmarks/interrupted.py [--moments 20] [--twice] [COMMAND ...]

Each run of the command (default: `run` on the sample month, into a folder that holds an earlier report) gets one
signal, at another moment each time. A line a run; at the end how many broke a promise, which is also the exit code's 1.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WORDS = ("interrupted; nothing was written\n", "interrupted; the files had been written and are whole\n")


def main() -> int:
    """Run the command again and again."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--moments", type=int, default=20)
    parser.add_argument("--twice", action="store_true", help="send each signal twice, as `timeout` does")
    parser.add_argument("command", nargs="*", default=["run"])
    given = parser.parse_args()
    broken = 0
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        command, longest = prepared(given.command, work)
        print(f"undisturbed: {longest:.1f} s", flush=True)
        for step in range(given.moments):
            for number in (signal.SIGINT, signal.SIGTERM):
                after = 0.15 + longest * step / given.moments
                broken += not one(command, work, number, after, given.twice)
    print(f"{broken} broken promises")
    return 1 if broken else 0


def prepared(command: list[str], work: Path) -> tuple[list[str], float]:
    """The command with the sample month where it names no folder, and how long it takes; `run` leaves a report."""
    if command == ["run"]:
        command = ["run", str(ROOT / "samples" / "jieyuan-2026-10")]
    since = time.monotonic()
    subprocess.run(started(command, work / "earlier"), env=environment(), capture_output=True, check=False)
    return command, time.monotonic() - since


def started(command: list[str], out: Path) -> list[str]:
    """The arguments of one process."""
    more = ["-o", str(out)] if command[0] == "run" else []
    return [sys.executable, "-m", "auditor", *command, *more, "--lang", "en"]


def environment(**more: str) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT), **more}


def one(command: list[str], work: Path, number: signal.Signals, after: float, twice: bool) -> bool:
    """One run; whether it kept every promise."""
    out, scratch = work / "out", work / "tmp"
    for each in (out, scratch):
        shutil.rmtree(each, ignore_errors=True)
    scratch.mkdir()
    if (work / "earlier").exists():
        shutil.copytree(work / "earlier", out)
    process = subprocess.Popen(
        started(command, out),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        env=environment(TMPDIR=str(scratch)),
        start_new_session=True,
    )
    time.sleep(after)
    if process.poll() is not None:
        return True
    for _ in range(1 + twice):
        os.killpg(process.pid, number)
    since = time.monotonic()
    said = process.communicate(timeout=60)[1]
    took = time.monotonic() - since
    earlier = [path.read_bytes() for path in sorted((work / "earlier").glob("*"))]
    now = [path.read_bytes() for path in sorted(out.glob("*"))]
    whole = now == earlier or (len(now) == len(earlier) and said.endswith(WORDS[1]))
    left = [path.name for path in scratch.iterdir()]
    living = alive(process.pid)
    last = said.splitlines(keepends=True)[-1:] or [""]
    stages = ("Collecting", "Reading", "Storing", "Checking", "Finding", "Writing", "not run", "rows")
    plain = last[0] in WORDS and "Traceback" not in said and "fault" not in said and "leaked" not in said
    good = process.returncode == 128 + number and whole and plain and not left and not living
    where = next((line.strip() for line in reversed(said.splitlines()) if line.startswith(stages)), "")
    print(f"{number.name} {after:.2f} {process.returncode} {took:.2f}s {where} {'' if good else repr(said[-400:])}", flush=True)
    if not good:
        print("   ", "whole" if whole else "NOT WHOLE", "left:", left, "living:", living, flush=True)
    return good


def alive(group: int) -> bool:
    """Whether a process of the group is there still; those that were killed a moment ago get that moment."""
    for _ in range(20):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return False
        time.sleep(0.05)
    return True


if __name__ == "__main__":
    sys.exit(main())
