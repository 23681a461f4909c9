"""Papers of a known kind that no rule tests are named by kind, and never counted as faults."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner
from paper_samples import paper

import auditor
from auditor.cli.commands import group

LEASE = "LEASE AGREEMENT\n\nAgreement Number: L-{n}\nLessor: Alder Court\nTenant: Oak Joinery\n"


def folder_of(folder: Path, **texts: str) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "audit.yaml").write_text("entity: Own\nperiod: 2026-10\ncurrency: USD\n", encoding="utf-8")
    for name, text in texts.items():
        (folder / f"{name}.pdf").write_bytes(paper(text))
    return folder


def kinds(folder: Path) -> tuple[dict[str, int], bool, int]:
    audit = auditor.run(folder)
    found = {each.kind.en: each.count for each in audit.result.untested}
    return found, audit.result.nothing_tested, audit.exit_code


def test_a_folder_that_nothing_tests_says_so(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, a=LEASE.format(n=1), b=LEASE.format(n=2))
    assert kinds(folder) == ({"Lease agreement": 2}, True, 0)


def test_what_a_rule_tested_is_not_named(tmp_path: Path) -> None:
    stock = "INVENTORY ROLLFORWARD\n\nOpening Balance: $10.00\nAdditions: $5.00\nUsage: $3.00\nEnding Balance: ${end}\n"
    folder = folder_of(tmp_path, a=LEASE.format(n=1), b=stock.format(end="12.00"))
    assert kinds(folder) == ({"Lease agreement": 1}, False, 0)
    folder = folder_of(tmp_path, b=stock.format(end="14.00"))
    assert kinds(folder) == ({"Lease agreement": 1}, False, 1)


def test_it_is_the_same_whatever_connection_the_rule_ran_over(tmp_path: Path) -> None:
    stock = "INVENTORY ROLLFORWARD\n\nOpening Balance: $10.00\nAdditions: $5.00\nUsage: $3.00\nEnding Balance: $12.00\n"
    folder = folder_of(tmp_path, a=LEASE.format(n=1), b=stock)
    assert [kinds(folder) for _ in range(5)] == [({"Lease agreement": 1}, False, 0)] * 5


def test_every_report_names_them(tmp_path: Path) -> None:
    folder = folder_of(tmp_path / "in", a=LEASE.format(n=1), b=LEASE.format(n=2))
    done = CliRunner().invoke(group, ["--lang", "en", "run", str(folder), "-o", str(tmp_path / "out")])
    assert done.exit_code == 0
    assert "no rule tested" in done.stdout
    assert "no rule tested" in (tmp_path / "out" / "report.html").read_text("utf-8")
    shown = json.loads((tmp_path / "out" / "findings.json").read_text("utf-8"))["untested"]
    assert [(each["count"], each["documents"]) for each in shown] == [(2, ["a.pdf", "b.pdf"])]
