"""The sheets of the workbook that say what was read and tested: documents, coverage."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from auditor.findings.model import AuditResult, RuleResult
from auditor.languages import Text
from auditor.reports.figures import count, counts_things
from auditor.reports.model import Report
from auditor.reports.proof_ranks import shown_status
from auditor.reports.titles import layout_title, record_title, tier_title
from auditor.reports.words import words
from auditor.reports.xlsx_cells import FAINT, LINED, MOST_ROWS, Sheet

MOST_PROBLEMS = 20


def documents_sheet(sheet: Sheet, report: Report) -> None:
    """Every file of the folder: rows seen = records + problems + ignored, proofs, and what is wrong with it."""
    known = words()
    names = (
        "path",
        "status",
        "layout",
        "record_types",
        "rows_seen",
        "rows_records",
        "rows_problems",
        "rows_ignored",
        "proofs",
        "problems",
        "ignored",
        "remarks",
        "sha256",
    )
    sheet.columns([46, 12, 22, 28, 10, 10, 9, 10, 24, 50, 40, 40, 20])
    sheet.header([known[name] for name in names], [4, 5, 6, 7])
    for document in report.result.documents[:MOST_ROWS]:
        sheet.text(0, document.path, **LINED)
        sheet.text(1, known.of("document_statuses", shown_status(document)), **LINED)
        sheet.text(2, layout_title(document.layout), **LINED)
        kinds = [f"{sheet.say(record_title(name))} {number}" for name, number in document.records.items()]
        sheet.text(3, "; ".join(kinds), **LINED)
        for column, name in enumerate(("seen", "records", "problems", "ignored"), 4):
            sheet.count(column, document.rows.get(name, 0), **LINED)
        sheet.text(8, "\n".join(_proof(sheet, each) for each in document.proofs), **LINED)
        sheet.text(9, "\n".join(problem[sheet.lang] for problem in document.problems[:MOST_PROBLEMS]), **LINED)
        ignored = [f"{i['reason'][sheet.lang]} × {i['count']} ({i['place']})" for i in document.ignored]
        remarks = [f"{r['text'][sheet.lang]} ({r['place']})" for r in document.remarks]
        sheet.text(10, "; ".join(ignored), bottom=4, border_color=FAINT)
        sheet.text(11, "; ".join(remarks), bottom=4, border_color=FAINT)
        sheet.text(12, document.sha256, bottom=4, border_color=FAINT)
        sheet.next()
    sheet.raw.autofilter(0, 0, max(sheet.row - 1, 0), len(names) - 1)
    sheet.raw.freeze_panes(1, 1)
    sheet.raw.print_area(0, 0, max(sheet.row - 1, 0), 9)
    sheet.printed(0)


def _proof(sheet: Sheet, proof: Mapping[str, Any]) -> str:
    said = f"{sheet.say(words().of('proof_names', proof['name']))} "
    said += sheet.say(words().of("proof_statuses", proof["status"]))
    return said if proof["status"] != "broken" else f"{said} {proof['where']}: {proof['detail'][sheet.lang]}"


def coverage_sheet(sheet: Sheet, report: Report) -> None:
    """Every rule with its populations: matched + explained + open = population, in count and amount."""
    known = words()
    names = (
        "duty",
        "title",
        "status",
        "reason",
        "exceptions",
        "side",
        "population",
        "matched",
        "explained",
        "open",
        "count",
    )
    sums = ("matched", "explained", "open", "total")
    heads: list[Text | str] = [known[name] for name in names]
    heads += [f"{sheet.say(known[name])} {sheet.say(known['amount'])}" for name in sums]
    sheet.columns([7, 34, 10, 26, 7, 9, 24, 9, 9, 9, 9, 15, 15, 15, 15, 60, 30])
    sheet.header([*heads, known["tiers"], known["rule"]], [4, *range(7, 15)])
    for duty in report.duties:
        for view in duty.rules:
            _rule_rows(sheet, view.rule, view.count, report.result)
    sheet.raw.autofilter(0, 0, max(sheet.row - 1, 0), 16)
    sheet.raw.freeze_panes(1, 2)
    sheet.raw.print_area(0, 0, max(sheet.row - 1, 0), 14)
    sheet.printed(0)


def _rule_rows(sheet: Sheet, rule: RuleResult, exceptions: int, result: AuditResult) -> None:
    known = words()
    for population in rule.populations or (None,):
        sheet.text(0, rule.duty, **LINED)
        sheet.text(1, rule.title, **LINED)
        sheet.text(2, known.of("rule_statuses", rule.status), **LINED)
        sheet.text(3, rule.reason, **LINED)
        sheet.count(4, exceptions, **LINED)
        if population is not None:
            sheet.text(5, known.of("sides", population.side), **LINED)
            sheet.text(6, record_title(population.records, result.titles), **LINED)
            p = population
            numbers = (p.matched, p.explained, p.open, p.count)
            amounts = (p.matched_amount, p.explained_amount, p.open_amount, p.amount)
            for column, number in enumerate(numbers, 7):
                sheet.count(column, number, **LINED)
            for column, amount in enumerate(amounts, 11):
                if counts_things(rule):
                    sheet.count(column, amount, **LINED)
                else:
                    sheet.money(column, amount, None, **LINED)
        tiers = [f"{sheet.say(tier_title(each))}: {count(each.count)}" for each in rule.passes]
        sheet.text(15, "; ".join(tiers), bottom=4, border_color=FAINT)
        sheet.text(16, rule.id, bottom=4, border_color=FAINT)
        sheet.next()
