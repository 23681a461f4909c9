"""What is decided once for a column of a table, and the questions where nothing decides: the decimal mark, the order of
day and month, the year, the distance from UTC."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from auditor.documents.decisions import date_order, decimal_mark, years, zones
from auditor.documents.decisions.decision import Basis
from auditor.documents.fields import Spec
from auditor.documents.pages import CellKind
from auditor.documents.questions import (
    DateOrderUndecided,
    DecimalMarkUndecided,
    Question,
    SwappedDays,
    TimeZoneUndecided,
    YearUndecided,
)
from auditor.documents.tables.heading_values import extent_of, year_evidence
from auditor.documents.tables.reading import Reading, place_of_column
from auditor.documents.typed_columns import TypedColumns, distinct_texts, mask, whole
from auditor.languages import Text
from auditor.records.model import FieldType
from auditor.values.dates import parse_date
from auditor.values.errors import AmbiguousAmount, AmbiguousDate, IncompleteDate
from auditor.values.text import is_chinese

_FIRST_ROWS = 2_000  # enough to show a decimal mark in most documents; all rows are looked at where they do not
UNDECIDED_MARK = "?"  # of `Declared.decimal`: figures that can be read both ways are problems
YEAR_FROM_NAME = Text("the year comes from the name of the file", "年份取自文件名")
_LEAP_DAY = (2, 29)
_FIGURES = (FieldType.MONEY, FieldType.QUANTITY)


# --- before typing: how texts are read --------------------------------------------------------------------------------


def with_decimal_mark(reading: Reading, specs: Mapping[str, Spec]) -> dict[str, Spec]:
    """The specs with the decimal mark of the table's figures, one for all of its columns."""
    figures = [spec for spec in specs.values() if spec.type in _FIGURES]
    declared = reading.declared.decimal
    found = decimal_mark.decide(_texts_of_figures(reading, figures, _FIRST_ROWS), declared=declared)
    if (found.open or found.basis is Basis.NOTHING) and reading.sheet.rows > _FIRST_ROWS:
        found = decimal_mark.decide(_texts_of_figures(reading, figures, None), declared=declared)
    mark = UNDECIDED_MARK if found.open else found.value if found.value == "," else declared
    if mark is None:
        return dict(specs)
    return {
        name: replace(spec, declared=replace(spec.declared, decimal=mark)) if spec.type in _FIGURES else spec
        for name, spec in specs.items()
    }


def _texts_of_figures(reading: Reading, specs: Iterable[Spec], rows: int | None) -> list[str]:
    """The distinct texts of the columns of figures; numbers of a spreadsheet are no texts and show nothing."""
    found: list[str] = []
    for source in dict.fromkeys(spec.source for spec in specs):
        column = reading.sheet.texts.column(source)
        kinds = reading.sheet.kinds.get(source)
        if kinds is not None:
            column = column.filter(pc.equal(kinds, CellKind.TEXT))
        found += distinct_texts(column if rows is None else column.slice(0, rows))
    return found


def with_date_order(reading: Reading, specs: Mapping[str, Spec]) -> dict[str, Spec]:
    """The specs of dates with the order of day and month that their columns show."""
    declared = reading.declared.date_order
    chinese = any(is_chinese(header) for header in reading.sheet.headers)
    result = dict(specs)
    for name, spec in specs.items():
        if spec.type is not FieldType.DATE:
            continue
        found = date_order.decide(
            _texts_of_dates(reading.sheet.texts.column(spec.source)),
            declared=declared,
            stated=extent_of(reading.heading),
            period=reading.context.period,
            chinese=chinese or is_chinese(spec.header),
            typed=_is_typed_as_text(reading, spec.source),
        )
        result[name] = replace(
            spec,
            declared=replace(
                spec.declared,
                order=found.full.value,
                short_order=found.short.value,
                full_days=found.full_days,
                default_year=None,
            ),
        )
    return result


