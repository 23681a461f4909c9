"""Bad input through the command line: it costs only itself, sets exit code 2 and leaves nothing half-written."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import makers
import pytest

REGISTER = """\
清单号,日期,站点,客户,服务商,运单号,件数,实重,计费重,金额,联络单号
SH26-004348,2026-10-16,A,甲公司,顺途速运,ST2610000120,4,9.5,10,1999.40,
SH26-004349,2026-10-17,A,乙公司,顺途速运,ST2610000121,0,2.0,2,30.00,
"""
BANK = """\
交易日期,摘要,借方金额,贷方金额,余额,对方户名
2026-10-08,货款,,100.00,1000.00,甲公司
2026-10-09,运费,50.00,,950.00,乙公司
"""
MANIFEST = """\
title: {en: Own rules, zh: 自编规则}
version: "1"
order: [REG, BNK]
parameters:
  fee_limit: {title: {en: Fee limit, zh: 手续费上限}, default: "20.00 CNY"}
"""
PIECES = """\
title: {en: A slip has pieces, zh: 清单须有件数}
duty: D03
why: {en: Nothing is shipped without a piece., zh: 没有件数即没有货物。}
check: require
records: register_entry
require: l.pieces > 0
outcomes:
  fails: {code: REG-03, severity: medium, title: {en: No pieces, zh: 无件数}}
examples:
  - name: a slip without pieces
    given: {register_entry: [{slip_no: SH26-000001, date: 2026-10-08, pieces: 0, amount: "10.00"}]}
    expect: [{code: REG-03, key: SH26-000001}]
  - name: a slip with pieces
    given: {register_entry: [{slip_no: SH26-000001, date: 2026-10-08, pieces: 2, amount: "10.00"}]}
    expect: []
"""
FEES = """\
title: {en: Payments within the limit, zh: 支付不超过上限}
duty: D12
why: {en: Larger payments need a second signature., zh: 大额支付须双签。}
check: require
records: bank_transaction
where: direction = 'out'
require: l.amount <= :fee_limit
outcomes:
  fails: {code: BNK-03, severity: low, title: {en: Above the limit, zh: 超过上限}}
examples:
  - name: a payment above the limit
    given: {bank_transaction: [{account: "1", date: 2026-10-08, direction: out, amount: "30.00"}]}
    expect: [{code: BNK-03}]
  - name: a payment within the limit
    given: {bank_transaction: [{account: "1", date: 2026-10-08, direction: out, amount: "20.00"}]}
    expect: []
"""


@dataclass(frozen=True)
class Ran:
    code: int
    said: str
    output: Path

    @property
    def result(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads((self.output / "findings.json").read_text(encoding="utf-8"))
        return found

    @property
    def documents(self) -> dict[str, str]:
        return {each["path"]: each["status"] for each in self.result["documents"]}

    @property
    def rules(self) -> dict[str, str]:
        return {each["id"]: each["status"] for each in self.result["rules"]}

    @property
    def found(self) -> list[tuple[str, str]]:
        return [(each["code"], each["key"]) for each in self.result["findings"]]


@pytest.fixture
def month(tmp_path: Path) -> Path:
    """A folder of two good documents, beside a rule set of two rules."""
    folder = tmp_path / "2026-10"
    (tmp_path / "own").mkdir()
    folder.mkdir()
    for name, text in (("own/ruleset.yaml", MANIFEST), ("own/pieces.yaml", PIECES), ("own/fees.yaml", FEES),
                       ("2026-10/统计报表.csv", REGISTER), ("2026-10/网银.csv", BANK)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return folder


def run(month: Path, *arguments: str, output: Path | None = None, lang: str = "en") -> Ran:
    """`auditor run` as a user calls it, from the folder above the month."""
    target = output or month.parent / "out"
    command = [sys.executable, "-m", "auditor", "run", month.name, "--rules", "own", "-o", str(target), "--lang", lang,
               "--workers", "1", *arguments]
    done = subprocess.run(command, cwd=month.parent, capture_output=True, text=True, encoding="utf-8",
                          env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2]), "PYTHONIOENCODING": "utf-8"})
    assert "Traceback" not in done.stderr
    assert not list(month.parent.rglob(".auditor*")), "nothing half-written"
    return Ran(done.returncode, done.stderr + done.stdout, target)


GOOD = {"网银.csv": "read", "统计报表.csv": "read"}


BAD = {
    "坏.xlsx": (makers.truncated_workbook, "unreadable", "坏.xlsx: the xlsx file is cut short or damaged"),
    "坏.pdf": (makers.locked_pdf, "unreadable", "坏.pdf: the PDF file is protected by a password, and no"),
    "坏.csv": (makers.zeros, "unreadable", "坏.csv: the file holds nothing but 4096 zero bytes"),
    "空.csv": (makers.nothing, "unreadable", "空.csv: the file is empty"),
    "无表头.csv": (makers.bank_rows_alone, "not recognised", "无表头.csv: no known header word was found"),
}


def test_bad_documents_cost_themselves(month: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A truncated workbook, a PDF with a wrong password, a file of zeros, an empty one, a CSV without its header."""
    monkeypatch.setenv("STATEMENT_PASSWORD", "never-to-be-seen")
    (month / "audit.yaml").write_text("passwords: [STATEMENT_PASSWORD]\n", encoding="utf-8")
    for name, (maker, _, _) in BAD.items():
        maker(month / name)
    ran = run(month)
    assert ran.code == 2
    assert [said for _, _, said in BAD.values() if said not in ran.said] == []
    wanted = {**GOOD, "audit.yaml": "ignored", **{name: status for name, (_, status, _) in BAD.items()}}
    assert ran.documents == wanted
    assert ran.rules == {"pieces": "findings", "fees": "findings"}
    assert ("REG-03", "SH26-004349") in ran.found
    assert "never-to-be-seen" not in ran.said + (ran.output / "findings.json").read_text(encoding="utf-8")


