"""Three mistakes in each kind of file that people write: all told at once, in both languages, with the nearest words."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner

from auditor.audit.settings import load_settings
from auditor.audit.setup import set_up
from auditor.cli.commands import group
from auditor.documents.layouts.form_layouts import load_form
from auditor.documents.layouts.loader import load_layout
from auditor.errors import AuditorError
from auditor.records.loader import record_types
from auditor.rules.loader import load_rule_set
from auditor.rules.statements import load_statements
from auditor.strict_yaml import Mistakes
from auditor.values.calendar import load_calendar

LAYOUT = """\
layout: bank/harbour
title: {en: Harbour bank, zh: 港湾银行}
record: bank_transaction
claims: {headers: [入账日, 结存]}
columns:
  date: 入账日
  balanse: [结存]
constants: {curency: CNY}
date_order: dym
"""
FORM = """\
layout: forms/pass
record: receipt
title: {en: Gate pass, zh: 出门证}
claims: {any: 出门证}
fields:
  amount: {label: [金额], pattern: '['}
  payr: {label: [交款人]}
skp: [currency]
"""
RECORD = """\
record: gate_pass
title: {en: Gate pass, zh: 出门证}
identity: [pas_no]
fields:
  pass_no: {type: number_text, header: [出门证号]}
  date:    {type: dat, header: [日期]}
  carrier: {type: text, header: 承运人, party: carier}
"""
MANIFEST = """\
title: {en: Own rules, zh: 自建规则}
version: 1
order: GATE
paramters: {}
"""
RULE = """\
title: {en: Slips have a customer, zh: 清单须有客户}
duty: D03
why: {en: Nobody would be billed., zh: 否则无法开账。}
check: require
records: receiving_slip
whre: status <> 'void'
require: custmer IS NOT NULL
outcomes:
  fails: {code: SLIP-01, severity: hgih, title: {en: No customer, zh: 无客户}, party: l.custmer}
examples:
  - name: one without
    given: {receiving_slip: [{slip_no: S1, date: 2026-10-08, piecs: 2}]}
    expect: [{code: SLIP-01, key: S1}]
  - {name: none, given: {}, expect: []}
"""
SETTINGS = """\
period: 2026-1O
curency: CNY
documents:
  - {path: "bank/*.csv", sign: out-positive, date_order: ddmm}
  - {path: "wallet/*", currency: RMB, unit: 百万园, year: 1026}
  - {pth: "old/*", decimal: ";", account: 6222020200112233445}
"""
STATEMENT = """\
kind: cash
title: {en: Cash, zh: 现金}
subjects: SELECT 1
lines:
  - {name: counted, role: balanse, label: {en: Counted, zh: 实点}, select: SELECT 1}
  - {name: both, role: result, label: {en: Both, zh: 两者}}
  - {name: total, role: result, label: {en: Total}, sum: [counted, "-Book"]}
"""
CALENDAR = """\
calendar: ours
weekend: [saturday, sonday]
years:
  2026:
    holidays: [{name: 厂休, from: 2026-10-12, to: 2026-10-09}]
    working: [2026-10-14, 2025-10-11]
