"""The exceptions at the end of a run: runs of one code in one line, and no longer than the screen."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal

import pytest
from rich.console import Console

from auditor.cli.findings_table import print_findings
from auditor.findings.model import Finding
from auditor.languages import Text


def finding(number: int, code: str = "BNK-03", reference: str = "", currency: str = "CNY") -> Finding:
    return Finding(
        id=f"{number:012x}", rule=code.lower(), rule_version=1, duty="D12", code=code, severity="high",
        title=Text("Amount differs", "金额不符"), outcome="differs", key="CCB/10-31", field=None, party=None,
        party_name=None, expected=None, actual=None, difference=Decimal("2.00"), amount=Decimal("2.00"), unit="money",
        currency=currency, date=date(2026, 10, 31), explanation=Text("a", "一"), hint=None, owner=None, criterion={},
        nearest=(), records=(), reference=reference or f"S{number:04}",
    )  # fmt: skip


def shown(findings: list[Finding], *, height: int | None = None, new: frozenset[str] = frozenset()) -> list[str]:
    out = io.StringIO()
    terminal = height is not None
    console = Console(
        file=out, force_terminal=terminal, width=120, height=height or 24, no_color=True, soft_wrap=not terminal
    )
    print_findings(console, findings, new, marked=bool(new))
    return out.getvalue().splitlines()


def test_a_run_of_one_code_is_one_line_with_its_sum() -> None:
    lines = shown([finding(n) for n in range(500)], new=frozenset(f"{n:012x}" for n in range(20)))
    assert len(lines) == 2
    for part in ("CCB/10-31 · S0000 … CCB/10-31 · S0499", "× 500", "+1000.00", "1000.00"):
        assert part in lines[1]
    assert "20" in lines[1].split()[-2:]  # of them new


def test_a_few_stand_in_a_line_each_and_are_told_apart() -> None:
    lines = shown([finding(n) for n in range(3)])
    assert [f"CCB/10-31 · S000{n} " in line for n, line in enumerate(lines[1:])] == [True] * 3


def test_different_currencies_are_not_added_up() -> None:
    run = [finding(n, currency="USD" if n % 2 else "CNY") for n in range(6)]
    (line,) = shown(run)[1:]
    assert "× 6" in line
    assert ".00" not in line


@pytest.mark.parametrize("height", [20, 24, 50])
def test_the_table_stays_under_a_screen(height: int) -> None:
    lines = shown([finding(n, f"ABC-{n:02}") for n in range(80)], height=height)
    assert len(lines) <= height - 10
    assert any(str(80 - (len(lines) - 2)) in line for line in lines[-1:])  # what has no room is counted
