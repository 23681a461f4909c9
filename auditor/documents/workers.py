"""A map over documents in worker processes, each document with a bound on its time and memory.

A worker that dies or overruns costs its document, not the run. The workers are plain child interpreters that import
this package and nothing of the caller: a script needs no `if __name__ == "__main__"` guard, and a notebook or a
prompt may call it as well. For the same reason the function must live in an importable module, not in a script. Only
the command line, whose process is its own, may start copies of itself ahead, where the system can (`start_ahead`).

Arrow tables in arguments and results travel as files in a temporary folder, never through the pipe.
"""

from __future__ import annotations

import atexit
import contextlib
import itertools
import os
import pickle
import queue
import subprocess
import sys
import tempfile
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from auditor import interrupts
from auditor.documents.errors import DocumentError, WorkerDied, WorkerTimeout
from auditor.documents.forked_process import POSSIBLE as COPIES_CAN_BE_MADE
from auditor.documents.forked_process import ForkedProcess, forked
from auditor.documents.worker_process import (
    ENVIRONMENT,
    MEMORY_SLACK,
    NO_MORE,
    Ready,
    answer,
    call,
    make_ready,
    pack,
    read_frame,
    resident,
    unpack,
    worked,
    write_frame,
)
from auditor.errors import AuditorError

SECONDS = 300
MEMORY = 2 << 30
MOST_AT_ONCE = 128 << 20  # bytes of documents that are read at the same time; a larger one is read, but alone
_TICK = 0.2
_IDLEST = 0.02  # of its time in which an item has the processor, below which it hangs
_LONGEST = 4  # times its seconds, after which an item is given up whatever processor time it had
_START = 120  # seconds that a worker may take to come up
_FALSE_STARTS = 3  # so many in a row that do not come up, and no more are tried

T = TypeVar("T")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Result(Generic[T, R]):
    """What became of one item: its value, or the error that kept it from having one."""

    item: T
    value: R | None
    problem: AuditorError | None = None


def map_documents(
    function: Callable[[T], R],
    items: Sequence[T],
    *,
    workers: int | None = None,
    seconds: int = SECONDS,
    memory: int = MEMORY,
    progress: Callable[[int, T], None] | None = None,
    weight: Callable[[T], int] | None = None,
) -> Iterator[Result[T, R]]:
    """`function` of each item, results in the order of the items whatever finishes first.

    `workers`: processes; None for one a core (at most one an item), 0 for this process: without bounds then, and only
    for what can be trusted. `seconds` (longer on a busy machine, which gives less of each to one process) and
    `memory` (bytes resident) bound each item. `progress(done, item)` is called
    as items finish. `weight` (bytes to read) lets heavy items start first, and the heaviest wait for one another, so
    that memory does not grow with the number of workers; it changes no result. An AuditorError that the function
    raises is the problem of its item. Raises ValueError for a function that no other process can import.
    """
    count = min(_wanted(workers), len(items))
    if count == 0 or not sys.executable:
        yield from _in_process(function, items, progress)
        return
    if getattr(function, "__module__", None) == "__main__":
        raise ValueError(f"{function!r} must live in a module that a worker can import, not in the script itself")
    with tempfile.TemporaryDirectory(prefix="auditor-", ignore_cleanup_errors=True) as folder, kept_workers():
        pool = _Pool(function, items, Path(folder), seconds, memory)
        for process in _AHEAD[count:]:
            process.kill()
        del _AHEAD[count:]
        try:
            yield from pool.results(count, weight, progress)
        finally:
            pool.stop()


def _in_process(
    function: Callable[[T], R], items: Sequence[T], progress: Callable[[int, T], None] | None
) -> Iterator[Result[T, R]]:
    for done, item in enumerate(items, 1):
        value, problem = call(function, item)
        if progress:
            progress(done, item)
        yield Result(item, value, problem)


Process = subprocess.Popen[bytes] | ForkedProcess
_AHEAD: list[Process] = []
_keeping = 0  # blocks of `kept_workers` that are open
_MOST_AHEAD = 4  # how many documents there are is not known yet


def start_ahead(workers: int | None, ready: Ready, documents: int | None = None) -> None:
    """Start the workers that `map_documents` will want. `ready` names a function that imports and loads what reading
    needs. `documents`: how many there are, if that is known already.

    For a program that is sure to read documents next, whose process is its own and has done nothing yet. Where the
    system can and the command line owns the process (`interrupts.listens`), it makes itself ready once and the workers
    are copies of it; else each is an interpreter that makes itself ready while this process is still importing. One
    that is not wanted after all ends when the documents are known, or with this process.
    """
    count = min(_wanted(workers), _MOST_AHEAD, _MOST_AHEAD if documents is None else documents)
    atexit.register(_end_ahead)
    os.environ.update({name: value for name, value in ENVIRONMENT.items() if name not in os.environ})
    if not count or not sys.executable:
        return
    copies = COPIES_CAN_BE_MADE and interrupts.listens()
    if copies:
        make_ready(ready)
    with interrupts.held():
        if copies:
            _AHEAD.extend(forked(answer, count))
        else:
            _AHEAD.extend(_interpreter(ready) for _ in range(count))


@contextlib.contextmanager
def kept_workers() -> Iterator[None]:
    """Inside the block the workers of one `map_documents` serve the next: each takes a second to start. They end with
    the outermost block."""
    global _keeping
    _keeping += 1
    try:
        yield
    finally:
        _keeping -= 1
        if not _keeping:
            with interrupts.held():
                while _IDLE:
                    _IDLE.pop().kill()


def _end_ahead() -> None:
    while _AHEAD:
        _AHEAD.pop().kill()


def _wanted(workers: int | None) -> int:
    return (os.cpu_count() or 1) if workers is None else workers


def _interpreter(ready: Ready | None = None) -> subprocess.Popen[bytes]:
    serve = f"from auditor.documents.worker_process import serve; serve({ready!r})"
    command = f"import sys; sys.path[:] = {sys.path!r}; {serve}"
    return subprocess.Popen(
        [sys.executable, "-c", command],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**ENVIRONMENT, **os.environ},
        stderr=subprocess.DEVNULL,  # panics of native readers; what matters comes as a problem
    )


class _Worker:
    """One process, the item it is at, and the thread that waits for its answers."""

    def __init__(self, process: Process, answers: _Answers) -> None:
        self.process = process
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self.serve(answers)
        self._listener.start()

    def serve(self, answers: _Answers) -> None:
        """Begin a set of items, whose answers go to `answers`."""
        self.ready = False
        self.index: int | None = None
        self.since = time.monotonic()
        self.worked = 0.0  # processor time when it began with its item
        self._answers = answers

    @property
    def lives(self) -> bool:
        """Whether its answers are still waited for: not once its process has ended."""
        return self._listener.is_alive()

    def _listen(self) -> None:
        assert self.process.stdout is not None
        frame: bytes | None = b""
        while frame is not None:
            try:
                frame = read_frame(self.process.stdout)
            except (OSError, ValueError):
                frame = None  # the pipe was closed: the worker is gone, which is what None says
            self._answers.put((self, frame))
        self.process.stdout.close()

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()
        assert self.process.stdin is not None
        with contextlib.suppress(OSError):  # what was left to send has no reader any more
            self.process.stdin.close()

    def ending(self) -> str:
        """How the process ended, in words."""
        code = self.process.wait()
        return f"signal {-code}" if code < 0 else f"exit code {code}"


_Answers = queue.SimpleQueue[tuple[_Worker, bytes | None]]
_IDLE: list[_Worker] = []  # that have served a set of items and may serve the next


