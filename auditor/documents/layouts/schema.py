"""What a file of a table's layout may say."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from auditor.documents.declarations import DecimalMark, Sign
from auditor.records.schema import FIELD, RECORD_TYPE
from auditor.strict_yaml import STATED, Bilingual, StrictModel
from auditor.values.dates import Order

FieldName = Annotated[str, FIELD]
Words = list[str]


class ClaimsPart(StrictModel):
    """By what a document is known."""

    headers: Words = []
    without: Words = []
    preamble: Words = []
    file: Words = []


class FlagPart(StrictModel):
    """A column that says whether money came in or went out."""

    header: Words
    money_in: Words = Field(alias="in")
    money_out: Words = Field(alias="out")
    none: Words = []


class FlowPart(StrictModel):
    """How direction and amount follow from the columns."""

    money_in: Words = Field(default=[], alias="in")
    money_out: Words = Field(default=[], alias="out")
    flag: FlagPart | None = None
    red: Literal["signed"] | None = None


class OwnSidePart(StrictModel):
    """The fields of payer and payee with their header words."""

    payer: dict[FieldName, Words]
    payee: dict[FieldName, Words]


class LeaveOutPart(StrictModel):
    """Rows that are no records."""

    field: FieldName
    words: Annotated[Words, Field(min_length=1)]
    direction: Literal["in", "out", "none"] | None = None
    reason: Bilingual


class ToldDirectionPart(StrictModel):
    """Rows of one direction that other columns show to have another."""

    where: Annotated[dict[FieldName, Words], Field(min_length=1)]
    said: Literal["in", "out", "none"]
    direction: Literal["in", "out", "none"]


class LayoutFile(StrictModel):
    """A layout."""

    layout: str
    title: Bilingual
    record: Annotated[str, RECORD_TYPE]
    claims: ClaimsPart = ClaimsPart()
    columns: dict[FieldName, Words] = {}
    constants: dict[FieldName, str] = {}
    flow: FlowPart | None = None
    sign: Annotated[Sign | None, STATED] = None
    date_order: Annotated[Order | None, STATED] = None
    decimal: Annotated[DecimalMark | None, STATED] = None
    own_side: OwnSidePart | None = None
    leave_out: list[LeaveOutPart] = []
    directions: list[ToldDirectionPart] = []
