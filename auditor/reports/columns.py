"""The columns of the workbook that exceptions and decisions stand in, by their machine names.

A hidden row of each sheet names them, so that people may call, move and delete columns as they like.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from decimal import Decimal

from auditor.findings.model import AuditResult
from auditor.languages import Text
from auditor.reports.words import words

PREFIX = "auditor."  # before the machine name of a column
FACT, TEXTS = "auditor.fact ", "auditor.texts "  # before what the hidden row says of the workbook itself
_DIGEST = 8  # characters of a digest
_CELL = 3_000  # digests of a cell, which takes 32,767 characters
_NUMBER = re.compile(r"-?\d{1,15}(\.\d{1,15})?")

WRITTEN = ("decision", "reason", "by", "on", "reviewer")  # what people fill in
MARK = "mark"  # hidden: the exception and what it looked like
# Name and width in characters. The columns up to PRINTED go on paper; the rest is for filtering and tracing.
EXCEPTIONS: tuple[tuple[str, int], ...] = (
    (MARK, 4),
    ("number", 5),
    ("severity", 7),
    ("code", 8),
    ("key", 18),
    ("party_name", 17),
    ("title", 15),
    ("difference", 12),
    ("amount", 12),
    ("currency", 6),
    ("date", 10),
    ("owner", 8),
    ("explanation", 34),
    ("decision", 8),
    ("reason", 22),
    ("by", 8),
    ("on", 10),
    ("reviewer", 8),
    ("standing", 11),
    ("hint", 18),
    ("change", 9),
    ("status", 9),
    ("expected", 18),
    ("actual", 18),
    ("field", 12),
    ("unit", 8),
    ("party", 9),
    ("nearest", 36),
    ("derived_from", 24),
    ("kind", 24),
    ("duty", 7),
    ("left_place", 44),
    ("right_place", 44),
    ("rule", 28),
    ("rule_version", 9),
    ("finding_id", 15),
)
PRINTED = 18
FIGURES = {"number", "difference", "amount"}
# What is not found any more, and what stands in no cell of an exception.
GONE = (
    ("change", 12),
    ("code", 9),
    ("key", 22),
    ("title", 28),
    ("amount", 14),
    ("currency", 8),
    ("decision", 10),
    ("reason", 40),
    ("by", 10),
    ("on", 12),
    ("reviewer", 10),
    ("finding_id", 15),
    ("seen", 15),
)
KEPT = (
    ("why_kept", 34),
    ("code", 9),
    ("key", 22),
    ("decision", 10),
    ("reason", 40),
    ("by", 10),
    ("on", 12),
    ("reviewer", 10),
    ("text", 40),
    ("found_at", 20),
    ("finding_id", 15),
    ("seen", 15),
)
_TITLES = {"reason": "handling", "by": "handled_by", "on": "handled_on"}  # where the word goes by another name


def title_of(name: str) -> Text:
    """The printed title of a column."""
    return words()[_TITLES.get(name, name)]


def titles() -> dict[str, str]:
    """The machine name of each printed title, in either language."""
    names = dict.fromkeys(name for name, _ in (*EXCEPTIONS, *GONE, *KEPT))
    return {text: name for name in names for text in (title_of(name).en, title_of(name).zh)}


def digest_of(text: str) -> str:
    """What the hidden row remembers of a text: numbers in whatever form, blanks however many."""
    plain = " ".join(text.split())
    if _NUMBER.fullmatch(plain):
        plain = f"{Decimal(plain).normalize():f}"
    return hashlib.sha256(plain.encode()).hexdigest()[:_DIGEST]


def remembered(facts: Mapping[str, str], texts: Iterable[str]) -> list[str]:
    """The cells by which the hidden row says of which audit the workbook is and what the program wrote into it."""
    digests = sorted({digest_of(text) for text in texts})
    pieces = [digests[at : at + _CELL] for at in range(0, len(digests), _CELL)]
    return [f"{FACT}{name}={value}" for name, value in facts.items()] + [TEXTS + "".join(each) for each in pieces]


def recalled(cells: Iterable[str]) -> tuple[dict[str, str], set[str] | None]:
    """The facts and the digests of `remembered`; None where the hidden row is gone."""
    facts: dict[str, str] = {}
    digests: set[str] | None = None
    for cell in cells:
        if cell.startswith(FACT):
            name, _, value = cell.removeprefix(FACT).partition("=")
            facts[name] = value
        elif cell.startswith(TEXTS):
            joined = cell.removeprefix(TEXTS)
            digests = (digests or set()) | {joined[at : at + _DIGEST] for at in range(0, len(joined), _DIGEST)}
    return facts, digests


def documents_mark(result: AuditResult) -> str:
    """The first of the documents' digests, by which two audits are known to share none."""
    return " ".join(sorted({document.sha256[:_DIGEST] for document in result.documents})[:_CELL])
