"""What the tables of a folder leave open, a family at a time, the most useful first, and what is lost meanwhile."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from auditor.documents.readings.confirmed import NO_READINGS, CompanyReadings
from auditor.documents.readings.drafts import Draft, entry_of, lasting, proposed
from auditor.documents.readings.families import Family, families, placed, shown_columns
from auditor.documents.readings.roles import written
from auditor.documents.readings.writing import entry_text
from auditor.documents.recognition.hypotheses import Hypothesis, State, TableReading
from auditor.languages import Text
from auditor.records.model import RecordType
from auditor.rules.binding import fields_named, needs, uses
from auditor.rules.model import LoadedRule, RuleSet

SHOWN_ROWS = 3
_PROPOSALS = 2
_DIGITS = 12  # of an id


@dataclass(frozen=True, slots=True)
class Lost:
    """What is not tested while a question is open: rules that are not run at all, since no document that is read has
    the records that they need; rules that run without these rows; and how many rows that are."""

    idle: tuple[LoadedRule, ...] = ()
    short: tuple[LoadedRule, ...] = ()
    rows: int = 0
    columns: bool = False  # the rows are read, but for columns that nobody knows

    def as_dict(self) -> dict[str, Any]:
        return {"not_run": [_rule(each) for each in self.idle], "incomplete": [_rule(each) for each in self.short],
                "rows": 0 if self.columns else self.rows}  # fmt: skip


def _rule(rule: LoadedRule) -> dict[str, Any]:
    title = rule.head.title
    return {"id": rule.id, "duty": rule.head.duty, "title": {"en": title.en, "zh": title.zh}}


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A family of tables, what is lost while it is open, and the record types that its proposals name."""

    family: Family
    lost: Lost
    types: Mapping[str, RecordType]

    @property
    def id(self) -> str:
        """The same from month to month: it hangs on the headers and on what tells the tables from others."""
        naming = self.family.naming
        parts = [*self.family.signature, "", naming.title or "", naming.file or "", naming.sheet or ""]
        return hashlib.sha256("\n".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]

    @property
    def proposals(self) -> tuple[Hypothesis, ...]:
        """The best hypotheses of record types that there are."""
        return tuple(each for each in self.family.hypotheses if each.record in self.types)[:_PROPOSALS]

    @property
    def open_columns(self) -> Mapping[str, tuple[str, ...]]:
        """Of tables that are read: the columns that nobody knows, by their names in answers, with the fields that rules
        name and that they may be; none where the tables are a question."""
        first = self.family.tables[0].reading
        names = shown_columns(self.family.shape) if self.family.is_read else ()
        found = {each.name: first.open_columns.get(at, ()) for at, each in enumerate(names)}
        return {name: roles for name, roles in found.items() if roles}

    def draft(self, number: int = 0) -> Draft | None:
        """What the proposal of this number, from 0, would be written as; None if there is none."""
        if number >= len(self.proposals):
            return None
        best = self.proposals[number]
        return lasting(proposed(self.family, best), self.types[best.record])

    def entry(self) -> dict[str, Any]:
        """The entry that takes the first proposal; without any, one to complete by hand."""
        draft = self.draft()
        return entry_of(draft if draft is not None else Draft("?"), self.family)

    def as_dict(self) -> dict[str, Any]:
        """As `map --json` and findings.json show it."""
        shape = self.family.shape
        columns = shown_columns(shape)
        shown = [at for at, each in enumerate(columns) if each.filled]
        return {
            "id": self.id,
            "tables": [
                {"path": each.path, "sheet": each.shape.sheet, "page": each.shape.page, "row": each.shape.row,
                 "rows": each.shape.rows} for each in self.family.tables
            ],
            "also": [each.where for each in self.family.shared],
            "headers": [columns[at].name for at in shown],
            "title": next(iter(shape.names), None),
            "state": State.SURE.value if self.family.is_read else self.family.state.value,
            "open_columns": {name: list(roles) for name, roles in self.open_columns.items()},
            "rows": [[row[at] if at < len(row) else "" for at in shown] for row in shape.values[:SHOWN_ROWS]],
            "proposals": [_proposal(each) for each in self.proposals],
            "lost": self.lost.as_dict(),
            "entry": self.entry(),
            "yaml": entry_text(self.entry()) + "\n",
        }  # fmt: skip


def _proposal(hypothesis: Hypothesis) -> dict[str, Any]:
    return {
        "record": hypothesis.record,
        "columns": {each.header: written(each.role) for each in hypothesis.columns},
        "fields": {written(role): value for role, value in hypothesis.fields.items()},
        **({"matrix": hypothesis.matrix.as_dict()} if hypothesis.matrix is not None else {}),
        "because": [each.as_dict() for each in hypothesis.because],
        "against": [each.as_dict() for each in hypothesis.against],
    }


