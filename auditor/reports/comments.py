"""The comments that people pin to the cells of a workbook, which no reader of documents looks for."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from lxml import etree

from auditor.documents.readers.spreadsheet.ooxml import sheet_parts

_CELL = re.compile(r"[A-Z]{1,3}([0-9]{1,7})")


def comments_in(data: bytes) -> Iterator[tuple[str, str, int, str]]:
    """The comments of an xlsx that was read before without an error: sheet, cell, row from 1, text."""
    if not zipfile.is_zipfile(io.BytesIO(data)):
        return
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for sheet, part in sheet_parts(archive).items():
            for target in _targets(archive, part):
                for comment in _tree(archive, target).iter("{*}comment"):
                    cell = _CELL.fullmatch(comment.get("ref", ""))
                    text = "".join(node.text or "" for node in comment.iter("{*}t")).strip()
                    if cell and text:
                        yield sheet, cell.group(), int(cell.group(1)), text


def _targets(archive: zipfile.ZipFile, part: str) -> list[str]:
    """The parts that hold the comments of a sheet."""
    folder, name = posixpath.split(part)
    relations = f"{folder}/_rels/{name}.rels"
    if relations not in archive.namelist():
        return []
    found = [
        posixpath.normpath(posixpath.join("/", folder, node.get("Target", ""))).lstrip("/")
        for node in _tree(archive, relations).iter("{*}Relationship")
        if node.get("Type", "").endswith("/comments")
    ]
    return [each for each in found if each in archive.namelist()]


def _tree(archive: zipfile.ZipFile, name: str) -> Any:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    return etree.fromstring(archive.read(name), parser)
