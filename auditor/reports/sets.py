"""The rule sets that were run, in words."""

from __future__ import annotations

from auditor.findings.model import AuditInfo
from auditor.languages import Text
from auditor.reports.words import words


def sets_in_words(audit: AuditInfo) -> Text:
    """Which rule sets were run, who chose them and what was left out: `freight-month-end (with cash-and-bank)`."""
    known = words()
    asked = ", ".join(each.name for each in audit.sets if each.asked) or audit.rules
    included = ", ".join(each.name for each in audit.sets if not each.asked)
    said = Text(asked, asked)
    if included:
        said = known.fill("sets_with", sets=said, included=included)
    if not audit.sets_named:
        said = known.fill("sets_chosen", sets=said)
    if audit.only_duties:
        said = known.fill("sets_only", sets=said, duties=", ".join(audit.only_duties))
    if audit.left_out:
        said = known.fill("sets_without", sets=said, left_out=", ".join(audit.left_out))
    return said
