"""The search for groups that add up, among classes of twins: one against several, several against several.

What is found is accepted only where it is the one way to explain its records; else the ways are listed, or it is said
that the search stopped.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from auditor.checks.criteria.model import Criterion
from auditor.checks.match.choice_sums import Counts, Item, all_within, around, choice_sums
from auditor.checks.match.joined import Joined
from auditor.checks.match.options import Groups
from auditor.checks.match.plan import Stage
from auditor.checks.match.sides import SIDES
from auditor.checks.match.state import State
from auditor.checks.match.subsets import MOST_GROUPS, Group, adding_up, pack
from auditor.checks.match.undecided import Alternatives

SCALE = 100_000  # amounts are whole numbers of hundred-thousandths
UNBOUNDED = 10**30  # beyond every amount that there can be
Rows = list[tuple[list[int], list[int]]]  # records of the left and right side of each group


@dataclass
class ClassesOfSide:
    """The classes of twins of one side: value, number and records of each."""

    items: dict[int, Item] = field(default_factory=dict)
    ids: dict[int, list[int]] = field(default_factory=dict)

    def records(self, counts: Counts) -> list[int]:
        """The first records of the classes that `counts` names."""
        return [i for number, count in counts for i in self.ids[number][:count]]

    def sum_of(self, counts: Counts) -> int:
        return sum(self.items[number].value * count for number, count in counts)

    def take(self, counts: Counts) -> list[int]:
        taken = self.records(counts)
        for number, count in counts:
            del self.ids[number][:count]
        return taken

    @property
    def free(self) -> dict[int, int]:
        return {number: len(ids) for number, ids in self.ids.items()}


@dataclass(frozen=True, slots=True)
class SumTolerance:
    """How far the sums of a group may differ, in hundred-thousandths."""

    criterion: Criterion

    @property
    def relative(self) -> bool:
        return self.criterion.percent is not None

    @property
    def fixed(self) -> int:
        """The greatest difference where it is the same for all sums."""
        return int(Decimal(str(self.criterion.within or "0")) * SCALE)

    def widest(self, value: int) -> int:
        """The greatest difference to a sum of this value on one side, whatever stands on the other."""
        if not self.relative:
            return self.fixed
        share = self._share
        return int(abs(value) * share / (1 - share)) + 1 if share < 1 else UNBOUNDED

    def lets_pass(self, left: int, right: int) -> bool:
        if not self.relative:
            return abs(right - left) <= self.fixed
        bases = {"left": abs(left), "right": abs(right), "larger": max(abs(left), abs(right))}
        return abs(right - left) <= bases[self.criterion.of or "left"] * self._share

    @property
    def _share(self) -> Decimal:
        return Decimal(str(self.criterion.percent)) / 100


def one_against_several(
    state: State,
    stage: Stage,
    options: Groups,
    left: ClassesOfSide,
    right: ClassesOfSide,
    fits: set[tuple[int, int]],
    tolerance: SumTolerance,
) -> Rows:
    """1:N and N:1. What cannot be decided is noted in `state`."""
    partners: dict[tuple[str, int], list[int]] = defaultdict(list)
    for one, other in sorted(fits):
        partners["left", one].append(other)
        partners["right", other].append(one)
    groups: list[Group] = []
    stopped: list[tuple[str, int]] = []
    # those with the same candidates follow upon one another, whose sums are then worked out once
    for (side, number), others in sorted(partners.items(), key=lambda each: (each[0][0], each[1], each[0][1])):
        own, away = (left, right) if side == "left" else (right, left)
        target = own.items[number]
        if not target.value:
            continue
        margin = tolerance.widest(target.value)
        found = adding_up([away.items[each] for each in others], target.value, margin, options.most, options.search)
        for subset in found.subsets:
            group = Group(((number, 1),), subset) if side == "left" else Group(subset, ((number, 1),))
            if tolerance.lets_pass(left.sum_of(group.left), right.sum_of(group.right)):
                groups.append(group)
        if not found.complete:
            stopped.append((side, number))
    return _decide(state, stage, groups, stopped, left, right)


def _decide(
    state: State,
    stage: Stage,
    groups: Sequence[Group],
    stopped: Iterable[tuple[str, int]],
    left: ClassesOfSide,
    right: ClassesOfSide,
) -> Rows:
    """Take the groups that are the one way to explain their records; note the others."""
    unsure = set(stopped)
    sure = [g for g in groups if not (_members(g) & unsure)]
    packing = pack(groups, left.free, right.free)
    # a group of which a member might belong elsewhere for all that is known is not taken
    doubted = {member for h in groups if (members := _members(h)) & unsure for member in members}
    certain = {g for g in sure if not _members(g) & doubted}
    rows: Rows = []
    undecided = list(packing.undecided)
    for group, count in packing.taken:
        if group not in certain:
            undecided.append(((group,), False))
            continue
        rows += [(left.take(group.left), right.take(group.right)) for _ in range(count)]
    listed: set[tuple[str, int]] = set()
    for ways, complete in undecided:
        members = set().union(*(_members(g) for g in ways))
        listed |= members
        state.undecided.append(_alternatives(stage, ways, members, left, right, complete and not (members & unsure)))
    for side, number in sorted(unsure - listed):
        ids = (tuple((left if side == "left" else right).ids[number]),)
        if ids[0]:
            state.undecided.append(
                Alternatives(stage.number, ids if side == "left" else (), ids if side == "right" else (), (), False)
            )
    return rows


def _alternatives(
    stage: Stage,
    ways: Sequence[Group],
    members: set[tuple[str, int]],
    left: ClassesOfSide,
    right: ClassesOfSide,
    complete: bool,
) -> Alternatives:
    lefts = {n: place for place, n in enumerate(sorted(n for side, n in members if side == "left"))}
    rights = {n: place for place, n in enumerate(sorted(n for side, n in members if side == "right"))}
    options = tuple(
        (tuple((lefts[n], count) for n, count in way.left), tuple((rights[n], count) for n, count in way.right))
        for way in ways
    )
    return Alternatives(
        stage.number,
        tuple(tuple(left.ids[n]) for n in lefts),
        tuple(tuple(right.ids[n]) for n in rights),
        options,
        complete,
    )


def _members(group: Group) -> set[tuple[str, int]]:
    return {("left", n) for n, _ in group.left} | {("right", n) for n, _ in group.right}


def several_against_several(
    state: State,
    stage: Stage,
    options: Groups,
    left: ClassesOfSide,
    right: ClassesOfSide,
    fits: set[tuple[int, int]],
    tolerance: SumTolerance,
) -> Rows:
    """N:M among what is neither taken nor undecided by now."""
    unclear = {(side, i) for side in SIDES for each in state.undecided for twins in each.classes(side) for i in twins}
    free = {
        (side, number)
        for side, made in (("left", left), ("right", right))
        for number, ids in made.ids.items()
        if ids and not any((side, i) in unclear for i in ids)
    }
    groups: list[Group] = []
    for lefts, rights in _blocks(sorted(e for e in fits if ("left", e[0]) in free and ("right", e[1]) in free)):
        one = [replace(left.items[n], count=len(left.ids[n])) for n in lefts]
        other = [replace(right.items[n], count=len(right.ids[n])) for n in rights]
        found = _equal_sums(one, other, fits, tolerance, options)
        if found is None:
            state.remarks.append(
                (
                    f"pass “{stage.title.en}”: {len(lefts)} against {len(rights)} records are too many for groups on "
                    "both sides; search stopped",
                    f"“{stage.title.zh}”一层：{len(lefts)} 对 {len(rights)} 条记录的多对多组合超出搜索范围，已停止搜索",
                )
            )
            continue
        groups += found
    return _decide(state, stage, groups, (), left, right)


def _blocks(edges: Sequence[tuple[int, int]]) -> list[tuple[list[int], list[int]]]:
    """The classes by connected component, in the order of their first edges."""
    joined = Joined[tuple[str, int]]()
    for one, other in edges:
        joined.join(("left", one), ("right", other))
    blocks: dict[tuple[str, int], tuple[set[int], set[int]]] = {}
    for one, other in edges:
        lefts, rights = blocks.setdefault(joined.root(("left", one)), (set(), set()))
        lefts.add(one)
        rights.add(other)
    return [(sorted(lefts), sorted(rights)) for lefts, rights in blocks.values()]


def _equal_sums(
    one: Sequence[Item], other: Sequence[Item], fits: set[tuple[int, int]], tolerance: SumTolerance, options: Groups
) -> list[Group] | None:
    """Groups of two or more on either side with equal sums, that contain no smaller such group. None if there are too
    many to look at, or so many that none could ever be told to be the one."""
    if not all_within((one, other), options.most, options.search):
        return None
    lefts, rights = (choice_sums(tuple(each), options.most) for each in (one, other))
    found: list[Group] = []
    margin = tolerance.fixed
    if tolerance.relative:
        margin = max(tolerance.widest(int(total)) for total in (lefts.totals[0], lefts.totals[-1]))
    for place, others in rights.between(around(lefts.totals, -margin), around(lefts.totals, margin)):
        chosen = lefts.choice(place)
        for each in others if chosen else ():
            taken = rights.choice(each)
            if not tolerance.lets_pass(int(lefts.totals[place]), int(rights.totals[each])) or not taken:
                continue
            if all((a, b) in fits for a, _ in chosen for b, _ in taken):
                found.append(Group(chosen, taken))
        if len(found) > 10 * MOST_GROUPS:
            return None
    smallest = _smallest(found)
    return smallest if len(smallest) <= MOST_GROUPS else None


def _smallest(found: list[Group]) -> list[Group]:
    """The groups of two or more on either side that contain no other one."""
    found.sort(key=lambda g: (sum(n for _, n in g.left) + sum(n for _, n in g.right), g))
    smallest: list[Group] = []
    by_member: dict[int, list[Group]] = defaultdict(list)  # by the first class on the left, which what holds it holds
    for group in found:
        within = (each for number, _ in group.left for each in by_member[number])
        if not any(_within(each.left, group.left) and _within(each.right, group.right) for each in within):
            smallest.append(group)
            by_member[group.left[0][0]].append(group)
    return [g for g in smallest if sum(n for _, n in g.left) > 1 and sum(n for _, n in g.right) > 1]


def _within(small: Counts, large: Counts) -> bool:
    have = dict(large)
    return all(have.get(number, 0) >= count for number, count in small)
