"""Statements of small folders: what is drawn up, what is not and why; the package that is handed in."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner

import auditor
from auditor.audit.statement_trial import statement_faults
from auditor.cli.commands import group
from auditor.findings.model import AuditResult, Statement
from auditor.records.loader import record_types
from auditor.reports import write_reports
from auditor.resources import rules_folder
from auditor.rules.loader import load_rule_set
from auditor.rules.statements import load_statements

AT = "2026-11-05T09:00:00+00:00"
SETS = sorted(each.name for each in rules_folder().iterdir() if (each / "ruleset.yaml").is_file())
JOURNAL = """Date,Voucher No,Particulars,Document No,Cash out,Cash in,Balance
2026-10-01,,Opening balance,,,,1200.00
2026-10-08,C001,Receipt,0000501,,860.00,2060.00
2026-10-12,C002,Taxi,EC-071,48.60,,2011.40
2026-11-02,C003,Receipt,0000502,,300.00,2311.40
2026-11-03,C004,Stamps,EC-072,11.40,,2300.00
"""
COUNT = "Count date,Counted,Counted by,Witness,Signed on\n2026-11-03,2290.00,K. Osei,M. Lindqvist,2026-11-03\n"
RECEIPTS = """Receipt No,Date,Received from,Purpose,Amount,Mode,Copies
0000501,2026-10-08,Corner Cafe,Lamps,860.00,Cash,3
0000502,2026-11-02,Corner Cafe,Lamps,300.00,Cash,3
"""


def month(folder: Path, **files: str) -> Path:
    folder.mkdir(parents=True)
    (folder / "audit.yaml").write_text("entity: Corner Lamps Ltd\nperiod: 2026-10\ncurrency: GBP\n", encoding="utf-8")
    for name, text in files.items():
        (folder / f"{name.replace('_', ' ')}.csv").write_text(text, encoding="utf-8")
    return folder


def audited(folder: Path, output: Path | None = None, **options: Any) -> AuditResult:
    return auditor.run(folder, rules="cash-and-bank", workers=0, at=AT, output=output, **options).result


def named(result: AuditResult, name: str) -> Statement:
    return next(each for each in result.statements if each.id.startswith(f"{name}/"))


def table(statement: Statement, name: str) -> list[list[str]]:
    part = next(each for each in statement.parts if each.name == name)
    return [[str(getattr(cell, "en", cell)) for cell in row] for row in part.rows]


def test_a_count_after_the_period_is_rolled_back_to_its_end(tmp_path: Path) -> None:
    result = audited(month(tmp_path / "m", cash_book=JOURNAL, cash_count=COUNT, official_receipts=RECEIPTS))
    statement = named(result, "cash-count")
    amounts = {line.label.en: line.amount for line in statement.lines}
    assert [str(amounts[each]) for each in ("1 Cash counted", "4 What should be in the till")] == [
        "2290.00000",
        "2300.00000",
    ]
    assert [f"{row[0]}: {row[1]}" for row in table(statement, "roll_back")] == [
        "Cash and IOUs on the day of the count: 2290.00000",
        "Add: paid out between the period's end and the count: 11.40000",
        "Less: received between the period's end and the count: 300.00000",
        "In the till at the period's end: 2001.40000",
        "Book balance at the period's end: 2011.40000",
    ]
    assert statement.ties is False


def test_what_was_received_before_the_count_and_entered_after_it(tmp_path: Path) -> None:
    late = JOURNAL.replace("2026-11-02,C003", "2026-11-04,C003").replace(
        "2311.40\n2026-11-03,C004,Stamps,EC-072,11.40,,2300.00\n", "2311.40\n"
    )
    count = COUNT.replace("2290.00", "2311.40")
    result = audited(month(tmp_path / "m", cash_book=late, cash_count=count, official_receipts=RECEIPTS))
    lines = {line.label.en: str(line.amount) for line in named(result, "cash-count").lines}
    assert lines["3 Add: received, not yet entered"] == "300.00000"
    assert lines["5 Short (−) or over (+)"] == "0.00000"


def test_what_has_no_documents_is_not_drawn_up_and_says_so(tmp_path: Path) -> None:
    folder = month(tmp_path / "m", cash_book=JOURNAL)
    result = audited(folder, tmp_path / "out", package=True, lang="en")
    assert {each.kind for each in result.statements} == {"balances", "cash_journal"}
    reasons = {each.name: each.reason for each in result.not_made}
    assert reasons["cash-count"].en == "no documents: Cash count"
    assert (
        reasons["bank-reconciliation"].zh == "缺少资料：网银流水、银行日记账"
        or "缺少资料" in reasons["bank-reconciliation"].zh
    )
    assert reasons["receipt-control"].en == "no documents: Issued book of numbers"
    data = json.loads((tmp_path / "out/findings.json").read_text(encoding="utf-8"))
    assert {each["name"] for each in data["statements_not_made"]} == set(reasons)
    html = (tmp_path / "out/report.html").read_text(encoding="utf-8")
    assert "Statements that could not be drawn up" in html and "未能编制的报表" in html
    index = (tmp_path / "out/package/index.html").read_text(encoding="utf-8")
    assert "no documents: Cash count" in index


def test_a_statement_rests_on_rules_that_ran(tmp_path: Path) -> None:
    """With --only, the exceptions of the other rules are not known, and no statement speaks without them."""
    folder = month(tmp_path / "m", cash_book=JOURNAL, cash_count=COUNT)
    assert {each.kind for each in audited(folder, only=["cash-count"]).statements} == {"cash_count"}
    assert audited(folder, only=["cash-balance"]).statements == ()


def own_set(folder: Path, statement: str) -> Path:
    """A set of one's own with a statement, beside cash-and-bank."""
    (folder / "statements").mkdir(parents=True)
    (folder / "ruleset.yaml").write_text(
        'title: {en: Own, zh: 自建}\nversion: "1"\nincludes: [cash-and-bank]\n', encoding="utf-8"
    )
    (folder / "statements/by-month.yaml").write_text(statement, encoding="utf-8")
    return folder


