"""Loads the record types of `rules/records/*.yaml`, strictly: what is not understood is an error at its place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, NoReturn

from auditor.languages import Text
from auditor.marked_yaml import Marked, load, nearest
from auditor.records.errors import (
    HeaderTwice,
    MissingKey,
    NameDiffers,
    NoRecordTypes,
    RecordTypeError,
    UnknownWord,
    WrongShape,
)
from auditor.records.model import Field, FieldType, Flow, Master, NumberRange, RecordType
from auditor.resources import OwnFiles, data_files, own_files
from auditor.values.text import header_key

Loc = tuple[str | int, ...]

_RECORD_KEYS = ("record", "title", "identity", "flow", "master", "range", "fields")
_FIELD_KEYS = (
    "type", "title", "header", "required", "required_header", "choices", "default", "unit", "master", "entry", "book",
    "inherit", "from", "several", "undivided", "also", "other", "word", "whole",
)  # fmt: skip
_FLOW_KEYS = ("in", "out", "flag", "amount", "red")
_FLAG_KEYS = ("header", "in", "out", "none")
_MASTER_KEYS = ("of", "id", "names", "separator")
_RANGE_KEYS = ("first", "last", "prefix", "width", "header")
_KINDS = {
    "key": "键", "type": "类型", "choice": "选项", "word": "词", "field": "字段", "record type": "记录类型",
    "master": "主数据", "kind of book": "编号簿类别",
}  # fmt: skip
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_CHINESE = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")


def record_types(folder: Path | None = None) -> Mapping[str, RecordType]:
    """The record types that hold now (see `auditor.resources`), or those of a folder, by name in the order of names.

    Raises a `RecordTypeError` or `YamlError` with its place.
    """
    if folder is None:
        return _load_own(own_files())
    return _load([(path, f"{folder.name}/{path.name}") for path in sorted(folder.glob("*.yaml"))], folder.name)


@lru_cache(maxsize=8)
def _load_own(own: OwnFiles) -> Mapping[str, RecordType]:
    del own  # it is the key: what holds now
    found = data_files("records").values()
    return _load([(each.path, each.shown if each.own else f"records/{each.shown}") for each in found], "records")


def _load(files: Sequence[tuple[Path, str]], folder: str) -> Mapping[str, RecordType]:
    if not files:
        raise NoRecordTypes(folder)
    readers = [_Reader(load(path, file=shown), path.stem) for path, shown in files]
    types = {reader.record.name: reader.record for reader in readers}
    for reader in readers:
        reader.check_references(types)
    return MappingProxyType(dict(sorted(types.items())))


@dataclass(frozen=True)
class _Given:
    """A mapping of the file with its location, whose keys are known."""

    marked: Marked
    loc: Loc
    data: Mapping[str, Any]

    def fail(
        self, error: type[RecordTypeError], key: str | None = None, /, *, at_key: bool = False, **values: Any
    ) -> NoReturn:
        loc = (*self.loc, key) if key is not None else self.loc
        raise error(self.marked.place(loc, key=at_key), self.marked.text(loc), **values)

    def text(self, key: str) -> str | None:
        value = self.data.get(key)
        if value is not None and not isinstance(value, str):
            self.fail(WrongShape, key, key=key, expected_en="text", expected_zh="文本")
        return value

    def needed(self, key: str) -> str:
        value = self.text(key)
        if not value:
            self.fail(MissingKey, key, key=key)
        return value

    def flag(self, key: str) -> bool:
        value = self.data.get(key, False)
        if not isinstance(value, bool):
            self.fail(WrongShape, key, key=key, expected_en="true or false", expected_zh=" true 或 false")
        return value

    def words(self, key: str) -> tuple[str, ...]:
        value = self.data.get(key, [])
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            self.fail(WrongShape, key, key=key, expected_en="a list of texts", expected_zh="文本列表")
        return tuple(value)

    def part(self, key: str, keys: Iterable[str] | None) -> _Given | None:
        """The mapping under `key`; `keys` are those allowed in it, None for any."""
        value = self.data.get(key)
        if value is None:
            return None
        if not isinstance(value, dict):
            self.fail(WrongShape, key, key=key, expected_en="a mapping", expected_zh="映射（键: 值）")
        return _given(self.marked, (*self.loc, key), value, keys)

    def known(self, kind: str, key: str, word: str, words: Iterable[str]) -> None:
        allowed = sorted(words)
        if word not in allowed:
            self.unknown(kind, key, word, allowed)

    def unknown(self, kind: str, key: str, word: str, allowed: Iterable[str], *, at_key: bool = False) -> NoReturn:
        words = tuple(allowed)
        near = nearest(word, words) or "-"
        self.fail(UnknownWord, key, at_key=at_key, kind=kind, kind_zh=_KINDS[kind], word=word, words=", ".join(words),
                  nearest=near)


def _given(marked: Marked, loc: Loc, data: Mapping[str, Any], keys: Iterable[str] | None) -> _Given:
    given = _Given(marked, loc, data)
    if keys is not None:
        allowed = tuple(keys)
        for key in data:
            if key not in allowed:
                given.unknown("key", key, key, allowed, at_key=True)
    return given


class _Reader:
    """Reads one file into a record type and checks what it refers to."""

    def __init__(self, marked: Marked, stem: str) -> None:
        data = marked.data
        if not isinstance(data, dict):
            raise WrongShape(marked.place(), None, key=stem, expected_en="a mapping", expected_zh="映射（键: 值）")
        self.top = _given(marked, (), data, _RECORD_KEYS)
        name = self.top.needed("record")
        if name != stem or not _NAME.fullmatch(name):
            self.top.fail(NameDiffers, "record", name=name, file_name=f"{stem}.yaml")
        fields = self.top.part("fields", None)
        if fields is None:
            self.top.fail(MissingKey, "fields", key="fields")
        self.fields = fields
        self.record = RecordType(
            name=name,
            title=_title(self.top) or Text(name, name),
            identity=self.top.words("identity"),
            fields=MappingProxyType({key: self._field(key) for key in fields.data}),
            flow=self._flow(),
            master=self._master(name),
            range=self._range(),
        )
        self._check_own_fields()
        self._check_headers()

    def _field(self, name: str) -> Field:
        given = self.fields.part(name, _FIELD_KEYS)
        if given is None or not _NAME.fullmatch(name):
            self.fields.fail(WrongShape, name, key=name, expected_en="a mapping with a lower-case name",
                             expected_zh="名称为小写字母的映射")
        kind = given.needed("type")
        given.known("type", "type", kind, [each.value for each in FieldType])
        headers = given.words("header")
        return Field(
            name=name,
            type=FieldType(kind),
            title=_title(given) or _title_from_headers(name, headers),
            headers=headers,
            required=given.flag("required"),
            required_header=given.flag("required_header"),
            choices=self._choices(given),
            default=given.text("default"),
            unit=given.text("unit"),
            master=given.text("master"),
            entry=self._entry(given),
            book=given.text("book"),
            inherit=given.text("inherit"),
            inherit_from=given.text("from"),
            several=given.flag("several"),
            undivided=given.flag("undivided"),
            also=given.words("also"),
            other=self._other(given),
            word=self._field_of(given, "word", FieldType.TEXT),
            whole=self._field_of(given, "whole", FieldType.INTEGER),
        )

    def _entry(self, given: _Given) -> str | None:
        entry = given.text("entry")
        if entry is not None:
            given.known("word", "entry", entry, ["certain", "likely"])
            given.needed("master")
        return entry

    def _other(self, given: _Given) -> Mapping[str, tuple[str, ...]]:
        """The values of a choice for words that it does not know, each with the fields that a record needs for it."""
        part = given.part("other", None)
        if part is None:
            return MappingProxyType({})
        choices = given.part("choices", None)
        for value in part.data:
            given.known("choice", "other", value, choices.data if choices else {})
            for needed in part.words(value):
                part.known("field", value, needed, self.fields.data)
        return MappingProxyType({value: part.words(value) for value in part.data})

    def _field_of(self, given: _Given, key: str, kind: FieldType) -> str | None:
        """Another field of the record, of a certain type, that a key names."""
        name = given.text(key)
        if name is not None:
            of_kind = [each for each, data in self.fields.data.items() if data.get("type") == kind]
            given.known("field", key, name, of_kind)
        return name

    def _choices(self, given: _Given) -> Mapping[str, tuple[str, ...]]:
        part = given.part("choices", None)
        choices = {key: part.words(key) for key in part.data} if part else {}
        if (given.data["type"] == FieldType.CHOICE) != bool(choices):
            given.fail(MissingKey if not choices else WrongShape, "choices", key="choices",
                       expected_en="given for a choice alone", expected_zh="仅用于 choice 类型")
        default = given.text("default")
        if choices and default is not None:
            given.known("choice", "default", default, choices)
        return MappingProxyType(choices)

    def _flow(self) -> Flow | None:
        given = self.top.part("flow", _FLOW_KEYS)
        if given is None:
            return None
        flag = given.part("flag", _FLAG_KEYS)
        red = given.text("red")
        if red is not None:
            given.known("word", "red", red, ["signed"])
        amount = given.text("amount")
        if amount is not None:
            given.known("word", "amount", amount, ["flagged"])
        return Flow(
            money_in=given.words("in"),
            money_out=given.words("out"),
            flag_headers=flag.words("header") if flag else (),
            flag_in=flag.words("in") if flag else (),
            flag_out=flag.words("out") if flag else (),
            flag_none=flag.words("none") if flag else (),
            flagged=amount == "flagged",
            red_signed=red == "signed",
        )

    def _master(self, name: str) -> Master | None:
        given = self.top.part("master", _MASTER_KEYS)
        if given is None:
            return None
        separator = given.text("separator")
        if separator is not None:
            try:
                re.compile(separator)
            except re.error:
                given.fail(WrongShape, "separator", key="separator", expected_en="a regular expression",
                           expected_zh="正则表达式")
        return Master(given.text("of") or name, given.needed("id"), given.words("names"), separator)

    def _range(self) -> NumberRange | None:
        given = self.top.part("range", _RANGE_KEYS)
        if given is None:
            return None
        for key in _RANGE_KEYS[:-1]:
            given.known("field", key, given.needed(key), self.fields.data)
        first, last, prefix, width = (given.needed(key) for key in _RANGE_KEYS[:-1])
        return NumberRange(first, last, prefix, width, given.words("header"))

    def _check_own_fields(self) -> None:
        for each in self.record.identity:
            self.top.known("field", "identity", each, self.record.fields)
        master = self.record.master
        given = self.top.part("master", None)
        if master and given:
            given.known("field", "id", master.id, self.record.fields)
            for each in master.names:
                given.known("field", "names", each, self.record.fields)
        if self.record.flow:
            for needed in ("direction", "amount"):
                if needed not in self.record.fields:
                    self.top.fail(MissingKey, "flow", key=f"fields.{needed}")

    def _check_headers(self) -> None:
        seen: dict[str, str] = {}
        for header, use in _uses(self.record):
            first = seen.setdefault(header_key(header), use.field_or_side)
            if first != use.field_or_side:
                self.fields.fail(HeaderTwice, use.field, header=header, field=use.field_or_side, other=first)

    def check_references(self, types: Mapping[str, RecordType]) -> None:
        """Masters, heading records and kinds of books that the fields name must exist."""
        masters = {each.master.of for each in types.values() if each.master}
        kinds = types["number_book"].fields["kind"].choices if "number_book" in types else {}
        if self.record.master:
            self.top.known("record type", "master", self.record.master.of, types)
        for each in self.record.fields.values():
            given = self.fields.part(each.name, None)
            assert given is not None
            if each.master is not None:
                given.known("master", "master", each.master, masters)
            if each.book is not None and not (each.book == "*" and "kind" in self.record.fields):
                given.known("kind of book", "book", each.book, kinds)
            if each.inherit is not None:
                given.known("record type", "inherit", each.inherit, types)
                key = "from" if each.inherit_from else "inherit"
                given.known("field", key, each.inherit_from or each.name, types[each.inherit].fields)


def _title(given: _Given) -> Text | None:
    part = given.part("title", ("en", "zh"))
    return Text(part.needed("en"), part.needed("zh")) if part else None


def _title_from_headers(name: str, headers: tuple[str, ...]) -> Text:
    plain = name.replace("_", " ").capitalize()
    chinese = [header for header in headers if _CHINESE.search(header)]
    other = [header for header in headers if not _CHINESE.search(header)]
    english = other[0] if other else plain
    return Text(english, chinese[0] if chinese else english)


@dataclass(frozen=True, slots=True)
class HeaderUse:
    """What a header means: a field of a record type, or with `side` (`in`, `out`, `flag`) a part of its flow."""

    record: str
    field: str
    side: str | None = None

    @property
    def field_or_side(self) -> str:
        return f"{self.field} ({self.side})" if self.side else self.field


def _uses(record: RecordType) -> Iterable[tuple[str, HeaderUse]]:
    for each in record.fields.values():
        for header in each.headers:
            yield header, HeaderUse(record.name, each.name)
    if record.flow:
        sides = (("in", record.flow.money_in), ("out", record.flow.money_out), ("flag", record.flow.flag_headers))
        for side, headers in sides:
            for header in headers:
                yield header, HeaderUse(record.name, "direction" if side == "flag" else "amount", side)
    if record.range:
        for header in record.range.headers:
            yield header, HeaderUse(record.name, record.range.first, "range")


def header_index(types: Mapping[str, RecordType]) -> Mapping[str, tuple[HeaderUse, ...]]:
    """For each header in its normal form (`auditor.values.text.header_key`) all that it can mean, by record type."""
    index: dict[str, dict[HeaderUse, None]] = {}
    for record in types.values():
        for header, use in _uses(record):
            index.setdefault(header_key(header), {})[use] = None
    return MappingProxyType({key: tuple(uses) for key, uses in index.items()})
