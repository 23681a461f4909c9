"""The wheel, installed into an empty environment away from the checkout, audits a part of the sample month."""

from __future__ import annotations

import importlib.util
import json
import os
import shlex
import shutil
import site
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from readme import ROOT, auditor_lines

SAMPLE = ROOT / "samples" / "jieyuan-2026-10"
PART = ("00上期", "01收货清单", "03统计报表")
BUILD = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--no-index"]

pytestmark = pytest.mark.skipif(
    importlib.util.find_spec("hatchling") is None, reason="hatchling is not installed, so no wheel can be built offline"
)


def checked(
    command: list[str], folder: Path, *, codes: tuple[int, ...] = (0,), home: Path | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a command that knows nothing of the checkout; what it said if it does not end as it should."""
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "TEMP", "TMP") if name in os.environ}
    done = subprocess.run(
        command,
        cwd=folder,
        env={**kept, "PYTHONUTF8": "1", **({"HOME": str(home), "USERPROFILE": str(home)} if home else {})},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode in codes, f"{command} ended with {done.returncode}:\n{done.stdout}\n{done.stderr}"
    return done


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from a copy of what it is made of, so that the checkout stays clean."""
    source = tmp_path_factory.mktemp("source")
    for name in ("auditor", "rules", "reports"):
        shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md"):
        shutil.copy(ROOT / name, source / name)
    folder = tmp_path_factory.mktemp("wheel")
    checked([*BUILD, "--wheel-dir", str(folder), str(source)], folder)
    (built,) = folder.glob("auditor-*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The python of an empty environment with the wheel in it. Its dependencies are those of this environment."""
    folder = tmp_path_factory.mktemp("environment")
    checked([sys.executable, "-m", "venv", "--without-pip", str(folder)], folder)
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    packages = checked(
        [str(python), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"], folder
    ).stdout.strip()
    install = [sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet", "--no-deps", "--no-index"]
    checked([*install, str(wheel)], folder)
    # appended to the path, so after the wheel's own files; an editable install of the checkout is not followed
    (Path(packages) / "dependencies.pth").write_text("\n".join(site.getsitepackages()) + "\n", encoding="utf-8")
    return python


def test_the_wheel_holds_the_data(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for folder in ("rules", "reports"):
        files = (path for path in (ROOT / folder).rglob("*") if path.is_file() and "__pycache__" not in path.parts)
        data = {f"auditor/_data/{path.relative_to(ROOT).as_posix()}" for path in files}
        assert data, f"{folder} is empty"
        assert data <= names
    assert "auditor/cli/__init__.py" in names
    assert not [
        name for name in names if name.startswith(("tests/", "samples/", "benchmarks/")) or "__pycache__" in name
    ]


def test_the_installed_program_is_not_the_checkout(installed: Path, tmp_path: Path) -> None:
    ask = "import auditor; from auditor.resources import rules_folder; print(auditor.__file__); print(rules_folder())"
    for line in checked([str(installed), "-c", ask], tmp_path).stdout.split("\n")[:2]:
        assert Path(line).is_relative_to(installed.parent.parent)
        assert not Path(line).is_relative_to(ROOT)


def test_the_installed_program_audits_the_sample(installed: Path, tmp_path: Path) -> None:
    month = tmp_path / "月末资料"
    month.mkdir()
    for name in PART:
        shutil.copytree(SAMPLE / name, month / name)
    program = str(installed.parent / ("auditor.exe" if os.name == "nt" else "auditor"))
    done = checked(
        [program, "run", str(month), "-o", "结果", "--period", "2026-10", "--lang", "zh"], tmp_path, codes=(1,)
    )
    assert "有清单无登记" in done.stdout
    findings = json.loads((tmp_path / "结果" / "findings.json").read_text(encoding="utf-8"))["findings"]
    assert ("REG-02", "SH26-004348") in {(each["code"], each["key"]) for each in findings}
    assert all((tmp_path / "结果" / name).stat().st_size for name in ("report.html", "report.xlsx", "audit.duckdb"))


def test_the_installed_program_takes_a_layout_that_stands_beside_the_documents(installed: Path, tmp_path: Path) -> None:
    export = "记账日,摘要,发生额,收支标志,结余,收付款人\n2026-10-08,货款,100.00,收,1100.00,甲公司\n"
    layout = (
        "layout: bank/local\ntitle: {en: Local bank, zh: 本地银行}\nrecord: bank_transaction\n"
        "claims: {headers: [记账日, 结余, 收付款人]}\n"
        "columns: {date: [记账日], balance: [结余], counterparty: [收付款人]}\n"
    )
    (tmp_path / "版式" / "bank").mkdir(parents=True)
    (tmp_path / "版式" / "bank" / "local.yaml").write_text(layout, encoding="utf-8")
    (tmp_path / "本地银行.csv").write_text(export, encoding="utf-8")
    program = str(installed.parent / ("auditor.exe" if os.name == "nt" else "auditor"))
    done = checked([program, "read", "本地银行.csv", "--layouts", "版式", "--lang", "zh"], tmp_path)
    assert "本地银行.csv  已读取  bank/local" in done.stdout


def test_both_readmes_show_the_same_commands() -> None:
    assert sorted(auditor_lines("README.md")) == sorted(auditor_lines("README.zh-CN.md"))


def test_the_commands_of_the_readme_do_what_it_says(installed: Path, tmp_path: Path) -> None:
    """In an empty folder with an empty HOME, over a month of one bank account, its ledger and the register."""
    home, folder = tmp_path / "home", tmp_path / "empty"
    home.mkdir()
    for name in ("fernbrook-2026-05", "chengjiang-2026-05"):
        shutil.copytree(ROOT / "samples" / name, folder / "samples" / name)
    for month in (folder / "2026-10", folder / "2026-11", folder / "samples" / SAMPLE.name):
        (month / "网银").mkdir(parents=True)
        shutil.copy(next((SAMPLE / "08网银").glob("ICBC*.csv")), month / "网银" / "ICBC.csv")
        shutil.copy(next((SAMPLE / "09手工流水").glob("*工行*.xlsx")), month)
        shutil.copy(next((SAMPLE / "03统计报表").glob("*.xlsx")), month / "统计报表.xlsx")
    lines = auditor_lines("README.md")
    assert {line.split()[1] for line in lines} == {"run", "read", "init", "rules", "batch"}
    for line in lines:
        program, *arguments = shlex.split(line)
        found = arguments[0] in ("run", "batch")  # there are exceptions
        codes = (1,) if found else (0,)
        checked([str(installed.parent / program), *arguments], folder, codes=codes, home=home)
    for report in (folder / "out" / SAMPLE.name, folder / "2026-10-report"):
        assert (report / "report.html").stat().st_size and (report / "report.xlsx").stat().st_size
    assert list(home.iterdir()) == []
