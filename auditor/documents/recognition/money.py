"""Whether a ledger is one of money: stock cards, points and hours have balances that follow from their rows, too.

A chain proves the columns and not what they count. That it is money, one of these says: a word in a header or around,
an account or a currency, what the rows are for, or amounts that are written like money.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

from auditor.documents.headers import header_key, unit_of
from auditor.documents.identity.account_words import account_words
from auditor.documents.recognition.table_evidence import LEAST_FIT, TableEvidence
from auditor.documents.word_parts.tokens import singular, tokens_of
from auditor.documents.words import money_words
from auditor.languages import Text

NO_MONEY = Text("nothing says that it counts money", "未见金额为款项的依据")
_OF_ACCOUNTS = frozenset(("account", "counterparty_account", "currency"))
_TEXTS = 60  # texts of a column that are looked at
_SHARE = 5  # of so many rows one speaks of money
_CENTS = 2
_UNIT = 100_000  # of figures
_SMALL = 10_000 * _UNIT  # below it a whole number may be a count
_FEW_ROWS = 3  # rows of a table from which its kind is told
_DECIMALS = re.compile(r"\d(?:[.．](\d+)|[,，](\d{1,2}))[^\d]*$")
_MARKED = re.compile(r"[¥￥$€£]|(?<![A-Za-z])(?:CR|DR|RMB|CNY|USD)(?![A-Za-z])|[借贷元]", re.IGNORECASE)


def counts_money(table: TableEvidence, roles: Collection[str], used: Iterable[int], fields: Collection[str]) -> bool:
    """Whether something says that a table of movements counts money. `roles`, `used`: the roles and the columns that a
    hypothesis takes; `fields`: what it has from around."""
    words = money_words()
    columns = sorted(set(used))
    headers = [text for at in columns for text in table.shape.texts[at]]
    around = [*table.shape.names, *(label for label, _ in table.shape.labels)]
    if _OF_ACCOUNTS & {*roles, *fields} or any(_has_currency(text) for text in headers):
        return True
    if counts_other_things(table, columns):
        return False
    if any(account_words(text).tell for text in table.shape.names) or _says(words.of_money, [*headers, *around]):
        return True
    return _of_dealings(table, columns, words.dealings) or _in_cents(table, columns)


def may_count_other_things(
    table: TableEvidence, roles: Collection[str], used: Iterable[int], fields: Collection[str]
) -> bool:
    """Whether a table whose header words are those of movements may count something else all the same: a word says so,
    or nothing says that it is money and all of its figures are small whole numbers."""
    columns = sorted(set(used))
    if counts_money(table, roles, columns, fields):
        return False
    figures = [value for at in columns for value in table.figures.columns.get(at, ()) if value]
    small = all(abs(value) < _SMALL and value % _UNIT == 0 for value in figures)
    return counts_other_things(table, columns) or (small and "balance" in roles and table.shape.rows >= _FEW_ROWS)


def counts_other_things(table: TableEvidence, used: Iterable[int]) -> bool:
    """Whether one of the columns, or a name around, says that what is counted is something else: hours, points."""
    words = money_words()
    headers = [text for at in sorted(set(used)) for text in table.shape.texts[at]]
    return _says(words.measures, [_without(words.of_money, text) for text in (*headers, *table.shape.names)])


def _without(words: Sequence[str], text: str) -> str:
    """A text without the Chinese words among some: 库存现金 counts no stock."""
    for word in sorted((word for word in words if not word.isascii()), key=lambda word: (-len(word), word)):
        text = text.replace(word, " ")
    return text


def _says(words: Sequence[str], texts: Iterable[str]) -> bool:
    """Whether one of the texts holds one of the words, in Latin letters as a whole word."""
    listed = frozenset(words)
    chinese = [word for word in words if not word.isascii()]
    for text in texts:
        if any(singular(token) in listed or token in listed for token in tokens_of(text)):
            return True
        key = header_key(text)
        if not key.isascii() and any(word in key for word in chinese):
            return True
    return False


def _has_currency(text: str) -> bool:
    unit = unit_of(header_key(text))
    return unit is not None and unit.currency is not None


def _of_dealings(table: TableEvidence, columns: Sequence[int], words: Sequence[str]) -> bool:
    """Whether some of the rows say what was paid or received."""
    for at in columns:
        kind = table.kinds[at]
        texts = [text for text in kind.texts[:_TEXTS] if not text.replace(".", "").replace(",", "").isdigit()]
        if texts and _SHARE * sum(_says(words, [text]) for text in texts) >= len(texts):
            return True
    return False


def _in_cents(table: TableEvidence, columns: Sequence[int]) -> bool:
    """Whether the figures are written like money: with a sign of a currency or a side (CR, 借), or with two decimals at
    most and some of them with two."""
    texts = [text for at in columns if table.kinds[at].figure >= LEAST_FIT for text in table.kinds[at].texts]
    if any(_MARKED.search(text) for text in texts):
        return True
    decimals = [len(match[1] or match[2] or "") for text in texts if (match := _DECIMALS.search(text.strip()))]
    return max(decimals, default=0) == _CENTS
