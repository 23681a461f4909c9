"""What a table is, by evidence: words in part, names around, kinds of values, arithmetic, owners and keys."""

from __future__ import annotations

from dataclasses import replace

import pytest
from recognition_shapes import best, judged, roles, shape

from auditor.documents.recognition.hypotheses import ColumnReading, Ground, Hypothesis, State, TableReading
from auditor.documents.recognition.keys import FolderKeys, families_of
from auditor.documents.recognition.shapes import GROUP, TableShape

_SLIPS = """
日期,清单号,客户,件数,计费重,单价,运费,燃油费,金额
2026-10-08,S-1,恒昌,2,10,5.00,50.00,4.00,54.00
2026-10-09,S-2,天域,1,4,5.00,20.00,1.60,21.60
2026-10-10,S-3,恒昌,3,8,5.00,40.00,3.20,43.20
2026-10-11,S-4,海拓,1,2,5.00,10.00,0.80,10.80
"""


@pytest.mark.parametrize(
    ("header", "title", "record"),
    [
        ("开单日,清单编号,托运人,总件数,收费重量,每公斤单价,运费金额,燃油附加,应收合计", "收货清单", "receiving_slip"),
        ("Date,Slip #,Shipper,Pcs,Chargeable wt,Unit price,Freight charge,Fuel,Total due", "Receiving slips", "receiving_slip"),
        ("收件日,清单号码,客户名,箱数,结算重量,单价(元),运费(元),燃油(元),总额(元)", "业务统计报表", "register_entry"),
    ],
)
def test_words_in_part_and_a_name_are_enough(header: str, title: str, record: str) -> None:
    table = shape(header + _SLIPS[_SLIPS.index("\n2026") :], title=title)
    assert judged(table).state in (State.SURE, State.LIKELY)
    assert best(table).record == record
    assert set(roles(table).values()) >= {"date", "slip_no", "charge_weight", "freight", "amount"}


def test_twins_without_a_name_are_asked_and_never_sure() -> None:
    judgement = judged(shape(_SLIPS))
    assert judgement.state is State.ASKED
    assert {each.record for each in judgement.hypotheses} <= {"receiving_slip", "register_entry", "bill_line"}


def test_headers_that_are_exchanged_are_noticed_by_arithmetic() -> None:
    table = shape(_SLIPS.replace("运费,燃油费,金额", "金额,燃油费,运费"), title="收货清单")
    assert judged(table).state is not State.SURE


@pytest.mark.parametrize(
    ("header", "last"),
    [("运单号,重量收费,每公斤,价款,加收,应付", "应付"), ("Tracking no.,Chargeable weight,Rate,Freight,Fuel,Sum", "Sum")],
)
def test_arithmetic_names_the_column_that_no_word_does(header: str, last: str) -> None:
    rows = "\nW1,10,5.00,50.00,4.00,54.00\nW2,4,5.00,20.00,1.60,21.60\nW3,8,5.00,40.00,3.20,43.20\nW4,2,5.00,10.00,0.80,10.80"
    table = shape("日期," + header + rows.replace("\nW", "\n2026-10-08,W"), title="承运商账单 carrier bill")
    found = {each.header: each for each in best(table).columns}
    assert found[last].role == "amount" and found[last].ground in (Ground.ARITHMETIC, Ground.WORD, Ground.EQUAL_PARTS)


@pytest.mark.parametrize("words", [("收入", "支出"), ("Paid in", "Paid out"), ("进", "出")])
def test_a_column_of_two_words_is_the_side_where_the_balances_say_so(words: tuple[str, str]) -> None:
    into, out = words
    table = shape(f"""
        交易日期,变动金额,类别,账户结存,对方户名
        2026-10-08,100.00,{into},600.00,恒昌
        2026-10-09,50.00,{out},550.00,房东
        2026-10-10,25.00,{out},525.00,电力
        2026-10-11,75.00,{into},600.00,天域
    """, title="流水")
    assert roles(table)["类别"] == "<flag>"
    assert best(table).record == "bank_transaction"


