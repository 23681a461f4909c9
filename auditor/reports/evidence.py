"""The records of a finding side by side, with the nearest miss as the last column."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from auditor.findings.model import Finding, NearMiss, RecordRef
from auditor.languages import Text
from auditor.reports.figures import figure_text
from auditor.reports.model import Column, Evidence, Fail, FieldProof, ListRow, Near, Pair, Row
from auditor.reports.titles import criterion_value, field_title, key_text, record_title, value_text
from auditor.reports.words import words

MOST_COLUMNS = 3
MOST_LISTED = 40
MOST_RAW = 400
LEAST_AGREEING = 2  # criteria in which a nearest miss agrees: else it has nothing to do with the finding
_LISTED = ("date", "amount")


def evidence_of(finding: Finding, titles: Mapping[str, Text]) -> Evidence:
    """Up to MOST_COLUMNS records side by side, with the first record of the nearest miss; more of them as a list."""
    if len(finding.records) > MOST_COLUMNS:
        return _listed(finding, titles)
    pairs: list[tuple[str, RecordRef | None]] = [(_role(record, finding), record) for record in finding.records]
    if finding.outcome == "left_only":
        pairs.append(("right", None))
    elif finding.outcome == "right_only":
        pairs.insert(0, ("left", None))
    near = next(iter(_close(finding)), None)
    if near is not None and near.records:
        pairs.append(("near", near.records[0]))
    columns = tuple(_column(role, record, finding, titles) for role, record in pairs)
    return _compared(columns, [record for _, record in pairs], finding)


def nears_of(finding: Finding) -> tuple[Near, ...]:
    """The nearest misses in words."""
    return tuple(_near(each) for each in _close(finding))


def far_nears_of(finding: Finding) -> tuple[Near, ...]:
    """The nearest ones of a finding to which nothing comes near: they are named, and not held against it."""
    return () if _close(finding) else tuple(_near(each) for each in finding.nearest)


def _close(finding: Finding) -> tuple[NearMiss, ...]:
    """The nearest misses that come near: a record that is matched, or agrees in one criterion alone, is a stranger."""
    return tuple(each for each in finding.nearest if not each.used and len(each.agrees) >= LEAST_AGREEING)


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


def field_proofs(record: RecordRef, finding: Finding) -> tuple[FieldProof, ...]:
    """What is proved of the fields of a record that a finding rests on: the one that it is about, or in which the
    nearest miss fails, else the record's figures."""
    issues = [name for name in record.values if name in _issues(finding)]
    names = issues or [name for name in record.figures if name in record.values]
    return tuple(FieldProof(field_title(name, record.type), record.proof_of(name)) for name in names)


def _role(record: RecordRef, finding: Finding) -> str:
    sides = {each.side for each in finding.records}
    if finding.outcome in ("left_only", "right_only") or len(sides) > 1:
        return record.side if record.side in ("left", "right") else "only"
    return "only"


def _column(role: str, record: RecordRef | None, finding: Finding, titles: Mapping[str, Text]) -> Column:
    if record is None:
        return Column(f"{role} missing", words()["not_found"], Text("", ""), Text("", ""), "", None, ())
    raw = " │ ".join(part.strip() for part in (record.raw or "").split("\t") if part.strip())
    return Column(
        role=role,
        type=record_title(record.type, titles),
        key=key_text(record),
        place=place_text(record),
        raw=raw if len(raw) <= MOST_RAW else raw[:MOST_RAW] + " …",
        via=record.via,
        proofs=field_proofs(record, finding),
        at=(record.document, record.page, record.box) if record.page is not None and record.box else None,
    )


def _issues(finding: Finding) -> tuple[str, ...]:
    """The fields that the finding is about, or in which its nearest miss fails."""
    own = finding.fields or ((finding.field,) if finding.field else ())
    failed = [name for near in _close(finding)[:1] for each in near.failed for name in each.fields or (each.field,)]
    return tuple(dict.fromkeys([*own, *failed]))


def _at_issue(name: str, cells: Sequence[Text | None], finding: Finding) -> bool:
    """Whether a row is one that the finding is about: of what a measure is computed from, only what differs."""
    filled = [cell for cell in cells if cell is not None]
    differs = len(filled) == 1 or len(set(filled)) > 1
    return name == finding.field or (differs and name in _issues(finding))


def _compared(columns: tuple[Column, ...], records: Sequence[RecordRef | None], finding: Finding) -> Evidence:
    """Fields sorted into those that differ or are at issue, those that all agree on, and those that one has alone."""
    there = [record for record in records if record is not None]
    rows: list[Row] = []
    same: list[Pair] = []
    alone: list[list[Pair]] = [[] for _ in records]
    for name, first in _names(there).items():
        title = field_title(name, first.type)
        cells = tuple(value_text(each, name) if each is not None and name in each.values else None for each in records)
        filled = [cell for cell in cells if cell is not None]
        if _at_issue(name, cells, finding):
            rows.append(Row(title, cells, True))
        elif len(filled) == 1:
            place = next(index for index, cell in enumerate(cells) if cell is not None)
            alone[place].append(Pair(title, filled[0]))
        elif len(filled) == len(there) and len(set(filled)) == 1:
            same.append(Pair(title, filled[0]))
        else:
            rows.append(Row(title, cells, False))
    rows.sort(key=lambda row: not row.issue)
    return Evidence(columns, tuple(rows), tuple(same), tuple(map(tuple, alone)))


def _names(records: Sequence[RecordRef]) -> dict[str, RecordRef]:
    """The fields of the records, each with the first record that has it; masters' ids stand beside their names."""
    names: dict[str, RecordRef] = {}
    for record in records:
        for name in record.values:
            if not name.endswith("__id"):
                names.setdefault(name, record)
    return names


def _listed(finding: Finding, titles: Mapping[str, Text]) -> Evidence:
    wanted = dict.fromkeys([*_issues(finding), *_LISTED])
    names = {name: record for name, record in _names(finding.records).items() if name in wanted}
    ordered = [name for name in wanted if name in names]
    listing = tuple(
        ListRow(
            role=_role(record, finding),
            type=record_title(record.type, titles),
            key=key_text(record),
            values=tuple(value_text(record, name) if name in record.values else None for name in ordered),
            place=place_text(record),
            proofs=field_proofs(record, finding),
        )
        for record in finding.records[:MOST_LISTED]
    )
    heads = tuple(field_title(name, names[name].type) for name in ordered)
    return Evidence(heads=heads, listing=listing, more=max(0, len(finding.records) - MOST_LISTED) + finding.unlisted)


def _near(near: NearMiss) -> Near:
    kind = near.records[0].type if near.records else None
    return Near(
        key=_joined([key_text(record) for record in near.records]),
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


def _joined(texts: Sequence[Text]) -> Text:
    return Text(", ".join(each.en for each in texts), "、".join(each.zh for each in texts))
