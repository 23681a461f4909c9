"""Reads the output of the audit of the period before, and tells where it cannot be that."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from pydantic import BaseModel, ValidationError

import auditor
from auditor.audit.errors import (
    NoPrevious,
    PreviousLater,
    PreviousNewer,
    PreviousOfAnotherEntity,
    PreviousUnusable,
)
from auditor.engine import DuckEngine, EngineError
from auditor.rules.schema import Unit

FILE, DATABASE = "findings.json", "audit.duckdb"
PENDING = ("open", "carried")


class _Title(BaseModel):
    en: str
    zh: str


class EarlierRecord(BaseModel):
    """A record that an exception of the period before rests on."""

    type: str
    side: str
    values: dict[str, str] = {}


class _Item(BaseModel):
    id: str
    rule: str
    duty: str
    code: str
    severity: str
    title: _Title
    key: str
    reference: str = ""
    amount: Decimal | None = None
    unit: Unit | None = None
    currency: str | None = None


class EarlierOpen(_Item):
    """An exception of the period before."""

    outcome: str
    status: str
    date: str | None = None
    records: list[EarlierRecord] = []


class EarlierCarried(_Item):
    """An exception of a still earlier period that the period before carried on."""

    since: str
    period: tuple[str, str]
    state: str
    outcome: str = ""
    numbers: list[str] = []


class _Carried(BaseModel):
    items: list[EarlierCarried] = []


class _Population(BaseModel):
    side: str
    records: str


class _Rule(BaseModel):
    id: str
    populations: list[_Population] = []


class _Audit(BaseModel):
    entity: str | None = None
    period: tuple[date, date]
    auditor: str = ""
    run_at: str = ""


class _Findings(BaseModel):
    audit: _Audit
    rules: list[_Rule] = []
    findings: list[EarlierOpen]
    carried: _Carried | None = None


@dataclass(frozen=True, slots=True)
class PreviousAudit:
    """The output of an earlier audit, as `--previous` names it."""

    folder: Path
    shown: str  # as messages name it
    told: _Findings
    sha256: str

    @property
    def first(self) -> date:
        """The first day that it audited."""
        return self.told.audit.period[0]

    @property
    def last(self) -> date:
        """The last day that it audited."""
        return self.told.audit.period[1]

    def is_before(self, period: tuple[date, date]) -> bool:
        """Whether it audited a period before this one; else it is another run of the same. Raises PreviousLater."""
        if self.first > period[0]:
            raise PreviousLater(None, self.shown, other=self.first, first=period[0])
        return self.last < period[0]

    @contextmanager
    def engine(self) -> Iterator[DuckEngine | None]:
        """Its database, which is only read; None where there is none. Raises PreviousUnusable if it cannot be read."""
        path = self.folder / DATABASE
        if not path.is_file():
            yield None
            return
        try:
            engine = DuckEngine(path, threads=1, read_only=True)
        except Exception as error:
            raise PreviousUnusable(None, f"{self.shown}/{DATABASE}", reason=type(error).__name__) from error
        try:
            yield engine
        except EngineError as error:
            raise PreviousUnusable(None, f"{self.shown}/{DATABASE}", reason=error.values["said"]) from error
        finally:
            engine.close()


def previous_audit(named: Path, entity: str | None) -> PreviousAudit:
    """The audit whose output folder, or findings.json, is named; `entity` is that of this audit, if it is stated.

    Raises NoPrevious, PreviousUnusable, PreviousOfAnotherEntity or PreviousNewer.
    """
    path = named if named.is_file() else named / FILE
    if not path.is_file():
        raise NoPrevious(None, str(named))
    try:
        data = path.read_bytes()
        told = _Findings.model_validate_json(data)
    except OSError as error:
        raise PreviousUnusable(None, str(path), reason=error.strerror or type(error).__name__) from error
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        place = ".".join(map(str, first["loc"]))
        raise PreviousUnusable(None, str(path), reason=f"`{place or 'JSON'}`") from error
    other = told.audit.entity
    if other and entity and other != entity:
        raise PreviousOfAnotherEntity(None, str(named), other=other, entity=entity)
    if _version(told.audit.auditor) > _version(auditor.__version__):
        raise PreviousNewer(None, str(named), other=told.audit.auditor, version=auditor.__version__)
    return PreviousAudit(path.parent, str(named), told, hashlib.sha256(data).hexdigest())


def _version(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", text)[:3])
