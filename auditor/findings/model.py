"""What an audit found, as data: findings, rules with their populations, documents, statements. No text is made here."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
import numpy.typing as npt

from auditor.checks.base import Population, Tolerated
from auditor.documents.cutouts import Cutout, View
from auditor.documents.model import StrangeWords
from auditor.documents.recognition.hypotheses import TableReading
from auditor.findings.carried_over import CarriedOver
from auditor.findings.decided import NOTHING_DECIDED, Decided
from auditor.languages import Text
from auditor.rules.schema import Unit

SEVERITIES = ("high", "medium", "low", "info")
NOT_WHOLE = ("unreadable", "not recognised", "asked", "read with problems")  # the gravest first
MOST_RECORDS = 200  # of a side that a finding lists: a month's total may rest on a million
MOST_FINDINGS = 10_000  # of a rule: more say that the documents are not those of one another

Members = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class RecordRef:
    """A record that a finding rests on, with its place in the document."""

    id: int
    type: str
    side: str  # left (evidence), right (audited), near
    key: str  # its identity, as a person names it
    document: str  # path in the audited folder
    page: int | None
    sheet: str | None
    row: int | None
    box: str | None
    raw: str | None
    via: str | None
    proof: str | None
    values: Mapping[str, str]  # field -> value as text, filled fields only, in the order of the record type
    proved: tuple[str, ...] = ()  # the fields that a proof bears out
    broken: tuple[str, ...] = ()  # the fields that a failing proof touches
    figures: tuple[str, ...] = ()  # the fields that decide whether the record is proved
    score: int | None = None  # how sure its recogniser is of it, in per cent

    def proof_of(self, field: str) -> str:
        """The state of one field: proved, unproved, broken or corrected."""
        if field in self.broken:
            return "broken"
        if field in self.proved:
            return "proved"
        return "corrected" if self.proof == "corrected" else "unproved"


@dataclass(frozen=True, slots=True)
class Failed:
    """A criterion that a near miss fails, and by how much."""

    field: str
    left: str | None
    right: str | None
    by: str | None
    fields: tuple[str, ...] = ()  # those of records that it compares


@dataclass(frozen=True, slots=True)
class NearMiss:
    """The closest candidate for what found no partner."""

    records: tuple[RecordRef, ...]
    used: bool  # it is matched to something else
    agrees: tuple[str, ...]
    failed: tuple[Failed, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """One exception. Money is in `currency`; `difference` is the audited record less the evidence."""

    id: str  # fingerprint of rule, code, key and party: the same from run to run
    rule: str
    rule_version: int
    duty: str
    code: str
    severity: str
    title: Text
    outcome: str  # left_only, differs, missing, ...: what the check said
    key: str
    field: str | None
    party: str | None
    party_name: str | None
    expected: str | None
    actual: str | None
    difference: Decimal | None
    amount: Decimal | None
    unit: Unit  # what difference and amount are; of money alone there is a currency
    currency: str | None
    date: date | None
    explanation: Text
    hint: Text | None
    owner: Text | None  # who must act
    criterion: Mapping[str, Any]
    nearest: tuple[NearMiss, ...]
    records: tuple[RecordRef, ...]  # at most MOST_RECORDS of a side
    reference: str = ""  # what tells it from others of its code and key
    fields: tuple[str, ...] = ()  # those of the records that it is about: `field`, or what that is computed from
    background: frozenset[str] = frozenset()  # types of records that say what it is held against, and many share
    status: str = "open"  # open, derived, carried, explained, accepted, false alarm
    derived_from: str | None = None  # a finding's id, or `document:PATH` for what an unread document may explain
    may_be_in: tuple[str, ...] = ()  # files and rows that were not read, and may hold what it says is absent
    unlisted: int = 0  # how many records it rests on besides those in `records`
    place: int | None = dataclasses.field(default=None, compare=False, repr=False)  # its row in the table of outcomes
    members: Members | None = dataclasses.field(default=None, compare=False, repr=False)  # the numbers of all


@dataclass(frozen=True, slots=True)
class Tier:
    """What one pass of a match made, or how many numbers are in one state."""

    key: str  # the number of the pass from 1, or the state: used, void, unused, before, missing
    name: Text | None  # what the rule calls it; None for a state, which the reports name
    count: int


@dataclass(frozen=True, slots=True)
class RuleResult:
    """What became of a rule."""

    id: str
    version: int
    duty: str
    check: str
    title: Text
    why: Text
    status: str  # clean, findings, not run, failed
    reason: Text | None
    populations: tuple[Population, ...] = ()
    passes: tuple[Tier, ...] = ()
    remarks: tuple[Text, ...] = ()
    codes: Mapping[str, Text] = field(default_factory=dict)  # the codes it can report
    unit: Unit = "money"  # what the sums of its populations are
    tolerated: tuple[Tolerated, ...] = ()  # differences that its tolerances let pass, by field
    # its rule set came along with another, and the company has no document for which such a set is there
    beside: Text | None = None  # the title of that set

    @property
    def leaves_a_gap(self) -> bool:
        """Whether something is not audited that should have been, since the rule was not run."""
        return self.status == "not run" and not self.had_nothing_to_test and self.beside is None

    @property
    def had_nothing_to_test(self) -> bool:
        """Whether it was not run since this period has no record that it is about, though its documents are here and
        no field that it needs is empty: nothing is left unaudited by that."""
        whole = all(not each.empty and not each.undecided for each in self.populations)
        return self.status == "not run" and bool(self.populations) and whole


@dataclass(frozen=True, slots=True)
class StatementLine:
    """A line of a statement: a label and an amount or a text. `role`: balance, add, less, sum, result, check, note."""

    label: Text
    role: str
    amount: Decimal | None = None
    text: str | None = None
    items: tuple[tuple[str, Decimal | None], ...] = ()  # what the amount is made of: label, amount
    below: bool = False  # it stands below the two sides


Cell = Text | str | Decimal | date | None  # a value of a statement's heading or table, by the kind of its column


@dataclass(frozen=True, slots=True)
class StatementField:
    """A field above a statement; one without a value is to be filled in by hand. `kind` as a column has it."""

    name: str
    label: Text
    kind: str
    value: Cell


@dataclass(frozen=True, slots=True)
class StatementColumn:
    """A column of a statement's table. `kind`: text, date, money, count, quantity, percent, currency."""

    name: str
    label: Text
    kind: str = "text"
    summed: bool = False


