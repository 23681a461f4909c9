"""Where rows that were not read stand in a chain: a change of the balances there may be theirs and is no break."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

import pyarrow as pa

from auditor.checks.balance.chain import Tables
from auditor.checks.balance.options import Balance
from auditor.checks.decided import take_decided
from auditor.checks.sources import Records
from auditor.checks.templates import quoted
from auditor.checks.unread import Unread, names_field, open_tables, unread_of
from auditor.engine import Engine
from auditor.rules.bound import BoundRule

_Place = tuple[int, int]  # page and row


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of a chain: where it stands in the chain and in its document."""

    pos: int
    day: date | None
    document: int
    place: _Place


@dataclass(slots=True)
class Gaps:
    """By chain the steps over which rows were not read, each by the place in the chain (from 1) of the row to which it
    leads; the step behind the last row leads to one more. And the rows themselves."""

    steps: dict[str, list[int]] = field(default_factory=dict)
    unread: tuple[Unread, ...] = ()
    rowless: frozenset[str] = frozenset()  # chains of which balances were read, but no row of a document not read whole

    def between(self, chain: str, before: int, here: int) -> bool:
        """Whether rows were not read behind the row at `before` (0: the chain's begin) and up to that at `here`."""
        steps = self.steps.get(chain, [])
        return bisect_right(steps, before) < bisect_right(steps, here)

    def behind(self, chain: str, here: int) -> bool:
        """Whether rows were not read behind the row at `here`."""
        steps = self.steps.get(chain, [])
        return bisect_right(steps, here) < len(steps)


def lay_out(engine: Engine, gaps: Gaps, tables: Tables) -> None:
    """Make the table `unsure`, the chains with gaps: chain, first_step (from which on balances cannot be computed, null
    if they can), opening (whether rows were not read before the first stated balance), closing (whether behind the last
    one)."""
    ends = engine.rows(f"""
        SELECT chain, min(pos), max(pos), bool_or(opening_id IS NOT NULL)
        FROM {quoted(tables.rows)} JOIN {quoted(tables.levels)} USING (chain)
        WHERE balance IS NOT NULL GROUP BY chain""")
    stated = {chain: (first, last) for chain, first, last, _ in ends}
    implied = {chain: first for chain, first, _, opened in ends if not opened}  # the first balance tells the opening
    chains = sorted({*gaps.steps, *gaps.rowless})
    begun = [gaps.between(chain, 0, stated[chain][0]) if chain in stated else True for chain in chains]
    closed = [
        chain in gaps.rowless or gaps.behind(chain, stated[chain][1] if chain in stated else 0) for chain in chains
    ]
    counted = [
        next((step for step in gaps.steps.get(chain, ()) if step > implied.get(chain, 0)), None) for chain in chains
    ]
    columns = {
        "chain": pa.array(chains, pa.string()),
        "first_step": pa.array(counted, pa.int64()),
        "opening": pa.array(begun, pa.bool_()),
        "closing": pa.array(closed, pa.bool_()),
    }
    take_decided(engine, tables.unsure, pa.table(columns))


def find_gaps(
    engine: Engine, rule: BoundRule, options: Balance, given: Records, extents: Sequence[Records], tables: Tables
) -> Gaps:
    """The gaps of all chains. Rows are placed by where they stand in their document, between the rows around them.
    `extents` are the records of stated balances."""
    unread = tuple(
        each
        for each in unread_of(engine, rule.types_behind(options.records))
        if each.column is None or names_field(options.movement, each.column)
    )
    unread += open_tables(engine)
    rowless = _rowless(engine, extents, tables)
    if not unread:
        return Gaps(rowless=rowless)
    chains, names = _chains(engine, rule, options, given, tables)
    named = {
        name: set().union(*(texts[name] for texts in names.values()))
        for name in options.by
        if given.has(f"{name}__id")
    }
    found: dict[str, set[int]] = defaultdict(set)
    mine: set[int] = set()
    for at, each in enumerate(unread):
        possible = [chain for chain in chains if each.may_be_of(names[chain], named)]
        here = [chain for chain in possible if any(_is_beside(each, row) for row in chains[chain])]
        # a table that nobody knows may be of the chain in its own document, and need not be of another
        for chain in here or (possible if each.of else []):
            found[chain].update(_steps(each, chains[chain], given.dated or "date"))
            mine.add(at)
    steps = {chain: sorted(steps) for chain, steps in found.items()}
    return Gaps(steps, tuple(unread[at] for at in sorted(mine)), rowless)


