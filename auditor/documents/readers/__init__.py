"""Readers: bytes to pages, one format a module. This is the mapping from an identified format to its reader.

Readers are imported when first needed, and none imports another.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from importlib.util import find_spec
from itertools import islice

from auditor.documents.collect import SourceDocument
from auditor.documents.cutouts import Cutout, Rectangle, View
from auditor.documents.errors import DocumentError, NotRecognised, RecogniserMissing
from auditor.documents.identify import Format, identify
from auditor.documents.pages import ReadPages, StatedPage
from auditor.documents.scans import MOST_SCANS, Picture, ScannedPage
from auditor.errors import AuditorError, Place

Reader = Callable[[SourceDocument, Sequence[str]], ReadPages]
RecordPlaces = Mapping[int, Sequence[tuple[str, tuple[float, ...]]]]
RECOGNISING = ("rapidocr", "onnxruntime", "cv2", "PIL")  # what the extra `ocr` installs


def _delimited(document: SourceDocument, passwords: Sequence[str]) -> ReadPages:
    from auditor.documents.readers import delimited

    if document.location is not None:
        return delimited.read_file(document.location, name=document.name)
    return delimited.read(document.read(), name=document.name)


def _spreadsheet(document: SourceDocument, passwords: Sequence[str]) -> ReadPages:
    from auditor.documents.readers import spreadsheet

    return spreadsheet.read(document.read(), form=document.format.value, passwords=passwords)


def _html_table(document: SourceDocument, passwords: Sequence[str]) -> ReadPages:
    from auditor.documents.readers import html_table

    return html_table.read(document.read())


def _spreadsheet_xml(document: SourceDocument, passwords: Sequence[str]) -> ReadPages:
    from auditor.documents.readers import spreadsheet_xml

    return spreadsheet_xml.read(document.read())


def _pdf(document: SourceDocument, passwords: Sequence[str]) -> ReadPages:
    from auditor.documents.readers import pdf

    read = pdf.read(document.read(), passwords=passwords, read_scan=_read_scan if can_recognise() else None)
    return _with_data(read) if read.attachments else read


def _with_data(read: ReadPages) -> ReadPages:
    """The pages with the invoice that the file holds as data besides. An attachment that is none says nothing."""
    from auditor.documents.readers import invoice_xml

    found: list[StatedPage] = []
    for each in read.attachments:
        try:
            page = invoice_xml.stated_page(each)
        except DocumentError:
            continue  # damaged, or no invoice: the pages are read as they are
        found += [page] if page is not None else []
    return replace(read, pages=[*read.pages, *found[:1]], attachments=())


def _invoice_xml(document: SourceDocument, passwords: Sequence[str]) -> ReadPages:
    from auditor.documents.readers import invoice_xml

    return invoice_xml.read(document.read())


def _ofd(document: SourceDocument, passwords: Sequence[str]) -> ReadPages:
    from auditor.documents.readers import invoice_xml

    return invoice_xml.read_ofd(document.read())


def _image(document: SourceDocument, passwords: Sequence[str]) -> ReadPages:
    if not can_recognise():
        raise RecogniserMissing(page=1)
    from auditor.documents.readers import scan

    return scan.read(document.read())


def _read_scan(picture: Picture) -> ScannedPage:
    from auditor.documents.readers import scan

    return scan.scanned_page(picture)


def drawn_scans(document: SourceDocument, records: RecordPlaces) -> list[bytes]:
    """The scanned pages of a document as PNG, with what was found where. `records`: by page, the type and the box of
    each record on it. Raises DocumentError as reading does, RecogniserMissing without the extra."""
    if not can_recognise():
        raise RecogniserMissing(document.path, page=1)
    from auditor.documents.readers import pdf, scan
    from auditor.documents.readers.scan.drawn_pages import drawn_page
    from auditor.documents.readers.scan.picture_files import pictures

    seen: list[tuple[Picture, ScannedPage]] = []

    def read_scan(picture: Picture) -> ScannedPage:
        seen.append((picture, scan.scanned_page(picture)))
        return seen[-1][1]

    if document.format is Format.PDF:
        pdf.read(document.read(), read_scan=read_scan)
    elif document.format is Format.IMAGE:
        for picture in islice(pictures(document.read(), []), MOST_SCANS):
            read_scan(picture)
    return [
        drawn_page(picture, found.page, records.get(picture.number, ()))
        for picture, found in seen
        if found.page is not None
    ]


def cut_outs(
    document: SourceDocument, wanted: Collection[tuple[int, Rectangle]], views: Mapping[int, View]
) -> dict[tuple[int, Rectangle], Cutout]:
    """Parts of pages of a document as small pictures, by page and box in points; what cannot be shown is left out.
    `views`: how its scanned pages were set upright. Raises DocumentError as reading does."""
    scanned = [each for each in wanted if each[0] in views]
    printed = [(number, box) for number, box in wanted if number not in views]
    found: dict[tuple[int, Rectangle], Cutout] = {}
    if document.format is Format.PDF and printed:
        from auditor.documents.readers.pdf.page_cuts import page_cuts

        found |= page_cuts(document.read(), printed)
    if scanned and can_recognise():
        from auditor.documents.readers.scan.shown_pages import cut_out, shown_page

        for picture in _scans_of(document):
            view = views.get(picture.number)
            if view is None:
                continue
            pixels = shown_page(picture.pixels, view.steps)
            for number, box in wanted:
                if number == picture.number and (cut := cut_out(pixels, view.width, box)) is not None:
                    found[number, box] = cut
    return found


def _scans_of(document: SourceDocument) -> Iterator[Picture]:
    """The pictures that are pages of a document, which are not looked at."""
    from auditor.documents.readers import pdf
    from auditor.documents.readers.scan.picture_files import pictures

    if document.format is Format.IMAGE:
        yield from islice(pictures(document.read(), []), MOST_SCANS)
    elif document.format is Format.PDF:
        seen: list[Picture] = []

        def take(picture: Picture) -> ScannedPage:
            seen.append(picture)
            return ScannedPage(None)

        pdf.read(document.read(), read_scan=take)
        yield from seen


def can_recognise() -> bool:
    """Whether what reads pictures is installed: the extra `ocr`."""
    return all(find_spec(name) is not None for name in RECOGNISING)


def _encrypted(document: SourceDocument, passwords: Sequence[str]) -> ReadPages:
    from auditor.documents.readers import spreadsheet
    from auditor.documents.readers.spreadsheet.encrypted import decrypted

    data = decrypted(document.read(), passwords, form="Office")
    form = identify(io.BytesIO(data), len(data))
    if form not in (Format.XLSX, Format.XLSB):
        raise NotRecognised(format=form.value)
    return spreadsheet.read(data, form=form.value)


READERS: Mapping[Format, Reader] = {
    Format.XLSX: _spreadsheet,
    Format.XLSB: _spreadsheet,
    Format.XLS: _spreadsheet,
    Format.ODS: _spreadsheet,
    Format.SPREADSHEET_XML: _spreadsheet_xml,
    Format.DELIMITED: _delimited,
    Format.HTML: _html_table,
    Format.MHTML: _html_table,
    Format.PDF: _pdf,
    Format.IMAGE: _image,
    Format.XML: _invoice_xml,
    Format.OFD: _ofd,
    Format.ENCRYPTED_OFFICE: _encrypted,
}


def read_document(document: SourceDocument, *, passwords: Sequence[str] = ()) -> ReadPages:
    """The pages of a document, by the reader of its format; its problems name the document as their place.

    Raises DocumentError where nothing of it can be read: NotRecognised if there is no reader for the format.
    """
    reader = READERS.get(document.format)
    if reader is None:
        raise NotRecognised(document.path, format=document.format.value)
    try:
        read = reader(document, passwords)
    except DocumentError as error:
        raise _placed(error, document.path) from error
    return replace(read, problems=tuple(_placed(problem, document.path) for problem in read.problems))


def _placed(problem: Exception, path: str) -> Exception:
    """The same problem with the document as its place; what the reader said of page and line is kept."""
    if not isinstance(problem, AuditorError):
        return problem
    place = problem.place
    if place is None or not place.file:
        place = Place(path, place.line, place.column, place.member) if place else Place(path)
    return type(problem)(place, problem.found, **problem.values)