def test_amounts_and_a_balance_without_an_account_a_book_or_a_name_are_asked() -> None:
    table = shape("""
        Date,Details,Money in,Money out
        2026-10-08,rent,,100.00
        2026-10-09,sales,200.00,
        2026-10-10,fee,,5.00
    """)
    assert judged(table).state is not State.SURE


# --- names around ---


@pytest.mark.parametrize(
    ("title", "kind"), [("收据领用登记", "receipt"), ("收货清单领用登记", "receiving_slip"), ("清单本领用", "receiving_slip")]
)
def test_what_a_title_says_needs_no_column(title: str, kind: str) -> None:
    table = shape("本号,起号,止号,领用人\n63,3101,3150,林晓\n64,3151,3200,何军\n65,3201,3250,王敏", title=title)
    assert best(table).record == "number_book"
    assert best(table).fields["kind"] == kind


@pytest.mark.parametrize(
    ("title", "sheet", "day"),
    [
        ("收货清单", "10月8日", "10月8日"), ("Receiving slips 8 Oct 2026", "", "8 Oct 2026"),
        ("收货清单 2026年10月8日", "", "2026年10月8日"), ("收货清单 2026-10-01 至 2026-10-31", "10月", None),
        ("Receiving slips w/c 5 Oct 2026", "", None),
    ],
)  # fmt: skip
def test_a_day_in_title_or_sheet_is_that_of_all_rows(title: str, sheet: str, day: str | None) -> None:
    lines = [line.partition(",")[2] for line in _SLIPS.strip().splitlines()]
    assert best(shape("\n".join(lines), title=title, sheet=sheet)).fields.get("date") == day


@pytest.mark.parametrize("title", ["2026年运价表", "Rate card 2026", "费用预算", "应付账款账龄", "Class list 3B"])
def test_a_paper_of_another_kind_is_never_sure(title: str) -> None:
    assert judged(shape(_SLIPS, title=title)).state not in (State.SURE, State.LIKELY)


def test_the_longest_name_speaks() -> None:
    lines = _SLIPS.replace("清单号", "运单号").replace("客户", "备注")
    assert best(shape(lines, title="客户对账单")).record == "bill_line"
    carrier = judged(shape(lines, title="承运商对账单"))
    assert carrier.state not in (State.SURE, State.LIKELY)  # nobody says which carrier


# --- keys of the folder ---

_KEYS = FolderKeys(
    numbers={"waybill_no": frozenset({"W1", "W2", "W3", "W4"})},
    names={
        "顺途速运": frozenset({"provider"}), "捷远": frozenset({"own"}), "恒昌电子": frozenset({"customer"}),
        "宝安": frozenset({"station"}),
    },
)  # fmt: skip
_CARRIER = """
日期,提货凭据,结算重量,单价,运费,燃油费,金额
2026-10-08,W1,10,5.00,50.00,4.00,54.00
2026-10-09,W2,4,5.00,20.00,1.60,21.60
2026-10-10,W3,8,5.00,40.00,3.20,43.20
2026-10-11,W4,2,5.00,10.00,0.80,10.80
"""


def test_numbers_that_the_folder_knows_name_their_column() -> None:
    table = shape(_CARRIER, title="账单", labels=[("承运商", "顺途速运")])
    assert roles(table, _KEYS)["提货凭据"] == "waybill_no"
    assert best(table, _KEYS).record == "provider_line"


def test_the_own_company_as_customer_makes_it_somebody_elses_bill() -> None:
    table = shape(_CARRIER.replace("提货凭据", "运单号"), title="对账单", labels=[("客户", "捷远")], file="顺途速运10月")
    assert best(table, _KEYS).record == "provider_line"
    assert best(table, _KEYS).fields["provider"] == "顺途速运"


def test_records_that_stand_in_another_table_of_the_kind_are_a_doubt() -> None:
    numbers = frozenset({"S-1", "S-2", "S-3", "S-4"})
    table = shape(_SLIPS, title="收货清单")
    known = FolderKeys(records={"receiving_slip": numbers})
    assert judged(table).state is State.SURE
    assert judged(table, known).state is not State.SURE


