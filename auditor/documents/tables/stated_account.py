"""The account of which a table is: from the line where it stands, whatever stands before it, else from a name.

What is left of a file's name when known words are taken away is no account: a name tells an account only by a number or
by words for a bank or a kind of account, and is marked as a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from auditor.documents.context import Context
from auditor.documents.headers import header_key, header_variants
from auditor.documents.identity.account_numbers import ShownNumber, shown_numbers
from auditor.documents.identity.account_words import account_words, saying_of_names
from auditor.documents.identity.graph import Identities
from auditor.documents.identity.holders import is_holder
from auditor.documents.tables.headings import Heading, Pair
from auditor.documents.word_parts import parts_of
from auditor.documents.words import identity_words
from auditor.languages import Text
from auditor.records.model import Field
from auditor.values.text import folded

_FROM_SHEET = Text("the account comes from the name of the sheet", "账号取自工作表名")
_FROM_FILE = Text("the account comes from the name of the file", "账号取自文件名")
_FROM_FOLDER = Text("the account comes from the name of the folder", "账号取自文件夹名")
_FROM_TITLE = Text("the account comes from the title", "账号取自标题")
_GENERIC = re.compile(
    r"(20\d\d[-_.年]?\d{0,2}[-_.月]?\d{0,2}(?:日(?!记))?)|\d{1,2}月份?|(?<![a-z])(sheet|table|export|statement|transactions?|details?|history)\d*|"
    r"网银|流水|交易|明细|对账单|账户|账号|银行存款日记账|银行日记账|日记账|银行存款|^银行$|手工|登记|导出|历史|查询|下载|期后|本期|汇总|电子|回单|工作表|[\s_\-.()（）\[\]【】+]+|^\d+$",
    re.IGNORECASE,
)
_TITLE = re.compile(r"日记账|银行账|流水账|收支账|对账单|明细账|交易明细|statement|ledger", re.IGNORECASE)
_ACCOUNT, _NUMBER = "account", "number"  # what parts of words say
_MARKS = " —–-―_:：、,，"


def account_pair(heading: Heading, each: Field, identities: Identities) -> Pair | None:
    """The nearest pair of a heading that names one's own account, of those with a number rather than a name; of a value
    with both the number alone. Whose account it is says nothing of which it is."""
    pairs = tuple(pair for pair in heading.pairs if not is_holder(pair.value, identities))
    labelled = [pair for pair in pairs if pair.value and _is_own_label(pair.key, each)]
    numbered = [pair for pair in labelled if shown_numbers(pair.value)]
    chosen = numbered[0] if numbered else Heading(pairs).first(each.headers)
    if chosen is None:
        chosen = _beside_holder([pair for pair in heading.pairs if pair not in pairs], pairs)
    return replace(chosen, value=account_in(chosen.value)) if chosen is not None else None


def _beside_holder(holders: Sequence[Pair], pairs: Sequence[Pair]) -> Pair | None:
    """The only number beside an account's holder that its label calls a number, of an account or of something that
    nobody knows: `账户：甲公司` and `卡折号：6228…`."""
    if not any(_ACCOUNT in parts_of(pair.label).objects for pair in holders):
        return None
    found = []
    for pair in pairs:
        label = parts_of(pair.label)
        if label.attributes == {_NUMBER} and label.objects <= {_ACCOUNT} and len(shown_numbers(pair.value)) == 1:
            found.append(pair)
    return found[0] if len(found) == 1 else None


def account_in(text: str) -> str:
    """The account's number in a text such as `建行户 4370 1005 2002 6` or `基本户（6222…0026）`; the text, if it is no
    more than that or has several numbers."""
    numbers = shown_numbers(text)
    if len(numbers) != 1 or not any(each.isalpha() for each in text):
        return text
    return folded(text)[numbers[0].start : numbers[0].stop].strip()


def _is_own_label(key: str, each: Field) -> bool:
    """Whether a label is of one's own account: a word of the field, or one that ends with such a word and is not that
    of another's (对方账号)."""
    words = {header_key(word) for word in each.headers}
    if any(variant in words for variant, _, _ in header_variants(key)):
        return True
    return key.endswith(tuple(identity_words().own_number)) and not _of_another(key)


