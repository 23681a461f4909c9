"""Batches: months audited side by side, what is done already, what fails, and the overview."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from auditor.audit.batch import processes
from auditor.audit.batch.batches import Batch, BatchOptions, run_batch

SLIPS = "日期,清单号,客户,件数,合计\n2026-10-08,SH26-000001,恒昌电子,2,210.00\n2026-10-09,SH26-000002,恒昌电子,1,66.00\n"
REGISTER = "日期,清单号,件数,合计,联络单号\n2026-10-08,SH26-000001,2,210.00,\n"
WHOLE = REGISTER + "2026-10-09,SH26-000002,1,66.00,\n"
AT = "2026-11-02T09:00:00+08:00"
RULES = str(Path(__file__).resolve().parent.parent / "cli" / "inputs" / "rules")


def month(folder: Path, register: str = REGISTER, settings: str = "") -> Path:
    folder.mkdir(parents=True)
    (folder / "收货清单.csv").write_text(SLIPS, encoding="utf-8")
    (folder / "统计报表.csv").write_text(register, encoding="utf-8")
    if settings:
        (folder / "audit.yaml").write_text(settings, encoding="utf-8")
    return folder


def batch(root: Path, **more: Any) -> Batch:
    return run_batch(root / "in", root / "out", BatchOptions(rules=(RULES,), **{"at": AT, **more}))


def overview(root: Path) -> dict[str, Any]:
    data: dict[str, Any] = json.loads((root / "out" / "overview.json").read_text(encoding="utf-8"))
    return data


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A batch of a month with an exception, one without, and one with a broken audit.yaml; and its output."""
    root = tmp_path_factory.mktemp("batch")
    month(root / "in" / "恒昌" / "2026-10", settings="entity: 恒昌货运有限公司\n")
    month(root / "in" / "佳源" / "2026-10", WHOLE)
    month(root / "in" / "错的" / "2026-10", settings="entitty: 错\n")
    (root / "in" / "空的").mkdir()
    assert batch(root).audited == 2
    return root


@pytest.fixture
def root(made: Path, tmp_path: Path) -> Path:
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    return tmp_path


def test_the_overview_says_what_became_of_each_month(made: Path) -> None:
    told = overview(made)
    rows = [
        (each["entity"], each["month"], each["state"], each.get("open"), each.get("money")) for each in told["months"]
    ]
    stake = {"currency": "CNY", "exceptions": 1, "amount": "66.00", "net": "-66.00"}
    assert rows == [
        ("佳源", "2026-10", "incomplete", {"high": 0, "medium": 0, "low": 0}, []),
        ("恒昌货运有限公司", "2026-10", "open", {"high": 1, "medium": 0, "low": 0}, [stake]),
        ("错的", "2026-10", "failed", None, None),
    ]
    assert told["months"][2]["error"]["code"] == "SettingsErrors"
    assert [each["code"] for each in told["problems"]] == ["CompanyWithoutMonth"]
    idle = told["months"][0]["rules_not_run"]
    assert idle and all(each["reason"]["en"] and each["reason"]["zh"] for each in idle)
    assert told["batch"] == {"folder": "in", "auditor": told["batch"]["auditor"], "run_at": AT}


def test_the_page_and_the_workbook_say_the_same(made: Path) -> None:
    page = (made / "out" / "overview.html").read_text(encoding="utf-8")
    assert 'href="%E6%81%92%E6%98%8C/2026-10/report.html"' in page
    assert "<script" not in page
    assert "恒昌货运有限公司" in page and "66.00" in page and "entitty" in page
    book = openpyxl.load_workbook(made / "out" / "overview.xlsx")
    assert book.sheetnames == ["Months", "Money at stake", "Not audited"]
    rows = [[cell.value for cell in row[:6]] for row in book["Months"].iter_rows(min_row=5)]
    assert rows[1] == ["恒昌货运有限公司", "2026-10", "Not yet", 1, 0, 0]
    assert [cell.value for cell in book["Money at stake"][2]][:5] == ["恒昌货运有限公司", "2026-10", "CNY", 1, 66]


def test_what_is_done_is_not_done_again_and_gives_the_same_bytes(root: Path) -> None:
    before = {name: (root / "out" / name).read_bytes() for name in ("overview.html", "overview.json", "overview.xlsx")}
    assert batch(root).audited == 0
    assert {name: (root / "out" / name).read_bytes() for name in before} == before


def test_a_changed_document_a_mended_file_and_a_decision_are_audited_again(root: Path) -> None:
    (root / "in" / "恒昌" / "2026-10" / "统计报表.csv").write_text(WHOLE, encoding="utf-8")
    (root / "in" / "错的" / "2026-10" / "audit.yaml").write_text("entity: 对的\n", encoding="utf-8")
    assert batch(root).audited == 2
    states = [(each["entity"], each["state"]) for each in overview(root)["months"]]
    assert states == [("佳源", "incomplete"), ("对的", "open"), ("恒昌货运有限公司", "incomplete")]
    workbook = root / "out" / "佳源" / "2026-10" / "report.xlsx"
    book = openpyxl.load_workbook(workbook)
    book["Summary"]["A40"] = "seen"
    book.save(workbook)
    assert batch(root).audited == 1


@pytest.mark.parametrize("options", [{"again": True}, {"lang": "zh"}])
def test_another_program_or_language_audits_all_again(root: Path, options: dict[str, Any]) -> None:
    assert batch(root, **options).audited == 2


def test_the_name_of_the_folder_states_the_period_where_audit_yaml_does_not(root: Path) -> None:
    month(root / "in" / "旧的" / "2026-09", settings="period: 2026-10\n")
    month(root / "in" / "晚的" / "2026-11")
    batch(root)
    told = {each["folder"]: each for each in overview(root)["months"]}
    assert told["旧的/2026-09"]["month"] == "2026-10"
    assert "its audit.yaml 2026-10" in told["旧的/2026-09"]["remarks"][0]["en"]
    assert told["晚的/2026-11"]["error"]["code"] == "PeriodEmpty"


def test_a_process_that_dies_costs_its_month_alone(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    dies = "import os, sys; job = sys.stdin.read(); '佳源' in eval(job)['folder'] and os._exit(9); " \
        "import io; sys.stdin = io.TextIOWrapper(io.BytesIO(job.encode())); "  # fmt: skip
    dies = dies.replace("eval(job)", "__import__('json').loads(job)")
    monkeypatch.setattr(processes, "CHILD", dies + processes.CHILD)
    assert batch(root, again=True).audited == 1
    told = {each["folder"]: each for each in overview(root)["months"]}
    assert told["佳源/2026-10"]["error"]["code"] == "AuditEnded"
    assert "exit code 9" in told["佳源/2026-10"]["error"]["en"]
    assert told["恒昌/2026-10"]["state"] == "open"
