"""What a rule says to the check `recalculation`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from auditor.errors import AuditorError
from auditor.languages import Text
from auditor.marked_yaml import Marked, nearest
from auditor.rules.bound import BoundRule
from auditor.rules.check_options import CheckOptions
from auditor.rules.conditions import Scope
from auditor.rules.options import Figure
from auditor.rules.schema import Expression, Model, Name, Unit
from auditor.rules.scopes import ExpressionUse, RecordsUse, Scopes, optional_use
from auditor.strict_yaml import QuotedText, WrongValue

Roles = Annotated[list[Name], Field(min_length=1)]
Part = Name | Annotated[list[Name], Field(min_length=1)]   # of a list the first role that the paper has


def roles_of(part: Part) -> list[Name]:
    """The roles of a part, of which the first counts that a paper has."""
    return part if isinstance(part, list) else [part]


class Sum(Model):
    """Heading figures that add up to another: plus - minus = is."""

    plus: Annotated[list[Part], Field(min_length=1)]
    minus: list[Part] = []
    is_: Annotated[Roles, Field(alias="is")]               # the first role that the paper has
    needs: list[Part] = []                                 # else not possible; default: the first of plus, of minus
    neutral: list[Name] = []                               # may stand between and add nothing
    mixed: bool = False                                    # some parts may go by the word of the whole
    unsigned: bool = False                                 # the result may be printed without its sign: a gain or loss


class Product(Model):
    """An amount times a rate."""

    of: Roles                                              # the first role that the paper has
    rate: Name
    is_: Annotated[Roles, Field(alias="is")]
    decimals: Annotated[int, Field(ge=0, le=8)] = 2        # at least so many of a printed rate, which is rounded
    inverse: bool = False                                  # the rate may be quoted the other way round


class Column(Model):
    """A heading figure and the rows of the paper that it is the sum of."""

    of: list[Name] = []                                    # the rows': the first role there is; none: same label
    is_: Annotated[list[Name], Field(alias="is")] = []     # the heading figure: the first role that the paper has
    less: list[Name] = []                                  # the rows may leave out what the heading holds besides: tax
    unless: list[Name] = []                                # stated besides: rows that are off show nothing
    generic: list[str] = []                                # words that say nothing of what is added up: total, amount
    never: list[Name] = []                                 # figures that are not added up: prices, rates, balances


class Reading(Model):
    """Which movements add to a balance and which take from it; `neutral` ones do neither."""

    plus: list[Name] = []
    minus: list[Name] = []
    neutral: list[Name] = []
    needs: list[Name] = []     # it is no reading of what does not state these


class Roll(Model):
    """A balance carried forward over the figures that stand between: opening + plus - minus = ending."""

    opening: Name
    ending: Name
    readings: Annotated[list[Reading], Field(min_length=1)]    # in their order; one that holds is enough


class Relation(Model):
    """Exactly one of the four."""

    sum: Sum | None = None
    product: Product | None = None
    column: Column | None = None
    roll: Roll | None = None

    @property
    def named(self) -> list[Name]:
        """The roles that it names."""
        if self.sum:
            parts = [roles_of(each) for each in (*self.sum.plus, *self.sum.minus, *self.sum.needs)]
            return [*(name for each in parts for name in each), *self.sum.is_, *self.sum.neutral]
        if self.product:
            return [*self.product.of, self.product.rate, *self.product.is_]
        if self.column:
            return [*self.column.of, *self.column.is_, *self.column.less, *self.column.unless, *self.column.never]
        assert self.roll
        within = [name for each in self.roll.readings for name in (*each.plus, *each.minus, *each.neutral, *each.needs)]
        return [self.roll.opening, self.roll.ending, *within]

    @property
    def kinds(self) -> int:
        return sum(each is not None for each in (self.sum, self.product, self.column, self.roll))


class Recalculation(CheckOptions):
    """Do the figures of a paper agree with one another?"""

    OUTCOMES: ClassVar[tuple[str, ...]] = ("miscalculated",)

    check: Literal["recalculation"]
    records: Name = "stated_figure"
    where: Expression | None = None
    roles: Mapping[Name, Expression]       # a figure has the first whose condition holds
    ignored: list[Name] = []               # roles of what is no figure of the paper's arithmetic: a life, a count
    relations: Annotated[list[Relation], Field(min_length=1)]
    within: Annotated[QuotedText, Figure("amount")] = "0"      # how far a figure may lie off

    def records_used(self) -> Iterator[RecordsUse]:
        yield RecordsUse(("records",), self.records)

    def expressions_used(self, scopes: Scopes) -> Iterator[ExpressionUse]:
        yield from optional_use(("where",), self.where, scopes.bare(self.records), "condition")
        for name, condition in self.roles.items():
            yield ExpressionUse(("roles", name), condition, scopes.bare(self.records), "condition")

    def outcome_scope(self, scopes: Scopes, outcome: str) -> Scope:
        return scopes.outcome({"l": self.records})

    def form_errors(self, marked: Marked) -> Iterator[AuditorError]:
        for number, relation in enumerate(self.relations):
            loc = ("relations", number)
            if relation.kinds != 1:
                yield _wrong(marked, loc, _ONE_KIND)
                continue
            for name in dict.fromkeys(relation.named):
                if name not in self.roles:
                    yield _wrong(marked, loc, _role(name, self.roles))
        for number, name in enumerate(self.ignored):
            if name not in self.roles:
                yield _wrong(marked, ("ignored", number), _role(name, self.roles))

    def sides(self) -> tuple[str, str]:
        return self.records, self.records

    def figure_unit(self, rule: BoundRule, outcome: str, field: str | None, column: str) -> Unit | None:
        return "money"


_ONE_KIND = Text("exactly one of sum, product, column, roll", "sum、product、column、roll 中恰好一个")


def _role(name: str, roles: Mapping[str, str]) -> Text:
    like = nearest(name, roles) or "-"
    return Text(
        f"roles that stand under `roles:`; {name} does not (nearest: {like})",
        f"`roles:` 中已有的角色；{name} 不在其中（最接近：{like}）",
    )


def _wrong(marked: Marked, loc: tuple[str | int, ...], allowed: Text) -> WrongValue:
    return WrongValue(
        marked.place(loc), marked.text(loc), key=str(loc[0]), allowed_en=allowed.en, allowed_zh=allowed.zh
    )
