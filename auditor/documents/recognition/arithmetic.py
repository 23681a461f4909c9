"""What holds between the columns of figures of a table: declared relations of a record type, running balances.

All is exact: figures are read as whole numbers of hundred-thousandths. A product may be rounded to the decimals with
which the result is printed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import combinations, pairwise, permutations

from auditor.documents.recognition.shapes import TableShape
from auditor.records.model import Relation, RelationKind
from auditor.values.money import parse_number
from auditor.values.text import clean_cell

_UNIT = 100_000
_FEWEST = 3  # rows that must bear a relation out
_FEWEST_ALONE = 5  # rows that must bear out what no word speaks for
_MOST_WRONG = 1  # rows that may be wrong before any bears it out
_MOST_COMBINED = 16  # columns of figures among which products and sums are looked for
_ROWS = 60


@lru_cache(maxsize=50_000)
def figure(text: str) -> int | None:
    """A figure in units of 0.00001; a percentage counts as hundredths; None for what is none."""
    bare = clean_cell(text)
    percent = bare.endswith(("%", "％"))
    value = parse_number(bare.rstrip("%％")).value
    if value is None:  # one that needs a decided decimal mark to be read
        value = parse_number(bare.rstrip("%％"), ",").value
    if value is None:
        return None
    scaled = value * _UNIT / (100 if percent else 1)
    return int(scaled) if scaled == int(scaled) else None


@dataclass(frozen=True, slots=True)
class Combination:
    """Columns of which row by row the product or the sum stands in another: `parts` in their order on the table."""

    parts: tuple[int, ...]
    result: int


@dataclass(frozen=True)
class Figures:
    """The columns of figures of a table: for each index its values row by row, None where there is none."""

    columns: Mapping[int, tuple[int | None, ...]]
    decimals: Mapping[int, int]

    @cached_property
    def products(self) -> tuple[Combination, ...]:
        """All products of two columns that stand in a third."""
        return tuple(self._combined((2,), self._is_product))

    @cached_property
    def sums(self) -> tuple[Combination, ...]:
        """All sums of two or three columns that stand in another."""
        return tuple(self._combined((2, 3), lambda values, stated, _: sum(values) == stated))

    def _combined(
        self, sizes: Sequence[int], is_so: Callable[[Sequence[int], int, int], bool]
    ) -> Iterator[Combination]:
        full = [at for at, values in self.columns.items() if sum(each is not None for each in values) >= _FEWEST]
        for size in sizes if len(full) <= _MOST_COMBINED else ():
            for parts in combinations(full, size):
                for result in (at for at in full if at not in parts):
                    if self._stands(parts, result, is_so):
                        yield Combination(parts, result)

    def _stands(
        self, parts: tuple[int, ...], result: int, is_so: Callable[[Sequence[int], int, int], bool]
    ) -> bool:
        """Whether a combination stands in all rows but a tenth, at least five, with three results that say something:
        of parts none of which is 0, or 1."""
        right = wrong = 0
        told: set[int] = set()
        decimals = self.decimals.get(result, 2)
        for row, stated in enumerate(self.columns[result]):
            values = [self.columns[part][row] for part in parts]
            if stated is None or not all(values):
                continue
            if is_so([each or 0 for each in values], stated, decimals):
                right += 1
                if _UNIT not in values:
                    told.add(stated)
            else:
                wrong += 1
                if wrong > _MOST_WRONG and wrong * 10 > right:
                    return False
        return right >= _FEWEST_ALONE and wrong * 10 <= right and len(told) >= _FEWEST

    @staticmethod
    def _is_product(values: Sequence[int], stated: int, decimals: int) -> bool:
        step: int = _UNIT // 10 ** min(decimals, 5)
        product = values[0] * values[1]
        whole = (abs(product) * 2 // (_UNIT * step) + 1) // 2 * step
        return (whole if product >= 0 else -whole) == stated

    @staticmethod
    def of(shape: TableShape, indices: Sequence[int]) -> Figures:
        """The figures of some columns of a table."""
        rows = shape.values[:_ROWS]
        found: dict[int, tuple[int | None, ...]] = {}
        decimals: dict[int, int] = {}
        for index in indices:
            texts = [row[index] if index < len(row) else "" for row in rows]
            found[index] = tuple(figure(text) if text else None for text in texts)
            printed = [text.rstrip("%％").partition(".")[2] for text in texts if "." in text]
            decimals[index] = max(map(len, printed), default=0)
        return Figures(found, decimals)

    def holds(self, relation: Relation, at: Mapping[str, int]) -> bool | None:
        """Whether a relation holds between columns (field → index): in all rows but a tenth of them that have the
        figures, at least three. None if too few rows have them."""
        if any(name not in at and name not in relation.optional for name in relation.fields):
            return None
        if any(at[part] not in self.columns for part in relation.parts if part in at):
            return None
        parts = [self.columns[at[part]] for part in relation.parts if part in at]
        result = self.columns.get(at[relation.result])
        if result is None or len(parts) < (2 if relation.kind is not RelationKind.SUM else 1):
            return None
        right = wrong = 0
        for row, stated in enumerate(result):
            values = [part[row] for part in parts]
            if stated is None or values[0] is None or (relation.kind is RelationKind.PRODUCT and None in values):
                continue
            if not stated and not any(values):
                continue
            if self._row(relation, [each or 0 for each in values], stated, self.decimals.get(at[relation.result], 2)):
                right += 1
            else:
                wrong += 1
        if right + wrong < _FEWEST:
            return None
        return wrong * 10 <= right + wrong

    def _row(self, relation: Relation, values: Sequence[int], stated: int, decimals: int) -> bool:
        if relation.kind is RelationKind.SUM:
            return sum(values) == stated
        if relation.kind is RelationKind.DIFFERENCE:
            return values[0] - sum(values[1:]) == stated
        return self._is_product(values, stated, decimals)

    def balance(self, balance: int, into: int | None, out: int | None, signed: int | None) -> bool | None:
        """Whether each balance is the one before it and its row's movement, in either order of the rows. `signed`: one
        column for both sides instead of `into` and `out`. None if too few rows tell."""
        stated = self.columns[balance]
        moves: list[int | None] = []
        for row in range(len(stated)):
            if signed is not None:
                moves.append(self.columns[signed][row])
            else:
                sides = [self.columns[side][row] if side is not None else None for side in (into, out)]
                moves.append(None if sides == [None, None] else (sides[0] or 0) - (sides[1] or 0))
        return _chained(moves, stated)

    def moves_by(self, balance: int, amount: int) -> bool | None:
        """Whether the balances go up or down by the amounts, in either order of the rows, in two of three and more;
        None if there are fewer than two rows or no figures."""
        stated, moved = self.columns.get(balance, ()), self.columns.get(amount, ())
        rows = [(left, by) for left, by in zip(stated, moved, strict=False) if left is not None and by is not None]
        if len(rows) < 2:
            return None
        ways = (rows, rows[::-1])
        right = max(sum(abs(after - before) == abs(by) for (before, _), (after, by) in pairwise(way)) for way in ways)
        return 3 * right >= 2 * (len(rows) - 1)

    def with_sides(self, balance: int, amount: int, sides: Sequence[str | None]) -> bool | None:
        """The same where a word of each row, `in` or `out`, says the side of its amount."""
        moves = [
            None if moved is None or side is None else (moved if side == "in" else -moved)
            for moved, side in zip(self.columns[amount], sides, strict=False)
        ]
        return _chained(moves, self.columns[balance])

    def sides_of(self, balance: int, indices: Sequence[int]) -> tuple[int, int] | None:
        """The two columns that a balance shows to be money in and money out; None if it shows none."""
        for into, out in permutations(indices, 2):
            both = [row for row, value in enumerate(self.columns[into]) if value and self.columns[out][row]]
            filled = sum(bool(self.columns[into][row]) for row in range(len(self.columns[into])))
            other = sum(bool(self.columns[out][row]) for row in range(len(self.columns[out])))
            if not both and filled and other and self.balance(balance, into, out, None):
                return into, out
        return None


def _chained(moves: Sequence[int | None], stated: Sequence[int | None]) -> bool | None:
    """Whether each balance is the one before it and its row's movement, in either order, in all rows but a tenth."""
    rows = [
        (move, balance)
        for move, balance in zip(moves, stated, strict=False)
        if move is not None and balance is not None
    ]
    if len(rows) < _FEWEST:
        return None
    for ordered in (rows, rows[::-1]):
        wrong = sum(after != before + move for (_, before), (move, after) in pairwise(ordered))
        if wrong * 10 <= len(rows) - 1:
            return True
    return False
