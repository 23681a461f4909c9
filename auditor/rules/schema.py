"""The rule language: what a rule file says whatever its check, what a view file and a rule set's manifest may say.

What a rule says to its check is said by the check's own model (`auditor.rules.check_options`). Unknown keys are errors
everywhere. Conditions and values are SQL expressions (`Expression`) over the fields of the records at hand, checked by
`auditor.rules.conditions` before anything runs.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field

from auditor.languages import Text
from auditor.records.figures import FigureUnit
from auditor.strict_yaml import Bilingual, StrictModel, shaped

_NAME = Text("a name of small letters, digits and underscores", "由小写字母、数字和下划线组成的名称")
_CODE = Text("a code such as REG-01", "代码，如 REG-01")
_DUTY = Text("a duty such as D03", "职责编号，如 D03")
_MONTH = Text("a month such as 2026-10", "月份，如 2026-10")

Expression = Annotated[str, Field(min_length=1, description="a SQL expression")]
Name = Annotated[str, shaped(r"^[a-z][a-z0-9_]*$", _NAME)]
Severity = Literal["high", "medium", "low", "info"]
Unit = FigureUnit


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