OWN = """\
kind: takings
title: {en: Takings by document, zh: 收款明细}
needs: [cash_journal_entry]
tables:
  taking: SELECT j.currency, j.document_no, j.amount FROM cash_journal_entry j WHERE j.direction = 'in' AND j.date <= :period_end
subjects: SELECT 'takings' AS subject, NULL AS name, count(*) AS papers FROM taking
heading:
  - {label: {en: Papers, zh: 张数}, value: papers, kind: count}
parts:
  - name: takings
    select: SELECT 'takings' AS subject, * FROM taking
    order: amount DESC
    columns:
      - {name: document_no, label: {en: Paper, zh: 单据}}
      - {name: currency, kind: currency, label: {en: Currency, zh: 币种}}
      - {name: amount, kind: money, sum: true, label: {en: Amount, zh: 金额}}
      - {name: half, kind: money, sum: true, label: {en: Half, zh: 一半}, value: "round(ratio(amount, 2), 2)"}
"""


def test_an_own_statement_is_a_file_and_no_code(tmp_path: Path) -> None:
    rules = own_set(tmp_path / "own", OWN)
    folder = month(tmp_path / "m", cash_book=JOURNAL)
    result = auditor.run(folder, rules=str(rules), workers=0, at=AT, output=tmp_path / "out", lang="zh").result
    statement = named(result, "by-month")
    assert table(statement, "takings") == [["0000501", "GBP", "860.00000", "430.00"]]
    assert [str(each) for each in statement.parts[0].totals[0]] == ["None", "GBP", "860.00000", "430.00"]
    book = openpyxl.load_workbook(tmp_path / "out/report.xlsx")
    sheet = book["收款明细"]
    formulas = [cell.value for row in sheet.iter_rows() for cell in row if str(cell.value).startswith("=")]
    assert formulas == ['=SUMIF(B7:B7,"GBP",C7:C7)', '=SUMIF(B7:B7,"GBP",D7:D7)']
    values = openpyxl.load_workbook(tmp_path / "out/report.xlsx", data_only=True)["收款明细"]
    assert [values[f"{column}8"].value for column in "CD"] == [860, 430]
    html = (tmp_path / "out/report.html").read_text(encoding="utf-8")
    assert "收款明细" in html and "Takings by document" in html


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("FROM taking\n    order", "FROM takings\n    order", "takings"),
        ("value: papers", "value: sheets", "no column sheets"),
        ("order: amount DESC", "order: amounts DESC", "amounts"),
        ("ratio(amount, 2)", "amount / 2", "takings.half: a floating-point number: use ratio(a, b)"),
        (
            "name: amount, kind: money",
            "name: amount, value: document_no || 'x', kind: money",
            "takings.amount: no number",
        ),
        ("'takings' AS subject, NULL", "'takings' AS subjects, NULL", "subject"),
    ],
)
def test_a_statement_with_wrong_sql_costs_only_itself(old: str, new: str, said: str, tmp_path: Path) -> None:
    rules = own_set(tmp_path / "own", OWN.replace(old, new))
    folder = month(tmp_path / "m", cash_book=JOURNAL)
    result = auditor.run(folder, rules=str(rules), workers=0, at=AT).result
    assert {each.kind for each in result.statements} == {"balances", "cash_journal"}
    problem = next(each for each in result.problems if each["code"] == "ViewSkipped")
    assert said in problem["en"] and "statements/by-month.yaml" in problem["en"]
    assert "by-month" in {each.name for each in result.not_made}
    assert result.exit_code == 2


