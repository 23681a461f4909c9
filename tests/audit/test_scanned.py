"""Findings that rest on pictures say so, and do not keep a month from being closed by themselves."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from pdf_samples import grid, word_pages
from scan_samples import recognised

import auditor
from auditor.documents import read as reading
from auditor.documents.collect import SourceDocument
from auditor.documents.pages import ReadPages, WordPage
from auditor.documents.readers import read_document as read_pages

HEADER = ("日期", "凭证号", "摘要", "对方户名", "收入金额", "支出金额", "余额")
BOOK = (
    ("2026-11-03", "记-01", "收货款", "北港贸易行", "700.00", "", "1,700.00"),
    ("2026-11-05", "记-02", "付运费", "南山车队", "", "250.00", "1,450.00"),
    ("2026-11-10", "记-03", "收货款", "东泽公司", "80.00", "", "1,530.00"),
)
BANK = (
    "账号：6225 0000 1111\n交易日期,流水号,摘要,对方户名,收入金额,支出金额,余额\n"
    "2026-11-03,T1,货款,北港贸易行,700.00,,1700.00\n2026-11-05,T2,运费,南山车队,,250.00,1450.00\n"
    "2026-11-10,T3,货款,东泽公司,80.00,,1530.00\n"
)


def paper(rows: Sequence[Sequence[str]], *, scanned: bool) -> WordPage:
    """A page of the ledger, as a recogniser or as a text layer gives it."""

    def draw(canvas: Any) -> None:
        canvas.drawString(40, 760, "银行日记账")
        canvas.drawString(40, 740, "账号：6225 0000 1111")
        grid(canvas, [HEADER, *rows], 30, 500, 76)

    return recognised(draw) if scanned else word_pages(draw)[0]


def audit(
    folder: Path, monkeypatch: pytest.MonkeyPatch, rows: Sequence[Sequence[str]], *, scanned: bool = True
) -> list[tuple[str, str, str]]:
    """The bank's export against a ledger on paper: code, severity, and what is said of pictures."""
    (folder / "网银流水.csv").write_text(BANK, encoding="utf-8")
    (folder / "银行日记账.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(40))
    page = paper(rows, scanned=scanned)

    def read(source: SourceDocument, passwords: Sequence[str]) -> ReadPages:
        return ReadPages("image", [page]) if source.path.endswith("png") else read_pages(source, passwords=passwords)

    monkeypatch.setattr(reading, "read_pages", read)
    result = auditor.run(folder, period="2026-11", only=["bank-against-ledger"], workers=0).result
    return sorted(
        (f.code, f.severity, f.explanation.en.partition("Read from a picture")[2])
        for f in result.findings
        if f.derived_from is None
    )


def without_balances(rows: Sequence[Sequence[str]]) -> list[tuple[str, ...]]:
    return [(*row[:-1], "") for row in rows]


def changed(row: int, **texts: str) -> list[tuple[str, ...]]:
    names = dict(zip(("date", "voucher", "summary", "party", "received", "paid", "balance"), range(7), strict=True))
    rows = [list(each) for each in BOOK]
    for name, text in texts.items():
        rows[row][names[name]] = text
    return [tuple(each) for each in rows]


SAID = " and not proved, to be compared with the paper: "


def test_a_difference_in_an_amount_that_nothing_proves_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = without_balances(changed(1, paid="260.00"))
    ((code, severity, said),) = audit(tmp_path, monkeypatch, rows)
    assert (code, severity) == ("BNK-03", "medium")
    assert said == f"{SAID}Amount 260.00, Direction out (银行日记账.png)."


def test_a_difference_that_the_balances_bear_out_does_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = changed(1, paid="260.00", balance="1,440.00")
    rows[2] = (*rows[2][:-1], "1,520.00")
    ((code, _, said),) = audit(tmp_path, monkeypatch, rows)
    assert (code, said) == ("BNK-03", "")


def test_nor_does_one_that_was_read_from_a_text_layer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ((code, _, said),) = audit(tmp_path, monkeypatch, without_balances(changed(1, paid="260.00")), scanned=False)
    assert (code, said) == ("BNK-03", "")


@pytest.mark.parametrize(("scanned", "expected"), [(True, "medium"), (False, "high")])
def test_an_entry_on_a_picture_that_nobody_else_has_is_not_grave_by_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, scanned: bool, expected: str
) -> None:
    more = without_balances([*BOOK, ("2026-11-12", "记-04", "付水费", "水务公司", "", "66.00", "")])
    ((code, severity, said),) = audit(tmp_path, monkeypatch, more, scanned=scanned)
    assert (code, severity, bool(said)) == ("BNK-02", expected, scanned)


@pytest.mark.parametrize("scanned", [True, False])
def test_what_is_missing_on_the_picture_altogether_is_as_grave_as_ever(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, scanned: bool
) -> None:
    ((code, severity, said),) = audit(tmp_path, monkeypatch, without_balances(BOOK[:2]), scanned=scanned)
    assert (code, severity, said) == ("BNK-01", "high", "")
