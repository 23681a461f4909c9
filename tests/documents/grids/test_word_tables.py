"""Tables without lines: columns by header and white space, wrapped cells, several pages, footers."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from pdf_samples import FONT, rows_of, word_pages

from auditor.documents.grids.page_tables import tables
from auditor.documents.pages import WordPage
from auditor.documents.readers.pdf import read
from auditor.records.loader import header_index, record_types
from auditor.values.text import header_key

CORPUS = Path(__file__).resolve().parents[4] / "shared" / "corpus" / "bank"
WORDS = ["交易日期", "摘要", "借方金额", "贷方金额", "余额", "对方户名", "交易金额", "账户余额"]
KNOWN = {header_key(word) for word in WORDS}
COLUMNS = (40, 110, 200, 280, 360, 400)


def header(canvas: Any, y: float) -> None:
    canvas.setFont(FONT, 9)
    canvas.drawString(40, y, "交易日期")
    canvas.drawString(110, y, "摘 要")
    canvas.drawRightString(245, y, "借方金额")
    canvas.drawRightString(315, y, "贷方金额")
    canvas.drawRightString(395, y, "余额")
    canvas.drawString(410, y, "对方户名")


def line(
    canvas: Any, y: float, date: str, summary: str, out: str, into: str, balance: str, name: list[str], drop: float
) -> None:
    canvas.drawString(40, y, date)
    canvas.drawString(110, y, summary)
    canvas.drawRightString(245, y, out)
    canvas.drawRightString(315, y, into)
    canvas.drawRightString(395, y, balance)
    for at, part in enumerate(name):
        canvas.drawString(410, y + drop - 11 * at, part)


NAMES = [
    ["深圳市恒昌电子", "有限公司"],
    ["陈记批发"],
    ["捷远国际货运代理", "（深圳）有限公司", "龙岗分公司"],
    [],
    ["顺途速运"],
]
WHOLE = ["深圳市恒昌电子有限公司", "陈记批发", "捷远国际货运代理（深圳）有限公司龙岗分公司", None, "顺途速运"]


def statement(middle: bool, *, first: int = 0, with_header: bool = True, footer: str = "") -> Any:
    def draw(canvas: Any) -> None:
        y = 740.0
        if with_header:
            canvas.drawString(40, 800, "账号：7559 1234 5678")
            canvas.drawString(300, 800, "币种：人民币")
            header(canvas, y)
        canvas.setFont(FONT, 9)
        for at, name in enumerate(NAMES, first):
            y -= 40
            drop = 5.5 * (len(name) - 1) if middle else 0.0
            out, into = ("1,234.50", "") if at % 2 else ("", f"{at}00.00")
            line(canvas, y, f"2026-10-{10 + at}", f"运费{at}", out, into, f"{9000 - at}.25", name, drop)
        if footer:
            canvas.drawString(40, 60, footer)

    return draw


def expected(first: int = 0) -> list[list[str | None]]:
    made: list[list[str | None]] = []
    for at, name in enumerate(WHOLE, first):
        row = [
            f"2026-10-{10 + at}",
            f"运费{at}",
            "1,234.50" if at % 2 else None,
            None if at % 2 else f"{at}00.00",
            f"{9000 - at}.25",
            name,
        ]
        made.append(row if name else row[:5])
    return made


@pytest.mark.parametrize("middle", [True, False], ids=["cells set in the middle", "cells set at the top"])
def test_wrapped_cells_belong_to_one_row(middle: bool) -> None:
    found = rows_of(tables(word_pages(statement(middle)), KNOWN))
    assert found[0] == ["账号：7559 1234 5678", "币种：人民币"]
    assert found[1] == ["交易日期", "摘要", "借方金额", "贷方金额", "余额", "对方户名"]
    assert found[2:] == expected()


def test_a_page_without_header_goes_on_with_the_columns_of_the_page_before() -> None:
    pages = word_pages(statement(True, footer="1 / 2"), statement(True, first=5, with_header=False, footer="2 / 2"))
    found = rows_of(tables(pages, KNOWN))
    assert found[2:12] == expected() + expected(5)
    assert found[12:] == [["1 / 2"], ["2 / 2"]]


def test_a_footer_across_columns_is_no_row() -> None:
    note = "本对账单仅供参考，如有疑问请与开户网点联系，客服电话95555，本行保留最终解释权。"
    found = rows_of(tables(word_pages(statement(False, footer=note)), KNOWN))
    assert found[2:] == [*expected(), [note]]


def test_two_tables_on_a_page_keep_their_own_columns() -> None:
    def draw(canvas: Any) -> None:
        statement(False)(canvas)
        canvas.setFont(FONT, 9)
        for x, text in ((60, "交易日期"), (200, "交易金额"), (330, "账户余额")):
            canvas.drawString(x, 400, text)
        for x, text in ((60, "2026-10-31"), (200, "-35.00"), (330, "200,236.35")):
            canvas.drawString(x, 380, text)

    found = rows_of(tables(word_pages(draw), KNOWN))
    assert found[-2:] == [["交易日期", "交易金额", "账户余额"], ["2026-10-31", "-35.00", "200,236.35"]]


def corpus_rows(name: str) -> tuple[list[list[str | None]], list[dict[str, Any]], list[WordPage]]:
    path = CORPUS / name
    if not path.exists():
        pytest.skip("the corpus is not beside this checkout")
    pages = [page for page in read(path.read_bytes()).pages if isinstance(page, WordPage)]
    truth = json.loads(path.with_name(f"{name}.truth.json").read_text("utf-8"))
    return rows_of(tables(pages, header_index(record_types()))), truth["expect"]["rows_detail"], pages


def fits(allowed: Any, found: str | None) -> bool:
    options = allowed if isinstance(allowed, list) else [allowed]
    text = (found or "").replace(" ", "")
    if any(text == (option or "").replace(" ", "") for option in options) or (found == "--" and None in options):
        return True
    return any(option == "心" and text.endswith("中心") for option in options)  # this truth has the second line alone


@pytest.mark.parametrize(
    ("name", "rows", "places"),
    [("cmb-debit.pdf", 34, (0, 2, 3, 5)), ("abc-debit.pdf", 81, (0, 3, 4, 5))],
)
def test_bank_statements_of_the_corpus(name: str, rows: int, places: tuple[int, int, int, int]) -> None:
    found, truth, _ = corpus_rows(name)
    date, amount, balance, party = places
    data = [row for row in found if len(row) > balance and (row[balance] or "")[-3:-2] == "."]
    assert len(data) == len(truth) == rows
    for row, right in zip(data, truth, strict=True):
        assert (row[date] or "").replace("-", "") == right["date"].replace("-", "")
        signed = Decimal((row[amount] or "").replace(",", ""))
        assert abs(signed) == Decimal(right["amount"])
        assert (row[balance] or "").replace(",", "") == right["balance"]
        if "counterparty" in right:
            assert fits(right["counterparty"], row[party] if len(row) > party else None), (row, right)


def test_headings_of_the_corpus_stand_in_their_own_cells() -> None:
    found, _, _ = corpus_rows("abc-debit.pdf")
    assert ["户名：老农", "账户：9017872004171642880"] in found
    assert "日志号" in found[4]
