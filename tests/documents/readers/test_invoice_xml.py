"""Invoices as data: by themselves, in an OFD, inside a PDF whose pages must show the same."""

from __future__ import annotations

import io
import zipfile
from decimal import Decimal
from pathlib import Path

import pypdfium2
import pytest
from paper_samples import paper, records

from auditor.documents.collect import collect_file
from auditor.documents.model import ReadDocument
from auditor.documents.read import read_document

CII = """<?xml version="1.0" encoding="UTF-8"?>
<rsm:CrossIndustryInvoice xmlns:rsm="urn:rsm" xmlns:ram="urn:ram" xmlns:udt="urn:udt">
 <rsm:ExchangedDocument><ram:ID>WB-77</ram:ID><ram:TypeCode>{kind}</ram:TypeCode>
  <ram:IssueDateTime><udt:DateTimeString format="102">20260314</udt:DateTimeString></ram:IssueDateTime></rsm:ExchangedDocument>
 <rsm:SupplyChainTradeTransaction>
  <ram:IncludedSupplyChainTradeLineItem><ram:SpecifiedTradeProduct><ram:Name>Hafer: lose | 25 kg</ram:Name></ram:SpecifiedTradeProduct>
   <ram:SpecifiedLineTradeAgreement><ram:NetPriceProductTradePrice><ram:ChargeAmount>30.00</ram:ChargeAmount>
    <ram:BasisQuantity>10</ram:BasisQuantity></ram:NetPriceProductTradePrice></ram:SpecifiedLineTradeAgreement>
   <ram:SpecifiedLineTradeDelivery><ram:BilledQuantity unitCode="KGM">40.0000</ram:BilledQuantity></ram:SpecifiedLineTradeDelivery>
   <ram:SpecifiedLineTradeSettlement><ram:ApplicableTradeTax><ram:RateApplicablePercent>20</ram:RateApplicablePercent></ram:ApplicableTradeTax>
    <ram:SpecifiedTradeSettlementLineMonetarySummation><ram:LineTotalAmount>120.00</ram:LineTotalAmount></ram:SpecifiedTradeSettlementLineMonetarySummation>
   </ram:SpecifiedLineTradeSettlement></ram:IncludedSupplyChainTradeLineItem>
  <ram:ApplicableHeaderTradeAgreement>
   <ram:SellerTradeParty><ram:Name>Mühle Ost KG</ram:Name><ram:SpecifiedTaxRegistration><ram:ID schemeID="FC">11/222</ram:ID></ram:SpecifiedTaxRegistration>
    <ram:SpecifiedTaxRegistration><ram:ID schemeID="VA">DE99</ram:ID></ram:SpecifiedTaxRegistration></ram:SellerTradeParty>
   <ram:BuyerTradeParty><ram:Name>Bäckerei Süd</ram:Name></ram:BuyerTradeParty></ram:ApplicableHeaderTradeAgreement>
  <ram:ApplicableHeaderTradeSettlement><ram:InvoiceCurrencyCode>EUR</ram:InvoiceCurrencyCode>
   <ram:InvoiceReferencedDocument><ram:IssuerAssignedID>WB-60</ram:IssuerAssignedID></ram:InvoiceReferencedDocument>
   <ram:ApplicableTradeTax><ram:RateApplicablePercent>20</ram:RateApplicablePercent></ram:ApplicableTradeTax>
   <ram:SpecifiedTradeAllowanceCharge><ram:ChargeIndicator><udt:Indicator>false</udt:Indicator></ram:ChargeIndicator>
    <ram:ActualAmount>20.00</ram:ActualAmount></ram:SpecifiedTradeAllowanceCharge>
   <ram:SpecifiedTradeSettlementHeaderMonetarySummation><ram:LineTotalAmount>120.00</ram:LineTotalAmount>
    <ram:TaxBasisTotalAmount>100.00</ram:TaxBasisTotalAmount><ram:TaxTotalAmount>20.00</ram:TaxTotalAmount>
    <ram:GrandTotalAmount>{total}</ram:GrandTotalAmount></ram:SpecifiedTradeSettlementHeaderMonetarySummation>
  </ram:ApplicableHeaderTradeSettlement></rsm:SupplyChainTradeTransaction></rsm:CrossIndustryInvoice>"""

