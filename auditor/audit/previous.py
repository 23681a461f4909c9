"""What has become of the exceptions of an earlier run: new, still open, fixed, or not checked this time.

The earlier run is its findings.json; what people have written beside its exceptions stands in its report.xlsx. An
exception is known by its id, the fingerprint of rule, code, key and party.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from pydantic import BaseModel, ValidationError

from auditor.audit.errors import NoPrevious, PreviousUnusable
from auditor.findings.decisions import decide
from auditor.findings.model import AuditResult, Changes, EarlierFinding, Finding
from auditor.languages import Text
from auditor.reports.columns import documents_mark
from auditor.reports.errors import DecisionsOfOtherDocuments, WorkbookOfAnotherAudit
from auditor.reports.titles import finding_key, key_of
from auditor.reports.written import Written, written_in
from auditor.rules.schema import Unit

FILE = "findings.json"
WORKBOOK = "report.xlsx"
_COUNTED = ("open", "carried")


class _Title(BaseModel):
    en: str
    zh: str


class _Gone(BaseModel):
    id: str
    rule: str
    duty: str
    code: str
    severity: str
    title: _Title
    key: str
    amount: Decimal | None
    unit: Unit | None = None
    currency: str | None
    reference: str = ""


class _Finding(_Gone):
    status: str


class _Changes(BaseModel):
    unchecked: tuple[_Gone, ...] = ()


class _Audit(BaseModel):
    period: tuple[str, str]
    run_at: str


class Earlier(BaseModel):
    """The part of an earlier findings.json that is compared."""

    audit: _Audit
    findings: tuple[_Finding, ...]
    changes: _Changes | None = None

    @property
    def pending(self) -> list[_Gone]:
        """What was open, or had been open before and was not checked then."""
        unchecked = self.changes.unchecked if self.changes else ()
        return [each for each in self.findings if _counts(each.status, each.severity)] + list(unchecked)


def earlier_run(output: Path | None, previous: Path | None) -> Earlier | None:
    """The earlier run: that of `previous`, an output folder or its findings.json, else what stands in `output`.

    None if this is the first run. Raises NoPrevious if `previous` holds none, and PreviousUnusable if the file is no
    findings.json.
    """
    folder = previous if previous is not None else output
    if folder is None:
        return None
    path = folder if folder.is_file() else folder / FILE
    if not path.is_file():
        if previous is not None:
            raise NoPrevious(None, str(previous))
        return None
    try:
        return Earlier.model_validate_json(path.read_bytes())
    except OSError as error:
        raise PreviousUnusable(None, str(path), reason=error.strerror or type(error).__name__) from error
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        place = ".".join(map(str, first["loc"]))  # the library's own words are English; the place says enough
        raise PreviousUnusable(None, str(path), reason=f"`{place or 'JSON'}`") from error


def written_before(output: Path | None, previous: Path | None, entity: str | None) -> Written:
    """What people have written into the workbook of `output`, which is about to be written anew, and what else stands
    in that of `previous`, which stays. `entity` is that of this audit, if it is stated.

    Raises NotesUnreadable if one of them cannot be read, NoReportWorkbook if it is none of this program, and
    WorkbookOfAnotherAudit if it is of another entity.
    """
    own, earlier = (_written(folder, entity) for folder in (output, previous))
    said = {each.finding for each in own.decisions}
    further = tuple(each for each in earlier.decisions if each.finding not in said)
    return Written((*own.decisions, *further), own.kept, own.facts)


def _written(folder: Path | None, entity: str | None) -> Written:
    if folder is None:
        return Written()
    workbook = (folder if folder.is_dir() else folder.parent) / WORKBOOK
    written = written_in(workbook)
    other = written.facts.get("entity")
    if other and entity and other != entity:
        raise WorkbookOfAnotherAudit(None, str(workbook), other=other, entity=entity)
    return written


def with_decisions(result: AuditResult, written: Written) -> AuditResult:
    """The result with what people decided: exceptions that are settled count no more."""
    findings, decided = decide(result.findings, written.decisions, _names)
    kept = tuple(sorted({*decided.kept, *written.kept}))
    problems = decided.problems
    if written.decisions and not decided.standings and _shares_nothing(result, written.facts):
        problems += (dict(DecisionsOfOtherDocuments(WORKBOOK, n=len(written.decisions)).as_dict()),)
    return replace(result, findings=findings, decided=replace(decided, kept=kept, problems=problems))


def _names(finding: Finding) -> frozenset[str]:
    shown, key = key_of(finding), finding_key(finding.key, finding.field)
    return frozenset((finding.key, key.en, key.zh, shown.en, shown.zh))


def _shares_nothing(result: AuditResult, facts: Mapping[str, str]) -> bool:
    before = set(facts.get("documents", "").split())
    return bool(before) and not before & set(documents_mark(result).split())


def changes(result: AuditResult, earlier: Earlier) -> Changes:
    """What is new in `result`, and what has become of the exceptions that were open before.

    An exception counts as fixed only if its rule ran: a rule that did not run, or failed, has found nothing out.
    """
    counted = [each for each in result.findings if _counts(each.status, each.severity)]
    present = {each.id for each in result.findings}
    ran = {each.id for each in result.rules if each.status in ("clean", "findings")}
    before = {each.id for each in earlier.findings} | {each.id for each in earlier.pending}
    gone = [each for each in earlier.pending if each.id not in present]
    return Changes(
        since=earlier.audit.run_at,
        period=earlier.audit.period,
        new=tuple(each.id for each in counted if each.id not in before),
        open=tuple(each.id for each in counted if each.id in before),
        fixed=_earlier([each for each in gone if each.rule in ran]),
        unchecked=_earlier([each for each in gone if each.rule not in ran]),
    )


def _counts(status: str, severity: str) -> bool:
    return status in _COUNTED and severity != "info"


def _earlier(findings: Sequence[_Gone]) -> tuple[EarlierFinding, ...]:
    return tuple(
        EarlierFinding(
            id=each.id,
            rule=each.rule,
            duty=each.duty,
            code=each.code,
            severity=each.severity,
            title=Text(each.title.en, each.title.zh),
            key=each.key,
            amount=each.amount,
            unit=each.unit or "money",
            currency=each.currency,
            reference=each.reference,
        )
        for each in findings
    )
