"""A statement begins with the balance with which the one before it ended; cases with files and what is said of each."""

from __future__ import annotations

import random
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pytest
from csv_samples import read_csv

from auditor.audit.documents import read_paths
from auditor.documents.continuity import with_continuity
from auditor.documents.identity.around import folder_identities
from auditor.documents.model import ReadDocument
from auditor.records.loader import record_types

BANK = "交易日期,收入金额,支出金额,余额"
CASH = "日期,凭证号,摘要,单据号,借方,贷方,余额"
ACCOUNT = "账号：,6222000011112222"
SEPTEMBER = f"{ACCOUNT}\n{BANK}\n2026-09-08,5.00,,105.00\n2026-09-29,,1.00,104.00"
NEWEST_FIRST = f"{ACCOUNT}\n{BANK}\n2026-09-29,,1.00,104.00\n2026-09-08,5.00,,105.00"
OCTOBER = f"{ACCOUNT}\n{BANK}\n2026-10-08,2.00,,106.00\n2026-10-31,,6.00,100.00"
OCTOBER_LESS = f"{ACCOUNT}\n{BANK}\n2026-10-08,2.00,,103.00\n2026-10-31,,6.00,97.00"
WITH_A_HOLE = f"{ACCOUNT}\n起始日期：,2026-10-11\n终止日期：,2026-10-31\n{BANK}\n2026-10-12,2.00,,103.00"
TO_THE_FIFTH = f"{ACCOUNT}\n起始日期：,2026-09-01\n终止日期：,2026-10-05\n{BANK}\n2026-09-08,5.00,,104.00"
FIRST_HALF = f"{ACCOUNT}\n{BANK}\n2026-10-08,5.00,,105.00\n2026-10-15,1.00,,106.00\n2026-10-15,1.00,,107.00"
OVERLAPPING = f"{ACCOUNT}\n起始日期：,2026-10-15\n终止日期：,2026-10-31\n{BANK}\n2026-10-15,1.00,,{{a}}\n2026-10-15,1.00,,{{b}}\n2026-10-20,1.00,,{{c}}"
ACCOUNTS = "账户代码,银行账号,账户名称,别名,账户性质\nICBC,6222000011112222,工商银行基本户,工行；工商银行,基本户\nCCB,4420,建行一般户,建行,一般户"


class Case(NamedTuple):
    """Documents by path, and of each what is said of it: verdict and a piece of the sentence."""

    files: Mapping[str, str]
    expect: Mapping[str, list[tuple[str, str]]]