UBL = """<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2" xmlns:a="urn:a" xmlns:b="urn:b">
 <b:ID>7001</b:ID><b:IssueDate>2026-04-02</b:IssueDate><b:DueDate>2026-05-02</b:DueDate><b:DocumentCurrencyCode>GBP</b:DocumentCurrencyCode>
 <a:AccountingSupplierParty><a:Party><a:PartyName><b:Name>Fen Boats</b:Name></a:PartyName>
  <a:PartyTaxScheme><b:CompanyID>GB1</b:CompanyID></a:PartyTaxScheme></a:Party></a:AccountingSupplierParty>
 <a:AccountingCustomerParty><a:Party><a:PartyLegalEntity><b:RegistrationName>Lock Ltd</b:RegistrationName></a:PartyLegalEntity></a:Party>
 </a:AccountingCustomerParty>
 <a:TaxTotal><b:TaxAmount currencyID="GBP">10.00</b:TaxAmount><a:TaxSubtotal><a:TaxCategory><b:Percent>20</b:Percent></a:TaxCategory></a:TaxSubtotal></a:TaxTotal>
 <a:LegalMonetaryTotal><b:TaxExclusiveAmount>50.00</b:TaxExclusiveAmount><b:TaxInclusiveAmount>60.00</b:TaxInclusiveAmount></a:LegalMonetaryTotal>
 <a:InvoiceLine><b:InvoicedQuantity>2</b:InvoicedQuantity><b:LineExtensionAmount>50.00</b:LineExtensionAmount>
  <a:Item><b:Name>Rope</b:Name></a:Item><a:Price><b:PriceAmount>25</b:PriceAmount></a:Price></a:InvoiceLine></Invoice>"""

DIGITAL = """<?xml version="1.0" encoding="UTF-8"?><EInvoice><Header><EIid>26990000000000000042</EIid><InherentLabel>
 <GeneralOrSpecialVAT><LabelName>普通发票</LabelName></GeneralOrSpecialVAT></InherentLabel></Header><EInvoiceData>
 <SellerInformation><SellerIdNum>91000000MA00000001</SellerIdNum><SellerName>柳溪茶行</SellerName></SellerInformation>
 <BuyerInformation><BuyerIdNum>91000000MA00000002</BuyerIdNum><BuyerName>白石运输有限公司</BuyerName></BuyerInformation>
 <BasicInformation><TotalAmWithoutTax>200.00</TotalAmWithoutTax><TotalTaxAm>12.00</TotalTaxAm>
 <TotalTax-includedAmount>212.00</TotalTax-includedAmount><TotalTax-includedAmountInChinese>贰佰壹拾贰圆整</TotalTax-includedAmountInChinese>
 <Drawer>李四</Drawer></BasicInformation>
 <IssuItemInformation><ItemName>*茶*绿茶</ItemName><Quantity>2</Quantity><UnPrice>100</UnPrice><Amount>200.00</Amount>
 <TaxRate>0.06</TaxRate><ComTaxAm>12.00</ComTaxAm></IssuItemInformation></EInvoiceData>
 <TaxSupervisionInfo><InvoiceNumber>26990000000000000042</InvoiceNumber><IssueTime>2026-03-09</IssueTime></TaxSupervisionInfo></EInvoice>"""

OLD = """<eInvoice xmlns:fp="urn:fp"><fp:InvoiceCode>011002600111</fp:InvoiceCode><fp:InvoiceNo>00000321</fp:InvoiceNo>
 <fp:IssueDate>2026年03月05日</fp:IssueDate><fp:Buyer><fp:BuyerName>白石运输有限公司</fp:BuyerName></fp:Buyer>
 <fp:Seller><fp:SellerName>松林饭店</fp:SellerName></fp:Seller><fp:TaxInclusiveTotalAmount>106.00</fp:TaxInclusiveTotalAmount>
 <fp:TaxTotalAmount>6.00</fp:TaxTotalAmount><fp:TaxExclusiveTotalAmount>100.00</fp:TaxExclusiveTotalAmount>
 <fp:GoodsInfos><fp:GoodsInfo><fp:Item>*餐饮服务*餐费</fp:Item><fp:Price>50</fp:Price><fp:Quantity>2</fp:Quantity>
 <fp:Amount>100.00</fp:Amount><fp:TaxScheme>6%</fp:TaxScheme><fp:TaxAmount>6.00</fp:TaxAmount></fp:GoodsInfo></fp:GoodsInfos></eInvoice>"""


def cii(kind: str = "380", total: str = "120.00") -> str:
    return CII.format(kind=kind, total=total)


def document(folder: Path, name: str, data: bytes | str) -> ReadDocument:
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    (source,) = collect_file(path)
    return read_document(source)