def test_a_misspelt_key_costs_its_rule(month: Path) -> None:
    (month.parent / "own" / "fees.yaml").write_text(FEES.replace("require: l", "requires: l"), encoding="utf-8")
    ran = run(month)
    assert ran.code == 2
    assert "fees.yaml:7:1: unknown key `requires`" in ran.said
    assert "nearest: require)" in ran.said
    assert ran.rules.get("pieces") == "findings"
    assert ran.rules.get("fees", "failed") == "failed"
    assert [each["place"] for each in ran.result["problems"]] == ["fees.yaml:7:1"]
    assert ("REG-03", "SH26-004349") in ran.found


def test_a_parameter_of_the_wrong_unit_costs_the_rules_that_use_it(month: Path) -> None:
    (month / "audit.yaml").write_text('parameters:\n  fee_limit: "30 days"\n', encoding="utf-8")
    ran = run(month)
    assert ran.code == 2
    assert "audit.yaml:2:14: the parameter `fee_limit` must be given in CNY" in ran.said
    assert ran.rules == {"pieces": "findings", "fees": "failed"}


def test_a_period_without_documents_keeps_the_report_of_the_run_before(month: Path) -> None:
    ran = run(month, "--period", "2026-12")
    assert ran.code == 2
    assert "no record of the documents lies in the period 2026-12-01 to 2026-12-31" in ran.said
    assert sorted(path.name for path in month.parent.iterdir()) == ["2026-10", "own"]

    good = run(month)
    assert (good.code, good.documents) == (1, GOOD)
    assert good.rules == {"pieces": "findings", "fees": "findings"}
    files = ["audit.duckdb", "findings.json", "report.html", "report.xlsx"]
    assert sorted(path.name for path in good.output.iterdir()) == files
    before = (good.output / "findings.json").read_bytes()
    (good.output / "notes.txt").write_text("mine", encoding="utf-8")

    again = run(month, "--set", "fee_limit=30 days", "--period", "2026-12", lang="zh")
    assert again.code == 2
    assert "资料中没有属于期间 2026-12-01 至 2026-12-31 的记录" in again.said
    assert (good.output / "findings.json").read_bytes() == before
    assert (good.output / "notes.txt").read_text(encoding="utf-8") == "mine"


def test_an_output_folder_that_cannot_be_written(month: Path) -> None:
    blocked = month.parent / "file"
    blocked.write_text("in the way", encoding="utf-8")
    ran = run(month, output=blocked / "report")
    assert ran.code == 2
    assert "the output folder cannot be written" in ran.said
    assert "choose another with -o" in ran.said
    assert blocked.read_text(encoding="utf-8") == "in the way"
    assert sorted(path.name for path in month.parent.iterdir()) == ["2026-10", "file", "own"]
