"""What the values of a field count: money, things, weight, days or per cent."""

from __future__ import annotations

from typing import Literal

from auditor.records.model import Field, FieldType

FigureUnit = Literal["money", "weight", "percent", "count", "days"]

FIGURE_UNIT = "figure_unit"  # the field by which a record says what its own figures count

_OF_TYPE: dict[FieldType, FigureUnit] = {
    FieldType.MONEY: "money",
    FieldType.WORDS_AMOUNT: "money",
    FieldType.INTEGER: "count",
    FieldType.QUANTITY: "count",
    FieldType.PERCENT: "percent",
    FieldType.DATE: "days",
}
_WEIGHTS = ("kg", "g", "t", "lb")


def unit_of_field(field: Field) -> FigureUnit | None:
    """What the values of a field are; None if they are no figures. A difference of two dates is in days."""
    return "weight" if field.unit in _WEIGHTS else _OF_TYPE.get(field.type)