# --- odd tables ---


@pytest.mark.parametrize(
    "text",
    [
        "姓名,学号,班级\n李雷,1,三班\n韩梅梅,2,三班", "商品,规格,单价\n纸箱,大,3.50\n胶带,小,2.00",
        "时间,级别,消息\n2026-10-08 10:00,INFO,started\n2026-10-08 10:01,WARN,slow", "a\n1\n2\n3",
        ",".join(f"h{n}" for n in range(10_000)) + "\n" + ",".join("1" for _ in range(10_000)),
        "x" * 500 + ",y\n1,2\n3,4", "金额,金额,金额\n1.00,2.00,3.00\n1.00,2.00,3.00",
    ],
)  # fmt: skip
def test_what_is_no_business_paper_is_no_record_and_no_proposal_that_is_taken(text: str) -> None:
    assert judged(shape(text)).state not in (State.SURE, State.LIKELY)


# --- what values tell where words do not --------------------------------------------------------------------------------


@pytest.mark.parametrize("header", ["Booked", "Posted", "Day", "入账"])
def test_the_only_days_of_a_table_are_its_date(header: str) -> None:
    table = shape(f"{header},Particulars,Money In,Money Out,Balance\n2026-10-08,a,10.00,,10.00\n2026-10-09,b,,4.00,6.00\n"
                  "2026-10-10,c,5.00,,11.00\n2026-10-12,d,,1.00,10.00", title="Bank statement 银行流水")  # fmt: skip
    assert roles(table)[header] == "date"
    assert judged(table).state is State.SURE


def test_two_columns_of_days_without_words_stay_open() -> None:
    table = shape("Alpha,Beta,Particulars,Money In,Money Out,Balance\n2026-10-08,2026-10-09,a,10.00,,10.00\n"
                  "2026-10-09,2026-10-09,b,,4.00,6.00\n2026-10-10,2026-10-11,c,5.00,,11.00", title="Bank statement")  # fmt: skip
    assert judged(table).state is not State.SURE


@pytest.mark.parametrize("header", ["报销日期", "Date of claim", "Payment date"])
def test_days_of_another_thing_are_not_the_date_of_an_invoice(header: str) -> None:
    table = shape(f"发票号码,{header},价税合计\n26440001,2026-10-08,193.70\n26440002,2026-10-09,20.00\n"
                  "26440003,2026-10-10,7.00", title="发票台账")  # fmt: skip
    assert roles(table).get(header) != "date"
    assert judged(table).state is not State.SURE


@pytest.mark.parametrize("value", ["10.12", "9.08", "3.5"])
def test_figures_that_might_be_days_are_no_days(value: str) -> None:
    rows = "\n".join(f"S-{at},{value},{at}" for at in range(1, 6))
    assert "date" not in roles(shape(f"Slip No,Weight,Pieces\n{rows}", title="Receiving slips")).values()


_WEIGHED = """
{headers}
2026-10-08,ST001,1,4.0,5.30,21.20,2.54,23.74
2026-10-08,ST002,9,60.0,5.30,318.00,38.16,356.16
2026-10-09,ST003,8,80.0,5.10,408.00,48.96,456.96
2026-10-10,ST004,7,49.0,5.30,259.70,31.16,290.86
2026-10-11,ST005,2,20.5,5.10,104.55,12.55,117.10
2026-10-12,ST006,3,33.5,5.30,177.55,21.31,198.86
"""


@pytest.mark.parametrize(
    "headers",
    [
        "Date,Waybill No,Pcs,Heft,Tariff,Haulage,Fuel,Charged",
        "日期,运单号,件数,秤,档,干线,燃油费,落账",
        "Date,Tracking No,Pkgs,A,B,C,Fuel,D",
    ],
)
def test_weight_rate_freight_and_amount_are_told_by_what_they_make(headers: str) -> None:
    table = shape(_WEIGHED.format(headers=headers), title="Carrier statement 承运商对账单", labels=[("承运商", "顺途速运")])
    names = headers.split(",")
    found = roles(table)
    assert [found.get(names[at]) for at in (3, 4, 5, 7)] == ["charge_weight", "rate", "freight", "amount"]


