"""The words of totals, balances carried, extents, counts, marks and names: `rules/words/*.yaml`, loaded strictly.

They stand here once for all steps and both languages; `auditor.documents.tables.labels` recognises with them. Every
word is kept in the normal form of headers (`header_key`).
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from auditor.documents.errors import WordsFileError
from auditor.documents.headers import header_key
from auditor.languages import Text
from auditor.marked_yaml import Marked, load
from auditor.resources import rules_folder

Scope = Literal["page", "day", "week", "month", "period", "quarter", "year", "table"]


def _keys(words: Iterable[str]) -> tuple[str, ...]:
    """The words in normal form, the longest first, so that the longest is tried first. Raises ValueError."""
    keys = [header_key(word) for word in words]
    if not all(keys):
        raise ValueError("a word without a letter")
    return tuple(sorted(dict.fromkeys(keys), key=lambda key: (-len(key), key)))


Words = Annotated[list[str], AfterValidator(_keys)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class TotalWords(_Part):
    """The parts of labels of totals (`rules/words/totals.yaml`)."""

    words: Literal["totals"]
    sum: Words
    part_sum: Words
    to_date: Words
    count: Words
    scopes: dict[Scope, Words]
    beginning_of_year: list[Scope]
    parts_of_table: list[Scope]
    objects: Words
    joints: Words
    sides: Words
    dealings: Words
    months: Words


class EndWords(_Part):
    """The words of the balance at one end: `times` with a word for a balance, or a word `alone`."""

    balance: Words = Field(default_factory=list)
    times: Words
    alone: Words


class BalanceWords(_Part):
    """The parts of labels of balances (`rules/words/balances.yaml`)."""

    words: Literal["balances"]
    balance: Words
    named: Words
    opening: EndWords
    closing: EndWords
    pages: Words

    @model_validator(mode="after")
    def _pages_are_known(self) -> BalanceWords:
        unknown = set(self.pages) - {*self.opening.alone, *self.closing.alone}
        if unknown:
            raise ValueError(f"not among the words of `alone`: {', '.join(sorted(unknown))}")
        return self


class ExtentWords(_Part):
    """Labels of the days that an export covers (`rules/words/extents.yaml`)."""

    words: Literal["extents"]
    first: Words
    last: Words
    both: Words


class MarkWords(_Part):
    """Units of counting, ditto marks and the words of void papers (`rules/words/marks.yaml`)."""

    words: Literal["marks"]
    units: Words
    counted: Words
    number_of: Words
    ditto: Annotated[list[str], AfterValidator(frozenset)]
    void: Words
    void_before: Words
    void_after: Words


class IdentityWords(_Part):
    """Words in the names of companies, accounts and stations (`rules/words/identity.yaml`)."""

    words: Literal["identity"]
    legal_forms: Words
    other_names: Words
    beside: Words
    station: Words
    own_number: Words
    tail: Words
    account_kinds: dict[str, Words]
    account: Words
    banks: dict[str, Words]
    bank: Words
    branch: Words
    bank_name: Words
    holder: Words
    counterparty: Words
    payer: Words
    payee: Words


_File = TypeVar("_File", bound=_Part)


@lru_cache(maxsize=1)
def total_words() -> TotalWords:
    """The words of totals. Raises `WordsFileError` or a `YamlError` with its place."""
    return read_words(rules_folder() / "words" / "totals.yaml", TotalWords)


@lru_cache(maxsize=1)
def balance_words() -> BalanceWords:
    """The words of balances. Raises `WordsFileError` or a `YamlError` with its place."""
    return read_words(rules_folder() / "words" / "balances.yaml", BalanceWords)


@lru_cache(maxsize=1)
def extent_words() -> ExtentWords:
    """The words of extents. Raises `WordsFileError` or a `YamlError` with its place."""
    return read_words(rules_folder() / "words" / "extents.yaml", ExtentWords)


@lru_cache(maxsize=1)
def mark_words() -> MarkWords:
    """The words of marks. Raises `WordsFileError` or a `YamlError` with its place."""
    return read_words(rules_folder() / "words" / "marks.yaml", MarkWords)


@lru_cache(maxsize=1)
def identity_words() -> IdentityWords:
    """The words of names. Raises `WordsFileError` or a `YamlError` with its place."""
    return read_words(rules_folder() / "words" / "identity.yaml", IdentityWords)


def read_words(path: Path, kind: type[_File]) -> _File:
    """One file of words. Raises `WordsFileError` or a `YamlError` with its place."""
    marked = load(path, file=f"words/{path.name}")
    try:
        return kind.model_validate(marked.data)
    except ValidationError as error:
        raise _error(marked, error.errors()[0]) from error


def _error(marked: Marked, first: Any) -> WordsFileError:
    place = marked.place(first["loc"], key=first["type"] == "extra_forbidden")
    return WordsFileError(place, marked.text(first["loc"]), problem=Text(first["msg"], first["msg"]).en)