CASES = {
    "上月网银期末即本月期初": Case(
        {"00上期/网银9月.csv": SEPTEMBER, "08网银/网银10月.csv": OCTOBER},
        {
            "00上期/网银9月.csv": [("holds", "00上期/网银9月.csv ends with 104.00 on 2026-09-29")],
            "08网银/网银10月.csv": [("holds", "08网银/网银10月.csv begins with 104.00 on 2026-10-08")],
        },
    ),
    "newest first": Case(
        {"9月.csv": NEWEST_FIRST, "10月.csv": OCTOBER},
        {"9月.csv": [("holds", "104.00")], "10月.csv": [("holds", "104.00")]},
    ),
    "中间缺一份": Case(
        {"9月.csv": SEPTEMBER, "10月.csv": OCTOBER_LESS},
        {
            "9月.csv": [("broken", "9月.csv ends with 104.00 on 2026-09-29, 10月.csv begins with 101.00")],
            "10月.csv": [("broken", "difference -3.00: a statement between them is missing")],
        },
    ),
    "days that no statement covers": Case(
        {"a.csv": TO_THE_FIFTH, "b.csv": WITH_A_HOLE},
        {
            "a.csv": [("not possible", "no statement covers 2026-10-06 to 2026-10-10")],
            "b.csv": [("not possible", "no statement covers 2026-10-06 to 2026-10-10")],
        },
    ),
    "a whole month between the entries": Case(
        {"8月.csv": SEPTEMBER.replace("2026-09", "2026-08"), "10月.csv": OCTOBER_LESS},
        {"8月.csv": [("not possible", "no statement covers 2026-08-30")], "10月.csv": [("not possible", "-3.00")]},
    ),
    "half months that overlap": Case(
        {"上半月.csv": FIRST_HALF, "下半月.csv": OVERLAPPING.format(a="106.00", b="107.00", c="108.00")},
        {"上半月.csv": [("holds", "both agree on 105.00")], "下半月.csv": [("holds", "both agree on 105.00")]},
    ),
    "half months that overlap and contradict each other": Case(
        {
            "上半月.csv": f"{FIRST_HALF}\n2026-10-16,5.00,,112.00",
            "下半月.csv": OVERLAPPING.format(a="109.00", b="110.00", c="111.00"),
        },
        {
            "上半月.csv": [("broken", "before 2026-10-15 the first has 105.00, the second begins with 108.00")],
            "下半月.csv": [("broken", "difference 3.00")],
        },
    ),
    "the same month twice": Case(
        {"网银.csv": OCTOBER, "网银(1).csv": OCTOBER.replace("交易日期", "记账日期")},
        {"网银.csv": [("holds", "both agree on 104.00")], "网银(1).csv": [("holds", "both agree on 104.00")]},
    ),
    "a row that could not be read may explain it": Case(
        {"9月.csv": SEPTEMBER + "\n2026-09-30,叁元?,,101.00", "10月.csv": OCTOBER_LESS},
        {
            "9月.csv": [("not possible", "rows that could not be read may explain it")],
            "10月.csv": [("not possible", "difference -3.00")],
        },
    ),
    "一个表内两页，一页接一页": Case(
        {"明细.csv": f"{SEPTEMBER}\n{OCTOBER}"},
        {"明细.csv": [("holds", "明细.csv ends with 104.00 on 2026-09-29, 明细.csv begins with 104.00")]},
    ),
    "两页之间不衔接": Case(
        {"明细.csv": f"{SEPTEMBER}\n{OCTOBER_LESS}"},
        {"明细.csv": [("broken", "difference -3.00")]},
    ),
    "另一账户": Case(
        {"9月.csv": SEPTEMBER, "10月.csv": OCTOBER_LESS.replace("6222000011112222", "6222000011113333")},
        {},
    ),
    "别名不同的同一账户": Case(
        {
            "账户.csv": ACCOUNTS,
            "工行.csv": "日期,凭证号,摘要,借方,贷方,余额\n2026-09-01,,上期结转,,,99.00\n2026-09-08,银收1,运费,5.00,,104.00",
            "工商银行.csv": "日期,凭证号,摘要,借方,贷方,余额\n2026-10-01,,上期结转,,,103.00\n2026-10-08,银收1,运费,5.00,,108.00",
            "建行.csv": "日期,凭证号,摘要,借方,贷方,余额\n2026-11-01,,上期结转,,,7.00\n2026-11-08,银收1,运费,5.00,,12.00",
        },
        {"工行.csv": [("broken", "difference -1.00")], "工商银行.csv": [("broken", "103.00 on 2026-10-08")]},
    ),
    "现金日记账：上月结转与上月余额不符": Case(
        {
            "现金日记账2026-09.csv": f"{CASH}\n2026-09-08,现收1,运费,收据1,50.00,,150.00",
            "现金日记账2026-10.csv": f"{CASH}\n2026-10-01,,上月结转,,,,140.00\n2026-10-08,现收1,运费,收据2,5.00,,145.00",
        },
        {
            "现金日记账2026-09.csv": [("broken", "Cash journal entry: 现金日记账2026-09.csv ends with 150.00")],
            "现金日记账2026-10.csv": [("broken", "begins with 140.00")],
        },
    ),
    "两个站点的现金日记账": Case(
        {
            "宝安现金日记账9月.csv": f"{CASH}\n2026-09-08,现收1,运费,收据1,50.00,,150.00",
            "龙岗现金日记账10月.csv": f"{CASH}\n2026-10-08,现收1,运费,收据2,5.00,,25.00",
        },
        {},
    ),
    "两个站点的同月现金日记账": Case(
        {
            "宝安/现金日记账.csv": f"{CASH}\n2026-10-08,现收1,运费,收据1,50.00,,150.00\n2026-10-09,现收2,运费,收据3,1.00,,151.00",
            "龙岗/现金日记账.csv": f"{CASH}\n2026-10-08,现收1,运费,收据2,5.00,,25.00\n2026-10-09,现收2,运费,收据4,1.00,,26.00",
        },
        {},
    ),
    "entries without balances, from an opening": Case(
        {
            "工行9月.csv": "账户：,工行\n日期,凭证号,摘要,借方,贷方,余额\n2026-09-01,,上期结转,,,99.00\n2026-09-08,银收1,运费,5.00,,",
            "工行10月.csv": "账户：,工行\n日期,凭证号,摘要,借方,贷方,余额\n2026-10-01,,上期结转,,,104.00\n2026-10-08,银收1,运费,5.00,,",
        },
        {"工行9月.csv": [("holds", "ends with 104.00")], "工行10月.csv": [("holds", "begins with 104.00")]},
    ),
    "a statement without any balance": Case(
        {"9月.csv": SEPTEMBER, "10月.csv": f"{ACCOUNT}\n交易日期,收入金额,支出金额\n2026-10-08,2.00,"},
        {"9月.csv": [("not possible", "10月.csv states no balance")], "10月.csv": [("not possible", "no balance")]},
    ),
    "rows of one day in no order": Case(
        {
            "9月.csv": f"{ACCOUNT}\n{BANK}\n2026-09-08,5.00,,105.00\n2026-09-29,,1.00,99.00\n2026-09-10,1.00,,77.00",
            "10月.csv": OCTOBER,
        },
        {"9月.csv": [("not possible", "9月.csv states no balance")], "10月.csv": [("not possible", "no balance")]},
    ),
    "three months, the middle one in another currency column": Case(
        {
            "8月.csv": SEPTEMBER.replace("2026-09", "2026-08"),
            "9月.csv": f"账号,币种,{BANK}\n6222000011112222,CNY,2026-09-29,,4.00,100.00",
            "10月.csv": OCTOBER,
        },
        {
            "8月.csv": [("holds", "9月.csv begins with 104.00")],
            "9月.csv": [("holds", "9月.csv begins with 104.00"), ("broken", "9月.csv ends with 100.00")],
            "10月.csv": [("broken", "difference 4.00")],
        },
    ),
}


