"""Payer and payee: which of the two is the company itself, and which the counterparty.

A list of transfers has columns for both sides. The own side is the one whose account or name is the table's own; where
nothing says which that is, the account or the name that stands in every row on one side or the other. It tells the
direction of a row, too, and the table's account where no column or heading does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from auditor.documents.decisions.sides import IN, OUT, UNKNOWN
from auditor.documents.headers import header_key
from auditor.documents.identity.account_numbers import account_number, shown_numbers
from auditor.documents.identity.names import bare_key
from auditor.documents.tables.reading import Reading
from auditor.documents.tables.recognise import Column
from auditor.documents.typed_columns import mask, whole
from auditor.documents.vocabulary import FIELDS_OF_SIDES, SIDES
from auditor.documents.words import identity_words
from auditor.languages import Text

_SIDES, _FIELDS = SIDES, FIELDS_OF_SIDES
_JOINTS = "()（）:：-—_/. 的"  # what stands between the word for a side and the rest of a header
Codes = npt.NDArray[np.int8]


def with_side_columns(reading: Reading) -> Reading:
    """The claim with the columns of payer and payee as such, where the table has both, as their headers or an answer
    say; no column of one side alone is the counterparty then. Roles are `payer.FIELD` and `payee.FIELD`."""
    if reading.type.flow is None or "counterparty" not in reading.type.fields:
        return reading
    claim = reading.sheet.claim
    roles = {column.index: column.role for column in claim.columns}
    found = {column.role: column for column in claim.columns if "." in column.role}
    for at, header in enumerate(reading.sheet.headers):
        side_and_field = _side_and_field(header)
        if side_and_field is None or roles.get(at, _FIELDS[0]) not in _FIELDS or at >= reading.sheet.texts.num_columns:
            continue
        role = ".".join(side_and_field)
        found.setdefault(role, Column(role, at, header))
    fields = [name for name in _FIELDS if all(f"{side}.{name}" in found for side in _SIDES)]
    if not {"counterparty", "counterparty_account"} & set(fields):
        alone = [column for column in claim.columns if claim.answered and "." in column.role]
        kept = [column for column in claim.columns if column not in alone]
        return replace(reading, sheet=replace(reading.sheet, claim=replace(claim, columns=tuple(kept))))
    mine = [column for column in found.values() if column.role.partition(".")[2] in fields]
    taken = {column.index for column in found.values()}
    kept = [column for column in claim.columns if column.index not in taken and column.role not in fields]
    columns = tuple(sorted((*kept, *mine), key=lambda column: column.index))
    return replace(reading, sheet=replace(reading.sheet, claim=replace(claim, columns=columns)))


def columns_of_sides(headers: Sequence[str]) -> set[int]:
    """The columns whose headers name a payer or a payee, or the account or bank of one."""
    return {at for at, header in enumerate(headers) if _side_and_field(header) is not None}


@lru_cache(maxsize=5_000)
def _side_and_field(header: str) -> tuple[str, str] | None:
    """The side and the field of a header: 付款人账号, `Payee account`, 账号（收款方）."""
    key = header_key(header)
    words = identity_words()
    for side, listed in (("payer", words.payer), ("payee", words.payee)):
        for word in listed:
            for rest in (key.removeprefix(word), key.rstrip(")").removesuffix(word)):
                if rest != key and rest != key.rstrip(")"):
                    field = _field(rest.strip(_JOINTS).removeprefix("'s").removesuffix("of").strip(_JOINTS), word)
                    if field is not None:
                        return side, field
    return None


def _field(rest: str, word: str) -> str | None:
    words = identity_words()
    if rest in words.holder or (not rest and not (word.isascii() and len(word) < 5)):
        return "counterparty"
    if rest in words.own_number or rest.removesuffix("号码") in words.own_number:
        return "counterparty_account"
    return "counterparty_bank" if rest in words.bank_name else None


# --- which side is one's own ------------------------------------------------------------------------------------------


def with_own_side(reading: Reading) -> Reading:
    """For each row of a list of transfers the side on which the company is, and the account that it shows."""
    if f"payer.{_FIELDS[0]}" not in reading.typed.columns and f"payer.{_FIELDS[1]}" not in reading.typed.columns:
        return reading
    filled = _filled(reading)
    accounts = _pair(reading, "counterparty_account", _plain_numbers)
    names = _pair(reading, "counterparty", _plain_names)
    own = reading.constants.get("account")
    sides = np.full(reading.sheet.rows, UNKNOWN, dtype=np.int8)
    constants = dict(reading.constants)
    remarks = reading.remarks
    if accounts is not None:
        numbers = _own_numbers(own, accounts)
        if not numbers:
            numbers = _constant(accounts, filled)
            if numbers and "account" not in reading.typed.columns and (own is None or "account" in reading.assumed):
                constants["account"] = numbers[0]
                remarks = (*remarks, _account_remark(numbers[0]))
        sides = _sides(accounts, numbers)
    if names is not None:
        mine = _own_names(reading, names) or _constant(names, filled)
        sides = np.where(sides == UNKNOWN, _sides(names, mine), sides).astype(np.int8)
    assumed = {name: why for name, why in reading.assumed.items() if constants.get(name) == reading.constants.get(name)}
    return replace(reading, sides=sides, constants=constants, assumed=assumed, remarks=remarks)


def _account_remark(account: str) -> Text:
    return Text(
        f"the account is {account}, which stands in every row as payer or payee",
        f"账号为 {account}：每行的付款方或收款方均为该账号",
    )


def _pair(reading: Reading, field: str, plain: Any) -> tuple[pa.Array, pa.Array] | None:
    columns = [reading.typed.columns.get(f"{side}.{field}") for side in _SIDES]
    if any(column is None for column in columns):
        return None
    payer, payee = (plain(whole(column)) for column in columns)
    return payer, payee


def _plain_numbers(column: pa.Array) -> pa.Array:
    return pc.utf8_upper(pc.replace_substring_regex(column.cast(pa.string()), r"[\s\-]+", ""))


def _plain_names(column: pa.Array) -> pa.Array:
    encoded = column.cast(pa.string()).dictionary_encode()
    keys = pa.array([bare_key(text) for text in encoded.dictionary.to_pylist()], pa.string())
    return keys.take(encoded.indices)


def _filled(reading: Reading) -> npt.NDArray[np.bool_]:
    """The rows that have a date: no totals, no blank lines."""
    column = reading.typed.columns.get("date")
    return np.ones(reading.sheet.rows, dtype=bool) if column is None else mask(pc.is_valid(column))


def _own_numbers(own: Any, accounts: tuple[pa.Array, pa.Array]) -> list[str]:
    """The numbers of the columns that are the table's own account, which may be masked in one or the other place."""
    if not isinstance(own, str):
        return []
    number = account_number(own)
    shown = shown_numbers(own)
    found = []
    for each in pc.unique(pa.concat_arrays([*accounts])).drop_null().to_pylist():
        theirs = shown_numbers(each)
        fits = any(mask_.fits(each) for mask_ in shown if not mask_.whole)
        if each == number or fits or any(not other.whole and other.fits(number) for other in theirs):
            found.append(each)
    return found


