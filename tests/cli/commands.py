"""Functional tests of the command line: a case is a text file of commands, each with its exit code and its output.

    # what it is about
    $ auditor run month --lang en
    exit 1
    out| a line of standard output
    err| a line of standard error

The commands of a case run one after another in a folder that begins as a copy of `inputs/`. Lines beginning with
`$ ` that name no `auditor` are `copy FROM TO`, `write FILE TEXT` or `show FILE`. --update-goldens writes them anew.
"""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
CASES = HERE / "cases"


def environment(**more: str) -> dict[str, str]:
    """What a command sees of the world: nothing of the tester's locale and settings."""
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "TEMP", "TMP", "HOME") if name in os.environ}
    return {**kept, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "LANG": "C.UTF-8", "COLUMNS": "100", **more}


def run(arguments: list[str], folder: Path, **more: str) -> subprocess.CompletedProcess[str]:
    """`auditor ARGUMENTS` as a user runs it, in `folder`."""
    command = [sys.executable, "-m", "auditor", *arguments]
    return subprocess.run(
        command, cwd=folder, env=environment(**more), capture_output=True, encoding="utf-8", timeout=120, check=False
    )


def inputs(folder: Path) -> Path:
    """A folder to work in, with copies of the inputs."""
    shutil.copytree(HERE / "inputs", folder, dirs_exist_ok=True)
    return folder


Run = Callable[[list[str], Path, Mapping[str, str]], tuple[int, str, str]]


def by_process(arguments: list[str], folder: Path, environment: Mapping[str, str]) -> tuple[int, str, str]:
    """A command as a process of its own: exit code, standard output, standard error."""
    command = [sys.executable, "-m", "auditor", *arguments]
    done = subprocess.run(
        command, cwd=folder, env=dict(environment), capture_output=True, encoding="utf-8", timeout=120, check=False
    )
    out, err = (text.replace("python -m auditor", "auditor") for text in (done.stdout, done.stderr))
    return done.returncode, out, err


def played(case: Path, folder: Path, run_one: Run) -> str:
    """The text of a case with what its commands give now."""
    inputs(folder)
    lines: list[str] = []
    for line in case.read_text(encoding="utf-8").splitlines():
        if line.startswith(("# ", "$ ")) or not line:
            lines.append(line)
        if line.startswith("$ "):
            lines += _step(shlex.split(line[2:]), folder, run_one)
    return "\n".join(lines) + "\n"


def _step(words: list[str], folder: Path, run_one: Run) -> Iterator[str]:
    if words[0] == "copy":
        shutil.copy(folder / words[1], folder / words[2])
    elif words[0] == "write":
        (folder / words[1]).write_text(words[2] + "\n", encoding="utf-8")
    elif words[0] == "show":
        yield from (f"file| {line}".rstrip() for line in (folder / words[1]).read_text(encoding="utf-8").splitlines())
    else:
        settings = dict(word.split("=", 1) for word in words[: words.index("auditor")])
        code, out, err = run_one(words[words.index("auditor") + 1 :], folder, environment(**settings))
        yield f"exit {code}"
        for name, text in (("out", out), ("err", err)):
            yield from (f"{name}| {line}".rstrip() for line in text.replace(str(folder), "HERE").splitlines())
