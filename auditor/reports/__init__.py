"""Reports: one writer a format, all from the same `AuditResult`."""

from __future__ import annotations

from pathlib import Path

from auditor.findings.model import AuditResult
from auditor.reports.findings_json import findings_json
from auditor.reports.html import load_templates, report_html
from auditor.reports.package import write_package
from auditor.reports.xlsx import write_xlsx

__all__ = ["load_templates", "write_package", "write_reports"]


def write_reports(result: AuditResult, folder: Path, lang: str) -> None:
    """Write findings.json, report.html and report.xlsx into `folder`; `lang` is the language they open in, zh or en."""
    (folder / "report.html").write_text(report_html(result, lang), encoding="utf-8", newline="\n")
    write_xlsx(result, folder / "report.xlsx", lang)
    (folder / "findings.json").write_text(findings_json(result), encoding="utf-8", newline="\n")
