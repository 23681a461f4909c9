"""A PDF is read alike whatever fonts the machine has: none, some, or odd ones; and all its characters are there."""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from raw_pdfs import composite_font, raw_pdf, shown, simple_font, stream, to_unicode
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from test_pdf_hidden_text import HIDDEN, SEEN, made, on_a_statement, texts

from auditor.documents.pages import WordPage
from auditor.documents.readers.pdf import read
from auditor.documents.readers.pdf.stand_in_font import Measures, stand_in_font

ROOT = Path(__file__).parents[3]
SAMPLE = ROOT / "samples" / "jieyuan-2026-10"

# pdfium is told where the machine's fonts are; then all files are read and what was read is summed up
READER = """
import ctypes, hashlib, json, sys
from pathlib import Path
import pypdfium2
import pypdfium2.raw as pdfium

folder, ours, *files = json.load(sys.stdin)
paths = (ctypes.POINTER(ctypes.c_char) * 2)(ctypes.create_string_buffer(folder.encode()), None)
if folder:
    pdfium.FPDF_DestroyLibrary()
    pdfium.FPDF_InitLibraryWithConfig(pdfium.FPDF_LIBRARY_CONFIG(version=2, m_pUserFontPaths=paths))
from auditor.documents.readers import pdf
if not ours:
    pdf.use_stand_in_fonts = lambda: None
print(json.dumps({
    name: hashlib.sha256(repr(pdf.read(Path(name).read_bytes())).encode()).hexdigest() for name in files
}))
"""


def read_elsewhere(
    fonts: Path | None, files: Sequence[Path], *, ours: bool = True, within: Sequence[str] = ()
) -> dict[str, str]:
    """What a process of its own reads, whose machine has the fonts of a folder (None: those of this machine)."""
    asked = json.dumps([str(fonts) if fonts else "", ours, *(str(file) for file in files)])
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [*within, sys.executable, "-c", READER]
    done = subprocess.run(command, input=asked, capture_output=True, text=True, check=True, env=environment)
    found: dict[str, str] = json.loads(done.stdout)
    return found


def not_embedded() -> bytes:
    """Fonts of every kind that a PDF can name without bringing them, each text in an object of its own."""
    different = "<</Type/Encoding/BaseEncoding/WinAnsiEncoding/Differences[65/afii10017/Ccaron/alpha/Lslash]>>"
    fonts = {
        "A": simple_font("Helvetica", kind="Type1", widths=False),
        "B": simple_font("ArialMT"),
        "C": simple_font("ArialMT", encoding=different),
        "D": simple_font("SimSun", widths=False),
        "E": composite_font("SimSun", "Identity", "Identity-H", kind=2, unicode=20),
        "G": composite_font("ArialMT", "Identity", "Identity-H", kind=2, unicode=20),
        "H": composite_font("SimHei", "GB1", "GBK-EUC-H"),
        "I": composite_font("STSong-Light", "GB1", "UniGB-UCS2-H"),
        "J": composite_font("MS-Mincho", "Japan1", "90ms-RKSJ-H"),
        "K": composite_font("MSung-Light", "CNS1", "ETen-B5-H", described=False),
        "L": composite_font("Batang", "Korea1", "KSCms-UHC-H"),
        "M": composite_font("STSong", "GB1", "UniGB-UTF16-H"),
    }
    identity = [number.to_bytes(2, "big") for number in (1, 2, 3, 4, 5)]
    lines = {
        "A": [b"1", b"\x80", b"\xa3"],
        "B": [b"1", b"\x80", b"\xa3"],
        "C": [b"A", b"B", b"C", b"D"],
        "D": [b"1", b"\x80"],
        "E": identity,
        "G": identity,
        "H": ["￥".encode("gbk"), "中".encode("gbk"), b"1"],
        "I": ["￥".encode("utf-16-be"), "无".encode("utf-16-be")],
        "J": ["￥".encode("cp932"), "円".encode("cp932"), b"1"],
        "K": ["＄".encode("big5"), "元".encode("big5")],
        "L": ["한".encode("cp949"), b"1"],
        "M": ["￥".encode("utf-16-be"), "𠀀".encode("utf-16-be")],
    }
    content = b"".join(shown(font, codes, 800 - 20 * row) for row, (font, codes) in enumerate(lines.items()))
    return raw_pdf(
        content,
        fonts=fonts,
        objects={20: to_unicode({1: "￥", 2: "中", 3: "1", 4: "Ж", 5: "€"})},
    )


def test_every_character_is_there_though_no_font_is() -> None:
    assert texts(read(not_embedded())) == [
        "1", "€", "£",
        "1", "€", "£",
        "А", "Č", "α", "Ł",
        "1", "€",
        "￥", "中", "1", "Ж", "€",
        "￥", "中", "1", "Ж", "€",
        "￥", "中", "1",
        "￥", "无",
        "￥", "円", "1",
        "＄", "元",
        "한", "1",
        "￥", "𠀀",
    ]  # fmt: skip


