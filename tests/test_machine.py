"""The same bytes on every machine: locale, time zone, cores, HOME, hash seed, folder and order of the files change nothing.

A run takes seconds, so settings are tried several at a time. Where a combination differs, each of its settings is tried
alone, and the failure names those that differ.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path
from typing import Any

import duckdb
import pytest

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "samples" / "jieyuan-2026-10"
WRITTEN = ("findings.json", "report.html", "report.xlsx")
PROGRAM = """
import os, runpy, sys
cores, umask = int(sys.argv.pop(1)), int(sys.argv.pop(1), 8)
os.umask(umask)
if cores and hasattr(os, "sched_setaffinity"):
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:cores])
runpy.run_module("auditor", run_name="__main__", alter_sys=True)
"""

Outputs = dict[str, Any]


@dataclass(frozen=True)
class Machine:
    """How a run finds its machine. `environment`: what is set ({} is a scratch folder); None is what must not be."""

    environment: Mapping[str, str | None] = field(default_factory=dict)
    workers: int | None = 1
    cores: int = 0  # 0: all that there are
    umask: str = "022"
    folder: str = "month"
    newest_first: bool = False
    inside: bool = False  # the run stands in the audited folder and names it and its output from there


Setting = Callable[[Machine], Machine]


def sets(environment: Mapping[str, str | None]) -> Setting:
    return lambda machine: replace(machine, environment={**machine.environment, **environment})


def has(**values: Any) -> Setting:
    return lambda machine: replace(machine, **values)


def foreign_locale() -> str:
    """A locale of this machine that is neither English nor C; the name of one that is not installed if there is none."""
    program = shutil.which("locale")
    names = subprocess.run([program, "-a"], capture_output=True, check=False).stdout.split() if program else []
    foreign = [name.decode("ascii", "ignore") for name in names if not name.startswith((b"C", b"POSIX", b"en_"))]
    return min(foreign, default="de_DE.ISO-8859-1")


LOCALE = ("LANG", "LANGUAGE", "LC_ALL", "LC_CTYPE", "LC_MESSAGES", "LC_NUMERIC", "LC_TIME")
NO_LOCALE: dict[str, str | None] = dict.fromkeys(LOCALE)
USUAL = Machine({**NO_LOCALE, "LC_ALL": "C.UTF-8", "TZ": "UTC", "PYTHONHASHSEED": "0", "HOME": "{}"})
COMBINATIONS: dict[str, dict[str, Setting]] = {
    "a bare server": {
        "locale C": sets(NO_LOCALE | {"LC_ALL": "C"}),
        "TZ=Pacific/Kiritimati": sets({"TZ": "Pacific/Kiritimati"}),
        "two workers": has(workers=2),
        "no HOME": sets({"HOME": None, "USERPROFILE": None}),
        "PYTHONHASHSEED=1": sets({"PYTHONHASHSEED": "1"}),
        "umask 077": has(umask="077"),
    },
    "a container of one core": {
        "no locale": sets(NO_LOCALE),
        "TZ=America/Los_Angeles": sets({"TZ": "America/Los_Angeles"}),
        "one core, as many workers as the program takes": has(cores=1, workers=None),
        "HOME that does not exist": sets({"HOME": "{}/no/such/home"}),
        "PYTHONHASHSEED=random": sets({"PYTHONHASHSEED": "random"}),
        "the newest files first": has(newest_first=True),
    },
    "an old terminal": {
        "locale POSIX without UTF-8": sets(
            NO_LOCALE | {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
        ),
        "HOME that cannot be written": sets({"HOME": "{}/a-file/home"}),
        "documents read in the program itself": has(workers=0),
        "another folder": has(folder="另一个 文件夹/2026年10月"),
    },
    "a desktop": {
        "a foreign locale": sets(NO_LOCALE | {"LC_ALL": foreign_locale()}),
        "TZ=Asia/Shanghai": sets({"TZ": "Asia/Shanghai"}),
        "XDG folders that are not there": sets(
            {"XDG_CACHE_HOME": "{}/a-file/cache", "XDG_CONFIG_HOME": "{}/no/config", "XDG_DATA_HOME": None}
        ),
        "from inside the folder": has(inside=True),
    },
}


class Runner:
    """Runs the program over a month that has every kind of document of the sample."""

    def __init__(self, scratch: Path) -> None:
        self.scratch, self.numbers = scratch, count()
        (scratch / "a-file").write_bytes(b"")

    def run(self, machine: Machine) -> Outputs:
        place = self.scratch / str(next(self.numbers))
        month, output = place / machine.folder, place / "written"
        reduced(month, newest_first=machine.newest_first)
        folder = month if machine.inside else place
        workers = [] if machine.workers is None else ["--workers", str(machine.workers)]
        asked = ["run", os.path.relpath(month, folder), "-o", os.path.relpath(output, folder), "--lang", "zh"]
        command = [sys.executable, "-c", PROGRAM, str(machine.cores), machine.umask, *asked, *workers]
        done = subprocess.run(
            [*command, "--at", "2026-11-05T09:00:00+08:00"],
            cwd=folder,
            env=self._environment(machine),
            capture_output=True,
            check=False,
        )
        assert done.returncode in (1, 2), done.stdout.decode(errors="replace") + done.stderr.decode(errors="replace")
        return {"exit code": done.returncode, **outputs(output)}

    def _environment(self, machine: Machine) -> dict[str, str]:
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        for name, value in machine.environment.items():
            environment.pop(name, None)
            if value is not None:
                environment[name] = value.replace("{}", str(self.scratch))
        return environment


def reduced(folder: Path, *, newest_first: bool) -> None:
    """A month with the first document of each kind in each folder of the sample, and the settings."""
    seen: Counter[tuple[str, str]] = Counter()
    kept = []
    for path in sorted(each for each in SAMPLE.rglob("*") if each.is_file()):
        kind = (path.relative_to(SAMPLE).parts[0], path.suffix)
        seen[kind] += 1
        if seen[kind] == 1 or path.name == "audit.yaml":
            kept.append(path)
    for number, path in enumerate(reversed(kept) if newest_first else kept):
        target = folder / path.relative_to(SAMPLE)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
        os.utime(target, (1_700_000_000 + number, 1_700_000_000 + number))


def outputs(folder: Path) -> Outputs:
    """What a run wrote: the files as they are, the database table by table."""
    written: Outputs = {name: (folder / name).read_bytes() for name in WRITTEN}
    with duckdb.connect(str(folder / "audit.duckdb"), read_only=True, config={"threads": 1}) as database:
        for (name,) in database.execute("SELECT table_name FROM duckdb_tables()").fetchall():
            table = database.execute(f'SELECT * FROM "{name}"')
            written[f"table {name}"] = (table.description, table.fetchall())
        views = "SELECT view_name, sql FROM duckdb_views() WHERE NOT internal ORDER BY ALL"
        written["views"] = database.execute(views).fetchall()
    return written


def differing(usual: Outputs, other: Outputs) -> list[str]:
    return sorted(name for name in {*usual, *other} if usual.get(name) != other.get(name))


@pytest.fixture(scope="module")
def runner(tmp_path_factory: pytest.TempPathFactory) -> Runner:
    return Runner(tmp_path_factory.mktemp("machines"))


def applied(settings: Iterable[Setting]) -> Machine:
    machine = USUAL
    for setting in settings:
        machine = setting(machine)
    return machine


def test_the_outputs_are_the_same_on_every_machine(runner: Runner) -> None:
    with ThreadPoolExecutor(max_workers=2) as runs:
        usual = runs.submit(runner.run, USUAL)
        others: dict[str, Future[Outputs]] = {
            name: runs.submit(runner.run, applied(settings.values())) for name, settings in COMBINATIONS.items()
        }
    filled = ("bank_transaction", "receiving_slip", "cash_journal_entry", "finding")  # else all could be empty alike
    for table in filled:
        assert usual.result()[f"table {table}"][1], table
    for name, other in others.items():
        if different := differing(usual.result(), other.result()):
            alone = {each: runner.run(setting(USUAL)) for each, setting in COMBINATIONS[name].items()}
            guilty = {each: found for each, run in alone.items() if (found := differing(usual.result(), run))}
            pytest.fail(f"{name} differs in {different}; its settings alone: {guilty or 'none'}")
