"""A layout: what the headers of one kind of document do not say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from auditor.documents.declarations import NOTHING_DECLARED, Declarations
from auditor.languages import Text
from auditor.records.model import Field, Flow, RecordType


@dataclass(frozen=True, slots=True)
class Claims:
    """By what a document is known: words that must all be there, in their normal forms."""

    headers: tuple[str, ...] = ()  # header words of the table
    without: tuple[str, ...] = ()  # header words that must not be there
    preamble: tuple[str, ...] = ()  # words anywhere above the header
    file: tuple[str, ...] = ()  # patterns of the path, any of them


@dataclass(frozen=True, slots=True)
class LeaveOut:
    """Rows that are no records: those whose field holds one of the words and, if given, whose direction is the one."""

    field: str
    words: tuple[str, ...]
    reason: Text
    direction: str | None = None


@dataclass(frozen=True, slots=True)
class ToldDirection:
    """Rows of the direction `said` that other columns show to move money after all: `where` names for each field the
    words, one of which it must hold; then `direction` (`in`, `out` or `none`) holds."""

    where: Mapping[str, tuple[str, ...]]
    said: str
    direction: str


@dataclass(frozen=True, slots=True)
class OwnSide:
    """A transfer list that names payer and payee: the counterparty is the side whose account is not one's own.

    Each of payer and payee maps fields (counterparty, counterparty_account, counterparty_bank) to header words.
    """

    payer: Mapping[str, tuple[str, ...]]
    payee: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Layout:
    """One file of `rules/layouts/`."""

    name: str
    title: Text
    record: str
    claims: Claims = Claims()
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    flow: Flow | None = None
    declared: Declarations = NOTHING_DECLARED  # sign, date_order, decimal: what documents of this kind leave open
    own_side: OwnSide | None = None
    leave_out: tuple[LeaveOut, ...] = ()
    directions: tuple[ToldDirection, ...] = ()

    def more_roles(self) -> dict[str, tuple[str, ...]]:
        """The columns of payer and payee, which are no fields of the record."""
        sides = (("payer", self.own_side.payer), ("payee", self.own_side.payee)) if self.own_side else ()
        return {f"{side}.{name}": words for side, fields in sides for name, words in fields.items()}

    def amended(self, record_type: RecordType) -> RecordType:
        """The record type with this layout's words in place of its own."""
        fields: dict[str, Field] = {}
        for name, each in record_type.fields.items():
            words = self.columns.get(name)
            fields[name] = replace(each, headers=words) if words is not None else each
        flow = self.flow if self.flow is not None else record_type.flow
        return replace(record_type, fields=MappingProxyType(fields), flow=flow)
