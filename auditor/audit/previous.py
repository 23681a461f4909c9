"""What has become of the exceptions of an earlier run: new, still open, fixed, or not checked this time.

The earlier run is its findings.json; what people have written beside its exceptions stands in its report.xlsx. An
exception is known by its id, the fingerprint of rule, code, key and party.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

from pydantic import BaseModel, ValidationError

from auditor.audit.errors import NoPrevious, PreviousUnusable
from auditor.findings.model import AuditResult, Changes, EarlierFinding, Note
from auditor.languages import Text
from auditor.reports.notes import notes_of
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


def kept_notes(output: Path | None, previous: Path | None) -> tuple[Note, ...]:
    """What people have written into the workbooks of `output`, which is about to be written anew, and of `previous`.

    Raises NotesUnreadable if one of them cannot be read.
    """
    folders = [each if each.is_dir() else each.parent for each in (output, previous) if each is not None]
    found: dict[str, Note] = {}
    for folder in folders:
        for note in notes_of(folder / WORKBOOK):
            found.setdefault(note.finding, note)
    return tuple(found.values())


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
        )
        for each in findings
    )
