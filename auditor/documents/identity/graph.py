"""The graph of names: who or what a text means, by any name or number."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any, NamedTuple

from auditor.documents.identity.accounts import AccountIndex
from auditor.documents.identity.keys import (
    ACCOUNT,
    PERSON,
    STATION,
    is_long,
    keys_inside,
    keys_of,
    may_be_inside,
    stands_apart,
)
from auditor.documents.identity.names import bare_key, full_key, stated_names
from auditor.documents.identity.texts import LookedThrough, NameIndex, Span, longest, looked_through

_PARTS = re.compile(r"[\s\u3000()（）\[\]【】/|,，:：;；、_—-]+")


class Node(NamedTuple):
    """An account, a party, a person, a station or a book: the master of which it is an entry, and its id there."""

    kind: str
    id: str


class Name(NamedTuple):
    """One name or number of a node. `relation`: id, name, alias, affiliate, former, or what else a list says."""

    node: Node
    text: str
    relation: str


class Edge(NamedTuple):
    """That one node belongs to another: a person to a station, a book to its holder, an account to its bank."""

    of: Node
    relation: str
    to: Node


@dataclass(frozen=True, slots=True)
class Resolution:
    """Whom a text means: one node, several (then it is ambiguous and none is taken), or nobody that is known."""

    nodes: tuple[Node, ...] = ()

    @property
    def node(self) -> Node | None:
        return self.nodes[0] if len(self.nodes) == 1 else None

    @property
    def ambiguous(self) -> bool:
        return len(self.nodes) > 1


UNKNOWN = Resolution()


@dataclass(frozen=True)
class Identities:
    """All names that lists and documents give, and what belongs to what. A frozen value that pickles; made by
    `auditor.documents.identity.building`.

    `own`: the names of the company itself. `currencies` and `banks`: of accounts, where a list states them. `roles`: of
    parties, what they are to the company (customer, provider, supplier …), where a list says so.
    """

    names: tuple[Name, ...] = ()
    edges: tuple[Edge, ...] = ()
    own: tuple[str, ...] = ()
    currencies: tuple[tuple[Node, str], ...] = ()
    banks: tuple[tuple[Node, str], ...] = ()
    roles: tuple[tuple[Node, str], ...] = ()

    def __getstate__(self) -> dict[str, Any]:
        """Without the indexes, which are quicker made than sent."""
        return {each.name: getattr(self, each.name) for each in fields(self)}

    # --- whole texts --------------------------------------------------------------------------------------------------

    def resolve(self, text: str, kind: str) -> Resolution:
        """Whom a text means that is a name: a cell of a column of accounts, parties, persons or stations.

        As it stands, else without legal form, else made of names of one node (`C05 天域照明`, `甲（原：乙）`) and of
        nothing else but marks; never by likeness. Of an account also by the number, last digits or words inside of it.
        """
        found = self.exactly(text, kind)
        if found:
            return Resolution(tuple(found))
        if kind == ACCOUNT:
            return Resolution(self._accounts.named(text))
        return Resolution(self._made_of_names(text, kind))

    def exactly(self, text: str, kind: str) -> Mapping[Node, str]:
        """The nodes of which a text is a name, each with the relation."""
        index = self._exact
        for key in keys_of(text, kind):
            found = index.get((kind, key))
            if found:
                return found
        return {}

    def _made_of_names(self, text: str, kind: str) -> tuple[Node, ...]:
        named = stated_names(text)
        if len(named) > 1:
            parts = [self.exactly(each, kind) for each in named]
            known = [part for part in parts if part]
            return _one_of_all(known) if known else ()
        pieces = [part for part in _PARTS.split(text) if part]
        found = [self.exactly(part, kind) for part in pieces]
        if len(pieces) > 1 and any(found):
            others = [part for part, nodes in zip(pieces, found, strict=True) if not nodes]
            if all(self._is_name_of_another(part, kind) for part in others):
                return _one_of_all([nodes for nodes in found if nodes])
        return ()

    def _is_name_of_another(self, part: str, kind: str) -> bool:
        """Whether a part names something that may stand beside: a person's station, an account's bank."""
        return any(self.exactly(part, other) for other in (STATION, PERSON) if other != kind)

    # --- names inside of texts ----------------------------------------------------------------------------------------

    def nodes_in(self, text: str, kind: str) -> tuple[Node, ...]:
        """All nodes of a kind that are named inside a text: a title, the name of a sheet, a file or a folder.

        The longest name wins where several stand, whatever their kind, so that the station 城阳 is not found in the
        party 城阳水产. A short name counts only between marks, figures and the words of `beside`. The own company's
        name is nobody else's. Several nodes: the text does not tell.
        """
        whole = self.exactly(text, kind)
        if whole:
            return tuple(whole)
        if kind == ACCOUNT:
            return self._accounts.inside(text)
        looked = looked_through(text)
        spans = self._spans(looked)
        found: dict[Node, None] = {}
        for span in spans:
            for node in self._inside.get(span.key, {}).get(kind, ()):
                found[node] = None
        return tuple(found)

    def node_in(self, texts: Iterable[str], kind: str) -> Node | None:
        """The one node that the first of several texts names which names any; None if that names several."""
        for text in texts:
            found = self.nodes_in(text, kind)
            if found:
                return found[0] if len(found) == 1 else None
        return None

    def _spans(self, looked: LookedThrough) -> list[Span]:
        spans = longest(self._index.spans(looked))
        kept = [span for span in spans if is_long(span.key)]
        waiting = [span for span in spans if not is_long(span.key)]
        while True:  # a name beside another one is as good as one beside a mark
            firm = [span for span in waiting if stands_apart(looked, span, kept)]
            if not firm:
                return sorted(kept)
            kept += firm
            waiting = [span for span in waiting if span not in firm]

    def single_names(self) -> list[tuple[str, str, tuple[str, str]]]:
        """All keys that name one node, with its id and the relation: (kind, key, (id, relation)), in order."""
        found = []
        for (kind, key), nodes in self._exact.items():
            if len(nodes) == 1:
                ((node, relation),) = nodes.items()
                found.append((kind, key, (node.id, relation)))
        return sorted(found)

    def is_own(self, text: str) -> bool:
        """Whether a text is a name of the company itself."""
        return any(key in self._own for each in stated_names(text) for key in (full_key(each), bare_key(each)))

    # --- what belongs to what -----------------------------------------------------------------------------------------

    def related(self, node: Node, kind: str) -> tuple[Node, ...]:
        """The nodes of a kind to which a node belongs."""
        return tuple(edge.to for edge in self._edges_of.get(node, ()) if edge.to.kind == kind)

    def role(self, node: Node) -> str | None:
        """What a party is to the company by its list; None where no list says it, or one thing here and another there.
        """
        found = self._roles.get(node, frozenset())
        return next(iter(found)) if len(found) == 1 else None

    def stations_of(self, text: str) -> tuple[Node, ...]:
        """The stations that a text means: by name, or as those of the person that it names."""
        named = self.resolve(text, STATION).nodes or self.nodes_in(text, STATION)
        if named:
            return named
        person = self.resolve(text, PERSON).node
        return self.related(person, STATION) if person else ()

    # --- indexes ------------------------------------------------------------------------------------------------------

    @cached_property
    def _exact(self) -> Mapping[tuple[str, str], Mapping[Node, str]]:
        found: dict[tuple[str, str], dict[Node, str]] = {}
        for name in self.names:
            for key in keys_of(name.text, name.node.kind):
                found.setdefault((name.node.kind, key), {}).setdefault(name.node, name.relation)
        return found

    @cached_property
    def _inside(self) -> Mapping[str, Mapping[str, tuple[Node, ...]]]:
        """Key -> kind -> nodes, of all names that may be found inside of texts; of the own company's no kind."""
        found: dict[str, dict[str, dict[Node, None]]] = {}
        for name in self.names:
            if name.node.kind == ACCOUNT:
                continue
            for key in keys_inside(name.text, name.node.kind):
                if may_be_inside(key):
                    found.setdefault(key, {}).setdefault(name.node.kind, {})[name.node] = None
        for key in self._own:
            if may_be_inside(key):
                found[key] = {}
        return {key: {kind: tuple(nodes) for kind, nodes in kinds.items()} for key, kinds in found.items()}

    @cached_property
    def _index(self) -> NameIndex:
        return NameIndex(self._inside)

    @cached_property
    def _own(self) -> frozenset[str]:
        names = [each for text in self.own for each in stated_names(text)]
        return frozenset(key for name in names for key in (full_key(name), bare_key(name)))

    @cached_property
    def _roles(self) -> Mapping[Node, frozenset[str]]:
        found: dict[Node, set[str]] = {}
        for node, role in self.roles:
            found.setdefault(node, set()).add(role)
        return {node: frozenset(roles) for node, roles in found.items()}

    @cached_property
    def _edges_of(self) -> Mapping[Node, tuple[Edge, ...]]:
        found: dict[Node, list[Edge]] = {}
        for edge in self.edges:
            found.setdefault(edge.of, []).append(edge)
        return {node: tuple(edges) for node, edges in found.items()}

    @cached_property
    def _accounts(self) -> AccountIndex[Node]:
        mine = [name for name in self.names if name.node.kind == ACCOUNT]
        return AccountIndex(
            [(name.node, name.text) for name in mine if not self.is_own(name.text)],
            dict(self.banks),
            dict(self.currencies),
        )


NOBODY = Identities()


def _one_of_all(parts: Sequence[Mapping[Node, str]]) -> tuple[Node, ...]:
    """The one node that all parts name; nobody, if they name different ones or a part names two."""
    together = {node for nodes in parts for node in nodes}
    return tuple(together) if len(together) == 1 and all(len(nodes) == 1 for nodes in parts) else ()
