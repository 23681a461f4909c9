"""Text of a PDF that nobody sees is no word of its page and is told; text that is hard to see stays."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from raw_pdfs import PAGE, raw_pdf, stream, to_unicode
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from auditor.documents.collect import collect
from auditor.documents.errors import HiddenTextOnly, RecogniserMissing
from auditor.documents.model import Status
from auditor.documents.pages import NoteKind, ReadPages, WordPage
from auditor.documents.read import read_document
from auditor.documents.readers.pdf import read

FONT = "STSong-Light"
SECRET = "8,642.00"
Draw = Callable[[Any], None]


def made(*pages: Draw, rotation: int = 0) -> bytes:
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=1)
    for draw in pages:
        canvas.setPageRotation(rotation)
        if rotation:
            canvas.translate(0, -200)  # the page is as wide as it was high
        canvas.setFont(FONT, 9)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def on_a_statement(draw: Draw) -> Draw:
    """Three rows that anybody sees, and what `draw` adds."""

    def both(canvas: Any) -> None:
        for row in range(3):
            canvas.drawString(60, 760 - 18 * row, f"2026-11-0{row + 1}")
            canvas.drawString(140, 760 - 18 * row, "货款")
            canvas.drawRightString(300, 760 - 18 * row, f"{row + 1},000.00")
        draw(canvas)

    return both


def texts(found: ReadPages, page: int = 0) -> list[str]:
    shown = found.pages[page]
    assert isinstance(shown, WordPage)
    return [word.text for word in shown.words]


def told(found: ReadPages) -> list[str]:
    return [
        note.text
        for page in found.pages
        if isinstance(page, WordPage)
        for note in page.notes
        if note.kind is NoteKind.HIDDEN_TEXT
    ]


def secret(canvas: Any, x: float = 260, y: float = 700) -> None:
    canvas.drawString(x, y, SECRET)


def coloured(*rgb: float) -> Draw:
    def draw(canvas: Any) -> None:
        canvas.setFillColorRGB(*rgb)
        secret(canvas)

    return draw


def like_the_box_beneath(canvas: Any) -> None:
    canvas.setFillColorRGB(0.1, 0.2, 0.5)
    canvas.rect(240, 690, 100, 30, stroke=0, fill=1)
    secret(canvas)


def white_over_a_row(canvas: Any) -> None:
    canvas.setFillColorRGB(1, 1, 1)
    canvas.drawString(262, 743, SECRET)  # it lies on the 2,000.00 that everybody sees


def white_by_cmyk(canvas: Any) -> None:
    canvas.setFillColorCMYK(0, 0, 0, 0)
    secret(canvas)


def under_a_box(canvas: Any) -> None:
    secret(canvas)
    canvas.setFillColorRGB(1, 1, 1)
    canvas.rect(240, 690, 100, 30, stroke=0, fill=1)


def under_a_dark_disc(canvas: Any) -> None:
    secret(canvas)
    canvas.ellipse(240, 692, 320, 718, stroke=0, fill=1)


def under_a_broad_stroke(canvas: Any) -> None:
    secret(canvas)
    canvas.setStrokeColorRGB(1, 1, 1)
    canvas.setLineWidth(24)
    canvas.line(230, 703, 330, 703)


def under_many_thin_strips(canvas: Any) -> None:
    secret(canvas)
    canvas.setFillColorRGB(1, 1, 1)
    for strip in range(15):
        canvas.rect(240, 692 + 2 * strip, 100, 2.2, stroke=0, fill=1)


def under_a_picture(canvas: Any) -> None:
    from PIL import Image

    secret(canvas)
    canvas.drawImage(ImageReader(Image.new("RGB", (20, 20), "white")), 240, 690, 100, 30)


def under_a_form(canvas: Any) -> None:
    canvas.beginForm("patch")
    canvas.setFillColorRGB(1, 1, 1)
    canvas.rect(0, 0, 100, 30, stroke=0, fill=1)
    canvas.endForm()
    secret(canvas)
    canvas.translate(240, 690)
    canvas.doForm("patch")


def render_mode(mode: int) -> Draw:
    def draw(canvas: Any) -> None:
        text = canvas.beginText(260, 700)
        text.setTextRenderMode(mode)
        text.setFont(FONT, 9)
        text.textOut(SECRET)
        canvas.drawText(text)

    return draw


def squeezed(canvas: Any) -> None:
    text = canvas.beginText(260, 700)
    text.setFont(FONT, 9)
    text.setHorizScale(2)
    text.textOut(SECRET)
    canvas.drawText(text)


def at(x: float, y: float) -> Draw:
    return lambda canvas: secret(canvas, x, y)


def sized(size: float) -> Draw:
    def draw(canvas: Any) -> None:
        canvas.setFont(FONT, size)
        secret(canvas)

    return draw


def scaled_down(canvas: Any) -> None:
    canvas.translate(260, 700)
    canvas.scale(0.08, 0.08)
    secret(canvas, 0, 0)


def transparent(alpha: float) -> Draw:
    def draw(canvas: Any) -> None:
        canvas.setFillAlpha(alpha)
        secret(canvas)

    return draw


def clipped_away(canvas: Any) -> None:
    path = canvas.beginPath()
    path.rect(400, 400, 50, 50)
    canvas.clipPath(path, stroke=0, fill=0)
    secret(canvas)


HIDDEN = {
    "white": coloured(1, 1, 1),
    "nearly white": coloured(0.98, 0.98, 0.97),
    "pale yellow": coloured(1, 1, 0.93),
    "white by CMYK": white_by_cmyk,
    "white over what is seen": white_over_a_row,
    "of the colour of the box beneath": like_the_box_beneath,
    "under a white box": under_a_box,
    "under a dark disc": under_a_dark_disc,
    "under a broad white stroke": under_a_broad_stroke,
    "under thin white strips": under_many_thin_strips,
    "under a picture": under_a_picture,
    "under a form": under_a_form,
    "without ink": render_mode(3),
    "as a clipping path": render_mode(7),
    "squeezed to nothing": squeezed,
    "below the page": at(260, -30),
    "right of the page": at(900, 700),
    "far above the page": at(260, 5000),
    "half a point high": sized(0.5),
    "a point high": sized(1),
    "scaled down": scaled_down,
    "transparent": transparent(0),
    "nearly transparent": transparent(0.03),
    "clipped away": clipped_away,
}


@pytest.mark.parametrize("rotation", [0, 90])
@pytest.mark.parametrize("way", HIDDEN)
def test_text_that_nobody_sees_is_told_and_no_word(way: str, rotation: int) -> None:
    found = read(made(on_a_statement(HIDDEN[way]), rotation=rotation))
    assert told(found) == [SECRET]
    assert texts(found) == [
        "2026-11-01", "货款", "1,000.00", "2026-11-02", "货款", "2,000.00", "2026-11-03", "货款", "3,000.00",
    ]  # fmt: skip
    assert found.problems == ()


def on_a_dark_header(canvas: Any) -> None:
    canvas.setFillColorRGB(0, 0, 0.4)
    canvas.rect(240, 690, 100, 30, stroke=0, fill=1)
    canvas.setFillColorRGB(1, 1, 1)
    secret(canvas)


def on_a_gradient(canvas: Any) -> None:
    canvas.saveState()
    path = canvas.beginPath()
    path.rect(240, 690, 100, 30)
    canvas.clipPath(path, stroke=0, fill=0)
    canvas.linearGradient(240, 690, 340, 690, ("darkblue", "black"), extend=True)
    canvas.restoreState()
    canvas.setFillColorRGB(1, 1, 1)
    secret(canvas)


def on_a_photograph(canvas: Any) -> None:
    from PIL import Image

    canvas.drawImage(ImageReader(Image.new("RGB", (20, 20), (90, 40, 40))), 240, 690, 100, 30)
    canvas.setFillColorRGB(1, 1, 1)
    secret(canvas)


def under_a_marker(canvas: Any) -> None:
    secret(canvas)
    canvas.setFillColorRGB(1, 1, 0)
    canvas.setFillAlpha(0.4)
    canvas.rect(240, 690, 100, 30, stroke=0, fill=1)


def under_a_stamp_with_holes(canvas: Any) -> None:
    from PIL import Image, ImageDraw

    stamp = Image.new("RGBA", (120, 120), (0, 0, 0, 0))
    ImageDraw.Draw(stamp).ellipse((5, 5, 115, 115), outline=(200, 0, 0, 255), width=4)
    secret(canvas)
    canvas.drawImage(ImageReader(stamp), 220, 660, 90, 90, mask="auto")


def in_a_clip(canvas: Any) -> None:
    path = canvas.beginPath()
    path.rect(265, 690, 400, 50)  # it cuts the first character a little
    canvas.clipPath(path, stroke=0, fill=0)
    secret(canvas, 264)


def beside_a_box(canvas: Any) -> None:
    secret(canvas)
    canvas.setFillColorRGB(1, 1, 1)
    canvas.rect(310, 690, 100, 30, stroke=0, fill=1)


SEEN = {
    "light grey": coloured(0.8, 0.8, 0.8),
    "yellow": coloured(1, 0.9, 0),
    "red": coloured(0.9, 0, 0),
    "white on a dark header": on_a_dark_header,
    "white on a gradient": on_a_gradient,
    "white on a photograph": on_a_photograph,
    "under a marker": under_a_marker,
    "under a stamp that lets it through": under_a_stamp_with_holes,
    "in outlines": render_mode(1),
    "filled and outlined": render_mode(2),
    "half transparent": transparent(0.5),
    "small print": sized(3.5),
    "inside of a clipping path": in_a_clip,
    "beside a white box": beside_a_box,
}


@pytest.mark.parametrize("way", SEEN)
def test_text_that_is_seen_stays(way: str) -> None:
    found = read(made(on_a_statement(SEEN[way])))
    assert told(found) == []
    assert SECRET in texts(found)


def test_what_a_box_covers_is_left_out_of_a_text_object_and_the_rest_stays() -> None:
    def draw(canvas: Any) -> None:
        canvas.drawString(60, 700, "合计 5,000.00")
        canvas.setFillColorRGB(1, 1, 1)
        canvas.rect(79, 690, 100, 30, stroke=0, fill=1)

    found = read(made(draw))
    assert (texts(found), told(found)) == (["合计"], ["5,000.00"])


def test_a_word_over_the_edge_of_the_page_is_whole() -> None:
    """Half an amount would be another amount."""
    found = read(made(on_a_statement(at(580, 700))))
    assert told(found) == []
    assert SECRET in texts(found)


def test_text_outside_of_the_crop_box_is_hidden() -> None:
    content = b"BT /F 10 Tf 50 700 Td (shown) Tj ET BT /F 10 Tf 50 100 Td (cut off) Tj ET"
    font = {"F": "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"}
    found = read(raw_pdf(content, fonts=font, page=f"{PAGE}/CropBox[0 400 595 842]"))
    assert (texts(found), told(found)) == (["shown"], ["cut off"])


def layered(state: str, content: bytes, form: bool = False) -> bytes:
    objects = {20: b"<</Type/OCG/Name(draft)>>"}
    if form:
        where = "/OC 20 0 R/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</Font<</F 5 0 R>>>>"
        objects[21] = stream(content, where)
        content = b"/X Do"
    return raw_pdf(
        b"BT /F 10 Tf 50 700 Td (shown) Tj ET " + content,
        fonts={"F": "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"},
        objects=objects,
        resources="/Properties<</L 20 0 R>>/XObject<</X 21 0 R>>",
        catalogue=f"/OCProperties<</OCGs[20 0 R]/D<</{state}[20 0 R]/Order[20 0 R]>>>>",
    )


@pytest.mark.parametrize("state", ["ON", "OFF"])
@pytest.mark.parametrize("form", [False, True])
def test_a_layer_is_read_if_it_is_switched_on(state: str, form: bool) -> None:
    text = b"BT /F 10 Tf 50 600 Td (layer) Tj ET"
    found = read(layered(state, text if form else b"/OC /L BDC " + text + b" EMC", form))
    if state == "ON":
        assert (texts(found), told(found)) == (["shown", "layer"], [])
    else:
        assert (texts(found), told(found)) == (["shown"], ["layer"])


@pytest.mark.parametrize(
    ("glyph", "seen"),
    [
        (b"500 0 d0", False),
        (b"500 0 d0 1 g 0 0 400 700 re f", False),
        (b"500 0 d0 0 g 0 0 400 700 re f", True),
        (b"500 0 0 0 400 700 d1 0 0 400 700 re f", True),
    ],
)
def test_drawn_glyphs_are_seen_if_they_have_ink(glyph: bytes, seen: bool) -> None:
    drawn = (
        "<</Type/Font/Subtype/Type3/FontBBox[0 0 1000 1000]/FontMatrix[.001 0 0 .001 0 0]/CharProcs<</a 20 0 R>>"
        "/Encoding<</Type/Encoding/Differences[97/a]>>/FirstChar 97/LastChar 97/Widths[500]/ToUnicode 21 0 R>>"
    )
    found = read(
        raw_pdf(
            b"BT /F 10 Tf 50 700 Td (shown) Tj ET BT /G 12 Tf 50 600 Td (aaa) Tj ET",
            fonts={"F": "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>", "G": drawn},
            objects={20: stream(glyph), 21: to_unicode({97: "7"}, digits=2)},
        )
    )
    assert (texts(found), told(found)) == ((["shown", "777"], []) if seen else (["shown"], ["777"]))


def annotated(kind: str, extra: str, appearance: bytes) -> bytes:
    look = "/Type/XObject/Subtype/Form/BBox[0 0 100 30]/Resources<</Font<</F 5 0 R>>>>"
    return raw_pdf(
        b"BT /F 10 Tf 50 700 Td (shown) Tj ET BT /F 10 Tf 50 605 Td (beneath) Tj ET",
        fonts={"F": "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"},
        objects={
            20: f"<</Type/Annot/Subtype/{kind}/Rect[40 595 140 625]{extra}/AP<</N 21 0 R>>>>".encode(),
            21: stream(appearance, look),
        },
        page=f"{PAGE}/Annots[20 0 R]",
    )


def test_a_character_that_never_has_ink_parts_no_word() -> None:
    """A zero-width blank between two ideographs of a white heading on a dark bar."""
    drawn = (
        "<</Type/Font/Subtype/Type3/FontBBox[0 0 1000 1000]/FontMatrix[.001 0 0 .001 0 0]/CharProcs<</a 20 0 R/b 22 0 R>>"
        "/Encoding<</Type/Encoding/Differences[97/a/b]>>/FirstChar 97/LastChar 98/Widths[500 10]/ToUnicode 21 0 R>>"
    )
    found = read(
        raw_pdf(
            b"BT /G 12 Tf 50 600 Td (aba) Tj ET",
            fonts={"G": drawn},
            objects={
                20: stream(b"500 0 0 0 400 700 d1 0 0 400 700 re f"),
                21: to_unicode({97: "运", 98: "\u200b"}, digits=2),
                22: stream(b"10 0 d0"),
            },
        )
    )
    assert (texts(found), told(found)) == (["运\u200b运"], [])


@pytest.mark.parametrize("kind", ["Square", "Stamp", "FreeText"])
def test_what_a_note_lies_upon_is_hidden(kind: str) -> None:
    found = read(annotated(kind, "/F 4", b"1 g 0 0 100 30 re f"))
    assert (texts(found), told(found)) == (["shown"], ["beneath"])


def test_the_text_of_a_note_that_is_switched_off_is_no_word() -> None:
    found = read(annotated("FreeText", "/F 2", b"1 g 0 0 100 30 re f 0 g BT /F 10 Tf 5 5 Td (note) Tj ET"))
    assert (texts(found), told(found)) == (["shown", "beneath"], [])


def test_a_page_of_hidden_text_alone_is_a_problem_that_names_it() -> None:
    found = read(made(slip := on_a_statement(lambda canvas: None), coloured(1, 1, 1), slip))
    (problem,) = found.problems
    assert isinstance(problem, HiddenTextOnly)
    assert problem.values == {"page": 2, "text": SECRET}
    assert texts(found, page=1) == []


def test_a_picture_with_hidden_text_beside_it_is_a_scan() -> None:
    def draw(canvas: Any) -> None:
        from PIL import Image

        canvas.drawImage(ImageReader(Image.new("RGB", (20, 20), "grey")), 40, 40, 100, 100)
        render_mode(3)(canvas)

    found = read(made(draw))
    assert [type(problem) for problem in found.problems] == [HiddenTextOnly, RecogniserMissing]


def test_a_recognisers_text_beneath_its_scan_is_read_as_such() -> None:
    def draw(canvas: Any) -> None:
        from PIL import Image

        secret(canvas)
        canvas.drawImage(ImageReader(Image.new("RGB", (20, 20), "grey")), 0, 0, *A4)

    found = read(made(draw))
    page = found.pages[0]
    assert isinstance(page, WordPage)
    assert [(word.text, word.via) for word in page.words] == [(SECRET, "ocr")]


def test_hidden_text_reaches_the_document_as_a_remark_on_its_page(tmp_path: Path) -> None:
    def statement(canvas: Any) -> None:
        rows = [("交易日期", "摘要", "对方户名", "收入金额", "支出金额"), ("2026-11-03", "货款", "甲公司", "70.00", "")]
        for number, row in enumerate(rows):
            for column, text in enumerate(row):
                canvas.drawString(50 + 90 * column, 700 - 20 * number, text)
        canvas.setFillColorRGB(1, 1, 1)
        for column, text in enumerate(("2026-11-04", "货款", "乙公司", SECRET)):
            canvas.drawString(50 + 90 * column, 660, text)

    (tmp_path / "网银.pdf").write_bytes(made(statement))
    (source,) = collect(tmp_path)
    document = read_document(source)
    assert document.counts == {"bank_transaction": 1}
    (remark,) = document.remarks
    assert remark.place == "网银.pdf[page 1]"
    assert remark.text.en == f"text that nobody sees, not read: 2026-11-04 货款 乙公司 {SECRET}"


def test_a_document_of_hidden_text_alone_is_no_empty_reading(tmp_path: Path) -> None:
    (tmp_path / "网银.pdf").write_bytes(made(coloured(1, 1, 1)))
    (source,) = collect(tmp_path)
    document = read_document(source)
    assert document.status is Status.NOT_RECOGNISED
    assert "HiddenTextOnly" in [type(problem).__name__ for problem in document.problems]