"""


def layout(folder: Path) -> None:
    (folder / "bank").mkdir()
    (folder / "bank/harbour.yaml").write_text(LAYOUT, encoding="utf-8")
    load_layout(folder / "bank/harbour.yaml", record_types())


def form(folder: Path) -> None:
    load_form(FORM, record_types(), "forms/pass.yaml")


def record(folder: Path) -> None:
    (folder / "records").mkdir()
    (folder / "records/gate_pass.yaml").write_text(RECORD, encoding="utf-8")
    record_types(folder / "records")


def rule_set(folder: Path) -> None:
    (folder / "ruleset.yaml").write_text(MANIFEST, encoding="utf-8")
    load_rule_set(folder)


def settings(folder: Path) -> None:
    (folder / "audit.yaml").write_text(SETTINGS, encoding="utf-8")
    load_settings(folder)


def working_days(folder: Path) -> None:
    (folder / "ours.yaml").write_text(CALENDAR, encoding="utf-8")
    load_calendar("ours.yaml", folder)


Told = list[tuple[str, str]]


def told(mistakes: Sequence[AuditorError]) -> Told:
    """Line:column and nearest word (or what else is told) of each mistake."""
    return [
        (":".join(str(each.place).split(":")[1:]), str(each.values.get("nearest", each.values.get("key", each.code))))
        for each in mistakes
    ]


@pytest.mark.parametrize(
    ("work", "file", "expected"),
    [
        (layout, "harbour.yaml", [("6:9", "date"), ("7:3", "balance"), ("8:13", "currency"), ("9:13", "dmy")]),
        (form, "forms/pass.yaml", [("4:15", "any"), ("6:34", "pattern"), ("7:3", "payer"), ("8:1", "skip")]),
        (record, "records/gate_pass.yaml",
         [("3:12", "pass_no"), ("6:19", "date"), ("7:33", "header"), ("7:45", "payer")]),
        (rule_set, "ruleset.yaml", [("2:10", "version"), ("3:8", "order"), ("4:1", "parameters")]),
        (settings, "audit.yaml",
         [("1:9", "BadPeriod"), ("2:1", "currency"), ("4:32", "out_positive"), ("4:58", "dmy"), ("5:34", "CNY"),
          ("5:45", "百万元"), ("5:56", "year"), ("6:6", "path"), ("6:29", "-"), ("6:43", "account")]),
        (working_days, "ours.yaml", [("2:21", "sunday"), ("5:49", "to"), ("6:15", "working"), ("6:27", "working")]),
    ],
)  # fmt: skip
def test_all_mistakes_of_a_file(tmp_path: Path, work: Callable[[Path], None], file: str, expected: Told) -> None:
    with pytest.raises(Mistakes) as raised:
        work(tmp_path)
    found = told(raised.value.errors)
    assert [place for place, _ in found] == [place for place, _ in expected]
    for (_, word), (_, right) in zip(found, expected, strict=True):
        assert word == right or right in ("payer", "dmy")  # near enough that another word may be told
    for language in ("en", "zh"):
        message = raised.value.message(language)
        assert message.count(f"{file}:") == len(expected)
        assert "Input should" not in message
    sentences = [line for line in raised.value.message("zh").splitlines() if line.startswith(("  允许", "  处理"))]
    assert not re.search(r"[a-z]+ [a-z]+ [a-z]+", "\n".join(sentences))


def test_all_mistakes_of_a_rule_also_those_behind_a_misspelt_key(tmp_path: Path) -> None:
    (tmp_path / "ruleset.yaml").write_text(
        'title: {en: Own, zh: 自建}\nversion: "1"\norder: [SLIP]\n', encoding="utf-8"
    )
    (tmp_path / "customers.yaml").write_text(RULE, encoding="utf-8")
    errors = load_rule_set(tmp_path).errors
    assert [(str(each.place), each.code) for each in errors] == [
        ("customers.yaml:6:1", "UnknownKey"), ("customers.yaml:7:10", "UnknownField"),
        ("customers.yaml:9:36", "UnknownWord"), ("customers.yaml:9:86", "UnknownField"),
        ("customers.yaml:12:62", "UnknownField"),
    ]  # fmt: skip
    assert CliRunner().invoke(group, ["rules", "check", str(tmp_path)]).exit_code == 2


def test_all_mistakes_of_a_statement(tmp_path: Path) -> None:
    (tmp_path / "statements").mkdir()
    (tmp_path / "statements/cash.yaml").write_text(STATEMENT, encoding="utf-8")
    _, errors = load_statements(tmp_path)
    assert told(errors) == [("5:27", "balance"), ("6:5", "both"), ("7:40", "zh"), ("7:68", "sum")]


def test_mistakes_of_several_files_are_told_together(tmp_path: Path) -> None:
    for name in ("bank/harbour", "bank/river", "forms/pass"):
        path = tmp_path / "版式" / f"{name}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(FORM if name.startswith("forms") else LAYOUT.replace("bank/harbour", name), encoding="utf-8")
    (tmp_path / "x.csv").write_text("入账日,结存\n2026-10-08,1.00\n", encoding="utf-8")
    with pytest.raises(Mistakes) as raised:
        set_up(None, None, str(tmp_path / "版式"))
    files = [str(each.place).split(":")[0].rpartition("/")[2] for each in raised.value.errors]
    assert files == ["harbour.yaml"] * 4 + ["river.yaml"] * 4 + ["pass.yaml"] * 4
    ended = CliRunner().invoke(group, ["read", str(tmp_path / "x.csv"), "--layouts", str(tmp_path / "版式")])
    assert ended.return_value == 2  # what the program ends with
