"""Invoices as data: EN 16931 in both its syntaxes (CII as in ZUGFeRD and Factur-X, UBL), the Chinese 数电票 and the
invoice inside an OFD. Each becomes a page that states labels and values, as the labels of a printed invoice would.

Elements are known by their local names, so that versions of a schema read alike. No DTD, no entities, no network.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from decimal import Decimal, InvalidOperation
from typing import Any

from lxml import etree

from auditor.documents.errors import ForbiddenMarkup, NotRecognised, TruncatedFile
from auditor.documents.pages import ReadPages, StatedPage

_MOST = 20_000_000  # bytes of an invoice
_OFD_DATA = re.compile(r"(^|/)Attachs/[^/]*invoice[^/]*\.xml$", re.IGNORECASE)
_COMPACT_DAY = re.compile(r"(\d{4})(\d{2})(\d{2})")
_CREDIT_NOTES = {"381", "261", "83", "396"}  # UNTDID 1001

Pairs = list[tuple[str, str]]


def read(data: bytes) -> ReadPages:
    """The invoice that an XML file is. Raises NotRecognised if it is none, TruncatedFile, ForbiddenMarkup."""
    page = stated_page(data)
    if page is None:
        raise NotRecognised(format="xml")
    return ReadPages("invoice xml", [page])


def read_ofd(data: bytes) -> ReadPages:
    """The invoice that lies as data in an OFD. Raises NotRecognised if none does, TruncatedFile, ForbiddenMarkup."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = sorted(each.filename for each in archive.infolist() if each.file_size <= _MOST)
            pages = [stated_page(archive.read(name)) for name in names if _OFD_DATA.search(name)]
    except (zipfile.BadZipFile, RuntimeError, OSError, EOFError, NotImplementedError) as error:
        raise TruncatedFile(format="ofd", reason=str(error)) from error
    found = [page for page in pages if page is not None]
    if not found:
        raise NotRecognised(format="ofd")
    return ReadPages("ofd", found[:1])


def stated_page(data: bytes) -> StatedPage | None:
    """What an invoice in XML states; None if the XML is no invoice. Raises TruncatedFile, ForbiddenMarkup."""
    if len(data) > _MOST:
        return None
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise TruncatedFile(format="xml", reason=str(error)) from error
    if root.getroottree().docinfo.doctype:
        raise ForbiddenMarkup(part=_local(root))
    maker = _MAKERS.get(_local(root))
    return maker(root) if maker is not None else None


# --- looking into an element -----------------------------------------------------------------------------------------


def _local(node: Any) -> str:
    return etree.QName(node).localname if isinstance(node.tag, str) else ""


def _all(node: Any, *names: str) -> Iterator[Any]:
    """The elements at a path of local names; a name may give several, parted by `|`."""
    if not names:
        yield node
        return
    for child in node:
        if _local(child) in names[0].split("|"):
            yield from _all(child, *names[1:])


def _text(node: Any, *names: str) -> str:
    """The first text at a path; empty if there is none."""
    found = (" ".join("".join(each.itertext()).split()) for each in _all(node, *names))
    return next((text for text in found if text), "")


def _one(node: Any, *names: str) -> Any:
    """The first element at a path, else an empty one."""
    return next(_all(node, *names), etree.Element("none"))


def _day(text: str) -> str:
    """A day in the form of ISO 8601, of `20180605` too."""
    match = _COMPACT_DAY.fullmatch(text.strip())
    return "-".join(match.groups()) if match else text.strip()


def _pairs(*given: tuple[str, str]) -> Pairs:
    return [(label, value) for label, value in given if value]


def _for_one(price: str, basis: str) -> str:
    """The price of one, where it is stated for several."""
    try:
        return f"{Decimal(price) / Decimal(basis):f}" if price and basis and Decimal(basis) != 1 else price
    except (InvalidOperation, ZeroDivisionError):
        return price


def _rate(text: str) -> str:
    return text if not text or text.endswith("%") else f"{text}%"


