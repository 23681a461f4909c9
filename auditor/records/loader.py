from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from types import MappingProxyType
from typing import Any

from auditor.errors import AuditorError
from auditor.languages import Text
from auditor.records.errors import HeaderTwice, NameDiffers, NoRecordTypes, RecordTypeErrors
from auditor.records.model import (
    MEASURED,
    Belonging,
    Change,
    Field,
    FieldType,
    Flow,
    Master,
    Matrix,
    NumberRange,
    RecordType,
    Relation,
    RelationKind,
)
from auditor.records.schema import (
    BOOK,
    FIELD,
    MASTER,
    RECORD_TYPE,
    FieldPart,
    FlowPart,
    MasterPart,
    RecordFile,
    RelationPart,
)
from auditor.resources import OwnFiles, data_files, own_files
from auditor.strict_yaml import (
    KnownNames,
    Marked,
    load_plainly,
    load_strictly,
    mapping_at,
    missing_key,
    text_at,
    texts_at,
    unknown_word_at,
    value_at,
    wrong_value,
)
from auditor.values.text import header_key

Loc = tuple[str | int, ...]

_CHINESE = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")
_RELATED = MEASURED | {FieldType.PERCENT, FieldType.WORDS_AMOUNT}
_ONE_RELATION = Text("one of product, sum and difference", "product、sum、difference 之一")
_TWO_FIELDS = Text("a list of two fields", "两个字段的列表")
_TWO_SIDES = Text("the field of the debits and that of the credits", "借方字段与贷方字段")
_ONE_DATE = Text("a field of type `text` and one of type `date`", "一个 text 类型和一个 date 类型的字段")
_ONLY_CHOICE = Text("given for the type `choice` alone", "仅用于 choice 类型")


