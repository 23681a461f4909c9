"""How two values of one field must agree, as SQL over the records `l` and `r` of the two sides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from auditor.checks.match.errors import FieldNotThere
from auditor.checks.sources import Records
from auditor.checks.templates import literal, quoted
from auditor.rules.schema import Criterion, Days, On

NUMBERS = ("DECIMAL", "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "UBIGINT", "UINTEGER")


@dataclass(frozen=True, slots=True)
class Test:
    """One criterion.

    `key` is a pair of expressions that are equal just where the criterion holds, for a join by hash; else None.
    `holds` is the condition in full. `gap` is how far apart the values lie (days or an amount), to choose the nearer
    of two candidates; None where there is no more and less.
    """

    field: str
    kind: str  # equal, party, days, working_days, within, percent, digits
    holds: str
    key: tuple[str, str] | None = None
    gap: str | None = None
    nothing: str = "FALSE"  # neither side has a value

    @property
    def differs(self) -> str:
        """For a comparison: a value against none differs, none against none does not."""
        if self.kind == "equal" and self.key:
            return f"{self.key[0]} IS DISTINCT FROM {self.key[1]}"
        return f"(({self.holds}) IS NOT TRUE AND NOT ({self.nothing}))"


def is_number(sql_type: str) -> bool:
    return sql_type.upper().startswith(NUMBERS)


def name_and_criterion(on: On) -> tuple[str, Criterion | None]:
    """The field and the criterion of one entry of `on`; None is plain equality."""
    if isinstance(on, Mapping):
        ((name, criterion),) = on.items()
        return name, criterion
    return on, None


def party_column(field: str) -> str:
    """The column of a side that says whom a field names: the number in the master, else the name in normal form."""
    return f"_party_{field}"


def working_column(field: str) -> str:
    """The column of a side with the number of the working day of a date."""
    return f"_working_{field}"


def test(field: str, criterion: Criterion | None, left: Records, right: Records) -> Test:
    """The criterion on `field` as SQL. Both sides must have the field."""
    for side in (left, right):
        if not side.has(field):
            raise FieldNotThere(None, field, records=side.name, field=field, allowed=", ".join(side.fields))
    lv, rv = f"l.{quoted(field)}", f"r.{quoted(field)}"
    nothing = f"{lv} IS NULL AND {rv} IS NULL"
    if criterion is None:
        return Test(field, "equal", *_equality(lv, rv, left.columns[field], right.columns[field]), nothing=nothing)
    if criterion.same:
        lv, rv = (f"{side}.{quoted(party_column(field))}" for side in "lr")
        return Test(field, "party", f"{lv} = {rv}", (lv, rv), nothing=f"{lv} IS NULL AND {rv} IS NULL")
    if criterion.digits:
        key = (_digits(lv), _digits(rv))
        return Test(field, "digits", f"{key[0]} = {key[1]}", key, nothing=nothing)
    if criterion.days is not None:
        return _days(field, lv, rv, criterion.days, nothing)
    if criterion.working_days is not None:
        return _working_days(field, lv, rv, criterion.working_days, nothing)
    return _amounts(field, lv, rv, criterion, nothing)


def span(window: int | str | Days) -> tuple[int, int]:
    """Days before and after; a plain number means both."""
    if isinstance(window, Days):
        return int(window.before), int(window.after)
    return int(window), int(window)


def tolerance(criterion: Criterion, of: str) -> str:
    """The greatest difference that `criterion` lets pass; `of` is the left value, for one in per cent."""
    if criterion.percent is not None:
        share = f"CAST({literal(str(criterion.percent))} AS DECIMAL(12,5))"
        return f"CAST(abs({of}) AS DECIMAL(38,5)) * {share} * 0.01"
    return f"CAST({literal(str(criterion.within or '0'))} AS DECIMAL(18,5))"


def _equality(lv: str, rv: str, left_type: str, right_type: str) -> tuple[str, tuple[str, str]]:
    """Equality of two fields. A number and a text are compared as numbers, never in the order of characters."""
    if is_number(left_type) != is_number(right_type) and "VARCHAR" in (left_type, right_type):
        lv, rv = (
            value if is_number(kind) else f"TRY_CAST({value} AS DECIMAL(18,5))"
            for value, kind in ((lv, left_type), (rv, right_type))
        )
    elif left_type != right_type and "VARCHAR" in (left_type, right_type):
        lv, rv = (f"CAST({value} AS VARCHAR)" for value in (lv, rv))
    return f"{lv} = {rv}", (lv, rv)


def _digits(value: str) -> str:
    bare = f"regexp_replace(text_of({value}), '[^0-9]', '', 'g')"
    return f"array_to_string(list_sort(string_split({bare}, '')), '')"


def _days(field: str, lv: str, rv: str, window: int | str | Days, nothing: str) -> Test:
    before, after = span(window)
    gap = f"abs({rv} - {lv})"
    if before == after == 0:
        return Test(field, "days", f"{lv} = {rv}", (lv, rv), gap, nothing)
    return Test(field, "days", f"{rv} - {lv} BETWEEN -{before} AND {after}", None, gap, nothing)


def _working_days(field: str, lv: str, rv: str, window: int | str | Days, nothing: str) -> Test:
    before, after = span(window)
    lw, rw = (f"{side}.{quoted(working_column(field))}" for side in "lr")
    # the same day agrees with itself even where no calendar reaches
    holds = f"({lv} = {rv} OR {rw} - {lw} BETWEEN -{before} AND {after})"
    return Test(field, "working_days", holds, None, f"abs({rv} - {lv})", nothing)


def _amounts(field: str, lv: str, rv: str, criterion: Criterion, nothing: str) -> Test:
    gap = f"abs({rv} - {lv})"
    kind = "percent" if criterion.percent is not None else "within"
    if kind == "within" and not str(criterion.within or "0").strip("0."):
        return Test(field, "equal", f"{lv} = {rv}", (lv, rv), gap, nothing)
    return Test(field, kind, f"{gap} <= {tolerance(criterion, lv)}", None, gap, nothing)
