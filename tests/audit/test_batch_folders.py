"""Which folders of a batch are months, whose they are, and what is said of the others."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.audit.batch.errors import NoMonths
from auditor.audit.batch.folders import find_months, month_in
from auditor.audit.errors import NoFolder


@pytest.mark.parametrize(
    ("name", "above", "month"),
    [
        ("2026-10", "", "2026-10"),
        ("202610", "", "2026-10"),
        ("2026年9月", "", "2026-09"),
        ("2026.9", "", "2026-09"),
        ("恒昌 2026_03 月末", "", "2026-03"),
        ("jieyuan-2026-10", "", "2026-10"),
        ("10月", "2026", "2026-10"),
        ("09", "2026年", "2026-09"),
        ("10月", "恒昌", None),
        ("2026-10-15", "", None),
        ("2026-13", "", None),
        ("2026年10月15日", "", None),
        ("12026101", "", None),
        ("2026", "", None),
        ("合同", "2026", None),
    ],
)
def test_the_month_that_a_name_states(name: str, above: str, month: str | None) -> None:
    assert month_in(name, above) == month


def batch(root: Path, *folders: str, files: tuple[str, ...] = ()) -> Path:
    for folder in folders:
        (root / folder).mkdir(parents=True)
    for file in files:
        (root / file).parent.mkdir(parents=True, exist_ok=True)
        (root / file).write_text("", encoding="utf-8")
    return root


def test_companies_and_their_months(tmp_path: Path) -> None:
    root = batch(
        tmp_path, "恒昌/2026-09/网银", "恒昌/2026-10", "佳源/2026/10月", "上海/百利/202610", "jieyuan-2026-10",
        files=("2026-11/捷远/audit.yaml", "2026-11/华东/audit.yaml", "旧账/audit.yaml", "旧账/01/a.csv"),
    )  # fmt: skip
    found = find_months(root)
    assert [(each.shown, each.company, each.period) for each in found.months] == [
        ("2026-11/华东", "华东", "2026-11"),
        ("2026-11/捷远", "捷远", "2026-11"),
        ("jieyuan-2026-10", "jieyuan", "2026-10"),
        ("上海/百利/202610", "上海/百利", "2026-10"),
        ("佳源/2026/10月", "佳源", "2026-10"),
        ("恒昌/2026-09", "恒昌", "2026-09"),
        ("恒昌/2026-10", "恒昌", "2026-10"),
        ("旧账", "旧账", None),
    ]
    assert (found.problems, found.remarks) == ((), ())


def test_nothing_is_left_out_without_a_word(tmp_path: Path) -> None:
    root = batch(
        tmp_path, "恒昌/2026-09", "恒昌/合同", "空的/资料",
        files=("恒昌/清单.xlsx", "恒昌/reading.yaml", "恒昌/.DS_Store", "说明.docx", "own/rules/ruleset.yaml"),
    )  # fmt: skip
    found = find_months(root)
    assert [each.shown for each in found.months] == ["恒昌/2026-09"]
    assert [(each.code, str(each.place)) for each in found.problems] == [("CompanyWithoutMonth", "空的")]
    assert [each.en for each in found.remarks] == [
        "恒昌: files beside the months, left out: 1 (清单.xlsx)",
        "恒昌/合同: no folder of a month, left out",
    ]  # 说明.docx is a note about the folder


def test_a_folder_that_cannot_be_read_does_not_keep_the_others_from_it(tmp_path: Path) -> None:
    root = batch(tmp_path, "恒昌/2026-09", "佳源")
    (root / "佳源" / "2026-09").symlink_to(root / "佳源" / "2026-09")
    found = find_months(root)
    assert [each.shown for each in found.months] == ["恒昌/2026-09"]
    assert [(each.code, str(each.place)) for each in found.problems] == [("BatchFolderUnreadable", "佳源/2026-09")]


def test_the_output_and_other_audits_are_no_months(tmp_path: Path) -> None:
    root = batch(tmp_path, "恒昌/2026-09", "out/恒昌/2026-09", files=("恒昌/2026-09-audit/audit.duckdb",))
    assert [each.shown for each in find_months(root, root / "out").months] == ["恒昌/2026-09"]


def test_no_month_at_all(tmp_path: Path) -> None:
    with pytest.raises(NoFolder):
        find_months(tmp_path / "none")
    with pytest.raises(NoMonths):
        find_months(batch(tmp_path / "a", "恒昌/合同"))
    with pytest.raises(NoMonths):  # a month itself
        find_months(batch(tmp_path / "b", "01收货清单", files=("audit.yaml",)))
