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
    decimal: ","                              # the decimal mark of the amounts
    constants: {currency: CNY}
    own_side: {payer: {counterparty: [付款人名称]}, payee: {counterparty: [收款人名称]}}
    leave_out: [{field: status, words: [交易关闭], direction: none, reason: {en: closed, zh: 交易关闭}}]
    directions: [{where: {status: [退款成功]}, said: none, direction: in}]  # what another column tells
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache, partial
from pathlib import Path
from types import MappingProxyType

from auditor.documents.declarations import Declarations
from auditor.documents.errors import LayoutFileError
from auditor.documents.headers import header_key
from auditor.documents.layouts.layout import Claims, Layout, LeaveOut, OwnSide, ToldDirection
from auditor.documents.layouts.schema import FlowPart, LayoutFile
from auditor.errors import AuditorError
from auditor.languages import Text
from auditor.records.loader import record_types
from auditor.records.model import Flow, RecordType
from auditor.records.schema import FIELD, RECORD_TYPE
from auditor.resources import OwnFiles, data_files, own_files
from auditor.strict_yaml import (
    KnownNames,
    Loaded,
    Marked,
    load_strictly,
    mapping_at,
    missing_key,
    text_at,
    wrong_value,
)
from auditor.values.text import folded, without_blanks

_FORMS = "forms/"  # layouts of forms stand in this folder
_CLAIMS = Text("at least one of headers, preamble, file", "headers、preamble、file 中至少一项")
_CLAIMING = ("headers", "preamble", "file")


def layouts_of() -> Mapping[str, Layout]:
    """The layouts of tables that hold now (see `auditor.resources`) by name, in the order of names.

    Raises `LayoutFileError`: all that is wrong with their files.
    """
    return _load(own_files())


@lru_cache(maxsize=8)
def _load(own: OwnFiles) -> Mapping[str, Layout]:
    del own  # it is the key: what holds now
    types = record_types()
    files = [each for each in data_files("layouts").values() if not each.name.startswith(_FORMS)]
    loaded = {each.name: _file(each.path, types, each.shown, each.name) for each in files}
    mistakes = [each for file in loaded.values() for each in file.mistakes]
    if mistakes:
        raise LayoutFileError(errors=mistakes)
    found = {name: _layout(each.value, types[each.value.record]) for name, each in loaded.items() if each.value}
    return MappingProxyType(found)


def load_layout(
    source: Path | str, types: Mapping[str, RecordType], file: str | None = None, name: str | None = None
) -> Layout:
    """One layout from a file or from text, checked against the record types. `name` is the one that its place gives.

    Raises `LayoutFileError`: all that is wrong with the file.
    """
    own_name = f"{source.parent.name}/{source.stem}" if isinstance(source, Path) else None
    loaded = _file(source, types, file, name or own_name)
    if loaded.value is None:
        raise LayoutFileError(errors=loaded.mistakes)
    return _layout(loaded.value, types[loaded.value.record])


def _file(
    source: Path | str, types: Mapping[str, RecordType], file: str | None, name: str | None
) -> Loaded[LayoutFile]:
    checks = partial(_checked, types, name)
    return load_strictly(source, LayoutFile, file=file, names=partial(names_in, types), checks=checks)


def names_in(types: Mapping[str, RecordType], marked: Marked) -> KnownNames:
    """The words that a layout may name: record types, and the fields of the one that it is for."""
    record = types.get(text_at(marked.data, "record") or "")
    return {RECORD_TYPE: types, FIELD: record.fields} if record else {RECORD_TYPE: types}


def _checked(types: Mapping[str, RecordType], expected: str | None, marked: Marked) -> Iterator[AuditorError]:
    """What no single value shows: the layout's name, and that it claims something."""
    data = mapping_at(marked.data)
    name, record = text_at(data, "layout"), types.get(text_at(data, "record") or "")
    if name is not None:
        yield from name_mistakes(marked, name, expected)
        if name in types:
            free = f"bank/{name}"
            other = Text(f"a name that no record type has, such as {free}", f"与记录类型不同的名称，如 {free}")
            yield wrong_value(marked, ("layout",), other)
    for key in ("flow", "directions") if record is not None and record.flow is None else ():
        if record is not None and key in data:
            zh = f"去掉此键：{record.name} 没有收支方向"
            nothing = Text(f"no such key: records of {record.name} have no flow", zh)
            yield wrong_value(marked, (key,), nothing)
    if "claims" not in data:
        yield missing_key(marked, (), "claims")
    elif claims_nothing(data["claims"], _CLAIMING, also={"without"}):
        yield wrong_value(marked, ("claims",), _CLAIMS)


def name_mistakes(marked: Marked, name: str, expected: str | None) -> Iterator[AuditorError]:
    """A layout that is not called as its file is."""
    if expected is not None and name != expected:
        yield wrong_value(marked, ("layout",), Text(f"{expected}, as the file is called", f"{expected}，与文件名一致"))


def claims_nothing(claims: object, claiming: tuple[str, ...], also: set[str]) -> bool:
    """Whether none of the keys that claim something holds anything. Something else than a mapping, or a key that there
    is not, is a mistake of its own."""
    if not isinstance(claims, dict):
        return False
    return not any(claims.get(key) for key in claiming) and not set(claims) - {*claiming, *also}


def _layout(read: LayoutFile, record_type: RecordType) -> Layout:
    own = read.own_side
    return Layout(
        name=read.layout,
        title=read.title.text,
        record=read.record,
        claims=Claims(
            tuple(map(header_key, read.claims.headers)),
            tuple(map(header_key, read.claims.without)),
            tuple(map(plain_words, read.claims.preamble)),
            tuple(read.claims.file),
        ),
        columns=_tuples(read.columns),
        constants=dict(read.constants),
        flow=_flow(read.flow, record_type),
        declared=Declarations(sign=read.sign, date_order=read.date_order, decimal=read.decimal),
        own_side=OwnSide(_tuples(own.payer), _tuples(own.payee)) if own else None,
        leave_out=tuple(
            LeaveOut(each.field, tuple(each.words), each.reason.text, each.direction) for each in read.leave_out
        ),
        directions=tuple(ToldDirection(_tuples(each.where), each.said, each.direction) for each in read.directions),
    )


def _tuples(words: Mapping[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {name: tuple(each) for name, each in words.items()}


def _flow(read: FlowPart | None, record_type: RecordType) -> Flow | None:
    """The layout's flow; flag words that it does not give are the record type's."""
    own = record_type.flow
    if read is None or own is None:
        return None
    flag = read.flag
    return Flow(
        tuple(read.money_in),
        tuple(read.money_out),
        tuple(flag.header) if flag else (),
        tuple(flag.money_in) if flag else own.flag_in,
        tuple(flag.money_out) if flag else own.flag_out,
        tuple(flag.none) if flag else own.flag_none,
        own.red_signed or read.red == "signed",
    )


def plain_words(text: str) -> str:
    """Text as claims compare it: half width, without blanks, in lower case."""
    return without_blanks(folded(text)).casefold()
