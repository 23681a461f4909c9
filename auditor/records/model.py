"""Record types: the fields of one kind of record, their types, and the headers they go by."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal, get_args

from auditor.languages import Text


class FieldType(StrEnum):
    """The types a field can have."""

    TEXT = "text"
    NUMBER_TEXT = "number_text"
    DATE = "date"
    TIME = "time"
    MONEY = "money"
    QUANTITY = "quantity"
    INTEGER = "integer"
    PERCENT = "percent"
    CHOICE = "choice"
    FLAG = "flag"
    WORDS_AMOUNT = "words_amount"
    CURRENCY = "currency"

    @property
    def sql(self) -> str:
        """The engine's type for the field's column."""
        return _SQL[self]


MEASURED = frozenset({FieldType.MONEY, FieldType.QUANTITY, FieldType.INTEGER})

_SQL = {
    FieldType.TEXT: "VARCHAR",
    FieldType.NUMBER_TEXT: "VARCHAR",
    FieldType.DATE: "DATE",
    FieldType.TIME: "TIME",
    FieldType.MONEY: "DECIMAL(18,5)",
    FieldType.QUANTITY: "DECIMAL(18,5)",
    FieldType.INTEGER: "BIGINT",
    FieldType.PERCENT: "DECIMAL(18,5)",
    FieldType.CHOICE: "VARCHAR",
    FieldType.FLAG: "BOOLEAN",
    FieldType.WORDS_AMOUNT: "DECIMAL(18,5)",
    FieldType.CURRENCY: "VARCHAR",
}

_SUMMED = (FieldType.MONEY, FieldType.QUANTITY, FieldType.INTEGER)

# The roles in which a record is about somebody. Of several that a record has, the first is the one it is about.
PartyRole = Literal["customer", "counterparty", "payer", "payee", "provider", "supplier", "borrower", "employee"]

# The columns that every record carries beside its fields.
SYSTEM_COLUMNS: dict[str, str] = {
    "_id": "BIGINT",          # number of the record in the audit, unique over all record types
    "_document": "INTEGER",   # number of the document, in the order of paths, from 1
    "_page": "INTEGER",       # sheet or page, from 1
    "_row": "INTEGER",        # row of the sheet, line of the CSV file; null for a form
    "_box": "VARCHAR",        # x0,top,x1,bottom in points; null for cells
    "_raw": "VARCHAR",        # the text as it stands in the document, cells separated by tabs
    "_via": "VARCHAR",        # cell, text, ocr or data
    "_score": "INTEGER",      # the recogniser's score in per cent; null unless via ocr
    "_proof": "VARCHAR",      # proved, unproved, broken or corrected: the record in its figures
    "_proved": "VARCHAR",     # the fields that a proof bears out, comma separated; null if none
    "_broken": "VARCHAR",     # the fields that a failing proof touches, comma separated; null if none
    "_assumed": "VARCHAR",    # fields taken from the name of a file or sheet, comma separated; null if none
    "_unread": "INTEGER",     # of a stated total: rows and cells it covers that were not read; null if all were
    "_problems": "VARCHAR",   # codes of the problems of this record, comma separated; null if none
}


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a record type."""

    name: str
    type: FieldType
    title: Text
    headers: tuple[str, ...] = ()
    required: bool = False          # a row without it is a problem; the type is not recognised without its header
    required_header: bool = False   # the type is not recognised without its header, but a cell may be empty
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)   # value -> words that mean it
    default: str | None = None      # for an empty cell or an absent column
    unit: str | None = None
    master: str | None = None       # the field names something of this master; column NAME__id holds whose
    # a value that no list of the master names is an entry: `certain`, `likely`, or `named`: one by its name alone
    entry: str | None = None
    names: tuple[str, ...] = ()     # masters of which the field may name something, without a column NAME__id
    book: str | None = None         # the number comes from a numbered book of this kind ("*": the record's own kind)
    cites: str | None = None        # the number of a paper of this type, which free texts of the record may name, too
    inherit: str | None = None      # taken from the heading record of this type in the same document if absent
    inherit_from: str | None = None  # the heading's field, if named otherwise
    labels: tuple[str, ...] = ()    # by which a labelled paper states it, beside the headers of tables
    also: tuple[str, ...] = ()      # header words of other fields that it takes where those have better ones
    undivided: bool = False         # a date that never stands in two columns, one of months and one of days
    several: bool = False           # a cell may name several numbers, or a range: each makes a record of its own
    # of a choice: the values for a word that it does not know, each with the fields that must be filled; the first fits
    other: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    word: str | None = None         # the text field that keeps such a word
    whole: str | None = None        # of an integer: the field that takes the 3 of 2/3; without it 2/3 is a problem
    price: bool = False             # an amount for each unit: never in the unit that the table states, never summed
    never_summed: bool = False      # a figure whose sum means nothing: a balance, a width, a number of copies
    party: PartyRole | None = None  # whom the record is about, in this role
    label: bool = False             # where a total row may write that it is one
    in_names: bool = False          # a name around the table (title, sheet, file) may state it
    free_text: bool = False         # whatever people write: a heading's value does not hold for the lines below

    @property
    def summed(self) -> bool:
        """Whether the sum of the field's values over records means something, so that a total may state it."""
        return self.type in _SUMMED and not self.price and not self.never_summed


