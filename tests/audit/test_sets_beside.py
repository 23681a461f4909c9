"""A rule set that came along with another, and for which the company has no document, keeps nobody from closing."""

from __future__ import annotations

from pathlib import Path

import pytest

import auditor
from auditor.audit.audits import Audit
from auditor.reports.build import report_of
from auditor.reports.front import asides, front_page

SLIPS = "清单号,日期,站点,客户,服务商,运单号,件数,计费重量,合计\nA-001,2026-10-08,宝安,恒昌,顺达,SD0001,2,11.5,47.15\nA-002,2026-10-09,宝安,恒昌,顺达,SD0002,1,3.0,20.00\n"
PAPERS = "business-documents"


def audit_of(folder: Path, rules: str) -> Audit:
    folder.mkdir()
    (folder / "收货清单.csv").write_text(SLIPS, encoding="utf-8")
    (folder / "audit.yaml").write_text(f"entity: 甲公司\nperiod: 2026-10\ncurrency: CNY\n{rules}", encoding="utf-8")
    return auditor.run(folder)


@pytest.mark.parametrize("rules", ["", "rules: [freight-month-end]\n"])
def test_it_is_named_beside_the_verdict_and_not_counted(tmp_path: Path, rules: str) -> None:
    result = audit_of(tmp_path / "in", rules).result
    beside = [rule for rule in result.rules if rule.beside is not None]
    assert "net-and-tax" in {rule.id for rule in beside}
    assert all(rule.status == "not run" and not rule.leaves_a_gap for rule in beside)
    gaps = [rule.id for rule in result.rules if rule.leaves_a_gap]
    assert "slips-against-register" in gaps  # what its own set asks for
    counted = next(each for each in front_page(result).verdict.reasons if "could not run" in each.en)
    assert counted.en.endswith(f": {len(gaps)}.")
    assert any("Not part of this audit" in each.en and "Purchasing" in each.en for each in asides(report_of(result)))


def test_a_set_that_is_asked_for_counts(tmp_path: Path) -> None:
    result = audit_of(tmp_path / "in", f"rules: [freight-month-end, {PAPERS}]\n").result
    papers = [rule for rule in result.rules if rule.id == "net-and-tax"]
    assert [(rule.beside, rule.leaves_a_gap) for rule in papers] == [(None, True)]
