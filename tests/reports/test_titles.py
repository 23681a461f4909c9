"""What keys, values and layouts are called."""

from __future__ import annotations

import pytest

from auditor.languages import Text
from auditor.reports.titles import finding_key, layout_title, parameter_text


@pytest.mark.parametrize(
    ("key", "field", "en", "zh"),
    [
        ("book 89", None, "book 89", "第 89 本"),
        ("10-31 count", None, "10-31 count", "10-31 盘点"),
        ("ICBC cheque 00123456", None, "ICBC cheque 00123456", "ICBC 支票 00123456"),
        ("SH26-004327/件数", "pieces", "SH26-004327/Pieces", "SH26-004327/件数"),
        ("件数/合计", None, "件数/合计", "件数/合计"),
        ("CCB->ICBC/10-27", "account__id", "CCB->ICBC/10-27", "CCB->ICBC/10-27"),
        ("SH26-004090", None, "SH26-004090", "SH26-004090"),
    ],
)
def test_keys(key: str, field: str | None, en: str, zh: str) -> None:
    assert finding_key(key, field) == Text(en, zh)


@pytest.mark.parametrize(
    ("value", "en", "zh"),
    [
        ("3 working days", "3 working days", "3 个工作日"),
        ("30 days", "30 days", "30 天"),
        ("14000.00 CNY", "14,000.00 CNY", "14,000.00 CNY"),
        ("0.5 %", "0.5 %", "0.5 %"),
        ("5 pieces", "5 pieces", "5 件"),
    ],
)
def test_parameters(value: str, en: str, zh: str) -> None:
    assert parameter_text(value) == Text(en, zh)


def test_layouts() -> None:
    assert layout_title(None) is None
    assert layout_title("bank/ccb-corporate") == Text("CCB corporate e-bank", "建设银行企业网银明细")
    assert layout_title("outbound_line, bill") == Text("Outbound slip line, Customer bill", "出货清单、客户账单")
