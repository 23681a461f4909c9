"""What people write in the workbook: the cells for it, what of it is about no exception any more, what is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from xlsxwriter.utility import xl_col_to_name

from auditor.findings.decided import Decision, Standing
from auditor.languages import Text
from auditor.reports.columns import GONE, KEPT, MARK, PREFIX, WRITTEN, title_of
from auditor.reports.figures import is_count
from auditor.reports.model import Gone, Report
from auditor.reports.titles import finding_key, key_of
from auditor.reports.words import words
from auditor.reports.xlsx_cells import LINED, TONES, Sheet

TO_FILL_IN = "#fff6d6"  # the ground of cells that people write into
_ROOM = 200  # empty rows below the last one that the list of decisions reaches to


def machine_names(sheet: Sheet, columns: Sequence[tuple[str, int]]) -> None:
    """The hidden first row, by which the next run knows the columns whatever people call them and wherever they go."""
    sheet.columns([width for _, width in columns])
    sheet.hidden([PREFIX + name for name, _ in columns], sheet.row)
    for column, (name, width) in enumerate(columns):
        if name in (MARK, "seen"):
            sheet.raw.set_column(column, column, width, None, {"hidden": True})
    sheet.next()


def to_choose(sheet: Sheet, columns: Sequence[tuple[str, int]], last: int) -> None:
    """The list of decisions in its column, and a reviewer who decided himself in red."""
    names = [name for name, _ in columns]
    decision, by, reviewer = (names.index(name) for name in ("decision", "by", "reviewer"))
    source = [title.in_(sheet.lang) for title in words().families["decisions"].values()]
    sheet.raw.data_validation(2, decision, max(last, 2), decision, {"validate": "list", "source": source})
    one, other = (f"${xl_col_to_name(column)}3" for column in (by, reviewer))
    wrong = sheet.format(bg_color="#f6d5d5", font_color=TONES["high"])
    rule = {"type": "formula", "criteria": f'=AND({other}<>"",TRIM({other})=TRIM({one}))', "format": wrong}
    sheet.raw.conditional_format(2, reviewer, max(last, 2), reviewer, rule)


def written_cells(sheet: Sheet, decision: Decision | None) -> Mapping[str, str]:
    """What stands in the columns that people fill in."""
    if decision is None:
        return dict.fromkeys(WRITTEN, "")
    known = words().families["decisions"].get(decision.state)
    state = known.in_(sheet.lang) if known else decision.state
    return dict(zip(WRITTEN, (state, *decision.content[1:]), strict=True))


def standing_text(standing: Standing | None) -> Text | None:
    """What a decision is worth; of one that lapsed what it was, too."""
    if standing is None:
        return None
    title = words().of("standings", standing.word)
    if standing.word != "lapsed" or standing.decision is None:
        return title
    was = words().fill("lapsed_was", decision=decision_text(standing.decision))
    return Text(f"{title.en}. {was.en}", f"{title.zh}。{was.zh}")


def decision_text(decision: Decision) -> Text:
    """A decision in one line."""
    title = words().of("decisions", decision.state)
    rest = " ".join(text for text in decision.content[1:] if text)
    return Text(f"{title.en} {rest}".strip(), f"{title.zh} {rest}".strip())


def gone_sheet(sheet: Sheet, report: Report) -> None:
    """What is not found any more, with what was written about it: also a decision on an exception long gone is kept."""
    machine_names(sheet, GONE)
    sheet.header([title_of(name) for name, _ in GONE], [4])
    for gone in report.gone:
        _gone(sheet, gone)
        sheet.next()
    to_choose(sheet, GONE, sheet.row - 1)
    sheet.raw.print_area(1, 0, sheet.row - 1, len(GONE) - 2)
    sheet.printed(1)


def _gone(sheet: Sheet, gone: Gone) -> None:
    finding, decision = gone.finding, gone.decision
    about = finding or decision
    known = words()
    texts: dict[str, Text | str | None] = {
        "change": known.of("changes", gone.change),
        "code": about.code if about else None,
        "key": key_of(finding) if finding else finding_key(decision.key) if decision else None,
        "title": finding.title if finding else None,
        "currency": finding.currency if finding else None,
        "finding_id": finding.id if finding else decision.finding if decision else None,
        "seen": decision.seen if decision else None,
    }
    written = written_cells(sheet, decision)
    for column, (name, _) in enumerate(GONE):
        if name == "amount" and finding is not None:
            cell = sheet.count if is_count(finding) else sheet.money
            arguments: list[Any] = [finding.amount] if is_count(finding) else [finding.amount, finding.currency]
            cell(column, *arguments, **LINED)
        elif name in WRITTEN:
            sheet.persons(column, written[name], **LINED, bg_color=TO_FILL_IN)
        else:
            sheet.text(column, texts.get(name), **LINED)


def kept_sheet(sheet: Sheet, report: Report) -> None:
    """What people wrote and what has no place any more: nothing of it is lost, and the next run reads it again."""
    machine_names(sheet, KEPT)
    sheet.header([title_of(name) for name, _ in KEPT])
    for kept in report.result.decided.kept:
        decision = kept.decision
        texts: dict[str, Text | str] = {
            "why_kept": words().of("kept_reasons", kept.why),
            "code": decision.code,
            "key": decision.key,
            "finding_id": decision.finding,
            "seen": decision.seen,
        }
        written = {**written_cells(sheet, decision), "text": kept.text, "found_at": kept.place}
        for column, (name, _) in enumerate(KEPT):
            if name in written:
                sheet.persons(column, written[name], **LINED, bg_color=TO_FILL_IN)
            else:
                sheet.text(column, texts[name], **LINED)
        sheet.next()
    sheet.raw.print_area(1, 0, sheet.row - 1, len(KEPT) - 2)
    sheet.printed(1)
