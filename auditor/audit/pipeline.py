"""The one place that wires the steps of an audit, in their order: documents, records, rules, findings, statements."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import auditor
from auditor.audit.choosing import Found, chosen, load_named, ran_sets, sets_beside, untested
from auditor.audit.cutouts import cutouts_of
from auditor.audit.documents import own_names, read_folder
from auditor.audit.errors import NothingToRead, UnknownRule
from auditor.audit.headlines import headlines_of
from auditor.audit.parallel_work import Watching, beside
from auditor.audit.period import settled_period
from auditor.audit.previous_period.carrying import UNSTATED, carried_over, fed_document, marked
from auditor.audit.previous_period.reading import PreviousAudit
from auditor.audit.progress import Progress, Silent
from auditor.audit.questions import open_questions
from auditor.audit.rules import run_rules
from auditor.audit.settings import Settings, period_of
from auditor.audit.setup import Setup
from auditor.audit.statements import draw_up_all
from auditor.audit.untested_papers import untested_papers
from auditor.audit.word_questions import word_questions
from auditor.checks.unread import unread_of
from auditor.documents.citations import find_citations
from auditor.documents.identity.masters import Masters, build_masters, resolve_masters
from auditor.documents.identity.movements import Repeated, read_once
from auditor.documents.identity.repeated_lists import lists_read_once
from auditor.documents.model import ReadDocument, Remark
from auditor.documents.numbering import restore_numbers
from auditor.documents.readings.answering import likely_ones, unfitted
from auditor.documents.store import store
from auditor.engine import DuckEngine, Engine
from auditor.errors import Place
from auditor.findings.build import build_findings
from auditor.findings.causes import fold
from auditor.findings.explain import Explainer
from auditor.findings.model import AuditInfo, AuditResult, DocumentSummary
from auditor.findings.sources import distinct_values
from auditor.findings.unread import not_missing
from auditor.findings.unread_rows import names_of
from auditor.languages import Text
from auditor.marked_yaml import nearest
from auditor.records.loader import record_types
from auditor.records.model import RecordType
from auditor.reports import load_templates
from auditor.rules.binding import bind_with
from auditor.rules.lineage import Lineage
from auditor.rules.model import RuleSet
from auditor.rules.parameters import literals_of, resolve_parameters
from auditor.values.calendar import load_calendar

# records so few that planning a statement takes longer than running it, and threads cost more than they save
_FEW = 100_000


@dataclass(frozen=True, slots=True)
class Options:
    """What a run is asked for. What is None comes from `audit.yaml`, else from the documents or the defaults."""

    rules: Sequence[str] = ()
    layouts: str | None = None
    period: str | None = None
    only: Sequence[str] = ()
    parameters: Mapping[str, str] = field(default_factory=dict)
    workers: int | None = None
    run_at: str = ""
    previous: PreviousAudit | None = None  # the audit of the period before, or an earlier one of this period
    output: Path | None = None  # left out of the audited folder
    memory_limit: str = "900MB"


def audit_folder(
    folder: Path, setup: Setup, options: Options, database: Path | None, progress: Progress | None = None
) -> AuditResult:
    """Audit a folder. The records, outcomes and findings stay in `database`, a DuckDB file, if one is given.
    The caller says `using(setup.own)`.

    Raises an AuditorError where there is nothing that could be audited: no folder, no rule set, no period, no readable
    document. Everything else becomes a problem of a document or a failed rule in the result.
    """
    progress = progress or Silent()
    settings = setup.settings
    asked = _asked(settings, options)  # before anything is read: a slip of the pen should not cost a minute
    if options.previous is not None and asked is not None:
        options.previous.is_before(asked)  # one of a later period is an error
    types = record_types()
    with beside(partial(_rules, setup, options)) as loading:
        watched, readings = Watching(progress, loading), setup.reading.readings
        documents = read_folder(folder, settings, watched, options.workers, options.output, asked, readings)
        rule_set = loading.result()
    fed = fed_document(options.previous, asked, types)
    documents += [fed] if fed else []
    rows = sum(table.num_rows for each in documents for table in each.records.values())
    few = rows <= _FEW
    engine = DuckEngine(database, memory_limit=options.memory_limit, threads=1 if few else None)
    try:
        progress.stage("store", None)
        stored = store(engine, _given_up(documents), types)
        summaries = tuple(_summary(number, each) for number, each in enumerate(stored, 1))
        masters = _settle(engine, types, settings)
        repeated = [*read_once(engine, types, stored), *lists_read_once(engine, types, stored)]
        summaries = _told(summaries, repeated)
        return _audited(folder, engine, types, rule_set, setup, options, asked, summaries, masters, progress, few)
    finally:
        engine.close()


def _given_up(documents: list[ReadDocument]) -> Iterator[ReadDocument]:
    """One after another, each let go of as the next is asked for: together their records may not fit into memory."""
    documents.reverse()
    while documents:
        yield documents.pop()


def _rules(setup: Setup, options: Options) -> RuleSet:
    """The rule sets, and all else that can be made ready while documents are read."""
    rule_set = load_named(setup, {*setup.settings.file.parameters, *options.parameters})
    _known(options.only, rule_set)
    if options.output is not None:
        load_templates()
    return rule_set


def _known(only: Sequence[str], rule_set: RuleSet) -> None:
    names = sorted({*rule_set.rules, *rule_set.failed})
    for name in only:
        if name not in names:
            raise UnknownRule("--only", name, name=name, nearest=nearest(name, names) or "-", names=", ".join(names))


def _summary(number: int, document: ReadDocument) -> DocumentSummary:
    """A document without its records."""
    shown = document.as_dict(records=False)
    return DocumentSummary(
        number=number,
        path=document.path,
        sha256=document.sha256,
        status=document.status.value,
        layout=document.layout,
        records=shown["records"],
        proofs=tuple(shown["proofs"]),
        problems=tuple(shown["problems"]),
        ignored=tuple(shown["ignored"]),
        remarks=tuple(shown["remarks"]),
        rows=shown["rows"],
        texts=document.texts,
        may_hold_any=document.may_hold_any,
        tables=document.tables,
        strange=document.strange,
        recogniser=document.recogniser,
        views=document.views,
    )


def _told(documents: Sequence[DocumentSummary], repeated: Sequence[Repeated]) -> tuple[DocumentSummary, ...]:
    """The documents with what of them stands in others, too, among their remarks."""
    remarks: dict[int, list[Mapping[str, Any]]] = {}
    for each in repeated:
        remarks.setdefault(each.document, []).append(Remark(each.place, each.text).as_dict())
    return tuple(
        replace(document, remarks=(*document.remarks, *remarks.get(document.number, ()))) for document in documents
    )


def _settle(engine: Engine, types: Mapping[str, RecordType], settings: Settings) -> Masters:
    """Numbers in the form of their books, names as in their masters, currencies where none is stated."""
    masters = build_masters(engine, types, own_names(settings))
    resolve_masters(engine, types, currency=settings.file.currency)
    restore_numbers(engine, types)
    find_citations(engine, types)
    return masters


def _audited(
    folder: Path,
    engine: Engine,
    types: Mapping[str, RecordType],
    loaded: RuleSet,
    setup: Setup,
    options: Options,
    asked: tuple[date, date] | None,
    documents: tuple[DocumentSummary, ...],
    masters: Masters,
    progress: Progress,
    few: bool,
) -> AuditResult:
    settings, reading = setup.settings, setup.reading
    if not any(each.records or any("paper" in remark for remark in each.remarks) for each in documents):
        raise NothingToRead(None, problems=[each for document in documents for each in document.problems])
    period, remarks = settled_period(engine, types, asked)
    found = Found(engine, [table for each in documents for table in each.tables])
    rule_set = chosen(loaded, setup, found, options.only)
    calendar = load_calendar(settings.file.calendar or rule_set.manifest.calendar, folder)
    calendar.store(engine)
    given = {**settings.file.parameters, **options.parameters}
    values, wrong = resolve_parameters(rule_set.manifest.parameters, given, settings.marked)
    bound = bind_with(
        rule_set,
        engine,
        types,
        values,
        wrong,
        period=period,
        currency=settings.file.currency,
        entity=settings.file.entity,
    )
    present = {name for each in documents for name in each.records} | masters.implied.types
    run = run_rules(rule_set, bound, present, engine, types, options.only, progress, few)
    progress.stage("find", None)
    titles = {name: each.title for name, each in types.items()}
    titles |= {name: Text(each.view.title.en, each.view.title.zh) for name, each in rule_set.views.items()}
    lineage = Lineage({name: each.sql for name, each in rule_set.views.items()})
    findings = build_findings(run.ran, engine, types, Explainer(titles, types), settings.file.currency, lineage)
    findings = fold(findings, rule_set.manifest.causes, partial(distinct_values, engine, types))
    findings = not_missing(findings, documents, rule_set, unread_of(engine, set(types)), names_of(engine, types))
    carried = carried_over(options.previous, findings, engine, types, lineage, period, documents)
    findings = marked(findings, carried)
    remarks += (UNSTATED,) if carried is not None and asked is None else ()
    literals = literals_of(
        values, rule_set.words, period=period, currency=settings.file.currency, entity=settings.file.entity
    )
    beside = sets_beside(rule_set, found)
    results = tuple(
        replace(each, beside=beside[rule_set.rules[each.id].of])
        if each.status == "not run" and each.id in rule_set.rules and rule_set.rules[each.id].of in beside
        else each
        for each in run.results(findings, engine)
    )
    drawn = draw_up_all(rule_set, engine, literals, findings, results, present, types, options.only)
    remarks += (*masters.implied.remarks, *calendar.remarks(*period), *untested(rule_set, types, found))
    tables = [(each.path, each.tables) for each in documents]
    remarks += unfitted(reading.readings, tables)
    return AuditResult(
        audit=_info(rule_set, setup, options, period, _shown(rule_set, given), remarks),
        documents=documents,
        rules=results,
        untested=untested_papers(engine, documents, results, findings, rule_set, types),
        findings=tuple(findings),
        cutouts=cutouts_of(folder, findings, documents) if options.output is not None else {},
        statements=tuple(drawn.statements),
        questions=tuple(each.as_dict() for each in open_questions(tables, types, loaded, present, reading.readings)),
        choices=tuple(each.as_dict() for each in word_questions(documents, types, loaded, reading.readings)),
        to_confirm=likely_ones(reading.readings, tables),
        problems=tuple(
            dict(each.as_dict())
            for each in [*reading.mistakes, *rule_set.remarks, *wrong, *masters.problems, *run.errors, *drawn.problems]
        ),
        titles={name: titles[name] for name in rule_set.views},
        headlines=headlines_of(rule_set.manifest),
        not_made=tuple(drawn.not_made),
        carried=carried,
    )


def _asked(settings: Settings, options: Options) -> tuple[date, date] | None:
    """The period that is asked for, None if it is to be told from the documents. Raises BadPeriod."""
    if options.period:
        return period_of(options.period, Place("--period"))
    return period_of(settings.file.period, settings.place("period")) if settings.file.period else None


def _shown(rule_set: RuleSet, given: Mapping[str, str | int]) -> tuple[tuple[str, Text, str, bool], ...]:
    """The parameters as the report prints them: name, title, value with its unit, whether it was overridden."""
    return tuple(
        (name, Text(each.title.en, each.title.zh), str(given.get(name, each.default)), name in given)
        for name, each in rule_set.manifest.parameters.items()
    )


def _info(
    rule_set: RuleSet,
    setup: Setup,
    options: Options,
    period: tuple[date, date],
    parameters: tuple[tuple[str, Text, str, bool], ...],
    remarks: tuple[Text, ...],
) -> AuditInfo:
    title, settings, reading = rule_set.manifest.title, setup.settings, setup.reading
    return AuditInfo(
        entity=settings.file.entity,
        period=period,
        currency=settings.file.currency,
        rules=rule_set.name,
        rules_title=Text(title.en, title.zh),
        rules_version=rule_set.manifest.version,
        rules_sha256=rule_set.sha256,
        parameters=parameters,
        auditor=auditor.__version__,
        run_at=options.run_at,
        calendar=settings.file.calendar or rule_set.manifest.calendar,
        remarks=remarks,
        reading=(reading.shown, reading.sha256) if reading.sha256 is not None else None,
        sets=ran_sets(rule_set),
        sets_named=setup.named,
        only_duties=tuple(settings.file.duties),
        left_out=tuple(settings.file.without),
    )
