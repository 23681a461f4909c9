"""Which things hang together, in nearly as many steps as there are links between them."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Generic, TypeVar

T = TypeVar("T", bound=Hashable)


class Joined(Generic[T]):
    """Sets of things that grow together as links between things are told."""

    def __init__(self) -> None:
        self._parent: dict[T, T] = {}

    def root(self, thing: T) -> T:
        """The one thing that stands for all that hang together with this one."""
        parent = self._parent
        top = parent.setdefault(thing, thing)
        while parent[top] != top:
            top = parent[top]
        while thing != top:  # the way up is short from now on
            parent[thing], thing = top, parent[thing]
        return top

    def join(self, one: T, other: T) -> None:
        """Link two things."""
        self._parent[self.root(one)] = self.root(other)
