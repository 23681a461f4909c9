"""Two small folders of papers: invoices, payments and a bank statement of an English joinery and of a Chinese one.

    python samples/make_papers.py [OUT]

Writes `fernbrook-2026-05` and `chengjiang-2026-05`, always the same bytes. Companies, numbers and amounts are invented.
In each folder two things are wrong; everything else agrees.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

FONT = "STSong-Light"

FERNBROOK = {
    "audit.yaml": "entity: Fernbrook Joinery Ltd\nperiod: 2026-05\ncurrency: GBP\n",
    "invoices/TW-310.pdf": """\
SUPPLIER INVOICE

Invoice Number: TW-310
Invoice Date: 2026-05-06
Supplier: Thornway Timber
Customer: Fernbrook Joinery Ltd
Due Date: 2026-05-20

Description\tQuantity\tUnit Price\tAmount
Oak boards\t50\t31.00\t1,550.00
Delivery to yard\t1\t300.00\t300.00

Subtotal: £1,850.00
VAT Rate: 20%
VAT: £370.00
Total: £2,220.00
""",
    "invoices/GL-88.pdf": """\
SUPPLIER INVOICE

Invoice Number: GL-88
Invoice Date: 2026-05-11
Supplier: Gale Hardware
Customer: Fernbrook Joinery Ltd
Due Date: 2026-05-25

Description\tQuantity\tUnit Price\tAmount
Brass hinges\t12\t6.50\t78.00
Screws, box\t40\t2.10\t84.00

Subtotal: £162.00
VAT Rate: 20%
VAT: £32.40
Total: £214.40
""",
    "invoices/FB-1041.pdf": """\
CUSTOMER INVOICE

Invoice Number: FB-1041
Invoice Date: 2026-05-04
Customer: Orchard School
Due Date: 2026-05-18

Subtotal: £4,800.00
VAT Rate: 20%
VAT: £960.00
Total: £5,760.00
""",
    "payments/PA-19.pdf": """\
PAYMENT ADVICE

Advice Number: PA-19
Payment Date: 2026-05-20
Counterparty: Thornway Timber
Amount: £2,220.00
Reference: TW-310
""",
    "payments/PA-20.pdf": """\
PAYMENT ADVICE

Advice Number: PA-20
Payment Date: 2026-05-26
Counterparty: Gale Hardware
Amount: £194.40
Reference: GL-88
""",
    "bank/statement-2026-05.csv": """\
Account Number: 40112233,Currency: GBP,,,
Date,Description,Money out,Money in,Balance
2026-05-01,Balance brought forward,,,12400.00
2026-05-18,Orchard School FB-1041,,5760.00,18160.00
2026-05-20,Thornway Timber TW-310,2200.00,,15960.00
2026-05-26,Gale Hardware GL-88,194.40,,15765.60
""",
}

CHENGJIANG = {
    "audit.yaml": "entity: 澄江木作有限公司\nperiod: 2026-05\ncurrency: CNY\n",
    "发票/26990000000000000310.xml": """\
<?xml version="1.0" encoding="UTF-8"?>
<EInvoice><Header><EIid>26990000000000000310</EIid><InherentLabel><GeneralOrSpecialVAT><LabelName>增值税专用发票</LabelName>
</GeneralOrSpecialVAT></InherentLabel></Header><EInvoiceData>
<SellerInformation><SellerName>荆林木材有限公司</SellerName></SellerInformation>
<BuyerInformation><BuyerName>澄江木作有限公司</BuyerName></BuyerInformation>
<BasicInformation><TotalAmWithoutTax>2000.00</TotalAmWithoutTax><TotalTaxAm>260.00</TotalTaxAm>
<TotalTax-includedAmount>2260.00</TotalTax-includedAmount>
<TotalTax-includedAmountInChinese>贰仟贰佰陆拾圆整</TotalTax-includedAmountInChinese></BasicInformation>
<IssuItemInformation><ItemName>*木材*橡木板</ItemName><Quantity>50</Quantity><UnPrice>40</UnPrice><Amount>2000.00</Amount>
<TaxRate>0.13</TaxRate><ComTaxAm>260.00</ComTaxAm></IssuItemInformation></EInvoiceData>
<TaxSupervisionInfo><InvoiceNumber>26990000000000000310</InvoiceNumber><IssueTime>2026-05-06</IssueTime></TaxSupervisionInfo>
</EInvoice>
""",
    "发票/WJ-88.pdf": """\
采购发票

发票号码：WJ-88
开票日期：2026-05-11
供应商：风口五金商行
到期日：2026-05-25

名称\t数量\t单价\t金额
铜合页\t200\t12.00\t2,400.00
木螺丝\t300\t2.00\t600.00

不含税金额：3,000.00
税率：13%
税额：390.00
价税合计：3,930.00
""",
    "发票/CJ-1041.pdf": """\
销售发票

发票号码：CJ-1041
开票日期：2026-05-04
客户：果园小学
到期日：2026-05-18

不含税金额：8,000.00
税率：13%
税额：1,040.00
价税合计：9,040.00
""",
    "付款/FK-19.pdf": """\
付款通知

通知编号：FK-19
付款日期：2026-05-20
往来单位：荆林木材有限公司
付款金额：2,260.00
参考号：26990000000000000310
""",
    "付款/FK-20.pdf": """\
付款通知

通知编号：FK-20
付款日期：2026-05-26
往来单位：风口五金商行
付款金额：3,390.00
参考号：WJ-88
""",
    "银行/2026年5月流水.csv": """\
账号,6222000011112222,币种,人民币,
交易日期,摘要,支出,收入,余额
2026-05-18,果园小学 CJ-1041,,9040.00,21440.00
2026-05-20,荆林木材有限公司 26990000000000000310,2600.00,,18840.00
2026-05-26,风口五金商行 WJ-88,3390.00,,15450.00
""",
}
FOLDERS = {"fernbrook-2026-05": FERNBROOK, "chengjiang-2026-05": CHENGJIANG}


def page(text: str) -> bytes:
    """A PDF of a text, its first line larger; a tab parts columns."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=1)
    for number, line in enumerate(text.rstrip("\n").split("\n")):
        canvas.setFont(FONT, 11 if number else 16)
        for column, piece in enumerate(line.split("\t")):
            canvas.drawString(60 + 130 * column, 780 - 18 * number, piece)
    canvas.save()
    return buffer.getvalue()


def make(out: Path) -> None:
    """Write both folders below `out`."""
    for folder, files in FOLDERS.items():
        for name, text in files.items():
            path = out / folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(page(text) if name.endswith(".pdf") else text.encode())


if __name__ == "__main__":
    make(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
