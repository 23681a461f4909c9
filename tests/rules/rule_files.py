"""Small rule sets for tests, written into a folder."""

from __future__ import annotations

from pathlib import Path

MANIFEST = """\
title: {en: Test rules, zh: 测试规则}
version: "1"
order: [REG]
"""
RULE = """\
title: {en: Slips against the register, zh: 清单与统计报表核对}
duty: D03
why: {en: Money is lost., zh: 漏登即漏收。}
check: match
left:  {records: receiving_slip, where: "status <> 'void'"}
right: {records: register_entry}
passes:
  - on: [slip_no, waybill_no]
  - on: [slip_no]
compare:
  pieces: exact
  amount: {within: "0.00"}
outcomes:
  left_only: {code: REG-02, severity: high, title: {en: "Slip, not registered", zh: 有清单无登记}}
  differs:   {code: REG-03, severity: medium, title: {en: Field wrong, zh: 登记信息有误}, key: "l.slip_no || '/' ||
  :field_title"}
examples:
  - name: a slip that nobody registered
    given:
      receiving_slip: [{slip_no: SH26-000001, date: 2026-10-08, customer: 陈记批发, pieces: 2, amount: "10.00"}]
    expect: [{code: REG-02, key: SH26-000001, amount: "10.00"}]
  - name: pieces that differ
    given:
      receiving_slip: [{slip_no: SH26-000001, date: 2026-10-08, pieces: 9, amount: "10.00"}]
      register_entry: [{slip_no: SH26-000001, date: 2026-10-08, pieces: 6, amount: "10.00"}]
    expect: [{code: REG-03, key: SH26-000001/件数, difference: "-3"}]
  - name: the same on both sides
    given:
      receiving_slip: [{slip_no: SH26-000001, date: 2026-10-08, pieces: 9, amount: "10.00"}]
      register_entry: [{slip_no: SH26-000001, date: 2026-10-08, pieces: 9, amount: "10.00"}]
    expect: []
"""


def write_rule_set(
    folder: Path, rules: dict[str, str] | None = None, views: dict[str, str] | None = None, manifest: str = MANIFEST
) -> Path:
    """A rule set of the given files; `rules` and `views` by the names of their files without `.yaml`."""
    (folder / "views").mkdir(parents=True, exist_ok=True)
    (folder / "ruleset.yaml").write_text(manifest, encoding="utf-8")
    for name, text in ({"slips": RULE} if rules is None else rules).items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    for name, text in (views or {}).items():
        (folder / "views" / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder
