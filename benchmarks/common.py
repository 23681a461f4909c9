"""What the benchmarks share: where the checkout is, and the memory of a process with all its children."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096
_TICK = 0.02


def peak_memory(process: subprocess.Popen[str]) -> int:
    """Wait for a process; the peak of the resident memory of it and all its descendants together, in bytes.

    Sampled fifty times a second from /proc, so it needs Linux. Pages that two processes share count twice.
    """
    peak = 0
    while process.poll() is None:
        peak = max(peak, sum(_resident(each) for each in _tree(process.pid)))
        time.sleep(_TICK)
    return peak


def _tree(root: int) -> Iterator[int]:
    waiting = [root]
    while waiting:
        process = waiting.pop()
        yield process
        waiting += _children(process)


def _children(process: int) -> list[int]:
    """The children of all threads: a thread that started a process is its parent."""
    found: list[int] = []
    for task in Path(f"/proc/{process}/task").glob("*/children"):
        try:
            found += [int(each) for each in task.read_text("ascii").split()]
        except OSError:
            continue  # the thread has ended meanwhile
    return found


def _resident(process: int) -> int:
    try:
        return int(Path(f"/proc/{process}/statm").read_text("ascii").split()[1]) * _PAGE
    except (OSError, IndexError):
        return 0  # the process has ended meanwhile
