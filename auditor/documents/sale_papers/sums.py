"""Which amount is the total of a paper, and which other figures of it bear that out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from auditor.documents.sale_papers.amounts import Amount
from auditor.documents.sale_papers.figures import Figure

_MOST_EXTRAS = 4  # discounts and charges of which all combinations are tried
NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Sums:
    """The total with net and tax that make it, where they do; `proofs` name what bears the total out. `rival`: another
    amount may be the total as well."""

    total: Amount | None
    net: Amount | None = None
    tax: Amount | None = None
    proofs: tuple[str, ...] = ()
    rival: bool = False


def sums_of(figures: Sequence[Figure], items: Sequence[Sequence[Amount]]) -> Sums:
    """The sums of a paper. `items`: which amounts may be its lines, each choice of them."""
    totals = [each.amount for each in figures if each.kind == "total" and each.amount.value > 0]
    if not totals:
        return Sums(None)
    tested = [(each, _Test(each, figures, items)) for each in totals]
    most = max((len(test.proofs), test.direct) for _, test in tested)
    best = [(each, test) for each, test in tested if (len(test.proofs), test.direct) == most]
    values = {each.value for each, _ in best}
    if len(values) > 1 and not most[0]:
        return Sums(best[-1][0], rival=True)
    total, test = best[-1]
    return Sums(total, test.net, test.tax, tuple(dict.fromkeys(test.proofs)), len(values) > 1)


class _Test:
    """What bears one amount out as the total."""

    def __init__(self, total: Amount, figures: Sequence[Figure], items: Sequence[Sequence[Amount]]) -> None:
        self.total = total
        self.net: Amount | None = None
        self.tax: Amount | None = None
        self.proofs: list[str] = []
        self.direct = 0  # whether net and tax alone make it
        by_kind = {kind: [each for each in figures if each.kind == kind] for kind in {each.kind for each in figures}}
        nets = [each.amount for each in by_kind.get("net", [])]
        nets += [amount for each in by_kind.get("tax", []) for amount in each.before if amount.value > 0]
        taxes = [each.amount for each in by_kind.get("tax", [])]
        # what was taken off a line of goods stands above the first sum
        first = min((each.at for each in by_kind.get("net", [])), default=0)
        extras = [each.amount.value for each in by_kind.get("more", []) if each.at >= first]
        extras += [-abs(each.amount.value) for each in by_kind.get("less", []) if each.at >= first]
        self._net_and_tax(nets, taxes, extras)
        self._tendered(by_kind)
        self._items(items, [each.value for each in nets], [each.value for each in taxes], extras)
        if self.tax is None and len({each.amount.value for each in by_kind.get("inside", [])}) == 1:
            self.tax = by_kind["inside"][0].amount

    def _net_and_tax(self, nets: Sequence[Amount], taxes: Sequence[Amount], extras: Sequence[Decimal]) -> None:
        value = self.total.value
        for net in nets:
            for tax in taxes:
                if net.value + tax.value == value and (tax.value or len(nets) == 1):
                    self.net, self.tax, self.direct = net, tax, 1
                    self.proofs.append("net + tax")
                    return
        some = [*(each.value for each in taxes), sum((each.value for each in taxes), NOTHING), NOTHING]
        for net in nets:
            for tax_value in dict.fromkeys(some):
                if any(net.value + tax_value + extra == value for extra in _sums(extras)):
                    self.proofs.append("net + tax")
                    self.tax = taxes[0] if len(taxes) == 1 and tax_value == taxes[0].value else None
                    if net.value == value:
                        self.net = net if not taxes else None
                    return

    def _tendered(self, by_kind: dict[str, list[Figure]]) -> None:
        """Whether what was paid, less the change, is the total."""
        paid = [each.amount.value for each in by_kind.get("paid", [])]
        change = [abs(each.amount.value) for each in by_kind.get("change", [])]
        given = [*paid, *([sum(paid, NOTHING)] if len(paid) > 1 else [])]
        exact = any(each - back == self.total.value for each in given for back in change or [NOTHING])
        if exact or self.total.value in paid:
            self.proofs.append("paid")

    def _items(
        self,
        items: Sequence[Sequence[Amount]],
        nets: Sequence[Decimal],
        taxes: Sequence[Decimal],
        extras: Sequence[Decimal],
    ) -> None:
        """Whether the lines of goods add up to the total, before or after tax, discounts and charges."""
        total_tax = sum(taxes, NOTHING)
        for chosen in items:
            added = sum((each.value for each in chosen), NOTHING)
            if not chosen or not added:
                continue
            if any(added + tax + extra == self.total.value for tax in {NOTHING, total_tax} for extra in _sums(extras)):
                self.proofs.append("lines")
                return


def _sums(values: Sequence[Decimal]) -> Iterator[Decimal]:
    """The sums of some of the values, none of them first."""
    few = values[:_MOST_EXTRAS]
    for size in range(len(few) + 1):
        for each in combinations(few, size):
            yield sum(each, NOTHING)
