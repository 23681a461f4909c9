"""Cargo receipts as forms and as tables, manifests, the shipment register by carrier, memos, and controlled forms."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from houses.english.words import english
from houses.facts import PLACES, PROVIDER_NAMES, Facts, Row, by_week
from houses.writing import Folder, Group, Style, day_text

_FORM = (
    "CR No. = slip_no | Received = date | Depot = station | Received by = clerk | Shipper = customer | Carrier = provider"
    " | Tracking No. = waybill_no | Deliver to = destination | No. of Pkgs = pieces | Dimensions (cm) = dims"
    " | Gross Wt = actual_weight | Vol. Wt = volume_weight | Chgbl Wt = charge_weight | Rate/kg = rate"
    " | Base Freight = freight | Fuel % = fuel_rate | Fuel Levy = fuel | Sundry = other | Total Due = amount"
    " | Terms = pay_mode | Collect from consignee = cod | Copies = copies | Form status = status"
)
_TABLE = (
    "CR No. = slip_no | Shipper = customer | Carrier = provider | Tracking No. = waybill_no | To = destination"
    " | Pkgs = pieces | L x W x H = dims | Gross kg = actual_weight | Vol. kg = volume_weight | Chgbl kg = charge_weight"
    " | Rate/kg = rate | Base Freight = freight | Fuel % = fuel_rate | Fuel Levy = fuel | Sundry = other"
    " | Total Due = amount | Terms = pay_mode | COD = cod | Copies = copies | Status = status | Rcvd By = clerk"
)
_REGISTER = (
    "CR No. = slip_no | Rcvd = date | Depot = station | Shipper = customer | Tracking No. = waybill_no"
    " | To = destination | Pkgs = pieces | Gross = actual_weight | Volumetric = volume_weight | Chgbl = charge_weight"
    " | Rate = rate | Base = freight | Fuel % = fuel_rate | Fuel = fuel | Sundry = other | Total = amount"
    " | Terms = pay_mode | COD = cod | Memo Ref = memo_no | Clerk = clerk"
)


def write(facts: Facts, folder: Folder, text: Style) -> None:
    """The folders of the depots and of customer service."""
    for station in facts.stations:
        {"A": _forms, "B": _blocks, "C": _sheet}[station[0]](facts, folder, text, station)
    _handover(facts, folder)
    _manifests(facts, folder)
    _register(facts, folder)
    _memos(facts, folder, text)
    _controlled(facts, folder)


def depot(station: str) -> str:
    """The English name of a station."""
    return english("", PLACES[station[0]]) + station[1:]


def _at_depot(rows: Sequence[Row]) -> list[Row]:
    return [{**row, "station": depot(str(row["station"]))} for row in rows]


def _long(row: Row) -> str:
    day = row["date"]
    assert isinstance(day, date)
    return day_text(day, "{d} {mon} {y}")


def _forms(facts: Facts, folder: Folder, text: Style, station: str) -> None:
    """A PDF a week, a form a page, its cover before the forms of a day."""
    style = text.but(money="RMB {:,.2f}", weight="{} kg")
    name = depot(station)
    covers = {row["date"]: row for row in _at_depot(facts.covers(station))}
    for monday, rows in by_week(facts.slips(station)).items():
        path = f"02 Depots/{name}/Cargo Receipts w-c {day_text(monday, '{d} {mon}')}.pdf"
        pages = folder.pages(path, style, title=f"Cargo receipts {name}")
        for day in sorted({str(row["date"]) for row in rows}):
            today = [row for row in _at_depot(rows) if str(row["date"]) == day]
            pages.form(
                "bundle_cover",
                "Date = date | Depot = station | Receipts handed over = tickets | Packages = pieces | Value = amount"
                " | Handed over by = clerk | Taken over by = received_by",
                covers[today[0]["date"]],
                (english("company", facts.settings.company), "DAILY HANDOVER SHEET"),
            )
            for row in today:
                heading = (english("company", facts.settings.company), "CARGO RECEIPT")
                pages.form("receiving_slip", _FORM, row, heading, wide=("customer", "provider"))


def _blocks(facts: Facts, folder: Folder, text: Style, station: str) -> None:
    """A workbook a week, a sheet a day, two forms beside one another."""
    name = depot(station)
    for monday, rows in by_week(facts.slips(station)).items():
        book = folder.workbook(f"02 Depots/{name}/{name} w-c {day_text(monday, '{d} {mon} {y}')}.xlsx")
        for day in sorted({str(row["date"]) for row in rows}):
            today = [row for row in rows if str(row["date"]) == day]
            sheet = book.sheet(_long(today[0]))
            spec = _FORM.replace(" | Received = date | Depot = station", "")
            given = {"station@file": name, "date@sheet": day}
            sheet.forms("receiving_slip", spec, today, "CARGO RECEIPT", beside=2, given=given)


def _sheet(facts: Facts, folder: Folder, text: Style, station: str) -> None:
    """One table for the month under lines with the day."""
    name = depot(station)
    sheet = folder.workbook(f"02 Depots/{name} Depot.xlsx").sheet(day_text(facts.days.first, "{mon} {y}"))
    sheet.title(f"Cargo receipts issued - {name} Depot", 21)
    rows = sorted(facts.slips(station), key=lambda row: str(row["date"]))
    sheet.table(
        "receiving_slip",
        _TABLE,
        rows,
        given={"station@title": name, "date@group": ""},
        group=Group("date", _long, "Day total", ("pieces", "amount")),
        total=("Month total", ("pieces", "amount")),
        band=(("Weight", 7, 9), ("Charges (RMB)", 10, 15)),
    )


def _handover(facts: Facts, folder: Folder) -> None:
    """Covers of the depots that write no cover themselves."""
    sheet = folder.workbook("02 Depots/Handover Log.xlsx").sheet("Handover")
    sheet.title("Handover of cargo receipts to head office", 6)
    sheet.table(
        "bundle_cover",
        "Date = date | Receipts = tickets | Pkgs = pieces | Value = amount | Handed Over By = clerk | Taken Over By = received_by",
        [row for station in facts.stations if station[0] != "A" for row in _at_depot(facts.covers(station))],
        given={"station@group": ""},
        group=Group("station", lambda row: f"Depot: {row['station']}", "Subtotal", ("tickets", "pieces", "amount")),
    )


def _manifests(facts: Facts, folder: Folder) -> None:
    sheet = folder.workbook("02 Depots/Index of Filed Receipts.xlsx").sheet("Index")
    sheet.table(
        "bundle_entry",
        "Filed With = filed_under | CR No. = slip_no | Tracking No. = waybill_no | Rcvd = date",
        facts.filed(),
    )
    for monday, rows in by_week(facts.outbound()).items():
        book = folder.workbook(f"02 Depots/Dispatch/Manifests w-c {day_text(monday, '{d} {mon}')}.xls")
        for day in sorted({str(row["date"]) for row in rows}):
            today = [row for row in rows if str(row["date"]) == day]
            sheet = book.sheet(_long(today[0]))
            sheet.title(f"DISPATCH MANIFEST - {_long(today[0])}")
            sheet.table(
                "outbound_line",
                "Manifest = outbound_no | Tracking No. = waybill_no | CR No. = slip_no | Shipper = customer"
                " | Pkgs = pieces | Chgbl kg = charge_weight | Remarks = remark",
                today,
                given={"date@title": day, "provider@group": ""},
                group=Group(
                    "provider",
                    lambda row: f"Carrier: {english('', str(row['provider']))}",
                    "Carrier total",
                    ("pieces",),
                ),
            )


def _register(facts: Facts, folder: Folder) -> None:
    """A sheet a carrier, whose name stands in the sheet and the title."""
    book = folder.workbook(f"02 Depots/Shipment Register {facts.settings.period}.xlsx")
    rows = _at_depot(facts.register())
    for name in PROVIDER_NAMES.values():
        carrier = english("", name)
        sheet = book.sheet(carrier[:31])
        sheet.title(f"Shipment register - {carrier}", 20)
        sheet.table(
            "register_entry",
            _REGISTER,
            [row for row in rows if row["provider"] == name],
            given={"provider@title": carrier},
            band=(("Weight (kg)", 7, 9), ("Charges (RMB)", 10, 15)),
            total=("Total", ("pieces", "freight", "fuel", "other", "amount")),
            hidden=(5,) if name == PROVIDER_NAMES["P2"] else (),
        )


def _memos(facts: Facts, folder: Folder, text: Style) -> None:
    """A ruled form for each memo; adjustments in one document; the log."""
    for row in facts.memos():
        pages = folder.pages(f"03 Customer Service/Memos/{row['memo_no']}.pdf", text, title=str(row["memo_no"]))
        pages.form(
            "liaison_memo",
            "Memo Ref = memo_no | Raised On = date | Subject = type | CR No. = slip_no | Account = customer"
            " | Item amended = field | Was = old_value | Now = new_value | To be charged = amount | Ccy = currency"
            " | Explanation = reason | Raised by = applicant | Authorised by = approver | Received by = signed_by",
            row,
            (english("company", facts.settings.company), "INTERNAL MEMO"),
            ruled=True,
            wide=("customer", "reason"),
        )
    pages = folder.pages("03 Customer Service/Price Changes.pdf", text.but(money="RMB {:,.2f}"), title="Price changes")
    for row in facts.adjustments():
        pages.form(
            "adjustment",
            "Form No. = adjustment_no | Date = date | CR No. = slip_no | Account = customer | Was = old_amount"
            " | Now = new_amount | Change = amount | Grounds = reason | Supporting paper = evidence"
            " | Asked for by = applicant | Approved by = approver | Position of approver = approver_role",
            row,
            (english("company", facts.settings.company), "PRICE CHANGE FORM"),
            wide=("customer", "reason", "evidence"),
        )
    book = folder.workbook("03 Customer Service/Customer Service Log.xlsx")
    sheet = book.sheet("Log")
    sheet.table(
        "service_entry",
        "Memo Ref = memo_no | Logged = date | Subject = type | CR No. = slip_no | Account = customer"
        " | Charge = amount | Agent = handler | Progress = status",
        facts.service(),
    )
    sheet = book.sheet("Exceptions")
    sheet.table(
        "problem_shipment",
        "Memo Ref = memo_no | Logged = date | CR No. = slip_no | Account = customer | Trouble = problem | Outcome = result",
        facts.problems(),
    )


def _controlled(facts: Facts, folder: Folder) -> None:
    """Number books by the kind in sheet and title; spoilt and unused forms."""
    book = folder.workbook("02 Depots/Controlled Stationery.xlsx")
    for kind, receipts in (("Cargo Receipt", False), ("Official Receipt", True)):
        rows = facts.books(receipts)
        sheet = book.sheet(f"{kind} Books")
        sheet.title(f"{kind} books issued", 10)
        sheet.table(
            "number_book",
            "Book = book_no | Series = prefix | First = first_no | Last = last_no | Digits = width | Parts = copies"
            " | Issued To = holder | Issued = issued | Handed Back = returned | Signature = signed",
            rows if receipts else [{**row, "holder": depot(str(row["holder"]))} for row in rows],
            given={"kind@title": kind},
        )
    sheet = book.sheet("Spoilt Forms")
    sheet.table(
        "voided_number",
        "Form = kind | Serial = number | Spoilt On = date | Cause = reason | Parts Seen = copies_sighted"
        " | Part Missing = missing_copy | Reported To = reported_to | Witness = approver | Reissued As = replaced_by",
        facts.voids(),
    )
    sheet = book.sheet("Unused Forms")
    rows = [
        {**row, "holder": depot(str(row["holder"])) if row["kind"] == "收货清单" else row["holder"]}
        for row in facts.blanks()
    ]
    sheet.table(
        "blank_count",
        "Form = kind | Book = book_no | Held By = holder | Counted = date | Unused From = first_no | Unused To = last_no"
        " | Forms Left = sheets",
        rows,
    )
