"""Tables that people keep beside their business: nothing of them is read, or taken where likely readings are accepted."""

from __future__ import annotations

import pytest
from recognition_shapes import judged, shape

from auditor.documents.recognition.hypotheses import State

TABLES = {
    "library": (
        "Book No,Title,Borrower,Date issued,Returned\n"
        "1021,Dune,Lee,2026-10-02,2026-10-09\n"
        "1022,Emma,Ann,2026-10-03,2026-10-12\n"
    ),
    "library2": (
        "书号,书名,借书人,借出日期,归还日期\n"
        "1021,红楼梦,李雷,2026-10-02,2026-10-09\n"
        "1022,三国,韩梅,2026-10-03,2026-10-12\n"
    ),
    "clock": (
        "Name,Date,In,Out,Hours\n"
        "Lee,2026-10-02,08:58,18:01,9.05\n"
        "Ann,2026-10-02,09:10,17:55,8.75\n"
    ),
    "attend": (
        "姓名,日期,上班时间,下班时间,备注\n"
        "李雷,2026-10-02,08:58,18:01,\n"
        "韩梅,2026-10-02,09:10,17:55,迟到\n"
    ),
    "pricelist": (
        "Code,Item,Unit,Unit price,Remark\n"
        "A1,Carton,pc,3.50,\n"
        "A2,Tape,roll,2.00,new\n"
    ),
    "pricelist2": (
        "编码,品名,规格,单位,单价\n"
        "A1,纸箱,大,个,3.50\n"
        "A2,胶带,小,卷,2.00\n"
    ),
    "contacts": (
        "Name,Title,Company,Phone,Email\n"
        "Lee,Director,Acme,555-1234,l@a.com\n"
        "Ann,Clerk,Bolt,555-9876,a@b.com\n"
    ),
    "contacts2": (
        "姓名,职务,公司,电话\n"
        "李雷,经理,甲公司,13800001111\n"
        "韩梅,主管,乙公司,13900002222\n"
    ),
    "tasks": (
        "Task,Owner,Status,Due date\n"
        "Paint wall,Lee,Done,2026-10-05\n"
        "Fix door,Ann,Open,2026-10-09\n"
    ),
    "ohlc": (
        "Date,Open,High,Low,Close,Volume\n"
        "2026-10-01,10.1,10.5,9.9,10.2,12000\n"
        "2026-10-02,10.2,10.6,10.0,10.4,15000\n"
    ),
    "weather": (
        "Date,Time,Temperature,Humidity\n"
        "2026-10-01,08:00,21.3,60\n"
        "2026-10-01,09:00,22.1,58\n"
    ),
    "calendar": (
        "Mon,Tue,Wed,Thu,Fri\n"
        "1,2,3,4,5\n"
        "8,9,10,11,12\n"
    ),
    "vehicle": (
        "Date,Driver,From,To,Km,Fuel\n"
        "2026-10-01,Lee,Depot,Airport,32,5.2\n"
        "2026-10-02,Ann,Depot,Port,18,3.1\n"
    ),
    "vehicle2": (
        "日期,司机,起点,终点,公里数,油费\n"
        "2026-10-01,李雷,仓库,机场,32,50.00\n"
        "2026-10-02,韩梅,仓库,港口,18,30.00\n"
    ),
    "http": (
        "time,host,status,bytes,path\n"
        "2026-10-01T08:00:00,10.0.0.1,200,1532,/index\n"
        "2026-10-01T08:00:01,10.0.0.2,404,0,/x\n"
    ),
    "visitors": (
        "Date,Visitor,Company,Person visited,Time in,Time out\n"
        "2026-10-01,Lee,Acme,Ann,09:00,10:00\n"
        "2026-10-02,Bo,Bolt,Ann,11:00,11:30\n"
    ),
    "products": (
        "Code,Name\n"
        "A1,Carton\n"
        "A2,Tape\n"
        "A3,Label\n"
    ),
    "products2": (
        "编号,名称,类别\n"
        "1,纸箱,包装\n"
        "2,胶带,包装\n"
        "3,标签,耗材\n"
    ),
    "novel": (
        "chapter,paragraph,text\n"
        "1,1,It was a dark night\n"
        "1,2,The rain fell\n"
    ),
    "exam": (
        "Student,Subject,Mark,Grade\n"
        "Lee,Maths,87,A\n"
        "Ann,French,73,B\n"
    ),
    "budget": (
        "Category,Amount\n"
        "Rent,1200.00\n"
        "Food,400.00\n"
        "Travel,150.00\n"
    ),
    "budget2": (
        "项目,预算金额,备注\n"
        "房租,1200.00,\n"
        "餐饮,400.00,\n"
    ),
    "household": (
        "Date,Category,Amount,Payment method\n"
        "2026-10-01,Food,40.00,Cash\n"
        "2026-10-02,Bus,3.00,Card\n"
    ),
    "donations": (
        "Donor,Date,Amount,Method\n"
        "Lee,2026-10-01,100.00,Cheque\n"
        "Ann,2026-10-02,50.00,Cash\n"
    ),
    "salary": (
        "姓名,岗位,基本工资,实发\n"
        "李雷,司机,5000.00,4500.00\n"
        "韩梅,会计,6000.00,5400.00\n"
    ),
    "payroll": (
        "Employee,Gross,Tax,Net\n"
        "Lee,5000.00,500.00,4500.00\n"
        "Ann,6000.00,700.00,5300.00\n"
    ),
    "inventory": (
        "Item,Qty,Location,Condition\n"
        "Desk,4,Room 1,Good\n"
        "Chair,12,Room 2,Fair\n"
    ),
    "meter": (
        "日期,表号,上次读数,本次读数,用量\n"
        "2026-10-01,M1,1200,1250,50\n"
        "2026-10-01,M2,800,860,60\n"
    ),
    "match": (
        "Date,Home,Away,Score,Result\n"
        "2026-10-01,Lions,Bears,2-1,W\n"
        "2026-10-02,Hawks,Lions,0-0,D\n"
    ),
    "tracking": (
        "Tracking No,Status,Last update,Location\n"
        "W1001,In transit,2026-10-01,Hub\n"
        "W1002,Delivered,2026-10-02,Port\n"
    ),
    "tickets": (
        "Ticket No,Date,Subject,Status,Agent\n"
        "101,2026-10-01,Printer,Closed,Lee\n"
        "102,2026-10-02,Login,Open,Ann\n"
    ),
    "courses": (
        "课程代码,课程名称,教师,学分\n"
        "C1,数学,李雷,4\n"
        "C2,英语,韩梅,2\n"
    ),
    "todo": (
        "Who,What,By when\n"
        "Lee,Paint,2026-10-05\n"
        "Ann,Fix,2026-10-06\n"
    ),
    "train": (
        "No,From,To,Departure,Arrival\n"
        "G1,北京,上海,08:00,12:30\n"
        "G2,上海,北京,09:00,13:30\n"
    ),
    "coupons": (
        "Voucher No,Valid from,Valid to,Value\n"
        "V1,2026-10-01,2026-12-31,10.00\n"
        "V2,2026-10-01,2026-12-31,20.00\n"
    ),
}


@pytest.mark.parametrize("name", TABLES)
def test_no_record_and_no_proposal_that_is_taken(name: str) -> None:
    assert judged(shape(TABLES[name])).state not in (State.SURE, State.LIKELY)


@pytest.mark.parametrize("name", ["library", "tasks", "ohlc", "calendar", "http", "novel", "exam", "match", "courses", "train", "inventory"])
def test_no_question_about_what_is_far_from_any_type(name: str) -> None:
    assert judged(shape(TABLES[name])).state is State.NONE
