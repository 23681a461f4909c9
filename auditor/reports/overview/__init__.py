"""The overview of a batch: what became of each company's months, as a page, a workbook and JSON."""

from __future__ import annotations

from pathlib import Path

from auditor.reports.overview.model import Overview
from auditor.reports.overview.overview_html import overview_html
from auditor.reports.overview.overview_json import overview_json
from auditor.reports.overview.overview_xlsx import write_overview_xlsx

__all__ = ["OVERVIEW_FILES", "Overview", "write_overview"]

OVERVIEW_FILES = ("overview.html", "overview.xlsx", "overview.json")


def write_overview(overview: Overview, folder: Path, lang: str) -> None:
    """Write overview.html, overview.xlsx and overview.json into `folder`; `lang` is the language they open in, zh or
    en."""
    (folder / "overview.html").write_text(overview_html(overview, lang), encoding="utf-8", newline="\n")
    write_overview_xlsx(overview, folder / "overview.xlsx", lang)
    (folder / "overview.json").write_text(overview_json(overview), encoding="utf-8", newline="\n")
