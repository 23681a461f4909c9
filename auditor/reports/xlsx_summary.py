"""The first sheet of the workbook: the first page of the report."""

from __future__ import annotations

from collections.abc import Sequence

from auditor.languages import Text
from auditor.reports.figures import count
from auditor.reports.forms import tie_text
from auditor.reports.front import asides, involved
from auditor.reports.model import Report, Share
from auditor.reports.sets import sets_in_words
from auditor.reports.titles import key_of, parameter_text, time_text
from auditor.reports.words import words
from auditor.reports.xlsx_cells import LINED, TONES, Sheet, signer, tie_tone

_MOST_DOCUMENTS = 10  # that a row names
_TONE = {"open": TONES["high"], "incomplete": TONES["medium"], "clear": TONES["good"]}


def summary_sheet(sheet: Sheet, report: Report) -> None:
    """Verdict, tie-out, money by kind, largest exceptions, numbers, coverage, what was not read, parameters."""
    sheet.columns([44, 14, 24, 20, 18, 18, 16, 32])
    _head(sheet, report)
    _ties(sheet, report)
    _money(sheet, report)
    _top(sheet, report)
    _numbers(sheet, report)
    _coverage(sheet, report)
    _broken(sheet, report)
    _unread(sheet, report)
    _untested(sheet, report)
    _parameters(sheet, report)
    _sign(sheet, report.result.headlines.signers)
    sheet.printed()


def _head(sheet: Sheet, report: Report) -> None:
    known, audit, front = words(), report.result.audit, report.front
    sheet.text(
        0,
        f"{audit.entity or sheet.say(known['entity_unknown'])}  {sheet.say(known['report'])}",
        bold=True,
        font_size=16,
    )
    sheet.next()
    facts = (
        ("period", f"{audit.period[0].isoformat()} – {audit.period[1].isoformat()}"),
        ("run_at", time_text(audit.run_at)),
        ("rule_set", sets_in_words(audit)),
        ("program", f"auditor {audit.auditor}"),
    )
    for name, value in facts:
        sheet.text(0, known[name], font_color=TONES["info"])
        sheet.text(1, value)
        sheet.next()
    sheet.heading(known["can_we_close"])
    sheet.text(0, front.verdict.title, bold=True, font_size=18, font_color=_TONE[front.verdict.state])
    sheet.next()
    for reason in front.verdict.reasons:
        sheet.text(0, reason)
        sheet.next()
    sheet.next()
    sheet.header([known["open_exceptions"], *(share.title for share in front.severities)], [1, 2, 3])
    sheet.text(0, count(front.open), bold=True)
    for column, share in enumerate(front.severities, 1):
        sheet.count(column, share.count, bold=True, font_color=TONES[share.word])
    sheet.next()
    for text in asides(report):
        sheet.text(0, text, font_size=9, font_color=TONES["info"])
        sheet.next()


def _untested(sheet: Sheet, report: Report) -> None:
    """The papers that no rule tested, by kind."""
    known, untested = words(), report.result.untested
    if not untested:
        return
    sheet.heading(known["untested_papers"])
    sheet.header([known["paper_kind"], known["count"], known["path"]], [1])
    for each in untested:
        sheet.text(0, each.kind, **LINED)
        sheet.count(1, each.count, **LINED)
        sheet.text(2, ", ".join(each.documents[:_MOST_DOCUMENTS]), **LINED)
        sheet.next()
    sheet.text(0, known["untested_note"], font_size=9, font_color=TONES["info"])
    sheet.next()


def _ties(sheet: Sheet, report: Report) -> None:
    known = words()
    sheet.heading(known["tie_out"])
    names = ("account", "currency", "item", "evidence_balance", "book_balance", "gap", "unexplained", "status")
    sheet.header([known[name] for name in names], [3, 4, 5, 6])
    for tie in report.front.ties:
        statement = tie.statement
        sheet.text(0, statement.subject, bold=True, **LINED)
        sheet.text(1, statement.currency or report.result.audit.currency, **LINED)
        sheet.text(2, statement.title, **LINED)
        sheet.money(3, tie.evidence, statement.currency, **LINED)
        sheet.money(4, tie.book, statement.currency, **LINED)
        sheet.money(5, tie.gap, statement.currency, signed=True, **LINED)
        sheet.money(6, tie.unexplained, statement.currency, signed=True, bold=True, **LINED)
        sheet.text(7, tie_text(statement), font_color=tie_tone(statement), bold=True, **LINED)
        sheet.next()


def _money(sheet: Sheet, report: Report) -> None:
    known = words()
    sheet.heading(known["money_at_stake"])
    sheet.header([known[name] for name in ("kind", "currency", "codes", "exceptions", "gross", "net")], [3, 4, 5])
    for row in report.front.money:
        sheet.text(0, row.title, **LINED)
        sheet.text(1, row.currency, **LINED)
        sheet.text(2, " ".join(row.codes), font_size=9, **LINED)
        sheet.count(3, row.count, **LINED)
        sheet.money(4, row.gross, row.currency, bold=True, **LINED)
        sheet.money(5, row.net, row.currency, signed=True, **LINED)
        sheet.next()
    for row in report.front.money_totals:
        sheet.text(0, known["money_total"], bold=True)
        sheet.text(1, row.currency)
        sheet.count(3, row.count)
        sheet.money(4, row.gross, row.currency, bold=True)
        sheet.money(5, row.net, row.currency, signed=True, bold=True)
        sheet.next()
    for note in ("money_note", "difference_note"):
        sheet.text(0, known[note], font_size=9, font_color=TONES["info"])
        sheet.next()


