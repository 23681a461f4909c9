"""From what pydantic says of a file to mistakes at their places, in words of both languages."""

from __future__ import annotations

import re
import types
from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from auditor.errors import AuditorError
from auditor.languages import Text
from auditor.marked_yaml import Marked, nearest
from auditor.strict_yaml.annotations import NOT_ALLOWED, PATTERNS, UNKNOWN_WORD, UNQUOTED, listed
from auditor.strict_yaml.errors import MissingKey, UnknownKey, UnknownWord, UnquotedNumber, WrongValue

Loc = tuple[str | int, ...]

_TEXT = Text("text; a number in quotes", "文本；数字要加引号")
_WHOLE = Text("a whole number", "整数")
_TRUTH = Text("true or false", "true 或 false")
_LIST = Text("a list: [a, b]", "列表：[a, b]")
_MAPPING = Text("a mapping: {key: value}", "映射：{键: 值}")
_SOMETHING = Text("at least one entry", "至少一项")
_NOTHING = Text("nothing, or the file without this key", "留空，或去掉此键")
_EXPECTED = {
    "string_type": _TEXT, "string_sub_type": _TEXT, "string_unicode": _TEXT,
    "int_type": _WHOLE, "int_parsing": _WHOLE, "int_parsing_size": _WHOLE, "int_from_float": _WHOLE,
    "bool_type": _TRUTH, "bool_parsing": _TRUTH,
    "list_type": _LIST, "tuple_type": _LIST, "set_type": _LIST, "iterable_type": _LIST,
    "dict_type": _MAPPING, "mapping_type": _MAPPING, "model_type": _MAPPING, "model_attributes_type": _MAPPING,
    "dataclass_type": _MAPPING,
    "string_too_short": Text("text that is not empty", "非空文本"), "too_short": _SOMETHING,
    "none_required": _NOTHING,
}  # fmt: skip
_ANOTHER = Text("a value of the kind that the documentation of this key gives", "符合该键说明的值")
_LIMITS = {
    "greater_than_equal": ("ge", "at least {}", "不小于 {}"),
    "greater_than": ("gt", "more than {}", "大于 {}"),
    "less_than_equal": ("le", "at most {}", "不大于 {}"),
    "less_than": ("lt", "less than {}", "小于 {}"),
    "too_long": ("max_length", "at most {} entries", "不超过 {} 项"),
    "string_too_long": ("max_length", "text of at most {} characters", "不超过 {} 个字符的文本"),
}
_QUOTED = re.compile(r"'([^']*)'")


def mistakes_of(details: Sequence[ErrorDetails], model: Any, marked: Marked, at: Loc) -> list[AuditorError]:
    """One mistake for each place: of a union's branches, the one that went deepest into the file."""
    misspelt = {
        (each["loc"][:-1], nearest(str(each["loc"][-1]), keys_at(model, each["loc"][:-1])))
        for each in details
        if each["type"] == "extra_forbidden"
    }
    # a key that is missing because it is misspelt is told once, as the unknown key
    details = [
        each for each in details if each["type"] != "missing" or (each["loc"][:-1], each["loc"][-1]) not in misspelt
    ]
    placed = [(marked.nearest_path((*at, *each["loc"])), each) for each in details]
    found: dict[Loc, AuditorError] = {}
    for path, detail in placed:
        if detail["type"] != "missing" and any(_goes_deeper(other, path, detail) for other in placed):
            continue
        mistake = _mistake(detail, path, model, marked)
        of_its_own = detail["type"] == "missing" or detail["loc"][-1:] == ("[key]",)
        key = (*path, detail["type"], str(detail["loc"][-1])) if of_its_own else path
        found[key] = _joined(found[key], mistake) if key in found else mistake
    return list(found.values())


def _goes_deeper(other: tuple[Loc, ErrorDetails], path: Loc, detail: ErrorDetails) -> bool:
    """Whether another mistake lies inside of the value at `path`, so that this one only says that a branch of a union
    did not fit. A wrong key says nothing of its value."""
    inside = other[0][: len(path)] == path and other[0] != path
    return inside and "[key]" not in detail["loc"] and detail["type"] != "extra_forbidden"


def _joined(first: AuditorError, second: AuditorError) -> AuditorError:
    """Two branches of a union that both do not fit: either form is allowed."""
    if isinstance(first, (WrongValue, UnknownWord)) and isinstance(second, (WrongValue, UnknownWord)):
        mine, other = _allowed(first), _allowed(second)
        if isinstance(first, WrongValue):
            first.values["allowed_en"] += "" if other.en in mine.en else f" or {other.en}"
            first.values["allowed_zh"] += "" if other.zh in mine.zh else f"，或 {other.zh}"
    return first