def test_a_product_that_fails_in_every_third_row_tells_nothing() -> None:
    rows = _WEIGHED.format(headers="Date,Waybill No,Pcs,A,B,C,Fuel,D").replace("356.16", "356.17").replace("318.00", "311.00")
    found = roles(shape(rows.replace("456.96", "450.96").replace("408.00", "401.00"), title="Carrier statement"))
    assert {"A", "B"} & set(found) == set()


def test_a_table_with_the_header_of_one_that_is_read_has_its_columns() -> None:
    header = "本方号,记入日,那边去,那边来,账面余额,对方名"
    read = shape(f"{header}\n1,2026-10-08,,10.00,10.00,甲\n1,2026-10-09,4.00,,6.00,乙\n1,2026-10-10,,5.00,11.00,丙",
                 title="银行流水")  # fmt: skip
    hypothesis = best(read)
    keys = FolderKeys(families=families_of([TableReading(read, State.SURE, (hypothesis,))]))
    short = shape(f"{header}\n1,2026-11-02,,7.00,18.00,丁", title="银行流水")
    assert {each.role for each in best(short, keys).columns} >= {"<in>", "<out>"}
    assert {each.role for each in best(short).columns} & {"<in>", "<out>"} == set()


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Official Receipt Books", "receipt"),
        ("Receipt books issued", "receipt"),
        ("收据簿发放", "receipt"),
        ("Cargo Receipt Books", None),  # of something else
        ("Stationery", None),
    ],
)
def test_a_title_states_a_choice_by_whole_words_that_nothing_else_stands_before(title: str, kind: str | None) -> None:
    table = shape("Book No,First No,Last No,Holder,Issued\n1,101,150,Ann,2026-10-08\n2,151,200,Bob,2026-10-09\n"
                  "3,201,250,Ann,2026-10-10", title=title)  # fmt: skip
    found = next(each for each in judged(table).hypotheses if each.record == "number_book")
    assert found.fields.get("kind") == kind


@pytest.mark.parametrize("header", ["Paid In / (Paid Out)", "Receipts (Payments)", "收支额", "Deposits/Withdrawals"])
def test_both_sides_in_one_header_are_signed_amounts(header: str) -> None:
    table = shape(f"Date,Particulars,{header},Balance\n2026-10-08,a,10.00,10.00\n2026-10-09,b,-4.00,6.00\n"
                  "2026-10-10,c,5.50,11.50\n2026-10-12,d,-1.00,10.50", title="Bank statement 银行流水")  # fmt: skip
    assert roles(table)[header] == "amount"


def test_one_number_never_names_all_rows_of_a_table() -> None:
    table = shape("Date,Payee,Amount,Description\n2026-10-08,Ann,10.00,taxi\n2026-10-09,Ann,20.00,hotel\n"
                  "2026-10-10,Ann,7.00,meal", title="Expense claims", labels=[("Claim No", "EX-3")])  # fmt: skip
    assert judged(table).state is not State.SURE


def test_what_any_table_with_a_header_tells_of_a_column_holds_for_all() -> None:
    table = shape("A,B,C\n1,2,3")
    known = TableReading(table, State.SURE, (Hypothesis("receipt", (ColumnReading(0, "A", "date", Ground.KEYS),)),))
    more = TableReading(table, State.SURE, (Hypothesis("receipt", (ColumnReading(1, "B", "payer", Ground.KEYS),)),))
    other = TableReading(table, State.SURE, (Hypothesis("receipt", (ColumnReading(1, "B", "remark", Ground.KEYS),)),))
    likely = TableReading(table, State.LIKELY, (Hypothesis("receipt", (ColumnReading(2, "C", "amount", Ground.PART),)),))
    told = families_of([known, more, likely])[table.headers]["receipt"]
    assert [(each.index, each.role) for each in told] == [(0, "date"), (1, "payer")]
    assert [each.role for each in families_of([known, more, other])[table.headers]["receipt"]] == ["date"]