def _own_names(reading: Reading, names: tuple[pa.Array, pa.Array]) -> list[str]:
    """The names of the columns that are the company's: of the account's holder in the heading, or known."""
    holder = reading.heading.first(identity_words().holder)
    held = bare_key(holder.value) if holder is not None else None
    known = reading.context.identities
    every = pc.unique(pa.concat_arrays([*names])).drop_null().to_pylist()
    return [name for name in every if name and (name == held or known.is_own(name))]


def _constant(columns: tuple[pa.Array, pa.Array], filled: npt.NDArray[np.bool_]) -> list[str]:
    """The one value that stands in every row on one side or the other; none, if there are two such or a single row."""
    rows = int(np.count_nonzero(filled))
    if rows < 2:
        return []
    payer, payee = (column.filter(pa.array(filled)) for column in columns)
    counts = _counts(payer)
    for value, count in _counts(payee).items():
        counts[value] = counts.get(value, 0) + count
    for value, count in _counts(payer.filter(pc.fill_null(pc.equal(payer, payee), False))).items():
        counts[value] -= count  # a transfer between accounts of one name is one row
    found = [value for value, count in counts.items() if value and count == rows]
    return found if len(found) == 1 else []


def _counts(column: pa.Array) -> dict[str, int]:
    found = pc.value_counts(column.drop_null())
    return dict(zip(found.field("values").to_pylist(), found.field("counts").to_pylist(), strict=True))


def _sides(columns: tuple[pa.Array, pa.Array], own: Iterable[str]) -> Codes:
    """OUT where the payer alone is one's own, IN where the payee alone is."""
    wanted = pa.array(list(own), pa.string())
    payer, payee = (mask(pc.fill_null(pc.is_in(column, value_set=wanted), False)) for column in columns)
    return np.select([payer & ~payee, payee & ~payer], [np.int8(OUT), np.int8(IN)], np.int8(UNKNOWN)).astype(np.int8)


# --- the counterparty -------------------------------------------------------------------------------------------------


def with_counterparty(reading: Reading) -> Reading:
    """Of payer and payee the counterparty: the side that is not one's own; where that is not told, the payer of money
    in and the payee of money out."""
    if reading.sides is None or reading.flow is None:
        return reading
    columns: dict[str, Any] = dict(reading.typed.columns)
    payer_is_other = np.where(reading.sides == UNKNOWN, reading.flow.direction == IN, reading.sides == IN)
    choice = pa.array(payer_is_other)
    for name in _fields_of(columns):
        columns[name] = pc.if_else(choice, whole(columns[f"payer.{name}"]), whole(columns[f"payee.{name}"]))
    return replace(reading, typed=replace(reading.typed, columns=columns))


def _fields_of(columns: Mapping[str, Any]) -> list[str]:
    return [name for name in _FIELDS if all(f"{side}.{name}" in columns for side in _SIDES)]
