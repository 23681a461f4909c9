"""What `ruleset.yaml` may say: of the set itself, of the sets that it includes, and what the report calls its work."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from auditor.languages import Text
from auditor.rules.schema import Cause, Model, Name, Parameter, Severity
from auditor.strict_yaml import Bilingual, Names, shaped

DUTY = Text("a duty such as D03", "职责编号，如 D03")
_CODES = Text('a code such as BNK-01, or a family such as "BNK-*"', "代码，如 BNK-01；或一类代码，如 BNK-*")

Duty = Annotated[str, shaped(r"^[A-Z]\d{0,2}$", DUTY)]
Codes = list[Annotated[str, shaped(r"^[A-Z]+-(\d{2}|\*)$", _CODES)]]
RECORD_TYPE = Names("record type", "记录类型")


class Changes(Model):
    """What a set changes in those that it includes. Severities and owners are named by code, rule or duty; of several
    that fit, the code goes before the rule, the rule before the duty."""

    parameters: Mapping[Name, str | int] = {}
    severities: Mapping[str, Severity] = {}
    owners: Mapping[str, Bilingual] = {}


class MoneyKind(Model):
    """A kind of money at stake. Each open exception falls into the first kind that names its code (whole, or its family
    as "BNK-*") and whose `sign` fits its difference. Without a title: more codes of a kind of an included set."""

    title: Bilingual | None = None
    sign: Literal["negative", "positive", "any"] = "any"
    codes: Codes


class NumberControl(Model):
    """A line of number control on the first page. Without a title: more codes of the line of an included set."""

    title: Bilingual | None = None
    codes: Codes


class Signers(Model):
    """Who signs the report."""

    prepared: Bilingual
    reviewed: Bilingual
    approved: Bilingual


class PackageItem(Model):
    """What belongs to the period-end package: a statement that is drawn up, the company's own documents with these
    records, or both."""

    title: Bilingual
    statement: str | None = None
    documents: list[Annotated[str, RECORD_TYPE]] = []


class RuleSetManifest(Model):
    """`ruleset.yaml`."""

    title: Bilingual
    version: str
    purpose: Bilingual | None = None       # what the set is for, in a sentence
    includes: list[str] = []               # sets whose rules belong to it: a shipped one, or a folder beside this one
    without: list[str] = []                # duties and rules of included sets that it leaves out
    changes: Changes = Changes()
    # where audit.yaml names no set: records that speak for it, if one of these fields is filled or if their table has
    # no column of something else; no fields: any record
    chosen_by: Mapping[Annotated[str, RECORD_TYPE], list[str]] = {}
    calendar: Name = "cn"
    parameters: Mapping[Name, Parameter] = {}
    order: list[str] = []  # families of codes: who owns a record that two find
    causes: list[Cause] = []
    duties: Mapping[Duty, Bilingual] = {}  # what its duties are called
    kinds: Mapping[Name, MoneyKind] = {}   # which exceptions are which kind of money, as the first page lists them
    number_control: Mapping[Name, NumberControl] = {}
    signers: Signers | None = None
    package: Mapping[Name, PackageItem] = {}  # what the period-end package must hold, in its order

