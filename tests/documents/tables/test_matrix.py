"""Matrices of days and names: known by shape and evidence, in either direction, with their totals."""

from __future__ import annotations

import io
import textwrap
from collections.abc import Mapping
from typing import Any

import openpyxl
import pytest
from csv_samples import accounted, proofs, read_csv, records
from pdf_samples import grid, pdf, title

from auditor.documents.collect import document_of
from auditor.documents.model import ReadDocument
from auditor.documents.read import ReadOptions, read_document
from auditor.documents.recognition.matrices import matrix_of
from auditor.records.loader import record_types

ACROSS = """
    客户总账单 2026年10月,,,,,
    客户名称,8,9日,10-10,2026-10-12,合计
    恒昌电子,460.06,,0,139.50,599.56
    百利塑胶,975.30,100.00,,,{row}
    合计,1435.36,100.00,0,139.50,{all}
    制单：,林晓,复核：,赵敏,,
"""
DOWN = """
    2026年5月总账单,,,,
    日期,临海纺织,玉环水暖,天台药业,合计
    5月6日,100.00,57.50,,157.50
    5月7日,,,140.80,140.80
    5月8日,22.40,,,22.40
    合计,122.40,57.50,140.80,320.70
"""


def days(document: ReadDocument) -> list[tuple[Any, ...]]:
    return records(document, "master_day", "customer", "date", "amount")


def stated(document: ReadDocument) -> list[tuple[Any, ...]]:
    return records(document, "stated_total", "axis", "group_key", "stated", "computed")


def readings(document: ReadDocument) -> list[tuple[Any, ...]]:
    shown = [table.as_dict() for table in document.tables]
    return [(each["record"], each["state"], each.get("matrix")) for each in shown]


