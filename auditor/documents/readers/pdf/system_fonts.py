"""The fonts that pdfium is told this machine has: stand-ins that we bring, whatever is installed.

Where a PDF does not bring a font, pdfium asks the machine for one. What it gets decides which characters are there (a
text object without a glyph in that font is left out: the `￥` of an amount) and, where the PDF states no measures,
where they stand. An audit must not depend on that. pdfium's own fonts, the standard ones of the PDF format, are the
same everywhere, but have only western letters: they give the stand-ins their measures.
"""

from __future__ import annotations

import ctypes
from functools import cache
from typing import Any

import pypdfium2.raw as pdfium

from auditor.documents.readers.pdf.stand_in_font import Measures, stand_in_font

# By these names pdfium asks for the standard fonts, also where the PDF says Arial, Times New Roman or Courier New.
_STANDARD = frozenset(
    f"{family}{style}"
    for family, styles in {
        "Helvetica": ("", "-Bold", "-Oblique", "-BoldOblique"),
        "Times": ("-Roman", "-Bold", "-Italic", "-BoldItalic"),
        "Courier": ("", "-Bold", "-Oblique", "-BoldOblique"),
    }.items()
    for style in styles
)
_MEASURED = [character for code in range(32, 256) if (character := bytes([code]).decode("cp1252", errors="ignore"))]
_EM = 1000.0
_USUAL = "Helvetica"  # where no font states how wide its letters are, they are as wide as in this one

_held: list[Any] = []  # what pdfium has pointers to lives as long as the process


def use_stand_in_fonts() -> None:
    """From now on this process's pdfium asks the machine for no font. Doing it again changes nothing."""
    if _held:
        return
    info = pdfium.FPDF_SYSFONTINFO(version=1)
    kinds = {name: kind for name, kind, *_ in pdfium.FPDF_SYSFONTINFO._fields_}
    for question, answer in _FontAnswers().by_question().items():
        setattr(info, question, kinds[question](answer))
    _held.append(info)
    pdfium.FPDF_SetSystemFontInfo(info)


class _FontAnswers:
    """What is answered to each question that pdfium asks of a machine's fonts. A font's handle counts from 1."""

    def __init__(self) -> None:
        self._names = ["", *sorted(_STANDARD)]
        self._measuring = False

    def by_question(self) -> dict[str, Any]:
        return {
            "Release": lambda info: None,
            "EnumFonts": lambda info, mapper: None,
            "MapFont": self._handle,
            "GetFont": lambda info, face: None,
            "GetFontData": self._font_data,
            "GetFaceName": self._face_name,
            "GetFontCharset": lambda info, handle: pdfium.FXFONT_DEFAULT_CHARSET,
            "DeleteFont": lambda info, handle: None,
        }

    def _handle(
        self, info: Any, weight: int, italic: int, charset: int, pitch: int, face: Any, exact: Any
    ) -> int | None:
        if self._measuring:
            return None  # told that there is none, pdfium takes its own
        name = (ctypes.cast(face, ctypes.c_char_p).value or b"").decode("latin-1")
        return self._names.index(name if name in _STANDARD else "") + 1

    def _face_name(self, info: Any, handle: int, buffer: Any, size: int) -> int:
        # pdfium keeps fonts by this name, so each has its own
        return _copied(f"StandIn{self._names[handle - 1]}\0".encode("ascii"), buffer, size)

    def _font_data(self, info: Any, handle: int, table: int, buffer: Any, size: int) -> int:
        return _copied(self._font(self._names[handle - 1]), buffer, size) if table == 0 else 0

    @cache  # noqa: B019 - there is one for the whole process
    def _font(self, standard: str) -> bytes:
        self._measuring = True
        try:
            measures = _standard_measures(standard or _USUAL)
        finally:
            self._measuring = False
        return stand_in_font(measures if standard else Measures(measures.advances))


def _standard_measures(name: str) -> Measures:
    """The measures of one of the standard fonts, as pdfium's own font has them."""
    document = pdfium.FPDF_CreateNewDocument()
    font = pdfium.FPDFText_LoadStandardFont(document, name.encode("ascii"))
    value = ctypes.c_float()
    advances = {}
    for character in _MEASURED:
        if pdfium.FPDFFont_GetGlyphWidth(font, ord(character), _EM, value):
            advances[character] = round(value.value)
    heights = []
    for height in (pdfium.FPDFFont_GetAscent, pdfium.FPDFFont_GetDescent):
        height(font, _EM, value)
        heights.append(round(value.value))
    pdfium.FPDFFont_Close(font)
    pdfium.FPDF_CloseDocument(document)
    return Measures(advances, *heights)


def _copied(data: bytes, buffer: Any, size: int) -> int:
    """How many bytes there are; they are written only where they fit, as pdfium's interface wants it."""
    if buffer and size >= len(data):
        ctypes.memmove(buffer, data, len(data))
    return len(data)
