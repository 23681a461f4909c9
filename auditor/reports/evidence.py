"""The records of a finding side by side, with the nearest miss as the last column."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from auditor.findings.model import Finding, NearMiss, RecordRef
from auditor.languages import Text
from auditor.reports.figures import figure_text
from auditor.reports.model import Column, Evidence, Fail, Near, Row
from auditor.reports.titles import criterion_value, field_title, record_title, value_text
from auditor.reports.words import words

MOST_COLUMNS = 4
MOST_RAW = 400


def evidence_of(finding: Finding, titles: Mapping[str, Text]) -> Evidence:
    """Up to MOST_COLUMNS records of the finding and, where they leave room, the first record of its nearest miss."""
    near = finding.nearest[0] if finding.nearest and finding.nearest[0].records else None
    records = _spread(finding.records, MOST_COLUMNS - (1 if near else 0))
    pairs = [(_role(record, finding), record) for record in records]
    if near:
        pairs.append(("near_used" if near.used else "near", near.records[0]))
    columns = tuple(_column(role, record, titles) for role, record in pairs)
    return Evidence(columns, _rows([record for _, record in pairs], _issues(finding)),
                    len(finding.records) - len(records))  # fmt: skip


def nears_of(finding: Finding) -> tuple[Near, ...]:
    """The nearest misses in words."""
    return tuple(_near(each) for each in finding.nearest)


def place_text(record: RecordRef) -> Text:
    """Where a record stands: file, sheet or page, row, box."""
    known = words()
    parts: list[Text] = []
    if record.sheet:
        parts.append(known.fill("sheet_named", name=record.sheet))
    elif record.page is not None and not (record.via == "cell" and record.page == 1):
        parts.append(known.fill("sheet" if record.via == "cell" else "page", n=record.page))
    if record.row is not None:
        parts.append(known.fill("row", n=record.row))
    if record.box:
        parts.append(known.fill("box", box=record.box))
    return Text(
        en=", ".join([record.document, *(each.en for each in parts)]),
        zh="，".join([record.document, *(each.zh for each in parts)]),
    )


def _spread(records: Sequence[RecordRef], most: int) -> list[RecordRef]:
    """The first records of each side in turn, so that no side crowds out the other; in their own order."""
    if len(records) <= most:
        return list(records)
    sides: dict[str, list[int]] = {}
    for index, record in enumerate(records):
        sides.setdefault(record.side, []).append(index)
    share = max(1, most // len(sides))
    chosen = sorted(index for indexes in sides.values() for index in indexes[:share])
    return [records[index] for index in chosen[:most]]


def _role(record: RecordRef, finding: Finding) -> str:
    sides = {each.side for each in finding.records}
    if finding.outcome in ("left_only", "right_only") or len(sides) > 1:
        return record.side if record.side in ("left", "right") else "only"
    return "only"


def _column(role: str, record: RecordRef, titles: Mapping[str, Text]) -> Column:
    raw = " │ ".join(part.strip() for part in (record.raw or "").split("\t") if part.strip())
    return Column(
        role=role,
        type=record_title(record.type, titles),
        key=record.key,
        place=place_text(record),
        raw=raw if len(raw) <= MOST_RAW else raw[:MOST_RAW] + " …",
        via=record.via,
        proof=record.proof,
    )


def _issues(finding: Finding) -> frozenset[str]:
    failed = [each.field for near in finding.nearest[:1] for each in near.failed]
    return frozenset([*failed, *([finding.field] if finding.field else [])])


def _rows(records: Sequence[RecordRef], issues: frozenset[str]) -> tuple[Row, ...]:
    names: dict[str, RecordRef] = {}
    for record in records:
        for name in record.values:
            if not name.endswith("__id"):
                names.setdefault(name, record)
    rows = [_row(name, first, records, name in issues) for name, first in names.items()]
    # what both sides have comes first: it is what is compared
    return tuple(sorted(rows, key=lambda row: (not row.issue, sum(cell is None for cell in row.cells) > 0)))


def _row(name: str, first: RecordRef, records: Sequence[RecordRef], issue: bool) -> Row:
    cells = tuple(value_text(record, name) if name in record.values else None for record in records)
    return Row(field_title(name, first.type), cells, issue)


def _near(near: NearMiss) -> Near:
    kind = near.records[0].type if near.records else None
    return Near(
        key="、".join(record.key for record in near.records),
        used=near.used,
        agrees=tuple(field_title(name, kind) for name in near.agrees),
        fails=tuple(
            Fail(
                field_title(each.field, kind),
                criterion_value(each.left, each.field, kind),
                criterion_value(each.right, each.field, kind),
                figure_text(each.by),
            )
            for each in near.failed
        ),
    )
