"""What `rules test` says of an example that does not hold: where it stands, what was expected, what came."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.cli import ruling

RULE = """\
title: {en: Bank against book, zh: 银行对账}
duty: D12
why: {en: Both say what moved., zh: 两边互证。}
check: match
left: {records: bank_transaction}
right: {records: bank_ledger_entry}
passes:
  - on: [serial_or_reference]
outcomes:
  left_only: {code: BNK-01, severity: high, title: {en: Not entered, zh: 未入账}, key: l.summary}
  right_only: {code: BNK-02, severity: high, title: {en: Not at the bank, zh: 银行无}, key: r.summary}
examples:
  - name: one that nobody entered
    given: {bank_transaction: [{amount: "12.00", direction: in, date: 2026-10-08, summary: rent}]}
    expect:
      - {code: BNK-01, key: rent, amount: "10.00"}
  - name: silent, it is said
    given: {bank_ledger_entry: [{amount: "7.00", direction: in, date: 2026-10-08, summary: fee}]}
    expect: []
  - name: one that does not come
    given: {bank_transaction: []}
    expect: [{code: BNK-01, key: rent}]
""".replace("[serial_or_reference]", "[{left: serial, right: reference}]")


def written(folder: Path) -> str:
    (folder / "ruleset.yaml").write_text('title: {en: House, zh: 本}\nversion: "1"\n', encoding="utf-8")
    (folder / "bank.yaml").write_text(RULE, encoding="utf-8")
    return str(folder)


def test_file_line_expected_came_and_nearest_miss(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("auditor.cli.ruling.say", lambda en, zh: en)
    assert ruling.test_rules(written(tmp_path), ()) == 2
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == (
        "bank.yaml:16: example “one that nobody entered”: expected and not found: code: BNK-01, key: rent, amount: 10.00"
    )
    assert lines[1].startswith("  nearest: key: rent") and "amount: 12" in lines[1]
    assert lines[2] == "    amount: expected 10.00, came 12"
    assert lines[3].startswith("bank.yaml:19: example “silent, it is said”: found and not expected: key: fee")
    assert lines[4].startswith("bank.yaml:22: example “one that does not come”: expected and not found")
    assert lines[5] == "  nothing like it came"
    assert lines[-1] == "3 examples, 3 failed"
