"""What is made ready while documents are read: it runs in a thread of its own, and what it raises ends the reading."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import copy_context
from typing import Any, TypeVar

from auditor import interrupts
from auditor.audit.progress import Progress

T = TypeVar("T")


@contextmanager
def beside(work: Callable[[], T]) -> Iterator[Future[T]]:
    """Run `work` while the block runs; the block asks for its `result()`, which raises what `work` raised."""
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="auditor-beside") as threads:
        yield threads.submit(copy_context().run, work)


class Watching:
    """A progress that raises what the work beside has raised, so that its error need not wait for the last document."""

    def __init__(self, progress: Progress, work: Future[Any]) -> None:
        self._progress, self._work = progress, work

    def stage(self, name: str, steps: int | None) -> None:
        self._look()
        self._progress.stage(name, steps)

    def step(self, what: str) -> None:
        self._look()
        self._progress.step(what)

    def _look(self) -> None:
        interrupts.check()
        if self._work.done():
            self._work.result()