def test_a_cross_industry_invoice(tmp_path: Path) -> None:
    read = document(tmp_path, "rechnung.xml", cii())
    (invoice,) = records(read, "invoice")
    assert (invoice["invoice_no"], str(invoice["date"]), invoice["seller"], invoice["seller_tax_id"], invoice["buyer"]) == (
        "WB-77", "2026-03-14", "Mühle Ost KG", "DE99", "Bäckerei Süd",
    )  # fmt: skip
    assert [invoice[name] for name in ("net", "tax_rate", "tax", "total", "currency")] == [
        "100.00", "20.00", "20.00", "120.00", "EUR",
    ]  # fmt: skip
    (line,) = records(read, "invoice_line")  # what is taken off besides is no line; the price is that of one
    assert (line["description"], line["quantity"], line["price"], line["amount"]) == (
        "Hafer: lose | 25 kg", "40.00", "3.00", "120.00",
    )  # fmt: skip
    assert read.problems == () and read.rows_seen == 2


def test_a_cross_industry_credit_note(tmp_path: Path) -> None:
    (note,) = records(document(tmp_path, "g.xml", cii("381")), "credit_note")
    assert (note["number"], note["invoice_no"], note["party"], note["total"]) == (
        "WB-77", "WB-60", "Bäckerei Süd", "120.00",
    )  # fmt: skip


def test_a_universal_business_language_invoice(tmp_path: Path) -> None:
    read = document(tmp_path, "inv.xml", UBL)
    (invoice,) = records(read, "invoice")
    assert [str(invoice[name]) for name in ("invoice_no", "date", "due", "seller", "seller_tax_id", "buyer", "total", "currency")] == [
        "7001", "2026-04-02", "2026-05-02", "Fen Boats", "GB1", "Lock Ltd", "60.00", "GBP",
    ]  # fmt: skip
    assert [line["price"] for line in records(read, "invoice_line")] == ["25.00"]


def test_a_chinese_digital_invoice(tmp_path: Path) -> None:
    read = document(tmp_path, "fp.xml", DIGITAL)
    (invoice,) = records(read, "invoice")
    assert [str(invoice[name]) for name in ("invoice_no", "date", "seller", "buyer", "net", "tax", "total", "words", "kind")] == [
        "26990000000000000042", "2026-03-09", "柳溪茶行", "白石运输有限公司", "200.00", "12.00", "212.00", "212.00", "普通发票",
    ]  # fmt: skip
    (line,) = records(read, "invoice_line")
    assert (line["rate"], line["price"], line["amount"]) == ("6.00", "100.00", "200.00")


def test_an_invoice_in_an_ofd(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("OFD.xml", "<OFD/>")
        archive.writestr("Doc_0/Attachs/original_invoice.xml", OLD)
    read = document(tmp_path, "a.ofd", packed.getvalue())
    (invoice,) = records(read, "invoice")
    assert (invoice["invoice_code"], invoice["invoice_no"], str(invoice["date"]), invoice["total"]) == (
        "011002600111", "00000321", "2026-03-05", "106.00",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (cii()[:900], "TruncatedFile"),
        ('<?xml version="1.0"?><!DOCTYPE Invoice [<!ENTITY x "y">]><Invoice>&x;</Invoice>', "ForbiddenMarkup"),
        ('<?xml version="1.0"?><Invoice><ID>1</ID></Invoice>', "NotRecognised"),  # of nobody's schema
        ('<?xml version="1.0"?><Orders/>', "NotRecognised"),
    ],
)
def test_xml_that_is_no_invoice(tmp_path: Path, data: str, code: str) -> None:
    read = document(tmp_path, "x.xml", data)
    assert [each.code for each in read.problems] == [code] and not records(read, "invoice")


def hybrid(total: str) -> bytes:
    """A PDF that shows one total and holds another as data."""
    made = pypdfium2.PdfDocument(
        paper(f"Rechnung WB-77\n\nNetto 100,00 EUR\nUSt 20,00 EUR\nZu zahlen {total} EUR\n")
    )
    made.new_attachment("factur-x.xml").set_data(cii().encode())
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def test_a_pdf_with_its_data_is_one_invoice(tmp_path: Path) -> None:
    read = document(tmp_path, "r.pdf", hybrid("120,00"))
    (invoice,) = records(read, "invoice")
    assert invoice["total"] == "120.00" and read.problems == ()
    assert [(each.name, each.status.value) for each in read.proofs if each.name == "data and page"] == [
        ("data and page", "holds")
    ]


def test_a_page_that_shows_another_total_than_its_data(tmp_path: Path) -> None:
    read = document(tmp_path, "r.pdf", hybrid("150,00"))
    assert [(each.code, each.found) for each in read.problems] == [("PageDiffersFromData", "120.00")]
    assert [each.status.value for each in read.proofs if each.name == "data and page"] == ["broken"]
    assert Decimal(records(read, "invoice")[0]["total"]) == 120
