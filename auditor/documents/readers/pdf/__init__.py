"""PDF: a text layer to words with boxes and ruled lines, each page upright.

A page without text but with an image is a scan: it goes to what reads scans, if that is installed, and is never passed
off as an empty page. Text that nobody can see is no word of the page: it is told in a note (`visibility`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from auditor.documents.errors import (
    DrawingTooLarge,
    EncryptedNotSupported,
    HiddenTextOnly,
    PageNotRead,
    PageTooDense,
    PasswordNeeded,
    PdfCutShort,
    RecogniserMissing,
    TextWithoutMeaning,
    TooManyPages,
    TooManyScans,
    TruncatedFile,
    WrongPassword,
)
from auditor.documents.pages import Note, NoteKind, ReadPages, Word, WordPage
from auditor.documents.readers.pdf.attachments import xml_attachments
from auditor.documents.readers.pdf.characters import (
    Characters,
    Sheet,
    angle_of,
    characters,
    frame,
    text_turn,
    unmapped_share,
)
from auditor.documents.readers.pdf.paint_order import PaintOrder, TextOrigins
from auditor.documents.readers.pdf.paths import MOST_OBJECTS, drawing
from auditor.documents.readers.pdf.scanned import (
    instead_of_layer,
    painted_page,
    picture_parts,
    with_pictures,
)
from auditor.documents.readers.pdf.system_fonts import use_stand_in_fonts
from auditor.documents.readers.pdf.visibility import visibility_of
from auditor.documents.readers.pdf.words import lines_of_text, words
from auditor.documents.scans import MOST_SCANS, Picture, ReadScan, ScannedPage
from auditor.errors import AuditorError

_FORMAT = "PDF"
MOST_PAGES = 3_000
MOST_CHARACTERS = 100_000  # on one page
_UNMAPPED = 0.2  # share of characters without a known meaning from which a page cannot be trusted
_TAIL = 2_048  # bytes at the end within which a whole file says that it ends
_MOST_TOLD = 300  # characters of hidden text that a note quotes
_SHOWN_ANNOTATIONS = {pdfium.FPDF_ANNOT_FREETEXT, pdfium.FPDF_ANNOT_STAMP, pdfium.FPDF_ANNOT_WIDGET}
_WITHOUT_AREA = {pdfium.FPDF_ANNOT_LINK, pdfium.FPDF_ANNOT_POPUP}


class _Scans:
    """What reads the scanned pages of one document, as many as are read; without it they are said to be scans."""

    def __init__(self, read_scan: ReadScan | None) -> None:
        self._read_scan, self._left, self._told = read_scan, MOST_SCANS, False

    @property
    def are_read(self) -> bool:
        """Whether another one is read."""
        return self._read_scan is not None and self._left > 0

    def refused(self, number: int) -> list[AuditorError]:
        """Why a page is not read; of all those that are too many the first is told."""
        if self._read_scan is None:
            return [RecogniserMissing(page=number)]
        told, self._told = self._told, True
        return [] if told else [TooManyScans(first=number, most=MOST_SCANS)]

    def read(self, picture: Picture) -> ScannedPage:
        """What is written on one picture, while pictures `are_read`."""
        assert self._read_scan is not None
        self._left -= 1
        return self._read_scan(picture)


def read(data: bytes, *, passwords: Sequence[str] = (), read_scan: ReadScan | None = None) -> ReadPages:
    """The pages of a PDF in order; pages that cannot be read are absent and stand in `problems`.

    `passwords` are tried in order if the file asks for one; `read_scan` reads pages that are pictures.

    Errors: PasswordNeeded, WrongPassword, EncryptedNotSupported, TruncatedFile, TooManyPages. Problems: PdfCutShort,
    PageNotRead, PageTooDense, TextWithoutMeaning, RecogniserMissing, HiddenTextOnly, DrawingTooLarge, TooManyScans and
    those of `read_scan`.
    """
    use_stand_in_fonts()
    scans = _Scans(read_scan)
    document = _opened(data, passwords)
    try:
        count = len(document)
        if count > MOST_PAGES:
            raise TooManyPages(pages=count, most=MOST_PAGES)
        if count == 0:
            raise TruncatedFile(format=_FORMAT, reason="0 pages")
        problems: list[Exception] = []
        if b"%%EOF" not in data[-_TAIL:]:
            problems.append(PdfCutShort(pages=count))
        pages = []
        for index in range(count):
            page, found = _read_page(document, index, scans)
            pages += [page] if page is not None else []
            problems += found
        return ReadPages("pdf", pages, tuple(problems), xml_attachments(document))
    finally:
        document.close()


def _opened(data: bytes, passwords: Sequence[str]) -> Any:
    """The document, opened without a password or with the first one that fits."""
    for password in (None, *passwords):
        try:
            return pypdfium2.PdfDocument(data, password=password)
        except pypdfium2.PdfiumError as error:
            if error.err_code == pdfium.FPDF_ERR_SECURITY:
                raise EncryptedNotSupported(format=_FORMAT) from error
            if error.err_code != pdfium.FPDF_ERR_PASSWORD:
                raise TruncatedFile(format=_FORMAT, reason=str(error)) from error
    if passwords:
        raise WrongPassword(format=_FORMAT, tried=len(passwords))
    raise PasswordNeeded(format=_FORMAT)


def _read_page(document: Any, index: int, scans: _Scans) -> tuple[WordPage | None, list[AuditorError]]:
    number = index + 1
    try:
        with _page(document, index) as (page, textpage):
            return _words_and_rules(page, textpage, number, scans)
    except pypdfium2.PdfiumError as error:
        return None, [PageNotRead(page=number, reason=str(error))]


@contextmanager
def _page(document: Any, index: int) -> Iterator[tuple[Any, Any]]:
    """The page and its text; what annotations show (filled fields, stamps, notes) is made part of the page first."""
    page = _loaded(document, index)
    try:
        if _has_shown_annotations(page) and pdfium.FPDFPage_Flatten(page, pdfium.FLAT_NORMALDISPLAY) == 1:
            pdfium.FPDF_ClosePage(page)
            page = _loaded(document, index)
        textpage = pdfium.FPDFText_LoadPage(page)
        if not textpage:
            raise pypdfium2.PdfiumError("text of the page cannot be loaded")
        try:
            yield page, textpage
        finally:
            pdfium.FPDFText_ClosePage(textpage)
    finally:
        pdfium.FPDF_ClosePage(page)


def _loaded(document: Any, index: int) -> Any:
    page = pdfium.FPDF_LoadPage(document.raw, index)
    if not page:
        raise pypdfium2.PdfiumError("page cannot be loaded")
    return page


def _has_shown_annotations(page: Any) -> bool:
    for i in range(pdfium.FPDFPage_GetAnnotCount(page)):
        annotation = pdfium.FPDFPage_GetAnnot(page, i)
        kind = pdfium.FPDFAnnot_GetSubtype(annotation)
        pdfium.FPDFPage_CloseAnnot(annotation)
        if kind in _SHOWN_ANNOTATIONS:
            return True
    return False


def _add_notes_on(page: Any, painted: PaintOrder) -> None:
    """Annotations that are left lie over the text: a highlight, a rectangle drawn over a line."""
    box = pdfium.FS_RECTF()
    for i in range(pdfium.FPDFPage_GetAnnotCount(page)):
        annotation = pdfium.FPDFPage_GetAnnot(page, i)
        if pdfium.FPDFAnnot_GetSubtype(annotation) not in _WITHOUT_AREA and pdfium.FPDFAnnot_GetRect(annotation, box):
            painted.add_note((box.left, box.bottom, box.right, box.top))
        pdfium.FPDFPage_CloseAnnot(annotation)


def _words_and_rules(
    page: Any, textpage: Any, number: int, scans: _Scans
) -> tuple[WordPage | None, list[AuditorError]]:
    count = max(0, pdfium.FPDFText_CountChars(textpage))
    if count > MOST_CHARACTERS:
        return None, [PageTooDense(page=number, characters=count, most=MOST_CHARACTERS)]
    turn = text_turn(textpage, count, pdfium.FPDFPage_GetRotation(page))
    sheet = Sheet(*frame(page), turn)
    there = characters(textpage, count, sheet)
    drawn = drawing(page, sheet)
    _add_notes_on(page, drawn.painted)
    view = visibility_of(page, textpage, there, sheet, drawn.painted)
    origins = TextOrigins(textpage, drawn.painted)
    recognised = set(there.index[view.recognised].tolist())

    def words_of(found: Characters) -> tuple[Word, ...]:
        return words(
            found,
            number,
            drawn.rules,
            angle_of=lambda i: (angle_of(textpage, i) - 90 * turn) % 360,
            origins=origins,
            via=lambda i: "ocr" if i in recognised else "text",
        )

    problems: list[AuditorError] = [DrawingTooLarge(page=number, most=MOST_OBJECTS)] if drawn.cut_short else []
    found, notes = there.only(view.seen), []
    if not view.seen.all():
        hidden = _quoted(lines_of_text(words_of(there.only(~view.seen))))
        notes = [Note(NoteKind.HIDDEN_TEXT, 0, 0, hidden)]
        problems += [] if len(found) else [HiddenTextOnly(page=number, text=hidden)]
    if not len(found) and (drawn.images or drawn.outlines):
        if not scans.are_read:
            return None, [*problems, *scans.refused(number)]
        scan = scans.read(painted_page(page, number))
        if scan.page is None:
            return None, [*problems, *scan.problems]
        problems = [each for each in problems if not isinstance(each, HiddenTextOnly)]
        return replace(scan.page, notes=(*notes, *scan.page.notes)), [*problems, *scan.problems]
    made = words_of(found)
    if over := [word for word in made if word.overlay]:
        notes.append(Note(NoteKind.OVERLAY, 0, 0, _quoted(lines_of_text(over))))
    told = WordPage(number, *sheet.size, made, tuple(drawn.rules), tuple(notes))
    without_meaning = unmapped_share(textpage, found) > _UNMAPPED
    if scans.are_read and made and (without_meaning or all(word.via == "ocr" for word in made)):
        shown = instead_of_layer(told, painted_page(page, number), scans.read)
        if shown.page is not told:
            return shown.page, [*problems, *shown.problems]
    problems += [TextWithoutMeaning(page=number)] if without_meaning else []
    parts = picture_parts(drawn.painted, sheet, made) if drawn.images and scans.are_read else []
    if parts:
        told = with_pictures(told, parts, scans.read(painted_page(page, number)))
    return told, problems


def _quoted(lines: Sequence[str]) -> str:
    text = " / ".join(lines)
    return text if len(text) <= _MOST_TOLD else f"{text[:_MOST_TOLD]}…"
