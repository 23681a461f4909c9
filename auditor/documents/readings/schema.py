"""What an entry of `reading.yaml` may say."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from auditor.documents.declarations import Currency, DecimalMark, Sign, Unit, Year
from auditor.languages import Text
from auditor.records.schema import FIELD, RECORD_TYPE
from auditor.strict_yaml import STATED, Names, QuotedText, StrictModel, shaped
from auditor.values.dates import Order

ROLE = Names("field", "字段")
CHOICE_FIELD = Names("field with a choice of values", "选项字段")
_LETTERS = Text("the letters of a column, such as D", "列的字母，如 D")
_SAID = Text("a text that says why", "说明原因的文字")

FieldName = Annotated[str, FIELD]
RoleName = Annotated[str, ROLE]
Stated = Annotated[QuotedText | None, STATED]


class AtPart(StrictModel):
    """A column without a header, by its letters."""

    at: Annotated[str, shaped(r"^[A-Za-z]{1,3}$", _LETTERS)]


class MatrixPart(StrictModel):
    """A table of two directions: the fields of its first column, of its header cells and of its cells."""

    down: FieldName
    across: FieldName
    cell: FieldName


class TableEntry(StrictModel):
    """What one table is, or why it is left out."""

    headers: Annotated[list[QuotedText | AtPart], Field(min_length=1)] | None = None
    title: Stated = None
    file: Stated = None
    sheet: Stated = None
    record: Annotated[str, RECORD_TYPE] | None = None
    ignore: Annotated[str | None, STATED, shaped(r"\S", _SAID)] = None
    columns: dict[str, RoleName | None] = {}
    fields: dict[FieldName, QuotedText] = {}
    matrix: MatrixPart | None = None
    labels: dict[str, RoleName | None] = {}
    sign: Annotated[Sign | None, STATED] = None
    date_order: Annotated[Order | None, STATED] = None
    decimal: Annotated[DecimalMark | None, STATED] = None
    year: Annotated[Year | None, STATED] = None
    currency: Annotated[Currency | None, STATED] = None
    account: Stated = None
    unit: Annotated[Unit | None, STATED] = None
    choices: dict[FieldName, dict[str, str]] = {}
    state: Literal["likely"] | None = None
    confirmed: str | None = None


class ChoicesEntry(StrictModel):
    """What words of the company mean in the choice fields of one name."""

    field: Annotated[str, CHOICE_FIELD]
    words: Annotated[dict[str, str], Field(min_length=1)]
    state: Literal["likely"] | None = None
    confirmed: str | None = None


class ReadingsFile(StrictModel):
    """The file: its entries are judged one by one, since a wrong one costs itself alone."""

    tables: list[dict[str, Any]] | None = []
    choices: list[dict[str, Any]] | None = []