@pytest.mark.parametrize("header", ["到期", "打印时间", "出生", "Printed", "Ready", "最迟付款"])
def test_the_only_days_of_a_table_may_be_of_something_else(header: str) -> None:
    table = shape(f"{header},清单号,客户,件数,金额\n2026-11-01,S-1001,甲,2,10.00\n2026-11-03,S-1002,乙,1,20.00\n"
                  "2026-11-09,S-1003,丙,5,7.00", title="收货清单")  # fmt: skip
    assert judged(table).state is not State.SURE


@pytest.mark.parametrize("left", ["Cartage", "Toll", "搬运"])
def test_a_product_that_is_not_part_of_the_sum_is_no_freight(left: str) -> None:
    rows = "\n".join(
        f"2026-10-{at:02},W{at},{at},7.00,{at * 7}.00,{at + 3}.00,{at * 8 + 3}.00" for at in range(2, 9)
    )
    table = shape(f"Date,Waybill No,Pallets,Each,Storage,{left},Payable\n{rows}", title="Carrier bill",
                  labels=[("Provider", "Shuntu")])  # fmt: skip
    assert roles(table).get("Storage") != "freight"


_UNUSED = "\nA,200,Ann,2026-10-31,4149,4150,2\nB,201,Bob,2026-10-31,4300,4300,1\n"


@pytest.mark.parametrize(
    ("title", "sheet", "record"),
    [("Unused forms", "", "blank_count"), ("", "空白票据", "blank_count"), ("", "Blank forms", "blank_count")],
)
def test_a_table_called_by_the_name_of_a_type_is_worth_a_question(title: str, sheet: str, record: str) -> None:
    head = "Form,Book,Held by,Counted,Idle from,Idle to,Rest"
    judgement = judged(shape(head + _UNUSED, title=title, sheet=sheet))
    assert (judgement.state, judgement.hypotheses[0].record) == (State.ASKED, record)


@pytest.mark.parametrize("title", ["Unused forms of last year's fair", "Our unused forms and other paper", ""])
def test_a_name_inside_of_other_words_calls_nothing(title: str) -> None:
    assert judged(shape("Aa,Bb,Cc,Dd,Ee,Ff,Gg" + _UNUSED, title=title)).state is State.NONE


def grouped(text: str, *said: str, title: str = "") -> TableShape:
    """A table with what lines inside it say of its rows as its last column."""
    header, *rows = text.strip().splitlines()
    lines = [f"{row},{said[at * len(said) // len(rows)]}" for at, row in enumerate(rows)]
    found = shape("\n".join([f"{header},{GROUP}", *lines]), title=title)
    return replace(found, groups=frozenset({len(found.headers) - 1}))


@pytest.mark.parametrize("said", [("收货清单本", "收据本"), ("Receipt book", "Receiving slip"), ("清单", "收据")])
def test_lines_that_say_choices_of_one_field_are_its_column(said: tuple[str, str]) -> None:
    books = "本号,起号,止号,领用人\n" + "\n".join(f"{at},{at}001,{at}050,王敏" for at in range(11, 17))
    assert roles(grouped(books, *said, title="领用登记"))[GROUP] == "kind"


@pytest.mark.parametrize("words", [("月结", "现付"), ("Monthly account", "Cash payment"), ("月结", "到付")])
def test_a_column_of_choices_needs_no_words(words: tuple[str, str]) -> None:
    header, *rows = _SLIPS.strip().splitlines()
    text = "\n".join([f"{header},咋弄", *(f"{row},{words[at % 2]}" for at, row in enumerate(rows))])
    assert roles(shape(text, title="收货清单"))["咋弄"] == "pay_mode"


@pytest.mark.parametrize("amounts", [("5.00", "7.00"), ("1200", "35")])
def test_movements_of_which_nothing_tells_the_side_are_never_sure(amounts: tuple[str, str]) -> None:
    rows = "\n".join(f"6222020200112233445,2026-10-0{at},运费,青松,{amount}" for at, amount in enumerate(amounts, 1))
    table = shape(f"账号,交易日期,摘要,对方户名,交易金额\n{rows}", title="网银流水")
    assert judged(table).state is not State.SURE
    signed = shape(f"账号,交易日期,摘要,对方户名,交易金额\n{rows.replace(amounts[0], '-' + amounts[0])}", title="网银流水")
    assert judged(signed).state is State.SURE


