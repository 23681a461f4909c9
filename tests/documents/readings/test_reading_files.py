"""`reading.yaml`: every mistake is told at its line with the nearest right word, costs its own entry, and no other."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from auditor.documents.readings.loader import ReadingFile, load_readings
from auditor.records.loader import record_types

GOOD = """\
tables:
  - headers: [收单日, 网点, 单据张数, 件数, 交单]
    record: bundle_cover
    columns: {收单日: date, 网点: station, 单据张数: tickets, 件数: pieces, 交单: ~}
    confirmed: 2026-10-31 林晓
"""
COVER = ("收单日", "网点", "单据张数", "件数", "交单")


def loaded(tmp_path: Path, text: str) -> ReadingFile:
    path = tmp_path / "reading.yaml"
    path.write_text(text, encoding="utf-8")
    return load_readings(path, record_types())


def test_an_answer(tmp_path: Path) -> None:
    found = loaded(tmp_path, GOOD)
    assert found.mistakes == ()
    (entry,) = found.readings.entries
    assert (entry.record, entry.line, entry.confirmed, entry.likely) == ("bundle_cover", 2, "2026-10-31 林晓", False)
    assert entry.columns == {
        "收单日": "date", "网点": "station", "单据张数": "tickets", "件数": "pieces", "交单": None,
    }  # fmt: skip
    assert pickle.loads(pickle.dumps(found)).readings == found.readings


def test_all_that_an_answer_may_say(tmp_path: Path) -> None:
    found = loaded(
        tmp_path,
        """\
tables:
  - file: "银行/*.csv"
    sheet: "9月*"
    title: 对账单
    record: bank_transaction
    columns: {"@A": month, "@B": day, "@C": in, "@D": out, "@F": direction}
    fields: {currency: USD, counterparty: 甲公司}
    labels: {户号: account}
    sign: out_positive
    date_order: dmy
    decimal: ","
    year: 2026
    currency: USD
    account: "0755001"
    unit: 万元
    state: likely
  - headers: [日期]
    title: 每日票数
    record: master_day
    matrix: {down: date, across: customer, cell: amount}
  - headers: [Posted, Amount, Amount, {at: D}]
    ignore: a price list, not audited
