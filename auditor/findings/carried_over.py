"""What the audit of the period before left, and what has become of it in this one, as data."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from auditor.findings.decided import Decision
from auditor.languages import Text
from auditor.rules.schema import Unit

# found: this audit has the same exception; settled: it turned up in this period's documents; decided: people settled it
# in the workbook of the period before; carried: nothing speaks of it
ITEM_STATES = ("found", "carried", "settled", "decided")
BALANCE_STATES = ("differs", "absent", "continues")


@dataclass(frozen=True, slots=True)
class CarriedItem:
    """An exception that was open at the end of the period before. Money is in `currency`; `age` is in days from `since`
    to the end of this period."""

    id: str
    rule: str
    duty: str
    code: str
    severity: str
    title: Text
    key: str
    reference: str
    amount: Decimal | None
    unit: Unit
    currency: str | None
    since: str  # ISO day of the exception, else the last day of the period in which it was found
    period: tuple[str, str]  # in which it was found first
    age: int
    state: str  # of ITEM_STATES
    outcome: str = ""  # what the check said: missing, left_only, ...
    numbers: tuple[str, ...] = ()  # by which it would be known again: RECORDS:NUMBER, where it should turn up
    where: Text | None = None  # where it turned up
    decision: Decision | None = None


@dataclass(frozen=True, slots=True)
class CarriedBalance:
    """The closing balance of the period before against the opening one of this: of an account, a till, a customer.
    `opening` is None where this period's documents state none."""

    of: Text  # the kind of document that states it
    key: str
    name: str
    currency: str | None
    closing: Decimal
    opening: Decimal | None

    @property
    def difference(self) -> Decimal | None:
        """Opening less closing."""
        return None if self.opening is None else self.opening - self.closing

    @property
    def state(self) -> str:
        """One of BALANCE_STATES."""
        if self.opening is None:
            return "absent"
        return "differs" if self.difference else "continues"


@dataclass(frozen=True, slots=True)
class CarriedOver:
    """All that was carried over from the audit of the period before."""

    period: tuple[str, str]
    run_at: str
    sha256: str  # of its findings.json
    items: tuple[CarriedItem, ...] = ()
    balances: tuple[CarriedBalance, ...] = ()
    fed: int = 0  # records of the period before that this audit tests against, such as invoices already claimed
    database: bool = True  # its audit.duckdb was there: without it neither balances nor records come over

    @property
    def broken(self) -> tuple[CarriedBalance, ...]:
        """The balances that do not continue."""
        return tuple(each for each in self.balances if each.state == "differs")

    def count(self, state: str) -> int:
        """How many items are in a state."""
        return sum(each.state == state for each in self.items)
