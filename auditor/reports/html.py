"""report.html: one file in both languages that opens offline, and needs no script to be read."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from auditor.documents.cutouts import Cutout
from auditor.findings.model import AuditResult
from auditor.languages import Text
from auditor.reports.build import report_of
from auditor.reports.evidence import place_text
from auditor.reports.figures import amount, count, counts_things, difference, is_count, money
from auditor.reports.forms import MOST_ITEMS, tie_text
from auditor.reports.front import asides
from auditor.reports.model import Form
from auditor.reports.proof_ranks import shown_status
from auditor.reports.sets import sets_in_words
from auditor.reports.statement_cells import cell_text, is_figure, row_currency
from auditor.reports.titles import (
    finding_key,
    key_of,
    layout_title,
    parameter_text,
    record_title,
    tier_title,
    time_text,
)
from auditor.reports.words import words
from auditor.resources import reports_folder

if TYPE_CHECKING:
    from auditor.reports.package import Package


@dataclass(frozen=True, slots=True)
class ShownCut:
    """A cut-out as the page shows it: one picture, wherever it is shown."""

    number: int
    cutout: Cutout

    @property
    def source(self) -> str:
        """The picture itself, inside the page."""
        return f"data:{self.cutout.form};base64,{base64.b64encode(self.cutout.data).decode()}"

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        return self.cutout.size

    @property
    def box(self) -> tuple[str, ...]:
        """Left, top, width and height of the record on it."""
        x0, top, x1, bottom = self.cutout.box
        return tuple(f"{each:.1f}" for each in (x0, top, x1 - x0, bottom - top))


def report_html(result: AuditResult, lang: str) -> str:
    """The page; it opens in `lang`, zh or en, and switches to the other. The same result gives the same text."""
    report = report_of(result)
    style, script = resource("style.css"), resource("report.js")
    return (
        environment()
        .get_template("report.html.j2")
        .render(
            report=report,
            cuts=_cuts(result),
            asides=asides(report),
            lang=lang,
            style=Markup(style),
            script=Markup(script),
            style_hash=source_hash(style),
            script_hash=source_hash(script),
        )
    )


def _cuts(result: AuditResult) -> dict[tuple[str, int, str], ShownCut]:
    """The cut-outs of records by their places, numbered."""
    return {place: ShownCut(number, each) for number, (place, each) in enumerate(result.cutouts.items(), 1)}


def statement_pages(result: AuditResult, lang: str) -> dict[str, str]:
    """The statements as pages to be printed and signed, in `lang`: the name of each statement's file -> its page, one
    sheet of paper or more for each subject. The same result gives the same text."""
    groups: dict[str, list[Form]] = {}
    for form in report_of(result).forms:
        groups.setdefault(form.statement.id.partition("/")[0], []).append(form)
    style = resource("statement.css")
    template = environment().get_template("statement.html.j2")

    def say(text: Text | str | None) -> str:
        return "" if text is None else text if isinstance(text, str) else text.in_(lang)

    return {
        name: template.render(
            forms=forms, audit=result.audit, lang=lang, say=say, style=Markup(style), style_hash=source_hash(style)
        )
        for name, forms in groups.items()
    }


def package_page(result: AuditResult, package: Package, lang: str) -> str:
    """The list of contents of the period-end package, in `lang`."""
    style = resource("statement.css")

    def say(text: Text | str | None) -> str:
        return "" if text is None else text if isinstance(text, str) else text.in_(lang)

    def fill(name: str, **values: object) -> str:
        return words().fill(name, **values).in_(lang)

    template = environment().get_template("package.html.j2")
    return template.render(
        package=package, result=result, audit=result.audit, lang=lang, say=say, fill=fill, style=Markup(style),
        style_hash=source_hash(style),
    )  # fmt: skip


def load_templates() -> None:
    """Compile the templates of the page, which takes longer than to fill them in."""
    for name in environment().list_templates(extensions=["j2"]):
        environment().get_template(name)


def spoken(text: Text | str | None) -> Markup:
    """A text in both languages, of which the page shows one; escaped."""
    if text is None:
        return Markup("")
    if isinstance(text, str) or text.en == text.zh:
        return escape(text if isinstance(text, str) else text.zh)
    return Markup('<span lang="zh">{}</span><span lang="en">{}</span>').format(text.zh, text.en)


@cache
def environment() -> Environment:
    """What the templates of reports are filled in with: words in both languages, figures as people read them."""
    environment = Environment(
        loader=FileSystemLoader(reports_folder()),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    known = words()
    environment.globals.update(
        t=spoken,
        w=lambda name, /, **values: spoken(known.fill(name, **values) if values else known[name]),
        of=lambda family, word: spoken(known.of(family, word)),
        words=known,
        money=money,
        count=count,
        sets_in_words=sets_in_words,
        difference=difference,
        amount=amount,
        is_count=is_count,
        counts_things=counts_things,
        place=place_text,
        record_title=record_title,
        tier_title=tier_title,
        finding_key=finding_key,
        key_of=key_of,
        time_text=time_text,
        shown_status=shown_status,
        tie_text=tie_text,
        layout_title=layout_title,
        parameter_text=parameter_text,
        both=lambda data: Text(data["en"], data["zh"]),
        cell=lambda value, kind, currency: spoken(cell_text(value, kind, currency)),
        cell_text=cell_text,
        is_figure=is_figure,
        row_currency=row_currency,
        most_rows=MOST_ITEMS,
    )
    return environment


def resource(name: str) -> str:
    """A file of the reports' folder as text: the stylesheet, the script."""
    return (reports_folder() / name).read_text(encoding="utf-8")


def source_hash(text: str) -> str:
    """For the content security policy, which lets only this very script and style in."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