def _top(sheet: Sheet, report: Report) -> None:
    known = words()
    sheet.heading(known["top_exceptions"])
    sheet.header([known[n] for n in ("key", "code", "title", "party_name", "amount", "difference", "severity")], [4, 5])
    for finding in report.front.top:
        sheet.text(0, key_of(finding), **LINED)
        sheet.text(1, finding.code, **LINED)
        sheet.text(2, finding.title, **LINED)
        sheet.text(3, finding.party_name or finding.party, **LINED)
        sheet.money(4, involved(finding), finding.currency, bold=True, **LINED)
        sheet.money(5, finding.difference, finding.currency, signed=True, **LINED)
        mark = known.marks.get(finding.severity, "")
        sheet.text(6, f"{mark} {sheet.say(known.of('severities', finding.severity))} {finding.currency or ''}", **LINED)
        sheet.next()


def _numbers(sheet: Sheet, report: Report) -> None:
    known = words()
    sheet.heading(known["missing_numbers"])
    for row in report.front.numbers:
        sheet.text(0, row.title, **LINED)
        sheet.text(1, " ".join(row.codes), font_size=9, **LINED)
        sheet.text(2, ", ".join(sheet.say(key_of(finding)) for finding in row.findings))
        sheet.next()
    if not report.front.numbers:
        sheet.text(0, known["no_numbers"])
        sheet.next()


def _coverage(sheet: Sheet, report: Report) -> None:
    known, cover = words(), report.front.coverage
    sheet.heading(known["coverage"])
    rows: tuple[tuple[str, Sequence[Share]], ...] = (
        ("documents", cover.documents),
        ("proofs", cover.proofs),
        ("rules", cover.rules),
        ("tiers", cover.tiers),
    )
    for name, shares in rows:
        sheet.text(0, known[name], **LINED)
        sheet.text(1, "    ".join(f"{sheet.say(share.title)} {count(share.count)}" for share in shares))
        sheet.next()
    figures = cover.rows
    parts = ("rows_records", "rows_problems", "rows_ignored")
    sheet.text(0, known["rows_seen"], **LINED)
    sheet.text(
        1,
        f"{count(figures['seen'])} = "
        + " + ".join(f"{count(figures[part.removeprefix('rows_')])} {sheet.say(known[part])}" for part in parts),
    )
    sheet.next()
    for rule in cover.idle:
        sheet.text(0, rule.title, **LINED)
        sheet.text(1, known.of("rule_statuses", rule.status), font_color=TONES["medium"], **LINED)
        sheet.text(2, rule.reason)
        sheet.next()


def _broken(sheet: Sheet, report: Report) -> None:
    known = words()
    if not report.front.broken:
        return
    sheet.heading(known["broken_documents"])
    for document in report.front.broken:
        wrong = [proof for proof in document.proofs if proof["status"] == "broken"]
        sheet.text(0, document.path, **LINED)
        sheet.text(1, known.fill("proofs_broken", n=len(wrong)), font_color=TONES["high"], **LINED)
        names = dict.fromkeys(sheet.say(known.of("proof_names", proof["name"])) for proof in wrong)
        sheet.text(2, "; ".join([*names, wrong[0]["detail"][sheet.lang]]))
        sheet.next()


def _unread(sheet: Sheet, report: Report) -> None:
    known = words()
    sheet.heading(known["not_read"])
    for each in report.front.unread:
        sheet.text(0, each.document.path, **LINED)
        sheet.text(1, known.of("document_statuses", each.document.status), font_color=TONES["medium"], **LINED)
        first = each.document.problems[0][sheet.lang].splitlines()[0] if each.document.problems else ""
        more = sheet.say(known.fill("may_explain", n=len(each.findings))) if each.findings else ""
        sheet.text(2, " ".join(part for part in (first, more) if part))
        sheet.next()
    if not report.front.unread:
        broken = len(report.front.broken)
        sheet.text(0, known.fill("all_read_broken", n=broken) if broken else known["all_read"])
        sheet.next()


def _parameters(sheet: Sheet, report: Report) -> None:
    known, audit = words(), report.result.audit
    sheet.heading(known["parameters"])
    sheet.header([known["parameter"], known["value"], known["name"], known["source"]])
    for name, title, value, overridden in audit.parameters:
        sheet.text(0, title, **LINED)
        sheet.text(1, parameter_text(value), **LINED)
        sheet.text(2, name, **LINED)
        sheet.text(3, known["overridden" if overridden else "default"], **LINED)
        sheet.next()
    sheet.text(0, known["sha256"])
    sheet.text(1, audit.rules_sha256)
    sheet.next()


def _sign(sheet: Sheet, signers: Sequence[Text]) -> None:
    known = words()
    sheet.heading(known["sign_off"])
    for place, role in enumerate(("prepared", "reviewed", "approved")):
        sheet.next()
        sheet.text(0, signer(sheet, role, signers, place), bottom=1)
        sheet.text(1, None, bottom=1)
        sheet.text(2, known["date"], bottom=1)
        sheet.next()
