"""Many commands for the price of one start: a process that has the program loaded and forks for each command.

Each fork parses its arguments, chooses its language and ends as a fresh process would. Where there is no fork, each
command is a process of its own.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

LOADED = (
    "auditor.audit.initial", "auditor.audit.preview", "auditor.checks.registry", "auditor.checks.match",
    "auditor.checks.require", "auditor.reports.html", "auditor.reports.xlsx", "auditor.documents.layouts.form_layouts",
    "auditor.checks.examples", "auditor.rules.describe", "rich.table", "rich.progress", "click",
)  # fmt: skip


class Forker:
    """Runs commands until it is closed."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._server = subprocess.Popen(
            [sys.executable, __file__], env=dict(environment), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def run(self, arguments: list[str], folder: Path, environment: Mapping[str, str]) -> tuple[int, str, str]:
        """Exit code, standard output and standard error of `auditor ARGUMENTS` in `folder`."""
        assert self._server.stdin is not None
        assert self._server.stdout is not None
        task = {"arguments": arguments, "folder": str(folder), "environment": dict(environment)}
        self._server.stdin.write(json.dumps(task) + "\n")
        self._server.stdin.flush()
        code = int(self._server.stdout.readline())
        out, err = ((folder / name).read_text(encoding="utf-8") for name in (".out", ".err"))
        return code, out, err

    def close(self) -> None:
        self._server.communicate()


def serve() -> None:
    """The server: a line of JSON in, the exit code out."""
    for name in LOADED:
        __import__(name)
    for line in sys.stdin:
        child = os.fork()
        if not child:
            play(json.loads(line))
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


def play(task: dict[str, Any]) -> None:
    """In the fork: become the command."""
    os.environ.clear()
    os.environ.update(task["environment"])
    os.chdir(task["folder"])
    for number, name in ((1, ".out"), (2, ".err")):
        os.dup2(os.open(name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), number)
    sys.stdout, sys.stderr = (open(number, "w", encoding="utf-8", closefd=False) for number in (1, 2))  # noqa: SIM115
    sys.argv = ["auditor", *task["arguments"]]
    code = 1
    try:
        from auditor.cli import main

        main()
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else 0
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    serve()
