"""`auditor map` and words of choices: the dialogue, the questions as text and as JSON, the report."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from auditor.audit.mapping import MappingSession
from auditor.audit.progress import Silent
from auditor.audit.setup import set_up
from auditor.cli.commands import group
from auditor.cli.mapping import Signature, ask

HEAD = "收据号,日期,交款单位,金额,收款方式,状态\n"
BY = Signature("2026-10-31", "林晓")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Receipts, of which two columns have words of their own."""
    modes, statuses = ("柜台给", "扫码绿", "现金"), ("好的", "写花")
    rows = [
        f"00031{number:02},2026-10-{number + 1:02},恒昌电子,{number}00.00,{modes[number % 3]},{statuses[number % 5 == 4]}\n"
        for number in range(1, 13)
    ]
    (tmp_path / "收据登记.csv").write_text(HEAD + "".join(rows), encoding="utf-8")
    (tmp_path / "audit.yaml").write_text("period: 2026-10\nentity: 海安货运\n", encoding="utf-8")
    return tmp_path


def typed(folder: Path, *lines: str) -> str:
    """What stands in the file after a user has typed these lines."""
    left = iter(lines)
    ask(MappingSession(folder, set_up(folder, new_readings=True), Silent(), 1), BY, lambda _: next(left, "q"))
    assert next(left, None) is None
    path = folder / "reading.yaml"
    return path.read_text(encoding="utf-8").partition("choices:\n")[2] if path.exists() else ""


def test_words_are_answered_a_field_at_a_time(folder: Path) -> None:
    written = typed(folder, "好的=live, 写花=作废", "柜台给=cash，扫码绿＝微信")
    assert written == (
        "  - field: status\n    words: {好的: live, 写花: void}\n    confirmed: 2026-10-31 林晓\n"
        "  - field: mode\n    words: {柜台给: cash, 扫码绿: wechat}\n    confirmed: 2026-10-31 林晓\n"
    )


def test_a_word_may_be_left_for_later(folder: Path) -> None:
    assert typed(folder, "s", "柜台给=cash", "y") == "  - field: mode\n    words: {柜台给: cash}\n    confirmed: 2026-10-31 林晓\n"


def test_a_choice_that_there_is_not_is_told_and_asked_again(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    written = typed(folder, "s", "柜台给=crash", "柜台给=cash, 扫码绿=wechat")
    assert "crash" not in written
    assert "`crash`" in "".join(capsys.readouterr())


def test_as_json_and_as_text(folder: Path) -> None:
    runner = CliRunner()
    found = runner.invoke(group, ["map", str(folder), "--json", "--workers", "1"])
    told = json.loads(found.stdout)
    assert [each["field"] for each in told["choices"]] == ["status", "mode"]
    mode = told["choices"][1]
    assert mode["words"][0] == {"word": "扫码绿", "rows": 4, "proposal": None, "likely": False}
    assert mode["entry"] == {"field": "mode", "words": {"扫码绿": "?", "柜台给": "?"}}
    assert mode["yaml"].startswith("  - field: mode\n")
    assert "支票" in mode["choices"]["cheque"]
    assert mode["lost"]["incomplete"]
    assert found.exit_code == 2
    text = runner.invoke(group, ["map", str(folder), "--workers", "1"]).output
    assert "柜台给 (4" in text
    assert "choices:" in text


def test_the_report_shows_them(folder: Path, tmp_path: Path) -> None:
    CliRunner().invoke(group, ["run", str(folder), "--output", str(tmp_path / "out"), "--workers", "1"])
    data = json.loads((tmp_path / "out" / "findings.json").read_text(encoding="utf-8"))
    assert [each["field"] for each in data["choices"]] == ["status", "mode"]
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert "柜台给 (4)" in page
