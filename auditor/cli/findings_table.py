"""The exceptions at the end of a run: a line each, runs of one code in one line, no longer than the screen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING

from rich.table import Table

from auditor.cli.speech import LANGUAGE, say

if TYPE_CHECKING:
    from rich.console import Console

    from auditor.findings.model import EarlierFinding, Finding

SEVERITIES = {"high": ("high", "高"), "medium": ("medium", "中"), "low": ("low", "低"), "info": ("info", "提示")}
MOST_ROWS = 100  # where nobody watches a terminal
LONGEST_RUN = 3  # exceptions of one code that stand in a line each
_BESIDE = 14  # lines of a screen that the rest of what a run says needs
_LEAST = 8


@dataclass(frozen=True, slots=True)
class _Line:
    findings: tuple[Finding, ...]  # one, or a run of one code
    cells: tuple[str, ...]


def print_findings(console: Console, findings: Sequence[Finding], new: frozenset[str], *, marked: bool) -> None:
    """The table of exceptions; `marked` with what is new since the last run. What has no room is counted."""
    room = max(_LEAST, console.height - _BESIDE) if console.is_terminal else MOST_ROWS
    lines = [*_lines(findings, new, LONGEST_RUN)]
    if len(lines) > room:
        lines = [*_lines(findings, new, 1)]
    shown = lines[:room]
    places = range(7 if marked else 6)
    heads = [
        say("Code", "代码"),
        say("Severity", "级别"),
        say("Document", "单据"),
        say("Exception", "例外"),
        say("Difference", "差异"),
        say("Amount", "金额"),
        say("Since", "变化"),
    ]
    rows = [[heads[place] for place in places], *([line.cells[place] for place in places] for line in shown)]
    _print(console, rows)
    more = sum(len(line.findings) for line in lines[room:])
    if more:
        console.print(say(f"… and {more} more: see the report", f"…… 另有 {more} 项，见报告"))


def amount_of(finding: Finding | EarlierFinding) -> str:
    """The amount that an exception involves, with its currency where that is a foreign one."""
    return "" if finding.amount is None else _figure(finding.amount, finding)


def key_of(finding: Finding | EarlierFinding) -> str:
    """What an exception is called."""
    from auditor.reports.titles import key_of as spoken_key

    return spoken_key(finding).in_(LANGUAGE)


def _print(console: Console, rows: Sequence[Sequence[str]]) -> None:
    if not console.is_terminal:
        for row in rows:
            console.print("\t".join(row), markup=False)
        return
    table = Table(box=None, pad_edge=False)
    for place, head in enumerate(rows[0]):
        cut = "ellipsis" if place in (2, 3) else "fold"
        right = "right" if place in (4, 5) else "left"
        table.add_column(head, justify=right, no_wrap=True, overflow=cut)  # type: ignore[arg-type]
    for row in rows[1:]:
        table.add_row(*(cell.replace("[", r"\[") for cell in row))
    console.print(table)


def _lines(findings: Sequence[Finding], new: frozenset[str], longest: int) -> Iterator[_Line]:
    for _, group in groupby(findings, key=lambda each: (each.severity, each.code, each.rule)):
        run = tuple(group)
        if len(run) > longest:
            yield _Line(run, _run_cells(run, new))
        else:
            yield from (_Line((each,), _cells(each, new)) for each in run)


def _cells(finding: Finding, new: frozenset[str]) -> tuple[str, ...]:
    difference = "" if finding.difference is None else _signed(finding.difference, finding)
    return (
        finding.code,
        say(*SEVERITIES[finding.severity]),
        key_of(finding),
        finding.title.in_(LANGUAGE),
        difference,
        amount_of(finding),
        say("new", "新增") if finding.id in new else "",
    )


def _run_cells(run: Sequence[Finding], new: frozenset[str]) -> tuple[str, ...]:
    """How many, from which to which, and what they come to if that can be added up."""
    first = run[0]
    added = len({(each.unit, each.currency) for each in run if each.amount is not None}) == 1
    differences = [each.difference for each in run if each.difference is not None]
    amounts = [each.amount for each in run if each.amount is not None]
    one = next((each for each in run if each.amount is not None), first)
    fresh = sum(each.id in new for each in run)
    return (
        first.code,
        say(*SEVERITIES[first.severity]),
        f"{key_of(first)} … {key_of(run[-1])}",
        f"{first.title.in_(LANGUAGE)} × {len(run)}",
        _signed(sum(differences, Decimal(0)), one) if added and differences else "",
        _figure(sum(amounts, Decimal(0)), one) if added and amounts else "",
        say(f"{fresh} new", f"新增 {fresh}") if fresh else "",
    )


def _signed(value: Decimal, finding: Finding) -> str:
    from auditor.findings.text import figure_text

    text = figure_text(value, finding.unit, finding.currency)
    return text if text.startswith("-") else f"+{text}"


def _figure(value: Decimal, finding: Finding | EarlierFinding) -> str:
    from auditor.findings.text import figure_text

    foreign = f" {finding.currency}" if finding.currency not in (None, "CNY") else ""
    return figure_text(value, finding.unit, finding.currency) + foreign
