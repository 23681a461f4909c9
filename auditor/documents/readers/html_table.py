"""HTML tables: the `.xls` of many bank and office systems is a web page. Every table is a grid, by its cells' text.

Nothing is fetched: the page is parsed from memory. Pages saved as one file (MHTML) are unwrapped first.
"""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator
from typing import Any

import pyarrow as pa
from lxml import etree, html

from auditor.documents.cells import scientific_notes, table_of_rows
from auditor.documents.encodings import decode
from auditor.documents.errors import DocumentError, TruncatedFile
from auditor.documents.pages import Grid, Note, NoteKind, ReadPages

MOST_COLUMNS = 16_384
MOST_SPAN = 1_000_000
_CHARSET = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([A-Za-z0-9_\-]{2,20})""", re.IGNORECASE)
_CHINESE = {"gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "x-gbk": "gb18030", "big5": "big5hkscs"}
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*(hidden|collapse)", re.IGNORECASE)
Merge = tuple[int, int, int, int]


def read(data: bytes) -> ReadPages:
    """A grid for every table that holds cells of its own, in page order; a nested table follows its outer one.

    Rows count from 1 in each table. Raises UnknownEncoding, TruncatedFile for a page without any table.
    """
    problems: list[DocumentError] = []
    text = _text(_unwrapped(data), problems)
    grids: list[Grid] = []
    for table in _tables(text):
        grid = _grid(table, len(grids) + 1)
        if grid.rows:
            grids.append(grid)
    if not grids:
        raise TruncatedFile(format="html", reason="no table with cells")
    return ReadPages("html", grids, tuple(problems))


def _unwrapped(data: bytes) -> bytes:
    """The HTML part of a page saved as one file; the data itself if it is no such mail."""
    if b"mime-version:" not in data[:4096].lower():
        return data
    message = email.message_from_bytes(data, policy=email.policy.default)
    for part in message.walk():
        if part.get_content_type() == "text/html" and isinstance(body := part.get_payload(decode=True), bytes):
            charset = part.get_content_charset()
            named = f'<meta charset="{charset}">'.encode("ascii", "replace") if charset else b""
            if b"<table" in body.lower():
                return named + body
    return data


def _text(data: bytes, problems: list[DocumentError]) -> str:
    """By the page's own charset if the bytes bear it out (it often lies), else as for any text."""
    named = _CHARSET.search(data[:4096])
    if named:
        charset = named.group(1).decode("ascii").lower()
        try:
            return data.decode(_CHINESE.get(charset, charset))
        except (UnicodeDecodeError, LookupError):
            pass  # a lying charset: the bytes decide
    decoded = decode(data)
    problems += decoded.problems
    return decoded.text


def _tables(text: str) -> Iterator[Any]:
    parser = html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, huge_tree=True)
    # lxml refuses text that declares its encoding and characters that XML cannot hold.
    clean = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]|^\s*<\?xml[^>]*\?>", "", text)
    try:
        root = html.document_fromstring(clean, parser=parser)
    except (etree.ParserError, ValueError) as error:
        raise TruncatedFile(format="html", reason=str(error)) from error
    return root.iter("table") if root is not None else iter(())


def _grid(table: Any, number: int) -> Grid:
    rows: list[dict[int, str]] = []
    merges: list[Merge] = []
    hidden: set[int] = set()
    spans: dict[int, int] = {}  # column to the last row that a cell above still covers
    for row_number, row in enumerate(_own(table, "tr"), 1):
        cells: dict[int, str] = {}
        column = 1
        for cell in _own(row, "td", "th"):
            while spans.get(column, 0) >= row_number:
                column += 1
            if column > MOST_COLUMNS:
                break
            width = min(_span(cell, "colspan"), MOST_COLUMNS - column + 1)
            height = _span(cell, "rowspan")
            cells[column] = _cell_text(cell)
            if height > 1:
                spans.update(dict.fromkeys(range(column, column + width), row_number + height - 1))
            if width > 1 or height > 1:
                merges.append((row_number, column, row_number + height - 1, column + width - 1))
            column += width
        rows.append(cells)
        if _HIDDEN.search(row.get("style", "")) or row.get("hidden") is not None:
            hidden.add(row_number)
    return _as_grid(number, _caption(table), rows, merges, hidden)


def _as_grid(number: int, name: str, rows: list[dict[int, str]], merges: list[Merge], hidden: set[int]) -> Grid:
    width = max((max(cells, default=0) for cells in rows), default=0)
    if not width:
        rows = []
    texts = table_of_rows([cells.get(column) for column in range(1, width + 1)] for cells in rows)
    numbers = pa.array(range(1, len(rows) + 1), pa.int64())
    last = len(rows)
    fitting = tuple(sorted((top, left, min(bottom, last), right) for top, left, bottom, right in merges))
    notes = [Note(NoteKind.HIDDEN_ROW, row, 0) for row in sorted(hidden)]
    notes += scientific_notes(texts, numbers)
    return Grid(number, name, texts, numbers, merges=fitting, hidden_rows=frozenset(hidden), notes=tuple(notes))


def _own(node: Any, *tags: str) -> Iterator[Any]:
    """Descendants of these tags that do not belong to a table inside `node`. Unclosed tags nest deep: no recursion."""
    waiting = list(reversed(node))
    while waiting:
        child = waiting.pop()
        if child.tag in tags:
            yield child
        elif child.tag != "table" and isinstance(child.tag, str):
            waiting += reversed(child)


def _cell_text(cell: Any) -> str:
    """The text of a cell without that of tables, scripts and styles in it; a line break where the page has one."""
    return re.sub(r"[ \t\r\n]*\n[ \t\r\n]*", "\n", "".join(_runs(cell)).replace("\xa0", " ")).strip()


def _runs(cell: Any) -> Iterator[str]:
    waiting: list[Any] = [cell]
    while waiting:
        item = waiting.pop()
        if isinstance(item, str):
            yield item
            continue
        yield _one_blank(item.text)
        for child in reversed(item):
            waiting.append(_one_blank(child.tail))
            if child.tag == "br":
                waiting.append("\n")
            elif isinstance(child.tag, str) and child.tag not in ("table", "script", "style"):
                waiting.append(child)


def _one_blank(text: str | None) -> str:
    return re.sub(r"\s+", " ", text) if text else ""


def _span(cell: Any, name: str) -> int:
    text = (cell.get(name) or "").strip()
    return min(max(int(text), 1), MOST_SPAN) if text.isdecimal() and len(text) < 10 else 1


def _caption(table: Any) -> str:
    caption = next((child for child in table if child.tag == "caption"), None)
    return _cell_text(caption) if caption is not None else ""
