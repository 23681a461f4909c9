"""Records that are alike in all that decides, of which some found a partner: which of them, nobody knows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from auditor.findings.model import RecordRef
from auditor.languages import Text
from auditor.records.model import FieldType, RecordType


def told_of_twins(
    explanation: Text,
    criterion: Mapping[str, Any],
    records: Sequence[RecordRef],
    record_types: Mapping[str, RecordType],
) -> Text:
    """The explanation, of twins with what tells them apart: "one of 记-12 / 记-15: ..."."""
    members = criterion.get("one_of")
    if not members:
        return explanation
    named = sorted(_names([each for each in records if each.id in members], record_types))
    spare = int(criterion["spare"])
    en, zh = " / ".join(named), " / ".join(named)
    return Text(
        f"{'one' if spare == 1 else spare} of {en}: {explanation.en}",
        f"{zh} {'之一' if spare == 1 else f'中的 {spare} 笔'}：{explanation.zh}",
    )


def matched_twins(criterion: Mapping[str, Any]) -> frozenset[int]:
    """Of the records that a finding names as twins those that count as matched, or as found by another finding."""
    return frozenset(criterion.get("one_of") or ()) - frozenset(criterion.get("open") or ())


def _names(records: Sequence[RecordRef], record_types: Mapping[str, RecordType]) -> list[str]:
    """What tells each from the others: its own number, else the fields that name it, else its place."""
    numbers = [
        name
        for name, field in (record_types[records[0].type].fields.items() if records else ())
        if field.type is FieldType.NUMBER_TEXT and field.master is None
    ]
    for name in numbers:
        values = [each.values.get(name, "") for each in records]
        if all(values) and len(set(values)) == len(values):
            return values
    keys = [each.key for each in records]
    if all(keys) and len(set(keys)) == len(keys):
        return keys
    return [f"{each.document}:{each.row}" if each.row is not None else each.document for each in records]
