"""Values on pages go to the column under which they are printed, or are told as doubtful; from the page to the record."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from pdf_samples import FONT, pdf, stamp

from auditor.documents.collect import document_at
from auditor.documents.read import read_document

Records = list[dict[str, Any]]
ACCOUNT = "账号：6222 0011 2233 4455"
EDGES = (40, 115, 190, 330, 410, 490, 560)


def table(
    canvas: Any, rows: Sequence[Sequence[str]], y: float = 740, edges: Sequence[float] = EDGES, pitch: float = 18
) -> None:
    """Rows without lines: labels and texts from the left of their columns, numbers to the right."""
    canvas.setFont(FONT, 9)
    for number, row in enumerate(rows):
        for at, text in enumerate(row):
            for part, piece in enumerate(text.split("|")):
                height = y - pitch * number - 11 * part + 5.5 * text.count("|")
                if number and at >= 3:
                    canvas.drawRightString(edges[at + 1] - 4, height, piece)
                else:
                    canvas.drawString(edges[at] + 4, height, piece)


def _headed(canvas: Any, top: float, rows: list[list[str]], **options: Any) -> None:
    """A table below the line that names its account."""
    canvas.drawString(40, top, ACCOUNT)
    table(canvas, rows, **options)


def read(tmp_path: Path, *pages: Callable[[Any], None]) -> dict[str, Any]:
    """What is read of a PDF with these pages."""
    path = tmp_path / "对账单.pdf"
    path.write_bytes(pdf(*pages))
    shown: dict[str, Any] = read_document(document_at(path)).as_dict()
    assert shown["rows"]["seen"] == shown["rows"]["records"] + shown["rows"]["problems"] + shown["rows"]["ignored"]
    return shown


def movements(shown: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Date, direction and amount of each transaction."""
    return [(r["date"], r["direction"], r["amount"]) for r in shown["records"].get("bank_transaction", [])]


def codes(shown: dict[str, Any]) -> list[str]:
    """The kinds of the problems."""
    return [problem["code"] for problem in shown["problems"]]


CHINESE = ["交易日期", "摘要", "对方户名", "收入金额", "支出金额", "余额"]
TURNED = ["交易日期", "摘要", "对方户名", "支出金额", "收入金额", "余额"]
ENGLISH = ["Date", "Summary", "Counterparty", "Deposit", "Withdrawal", "Balance"]


@pytest.mark.parametrize(("header", "side"), [(CHINESE, "in"), (TURNED, "out"), (ENGLISH, "in")])
@pytest.mark.parametrize("balance", [True, False], ids=["with balance", "without balance"])
@pytest.mark.parametrize("amounts", [("6.00", "18.40"), ("4.10", "3,900.00"), ("0.35", "12.00")])
def test_short_amounts_at_the_right_edge(
    tmp_path: Path, header: list[str], side: str, balance: bool, amounts: tuple[str, str]
) -> None:
    rows = [
        [f"2026-10-{12 + at}", "代收", "蓝星贸易", each, "", f"{8000 + 10 * at}.00"] for at, each in enumerate(amounts)
    ]
    width = 6 if balance else 5
    shown = read(
        tmp_path,
        lambda canvas: _headed(canvas, 780, [r[:width] for r in (header, *rows)]),
    )
    expected = [(f"2026-10-{12 + at}", side, each.replace(",", "")) for at, each in enumerate(amounts)]
    assert movements(shown) == expected


def test_an_amount_that_fits_two_columns_is_asked_and_harms_no_other_row(tmp_path: Path) -> None:
    def page(canvas: Any) -> None:
        canvas.drawString(40, 780, ACCOUNT)
        canvas.setFont(FONT, 9)
        for x, label in ((40, "交易日期"), (130, "摘要"), (250, "收入金额"), (400, "支出金额")):
            canvas.drawString(x, 740, label)
        for y, day, amount, x in ((722, "09", "85.00", 330), (704, "10", "31.00", 255), (686, "11", "31.00", 405)):
            canvas.drawString(40, y, f"2026-10-{day}")
            canvas.drawString(130, y, "杂费")
            canvas.drawString(x, y, amount)

    shown = read(tmp_path, page)
    assert movements(shown) == [("2026-10-10", "in", "31.00"), ("2026-10-11", "out", "31.00")]
    assert codes(shown) == ["ColumnUnclear"] and shown["rows"]["problems"] == 1


