"""Layouts and record types of one's own: in a rule set, beside the documents, on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

import auditor
from auditor.audit.documents import read_paths
from auditor.audit.errors import NoLayouts
from auditor.cli.commands import group
from auditor.documents.errors import LayoutFileError
from auditor.documents.layouts.loader import layouts_of
from auditor.documents.model import record_dicts

EXPORT = """\
记账日,摘要,发生额,收支标志,结余,收付款人
2026-10-08,货款,100.00,收,1100.00,甲公司
2026-10-09,运费,50.00,支,1050.00,顺途速运
"""
LAYOUT = """\
layout: bank/local
title: {en: Local bank, zh: 本地银行网银明细}
record: bank_transaction
claims: {headers: [记账日, 结余, 收付款人]}
columns: {date: [记账日], balance: [结余], counterparty: [收付款人]}
"""
PARKING = """\
record: parking_fee
title: {en: Parking fee, zh: 停车费登记}
identity: [ticket_no]
fields:
  ticket_no: {type: number_text, required: true, header: [停车票号]}
  date:      {type: date, required: true, header: [停车日期]}
  amount:    {type: money, required: true, header: [停车费]}
"""
RULE_SET = """\
title: {en: Own rules, zh: 自建规则}
version: "1"
calendar: cn
parameters:
  limit: {default: "20.00 CNY", title: {en: Limit, zh: 限额}}
"""
RULE = """\
title: {en: Parking above the limit, zh: 停车费超限}
duty: D16
why: {en: It needs approval., zh: 须审批。}
check: require
records: parking_fee
require: amount <= :limit
outcomes:
  fails: {code: PARK-01, severity: low, title: {en: Parking above the limit, zh: 停车费超限}}
examples:
  - name: one above, one below
    given:
      parking_fee:
        - {ticket_no: P1, date: 2026-10-08, amount: "15.00"}
        - {ticket_no: P2, date: 2026-10-08, amount: "35.00"}
    expect: [{code: PARK-01, key: P2}]
  - name: below
    given: {parking_fee: [{ticket_no: P1, date: 2026-10-08, amount: "15.00"}]}
    expect: []
