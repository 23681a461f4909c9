"""Lists of customers, suppliers and providers as people keep them are read as masters."""

from __future__ import annotations

import pytest

from auditor.documents.collect import document_of
from auditor.documents.read import read_document


@pytest.mark.parametrize(
    ("name", "text", "first"),
    [
        (
            "客户名单.csv",
            "客户编号,客户名称,客户全称,联系人,电话\nC01,恒昌电子,深圳市恒昌电子有限公司,张三,13800000000\n",
            {"party_id": "C01", "name": "深圳市恒昌电子有限公司", "short_name": "恒昌电子", "phone": "13800000000"},
        ),
        (
            "客户表.csv",
            "客户代码,公司名称,客户类型,业务员,账期\nC09,陈记批发,现付客户,何军,0\n",
            {"party_id": "C09", "name": "陈记批发", "salesman": "何军", "terms_days": 0},
        ),
        (
            "供应商.csv",
            "供应商编号,供应商名称,供应商简称,开户行,银行账号\nV1,东莞兴发包装,兴发,农行东莞支行,0622848001\n",
            {"party_id": "V1", "name": "东莞兴发包装", "short_name": "兴发", "account_no": "0622848001"},
        ),
        (
            "服务商.csv",
            "序号,服务商编码,服务商名称,结算方式,联系电话\n1,P1,顺途速运,月结,0755-1\n",
            {"party_id": "P1", "name": "顺途速运", "settlement": "月结"},
        ),
        (
            "往来单位.csv",
            "单位编号,单位全称,单位名称,单位类别\nP2,中外联航空货运有限公司,中外联航空货运,承运商\n",
            {"party_id": "P2", "name": "中外联航空货运", "short_name": "中外联航空货运有限公司", "kind": "provider"},
        ),
        (
            "customers.csv",
            "Customer No,Customer Name,Contact,Phone\nC01,Hengchang,Zhang,1380\n",
            {"party_id": "C01", "name": "Hengchang", "contact": "Zhang"},
        ),
    ],
)
def test_a_list_of_partners(name: str, text: str, first: dict[str, object]) -> None:
    shown = read_document(document_of(text.encode(), name)).as_dict()
    assert shown["status"] == "read"
    record = shown["records"]["party"][0]
    assert {field: record[field] for field in first} == first


@pytest.mark.parametrize(
    ("text", "record"),
    [
        ("客户编号,客户名称,截止日期,期末欠款,期末余款\nC01,恒昌电子,2026-09-30,100.00,0.00\n", "customer_balance"),
        ("客户代码,别名,关系\nC01,恒昌,简称\n", "party_alias"),
        ("账户代码,账号,账户名称,开户行\nICBC,4000021009200123456,捷远,工行\n", "bank_account"),
        ("供应商名称,采购单号,品名,对账数量,对账单价,对账金额\n东莞兴发包装,PO1,纸箱,10,2.00,20.00\n", "supplier_line"),
    ],
)
def test_other_lists_stay_what_they_are(text: str, record: str) -> None:
    shown = read_document(document_of(text.encode(), "表.csv")).as_dict()
    assert list(shown["records"]) == [record]
