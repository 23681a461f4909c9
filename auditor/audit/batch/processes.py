"""Audits months side by side, each in a process of its own; a signal ends them all."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

from auditor import interrupts
from auditor.audit.batch.errors import AuditEnded
from auditor.errors import Place

CHILD = "from auditor.audit.batch.job import serve; serve()"
_GRACE = 20  # seconds that an audit has to clear up after it was told to end


class Processes:
    """At most so many audits at a time. Made by `processes`."""

    def __init__(self, pool: ThreadPoolExecutor) -> None:
        self._pool = pool
        self._lock = threading.Lock()
        self._running: set[subprocess.Popen[bytes]] = set()
        self._over = False

    def start(self, shown: str, job: Mapping[str, Any]) -> Future[dict[str, Any]]:
        """Begin a job as soon as there is room; its result is `{"summary": ...}` or `{"error": ...}`."""
        return self._pool.submit(self._audited, shown, job)

    def _audited(self, shown: str, job: Mapping[str, Any]) -> dict[str, Any]:
        with self._lock:
            if self._over:
                return {}
            command = f"import sys; sys.path[:] = {sys.path!r}; {CHILD}"
            process = subprocess.Popen(
                [sys.executable, "-c", command],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,  # panics of native readers; what matters comes as an answer
            )
            self._running.add(process)
        try:
            answer, _ = process.communicate(json.dumps(job).encode())
            return dict(json.loads(answer))
        except ValueError:
            return {"error": dict(AuditEnded(Place(shown), code=process.returncode).as_dict())}
        finally:
            with self._lock:
                self._running.discard(process)

    def end(self) -> None:
        """End what runs, and let nothing begin."""
        with self._lock:
            self._over = True
            running = list(self._running)
        for process in running:
            process.terminate()
        for process in running:
            try:
                process.wait(_GRACE)
            except subprocess.TimeoutExpired:
                process.kill()


@contextmanager
def processes(most: int) -> Iterator[Processes]:
    """Processes for the block, at most so many at a time. None is left after it, however it ends."""
    with ThreadPoolExecutor(max_workers=most, thread_name_prefix="auditor-batch") as pool:
        running = Processes(pool)
        try:
            yield running
        except BaseException:
            with interrupts.held():
                running.end()
                pool.shutdown(wait=True, cancel_futures=True)
            raise
