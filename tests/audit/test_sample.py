"""The sample month: what is planted is found, all of it, and none of the traps."""

from __future__ import annotations

import csv
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

import auditor
from auditor.audit import Audit

ROOT = Path(__file__).parent.parent.parent
SAMPLE = ROOT / "samples" / "jieyuan-2026-10"
EXPECTED = ROOT / "tests" / "samples" / "expected.csv"

# Rules for which the sample has no documents: no budget, cheques, sub-ledgers, outwork or transit exceptions are kept in
# it, and of papers that state figures by labels only invoices, none of them paid by an advice or exempt. Its movements and
# slips are too few for statistics, and no paper is filed by voucher.
NOT_RUN = {
    "budgets",
    "cheques-on-hand",
    "column-and-heading",
    "control-accounts",
    "copies-and-originals",
    "corrections-and-papers",
    "deferred-tax",
    "exchange",
    "exempt-invoices",
    "first-digits",
    "invoices-overpaid",
    "lines-and-total",
    "net-and-tax",
    "payments-in-bank",
    "rate-outliers",
    "roll-forward",
    "quantity-and-price",
    "schedules",
    "statement-balance",
    "statement-lines",
    "subcontracted-material",
    "tax-notices",
    "tax-rate",
    "transfers-in-both-accounts",
    "transit-exceptions",
    "voucher-attachments",
    "withdrawn-papers",
}

Row = tuple[str, str, Decimal | None, Decimal | None, str | None]


def expected() -> set[Row]:
    with EXPECTED.open(encoding="utf-8") as file:
        return {
            (
                row["code"],
                row["key"],
                _number(row["difference"]),
                _number(row["amount"]),
                row["currency"] if "." in row["difference"] + row["amount"] else None,  # a count has no decimals
            )
            for row in csv.DictReader(file)
        }


def _number(text: str) -> Decimal | None:
    return Decimal(text.removeprefix("+")) if text else None


def found(audit: Audit) -> list[Row]:
    return [
        (f.code, f.key, f.difference, f.amount, f.currency)
        for f in audit.result.findings
        if f.status == "open" and f.severity != "info"
    ]


def made(folder: Path, *arguments: str) -> Path:
    """The month as the generator writes it with these arguments."""
    subprocess.run(
        [sys.executable, str(ROOT / "samples" / "make_month.py"), "--out", str(folder), *arguments],
        check=True,
        capture_output=True,
    )
    return folder


@pytest.fixture(scope="module")
def audit() -> Audit:
    return auditor.run(SAMPLE)


def test_exactly_what_is_planted_is_found(audit: Audit) -> None:
    rows = found(audit)
    assert set(rows) == expected()
    assert len(rows) == len(set(rows))


def test_every_rule_runs_that_has_documents_and_every_document_is_read(audit: Audit) -> None:
    unrun = {rule.id: rule.status for rule in audit.result.rules if rule.status in ("failed", "not run")}
    assert unrun == dict.fromkeys(NOT_RUN, "not run")
    assert {d.path: d.status for d in audit.result.documents if d.status not in ("read", "duplicate", "ignored")} == {}
    assert audit.result.problems == ()
    assert audit.exit_code == 1


def test_rows_seen_are_records_problems_and_ignored(audit: Audit) -> None:
    for document in audit.result.documents:
        rows = document.rows
        assert rows["seen"] == rows["records"] + rows["problems"] + rows["ignored"], document.path


def test_every_population_is_conserved(audit: Audit) -> None:
    for rule in audit.result.rules:
        for side in rule.populations:
            assert side.matched + side.explained + side.open == side.count, (rule.id, side)
            if side.amount is not None:
                parts = (side.matched_amount, side.explained_amount, side.open_amount)
                assert sum(part for part in parts if part is not None) == side.amount, (rule.id, side)


def test_every_finding_names_its_records_and_their_places(audit: Audit) -> None:
    for finding in audit.result.findings:
        assert finding.records, (finding.code, finding.key)
        for record in finding.records:
            assert record.document, (finding.code, finding.key, record)
            assert record.row is not None or record.page is not None, (finding.code, finding.key, record)


def test_bank_accounts_tie_out(audit: Audit) -> None:
    lines = {
        s.subject: {line.label.en: line.amount for line in s.lines}
        for s in audit.result.statements
        if s.kind == "bank_reconciliation"
    }
    assert {s.subject: s.ties for s in audit.result.statements if s.kind == "bank_reconciliation"} == {
        "Alipay": None,
        "BOC": True,
        "CCB": True,
        "ICBC": True,
    }
    assert lines["CCB"]["Adjusted bank balance"] == Decimal("216658.35")
    assert lines["CCB"]["Adjusted ledger balance"] == Decimal("167922.60")
    assert lines["CCB"]["Ledger balance after corrections"] == Decimal("216658.35")
    assert lines["ICBC"]["Adjusted bank balance"] == Decimal("177982.58")


@pytest.mark.parametrize("order", ["reversed", "strided"])
def test_the_order_of_files_and_rows_changes_nothing(order: str, tmp_path: Path) -> None:
    audit = auditor.run(made(tmp_path / "month", "--order", order), period="2026-10")
    rows = found(audit)
    assert set(rows) == expected()
    assert len(rows) == len(set(rows))


def test_a_month_in_which_nothing_is_wrong_is_clean(tmp_path: Path) -> None:
    audit = auditor.run(made(tmp_path / "month", "--plant", "none"), period="2026-10")
    assert found(audit) == []


def test_another_company_month_and_numbering(tmp_path: Path) -> None:
    """Nothing in the rules is fitted to the sample: another name, month, prefix and width give as many exceptions."""
    month = made(
        tmp_path / "month",
        "--company",
        "鹏翔货运有限公司",
        "--month",
        "2026-11",
        "--slip-prefix",
        "PX",
        "--slip-width",
        "8",
    )
    codes = sorted(row[0] for row in found(auditor.run(month)))
    assert codes == sorted(row[0] for row in expected())


def test_the_same_input_gives_the_same_output(tmp_path: Path) -> None:
    for name in ("a", "b"):
        auditor.run(SAMPLE, output=tmp_path / name, at="2026-11-05T09:00:00+08:00", workers=1 if name == "a" else 2)
    for name in ("findings.json", "report.html", "report.xlsx"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes(), name


def test_many_records_are_audited_as_few_are(audit: Audit, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of few records what views select is kept, of many it is selected where it is used: nobody can tell."""
    monkeypatch.setattr("auditor.audit.pipeline._FEW", 0)
    many = auditor.run(SAMPLE)
    assert many.result.findings == audit.result.findings
    assert many.result.rules == audit.result.rules
    assert many.result.statements == audit.result.statements
