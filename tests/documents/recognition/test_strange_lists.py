"""Lists that people keep beside their business: nothing of them is read as records, by whatever name they go."""

from __future__ import annotations

import pytest
from csv_samples import read_csv

TABLES = {
    "Sales register.csv": (
        "No.,Date,Customer,Amount,Mode\n"
        "101,2026-10-02,Acme Ltd,120.00,cash\n"
        "102,2026-10-03,Bolt Ltd,80.00,bank\n"
        "103,2026-10-05,Crane Ltd,95.50,cash\n"
    ),
    "sales.csv": ("No.,Date,Customer,Amount\n101,2026-10-02,Acme Ltd,120.00\n102,2026-10-03,Bolt Ltd,80.00\n"),
    "sales list.csv": (
        "No.,Date,Received from,Amount,Payment mode\n"
        "101,2026-10-02,Acme Ltd,120.00,cash\n"
        "102,2026-10-03,Bolt Ltd,80.00,transfer\n"
    ),
    "销售登记表.csv": (
        "编号,日期,客户,金额,付款方式\n101,2026-10-02,恒昌,120.00,现金\n102,2026-10-03,百利,80.00,转账\n"
    ),
    "零售日报.csv": (
        "NO.,日期,交款人,金额,收款方式\n101,2026-10-02,恒昌,120.00,现金\n102,2026-10-03,百利,80.00,微信\n"
    ),
    "门店销售清单.csv": (
        "No.,日期,品名,数量,单价,金额\n1,2026-10-02,纸箱,10,3.50,35.00\n2,2026-10-03,胶带,5,2.00,10.00\n"
    ),
    "Donations list.csv": ("No.,Date,Name,Amount,Method\n1,2026-10-02,Lee,50.00,cash\n2,2026-10-03,Ann,20.00,card\n"),
    "raffle.csv": ("No.,Name,Paid,Date\n1,Lee,5.00,2026-10-02\n2,Ann,5.00,2026-10-03\n"),
    "彩票记录.csv": (
        "期号,日期,号码,金额,中奖\n26101,2026-10-02,03 08 11,10.00,否\n26102,2026-10-04,01 09 22,10.00,是\n"
    ),
    "lottery.csv": (
        "Draw No,Date,Numbers,Stake,Prize\n501,2026-10-02,3-8-11,10.00,0\n502,2026-10-04,1-9-22,10.00,20.00\n"
    ),
    "class list.csv": ("No.,Name,Born,Fee,Paid\n1,Lee,2015-03-02,100.00,yes\n2,Ann,2015-07-19,100.00,no\n"),
    "学生名册.csv": (
        "学号,姓名,出生日期,学费,缴费方式\n1,李雷,2015-03-02,100.00,现金\n2,韩梅,2015-07-19,100.00,转账\n"
    ),
    "station list.csv": (
        "No.,Station,Line,Zone,Opened\n1,North Gate,Red,2,1908-05-01\n2,South Quay,Blue,1,1931-06-01\n"
    ),
    "车站时刻.csv": ("车次,站名,到站,开车,票价\nG101,德清,08:02,08:04,35.50\nG102,湖州,08:20,08:22,42.00\n"),
    "timetable.csv": (
        "Train,From,To,Departs,Arrives,Fare\n101,Leeds,York,08:02,08:30,12.50\n102,York,Hull,09:00,09:55,15.00\n"
    ),
    "menu.csv": ("No.,Dish,Price\n1,Soup,4.50\n2,Fish,12.00\n3,Cake,5.00\n"),
    "菜单.csv": ("编号,菜名,价格,日期\n1,红烧肉,38.00,2026-10-02\n2,清蒸鱼,58.00,2026-10-02\n"),
    "bank fees.csv": (
        "Service,Fee,Currency,Valid from\nTransfer,5.00,CNY,2026-01-01\nCheque book,25.00,CNY,2026-01-01\n"
    ),
    "银行收费表.csv": (
        "项目,收费金额,币种,生效日期\n转账汇款,5.00,人民币,2026-01-01\n支票工本费,25.00,人民币,2026-01-01\n"
    ),
    "HR roster.csv": (
        "No.,Name,Department,Joined,Salary\n1,Lee,Sales,2019-05-01,5200.00\n2,Ann,Stores,2020-06-01,4800.00\n"
    ),
    "员工花名册.csv": (
        "工号,姓名,部门,入职日期,基本工资\n1,李雷,销售,2019-05-01,5200.00\n2,韩梅,仓储,2020-06-01,4800.00\n"
    ),
    "stock list.csv": (
        "No.,Item,Quantity,Unit price,Amount,Date\n1,Box,10,3.50,35.00,2026-10-31\n2,Tape,5,2.00,10.00,2026-10-31\n"
    ),
    "库存表.csv": ("编号,品名,数量,单价,金额,日期\n1,纸箱,10,3.50,35.00,2026-10-31\n2,胶带,5,2.00,10.00,2026-10-31\n"),
    "price list.csv": ("Code,Item,Price,Valid from\nA1,Box,3.50,2026-01-01\nA2,Tape,2.00,2026-01-01\n"),
    "calendar.csv": ("Date,Event,Place\n2026-10-02,Audit,Office\n2026-10-03,Holiday,\n"),
    "日历.csv": ("日期,事项,地点\n2026-10-02,盘点,仓库\n2026-10-03,放假,\n"),
    "log.csv": ("No.,Date,Time,User,Action\n1,2026-10-02,08:00,lee,login\n2,2026-10-02,08:05,ann,logout\n"),
    "操作日志.csv": ("编号,日期,时间,用户,操作\n1,2026-10-02,08:00,lee,登录\n2,2026-10-02,08:05,ann,退出\n"),
    "meter readings.csv": ("No.,Date,Meter,Reading,Amount\n1,2026-10-02,E1,1200,96.00\n2,2026-10-31,E1,1310,88.00\n"),
    "水电抄表.csv": ("编号,日期,表号,读数,金额\n1,2026-10-02,E1,1200,96.00\n2,2026-10-31,E1,1310,88.00\n"),
    "members.csv": (
        "No.,Member,Joined,Subscription,Paid by\n1,Lee,2026-10-02,50.00,cash\n2,Ann,2026-10-03,50.00,bank\n"
    ),
    "会员登记.csv": ("编号,姓名,入会日期,会费,付款方式\n1,李雷,2026-10-02,50.00,现金\n2,韩梅,2026-10-03,50.00,转账\n"),
    "orders taken.csv": ("No.,Date,Customer,Pieces,Amount\n1,2026-10-02,Acme,2,50.00\n2,2026-10-03,Bolt,1,20.00\n"),
    "visitors.csv": (
        "No.,Date,Visitor,Company,In,Out\n1,2026-10-02,Lee,Acme,09:00,10:00\n2,2026-10-03,Ann,Bolt,11:00,12:00\n"
    ),
    "罚款登记.csv": ("编号,日期,姓名,事由,金额\n1,2026-10-02,李雷,迟到,20.00\n2,2026-10-03,韩梅,迟到,20.00\n"),
    "租金台账.csv": ("编号,日期,租户,月租,金额\n1,2026-10-02,恒昌,1000.00,1000.00\n2,2026-10-03,百利,800.00,800.00\n"),
    "rent book.csv": ("No.,Date,Tenant,Amount,Mode\n1,2026-10-02,Lee,500.00,cash\n2,2026-10-03,Ann,450.00,bank\n"),
    "parcel log.csv": ("No.,Date,Sender,Pieces,Weight\n1,2026-10-02,Lee,2,3.5\n2,2026-10-03,Ann,1,1.0\n"),
    "收件登记.csv": ("编号,日期,寄件人,件数,重量\n1,2026-10-02,李雷,2,3.5\n2,2026-10-03,韩梅,1,1.0\n"),
    "tips report.csv": ("No.,Date,Waiter,Amount\n1,2026-10-02,Lee,15.00\n2,2026-10-03,Ann,12.00\n"),
    "invoices to chase.csv": (
        "No.,Customer,Due,Amount,Remark\n1,Acme,2026-10-02,50.00,called\n2,Bolt,2026-10-03,20.00,\n"
    ),
    "cash prizes.csv": ("No.,Date,Winner,Amount,Signed\n1,2026-10-02,Lee,50.00,yes\n2,2026-10-03,Ann,20.00,yes\n"),
    "地铁站点.csv": ("编号,车站,线路,开通日期\n1,北门,1号线,2008-05-01\n2,南湖,2号线,2011-06-01\n"),
}


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize("folder", ["", "十月/", "misc/2026/"])
def test_a_strange_list_is_no_records(name: str, folder: str) -> None:
    document = read_csv(TABLES[name], folder + name)
    assert not document.records
    assert not [each for each in document.tables if each.is_read]


