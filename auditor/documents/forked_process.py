"""A worker that is a copy of this process: what is imported and loaded already need not be imported again.

Only for a program's own process, before it has begun to work: the copy has none of its threads, and what another thread
held at that moment would be held for ever. Only on Linux: elsewhere the system's own libraries do not bear it.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import IO, NoReturn

from auditor import interrupts

POSSIBLE = sys.platform == "linux"
_FAILED = 1  # the exit code of an interpreter that an error ends

Serve = Callable[[IO[bytes], IO[bytes]], None]


class ForkedProcess:
    """A copy of this process that runs one function, with what `workers` needs of `subprocess.Popen`.

    `stdin` is what the function reads from, `stdout` what it writes to.
    """

    def __init__(self, serve: Serve, others: Sequence[ForkedProcess]) -> None:
        """`serve(items, answers)` runs in the copy, which ends with it. `others`: copies that live already; what this
        process holds of their pipes is closed in the new one, so that each sees when this process ends."""
        items, answers = os.pipe(), os.pipe()
        self._ended: int | None = None
        with _signals_wait():
            self.pid = os.fork()
            if self.pid == 0:
                _run(serve, items, answers, others)
        os.close(items[0])
        os.close(answers[1])
        self.stdin: IO[bytes] = os.fdopen(items[1], "wb")
        self.stdout: IO[bytes] = os.fdopen(answers[0], "rb")

    def kill(self) -> None:
        """End it at once; nothing happens if it has ended."""
        if self._ended is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)

    def wait(self) -> int:
        """Wait for its end: its exit code, or the number of the signal that ended it, negative."""
        if self._ended is None:
            self._ended = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        return self._ended


def forked(serve: Serve, count: int) -> list[ForkedProcess]:
    """So many copies of this process, each running `serve(items, answers)`."""
    made: list[ForkedProcess] = []
    for _ in range(count):
        made.append(ForkedProcess(serve, made))
    return made


@contextlib.contextmanager
def _signals_wait() -> Iterator[None]:
    """No signal reaches the copy while it still has this process's way of taking them."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, interrupts.taken())
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _run(serve: Serve, items: tuple[int, int], answers: tuple[int, int], others: Sequence[ForkedProcess]) -> NoReturn:
    """What the copy does. It must never come back into the program that it is a copy of."""
    code = _FAILED
    try:
        signal.set_wakeup_fd(-1)  # it would tell the first process of this one's signals
        for number in interrupts.taken():
            if signal.getsignal(number) is not signal.SIG_IGN:
                signal.signal(number, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to the first process, which ends its workers
        for other in others:
            other.stdin.close()
            other.stdout.close()
        _close_all_but(items[0], answers[1])
        nowhere = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):  # whatever a library prints must get neither to the user nor into the answers
            os.dup2(nowhere, stream)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, interrupts.taken())
        serve(os.fdopen(items[0], "rb"), os.fdopen(answers[1], "wb"))
        code = 0
    finally:
        os._exit(code)


def _close_all_but(*kept: int) -> None:
    """Close what was open in the first process: an end of a pipe held here would keep its reader waiting."""
    opened = [int(each.name) for each in Path("/proc/self/fd").iterdir()]
    for number in opened:
        if number > 2 and number not in kept:
            with contextlib.suppress(OSError):  # of the listing itself
                os.close(number)
