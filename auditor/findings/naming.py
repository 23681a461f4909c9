"""What tells exceptions apart that have one code and one key: a serial or voucher, a party, an amount, a place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

from auditor.findings.model import Finding
from auditor.findings.text import figure_text
from auditor.records.model import FieldType, RecordType


def told_apart(findings: Sequence[Finding], types: Mapping[str, RecordType]) -> list[Finding]:
    """The findings in their order; those that share code and key with others have the `reference` that they lack."""
    alike: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    for finding in findings:
        alike[finding.code, finding.key].append(finding)
    references = {name: text for group in alike.values() if len(group) > 1 for name, text in _references(group, types)}
    return [replace(each, reference=references[each.id]) if each.id in references else each for each in findings]


def _references(group: Sequence[Finding], types: Mapping[str, RecordType]) -> Iterator[tuple[str, str]]:
    """A reference for each of a group, made of as few of its attributes as tell all apart."""
    parts: list[tuple[str, ...]] = [() for _ in group]
    for attribute in _attributes(group, types):
        if len(set(parts)) == len(group):
            break
        values = [attribute(each) for each in group]
        finer = [(*part, value) if value else part for part, value in zip(parts, values, strict=True)]
        if len(set(finer)) > len(set(parts)):
            parts = finer
    numbers: dict[tuple[str, ...], int] = defaultdict(int)
    for finding, part in zip(group, parts, strict=True):
        numbers[part] += 1
        turn = (f"({numbers[part]})",) if parts.count(part) > 1 else ()
        yield finding.id, " ".join((*part, *turn))


def _attributes(group: Sequence[Finding], types: Mapping[str, RecordType]) -> Iterator[Callable[[Finding], str]]:
    """What may tell them apart, the most telling first: numbers of documents before names, names before figures."""
    for name in _numbers(group, types):
        yield partial(_value, name)
    yield lambda finding: finding.party_name or finding.party or ""
    yield _amount
    yield lambda finding: finding.date.isoformat() if finding.date else ""
    for which in (0, -1):
        yield partial(_place, which)


def _numbers(group: Sequence[Finding], types: Mapping[str, RecordType]) -> list[str]:
    """The fields that hold numbers of documents, those by which records are named first."""
    kinds = [types[name] for name in dict.fromkeys(r.type for each in group for r in each.records) if name in types]
    numbered = [[name for name, field in kind.fields.items() if field.type is FieldType.NUMBER_TEXT] for kind in kinds]
    naming = [name for kind, names in zip(kinds, numbered, strict=True) for name in kind.identity if name in names]
    return [*dict.fromkeys([*naming, *(name for names in numbered for name in names)])]


def _value(name: str, finding: Finding) -> str:
    """The field as the first record has it, unless the key says it already."""
    value = next((record.values[name] for record in finding.records if name in record.values), "")
    return "" if value in finding.key.split("/") else value


def _amount(finding: Finding) -> str:
    value = finding.amount if finding.amount is not None else finding.difference
    return "" if value is None else figure_text(value, finding.unit, finding.currency)


def _place(which: int, finding: Finding) -> str:
    """File and row of the first or the last record, without the folder."""
    if not finding.records:
        return ""
    record = finding.records[which]
    return f"{record.document.rpartition('/')[2]}:{record.row or record.page or ''}"
