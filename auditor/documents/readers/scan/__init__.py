"""Scans: pictures of pages to words with boxes and ruled lines, by a recogniser of writing.

A picture gives the same page as a text layer does: its words say that they were recognised, and how surely. Nothing is
fetched, and the same picture gives the same words, whatever else the machine does.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from auditor.documents.errors import ScanWithoutText, TooManyScans
from auditor.documents.pages import Note, NoteKind, Page, ReadPages, WordPage
from auditor.documents.readers.scan.ink import ink_line
from auditor.documents.readers.scan.kept_pages import keep, kept_page, key_of
from auditor.documents.readers.scan.picture_files import is_blank, pictures
from auditor.documents.readers.scan.rapid import recogniser, recogniser_name
from auditor.documents.readers.scan.recogniser import Line
from auditor.documents.readers.scan.ruled_lines import ruled_lines, without_writing
from auditor.documents.readers.scan.signs import with_signs
from auditor.documents.readers.scan.stamps import read_beneath
from auditor.documents.readers.scan.upright import upright
from auditor.documents.readers.scan.words import words
from auditor.documents.scans import MOST_SCANS, Picture, Pixels, ScannedPage
from auditor.errors import AuditorError

_WRITING = 10.0  # points: how high a line of writing is taken to be where nobody says how large the page is
_LONGER = (1.5, 2.0, 3.0)  # times: how long lines with lost digits are looked at
_LEAST_SURE = 0.5  # what is less sure on the whole is no writing


def read(data: bytes) -> ReadPages:
    """The pages of a file of pictures, in order; pages on which nothing is written stand in `problems`.

    Errors: PictureNotSupported, PictureTooLarge, TruncatedFile. Problems: ScanWithoutText, MovingPicture, TooManyScans.
    """
    problems: list[AuditorError] = []
    pages: list[Page] = []
    for picture in pictures(data, problems):
        if picture.number > MOST_SCANS:
            problems.append(TooManyScans(first=picture.number, most=MOST_SCANS))
            break
        found = scanned_page(picture)
        pages += [found.page] if found.page is not None else []
        problems += found.problems
    return ReadPages("image", pages, tuple(problems))


def scanned_page(picture: Picture) -> ScannedPage:
    """What is written on the picture of one page, upright."""
    if is_blank(picture.pixels):
        return ScannedPage(None, (ScanWithoutText(page=picture.number),))
    key = key_of(picture, recogniser_name())
    is_kept, page = kept_page(key, picture.number)
    if not is_kept:
        page = _recognised(picture)
        keep(key, page)
    return ScannedPage(page, () if page is not None else (ScanWithoutText(page=picture.number),))


def _recognised(picture: Picture) -> WordPage | None:
    """The page of a picture, looked at; None if nothing is written on it."""
    found = upright(picture.pixels, recogniser())
    if not found.lines:
        return None
    read, pixels = read_beneath(found.pixels, found.lines, recogniser(), _height(found.lines))
    lines = [line for line in read if line.score >= _LEAST_SURE and line.text.strip()]
    illegible = len(read) - len(lines)
    if not lines:
        return None
    height = _height(lines)
    scale = _scale(picture, found.pixels.shape[:2], height)
    rules = without_writing(ruled_lines(pixels, height, scale), lines, scale)
    high, wide = (round(side * scale, 2) for side in found.pixels.shape[:2])
    notes = (Note(NoteKind.ILLEGIBLE, 0, 0, str(illegible)),) if illegible else ()
    lines = with_signs([_read_again(line, pixels) for line in lines], pixels, recogniser())
    made = words(lines, pixels, picture.number, scale, rules)
    return WordPage(picture.number, wide, high, made, rules, notes, recogniser_name(), found.steps)


def _read_again(line: Line, pixels: Pixels) -> Line:
    """A line in which digits were lost, looked at longer: as it is read then, if none is lost any more."""
    if not ink_line(line, pixels).lost_digits():
        return line
    for stretched in _LONGER:
        (again,) = recogniser().lines(pixels, [line.corners], stretched)
        if again.characters and not ink_line(again, pixels).lost_digits():
            return again
    return line


def _height(lines: Sequence[Line]) -> float:
    """How high most lines of writing are, in pixels."""
    return float(np.median([np.linalg.norm(line.corners[3] - line.corners[0]) for line in lines]))


def _scale(picture: Picture, shape: tuple[int, ...], height: float) -> float:
    """Points a pixel: by the size of the page, else such that writing is as high as it usually is."""
    if picture.size is None:
        return _WRITING / max(1.0, height)
    return float(max(picture.size) / max(picture.pixels.shape[:2]))
