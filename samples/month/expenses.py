"""Reimbursement vouchers with their invoices."""

from __future__ import annotations

from fractions import Fraction

from month.amounts import half_up
from month.days import Days
from month.records import Claim, Invoice, Month
from month.settings import Settings
from month.story import fen, table

FREIGHT, INTERNAL = "运费", "内部成本"


def write_claims(settings: Settings, days: Days, month: Month) -> None:
    """The vouchers, each with one invoice."""
    for number, row in enumerate(table("expenses"), start=1):
        claim_no, invoice_no = settings.document_no("BX", number), invoice_number(settings, number)
        amount, rate, day = fen(row["amount"]), int(row["vat"]), days.on(int(row["day"]))
        company, pdf = row["payee kind"] == "单位", row["invoice pdf"] == "是"
        month.claims.append(
            Claim(
                number=claim_no,
                date=day,
                claimant=row["claimant"],
                payee=row["payee"],
                company=company,
                true_class=row["class"],
                stated_class=row["class"],
                item=row["item"],
                amount=amount,
                paid=amount,
                mode=row["paid by"],
                attachments=1,
                invoice_no=invoice_no,
                approver="陈立",
            )
        )
        net = half_up(Fraction(amount * 100, 100 + rate))
        month.invoices.append(
            Invoice(
                number=invoice_no,
                date=day,
                seller=row["seller"],
                buyer=settings.company,
                item=row["item"],
                net=net,
                rate=rate,
                tax=amount - net,
                total=amount,
                claim_no=claim_no,
                pdf=pdf,
            )
        )


def invoice_number(settings: Settings, number: int) -> str:
    """A digital invoice's twenty figures: year, region, channel, serial."""
    return f"{settings.yy}442000000{100_000_000 + 618 + (number - 6) * 137:09d}"


def summarise(month: Month) -> dict[str, tuple[int, int]]:
    """Number and paid amount of the vouchers by the class that they state, and of all."""
    summary = {}
    for kind in (FREIGHT, INTERNAL):
        of_kind = [claim for claim in month.claims if claim.stated_class == kind]
        summary[kind] = len(of_kind), sum(claim.paid for claim in of_kind)
    summary["合计"] = len(month.claims), sum(claim.paid for claim in month.claims)
    return summary


def paid_by_purpose(month: Month) -> dict[str, int]:
    """What was paid for freight and for internal costs, by what the vouchers are for, whatever they state."""
    return {kind: sum(claim.paid for claim in month.claims if claim.true_class == kind) for kind in (FREIGHT, INTERNAL)}
