"""The currency of each row of a table, by what stands beside its amounts, in its column, its headers and heading."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

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
    differing = _differing(reading, (*roles, "balance"), named, beside)
    differ = np.zeros(len(beside), dtype=bool)
    differ[list(differing)] = True
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


def _differing(
    reading: Reading, roles: Sequence[str], named: pa.Array, beside: pa.Array
) -> dict[int, tuple[str, str]]:
    """The rows whose amounts name another currency than is named for them, with both codes."""
    positions = np.flatnonzero(mask(pc.not_equal(named, beside)))
    if not len(positions):
        return {}
    rows = pa.array(positions)
    sources = dict.fromkeys(spec.source for role in roles if (spec := reading.specs.get(role)) is not None)
    cells = [reading.sheet.texts.column(source).take(rows).to_pylist() for source in sources]
    pairs = zip(named.take(rows).to_pylist(), beside.take(rows).to_pylist(), strict=True)
    return {
        int(at): (one, other)
        for at, (one, other), texts in zip(positions, pairs, zip(*cells, strict=True), strict=True)
        if not _may_mean([text for text in texts if text], other, one)
    }


def _may_mean(texts: Sequence[str], code: str, other: str) -> bool:
    """Whether amounts that are read as of one currency carry a mere sign that another currency has as well."""
    signs, names = _signs_and_names(code, other)
    keys = [folded(text).casefold() for text in texts]
    return any(sign in key for sign in signs for key in keys) and not any(name in key for name in names for key in keys)


@lru_cache(maxsize=1_000)
def _signs_and_names(code: str, other: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The signs that two currencies share, and what else the first is called beside amounts."""
    signs = tuple(sign for sign, codes in _SIGNS.items() if codes[0] == code and other in codes)
    return signs, tuple(name for name, named in BESIDE_AMOUNT.items() if named == code and name not in signs)


def _currency_question(reading: Reading, role: str, bare: int, codes: Sequence[str]) -> Question:
    return CurrencyUndecided(
        place_of_column(reading, role), header=reading.specs[role].header, rows=bare, currencies=", ".join(codes),
        path=reading.context.path,
    )  # fmt: skip
