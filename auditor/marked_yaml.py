"""YAML as people write it, read strictly, with the line and column of every key and value.

Plain YAML turns `no` into false, `00123` into 83 and `12:30` into 750, and takes a repeated key silently. Here text
stays what it looks like: only `true`, `false`, `null` (or nothing) and whole numbers without leading zeros are anything
but text. A decimal number stays text too, so that no amount ever passes through a float; `Marked.unquoted` lets a
schema insist on quotes.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from auditor.errors import AuditorError, Place
from auditor.languages import Text

Path_ = tuple[str | int, ...]
Mark = tuple[int, int]

_DEEPEST = 60
_LARGEST = 8_000_000
_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]*)")
_LEADING_ZEROS = re.compile(r"[-+]?0[0-9][0-9]*(\.[0-9]*)?")
_NUMBER = re.compile(r"[-+]?[0-9][0-9_,]*(\.[0-9_]*)?([eE][-+]?[0-9]+)?|[-+]?\.[0-9]+")
_WORDS: dict[str, Any] = {"true": True, "false": False, "null": None, "~": None, "": None}
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class YamlError(AuditorError):
    """The base of what can be wrong with a YAML file before anything is known of its meaning."""


class YamlSyntax(YamlError):
    """The file is not YAML. Values: `reason`."""

    what = Text("this is not valid YAML: {reason}", "YAML 语法错误，原文：{reason}")
    do = Text(
        "look at this line and the one above it: indent with blanks (never tabs), put a blank after each colon, and "
        "quote text that holds : # [ ] {{ }} or begins with one of * & ! % @ `",
        "请检查本行和上一行：缩进用空格（不用制表符），冒号后留空格；"
        "文本中含 : # [ ] {{ }} 或以 * & ! % @ ` 开头时请加引号",
    )


class YamlEncoding(YamlError):
    """The bytes are not UTF-8 text. Values: `reason`."""

    what = Text("the file is not UTF-8 text: byte {reason}", "文件不是 UTF-8 文本：字节 {reason}")
    do = Text("save the file as UTF-8 in your editor", "请在编辑器中将文件另存为 UTF-8 编码")


class YamlUnreadable(YamlError):
    """The file system did not give the file. Values: `reason`."""

    what = Text("the file cannot be read: {reason}", "文件无法读取：{reason}")
    do = Text("check that the file is there and may be read", "请确认文件存在并且有读取权限")


class DuplicateKey(YamlError):
    """One key twice in one mapping. Values: `key`, `first` (the line of the first)."""

    what = Text(
        "the key `{key}` stands here a second time; the first is on line {first}",
        "键 `{key}` 重复，首次出现在第 {first} 行",
    )
    do = Text("keep one of the two", "请只保留其中一个")


class LeadingZeros(YamlError):
    """An unquoted number with leading zeros. Values: `number`."""

    what = Text("the number {number} has leading zeros and no quotes", "数字 {number} 带前导零且未加引号")
    allowed = Text('"{number}" as text, or the number without its zeros', '加引号的文本 "{number}"，或去掉前导零的数字')
    do = Text('write "{number}" in quotes if the zeros matter', '如果前导零有意义，请写成 "{number}"')


class YamlFeature(YamlError):
    """An anchor, alias, tag, merge key, second document or the like. Values: `feature`, `feature_zh`."""

    what = Text("{feature} cannot be used here", "此处不能使用{feature_zh}")
    allowed = Text(
        "one document of plain mappings, lists, text, whole numbers, true, false and null",
        "单个文档：普通的映射、列表、文本、整数、true、false、null",
    )
    do = Text("write the value out in full", "请直接写出完整内容")


class TooLarge(YamlError):
    """Larger or more deeply nested than any file of this program can be. Values: `most`, `unit`, `unit_zh`."""

    what = Text("the file goes beyond the limit of {most} {unit}", "文件超出上限：{most} {unit_zh}")
    do = Text("split the file, or check that it is the right one", "请拆分文件，或确认文件是否正确")


@dataclass(frozen=True)
class Marked:
    """A YAML file's data and where each part of it stands.

    `data` is plain Python: dict (keys are always text), list, str, int, bool, None. `values` and `keys` give line and
    column, from 1, of each value and of each key by its path, such as `("fields", "amount", "header", 0)`.
    `unquoted` holds the paths of scalars that look like numbers and stand without quotes.
    """

    file: str
    data: Any
    values: Mapping[Path_, Mark]
    keys: Mapping[Path_, Mark]
    unquoted: frozenset[Path_]
    lines: tuple[str, ...] = field(repr=False, default=())

    def nearest_path(self, loc: Iterable[str | int]) -> Path_:
        """The longest path of the file along `loc`; parts that are not in the file (a union's tag) are passed over."""
        path: Path_ = ()
        for part in loc:
            if (*path, part) in self.values:
                path = (*path, part)
        return path

    def place(self, loc: Iterable[str | int] = (), *, key: bool = False) -> Place:
        """Where the value at `loc` stands (or, with `key`, its key). `loc` may be a location of pydantic."""
        path = self.nearest_path(loc)
        mark = self.keys.get(path) if key else None
        line, column = mark or self.values.get(path, (1, 1))
        return Place(self.file, line, column)

    def text(self, loc: Iterable[str | int] = ()) -> str:
        """The line of the file on which the value at `loc` begins, without its indent."""
        line = self.place(loc).line or 1
        return self.lines[line - 1].strip() if line <= len(self.lines) else ""


def load(source: Path | str, file: str | None = None, mistakes: list[YamlError] | None = None) -> Marked:
    """Read a YAML file (`source` is a Path) or text (`source` is a str).

    `file` is the name to show in places; default: the path's name. Raises a `YamlError` with its place. With a list of
    `mistakes`, those after which the rest of the file can still be understood (a key that stands twice, a number with
    leading zeros) are put there instead.
    """
    name = file if file is not None else (source.name if isinstance(source, Path) else "text")
    text = _text_of(source, name) if isinstance(source, Path) else source
    if len(text) > _LARGEST:
        raise TooLarge(Place(name), most=_LARGEST, unit="characters", unit_zh="个字符")
    text = text.removeprefix("\ufeff")
    lines = tuple(text.splitlines())
    builder = _Builder(name, lines, mistakes)
    try:
        data = builder.document(yaml.parse(text, Loader=_LOADER))
    except yaml.MarkedYAMLError as error:
        raise _syntax_error(error, name, lines) from None
    except yaml.YAMLError as error:
        raise YamlSyntax(Place(name), reason=_one_line(str(error))) from None
    return Marked(name, data, builder.values, builder.keys, frozenset(builder.unquoted), lines)


def nearest(word: str, allowed: Iterable[str]) -> str | None:
    """The allowed word that `word` was most likely meant to be, or None if none is near."""
    words = sorted(set(allowed))
    for each in words:
        if each.casefold().replace("-", "_") == word.casefold().replace("-", "_"):
            return each
    found = difflib.get_close_matches(word, words, n=1, cutoff=0.6)
    return found[0] if found else None


def _text_of(path: Path, name: str) -> str:
    try:
        return path.read_bytes().decode("utf-8")
    except OSError as error:
        raise YamlUnreadable(Place(name), reason=error.strerror or type(error).__name__) from None
    except UnicodeDecodeError as error:
        before = path.read_bytes()[: error.start]
        place = Place(name, before.count(b"\n") + 1, error.start - (before.rfind(b"\n") + 1) + 1)
        raise YamlEncoding(place, reason=f"0x{error.object[error.start]:02X}") from None


def _syntax_error(error: yaml.MarkedYAMLError, name: str, lines: tuple[str, ...]) -> YamlSyntax:
    mark = error.problem_mark or error.context_mark
    reason = _one_line(" ".join(part for part in (error.context, error.problem) if part))
    if mark is None:
        return YamlSyntax(Place(name), reason=reason)
    found = lines[mark.line].strip() if mark.line < len(lines) else None
    return YamlSyntax(Place(name, mark.line + 1, mark.column + 1), found, reason=reason)


def _one_line(text: str) -> str:
    return " ".join(text.split())


class _Builder:
    """Builds data and marks from parser events, which still know quotes, anchors and tags."""

    def __init__(self, file: str, lines: tuple[str, ...], mistakes: list[YamlError] | None) -> None:
        self.mistakes = mistakes
        self.file = file
        self.lines = lines
        self.values: dict[Path_, Mark] = {}
        self.keys: dict[Path_, Mark] = {}
        self.unquoted: list[Path_] = []

    def document(self, events: Iterator[Any]) -> Any:
        data: Any = None
        documents = 0
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise self._error(YamlFeature, event, feature=Text("a second document (---)", "第二个文档（---）"))
                data = self._value(next(events), events, ())
        return data

    def _value(self, event: Any, events: Iterator[Any], path: Path_) -> Any:
        self._refuse(event)
        if len(path) > _DEEPEST:
            raise self._error(TooLarge, event, most=_DEEPEST, unit="levels", unit_zh="层")
        self.values[path] = _mark(event)
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(events, path)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(events, path)
        return self._scalar(event, path)

    def _mapping(self, events: Iterator[Any], path: Path_) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            self._refuse(event)
            if not isinstance(event, yaml.ScalarEvent) or (event.value == "" and not event.style):
                raise self._error(YamlFeature, event, feature=Text("a key that is not text", "非文本的键"))
            key = event.value
            if key == "<<" and not event.style:
                raise self._error(YamlFeature, event, feature=Text("a merge key (<<)", "合并键（<<）"))
            here = (*path, key)
            if key in result:
                self._mistake(DuplicateKey, event, key=key, first=self.keys[here][0])
            self.keys[here] = _mark(event)
            result[key] = None
            result[key] = self._value(next(events), events, here)
        return result

    def _sequence(self, events: Iterator[Any], path: Path_) -> list[Any]:
        result: list[Any] = []
        for event in events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            result.append(self._value(event, events, (*path, len(result))))
        return result

    def _scalar(self, event: Any, path: Path_) -> Any:
        text: str = event.value
        if event.style in ("'", '"', "|", ">"):
            return text
        if text in _WORDS:
            return _WORDS[text]
        if _LEADING_ZEROS.fullmatch(text):
            self._mistake(LeadingZeros, event, number=text)
            return text
        if _NUMBER.fullmatch(text):
            self.unquoted.append(path)
        return int(text) if _INTEGER.fullmatch(text) and len(text) <= 18 else text

    def _refuse(self, event: Any) -> None:
        if isinstance(event, yaml.AliasEvent):
            raise self._error(YamlFeature, event, feature=Text(f"the alias *{event.anchor}", f"别名 *{event.anchor}"))
        if getattr(event, "anchor", None):
            raise self._error(YamlFeature, event, feature=Text(f"the anchor &{event.anchor}", f"锚点 &{event.anchor}"))
        if getattr(event, "tag", None):
            raise self._error(YamlFeature, event, feature=Text(f"the tag {event.tag}", f"标签 {event.tag}"))

    def _mistake(self, kind: type[YamlError], event: Any, **values: Any) -> None:
        """A mistake that does not keep the rest from being understood."""
        error = self._error(kind, event, **values)
        if self.mistakes is None:
            raise error
        self.mistakes.append(error)

    def _error(self, kind: type[YamlError], event: Any, *, feature: Text | None = None, **values: Any) -> YamlError:
        line, column = _mark(event)
        if feature is not None:
            values |= {"feature": feature.en, "feature_zh": feature.zh}
        found = self.lines[line - 1].strip() if line <= len(self.lines) else None
        return kind(Place(self.file, line, column), found, **values)


def _mark(event: Any) -> Mark:
    return event.start_mark.line + 1, event.start_mark.column + 1
