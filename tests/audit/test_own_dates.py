"""Record types of one's own are placed in time by the date that they name, whatever it is called."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import auditor
from auditor.audit.errors import PeriodEmpty

TYPE = """\
record: NAME
title: {en: NAME, zh: NAME}
identity: [lot]
DATEDfields:
  lot: {type: text, header: [NAME lot], required: true}
  amount: {type: money, header: [NAME amount]}
"""
RULE = """\
title: {en: Both lists, zh: 两边}
duty: T
why: {en: Both say it., zh: 互证。}
check: match
left: {records: kept}
right: {records: billed}
passes: [{on: [lot]}]
outcomes:
  left_only: {code: T-01, severity: high, title: {en: Not billed, zh: 未计费}}
examples:
  - {name: one, given: {kept: [{lot: A}]}, expect: [{code: T-01, key: A}]}
  - {name: none, given: {kept: []}, expect: []}
"""


def audited(folder: Path, fields: str, dated: str = "", period: str | None = None) -> auditor.Audit:
    rules = folder / "rules"
    (rules / "records").mkdir(parents=True)
    for name in ("kept", "billed"):
        text = TYPE.replace("NAME", name).replace("DATED", dated) + fields.replace("NAME", name)
        (rules / "records" / f"{name}.yaml").write_text(text, encoding="utf-8")
        header = "NAME lot,NAME amount,NAME day,NAME left".replace("NAME", name)
        rows = ["A,5.00,2026-10-02,2026-11-05", "B,6.00,2026-10-03,2026-11-06", "C,7.00,2026-10-04,2026-11-07"]
        (folder / "month").mkdir(exist_ok=True)
        (folder / "month" / f"{name}.csv").write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    (rules / "ruleset.yaml").write_text('title: {en: House, zh: 本}\nversion: "1"\norder: [T]\n', encoding="utf-8")
    (rules / "both.yaml").write_text(RULE, encoding="utf-8")
    return auditor.run(folder / "month", rules=rules, period=period, workers=0)


@pytest.mark.parametrize(
    ("fields", "dated", "month"),
    [
        ("  date: {type: date, header: [NAME day]}\n", "", 10),
        ("  entry_date: {type: date, header: [NAME day]}\n", "", 10),
        ("  came: {type: date, header: [NAME day]}\n  went: {type: date, header: [NAME left]}\n", "dated: came\n", 10),
        ("  came: {type: date, header: [NAME day]}\n  went: {type: date, header: [NAME left]}\n", "dated: went\n", 11),
    ],
)
def test_the_date_that_a_type_names_tells_the_period(tmp_path: Path, fields: str, dated: str, month: int) -> None:
    made = audited(tmp_path, fields, dated)
    assert made.result.audit.period[0] == date(2026, month, 1)


def test_a_period_that_is_asked_for_is_taken_where_records_lie_in_it(tmp_path: Path) -> None:
    made = audited(tmp_path, "  entry_date: {type: date, header: [NAME day]}\n", period="2026-10")
    assert [rule.status for rule in made.result.rules] == ["clean"]


def test_and_where_none_does_it_is_said_from_when_to_when_they_run(tmp_path: Path) -> None:
    with pytest.raises(PeriodEmpty) as raised:
        audited(tmp_path, "  entry_date: {type: date, header: [NAME day]}\n", period="2026-12")
    assert "2026-10-02" in raised.value.message("en")