def _is_typed_as_text(reading: Reading, source: str) -> bool:
    """Whether the cells of a spreadsheet's column are texts, not numbers that are shown as days."""
    sheet = reading.sheet
    if sheet.delimited or sheet.boxes is not None:
        return False
    kinds = sheet.kinds.get(source)
    return kinds is None or bool(pc.all(pc.equal(kinds, CellKind.TEXT)).as_py())


def _texts_of_dates(column: pa.ChunkedArray) -> list[str]:
    """The distinct texts, but for those that begin with a year and leave nothing open."""
    plain = pc.match_substring_regex(column, r"^\s*(19|20)\d\d[-/.年]?\d\d?[-/.月]?\d\d?")
    return distinct_texts(column.filter(pc.fill_null(pc.invert(plain), False)))


# --- after typing: what is still open ---------------------------------------------------------------------------------


def with_years(reading: Reading, typed: TypedColumns) -> tuple[TypedColumns, dict[str, Text], dict[str, Question]]:
    """The columns of dates with the years that their texts lack; what was assumed, and what must be asked."""
    assumed: dict[str, Text] = {}
    asked: dict[str, Question] = {}
    columns, unread = dict(typed.columns), dict(typed.unread)
    evidence = year_evidence(reading.context, reading.heading, reading.sheet.name)
    for name, days in typed.days.items():
        dates = whole(typed.columns[name]).to_pylist()
        found = years.complete([days.get(at) for at in range(len(dates))], dates, evidence)
        mine = dict(unread.get(name, {}))
        lacking: list[tuple[int, int]] = []
        for at, day in days.items():
            year = found.years[at]
            if year is None:
                lacking.append(day)
                continue
            dates[at] = date(year, *day)
            mine.pop(at, None)
        columns[name], unread[name] = pa.array(dates, pa.date32()), mine
        if lacking:
            asked[name] = _year_question(reading, name, lacking, found)
        if found.basis is Basis.NAME:
            assumed[name] = YEAR_FROM_NAME
    return replace(typed, columns=columns, unread=unread), assumed, asked


def _year_question(
    reading: Reading, name: str, lacking: Sequence[tuple[int, int]], found: years.Years
) -> Question:
    why_en, why_zh = "neither a heading nor a name tells it", "标题和文件名也未注明"
    if set(lacking) == {_LEAP_DAY} and found.basis is not Basis.NOTHING:
        why_en, why_zh = "the year that is named has no 29 February", "所注明的年份没有2月29日"
    elif found.outside:
        why_en, why_zh = "they lie outside the days that the document says it covers", "且不在文件注明的起止日期之内"
    elif found.basis is not Basis.NOTHING or year_evidence(
        reading.context, reading.heading, reading.sheet.name
    ).years:
        why_en, why_zh = "they run over New Year, so that one year is not enough", "且跨越新年，一个年份不够"
    return YearUndecided(
        place_of_column(reading, name), header=_header(reading, name), rows=len(lacking), why_en=why_en, why_zh=why_zh,
        path=reading.context.path,
    )  # fmt: skip


def questions_of_columns(reading: Reading, typed: TypedColumns) -> dict[str, Question]:
    """What the columns leave open, by the column's name. Rows that lack the value for it are not read."""
    asked: dict[str, Question] = {}
    for name, spec in reading.specs.items():
        unread = typed.unread.get(name, {})
        question = None
        if spec.type is FieldType.DATE:
            question = _order_question(reading, name, spec, unread) or _swapped(reading, name, spec, typed)
            question = question or _zone_question(reading, name, typed)
        elif spec.type in _FIGURES and spec.declared.decimal == UNDECIDED_MARK:
            question = _mark_question(reading, name, unread)
        if question is not None:
            asked[name] = question
    return asked