def labelled_low(texts: Sequence[tuple[str, float]], header: Sequence[str], digits: Sequence[str]) -> Any:
    """A table whose first column is labelled on other lines than the header (`texts` with their heights)."""

    def page(canvas: Any) -> None:
        canvas.drawString(40, 780, ACCOUNT)
        canvas.setFont(FONT, 8)
        for text, y in texts:
            canvas.drawString(40, y, text)
        for x, text in zip((75, 150, 230, 310, 400), header, strict=True):
            canvas.drawString(x, 740, text)
        for at, number in enumerate(digits):
            y = 708 - 16 * at
            canvas.drawString(40, y, number)
            for x, text in zip(
                (75, 150, 230, 310, 400), (f"2026-10-1{at}", "转账", f"{at + 1}50.00", "", "王五"), strict=True
            ):
                canvas.drawString(x, y, text)

    return page


@pytest.mark.parametrize(
    "texts",
    [[("序号", 731)], [("序号", 749)], [("编", 744), ("号", 735)], [("No.", 748), ("序号", 730)], []],
    ids=["below", "above", "in two lines", "in two languages", "nowhere"],
)
@pytest.mark.parametrize(
    "header",
    [
        ("交易日期", "摘要", "收入金额", "支出金额", "对方户名"),
        ("Date", "Summary", "Deposit", "Withdrawal", "Counterparty"),
    ],
)
def test_numbers_left_of_the_first_label(tmp_path: Path, texts: Any, header: tuple[str, ...]) -> None:
    shown = read(tmp_path, labelled_low(texts, header, ("1", "2", "3")))
    assert movements(shown) == [(f"2026-10-1{at}", "in", f"{at + 1}50.00") for at in range(3)]
    assert shown["rows"]["problems"] == 0


def ruled(amount: str, x: float, right: bool = True, label: str = "付款") -> Any:
    """A ruled statement without the line between 收入 and 支出 in its second row, where `amount` stands at `x`."""

    def page(canvas: Any) -> None:
        canvas.drawString(40, 790, ACCOUNT)
        rows = [
            CHINESE[:5],
            ["2026-10-08", "运费", "甲公司", "1,300.00", ""],
            ["2026-10-09", label, "乙公司", "", ""],
            ["2026-10-12", "手续费", "丙公司", "", "15.00"],
        ]
        table(canvas, rows, edges=EDGES[:6])
        (canvas.drawRightString if right else canvas.drawString)(x, 704, amount)
        for number in range(5):
            canvas.line(40, 753 - 18 * number, 490, 753 - 18 * number)
        for number in range(4):
            for edge in EDGES[:6]:
                if number != 2 or edge != 410:
                    canvas.line(edge, 753 - 18 * number, edge, 735 - 18 * number)

    return page


@pytest.mark.parametrize(
    ("amount", "x", "side"),
    [("260.80", 486, "out"), ("1,260.80", 486, "out"), ("7.00", 406, "in"), ("9,000,000.00", 486, "out")],
)
def test_an_amount_in_a_cell_over_two_columns(tmp_path: Path, amount: str, x: float, side: str) -> None:
    shown = read(tmp_path, ruled(amount, x))
    assert movements(shown)[1] == ("2026-10-09", side, amount.replace(",", ""))


@pytest.mark.parametrize(("amount", "x"), [("260.80", 422), ("1,260.80", 430), ("15.00", 440)])
def test_an_amount_across_two_columns_is_asked(tmp_path: Path, amount: str, x: float) -> None:
    shown = read(tmp_path, ruled(amount, x))
    assert [day for day, _, _ in movements(shown)] == ["2026-10-08", "2026-10-12"]
    assert codes(shown) == ["ColumnUnclear"]