def _read(files: Mapping[str, str]) -> list[ReadDocument]:
    return [read_csv(text, path) for path, text in files.items()]


def _said(documents: list[ReadDocument]) -> dict[str, list[tuple[str, str, str]]]:
    found = {}
    known = folder_identities(documents, record_types())
    for document in with_continuity(documents, record_types(), known):
        mine = [(p.status.value, p.detail.en, p.detail.zh) for p in document.proofs if p.name == "continuity"]
        if mine:
            found[document.path] = mine
    return found


@pytest.mark.parametrize("name", CASES)
def test_what_is_said_of_each_document(name: str) -> None:
    case = CASES[name]
    documents = _read(case.files)
    said = _said(documents)
    assert {path: [status for status, _, _ in mine] for path, mine in said.items()} == {
        path: [status for status, _ in expected] for path, expected in case.expect.items()
    }, said
    for path, expected in case.expect.items():
        for (_, piece), (_, text, _) in zip(expected, said[path], strict=True):
            assert piece in text
    random.Random(1).shuffle(documents)
    assert _said(documents) == said


def test_the_chinese_sentence_names_both_figures_and_both_documents() -> None:
    said = _said(_read(CASES["中间缺一份"].files))["10月.csv"][0][2]
    assert said == (
        "6222000011112222：9月.csv 截至 2026-09-29 余额 104.00，10月.csv 自 2026-10-08 起余额 101.00，相差 -3.00："
        "其间缺少对账单（账页），或其中一份被改动"
    )


def test_a_sheet_a_month_in_whatever_order(tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    book.remove(book.active)
    months = {"10月": ("2026-10-08", "140.00", "145.00"), "9月": ("2026-09-08", "100.00", "105.00"),
              "11月": ("2026-11-08", "145.00", "150.00")}  # fmt: skip
    for name, (day, opening, closing) in months.items():
        sheet = book.create_sheet(name)
        sheet.append(CASH.split(","))
        sheet.append([day, "", "承前页", "", "", "", opening])
        sheet.append([day, "现收1", "运费", "收据1", "5.00", "", closing])
    book.save(tmp_path / "现金日记账.xlsx")
    (document,) = read_paths([tmp_path / "现金日记账.xlsx"], ())
    said = [(p.status.value, p.where) for p in document.proofs if p.name == "continuity"]
    assert said == [("broken", "现金日记账.xlsx[10月]"), ("holds", "现金日记账.xlsx[11月]")]
