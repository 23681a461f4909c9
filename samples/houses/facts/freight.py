"""Facts of slips, registers and memos."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property

from month.amounts import hundredths, tenths, yuan
from month.bookkeeping import SLIP
from month.build import build_month
from month.days import Days
from month.parties import PROVIDERS
from month.records import Cover, Month, Registered, Slip, VoidPaper
from month.settings import Settings

Value = str | int | Decimal | date | None
Row = dict[str, Value]
PLACES = {"A": "宝安", "B": "龙岗", "C": "东莞"}
PROVIDER_NAMES = {each.id: each.name for each in PROVIDERS}


def money(fen: int | None) -> Decimal | None:
    """An amount, or nothing."""
    return None if fen is None else yuan(fen)


def sides(fen: int, red: bool = False) -> Row:
    """An amount in all ways in which papers state what comes in and goes out; red: on the other side, negative."""
    into = (fen > 0) != red
    amount = fen if into else -fen
    return {
        "<in>": yuan(amount) if into else None,
        "<out>": None if into else yuan(amount),
        "<flag>": "in" if into else "out",
        "<size>": yuan(amount),
        "<signed>": yuan(fen),
    }


@dataclass(frozen=True)
class FreightFacts:
    """The month, and its records of freight as rows, in the order that the settings ask for."""

    settings: Settings

    @cached_property
    def month(self) -> Month:
        """All records of the month."""
        return build_month(self.settings)

    @cached_property
    def days(self) -> Days:
        """The days of the month."""
        return Days(self.settings)

    def slips(self, station: str | None = None, day: date | None = None) -> list[Row]:
        """Receiving slips as they lie in the folder, then the spoilt ones, of a station and a day or of all."""
        live = [slip_row(x) for x in self.month.papers if station in (None, x.station) and day in (None, x.date)]
        spoilt = [
            void_row(x)
            for x in self.month.void_papers
            if x.kind == SLIP and station in (None, x.holder) and day in (None, x.date)
        ]
        return [*self.settings.order.of(live), *spoilt]

    def covers(self, station: str | None = None) -> list[Row]:
        """Cover sheets of the bundles of slips."""
        return [cover_row(each) for each in self.month.covers if station in (None, each.station)]

    @property
    def stations(self) -> list[str]:
        """Letters of the stations."""
        return sorted({each.station for each in self.month.covers})

    def filed(self, customer: str | None = None) -> list[Row]:
        """Slips by the customer under whom they are filed."""
        return [
            {
                "filed_under": self.month.name(each.customer),
                "slip_no": each.slip_no,
                "waybill_no": each.waybill,
                "date": each.date,
            }
            for each in self.settings.order.of(self.month.filed)
            if customer in (None, each.customer)
        ]

    def outbound(self, provider: str | None = None) -> list[Row]:
        """Lines of outbound slips, by number."""
        lines = sorted(self.month.outbound, key=lambda line: (line.date, line.number))
        return [
            {
                "outbound_no": line.number,
                "date": line.date,
                "provider": PROVIDER_NAMES[line.provider],
                "waybill_no": line.waybill,
                "slip_no": line.slip_no,
                "customer": line.customer_name,
                "pieces": line.pieces,
                "charge_weight": tenths(line.charge),
                "remark": line.remark,
            }
            for line in lines
            if provider in (None, line.provider)
        ]

    def register(self) -> list[Row]:
        """The statistics register."""
        return [register_row(each) for each in self.settings.order.of(self.month.register)]

    def memos(self) -> list[Row]:
        """Liaison memos."""
        return [
            {
                "memo_no": memo.number,
                "date": memo.date,
                "type": memo.type,
                "slip_no": memo.slip_no,
                "customer": self.month.name(memo.customer),
                "field": memo.field,
                "old_value": memo.old,
                "new_value": memo.new,
                "amount": money(memo.amount),
                "currency": "CNY" if memo.amount is not None else "",
                "reason": memo.reason,
                "applicant": memo.applicant,
                "approver": memo.approver,
                "signed_by": memo.signed_by,
            }
            for memo in self.month.memos
        ]

    def service(self) -> list[Row]:
        """The customer-service table."""
        return [
            {
                "memo_no": row.memo_no,
                "date": row.date,
                "type": row.type,
                "slip_no": row.slip_no,
                "customer": self.month.name(row.customer),
                "amount": money(row.amount),
                "handler": "孙丽",
                "status": row.status,
            }
            for row in self.settings.order.of(self.month.service)
        ]

    def problems(self) -> list[Row]:
        """Statistics of problem shipments."""
        return [
            {
                "memo_no": line.memo_no,
                "date": line.date,
                "slip_no": line.slip_no,
                "customer": self.month.name(line.customer),
                "problem": line.problem,
                "result": line.result,
            }
            for line in self.settings.order.of(self.month.problems)
        ]

    def adjustments(self) -> list[Row]:
        """Price adjustment memos."""
        return [
            {
                "adjustment_no": each.number,
                "date": each.date,
                "slip_no": each.slip_no,
                "customer": self.month.name(each.customer),
                "old_amount": yuan(each.old),
                "new_amount": yuan(each.new),
                "amount": yuan(each.new - each.old),
                "reason": each.reason,
                "evidence": each.evidence,
                "applicant": each.applicant,
                "approver": each.approver,
                "approver_role": each.role,
            }
            for each in self.month.adjustments
        ]


def by_week(rows: Iterable[Row]) -> dict[date, list[Row]]:
    """Rows by the Monday of their week, weeks in order."""
    weeks: dict[date, list[Row]] = {}
    for row in rows:
        day = row["date"]
        assert isinstance(day, date)
        weeks.setdefault(day - timedelta(days=day.weekday()), []).append(row)
    return dict(sorted(weeks.items()))


def slip_row(slip: Slip) -> Row:
    """What a receiving slip states."""
    return {
        "slip_no": slip.number,
        "date": slip.date,
        "station": slip.station,
        "clerk": slip.clerk,
        "customer": slip.customer_name,
        "provider": PROVIDER_NAMES[slip.provider],
        "waybill_no": slip.waybill,
        "destination": slip.destination,
        "pieces": slip.pieces,
        "dims": "×".join(str(each) for each in slip.dims),
        "actual_weight": tenths(slip.actual),
        "volume_weight": hundredths(slip.volume),
        "charge_weight": tenths(slip.charge),
        "rate": yuan(slip.rate),
        "freight": yuan(slip.freight),
        "fuel_rate": f"{tenths(slip.fuel_rate)}%",
        "fuel": yuan(slip.fuel),
        "other": yuan(slip.other),
        "amount": yuan(slip.amount),
        "pay_mode": slip.pay_mode,
        "cod": yuan(slip.cod) if slip.cod else None,
        "copies": 3,
        "status": "正常",
    }


def void_row(void: VoidPaper) -> Row:
    """What a spoilt slip states."""
    return {
        "slip_no": void.number,
        "date": void.date,
        "station": void.holder,
        "clerk": void.clerk,
        "amount": yuan(0),
        "copies": void.copies,
        "status": "作废",
    }


def cover_row(cover: Cover) -> Row:
    """What a cover sheet states."""
    return {
        "date": cover.date,
        "station": cover.station,
        "tickets": cover.tickets,
        "pieces": cover.pieces,
        "amount": yuan(cover.amount),
        "clerk": cover.clerk,
        "received_by": "林晓",
    }


def register_row(row: Registered) -> Row:
    """What a row of the statistics register states, as it was typed."""
    return {**slip_row(row.slip), "slip_no": row.typed_no or row.slip.number, "memo_no": row.memo_no}
