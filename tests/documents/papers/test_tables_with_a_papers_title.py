"""A list of lines may bear the title that a paper of one figure has: a bill with its lines is no statement of account."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from paper_samples import read_paper
from pdf_samples import grid, pdf, title

from auditor.documents.collect import collect_file
from auditor.documents.read import ReadOptions, read_document

CHINESE = ["日期", "清单号", "运单号", "件数", "计费重", "单价", "运费", "燃油费", "金额", "付款方式", "项目"]
ENGLISH = ["Date", "Slip No", "Waybill No", "Pieces", "Chargeable weight", "Rate", "Freight", "Fuel surcharge", "Amount"]


def _lines(kind: list[str]) -> list[list[str]]:
    made = []
    for at in range(1, 13):
        freight, fuel = 20 * at, 2 * at
        numbers = [f"QP-{2300 + at}", f"WB77{at:03}", str(at), f"{4 * at}.0"]
        money = ["5.00", f"{freight}.00", f"{fuel}.00", f"{freight + fuel}.00"]
        made.append([f"2026-03-{at:02}", *numbers, *money, *kind])
    return made


def _bill(path: Path, heading: str, labels: list[str], header: list[str], kind: list[str]) -> None:
    def draw(canvas: Any) -> None:
        title(canvas, heading, 800)
        for at, label in enumerate(labels):
            canvas.drawString(30, 770 - 16 * at, label)
        rows = [header, *_lines(kind)]
        grid(canvas, rows, 20, 690 - 20 * len(rows), 540 / len(header), size=6)

    path.write_bytes(pdf(draw))


@pytest.mark.parametrize(
    ("heading", "labels", "header", "kind"),
    [
        ("客户对账单", ["账单编号：ZD-07   客户名称：清源商行", "上期欠款：0.00   本期应收：1,716.00"], CHINESE, ["月结", "运费"]),
        ("对账单", ["账单号：ZD-08   客户：和顺五金", "截止日期：2026-03-31"], CHINESE, ["月结", "运费"]),
        ("Statement of account", ["Bill No: ST-4   Customer: Beacon Crafts", "Total due: 1,716.00"], ENGLISH, []),
        ("Customer statement", ["Bill No: ST-9   Customer: Harrow Tools", "Date: 2026-03-31"], ENGLISH, []),
    ],
)
def test_a_bill_with_its_lines_is_no_statement_of_account(
    tmp_path: Path, heading: str, labels: list[str], header: list[str], kind: list[str]
) -> None:
    path = tmp_path / "bill.pdf"
    _bill(path, heading, labels, header, kind)
    (source,) = collect_file(path)
    document = read_document(source, options=ReadOptions(period=(date(2026, 3, 1), date(2026, 3, 31))))
    assert "party_statement" not in document.records
    assert not any(each.code == "FormIncomplete" for each in document.problems)
    if "bill_line" in document.records:
        assert document.records["bill_line"].column("slip_no").to_pylist() == [f"QP-{2300 + at}" for at in range(1, 13)]
    else:
        assert [each.hypotheses[0].record for each in document.tables] == ["bill_line"]


@pytest.mark.parametrize(
    "text",
    [
        "# STATEMENT OF ACCOUNT\n\nStatement No: S-3\nCustomer: Beacon Crafts\nClosing Balance: GBP 40.00\n",
        "# 客户对账单\n\n编号: S-4\n客户: 清源商行\n截止日期: 2026-03-31\n期末余额: 40.00\n",
        "# 往来对账单\n\n编号: S-5\n对方单位: 和顺五金\n日期: 2026-03-31\n期末余额: 75.50\n",
    ],
)
def test_a_statement_without_lines_stays_a_paper(tmp_path: Path, text: str) -> None:
    assert "party_statement" in read_paper(tmp_path, text).records