def open_questions(
    documents: Iterable[tuple[str, Sequence[TableReading]]],
    types: Mapping[str, RecordType],
    rule_set: RuleSet,
    present: Collection[str],
    readings: CompanyReadings = NO_READINGS,
) -> list[OpenQuestion]:
    """The questions of a folder, the most useful first. `documents`: paths with their tables; `present`: the record
    types that some document has already given.

    The order: by the rules that cannot run at all without the answer, then by those that run without its rows, then by
    the rows; poor proposals come after good ones, and what is likely goes before what is asked, since one key answers
    it.
    """
    needing, using = rules_by_record(rule_set, needs), rules_by_record(rule_set, uses)
    tables = placed(documents)
    lacking = {each.reading.completed.record for each in tables if each.reading.completed is not None}
    known = sorted(lacking & set(types))
    naming = {name: _rules_by_field(rule_set, using.get(name, ()), types[name]) for name in known}
    found = [
        _about_columns(each, types, naming) if each.is_read else _question(each, types, needing, using, present)
        for each in families(tables, readings, naming)
    ]
    return sorted(found, key=_usefulness)


def _rules_by_field(
    rule_set: RuleSet, using: Sequence[LoadedRule], record_type: RecordType
) -> dict[str, list[LoadedRule]]:
    """The rules that name each field of a record type."""
    found: dict[str, list[LoadedRule]] = {}
    for rule in using:
        for name in fields_named(rule_set, rule, record_type):
            found.setdefault(name, []).append(rule)
    return found


def _about_columns(
    family: Family, types: Mapping[str, RecordType], naming: Mapping[str, Mapping[str, Sequence[LoadedRule]]]
) -> OpenQuestion:
    """What some columns of tables are that are read: the rules that name a field that they may be run without it."""
    by_field = naming[family.hypotheses[0].record]
    roles = {name for each in family.tables for found in each.reading.open_columns.values() for name in found}
    short = {rule.id: rule for name in roles for rule in by_field.get(name, ())}
    lost = Lost((), tuple(short[id_] for id_ in sorted(short)), family.rows, columns=True)
    return OpenQuestion(family, lost, types)


def rules_by_record(
    rule_set: RuleSet, of_rule: Callable[[RuleSet, LoadedRule], frozenset[str]] = uses
) -> dict[str, list[LoadedRule]]:
    """The rules that read the records of each type; `of_rule` says which types those are."""
    by_record: dict[str, list[LoadedRule]] = {}
    for _, rule in sorted(rule_set.rules.items()):
        for record in of_rule(rule_set, rule):
            by_record.setdefault(record, []).append(rule)
    return by_record


def _question(
    family: Family,
    types: Mapping[str, RecordType],
    needing: Mapping[str, list[LoadedRule]],
    using: Mapping[str, list[LoadedRule]],
    present: Collection[str],
) -> OpenQuestion:
    best = next((each.record for each in family.hypotheses if each.record in types), None)
    if best is None:
        return OpenQuestion(family, Lost(rows=family.rows), types)
    idle = () if best in present else tuple(needing.get(best, ()))
    also = {rule.id: rule for rule in (*using.get(best, ()), *_helped(types[best], types, using))}
    short = tuple(rule for id_, rule in sorted(also.items()) if rule not in idle)
    return OpenQuestion(family, Lost(idle, short, family.rows), types)


def _helped(
    record_type: RecordType, types: Mapping[str, RecordType], rules: Mapping[str, list[LoadedRule]]
) -> tuple[LoadedRule, ...]:
    """The rules over records that name entries of a list: without it nobody knows that two names are one."""
    if record_type.master is None:
        return ()
    of = record_type.master.of
    naming = [name for name, each in types.items() if any(field.master == of for field in each.fields.values())]
    found = {rule.id: rule for name in naming for rule in rules.get(name, ())}
    return tuple(found[id_] for id_ in sorted(found))


def _usefulness(question: OpenQuestion) -> tuple[Any, ...]:
    lost, family = question.lost, question.family
    likely = family.state is State.LIKELY
    doubtful = not lost.idle and bool(lost.short) and not _is_plausible(question)
    return -len(lost.idle), not lost.short, doubtful, -len(lost.short), -lost.rows, not likely, family.tables[0].place


def _is_plausible(question: OpenQuestion) -> bool:
    """Whether the first proposal may be right: it lacks nothing and tells half of the columns. Of a poor one it is
    seldom true what is lost without it."""
    best = question.proposals[0]
    filled = sum(each.filled for each in shown_columns(question.family.shape))
    return best.matrix is not None or (not best.missing and 2 * len(best.columns) >= filled)


def loss_in_words(lost: Lost) -> Text | None:
    """What is lost, in a sentence; None if no rule asks for these records."""
    if lost.idle:
        return _sentence("rules are not run", "条规则无法执行", lost.idle)
    if lost.short and lost.columns:
        return _sentence("rules run without this column", "条规则执行时缺少这一列", lost.short)
    if lost.short:
        these = "this row" if lost.rows == 1 else f"these {lost.rows} rows"
        rows = Text(f"rules run without {these}", f"条规则执行时缺少这 {lost.rows} 行")
        return _sentence(rows.en, rows.zh, lost.short)
    return None


_NAMED = 3  # rules that a sentence names


def _sentence(en: str, zh: str, rules: Sequence[LoadedRule]) -> Text:
    first = [each.head.title for each in rules[:_NAMED]]
    more = len(rules) - len(first)
    names_en = ", ".join(each.en for each in first) + (f" and {more} more" if more else "")
    names_zh = "、".join(each.zh for each in first) + ("等" if more else "")
    if len(rules) == 1:
        en = en.replace("rules are", "rule is", 1).replace("rules run", "rule runs", 1)
    return Text(f"{len(rules)} {en}: {names_en}", f"{len(rules)} {zh}：{names_zh}")