""",
    )
    assert found.mistakes == ()
    bank, matrix, ignored = found.readings.entries
    assert list(bank.columns.values()) == ["<month>", "<day>", "<in>", "<out>", "<flag>"]
    assert (bank.likely, bank.declared.sign, bank.declared.year, bank.declared.account) == (
        True, "out_positive", 2026, "0755001",
    )  # fmt: skip
    assert (bank.labels, bank.fields["currency"]) == ({"户号": "account"}, "USD")
    assert matrix.matrix is not None
    assert matrix.matrix.across == "customer"
    assert (ignored.ignore, ignored.headers) == ("a price list, not audited", ("Posted", "Amount", "Amount"))


MISTAKES = {
    "a key that there is not": ("    colums: {收单日: date}\n", ":3:5: unknown key `colums`", "nearest: columns"),
    "an unknown record type": (
        "    record: bundle_covr\n", ":3:13: unknown record type `bundle_covr`", "nearest: bundle_cover",
    ),
    "a field that its type does not have": (
        "    record: bundle_cover\n    columns: {网点: staton}\n", ":4:19: unknown field `staton`", "nearest: station",
    ),
    "money in of a type without sides": (
        "    record: bundle_cover\n    columns: {网点: in}\n", ":4:19: unknown field `in`", "allowed: ",
    ),
    "a header that is not there": (
        "    record: bundle_cover\n    columns: {网站: station}\n", ":4:15: unknown header of this entry `网站`",
        "nearest: 网点",
    ),
    "a second column of a header that is there once": (
        '    record: bundle_cover\n    columns: {"件数#2": pieces}\n', ":4:15: unknown header of this entry `件数#2`",
        "nearest: 件数",
    ),
    "one field for two columns": (
        "    record: bundle_cover\n    columns: {件数: pieces, 票数: pieces}\n", ":4:31: the field `pieces` is given to two",
        "“件数” and “票数”",
    ),
    "a field in a column and for all rows": (
        '    record: bundle_cover\n    columns: {件数: pieces}\n    fields: {pieces: "3"}\n',
        ":5:14: the field `pieces` is given to two", "fields: pieces",
    ),
    "a record type and ignored": (
        "    record: bundle_cover\n    ignore: 草稿\n", ":2:5: `record`: this value", "either `record:`",
    ),
    "neither": ("    title: 封面\n", ":2:5: `record`: this value", "either `record:`"),
    "ignored without a reason": ('    ignore: " "\n', ":3:13: `ignore`: this value", "a text that says why"),
    "columns of what is ignored": (
        "    ignore: 草稿\n    columns: {网点: ~}\n", ":4:14: `columns`: this value", "no such key beside `ignore`",
    ),
    "a value that is none of its field": (
        "    record: bundle_cover\n    fields: {amount: 很多}\n", ":4:22: ", "很多",
    ),
    "a number without quotes": (
        "    record: bundle_cover\n    fields: {amount: 12.50}\n", ":4:22: the number 12.50 of `amount` stands without",
        '"12.50"',
    ),
    "a sign of a type without sides": (
        "    record: bundle_cover\n    sign: in_positive\n", ":4:11: `sign`: this value", "no money in and out",
    ),
    "a currency that there is not": (
        "    record: bundle_cover\n    currency: RNB\n", ":4:15: unknown currency `RNB`", "allowed: ",
    ),
    "a month without its day": (
        "    record: bundle_cover\n    columns: {件数: month}\n", ":4:19: `件数`: this value", "a column for the day",
    ),
    "a date and its parts": (
        "    record: bundle_cover\n    columns: {件数: date, 票数: day}\n", ":4:29: `票数`: this value", "either `date`",
    ),
    "half a matrix": (
        "    record: bundle_cover\n    matrix: {down: date, across: station}\n", ":4:13: the key `cell` is missing", "",
    ),
    "another state": ("    ignore: 草稿\n    state: sure\n", ":4:12: unknown word `sure`", "allowed: likely"),
    "a key twice": ("    ignore: 草稿\n    ignore: 试算\n", ":4:5: the key `ignore` stands here a second time", "line 3"),
}  # fmt: skip


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_costs_its_entry(name: str, tmp_path: Path) -> None:
    entry, said, more = MISTAKES[name]
    bad = f"tables:\n  - headers: [网点, 件数, 票数]\n{entry}"
    found = loaded(tmp_path, bad + GOOD.removeprefix("tables:\n"))
    told = [each.message("en") for each in found.mistakes]
    assert any(said in each for each in told), told
    assert any(more in each for each in told)
    assert all("?" not in each.message("zh").replace("？", "") for each in found.mistakes)
    assert [each.record for each in found.readings.entries] == ["bundle_cover"]
    assert found.readings.entry_for(COVER, (), "a.csv", "") is not None


def test_no_way_to_know_the_table(tmp_path: Path) -> None:
    found = loaded(tmp_path, "tables:\n  - record: bundle_cover\n    title: 封面\n")
    assert [each.summary("en") for each in found.mistakes] == ["reading.yaml:2:5: the key `headers` is missing"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("tables: 封面\n", "reading.yaml:1:9: `tables`: this value cannot stand here"),
        ("tables:\n  - 封面\n", "reading.yaml:2:5: `tables`: this value cannot stand here"),
        ("table: []\n", "reading.yaml:1:1: unknown key `table`"),
        ("tables: [\n", "this is not valid YAML"),
    ],
)
def test_what_is_no_list_of_answers(text: str, said: str, tmp_path: Path) -> None:
    found = loaded(tmp_path, text)
    assert found.readings.entries == ()
    assert said in found.mistakes[0].summary("en")


def test_an_empty_file_answers_nothing(tmp_path: Path) -> None:
    for text in ("", "# later\n", "tables:\n", "tables: []\n"):
        assert loaded(tmp_path, text).mistakes == ()


def test_two_answers_for_one_table(tmp_path: Path) -> None:
    other = "  - headers: [网点 , 收单日, 件数, 交单, 单据张数]\n    ignore: 草稿\n"
    found = loaded(tmp_path, GOOD + other)
    (mistake,) = found.mistakes
    assert mistake.code == "AnsweredTwice"
    assert str(mistake.place) == "reading.yaml:6"
    assert "line 2" in mistake.summary("en")
    assert found.readings.entries == ()


def test_the_same_answer_twice_is_no_doubt(tmp_path: Path) -> None:
    found = loaded(tmp_path, GOOD + GOOD.removeprefix("tables:\n"))
    assert found.mistakes == ()
    assert [each.line for each in found.readings.entries] == [2]


def test_two_tables_of_one_form_are_told_apart(tmp_path: Path) -> None:
    again = GOOD.removeprefix("tables:\n").replace("record:", "file: '南站/*'\n    record:")
    found = loaded(tmp_path, GOOD + again.replace("bundle_cover", "bundle_entry").replace("station", "slip_no"))
    assert [each.file for each in found.readings.entries if each.record == "bundle_cover"] == [None]
