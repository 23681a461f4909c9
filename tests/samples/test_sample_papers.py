"""The two small folders of papers that the README walks through: what is wrong in them is found, and nothing else."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from make_papers import FOLDERS, make

import auditor

EXPECTED = {
    "fernbrook-2026-05": [("DOC-05", "PA-19", "20.00"), ("FIG-01", "GL-88", "20.00")],
    "chengjiang-2026-05": [("DOC-05", "FK-19", "-340.00"), ("FIG-01", "WJ-88", "540.00")],
}


@pytest.mark.parametrize("folder", FOLDERS)
def test_the_exceptions_of_the_walk_through(tmp_path: Path, folder: str) -> None:
    make(tmp_path)
    result = auditor.run(tmp_path / folder, workers=0).result
    found = [(each.code, each.key, each.difference) for each in result.findings if each.status == "open"]
    assert sorted(found) == [(code, key, Decimal(difference)) for code, key, difference in EXPECTED[folder]]
    assert result.untested == ()


def test_the_folders_are_as_they_are_made(tmp_path: Path) -> None:
    make(tmp_path)
    samples = Path(__file__).resolve().parents[2] / "samples"
    for folder, files in FOLDERS.items():
        for name in files:
            if not name.endswith(".pdf"):  # a PDF depends on the version of what draws it
                assert (samples / folder / name).read_bytes() == (tmp_path / folder / name).read_bytes()
        kept = {path.relative_to(samples / folder).as_posix() for path in (samples / folder).rglob("*") if path.is_file()}
        assert kept == set(files)
