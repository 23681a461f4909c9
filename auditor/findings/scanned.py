"""What findings say that rest on pictures: a value that was recognised, and that nothing proves, may be misread.

Such a finding says so and names the values, and does not keep a month from being closed by itself: it is compared with
the paper first. Where a paper is missing altogether nothing was misread, and the finding stays as grave as it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from auditor.findings.model import Finding, RecordRef
from auditor.languages import Text
from auditor.records.model import RecordType

_GRAVEST = "high"
_LESS = "medium"
_MOST_NAMED = 3


def told_of_scans(finding: Finding, types: Mapping[str, RecordType]) -> Finding:
    """The finding, its values from pictures that nothing proves named; as it is if it rests on none."""
    resting = [(record, names) for record in finding.records if (names := _unproved(record, finding, types))]
    if not resting:
        return finding
    named = [_named(record, names, types) for record, names in resting[:_MOST_NAMED]]
    more = len(resting) - len(named)
    en, zh = "; ".join(each.en for each in named), "；".join(each.zh for each in named)
    told = Text(
        f"{finding.explanation.en} Read from a picture and not proved, to be compared with the paper: {en}"
        + (f"; and {more} more." if more else "."),
        f"{finding.explanation.zh}以下内容识别自图像且未经验证，请先与原件核对：{zh}"
        + (f"等 {len(resting)} 份。" if more else "。"),
    )
    severity = _LESS if finding.severity == _GRAVEST else finding.severity
    return replace(finding, explanation=told, severity=severity)


def _unproved(record: RecordRef, finding: Finding, types: Mapping[str, RecordType]) -> list[str]:
    """The fields of a recognised record that the finding rests on and that nothing proves."""
    if record.via != "ocr":
        return []
    own = finding.fields or ((finding.field,) if finding.field else ())
    names = [name for name in own if name in record.values]
    if not names:
        names = [name for name in (*types[record.type].identity, *record.figures) if name in record.values]
    return [name for name in dict.fromkeys(names) if record.proof_of(name) != "proved"]


def _named(record: RecordRef, names: list[str], types: Mapping[str, RecordType]) -> Text:
    titles = [types[record.type].fields[name].title for name in names]
    place = record.document if record.page in (None, 1) else f"{record.document}[page {record.page}]"
    values = [record.values[name] for name in names]
    en = ", ".join(f"{title.en} {value}" for title, value in zip(titles, values, strict=True))
    zh = "、".join(f"{title.zh} {value}" for title, value in zip(titles, values, strict=True))
    return Text(f"{en} ({place})", f"{zh}（{place}）")
