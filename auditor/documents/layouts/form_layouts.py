"""Form layouts: `rules/layouts/forms/*.yaml`, how a page of words becomes the record of a form.

    layout: forms/receipt
    record: receipt
    title: {en: Receipt, zh: 收款收据}
    claims: {all: [收款收据], none: [领用登记]}      # words of titles: a text that ends with them, without a colon
                                                  # seals: [财务专用章]: what a seal over the end of a title says
    fields:
      amount: {label: [合计金额, 合计]}                # labels before the header words of the record type, best first
      receipt_no: {otherwise: [NO], pattern: '\\d+'}  # labels after them; what a value must look like
      payer: {anywhere: true}                        # the label may stand inside running text
      seller: {label: [名称], within: {left: 50}}    # where these labels must stand, in per cent of the form
      net: {find: '^合计 ?¥?([\\d,.]+)', first: find}  # in any line of the form; else where labels give nothing
    skip: [currency]                                 # fields that are not read
    when: [{words: [作废], set: {status: 作废}}]      # a stamp or other word that stands alone

A layout is mostly just its claims: a field's labels are its record type's header words, and the value is looked for
behind the label, in its box, right of it or below it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from auditor.documents.errors import LayoutFileError
from auditor.languages import Text
from auditor.marked_yaml import Marked, load, nearest
from auditor.records.loader import record_types
from auditor.records.model import RecordType
from auditor.resources import OwnFiles, data_files, own_files

_FORMS = "forms/"

Way = Literal["right", "below", "box", "row"]


def _expression(text: str) -> str:
    try:
        re.compile(text)
    except re.error as error:
        raise ValueError(f"not a regular expression: {error}") from error
    return text


Expression = Annotated[str, AfterValidator(_expression)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Title(_Part):
    """The layout's name in both languages."""

    en: str
    zh: str


class Claims(_Part):
    """Words that must stand on the page: all of them, any of them, none of them. Characters of the texts of `seals` may
    stand behind a title, where a seal is printed over its end."""

    all: list[str] = Field(default_factory=list)
    any: list[str] = Field(default_factory=list)
    none: list[str] = Field(default_factory=list)
    seals: list[str] = Field(default_factory=list)


class Within(_Part):
    """The part of the form in which a label must stand, in per cent from its left and top."""

    left: int = Field(0, ge=0, le=100)
    top: int = Field(0, ge=0, le=100)
    right: int = Field(100, ge=0, le=100)
    bottom: int = Field(100, ge=0, le=100)


class FieldRule(_Part):
    """How one field is found, where that differs from the rule for all."""

    label: list[str] = Field(default_factory=list)
    otherwise: list[str] = Field(default_factory=list)
    headers: bool = True
    value: list[Way] | Way = Field(default_factory=list)
    pattern: Expression | None = None
    find: Expression | None = None
    first: Literal["label", "find"] = "label"
    within: Within = Within()
    anywhere: bool = False

    @property
    def ways(self) -> tuple[Way, ...]:
        """Where the value may stand, in the order of trying."""
        chosen = [self.value] if isinstance(self.value, str) else self.value
        return tuple(chosen) or ("box", "right", "below")


class Condition(_Part):
    """Where one of the words stands alone on the form (a stamp), the fields get these values."""

    words: list[str] = Field(min_length=1)
    set: dict[str, str] = Field(min_length=1)


class FormLayout(_Part):
    """One form layout."""

    layout: str
    record: str
    title: Title
    claims: Claims
    fields: dict[str, FieldRule] = Field(default_factory=dict)
    skip: list[str] = Field(default_factory=list)
    when: list[Condition] = Field(default_factory=list)
    lines: str | None = None
    spans_pages: bool = False

    @property
    def text(self) -> Text:
        return Text(self.title.en, self.title.zh)


def form_layouts() -> tuple[FormLayout, ...]:
    """The form layouts that hold now (see `auditor.resources`), in the order of their names.

    Raises `LayoutFileError` or a `YamlError` with its place.
    """
    return _load(own_files())


