"""What a model may ask of a value beyond its type, with the words in which a wrong one is told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, GetCoreSchemaHandler
from pydantic.fields import FieldInfo
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from auditor.languages import Text
from auditor.marked_yaml import nearest

# Kinds of mistakes that the annotations raise, as `messages` knows them again.
UNKNOWN_WORD, UNQUOTED, NOT_ALLOWED = "unknown_word", "unquoted_number", "not_allowed"

PATTERNS: dict[str, Text] = {}  # patterns of `shaped` with their words, entered where a model is declared


class StrictModel(BaseModel):
    """The base of what a file or a part of one may say: no unknown key, no value of another type, never changed."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Bilingual(StrictModel):
    """A text in both languages."""

    en: str
    zh: str

    @property
    def text(self) -> Text:
        return Text(self.en, self.zh)


class BareNumber(str):
    """A number without quotes that YAML leaves text because it has decimals or too many digits."""

    __slots__ = ()


@dataclass(frozen=True)
class Names:
    """A kind of names, to annotate a text that must be one of them: `Annotated[str, Names("field", "字段")]`.

    Which names there are is said when a file is loaded: `names={FIELD: [...]}`. Where nothing is said of the kind,
    every text will do.
    """

    en: str
    zh: str

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.with_info_after_validator_function(self._checked, handler(source))

    def _checked(self, word: str, info: core_schema.ValidationInfo) -> str:
        known: Mapping[Names, Iterable[str]] = info.context or {}
        words = known.get(self)
        if words is not None and word not in words:
            raise unknown_word(self.en, self.zh, word, words)
        return word


def unknown_word(kind: str, kind_zh: str, word: str, words: Iterable[str], near: str | None = None) -> Exception:
    """What a validator raises for a word that is none of `words`; `near` if another is meant than the most alike."""
    allowed = list(words)
    meant = near or nearest(word, allowed)
    context = {"kind": kind, "kind_zh": kind_zh, "word": word, "words": listed(allowed), "nearest": meant or "-"}
    return PydanticCustomError(UNKNOWN_WORD, "unknown word", context)


def listed(words: Iterable[str]) -> str:
    """Words as a message lists them; a mark such as a comma stands in quotes."""
    return ", ".join(word if word[:1].isalnum() else f'"{word}"' for word in words)


def not_allowed(allowed_en: str, allowed_zh: str) -> Exception:
    """What a validator raises for a value that is none of those that it says in both languages."""
    return PydanticCustomError(NOT_ALLOWED, "not allowed", {"en": allowed_en, "zh": allowed_zh})


def shaped(pattern: str, words: Text) -> FieldInfo:
    """A text of a form that a regular expression gives and `words` describe: `Annotated[str, shaped(...)]`."""
    PATTERNS[pattern] = words
    found: FieldInfo = Field(pattern=pattern)
    return found


def whole_number(first: int, last: int) -> AfterValidator:
    """A whole number from `first` to `last`: `Annotated[int, whole_number(1, 12)]`."""

    def checked(number: int) -> int:
        if not first <= number <= last:
            raise not_allowed(f"a whole number from {first} to {last}", f"{first} 至 {last} 的整数")
        return number

    return AfterValidator(checked)


def _quoted(value: Any) -> Any:
    if isinstance(value, BareNumber) or (isinstance(value, int) and not isinstance(value, bool)):
        raise PydanticCustomError(UNQUOTED, "a number without quotes", {"number": str(value)})
    return value


# Text in which each digit counts: an amount, an account. A number must stand in quotes.
QuotedText = Annotated[str, BeforeValidator(_quoted)]


def _stated(value: Any) -> Any:
    if value is None:
        raise not_allowed(
            'a value (a comma in quotes: ","), or leave the key out', '一个值（逗号须加引号：","），或去掉此键'
        )
    return value


# A key that may be left out, but says something where it stands: `key:` with nothing behind it is a mistake.
STATED = BeforeValidator(_stated)
