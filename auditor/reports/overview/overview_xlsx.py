"""overview.xlsx: the months of a batch, what is at stake by currency, and what was not audited; in one language."""

from __future__ import annotations

from datetime import date, datetime, time

import xlsxwriter

from auditor.languages import Text
from auditor.reports.overview.model import COUNTED, Month, MonthSummary, Overview
from auditor.reports.titles import time_text
from auditor.reports.words import words
from auditor.reports.xlsx import FONTS, OPTIONS
from auditor.reports.xlsx_cells import LINED, TONES, Formats, Sheet

_TONE = {"open": TONES["high"], "incomplete": TONES["medium"], "clear": TONES["good"], "failed": TONES["high"]}


def write_overview_xlsx(overview: Overview, path: object, lang: str) -> None:
    """Write the workbook in `lang`, zh or en. The same overview gives the same bytes."""
    known = words()
    look = {"font_name": FONTS[lang], "font_size": 10}
    book = xlsxwriter.Workbook(str(path), {**OPTIONS, "default_format_properties": look})
    try:
        # the file's own date is that of the last day audited, since the clock would make every run differ
        days = [each.summary.period[1] for each in overview.months if each.summary]
        made = datetime.combine(date.fromisoformat(max(days, default="2000-01-01")), time())
        book.set_properties({"title": known["overview"].in_(lang), "subject": overview.title, "created": made})
        formats = Formats(book)
        _months(Sheet(book, known["sheet_months"].in_(lang), formats, lang), overview)
        _money(Sheet(book, known["money_at_stake"].in_(lang), formats, lang), overview)
        _not_audited(Sheet(book, known["sheet_not_audited"].in_(lang), formats, lang), overview)
    finally:
        book.close()


def _months(sheet: Sheet, overview: Overview) -> None:
    known = words()
    sheet.columns([34, 12, 18, 9, 9, 9, 12, 12, 12, 14, 60, 30])
    sheet.text(0, f"{overview.title}  {sheet.say(known['overview'])}", bold=True, font_size=16)
    sheet.next()
    sheet.text(0, known.fill("run_line", at=time_text(overview.run_at), program=f"auditor {overview.auditor}"))
    sheet.next()
    sheet.next()
    heads = ("entity", "period", "can_we_close")
    more = ("documents", "not_read_n", "questions_n", "not_run_n", "reason", "folder")
    names = [*(known[name] for name in heads), *(known.of("severities", word) for word in COUNTED)]
    head = sheet.row
    sheet.header([*names, *(known[name] for name in more)], range(3, 10))
    for month in overview.months:
        _month(sheet, month)
    sheet.raw.freeze_panes(head + 1, 2)
    sheet.printed(head)


def _month(sheet: Sheet, month: Month) -> None:
    known, summary = words(), month.summary
    sheet.text(0, month.entity, bold=True, **LINED)
    sheet.text(1, month.label, **LINED)
    tone = _TONE[month.state]
    if summary is None:
        sheet.text(2, known.of("overview_states", "failed"), bold=True, font_color=tone, **LINED)
        for column in range(3, 10):
            sheet.text(column, None, **LINED)
        said = (month.error or {}).get(sheet.lang)
        sheet.text(10, str(said or ""), **LINED)
    else:
        sheet.text(2, summary.verdict_title, bold=True, font_color=tone, **LINED)
        counts = [*(summary.open.get(word, 0) for word in COUNTED), *_counts(summary)]
        for column, number in enumerate(counts, 3):
            sheet.count(column, number, **LINED)
        sheet.text(10, "\n".join(sheet.say(each) for each in (*summary.reasons, *month.remarks)), **LINED)
    sheet.text(11, month.folder, **LINED)
    sheet.next()


def _counts(summary: MonthSummary) -> tuple[int, ...]:
    return summary.documents, len(summary.unread), summary.questions, len(summary.not_run)


def _money(sheet: Sheet, overview: Overview) -> None:
    known = words()
    sheet.columns([34, 12, 10, 12, 20, 20])
    head = sheet.row
    names = ("entity", "period", "currency", "exceptions", "gross", "net")
    sheet.header([known[name] for name in names], (3, 4, 5))
    for month in overview.months:
        for row in month.summary.money if month.summary else ():
            sheet.text(0, month.entity, **LINED)
            sheet.text(1, month.label, **LINED)
            sheet.text(2, row.currency, **LINED)
            sheet.count(3, row.count, **LINED)
            sheet.money(4, row.gross, row.currency, **LINED)
            sheet.money(5, row.net, row.currency, signed=True, **LINED)
            sheet.next()
    sheet.raw.freeze_panes(head + 1, 0)
    sheet.printed(head)


def _not_audited(sheet: Sheet, overview: Overview) -> None:
    """Rules that were not run, documents that were not read, and what is wrong with folders."""
    known = words()
    sheet.columns([34, 12, 22, 44, 70])
    head = sheet.row
    sheet.header([known[name] for name in ("entity", "period", "kind", "title", "reason")])

    def row(entity: str, month: str, kind: Text, what: Text | str, why: Text | str | None) -> None:
        for column, each in enumerate((entity, month, kind, what, why)):
            sheet.text(column, each, **LINED)
        sheet.next()

    for month in overview.months:
        if month.summary is None:
            said = str((month.error or {}).get(sheet.lang) or "")
            row(month.entity, month.label, known.of("overview_states", "failed"), month.folder, said)
            continue
        for path in month.summary.unread:
            row(month.entity, month.label, known["not_read_n"], path, None)
        for rule in month.summary.not_run:
            title = Text(f"{rule.duty} {rule.title.en}", f"{rule.duty} {rule.title.zh}")
            row(month.entity, month.label, known.of("rule_statuses", rule.status), title, rule.reason)
    for problem in overview.problems:
        row("", "", known["folder"], str(problem.get("place") or ""), str(problem[sheet.lang]))
    for remark in overview.remarks:
        row("", "", known["remarks"], remark, None)
    sheet.raw.freeze_panes(head + 1, 0)
    sheet.printed(head)