def _allowed(mistake: AuditorError) -> Text:
    values = mistake.values
    if isinstance(mistake, UnknownWord):
        return Text(values["words"], values["words"])
    return Text(values["allowed_en"], values["allowed_zh"])


def _mistake(detail: ErrorDetails, path: Loc, model: Any, marked: Marked) -> AuditorError:
    kind, context = detail["type"], detail.get("ctx", {})
    key = str(detail["loc"][-1]) if detail["loc"] else marked.file
    if kind == "extra_forbidden":
        keys = keys_at(model, detail["loc"][:-1])
        near = nearest(key, keys) or "-"
        at_key = marked.place(path, key=True)
        return UnknownKey(at_key, marked.text(path), key=key, keys=", ".join(keys), nearest=near)
    place, line = marked.place(path, key="[key]" in detail["loc"]), marked.text(path)
    if kind == "missing":
        return MissingKey(place, line, key=key)
    name = next((str(part) for part in reversed(path) if isinstance(part, str)), key)
    if kind == UNQUOTED or (kind == "string_type" and path in marked.unquoted):
        return UnquotedNumber(place, line, key=name, number=str(context.get("number", detail["input"])))
    if kind == UNKNOWN_WORD:
        return UnknownWord(place, line, **context)
    if kind in ("literal_error", "enum"):
        return _no_such_word(detail, name, marked, path)
    expected = _expected(kind, context)
    return WrongValue(place, line, key=name, allowed_en=expected.en, allowed_zh=expected.zh)


def _no_such_word(detail: ErrorDetails, name: str, marked: Marked, path: Loc) -> AuditorError:
    words = _QUOTED.findall(str(detail.get("ctx", {}).get("expected", "")))
    place, line, word = marked.place(path), marked.text(path), detail["input"]
    if not isinstance(word, str):
        return WrongValue(place, line, key=name, allowed_en=listed(words), allowed_zh=listed(words))
    near = nearest(word, words) or "-"
    return UnknownWord(place, line, kind="word", kind_zh="词", word=word, words=listed(words), nearest=near)


def _expected(kind: str, context: Mapping[str, Any]) -> Text:
    if kind == NOT_ALLOWED:
        return Text(context["en"], context["zh"])
    if kind == "string_pattern_mismatch":
        return PATTERNS.get(context["pattern"], _ANOTHER)
    if kind in _LIMITS:
        limit, en, zh = _LIMITS[kind]
        return Text(en.format(context[limit]), zh.format(context[limit]))
    return _EXPECTED.get(kind, _ANOTHER)


# --- the keys that a model takes --------------------------------------------------------------------------------------


def key_names(model: type[BaseModel]) -> list[str]:
    """The keys that a model takes, as they are written."""
    return [info.alias or name for name, info in model.model_fields.items()]


def keys_at(model: Any, loc: Iterable[str | int]) -> list[str]:
    """The keys that are allowed at a location of pydantic, whose tags of unions are passed over."""
    here = _branches(model)
    for part in loc:
        inner = [each for branch in here for each in _inside(branch, part)]
        if inner:
            here = inner
        else:
            tagged = [each for each in here if getattr(each, "__name__", None) == part]
            here = tagged or here
    return list(dict.fromkeys(key for each in here if _is_model(each) for key in key_names(each)))


def _is_model(annotation: Any) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, BaseModel)


def _branches(annotation: Any) -> list[Any]:
    """The plain types that an annotation may be."""
    if get_origin(annotation) is Annotated:
        return _branches(get_args(annotation)[0])
    if get_origin(annotation) in (Union, types.UnionType):
        return [branch for each in get_args(annotation) for branch in _branches(each)]
    return [annotation]


def _inside(annotation: Any, part: str | int) -> list[Any]:
    """The types that `part` may have inside a type; none if the type has no such part."""
    if _is_model(annotation):
        for name, info in annotation.model_fields.items():
            if part in (name, info.alias):
                return _branches(info.annotation)
        return []
    arguments = get_args(annotation)
    if get_origin(annotation) is list and isinstance(part, int):
        return _branches(arguments[0])
    if len(arguments) == 2 and isinstance(part, str) and get_origin(annotation) is not None and "[" not in part:
        return _branches(arguments[1])
    return []
