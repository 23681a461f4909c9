"""The claim of a confirmed reading on a header row: its columns as the user has named them."""

from __future__ import annotations

from collections.abc import Sequence

from auditor.documents.headers import Unit, header_variants
from auditor.documents.readings.confirmed import ConfirmedReading
from auditor.documents.readings.roles import DAY, MONTH, YEAR
from auditor.documents.tables.recognise import Claim, Column


def claim_of(entry: ConfirmedReading, headers: Sequence[str]) -> Claim:
    """The claim of `entry`, which says what a table with these headers is; units are those that the headers name.

    An entry that names no columns claims none: they are still to be recognised. Nothing is missing: what no column
    gives stands in `entry.fields`, or the user did without. Raises ValueError for an entry that leaves the table out.
    """
    if entry.record is None:
        raise ValueError(f"the entry on line {entry.line} reads no table")
    found = list(entry.roles(headers))
    parts = {role: index for index, _, role in found if role in (YEAR, MONTH, DAY)}
    columns = tuple(Column(role, index, header, _unit(header)) for index, header, role in found if role not in parts)
    days = tuple(parts[role] for role in (YEAR, MONTH, DAY) if role in parts)
    return Claim(entry.record, columns, (), day_columns=days)


def _unit(header: str) -> Unit | None:
    return next((unit for _, unit, _ in header_variants(header) if unit is not None), None)
