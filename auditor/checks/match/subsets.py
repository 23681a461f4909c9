"""Which records add up to an amount, and which of several groups can stand together. Whole numbers only.

Items are classes of twins: a value and how many records have it. A subset is therefore a choice of how many of each,
and two subsets that differ only in which twin they take are one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from auditor.checks.match.choice_sums import Counts, Item, all_within, around, choice_sums
from auditor.checks.match.joined import Joined

MANY = 200  # solutions of one target that are kept; with more the search counts as stopped
MOST_GROUPS = 400  # of which a choice is sought
STEPS = 20_000  # partial choices of groups that are looked at


@dataclass(frozen=True, slots=True)
class Found:
    """Subsets that add up, and whether all subsets were looked at."""

    subsets: tuple[Counts, ...]
    complete: bool


@dataclass(frozen=True, slots=True, order=True)
class Group:
    """Left and right classes that add up to each other."""

    left: Counts
    right: Counts


@dataclass(frozen=True, slots=True)
class Packing:
    """Groups that stand in every best choice, how often each; and sets of groups between which nothing decides."""

    taken: tuple[tuple[Group, int], ...]
    undecided: tuple[tuple[tuple[Group, ...], bool], ...]  # the groups, and whether all choices were looked at


def adding_up(items: Sequence[Item], target: int, slack: int, most: int, budget: int, fewest: int = 2) -> Found:
    """The subsets of `fewest` to `most` records whose values add up to `target`, give or take `slack`.

    Meets in the middle: all subsets of either half, joined by what is missing. How many there are is known beforehand;
    beyond `budget` only smaller subsets are looked at and the result is not complete.
    """
    every = sorted(items, key=lambda item: (item.value, item.number))
    items = _possible(every, target, slack)
    if sum(item.count for item in items) < fewest or _out_of_reach(items, target, slack, most):
        return Found((), True)
    halves = items[::2], items[1::2]
    depth = most
    while depth >= fewest and not all_within(halves, depth, budget):
        depth -= 1
    complete = depth == most or depth >= sum(item.count for item in items)
    if depth < fewest:
        return Found((), False)
    if all_within((every[::2], every[1::2]), depth, budget):  # no more is found, and others seek among the same
        halves = every[::2], every[1::2]
    first, second = (choice_sums(tuple(half), depth) for half in halves)
    found: list[Counts] = []
    for place, others in second.between(around(-first.totals, target - slack), around(-first.totals, target + slack)):
        size = int(first.sizes[place])
        fitting = [each for each in others if fewest <= size + int(second.sizes[each]) <= depth]
        found += [tuple(sorted(first.choice(place) + second.choice(each))) for each in fitting[: MANY + 1]]
        if len(found) > MANY:
            return Found(tuple(sorted(found)[:MANY]), False)
    return Found(tuple(sorted(found)), complete)


def pack(groups: Sequence[Group], left: Mapping[int, int], right: Mapping[int, int]) -> Packing:
    """Choose groups that use no record twice: as many as possible, and only those that every such choice contains."""
    taken: list[tuple[Group, int]] = []
    undecided: list[tuple[tuple[Group, ...], bool]] = []
    for component in _components(sorted(set(groups))):
        best, complete = _most_groups(component, left, right)
        if not complete:
            undecided.append((tuple(component), False))
            continue
        common = [min(each[n] for each in best) for n in range(len(component))]
        taken += [(group, count) for group, count in zip(component, common, strict=True) if count]
        if len(best) > 1:
            used_left, used_right = _used([g for g, n in zip(component, common, strict=True) for _ in range(n)])
            rest = [g for g in component if _fits(g, left, right, used_left, used_right)]
            undecided += [(tuple(each), True) for each in _components(rest)]
    return Packing(tuple(taken), tuple(undecided))


def _possible(items: list[Item], target: int, slack: int) -> list[Item]:
    """Without what is too large to be part of the sum, where no value can bring it down again."""
    if items and items[0].value >= 0:
        return [item for item in items if item.value <= target + slack]
    if items and items[-1].value <= 0:
        return [item for item in items if item.value >= target - slack]
    return items


def _out_of_reach(items: Sequence[Item], target: int, slack: int, most: int) -> bool:
    def extreme(ordered: Sequence[Item]) -> int:
        values = [item.value for item in ordered for _ in range(min(item.count, most))][:most]
        return sum(values)

    highest = extreme([item for item in reversed(items) if item.value > 0])
    lowest = extreme([item for item in items if item.value < 0])
    return highest < target - slack or lowest > target + slack


def _components(groups: Sequence[Group]) -> list[list[Group]]:
    """Groups that share a class belong together."""
    joined = Joined[tuple[str, int]]()

    def nodes(group: Group) -> list[tuple[str, int]]:
        return [("l", n) for n, _ in group.left] + [("r", n) for n, _ in group.right]

    for group in groups:
        first, *others = nodes(group)
        for other in others:
            joined.join(other, first)
    together: dict[tuple[str, int], list[Group]] = defaultdict(list)
    for group in groups:
        together[joined.root(nodes(group)[0])].append(group)
    return sorted(sorted(each) for each in together.values())


def _used(groups: Sequence[Group]) -> tuple[dict[int, int], dict[int, int]]:
    left: dict[int, int] = defaultdict(int)
    right: dict[int, int] = defaultdict(int)
    for group in groups:
        for number, count in group.left:
            left[number] += count
        for number, count in group.right:
            right[number] += count
    return left, right


def _fits(
    group: Group,
    left: Mapping[int, int],
    right: Mapping[int, int],
    used_left: Mapping[int, int],
    used_right: Mapping[int, int],
) -> bool:
    return all(left[n] - used_left.get(n, 0) >= count for n, count in group.left) and all(
        right[n] - used_right.get(n, 0) >= count for n, count in group.right
    )


def _most_groups(
    groups: Sequence[Group], left: Mapping[int, int], right: Mapping[int, int]
) -> tuple[list[tuple[int, ...]], bool]:
    """All choices (how often each group) with the most groups; False if the search stopped."""
    if len(groups) > MOST_GROUPS:  # deeper than the search could ever get
        return [], False
    needed = [free[n] for group in groups for free, part in ((left, group.left), (right, group.right)) for n, _ in part]
    if set(needed) == {1}:
        return _most_at_once(groups)
    best: list[tuple[int, ...]] = []
    most = 0
    steps = 0
    used_left: dict[int, int] = defaultdict(int)
    used_right: dict[int, int] = defaultdict(int)
    chosen: list[int] = []

    def room(group: Group) -> int:
        return min(
            [(left[n] - used_left[n]) // count for n, count in group.left]
            + [(right[n] - used_right[n]) // count for n, count in group.right]
        )

    def use(group: Group, times: int) -> None:
        for number, count in group.left:
            used_left[number] += count * times
        for number, count in group.right:
            used_right[number] += count * times

    def visit(index: int, done: int) -> bool:
        nonlocal most, steps
        steps += 1
        if steps > STEPS:
            return False
        if done + sum(room(group) for group in groups[index:]) < most:
            return True
        if index == len(groups):
            if done > most:
                best.clear()
                most = done
            best.append(tuple(chosen))
            return True
        for times in range(room(groups[index]), -1, -1):
            use(groups[index], times)
            chosen.append(times)
            going = visit(index + 1, done + times)
            chosen.pop()
            use(groups[index], -times)
            if not going:
                return False
        return True

    return (best, True) if visit(0, 0) else ([], False)


def _most_at_once(groups: Sequence[Group]) -> tuple[list[tuple[int, ...]], bool]:
    """The same where every class is one record: a group is taken once or not, and bars those that share a record."""
    members = [{("l", n) for n, _ in group.left} | {("r", n) for n, _ in group.right} for group in groups]
    holders: dict[tuple[str, int], int] = defaultdict(int)  # by record the groups that need it, a bit each
    for place, each in enumerate(members):
        for member in each:
            holders[member] |= 1 << place
    barred = [0] * len(groups)
    for place, each in enumerate(members):
        for member in each:
            barred[place] |= holders[member]
    best: list[int] = []
    most = steps = 0
    waiting = [((1 << len(groups)) - 1, 0, 0)]  # groups that may still be taken, those that are, how many these are
    while waiting:
        steps += 1
        if steps > STEPS:
            return [], False
        open_, chosen, done = waiting.pop()
        if done + open_.bit_count() < most:
            continue
        if not open_:
            if done > most:
                best.clear()
                most = done
            best.append(chosen)
            continue
        first = open_ & -open_
        waiting.append((open_ & ~first, chosen, done))
        waiting.append((open_ & ~barred[first.bit_length() - 1], chosen | first, done + 1))
    return [tuple(each >> place & 1 for place in range(len(groups))) for each in best], True
