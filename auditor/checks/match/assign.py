"""Who goes with whom where several candidates fit: mutual best first, then the best assignment if there is only one.

Works on classes of twins, by number. Nothing here depends on the order in which the edges come.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from auditor.checks.match.joined import Joined

STEPS = 20_000  # how many partial assignments of one component are looked at before the search stops


@dataclass(frozen=True, slots=True, order=True)
class Edge:
    """A left and a right class that may be paired. `score` 1 is best; `loud` pairs show in the report."""

    left: int
    right: int
    score: int
    loud: bool


@dataclass(frozen=True, slots=True)
class Tie:
    """Classes between which nothing decides: the candidates, and whether all assignments were looked at."""

    left: tuple[int, ...]
    right: tuple[int, ...]
    edges: tuple[tuple[int, int], ...]
    complete: bool

    def classes(self) -> dict[str, tuple[int, ...]]:
        return {"left": self.left, "right": self.right}


@dataclass(frozen=True, slots=True)
class Assignment:
    """Pairs (left class, right class, how many), and the ties that are left."""

    taken: tuple[tuple[int, int, int], ...]
    ties: tuple[Tie, ...]


def assign(edges: Iterable[Edge], left: Mapping[int, int], right: Mapping[int, int]) -> Assignment:
    """Assign classes; `left` and `right` say how many records each has.

    A pair is taken when each is the other's one best candidate, again and again. What remains is taken where all best
    assignments (the most pairs, then the better ones) report the same; else what they have in common is, and the rest
    is a tie.
    """
    free_left, free_right = dict(left), dict(right)
    taken: list[tuple[int, int, int]] = []
    ties: list[Tie] = []
    rest = _mutual(sorted(edges), free_left, free_right, taken)
    for component in components(rest):
        pairs, complete, settled = _settle(component, free_left, free_right)
        for (one, other), count in sorted(pairs.items()):
            free_left[one] -= count
            free_right[other] -= count
            taken.append((one, other, count))
        if not settled:
            open_edges = [e for e in component if free_left[e.left] and free_right[e.right]]
            ties += [_tie(each, complete) for each in components(open_edges)]
    return Assignment(tuple(taken), tuple(ties))


def components(edges: Sequence[Edge]) -> list[list[Edge]]:
    """The edges by connected component, in order."""
    joined = Joined[tuple[str, int]]()
    for edge in edges:
        joined.join(("l", edge.left), ("r", edge.right))
    groups: dict[tuple[str, int], list[Edge]] = defaultdict(list)
    for edge in edges:
        groups[joined.root(("l", edge.left))].append(edge)
    return sorted(sorted(group) for group in groups.values())


def _mutual(
    edges: list[Edge], left: dict[int, int], right: dict[int, int], taken: list[tuple[int, int, int]]
) -> list[Edge]:
    """Take what is strictly best on both sides until nothing is; the edges that remain."""
    while edges:
        best_left, best_right = _best(edges, "left"), _best(edges, "right")
        chosen = [e for e in edges if best_left[e.left] == e and best_right[e.right] == e]
        if not chosen:
            return edges
        for edge in chosen:
            count = min(left[edge.left], right[edge.right])
            left[edge.left] -= count
            right[edge.right] -= count
            taken.append((edge.left, edge.right, count))
        edges = [e for e in edges if left[e.left] and right[e.right]]
    return edges


def _best(edges: Sequence[Edge], side: str) -> dict[int, Edge | None]:
    """The one best edge of each class; None where several are equally good."""
    best: dict[int, tuple[int, Edge | None]] = {}
    for edge in edges:
        node = edge.left if side == "left" else edge.right
        if node not in best or edge.score < best[node][0]:
            best[node] = (edge.score, edge)
        elif edge.score == best[node][0]:
            best[node] = (edge.score, None)
    return {node: edge for node, (_, edge) in best.items()}


def _settle(
    edges: list[Edge], left: Mapping[int, int], right: Mapping[int, int]
) -> tuple[dict[tuple[int, int], int], bool, bool]:
    """What may be taken of a component, whether all was looked at, and whether this settles it."""
    lefts, rights = sorted({e.left for e in edges}), sorted({e.right for e in edges})
    supply, demand = sum(left[n] for n in lefts), sum(right[n] for n in rights)
    if len(edges) == len(lefts) * len(rights):
        # everybody fits everybody: all of the smaller side is used up, whoever goes with whom
        forced = (len(lefts) == 1 and supply >= demand) or (len(rights) == 1 and demand >= supply)
        silent = supply == demand and not any(e.loud for e in edges)
        if forced or silent:
            return _in_order(lefts, rights, left, right), True, True
    best, complete = _best_assignments(edges, left, right)
    if not complete or not best:
        return {}, complete, False
    reports = {_report(each, edges, left, right) for each in best}
    if len(reports) == 1:
        return min(best, key=lambda each: sorted(each.items())), True, True
    common = {pair: min(each.get(pair, 0) for each in best) for pair in best[0]}
    return {pair: count for pair, count in common.items() if count}, True, False


def _in_order(
    lefts: Sequence[int], rights: Sequence[int], left: Mapping[int, int], right: Mapping[int, int]
) -> dict[tuple[int, int], int]:
    pairs: dict[tuple[int, int], int] = {}
    waiting = [[node, right[node]] for node in rights]
    for node in lefts:
        free = left[node]
        while free and waiting:
            count = min(free, waiting[0][1])
            pairs[node, waiting[0][0]] = count
            free -= count
            waiting[0][1] -= count
            if not waiting[0][1]:
                waiting.pop(0)
    return pairs


def _report(
    pairs: Mapping[tuple[int, int], int], edges: Sequence[Edge], left: Mapping[int, int], right: Mapping[int, int]
) -> tuple[object, ...]:
    """All that a reader would see of an assignment: the pairs that show, and who is left over."""
    loud = {(e.left, e.right) for e in edges if e.loud}
    used_left: dict[int, int] = defaultdict(int)
    used_right: dict[int, int] = defaultdict(int)
    for (one, other), count in pairs.items():
        used_left[one] += count
        used_right[other] += count
    return (
        frozenset((pair, count) for pair, count in pairs.items() if pair in loud),
        tuple(left[n] - used_left[n] for n in sorted({e.left for e in edges})),
        tuple(right[n] - used_right[n] for n in sorted({e.right for e in edges})),
    )


def _best_assignments(
    edges: list[Edge], left: Mapping[int, int], right: Mapping[int, int]
) -> tuple[list[dict[tuple[int, int], int]], bool]:
    """All assignments with the most pairs and, among these, the best scores; False if the search stopped."""
    scores = sorted({e.score for e in edges})
    free_left, free_right = dict(left), dict(right)
    best: list[dict[tuple[int, int], int]] = []
    goal: tuple[int, ...] = ()
    chosen: dict[tuple[int, int], int] = {}
    tally = [0] * len(scores)
    steps = 0

    def reachable(index: int) -> int:
        later = edges[index:]
        return min(
            sum(free_left[n] for n in {e.left for e in later}), sum(free_right[n] for n in {e.right for e in later})
        )

    def visit(index: int) -> bool:
        nonlocal goal, steps
        steps += 1
        if steps > STEPS:
            return False
        done = sum(tally)
        if goal and done + reachable(index) < goal[0]:
            return True
        if index == len(edges):
            value = (done, *tally)
            if value >= goal:
                if value > goal:
                    best.clear()
                    goal = value
                best.append({pair: count for pair, count in chosen.items() if count})
            return True
        edge = edges[index]
        place = scores.index(edge.score)
        for count in range(min(free_left[edge.left], free_right[edge.right]), -1, -1):
            free_left[edge.left] -= count
            free_right[edge.right] -= count
            tally[place] += count
            chosen[edge.left, edge.right] = count
            going = visit(index + 1)
            free_left[edge.left] += count
            free_right[edge.right] += count
            tally[place] -= count
            chosen[edge.left, edge.right] = 0
            if not going:
                return False
        return True

    if len(edges) > 400:  # deeper than the search could ever get
        return [], False
    complete = visit(0)
    return best, complete


def _tie(edges: Sequence[Edge], complete: bool) -> Tie:
    return Tie(
        tuple(sorted({e.left for e in edges})),
        tuple(sorted({e.right for e in edges})),
        tuple(sorted((e.left, e.right) for e in edges)),
        complete,
    )