def _signed(charge: str, amount: str) -> str:
    return amount if charge in ("true", "1") else f"-{amount}"


def _page(record: str, own: Pairs, lines: list[Pairs], besides: list[Pairs], title: str) -> StatedPage:
    return StatedPage(
        1, title, record, tuple(own), tuple(tuple(each) for each in lines), tuple(tuple(each) for each in besides)
    )


def _invoice(own: dict[str, str], rates: set[str], reference: str, is_credit: bool) -> tuple[str, Pairs, str]:
    """The labels of an invoice or a credit note in English, by what they are."""
    only = _rate(next(iter(rates))) if len(rates) == 1 else ""
    if is_credit:
        labels = {"number": "Credit Note Number", "total": "Total", "buyer": "Customer",
                  "reference": "Original Invoice"}
        own = own | dict.fromkeys(("seller", "seller_tax_id", "buyer_tax_id", "due"), "") | {"reference": reference}
    else:
        labels = {"number": "Invoice No", "total": "Total amount", "buyer": "Buyer"}
    names = {
        "date": "Issue date", "due": "Due Date", "seller": "Seller", "seller_tax_id": "Seller tax ID",
        "buyer_tax_id": "Buyer tax ID", "currency": "Currency", "net": "Subtotal", "tax": "Tax Amount",
    } | labels  # fmt: skip
    order = (
        "number", "date", "due", "seller", "seller_tax_id", "buyer", "buyer_tax_id", "reference", "currency", "net",
        "rate", "tax", "total",
    )  # fmt: skip
    values = {**own, "rate": "" if is_credit else only}
    made = _pairs(*((names.get(each, "Tax Rate"), values.get(each, "")) for each in order))
    return ("credit_note", made, "Credit note") if is_credit else ("invoice", made, "Invoice")


# --- the formats -----------------------------------------------------------------------------------------------------


def _cii(root: Any) -> StatedPage | None:
    """UN/CEFACT Cross Industry Invoice; the names of ZUGFeRD 1 beside those of today."""
    document = _one(root, "ExchangedDocument|HeaderExchangedDocument")
    trade = _one(root, "SupplyChainTradeTransaction|SpecifiedSupplyChainTradeTransaction")
    agreement = _one(trade, "ApplicableHeaderTradeAgreement|ApplicableSupplyChainTradeAgreement")
    settled = _one(trade, "ApplicableHeaderTradeSettlement|ApplicableSupplyChainTradeSettlement")
    sums = _one(
        settled, "SpecifiedTradeSettlementHeaderMonetarySummation|SpecifiedTradeSettlementMonetarySummation"
    )
    taxes = list(_all(settled, "ApplicableTradeTax"))
    own = {
        "number": _text(document, "ID"),
        "date": _day(_text(document, "IssueDateTime", "DateTimeString")),
        "due": _day(_text(settled, "SpecifiedTradePaymentTerms", "DueDateDateTime", "DateTimeString")),
        "currency": _text(settled, "InvoiceCurrencyCode"),
        "net": _text(sums, "TaxBasisTotalAmount"),
        "tax": _text(sums, "TaxTotalAmount"),
        "total": _text(sums, "GrandTotalAmount"),
    }
    for side in ("Seller", "Buyer"):
        party = _one(agreement, f"{side}TradeParty")
        ids = list(_all(party, "SpecifiedTaxRegistration", "ID"))
        ids.sort(key=lambda each: each.get("schemeID") != "VA")
        own |= {side.lower(): _text(party, "Name"), f"{side.lower()}_tax_id": _text(ids[0]) if ids else ""}
    lines = [_cii_line(each) for each in _all(trade, "IncludedSupplyChainTradeLineItem")]
    besides = [
        _pairs(
            ("Description", _text(each, "Reason")),
            ("Charge", _signed(_text(each, "ChargeIndicator"), _text(each, "ActualAmount"))),
        )
        for each in _all(settled, "SpecifiedTradeAllowanceCharge")
    ]
    rates = {_text(each, "RateApplicablePercent|ApplicablePercent") for each in taxes} - {""}
    reference = _text(settled, "InvoiceReferencedDocument", "IssuerAssignedID|ID")
    credit = _text(document, "TypeCode") in _CREDIT_NOTES
    record, pairs, title = _invoice(own, rates, reference, credit)
    return _page(record, pairs, [each for each in lines if each], besides, title)


