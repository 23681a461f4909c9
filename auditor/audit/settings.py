"""`audit.yaml`: what an audited folder states that cannot be seen in its documents."""

from __future__ import annotations

import calendar
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Annotated

from pydantic import Field

from auditor.audit.errors import BadPeriod, PasswordVariableUnset
from auditor.errors import Place
from auditor.marked_yaml import Marked, load
from auditor.rules.errors import RuleSetErrors
from auditor.rules.schema import Model
from auditor.rules.validation import validated

FILE = "audit.yaml"
_MONTH = re.compile(r"(\d{4})-(\d{2})")
_SPAN = re.compile(r"(\d{4}-\d{2}-\d{2})\s*(?:/|\.\.|~|至|到)\s*(\d{4}-\d{2}-\d{2})")


class DocumentOverride(Model):
    """What to do with the documents whose path fits `path` (a pattern with * and **)."""

    path: str
    layout: str | None = None  # a layout or record type that settles a doubtful reading
    ignore: str | None = None  # the reason for leaving it out
    password: str | None = None  # the environment variable that holds its password


class SettingsFile(Model):
    """The keys of `audit.yaml`. All are optional."""

    entity: str | None = None
    period: str | None = None
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")] = "CNY"
    rules: str | None = None
    layouts: str | None = None  # a folder of layouts of one's own, relative to this file
    calendar: str | None = None
    parameters: Mapping[str, str | int] = {}
    documents: list[DocumentOverride] = []
    passwords: list[str] = []  # environment variables whose values are tried on every protected document


@dataclass(frozen=True)
class Settings:
    """The settings of one audit, and where they were written."""

    file: SettingsFile
    marked: Marked | None = None
    passwords: tuple[str, ...] = field(default=(), repr=False)

    def place(self, *path: str) -> Place:
        return self.marked.place(path) if self.marked else Place("--" + path[0] if path else FILE)


def load_settings(folder: Path) -> Settings:
    """The settings of a folder; the defaults where it has no `audit.yaml`.

    Raises YamlError, RuleSetErrors (what is wrong with the keys) or PasswordVariableUnset.
    """
    path = folder / FILE
    if not path.is_file():
        return Settings(SettingsFile())
    marked = load(path, file=FILE)
    data = marked.data if marked.data is not None else {}
    settings, errors = validated(SettingsFile, data, marked)
    if settings is None:
        raise RuleSetErrors(errors=errors)
    names = [*settings.passwords, *(each.password for each in settings.documents if each.password)]
    for name in names:
        if name not in os.environ:
            raise PasswordVariableUnset(marked.place(("passwords",)), name, name=name)
    return Settings(settings, marked, tuple(os.environ[name] for name in names))


def period_of(text: str, place: Place) -> tuple[date, date]:
    """`2026-10`, or `2026-10-01..2026-10-31`, as first and last day. Raises BadPeriod."""
    month, span = _MONTH.fullmatch(text.strip()), _SPAN.fullmatch(text.strip())
    try:
        if month:
            year, number = int(month[1]), int(month[2])
            return date(year, number, 1), date(year, number, calendar.monthrange(year, number)[1])
        if span:
            first, last = date.fromisoformat(span[1]), date.fromisoformat(span[2])
            if first <= last:
                return first, last
    except ValueError as error:
        raise BadPeriod(place, text) from error
    raise BadPeriod(place, text)
