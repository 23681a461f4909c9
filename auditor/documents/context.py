"""What reading the pages of one document needs beside the pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import PurePosixPath

from auditor.documents.declarations import NOTHING_DECLARED, Declarations
from auditor.documents.identity.graph import NOBODY, Identities
from auditor.documents.readings.confirmed import NO_READINGS, CompanyReadings
from auditor.documents.recognition.hypotheses import Decided
from auditor.documents.recognition.table_evidence import Knowledge
from auditor.documents.vocabulary import Vocabulary
from auditor.engine.duck import DuckEngine
from auditor.records.model import RecordType


@dataclass(frozen=True)
class Context:
    """Everything that reading a document's pages needs beside the pages. `path` is relative to the folder;
    `identities` are the names that are known before the document is read."""

    path: str
    types: Mapping[str, RecordType]
    vocabulary: Vocabulary
    engine: DuckEngine
    year: int | None = None
    month: tuple[int, int] | None = None
    declared: Declarations = NOTHING_DECLARED
    period: tuple[date, date] | None = None
    identities: Identities = NOBODY
    headings: dict[str, dict[str, object]] = field(default_factory=dict)
    # sums and rows of the tables that were read of this document, by record type and headers: a total may cover sheets
    sums: dict[tuple[str, tuple[str, ...]], Counter[str]] = field(default_factory=dict)
    readings: CompanyReadings = NO_READINGS
    knowledge: Knowledge = field(kw_only=True)
    decided: Decided = field(default_factory=dict)  # by sheet, page, first row

    @property
    def names(self) -> tuple[str, ...]:
        """File name without ending, then folders from the nearest."""
        path = PurePosixPath(self.path)
        return (path.stem, *(part for part in reversed(path.parts[:-1])))
