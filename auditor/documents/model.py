"""What was read from a document: records, proofs, problems, and what was ignored for which reason."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from typing import Any

import pyarrow as pa

from auditor.documents.cutouts import View
from auditor.documents.paper_days import PaperDays
from auditor.documents.recognition.hypotheses import TableReading
from auditor.errors import AuditorError
from auditor.languages import Text


class Status(StrEnum):
    """What became of a document."""

    READ = "read"
    WITH_PROBLEMS = "read with problems"
    DUPLICATE = "duplicate"
    ASKED = "asked"
    NOT_RECOGNISED = "not recognised"
    UNREADABLE = "unreadable"
    IGNORED = "ignored"


class ProofStatus(StrEnum):
    """What arithmetic says of a reading."""

    HOLDS = "holds"
    BROKEN = "broken"
    NOT_POSSIBLE = "not possible"


class RowProof(StrEnum):
    """The state of one record's reading: proved in all its figures, unproved, or broken in a field."""

    PROVED = "proved"
    UNPROVED = "unproved"
    BROKEN = "broken"
    CORRECTED = "corrected"


@dataclass(frozen=True, slots=True)
class Proof:
    """One proof of a document's reading. `name` is one of: running balance, opening and closing, printed totals,
    printed counts, continuity, quantity × price, net + tax, foreign amount × rate, parts and whole, words and figures,
    check digit, data and page."""

    name: str
    status: ProofStatus
    where: str
    detail: Text

    def as_dict(self) -> dict[str, Any]:
        return {"name": self.name, "status": self.status.value, "where": self.where, "detail": self.detail.as_dict()}


@dataclass(frozen=True, slots=True)
class AccountSpan:
    """What one table says of one account: the days it covers and the balances at its ends, in units of 0.00001.

    `first_stated` and `last_stated`: the table names the day itself, else it is that of an entry. `chained`: each
    balance follows from the one before. `unread`: rows of it could not be read. `days`: the balance at the end of each
    day that has entries, in the order of time.
    """

    record: str
    account: str | None
    currency: str | None
    sheet: str
    first: datetime.date | None
    last: datetime.date | None
    opening: int | None
    closing: int | None
    first_stated: bool = False
    last_stated: bool = False
    chained: bool = False
    unread: bool = False
    days: tuple[tuple[datetime.date, int], ...] = ()


@dataclass(frozen=True, slots=True)
class UnreadRows:
    """Rows of a table that stand together and were not read, or records of which one cell was not.

    `of`: the record type; `first`, `last`: numbers of rows on the page; `column`: the field whose cells they are, None
    where no record came of the rows; `known`: by field the texts that were read of them, a field that one of them lacks
    left out.
    """

    of: str
    page: int
    first: int
    last: int
    rows: int
    column: str | None = None
    known: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class StrangeWords:
    """Words in the cells of a choice field that none of its values has. `words`: in how many rows each stands."""

    record: str
    field: str
    words: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Ignored:
    """Rows that are no records, and why. `place` names the first of them."""

    place: str
    reason: Text
    count: int

    def as_dict(self) -> dict[str, Any]:
        return {"place": self.place, "reason": self.reason.as_dict(), "count": self.count}


