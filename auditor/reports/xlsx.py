"""report.xlsx: summary, exceptions, a sheet for each statement, documents, coverage; in one language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, time
from pathlib import Path

import xlsxwriter

from auditor.findings.model import AuditResult
from auditor.languages import Text
from auditor.reports.build import report_of
from auditor.reports.columns import EXCEPTIONS, documents_mark, remembered
from auditor.reports.model import Form
from auditor.reports.words import words
from auditor.reports.xlsx_before import before_sheet
from auditor.reports.xlsx_cells import Formats, Sheet
from auditor.reports.xlsx_coverage import coverage_sheet, documents_sheet
from auditor.reports.xlsx_decisions import gone_sheet, kept_sheet
from auditor.reports.xlsx_sheets import exceptions_sheet
from auditor.reports.xlsx_statements import statement_sheet
from auditor.reports.xlsx_summary import summary_sheet

LONGEST_NAME = 31
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
FONTS = {"zh": "Microsoft YaHei", "en": "Arial"}
OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def write_xlsx(result: AuditResult, path: Path, lang: str) -> None:
    """Write the workbook in `lang`, zh or en. The same result gives the same bytes; money is exact or text."""
    report, known = report_of(result), words()
    with _book(result, path, lang, known["report"]) as book:
        formats = Formats(book)
        names: set[str] = set()
        sheets: list[Sheet] = []

        def sheet(title: Text | str) -> Sheet:
            name = sheet_name(title if isinstance(title, str) else title.in_(lang), names)
            sheets.append(Sheet(book, name, formats, lang))
            return sheets[-1]

        summary_sheet(sheet(known["sheet_summary"]), report)
        exceptions = sheet(known["sheet_exceptions"])
        exceptions_sheet(exceptions, report)
        if result.decided.kept:
            kept_sheet(sheet(known["sheet_kept"]), report)
        if report.gone:
            gone_sheet(sheet(known["sheet_gone"]), report)
        if result.carried is not None:
            before_sheet(sheet(known["sheet_before"]), result.carried)
        for form in report.forms:
            statement_sheet(sheet(_name_of(form, lang)), form, result)
        documents_sheet(sheet(known["sheet_documents"]), report)
        coverage_sheet(sheet(known["sheet_coverage"]), report)
        written = set().union(*(each.texts for each in sheets)) - {""}
        exceptions.hidden(remembered(_facts(result), written), 0, len(EXCEPTIONS))


def write_statements(result: AuditResult, path: Path, lang: str) -> None:
    """Write the statements alone as a workbook in `lang`, a sheet each. The same result gives the same bytes."""
    known, names = words(), set[str]()
    with _book(result, path, lang, known["statements"]) as book:
        formats = Formats(book)
        for form in report_of(result).forms:
            name = sheet_name(_name_of(form, lang), names)
            statement_sheet(Sheet(book, name, formats, lang), form, result)


@contextmanager
def _book(result: AuditResult, path: Path, lang: str, title: Text) -> Iterator[xlsxwriter.Workbook]:
    """A workbook of an audit, closed when the block ends."""
    look = {"font_name": FONTS[lang], "font_size": 10}
    book = xlsxwriter.Workbook(str(path), {**OPTIONS, "default_format_properties": look})
    try:
        # the file's own date is that of the period, since the clock would make every run differ
        book.set_properties(
            {
                "title": title.in_(lang),
                "subject": f"{result.audit.entity or ''} {result.audit.period[0].isoformat()[:7]}".strip(),
                "created": datetime.combine(result.audit.period[1], time()),
            }
        )
        yield book
    finally:
        book.close()


def _facts(result: AuditResult) -> dict[str, str]:
    """Of which audit the workbook is: by these the next run tells it from another's."""
    return {
        "entity": result.audit.entity or "",
        "period": "/".join(day.isoformat() for day in result.audit.period),
        "documents": documents_mark(result),
    }


def sheet_name(wanted: str, taken: set[str]) -> str:
    """A name that a workbook allows and that is not taken yet; it is added to `taken`."""
    plain = _NOT_IN_NAMES.sub(" ", wanted).strip().strip("'")[:LONGEST_NAME].rstrip(" '") or "-"
    name, number = plain, 1
    while name.casefold() in taken:
        number += 1
        tail = f" ({number})"
        name = plain[: LONGEST_NAME - len(tail)] + tail
    taken.add(name.casefold())
    return name


def _name_of(form: Form, lang: str) -> str:
    title = form.statement.form.sheet or form.statement.title
    return f"{title.in_(lang)} {form.statement.subject}".rstrip()
