"""The one answer about a table, and what is told where there is more than one, or an answer about nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from auditor.documents.headers import header_key
from auditor.documents.readings.confirmed import CompanyReadings, ConfirmedReading, NearAnswer
from auditor.documents.readings.errors import AnswersRival
from auditor.documents.recognition.hypotheses import State, TableReading
from auditor.documents.recognition.shapes import TableShape
from auditor.errors import Place
from auditor.languages import Text

_FEW = 3  # headers by which a remark names a table


def answer_for(
    readings: CompanyReadings,
    place: Place,
    headers: Sequence[str],
    names: Sequence[str],
    sheet: str = "",
    matrix: bool = True,
) -> tuple[ConfirmedReading | None, AnswersRival | None]:
    """The entry about the table at `place` (whose file is the document's path), or the question that several raise.
    `matrix` as `CompanyReadings.entries_for` has it."""
    found = readings.entries_for(headers, names, place.file, sheet, matrix)
    if len(found) > 1:
        lines = ", ".join(str(each.line) for each in found)
        return None, AnswersRival(place, ", ".join(filter(None, headers)), file=readings.shown, lines=lines)
    return (found[0] if found else None), None


def likely_ones(readings: CompanyReadings, documents: Iterable[tuple[str, Sequence[TableReading]]]) -> int:
    """How many tables of a folder are read by an answer that was taken over as likely."""
    return sum(
        entry is not None and entry.likely
        for path, tables in documents
        for each in tables
        for found in [readings.about(path, each)]
        for entry in [found[0] if len(found) == 1 else None]
    )


def unfitted(readings: CompanyReadings, documents: Iterable[tuple[str, Sequence[TableReading]]]) -> tuple[Text, ...]:
    """What is worth knowing of answers that no table of the folder asks for: which, and where a table that is not read
    has all but one or two of the headers of one. Months differ: none of this is an error.

    `documents`: paths with their tables.
    """
    shapes = [(path, each) for path, tables in documents for each in tables]
    used = {
        entry.line
        for path, each in shapes
        for entry in readings.about(path, each)
    }
    idle = [each for each in readings.entries if each.line not in used]
    near = {id(entry): _near(entry, shapes) for entry in idle}
    remarks = [text for entry in idle if (text := near[id(entry)]) is not None]
    rest = [_named(entry) for entry in idle if near[id(entry)] is None]
    told = [Text(each.en.format(file=readings.shown), each.zh.format(file=readings.shown)) for each in remarks]
    if rest:
        told.append(
            Text(
                f"answers of {readings.shown} that no table of this folder asks for: {'; '.join(rest)}",
                f"{readings.shown} 中本次没有用到的回答：{'；'.join(rest)}",
            )
        )
    return tuple(told)


def _named(entry: ConfirmedReading) -> str:
    words = list(entry.headers or entry.labels)[:_FEW]
    about = "、".join(words) or entry.file or entry.sheet or ""
    return f"{entry.line} ({about}{'…' if len(entry.headers) > _FEW else ''})"


def _near(entry: ConfirmedReading, shapes: Sequence[tuple[str, TableReading]]) -> Text | None:
    """An answer whose headers a table that is not read has but for one or two, which are named."""
    alone = CompanyReadings((entry,))
    for path, table in shapes:
        if table.state not in (State.SURE, State.CONFIRMED) and (near := alone.near(table.shape.headers)) is not None:
            return _strayed(near, path, table.shape)
    return None


def _strayed(near: NearAnswer, path: str, shape: TableShape) -> Text:
    where = path + (f"[{shape.sheet}]" if shape.sheet else "")
    entry = near.entry
    lacks = _as_printed(near.missing, entry.headers or tuple(entry.labels))
    has = _as_printed(near.strange, shape.headers)
    line = entry.line
    instead = f", but “{'”, “'.join(has)}”" if has else ""
    instead_zh = f"，而有“{'”、“'.join(has)}”" if has else ""
    more = "the header" if len(lacks) == 1 else "the headers"
    without = f"has no “{'”, “'.join(lacks)}”{instead}" if lacks else f"also has “{'”, “'.join(has)}”"
    without_zh = f"没有“{'”、“'.join(lacks)}”{instead_zh}" if lacks else f"多了“{'”、“'.join(has)}”"
    return Text(
        f"the answer on line {line} of {{file}} nearly fits {where}, which {without}: correct {more} there, "
        "or answer the table anew",
        f"{{file}} 第 {line} 行的回答与 {where} 几乎相符，但该表{without_zh}：请更正条目中的表头，或重新回答",
    )


def _as_printed(keys: Iterable[str], headers: Sequence[str]) -> list[str]:
    printed = {header_key(each): each for each in headers}
    return [printed.get(key, key) for key in keys]
