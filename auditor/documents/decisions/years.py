"""The years of dates that state none, such as 12-28 in a statement from December to January.

Evidence, the strongest first: what the user declares, the extent that the document states (one year in which the day
lies inside), full dates of the same column above, the month or year of a heading, the period under audit, and last the
name of a file or folder. A month is taken in the year nearest to the stated one; a statement for which only a year is
stated must not run over New Year, since nothing would say on which side of it the year stands.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise

from auditor.documents.decisions.decision import Basis

Day = tuple[int, int]  # month and day
Extent = tuple[date, date]
_HALF_A_YEAR = timedelta(days=183)


@dataclass(frozen=True, slots=True)
class YearEvidence:
    """What the surroundings of a column say of its years; `months` and `years` with their basis, nearest first."""

    declared: int | None = None
    extent: Extent | None = None
    months: tuple[tuple[int, int, Basis], ...] = ()
    years: tuple[tuple[int, Basis], ...] = ()
    period: Extent | None = None


@dataclass(frozen=True, slots=True)
class Years:
    """The year of each row, None where nothing tells, and the weakest of what the years rest on."""

    years: tuple[int | None, ...] = ()
    basis: Basis = Basis.NOTHING
    outside: tuple[int, ...] = field(default=())  # rows that lie in no year of the stated extent


def complete(days: Sequence[Day | None], full: Sequence[date | None], evidence: YearEvidence) -> Years:
    """The years of the rows that have `days` and lack a year; `full` are the dates of the others, both in row order."""
    wanted = [day for day in days if day is not None]
    if not wanted:
        return Years((None,) * len(days))
    if evidence.declared is not None:
        return _with_one_year(days, evidence.declared, Basis.DECLARED)
    if evidence.extent is not None:
        return _inside(days, evidence.extent)
    if any(each is not None for each in full):
        return _following(days, full)
    one_year = not runs_over_new_year(days)
    for name_too in (False, True):
        for year, month, basis in evidence.months:
            if name_too == (basis is Basis.NAME):
                return _near(days, (date(year, month, 1), date(year, month, monthrange(year, month)[1])), basis)
        for year, basis in evidence.years:
            if name_too == (basis is Basis.NAME) and one_year:
                return _with_one_year(days, year, basis)
        if evidence.period is not None:
            return _near(days, evidence.period, Basis.PERIOD)
    return Years((None,) * len(days))


def of_one(day: Day, evidence: YearEvidence) -> Years:
    """The year of a day that stands alone, such as that of a heading; one outside of the extent is near to it."""
    found = complete([day], [None], evidence)
    return _near([day], evidence.extent, Basis.STATED) if found.outside and evidence.extent else found


def runs_over_new_year(days: Sequence[Day | None]) -> bool:
    """Whether the order of the rows shows that December and January stand side by side.

    True if days fall from the end of a year to its beginning, or in a list that goes back in time the other way.
    """
    wanted = [day for day in days if day is not None]
    falls = [(one, other) for one, other in pairwise(wanted) if other < one]
    rises = [(one, other) for one, other in pairwise(wanted) if other > one]
    fewer = falls if len(falls) <= len(rises) else rises
    return any(abs(one[0] - other[0]) > 6 for one, other in fewer)


def _with_one_year(days: Sequence[Day | None], year: int, basis: Basis) -> Years:
    return Years(tuple(year if day is not None and _day(year, day) else None for day in days), basis)


def _inside(days: Sequence[Day | None], extent: Extent) -> Years:
    """The year in which each day lies within the extent; where it has several, the order of the rows tells."""
    options = [_options(day, extent) if day is not None else () for day in days]
    outside = tuple(at for at, day in enumerate(days) if day is not None and not options[at])
    if any(len(each) > 1 for each in options):
        options = _in_order(days, options)
    found = tuple(each[0] if len(each) == 1 else None for each in options)
    return Years(found, Basis.STATED, outside)


def _options(day: Day, extent: Extent) -> tuple[int, ...]:
    years = range(extent[0].year, extent[1].year + 1)
    return tuple(year for year in years if (found := _day(year, day)) and extent[0] <= found <= extent[1])


def _in_order(days: Sequence[Day | None], options: Sequence[tuple[int, ...]]) -> list[tuple[int, ...]]:
    """Of several years that of a list which runs one way through time, if only one does; rows are left as they are if
    neither or both ways are possible and differ."""
    ways = [_one_way(days, options, back=back) for back in (False, True)]
    possible = [way for way in ways if way is not None]
    return list(possible[0]) if len(possible) == 1 or (possible and possible[0] == possible[-1]) else list(options)


def _one_way(
    days: Sequence[Day | None], options: Sequence[tuple[int, ...]], *, back: bool
) -> list[tuple[int, ...]] | None:
    """The years of the rows if time runs one way, from each end; what both ends agree on is certain."""
    places = [at for at, each in enumerate(options) if each]
    earliest, latest = dict[int, int](), dict[int, int]()
    for chosen, order, pick in ((earliest, places, min), (latest, places[::-1], max)):
        last: date | None = None
        for at in order if not back else order[::-1]:
            day = days[at]
            assert day is not None
            dated = [(found, year) for year in options[at] if (found := _day(year, day))]
            fitting = [each for each in dated if last is None or (each[0] >= last if pick is min else each[0] <= last)]
            if not fitting:
                return None
            last, chosen[at] = pick(fitting)
    return [
        ((earliest[at],) if earliest[at] == latest[at] else each) if at in earliest else each
        for at, each in enumerate(options)
    ]


def _following(days: Sequence[Day | None], full: Sequence[date | None]) -> Years:
    """A date without a year lies nearest to the full date above it (for the first rows: below them)."""
    found: list[int | None] = []
    last = next((each for each in full if each is not None), None)
    for day, each in zip(days, full, strict=True):
        last = each or last
        year = year_near(day, (last, last)) if day is not None and last is not None else None
        found.append(year)
        if year is not None and day is not None:
            last = _day(year, day)
    return Years(tuple(found), Basis.VALUES)


def _near(days: Sequence[Day | None], around: Extent, basis: Basis) -> Years:
    return Years(tuple(year_near(day, around) if day is not None else None for day in days), basis)


def year_near(day: Day, around: Extent) -> int | None:
    """The year in which a day lies within half a year of a stretch of time; None where two do alike."""
    distances = []
    for year in range(around[0].year - 1, around[1].year + 2):
        found = _day(year, day)
        if found is not None:
            away = max(around[0] - found, found - around[1], timedelta(0))
            distances.append((away, year))
    distances.sort()
    if not distances or distances[0][0] > _HALF_A_YEAR:
        return None
    alike = [year for away, year in distances if away == distances[0][0]]
    return alike[0] if len(alike) == 1 else None


def _day(year: int, day: Day) -> date | None:
    try:
        return date(year, *day)
    except ValueError:
        return None