@pytest.mark.parametrize(
    "dates",
    [("2026-10-|08", "2026-10-|19"), ("08.10.|2026", "19.10.|2026"), ("2026-10-08|09:15:00", "2026-10-19|17:40:10")],
)
@pytest.mark.parametrize("amounts", [("1,200.00", "64.00"), ("31,|200.00", "5,|640.00")])
def test_dates_and_amounts_in_two_lines(tmp_path: Path, dates: tuple[str, str], amounts: tuple[str, str]) -> None:
    rows = [
        [dates[0], "运费", "蓝星|贸易", amounts[0], "", "50,000.00"],
        [dates[1], "退款", "远航货运", "", amounts[1], "40,000.00"],
    ]
    shown = read(
        tmp_path, lambda canvas: _headed(canvas, 790, [CHINESE, *rows], pitch=32)
    )
    plain = [each.replace("|", "").replace(",", "") for each in amounts]
    assert movements(shown) == [("2026-10-08", "in", plain[0]), ("2026-10-19", "out", plain[1])]


def sideways(count: int, lines: bool, lost: bool = False) -> list[Any]:
    """A wide sheet printed on pages: `count` pages of dates and amounts, then as many with the balances alone."""
    made: list[Any] = []
    for page in range(2 * count):

        def draw(canvas: Any, page: int = page) -> None:
            first, beside = page % count == 0, page >= count
            heads = ["余额"] if beside else ["交易日期", "摘要", "收入金额", "支出金额"]
            edges = (40, 120) if beside else (40, 130, 220, 310, 400)
            canvas.setFont(FONT, 9)
            rows: list[list[str]] = [heads] if first else []
            for at in range(4):
                number = 4 * (page % count) + at
                row = [f"{(number + 1) * 10}.00"] if beside else [f"2026-10-{number + 1:02d}", "房租", "10.00", ""]
                if not (lost and beside and at == 2):
                    rows.append(row)
                else:
                    rows.append([""])
            for number, row in enumerate(rows):
                for at, text in enumerate(row):
                    canvas.drawString(edges[at] + 3, 740 - 18 * number, text)
            if lines:
                for number in range(len(rows) + 1):
                    canvas.line(edges[0], 753 - 18 * number, edges[-1], 753 - 18 * number)
                for edge in edges:
                    canvas.line(edge, 753, edge, 753 - 18 * len(rows))

        made.append(draw)
    return made


@pytest.mark.parametrize("lines", [True, False], ids=["ruled", "without lines"])
@pytest.mark.parametrize("count", [1, 2, 3])
def test_columns_on_pages_of_their_own(tmp_path: Path, count: int, lines: bool) -> None:
    shown = read(tmp_path, *sideways(count, lines))
    found = [(r["date"], r["amount"], r["balance"]) for r in shown["records"]["bank_transaction"]]
    assert found == [(f"2026-10-{at + 1:02d}", "10.00", f"{(at + 1) * 10}.00") for at in range(4 * count)]
    assert [proof["status"] for proof in shown["proofs"] if proof["name"] == "running balance"] == ["holds"]


def test_pages_with_another_count_of_rows_stay_apart(tmp_path: Path) -> None:
    shown = read(tmp_path, *sideways(1, lines=False, lost=True))
    assert all(r.get("balance") is None for r in shown["records"]["bank_transaction"])
    assert movements(shown) == [(f"2026-10-{at + 1:02d}", "in", "10.00") for at in range(4)]


@pytest.mark.parametrize(("text", "angle"), [("仅供内部使用", 0), ("样张样张样张", 35), ("Internal use only", 90)])
def test_a_watermark_takes_no_column_away(tmp_path: Path, text: str, angle: float) -> None:
    def page(canvas: Any) -> None:
        canvas.drawString(40, 790, ACCOUNT)
        table(
            canvas,
            [
                CHINESE,
                ["2026-10-08", "运费", "蓝星贸易", "1,300.00", "", "1,300.00"],
                ["2026-10-09", "退款", "远航货运", "", "12.00", "1,288.00"],
                ["2026-10-12", "运费", "顺达物业", "700.50", "", "1,988.50"],
            ],
        )
        stamp(canvas, text, 200, 690, angle, 36)

    shown = read(tmp_path, page)
    assert movements(shown) == [
        ("2026-10-08", "in", "1300.00"), ("2026-10-09", "out", "12.00"), ("2026-10-12", "in", "700.50"),
    ]  # fmt: skip


X = (40, 120, 200, 300, 390, 480)
MOVED = [("2026-10-08", "in", "7.00"), ("2026-10-09", "out", "5.00"), ("2026-10-10", "out", "1600.00")]


