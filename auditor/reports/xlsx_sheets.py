"""The sheets of the workbook that people work on: exceptions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from auditor.findings.decisions import fingerprint
from auditor.findings.model import EarlierFinding, Finding, RecordRef
from auditor.languages import Text
from auditor.reports.columns import EXCEPTIONS, FIGURES, MARK, PRINTED, WRITTEN, title_of
from auditor.reports.evidence import field_proofs, nears_of, place_text
from auditor.reports.figures import figure_text, is_count
from auditor.reports.front import kind_of
from auditor.reports.model import Report
from auditor.reports.titles import field_title, key_of
from auditor.reports.words import words
from auditor.reports.xlsx_cells import LINED, MOST_ROWS, SOFT, TONES, Sheet
from auditor.reports.xlsx_decisions import TO_FILL_IN, machine_names, standing_text, to_choose, written_cells

MOST_PLACES = 20


def exceptions_sheet(sheet: Sheet, report: Report) -> None:
    """Every exception, also those folded under others, one a row; the header stays and filters."""
    names = [name for name, _ in EXCEPTIONS]
    machine_names(sheet, EXCEPTIONS)
    sheet.header([title_of(name) for name in names], [i for i, name in enumerate(names) if name in FIGURES])
    sheet.comment(1, names.index(WRITTEN[0]), words()["decision_note"])
    findings = report.result.findings
    shown = {finding.id: sheet.say(key_of(finding)) for finding in findings}
    keys = {finding.id: f"{finding.code} {shown[finding.id]}" for finding in findings}
    for number, finding in enumerate(findings[:MOST_ROWS], 1):
        _exception(sheet, number, finding, keys, report)
        sheet.next()
    last = max(sheet.row - 1, 1)
    to_choose(sheet, EXCEPTIONS, last)
    sheet.raw.autofilter(1, 0, last, len(names) - 1)
    sheet.raw.freeze_panes(2, names.index("key") + 1)
    sheet.raw.print_area(1, 1, last, PRINTED)
    sheet.printed(1)
    if len(findings) > MOST_ROWS:
        sheet.text(1, words().fill("too_many_rows", n=len(findings) - MOST_ROWS))


def _exception(sheet: Sheet, number: int, finding: Finding, keys: Mapping[str, str], report: Report) -> None:
    known = words()
    look = dict(LINED)
    if finding.status == "derived":
        look["font_color"] = "#6b7683"
    writers: dict[str, Callable[[int], None]] = {
        MARK: lambda c: sheet.text(c, f"{finding.id} {fingerprint(finding)}"),
        "number": lambda c: sheet.count(c, number, **look),
        "severity": lambda c: sheet.text(
            c,
            f"{known.marks.get(finding.severity, '')} " + sheet.say(known.of("severities", finding.severity)),
            **{**look, "font_color": TONES.get(finding.severity, SOFT)},
        ),
        "difference": lambda c: _figure(sheet, c, finding, signed=True, **look),
        "amount": lambda c: _figure(sheet, c, finding, signed=False, **look),
        "date": lambda c: sheet.day(c, finding.date, **look),
        "kind": lambda c: sheet.text(c, kind_of(finding, report.result.headlines.kinds), **look),
    }
    texts = _texts(sheet, finding, keys)
    standing = report.result.decided.standings.get(finding.id)
    texts["standing"] = standing_text(standing)
    written = written_cells(sheet, report.result.decided.decisions.get(finding.id))
    if report.result.changes is not None and finding.status in ("open", "carried"):
        texts["change"] = known.of("changes", "new" if finding.id in report.new else "open")
    for column, (name, _) in enumerate(EXCEPTIONS):
        if name in writers:
            writers[name](column)
        elif name in WRITTEN:
            sheet.persons(column, written[name], **look, bg_color=TO_FILL_IN)
        else:
            sheet.text(column, texts.get(name), **{**look, "text_wrap": column <= PRINTED})


def _texts(sheet: Sheet, finding: Finding, keys: Mapping[str, str]) -> dict[str, Text | str | None]:
    known = words()
    derived = finding.derived_from or ""
    return {
        "code": finding.code,
        "title": finding.title,
        "key": key_of(finding),
        "party": finding.party,
        "party_name": finding.party_name,
        "field": field_title(finding.field, _type_of(finding)) if finding.field else None,
        "expected": figure_text(finding.expected),
        "actual": figure_text(finding.actual),
        "currency": finding.currency,
        "unit": _unit(finding),
        "explanation": finding.explanation,
        "hint": finding.hint,
        "nearest": _nearest(finding, sheet),
        "status": known.of("finding_statuses", finding.status),
        "derived_from": keys.get(derived, derived.removeprefix("document:")),
        "owner": finding.owner,
        "duty": finding.duty,
        "left_place": _places(finding, sheet, "left"),
        "right_place": _places(finding, sheet, "right"),
        "rule": finding.rule,
        "rule_version": str(finding.rule_version),
        "finding_id": finding.id,
    }


def _unit(finding: Finding) -> Text | None:
    """What its figures are, if it has any."""
    if finding.difference is None and finding.amount is None:
        return None
    return words().of("figures", finding.unit)


def _type_of(finding: Finding) -> str | None:
    return finding.records[0].type if finding.records else None


def _figure(sheet: Sheet, column: int, finding: Finding, *, signed: bool, **look: Any) -> None:
    amount_cell(sheet, column, finding.difference if signed else finding.amount, finding, signed=signed, **look)


def amount_cell(
    sheet: Sheet,
    column: int,
    value: Decimal | None,
    of: Finding | EarlierFinding | None,
    *,
    signed: bool = False,
    **look: Any,
) -> None:
    if of is not None and is_count(of):
        sheet.count(column, value, signed=signed, **look)
    else:
        sheet.money(column, value, of.currency if of else None, signed=signed, **look)


def _nearest(finding: Finding, sheet: Sheet) -> str:
    lines = []
    for near in nears_of(finding):
        fails = [f"{sheet.say(f.title)} {sheet.say(f.left)} ≠ {sheet.say(f.right)}" for f in near.fails]
        lines.append("; ".join([sheet.say(near.key), *fails]))
    return " | ".join(lines)


def _places(finding: Finding, sheet: Sheet, side: str) -> str:
    places = [_place(finding, record, sheet) for record in finding.records if record.side == side]
    return "; ".join(places[:MOST_PLACES]) + (" …" if len(places) > MOST_PLACES else "")


def _place(finding: Finding, record: RecordRef, sheet: Sheet) -> str:
    """Where a record stands, and what is proved of the fields that the finding rests on."""
    states = words().families["row_proofs"]
    found = field_proofs(record, finding)
    said = [f"{sheet.say(each.title)} {sheet.say(states[each.state])}" for each in found]
    return f"{sheet.say(place_text(record))} [{', '.join(said)}]" if said else sheet.say(place_text(record))
