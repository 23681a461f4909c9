"""`auditor map`: the dialogue, the questions as text and as JSON, exit codes."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from asked_tables import COVER, cover, hypothesis, shape, table
from click.testing import CliRunner, Result

from auditor.audit import mapping
from auditor.audit.mapping import MappingSession
from auditor.audit.progress import Silent
from auditor.audit.setup import set_up
from auditor.cli.commands import group
from auditor.cli.mapping import Signature, ask, signed
from auditor.documents.model import ReadDocument, Status
from auditor.documents.readings.confirmed import CompanyReadings
from auditor.documents.recognition.hypotheses import State, TableReading
from auditor.records.loader import record_types

CHEQUES = ("支票", "开票", "金额")
BY = Signature("2026-10-31", "林晓")


def read_tables(
    *_: Any, readings: CompanyReadings, kept: Sequence[ReadDocument] = (), **__: Any
) -> list[ReadDocument]:
    """A cover sheet and a list of cheques, of which an answer makes what it says."""
    cheques = table(
        shape(CHEQUES, (("30981177", "2026-10-08", "18.60"),), sheet="支票", first=2),
        hypothesis("bank_transaction", CHEQUES, {"金额": "amount"}),
        hypothesis("bill_line", CHEQUES, {"金额": "amount", "开票": "date"}),
    )
    return [
        ReadDocument(path, "", Status.READ, tables=(_told(each, path, readings),))
        for path, each in {"支票.xlsx": cheques, "网点/封面.csv": cover(State.LIKELY)}.items()
    ]


def _told(found: TableReading, path: str, readings: CompanyReadings) -> TableReading:
    entry = readings.entry_for(found.shape.headers, found.shape.names, path, found.shape.sheet)
    return found if entry is None else table(found.shape, *found.hypotheses, state=State.CONFIRMED)


@pytest.fixture(autouse=True)
def fake(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(mapping, "read_tables", read_tables)
    yield


def asked(folder: Path, *typed: str) -> str:
    """The answers that are written if a user types these lines."""
    lines = iter(typed)
    prompts: list[str] = []

    def read_line(prompt: str) -> str:
        prompts.append(prompt)
        return next(lines, "q")

    ask(MappingSession(folder, set_up(folder, new_readings=True), Silent()), BY, read_line)
    assert next(lines, None) is None, "all that was typed was asked for"
    path = folder / "reading.yaml"
    return path.read_text(encoding="utf-8").partition("tables:\n")[2] if path.exists() else ""


COVER_ENTRY = """\
  - headers: [收单日, 网点, 单据张数, 件数]
    record: bundle_cover
    columns: {收单日: date, 网点: station, 单据张数: tickets, 件数: pieces}
    confirmed: 2026-10-31 林晓
"""


def test_yes(tmp_path: Path) -> None:
    assert COVER_ENTRY in asked(tmp_path, "y", "y")


def cheques_of(folder: Path, *typed: str) -> str:
    """The entry of the list of cheques, the other question left for later."""
    written = asked(folder, *typed)
    return "".join(each for each in written.splitlines(keepends=True) if "headers" not in each)


def order(folder: Path) -> list[str]:
    session = MappingSession(folder, set_up(folder, new_readings=True), Silent())
    return [each.family.tables[0].path for each in session.questions()]


def test_the_second_proposal(tmp_path: Path) -> None:
    assert order(tmp_path) == ["支票.xlsx", "网点/封面.csv"]
    assert cheques_of(tmp_path, "2", "s").splitlines() == [
        "    record: bill_line", "    columns: {支票: ~, 开票: date, 金额: amount}", "    confirmed: 2026-10-31 林晓",
    ]  # fmt: skip


TITLE = record_types()["payment_request"].title


@pytest.mark.parametrize("name", ["payment_request", TITLE.zh, TITLE.en.upper()])
def test_another_type_by_its_name_or_title(name: str, tmp_path: Path) -> None:
    assert "record: payment_request" in cheques_of(tmp_path, name, "y", "s")


def test_columns_are_corrected(tmp_path: Path) -> None:
    written = cheques_of(tmp_path, "支票=voucher_no, 开票=交易日期", "currency=CNY；金额＝out", "y", "s")
    assert "columns: {支票: voucher_no, 开票: date, 金额: out}" in written
    assert "currency: CNY" in written


def test_a_mistake_is_told_and_asked_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    written = cheques_of(tmp_path, "支漂=voucher_no", "支票=vocher_no", "bank_transactoin", "", "支票=voucher_no", "y", "s")
    assert "支票: voucher_no" in written
    said = capsys.readouterr().err
    assert "支漂" in said
    assert "voucher_no" in said
    assert "bank_transaction" in said


def test_none_of_these(tmp_path: Path) -> None:
    assert "    ignore: 支票登记\n" in asked(tmp_path, "n", "支票登记", "s")
    assert "record:" not in asked(tmp_path, "s")


def test_quit_keeps_what_is_answered(tmp_path: Path) -> None:
    assert "支票" in asked(tmp_path, "y", "q")
    assert order(tmp_path) == ["网点/封面.csv"]


def invoked(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(group, ["map", str(folder), "--today", "2026-10-31", "--by", "林晓", *arguments])


def test_without_a_terminal_the_questions_are_printed(tmp_path: Path) -> None:
    done = invoked(tmp_path)
    assert done.return_value == 2 or done.exit_code == 2
    assert "1/2  支票.xlsx[支票]" in done.stdout
    assert "30981177 | 2026-10-08 | 18.60" in done.stdout
    assert "    - headers: [支票, 开票, 金额]\n      record: bank_transaction\n" in done.stdout
    assert not (tmp_path / "reading.yaml").exists()


def test_as_json_nothing_else_is_on_standard_output(tmp_path: Path) -> None:
    done = invoked(tmp_path, "--json")
    found = json.loads(done.stdout)
    assert [each["headers"] for each in found["questions"]] == [list(CHEQUES), list(COVER)]


def test_accept_likely(tmp_path: Path) -> None:
    done = invoked(tmp_path, "--accept-likely")
    assert "1 " in done.stdout.splitlines()[0]
    text = (tmp_path / "reading.yaml").read_text(encoding="utf-8")
    assert COVER_ENTRY.replace("    confirmed", "    state: likely\n    confirmed") in text
    found = json.loads(invoked(tmp_path, "--json", "--accept-likely").stdout)
    assert [each["headers"] for each in found["questions"]] == [list(CHEQUES)]


def test_nothing_is_open(tmp_path: Path) -> None:
    asked(tmp_path, "y", "y")
    done = invoked(tmp_path)
    assert done.exit_code == 0
    assert not done.return_value


def test_a_wrong_file_of_answers_is_told(tmp_path: Path) -> None:
    asked(tmp_path, "y", "y")
    path = tmp_path / "reading.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "  - headers: [x]\n    record: bils\n", encoding="utf-8")
    done = invoked(tmp_path)
    assert "reading.yaml:13:13" in done.stderr
    assert "bils" in done.stderr


def test_a_day_is_a_day(tmp_path: Path) -> None:
    done = CliRunner().invoke(group, ["map", str(tmp_path), "--today", "yesterday"])
    assert "--today" in done.stderr + done.stdout


def test_who_answers() -> None:
    assert signed("2026-10-31", "林晓").text == "2026-10-31 林晓"
    assert signed("2026-10-31", "").text == "2026-10-31"
    assert len(signed(None, "x").text) == len("2026-10-31 x")