def _rowless(engine: Engine, extents: Sequence[Records], tables: Tables) -> frozenset[str]:
    """The chains without a row of which a balance stands in a document that was not read whole."""
    stated = [each for each in extents if each.has("_document")]
    if not stated:
        return frozenset()
    documents = " UNION ALL ".join(f"SELECT _id, _document FROM {each.sql}" for each in stated)
    found = engine.rows(f"""
        SELECT DISTINCT l.chain FROM {quoted(tables.levels)} l
        JOIN ({documents}) s ON s._id IN (l.opening_id, l.closing_id)
        JOIN document d ON d.number = s._document
        WHERE d.status NOT IN ('read', 'duplicate')
          AND l.chain NOT IN (SELECT chain FROM {quoted(tables.rows)})""")
    return frozenset(chain for (chain,) in found)


def _is_beside(unread: Unread, row: _Row) -> bool:
    """Whether a row stands in the document of what was not read; of a workbook, on its sheet."""
    return row.document == unread.document and (not unread.of_sheet or row.place[0] == unread.page)


def _chains(
    engine: Engine, rule: BoundRule, options: Balance, given: Records, tables: Tables
) -> tuple[dict[str, list[_Row]], dict[str, dict[str, set[str]]]]:
    """The rows of each chain in order, and the texts that they have in each field of `by`."""
    types = sorted(rule.types_behind(options.records))
    places = " UNION ALL ".join(f"SELECT _id, _document, _page, _row FROM {quoted(name)}" for name in types)
    by = [f", CAST(g.{quoted(name)} AS VARCHAR)" for name in options.by]
    rows = engine.rows(f"""
        SELECT r.chain, r.pos, r.day, p._document, coalesce(p._page, 0), coalesce(p._row, 0){"".join(by)}
        FROM {quoted(tables.rows)} r JOIN {given.sql} g ON g._id = r._id LEFT JOIN ({places}) p ON p._id = r._id
        ORDER BY r.chain, r.pos""")
    chains: dict[str, list[_Row]] = defaultdict(list)
    names: dict[str, dict[str, set[str]]] = {}
    for chain, pos, day, document, page, row, *values in rows:
        chains[chain].append(_Row(pos, day, document or 0, (page, row)))
        texts = names.setdefault(chain, {name: set() for name in options.by})
        for name, value in zip(options.by, values, strict=True):
            if value is not None:
                texts[name].add(value)
    return chains, names


def _steps(unread: Unread, rows: Sequence[_Row], dated: str) -> Iterator[int]:
    """The steps of a chain that may lead over rows that were not read."""
    mine = sorted((row for row in rows if row.document == unread.document), key=lambda row: row.place)
    if not mine:
        yield from _steps_of_another_document(unread, rows, dated)
        return
    places = [row.place for row in mine]
    first = bisect_left(places, (unread.page, unread.first))
    end = bisect_right(places, (unread.page, unread.last))
    if unread.column is not None:  # cells of records
        yield from (row.pos for row in mine[first:end])
        return
    above = mine[first - 1] if first else None
    below = mine[end] if end < len(mine) else None
    if above and below:
        low, high = sorted((above.pos, below.pos))
        yield from range(low + 1, high + 1)
        return
    edge = above or below
    assert edge is not None
    forward, backward = mine[-1].pos >= mine[0].pos, mine[-1].pos <= mine[0].pos
    if forward:
        yield edge.pos + 1 if above else edge.pos
    if backward:
        yield edge.pos if above else edge.pos + 1


def _steps_of_another_document(unread: Unread, rows: Sequence[_Row], dated: str) -> Iterator[int]:
    """The steps between documents, and both ends, where none of the rows stands in the document of the unread ones; by
    their days, where these are known."""
    days = sorted(unread.known.get(dated, ()))
    for before, row in zip((None, *rows), (*rows, None), strict=True):
        if before is not None and row is not None and before.document == row.document:
            continue
        early = before is not None and before.day is not None and days and days[-1] < before.day.isoformat()
        late = row is not None and row.day is not None and days and days[0] > row.day.isoformat()
        if not early and not late:
            yield row.pos if row is not None else rows[-1].pos + 1
