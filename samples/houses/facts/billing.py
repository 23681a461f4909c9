"""Facts of customers' bills and of the master bill."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from month.amounts import tenths, yuan
from month.records import Bill

from houses.facts.freight import PROVIDER_NAMES, FreightFacts, Row, money


class BillFacts(FreightFacts):
    """Bills with their lines and credits, and the master bill."""

    def bill(self, bill: Bill) -> Row:
        """The heading of a bill."""
        return {
            "bill_no": bill.number,
            "customer": self.month.name(bill.customer),
            "customer_id": bill.customer,
            "period": self.settings.period,
            "issued": bill.issued,
            "due": bill.due,
            "currency": bill.currency,
            "opening_arrears": yuan(bill.arrears),
            "opening_credit": yuan(bill.credit),
            "charges": yuan(bill.charges),
            "received": yuan(bill.received),
            "closing": yuan(bill.closing),
            "preparer": "林晓",
            "reviewer": "赵敏",
        }

    def bill_lines(self, bill: Bill) -> list[Row]:
        """The charges of a bill."""
        return [
            {
                "date": line.date,
                "kind": line.kind,
                "item": line.item,
                "slip_no": line.slip_no,
                "waybill_no": line.waybill,
                "document_no": line.document_no,
                "provider": PROVIDER_NAMES.get(line.provider, ""),
                "destination": line.destination,
                "pieces": line.pieces,
                "charge_weight": None if line.charge is None else tenths(line.charge),
                "rate": money(line.rate),
                "freight": money(line.freight),
                "fuel_rate": None if line.fuel_rate is None else f"{tenths(line.fuel_rate)}%",
                "fuel": money(line.fuel),
                "other": money(line.other),
                "amount": yuan(line.amount),
                "pay_mode": line.pay_mode,
            }
            for line in self.settings.order.of(bill.lines)
        ]

    def bill_credits(self, bill: Bill) -> list[Row]:
        """The payments credited on a bill."""
        return [
            {
                "date": credit.date,
                "mode": credit.mode,
                "amount": yuan(credit.amount),
                "original_amount": money(credit.original),
                "rate": Decimal(credit.rate) if credit.rate else None,
                "reference": credit.reference,
                "payer": credit.payer,
                "remark": credit.remark,
            }
            for credit in self.settings.order.of(bill.credits)
        ]

    def master(self, days: Sequence[date]) -> tuple[list[Row], dict[date, Decimal]]:
        """The master bill: a row for each customer with a cell a day, and the totals that it states for the days."""
        cells = self.month.master
        rows: list[Row] = []
        for party in self.settings.order.of(self.month.customers):
            row: Row = {"customer": party.name, "customer_id": party.id}
            row |= {f"{day}": money(cells.get((party.id, day))) for day in days}
            row["<total>"] = yuan(sum(cells.get((party.id, day), 0) for day in days))
            rows.append(row)
        totals: dict[date, Decimal] = {}
        for day in days:
            total = sum(amount for (_, each), amount in cells.items() if each == day)
            if total:
                totals[day] = yuan(total + self.month.master_misfooted.get(day, 0))
        return rows, totals

    def master_total(self, days: Sequence[date]) -> Decimal:
        """The sum of the master bill's cells of some days."""
        return yuan(sum(amount for (_, day), amount in self.month.master.items() if day in days))
