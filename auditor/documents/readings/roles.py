"""The roles that an answer may give to a column, as it writes them: fields, and what a flow or a range is made of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from auditor.documents.vocabulary import FIELDS_OF_SIDES, FLAG, MONEY_IN, MONEY_OUT, RANGE, SIDES
from auditor.records.model import RecordType

YEAR, MONTH, DAY = "<year>", "<month>", "<day>"
_FLOW = {"in": MONEY_IN, "out": MONEY_OUT, "flag": FLAG}
_RANGE = {"range": RANGE}
_DATE = {"year": YEAR, "month": MONTH, "day": DAY}
_DIRECTION = "direction"  # of a type with a flow: it is told by the words of a column, the flag


def roles_of(record_type: RecordType) -> Mapping[str, str]:
    """The written roles of a record type and what each stands for; a field's name stands for itself."""
    extra = {
        **(_FLOW if record_type.flow else {}),
        **(_RANGE if record_type.range else {}),
        **(_DATE if "date" in record_type.fields else {}),
        **{role: role for role in _roles_of_sides(record_type)},
    }
    found = extra | {name: name for name in record_type.fields}
    return found | {_DIRECTION: FLAG} if record_type.flow else found


def _roles_of_sides(record_type: RecordType) -> Iterator[str]:
    """Payer and payee of a list of transfers, of which the one that is not the company is the counterparty."""
    if record_type.flow is not None:
        yield from (f"{side}.{name}" for side in SIDES for name in FIELDS_OF_SIDES if name in record_type.fields)


def written(role: str) -> str:
    """A role as an answer writes it."""
    return role.strip("<>")
