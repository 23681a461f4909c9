"""A wrong printed total is told by the words that are printed, in its own unit: a count or a weight is no money."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

import auditor
from auditor.findings.model import Finding

ROWS = [
    ("2026-10-08", "QD-00011", "W9001", "2", "10.5", "80.00"),
    ("2026-10-09", "QD-00012", "W9002", "3", "20.0", "95.00"),
]
ENGLISH_ROWS = [*ROWS, ("2026-10-12", "QD-00013", "W9003", "4", "8.5", "61.00")]


def _audit(folder: Path, name: str, lines: list[str]) -> list[Finding]:
    (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    found = auditor.run(folder, period="2026-10", only=["register-stated-totals", "stated-totals"], workers=0).result
    return [each for each in found.findings if each.status == "open"]


def _register(pieces: str, weight: str, amount: str, label: str = "合计") -> list[str]:
    lines = ["登记日期,清单编号,运单号,客户,件数,计费重,合计,付款方式,登记人"]
    lines += [
        f"{day},{slip},{way},恒昌,{count},{kg},{sum_},月结,李" for day, slip, way, count, kg, sum_ in ENGLISH_ROWS
    ]
    return [*lines, f"{label},,,,{pieces},{weight},{amount},,"]


@pytest.mark.parametrize(
    ("pieces", "weight", "amount", "key", "unit", "difference", "currency"),
    [
        ("11", "39.0", "236.00", "件数/合计", "count", "2", None),
        ("9", "40.5", "236.00", "计费重/合计", "weight", "1.5", None),
        ("9", "39.0", "263.00", "合计/合计", "money", "27", "CNY"),
    ],
)
def test_a_wrong_total_of_a_register(
    tmp_path: Path, pieces: str, weight: str, amount: str, key: str, unit: str, difference: str, currency: str | None
) -> None:
    (finding,) = _audit(tmp_path, "统计报表登记.csv", _register(pieces, weight, amount))
    assert (finding.key, finding.unit, finding.currency) == (key, unit, currency)
    assert finding.difference == Decimal(difference)
    assert finding.records[0].values.get("currency") == currency
    assert "register_entry" not in finding.key + finding.records[0].key


def test_an_english_total_is_told_in_its_own_words(tmp_path: Path) -> None:
    lines = ["Date,Slip No,Waybill No,Customer,Pieces,Chargeable weight,Total,Payment mode,Clerk"]
    lines += [
        f"{day},{slip},{way},Hatch,{count},{kg},{sum_},monthly,Li" for day, slip, way, count, kg, sum_ in ENGLISH_ROWS
    ]
    (finding,) = _audit(tmp_path, "statistics register.csv", [*lines, "Grand total,,,,12,39.0,236.00,,"])
    assert (finding.key, finding.unit, finding.currency) == ("Pieces/Grand total", "count", None)
    assert (finding.expected, finding.actual) == ("9", "12")


def test_a_count_of_rows_is_told_without_a_currency(tmp_path: Path) -> None:
    lines = ["收据编号,收款日期,交款单位,收款方式,金额"]
    lines += [f"00031{at:02},2026-10-{at:02},甬泰,转账,{at}0.00" for at in range(10, 16)]
    (finding,) = _audit(tmp_path, "收据登记.csv", [*lines, "合计,共7张,,,750.00"])
    assert (finding.unit, finding.currency, finding.difference) == ("count", None, Decimal(1))
