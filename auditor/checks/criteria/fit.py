"""Whether a criterion suits the values that it compares."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from auditor.checks.criteria.errors import CriterionDoesNotSuit
from auditor.checks.criteria.model import AnyOf, Criterion, Fields, On, Pair, pair_of
from auditor.checks.criteria.sql import is_number
from auditor.errors import AuditorError
from auditor.languages import Text
from auditor.marked_yaml import Marked
from auditor.rules.scopes import Columns, Loc

_KINDS = {
    "number": Text("numbers", "数字"), "text": Text("texts", "文本"), "date": Text("dates", "日期"),
    "flag": Text("yes or no", "是否"), "other": Text("values of another kind", "其他类型的值"),
}  # fmt: skip
_TWO_TEXTS = (("text", "text"),)
# What a test compares: the kinds of the left and the right value, in words too.
_WANTS: dict[str, tuple[tuple[tuple[str, str], ...], Text]] = {
    "days": ((("date", "date"),), Text("two dates", "两个日期")),
    "working_days": ((("date", "date"),), Text("two dates", "两个日期")),
    "within": ((("number", "number"),), Text("two amounts or numbers", "两个金额或数字")),
    "percent": ((("number", "number"),), Text("two amounts or numbers", "两个金额或数字")),
    "same": (_TWO_TEXTS, Text("two texts that name a party", "两个表示单位名称的文本")),
    "digits": (
        tuple((one, other) for one in ("text", "number") for other in ("text", "number")),
        Text("two texts or numbers", "两个文本或数字"),
    ),
    "contains": (_TWO_TEXTS, Text("two texts", "两个文本")),
    "fold": (_TWO_TEXTS, Text("two texts", "两个文本")),
}
_ALIKE = Text("two values of one kind, or a text and another value", "两个同类的值，或文本与其他值")


def kind_of(sql_type: str) -> str:
    """What the values of a column are: number, text, date, flag or other."""
    if is_number(sql_type):
        return "number"
    return {"VARCHAR": "text", "DATE": "date", "BOOLEAN": "flag"}.get(sql_type, "other")


def fit_errors(marked: Marked, loc: Loc, on: Sequence[On], left: Columns, right: Columns) -> Iterator[AuditorError]:
    """Entries of `on` whose criteria do not suit their fields. Fields that are not there are told elsewhere."""
    for number, entry in enumerate(on):
        at = (*loc, number)
        if isinstance(entry, AnyOf):
            yield from fit_errors(marked, (*at, "either"), entry.either, left, right)
        else:
            pair = pair_of(entry)
            named = isinstance(entry, (str, Fields))
            yield from pair_errors(marked, at if named else (*at, pair.name), pair, left, right)


def pair_errors(marked: Marked, loc: Loc, pair: Pair, left: Columns, right: Columns) -> Iterator[AuditorError]:
    """A criterion at `loc` that does not suit its two fields."""
    if pair.left not in left or pair.right not in right:
        return
    kinds = kind_of(left[pair.left]), kind_of(right[pair.right])
    for at, test in _tests(loc, pair.criterion):
        fitting, words = _WANTS.get(test, ((), _ALIKE))
        if (kinds in fitting) if test in _WANTS else (kinds[0] == kinds[1] or "text" in kinds):
            continue
        titles = [_KINDS[each] for each in dict.fromkeys(kinds)]
        yield CriterionDoesNotSuit(
            marked.place(at, key=test in _WANTS),
            marked.text(at),
            criterion=test if test in _WANTS else "=",
            fields=" / ".join(dict.fromkeys((pair.left, pair.right))),
            kinds_en=" and ".join(each.en for each in titles),
            kinds_zh="与".join(each.zh for each in titles),
            wants_en=words.en,
            wants_zh=words.zh,
        )


def _tests(loc: Loc, criterion: Criterion | None) -> Iterator[tuple[Loc, str]]:
    """The tests of a criterion and where each stands; plain equality is the test `equal`."""
    if criterion is None or not (criterion.tests or criterion.fold):
        yield loc, "equal"
    elif criterion.either is not None:
        for number, each in enumerate(criterion.either):
            yield from _tests((*loc, "either", number), each)
    else:
        for name in (*criterion.tests, *(["fold"] if criterion.fold else [])):
            yield (*loc, name), name
