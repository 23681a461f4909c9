"""What the days printed on labelled papers show of the order of day and month."""

from __future__ import annotations

from dataclasses import dataclass

from auditor.values.dates import Order


@dataclass(frozen=True, slots=True)
class PaperDays:
    """What the days of the papers of a document show: the order of day and month beyond doubt, or that it is `open`.
    `issuer`: whose papers they are, in normal form; empty if no block says it."""

    issuer: str = ""
    order: Order | None = None
    open: bool = False
