"""Figures that stand outside of a table's columns, in lines and labels: read as those of the columns they are about.

The decimal mark and the unit were decided for the columns; a printed total or balance has the same, unless it names a
unit itself (`1.2万元`, `28.50元`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from auditor.documents.fields import FieldValue, Spec, read_one
from auditor.records.model import FieldType

_OWN_UNIT = re.compile(r"\d\s*(?:[十百千万亿]+[元圆]?|[元圆])[整正]?\s*\)?$")


def figure_spec(specs: Iterable[Spec], *names: str) -> Spec | None:
    """How a figure is read that is about the first of the fields `names` that has a column, else about any amount; None
    if the table has no column of amounts."""
    amounts = {spec.name: spec for spec in specs if spec.type is FieldType.MONEY}
    return next((amounts[name] for name in names if name in amounts), next(iter(amounts.values()), None))


def read_figure(text: str, spec: Spec) -> FieldValue:
    """A figure as its column is read; one that names a unit of its own, in that."""
    if spec.type is FieldType.MONEY and _OWN_UNIT.search(text.strip()):
        return read_one(text, replace(spec, numerator=1, denominator=1))
    return read_one(text, spec)