def record_types(folder: Path | None = None) -> Mapping[str, RecordType]:
    """The record types that hold now (see `auditor.resources`), or those of a folder, by name in the order of names.

    Raises `RecordTypeErrors`, all that is wrong with the files, or `NoRecordTypes`.
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
    read = {path.stem: load_plainly(path, shown) for path, shown in files}
    # what the files may name of each other, be they right or wrong
    plain = {stem: each.marked.data if each.marked else {} for stem, each in read.items()}
    loaded = [
        load_strictly(each, RecordFile, names=partial(_names, plain), checks=partial(_checked, stem, plain))
        for stem, each in read.items()
    ]
    mistakes = [each for file in loaded for each in file.mistakes]
    if mistakes:
        raise RecordTypeErrors(errors=mistakes)
    types = [_record_type(file.value) for file in loaded if file.value is not None]
    return MappingProxyType(dict(sorted((each.name, each) for each in types)))


# --- what a file says, as a record type -------------------------------------------------------------------------------


def _record_type(file: RecordFile) -> RecordType:
    master, span = file.master, file.range
    return RecordType(
        name=file.record,
        title=file.title.text if file.title else Text(file.record, file.record),
        identity=tuple(file.identity),
        fields=MappingProxyType({name: _field(name, part) for name, part in file.fields.items()}),
        flow=_flow(file.flow) if file.flow else None,
        master=_master(file.record, master) if master else None,
        feeds=tuple(Master(each.of, each.id, tuple(each.names)) for each in file.feeds),
        belongs=tuple(Belonging(each.of, each.to, tuple(each.inside)) for each in file.belongs),
        range=NumberRange(span.first, span.last, span.prefix, span.width, tuple(span.header)) if span else None,
        matrix=_matrix(file),
        relations=tuple(_relation(each) for each in file.relations),
        names=tuple(file.names),
        owner=file.owner,
        carried_from=tuple(file.carried_from),
        dated=_dated(file),
        paper=file.paper,
        titles=tuple(file.titles),
        lines_of=tuple(file.lines_of),
        change=Change(file.change.of, file.change.before, file.change.after) if file.change else None,
        debit_credit=MappingProxyType({name: (debit, credit) for name, (debit, credit) in file.debit_credit.items()}),
    )


def _dated(file: RecordFile) -> str | None:
    """The date that places a record in time: the one that is named, else `date`, else the only one that there is."""
    dates = [name for name, part in file.fields.items() if part.type is FieldType.DATE]
    if file.dated or "date" in dates:
        return file.dated or "date"
    return dates[0] if len(dates) == 1 else None


def _matrix(file: RecordFile) -> Matrix | None:
    if file.matrix is None:
        return None
    one, other = file.matrix.axes
    dated = file.fields[one].type is FieldType.DATE
    return Matrix(other if dated else one, one if dated else other, file.matrix.cell)


def _master(record: str, part: MasterPart) -> Master:
    return Master(part.of or record, part.id, tuple(part.names), part.separator, MappingProxyType(dict(part.own)))


def _relation(part: RelationPart) -> Relation:
    kind, parts = next((kind, names) for kind in RelationKind if (names := getattr(part, kind)))
    return Relation(
        kind,
        tuple(parts),
        part.result,
        part.proof or ("quantity × price" if kind is RelationKind.PRODUCT else "parts and whole"),
        frozenset(part.optional),
        MappingProxyType(dict(part.unless)),
    )


def _field(name: str, part: FieldPart) -> Field:
    return Field(
        name=name,
        type=part.type,
        title=part.title.text if part.title else _title_from_headers(name, (*part.header, *part.labels)),
        headers=tuple(part.header),
        choices=MappingProxyType({key: tuple(words) for key, words in part.choices.items()}),
        labels=tuple(part.labels),
        also=tuple(part.also),
        names=tuple(part.names),
        other=MappingProxyType({key: tuple(needed) for key, needed in part.other.items()}),
        **part.model_dump(exclude={"type", "title", "header", "labels", "choices", "also", "names", "other"}),
    )


def _flow(part: FlowPart) -> Flow:
    flag = part.flag
    return Flow(
        money_in=tuple(part.money_in),
        money_out=tuple(part.money_out),
        flag_headers=tuple(flag.header) if flag else (),
        flag_in=tuple(flag.money_in) if flag else (),
        flag_out=tuple(flag.money_out) if flag else (),
        flag_none=tuple(flag.none) if flag else (),
        flagged=part.amount == "flagged",
        red_signed=part.red == "signed",
    )


def _title_from_headers(name: str, headers: tuple[str, ...]) -> Text:
    plain = name.replace("_", " ").capitalize()
    chinese = [header for header in headers if _CHINESE.search(header)]
    other = [header for header in headers if not _CHINESE.search(header)]
    english = other[0] if other else plain
    return Text(english, chinese[0] if chinese else english)


# --- what no single value shows ---------------------------------------------------------------------------------------


def _names(plain: Mapping[str, Any], marked: Marked) -> KnownNames:
    """The words that a file may name: its own fields, and what the files of all record types hold."""
    masters = {text_at(data, "master", "of") or name for name, data in plain.items() if value_at(data, "master")}
    books = mapping_at(plain, "number_book", "fields", "kind", "choices")
    own = mapping_at(marked.data, "fields")
    return {FIELD: own, RECORD_TYPE: plain, MASTER: sorted(masters), BOOK: [*books, *(["*"] if "kind" in own else [])]}


def _checked(stem: str, plain: Mapping[str, Any], marked: Marked) -> Iterator[AuditorError]:
    data = marked.data
    name = text_at(data, "record")
    if name is not None and name != stem:
        yield NameDiffers(
            marked.place(("record",)), marked.text(("record",)), name=name, file_name=f"{stem}.yaml"
        )
    fields = mapping_at(data, "fields")
    if value_at(data, "flow"):
        yield from (
            missing_key(marked, ("flow",), f"fields.{each}") for each in ("direction", "amount") if each not in fields
        )
    named, dates = text_at(data, "dated"), [each for each in fields if text_at(fields, each, "type") == FieldType.DATE]
    if named is not None and named in fields and named not in dates:
        yield unknown_word_at(marked, ("dated",), named, dates, Text(FIELD.en, FIELD.zh))
    for each in fields:
        yield from _checked_field(marked, plain, each)
    for at, relation in enumerate(value_at(data, "relations") or []):
        yield from _checked_relation(marked, ("relations", at), relation)
    if value_at(data, "matrix"):
        yield from _checked_matrix(marked)
    yield from _checked_balances(marked)
    yield from _headers_twice(marked)


def _checked_balances(marked: Marked) -> Iterator[AuditorError]:
    """Amounts, each with the two amounts of which it is the difference."""
    fields, given = mapping_at(marked.data, "fields"), mapping_at(marked.data, "debit_credit")
    amounts = [name for name in fields if text_at(fields, name, "type") == FieldType.MONEY]
    for name in given:
        sides = texts_at(given, name)
        if len(sides) != 2:
            yield wrong_value(marked, ("debit_credit", name), _TWO_SIDES)
        for each in (name, *sides):
            if each in fields and each not in amounts:
                yield unknown_word_at(marked, ("debit_credit", name), each, amounts, Text(FIELD.en, FIELD.zh))


def _checked_matrix(marked: Marked) -> Iterator[AuditorError]:
    """One axis of dates and one of names, and figures in the cells. Names that are no fields are told elsewhere."""
    fields, given = mapping_at(marked.data, "fields"), mapping_at(marked.data, "matrix")
    names = texts_at(given, "axes")
    axes = sorted(text_at(fields, name, "type") or "" for name in names if name in fields)
    if len(names) != 2 or (len(axes) == 2 and axes != [FieldType.DATE, FieldType.TEXT]):
        yield wrong_value(marked, ("matrix", "axes"), _ONE_DATE)
    cell = text_at(given, "cell")
    figures = [name for name in fields if text_at(fields, name, "type") in MEASURED]
    if cell is not None and cell in fields and cell not in figures:
        yield unknown_word_at(marked, ("matrix", "cell"), cell, figures, Text(FIELD.en, FIELD.zh))


def _checked_relation(marked: Marked, loc: Loc, given: object) -> Iterator[AuditorError]:
    """One kind of a relation, of as many figures as it can have, all of them of a type that can be reckoned with."""
    if not isinstance(given, dict):
        return
    kinds = [kind for kind in RelationKind if kind in given]
    if len(kinds) != 1:
        yield wrong_value(marked, loc, _ONE_RELATION)
        return
    kind = kinds[0]
    parts, result, optional = texts_at(given, kind), text_at(given, "is"), texts_at(given, "optional")
    if len(parts) < (1 if kind is RelationKind.SUM else 2) or (kind is RelationKind.PRODUCT and len(parts) > 2):
        yield wrong_value(marked, (*loc, kind), _TWO_FIELDS)
    fields = mapping_at(marked.data, "fields")
    figures = [name for name in fields if text_at(fields, name, "type") in _RELATED]
    for name in (*parts, *([result] if result else [])):
        if name in fields and name not in figures:
            yield unknown_word_at(marked, (*loc, kind), name, figures, Text(FIELD.en, FIELD.zh))
    for name in optional:
        if name in fields and name not in parts:
            yield unknown_word_at(marked, (*loc, "optional"), name, parts, Text(FIELD.en, FIELD.zh))


def _checked_field(marked: Marked, plain: Mapping[str, Any], name: str) -> Iterator[AuditorError]:
    loc: Loc = ("fields", name)
    given = mapping_at(marked.data, *loc)
    kind, choices, default = text_at(given, "type"), value_at(given, "choices"), text_at(given, "default")
    if kind == FieldType.CHOICE and not choices:
        yield missing_key(marked, loc, "choices")
    if kind in set(FieldType) - {FieldType.CHOICE} and choices:
        yield wrong_value(marked, (*loc, "choices"), _ONLY_CHOICE)
    if isinstance(choices, dict) and choices and default is not None and default not in choices:
        yield unknown_word_at(marked, (*loc, "default"), default, choices, Text("choice", "选项"))
    for value in mapping_at(given, "other"):
        if isinstance(choices, dict) and value not in choices:
            yield unknown_word_at(marked, (*loc, "other"), value, choices, Text("choice", "选项"))
    for key, of_type in (("word", FieldType.TEXT), ("whole", FieldType.INTEGER)):
        fields, named = mapping_at(marked.data, "fields"), text_at(given, key)
        fitting = [each for each in fields if text_at(fields, each, "type") == of_type]
        if named is not None and named in fields and named not in fitting:
            yield unknown_word_at(marked, (*loc, key), named, fitting, Text(FIELD.en, FIELD.zh))
    for key, needs in (("entry", "master"), ("from", "inherit")):
        if key in given and needs not in given:
            yield missing_key(marked, loc, needs)
    heading = text_at(given, "inherit")
    if heading is not None and heading in plain:
        key = "from" if "from" in given else "inherit"
        inherited, fields = text_at(given, "from") or name, mapping_at(plain, heading, "fields")
        if inherited not in fields:
            yield unknown_word_at(marked, (*loc, key), inherited, fields, Text(FIELD.en, FIELD.zh))


def _headers_twice(marked: Marked) -> Iterator[HeaderTwice]:
    """Headers that would name two fields of the type."""
    data = marked.data
    names = mapping_at(data, "fields")
    uses = [(word, name, name) for name in names for word in texts_at(data, "fields", name, "header")]
    for side in ("in", "out"):
        uses += [(word, "amount", f"amount ({side})") for word in texts_at(data, "flow", side)]
    uses += [(word, "direction", "direction (flag)") for word in texts_at(data, "flow", "flag", "header")]
    first = text_at(data, "range", "first") or "range"
    uses += [(word, first, f"{first} (range)") for word in texts_at(data, "range", "header")]
    seen: dict[str, str] = {}
    for header, field, use in uses:
        other = seen.setdefault(header_key(header), use)
        if other != use:
            loc = ("fields", field)
            yield HeaderTwice(marked.place(loc), marked.text(loc), header=header, field=use, other=other)


# --- headers ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class HeaderUse:
    """What a header means: a field of a record type, or with `side` (`in`, `out`, `flag`) a part of its flow."""

    record: str
    field: str
    side: str | None = None


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