def under_labels(*lines: tuple[float, Sequence[str]], payee: str = "甲公司") -> Any:
    """Three rows under header lines at given heights; numbers are set to the right."""

    def page(canvas: Any) -> None:
        canvas.drawString(40, 800, ACCOUNT)
        canvas.setFont(FONT, 9)
        for y, labels in lines:
            for x, text in zip(X, labels, strict=True):
                canvas.drawString(x, y, text)
        rows = [("7.00", "", "2,107.00"), ("", "5.00", "2,102.00"), ("", "1,600.00", "502.00")]
        for at, row in enumerate(rows):
            y = 722 - 16 * at
            for x, text in zip(X, (f"2026-10-{8 + at:02d}", "转账", payee), strict=False):
                canvas.drawString(x, y, text)
            for x, text in zip(X[3:], row, strict=True):
                canvas.drawRightString(x + 62, y, text)

    return page


@pytest.mark.parametrize(
    "lines",
    [
        ((760, ("交易", "摘要", "对方户名", "收入", "支出", "余额")), (749, ("日期", "", "", "金额", "金额", ""))),
        ((755, ("交易日期", "摘要", "对方户名", "", "", "余额")), (761, ("", "", "", "收入", "支出", "")),
         (749, ("", "", "", "金额", "金额", ""))),
        ((749, ("交易日期", "摘要", "对方户名", "", "", "余额")), (761, ("", "", "", "收入金额", "支出金额", ""))),
        ((761, ("交易日期", "摘要", "对方户名", "", "", "余额")), (749, ("", "", "", "收入金额", "支出金额", ""))),
        ((749, ("Date", "Summary", "Counterparty", "", "", "Balance")), (760, ("", "", "", "Deposit", "Withdrawal", ""))),
    ],
    ids=["two lines", "two lines around one", "amounts above", "amounts below", "English, amounts above"],
)  # fmt: skip
def test_labels_in_two_lines(tmp_path: Path, lines: Any) -> None:
    assert movements(read(tmp_path, under_labels(*lines))) == MOVED


@pytest.mark.parametrize("at", [345, 360, 372])
def test_a_label_over_two_columns_takes_no_amount(tmp_path: Path, at: float) -> None:
    def page(canvas: Any) -> None:
        under_labels((749, ("交易日期", "摘要", "对方户名", "存入", "支取", "余额")))(canvas)
        canvas.drawCentredString(at, 761, "发生额")

    assert movements(read(tmp_path, page)) == MOVED


@pytest.mark.parametrize(
    "payee", ["深圳市前海某某国际货运", "Northwind Freight and Harbour Co", "一二三四五六七八九十一二三"]
)
def test_a_long_text_over_the_next_labels_moves_no_amount(tmp_path: Path, payee: str) -> None:
    header = ("交易日期", "摘要", "对方户名", "收入金额", "支出金额", "余额")
    shown = read(tmp_path, under_labels((749, header), payee=payee))
    assert movements(shown) == MOVED


def test_a_line_of_totals_in_words_is_no_problem(tmp_path: Path) -> None:
    def page(canvas: Any) -> None:
        under_labels((749, ("交易日期", "摘要", "对方户名", "收入金额", "支出金额", "余额")))(canvas)
        canvas.drawString(40, 650, "本页收入 7.00 元，支出 1,605.00 元")

    shown = read(tmp_path, page)
    assert movements(shown) == MOVED and codes(shown) == []


def test_a_large_heading_between_two_tables_stays_between_them(tmp_path: Path) -> None:
    header = ("交易日期", "摘要", "对方户名", "收入金额", "支出金额", "余额")

    def page(canvas: Any) -> None:
        under_labels((749, header))(canvas)
        canvas.setFont(FONT, 22)
        canvas.drawString(150, 620, "账号：6222999988887777")
        table(canvas, [header, ["2026-10-21", "利息", "本行", "", "3.00", "499.00"]], y=590)

    shown = read(tmp_path, page)
    assert movements(shown) == [*MOVED, ("2026-10-21", "out", "3.00")]
    accounts = [record["account"] for record in shown["records"]["bank_transaction"]]
    assert accounts == ["6222001122334455"] * 3 + ["6222999988887777"]
