"""The PDF reader: words, lines, rotation, stamps, passwords, damage, scans."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from auditor.documents import errors
from auditor.documents.pages import WordPage
from auditor.documents.readers import pdf as reader
from auditor.documents.readers.pdf import read
from auditor.documents.readers.pdf.ideographs import folded

FONT = "STSong-Light"
Draw = Callable[[Any], None]


def made(*pages: Draw, password: str | None = None, font: str = FONT) -> bytes:
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    buffer = io.BytesIO()
    encrypt = StandardEncryption(password, ownerPassword="owner", canPrint=1) if password else None
    canvas = Canvas(buffer, pagesize=A4, invariant=1, encrypt=encrypt)
    for draw in pages:
        canvas.setFont(font, 12)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def page_of(*pages: Draw, **settings: Any) -> WordPage:
    found = read(made(*pages, **settings))
    assert found.problems == ()
    page = found.pages[0]
    assert isinstance(page, WordPage)
    return page


def texts(page: WordPage) -> list[str]:
    return [word.text for word in page.words]


def slip(canvas: Any) -> None:
    canvas.drawString(100, 700, "收货清单 运单号：ST2610000001")
    canvas.drawRightString(400, 680, "1,234.50")


def test_words_are_runs_without_a_gap_in_points_from_the_top_left() -> None:
    page = page_of(slip)
    assert texts(page) == ["收货清单", "运单号：ST2610000001", "1,234.50"]
    first, last = page.words[0].box, page.words[-1].box
    assert (round(first.x0), round(first.x1)) == (100, 148)
    assert 841.89 - 700 - 12 < first.top < 841.89 - 700 < first.bottom < 841.89 - 690
    assert last.x1 == pytest.approx(400, abs=1)
    assert {word.via for word in page.words} == {"text"}


def test_an_embedded_truetype_font_is_read_alike() -> None:
    pdfmetrics.registerFont(TTFont("Vera", "Vera.ttf"))  # comes with reportlab
    page = page_of(lambda canvas: canvas.drawString(50, 500, "Überweisung 1,234.50 €"), font="Vera")
    assert texts(page) == ["Überweisung", "1,234.50", "€"]


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_turned_page_stands_upright(turn: int) -> None:
    def draw(canvas: Any) -> None:
        canvas.setPageRotation(turn)
        canvas.translate(297, 420)
        canvas.rotate(turn)
        canvas.translate(-200, -100)
        canvas.drawString(0, 100, "收货清单")
        canvas.drawString(0, 60, "运单号：ST2610000001")
        canvas.line(0, 50, 200, 50)

    page = page_of(draw)
    assert texts(page) == ["收货清单", "运单号：ST2610000001"]
    above, below = (word.box for word in page.words)
    assert below.top - above.top == pytest.approx(40, abs=0.5)
    assert below.x0 == pytest.approx(above.x0, abs=0.5)
    (rule,) = page.rules
    assert rule.top == rule.bottom == pytest.approx(below.top + 20, abs=5)
    assert (round(page.width), round(page.height)) == (595, 842)


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_text_drawn_sideways_on_an_upright_page_is_turned_with_its_lines(turn: int) -> None:
    def draw(canvas: Any) -> None:
        canvas.translate(297, 420)
        canvas.rotate(turn)
        canvas.drawString(0, 40, "日期 金额")
        canvas.drawString(0, 20, "2026-10-08 12.50")

    assert texts(page_of(draw)) == ["日期", "金额", "2026-10-08", "12.50"]


@pytest.mark.parametrize("angle", [10, 20, 30, 45, 90, 135, 180, 200, 300, 345])
def test_a_stamp_at_an_angle_is_one_word(angle: int) -> None:
    def draw(canvas: Any) -> None:
        for at in range(8):
            canvas.drawString(60, 700 - 20 * at, "收货清单 运单号")
        canvas.translate(400, 400)
        canvas.rotate(angle)
        canvas.drawString(0, 0, "作废")

    assert "作废" in texts(page_of(draw))


def test_radicals_become_ideographs_and_full_width_stays() -> None:
    assert [folded(each) for each in "⾏⼾⺠⻓１Ａ：行"] == ["行", "户", "民", "长", "１", "Ａ", "：", "行"]


def test_text_printed_twice_to_look_bold_is_there_once() -> None:
    def draw(canvas: Any) -> None:
        canvas.drawString(100, 700, "合计 60.93")
        canvas.drawString(100.3, 700, "合计 60.93")

    assert texts(page_of(draw)) == ["合计", "60.93"]


def test_characters_drawn_one_by_one_are_one_word() -> None:
    def draw(canvas: Any) -> None:
        for at in (3, 0, 2, 1):
            canvas.drawString(100 + 12 * at, 700, "收货清单"[at])

    assert texts(page_of(draw)) == ["收货清单"]


def test_wide_letter_spacing_of_a_label_parts_it_but_narrow_does_not() -> None:
    def draw(canvas: Any) -> None:
        text = canvas.beginText(100, 700)
        text.setCharSpace(2)
        text.textOut("收货清单")
        canvas.drawText(text)
        canvas.drawString(300, 700, "户    名：老招")

    assert texts(page_of(draw)) == ["收货清单", "户", "名：老招"]


def test_lines_come_from_strokes_thin_rectangles_and_edges() -> None:
    def draw(canvas: Any) -> None:
        canvas.setFillGray(0.9)
        canvas.rect(0, 0, *A4, stroke=0, fill=1)
        canvas.rect(50, 500, 100, 20, stroke=0, fill=1)
        canvas.setFillGray(0)
        canvas.drawString(50, 780, "表")
        canvas.line(50, 700, 150, 700)
        canvas.rect(50, 600, 100, 0.6, stroke=0, fill=1)
        canvas.circle(300, 300, 40)

    rules = {(round(r.x0), round(841.89 - r.top), round(r.x1), round(841.89 - r.bottom)) for r in page_of(draw).rules}
    assert rules == {
        (50, 700, 150, 700), (50, 600, 150, 600),
        (50, 520, 150, 520), (50, 500, 150, 500), (50, 520, 50, 500), (150, 520, 150, 500),
    }  # fmt: skip


def test_lines_and_text_inside_a_form_are_where_the_form_puts_them() -> None:
    def draw(canvas: Any) -> None:
        canvas.beginForm("stencil")
        canvas.setFont(FONT, 10)
        canvas.drawString(0, 0, "存根联")
        canvas.line(0, -5, 100, -5)
        canvas.endForm()
        canvas.translate(100, 500)
        canvas.doForm("stencil")

    page = page_of(draw)
    assert texts(page) == ["存根联"]
    (rule,) = page.rules
    assert (rule.x0, rule.x1, round(rule.top, 1)) == (100, 200, 346.9)


def test_a_filled_field_of_a_form_is_read() -> None:
    def draw(canvas: Any) -> None:
        canvas.drawString(50, 700, "金额")
        canvas.acroForm.textfield(name="amount", value="128.00", x=100, y=690, width=100, height=20)

    assert texts(page_of(draw)) == ["金额", "128.00"]


def test_a_password_is_needed_wrong_or_right() -> None:
    data = made(slip, password="2026")
    with pytest.raises(errors.PasswordNeeded):
        read(data)
    with pytest.raises(errors.WrongPassword) as wrong:
        read(data, passwords=["1234", "0000"])
    assert wrong.value.values["tried"] == 2
    page = read(data, passwords=["1234", "2026"]).pages[0]
    assert isinstance(page, WordPage)
    assert "收货清单" in texts(page)


@pytest.mark.parametrize("data", [b"", bytes(2000), b"%PDF-1.4\nnothing"], ids=["nothing", "zeros", "head alone"])
def test_what_is_no_pdf_is_an_error(data: bytes) -> None:
    with pytest.raises(errors.TruncatedFile):
        read(data)


def test_a_pdf_cut_short_is_an_error_or_says_that_pages_may_be_lost() -> None:
    data = made(slip, slip, slip)
    for share in (30, 60, 90, 97):
        piece = data[: len(data) * share // 100]
        try:
            found = read(piece)
        except errors.TruncatedFile:
            continue
        assert any(isinstance(problem, errors.PdfCutShort) for problem in found.problems)


def picture() -> ImageReader:
    from PIL import Image

    return ImageReader(Image.new("RGB", (200, 300), "white"))


def test_a_scan_is_named_and_the_other_pages_are_read() -> None:
    found = read(made(slip, lambda canvas: canvas.drawImage(picture(), 0, 0, *A4), slip))
    assert [page.number for page in found.pages] == [1, 3]
    (problem,) = found.problems
    assert isinstance(problem, errors.RecogniserMissing)
    assert problem.values == {"page": 2}
    assert "第 2 页" in problem.message("zh")


def test_a_blank_page_is_a_page_without_words() -> None:
    page = page_of(lambda canvas: None)
    assert page.words == ()


def test_invisible_text_over_a_scan_is_what_a_recogniser_read() -> None:
    def draw(canvas: Any) -> None:
        canvas.drawImage(picture(), 0, 0, *A4)
        text = canvas.beginText(100, 700)
        text.setTextRenderMode(3)
        text.textOut("合计 60.93")
        canvas.drawText(text)

    page = page_of(draw)
    assert [(word.text, word.via) for word in page.words] == [("合计", "ocr"), ("60.93", "ocr")]


def test_bounds_on_pages_and_characters(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "MOST_CHARACTERS", 30)
    found = read(made(slip, lambda canvas: canvas.drawString(50, 700, "短")))
    assert [page.number for page in found.pages] == [2]
    assert [type(problem) for problem in found.problems] == [errors.PageTooDense]
    monkeypatch.setattr(reader, "MOST_PAGES", 1)
    with pytest.raises(errors.TooManyPages):
        read(made(slip, slip))


def test_one_bad_page_does_not_take_the_others_down(monkeypatch: pytest.MonkeyPatch) -> None:
    load = reader._loaded

    def fails_on_second(document: Any, index: int) -> Any:
        if index == 1:
            raise pypdfium2.PdfiumError("page cannot be loaded")
        return load(document, index)

    monkeypatch.setattr(reader, "_loaded", fails_on_second)
    found = read(made(slip, slip, slip))
    assert [page.number for page in found.pages] == [1, 3]
    (problem,) = found.problems
    assert isinstance(problem, errors.PageNotRead)
    assert problem.values["page"] == 2


def test_the_same_bytes_give_the_same_pages() -> None:
    data = made(slip, slip)
    assert read(data) == read(data)


CORPUS = Path(__file__).resolve().parents[4] / "shared" / "corpus"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("bank/abc-debit.pdf", ["户名：老农", "账户：9017872004171642880", "币种：人民币", "+44754.02"]),
        ("receipt/electronics-store.pdf", ["TXN-98765-2024", "$821.14"]),
        ("invoice/us-sample.pdf", ["INV-100", "$110.00"]),
        ("invoice/german-hosting.pdf", ["30064443", "34,73"]),
    ],
)
def test_documents_of_the_corpus(name: str, words: list[str]) -> None:
    path = CORPUS / name
    if not path.exists():
        pytest.skip("the corpus is not beside this checkout")
    assert json.loads(path.with_name(path.name + ".truth.json").read_text("utf-8"))["file"] == name
    found = [word.text for page in read(path.read_bytes()).pages if isinstance(page, WordPage) for word in page.words]
    assert [word for word in words if word not in found] == []
