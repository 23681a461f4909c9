"""Loads the layouts of `rules/layouts/`, strictly, and finds the one that claims a grid.

    layout: bank/icbc-personal
    title: {en: ICBC personal account, zh: 工行个人账户明细}
    record: bank_transaction
    claims:                                   # what a document is known by; all that is given must be there
      headers: [记账金额(收入), 记账金额(支出)]  # words of the header row
      without: [借贷标志]                      # words that must not be in it
      preamble: [明细查询文件下载]              # words anywhere above
      file: ["*icbc*"]                        # patterns of the file's path, any of them
    columns: {date: [交易日期]}                # header words of a field, in place of the record type's own
    flow: {in: [记账金额(收入)], out: [记账金额(支出)]}
    sign: in_positive                         # or out_positive: what a positive amount in one column means
    date_order: dmy                           # of dates such as 03/04/2026
    constants: {currency: CNY}
    own_side: {payer: {counterparty: [付款人名称]}, payee: {counterparty: [收款人名称]}}
    leave_out: [{field: status, words: [交易关闭], direction: none, reason: {en: closed, zh: 交易关闭}}]
    directions: [{where: {status: [退款成功]}, said: none, direction: in}]  # what another column tells

A matrix (customers down, days across) has `kind: matrix` with `rows`, `across` and `value`, each a field of the record.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from auditor.documents.errors import LayoutFileError
from auditor.documents.headers import header_key
from auditor.documents.layouts.layout import Claims, Layout, LeaveOut, OwnSide, ToldDirection
from auditor.languages import Text
from auditor.marked_yaml import Marked, load, nearest
from auditor.records.loader import record_types
from auditor.records.model import Flow, RecordType
from auditor.resources import OwnFiles, data_files, own_files
from auditor.values.text import folded, without_blanks

_FORMS = "forms/"  # layouts of forms stand in this folder


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class _Title(_Part):
    en: str
    zh: str

    def text(self) -> Text:
        return Text(self.en, self.zh)


class _Claims(_Part):
    headers: list[str] = Field(default_factory=list)
    without: list[str] = Field(default_factory=list)
    preamble: list[str] = Field(default_factory=list)
    file: list[str] = Field(default_factory=list)


class _Flag(_Part):
    header: list[str]
    in_: list[str] = Field(alias="in")
    out: list[str]
    none: list[str] = Field(default_factory=list)


class _Flow(_Part):
    in_: list[str] = Field(default_factory=list, alias="in")
    out: list[str] = Field(default_factory=list)
    flag: _Flag | None = None
    red: Literal["signed"] | None = None


class _OwnSide(_Part):
    payer: dict[str, list[str]]
    payee: dict[str, list[str]]


class _LeaveOut(_Part):
    field: str
    words: list[str] = Field(min_length=1)
    reason: _Title
    direction: Literal["in", "out", "none"] | None = None


class _ToldDirection(_Part):
    where: dict[str, list[str]] = Field(min_length=1)
    said: Literal["in", "out", "none"]
    direction: Literal["in", "out", "none"]


class _File(_Part):
    layout: str
    title: _Title
    record: str
    kind: Literal["table", "matrix"] = "table"
    claims: _Claims = Field(default_factory=_Claims)
    columns: dict[str, list[str]] = Field(default_factory=dict)
    constants: dict[str, str] = Field(default_factory=dict)
    flow: _Flow | None = None
    sign: Literal["in_positive", "out_positive"] | None = None
    date_order: Literal["dmy", "mdy", "ymd"] | None = None
    own_side: _OwnSide | None = None
    leave_out: list[_LeaveOut] = Field(default_factory=list)
    directions: list[_ToldDirection] = Field(default_factory=list)
    rows: str | None = None
    across: str | None = None
    value: str | None = None


def layouts_of() -> Mapping[str, Layout]:
    """The layouts of tables that hold now (see `auditor.resources`) by name, in the order of names.

    Raises `LayoutFileError` or `YamlError` with its place.
    """
    return _load(own_files())


@lru_cache(maxsize=8)
def _load(own: OwnFiles) -> Mapping[str, Layout]:
    del own  # it is the key: what holds now
    types = record_types()
    files = [each for each in data_files("layouts").values() if not each.name.startswith(_FORMS)]
    return MappingProxyType({each.name: load_layout(each.path, types, each.shown, each.name) for each in files})


def load_layout(
    source: Path | str, types: Mapping[str, RecordType], file: str | None = None, name: str | None = None
) -> Layout:
    """One layout from a file or from text, checked against the record types. `name` is the one that its place gives."""
    marked = load(source, file=file or (source.name if isinstance(source, Path) else "text"))
    try:
        read = _File.model_validate(marked.data)
    except ValidationError as error:
        raise _from_pydantic(marked, error) from None
    _check(marked, read, types)
    expected = name or (f"{source.parent.name}/{source.stem}" if isinstance(source, Path) else read.layout)
    if read.layout != expected:
        raise _error(marked, ("layout",), expected, "the name is not that of the file", "名称与文件名不一致")
    if read.layout in types:
        options = f"bank/{read.layout}"
        raise _error(marked, ("layout",), options, "a record type has this name", "名称与记录类型重名")
    return _layout(read, types[read.record])


def _layout(read: _File, record_type: RecordType) -> Layout:
    claims = Claims(
        tuple(map(header_key, read.claims.headers)),
        tuple(map(header_key, read.claims.without)),
        tuple(map(plain_words, read.claims.preamble)),
        tuple(read.claims.file),
    )
    own = read.own_side
    return Layout(
        read.layout,
        read.title.text(),
        read.record,
        read.kind,
        claims,
        {name: tuple(words) for name, words in read.columns.items()},
        dict(read.constants),
        _flow(read.flow, record_type),
        read.sign,
        read.date_order,
        None,
        OwnSide(_tuples(own.payer), _tuples(own.payee)) if own else None,
        tuple(LeaveOut(each.field, tuple(each.words), each.reason.text(), each.direction) for each in read.leave_out),
        tuple(ToldDirection(_tuples(each.where), each.said, each.direction) for each in read.directions),
        read.rows,
        read.across,
        read.value,
    )


def _tuples(words: Mapping[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {name: tuple(each) for name, each in words.items()}


def _flow(read: _Flow | None, record_type: RecordType) -> Flow | None:
    """The layout's flow; flag words that it does not give are the record type's."""
    own = record_type.flow
    if read is None or own is None:
        return None
    flag = read.flag
    return Flow(
        tuple(read.in_),
        tuple(read.out),
        tuple(flag.header) if flag else (),
        tuple(flag.in_) if flag else own.flag_in,
        tuple(flag.out) if flag else own.flag_out,
        tuple(flag.none) if flag else own.flag_none,
        own.red_signed or read.red == "signed",
    )


def _check(marked: Marked, read: _File, types: Mapping[str, RecordType]) -> None:
    """Everything that the layout names must exist, and it must claim something."""
    if read.record not in types:
        raise _unknown(marked, ("record",), read.record, types)
    record_type = types[read.record]
    named: list[tuple[tuple[str | int, ...], str]] = [(("columns", name), name) for name in read.columns]
    named += [(("constants", name), name) for name in read.constants]
    named += [(("leave_out", at, "field"), each.field) for at, each in enumerate(read.leave_out)]
    for at, each in enumerate(read.directions):
        named += [(("directions", at, "where", name), name) for name in each.where]
    for side, words in (("payer", read.own_side.payer), ("payee", read.own_side.payee)) if read.own_side else ():
        named += [(("own_side", side, name), name) for name in words]
    named += [
        ((key,), name) for key, name in (("rows", read.rows), ("across", read.across), ("value", read.value)) if name
    ]
    for loc, name in named:
        if name not in record_type.fields:
            raise _unknown(marked, loc, name, record_type.fields)
    if (read.flow is not None or read.directions) and record_type.flow is None:
        key = "flow" if read.flow is not None else "directions"
        raise _error(marked, (key,), "-", f"records of {read.record} have no flow", f"{read.record} 没有收支方向")
    if read.kind == "matrix" and not (read.rows and read.across and read.value):
        raise _error(
            marked,
            ("kind",),
            "rows, across, value",
            "a matrix needs rows, across and value",
            "矩阵须写明 rows、across 和 value",
        )
    if read.kind == "table" and not (read.claims.headers or read.claims.preamble or read.claims.file):
        raise _error(
            marked, ("claims",), "headers, preamble, file", "the layout claims nothing", "版式没有写明识别依据"
        )


def _unknown(marked: Marked, loc: tuple[str | int, ...], name: str, allowed: Mapping[str, Any]) -> LayoutFileError:
    near = nearest(name, allowed)
    options = ", ".join(allowed) + (f" (→ {near})" if near else "")
    return _error(marked, loc, options, f"`{name}` does not exist", f"`{name}` 不存在")


def _error(marked: Marked, loc: tuple[str | int, ...], options: str, en: str, zh: str) -> LayoutFileError:
    return LayoutFileError(marked.place(loc), marked.text(loc), problem_en=en, problem_zh=zh, options=options)


def _from_pydantic(marked: Marked, error: ValidationError) -> LayoutFileError:
    """The first thing that is wrong with the file's shape, at its line and column."""
    first: Any = error.errors()[0]
    loc = tuple(part for part in first["loc"] if isinstance(part, str | int))
    key = str(loc[-1]) if loc else "-"
    if first["type"] == "extra_forbidden":
        allowed = _keys(loc[:-1])
        near = nearest(key, allowed)
        options = ", ".join(allowed) + (f" (→ {near})" if near else "")
        return LayoutFileError(
            marked.place(loc, key=True),
            marked.text(loc),
            problem_en=f"unknown key `{key}`",
            problem_zh=f"未知的键 `{key}`",
            options=options,
        )
    if first["type"] == "missing":
        return _error(marked, loc[:-1], key, f"the key `{key}` is missing", f"缺少键 `{key}`")
    return _error(marked, loc, str(first["msg"]), f"`{key}` is not what it must be", f"`{key}` 的内容不正确")


def _keys(loc: tuple[str | int, ...]) -> list[str]:
    parts: dict[str, type[_Part]] = {
        "title": _Title,
        "reason": _Title,
        "claims": _Claims,
        "flow": _Flow,
        "flag": _Flag,
        "own_side": _OwnSide,
        "leave_out": _LeaveOut,
        "directions": _ToldDirection,
    }
    model = next((parts[part] for part in reversed(loc) if isinstance(part, str) and part in parts), _File)
    return [each.alias or name for name, each in model.model_fields.items()]


def plain_words(text: str) -> str:
    """Text as claims compare it: half width, without blanks, in lower case."""
    return without_blanks(folded(text)).casefold()