@pytest.mark.parametrize("sign", ["￥", "无", "€", "中"])
@pytest.mark.parametrize("font", ["STSong-Light", "MSung-Light", "HeiseiMin-W3", "HYSMyeongJo-Medium"])
def test_a_character_by_itself_is_read_with_what_stands_beside_it(sign: str, font: str) -> None:
    pdfmetrics.registerFont(UnicodeCIDFont(font))
    buffer = io.BytesIO()
    canvas = Canvas(buffer, invariant=1)
    canvas.setFont(font, 10)
    canvas.drawString(100, 700, sign)
    canvas.drawString(140, 700, "63.20")
    canvas.save()
    page = read(buffer.getvalue()).pages[0]
    assert isinstance(page, WordPage)
    assert [word.text for word in page.words] == [sign, "63.20"]
    assert page.words[0].box.x0 == 100


def test_places_are_what_the_pdf_states() -> None:
    """An amount set to the right ends where it was set, in fonts that bring their widths and in the standard ones."""
    for font in ("STSong-Light", "Helvetica", "Times-Bold", "Courier"):
        buffer = io.BytesIO()
        canvas = Canvas(buffer, invariant=1)
        if font == "STSong-Light":
            pdfmetrics.registerFont(UnicodeCIDFont(font))
        canvas.setFont(font, 10)
        canvas.drawRightString(400, 700, "1,234.50")
        canvas.save()
        page = read(buffer.getvalue()).pages[0]
        assert isinstance(page, WordPage)
        assert page.words[0].box.x1 == pytest.approx(400, abs=0.35), font


def test_the_stand_in_font_is_always_the_same_and_small() -> None:
    assert stand_in_font() == stand_in_font()
    assert len(stand_in_font()) < 1_000
    assert stand_in_font(Measures({"i": 222}, 900, -200)) != stand_in_font()


def odd_fonts(folder: Path) -> Path:
    """A font folder with a font that covers everything, in measures that no other font has."""
    folder.mkdir()
    wide = Measures({chr(code): 700 for code in range(0x20, 0x250)}, 1_400, -700)
    for name in ("simsun.ttf", "arial.ttf"):
        (folder / name).write_bytes(stand_in_font(wide))
    return folder


@pytest.fixture
def documents(tmp_path: Path) -> list[Path]:
    """PDFs without their fonts: of every kind of font, and with text that is hidden or hard to see."""
    made_here = {"fonts": not_embedded()}
    made_here |= {name: made(on_a_statement(draw)) for name, draw in {**HIDDEN, **SEEN}.items()}
    folder = tmp_path / "documents"
    folder.mkdir()
    for name, data in made_here.items():
        (folder / f"{name}.pdf").write_bytes(data)
    return sorted(folder.iterdir())


def test_the_same_is_read_with_no_fonts_and_with_fonts_of_any_kind(tmp_path: Path, documents: list[Path]) -> None:
    files = [*documents, *sorted(SAMPLE.rglob("*.pdf")), *sorted((ROOT / "tests").rglob("*.pdf"))]
    assert len(files) > 100
    empty = tmp_path / "empty"
    empty.mkdir()
    with_none = read_elsewhere(empty, files)
    assert with_none == read_elsewhere(odd_fonts(tmp_path / "fonts"), files)
    assert with_none == {
        str(file): hashlib.sha256(repr(read(file.read_bytes())).encode()).hexdigest() for file in files
    }  # this process has the fonts of this machine


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere pdfium takes no font folder")
def test_without_the_stand_ins_the_two_machines_would_differ(tmp_path: Path, documents: list[Path]) -> None:
    """Else the test above proves nothing."""
    empty = tmp_path / "empty"
    empty.mkdir()
    with_none = read_elsewhere(empty, documents, ours=False)
    with_odd = read_elsewhere(odd_fonts(tmp_path / "fonts"), documents, ours=False)
    assert [name for name in with_none if with_none[name] != with_odd[name]]


def test_a_machine_whose_font_folders_are_empty(tmp_path: Path, documents: list[Path]) -> None:
    """The same with the real folders, where a process may have its own view of them."""
    folders = [folder for folder in ("/usr/share/fonts", "/usr/local/share/fonts") if Path(folder).is_dir()]
    hide = " && ".join(f"mount --bind {tmp_path / 'nothing'} {folder}" for folder in folders) or "true"
    (tmp_path / "nothing").mkdir()
    within = ["unshare", "-m", "sh", "-c", f'{hide} && exec "$@"', "sh"]
    if shutil.which("unshare") is None or subprocess.run([*within, "true"], capture_output=True).returncode:
        pytest.skip("this user may not mount")
    assert read_elsewhere(None, documents, within=within) == read_elsewhere(None, documents)


def test_an_embedded_font_without_ink_hides_its_text() -> None:
    """Glyphs of the file itself count as they are."""
    blank = (
        "<</Type/Font/Subtype/Type3/FontBBox[0 0 1 1]/FontMatrix[.001 0 0 .001 0 0]/CharProcs<</a 20 0 R>>"
        "/Encoding<</Type/Encoding/Differences[97/a]>>/FirstChar 97/LastChar 97/Widths[500]/ToUnicode 21 0 R>>"
    )
    content = shown("A", [b"1"], 700) + shown("Z", [b"aa"], 600)
    found = read(
        raw_pdf(
            content,
            fonts={"A": simple_font("Helvetica", kind="Type1"), "Z": blank},
            objects={20: stream(b"500 0 0 0 0 0 d1"), 21: to_unicode({97: "7"}, digits=2)},
        )
    )
    assert texts(found) == ["1"]
