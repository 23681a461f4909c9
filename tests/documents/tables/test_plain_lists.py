"""Small lists of plain words beside the business are read as no records, whatever few known words stand over them."""

from __future__ import annotations

import pytest
from csv_samples import read_csv

from auditor.documents.recognition.hypotheses import State

LISTS = {
    "hotel": "Date,Currency,Rate\n2026-05-01,EUR,110\n2026-05-02,EUR,120\n2026-05-03,USD,99\n",
    "房价": "日期,币种,单价\n2026-05-01,USD,3.5\n2026-05-02,USD,3.6\n",
    "raffle": "No.,Date,Amount\n1,2026-05-01,100\n2,2026-05-02,50\n",
    "抽奖": "编号,日期,金额\n1,2026-05-01,100\n2,2026-05-02,50\n",
    "pets": "Customer ID,Name,Kind\nP1,Rex,dog\nP2,Tom,cat\n",
    "会员": "客户编号,客户名称,类型\nM1,李雷,金卡\nM2,韩梅,银卡\n",
    "rota": "Name,Role,Shift\nLee,driver,early\nAnn,clerk,late\nBo,driver,off\n",
    "值日": "姓名,岗位,日期\n李雷,前台,2026-05-02\n韩梅,仓库,2026-05-03\n",
    "phones": "Name,Title,Phone\nLee,Director,555-1234\nAnn,Clerk,555-9876\n",
    "分机": "姓名,职务,分机\n李雷,经理,801\n韩梅,主管,802\n",
    "menu": "Item,Description,Price\nSoup,tomato,4.50\nFish,cod,9.00\n",
    "菜单": "名称,类别,单价\n红烧肉,热菜,38.00\n凉拌黄瓜,凉菜,12.00\n",
    "prices": "Code,Name,Price\nA1,Carton,3.50\nA2,Tape,2.00\n",
    "价目": "编号,名称,价格\nA1,纸箱,3.50\nA2,胶带,2.00\n",
    "class": "Student ID,Name,Class\nS1,Lee,3A\nS2,Ann,3A\n",
    "班级": "学号,姓名,班级\n2026001,李雷,一班\n2026002,韩梅,一班\n",
    "cast": "Name,Role\nLee,Hamlet\nAnn,Ophelia\n",
    "班委": "姓名,职务\n李雷,班长\n韩梅,学习委员\n",
    "lent": "Borrower,Date,Amount\nLee,2026-05-01,a book\nAnn,2026-05-02,two pens\n",
    "orders": "Order No,Customer,Item\n101,Lee,pizza\n102,Ann,pasta\n",
    "外卖": "订单号,客户,菜品,金额\n101,李雷,披萨,38\n102,韩梅,面条,28\n",
    "gifts": "Name,Amount,Date\nLee,100,2026-05-01\nAnn,50,2026-05-02\n",
    "随礼": "姓名,金额,备注\n李雷,200,同事\n韩梅,500,亲戚\n",
    "calendar": "Date,Event,Place\n2026-05-01,Fair,Hall\n2026-05-02,Talk,Room 2\n",
    "活动": "日期,时间,事项,地点\n2026-05-01,09:00,例会,会议室\n2026-05-02,10:00,培训,二楼\n",
    "log": "Date,Level,Message\n2026-05-01,INFO,started\n2026-05-01,WARN,slow\n",
    "novel": "chapter,paragraph,text\n1,1,It was a dark night\n1,2,The rain fell\n",
    "小说": "章节,段落,正文\n1,1,那是一个漆黑的夜晚\n1,2,雨下个不停\n",
}


@pytest.mark.parametrize("name", LISTS)
def test_nothing_is_read_or_likely(name: str) -> None:
    document = read_csv(LISTS[name], f"{name}.csv")
    assert not document.records
    assert all(table.state not in (State.SURE, State.LIKELY) for table in document.tables)


@pytest.mark.parametrize("name", ["rota", "menu", "菜单", "prices", "价目", "class", "班级", "novel", "小说", "orders", "gifts", "随礼"])
def test_what_is_far_from_any_type_is_not_asked_about(name: str) -> None:
    assert all(table.state is not State.ASKED for table in read_csv(LISTS[name], f"{name}.csv").tables)


NAMED = {
    "Exchange rates": ("Date,Currency,Rate\n2026-05-01,EUR,7.8\n2026-05-02,USD,7.1\n", "exchange_rate"),
    "五月": ("日期,币种,汇率\n2026-05-01,EUR,7.8\n2026-05-02,USD,7.1\n", "exchange_rate"),
    "Receipts": ("No.,Date,Amount\n1,2026-05-01,100\n2,2026-05-02,50\n", "receipt"),
    "客户": ("客户编号,客户名称,类型\nM1,李雷商行,客户\nM2,韩梅商行,散客\n", "party"),
}


@pytest.mark.parametrize("name", NAMED)
def test_a_word_of_its_own_or_a_name_tells_the_same_columns(name: str) -> None:
    text, record = NAMED[name]
    assert set(read_csv(text, f"{name}.csv").records) == {record}
