"""What comes of a relation on one paper: tested or not possible, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from auditor.checks.recalculation.papers import Stated
from auditor.languages import Text


class Reason(Enum):
    """Why a relation could not be tested on a paper."""

    PART_NOT_STATED = Text("not all figures that it takes are stated", "所需数字未全部列明")
    NO_ROWS = Text("no rows to add up", "没有可加总的明细")
    SEVERAL = Text("several figures may be meant", "可能对应多个数字")
    UNKNOWN_WORD = Text("a figure stands between whose label says nothing known", "其间有名称无法识别的数字")
    NO_MOVEMENT = Text("no movement is stated between opening and ending", "期初与期末之间未列明变动")
    CURRENCIES = Text("figures in several currencies", "数字涉及多种币种")
    UNREAD = Text("rows of the document were not read", "文件中有未能读取的行")


@dataclass(frozen=True, slots=True)
class Tested:
    """A figure held against what others make. `label` of an unknown figure in between names it."""

    stated: Stated
    others: tuple[Stated, ...]
    computed: Decimal
    actual: Decimal
    agrees: bool

    @property
    def difference(self) -> Decimal:
        return self.actual - self.computed


@dataclass(frozen=True, slots=True)
class NotPossible:
    reason: Reason
    label: str = ""


Result = Tested | NotPossible


def amount_of(figure: Stated) -> Decimal:
    """The amount of a figure that has one."""
    assert figure.amount is not None
    return figure.amount


def one_currency(figures: Sequence[Stated]) -> bool:
    return len({each.currency for each in figures if each.currency}) < 2


def best(results: Sequence[Result]) -> Result:
    """Of several ways to test the same thing the first that agrees, else the first test, else the first reason."""
    tested = [each for each in results if isinstance(each, Tested)]
    return next((each for each in tested if each.agrees), tested[0] if tested else results[0])


def held(
    stated: Stated, others: Sequence[Stated], computed: Decimal, within: Decimal, *, unsigned: bool = False
) -> Tested:
    """A figure held against what others make; `unsigned` where it may be printed without its sign."""
    actual = amount_of(stated)
    if unsigned and (actual < 0) != (computed < 0):
        computed = -computed
    return Tested(stated, tuple(others), computed, actual, abs(actual - computed) <= within)
