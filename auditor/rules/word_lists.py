"""Words that rules look for in texts that people write: `words/NAME.yaml` of a rule set, in a condition `:words_NAME`.

A summary says in words that cash went to the bank or that an entry takes back another. Which words those are is data of
the rule set, in as many languages as people write; a condition asks `says(l.summary, :words_NAME)`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field

from auditor.errors import AuditorError
from auditor.rules.schema import Model
from auditor.strict_yaml import Bilingual, load_strictly, not_allowed

PREFIX = "words_"
_NEVER = "$."  # nothing follows the end


def _plain(words: Sequence[str]) -> list[str]:
    """Words as `says` sees texts: small letters, half width, single blanks."""
    plain = [" ".join(unicodedata.normalize("NFKC", word).lower().split()) for word in words]
    if not all(plain):
        raise not_allowed("words with a letter or a mark each", "每个词至少含一个字或符号")
    return plain


Words = Annotated[list[str], AfterValidator(_plain)]


class WordList(Model):
    """Words of one meaning. Letters of the Latin script count as whole words, Chinese ones anywhere in a text; `except`
    are longer words in which one of them means something else."""

    title: Bilingual
    words: Annotated[Words, Field(min_length=1)]
    except_: Annotated[Words, Field(alias="except")] = []

    @property
    def sql(self) -> str:
        """The list as a literal of the engine: two patterns."""
        return f"{{'words': {_literal(_pattern(self.words))}, 'except': {_literal(_pattern(self.except_))}}}"

    def joined(self, other: WordList) -> WordList:
        """The words of both; a set adds its own to those of a set that it includes."""
        return self.model_copy(
            update={"words": [*self.words, *other.words], "except_": [*self.except_, *other.except_]}
        )


def load_word_lists(folder: Path, before: str = "") -> tuple[Mapping[str, WordList], tuple[AuditorError, ...]]:
    """The lists of a folder of rules by name, and what is wrong with those that could not be loaded; `before` stands
    before the names of their files in messages."""
    lists: dict[str, WordList] = {}
    errors: list[AuditorError] = []
    for path in sorted((folder / "words").glob("*.yaml")):
        loaded = load_strictly(path, WordList, file=f"{before}words/{path.name}")
        errors += loaded.mistakes
        if loaded.value is not None:
            lists[path.stem] = loaded.value
    return lists, tuple(errors)


def _pattern(words: Sequence[str]) -> str:
    return "|".join(_one(word) for word in sorted(set(words), key=lambda each: (-len(each), each))) or _NEVER


def _one(word: str) -> str:
    """A word as a pattern: a Latin letter or a digit at its end stands beside no other one."""
    body = r"\s+".join(re.escape(part) for part in word.split(" "))
    before = r"\b" if word[0].isascii() and word[0].isalnum() else ""
    after = r"\b" if word[-1].isascii() and word[-1].isalnum() else ""
    return before + body + after


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