def test_mistakes_of_a_statement_with_tables(tmp_path: Path) -> None:
    wrong = (
        OWN.replace("needs: [cash_journal_entry]", "needs: [cash_jornal_entry]")
        .replace("kind: count}", "kind: number}")
        .replace("kind: currency, label", "kind: currency, sum: true, label")
        .replace("order: amount DESC", "ordered: amount DESC")
    )
    _, errors = load_statements(own_set(tmp_path / "own", wrong), types=record_types())
    told = sorted((each.place.line, each.code) for each in errors if each.place is not None)
    assert [code for _, code in told] == ["UnknownWord", "UnknownWord", "UnknownKey", "WrongValue"]
    nothing = OWN.partition("parts:")[0]
    _, errors = load_statements(own_set(tmp_path / "none", nothing))
    assert [each.code for each in errors] == ["WrongValue"]


@pytest.mark.parametrize("name", SETS)
def test_every_statement_of_a_shipped_set_reads_only_what_the_set_has(name: str) -> None:
    """Each set alone, on tables without rows: no SELECT names what another set brings."""
    rule_set = load_rule_set(rules_folder() / name)
    assert rule_set.remarks == ()
    assert list(statement_faults(rule_set, record_types())) == []
    assert {item.statement for item in rule_set.manifest.package.values()} <= set(rule_set.statements)


def test_a_wrong_select_is_told_before_any_audit(tmp_path: Path) -> None:
    wrong = own_set(tmp_path / "own", OWN.replace("order: amount DESC", "order: amounts DESC"))
    told = CliRunner().invoke(group, ["rules", "check", str(wrong)])
    assert told.exit_code == 2
    assert "statements/by-month.yaml" in told.output and "amounts" in told.output
    right = own_set(tmp_path / "right", OWN)
    assert CliRunner().invoke(group, ["rules", "check", str(right)]).exit_code == 0


# --- the package ---