@lru_cache(maxsize=5_000)
def _of_another(text: str) -> bool:
    words = identity_words()
    sides = [word for word in (*words.payer, *words.payee) if not word.isascii() or len(word) > 4]
    return any(word in text for word in (*words.counterparty, *sides))


def account_named(
    context: Context, sheet: str, heading: Heading, *, certain: bool
) -> tuple[str, Text | None] | None:
    """The account that the user declares, or that a line above the table, the sheet's or the file's name states: its
    number, else the words for it.

    With it what it was taken from, where that is a name, which is evidence and no proof; None where nothing names one.
    `certain`: the table itself must say the account (an export); else (a ledger kept by hand) a sheet is named after
    it.
    """
    if context.declared.account:
        return context.declared.account, None
    for line in reversed(heading.lines):
        number = number_in_line(line)
        if number is not None:
            return number, None
    names = ((sheet, _FROM_SHEET), (context.names[0], _FROM_FILE))
    for name, source in names:
        numbers = shown_numbers(name)
        if len(numbers) == 1:
            return _text_of(name, numbers[0]), source
    for line in heading.lines[-1:]:
        if _is_name_alone(line):  # of the table below it, whatever the sheet is called
            saying = saying_of_names([line], currency_tells=False)
            return (saying.text if saying is not None and not saying.several else line), _FROM_TITLE
    titles = [(line, _FROM_TITLE) for line in reversed(heading.lines) if _TITLE.search(line)]
    folders = [(name, _FROM_FOLDER) for name in context.names[1:]] if certain else []
    around = [*names[:1], *titles, *names[1:], *folders]
    saying = saying_of_names((name for name, _ in around), currency_tells=certain and not titles)
    if saying is not None:
        return None if saying.several else (saying.text, around[saying.at][1])
    bare = "" if certain else _GENERIC.sub(" ", sheet).strip(_MARKS)
    return (bare.split("  ")[0].strip(), _FROM_SHEET) if bare and not bare.isdigit() else None


def _is_name_alone(line: str) -> bool:
    """Whether a line says of which account the table is and nothing else: `招行一般户 2026年10月`."""
    words = account_words(line)
    return words.tell and not _GENERIC.sub(" ", words.rest).strip()


def number_in_line(line: str) -> str | None:
    """The number of an account that a line of text states: the one behind a label of one's own account, else the only
    one of a title or of a line that names a bank or a kind of account."""
    numbers = shown_numbers(line)
    text = folded(line).casefold()
    behind = [number for number in numbers if _labelled(text, number)]
    if len(behind) == 1:
        return _text_of(line, behind[0])
    if len(numbers) != 1 or behind or _of_another(header_key(text)):
        return None
    return _text_of(line, numbers[0]) if _TITLE.search(line) or account_words(line).tell else None


def _labelled(text: str, number: ShownNumber) -> bool:
    """Whether the last label before a number is of one's own account."""
    before = text[: number.start]
    labels = [(match.start(), match.end()) for match in _own_label().finditer(before)]
    if not labels:
        return False
    start, _ = labels[-1]
    return not _of_another(header_key(before[max(0, start - 8) : start]))


@lru_cache(maxsize=1)
def _own_label() -> re.Pattern[str]:
    words = identity_words().own_number
    listed = [rf"(?<![a-z]){_spaced(word)}(?![a-z])" if word.isascii() else re.escape(word) for word in words]
    return re.compile("|".join(listed))


def _spaced(word: str) -> str:
    """A word in small letters without blanks, with blanks allowed between its letters, as `account no` is written."""
    return r"\s*".join(map(re.escape, word))


def _text_of(text: str, number: ShownNumber) -> str:
    return folded(text)[number.start : number.stop].strip()


def own_account_columns(headers: tuple[str, ...]) -> Iterator[tuple[int, str]]:
    """The columns whose headers end with a word for the number of an account that is not another's."""
    for at, header in enumerate(headers):
        key = header_key(header)
        if key.endswith(tuple(identity_words().own_number)) and not _of_another(key):
            yield at, header
