"""The proofs inside a row: the relations that its record type declares, and check digits."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from auditor.documents.model import Proof, ProofStatus
from auditor.documents.proofs.fields import FieldStates
from auditor.documents.proofs.relations import Outcome, outcomes
from auditor.languages import Text
from auditor.records.model import Field, RecordType
from auditor.values.check_digits import awb_holds

CHECK_DIGIT = "check digit"


def row_proofs(record: RecordType, table: pa.Table, claimed: Collection[str]) -> list[Outcome]:
    """What can be proved of the rows of a record table, over whole columns. `claimed` names the fields that the
    document has a place for, filled or not."""
    return outcomes(record, table, claimed) + _check_digits(table)


def filled_fields(table: pa.Table) -> set[str]:
    """The fields of which a table has any value."""
    return {name for name in table.column_names if table.column(name).null_count < table.num_rows}


def _check_digits(table: pa.Table) -> list[Outcome]:
    """Air waybill numbers: the eighth digit is the first seven modulo 7."""
    if "waybill_no" not in table.column_names or table.column("waybill_no").null_count == table.num_rows:
        return []
    numbers = table.column("waybill_no")
    maybe = pc.fill_null(pc.match_substring_regex(numbers, r"^\d{3}-?\d{8}$"), False)
    if not pc.any(maybe).as_py():
        return []
    held = [
        awb_holds(text) if flag else None for text, flag in zip(numbers.to_pylist(), maybe.to_pylist(), strict=True)
    ]
    states = np.array([0 if each is None else 1 if each else -1 for each in held], dtype=np.int8)
    return [Outcome(CHECK_DIGIT, states, "waybill_no", {"waybill_no": states})]


def proofs(
    found: Sequence[Outcome],
    rows: Sequence[int | None],
    where: str,
    fields: Mapping[str, Field],
    counted: tuple[str, str] = ("row", "行"),
) -> list[Proof]:
    """One proof a name. `rows` gives each record's number in the document, and `counted` says of what."""
    made: list[Proof] = []
    for name in dict.fromkeys(outcome.name for outcome in found):
        mine = [outcome for outcome in found if outcome.name == name]
        tested = sum(int(np.count_nonzero(outcome.states)) for outcome in mine)
        broken = [(int(row), at) for at, outcome in enumerate(mine) for row in np.flatnonzero(outcome.states < 0)]
        if not tested:
            continue
        if not broken:
            made.append(Proof(name, ProofStatus.HOLDS, where, Text(f"{tested} hold", f"{tested} 项成立")))
            continue
        broken.sort(key=lambda each: (each[0], mine[each[1]].stated))
        first = [(rows[row], mine[at].stated) for row, at in broken[:5]]
        en = ", ".join(f"{row} ({field})" for row, field in first)
        zh = "、".join(f"第 {row} {counted[1]}（{fields[field].title.zh}）" for row, field in first)
        detail = Text(
            f"{len(broken)} of {tested} do not hold: {counted[0]} {en}",
            f"{tested} 项中 {len(broken)} 项不成立：{zh}",
        )
        made.append(Proof(name, ProofStatus.BROKEN, where, _explained(detail, mine, broken[0], fields)))
    return made


def _explained(detail: Text, mine: Sequence[Outcome], first: tuple[int, int], fields: Mapping[str, Field]) -> Text:
    """The detail with the figures of the first row that breaks, and what the columns may be instead."""
    row, at = first
    sentence = mine[at].sentence
    if sentence is not None:
        detail = Text(f"{detail.en}: {sentence(row)}", f"{detail.zh}：{sentence(row)}")
    for doubt in dict.fromkeys(outcome.doubt for outcome in mine if outcome.doubt is not None):
        one, other = (fields[name].title for name in doubt)
        detail = Text(
            f"{detail.en}; with {one.en} and {other.en} exchanged the rows hold: check which column is which",
            f"{detail.zh}；若将“{one.zh}”与“{other.zh}”两列对调则成立：请核对列的对应关系",
        )
    return detail


def field_states(found: Sequence[Outcome]) -> list[FieldStates]:
    """What the outcomes say of each field."""
    return [FieldStates(name, states) for outcome in found for name, states in outcome.fields.items()]
