"""The proof `continuity`: a statement of an account begins with the balance with which the one before it ended.

What one table says of one account is a span: the days it covers and the balances at its ends. Spans are taken where a
document is read; they are held against each other when all documents are there, in the order of their days, whatever
the order of files and sheets.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import PurePosixPath

from auditor.documents.identity import ACCOUNT, Identities
from auditor.documents.identity.graph import NOBODY
from auditor.documents.identity.names import full_key
from auditor.documents.model import AccountSpan, Proof, ProofStatus, ReadDocument
from auditor.documents.proofs.exact import shown
from auditor.languages import Text
from auditor.records.model import RecordType

NAME = "continuity"
_LOSSES = frozenset({"TruncatedFile", "PdfCutShort", "SheetNotRead", "PageNotRead"})
# what tells the parts of a series apart: numbers, and the words for days and months around them
_NUMBERED = re.compile(
    r"[一二三四五六七八九十]+(?=月)|上半月|下半月|[上下本]期|[上中下]旬|(?<![a-z])(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
    r"|[\d\s年月日份号第页至到._~—()（）-]+",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Part:
    """A span and the document that it is of."""

    document: int
    path: str
    at: int
    span: AccountSpan
    sure: bool

    @property
    def place(self) -> str:
        return f"{self.path}[{self.span.sheet}]" if self.span.sheet else self.path


def with_continuity(
    documents: Sequence[ReadDocument], types: Mapping[str, RecordType], known: Identities = NOBODY
) -> list[ReadDocument]:
    """The documents, each with the proofs of how its statements follow from the others of the same account.

    Accounts are compared by whom their names mean among those that are `known`. A pair of statements of
    two documents is a proof of both. The outcome does not depend on the order of `documents`.
    """
    found: dict[int, list[Proof]] = {}
    for earlier, later in _neighbours(documents, known):
        verdict = _verdict(earlier, later, types)
        if verdict is None:
            continue
        status, detail = verdict
        for part in (earlier, later) if earlier.document != later.document else (later,):
            found.setdefault(part.document, []).append(Proof(NAME, status, part.place, detail))
    return [
        replace(document, proofs=(*document.proofs, *found[at])) if at in found else document
        for at, document in enumerate(documents)
    ]


# --- which statement follows which ------------------------------------------------------------------------------------


def _neighbours(documents: Sequence[ReadDocument], known: Identities) -> Iterator[tuple[_Part, _Part]]:
    """Each statement but the first of its account with the one before it: the one that reaches furthest so far."""
    for parts in _series(documents, known):
        front: _Part | None = None
        for part in sorted(parts, key=lambda each: (*_days(each.span), each.path, each.at)):
            if front is not None:
                yield front, part
            if front is None or _days(part.span)[1] >= _days(front.span)[1]:
                front = part


def _days(span: AccountSpan) -> tuple[date, date]:
    assert span.first is not None and span.last is not None
    return span.first, span.last


def _series(documents: Sequence[ReadDocument], known: Identities) -> Iterator[list[_Part]]:
    """The parts of each account in turn. Where no account is named, parts are of one series if the names of their files
    and sheets differ in dates and numbers only."""
    found: dict[tuple[str, ...], dict[str | None, list[_Part]]] = {}
    for number, document in enumerate(documents):
        whole = not any(problem.code in _LOSSES for problem in document.problems)
        for at, span in enumerate(document.spans):
            if span.first is None or span.last is None:
                continue
            part = _Part(number, document.path, at, span, whole and not span.unread)
            if span.account:
                node = known.resolve(span.account, ACCOUNT).node
                series: tuple[str, ...] = (span.record, "account", node.id if node else full_key(span.account))
            else:
                series = (span.record, "file", _plain_name(PurePosixPath(document.path).stem), _plain_name(span.sheet))
            found.setdefault(series, {}).setdefault(span.currency, []).append(part)
    for series in sorted(found):
        currencies = found[series]
        unnamed = currencies.pop(None, [])
        if len(currencies) == 1:  # one export names the currency, another leaves it out
            unnamed += next(iter(currencies.values()))
            currencies = {}
        for _, parts in sorted((name or "", parts) for name, parts in currencies.items()):
            yield parts
        if unnamed:
            yield unnamed


def _plain_name(name: str) -> str:
    return _NUMBERED.sub("", name).casefold()


# --- whether it does --------------------------------------------------------------------------------------------------


def _verdict(earlier: _Part, later: _Part, types: Mapping[str, RecordType]) -> tuple[ProofStatus, Text] | None:
    """What two neighbouring statements say of each other; None if they say nothing."""
    a, b = earlier.span, later.span
    (start, end), (begin, _) = _days(a), _days(b)
    words = _Words(earlier, later, types)
    if begin < end or begin == start:
        return _overlapping(earlier, later, words)
    if a.closing is None or b.opening is None:
        if a.closing is None and b.opening is None:
            return None
        return ProofStatus.NOT_POSSIBLE, words.no_balance(earlier if a.closing is None else later)
    if a.closing == b.opening:
        return ProofStatus.HOLDS, words.figures(a.closing, b.opening)
    if begin == end and b.opening == _before(a, begin):
        return ProofStatus.HOLDS, words.overlap(b.opening, b.opening)
    hole = _hole(a, b)
    if hole is not None:
        return ProofStatus.NOT_POSSIBLE, words.figures(a.closing, b.opening, words.hole(*hole))
    if not (earlier.sure and later.sure):
        return ProofStatus.NOT_POSSIBLE, words.figures(a.closing, b.opening, _UNREAD)
    return ProofStatus.BROKEN, words.figures(a.closing, b.opening, _MISSING)


def _overlapping(earlier: _Part, later: _Part, words: _Words) -> tuple[ProofStatus, Text] | None:
    """Statements that share days: the later begins with what the earlier had before that day."""
    a, b = earlier.span, later.span
    if b.opening is None or b.first is None:
        return None
    before = _before(a, b.first)
    if b.opening in (before, a.closing) or (a.first == b.first and b.closing == a.opening):
        return ProofStatus.HOLDS, words.overlap(b.opening, b.opening)
    if before is None or b.account is None:
        return None  # nothing says that they are of one account
    clear = b.first_stated and a.first != b.first and a.chained and b.chained and earlier.sure and later.sure
    return (ProofStatus.BROKEN if clear else ProofStatus.NOT_POSSIBLE), words.overlap(before, b.opening)


def _before(span: AccountSpan, day: date) -> int | None:
    """The balance before a day, None if the span does not know it."""
    found = span.opening
    for each, balance in span.days:
        if each >= day:
            break
        found = balance
    return found if span.days else None


def _hole(a: AccountSpan, b: AccountSpan) -> tuple[date, date] | None:
    """The days that neither covers: those between stated ends, or whole months between entries."""
    (_, end), (begin, _) = _days(a), _days(b)
    stated = a.last_stated and b.first_stated
    months = (begin.year - end.year) * 12 + begin.month - end.month
    if (stated and (begin - end).days > 1) or months > 1:
        return end + timedelta(days=1), begin - timedelta(days=1)
    return None


# --- words ------------------------------------------------------------------------------------------------------------


_MISSING = Text(
    "a statement between them is missing, or one of them was altered", "其间缺少对账单（账页），或其中一份被改动"
)
_UNREAD = Text("rows that could not be read may explain it", "可能由未能读取的行造成")


@dataclass(frozen=True, slots=True)
class _Words:
    """The sentences of one pair."""

    earlier: _Part
    later: _Part
    types: Mapping[str, RecordType]

    @property
    def name(self) -> Text:
        """The account, else what the statements are."""
        span = self.later.span
        if span.account:
            return Text(span.account, span.account)
        record = self.types.get(span.record)  # one's own types hold only where one's own files do
        return Text(record.title.en, record.title.zh) if record else Text(span.record, span.record)

    def figures(self, before: int, after: int, reason: Text | None = None) -> Text:
        """Both figures with their documents and days, the difference, and what it may mean."""
        one, two = self.earlier, self.later
        en = f"{self.name.en}: {one.place} ends with {shown(before)} on {one.span.last}, "
        en += f"{two.place} begins with {shown(after)} on {two.span.first}"
        zh = f"{self.name.zh}：{one.place} 截至 {one.span.last} 余额 {shown(before)}，"
        zh += f"{two.place} 自 {two.span.first} 起余额 {shown(after)}"
        return self._ended(en, zh, before, after, reason)

    def overlap(self, before: int, after: int) -> Text:
        """The same for statements that share days."""
        one, two = self.earlier, self.later
        en = f"{self.name.en}: {one.place} and {two.place} share days; "
        zh = f"{self.name.zh}：{one.place} 与 {two.place} 期间重叠，"
        if before == after:
            return Text(f"{en}both agree on {shown(after)}", f"{zh}余额 {shown(after)} 一致")
        en += f"before {two.span.first} the first has {shown(before)}, the second begins with {shown(after)}"
        zh += f"{two.span.first} 之前前者余额 {shown(before)}，后者期初余额 {shown(after)}"
        return self._ended(en, zh, before, after, None)

    def _ended(self, en: str, zh: str, before: int, after: int, reason: Text | None) -> Text:
        if before != after:
            en, zh = f"{en}, difference {shown(after - before)}", f"{zh}，相差 {shown(after - before)}"
        return Text(f"{en}: {reason.en}", f"{zh}：{reason.zh}") if reason else Text(en, zh)

    def no_balance(self, part: _Part) -> Text:
        return Text(
            f"{self.name.en}: {part.place} states no balance at its end towards the other statement",
            f"{self.name.zh}：{part.place} 未载明与相邻对账单衔接处的余额",
        )

    def hole(self, first: date, last: date) -> Text:
        if first == last:
            return Text(f"no statement covers {first}", f"{first} 无对账单")
        return Text(f"no statement covers {first} to {last}", f"{first} 至 {last} 无对账单")