def _cii_line(line: Any) -> Pairs:
    agreement = _one(line, "SpecifiedLineTradeAgreement|SpecifiedSupplyChainTradeAgreement")
    settled = _one(line, "SpecifiedLineTradeSettlement|SpecifiedSupplyChainTradeSettlement")
    price = _one(agreement, "NetPriceProductTradePrice")
    delivery = _one(line, "SpecifiedLineTradeDelivery|SpecifiedSupplyChainTradeDelivery")
    rate = _text(settled, "ApplicableTradeTax", "RateApplicablePercent|ApplicablePercent")
    sums = "SpecifiedTradeSettlementLineMonetarySummation|SpecifiedTradeSettlementMonetarySummation"
    return _line(
        _text(line, "SpecifiedTradeProduct", "Name"),
        _text(delivery, "BilledQuantity"),
        _for_one(_text(price, "ChargeAmount"), _text(price, "BasisQuantity")),
        rate,
        _text(settled, sums, "LineTotalAmount"),
    )


def _line(description: str, quantity: str, price: str, rate: str, amount: str) -> Pairs:
    """A line; one without an amount is a note and no line."""
    if not amount:
        return []
    return _pairs(
        ("Description", description), ("Quantity", quantity), ("Price", price), ("Tax Rate", _rate(rate)),
        ("Amount", amount),
    )  # fmt: skip


def _ubl(root: Any) -> StatedPage | None:
    """OASIS UBL, an invoice or a credit note."""
    if "oasis" not in (etree.QName(root).namespace or ""):
        return None
    sums = _one(root, "LegalMonetaryTotal")
    own = {
        "number": _text(root, "ID"),
        "date": _text(root, "IssueDate"),
        "due": _text(root, "DueDate") or _text(root, "PaymentMeans", "PaymentDueDate"),
        "currency": _text(root, "DocumentCurrencyCode"),
        "net": _text(sums, "TaxExclusiveAmount"),
        "tax": _text(root, "TaxTotal", "TaxAmount"),
        "total": _text(sums, "TaxInclusiveAmount") or _text(sums, "PayableAmount"),
    }
    for name, side in (("seller", "AccountingSupplierParty"), ("buyer", "AccountingCustomerParty")):
        party = _one(root, side, "Party")
        own |= {
            name: _text(party, "PartyLegalEntity", "RegistrationName") or _text(party, "PartyName", "Name"),
            f"{name}_tax_id": _text(party, "PartyTaxScheme", "CompanyID"),
        }
    lines = [
        _line(
            _text(each, "Item", "Name") or _text(each, "Item", "Description"),
            _text(each, "InvoicedQuantity|CreditedQuantity"),
            _for_one(_text(each, "Price", "PriceAmount"), _text(each, "Price", "BaseQuantity")),
            _text(each, "Item", "ClassifiedTaxCategory", "Percent"),
            _text(each, "LineExtensionAmount"),
        )
        for each in _all(root, "InvoiceLine|CreditNoteLine")
    ]
    besides = [
        _pairs(
            ("Description", _text(each, "AllowanceChargeReason")),
            ("Charge", _signed(_text(each, "ChargeIndicator"), _text(each, "Amount"))),
        )
        for each in _all(root, "AllowanceCharge")
    ]
    rates = {_text(each, "TaxCategory", "Percent") for each in _all(root, "TaxTotal", "TaxSubtotal")} - {""}
    credit = _local(root) == "CreditNote" or _text(root, "InvoiceTypeCode") in _CREDIT_NOTES
    reference = _text(root, "BillingReference", "InvoiceDocumentReference", "ID")
    record, pairs, title = _invoice(own, rates, reference, credit)
    return _page(record, pairs, [each for each in lines if each], besides, title)


