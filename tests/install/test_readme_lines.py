"""The READMEs' own lines install the command. They run here as they stand, in a copy of the checkout and with an empty HOME.

No registry is asked: the environments see the packages of this one, and pip is told by its environment to look no further.
"""

from __future__ import annotations

import importlib.util
import os
import shlex
import shutil
import site
import subprocess
import sys
from pathlib import Path

import pytest
from readme import READMES, ROOT, blocks

SAMPLE = ROOT / "samples" / "jieyuan-2026-10"
INSTALLERS = ("uv", "pipx")
OFFLINE = {"PIP_NO_INDEX": "1", "PIP_NO_BUILD_ISOLATION": "0", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}

pytestmark = [
    pytest.mark.skipif(os.name == "nt", reason="the lines are run by a POSIX shell"),
    pytest.mark.skipif(importlib.util.find_spec("hatchling") is None, reason="no wheel can be built without hatchling"),
    pytest.mark.skipif(importlib.util.find_spec("ensurepip") is None, reason="this Python makes no environments"),
]


class Shell:
    """A terminal in an unpacked copy of the repository: an empty HOME, `python3` and `py` on the path, no registry."""

    def __init__(self, scratch: Path) -> None:
        self.home, self.tools, self.checkout = (scratch / name for name in ("home", "tools", "auditor-main"))
        for folder in (self.home, self.tools):
            folder.mkdir()
        ignored = shutil.ignore_patterns("__pycache__")
        for name in ("auditor", "rules", "reports"):
            shutil.copytree(ROOT / name, self.checkout / name, ignore=ignored)
        for name in ("pyproject.toml", "Makefile", "README.md", "requirements.lock", "requirements-dev.lock"):
            shutil.copy(ROOT / name, self.checkout / name)
        for name in ("03统计报表", "08网银", "audit.yaml"):
            part, copy = SAMPLE / name, self.checkout / "samples" / SAMPLE.name / name
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copytree(part, copy) if part.is_dir() else shutil.copy(part, copy)
        (self.checkout / "tests").mkdir()
        (self.checkout / "tests" / "test_one.py").write_text("def test_one() -> None: pass\n", encoding="utf-8")
        self.command("python3", Path(sys.executable))
        self.command("py", Path(sys.executable))

    def command(self, name: str, python: Path) -> None:
        """A command on the path that is this Python."""
        script = self.tools / name
        script.write_text(f'#!/bin/sh\nexec {shlex.quote(str(python))} "$@"\n', encoding="utf-8")
        script.chmod(0o755)

    def run(self, line: str, folder: Path | None = None, codes: tuple[int, ...] = (0,)) -> str:
        """What a line prints. An environment that it makes sees the packages that are installed here."""
        path = os.pathsep.join([str(self.tools), os.environ.get("PATH", os.defpath)])
        done = subprocess.run(
            ["sh", "-c", line],
            cwd=folder or self.checkout,
            env={**OFFLINE, "PATH": path, "HOME": str(self.home), "PYTHONUTF8": "1"},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode in codes, f"{line} ended with {done.returncode}:\n{done.stdout}\n{done.stderr}"
        for settings in (*self.home.glob("*/pyvenv.cfg"), *self.checkout.glob(".venv/pyvenv.cfg")):
            share_packages(settings.parent)
        return done.stdout


def share_packages(environment: Path) -> None:
    """Packages of this environment are seen by another after its own; what is installed here by a link is not."""
    (packages,) = environment.glob("lib/python*/site-packages")
    (packages / "shared.pth").write_text("\n".join(site.getsitepackages()) + "\n", encoding="utf-8")


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return Shell(tmp_path)


def block_with(readme: str, start: str) -> list[str]:
    """The one fenced block that has a line with this start."""
    (found,) = [lines for _, lines in blocks(readme) if any(line.startswith(start) for line in lines)]
    return found


def from_powershell(line: str) -> str:
    """The line as a POSIX shell has it: the programs of an environment stand elsewhere, and paths have slashes."""
    return line.replace(".venv\\Scripts\\", ".venv/bin/").replace("\\", "/")


def installed_outside(shell: Shell, program: str, folder: Path) -> None:
    """The program answers in an empty folder, and is not the checkout's."""
    folder.mkdir()
    assert shell.run(f"{program} --version", folder).startswith("auditor, version ")
    python = shlex.split(program)[0].removesuffix("/auditor") + "/python" if "/" in program else program.split()[0]
    where = Path(shell.run(f"{python} -c 'import auditor; print(auditor.__file__)'", folder).strip())
    assert not where.is_relative_to(shell.checkout) and not where.is_relative_to(ROOT)


def test_both_readmes_show_the_same_lines() -> None:
    english, chinese = (list(blocks(readme)) for readme in READMES)
    assert english == chinese


def test_installing_into_an_environment(shell: Shell, tmp_path: Path) -> None:
    for line in block_with("README.md", "python3 -m venv"):
        shell.run(line)
    installed_outside(shell, "~/auditor/bin/auditor", tmp_path / "empty")


def test_installing_on_windows(shell: Shell, tmp_path: Path) -> None:
    """`py` is then the Python of the user: here one of its own, so that nothing is installed into this one."""
    shell.run('python3 -m venv "$HOME/user"')
    shell.command("py", shell.home / "user" / "bin" / "python")
    for line in block_with("README.md", "py -m pip"):
        shell.run(line)
    installed_outside(shell, "py -m auditor", tmp_path / "empty")


@pytest.mark.parametrize("tool", INSTALLERS)
def test_installing_with_a_tool(tool: str, shell: Shell, tmp_path: Path) -> None:
    """Only where the tool is, and what it needs is at hand: it builds in an environment of its own."""
    program = shutil.which(tool)
    if program is None:
        pytest.skip(f"{tool} is not installed")
    (line,) = [line for line in block_with("README.md", "uv tool") if line.startswith(tool)]
    path = os.environ.get("PATH", os.defpath)
    environment = {**os.environ, "HOME": str(shell.home), "PATH": path}
    done = subprocess.run(shlex.split(line), cwd=shell.checkout, env=environment, capture_output=True, check=False)
    if done.returncode:
        pytest.skip(f"no registry for {tool}: {done.stderr.decode(errors='replace')[-300:]}")
    installed = shell.home / ".local" / "bin" / "auditor"
    assert shell.run(f"{shlex.quote(str(installed))} --version", tmp_path).startswith("auditor, version ")


def test_the_two_commands_of_developers(shell: Shell) -> None:
    make = shutil.which("make")
    if make is None:
        pytest.skip("make is not installed")
    for line in block_with("README.md", "make audit"):
        assert shell.run(f"{line} --dry-run")


def test_the_two_commands_of_developers_on_windows(shell: Shell) -> None:
    for line in block_with("README.md", ".venv\\Scripts\\auditor"):
        if "requirements" in line and not locked():
            pytest.skip("this environment has other versions than the locked ones, and no registry is asked")
        line = line.replace(" -e .", " .")  # what links the checkout into the environment comes from the registry
        shell.run(from_powershell(line), codes=(0, 1) if " run " in line else (0,))
    for activated in ("auditor --version", "python -m auditor --version"):
        assert shell.run(f". .venv/bin/activate && {activated}").startswith("auditor, version ")


def locked() -> bool:
    """Whether the packages of this environment are those of the lock file."""
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--dry-run", "--no-index", "--require-hashes", "-r"]
    done = subprocess.run([*command, str(ROOT / "requirements-dev.lock")], capture_output=True, check=False)
    return done.returncode == 0
