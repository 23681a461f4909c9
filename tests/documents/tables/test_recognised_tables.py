"""Tables read from pictures: each row says so, and doubtful cells that nothing bears out are problems."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pdf_samples import grid
from scan_samples import recognised

from auditor.documents import read as reading
from auditor.documents.collect import collect
from auditor.documents.declarations import NOTHING_DECLARED
from auditor.documents.model import ReadDocument
from auditor.documents.pages import ReadPages
from auditor.documents.read import ReadOptions

ROWS = (
    ("交易日期", "摘要", "对方户名", "收入金额", "支出金额", "余额"),
    ("2026-11-02", "货款", "北港贸易行", "700.00", "", "1,700.00"),
    ("2026-11-03", "运费", "南山车队", "", "250.00", "1,450.00"),
    ("2026-11-06", "货款", "北港贸易行", "80.00", "", "1,530.00"),
    ("2026-11-09", "手续费", "银行", "", "30.00", "1,500.00"),
)


def read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, scores: Mapping[str, int]) -> ReadDocument:
    page = recognised(lambda canvas: grid(canvas, ROWS, 40, 600, [75, 50, 90, 75, 75, 75]), scores)
    (tmp_path / "流水.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(40))
    monkeypatch.setattr(reading, "read_pages", lambda source, passwords: ReadPages("image", [page]))
    return reading.read_document(collect(tmp_path)[0])


def sources(document: ReadDocument) -> list[dict[str, Any]]:
    return [record["_source"] for record in document.as_dict()["records"]["bank_transaction"]]


def test_each_row_has_its_own_certainty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    document = read(tmp_path, monkeypatch, {"南山车队": 95, "2026-11-06": 92})
    assert [(each["via"], each["score"]) for each in sources(document)] == [
        ("ocr", 99), ("ocr", 95), ("ocr", 92), ("ocr", 99)
    ]  # fmt: skip
    assert document.problems == ()


@pytest.mark.parametrize(
    ("unsure", "doubted"),
    [("250.00", []), ("1,450.00", []), ("2026-11-06", ["交易日期: 2026-11-06"]), ("北港贸易行", [])],
    ids=["proved by the balance", "a balance", "a date", "a name"],
)
def test_a_doubtful_cell_is_a_problem_unless_the_balances_bear_it_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, unsure: str, doubted: list[str]
) -> None:
    document = read(tmp_path, monkeypatch, {unsure: 55})
    assert [each.found for each in document.problems] == doubted
    assert [bool(each["problems"]) for each in sources(document)].count(True) == len(doubted)

def test_an_amount_that_lost_its_sign_is_on_neither_side(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = (
        ("交易日期", "摘要", "对方户名", "交易金额"),
        ("2026-11-02", "货款", "北港贸易行", "+700.00"),
        ("2026-11-03", "运费", "南山车队", "-250.00"),
        ("2026-11-06", "货款", "北港贸易行", "80.00"),
    )
    page = recognised(lambda canvas: grid(canvas, rows, 40, 600, [75, 50, 90, 75]))
    (tmp_path / "招商银行流水.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(40))
    (tmp_path / "audit.yaml").write_text("", "utf-8")
    monkeypatch.setattr(reading, "read_pages", lambda source, passwords: ReadPages("image", [page]))
    source = next(each for each in collect(tmp_path) if each.path.endswith("png"))
    declared = replace(NOTHING_DECLARED, sign="in_positive")
    document = reading.read_document(source, options=ReadOptions(layout="bank_transaction", declared=declared))
    records = document.as_dict()["records"]["bank_transaction"]
    assert [(each["amount"], each["direction"]) for each in records] == [("700.00", "in"), ("250.00", "out")]
    assert [each.code for each in document.problems] == ["FlowUnclear"]
