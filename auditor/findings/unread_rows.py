"""Rows that were not read, and the absences that they may answer: by the number, or by day, account and party.

A row speaks for a finding where what was read of it agrees with the finding's own record: in a number, in the day, or
in amount and party; and where nothing that both state contradicts that. A row answers one finding of a kind at most,
and none where several have the same claim to it: those stay open and name the row.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from decimal import Decimal

from auditor.checks.unread import Unread
from auditor.documents.texts import amount_key
from auditor.engine import Engine
from auditor.findings.held_texts import numbers_in
from auditor.findings.model import DocumentSummary, Finding
from auditor.records.model import FieldType, RecordType
from auditor.values.text import number_text, party_full_key

_AMOUNT, _DATE = "amount", "date"
_TOKEN = re.compile(r"[^\W_]+(?:-[^\W_]+)*")


@dataclass(frozen=True, slots=True)
class RowNames:
    """What the texts of unread rows name: the record types, and by master and text whose entry it is."""

    types: Mapping[str, RecordType] = field(default_factory=dict)
    ids: Mapping[tuple[str, str], str] = field(default_factory=dict)


def names_of(engine: Engine, types: Mapping[str, RecordType]) -> RowNames:
    """The names that the masters of an audit know."""
    rows = engine.rows("SELECT of, value, min(id) FROM master_value WHERE id IS NOT NULL GROUP BY of, value")
    return RowNames(types, {(of, value): known for of, value, known in rows})


def answered_by_rows(
    findings: Sequence[Finding],
    lacking: Mapping[str, Set[str]],
    documents: Sequence[DocumentSummary],
    unread: Sequence[Unread],
    names: RowNames,
) -> tuple[dict[str, str], dict[str, tuple[str, ...]]]:
    """By finding the path of the document of which a row answers it; and by finding the places of rows that may.

    `lacking`: by finding the record types among which something is absent.
    """
    answered: dict[str, str] = {}
    doubtful: dict[str, list[str]] = defaultdict(list)
    for row in unread:
        claims = [(each, _claim(row, each, names)) for each in findings if row.of in lacking[each.id]]
        for claimants in _by_kind(claims).values():
            free = [(each, claim) for each, claim in claimants if each.id not in answered]
            best = max((claim for _, claim in free), default=0)
            chosen = [each for each, claim in free if best and claim == best]
            if len(chosen) <= row.rows:
                answered.update((each.id, row.path) for each in chosen)
            for each, _ in free:
                doubtful[each.id].append(row.place)
    for document, said in _said(documents):
        for each in findings:
            if said.isdisjoint(numbers_in(each.key)) or each.id in answered:
                continue
            if lacking[each.id] & set(document.records):
                answered[each.id] = document.path
            else:
                doubtful[each.id].append(document.path)
    return answered, {name: tuple(dict.fromkeys(places)) for name, places in doubtful.items() if name not in answered}


def _by_kind(claims: Sequence[tuple[Finding, int | None]]) -> dict[tuple[str, str], list[tuple[Finding, int]]]:
    """The findings that a row does not contradict, by rule and code: a row is absent once in each."""
    kinds: dict[tuple[str, str], list[tuple[Finding, int]]] = defaultdict(list)
    for finding, claim in claims:
        if claim is not None:
            kinds[finding.rule, finding.code].append((finding, claim))
    return kinds


def _claim(row: Unread, finding: Finding, names: RowNames) -> int | None:
    """How much speaks for it that the row is what is absent: None if something contradicts it, 0 if nothing speaks."""
    record_type = names.types.get(row.of)
    if record_type is None:
        return None
    numbers = set(numbers_in(finding.key))
    agreeing: set[str] = set()
    for name, texts in row.known.items():
        kind = record_type.fields[name].type
        if kind is FieldType.NUMBER_TEXT and not numbers.isdisjoint(map(number_text, texts)):
            return 100  # the very number
        agrees = _agrees(name, texts, finding, record_type, names)
        if agrees is False:
            return None
        if agrees:
            agreeing.add(_DATE if kind is FieldType.DATE else _AMOUNT if kind is FieldType.MONEY else name)
    parties = agreeing - {_DATE, _AMOUNT, "direction", "currency", "account"}
    if _DATE in agreeing or (_AMOUNT in agreeing and (parties or "account" in agreeing)):
        return len(agreeing)
    return 0


def _agrees(
    name: str, texts: frozenset[str], finding: Finding, record_type: RecordType, names: RowNames
) -> bool | None:
    """Whether a row's texts of a field agree with the finding's records; None where they say nothing of it."""
    about = record_type.fields[name]
    if about.free_text:
        return None
    stated = [each.values[name] for each in finding.records if name in each.values]
    known = [each.values[f"{name}__id"] for each in finding.records if f"{name}__id" in each.values]
    if not stated:
        return None
    if about.master:
        ids = {names.ids.get((about.master, text)) for text in texts}
        if known and None not in ids:
            return not ids.isdisjoint(known)
        return _named_alike(texts, stated)
    if about.type in (FieldType.DATE, FieldType.CHOICE, FieldType.CURRENCY, FieldType.NUMBER_TEXT):
        return not texts.isdisjoint(stated)
    if about.type is FieldType.MONEY:
        amounts = {amount_key(Decimal(text)) for text in texts}
        return not amounts.isdisjoint(amount_key(Decimal(each)) for each in stated)
    return True if _named_alike(texts, stated) else None


def _named_alike(texts: Set[str], stated: Sequence[str]) -> bool:
    """Whether a name holds the other whole, as a short name does."""
    pairs = [(party_full_key(a), party_full_key(b)) for a in texts for b in stated]
    return any(a and b and (a in b or b in a) for a, b in pairs)


def _said(documents: Sequence[DocumentSummary]) -> Iterator[tuple[DocumentSummary, frozenset[str]]]:
    """By document the whole words and numbers of what it could not read."""
    for document in documents:
        words = {
            number_text(word)
            for problem in document.problems
            if problem.get("found")
            for word in _TOKEN.findall(str(problem["found"]))
        }
        if words:
            yield document, frozenset(words)
