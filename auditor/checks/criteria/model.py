"""What a rule may say of two values that must agree."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, Discriminator, Field, Tag, model_validator

from auditor.rules.options import Figure
from auditor.rules.schema import Model, Name
from auditor.rules.scopes import FieldUse, Loc
from auditor.strict_yaml import QuotedText, not_allowed

TESTS = ("days", "working_days", "within", "percent", "same", "digits", "contains", "either")
_ONE_TEST_EN = "exactly one of {}, fold, empty (several of which one suffices: either: [{{...}}, {{...}}])"
_ONE_TEST_ZH = "{}、fold、empty 中恰好一项（几项满足其一即可时：either: [{{...}}, {{...}}]）"


class Days(Model):
    """A window: how far the right record's date may lie before and after the left one's."""

    before: Annotated[int, Field(ge=0)] | str = 0      # a number, or ":parameter"
    after: Annotated[int, Field(ge=0)] | str = 0


class Criterion(Model):
    """How two values must agree: exactly one of the first eight keys, or only `fold` or `empty` for values that are
    equal but for these.
    """

    days: Annotated[int | str | Days | None, Figure("days")] = None          # of two dates: calendar days apart
    working_days: Annotated[int | str | Days | None, Figure("working days")] = None    # of two dates, by the calendar
    within: Annotated[QuotedText | None, Figure("amount")] = None    # of two numbers: the greatest difference, quoted
    percent: Annotated[QuotedText | None, Figure("percent")] = None  # of two numbers: the same in per cent, not rounded
    same: Literal["party"] | None = None   # the same master entry; names in normal form where neither is known
    digits: Literal["reordered"] | None = None   # the same digits in another order; all other characters left out
    contains: Literal["left_in_right", "right_in_left", "either"] | None = None   # one text stands in the other, whole
    either: Annotated[list[Criterion], Field(min_length=2)] | None = None    # one of several criteria holds
    of: Literal["left", "right", "larger"] | None = None     # of which value `percent` is; default: left
    fold: list[Literal["case", "blanks", "width"]] = []      # what does not count in texts: upper case, blanks, ＡＢ
    empty: Literal["equal"] | None = None  # an empty value agrees with an empty one; else it agrees with nothing

    @model_validator(mode="after")
    def _one_test(self) -> Self:
        given = self.tests
        if len(given) > 1 or not (given or self._says_more()):
            listed = ", ".join(TESTS)
            raise not_allowed(_ONE_TEST_EN.format(listed), _ONE_TEST_ZH.format(listed))
        if self.of is not None and self.percent is None:
            raise not_allowed("`of` beside `percent` only", "`of` 只能与 `percent` 同用")
        if self.fold and given and given[0] != "contains":
            raise not_allowed("`fold` alone or beside `contains`", "`fold` 单独使用，或与 `contains` 同用")
        return self

    def _says_more(self) -> bool:
        """Whether it says anything without a test: that values are equal, but for something."""
        return bool(self.fold or self.empty)

    @property
    def tests(self) -> list[str]:
        """The tests that are given: of a valid criterion at most one."""
        return [name for name in TESTS if getattr(self, name) is not None]


    @property
    def tolerance(self) -> bool:
        """Whether it lets two numbers differ by an amount."""
        return bool(self.percent or self.within or any(each.tolerance for each in self.either or ()))


class Fields(Criterion):
    """Two fields of different names, `{left: a, right: b}`, and how they must agree; without more they are equal."""

    left: Name
    right: Name

    def _says_more(self) -> bool:
        return True


class AnyOf(Model):
    """Several entries of which one must hold: `{either: [invoice_no, {left: memo, right: invoice_no}]}`."""

    either: Annotated[list[On], Field(min_length=2)]


def _one_field(entry: Mapping[str, Criterion]) -> Mapping[str, Criterion]:
    if len(entry) != 1:
        raise not_allowed(
            "one field and how it must agree: {date: {days: 3}}; further fields as further entries",
            "一个字段及其比对方式：{date: {days: 3}}；其他字段另写一项",
        )
    return entry


def _kind(entry: Any) -> str:
    """Which form of entry is meant. Two names, or a list, are no criterion of a field called `left` or `either`."""
    if isinstance(entry, Fields) or (isinstance(entry, Mapping) and _names_two(entry)):
        return "fields"
    if isinstance(entry, AnyOf) or (isinstance(entry, Mapping) and isinstance(entry.get("either"), list)):
        return "any"
    return "criterion" if isinstance(entry, Mapping) else "name"


def _names_two(entry: Mapping[str, Any]) -> bool:
    return any(isinstance(entry.get(side), str) for side in ("left", "right"))


On = Annotated[
    Annotated[Name, Tag("name")]
    | Annotated[Fields, Tag("fields")]
    | Annotated[AnyOf, Tag("any")]
    | Annotated[Mapping[Name, Criterion], AfterValidator(_one_field), Tag("criterion")],
    Discriminator(_kind),
]


class Pair(Model):
    """An entry of `on` as all forms of it come to: two fields, and the criterion (None: they are equal)."""

    left: Name
    right: Name
    criterion: Criterion | None = None

    @property
    def name(self) -> str:
        """What the pair is called in results: by the field that the left side has."""
        return self.left


def pair_of(entry: str | Fields | Mapping[str, Criterion]) -> Pair:
    """The fields and the criterion of an entry that is no `either`."""
    if isinstance(entry, str):
        return Pair(left=entry, right=entry)
    if isinstance(entry, Fields):
        return Pair(left=entry.left, right=entry.right, criterion=entry if _tells(entry) else None)
    ((name, criterion),) = entry.items()
    return Pair(left=name, right=name, criterion=criterion)


def _tells(criterion: Criterion) -> bool:
    return bool(criterion.tests or criterion.fold or criterion.empty)


def pairs_of(entry: str | Fields | AnyOf | Mapping[str, Criterion]) -> list[Pair]:
    """The pairs of an entry: one, or those of which one must hold."""
    if isinstance(entry, AnyOf):
        return [pair for each in entry.either for pair in pairs_of(each)]
    return [pair_of(entry)]


def fields_in(loc: Loc, on: list[On], left: str, right: str | None = None) -> Iterator[FieldUse]:
    """The fields that entries name; `right` is None where both records are of one population."""
    for number, each in enumerate(on):
        yield from _fields_in((*loc, number), each, left, right or left)


def _fields_in(loc: Loc, entry: On, left: str, right: str) -> Iterator[FieldUse]:
    if isinstance(entry, AnyOf):
        yield from fields_in((*loc, "either"), entry.either, left, right)
    elif isinstance(entry, str):
        yield FieldUse(loc, entry, (left, right))
    elif isinstance(entry, Fields):
        yield FieldUse((*loc, "left"), entry.left, (left,))
        yield FieldUse((*loc, "right"), entry.right, (right,))
    else:
        for name in entry:
            yield FieldUse((*loc, name), name, (left, right), as_key=True)


Criterion.model_rebuild()
Fields.model_rebuild()
AnyOf.model_rebuild()
