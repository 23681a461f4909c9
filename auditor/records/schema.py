"""What a file of `rules/records/` may say."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from auditor.languages import Text
from auditor.records.model import FieldType, PartyRole
from auditor.strict_yaml import Bilingual, Names, StrictModel, not_allowed, shaped

FIELD = Names("field", "字段")
RECORD_TYPE = Names("record type", "记录类型")
MASTER = Names("master", "主数据")
BOOK = Names("kind of book", "编号簿类别")
_NAME = Text("a name of small letters, digits and underscores", "由小写字母、数字和下划线组成的名称")


def _expression(text: str) -> str:
    try:
        re.compile(text)
    except re.error as error:
        raise not_allowed(f"a regular expression ({error})", "正则表达式") from error
    return text


Name = Annotated[str, shaped(r"^[a-z][a-z0-9_]*$", _NAME)]
OwnField = Annotated[str, FIELD]
Expression = Annotated[str, AfterValidator(_expression)]
Words = list[str]
RelationProof = Literal[
    "quantity × price", "net + tax", "foreign amount × rate", "words and figures", "parts and whole"
]


class FieldPart(StrictModel):
    """One field, by its name under `fields`."""

    type: Annotated[FieldType, Field(strict=False)]
    title: Bilingual | None = None
    header: Words = []
    labels: Words = []
    also: Words = []
    required: bool = False
    required_header: bool = False
    choices: dict[str, Words] = {}
    default: str | None = None
    unit: str | None = None
    master: Annotated[str, MASTER] | None = None
    entry: Literal["certain", "likely", "named"] | None = None
    names: list[Annotated[str, MASTER]] = []
    book: Annotated[str, BOOK] | None = None
    cites: Annotated[str, RECORD_TYPE] | None = None
    inherit: Annotated[str, RECORD_TYPE] | None = None
    inherit_from: str | None = Field(default=None, alias="from")
    several: bool = False
    undivided: bool = False
    other: dict[str, list[OwnField]] = {}
    word: OwnField | None = None
    whole: OwnField | None = None
    price: bool = False
    never_summed: bool = False
    party: PartyRole | None = None
    label: bool = False
    free_text: bool = False
    in_names: bool = False


class FlagPart(StrictModel):
    """A column that says whether money came in or went out."""

    header: Words = []
    money_in: Words = Field(default=[], alias="in")
    money_out: Words = Field(default=[], alias="out")
    none: Words = []


class FlowPart(StrictModel):
    """How direction and amount follow from the columns."""

    money_in: Words = Field(default=[], alias="in")
    money_out: Words = Field(default=[], alias="out")
    flag: FlagPart | None = None
    amount: Literal["flagged"] | None = None
    red: Literal["signed"] | None = None


class MasterPart(StrictModel):
    """That the records are entries of a master."""

    of: Annotated[str, RECORD_TYPE] | None = None
    id: OwnField
    names: list[OwnField] = []
    separator: Expression | None = None
    own: dict[OwnField, str] = {}


class FeedPart(StrictModel):
    """That the records give names to another master."""

    of: Annotated[str, MASTER]
    id: OwnField
    names: list[OwnField] = []


class BelongingPart(StrictModel):
    """That what one field names belongs to what another names."""

    of: OwnField
    to: OwnField
    inside: list[OwnField] = []


class RangePart(StrictModel):
    """The fields of a range of numbers."""

    first: OwnField
    last: OwnField
    prefix: OwnField
    width: OwnField
    header: Words = []


class MatrixPart(StrictModel):
    """That the records may stand in a matrix: the fields of its axes, a name and a date, and the one of its cells."""

    axes: list[OwnField]
    cell: OwnField


class ChangePart(StrictModel):
    """The fields that state one change: of what, what it was before, what it is after."""

    of: OwnField
    before: OwnField
    after: OwnField


class RelationPart(StrictModel):
    """What must hold between the figures of a record: one of `product`, `sum` and `difference` makes `is`."""

    product: list[OwnField] | None = None
    sum: list[OwnField] | None = None
    difference: list[OwnField] | None = None
    result: OwnField = Field(alias="is")
    optional: list[OwnField] = []
    unless: dict[OwnField, str] = {}
    proof: RelationProof | None = None


class RecordFile(StrictModel):
    """A record type."""

    record: Name
    title: Bilingual | None = None
    names: Words = []
    paper: bool = False
    titles: Words = []
    lines_of: list[Annotated[str, RECORD_TYPE]] = []
    owner: OwnField | None = None
    carried_from: list[Name] = []
    dated: OwnField | None = None
    identity: list[OwnField] = []
    flow: FlowPart | None = None
    master: MasterPart | None = None
    feeds: list[FeedPart] = []
    belongs: list[BelongingPart] = []
    range: RangePart | None = None
    matrix: MatrixPart | None = None
    relations: list[RelationPart] = []
    change: ChangePart | None = None
    debit_credit: dict[OwnField, list[OwnField]] = {}
    fields: dict[Name, FieldPart]
