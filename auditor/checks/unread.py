"""What could not be read of the documents behind a check's records, so that no difference is found over it.

A row that was not read may be the very one that is missing; what it may explain is not possible to judge: counted and
told with the rule, never an exception.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from auditor.checks.currencies import CURRENCY
from auditor.engine import Engine

_MOST_PLACES = 5  # that a remark names


@dataclass(frozen=True, slots=True)
class Unread:
    """Rows of a table that stand together and were not read (`column` None), or records of which one cell was not.

    `document` is the number of the document and `path` its path; `first` and `last` are row numbers on `page`. `known`:
    by field the texts that all of the rows state; of a field that is not there they may state anything.
    """

    of: str
    document: int
    path: str
    page: int
    first: int
    last: int
    rows: int
    column: str | None
    known: Mapping[str, frozenset[str]]
    of_sheet: bool = False  # only what stands on the same page is beside it

    @property
    def place(self) -> str:
        return f"{self.path}:{self.first}" if self.first == self.last else f"{self.path}:{self.first}-{self.last}"

    def may_be_of(self, values: Mapping[str, Collection[str]], named: Mapping[str, Collection[str]]) -> bool:
        """Whether the rows may belong to a group or chain, given the texts that its records have in each field.

        `named`: of fields that name something of a master, the texts that all records have. One that no record has may
        be another name of any.
        """
        for field, texts in values.items():
            known = self.known.get(field)
            # a currency is written in many ways: what a row says of it is no reason to leave it out
            if field == CURRENCY or known is None or not texts or not known.isdisjoint(texts):
                continue
            if field not in named or known <= set(named[field]):
                return False
        return True


def unread_of(engine: Engine, types: Collection[str]) -> tuple[Unread, ...]:
    """What was not read of the tables of some record types, in the order of documents and rows."""
    rows = engine.dicts("""
        SELECT u.of, u.document, coalesce(d.path, '') AS path, u.page, u.first_row AS first, u.last_row AS last, u.rows,
               u."column", u.known
        FROM unread_row u LEFT JOIN document d ON d.number = u.document ORDER BY ALL""")
    return tuple(Unread(**{**row, "known": _known(row["known"])}) for row in rows if row["of"] in types)


def open_tables(engine: Engine) -> tuple[Unread, ...]:
    """The tables of which it is asked what they are, as rows of any type that were not read, in the order of documents
    and rows."""
    rows = engine.dicts("""
        SELECT t.document, coalesce(d.path, '') AS path, t.page, t.first_row AS first, t.last_row AS last, t.rows,
               t.sheet
        FROM open_table t LEFT JOIN document d ON d.number = t.document ORDER BY ALL""")
    return tuple(Unread(of="", column=None, known={}, of_sheet=row.pop("sheet"), **row) for row in rows)


def _known(text: str | None) -> dict[str, frozenset[str]]:
    return {name: frozenset(texts) for name, texts in json.loads(text or "{}").items()}


def names_field(expression: str, field: str) -> bool:
    """Whether an expression names a field."""
    return re.search(rf"(?<![A-Za-z0-9_]){re.escape(field)}(?![A-Za-z0-9_])", expression) is not None


def not_judged(count: int, places: Iterable[str]) -> tuple[str, str]:
    """The remark on what a check could not judge, in both languages, with the places of the rows that it would need."""
    found = list(dict.fromkeys(places))
    shown, more = found[:_MOST_PLACES], len(found) - _MOST_PLACES
    en, zh = ", ".join(shown), "、".join(shown)
    if more > 0:
        en, zh = f"{en} and {more} more", f"{zh} 等 {len(found)} 处"
    return (
        f"not possible to judge: {count}, as rows that were not read may explain them" + (f": {en}" if en else ""),
        f"无法核对：{count} 处，差异可能由未能读取的行造成" + (f"：{zh}" if zh else ""),
    )