@pytest.mark.parametrize(
    ("title", "record"), [("白条", "iou"), ("Advances to staff", "iou"), ("空白收据清点", "blank_count")]
)
def test_what_stands_right_above_a_table_is_worth_a_question(title: str, record: str) -> None:
    judgement = judged(shape("谁拿,拿了几个,哪日,日期\n张伟,2,急,2026-10-29\n李强,1,缓,2026-10-30", title=title))
    assert (judgement.state, judgement.hypotheses[0].record) == (State.ASKED, record)


@pytest.mark.parametrize("again", ["S-1", "S-2", "S-3"])
def test_a_number_that_stands_twice_is_no_doubt_where_a_table_with_these_headers_is_read(again: str) -> None:
    twice = shape(_SLIPS.replace("S-4", again), title="收货清单")
    read = TableReading(shape(_SLIPS), State.CONFIRMED, (best(shape(_SLIPS, title="收货清单")),))
    doubt = "what should name a record stands there twice"
    assert doubt not in {each.en for each in best(twice, FolderKeys(families=families_of([read]))).against}
    assert (doubt in {each.en for each in best(twice).against}) == (judged(twice).state is not State.SURE)


@pytest.mark.parametrize(
    ("balances", "sure"),
    [(("100.00", "140.00", "110.00"), True), (("110.00", "140.00", "100.00"), True), (("100.00", "135.00", "110.00"), False)],
)
def test_sides_follow_from_balances_only_where_these_move_by_the_amounts(balances: tuple[str, ...], sure: bool) -> None:
    amounts = ("50.00", "40.00", "30.00") if balances[0] == "100.00" else ("30.00", "30.00", "40.00")
    rows = [f"6222020200112233445,2026-10-0{at},运费,青松,{amount},{balance}"
            for at, (amount, balance) in enumerate(zip(amounts, balances, strict=True), 1)]  # fmt: skip
    table = shape("\n".join(["账号,交易日期,摘要,对方户名,交易金额,余额", *rows]), title="网银流水")
    doubts = [text.en for text in judged(table).hypotheses[0].against]
    assert ("nothing tells money in from money out" not in doubts) is sure


@pytest.mark.parametrize("record", ["register_entry", "receiving_slip", "bill_line"])
def test_a_table_with_the_headers_of_those_of_one_type_is_of_that_type(record: str) -> None:
    table = shape(_SLIPS)
    columns = [ColumnReading(at, header, role, Ground.WORD) for at, (header, role) in enumerate(roles(table).items())]
    kin = TableReading(table, State.SURE, (Hypothesis(record, tuple(columns)),))
    keys = FolderKeys(families=families_of([kin]))
    assert judged(table, keys).hypotheses[0].record == record
    other = TableReading(table, State.SURE, (Hypothesis("outbound_line", tuple(columns)),))
    both = FolderKeys(families=families_of([kin, other]))
    assert judged(table, both).state is State.ASKED


@pytest.mark.parametrize("weight", ["Billed kg", "Charged weight", "计费公斤", "Slip kg"])
@pytest.mark.parametrize("rate", ["Tariff", "Per kilo", "公斤价"])
def test_of_two_factors_the_one_with_few_values_is_the_price(weight: str, rate: str) -> None:
    rows = "\n".join(f"2026-10-0{n},W-{n},{n}.5,28.00,{n * 28 + 14}.00,2.00,{n * 28 + 16}.00" for n in range(1, 8))
    table = shape(f"Date,Tracking no,{weight},{rate},Haulage,Fuel,Charged\n{rows}", title="Carrier bill")
    said = {each.header: each.role for each in best(table).columns if each.sure}
    assert said.get(weight) in ("charge_weight", None) and said.get(rate) in ("rate", None)
