"""The report as data, in the order in which it is read: what the page and the workbook render without calculating."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from auditor.findings.decided import Decision, Standing
from auditor.findings.model import (
    AuditResult,
    DocumentSummary,
    EarlierFinding,
    Finding,
    RuleResult,
    Statement,
    StatementPart,
)
from auditor.languages import Text


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the books can be closed: `open` (no), `incomplete` (not proved) or `clear` (yes), and why."""

    state: str
    title: Text
    reasons: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Share:
    """A count of one word: open exceptions of a severity, documents of a status, exceptions of an owner."""

    word: str
    title: Text
    count: int


@dataclass(frozen=True, slots=True)
class MoneyRow:
    """Open exceptions of one kind of money in one currency."""

    title: Text
    currency: str
    count: int
    gross: Decimal
    net: Decimal | None  # None where no exception of the kind has a direction
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TieOut:
    """What a statement says of an account: evidence, book, gap and what of it remains unexplained."""

    statement: Statement
    anchor: str
    evidence: Decimal | None
    book: Decimal | None
    gap: Decimal | None
    unexplained: Decimal | None


@dataclass(frozen=True, slots=True)
class Numbers:
    """The numbers of one fault of number control."""

    title: Text
    codes: tuple[str, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much was read and tested."""

    documents: tuple[Share, ...]
    rules: tuple[Share, ...]
    rows: Mapping[str, int]  # seen, records, problems, ignored
    proofs: tuple[Share, ...]
    matched: int
    matchable: int
    tiers: tuple[Share, ...]  # pairs found in the first, second, ... pass of all match rules
    idle: tuple[RuleResult, ...]  # not run or failed


@dataclass(frozen=True, slots=True)
class Unread:
    """A document that was not read, or not wholly, and the findings that it may explain."""

    document: DocumentSummary
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class FrontPage:
    """What the finance lead asks first."""

    verdict: Verdict
    severities: tuple[Share, ...]
    open: int
    folded: int
    decided: tuple[Share, ...]  # what people decided, by what it is worth
    money: tuple[MoneyRow, ...]
    money_totals: tuple[MoneyRow, ...]  # one a currency
    ties: tuple[TieOut, ...]
    numbers: tuple[Numbers, ...]
    top: tuple[Finding, ...]
    owners: tuple[Share, ...]
    coverage: Coverage
    broken: tuple[DocumentSummary, ...]  # documents with a proof that does not hold
    unread: tuple[Unread, ...]


@dataclass(frozen=True, slots=True)
class FieldProof:
    """What is proved of a field that a finding rests on."""

    title: Text
    state: str  # proved, unproved, broken or corrected


@dataclass(frozen=True, slots=True)
class Column:
    """A record as a column of the evidence: which side it is on, what it is, and where it stands."""

    role: str  # left, right, only, near, missing
    type: Text
    key: Text
    place: Text
    raw: str
    via: str | None
    proofs: tuple[FieldProof, ...]
    at: tuple[str, int, str] | None = None  # document, page and box, by which its cut-out is found


@dataclass(frozen=True, slots=True)
class Row:
    """A field that differs across the columns; `issue` marks the one that the finding or the near miss is about."""

    title: Text
    cells: tuple[Text | None, ...]
    issue: bool


@dataclass(frozen=True, slots=True)
class Pair:
    """A field and its value."""

    title: Text
    value: Text


@dataclass(frozen=True, slots=True)
class ListRow:
    """A record as a row of a list, where a finding has many: its place and the values that matter."""

    role: str
    type: Text
    key: Text
    values: tuple[Text | None, ...]
    place: Text
    proofs: tuple[FieldProof, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """The records of a finding and of its nearest miss: side by side in `columns`, or many as a `listing`."""

    columns: tuple[Column, ...] = ()
    rows: tuple[Row, ...] = ()
    same: tuple[Pair, ...] = ()  # what all columns agree on
    alone: tuple[tuple[Pair, ...], ...] = ()  # what one column alone has, for each column
    heads: tuple[Text, ...] = ()  # of the listing's values
    listing: tuple[ListRow, ...] = ()
    more: int = 0  # records that are not shown


@dataclass(frozen=True, slots=True)
class Fail:
    """A criterion that the nearest miss fails."""

    title: Text
    left: Text
    right: Text
    by: str


@dataclass(frozen=True, slots=True)
class Near:
    """A nearest miss in words."""

    key: Text
    used: bool
    agrees: tuple[Text, ...]
    fails: tuple[Fail, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """A finding as the report shows it, with what is folded under it."""

    finding: Finding
    difference: str
    amount: str
    is_count: bool
    expected: Text | None
    actual: Text | None
    working: Text | None  # the sum that it is about
    evidence: Evidence
    nears: tuple[Near, ...]
    far: tuple[Near, ...]  # where none comes near
    folded: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class RuleView:
    """A rule with the exceptions that it shows; `unshown` are in the workbook only, `folded` under other exceptions."""

    rule: RuleResult
    items: tuple[Item, ...]
    count: int
    unshown: int
    folded: int


@dataclass(frozen=True, slots=True)
class DutyView:
    """A duty with its rules."""

    duty: str
    title: Text
    rules: tuple[RuleView, ...]
    counts: tuple[Share, ...]  # open exceptions by severity, without those that have none


@dataclass(frozen=True, slots=True)
class FormCell:
    """A line of one side of a statement: a heading figure, or an item that it is made of."""

    label: Text
    amount: Decimal | None
    text: str | None
    role: str  # of the line, or `item`


@dataclass(frozen=True, slots=True)
class Form:
    """A statement as accountants lay it out: evidence on the left, books on the right, what remains below; then its
    tables, in rows of one or two."""

    statement: Statement
    anchor: str
    sides: tuple[Text, Text]
    rows: tuple[tuple[FormCell | None, FormCell | None], ...]
    foot: tuple[FormCell, ...]
    signers: tuple[Text, ...]
    blocks: tuple[tuple[StatementPart, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Folder:
    """The documents of one folder of the audited folder."""

    path: str
    documents: tuple[DocumentSummary, ...]


@dataclass(frozen=True, slots=True)
class Gone:
    """An exception of an earlier run that this one does not have, or a decision on one that nobody knows."""

    change: str  # fixed, unchecked, earlier
    finding: EarlierFinding | None
    decision: Decision | None


@dataclass(frozen=True, slots=True)
class Report:
    """The whole report."""

    result: AuditResult
    front: FrontPage
    duties: tuple[DutyView, ...]
    forms: tuple[Form, ...]
    folders: tuple[Folder, ...]
    documents_unshown: int
    shown: frozenset[str]  # ids of the findings that the page shows
    new: frozenset[str]  # ids of those that the earlier run did not have
    standings: Mapping[str, Standing]  # of what people decided, by id of the finding
    gone: tuple[Gone, ...]  # exceptions of earlier runs that are not among the findings
