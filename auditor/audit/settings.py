"""`audit.yaml`: what an audited folder states that cannot be seen in its documents."""

from __future__ import annotations

import calendar
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator

from auditor.audit.errors import BadPeriod, PasswordVariableUnset, SettingsErrors
from auditor.documents.declarations import Currency, DecimalMark, Sign, Unit, Year
from auditor.errors import AuditorError, Place
from auditor.strict_yaml import (
    STATED,
    Marked,
    QuotedText,
    StrictModel,
    load_strictly,
    text_at,
)
from auditor.values.dates import Order

FILE = "audit.yaml"
_MONTH = re.compile(r"(\d{4})-(\d{2})")
_SPAN = re.compile(r"(\d{4}-\d{2}-\d{2})\s*(?:/|\.\.|~|至|到)\s*(\d{4}-\d{2}-\d{2})")


def _none_yet(entries: object) -> object:
    return [] if entries is None else entries


class DocumentEntry(StrictModel):
    """What is said of the documents whose path fits `path` (a pattern with * and **).

    The keys from `sign` on answer what a document leaves open (`auditor.documents.declarations`).
    """

    path: str
    layout: Annotated[str | None, STATED] = None  # a layout or record type that settles a doubtful reading
    ignore: Annotated[str | None, STATED] = None  # the reason for leaving it out
    password: Annotated[str | None, STATED] = None  # the environment variable that holds its password
    sign: Annotated[Sign | None, STATED] = None  # what a positive amount without a side is: money in or out
    date_order: Annotated[Order | None, STATED] = None  # of dates such as 03/04/2026
    decimal: Annotated[DecimalMark | None, STATED] = None  # the decimal mark of its amounts
    year: Annotated[Year | None, STATED] = None  # of dates that state none
    currency: Annotated[Currency | None, STATED] = None  # of amounts that name none
    account: Annotated[QuotedText | None, STATED] = None  # of a statement that names none
    unit: Annotated[Unit | None, STATED] = None  # of its amounts, such as 万元


class SettingsFile(StrictModel):
    """The keys of `audit.yaml`. All are optional."""

    entity: str | None = None
    period: str | None = None
    currency: Currency = "CNY"
    rules: str | list[str] | None = None  # a rule set, or several; without it the records found choose
    duties: list[str] = []  # the duties alone whose rules are run
    without: list[str] = []  # duties and rules that are left out
    layouts: str | None = None  # a folder of layouts of one's own, relative to this file
    reading: str | None = None  # the file of confirmed readings, relative to this file, such as ../reading.yaml
    calendar: str | None = None
    parameters: Mapping[str, str | int] = {}
    # `documents:` with nothing below it waits for its entries
    documents: Annotated[list[DocumentEntry], BeforeValidator(_none_yet)] = []
    passwords: list[str] = []  # environment variables whose values are tried on every protected document


@dataclass(frozen=True)
class Settings:
    """The settings of one audit, and where they were written."""

    file: SettingsFile
    marked: Marked | None = None
    passwords: tuple[str, ...] = field(default=(), repr=False)

    @property
    def rule_sets(self) -> tuple[str, ...]:
        """The rule sets that are named."""
        named = self.file.rules
        return (named,) if isinstance(named, str) else tuple(named or ())

    def place(self, *path: str | int) -> Place:
        return self.marked.place(path) if self.marked else Place(f"--{path[0]}" if path else FILE)


def load_settings(folder: Path) -> Settings:
    """The settings of a folder; the defaults where it has no `audit.yaml`.

    Raises SettingsErrors (all that is wrong with the file) or PasswordVariableUnset.
    """
    path = folder / FILE
    if not path.is_file():
        return Settings(SettingsFile())
    loaded = load_strictly(path, SettingsFile, file=FILE, checks=_period_mistakes)
    settings, marked = loaded.value, loaded.marked
    if settings is None or marked is None:
        raise SettingsErrors(errors=loaded.mistakes)
    names = [*settings.passwords, *(each.password for each in settings.documents if each.password)]
    for name in names:
        if name not in os.environ:
            raise PasswordVariableUnset(marked.place(("passwords",)), name, name=name)
    return Settings(settings, marked, tuple(os.environ[name] for name in names))


def _period_mistakes(marked: Marked) -> Iterator[AuditorError]:
    text = text_at(marked.data, "period")
    if text is not None:
        try:
            period_of(text, marked.place(("period",)))
        except BadPeriod as error:
            yield error


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
