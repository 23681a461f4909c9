"""The states of an account, what is at stake and what it comes to, documents that contradict themselves."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from fixture import document, finding, result, statements, text

from auditor.findings.model import AuditResult, Statement
from auditor.reports.forms import tie_text
from auditor.reports.front import front_page
from auditor.reports.html import report_html
from auditor.reports.proof_ranks import shown_status
from auditor.reports.xlsx import write_xlsx


def account(ties: bool | None, corrections: str = "0", assumed: str | None = None) -> Statement:
    trusted = ((text("days not covered", "流水未覆盖日期"), Decimal(assumed)),) if assumed else ()
    return replace(statements()[0], ties=ties, corrections=Decimal(corrections), assumed=trusted)


STATES = [
    (account(True), "ties", "相符", "Ties out"),
    (account(True, "48735.75"), "corrections", "更正 +48,735.75 后相符", "Ties after corrections of +48,735.75"),
    (account(True, "-180"), "corrections", "更正 -180.00 后相符", "Ties after corrections of -180.00"),
    (account(False, "10"), "not", "不符", "Does not tie"),
    (
        account(None, assumed="4822.61"),
        "assumed",
        "无法判断：流水未覆盖日期 4,822.61 未经核对",
        "Cannot be told: days not covered 4,822.61 taken on trust",
    ),
    (account(None), "nothing", "无可核对", "Nothing to tie"),
]


@pytest.mark.parametrize(("statement", "state", "zh", "en"), STATES)
def test_the_state_of_an_account(statement: Statement, state: str, zh: str, en: str) -> None:
    assert statement.state == state
    assert (tie_text(statement).zh, tie_text(statement).en) == (zh, en)
    shown = report_html(replace(result(), statements=(statement,)), "zh")
    assert zh in shown
    assert en in shown
    assert ('class="state state-clean">✓ <span lang="zh">相符' in shown) is (state == "ties")


def test_the_workbook_says_the_same(tmp_path: Path) -> None:
    write_xlsx(replace(result(), statements=(account(True, "48735.75"),)), tmp_path / "report.xlsx", "zh")
    book = openpyxl.load_workbook(tmp_path / "report.xlsx")
    for name in ("摘要", "余额调节 CCB"):
        assert "更正 +48,735.75 后相符" in {cell.value for row in book[name].iter_rows() for cell in row}


def test_what_is_still_to_be_booked_is_told_on_the_first_page() -> None:
    front = front_page(replace(result(), statements=(account(True, "48735.75"), account(False, "9"))))
    assert "账面差错尚未更正：CCB +48,735.75。" in [reason.zh for reason in front.verdict.reasons]


def stakes(*found: tuple[str, str | None, str | None]) -> AuditResult:
    return replace(
        result(),
        findings=tuple(
            finding("BNK-05", key, difference=difference, amount=amount, severity="low")
            for key, difference, amount in found
        ),
    )


def test_the_largest_are_those_with_most_at_stake() -> None:
    top = front_page(stakes(("a", None, "38415.60"), ("b", "-20.00", "20.00"), ("c", "90.00", "9000.00"))).top
    assert [each.key for each in top] == ["c", "b", "a"]


def test_a_wrong_date_moves_nothing_however_large_the_entry() -> None:
    many = [(f"d{n}", f"{n}.00", f"{n}.00") for n in range(1, 12)]
    assert "a" not in [each.key for each in front_page(stakes(("a", None, "38415.60"), *many)).top]


def test_money_has_a_total_for_each_currency_and_none_over_both() -> None:
    whole = result()
    assert "USD" in {each.currency for each in whole.findings}
    totals = front_page(whole).money_totals
    assert [(row.currency, row.gross) for row in totals] == [
        ("CNY", sum((r.gross for r in front_page(whole).money if r.currency == "CNY"), Decimal(0))),
        ("USD", Decimal("25.00")),
    ]


BROKEN = ({"name": "printed totals", "where": "row 9", "status": "broken", "detail": {"en": "9 ≠ 8", "zh": "9 ≠ 8"}},)


@pytest.mark.parametrize(
    ("status", "proofs", "shown"),
    [
        ("read", (), "read"),
        ("read", ({**BROKEN[0], "status": "holds"},), "read"),
        ("read", BROKEN, "proof broken"),
        ("read with problems", BROKEN, "read with problems"),
        ("unreadable", (), "unreadable"),
        ("duplicate", BROKEN, "duplicate"),
    ],
)
def test_a_document_that_contradicts_itself_is_not_in_order(
    status: str, proofs: tuple[dict[str, object], ...], shown: str
) -> None:
    assert shown_status(document(1, "a.xlsx", status, proofs=proofs)) == shown


def test_the_first_page_and_the_list_say_so(tmp_path: Path) -> None:
    whole = replace(result(), documents=(document(1, "月报/总账单.xlsx", proofs=BROKEN), document(2, "月报/清单.xlsx")))
    page = report_html(whole, "zh")
    shares = {share.word: share.count for share in front_page(whole).coverage.documents}
    assert shares == {"read": 1, "proof broken": 1}
    assert '<a href="#broken"><span class="state state-proof-broken">' in page
    assert "所有资料均已读取，其中 1 份自身的合计、余额或计算不符（见上）。" in page
    assert page.count('<span class="state state-read">') == 2  # on the first page, and the other one in the list
    write_xlsx(whole, tmp_path / "report.xlsx", "zh")
    listed = openpyxl.load_workbook(tmp_path / "report.xlsx")["资料"]
    assert [listed.cell(row, 2).value for row in (2, 3)] == ["已读取，验证不符", "已读取"]
