"""The sample month with the audit of the month before: exactly what it has alone, and what September left."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

import auditor
from auditor.audit import Audit

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
BEFORE, SAMPLE = SAMPLES / "jieyuan-2026-09", SAMPLES / "jieyuan-2026-10"
AT = "2026-11-03T09:00:00+08:00"


@pytest.fixture(scope="module")
def audits(tmp_path_factory: pytest.TempPathFactory) -> tuple[Audit, Audit]:
    """September, and October after it."""
    root = tmp_path_factory.mktemp("months")
    september = auditor.run(BEFORE, output=root / "09", at=AT)
    return september, auditor.run(SAMPLE, output=root / "10", previous=root / "09", at=AT)


def test_september_leaves_what_it_is_meant_to(audits: tuple[Audit, Audit]) -> None:
    september, _ = audits
    assert sorted((each.code, each.key) for each in september.result.open_findings) == [
        ("BNK-12", "ICBC cheque 00123456"),
        ("RCT-01", "0003053"),
        ("SEQ-01", "SH25-009999"),
        ("SEQ-06", "book 80"),
    ]


def test_october_has_exactly_what_it_has_alone(
    audits: tuple[Audit, Audit], expected: list[tuple[str, str, str, str, str]]
) -> None:
    _, october = audits
    assert len(expected) == len(october.result.open_findings) == 129
    rows = {(each.code, each.key, each.difference, each.amount) for each in october.result.open_findings}
    assert rows == {(code, key, _number(difference), _number(amount)) for code, key, difference, amount, _ in expected}


def _number(text: str) -> Decimal | None:
    return Decimal(text.removeprefix("+")) if text else None


def test_what_september_left_is_settled_found_again_or_carried(audits: tuple[Audit, Audit]) -> None:
    _, october = audits
    carried = october.result.carried
    assert carried is not None
    assert [(each.code, each.key, each.state, each.age) for each in carried.items] == [
        ("RCT-01", "0003053", "carried", 53),
        ("SEQ-06", "book 80", "carried", 54),
        ("SEQ-01", "SH25-009999", "settled", 31),
        ("BNK-12", "ICBC cheque 00123456", "found", 80),
    ]
    assert carried.items[2].where is not None
    assert carried.items[2].where.en == "Receiving slip: 01收货清单/宝安A/2026-10-08.xlsx, row 3"
    assert [each.key for each in october.result.findings if each.status == "carried"] == ["ICBC cheque 00123456"]


def test_balances_continue_but_where_an_opening_is_planted_wrong(audits: tuple[Audit, Audit]) -> None:
    _, october = audits
    carried = october.result.carried
    assert carried is not None
    assert len(carried.balances) == 21
    assert {each.key: str(each.difference) for each in carried.broken} == {
        "C04": "-180.00000",
        "C05": "300.00000",
        "C06": "-3215.00000",
        "C11": "860.00000",
        "C12": "-860.00000",
    }


def test_the_report_tells_it(audits: tuple[Audit, Audit]) -> None:
    _, october = audits
    assert isinstance(october.output, Path)
    page = (october.output / "report.html").read_text(encoding="utf-8")
    assert 'id="before"' in page and "SH25-009999" in page
