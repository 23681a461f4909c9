"""How single files and folders are read: what is asked for, and what audit.yaml says, holds for each document."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from auditor.audit.documents import read_folder, read_paths
from auditor.audit.progress import Silent
from auditor.audit.settings import Settings, SettingsFile

SLIPS = "清单号,日期,客户,件数,合计\nNB1,10月8日,甬泰,1,10.00\n"


def dates(path: Path) -> list[object]:
    return list(read_paths([path], ())[0].records["receiving_slip"].column("date").to_pylist())


def test_the_period_that_is_asked_for_gives_its_year_to_dates(tmp_path: Path) -> None:
    (tmp_path / "清单.csv").write_text(SLIPS, encoding="utf-8")
    period = (date(2026, 10, 1), date(2026, 10, 31))
    (document,) = read_folder(tmp_path, Settings(SettingsFile()), Silent(), 1, None, period)
    assert not document.problems and document.counts == {"receiving_slip": 1}
    (document,) = read_folder(tmp_path, Settings(SettingsFile()), Silent(), 1, None)
    assert [problem.code for problem in document.problems] == ["YearUndecided"]


def test_a_single_file_is_read_as_the_audit_yaml_above_it_says(tmp_path: Path) -> None:
    folder = tmp_path / "2026-10" / "清单"
    folder.mkdir(parents=True)
    (folder / "清单.csv").write_text(SLIPS, encoding="utf-8")
    (folder / "登记.csv").write_text(SLIPS, encoding="utf-8")
    (tmp_path / "2026-10" / "audit.yaml").write_text(
        'period: 2026-10\ndocuments:\n  - {path: "清单/登记.csv", layout: register_entry}\n', encoding="utf-8"
    )
    assert dates(folder / "清单.csv") == [date(2026, 10, 8)]
    (register,) = read_paths([folder / "登记.csv"], ())
    assert register.counts == {"register_entry": 1}


def test_a_matrix_without_a_name_is_known_by_the_customers_of_the_folder(tmp_path: Path) -> None:
    partners = "客户编码,客户名称,简称\nK1,临海纺织有限公司,临海纺织\nK2,玉环水暖有限公司,玉环水暖\nK3,天台药业有限公司,天台药业\n"
    days = "2026-05-06,100,57.5,,157.5\n2026-05-07,,,140.8,140.8\n2026-05-08,22.4,,,22.4\n合计,122.4,57.5,140.8,320.7\n"
    for name, header in (("五月", "临海纺织,玉环水暖,天台药业"), ("门店", "东店,西店,南店")):
        (tmp_path / f"{name}.csv").write_text(f"日期,{header},合计\n{days}", encoding="utf-8")
    alone = read_folder(tmp_path, Settings(SettingsFile()), Silent(), 1, None)
    assert not any(document.records for document in alone)
    (tmp_path / "往来单位.csv").write_text(partners, encoding="utf-8")
    found = {each.path: each for each in read_folder(tmp_path, Settings(SettingsFile()), Silent(), 1, None)}
    assert found["五月.csv"].counts["master_day"] == 4
    assert "master_day" not in found["门店.csv"].counts
