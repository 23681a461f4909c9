"""What an xlsx says beside its values: hidden rows, columns and sheets, formulas, errors. Streamed from the sheet XML.

No DTD, no entities, no network: a part that declares a DOCTYPE is refused.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from typing import IO, Any

from lxml import etree

from auditor.documents.errors import ForbiddenMarkup
from auditor.documents.readers.spreadsheet.examined import Examined

EXAMINED = 32 << 20  # bytes of XML that are parsed for formulas and hidden rows
SCANNED = 128 << 20  # bytes of XML that are looked through for them at all
_WINDOW = 1 << 20
_TELLING = (b"<f", b":f>", b":f ", b"hidden=", b'ht="0"', b'width="0"', b't="e"', b"<!DOCTYPE", b"<!ENTITY")
_FEW = 5  # one overwritten formula in at least so many


def refuse_doctypes(archive: zipfile.ZipFile) -> None:
    """Raise ForbiddenMarkup if the beginning of any XML part declares a DOCTYPE."""
    for info in archive.infolist():
        if info.filename.lower().endswith((".xml", ".rels")):
            with archive.open(info) as part:
                if b"<!DOCTYPE" in part.read(65536):
                    raise ForbiddenMarkup(part=info.filename)


def sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """Sheet names to the names of their XML parts."""
    names = {name.lower(): name for name in archive.namelist()}
    workbook = names.get("xl/workbook.xml")
    relations = names.get("xl/_rels/workbook.xml.rels")
    if workbook is None or relations is None:
        return {}
    targets = {node.get("Id"): node.get("Target", "") for node in _tree(archive, relations).iter("{*}Relationship")}
    parts = {}
    for sheet in _tree(archive, workbook).iter("{*}sheet"):
        key = next((value for name, value in sheet.attrib.items() if name.endswith("}id")), None)
        path = posixpath.normpath(posixpath.join("/xl", targets.get(key) or "")).lstrip("/").lower()
        if path in names:
            parts[sheet.get("name", "")] = names[path]
    return parts


def _tree(archive: zipfile.ZipFile, name: str) -> Any:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    return etree.fromstring(archive.read(name), parser)


def examine(archive: zipfile.ZipFile, part: str) -> Examined:
    """Look through one sheet. Raises ForbiddenMarkup; lxml's XMLSyntaxError for damaged XML."""
    size = archive.getinfo(part).file_size
    if size > SCANNED:
        return Examined(skipped=True)
    with archive.open(part) as stream:
        telling = _anything_to_tell(stream)
    if not telling:
        return Examined()
    if size > EXAMINED:
        return Examined(skipped=True)
    with archive.open(part) as stream:
        return _Sheet(part).read(stream)


def _anything_to_tell(stream: IO[bytes]) -> bool:
    """A look at the bytes: most exports hold neither formulas nor hidden rows, and need no parsing."""
    tail = b""
    while piece := stream.read(_WINDOW):
        window = tail + piece
        if any(mark in window for mark in _TELLING):
            return True
        tail = piece[-16:]
    return False


class _Sheet:
    """One pass over the XML of a sheet."""

    def __init__(self, part: str) -> None:
        self.part = part
        self.found = Examined()
        self.formulas: dict[int, list[int]] = {}
        self.constants: dict[int, list[tuple[int, str]]] = {}
        self.arrays: list[tuple[int, int, int, int]] = []
        self.row = 0
        self.column = 0

    def read(self, stream: IO[bytes]) -> Examined:
        context = etree.iterparse(
            stream,
            events=("start", "end"),
            tag=("{*}row", "{*}c", "{*}col", "{*}sheetData"),
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
        )
        checked = False
        for event, node in context:
            if not checked:
                checked = True
                if node.getroottree().docinfo.doctype:
                    raise ForbiddenMarkup(part=self.part)
            self._node(event, etree.QName(node).localname, node)
        self._find_overwritten()
        return self.found

    def _node(self, event: str, name: str, node: Any) -> None:
        if event == "start":
            if name == "row":
                self.row = _whole(node.get("r")) or self.row + 1
                self.column = 0
                if _true(node.get("hidden")) or node.get("ht") == "0":
                    self.found.hidden_rows.add(self.row)
        elif name == "col":
            self._columns(node)
        elif name == "c":
            self._cell(node)
        elif name == "row":
            node.clear()
            while node.getprevious() is not None:
                del node.getparent()[0]

    def _columns(self, node: Any) -> None:
        if _true(node.get("hidden")) or node.get("width") == "0":
            first, last = _whole(node.get("min")) or 1, _whole(node.get("max")) or 1
            self.found.hidden_columns.update(range(first, min(last, 16_384) + 1))

    def _cell(self, node: Any) -> None:
        letters = re.match(r"[A-Za-z]{1,3}", node.get("r") or "")
        self.column = column_number(letters.group()) if letters else self.column + 1
        formula, value = node.find("{*}f"), node.find("{*}v")
        text = value.text if value is not None else None
        kind = node.get("t", "n")
        if kind == "e":
            self.found.errors[self.row, self.column] = text or "#ERROR"
        if formula is not None:
            self.formulas.setdefault(self.column, []).append(self.row)
            if formula.get("t") in ("array", "dataTable") and formula.get("ref"):
                self.arrays.append(_area(formula.get("ref")))
            if text is None and kind != "str":
                self.found.uncalculated += 1
        elif kind == "n" and text:
            self.constants.setdefault(self.column, []).append((self.row, text))

    def _find_overwritten(self) -> None:
        """Constants between the first and last formula of a column that is formulas for the most part."""
        for column, rows in self.formulas.items():
            first, last = rows[0], rows[-1]
            places = [
                (row, text)
                for row, text in self.constants.get(column, ())
                if first < row < last and not any(_inside(row, column, area) for area in self.arrays)
            ]
            if places and len(places) * _FEW <= len(rows):
                self.found.overwritten[column] = places


def column_number(letters: str) -> int:
    """`A` is 1, `AA` is 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def _area(reference: str) -> tuple[int, int, int, int]:
    corners = re.findall(r"\$?([A-Za-z]{1,3})\$?(\d+)", reference)
    if not corners:
        return 0, 0, 0, 0
    (left, top), (right, bottom) = corners[0], corners[-1]
    return int(top), column_number(left), int(bottom), column_number(right)


def _inside(row: int, column: int, area: tuple[int, int, int, int]) -> bool:
    return area[0] <= row <= area[2] and area[1] <= column <= area[3]


def _true(text: str | None) -> bool:
    return text in ("1", "true")


def _whole(text: str | None) -> int:
    return int(text) if text and text.isdecimal() else 0
