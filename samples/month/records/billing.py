"""Memos, adjustments, bills and what customers owed before. Amounts in 分, weights in tenths of a kilogram."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field


@dataclass(slots=True)
class Memo:
    """A liaison memo: a charge, a correction of a slip, or a problem shipment."""

    number: str
    date: datetime.date
    type: str
    slip: int
    slip_no: str
    customer: str
    amount: int | None
    reason: str
    field: str = ""
    old: str = ""
    new: str = ""
    applicant: str = "孙丽"
    approver: str = "刘芳"
    signed_by: str = "林晓"


@dataclass(slots=True)
class ServiceRow:
    """A row of the customer-service table."""

    memo_no: str
    date: datetime.date
    type: str
    slip_no: str
    customer: str
    amount: int | None
    status: str = "已处理"


@dataclass(slots=True)
class Problem:
    """A row of the statistics of problem shipments."""

    memo_no: str
    date: datetime.date
    slip_no: str
    customer: str
    problem: str
    result: str


@dataclass(slots=True)
class Adjustment:
    """A price adjustment memo."""

    number: str
    date: datetime.date
    slip: int
    slip_no: str
    customer: str
    old: int
    new: int
    reason: str
    evidence: str
    applicant: str = "孙丽"
    approver: str = "陈立"
    role: str = "财务主管"


@dataclass(slots=True)
class BillLine:
    """A line of a customer bill; `i` is the slip it was made from."""

    date: datetime.date
    kind: str
    item: str
    amount: int
    slip_no: str = ""
    waybill: str = ""
    document_no: str = ""
    provider: str = ""
    destination: str = ""
    pieces: int | None = None
    charge: int | None = None
    rate: int | None = None
    freight: int | None = None
    fuel_rate: int | None = None
    fuel: int | None = None
    other: int | None = None
    pay_mode: str = ""
    i: int | None = None


@dataclass(slots=True)
class Credit:
    """A payment credited on a bill."""

    date: datetime.date
    mode: str
    amount: int
    reference: str
    payer: str
    original: int | None = None
    rate: str = ""
    remark: str = ""


@dataclass(slots=True)
class Bill:
    """A customer bill. `charges`, `received` and `closing` are what its heading states."""

    number: str
    customer: str
    currency: str
    issued: datetime.date
    due: datetime.date
    arrears: int
    credit: int
    lines: list[BillLine] = field(default_factory=list)
    credits: list[Credit] = field(default_factory=list)
    charges: int = 0
    received: int = 0
    closing: int = 0


@dataclass(slots=True)
class PriorBalance:
    """An open item of a customer at the end of the month before."""

    customer: str
    currency: str
    source: str
    arrears: int
    credit: int
    due: datetime.date | None
    remark: str = ""
