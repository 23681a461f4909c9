"""What passes could not decide, and how much of it is still undecided when all passes have run."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from auditor.checks.match.joined import Joined

Twins = tuple[int, ...]  # records that stand for each other, in the order of their content
Need = tuple[tuple[int, int], ...]  # (place of a class of twins, how many of it)
Option = tuple[tuple[int, ...], tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Alternatives:
    """Classes of twins between which a pass could not decide, and the ways that would fit.

    Without any option the search stopped before it found one. `complete` says whether all ways were looked at.
    """

    stage: int
    left: tuple[Twins, ...]
    right: tuple[Twins, ...]
    options: tuple[tuple[Need, Need], ...]
    complete: bool

    def classes(self, side: str) -> tuple[Twins, ...]:
        return self.left if side == "left" else self.right


@dataclass(frozen=True, slots=True)
class OpenSet:
    """Open records that hang together: the passes that could not decide, the ways that are still open."""

    left: list[int]
    right: list[int]
    options: list[Option]
    stages: list[int]
    complete: bool


def open_sets(undecided: Iterable[Alternatives], free: Mapping[str, set[int]]) -> list[OpenSet]:
    """What is undecided still: the alternatives that need free records only, joined where they share records."""
    parts = [part for each in undecided if (part := _still_open(each, free))]
    return [_joined([parts[i] for i in together]) for together in _connected(parts)]


def _still_open(each: Alternatives, free: Mapping[str, set[int]]) -> OpenSet | None:
    classes = {
        side: [[i for i in twins if i in free[side]] for twins in each.classes(side)] for side in ("left", "right")
    }
    options = [
        (left, right)
        for left, right in each.options
        if _enough(left, classes["left"]) and _enough(right, classes["right"])
    ]
    if each.options and not options:
        return None
    places = {
        "left": {place for left, _ in options for place, _ in left} if each.options else set(range(len(each.left))),
        "right": {place for _, right in options for place, _ in right} if each.options else set(range(len(each.right))),
    }
    members = {side: [i for place in sorted(places[side]) for i in classes[side][place]] for side in ("left", "right")}
    if not members["left"] and not members["right"]:
        return None
    shown = [(_records(left, classes["left"]), _records(right, classes["right"])) for left, right in options]
    return OpenSet(members["left"], members["right"], shown, [each.stage], each.complete)


def _enough(need: Need, classes: Sequence[Sequence[int]]) -> bool:
    return all(len(classes[place]) >= count for place, count in need)


def _records(need: Need, classes: Sequence[Sequence[int]]) -> tuple[int, ...]:
    return tuple(i for place, count in need for i in classes[place][:count])


def _connected(parts: Sequence[OpenSet]) -> list[list[int]]:
    """The parts that share records, by their places, in order."""
    joined = Joined[int]()
    owner: dict[tuple[str, int], int] = {}
    for place, part in enumerate(parts):
        for record in [("left", i) for i in part.left] + [("right", i) for i in part.right]:
            joined.join(place, owner.setdefault(record, place))
    together: dict[int, list[int]] = defaultdict(list)
    for place in range(len(parts)):
        together[joined.root(place)].append(place)
    return list(together.values())


def _joined(parts: Sequence[OpenSet]) -> OpenSet:
    return OpenSet(
        list(dict.fromkeys(i for part in parts for i in part.left)),
        list(dict.fromkeys(i for part in parts for i in part.right)),
        list(dict.fromkeys(option for part in parts for option in part.options)),
        [stage for part in parts for stage in part.stages],
        all(part.complete for part in parts),
    )
