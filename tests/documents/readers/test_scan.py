"""Pictures of pages, read: the words, which way up, what is no picture of a page, and what costs nothing."""

from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pdf_samples import pdf as made
from PIL import Image, ImageChops
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader

from auditor.documents import readers
from auditor.documents.collect import collect
from auditor.documents.errors import (
    MovingPicture,
    RecogniserMissing,
    ScanWithoutText,
    TruncatedFile,
)
from auditor.documents.model import Status
from auditor.documents.pages import NoteKind, ReadPages, WordPage
from auditor.documents.read import read_document
from auditor.documents.readers import pdf

pytest.importorskip("rapidocr", reason="reading pictures takes the extra `ocr`")

from auditor.documents.readers import scan
from auditor.documents.readers.scan.picture_files import pictures

RECEIPT = Path(__file__).parent / "scans" / "receipt.png"
LINES = [
    "收款收据 NO.SJ31-004127",
    "2026年11月12日",
    "交款单位 东港精密机械有限公司",
    "收款事由 10月运费",
    "金额（大写） 壹万贰仟叁佰肆拾伍元陆角柒分",
    "金额（小写） ¥12,345.67",
    "收款方式 现金",
    "收款人：陈敏 收款单位(盖章)",
]


def saved(image: Image.Image, form: str = "PNG", **options: Any) -> bytes:
    held = io.BytesIO()
    image.save(held, form, **options)
    return held.getvalue()


def page_of(found: ReadPages) -> WordPage:
    (page,) = found.pages
    assert isinstance(page, WordPage)
    return page


def lines_of(page: WordPage) -> list[str]:
    """The words of a page, line by line; what is wide or narrow in print is one."""
    rows: dict[int, list[str]] = {}
    for word in page.words:
        middle = round((word.box.top + word.box.bottom) / 2)
        row = next((each for each in rows if abs(each - middle) <= 4), middle)
        rows.setdefault(row, []).append(word.text)
    return [" ".join(texts).replace("￥", "¥").replace("(", "（").replace(")", "）") for texts in rows.values()]


EXPECTED = [line.replace("(", "（").replace(")", "）") for line in LINES]


@pytest.fixture(scope="module")
def receipt() -> Image.Image:
    return Image.open(RECEIPT).convert("L")


@pytest.fixture(scope="module")
def upright() -> WordPage:
    return page_of(scan.read(RECEIPT.read_bytes()))


def test_words_say_that_they_were_recognised_and_how_surely(upright: WordPage) -> None:
    assert lines_of(upright) == EXPECTED
    assert {word.via for word in upright.words} == {"ocr"}
    assert all(word.score is not None and 90 <= word.score <= 100 for word in upright.words)


def test_ruled_lines_part_label_and_value(upright: WordPage) -> None:
    level = [rule for rule in upright.rules if rule.top == rule.bottom]
    (inner,) = [rule for rule in upright.rules if rule.x0 == rule.x1 and 50 < rule.x0 < 150]
    assert len(level) == 6
    label, value = (next(word for word in upright.words if word.text == text) for text in ("收款事由", "10月运费"))
    assert label.box.x1 < inner.x0 < value.box.x0


def test_the_same_picture_gives_the_same_words_in_another_process(upright: WordPage) -> None:
    code = (
        "import sys; from pathlib import Path; from auditor.documents.readers import scan;"
        "sys.stdout.reconfigure(encoding='utf-8');"
        f"print(scan.read(Path({str(RECEIPT)!r}).read_bytes()).pages)"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True).stdout
    assert told == f"[{upright!r}]\n"


@pytest.mark.parametrize(
    "change",
    [
        lambda image: image.transpose(Image.Transpose.ROTATE_90),
        lambda image: image.transpose(Image.Transpose.ROTATE_180),
        lambda image: image.transpose(Image.Transpose.ROTATE_270),
        lambda image: image.rotate(3, expand=True, fillcolor=255, resample=Image.Resampling.BICUBIC),
    ],
    ids=["left", "upside down", "right", "askew"],
)
def test_a_page_is_read_whichever_way_it_lies(
    receipt: Image.Image, upright: WordPage, change: Callable[[Image.Image], Image.Image]
) -> None:
    turned = page_of(scan.read(saved(change(receipt))))
    assert lines_of(turned) == EXPECTED
    assert abs(len(turned.rules) - len(upright.rules)) <= 1


def test_what_the_camera_says_of_the_way_up_is_believed(receipt: Image.Image) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    data = saved(receipt.transpose(Image.Transpose.ROTATE_90), "JPEG", exif=exif, quality=95)
    (picture,) = pictures(data, [])
    assert picture.pixels.shape[:2] == (600, 1000)


@pytest.mark.parametrize(
    ("form", "change"),
    [
        ("JPEG", lambda image: image.convert("CMYK")),
        ("TIFF", lambda image: image.convert("I;16").point(lambda shade: shade * 257)),
        ("TIFF", lambda image: image.convert("1", dither=Image.Dither.NONE)),
        ("BMP", lambda image: image.convert("RGB")),
        ("WEBP", lambda image: image.convert("RGB")),
        ("PNG", lambda image: image.convert("P")),
        ("PNG", lambda image: Image.merge("LA", (Image.new("L", image.size, 0), ImageChops.invert(image)))),
    ],
    ids=["four inks", "sixteen bits", "one bit", "BMP", "WebP", "palette", "ink on nothing"],
)
def test_pictures_of_every_kind_look_alike(
    receipt: Image.Image, form: str, change: Callable[[Image.Image], Image.Image]
) -> None:
    (picture,) = pictures(saved(change(receipt), form), [])
    apart = ImageChops.difference(Image.fromarray(picture.pixels).convert("L"), receipt)
    assert sum(apart.histogram()[100:]) < 0.01 * 600_000