def _order_question(reading: Reading, name: str, spec: Spec, unread: Mapping[int, object]) -> Question | None:
    doubtful = [each for each in unread.values() if isinstance(each, AmbiguousDate)]
    if not doubtful or (spec.declared.order is not None and spec.declared.short_order is not None):
        return None
    first = doubtful[0].values
    return DateOrderUndecided(
        place_of_column(reading, name), header=_header(reading, name), rows=len(doubtful), one=first["one"],
        other=first["other"], path=reading.context.path,
    )  # fmt: skip


def _mark_question(reading: Reading, name: str, unread: Mapping[int, object]) -> Question | None:
    doubtful = sum(isinstance(each, AmbiguousAmount) for each in unread.values())
    if not doubtful:
        return None
    texts = _texts_of_figures(reading, [spec for spec in reading.specs.values() if spec.type in _FIGURES], None)
    both = len({mark for mark in map(decimal_mark.mark_of, texts) if mark}) == 2
    why_en = "other figures of the table use both marks" if both else "no other figure of the table tells"
    why_zh = "表中其他数字两种写法都有" if both else "表中没有其他数字可以判断"
    return DecimalMarkUndecided(
        place_of_column(reading, name), header=_header(reading, name), rows=doubtful, why_en=why_en, why_zh=why_zh,
        path=reading.context.path,
    )  # fmt: skip


def _zone_question(reading: Reading, name: str, typed: TypedColumns) -> Question | None:
    found = typed.beside("zone", name)
    if found is None:
        return None
    kept = found.filter(pc.is_valid(whole(typed.columns[name])))
    stated = pc.unique(kept).to_pylist()
    if not zones.decide(stated).open:
        return None
    shown = ", ".join(sorted(f"UTC{zone}" if zone[0] in "+-" else zone for zone in stated if zone))
    return TimeZoneUndecided(
        place_of_column(reading, name), header=_header(reading, name), rows=len(kept) - kept.null_count, zones=shown,
        path=reading.context.path,
    )  # fmt: skip


def _swapped(reading: Reading, name: str, spec: Spec, typed: TypedColumns) -> Question | None:
    """True dates with days up to 12 beside texts with the day first: a spreadsheet read the month first and made dates
    of those texts that allowed it."""
    rows = swapped_rows(reading, spec, typed.columns[name])
    if not len(rows):
        return None
    texts = reading.sheet.texts.column(spec.source)
    other = next(text for text in distinct_texts(texts) if _day_first(text))
    return SwappedDays(
        place_of_column(reading, name), header=_header(reading, name), rows=len(rows), one=texts[int(rows[0])].as_py(),
        other=other, path=reading.context.path,
    )  # fmt: skip


def swapped_rows(reading: Reading, spec: Spec, column: pa.Array) -> np.ndarray:
    """The positions of the true dates of a column that a spreadsheet has probably turned round; none if it has not."""
    kinds = reading.sheet.kinds.get(spec.source)
    nothing = np.zeros(0, dtype=np.int64)
    if kinds is None or spec.type is not FieldType.DATE:
        return nothing
    true = mask(pc.equal(kinds, CellKind.DATE))
    texts = distinct_texts(reading.sheet.texts.column(spec.source).filter(pa.array(~true)))
    shown = [text for text in texts if _slashed(text)]
    if not true.any() or not shown or not all(_day_first(text) for text in shown):
        return nothing
    days = np.asarray(pc.fill_null(pc.day(whole(column)), 0))
    dated = true & (days > 0)
    return np.flatnonzero(dated) if (days[dated] <= 12).all() else nothing


def _slashed(text: str) -> bool:
    return bool(re.match(r"\s*\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}", text))


def _day_first(text: str) -> bool:
    by_month, by_day = (parse_date(text, order=order).value for order in ("mdy", "dmy"))
    return _slashed(text) and by_month is None and by_day is not None


def _header(reading: Reading, name: str) -> str:
    return reading.specs[name].header if name in reading.specs else name


_OPEN = (AmbiguousDate, AmbiguousAmount, IncompleteDate)


def is_open(problem: object) -> bool:
    """Whether a cell's problem is one that the question of its column is about."""
    return isinstance(problem, _OPEN)
