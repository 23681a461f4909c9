"""Workbooks (xlsx, xlsm, xlsb, xls, ods): one grid a sheet, cells in one canonical text form, through calamine."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Sequence
from typing import Any

import pyarrow as pa
import python_calamine
from lxml import etree

from auditor.documents.errors import (
    DocumentError,
    EncryptedNotSupported,
    SheetNotRead,
    TruncatedFile,
)
from auditor.documents.pages import Grid, Note, NoteKind, ReadPages
from auditor.documents.readers.spreadsheet.biff import bytes_missing, examine_old
from auditor.documents.readers.spreadsheet.columns import text_columns
from auditor.documents.readers.spreadsheet.examined import Examined
from auditor.documents.readers.spreadsheet.ooxml import examine, refuse_doctypes, sheet_parts

_DAMAGED = (zipfile.BadZipFile, zlib.error, struct.error, etree.XMLSyntaxError, OSError, EOFError, ValueError)
_SHEET_TYPES = (python_calamine.SheetTypeEnum.WorkSheet, python_calamine.SheetTypeEnum.MacroSheet)


def read(data: bytes, *, form: str = "xlsx", passwords: Sequence[str] = ()) -> ReadPages:
    """All sheets, hidden and empty ones too. A sheet that fails is a problem; the others are read.

    `passwords` are tried in order if the workbook asks for one. Raises TruncatedFile, PasswordNeeded, WrongPassword,
    EncryptedNotSupported, ForbiddenMarkup.
    """
    opened = None
    if form == "xls":
        data, opened = _old_workbook(data, passwords)
    extras = _Extras(data, form)
    pages: list[Grid] = []
    problems: list[DocumentError] = []
    missing = bytes_missing(data) if form == "xls" else 0
    if missing:
        problems.append(TruncatedFile(format=form, reason=f"{missing} bytes are missing at its end, rows may be lost"))
    with opened or _opened(data, form) as workbook:
        for index, meta in enumerate(workbook.sheets_metadata):
            if meta.typ not in _SHEET_TYPES:
                continue  # a chart or dialog has no cells
            try:
                grid, problem = _sheet(workbook, index, meta, len(pages) + 1, extras)
            except _Failed as failure:
                missing_part = str(failure) == meta.name  # calamine then says the name alone
                reason = "its part of the workbook is missing" if missing_part else str(failure)
                problems.append(SheetNotRead(sheet=meta.name, reason=reason))
                continue
            pages.append(grid)
            problems += [problem] if problem else []
    if not pages and not problems:
        raise TruncatedFile(format=form, reason="no sheet with cells in it")
    return ReadPages(form, pages, tuple(problems))


class _Failed(Exception):
    """calamine's own words, whatever it raised."""


def _old_workbook(data: bytes, passwords: Sequence[str]) -> tuple[bytes, Any]:
    """An xls workbook and its bytes, both without the encryption that it may have inside."""
    try:
        return data, _opened(data, "xls")
    except (EncryptedNotSupported, TruncatedFile):  # calamine takes some encrypted ones for damaged
        from auditor.documents.readers.spreadsheet.encrypted import decrypted, is_encrypted

        if not is_encrypted(data):
            raise
        data = decrypted(data, passwords, form="xls")
        return data, _opened(data, "xls")


def _opened(data: bytes, form: str) -> Any:
    try:
        return _guarded(lambda: python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)))
    except python_calamine.PasswordError as error:
        raise EncryptedNotSupported(format=form) from error
    except _Failed as failure:
        raise TruncatedFile(format=form, reason=str(failure)) from failure


def _guarded(call: Any) -> Any:
    """Call into calamine. A panic of the Rust code is no `Exception`, yet costs one document only."""
    try:
        return call()
    except python_calamine.PasswordError:
        raise
    except (python_calamine.CalamineError, ValueError, OSError, OverflowError, MemoryError) as error:
        raise _Failed(str(error) or type(error).__name__) from error
    except BaseException as error:
        if type(error).__name__ == "PanicException":
            raise _Failed(str(error)) from error
        raise


def _sheet(
    workbook: Any, index: int, meta: Any, number: int, extras: _Extras
) -> tuple[Grid, DocumentError | None]:
    sheet = _guarded(lambda: workbook.get_sheet_by_index(index))
    table, kinds, notes = _guarded(lambda: _cells(sheet))
    found = extras.of(meta.name)
    table = _with_errors(table, found)
    if meta.visible != python_calamine.SheetVisibleEnum.Visible:
        notes.append(Note(NoteKind.HIDDEN_SHEET, 0, 0))
    grid = Grid(
        number,
        meta.name,
        table,
        pa.array(range(1, table.num_rows + 1), pa.int64()),
        merges=_merges(sheet),
        hidden_rows=frozenset(found.hidden_rows),
        hidden_columns=frozenset(column for column in found.hidden_columns if column <= table.num_columns),
        notes=(*notes, *found.notes()),
        kinds=kinds,
    )
    return grid, found.problem(meta.name)


def _cells(sheet: Any) -> tuple[pa.Table, dict[str, pa.Array], list[Note]]:
    """Table, kinds and notes, from row 1 and column A on, so that a table row's number is its place in the sheet."""
    if sheet.start is None:
        return pa.table({}), {}, []
    first_column = sheet.start[1]
    return text_columns(sheet.iter_rows(), first_column, 1)


def _merges(sheet: Any) -> tuple[tuple[int, int, int, int], ...]:
    ranges = sheet.merged_cell_ranges or []
    return tuple(sorted((top + 1, left + 1, bottom + 1, right + 1) for (top, left), (bottom, right) in ranges))


def _with_errors(table: pa.Table, found: Examined) -> pa.Table:
    """Cells that hold an error show it: calamine leaves them empty, and an empty amount is another thing."""
    places: dict[int, list[tuple[int, str]]] = {}
    for (row, column), text in found.errors.items():
        if row <= table.num_rows and column <= table.num_columns:
            places.setdefault(column - 1, []).append((row - 1, text))
    for column, cells in sorted(places.items()):
        texts = table.column(column).to_pylist()
        for row, text in cells:
            texts[row] = text
        table = table.set_column(column, f"c{column}", pa.array(texts, pa.string()))
    return table


class _Extras:
    """What a workbook says beside the values, sheet by sheet; nothing for ods and xlsb."""

    def __init__(self, data: bytes, form: str) -> None:
        self.archive: zipfile.ZipFile | None = None
        self.parts: dict[str, str] = {}
        self.old = examine_old(data) if form == "xls" else {}
        if form != "xlsx":
            return
        try:
            self.archive = zipfile.ZipFile(io.BytesIO(data))
            refuse_doctypes(self.archive)
            self.parts = sheet_parts(self.archive)
        except (*_DAMAGED, NotImplementedError, RuntimeError) as error:
            raise TruncatedFile(format="xlsx", reason=str(error) or type(error).__name__) from error

    def of(self, name: str) -> Examined:
        """What was found in the sheet of this name."""
        part = self.parts.get(name)
        if self.archive is None or part is None:
            return self.old.get(name) or Examined(skipped=self.archive is not None)
        try:
            return examine(self.archive, part)
        except _DAMAGED:
            return Examined(skipped=True)  # the values were read; the grid says that the rest was not looked at