@dataclass(frozen=True, slots=True)
class Flow:
    """How direction and amount follow from the columns a table has."""

    money_in: tuple[str, ...] = ()
    money_out: tuple[str, ...] = ()
    flag_headers: tuple[str, ...] = ()
    flag_in: tuple[str, ...] = ()
    flag_out: tuple[str, ...] = ()
    flag_none: tuple[str, ...] = ()
    flagged: bool = False           # one column of amounts is the type's only beside a flag
    red_signed: bool = False        # a negative amount keeps its side and sign (a red entry) and does not change sides


@dataclass(frozen=True, slots=True)
class Master:
    """That records of this type are a master: what other records' fields name."""

    of: str                         # the master's own record type (an alias list feeds that of its type)
    id: str
    names: tuple[str, ...]
    separator: str | None = None    # regular expression that splits a field with several names
    own: Mapping[str, str] = field(default_factory=dict)  # field -> value of the entries that are the company itself


@dataclass(frozen=True, slots=True)
class Belonging:
    """That what `of` names belongs to what `to` names: a person to a station, a book to its holder. `inside`: fields
    whose text may hold the name where `to` is empty."""

    of: str
    to: str
    inside: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NumberRange:
    """The fields that hold the first and last number of a range, their prefix and width; and the headers of one column
    that names the range in a single cell."""

    first: str
    last: str
    prefix: str
    width: str
    headers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Matrix:
    """That records of this type may stand in a matrix: dates on one axis and names on the other, in either direction,
    and a figure in each cell."""

    names: str
    date: str
    cell: str


class RelationKind(StrEnum):
    """How the figures of one record make another of its figures."""

    PRODUCT = "product"
    SUM = "sum"
    DIFFERENCE = "difference"  # the first less all others


@dataclass(frozen=True, slots=True)
class Relation:
    """What must hold between the figures of a record: `parts` make `result`. Percents count as hundredths.

    A product is rounded, half away from zero, to the last decimal with which the result is printed; sums and
    differences are exact. `optional` parts may be left out: they count as 1 in a product and as 0 in a sum.
    """

    kind: RelationKind
    parts: tuple[str, ...]
    result: str
    proof: str                      # the name of the proof that it makes
    optional: frozenset[str] = frozenset()
    unless: Mapping[str, str] = field(default_factory=dict)  # field -> value; not held where all of them are so

    @property
    def fields(self) -> tuple[str, ...]:
        return (*self.parts, self.result)


@dataclass(frozen=True, slots=True)
class Change:
    """The fields that state one change: of what, what it was before, what it is after."""

    of: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class RecordType:
    """One kind of record."""

    name: str
    title: Text
    identity: tuple[str, ...]
    fields: Mapping[str, Field]
    flow: Flow | None = None
    master: Master | None = None
    feeds: tuple[Master, ...] = ()  # other masters to which the records give names
    belongs: tuple[Belonging, ...] = ()
    range: NumberRange | None = None
    matrix: Matrix | None = None
    relations: tuple[Relation, ...] = ()
    owner: str | None = None        # the field of the partner whose paper it is: one for all lines of a table
    names: tuple[str, ...] = ()     # what people call such a paper: titles, sheets, files and folders name it so
    dated: str | None = None        # the date that places a record in time
    paper: bool = False             # read from labelled papers alone: no table is one
    titles: tuple[str, ...] = ()    # the titles of a labelled paper of this type
    lines_of: tuple[str, ...] = ()  # the papers inside which its records are rows
    change: Change | None = None
    # balances that are debits less credits, each with the fields of the two columns that may stand in its stead
    debit_credit: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    carried_from: tuple[str, ...] = ()  # tables and views of the audit of the period before whose rows become records

    @property
    def figures(self) -> tuple[Field, ...]:
        """The fields that decide whether a record is proved: its required figures, else all figures that it may have;
        and with an amount the side on which it is."""
        measured = [each for each in self.fields.values() if each.type in MEASURED]
        required = [each for each in measured if each.required] or measured
        side = [self.fields["direction"]] if self.flow is not None else []
        return (*required, *side)

    @property
    def is_line(self) -> bool:
        """Whether its records are lines of a paper or movements on an account: a form with labels is never one."""
        return self.flow is not None or any(each.inherit for each in self.fields.values())

    def is_computed(self, name: str, stated: Container[str]) -> bool:
        """Whether a field follows from others, of which a column is among those that are `stated`."""
        return any(each in stated for each in self.debit_credit.get(name, ()))

    def columns(self) -> dict[str, str]:
        """All columns of the record's table with their SQL types: system columns, fields, `NAME__id` of masters."""
        columns = dict(SYSTEM_COLUMNS)
        for each in self.fields.values():
            columns[each.name] = each.type.sql
            if each.master:
                columns[f"{each.name}__id"] = "VARCHAR"
        return columns


def party_fields(types: Mapping[str, RecordType]) -> tuple[str, ...]:
    """The names of all fields that say whom a record is about, by their roles, then in the order of record types."""
    fields = [each for record in types.values() for each in record.fields.values()]
    names = [each.name for role in get_args(PartyRole) for each in fields if each.party == role]
    return tuple(dict.fromkeys(names))