@dataclass(frozen=True, slots=True)
class Remark:
    """Something worth knowing that costs nothing: a hidden row, a formula typed over, a column that no field claims."""

    place: str
    text: Text
    paper: str = ""  # the title of a labelled paper that no record type reads

    def as_dict(self) -> dict[str, Any]:
        shown = {"place": self.place, "text": self.text.as_dict()}
        return {**shown, "paper": self.paper} if self.paper else shown


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """The result of reading one document; made in a worker process, so it pickles.

    `records` holds for each record type an Arrow table with the columns of `RecordType.columns()` without `_id`,
    `_document` and the `FIELD__id` columns, which are known only when all documents are there.
    rows_seen = records of rows + problem_rows + the counts of `ignored`; a form counts as one row.
    """

    path: str
    sha256: str
    status: Status
    layout: str | None = None
    records: Mapping[str, pa.Table] = field(default_factory=dict)
    proofs: tuple[Proof, ...] = ()
    problems: tuple[AuditorError, ...] = ()
    ignored: tuple[Ignored, ...] = ()
    remarks: tuple[Remark, ...] = ()
    rows_seen: int = 0
    row_records: int = 0
    problem_rows: int = 0
    stored: Mapping[str, int] = field(default_factory=dict)
    spans: tuple[AccountSpan, ...] = ()
    texts: frozenset[str] | None = None  # of what was read and not recognised of it, see `documents.texts`
    sheets: Mapping[int, str] = field(default_factory=dict)  # the names of its pages that have one
    titles: Mapping[tuple[str, int], tuple[str, ...]] = field(default_factory=dict)  # above tables, by type and page
    tables: tuple[TableReading, ...] = ()
    unread: tuple[UnreadRows, ...] = ()
    days: PaperDays | None = None  # what the days of labelled papers show of their order
    strange: tuple[StrangeWords, ...] = ()  # words of choices that nobody knows
    may_hold_any: bool = False  # an archive or folder of which something did not come out: nobody knows what
    recogniser: str | None = None  # what recognised its scanned pages: library, version, hash of the models
    views: Mapping[int, View] = field(default_factory=dict)  # how its scanned pages were set upright, by number

    @property
    def counts(self) -> dict[str, int]:
        """How many records of each type, whether they are here or in the engine."""
        return dict(self.stored) | {name: table.num_rows for name, table in self.records.items()}

    def without_records(self) -> ReadDocument:
        """The same, but for the records, of which only the numbers are kept."""
        return replace(self, records={}, unread=(), stored=self.counts)

    def as_dict(self, *, records: bool = True) -> dict[str, Any]:
        """The document as findings.json shows it; with `records` each record, else how many of each type."""
        return {
            "path": self.path,
            "sha256": self.sha256,
            "status": self.status.value,
            "layout": self.layout,
            **({"recogniser": self.recogniser} if self.recogniser else {}),
            "records": (
                {name: record_dicts(table) for name, table in self.records.items()} if records else self.counts
            ),
            "proofs": [proof.as_dict() for proof in self.proofs],
            "problems": [dict(problem.as_dict()) for problem in self.problems],
            "ignored": [each.as_dict() for each in self.ignored],
            "remarks": [each.as_dict() for each in self.remarks],
            "tables": [each.as_dict() for each in self.tables],
            "rows": {
                "seen": self.rows_seen,
                "records": self.row_records,
                "problems": self.problem_rows,
                "ignored": sum(each.count for each in self.ignored),
            },
        }


_LISTS = ("_proved", "_broken", "_assumed", "_problems")  # columns of names, comma separated


def record_dicts(table: pa.Table) -> list[dict[str, Any]]:
    """Records as JSON-ready dicts: fields that are there, and `_source`."""
    names = [name for name in table.column_names if not name.startswith("_") and not name.endswith("__id")]
    columns = [[plain(value) for value in table.column(name).to_pylist()] for name in names]
    source = {
        name.removeprefix("_"): table.column(name).to_pylist()
        for name in ("_page", "_row", "_box", "_raw", "_via", "_score", *_LISTS, "_proof")
        if name in table.column_names
    }
    found = []
    for index in range(table.num_rows):
        record = {name: column[index] for name, column in zip(names, columns, strict=True) if column[index] is not None}
        marks = {name: column[index] for name, column in source.items()}
        for name in _LISTS:
            listed = marks.pop(name.removeprefix("_"), None)
            marks[name.removeprefix("_")] = listed.split(",") if listed else []
        found.append({**record, "_source": marks})
    return found


def plain(value: Any) -> Any:
    """A value as JSON shows it: amounts as text with at least two decimals, dates and times as ISO 8601."""
    if isinstance(value, Decimal):
        text = format(value.normalize(), "f")
        decimals = len(text.partition(".")[2])
        return text if decimals >= 2 else format(value, ".2f")
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    return value