@pytest.mark.parametrize("name", TABLES)
def test_a_strange_list_without_a_name_is_no_records(name: str) -> None:
    assert not read_csv(TABLES[name], "1.csv").records


RECEIVED = "No.,Date,Received from,Amount\n101,2026-10-02,Acme Ltd,120.00\n102,2026-10-03,Bolt Ltd,80.00\n"


@pytest.mark.parametrize(
    ("path", "read"),
    [
        ("receipt register.csv", True),
        ("receipts/2026-10.csv", True),
        ("收据/10月.csv", True),
        ("收款收据台账.csv", True),
        ("receipts/sales register.csv", False),
        ("收据/销售登记表.csv", False),
        ("收据/募捐名单.csv", False),
        ("receipts/raffle list.csv", False),
        ("2026-10.csv", False),
    ],
)
def test_a_bare_number_names_a_receipt_only_where_the_name_around_says_so(path: str, read: bool) -> None:
    assert ("receipt" in read_csv(RECEIVED, path).records) is read


@pytest.mark.parametrize("header", ["Receipt No", "收据号", "收据编号"])
def test_a_number_that_says_of_what_needs_no_name_around(header: str) -> None:
    assert "receipt" in read_csv(RECEIVED.replace("No.", header, 1), "2026-10.csv").records


PAID = "{around}\nReceived on,Payment mode,Amount received\n2026-10-08,Bank,100.00\n2026-10-12,Cash,20.50\n"
PAID_ZH = "{around}\n收款日期,收款方式,收款金额\n2026-10-08,银行,100.00\n2026-10-12,现金,20.50\n"


@pytest.mark.parametrize(
    ("text", "around", "read"),
    [
        (PAID_ZH, "客户：甬泰贸易\n账单编号：BL-2610-01", True),
        (PAID_ZH, "客户名称：甬泰贸易\n账单号：BL-2610-01", True),
        (PAID, "Customer: Alder Court\nBill No: BL-2610-01", True),
        (PAID_ZH, "客户：甬泰贸易\n编号：BL-2610-01", False),
        (PAID_ZH, "客户：甬泰贸易\n合同编号：HT-2610-01", False),
        (PAID, "Customer: Alder Court\nMembership No: M-77", False),
        (PAID, "Customer: Alder Court", False),
    ],
)
def test_plain_words_are_payments_on_a_bill_only_where_its_number_stands_around(
    text: str, around: str, read: bool
) -> None:
    assert ("bill_credit" in read_csv(text.format(around=around), "1.csv").records) is read