"""


def put(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def outcome(path: Path, layouts: Path | None = None, rules: Path | None = None) -> tuple[str | None, list[str]]:
    """The layout by which a file is read, and the dates and counterparties of its records."""
    (document,) = read_paths([path], (), str(rules) if rules else None, str(layouts) if layouts else None)
    table = document.records.get("bank_transaction")
    return document.layout, [f"{each['date']} {each['counterparty']}" for each in record_dicts(table)] if table else []


READ = ("bank/local", ["2026-10-08 甲公司", "2026-10-09 顺途速运"])


def test_a_layout_that_the_command_line_names(tmp_path: Path) -> None:
    put(tmp_path, {"月末/本地银行.csv": EXPORT, "版式/bank/local.yaml": LAYOUT})
    assert outcome(tmp_path / "月末/本地银行.csv") == (None, [])
    assert outcome(tmp_path / "月末/本地银行.csv", tmp_path / "版式") == READ
    assert "bank/local" not in layouts_of()  # it held for that reading alone


def test_a_layout_beside_the_documents(tmp_path: Path) -> None:
    put(tmp_path, {"月末/网银/本地银行.csv": EXPORT, "版式/bank/local.yaml": LAYOUT, "月末/audit.yaml": "layouts: ../版式\n"})
    assert outcome(tmp_path / "月末/网银/本地银行.csv") == READ


def test_a_layout_in_a_rule_set(tmp_path: Path) -> None:
    put(tmp_path, {"本地银行.csv": EXPORT, "规则/layouts/bank/local.yaml": LAYOUT, "规则/ruleset.yaml": RULE_SET})
    assert outcome(tmp_path / "本地银行.csv", rules=tmp_path / "规则") == READ
    put(tmp_path, {"audit.yaml": "rules: 规则\n"})  # a folder beside audit.yaml
    assert outcome(tmp_path / "本地银行.csv") == READ


def test_a_layout_of_the_same_name_takes_the_place_of_the_one_before(tmp_path: Path) -> None:
    shipped = layouts_of()["bank/abc"]
    own = LAYOUT.replace("bank/local", "bank/abc")
    put(tmp_path, {"本地银行.csv": EXPORT, "规则/ruleset.yaml": RULE_SET, "规则/layouts/bank/abc.yaml": own})
    assert outcome(tmp_path / "本地银行.csv", rules=tmp_path / "规则") == ("bank/abc", READ[1])
    other = own.replace("counterparty: [收付款人]", "counterparty: [摘要]")
    put(tmp_path, {"版式/bank/abc.yaml": other})
    assert outcome(tmp_path / "本地银行.csv", tmp_path / "版式", tmp_path / "规则") == (
        "bank/abc", ["2026-10-08 货款", "2026-10-09 运费"],
    )  # fmt: skip
    assert layouts_of()["bank/abc"] is shipped


def test_a_layout_that_was_changed_is_read_again(tmp_path: Path) -> None:
    put(tmp_path, {"本地银行.csv": EXPORT, "版式/bank/local.yaml": LAYOUT})
    assert outcome(tmp_path / "本地银行.csv", tmp_path / "版式") == READ
    put(tmp_path, {"版式/bank/local.yaml": LAYOUT.replace("counterparty: [收付款人]", "counterparty: [摘要]")})
    assert outcome(tmp_path / "本地银行.csv", tmp_path / "版式")[1] == ["2026-10-08 货款", "2026-10-09 运费"]


@pytest.mark.parametrize("workers", [0, 1])
def test_an_audit_with_layouts_and_record_types_of_ones_own(tmp_path: Path, workers: int) -> None:
    put(tmp_path, {
        "月末/本地银行.csv": EXPORT,
        "月末/停车.csv": "停车票号,停车日期,停车费\nP1,2026-10-08,15.00\nP2,2026-10-09,35.00\n",
        "月末/audit.yaml": "period: 2026-10\nrules: ../规则\nlayouts: 版式\n",
        "月末/版式/bank/local.yaml": LAYOUT,
        "规则/ruleset.yaml": RULE_SET,
        "规则/parking-limit.yaml": RULE,
        "规则/records/parking_fee.yaml": PARKING,
    })  # fmt: skip
    audit = auditor.run(tmp_path / "月末", output=tmp_path / "结果", workers=workers, lang="zh")
    assert [(each.path, each.status, each.layout) for each in audit.result.documents] == [
        ("audit.yaml", "ignored", None), ("停车.csv", "read", "parking_fee"), ("本地银行.csv", "read", "bank/local"),
        ("版式/bank/local.yaml", "ignored", None),
    ]  # fmt: skip
    assert list(zip(audit.findings["code"], audit.findings["key"], strict=True)) == [("PARK-01", "P2")]
    assert "停车费登记" in (tmp_path / "结果" / "report.html").read_text(encoding="utf-8")


def test_what_is_wrong_with_a_layout_is_told_at_its_place(tmp_path: Path) -> None:
    put(tmp_path, {"本地银行.csv": EXPORT, "版式/bank/local.yaml": LAYOUT.replace("headers", "header")})
    put(tmp_path, {"audit.yaml": "layouts: 版式\n"})
    with pytest.raises(LayoutFileError) as told:
        outcome(tmp_path / "本地银行.csv")
    assert str(told.value.place) == "版式/bank/local.yaml:4:10"
    put(tmp_path, {"audit.yaml": "period: 2026-10\nlayouts: 板式\n"})
    with pytest.raises(NoLayouts) as missing:
        auditor.run(tmp_path)
    assert (str(missing.value.place), missing.value.found) == ("audit.yaml:2:10", "板式")


def test_the_list_names_the_files_of_ones_own(tmp_path: Path) -> None:
    put(tmp_path, {"版式/bank/local.yaml": LAYOUT, "audit.yaml": "layouts: 版式\nrules: 规则\n"})
    put(tmp_path, {"规则/ruleset.yaml": RULE_SET, "规则/records/parking_fee.yaml": PARKING})
    lines = CliRunner().invoke(group, ["layouts", "list", str(tmp_path)]).output.splitlines()
    own = [line.split()[0] + " " + line.split(" ← ")[1] for line in lines if " ← " in line]
    assert own == ["bank/local 版式/bank/local.yaml", "parking_fee 规则/records/parking_fee.yaml"]


def test_the_commands_for_rules_know_the_record_types_of_their_set(tmp_path: Path) -> None:
    files = {"ruleset.yaml": RULE_SET, "parking-limit.yaml": RULE, "records/parking_fee.yaml": PARKING}
    put(tmp_path, files)
    for command, said in (("check", "1 rules, 0 views, 0 errors"), ("test", "2 examples, 0 failed")):
        assert CliRunner().invoke(group, ["rules", command, str(tmp_path)]).output.strip() == said
