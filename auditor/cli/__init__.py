"""The command line: arguments, progress and exit codes, and nothing else."""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections.abc import Callable
from types import FrameType

from auditor.lean import without_pandas

_GARBAGE = 50_000  # new objects after which the collector looks for cycles: a run makes many, and few cycles
CLOSED_PIPE = 128 + 13  # what a shell gives for a program whose reader has gone


def main() -> None:
    """Entry point of `auditor`."""
    gc.set_threshold(_GARBAGE)
    without_pandas()
    _speak_safely()
    signal.signal(signal.SIGTERM, _stopped)
    sys.exit(guarded(_commands))


def _commands() -> int:
    from auditor.cli.commands import group

    return int(group.main(standalone_mode=False) or 0)


def guarded(work: Callable[[], int]) -> int:
    """The exit code of `work`. Whatever it raises is told in one way, and no traceback reaches a user.

    130 after Ctrl-C, 141 where the reader of the output has gone, 2 for a fault of the program.
    """
    from auditor.cli.usage import ReaderGone

    try:
        code = work()
        sys.stdout.flush()
    except (BrokenPipeError, ReaderGone):
        # what is still in the buffer must not be tried again when the interpreter ends
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return CLOSED_PIPE
    except KeyboardInterrupt:
        from auditor.cli.show import show_interrupted

        show_interrupted()
        return 130
    except Exception as error:
        if os.environ.get("AUDITOR_DEBUG") == "1":
            raise
        from auditor.cli.show import show_fault

        show_fault(error)
        return 2
    return code


def _speak_safely() -> None:
    """A character that the terminal's code page lacks becomes `?` instead of an error."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")


def _stopped(number: int, frame: FrameType | None) -> None:
    """Told to end: what has been begun is cleared away first."""
    del frame
    raise SystemExit(128 + number)
