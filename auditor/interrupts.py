"""Ctrl-C and the request to end (SIGINT, SIGTERM, SIGHUP): one way in, from which no step of the work can hide.

A signal is two things here. It is an exception, `Interrupted`, raised in the main thread; as a BaseException no
`except Exception` takes it for a fault of a rule or a document. And it is a mark that stays: libraries in C turn an
exception into another one or drop it (in a callback, in `__del__`), so the work looks at the mark between its steps
by `check()`, and what was lost is raised there.

A thread is told of the signal at once, also while the main thread is inside a library in C, and calls what has been
registered by `when_interrupted`: the engine ends its running statement so.
"""

from __future__ import annotations

import signal
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

_SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
_TICK = 0.05
_TICKS = 200  # so often is what runs told to end before it is left to itself


class Interrupted(BaseException):
    """The user or the system asks the program to end. `number` is that of the signal."""

    def __init__(self, number: int) -> None:
        self.number = number
        super().__init__(number)

    @property
    def exit_code(self) -> int:
        """What a shell gives for a program that the signal ended: 130 for Ctrl-C, 143 for SIGTERM."""
        return 128 + self.number


class _State:
    number: int | None = None  # the first signal that came
    count = 0
    raised = False
    held = 0
    written = False
    partly = False
    watch: _Watch | None = None


class _Watch:
    """The thread that is told of signals by what the C library writes, however busy the main thread is."""

    def __init__(self) -> None:
        self._reading, self._writing = socket.socketpair()
        self._writing.setblocking(False)
        self._over = threading.Event()
        signal.set_wakeup_fd(self._writing.fileno(), warn_on_full_buffer=False)
        self._thread = threading.Thread(target=self._run, name="auditor-signals", daemon=True)
        self._thread.start()

    def _run(self) -> None:
        while self._reading.recv(1) and not self._over.is_set():
            self._tell()

    def _tell(self) -> None:
        for _ in range(_TICKS):
            if _State.raised or self._over.is_set():
                return
            for ending in _endings:
                ending()
            self._over.wait(_TICK)

    def end(self) -> None:
        """End the thread: what its frames still name would outlive the modules, and DuckDB complains of that."""
        signal.set_wakeup_fd(-1)
        self._over.set()
        self._writing.send(b"\0")
        self._thread.join()


_endings: list[Callable[[], None]] = []


def listens() -> bool:
    """Whether the process is the program's own: it takes its signals."""
    return _State.watch is not None


def listen() -> None:
    """Take the signals of this process, which must be the program's own. Call it in the main thread, once.

    A signal that the process was started with as ignored (`nohup`, a job in the background) stays ignored.
    """
    _State.watch = _Watch()
    _silence_lost_ones()
    for number in taken():
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _handle)


def deaf() -> None:
    """From here on no signal has an effect: for the last steps of a program that ends anyway."""
    for number in taken():
        signal.signal(number, signal.SIG_IGN)
    watch, _State.watch = _State.watch, None
    if watch is not None:
        watch.end()


def pending() -> bool:
    """Whether a signal has come."""
    return _State.number is not None


def check() -> None:
    """Raise Interrupted if a signal has come: between the steps of the work. Nothing happens while it is `held`."""
    if _State.number is not None and not _State.held:
        _State.raised = True
        raise Interrupted(_State.number)


def interruption() -> BaseException:
    """What to raise where a library says that it was interrupted: by a signal taken here, else by Ctrl-C."""
    return KeyboardInterrupt() if _State.number is None else Interrupted(_State.number)


@contextmanager
def held() -> Iterator[None]:
    """No signal breaks into the block: for steps that belong together. One that came is raised by the next `check`."""
    _State.held += 1
    try:
        yield
    finally:
        _State.held -= 1


def now_written() -> None:
    """What the program was asked to write is there, whole: a signal from here on does not undo it."""
    _State.written = True


def now_partly_written() -> None:
    """A part of what the program was asked to write is there and whole, and the same command goes on from it."""
    _State.partly = True


def partly_written() -> bool:
    """Whether a part of what was asked for had been written before the signal came."""
    return _State.partly


def everything_written() -> bool:
    """Whether a signal came too late to keep anything from being written."""
    return _State.written


def when_interrupted(ending: Callable[[], None]) -> None:
    """Call `ending` from another thread when a signal comes, maybe several times. It must not raise."""
    if ending not in _endings:
        _endings.append(ending)


def taken() -> list[signal.Signals]:
    """The signals that are taken here, those of them that this system has."""
    return [getattr(signal, name) for name in _SIGNALS if hasattr(signal, name)]


def _handle(number: int, frame: FrameType | None) -> None:
    """The first signal is raised. The second is not: many senders send two (to the process and to its group), and it
    would break into the clearing up. From the third on somebody means it."""
    del frame
    _State.number = _State.number or number
    _State.count += 1
    if not _State.held and _State.count != 2:
        _State.raised = True
        raise Interrupted(number)


def _silence_lost_ones() -> None:
    """An interruption that `__del__` or a callback dropped needs no word: the mark stays."""
    before = sys.unraisablehook

    def hook(lost: Any) -> None:
        if not (isinstance(lost.exc_value, Interrupted) or pending()):
            before(lost)

    sys.unraisablehook = hook