def test_the_pages_of_a_file_are_pages_and_an_empty_one_is_told() -> None:
    pages = [Image.new("L", (200, 200), shade) for shade in (250, 240)]
    found = scan.read(saved(pages[0], "TIFF", save_all=True, append_images=pages[1:]))
    assert found.pages == []
    assert [(type(each), each.values) for each in found.problems if isinstance(each, ScanWithoutText)] == [
        (ScanWithoutText, {"page": 1}),
        (ScanWithoutText, {"page": 2}),
    ]


def test_a_film_is_its_first_picture() -> None:
    frames = [Image.new("L", (200, 200), shade) for shade in (250, 240, 230)]
    found = scan.read(saved(frames[0], "GIF", save_all=True, append_images=frames[1:]))
    assert [type(each) for each in found.problems] == [MovingPicture, ScanWithoutText]


def test_a_picture_of_nothing_written_is_no_page(receipt: Image.Image) -> None:
    hills = Image.effect_noise((400, 300), 60).resize((900, 700), Image.Resampling.BICUBIC)
    found = scan.read(saved(Image.blend(hills, Image.radial_gradient("L").resize((900, 700)), 0.6)))
    assert found.pages == []
    assert [type(each) for each in found.problems] == [ScanWithoutText]


@pytest.mark.parametrize("share", [0.05, 0.4, 0.9])
def test_a_picture_that_breaks_off_is_unreadable(receipt: Image.Image, share: float) -> None:
    data = saved(receipt, "JPEG")
    with pytest.raises(TruncatedFile):
        scan.read(data[: int(share * len(data))])


def test_a_colour_profile_of_ten_megabytes_costs_nothing(receipt: Image.Image) -> None:
    (picture,) = pictures(saved(receipt, icc_profile=bytes(10_000_000)), [])
    assert picture.pixels.shape == (600, 1000, 3)


def scanned(receipt: Image.Image) -> Callable[[Any], None]:
    return lambda canvas: canvas.drawImage(ImageReader(receipt.convert("RGB")), 50, 400, 480, 288)


def hidden(canvas: Any, text: str) -> None:
    written = canvas.beginText(60, 500)
    written.setTextRenderMode(3)
    written.textOut(text)
    canvas.drawText(written)


def read_pdf(*draw: Callable[[Any], None]) -> ReadPages:
    return pdf.read(made(*draw), read_scan=scan.scanned_page)


def test_a_scanned_page_of_a_pdf_is_a_page_of_its_size(receipt: Image.Image) -> None:
    page = page_of(read_pdf(scanned(receipt)))
    assert lines_of(page) == EXPECTED
    assert (page.width, page.height) == pytest.approx(A4, abs=0.5)
    number = next(word for word in page.words if "004127" in word.text)
    assert number.box.x0 == pytest.approx(50 + 690 * 0.48, abs=6)


def test_what_stands_in_a_picture_beside_text_is_read_too(receipt: Image.Image) -> None:
    def draw(canvas: Any) -> None:
        scanned(receipt)(canvas)
        canvas.drawString(60, 760, "Received by post 2026-11-14")

    page = page_of(read_pdf(draw))
    texts = {word.text: word.via for word in page.words}
    assert texts["2026-11-14"] == "text"
    assert texts["2026年11月12日"] == "ocr"
    assert len(lines_of(page)) == len(EXPECTED) + 1


def test_a_layer_of_another_page_gives_way_to_the_picture(receipt: Image.Image) -> None:
    def draw(canvas: Any) -> None:
        canvas.drawImage(ImageReader(receipt.convert("RGB")), 0, 100, 595, 500)
        hidden(canvas, "Statement of account 99999.00 Balance brought forward 1250.00")

    page = page_of(read_pdf(draw))
    assert "99999.00" not in {word.text for word in page.words}
    assert NoteKind.LAYER_REPLACED in {note.kind for note in page.notes}


@pytest.mark.parametrize("name", ["收据.png", "收据.pdf"])
def test_without_the_extra_a_scan_says_what_to_install(
    tmp_path: Path, receipt: Image.Image, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(readers, "RECOGNISING", ("no_such_library",))
    (tmp_path / name).write_bytes(saved(receipt) if name.endswith("png") else made(scanned(receipt)))
    document = read_document(collect(tmp_path)[0])
    assert document.status is Status.UNREADABLE
    (problem,) = document.problems
    assert isinstance(problem, RecogniserMissing)
    assert "auditor[ocr]" in problem.message("en")
    assert "auditor[ocr]" in problem.message("zh")


def test_documents_without_pictures_load_nothing_that_reads_them(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("日期,金额\n2026-11-01,5.00\n", encoding="utf-8")
    (tmp_path / "b.pdf").write_bytes(made(lambda canvas: canvas.drawString(60, 700, "2026-11-01 5.00")))
    code = (
        "import sys; from pathlib import Path; from auditor.documents.collect import collect;"
        "from auditor.documents.read import read_document;"
        f"print([read_document(each).status.value for each in collect(Path({str(tmp_path)!r}))]);"
        "sys.exit(int(bool({'cv2', 'rapidocr', 'onnxruntime', 'PIL.ImageOps'} & set(sys.modules))))"
    )
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)
