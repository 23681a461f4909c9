"""The currency of each row of a table, by what stands beside its amounts, in its column, its headers and heading."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from auditor.documents.questions import CurrencyUndecided, Question
from auditor.documents.tables.reading import Reading, place_of_column
from auditor.documents.typed_columns import TypedColumns, mask, whole
from auditor.values.currency import BESIDE_AMOUNT
from auditor.values.text import folded

# what a sign may mean, first what it is read as where nothing else is named
_SIGNS = {"$": ("USD", "HKD", "AUD", "CAD", "SGD", "NZD", "TWD", "MXN", "MOP"), "¥": ("CNY", "JPY")}


@dataclass(frozen=True, slots=True)
class Currencies:
    """The currency of each row, null where nothing tells; the rows whose amount names another one than their column or
    heading, with both; and the question for amounts that state none among others in several currencies."""

    codes: pa.Array
    differing: Mapping[int, tuple[str, str]]
    question: Question | None = None


def currencies_of(reading: Reading, typed: TypedColumns, roles: Sequence[str]) -> Currencies | None:
    """The currencies of the rows by what stands beside their amounts, in their column and in the headers and heading;
    None if nothing stands beside the amounts. A bare amount has the one currency that the document names, if it is one.
    """
    parts = [found for role in (*roles, "balance") if (found := typed.beside("currency", role)) is not None]
    if not parts:
        return None
    beside = pc.coalesce(*map(whole, parts))
    named = _named_currencies(reading, typed, len(beside))
    differ = mask(pc.not_equal(named, beside))
    for at in map(int, np.flatnonzero(differ)):
        differ[at] = not _may_mean(_amounts_of(reading, at, (*roles, "balance")), beside[at].as_py(), named[at].as_py())
    differing = {at: (named[at].as_py(), beside[at].as_py()) for at in map(int, np.flatnonzero(differ))}
    codes = pc.coalesce(named, beside)
    declared = reading.context.declared.currency
    shown = sorted({code for code in (*pc.unique(codes).to_pylist(), *pc.unique(beside).to_pylist()) if code})
    occurring = sorted(code for code in pc.unique(codes).to_pylist() if code)
    only = declared or (occurring[0] if len(occurring) == 1 else None)
    bare = ~mask(pc.is_valid(codes))
    if only is not None:
        codes = pc.fill_null(codes, only)
    codes = pc.if_else(pa.array(differ), pa.scalar(None, pa.string()), codes)
    moved = np.zeros(len(codes), dtype=bool)
    for column in (whole(typed.columns[role]) for role in roles):
        moved |= mask(pc.not_equal(column, pa.scalar(0, column.type)))
    if "date" in typed.columns:  # a total below the rows is of no currency by itself
        moved &= mask(pc.is_valid(typed.columns["date"]))
    rows = int(np.count_nonzero(moved & bare))
    question = _currency_question(reading, roles[0], rows, shown) if rows and only is None else None
    return Currencies(codes, differing, question)


def _named_currencies(reading: Reading, typed: TypedColumns, rows: int) -> pa.Array:
    """The currency that a column, else the headers or the heading name for each row; what is declared is only for
    amounts that state none."""
    own = typed.columns.get("currency")
    if own is not None:
        return whole(own)
    code = None if reading.context.declared.currency else reading.constants.get("currency")
    return pa.array([code] * rows, pa.string())


def _amounts_of(reading: Reading, at: int, roles: Sequence[str]) -> list[str]:
    sources = [spec.source for role in roles if (spec := reading.specs.get(role)) is not None]
    return [reading.sheet.texts.column(source)[at].as_py() or "" for source in sources]


def _may_mean(texts: Iterable[str], code: str, other: str) -> bool:
    """Whether amounts that are read as of one currency carry a mere sign that another currency has as well."""
    signs = [sign for sign, codes in _SIGNS.items() if codes[0] == code and other in codes]
    names = [name for name, named in BESIDE_AMOUNT.items() if named == code and name not in signs]
    texts = [folded(text).casefold() for text in texts]
    return any(sign in text for sign in signs for text in texts) and not any(
        name in text for name in names for text in texts
    )


def _currency_question(reading: Reading, role: str, bare: int, codes: Sequence[str]) -> Question:
    return CurrencyUndecided(
        place_of_column(reading, role), header=reading.specs[role].header, rows=bare, currencies=", ".join(codes),
        path=reading.context.path,
    )  # fmt: skip