class _Pool(Generic[T, R]):
    def __init__(self, function: Callable[[T], R], items: Sequence[T], folder: Path, seconds: int, memory: int) -> None:
        self.start = pickle.dumps((function, str(folder), memory + MEMORY_SLACK))
        self.items, self.folder, self.seconds, self.memory = items, folder, seconds, memory
        self.waiting: deque[int] = deque()
        self.weights: list[int] = []
        self.workers: list[_Worker] = []
        self.answers: _Answers = queue.SimpleQueue()
        self.done: dict[int, Result[T, R]] = {}
        self.finished: list[int] = []
        self.names = itertools.count()
        self.false_starts = 0

    def results(
        self, count: int, weight: Callable[[T], int] | None, progress: Callable[[int, T], None] | None
    ) -> Iterator[Result[T, R]]:
        order = range(len(self.items))
        self.weights = [weight(item) for item in self.items] if weight else [0] * len(self.items)
        self.waiting.extend(sorted(order, key=lambda index: -self.weights[index]))
        for _ in range(count):
            self._spawn()
        told = 0
        for index in order:
            while index not in self.done:
                self._turn()
                for finished in self.finished[told:]:
                    told += 1
                    if progress:
                        progress(told, self.items[finished])
            yield self.done.pop(index)

    def stop(self) -> None:
        """Let the workers go: those that are at no item may serve the next set."""
        with interrupts.held():
            for worker in self.workers:
                if worker.ready and worker.index is None and worker.lives:
                    self._write(worker, NO_MORE)
                    _IDLE.append(worker)
                else:
                    worker.kill()

    def _spawn(self) -> None:
        with interrupts.held():  # a process that is in no list would be left behind
            worker = self._idle() or _Worker(_AHEAD.pop() if _AHEAD else _interpreter(), self.answers)
            self.workers.append(worker)
        self._write(worker, self.start)

    def _idle(self) -> _Worker | None:
        """One that has served before and lives."""
        while _IDLE:
            worker = _IDLE.pop()
            if worker.lives:
                worker.serve(self.answers)
                return worker
            worker.kill()
        return None

    def _turn(self) -> None:
        """Give out work, take in one answer, end what overruns."""
        interrupts.check()
        for worker in self.workers:
            if worker.ready and worker.index is None:
                self._send_next(worker)
        if not self.workers:
            self._without_workers()
            return
        try:
            worker, frame = self.answers.get(timeout=_TICK)
        except queue.Empty:
            pass  # nothing has finished: time to look at the clocks
        else:
            if worker in self.workers:
                self._answer(worker, frame)
        for worker in list(self.workers):
            self._check(worker)

    def _send_next(self, worker: _Worker) -> None:
        """The first waiting item that may be read besides those that are; none if all would be too much."""
        busy = [each.index for each in self.workers if each.index is not None]
        left = MOST_AT_ONCE - sum(self.weights[index] for index in busy)
        index = next((each for each in self.waiting if not busy or self.weights[each] <= left), None)
        if index is not None:
            self.waiting.remove(index)
            self._send(worker, index)

    def _send(self, worker: _Worker, index: int) -> None:
        worker.index, worker.since = index, time.monotonic()
        worker.worked = worked(worker.process.pid) or 0.0
        self._write(worker, pack(self.items[index], self.folder, f"item-{next(self.names)}"))

    def _write(self, worker: _Worker, frame: bytes) -> None:
        assert worker.process.stdin is not None
        try:
            write_frame(worker.process.stdin, frame)
        except OSError:
            return  # it is gone: its listener reports the end, and there the item becomes a problem

    def _answer(self, worker: _Worker, frame: bytes | None) -> None:
        if frame is None:
            self._lost(worker, WorkerDied(reason=worker.ending()))
        elif not worker.ready:
            worker.ready, self.false_starts = True, 0
        elif worker.index is not None:
            index, worker.index = worker.index, None
            self._send_next(worker)  # it reads on while its answer is unpacked
            value, problem = unpack(frame)
            self._finish(index, value, problem)

    def _check(self, worker: _Worker) -> None:
        waited = time.monotonic() - worker.since
        if not worker.ready:
            if waited > _START:
                self._lost(worker, WorkerDied(reason="did not start"))
        elif worker.index is not None and waited > self.seconds and self._has_had_its_time(worker, waited):
            self._lost(worker, WorkerTimeout(seconds=self.seconds))
        elif worker.index is not None and resident(worker.process.pid) > self.memory:
            self._lost(worker, WorkerDied(reason=f"more than {self.memory >> 20} MB of memory"))

    def _has_had_its_time(self, worker: _Worker, waited: float) -> bool:
        """Whether an item that took its seconds had them: on a busy machine others had some of them. One that only
        waits has had them, and none is waited for without end."""
        now = worked(worker.process.pid)
        used = waited if now is None else now - worker.worked
        return used >= self.seconds or used < _IDLEST * waited or waited > _LONGEST * self.seconds

    def _lost(self, worker: _Worker, problem: DocumentError) -> None:
        """The worker's item has its problem; another worker takes its place."""
        worker.kill()
        self.workers.remove(worker)
        if worker.index is not None:
            self._finish(worker.index, None, problem)
        elif not worker.ready:
            self.false_starts += 1
        if self.waiting and self.false_starts < _FALSE_STARTS:
            self._spawn()

    def _finish(self, index: int, value: R | None, problem: AuditorError | None) -> None:
        self.done[index] = Result(self.items[index], value, problem)
        self.finished.append(index)

    def _without_workers(self) -> None:
        """No worker comes up on this machine: the items that are left are problems, and the run still ends."""
        while self.waiting:
            self._finish(self.waiting.popleft(), None, WorkerDied(reason="no worker process could be started"))
