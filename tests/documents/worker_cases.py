"""Functions that the tests of the workers map: a worker imports this module, as it imports the program's own."""

from __future__ import annotations

import os
import signal
import time

import pyarrow as pa

from auditor.documents.errors import EmptyFile


def doubled(number: int) -> int:
    print("a library that prints must not disturb the answers")
    return number * 2


def slow_first(number: int) -> int:
    time.sleep(0.4 if number == 0 else 0)
    return number


def process_of(what: str) -> int:
    """The process that answers; it ends with the item, or is at it for long, as told."""
    if what == "dies":
        os.kill(os.getpid(), signal.SIGKILL)
    if what == "hangs":
        time.sleep(60)
    return os.getpid()


def time_taken(weight: int) -> tuple[int, int]:
    """When it began and when it ended, by the clock of the machine."""
    began = time.monotonic_ns()
    time.sleep(0.1)
    return began, time.monotonic_ns()


def table_of(rows: int) -> pa.Table:
    return pa.table({"c0": [f"第{row}行" for row in range(rows)]})


def rows_of(table: pa.Table) -> int:
    return int(table.num_rows)


def misbehaved(what: str) -> str:
    """Dies, hangs, eats memory, raises, or answers, as told."""
    if what == "dies":
        os.kill(os.getpid(), signal.SIGKILL)
    if what == "exits":
        os._exit(3)
    if what == "hangs":
        time.sleep(60)
    while what == "spins":
        pass
    if what == "eats":
        hoard = bytearray(700 << 20)
        hoard[:: 1 << 12] = b"x" * len(hoard[:: 1 << 12])
        time.sleep(60)
    if what == "prints":
        print("what a library says", flush=True)
        os.system("echo what its own process says")
    if what == "empty":
        raise EmptyFile("账单.csv")
    if what == "fault":
        raise KeyError("金额")
    return what


def ends_the_process(task: object) -> None:
    """As a native reader that runs out of memory does."""
    os._exit(3)


_READY: list[str] = []


def make_ready() -> None:
    _READY.append("ready")


def readiness(number: int) -> str:
    return " ".join(_READY)


def own_process(number: int) -> int:
    return os.getpid()
