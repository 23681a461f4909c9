"""How the values of a document that stand singly are read, in a form or a heading: decided from all of them together.

One date of a paper tells the order of day and month of its others, one figure the decimal mark. What none tells is
asked, with the line of audit.yaml that answers it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from auditor.documents.context import Context
from auditor.documents.decisions import date_order, decimal_mark
from auditor.documents.questions import DateOrderUndecided, DecimalMarkUndecided, Question
from auditor.errors import AuditorError, Place
from auditor.records.model import FieldType
from auditor.values.errors import AmbiguousAmount, AmbiguousDate
from auditor.values.parsers import Declared

_DATE = re.compile(r"(?<![\d./-])\d{1,2}([/.-])\d{1,2}\1(?:19|20)\d\d(?![\d./-])")
_UNDECIDED_MARK = "?"  # of `Declared.decimal`: figures that can be read both ways are problems
_FIGURES = (FieldType.MONEY, FieldType.QUANTITY)


def decided_together(
    texts: Iterable[tuple[FieldType, str]],
    context: Context,
    *,
    chinese: bool,
    lines: Iterable[str] = (),
    stated: date_order.Extent | None = None,
) -> Declared:
    """What holds for all values of one document; `texts` are its raw texts with the types of their fields.

    `chinese`: whether the document is in Chinese. `lines`: all of its text, whose dates tell as well. `stated`: the
    days that it says it covers.
    """
    pairs = [(kind, text.strip()) for kind, text in texts if text.strip()]
    shown = [match[0] for line in lines for match in _DATE.finditer(line)]
    dates = list(dict.fromkeys([*(text for kind, text in pairs if kind is FieldType.DATE), *shown]))
    orders = date_order.decide(
        dates, declared=context.declared.date_order, stated=stated, period=context.period, chinese=chinese
    )
    figures = list(dict.fromkeys(text for kind, text in pairs if kind in _FIGURES))
    mark = decimal_mark.decide(figures, declared=context.declared.decimal)
    return Declared(
        decimal=_UNDECIDED_MARK if mark.open else mark.value if mark.value == "," else context.declared.decimal,
        order=orders.full.value,
        short_order=orders.short.value,
        full_days=orders.full_days,
        default_year=context.declared.year or context.year,
    )


def question_of(problem: AuditorError, place: Place, header: str, texts: Sequence[str], path: str) -> Question | None:
    """The question that a value leaves open which can be read in two ways; None if its problem is another.

    `header` is the label of the value, `texts` are the figures of the document.
    """
    if isinstance(problem, AmbiguousDate):
        one, other = problem.values["one"], problem.values["other"]
        return DateOrderUndecided(place, problem.found, header=header, rows=1, one=one, other=other, path=path)
    if isinstance(problem, AmbiguousAmount):
        both = len({mark for mark in map(decimal_mark.mark_of, texts) if mark}) == 2
        why_en = "other figures of the document use both marks" if both else "no other figure of the document tells"
        why_zh = "文件中其他数字两种写法都有" if both else "文件中没有其他数字可以判断"
        return DecimalMarkUndecided(
            place, problem.found, header=header, rows=1, why_en=why_en, why_zh=why_zh, path=path
        )
    return None
