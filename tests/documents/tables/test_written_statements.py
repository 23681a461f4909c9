"""Statements written in every manner are read back right or asked about, never wrong; a hint that is taken away turns no
value into another."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from csv_samples import accounted
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from auditor.documents.collect import document_of
from auditor.documents.declarations import Declarations
from auditor.documents.model import ReadDocument
from auditor.documents.read import ReadOptions, read_document
from auditor.values.dates import Order


@dataclass(frozen=True)
class Manner:
    """How a bank writes its statements, and which hints it gives."""

    sides: str  # two columns, flag, beside, in positive, out positive, unsigned
    flag_header: str
    decimal: str
    groups: bool
    dates: str
    currency: str
    balance: bool
    extent: bool
    back: bool


Moves = list[tuple[date, Decimal]]

_FLAGS = {"out": "借", "in": "贷"}
_BESIDE = {"out": " DR", "in": " CR"}

manners = st.builds(
    Manner,
    sides=st.sampled_from(["two columns", "flag", "beside", "in positive", "out positive", "unsigned"]),
    flag_header=st.sampled_from(["借贷标志", "Side of entry"]),
    decimal=st.sampled_from([".", ","]),
    groups=st.booleans(),
    dates=st.sampled_from(["%Y-%m-%d", "%d/%m/%Y", "%m/%d/%Y", "%m-%d", "%d.%m.%Y", "%Y年%m月%d日"]),
    currency=st.sampled_from(["", "USD ", "€", "￥"]),
    balance=st.booleans(),
    extent=st.booleans(),
    back=st.booleans(),
)
amounts = st.integers(-2_000_000_00, 2_000_000_00).filter(bool).map(lambda cents: Decimal(cents) / 100)


@st.composite
def movements(draw: st.DrawFn) -> Moves:
    """Movements in the order of time, around New Year as often as not."""
    day = draw(st.sampled_from([date(2026, 12, 24), date(2026, 9, 28), date(2027, 1, 2), date(2026, 3, 1)]))
    moves: Moves = []
    for amount in draw(st.lists(amounts, min_size=2, max_size=6)):
        day += timedelta(days=draw(st.integers(0, 6)))
        moves.append((day, amount))
    return moves


def shown(value: Decimal, manner: Manner) -> str:
    text = f"{value:,.2f}" if manner.groups else f"{value:.2f}"
    if manner.decimal == ",":
        text = text.translate(str.maketrans(",.", ".,"))
    return manner.currency + text


def written(moves: Moves, manner: Manner) -> bytes:
    """The statement as a CSV file."""
    out = io.StringIO()
    rows = csv.writer(out)
    if manner.extent:
        rows.writerow([f"Period: {moves[0][0]} to {moves[-1][0]}"])
    header = {
        "two columns": ["收入", "支出"], "flag": ["金额", manner.flag_header],
    }.get(manner.sides, ["金额"])  # fmt: skip
    rows.writerow(["交易日期", "摘要", *header, *(["余额"] if manner.balance else [])])
    lines = []
    balance = Decimal(5000)
    for day, amount in moves:
        balance += amount
        side = "in" if amount > 0 else "out"
        absolute = shown(abs(amount), manner)
        cells = {
            "two columns": [absolute, ""] if amount > 0 else ["", absolute],
            "flag": [absolute, _FLAGS[side]],
            "beside": [absolute + _BESIDE[side]],
            "in positive": [shown(amount, manner)],
            "out positive": [shown(-amount, manner)],
            "unsigned": [absolute],
        }[manner.sides]
        lines.append([day.strftime(manner.dates), "x", *cells, *([shown(balance, manner)] if manner.balance else [])])
    rows.writerows(lines[::-1] if manner.back else lines)
    return out.getvalue().encode()


def read(moves: Moves, manner: Manner, declared: Declarations | None = None) -> ReadDocument:
    options = ReadOptions() if declared is None else ReadOptions(declared=declared)
    return read_document(document_of(written(moves, manner), "流水.csv"), options=options)


def found(document: ReadDocument) -> dict[int, tuple[str, ...]]:
    """Date, direction, amount and currency of the records, by their line."""
    return {
        each["_source"]["row"]: (each["date"], each["direction"], each["amount"], each.get("currency", ""))
        for each in document.as_dict()["records"].get("bank_transaction", [])
    }


def right(moves: Moves, manner: Manner) -> dict[int, tuple[str, ...]]:
    """The same as they were written."""
    first = 2 + manner.extent
    code = {"": "", "USD ": "USD", "€": "EUR", "￥": "CNY"}[manner.currency]
    rows = moves[::-1] if manner.back else moves
    return {
        line: (day.isoformat(), "in" if amount > 0 else "out", f"{abs(amount):.2f}", code)
        for line, (day, amount) in enumerate(rows, first)
    }


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(moves=movements(), manner=manners)
def test_what_is_read_is_what_was_written_and_the_rest_is_asked(moves: Moves, manner: Manner) -> None:
    document = read(moves, manner)
    records, truth = found(document), right(moves, manner)
    assert records == {line: truth[line] for line in records}
    assert accounted(document)
    assert document.problems or records == truth


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(moves=movements(), manner=manners, hint=st.sampled_from(["balance", "extent", "flag_header", "groups", "currency"]))
def test_a_hint_that_is_taken_away_turns_no_value_into_another(moves: Moves, manner: Manner, hint: str) -> None:
    less: dict[str, object] = {
        "balance": False, "extent": False, "flag_header": "列3", "groups": False, "currency": "",
    }  # fmt: skip
    poorer = replace(manner, **{hint: less[hint]})  # type: ignore[arg-type]
    truth = right(moves, poorer)
    records = found(read(moves, poorer))
    assert records == {line: truth[line] for line in records}


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(moves=movements(), manner=manners)
def test_everything_that_is_asked_can_be_declared(moves: Moves, manner: Manner) -> None:
    if manner.sides == "unsigned" or (manner.dates == "%m-%d" and moves[0][0].year != moves[-1][0].year):
        return
    orders: dict[str, Order] = {"%d/%m/%Y": "dmy", "%m/%d/%Y": "mdy", "%d.%m.%Y": "dmy"}
    declared = Declarations(
        sign="out_positive" if manner.sides == "out positive" else "in_positive",
        date_order=orders.get(manner.dates),
        decimal="," if manner.decimal == "," else ".",
        year=moves[0][0].year if manner.dates == "%m-%d" else None,
    )
    document = read(moves, manner, declared)
    assert found(document) == right(moves, manner), [problem.message("en") for problem in document.problems]