@lru_cache(maxsize=8)
def _load(own: OwnFiles) -> tuple[FormLayout, ...]:
    del own  # it is the key: what holds now
    files = (each for each in data_files("layouts").values() if each.name.startswith(_FORMS))
    return tuple(load_form(each.path, record_types(), each.shown) for each in files)


def load_form(source: Path | str, types: Mapping[str, RecordType], file: str | None = None) -> FormLayout:
    """One form layout from a file or a text, checked against the record types."""
    name = file or (f"forms/{source.name}" if isinstance(source, Path) else "text")
    marked = load(source, file=name)
    try:
        layout = FormLayout.model_validate(marked.data)
    except ValidationError as error:
        raise _layout_error(marked, error) from None
    _check_names(marked, layout, types)
    if isinstance(source, Path) and layout.layout != f"forms/{source.stem}":
        raise _error(
            marked,
            ("layout",),
            f"forms/{source.stem}",
            f"the layout in {source.name} must be named like it",
            f"文件 {source.name} 中的版式名称须与文件名一致",
        )
    return layout


def _error(marked: Marked, loc: tuple[str | int, ...], options: str, en: str, zh: str) -> LayoutFileError:
    return LayoutFileError(marked.place(loc), marked.text(loc), problem_en=en, problem_zh=zh, options=options)


def _layout_error(marked: Marked, error: ValidationError) -> LayoutFileError:
    """The first thing that pydantic found wrong, at its line and column."""
    first: Any = error.errors()[0]
    loc = tuple(part for part in first["loc"] if isinstance(part, (str, int)))
    key = str(loc[-1]) if loc else "-"
    if first["type"] == "extra_forbidden":
        words = sorted(_keys_at(loc[:-1]))
        near = nearest(key, words)
        options = ", ".join(words) + (f" (→ {near})" if near else "")
        place = marked.place(loc, key=True)
        return LayoutFileError(
            place, marked.text(loc), problem_en=f"unknown key `{key}`", problem_zh=f"未知的键 `{key}`", options=options
        )
    if first["type"] == "missing":
        return _error(marked, loc[:-1], key, f"the key `{key}` is missing", f"缺少键 `{key}`")
    return _error(marked, loc, str(first["msg"]), f"`{key}` is not what it must be", f"`{key}` 的内容不正确")


def _keys_at(loc: tuple[str | int, ...]) -> list[str]:
    parts: dict[str, type[_Part]] = {"title": Title, "claims": Claims, "when": Condition, "within": Within}
    for part in reversed(loc):
        if part in parts:
            return list(parts[str(part)].model_fields)
    return list((FieldRule if loc and loc[0] == "fields" else FormLayout).model_fields)


def _check_names(marked: Marked, layout: FormLayout, types: Mapping[str, RecordType]) -> None:
    """Record types and fields that the layout names must exist, and it must claim something."""
    for key, name in (("record", layout.record), ("lines", layout.lines)):
        if name is not None and name not in types:
            raise _unknown(marked, (key,), name, types)
    fields = types[layout.record].fields
    named: list[tuple[tuple[str | int, ...], str]] = [(("fields", each), each) for each in layout.fields]
    named += [(("skip", at), each) for at, each in enumerate(layout.skip)]
    named += [(("when", at, "set", each), each) for at, when in enumerate(layout.when) for each in when.set]
    for loc, each in named:
        if each not in fields:
            raise _unknown(marked, loc, each, fields)
    for each, rule in layout.fields.items():
        if not (rule.label or rule.otherwise or rule.find or (rule.headers and fields[each].headers)):
            raise _error(
                marked,
                ("fields", each),
                "label, otherwise, find",
                f"nothing says how to find `{each}`",
                f"没有说明如何找到 `{each}`",
            )
    if not layout.claims.all and not layout.claims.any:
        raise _error(marked, ("claims",), "all, any", "the layout claims nothing", "版式没有写明识别词")


def _unknown(marked: Marked, loc: tuple[str | int, ...], name: str, allowed: Mapping[str, Any]) -> LayoutFileError:
    near = nearest(name, allowed)
    options = ", ".join(sorted(allowed)) + (f" (→ {near})" if near else "")
    return _error(marked, loc, options, f"`{name}` is not known", f"未知的名称 `{name}`")
