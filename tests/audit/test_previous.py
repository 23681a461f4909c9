"""What has become of the exceptions of an earlier run."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import auditor
from auditor.audit.errors import NoPrevious, PreviousUnusable
from auditor.findings.model import Changes

SLIPS = "日期,清单号,客户,件数,合计\n2026-10-08,SH26-000001,恒昌电子,2,210.00\n2026-10-09,SH26-000002,恒昌电子,1,66.00\n"
REGISTER = "日期,清单号,件数,合计,联络单号\n2026-10-08,SH26-000001,2,210.00,\n"
AT = "2026-11-02T09:00:00+08:00"
RULES = Path(__file__).resolve().parent.parent / "cli" / "inputs" / "rules"


@pytest.fixture
def month(tmp_path: Path) -> Path:
    folder = tmp_path / "月末"
    folder.mkdir()
    (folder / "收货清单.csv").write_text(SLIPS, encoding="utf-8")
    (folder / "统计报表.csv").write_text(REGISTER, encoding="utf-8")
    return folder


def run(month: Path, previous: Path | None = None, *, only: tuple[str, ...] = ()) -> Changes | None:
    output = month.parent / "out"
    return auditor.run(month, rules=RULES, output=output, previous=previous, only=only, workers=0, at=AT).result.changes


def named(changes: Changes | None) -> dict[str, list[tuple[str, str]]]:
    assert changes is not None
    return {
        "fixed": [(each.code, each.key) for each in changes.fixed],
        "unchecked": [(each.code, each.key) for each in changes.unchecked],
    }


def test_the_first_run_has_nothing_to_compare_with(month: Path) -> None:
    assert run(month) is None


def test_what_is_the_same_is_still_open(month: Path) -> None:
    run(month)
    changes = run(month)
    assert changes is not None
    assert (changes.since, changes.new, changes.fixed) == (AT, (), ())
    assert len(changes.open) == 1


def test_what_is_gone_is_fixed_and_what_came_is_new(month: Path) -> None:
    run(month)
    (month / "统计报表.csv").write_text(
        REGISTER.replace("000001,2,", "000001,5,") + "2026-10-09,SH26-000002,1,66.00,\n"
    )
    changes = run(month)
    assert named(changes) == {"fixed": [("REG-02", "SH26-000002")], "unchecked": []}
    assert changes is not None
    assert str(changes.fixed[0].amount) == "66.00"
    assert (len(changes.new), changes.open) == (1, ())


def test_a_rule_that_did_not_run_has_fixed_nothing(month: Path) -> None:
    run(month)
    assert named(run(month, only=("slips-have-customers",)))["unchecked"] == [("REG-02", "SH26-000002")]


def test_a_rule_whose_documents_are_gone_has_fixed_nothing(month: Path) -> None:
    run(month)
    (month / "统计报表.csv").unlink()
    assert named(run(month)) == {"fixed": [], "unchecked": [("REG-02", "SH26-000002")]}


def test_another_folder_or_file_may_be_compared_with(month: Path, tmp_path: Path) -> None:
    run(month)
    earlier = tmp_path / "九月"
    (tmp_path / "out").rename(earlier)
    for previous in (earlier, earlier / "findings.json"):
        changes = run(month, previous)
        assert changes is not None
        assert len(changes.open) == 1


@pytest.mark.parametrize("text", ["", "{}", "[1]", '{"audit": {}, "findings": 3}', "no json", "\ufeff"])
def test_what_is_no_findings_json_is_an_error(month: Path, tmp_path: Path, text: str) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "findings.json").write_text(text, encoding="utf-8")
    with pytest.raises(PreviousUnusable):
        run(month)
    assert (tmp_path / "out" / "findings.json").read_text(encoding="utf-8") == text


def test_a_folder_without_findings_json_is_an_error(month: Path) -> None:
    with pytest.raises(NoPrevious):
        run(month, month)


def test_findings_json_says_what_changed(month: Path, tmp_path: Path) -> None:
    run(month)
    (month / "统计报表.csv").write_text(REGISTER + "2026-10-09,SH26-000002,1,66.00,\n", encoding="utf-8")
    run(month)
    changes = json.loads((tmp_path / "out" / "findings.json").read_text(encoding="utf-8"))["changes"]
    assert changes["since"] == AT
    assert [(each["code"], each["key"], each["amount"]) for each in changes["fixed"]] == [
        ("REG-02", "SH26-000002", "66.00")
    ]


def test_what_was_not_checked_in_between_is_not_new(month: Path) -> None:
    run(month)
    run(month, only=("slips-have-customers",))
    changes = run(month)
    assert changes is not None
    assert (len(changes.open), changes.new, changes.unchecked) == (1, (), ())
