"""The command line: arguments, progress and exit codes, and nothing else."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable

from auditor import interrupts
from auditor.excluded_imports import without_pandas

_GARBAGE = 50_000  # new objects after which the collector looks for cycles: a run makes many, and few cycles
CLOSED_PIPE = 128 + 13  # what a shell gives for a program whose reader has gone


def main() -> None:
    """Entry point of `auditor`."""
    code = guarded(_prepared)
    interrupts.deaf()  # what is left is the end of the interpreter, in which a signal would only make noise
    sys.exit(code)


def _prepared() -> int:
    interrupts.listen()
    gc.set_threshold(_GARBAGE)
    without_pandas()
    _speak_safely()
    return _commands()


def _commands() -> int:
    from auditor.cli.commands import group

    return int(group.main(standalone_mode=False) or 0)


def guarded(work: Callable[[], int]) -> int:
    """The exit code of `work`. Whatever it raises is told in one way, and no traceback reaches a user.

    130 after Ctrl-C and 143 after SIGTERM, whatever else the signal broke; 141 where the reader of the output has
    gone, 2 for a fault of the program.
    """
    try:
        code = _told(work)
        interrupts.check()
    except interrupts.Interrupted as ended:
        return _interrupted(ended.exit_code)
    except KeyboardInterrupt:
        return _interrupted(130)
    return code


def _told(work: Callable[[], int]) -> int:
    try:
        code = work()
        sys.stdout.flush()
    except Exception as error:
        interrupts.check()
        from auditor.cli.usage import ReaderGone

        if isinstance(error, BrokenPipeError | ReaderGone):
            # what is still in the buffer must not be tried again when the interpreter ends
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return CLOSED_PIPE
        if os.environ.get("AUDITOR_DEBUG") == "1":
            raise
        from auditor.cli.show import show_fault

        show_fault(error)
        return 2
    return code


def _interrupted(code: int) -> int:
    """One plain line, and nothing breaks into it."""
    interrupts.deaf()
    from auditor.cli.speech import say

    if interrupts.everything_written():
        words = say("interrupted; the files had been written and are whole", "已中断，此前文件已完整写入")
    elif interrupts.partly_written():
        words = say(
            "interrupted; what was finished is written and whole, and the same command goes on from there",
            "已中断，已完成的部分已完整写入，重新执行同一命令即可继续",
        )
    else:
        words = say("interrupted; nothing was written", "已中断，未写入任何文件")
    sys.stderr.write(words + "\n")
    return code


def _speak_safely() -> None:
    """A character that the terminal's code page lacks becomes `?` instead of an error."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")
