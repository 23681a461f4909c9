"""Whose paper a file is by its own name: a bill to a customer is named after him, or after nobody.

A bill that the company received names the company as the customer, and the file names the carrier, often by a short
form that no list has. Such a likeness moves no money: it only makes a question of what would be read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from auditor.documents.headers import header_key
from auditor.documents.recognition.table_evidence import Knowledge, TableEvidence
from auditor.documents.word_parts.tokens import tokens_of
from auditor.documents.words import identity_words
from auditor.languages import Text
from auditor.records.model import RecordType
from auditor.values.text import folded

_CHINESE = re.compile(r"[\u4e00-\u9fff]+")
_LATIN = re.compile(r"[a-z]+")
_SHORTEST = 2  # characters of a Chinese name
_SHORTEST_LATIN = 4
_NAMES = slice(1, 3)  # of the names around: the sheet and the file
_MONTHS = re.compile(
    r"[〇零一二三四五六七八九十]+月份?|[上中下]旬|第?[一二三四]季度?|[上下]半年|[年月日号版]|最终|终稿|新|副本|对[账帐]|确认"
)
_OF_FILES = ("sheet", "copy", "final", "draft", "confirmed", "revised")
_LATIN_MONTHS = re.compile(r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*")


def named_after_another(table: TableEvidence, record_type: RecordType) -> Text | None:
    """Why a bill whose customer a label states is not surely his: the file or the sheet is named after somebody else,
    and nothing but such papers knows him as a customer. None if nothing says so."""
    owner = record_type.fields.get(record_type.owner or "")
    if owner is None or owner.party != "customer":
        return None
    stated = table.labels.get((record_type.name, owner.name))
    if not stated or table.keys.is_listed(stated, owner.party):
        return None
    others = [word for text in table.shape.names[_NAMES] for word in _left_words(text, table.knowledge)]
    if not others or any(_is_of(word, stated) for word in others):
        return None
    title = owner.title
    return Text(
        f"the file is named after “{others[0]}” and not after the {title.en.casefold()}",
        f"文件名为“{others[0]}”，与{title.zh}不同",
    )


def _left_words(text: str, knowledge: Knowledge) -> list[str]:
    """What a name says beside months and the words of papers and columns."""
    plain = folded(text).casefold()
    known = _known_words(knowledge)
    found = [
        word
        for word in _LATIN.findall(plain)
        if len(word) >= _SHORTEST_LATIN and word not in known and not _LATIN_MONTHS.fullmatch(word)
    ]
    for run in _CHINESE.findall(plain):
        rest = run
        for word in _longest_first(knowledge):
            rest = rest.replace(word, " ")
        found += [part for part in _MONTHS.sub(" ", rest).split() if len(part) >= _SHORTEST]
    return found


def _is_of(word: str, name: str) -> bool:
    """Whether a word and a name may be of one: they share two Chinese characters, or a word."""
    if word.isascii():
        tokens = [token for token in tokens_of(name) if len(token) >= _SHORTEST_LATIN]
        return any(word.startswith(token[:_SHORTEST_LATIN]) for token in tokens)
    key = header_key(name)
    return any(word[at : at + 2] in key for at in range(len(word) - 1))


@lru_cache(maxsize=4)
def _known_words(knowledge: Knowledge) -> frozenset[str]:
    """Latin words of the names and columns of papers."""
    types = knowledge.types.values()
    texts = [name for each in types for name in (*each.names, each.title.en)]
    texts += [word for each in types for one in each.fields.values() for word in (*one.headers, *one.also)]
    return frozenset(token for text in (*texts, *_OF_FILES) for token in tokens_of(text) if token.isascii())


@lru_cache(maxsize=4)
def _longest_first(knowledge: Knowledge) -> Sequence[str]:
    """Chinese words of the names and columns of papers, and those that stand beside names."""
    types = knowledge.types.values()
    texts = [name for each in types for name in (*each.names, each.title.zh)]
    texts += [word for each in types for one in each.fields.values() for word in (*one.headers, *one.also)]
    texts += [*identity_words().beside, *identity_words().legal_forms]
    words = {header_key(text) for text in texts}
    chinese = [each for each in words if len(each) >= _SHORTEST and _CHINESE.fullmatch(each)]
    return sorted(chinese, key=lambda each: (-len(each), each))
