"""From what pydantic says of a file to errors at their place, in the words of the rule language."""

from __future__ import annotations

import types
from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from auditor.marked_yaml import Marked, nearest
from auditor.rules.errors import MissingRuleKey, RuleError, UnknownKey, UnquotedAmount, WrongValue

Loc = tuple[str | int, ...]
M = TypeVar("M", bound=BaseModel)

# Keys whose value is money, a quantity or a percentage, and stands in quotes.
AMOUNT_KEYS = frozenset({"within", "percent", "floor", "ceiling"})

_EXPECTED = {
    "string_type": ("text; a number in quotes", "文本；数字要加引号"),
    "int_type": ("a whole number", "整数"),
    "int_parsing": ("a whole number", "整数"),
    "bool_type": ("true or false", "true 或 false"),
    "bool_parsing": ("true or false", "true 或 false"),
    "list_type": ("a list: [a, b]", "列表：[a, b]"),
    "dict_type": ("a mapping: {key: value}", "映射：{键: 值}"),
    "mapping_type": ("a mapping: {key: value}", "映射：{键: 值}"),
    "model_type": ("a mapping: {key: value}", "映射：{键: 值}"),
    "model_attributes_type": ("a mapping: {key: value}", "映射：{键: 值}"),
    "string_too_short": ("text that is not empty", "非空文本"),
    "too_short": ("at least one entry", "至少一项"),
}
_PATTERNS = {
    r"^[a-z][a-z0-9_]*$": ("a name of small letters, digits and underscores", "由小写字母、数字和下划线组成的名称"),
    r"^[A-Z]+-\d{2}$": ("a code such as REG-01", "代码，如 REG-01"),
    r"^[A-Z]\d{0,2}$": ("a duty such as D03", "职责编号，如 D03"),
    r"^\d{4}-(0[1-9]|1[0-2])$": ("a month such as 2026-10", "月份，如 2026-10"),
}


def validated(model: type[M], data: Any, marked: Marked, at: Loc = ()) -> tuple[M | None, list[RuleError]]:
    """The data as a model, or None and what is wrong with it. `at` is where the data stands in the file."""
    try:
        return model.model_validate(data), []
    except ValidationError as error:
        return None, _translated(error.errors(include_url=False), model, marked, at)


def _translated(details: Sequence[ErrorDetails], model: Any, marked: Marked, at: Loc) -> list[RuleError]:
    """One error for each place: of a union's branches, the one that went deepest into the file."""
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
    errors: dict[Loc, RuleError] = {}
    for path, detail in placed:
        if detail["type"] != "missing" and any(other[: len(path)] == path and other != path for other, _ in placed):
            continue
        error = _error(detail, path, model, marked)
        key = (*path, "missing", str(detail["loc"][-1])) if detail["type"] == "missing" else path
        errors[key] = _joined(errors[key], error) if key in errors else error
    return list(errors.values())


def _joined(first: RuleError, second: RuleError) -> RuleError:
    """Two branches of a union that both do not fit: either form is allowed."""
    if isinstance(first, WrongValue) and isinstance(second, WrongValue):
        for language in ("en", "zh"):
            mine, other = (each.values[f"allowed_{language}"] for each in (first, second))
            if other not in mine:
                first.values[f"allowed_{language}"] = mine + (" or " if language == "en" else "，或 ") + other
    return first


def _error(detail: ErrorDetails, path: Loc, model: Any, marked: Marked) -> RuleError:
    kind, context = detail["type"], detail.get("ctx", {})
    key = str(detail["loc"][-1]) if detail["loc"] else "-"
    if kind == "extra_forbidden":
        keys = keys_at(model, detail["loc"][:-1])
        return UnknownKey(
            marked.place(path, key=True),
            marked.text(path),
            key=key,
            keys=", ".join(keys),
            nearest=nearest(key, keys) or "-",
        )
    if kind == "missing":
        return MissingRuleKey(marked.place(path), marked.text(path), key=key)
    name = next((str(part) for part in reversed(path) if isinstance(part, str)), key)
    if name in AMOUNT_KEYS and path in marked.unquoted:
        return UnquotedAmount(marked.place(path), marked.text(path), key=name, number=str(detail["input"]))
    expected = _expected(kind, context, detail["msg"])
    return WrongValue(marked.place(path), marked.text(path), key=name, allowed_en=expected[0], allowed_zh=expected[1])


def _expected(kind: str, context: Mapping[str, Any], message: str) -> tuple[str, str]:
    if kind == "literal_error":
        words = str(context["expected"])
        return words, words.replace(" or ", " 或 ")
    if kind == "string_pattern_mismatch" and context["pattern"] in _PATTERNS:
        return _PATTERNS[context["pattern"]]
    if kind == "greater_than_equal":
        return f"at least {context['ge']}", f"不小于 {context['ge']}"
    if kind == "less_than_equal":
        return f"at most {context['le']}", f"不大于 {context['le']}"
    if kind == "value_error" and hasattr(context.get("error"), "args"):
        words = context["error"].args
        return (words[0], words[1]) if len(words) == 2 else (str(words[0]), str(words[0]))
    return _EXPECTED.get(kind, (message, message))


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
