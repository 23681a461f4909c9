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

from collections.abc import Iterator, Mapping
from functools import lru_cache, partial
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from auditor.documents.errors import LayoutFileError
from auditor.documents.layouts.loader import claims_nothing, name_mistakes, names_in
from auditor.errors import AuditorError
from auditor.languages import Text
from auditor.records.loader import record_types
from auditor.records.model import RecordType
from auditor.records.schema import FIELD, RECORD_TYPE, Expression
from auditor.resources import OwnFiles, data_files, own_files
from auditor.strict_yaml import (
    Bilingual,
    Loaded,
    Marked,
    StrictModel,
    load_strictly,
    mapping_at,
    text_at,
    wrong_value,
)

_FORMS = "forms/"
_CLAIMS = Text("at least one of all, any", "all、any 中至少一项")
_FINDING = Text("label, otherwise or find: what tells where it stands", "label、otherwise 或 find，说明其位置")

Way = Literal["right", "below", "box", "row"]
FieldName = Annotated[str, FIELD]
RecordName = Annotated[str, RECORD_TYPE]


class Claims(StrictModel):
    """Words that must stand on the page: all of them, any of them, none of them. Characters of the texts of `seals` may
    stand behind a title, where a seal is printed over its end."""

    all: list[str] = Field(default_factory=list)
    any: list[str] = Field(default_factory=list)
    none: list[str] = Field(default_factory=list)
    seals: list[str] = Field(default_factory=list)


class Within(StrictModel):
    """The part of what is printed on the form in which a label must stand, in per cent from its left and top."""

    left: int = Field(0, ge=0, le=100)
    top: int = Field(0, ge=0, le=100)
    right: int = Field(100, ge=0, le=100)
    bottom: int = Field(100, ge=0, le=100)


class FieldRule(StrictModel):
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


class Condition(StrictModel):
    """Where one of the words stands alone on the form (a stamp), the fields get these values."""

    words: list[str] = Field(min_length=1)
    set: dict[FieldName, str] = Field(min_length=1)


class FormLayout(StrictModel):
    """One form layout."""

    layout: str
    record: RecordName
    title: Bilingual
    claims: Claims
    fields: dict[FieldName, FieldRule] = Field(default_factory=dict)
    skip: list[FieldName] = Field(default_factory=list)
    when: list[Condition] = Field(default_factory=list)
    lines: RecordName | None = None
    spans_pages: bool = False

    @property
    def text(self) -> Text:
        return self.title.text


def form_layouts() -> tuple[FormLayout, ...]:
    """The form layouts that hold now (see `auditor.resources`), in the order of their names.

    Raises `LayoutFileError`: all that is wrong with their files.
    """
    return _load(own_files())


@lru_cache(maxsize=8)
def _load(own: OwnFiles) -> tuple[FormLayout, ...]:
    del own  # it is the key: what holds now
    files = [each for each in data_files("layouts").values() if each.name.startswith(_FORMS)]
    loaded = [_file(each.path, record_types(), each.shown, each.name) for each in files]
    mistakes = [each for file in loaded for each in file.mistakes]
    if mistakes:
        raise LayoutFileError(errors=mistakes)
    return tuple(each.value for each in loaded if each.value)


def load_form(source: Path | str, types: Mapping[str, RecordType], file: str | None = None) -> FormLayout:
    """One form layout from a file or a text, checked against the record types.

    Raises `LayoutFileError`: all that is wrong with the file.
    """
    own_name = f"forms/{source.stem}" if isinstance(source, Path) else None
    loaded = _file(source, types, file or (f"forms/{source.name}" if isinstance(source, Path) else None), own_name)
    if loaded.value is None:
        raise LayoutFileError(errors=loaded.mistakes)
    return loaded.value


def _file(
    source: Path | str, types: Mapping[str, RecordType], file: str | None, name: str | None
) -> Loaded[FormLayout]:
    checks = partial(_checked, types, name)
    return load_strictly(source, FormLayout, file=file, names=partial(names_in, types), checks=checks)


def _checked(types: Mapping[str, RecordType], expected: str | None, marked: Marked) -> Iterator[AuditorError]:
    """What no single value shows: the layout's name, that it claims something, that its fields can be found."""
    data = mapping_at(marked.data)
    name, record = text_at(data, "layout"), types.get(text_at(data, "record") or "")
    if name is not None:
        yield from name_mistakes(marked, name, expected)
    if "claims" in data and claims_nothing(data["claims"], ("all", "any"), also={"none"}):
        yield wrong_value(marked, ("claims",), _CLAIMS)
    for field, rule in mapping_at(data, "fields").items():
        known = record.fields.get(field) if record else None
        if known is not None and isinstance(rule, dict) and not _can_be_found(rule, bool(known.headers)):
            yield wrong_value(marked, ("fields", field), _FINDING)


def _can_be_found(rule: Mapping[str, object], has_headers: bool) -> bool:
    by_headers = has_headers and rule.get("headers") is not False
    return by_headers or any(rule.get(key) for key in ("label", "otherwise", "find"))
