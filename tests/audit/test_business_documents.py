"""Folders of papers of a small English company and of a Chinese one: whole they are silent, and what one paper
contradicts is found once, by how much, on that paper."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from paper_samples import paper

import auditor
from auditor.audit.audits import Audit

ENGLISH = {
    "invoice in": """\
# SUPPLIER INVOICE
Bill Details
Invoice Number: TB-88
Invoice Date: 2026-10-06
Supplier: Tidewater Brick
Subtotal: $2,400.00
Tax Rate: 5.00%
Tax Amount: $120.00
Total: $2,520.00
Lines
Items:
- Description Bricks | Amount $1,900.00
- Description Pallets | Amount $500.00
""",
    "copy": """\
# SECONDARY COPY
Copy Summary
Copy ID: CP-4
Document Date: 2026-10-06
Source Reference: TB-88
Counterparty: Tidewater Brick
Total: $2,520.00
""",
    "advice": """\
# PAYMENT ADVICE
Payment Details
Advice Number: PV-12
Payment Date: 2026-10-20
Counterparty: Tidewater Brick
Amount: $2,520.00
Reference: TB-88
""",
    "stock": """\
# INVENTORY ROLLFORWARD
Document Date: 2026-10-31
Rollforward
Rollforward ID: RF-1
Opening Balance: $310.00
Purchases: $2,400.00
Usage: $1,150.00
Ending Balance: $1,560.00
""",
}
CHINESE = {
    "发票": """\
# 采购发票
发票信息
发票号码: LH-501
开票日期: 2026-10-06
供应商: 临海建材有限公司
不含税金额: 3000.00
税率: 13%
税额: 390.00
价税合计: 3390.00
""",
    "付款": """\
# 付款通知
付款信息
通知编号: FK-77
付款日期: 2026-10-20
往来单位: 临海建材有限公司
付款金额: 3390.00
参考号: LH-501
""",
    "对账": """\
# 供应商对账单
对账信息
对账单编号: DZ-9
对账日期: 2026-10-31
供应商: 临海建材有限公司
期末余额: 1260.00
明细
- 发票号码 LH-502 | 金额 800.00 | 状态 未结
- 发票号码 LH-503 | 金额 460.00 | 状态 未结
""",
    "递延": """\
# 递延收入变动表
变动
期初递延收入: 640.00
本期新增: 300.00
本期确认收入: 410.00
期末递延收入: 530.00
""",
}
FOLDERS = {"en": (ENGLISH, "USD"), "zh": (CHINESE, "CNY")}
ALTERED = [
    ("en", "invoice in", "Total: $2,520.00", "Total: $2,610.00", "FIG-01", "90.00"),
    ("en", "invoice in", "Tax Rate: 5.00%", "Tax Rate: 8.00%", "FIG-02", "-72.00"),
    ("en", "copy", "Total: $2,520.00", "Total: $2,250.00", "DOC-01", "-270.00"),
    ("en", "stock", "Ending Balance: $1,560.00", "Ending Balance: $1,650.00", "FIG-05", "90.00"),
    ("zh", "发票", "价税合计: 3390.00", "价税合计: 3930.00", "FIG-01", "540.00"),
    ("zh", "对账", "期末余额: 1260.00", "期末余额: 1620.00", "FIG-08", "360.00"),
    ("zh", "递延", "期末递延收入: 530.00", "期末递延收入: 350.00", "FIG-05", "-180.00"),
]


def audited(folder: Path, lang: str, name: str = "", old: str = "", new: str = "") -> Audit:
    """The audit of a folder, one line of one paper altered."""
    papers, currency = FOLDERS[lang]
    folder.mkdir(exist_ok=True)
    (folder / "audit.yaml").write_text(f"entity: Own\nperiod: 2026-10\ncurrency: {currency}\n", encoding="utf-8")
    for each, text in papers.items():
        assert each != name or old in text
        (folder / f"{each}.pdf").write_bytes(paper(text.replace(old, new) if each == name else text))
    return auditor.run(folder)


def open_ones(audit: Audit) -> list[tuple[str, str, Decimal | None]]:
    return [
        (each.code, each.severity, each.difference)
        for each in audit.result.findings
        if each.status == "open" and each.severity != "info"
    ]


@pytest.mark.parametrize("lang", FOLDERS)
def test_a_whole_folder_is_silent_and_chooses_the_set(tmp_path: Path, lang: str) -> None:
    audit = audited(tmp_path, lang)
    assert open_ones(audit) == []
    assert [each.name for each in audit.result.audit.sets if each.asked] == ["business-documents"]


@pytest.mark.parametrize(("lang", "name", "old", "new", "code", "difference"), ALTERED)
def test_an_altered_figure_is_one_exception(
    tmp_path: Path, lang: str, name: str, old: str, new: str, code: str, difference: str
) -> None:
    audit = audited(tmp_path, lang, name, old, new)
    assert open_ones(audit) == [(code, "high", Decimal(difference))]
    (finding,) = (each for each in audit.result.findings if each.status == "open" and each.code == code)
    assert f"{name}.pdf" in {record.document for record in finding.records}
