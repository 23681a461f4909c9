"""What a rule says to the check `match`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from auditor.checks.criteria.fit import fit_errors, pair_errors
from auditor.checks.criteria.model import TESTS, Criterion, On, Pair, fields_in, pairs_of
from auditor.checks.criteria.words import criterion_words, entry_words
from auditor.errors import AuditorError
from auditor.languages import Text
from auditor.marked_yaml import Marked
from auditor.rules.check_options import CheckOptions
from auditor.rules.conditions import Scope
from auditor.rules.errors import NeedsKey
from auditor.rules.schema import Expression, Model, Name, Source, Unit
from auditor.rules.scopes import (
    Columns,
    ExpressionUse,
    FieldUse,
    Loc,
    RecordsUse,
    Scopes,
    named_fields,
    optional_use,
)
from auditor.rules.words import field_words
from auditor.strict_yaml import Bilingual, missing_key, not_allowed, wrong_value

if TYPE_CHECKING:
    from auditor.rules.bound import BoundRule

Rank = Literal["latest", "earliest", "nearest"]
_SIDES = Text("left, right", "left、right")
_BESIDE_EXACT = "`exact: true` alone or with `hides`, or exactly one of " + ", ".join(TESTS)


class Groups(Model):
    """A pass that matches groups: 1:N, N:1 and, with `both`, N:M. Accepted only where unique."""

    most: Annotated[int, Field(ge=2, le=12)] = 6       # members on a side
    both: bool = False
    search: Annotated[int, Field(ge=1000)] = 200_000   # subsets looked at before the search stops
    whole: list[Name] = []                 # all open records of a side that are equal in these fields are one group; a
                                           # side that lacks one of them gives single records
    short: bool = False                    # of whole groups: those of several records that make less than one record


def _one_rank(entry: Mapping[str, Rank]) -> Mapping[str, Rank]:
    if len(entry) != 1:
        raise not_allowed("one field and which is taken: {date: latest}", "一个字段及取舍方式：{date: latest}")
    return entry


# Which of several candidates is taken: those equal in a field, or {date: latest}, {date: earliest}, {amount: nearest}.
Preference = Name | Annotated[Mapping[Name, Rank], AfterValidator(_one_rank)]


class Pass(Model):
    """One stage of a match. A record used in one stage is gone for the next."""

    name: Bilingual | None = None          # default: what its fields are called, and how far they may differ
    on: Annotated[list[On], Field(min_length=1)]
    where: Expression | None = None        # over l and r
    prefer: list[Preference] = []          # of several candidates: those equal in a field, or {date: latest}; then the
                                           # nearest date
    sum: Mapping[Name, Criterion] | None = None
    groups: Groups | None = None
    accept: bool = True                    # false: a pair found here is not a match but a finding of its own, `outcome`
    outcome: str | None = None             # what a pair of this pass is called besides (e.g. `timing`)

    @property
    def called(self) -> Bilingual:
        """Its name; passes of a rule that runs have one."""
        assert self.name is not None
        return self.name


class Compare(Criterion):
    """How two fields of a matched pair are compared (a criterion, or `exact`), and which later fields a difference
    explains.
    """

    exact: Literal[True] | None = None
    left: Name | None = None               # the field of the left record; default: the key itself
    right: Name | None = None
    hides: list[Name] = []                 # differences in these fields follow from one in this field

    @model_validator(mode="after")
    def _exact_alone(self) -> Self:
        if self.exact and (self.tests or self.fold or self.empty):
            raise not_allowed(_BESIDE_EXACT, _BESIDE_EXACT)
        return self

    def _says_more(self) -> bool:
        return bool(self.exact or self.left or self.right or self.hides or self.fold or self.empty)


How = Literal["exact"] | Compare


class Explained(Model):
    """What is open or differs for a good reason: counted as explained, not reported."""

    side: Literal["left", "right", "pair"]
    fields: list[Name] = []                # of a pair: the differing fields it explains; none = all
    when: Expression | None = None         # needed without `cancels`; with it, over the two records as l and r
    cancels: list[On] = []                 # of a side: what agrees in an open record and the one that cancels it
    untested: bool = False                 # of a side: what would show whether it agrees is not there
    title: Bilingual


class Match(CheckOptions):
    """Do two populations agree, record by record?"""

    OUTCOMES: ClassVar[tuple[str, ...]] = (
        "left_only", "right_only", "differs", "small_difference", "partly_settled", "left_duplicate",
        "right_duplicate", "ambiguous", "group_differs", "timing",
    )  # and what its passes call theirs; `differs.FIELD` for one field  # fmt: skip
    ABSENCES: ClassVar[frozenset[str]] = frozenset({"left_only", "right_only"})
    OF_FIELDS: ClassVar[tuple[str, ...]] = ("differs", "group_differs", "small_difference")

    check: Literal["match"]
    left: Source
    right: Source
    passes: Annotated[list[Pass], Field(min_length=1)]
    duplicates: list[Name] = []            # equal in these fields to a matched record of its side = a duplicate
    apart: list[Name] = []                 # of those, records that differ in one of these fields are not the same thing
    compare: Mapping[Name, How] = {}       # a field of both sides, or any name with {left: a, right: b}
    explained: list[Explained] = []
    measure: Name = "amount"               # the field whose sum is conserved
    settles: Literal["left", "right"] = "right"        # whose records pay for the other side's: `partly_settled`
    nearest: list[Name] = []               # fields by which the nearest miss is sought; default: those of the passes

    def records_used(self) -> Iterator[RecordsUse]:
        yield RecordsUse(("left", "records"), self.left.records)
        yield RecordsUse(("right", "records"), self.right.records)

    def fields_used(self) -> Iterator[FieldUse]:
        left, right = self.left.records, self.right.records
        for number, each in enumerate(self.passes):
            yield from self._fields_of_pass(("passes", number), each)
        for name, how in self.compare.items():
            yield from self._fields_of_comparison(name, how)
        for number, reason in enumerate(self.explained):
            named = [each for each in reason.fields if each not in self.compare]
            yield from named_fields(("explained", number, "fields"), named, left, right)
            yield from fields_in(("explained", number, "cancels"), reason.cancels, self._records(reason.side))
        yield from named_fields(("duplicates",), self.duplicates, left, right)
        yield from named_fields(("apart",), self.apart, left, right)
        yield from named_fields(("nearest",), self.nearest, left, right)
        if "measure" in self.model_fields_set:
            yield FieldUse(("measure",), self.measure, (left, right))

    def _fields_of_pass(self, loc: Loc, options: Pass) -> Iterator[FieldUse]:
        left, right = self.left.records, self.right.records
        yield from fields_in((*loc, "on"), options.on, left, right)
        for number, preference in enumerate(options.prefer):
            at: Loc = (*loc, "prefer", number)
            name, rank = preferred(preference)
            yield FieldUse((*at, name) if rank else at, name, (left, right), as_key=rank is not None)
        for name in options.sum or {}:
            yield FieldUse((*loc, "sum", name), name, (left, right), as_key=True)
        for number, name in enumerate(options.groups.whole if options.groups else ()):
            yield FieldUse((*loc, "groups", "whole", number), name, (right,))

    def _fields_of_comparison(self, name: str, how: How) -> Iterator[FieldUse]:
        pair = compared(name, how)
        for side, field, records in (("left", pair.left, self.left.records), ("right", pair.right, self.right.records)):
            stated = isinstance(how, Compare) and getattr(how, side) is not None
            yield FieldUse(("compare", name, side) if stated else ("compare", name), field, (records,), not stated)
        if isinstance(how, Compare):
            others = [each for each in how.hides if each not in self.compare]
            yield from named_fields(("compare", name, "hides"), others, self.left.records, self.right.records)

    def _records(self, side: str) -> str:
        return (self.left if side == "left" else self.right).records

    def expressions_used(self, scopes: Scopes) -> Iterator[ExpressionUse]:
        yield from scopes.source(("left",), self.left)
        yield from scopes.source(("right",), self.right)
        pair = scopes.sides({"l": self.left.records, "r": self.right.records})
        for number, each in enumerate(self.passes):
            yield from optional_use(("passes", number, "where"), each.where, pair, "condition")
        one = {
            "left": scopes.sides({"l": self.left.records}),
            "right": scopes.sides({"r": self.right.records}),
            "pair": pair,
        }
        for number, reason in enumerate(self.explained):
            scope = one[reason.side]
            if reason.cancels:
                records = self._records(reason.side)
                scope = scopes.sides({"l": records, "r": records})
            yield from optional_use(("explained", number, "when"), reason.when, scope, "condition")

    def outcome_scope(self, scopes: Scopes, outcome: str) -> Scope:
        return scopes.outcome({"l": self.left.records, "r": self.right.records})

    def outcome_names(self) -> list[str]:
        own = [each.outcome for each in self.passes if each.outcome]
        compared_fields = [f"{outcome}.{field}" for outcome in self.OF_FIELDS for field in self.compare]
        tolerated = [f"small_difference.{pair.name}" for pair in self.tolerant_pairs()]
        return list(dict.fromkeys([*self.OUTCOMES, *own, *compared_fields, *tolerated]))

    def tolerant_pairs(self) -> list[Pair]:
        """The fields by which passes match though they may differ by an amount."""
        pairs = [pair for each in self.passes for entry in each.on for pair in pairs_of(entry)]
        pairs += [
            Pair(left=name, right=name, criterion=criterion)
            for each in self.passes
            for name, criterion in (each.sum or {}).items()
        ]
        return [each for each in pairs if each.criterion is not None and each.criterion.tolerance]

    def form_errors(self, marked: Marked) -> Iterator[AuditorError]:
        """Passes that are no matches and do not say what they are instead; explanations without a condition; pairs that
        cannot cancel one another."""
        for number, each in enumerate(self.passes):
            if not each.accept and each.outcome is None:
                loc: Loc = ("passes", number, "accept")
                yield NeedsKey(marked.place(loc), marked.text(loc), key="accept: false", needs="outcome")
        for number, reason in enumerate(self.explained):
            loc = ("explained", number)
            if reason.when is None and not reason.cancels:
                yield missing_key(marked, loc, "when")
            elif reason.cancels and reason.side == "pair":
                yield wrong_value(marked, (*loc, "side"), _SIDES)

    def column_errors(self, marked: Marked, columns: Mapping[str, Columns]) -> Iterator[AuditorError]:
        left, right = columns[self.left.records], columns[self.right.records]
        for number, each in enumerate(self.passes):
            yield from fit_errors(marked, ("passes", number, "on"), each.on, left, right)
            for name, criterion in (each.sum or {}).items():
                pair = Pair(left=name, right=name, criterion=criterion)
                yield from pair_errors(marked, ("passes", number, "sum", name), pair, left, right)
        for name, how in self.compare.items():
            yield from pair_errors(marked, ("compare", name), compared(name, how), left, right)
        for number, reason in enumerate(self.explained):
            own = columns[self._records(reason.side)]
            yield from fit_errors(marked, ("explained", number, "cancels"), reason.cancels, own, own)

    def named(self, titles: Mapping[str, Text]) -> Self:
        passes = [
            each if each.name else each.model_copy(update={"name": pass_name(each, titles)}) for each in self.passes
        ]
        return self.model_copy(update={"passes": passes})

    def tier_titles(self) -> Mapping[str, Text]:
        return {str(number): each.name.text for number, each in enumerate(self.passes, 1) if each.name}

    def sides(self) -> tuple[str, str]:
        return self.left.records, self.right.records

    def lacking(self, outcome: str) -> str | None:
        return {"left_only": self.right.records, "right_only": self.left.records}.get(outcome)

    def figure_unit(self, rule: BoundRule, outcome: str, field: str | None, column: str) -> Unit | None:
        of_field = outcome in self.OF_FIELDS and outcome != "group_differs" and column == "difference"
        if not of_field or field is None:
            return rule.field_units.get(self.measure)
        how = self.compare.get(field)
        return rule.field_units.get(compared(field, how).left if how is not None else field)

    def population_unit(self, rule: BoundRule) -> Unit | None:
        return rule.field_units.get(self.measure)


def preferred(entry: Preference) -> tuple[str, Rank | None]:
    """The field of a preference, and which of several it takes; None: those that are equal in it."""
    if isinstance(entry, str):
        return entry, None
    ((name, rank),) = entry.items()
    return name, rank


def compared(name: str, how: How) -> Pair:
    """The two fields of a comparison, and the criterion (None: they are equal)."""
    if not isinstance(how, Compare):
        return Pair(left=name, right=name)
    criterion = how if how.tests or how.fold or how.empty else None
    return Pair(left=how.left or name, right=how.right or name, criterion=criterion)


def pass_name(options: Pass, titles: Mapping[str, Text]) -> Bilingual:
    """`slip no., amount, date within 3 working days` and `清单号、金额、日期 3 个工作日内`."""
    parts = [entry_words(each, titles) for each in options.on]
    for name, criterion in (options.sum or {}).items():
        part = criterion_words(field_words(name, titles), criterion)
        parts.append(Text(f"sum of {part.en}", f"{part.zh}合计"))
    if options.where:
        parts.append(Text("on a condition", "附条件"))
    return Bilingual(en=", ".join(each.en for each in parts), zh="、".join(each.zh for each in parts))