def read_book(sheets: Mapping[str, str], path: str = "总账单2026-09.xlsx") -> ReadDocument:
    """A workbook whose sheets are given as CSV; figures are numbers."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, text in sheets.items():
        sheet = book.create_sheet(name)
        for line in textwrap.dedent(text).strip("\n").splitlines():
            plain = [cell.strip() for cell in line.split(",")]
            sheet.append([float(cell) if cell.replace(".", "", 1).isdigit() else cell or None for cell in plain])
    file = io.BytesIO()
    book.save(file)
    return read_document(document_of(file.getvalue(), path), options=ReadOptions())


# --- customers down, days across --------------------------------------------------------------------------------------


def test_each_filled_cell_is_a_record_and_an_empty_one_is_none() -> None:
    document = read_csv(ACROSS.format(row="1075.30", all="1674.86"))
    assert days(document) == [
        ("恒昌电子", "2026-10-08", "460.06"), ("恒昌电子", "2026-10-10", "0.00"), ("恒昌电子", "2026-10-12", "139.50"),
        ("百利塑胶", "2026-10-08", "975.30"), ("百利塑胶", "2026-10-09", "100.00"),
    ]  # fmt: skip
    assert document.layout == "master_day" and proofs(document) == {"printed totals": "holds"}
    assert accounted(document) and not document.problems
    assert readings(document) == [("master_day", "sure", {"down": "customer", "across": "date", "cell": "amount"})]


def test_totals_of_rows_columns_and_everything() -> None:
    document = read_csv(ACROSS.format(row="1075.30", all="1774.86"))
    assert records(document, "stated_total", "axis", "group_key", "date", "stated", "computed") == [
        ("row", "恒昌电子", None, "599.56", "599.56"), ("row", "百利塑胶", None, "1075.30", "1075.30"),
        ("column", "2026-10-08", "2026-10-08", "1435.36", "1435.36"),
        ("column", "2026-10-09", "2026-10-09", "100.00", "100.00"),
        ("column", "2026-10-10", "2026-10-10", "0.00", "0.00"),
        ("column", "2026-10-12", "2026-10-12", "139.50", "139.50"), ("table", None, None, "1774.86", "1674.86"),
    ]  # fmt: skip
    assert proofs(document) == {"printed totals": "broken"}


def test_unreadable_cell_is_a_problem_and_costs_only_itself() -> None:
    document = read_csv(ACROSS.format(row="约1075", all="1674.86").replace("139.50,599.56", "一三九,599.56"))
    told = [(problem.code, str(problem.place)) for problem in document.problems]
    assert told == [("NotAnAmount", "文件.csv:3:5"), ("NotAnAmount", "文件.csv:4:6")]
    assert ("恒昌电子", "2026-10-08", "460.06") in days(document) and accounted(document)


def test_a_group_line_over_the_days_holds_the_word_for_the_totals() -> None:
    document = read_csv("""
        总账单（2026-10）
        ,10月,,,,合计
        客户,8,9,10,11,
        恒昌电子,100.00,,50.00,,150.00
        甬泰,,20.00,,5.00,26.00
        每日合计,100.00,20.00,50.00,5.00,175.00
    """)
    assert days(document)[-1] == ("甬泰", "2026-10-11", "5.00")
    assert stated(document)[1] == ("row", "甬泰", "26.00", "25.00")
    assert proofs(document) == {"printed totals": "broken"} and accounted(document)


def test_amounts_in_ten_thousands_as_the_heading_says() -> None:
    document = read_csv("""
        总账单2026年10月,单位：万元,,,
        客户,10/8,10/9,10/10,合计
        恒昌电子,1.5,,0.5,2
    """)
    assert records(document, "master_day", "amount") == [("15000.00",), ("5000.00",)]
    assert proofs(document) == {"printed totals": "holds"}


def test_numbers_codes_and_remarks_beside_the_names_are_told_and_give_no_records() -> None:
    document = read_csv("""
        2026年9月总账单,,,,,,,
        序号,客户编码,客户名称,1,2,3,合计,备注
        1,C01,临海纺织,100.00,,3.00,103.00,
        2,C02,玉环水暖,,30.00,,30.00,月结
        3,C03,天台药业,1.00,1.00,1.00,3.00,
        合计,,,101.00,31.00,4.00,136.00,
    """)
    assert days(document)[2] == ("玉环水暖", "2026-09-02", "30.00") and len(days(document)) == 6
    assert proofs(document) == {"printed totals": "holds"} and accounted(document)
    assert "序号, 客户编码, 备注" in document.remarks[-1].text.en


def test_subtotals_of_weeks_and_of_groups_of_customers() -> None:
    document = read_csv("""
        总账单 2026年9月,,,,,,,,
        客户,1,2,3,上旬小计,11,12,中旬小计,合计
        临海纺织,1.00,2.00,3.00,6.00,4.00,5.00,9.00,15.00
        玉环水暖,1.00,,3.00,4.00,,5.50,5.50,9.50
        小计,2.00,2.00,6.00,10.00,4.00,10.50,14.50,24.50
        天台药业,1.00,2.00,,3.00,4.00,5.00,9.00,12.00
        小计,1.00,2.00,,3.00,4.00,5.00,9.00,12.00
        总计,3.00,4.00,6.00,13.00,8.00,15.50,23.50,36.50
    """)
    assert len(days(document)) == 12 and all(held == computed for *_, held, computed in stated(document))
    assert proofs(document) == {"printed totals": "holds"} and accounted(document)


def test_a_form_with_thirty_one_days_serves_a_shorter_month() -> None:
    header = ",".join(map(str, range(1, 32)))
    body = "1.25" + "," * 30
    document = read_csv(f"总账单 2026年9月\n客户,{header}\n临海纺织,{body}\n玉环水暖,{body}2.50\n")
    assert days(document) == [("临海纺织", "2026-09-01", "1.25"), ("玉环水暖", "2026-09-01", "1.25")]
    assert [problem.code for problem in document.problems] == ["ImpossibleDate"]


# --- days down, customers across --------------------------------------------------------------------------------------


def test_the_other_direction_reads_the_same_records_at_their_own_places() -> None:
    document = read_csv(DOWN)
    assert days(document) == [
        ("临海纺织", "2026-05-06", "100.00"), ("玉环水暖", "2026-05-06", "57.50"),
        ("天台药业", "2026-05-07", "140.80"), ("临海纺织", "2026-05-08", "22.40"),
    ]  # fmt: skip
    sources = [each["_source"]["row"] for each in document.as_dict()["records"]["master_day"]]
    assert sources == [3, 3, 4, 5]
    assert stated(document)[0] == ("column", "临海纺织", "122.40", "122.40")
    assert stated(document)[3] == ("row", "2026-05-06", "157.50", "157.50")
    assert stated(document)[-1] == ("table", None, "320.70", "320.70")
    assert proofs(document) == {"printed totals": "holds"} and accounted(document) and not document.problems
    assert readings(document) == [("master_day", "sure", {"down": "date", "across": "customer", "cell": "amount"})]


def test_an_altered_cell_breaks_the_totals_of_its_row_and_of_its_column() -> None:
    document = read_csv(DOWN.replace("5月7日,,,140.80", "5月7日,,,180.80"))
    cells = records(document, "master_day", "customer", "date", "_source")
    broken = [each[:2] for each in cells if each[2]["proof"] == "broken"]
    assert broken == [("天台药业", "2026-05-07")] and proofs(document) == {"printed totals": "broken"}
    wrong = [each[:2] for each in stated(document) if each[2] != each[3]]
    assert wrong == [("column", "天台药业"), ("row", "2026-05-07"), ("table", None)]


def test_days_without_a_month_have_that_of_the_file_and_weekdays_are_no_amounts() -> None:
    document = read_csv(
        """
        日期,星期,临海纺织,玉环水暖,天台药业,合计
        1日,二,100.00,,20.00,120.00
        2日,三,,30.00,,30.00
        3日,四,1.50,,,1.50
        合计,,101.50,30.00,20.00,151.50
        """,
        "2026年9月总账单.csv",
    )
    assert days(document)[-1] == ("临海纺织", "2026-09-03", "1.50") and accounted(document)
    assert proofs(document) == {"printed totals": "holds"} and "星期" in document.remarks[-1].text.zh


def test_month_and_day_in_columns_of_their_own() -> None:
    document = read_csv("""
        总账单 2026年,,,,
        月,日,临海纺织,玉环水暖,合计
        9,28,100.00,,100.00
        ,29,,30.00,30.00
        10,8,1.50,,1.50
        合计,,101.50,30.00,131.50
    """)
    assert [each[1] for each in days(document)] == ["2026-09-28", "2026-09-29", "2026-10-08"]
    assert proofs(document) == {"printed totals": "holds"}


def test_an_english_one_without_totals_and_with_codes_over_the_names() -> None:
    document = read_csv("""
        Master bill September 2026,,,,
        Date,C01,C02,C03,
        ,Acme Tooling,Borden Mills,Crest Foods,Remark
        1-Sep,100.50,,20.00,
        2-Sep,,300.00,,holiday
        Thu 3 Sep,12.00,,44.10,
    """)
    assert days(document) == [
        ("Acme Tooling", "2026-09-01", "100.50"), ("Crest Foods", "2026-09-01", "20.00"),
        ("Borden Mills", "2026-09-02", "300.00"), ("Acme Tooling", "2026-09-03", "12.00"),
        ("Crest Foods", "2026-09-03", "44.10"),
    ]  # fmt: skip
    assert not proofs(document) and accounted(document) and "Remark" in document.remarks[-1].text.en


def test_days_first_as_the_english_write_them() -> None:
    document = read_csv("""
        Master bill,,,
        Customer,03/09/2026,04/09/2026,05/09/2026,Total
        Acme Tooling,1.25,,2.00,3.25
        Borden Mills,,3.00,,3.00
    """)
    assert {each[1] for each in days(document)} == {"2026-09-03", "2026-09-04", "2026-09-05"}


@pytest.mark.parametrize(
    ("sheet", "path"),
    [
        ("Sep 2026", "Master bill.xlsx"), ("September", "Master bill 2026.xlsx"), ("Sep-26", "Master bill.xlsx"),
        ("9月", "总账单2026.xlsx"), ("Sheet1", "Master bill 2026 Sept.xlsx"), ("九", "2026-09/总账单.xlsx"),
    ],
)  # fmt: skip
def test_the_month_of_bare_days_from_the_sheet_the_file_or_the_folder(sheet: str, path: str) -> None:
    text = "Customer,1,2,3,Total\nAcme Tooling,1.25,,2,3.25\nBorden Mills,,3,,3"
    assert {each[1] for each in days(read_book({sheet: text}, path))} == {"2026-09-01", "2026-09-02", "2026-09-03"}


def test_names_under_a_group_and_their_header_on_two_lines() -> None:
    document = read_csv("""
        2026年5月总账单,,,,
        日期,客户,,,合计
        ,临海纺织,玉环水暖,天台药业,
        2026-05-06,100.00,57.50,,157.50
        2026-05-07,,,140.80,140.80
        2026-05-08,22.40,,,22.40
        合计,122.40,57.50,140.80,320.70
    """)
    assert days(document)[2] == ("天台药业", "2026-05-07", "140.80") and accounted(document)
    assert proofs(document) == {"printed totals": "holds"}


def test_weekdays_over_the_days_totals_before_them_and_signs_of_currency() -> None:
    document = read_csv("""
        总账单,2026年9月,,,,,,
        ,,四,五,六,日,一,
        客户,合计,3,4,5,6,7,备注
        临海纺织,"1,103.00","¥1,000.00",100.00,3.00,,,
        玉环水暖,30.00,,30.00,,,,
        天台药业,,,,,,,停
        合计,"1,133.00","1,000.00",130.00,3.00,,,
    """)
    assert days(document)[0] == ("临海纺织", "2026-09-03", "1000.00") and len(days(document)) == 4
    assert records(document, "master_day", "currency")[0] == ("CNY",)
    assert proofs(document) == {"printed totals": "holds"} and accounted(document) and not document.problems


def test_one_below_the_other_on_a_sheet() -> None:
    document = read_csv("""
        2026年5月总账单,,,,
        客户,1日,2日,3日,合计
        临海纺织,1.00,2.00,,3.00
        玉环水暖,,1.00,1.00,2.00
        合计,1.00,3.00,1.00,5.00
        ,,,,
        客户,16日,17日,18日,合计
        临海纺织,1.50,2.00,,3.50
        玉环水暖,,1.00,1.00,2.00
        合计,1.50,3.00,1.00,5.50
    """)
    assert len(days(document)) == 8 and accounted(document)
    assert [proof.status.value for proof in document.proofs] == ["holds", "holds"]


def test_on_a_page_of_a_pdf() -> None:
    def draw(canvas: Any) -> None:
        title(canvas, "2026年5月总账单", 780)
        rows = [line.strip().split(",") for line in DOWN.strip().splitlines()[1:]]
        grid(canvas, rows, 60, 600, 90)

    document = read_document(document_of(pdf(draw), "总账单.pdf"), options=ReadOptions())
    assert days(document)[0] == ("临海纺织", "2026-05-06", "100.00") and len(days(document)) == 4
    source = document.as_dict()["records"]["master_day"][0]["_source"]
    assert source["via"] == "text" and source["box"] and source["page"] == 1
    assert proofs(document) == {"printed totals": "holds"} and accounted(document)


# --- over several sheets ----------------------------------------------------------------------------------------------


def test_half_a_month_a_sheet_and_totals_of_the_month_on_the_second() -> None:
    document = read_book({
        "上半月": "客户,1,2,3,合计\n临海,1.50,2.50,,4\n玉环,1,,3.25,4.25\n合计,2.50,2.50,3.25,8.25",
        "下半月": "客户,16,17,18,本月合计\n临海,1,2,,7\n玉环,1,,3,8.25\n合计,2,2,3,15.25",
    })  # fmt: skip
    assert len(days(document)) == 8 and [proof.status.value for proof in document.proofs] == ["holds", "holds"]
    assert stated(document)[6] == ("row", "临海", "7.00", "7.00")
    assert stated(document)[-1] == ("table", None, "15.25", "15.25")


def test_a_wrong_total_of_both_sheets_is_broken() -> None:
    document = read_book({
        "1-3": "客户,1,2,3,合计\n临海,1.50,2.50,,4\n玉环,1,,3.25,4.25\n天台,1,,,1",
        "16-18": "客户,16,17,18,总计\n临海,1,2,,7\n玉环,1,,3,8.25\n天台,1,,,2.5",
    })  # fmt: skip
    assert [proof.status.value for proof in document.proofs] == ["holds", "broken"]
    assert [each for each in stated(document) if each[2] != each[3]] == [("row", "天台", "2.50", "2.00")]


def test_customers_over_two_sheets_with_a_grand_total() -> None:
    document = read_book(
        {
            "A-M": "Customer,1 Sep,2 Sep,3 Sep,Total\nAcme,1.5,2.5,,4\nBorden,1,,3.25,4.25\nTotal,2.5,2.5,3.25,8.25",
            "N-Z": "Customer,1 Sep,2 Sep,3 Sep,Total\nNorth,1.25,2,,3.25\nZed,1,,3,4\nTotal,2.25,2,3,7.25\n"
            "Grand total,4.75,4.5,6.25,15.5",
        },
        "Master bill 2026-09.xlsx",
    )
    assert len(days(document)) == 8 and [proof.status.value for proof in document.proofs] == ["holds", "holds"]
    assert stated(document)[-1] == ("table", None, "15.50", "15.50")


def test_what_is_carried_from_the_sheet_before_stands_over_the_days() -> None:
    document = read_book({
        "上": "日期,临海,玉环,合计\n9月1日,1.50,1,2.50\n9月2日,2.50,,2.5\n9月3日,,3.25,3.25\n合计,4,4.25,8.25",
        "下": "日期,临海,玉环,合计\n上半月合计,4,4.25,8.25\n9月16日,1,1,2\n9月17日,2,,2\n9月18日,,3,3\n本月合计,7,8.25,15.25",
    })  # fmt: skip
    assert len(days(document)) == 8 and [proof.status.value for proof in document.proofs] == ["holds", "holds"]


def test_totals_of_both_sheets_are_not_possible_where_the_other_is_not_read() -> None:
    document = read_book(
        {
            "上": "客户,1,2,3,合计\n临海,1.50,2.50,,4\n玉环,1,,3.25,4.25",
            "下": "客户,9月16日,9月17日,9月18日,总计\n临海,1,2,,7\n玉环,1,,3,8.25",
        },
        "总账单2026.xlsx",
    )
    assert [each[1] for each in readings(document)] == ["asked", "sure"]
    assert proofs(document) == {"printed totals": "not possible"}


# --- what is no matrix of amounts -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "2026年9月值班表,,,,\n姓名,1,2,3,4\n张三,早,晚,,休\n李四,晚,,早,早\n",
        "2026年9月考勤表,,,,,\n姓名,1,2,3,4,合计\n张三,8,8,,8,24\n李四,8,,8,7.5,23.5\n王五,8,8,8,8,32\n",
        "September 2026,,,,,,\nMon,Tue,Wed,Thu,Fri,Sat,Sun\n,1,2,3,4,5,6\n7,8,9,10,11,12,13\n14,15,16,17,18,19,20\n",
        "2026年9月日历,,,,,,,\n周次,一,二,三,四,五,六,日\n第36周,,1,2,3,4,5,6\n第37周,7,8,9,10,11,12,13\n",
        "客户报价表 2026年9月,,,\n客户,顺丰,德邦,圆通\n临海纺织,10.50,11.20,12.30\n玉环水暖,9.50,10.20,11.30\n",
        "Price list,,,\nCustomer,FastShip,Overland,AirOne\nAcme,10.50,11.20,12.30\nBorden,9.50,10.20,11.30\n",
        "Temperatures September 2026,,,\nCity,1,2,3\nYork,12,13,11\nLeeds,14,12,10\nHull,11,10,9\n",
    ],
    ids=["roster", "hours", "calendar", "calendar of weeks", "prices", "price list", "temperatures"],
)
def test_no_matrix_and_no_question(text: str) -> None:
    document = read_csv(text)
    assert document.status == "not recognised" and not document.tables and not document.records


def test_marks_of_a_class_are_no_matrix() -> None:
    """Its number, name and total are words of many tables: what it is may be asked, but not as a matrix."""
    text = "Class 3B,,,,\nNo,Name,Maths,English,Total\n1,Ann Lee,80,90,170\n2,Bob Roe,70,60,130\n3,Cid Poe,70,65,135\n"
    document = read_csv(text)
    assert document.status == "not recognised" and not document.records
    assert all(matrix is None for _, _, matrix in readings(document))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("总账单,,,,\n客户,8,9,10,合计\n临海纺织,1.00,2.00,3.00,6.00\n", "nothing states the month of its days"),
        ("总账单 2026年10月,,,,\n客户,30,31,1,合计\n临海纺织,1.00,2.00,3.00,6.00\n", "nothing states the month of its days"),
        (
            "总账单 2026年9月,,,,\n日期,现金,客户,杂费,合计\n9月1日,1.50,2.00,5.00,8.50\n9月2日,8.00,1.00,,9.00\n9月3日,5.00,,1.00,6.00\n",
            "its names are words and no customers",
        ),
    ],
)
def test_what_it_may_be_is_asked_with_the_reason(text: str, reason: str) -> None:
    document = read_csv(text, "1.csv")
    assert [each[:2] for each in readings(document)] == [("master_day", "asked")]
    assert reason in [each["en"] for each in document.tables[0].as_dict()["evidence"]]
    assert "master_day" not in document.records


# --- said to be one ---------------------------------------------------------------------------------------------------


def test_what_is_said_to_be_a_matrix_is_read_as_one() -> None:
    text = "日期,现金,微信,合计\n2026-09-01,100.00,20.00,120.00\n2026-09-02,80.00,,80.00\n2026-09-03,1.00,1.00,2.00\n"
    said = matrix_of(record_types()["master_day"], "date", "customer")
    document = read_csv(text, decided={("", 1, 1): said})
    assert len(days(document)) == 5 and proofs(document) == {"printed totals": "holds"} and accounted(document)


def test_a_statement_of_other_fields_is_refused() -> None:
    with pytest.raises(ValueError, match="no matrix"):
        matrix_of(record_types()["master_day"], "customer", "currency")
    with pytest.raises(ValueError, match="no matrix"):
        matrix_of(record_types()["party"], "date", "customer")


@pytest.mark.parametrize("bad", ["一三九", "139.5O", "12-3-9"])
def test_totals_over_a_cell_that_was_not_read_are_not_possible(bad: str) -> None:
    document = read_csv(ACROSS.format(row="1075.30", all="1674.86").replace("139.50,599.56", f"{bad},599.56"))
    assert proofs(document) == {"printed totals": "not possible"}
    assert [(each.column, each.known["date"], each.first) for each in document.unread] == [
        ("amount", ("2026-10-12",), 3)
    ]
    unread = [each for each in document.records["stated_total"].column("_unread").to_pylist() if each]
    assert unread == [1, 1, 1]  # of the customer, of the day, of everything


def test_a_total_of_other_cells_is_judged_beside_one_that_was_not_read() -> None:
    document = read_csv(ACROSS.format(row="1076.30", all="1674.86").replace("139.50,599.56", "一三九,599.56"))
    assert proofs(document) == {"printed totals": "broken"}
