"""PDF: a text layer to words with boxes and ruled lines, each page upright.

Nothing is recognised here. A page without text but with an image is a scan and is said to be one; it is never passed
off as an empty page. Text that nobody can see is no word of the page: it is told in a note (`visibility`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
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
    ScanWithoutText,
    TextWithoutMeaning,
    TooManyPages,
    TruncatedFile,
    WrongPassword,
)
from auditor.documents.pages import Note, NoteKind, ReadPages, Word, WordPage
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
from auditor.documents.readers.pdf.system_fonts import use_stand_in_fonts
from auditor.documents.readers.pdf.visibility import visibility_of
from auditor.documents.readers.pdf.words import lines_of_text, words
from auditor.errors import AuditorError

_FORMAT = "PDF"
MOST_PAGES = 3_000
MOST_CHARACTERS = 100_000  # on one page
_UNMAPPED = 0.2  # share of characters without a known meaning from which a page cannot be trusted
_TAIL = 2_048  # bytes at the end within which a whole file says that it ends
_MOST_TOLD = 300  # characters of hidden text that a note quotes
_SHOWN_ANNOTATIONS = {pdfium.FPDF_ANNOT_FREETEXT, pdfium.FPDF_ANNOT_STAMP, pdfium.FPDF_ANNOT_WIDGET}
_WITHOUT_AREA = {pdfium.FPDF_ANNOT_LINK, pdfium.FPDF_ANNOT_POPUP}


def read(data: bytes, *, passwords: Sequence[str] = ()) -> ReadPages:
    """The pages of a PDF in order; pages that cannot be read are absent and stand in `problems`.

    `passwords` are tried in order if the file asks for one.

    Errors: PasswordNeeded, WrongPassword, EncryptedNotSupported, TruncatedFile, TooManyPages. Problems: PdfCutShort,
    PageNotRead, PageTooDense, TextWithoutMeaning, ScanWithoutText, HiddenTextOnly, DrawingTooLarge.
    """
    use_stand_in_fonts()
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
            page, found = _read_page(document, index)
            pages += [page] if page is not None else []
            problems += found
        return ReadPages("pdf", pages, tuple(problems))
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


def _read_page(document: Any, index: int) -> tuple[WordPage | None, list[AuditorError]]:
    number = index + 1
    try:
        with _page(document, index) as (page, textpage):
            return _words_and_rules(page, textpage, number)
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


def _words_and_rules(page: Any, textpage: Any, number: int) -> tuple[WordPage | None, list[AuditorError]]:
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
        return None, [*problems, ScanWithoutText(page=number)]
    if unmapped_share(textpage, found) > _UNMAPPED:
        problems.append(TextWithoutMeaning(page=number))
    made = words_of(found)
    if over := [word for word in made if word.overlay]:
        notes.append(Note(NoteKind.OVERLAY, 0, 0, _quoted(lines_of_text(over))))
    return WordPage(number, *sheet.size, made, tuple(drawn.rules), tuple(notes)), problems


def _quoted(lines: Sequence[str]) -> str:
    text = " / ".join(lines)
    return text if len(text) <= _MOST_TOLD else f"{text[:_MOST_TOLD]}…"