def members(output: Path) -> Mapping[str, bytes]:
    with zipfile.ZipFile(output / "package.zip") as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_package_is_the_same_byte_for_byte(lang: str, tmp_path: Path) -> None:
    folder = month(tmp_path / "m", cash_book=JOURNAL, cash_count=COUNT)
    for name in ("a", "b"):
        audited(folder, tmp_path / name, package=True, lang=lang)
    assert (tmp_path / "a/package.zip").read_bytes() == (tmp_path / "b/package.zip").read_bytes()
    page = members(tmp_path / "a")["statements/cash-count.html"].decode()
    assert ("库存现金监盘表" in page, "Cash count" in page) == (lang == "zh", lang == "en")
    assert str(tmp_path) not in page + members(tmp_path / "a")["manifest.json"].decode()


def test_a_new_package_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    folder = month(tmp_path / "m", cash_book=JOURNAL, cash_count=COUNT)
    audited(folder, tmp_path / "out", package=True)
    first = (tmp_path / "out/package.zip").read_bytes()
    audited(folder, tmp_path / "out")
    assert (tmp_path / "out/package.zip").read_bytes() == first  # nobody asked for another
    (folder / "cash count.csv").unlink()
    audited(folder, tmp_path / "out", package=True)
    assert "statements/cash-count.html" not in members(tmp_path / "out")
    assert not (tmp_path / "out/package/statements/cash-count.html").exists()


FREIGHT = """\
title: {en: Own, zh: 自建}
version: "1"
includes: [cash-and-bank]
package:
  journal: {title: {en: Journal, zh: 日记账}, statement: cash-journal, documents: [cash_journal_entry]}
  counts: {title: {en: Counts, zh: 盘点}, statement: cash-count, documents: [cash_count]}
"""


def test_what_is_in_an_archive_with_a_damaged_member(tmp_path: Path) -> None:
    """The archive is handed in as it is, what could be read of it is audited, and the damaged member is named."""
    rules = tmp_path / "own"
    rules.mkdir()
    (rules / "ruleset.yaml").write_text(FREIGHT, encoding="utf-8")
    folder = month(tmp_path / "m", cash_count=COUNT)
    with zipfile.ZipFile(folder / "books.zip", "w") as archive:
        archive.writestr("cash book.csv", JOURNAL)
        archive.writestr("bills.csv", "Bill No,Customer\nB1,Corner Cafe and a text that is long enough\n")
    whole = (folder / "books.zip").read_bytes()
    (folder / "books.zip").write_bytes(whole.replace(b"Corner Cafe and", b"Corner Cofe and"))
    result = auditor.run(folder, rules=str(rules), workers=0, at=AT, output=tmp_path / "out", package=True).result
    damaged = next(
        each
        for each in result.documents
        if each.path.endswith("bills.csv") or (each.path == "books.zip" and each.problems)
    )
    assert damaged.problems
    assert "cash_journal" in {each.kind for each in result.statements}
    found = members(tmp_path / "out")
    assert found["documents/books.zip"] == (folder / "books.zip").read_bytes()
    manifest = json.loads(found["manifest.json"])
    assert [each["documents"] for each in manifest["items"]] == [
        [{"path": "documents/books.zip", "reason": None}],
        [{"path": "documents/cash count.csv", "reason": None}],
    ]


def test_a_document_that_changed_after_it_was_read_is_left_out_and_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rules = tmp_path / "own"
    rules.mkdir()
    (rules / "ruleset.yaml").write_text(FREIGHT, encoding="utf-8")
    folder = month(tmp_path / "m", cash_book=JOURNAL, cash_count=COUNT)
    def meanwhile(*arguments: Any) -> None:
        write_reports(*arguments)
        (folder / "cash book.csv").write_text(JOURNAL + "\n", encoding="utf-8")
        (folder / "cash count.csv").unlink()

    monkeypatch.setattr("auditor.audit.audits.write_reports", meanwhile)
    auditor.run(folder, rules=str(rules), workers=0, at=AT, output=tmp_path / "out", package=True)
    found = members(tmp_path / "out")
    manifest = json.loads(found["manifest.json"])
    reasons = [document["reason"]["en"] for each in manifest["items"] for document in each["documents"]]
    assert reasons == ["the file has changed since it was read", "the file is gone"]
    assert not [name for name in found if name.startswith("documents/")]
