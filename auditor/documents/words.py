"""The words of totals, balances carried, extents, counts, marks and names: `rules/words/*.yaml`, loaded strictly.

They stand here once for all steps and both languages; `auditor.documents.labels` recognises with them. Every
word is kept in the normal form of headers (`header_key`).
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal, TypeVar

from pydantic import AfterValidator, Field, model_validator

from auditor.documents.errors import WordsFileError
from auditor.documents.headers import header_key
from auditor.resources import rules_folder
from auditor.strict_yaml import Checks, StrictModel, load_strictly, not_allowed

Scope = Literal["page", "day", "week", "month", "period", "quarter", "year", "table"]


def _keys(words: Iterable[str]) -> tuple[str, ...]:
    """The words in normal form, the longest first, so that the longest is tried first."""
    keys = [header_key(word) for word in words]
    if not all(keys):
        raise not_allowed("words with a letter or a mark each", "每个词至少含一个字或符号")
    return tuple(sorted(dict.fromkeys(keys), key=lambda key: (-len(key), key)))


Words = Annotated[list[str], AfterValidator(_keys)]
HeaderWord = Annotated[str, AfterValidator(header_key)]


class TotalWords(StrictModel):
    """The parts of labels of totals (`rules/words/totals.yaml`)."""

    words: Literal["totals"]
    sum: Words
    part_sum: Words
    part_of: Words
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


class EndWords(StrictModel):
    """The words of the balance at one end: `times` with a word for a balance, or a word `alone`."""

    balance: Words = Field(default_factory=list)
    times: Words
    alone: Words


class BalanceWords(StrictModel):
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
            words = ", ".join(sorted(unknown))
            raise not_allowed(f"words of `alone`, which {words} is not", f"`alone` 中的词，不含 {words}")
        return self


class ExtentWords(StrictModel):
    """Labels of the days that an export covers (`rules/words/extents.yaml`)."""

    words: Literal["extents"]
    first: Words
    last: Words
    both: Words


class MarkWords(StrictModel):
    """Units of counting, ditto marks and the words of void papers (`rules/words/marks.yaml`)."""

    words: Literal["marks"]
    units: Words
    counted: Words
    number_of: Words
    ditto: Annotated[list[str], AfterValidator(frozenset)]
    void: Words
    void_before: Words
    void_after: Words


class IdentityWords(StrictModel):
    """Words in the names of companies, accounts and stations (`rules/words/identity.yaml`)."""

    words: Literal["identity"]
    legal_forms: Words
    other_names: Words
    beside: Words
    station: Words
    own_number: Words
    tail: Words
    account_kinds: dict[str, Words]
    usual_kinds: Words
    account: Words
    banks: dict[str, Words]
    bank: Words
    no_bank_names: Words
    branch: Words
    bank_name: Words
    holder: Words
    counterparty: Words
    payer: Words
    payee: Words


class PaperWords(StrictModel):
    """Names of papers that no record type is of (`rules/words/papers.yaml`)."""

    words: Literal["papers"]
    lists: Words
    names: Words


class ChangeWords(StrictModel):
    """Headers of two columns that state one change (`rules/words/changes.yaml`): before and after."""

    words: Literal["changes"]
    pairs: list[Annotated[list[HeaderWord], Field(min_length=2, max_length=2)]]


class LabelledPaperWords(StrictModel):
    """Words of papers made of labels and their values (`rules/words/labelled-papers.yaml`)."""

    words: Literal["labelled papers"]
    known: list[str]
    aside: Words
    sender: Annotated[Words, Field(alias="from")]
    receiver: Annotated[Words, Field(alias="to")]
    ends: Words
    places: Words
    counted: Words
    naming: Words
    reference: Words


class MoneyWords(StrictModel):
    """Words that tell ledgers of money from those of other things (`rules/words/money.yaml`)."""

    words: Literal["money"]
    of_money: Words
    dealings: Words
    measures: Words


def _single(confused: dict[str, list[str]]) -> dict[str, list[str]]:
    made = [each for wrong in confused.values() for each in wrong]
    if any(len(each) != 1 for each in (*confused, *made)) or len({*made}) < len(made) or {*confused} & {*made}:
        raise not_allowed("single characters, each once", "单个字符，且各不重复")
    return confused


class RecognitionWords(StrictModel):
    """Characters that a recogniser takes for others (`rules/words/recognition.yaml`): what it makes of those of amounts
    in words, and old forms of ideographs with those of today."""

    words: Literal["recognition"]
    amounts: Annotated[dict[str, list[str]], AfterValidator(_single)]
    forms: dict[str, str]


class SalePaperWords(StrictModel):
    """Words of receipts and invoices that are lines with amounts at their ends (`rules/words/sale-papers.yaml`)."""

    words: Literal["sale papers"]
    receipts: list[str]
    invoices: list[str]
    others: list[str]
    total: list[str]
    net: list[str]
    tax: list[str]
    inside: list[str]
    less: list[str]
    more: list[str]
    paid: list[str]
    change: list[str]
    numbers: list[list[str]]
    bare: list[str]
    dates: list[str]
    other_dates: list[str]
    sellers: list[str]
    buyers: list[str]
    currencies: list[str]
    named: list[str]
    legal: list[str]
    months: Annotated[list[list[str]], Field(min_length=12, max_length=12)]
    dollars: dict[str, list[str]]


_File = TypeVar("_File", bound=StrictModel)


@lru_cache(maxsize=1)
def total_words() -> TotalWords:
    """The words of totals. Raises `WordsFileError`, all mistakes of the file."""
    return read_words(rules_folder() / "words" / "totals.yaml", TotalWords)


@lru_cache(maxsize=1)
def balance_words() -> BalanceWords:
    """The words of balances. Raises `WordsFileError`, all mistakes of the file."""
    return read_words(rules_folder() / "words" / "balances.yaml", BalanceWords)


@lru_cache(maxsize=1)
def extent_words() -> ExtentWords:
    """The words of extents. Raises `WordsFileError`, all mistakes of the file."""
    return read_words(rules_folder() / "words" / "extents.yaml", ExtentWords)


@lru_cache(maxsize=1)
def mark_words() -> MarkWords:
    """The words of marks. Raises `WordsFileError`, all mistakes of the file."""
    return read_words(rules_folder() / "words" / "marks.yaml", MarkWords)


@lru_cache(maxsize=1)
def identity_words() -> IdentityWords:
    """The words of names. Raises `WordsFileError`, all mistakes of the file."""
    return read_words(rules_folder() / "words" / "identity.yaml", IdentityWords)


@lru_cache(maxsize=1)
def paper_words() -> PaperWords:
    """The names of papers that no record type is of. Raises `WordsFileError`, all mistakes of the file."""
    return read_words(rules_folder() / "words" / "papers.yaml", PaperWords)


@lru_cache(maxsize=1)
def labelled_paper_words() -> LabelledPaperWords:
    """The words of labelled papers. Raises `WordsFileError`, all mistakes of the file."""
    return read_words(rules_folder() / "words" / "labelled-papers.yaml", LabelledPaperWords)


@lru_cache(maxsize=1)
def change_words() -> ChangeWords:
    """The pairs of headers of what was and what is now. Raises `WordsFileError`, all mistakes of the file."""
    return read_words(rules_folder() / "words" / "changes.yaml", ChangeWords)


@lru_cache(maxsize=1)
def money_words() -> MoneyWords:
    """The words of money. Raises `WordsFileError`, all mistakes of the file."""
    return read_words(rules_folder() / "words" / "money.yaml", MoneyWords)


@lru_cache(maxsize=1)
def recognition_words() -> RecognitionWords:
    """What a recogniser makes of characters. Raises `WordsFileError`, all mistakes of the file."""
    return read_words(rules_folder() / "words" / "recognition.yaml", RecognitionWords)


@lru_cache(maxsize=1)
def sale_paper_words() -> SalePaperWords:
    """The words of receipts and invoices. Raises `WordsFileError`, all mistakes of the file."""
    return read_words(rules_folder() / "words" / "sale-papers.yaml", SalePaperWords)


def read_words(path: Path, kind: type[_File], checks: Checks | None = None) -> _File:
    """One file of words; `checks` tells mistakes that no single value shows. Raises `WordsFileError`, all mistakes."""
    loaded = load_strictly(path, kind, file=f"words/{path.name}", checks=checks)
    if loaded.value is None:
        raise WordsFileError(errors=loaded.mistakes)
    return loaded.value
