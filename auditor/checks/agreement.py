"""When two records agree in the fields that a rule names: the criteria of `on` as SQL conditions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from auditor.checks.sources import Records
from auditor.checks.templates import literal, quoted
from auditor.rules.schema import Criterion, Days, On

# A name as it is compared where no master knows it: case, blanks and the width of brackets do not count.
_BARE_NAME = "regexp_replace(translate(upper({0}), '（）', '()'), '\\s', '', 'g')"


@dataclass(frozen=True, slots=True)
class Agreement:
    """Conditions over two aliases. `equal` are plain equalities, pairs of expressions; `near` are all others."""

    equal: tuple[tuple[str, str], ...]
    near: tuple[str, ...]

    @property
    def condition(self) -> str:
        return " AND ".join([*(f"{a} = {b}" for a, b in self.equal), *(f"({each})" for each in self.near)])


def agreement(
    on: Sequence[On], left: Records, right: Records, left_alias: str = "l", right_alias: str = "r"
) -> Agreement:
    """What `on` asks of a left and a right record. A null agrees with nothing."""
    equal: list[tuple[str, str]] = []
    near: list[str] = []
    for entry in on:
        for name, criterion in {entry: None}.items() if isinstance(entry, str) else entry.items():
            a, b = f"{left_alias}.{quoted(name)}", f"{right_alias}.{quoted(name)}"
            if criterion is None:
                equal.append((a, b))
            elif criterion.same == "party":
                equal.append((_party(left, name, left_alias), _party(right, name, right_alias)))
            else:
                near.append(_near(criterion, a, b))
    return Agreement(tuple(equal), tuple(near))


def date_fields(on: Sequence[On], left: Records, right: Records) -> list[str]:
    """The fields by which the nearest of several candidates is told: those with a window in days, else `date`."""
    windows = [
        name
        for entry in on
        if not isinstance(entry, str)
        for name, criterion in entry.items()
        if criterion.days is not None or criterion.working_days is not None
    ]
    return windows or [name for name in ("date",) if left.has(name) and right.has(name)]


def _party(given: Records, name: str, alias: str) -> str:
    """What a party is compared by: the id of its master's entry; its bare name where no master knows it."""
    bare = _BARE_NAME.format(f"{alias}.{quoted(name)}")
    return f"coalesce({alias}.{quoted(name + '__id')}, '=' || {bare})" if given.has(f"{name}__id") else f"'=' || {bare}"


def _near(criterion: Criterion, a: str, b: str) -> str:
    if criterion.days is not None:
        before, after = window(criterion.days)
        return f"{b} BETWEEN {a} - {before} AND {a} + {after}"
    if criterion.working_days is not None:
        before, after = window(criterion.working_days)
        return f"working_days({a}, {b}) BETWEEN -{before} AND {after}"
    if criterion.within is not None:
        return f"abs({a} - {b}) <= CAST({literal(criterion.within)} AS DECIMAL(18,5))"
    if criterion.percent is not None:
        return f"abs({a} - {b}) <= abs(percent_of({a}, {literal(criterion.percent)}))"
    digits = "list_sort(string_split(regexp_replace({0}, '[^0-9A-Z]', '', 'g'), ''))"
    return f"{digits.format(a)} = {digits.format(b)}"


def window(days: int | str | Days) -> tuple[int, int]:
    """Days before and after. One number is the same both ways; parameters have become numbers by now."""
    if isinstance(days, Days):
        return int(days.before), int(days.after)
    return int(days), int(days)