@dataclass(frozen=True, slots=True)
class StatementPart:
    """A table of a statement: its rows, and below them the sums of its summed columns, a row for each currency."""

    name: str
    title: Text | None
    columns: tuple[StatementColumn, ...]
    rows: tuple[tuple[Cell, ...], ...]
    totals: tuple[tuple[Cell, ...], ...] = ()

    @property
    def currency_at(self) -> int | None:
        """The place of the column that says in which currency the amounts of a row are."""
        return next((at for at, each in enumerate(self.columns) if each.kind == "currency"), None)


@dataclass(frozen=True, slots=True)
class StatementForm:
    """How a statement is laid out: what its sheet of the workbook is called, its two sides, which way its gap is taken
    (book_less_evidence, evidence_less_book), who signs it, what is filled in by hand, a note below it, and whether its
    page is turned."""

    sheet: Text | None = None
    sides: tuple[Text, Text] | None = None
    gap: str = "book_less_evidence"
    signers: tuple[Text, ...] = ()
    note: Text | None = None
    blanks: tuple[Text, ...] = ()
    landscape: bool = False


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement that the audit draws up: a bank reconciliation, the cash count, the number control of a book."""

    id: str
    kind: str
    title: Text
    subject: str
    currency: str | None
    lines: tuple[StatementLine, ...]
    ties: bool | None = None  # whether it ties out; None where there is nothing to tie, or too much was assumed
    form: StatementForm = StatementForm()
    corrections: Decimal = Decimal(0)  # what must be booked first for it to tie
    assumed: tuple[tuple[Text, Decimal], ...] = ()  # what was taken on trust, so that it proves nothing
    heading: tuple[StatementField, ...] = ()
    parts: tuple[StatementPart, ...] = ()

    @property
    def balances(self) -> bool:
        """Whether it holds balances against each other, so that it can tie out."""
        return any(line.role == "balance" for line in self.lines)

    @property
    def state(self) -> str:
        """ties, corrections (it ties once they are booked), not, assumed (it would tie on trust), or nothing."""
        if self.ties is None:
            return "assumed" if self.assumed else "nothing"
        return ("corrections" if self.corrections else "ties") if self.ties else "not"


@dataclass(frozen=True, slots=True)
class StatementNotMade:
    """A statement of the rule set that could not be drawn up, and why."""

    name: str
    kind: str
    title: Text
    reason: Text


@dataclass(frozen=True, slots=True)
class DocumentSummary:
    """A document as the report shows it: `records` counts them by type; the rest is as `auditor read` gives it."""

    number: int
    path: str
    sha256: str
    status: str
    layout: str | None
    records: Mapping[str, int]
    proofs: tuple[Mapping[str, Any], ...]
    problems: tuple[Mapping[str, Any], ...]
    ignored: tuple[Mapping[str, Any], ...]
    remarks: tuple[Mapping[str, Any], ...]
    rows: Mapping[str, int]  # seen = records + problems + ignored
    texts: frozenset[str] | None = None  # all texts of what was read of it but not recognised; not shown
    may_hold_any: bool = False  # an archive or folder of which something did not come out; not shown
    tables: tuple[TableReading, ...] = ()
    strange: tuple[StrangeWords, ...] = ()  # words of choices that nobody knows; not shown
    recogniser: str | None = None  # what recognised its scanned pages
    views: Mapping[int, View] = field(default_factory=dict)  # how these were set upright, by number; not shown

    @property
    def may_be(self) -> frozenset[str]:
        """The record types that a hypothesis takes one of its open tables for."""
        return frozenset(
            hypothesis.record for each in self.tables if not each.is_read for hypothesis in each.hypotheses
        )

    @property
    def not_whole(self) -> bool:
        """Whether it, or a part of it, was not read: the audit is not complete then."""
        return self.status in NOT_WHOLE


@dataclass(frozen=True, slots=True)
class UntestedPapers:
    """Papers of one kind that were read and that no rule tested: the kind, how many, in which documents."""

    kind: Text
    count: int
    documents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RanSet:
    """A rule set that was run; `asked` says that it was named or chosen, not only included by another."""

    name: str
    title: Text
    version: str
    asked: bool = True


@dataclass(frozen=True, slots=True)
class MoneyKind:
    """A kind of money at stake: which codes belong to it (whole, or families as "BNK-*"), and with which sign of the
    difference (negative, positive, any)."""

    title: Text
    sign: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PackageItem:
    """What belongs to the period-end package: the name of a statement, the record types of the company's own
    documents, or both."""

    title: Text
    statement: str | None
    documents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Headlines:
    """What the rule sets call what the first page shows: duties, kinds of money, faults of numbers with their codes,
    who signs (prepared, reviewed, approved); and what the period-end package must hold."""

    duties: Mapping[str, Text] = field(default_factory=dict)
    kinds: tuple[MoneyKind, ...] = ()
    number_control: tuple[tuple[Text, tuple[str, ...]], ...] = ()
    signers: tuple[Text, ...] = ()
    package: tuple[PackageItem, ...] = ()

    def duty(self, name: str) -> Text:
        """What a duty is called; one without a title speaks for itself."""
        return self.duties.get(name) or Text(name, name)


@dataclass(frozen=True, slots=True)
class AuditInfo:
    """What was audited, with what."""

    entity: str | None
    period: tuple[date, date]
    currency: str
    rules: str
    rules_title: Text
    rules_version: str
    rules_sha256: str
    parameters: tuple[tuple[str, Text, str, bool], ...]  # name, title, value with unit, overridden
    auditor: str
    run_at: str
    calendar: str
    remarks: tuple[Text, ...] = ()
    reading: tuple[str, str] | None = None  # the file of confirmed readings and its SHA-256
    sets: tuple[RanSet, ...] = ()  # the rule sets: those asked for, then those that they include
    sets_named: bool = True  # someone named them; else the records found chose them
    only_duties: tuple[str, ...] = ()  # the duties that audit.yaml names; none: all
    left_out: tuple[str, ...] = ()  # duties and rules that audit.yaml leaves out


@dataclass(frozen=True, slots=True)
class EarlierFinding:
    """An exception of an earlier run that this one does not have."""

    id: str
    rule: str
    duty: str
    code: str
    severity: str
    title: Text
    key: str
    amount: Decimal | None
    unit: Unit
    currency: str | None
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Changes:
    """What has become of the exceptions of an earlier run."""

    since: str  # when the earlier run was made
    period: tuple[str, str]  # what it audited
    new: tuple[str, ...]  # ids of exceptions that it did not have
    open: tuple[str, ...]  # ids of those that it had and that are still open
    fixed: tuple[EarlierFinding, ...]
    unchecked: tuple[EarlierFinding, ...]  # their rules did not run this time, so that nothing is known of them


@dataclass(frozen=True, slots=True)
class AuditResult:
    """Everything that a report says."""

    audit: AuditInfo
    documents: tuple[DocumentSummary, ...]
    rules: tuple[RuleResult, ...]
    findings: tuple[Finding, ...]  # by severity, then duty, rule, code and key
    statements: tuple[Statement, ...]
    problems: tuple[Mapping[str, Any], ...] = ()  # of rules and settings, as AuditorError.as_dict()
    titles: Mapping[str, Text] = field(default_factory=dict)  # what the views of the rule set are called
    changes: Changes | None = None  # against an earlier run; None at the first
    decided: Decided = NOTHING_DECIDED  # what people wrote into the workbook of the earlier run
    questions: tuple[Mapping[str, Any], ...] = ()  # what tables are, as `auditor map --json` prints it
    choices: tuple[Mapping[str, Any], ...] = ()  # what words of choices mean, as `auditor map --json` prints it
    headlines: Headlines = Headlines()
    untested: tuple[UntestedPapers, ...] = ()  # papers that were read and that no rule tested, by kind
    carried: CarriedOver | None = None  # what the audit of the period before left; None without --previous
    to_confirm: int = 0  # tables that are read by an answer which was taken over as likely
    # of records that findings rest on, by document, page and box: the part of the page on which they stand
    cutouts: Mapping[tuple[str, int, str], Cutout] = field(default_factory=dict)
    not_made: tuple[StatementNotMade, ...] = ()  # statements that could not be drawn up

    @property
    def open_findings(self) -> tuple[Finding, ...]:
        """Those that count: open or carried, and not mere information."""
        return tuple(f for f in self.findings if f.status in ("open", "carried") and f.severity != "info")

    @property
    def nothing_tested(self) -> bool:
        """Whether papers were read and no rule tested anything at all."""
        return bool(self.untested) and not any(each.status in ("clean", "findings") for each in self.rules)

    @property
    def unsettled_findings(self) -> tuple[Finding, ...]:
        """Those that were folded under another one or under a document, and whose cause is not settled: its exception
        is open still, or the document unread. Until then they count in the verdict."""
        known = {each.id: each for each in self.findings}
        folded = (each for each in self.findings if each.status == "derived" and each.severity != "info")
        return tuple(each for each in folded if not _settled(each, known))

    @property
    def exit_code(self) -> int:
        """0 clean, 1 findings, 2 the audit could not be completed."""
        broken = self.problems or any(r.status == "failed" for r in self.rules)
        unread = any(each.not_whole for each in self.documents)
        if broken or unread:
            return 2
        return 1 if self.open_findings or self.unsettled_findings else 0


def _settled(folded: Finding, known: Mapping[str, Finding]) -> bool:
    owner = known.get(folded.derived_from or "")
    return owner is not None and owner.status not in ("open", "carried", "derived")