def _digital(root: Any) -> StatedPage | None:
    """全面数字化的电子发票 as the tax platform gives it out."""
    data = _one(root, "EInvoiceData")
    basic, seller, buyer = (_one(data, f"{each}Information") for each in ("Basic", "Seller", "Buyer"))
    told = _one(root, "TaxSupervisionInfo")
    number = _text(told, "InvoiceNumber") or _text(root, "Header", "EIid")
    if not number:
        return None
    lines = [
        _chinese_line(each, "ItemName", "Quantity", "UnPrice", "TaxRate", "Amount", "ComTaxAm")
        for each in _all(data, "IssuItemInformation")
    ]
    kind = _text(root, "Header", "InherentLabel", "GeneralOrSpecialVAT", "LabelName")
    own = _pairs(
        ("发票号码", number),
        ("开票日期", (_text(told, "IssueTime") or _text(basic, "RequestTime"))[:10]),
        ("销售方名称", _text(seller, "SellerName")), ("销方税号", _text(seller, "SellerIdNum")),
        ("购买方名称", _text(buyer, "BuyerName")), ("购方税号", _text(buyer, "BuyerIdNum")),
        ("发票票种", kind),
        ("不含税金额", _text(basic, "TotalAmWithoutTax")), ("税额", _text(basic, "TotalTaxAm")),
        ("价税合计", _text(basic, "TotalTax-includedAmount")),
        ("价税合计(大写)", _text(basic, "TotalTax-includedAmountInChinese")),
        ("开票人", _text(basic, "Drawer")), ("备注", _text(data, "AdditionalInformation", "Remark")),
    )  # fmt: skip
    return _page("invoice", own, lines, [], "电子发票")


def _in_ofd(root: Any) -> StatedPage | None:
    """The invoice of the years before, as it lies in its OFD."""
    number = _text(root, "InvoiceNo")
    if not number:
        return None
    goods = _all(root, "GoodsInfos", "GoodsInfo")
    lines = [_chinese_line(each, "Item", "Quantity", "Price", "TaxScheme", "Amount", "TaxAmount") for each in goods]
    own = _pairs(
        ("发票代码", _text(root, "InvoiceCode")), ("发票号码", number), ("开票日期", _text(root, "IssueDate")),
        ("销售方名称", _text(root, "Seller", "SellerName")), ("销方税号", _text(root, "Seller", "SellerTaxID")),
        ("购买方名称", _text(root, "Buyer", "BuyerName")), ("购方税号", _text(root, "Buyer", "BuyerTaxID")),
        ("不含税金额", _text(root, "TaxExclusiveTotalAmount")), ("税额", _text(root, "TaxTotalAmount")),
        ("价税合计", _text(root, "TaxInclusiveTotalAmount")),
        ("开票人", _text(root, "InvoiceClerk")), ("备注", _text(root, "Note")),
    )  # fmt: skip
    return _page("invoice", own, lines, [], "电子发票")


def _chinese_line(line: Any, item: str, quantity: str, price: str, rate: str, amount: str, tax: str) -> Pairs:
    share = _text(line, rate)
    try:
        percent = f"{Decimal(share) * 100:f}%" if share and "%" not in share else share  # 0.06 is 6 %
    except InvalidOperation:
        percent = ""  # 免税, 不征税: no rate
    return _pairs(
        ("项目", _text(line, item)), ("数量", _text(line, quantity)), ("单价", _text(line, price)),
        ("税率", percent), ("金额", _text(line, amount)), ("税额", _text(line, tax)),
    )  # fmt: skip


_MAKERS: dict[str, Callable[[Any], StatedPage | None]] = {
    "CrossIndustryInvoice": _cii,
    "CrossIndustryDocument": _cii,
    "Invoice": _ubl,
    "CreditNote": _ubl,
    "EInvoice": _digital,
    "eInvoice": _in_ofd,
}
