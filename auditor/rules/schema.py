"""The rule language: what a rule file, a view file and a rule set's manifest may say.

One model for each kind of check. Unknown keys are errors everywhere. Conditions and values are SQL expressions
(`Expression`) over the fields of the records at hand, checked by `auditor.rules.conditions` before anything runs.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Literal, cast

from pydantic import ConfigDict, Field, create_model

from auditor.languages import Text
from auditor.strict_yaml import Bilingual, QuotedText, StrictModel, shaped

_NAME = Text("a name of small letters, digits and underscores", "由小写字母、数字和下划线组成的名称")
_CODE = Text("a code such as REG-01", "代码，如 REG-01")
_DUTY = Text("a duty such as D03", "职责编号，如 D03")
_MONTH = Text("a month such as 2026-10", "月份，如 2026-10")

Expression = Annotated[str, Field(min_length=1, description="a SQL expression")]
Name = Annotated[str, shaped(r"^[a-z][a-z0-9_]*$", _NAME)]
Severity = Literal["high", "medium", "low", "info"]
Unit = Literal["money", "count", "weight", "days", "percent"]


class Model(StrictModel):
    """A part of a rule file."""

    model_config = ConfigDict(populate_by_name=True)


class Source(Model):
    """A population: the records of a type, or of a view, that meet a condition."""

    records: Name
    where: Expression | None = None


class Outcome(Model):
    """How a rule reports one outcome of its check.

    `where` narrows it, so that one outcome can have several codes: the first that holds is taken. The others override
    what the check itself puts into the columns of that name. Over a pair of records the expressions see `l` and `r`,
    over one record `l` alone; a side without a record is null.
    """

    code: Annotated[str, shaped(r"^[A-Z]+-\d{2}$", _CODE)]
    severity: Severity
    title: Bilingual
    where: Expression | None = None
    key: Expression | None = None
    party: Expression | None = None
    expected: Expression | None = None
    actual: Expression | None = None
    difference: Expression | None = None
    amount: Expression | None = None
    currency: Expression | None = None
    date: Expression | None = None
    unit: Unit | None = None               # what its figures are; default: told by the fields they are of
    explanation: Bilingual | None = None   # with {key} {party} {expected} {actual} {difference} {amount} {field} {date}
    hint: Bilingual | None = None
    owner: Bilingual | None = None         # who must act; default: that of the rule
    absence: bool = False                  # something is not there, which a document that was not read may hold


class Example(Model):
    """Records, and the exceptions that the rule must find among them: none is a silent example."""

    name: str
    given: Mapping[Name, list[Mapping[str, Any]]]
    parameters: Mapping[Name, str] = {}
    period: Annotated[str, shaped(r"^\d{4}-(0[1-9]|1[0-2])$", _MONTH)] = "2026-10"
    expect: list[Mapping[str, Any]]        # each: code, key and, if stated, difference, amount, currency, party


class Days(Model):
    """A window: how far the right record's date may lie before and after the left one's."""

    before: Annotated[int, Field(ge=0)] | str = 0      # a number, or ":parameter"
    after: Annotated[int, Field(ge=0)] | str = 0


class Criterion(Model):
    """How two values of one field must agree. Exactly one key."""

    days: int | str | Days | None = None
    working_days: int | str | Days | None = None
    within: QuotedText | None = None              # quoted money or quantity, or ":parameter"
    percent: QuotedText | None = None             # of the left value
    same: Literal["party"] | None = None   # the same master entry; names in normal form where neither is known
    digits: Literal["reordered"] | None = None   # the same digits in another order


On = Name | Mapping[Name, Criterion]


class Groups(Model):
    """A pass that matches groups: 1:N, N:1 and, with `both`, N:M. Accepted only where unique."""

    most: Annotated[int, Field(ge=2, le=12)] = 6       # members on a side
    both: bool = False
    search: Annotated[int, Field(ge=1000)] = 200_000   # subsets looked at before the search stops


class Pass(Model):
    """One stage of a match. A record used in one stage is gone for the next."""

    name: Bilingual | None = None          # default: what its fields are called, and how far they may differ
    on: Annotated[list[On], Field(min_length=1)]
    where: Expression | None = None        # over l and r
    prefer: list[Name] = []                # of several candidates: those equal in these fields, then the nearest date
    sum: Mapping[Name, Criterion] | None = None
    groups: Groups | None = None
    accept: bool = True                    # false: a pair found here is not a match but a finding of its own, `outcome`
    outcome: str | None = None             # what a pair of this pass is called besides (e.g. `timing`)


class Compare(Criterion):
    """How a field of a matched pair is compared, and which later fields a difference in it explains."""

    exact: bool | None = None
    hides: list[Name] = []                 # differences in these fields follow from one in this field


class Explained(Model):
    """What is open or differs for a good reason: counted as explained, not reported."""

    side: Literal["left", "right", "pair"]
    fields: list[Name] = []                # of a pair: the differing fields it explains; none = all
    when: Expression | None = None         # needed without `cancels`; with it, over the two records as l and r
    cancels: list[On] = []                 # of a side: what agrees in an open record and the one that cancels it
    title: Bilingual


class Match(Model):
    """Do two populations agree, record by record?"""

    OUTCOMES: ClassVar[tuple[str, ...]] = (
        "left_only", "right_only", "differs", "left_duplicate", "right_duplicate", "ambiguous", "group_differs",
        "timing",
    )  # and what its passes call theirs; `differs.FIELD` for one field

    check: Literal["match"]
    left: Source
    right: Source
    passes: Annotated[list[Pass], Field(min_length=1)]
    duplicates: list[Name] = []            # equal in these fields to a matched record of its side = a duplicate
    compare: Mapping[Name, Literal["exact"] | Compare] = {}
    explained: list[Explained] = []
    measure: Name = "amount"               # the field whose sum is conserved
    nearest: list[Name] = []               # fields by which the nearest miss is sought; default: those of the passes


class Measure(Model):
    """What is added up on each side: SQL aggregates, `count(*)` or `sum(pieces)`. `kind` names the outcome."""

    kind: Literal["count", "sum"] = "sum"
    left: Expression
    right: Expression
    within: QuotedText = "0"


class Totals(Model):
    """Do counts and sums per group agree between two populations?"""

    OUTCOMES: ClassVar[tuple[str, ...]] = ("count_differs", "sum_differs", "group_missing")
    # with `.MEASURE`, and `.left` or `.right`

    check: Literal["totals"]
    left: Source
    right: Source
    by: list[Name] = []                    # none: one group, the whole
    measures: Mapping[Name, Measure]
    missing: Literal["report", "zero"] = "report"      # a group that one side lacks: group_missing, or counted as zero


class Sequence(Model):
    """Is every issued number used, void, unused on hand or missing, exactly once?"""

    OUTCOMES: ClassVar[tuple[str, ...]] = (
        "missing", "void_unregistered", "void_incomplete", "used_twice", "out_of_range", "skipped_book", "order",
        "void_used", "void_unexplained", "book_not_returned", "book_issued_early",
    )

    check: Literal["sequence"]
    issued: Source                         # number_book or a view with its fields
    number: Name                           # the field that holds the number in `used` and `spoilt`
    used: Annotated[list[Source], Field(min_length=1)]          # what shows that a number was used
    papers: Source | None = None           # the numbered papers themselves: two with one number are used_twice
    same_paper: list[Name] = []            # papers equal in these fields are one paper seen twice, not two
    spoilt: Source | None = None           # papers stamped void
    voided: Source | None = None           # the void register
    void_number: Name = "number"
    void_copies: Name = "copies_sighted"
    void_reason: list[Name] = ["reason"]   # empty in one of these: void_unexplained
    still_used: list[Source] = []          # where a void number must not stand: void_used
    blank: Source | None = None            # counted blank forms
    holder: Name | None = None             # the field of `used` that names who held the book
    date: Name = "date"
    return_within: int | str = 5           # working days after the last number for the book to come back
    independent: bool = False              # gaps are by design (electronic forms): no missing, no order


class Extent(Model):
    """A stated balance to hold the chain against."""

    records: Name = "stated_balance"
    where: Expression | None = None
    amount: Name = "amount"


class Balance(Model):
    """Does the chain hold: each running balance, opening + movements = closing, prior closing = opening?"""

    OUTCOMES: ClassVar[tuple[str, ...]] = ("break", "closing_differs", "opening_differs", "negative", "above_limit")

    check: Literal["balance"]
    records: Name
    where: Expression | None = None
    by: list[Name] = []                    # one chain for each value of these
    order: list[Name] = ["date"]
    movement: Expression = "CASE direction WHEN 'out' THEN -amount ELSE amount END"
    balance: Name | None = "balance"       # the stated running balance, if there is one
    opening: Extent | None = None
    closing: Extent | None = None
    prior: Extent | None = None            # what the period before closed with: opening_differs
    floor: QuotedText | None = None               # below it at the end of a day: negative
    ceiling: QuotedText | None = None             # above it at the end of a day: above_limit


class Refers(Model):
    """The record that each record refers to (`r` in the condition): first by the order of `on`."""

    records: Name
    where: Expression | None = None
    on: Annotated[list[On], Field(min_length=1)]


class Require(Model):
    """Does each record meet a condition, alone or with the record it refers to?"""

    OUTCOMES: ClassVar[tuple[str, ...]] = ("fails",)

    check: Literal["require"]
    records: Name
    where: Expression | None = None
    refers: Refers | None = None
    require: Expression                    # over l (and r; all of r null where nothing is referred to)


class Duplicate(Model):
    """Is the same thing there twice, exactly or nearly?"""

    OUTCOMES: ClassVar[tuple[str, ...]] = ("duplicate",)

    check: Literal["duplicate"]
    records: Name
    where: Expression | None = None
    on: Annotated[list[On], Field(min_length=1)]       # criteria as in a match; a window in days makes it nearly
    except_: Annotated[Expression | None, Field(alias="except")] = None   # over l and r: pairs that are legitimate
    keep: list[Name] = ["date"]            # the first in this order is the original


class Query(Model):
    """An auditor's own SELECT that returns the rows that are wrong.

    Columns it may return: outcome (default `wrong`), left_ids, right_ids (lists of _id) or _id, key, party, expected,
    actual, difference, amount, currency, date, field, criterion.
    """

    OUTCOMES: ClassVar[tuple[str, ...]] = ()   # its own

    check: Literal["query"]
    select: str
    reads: list[Name]                      # what must be present for the rule to run
    populations: list[Name] = []           # whose counts and sums are shown; default: `reads`


CHECKS: dict[str, type[Model]] = {
    "match": Match, "totals": Totals, "sequence": Sequence, "balance": Balance, "require": Require,
    "duplicate": Duplicate, "query": Query,
}
CheckOptions = Annotated[
    Match | Totals | Sequence | Balance | Require | Duplicate | Query, Field(discriminator="check")
]

class CheckName(Model):
    """What can be told of a rule that names no check there is."""

    model_config = ConfigDict(extra="ignore")

    check: Literal["match", "totals", "sequence", "balance", "require", "duplicate", "query"]


# Keys of a rule file that are not the check's own.
class RuleHead(Model):
    """What every rule says, whatever its check."""

    title: Bilingual
    duty: Annotated[str, shaped(r"^[A-Z]\d{0,2}$", _DUTY)]
    why: Bilingual
    owner: Bilingual | None = None         # who must act on what the rule finds
    version: int = 1
    optional: list[Name] = []              # record types and views that may be absent: the rule still runs
    needs: list[Name] = []                 # record types it does not read but says nothing without, such as a master
    needs_one_of: list[Name] = []          # record types of which one at least must be there for it to say anything
    outcomes: Mapping[str, Outcome | list[Outcome]]    # `differs`, or `differs.pieces` for one field
    examples: Annotated[list[Example], Field(min_length=1)]


class View(Model):
    """A population made of others: one SELECT. It must give `_id`, and `_ids` where it stands for several records."""

    title: Bilingual
    select: str
    optional: list[Name] = []              # records it reads that may be absent


# What a whole rule file may say, for each check.
RULE_FILES: dict[str, type[RuleHead]] = {
    name: create_model(f"{options.__name__}Rule", __base__=cast(Any, (options, RuleHead)))
    for name, options in CHECKS.items()
}


class Parameter(Model):
    """A tolerance, window or limit with its unit: "50.00 CNY", "3 working days", "30 days", "0.5 %", "7.0950"."""

    title: Bilingual
    default: str


class Cause(Model):
    """One cause, one finding: what is folded under what.

    `by` says how the two belong together: `key`, the same document key; `record`, a record in common; or a field, or
    several, of which their records have the values in common (`slip_no`, `[station, date]`). `exact` asks besides that
    the owners together make up the whole difference of the hidden one: what their records add to the total in question
    (records for a count, the measure's field for a sum), or with `exact: difference` their own differences. With
    `exact: opposite` what the owners audit is the evidence of the hidden one: the signs are turned round. `fields`
    narrows what is hidden to differences in these fields.
    """

    under: list[str]
    hides: list[str]
    by: str | list[Name]
    exact: Literal["no", "total", "difference", "opposite"] = "no"
    fields: list[Name] = []
