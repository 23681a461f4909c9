"""What a plant is, when it acts, and the list of all plants."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum, auto

from month.amounts import plain, signed
from month.days import Days
from month.freight import Scheme
from month.records import BillLine, Expected, Month, Registered
from month.settings import Settings


class Stage(Enum):
    """When a plant acts.

    On the scheme of numbers, on vouchers and receipts before the books are made from them, on records, on the totals
    made from them, on what the totals lead to, and on the accountant's books.
    """

    NUMBERS = auto()
    VOUCHERS = auto()
    RECORDS = auto()
    TOTALS = auto()
    CLOSING = auto()
    BOOKS = auto()


@dataclass
class Change:
    """What a plant may alter, and where it says what must be found."""

    settings: Settings
    days: Days
    month: Month
    scheme: Scheme
    name: str = ""

    def expect(self, key: str, difference: int | None = None, amount: int | None = None, currency: str = "CNY") -> None:
        """An exception of the plant's code with a difference or an amount in 分."""
        if amount is None and difference is not None:
            amount = abs(difference)
        self.month.expected.append(
            Expected(
                self.name[:6],
                key,
                "" if difference is None else signed(difference),
                "" if amount is None else plain(amount),
                currency,
            )
        )

    def expect_count(self, key: str, difference: int) -> None:
        """An exception whose difference is a count of tickets, pieces or days."""
        self.month.expected.append(Expected(self.name[:6], key, f"{difference:+d}", str(abs(difference))))

    def row(self, i: int) -> Registered:
        """The register's row of slip i."""
        return next(row for row in self.month.register if row.slip.i == i)

    def line(self, i: int) -> BillLine:
        """The freight line of slip i, on whatever bill it stands."""
        return next(line for bill in self.month.bills for line in bill.lines if line.i == i and line.kind == "运费")

    def document(self, letters: str, number: int) -> str:
        """A document number of the month."""
        return self.settings.document_no(letters, number)


@dataclass(frozen=True, slots=True)
class Plant:
    """A planted error. A plant that acts at several stages is listed once for each."""

    name: str
    stage: Stage
    what: str
    alter: Callable[[Change], None]


_PLANTS: list[Plant] = []


def plant(name: str, stage: Stage = Stage.RECORDS) -> Callable[[Callable[[Change], None]], Callable[[Change], None]]:
    """Registers a function as a plant. Its name is its code, with a suffix where a code is planted more than once."""

    def register(alter: Callable[[Change], None]) -> Callable[[Change], None]:
        _PLANTS.append(Plant(name, stage, (alter.__doc__ or "").strip(), alter))
        return alter

    return register


def plants() -> list[Plant]:
    """All plants, in the order of their names."""
    return sorted(_PLANTS, key=lambda each: (each.name, each.stage.value))


def choose(words: Iterable[str]) -> frozenset[str]:
    """The names that `all`, `none`, families (`REG`), codes (`REG-03`) or names (`REG-03-pieces`) stand for.

    Raises ValueError for a word that stands for no plant.
    """
    names = {each.name for each in _PLANTS}
    chosen: set[str] = set()
    for word in words:
        found = names if word == "all" else {name for name in names if word in (name, name[:6], name[:3])}
        if not found and word != "none":
            raise ValueError(f"no such plant: {word}; known are all, none, {', '.join(sorted(names))}")
        chosen |= found
    return frozenset(chosen)
