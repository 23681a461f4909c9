"""overview.html: a batch on one page, in both languages, that opens offline and has no script."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from pathlib import PurePosixPath
from urllib.parse import quote

from markupsafe import Markup

from auditor.reports.html import environment, resource, source_hash
from auditor.reports.overview.model import COUNTED, AtStake, Month, Overview

MARKS = {"open": "✗", "incomplete": "?", "clear": "✓", "failed": "!"}


def overview_html(overview: Overview, lang: str) -> str:
    """The page; it opens in `lang`, zh or en, and switches to the other."""
    style = resource("style.css") + resource("overview.css")
    states = [each.state for each in overview.months]
    entities: dict[str, dict[str, list[Month]]] = defaultdict(lambda: defaultdict(list))
    for month in overview.months:
        entities[month.entity][month.label].append(month)
    return (
        environment()
        .get_template("overview.html.j2")
        .render(
            overview=overview,
            lang=lang,
            style=Markup(style),
            style_hash=source_hash(style),
            tally=[(state, states.count(state)) for state in MARKS],
            marks=MARKS,
            severities=COUNTED,
            labels=sorted({each.label for each in overview.months}),
            entities=entities,
            totals=money_totals(overview),
            report_of=report_link,
        )
    )


def report_link(month: Month) -> str:
    """The address of a month's report, relative to the overview."""
    return quote((PurePosixPath(month.folder) / "report.html").as_posix())


def money_totals(overview: Overview) -> tuple[AtStake, ...]:
    """What is at stake in all months together, a currency a row: those are never added together."""
    rows: dict[str, list[AtStake]] = defaultdict(list)
    for month in overview.months:
        for row in month.summary.money if month.summary else ():
            rows[row.currency].append(row)
    return tuple(_added(currency, rows[currency]) for currency in sorted(rows))


def _added(currency: str, rows: list[AtStake]) -> AtStake:
    nets = [row.net for row in rows if row.net is not None]
    return AtStake(
        currency,
        sum(row.count for row in rows),
        sum((row.gross for row in rows), Decimal(0)),
        sum(nets, Decimal(0)) if nets else None,
    )
