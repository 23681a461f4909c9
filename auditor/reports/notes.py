"""What people have written into an earlier report.xlsx beside its exceptions, so that the next run can keep it."""

from __future__ import annotations

from pathlib import Path

from auditor.documents.pages import Grid
from auditor.documents.readers.spreadsheet import read
from auditor.errors import AuditorError
from auditor.findings.model import Note
from auditor.languages import Text
from auditor.reports.errors import NotesUnreadable
from auditor.reports.words import words

WRITTEN = ("handling", "handled_by", "handled_on")  # the columns that people fill in
_NAMED = ("finding_id", "code", "key")


def notes_of(workbook: Path) -> tuple[Note, ...]:
    """The notes of a report.xlsx in the order of its sheets and rows, one an exception; none if there is no such file.

    Any sheet counts that has the columns of WRITTEN and the number of the exception, in either language and wherever
    its header stands, so a workbook that was sorted, filtered or rearranged is understood. Raises NotesUnreadable
    where the workbook cannot be read: the next run would take its place.
    """
    if not workbook.is_file():
        return ()
    try:
        pages = read(workbook.read_bytes())
    except OSError as error:
        raise NotesUnreadable(None, str(workbook), reason=error.strerror or type(error).__name__) from error
    except AuditorError as error:
        raise NotesUnreadable(None, str(workbook), reason=_said(error)) from error
    for problem in pages.problems:
        raise NotesUnreadable(None, str(workbook), reason=_said(problem)) from problem
    found: dict[str, Note] = {}
    for page in pages.pages:
        if isinstance(page, Grid):
            for note in _sheet(page):
                found.setdefault(note.finding, note)
    return tuple(found.values())


def _said(problem: Exception) -> Text | str:
    return Text(problem.summary("en"), problem.summary("zh")) if isinstance(problem, AuditorError) else str(problem)


def _sheet(page: Grid) -> list[Note]:
    notes: list[Note] = []
    columns: dict[str, int] = {}
    for row in page.head(page.rows):
        texts = [(cell or "").strip() for cell in row]
        header = _header(texts)
        if header:
            columns = header
            continue
        values = {name: texts[index] for name, index in columns.items()}
        if values.get("finding_id") and any(values.get(name) for name in WRITTEN):
            notes.append(
                Note(
                    finding=values["finding_id"],
                    code=values.get("code", ""),
                    key=values.get("key", ""),
                    text=values.get("handling", ""),
                    by=values.get("handled_by", ""),
                    on=values.get("handled_on", ""),
                )
            )
    return notes


def _header(texts: list[str]) -> dict[str, int]:
    """Where the columns stand, if this row is a header; else nothing."""
    found: dict[str, int] = {}
    for name in (*_NAMED, *WRITTEN):
        title = words()[name]
        places = [index for index, text in enumerate(texts) if text in (title.en, title.zh)]
        if places:
            found[name] = places[0]
    return found if {"finding_id", "handling"} <= found.keys() else {}
