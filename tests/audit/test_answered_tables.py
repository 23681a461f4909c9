"""What an answer settles besides what a table is: texts that it does not have, and tables that are none of the audit's."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.audit.documents import read_folder
from auditor.audit.progress import Silent
from auditor.audit.setup import set_up
from auditor.documents.model import ReadDocument, Status
from auditor.resources import using


def read(folder: Path, **files: str) -> dict[str, ReadDocument]:
    (folder / "audit.yaml").write_text("period: 2026-10\nentity: 海安货运\n", encoding="utf-8")
    for name, text in files.items():
        (folder / name.replace("__", ".")).write_text(text, encoding="utf-8")
    setup = set_up(folder)
    assert setup.reading.mistakes == ()
    with using(setup.own):
        documents = read_folder(folder, setup.settings, Silent(), 1, None, readings=setup.reading.readings)
    return {each.path: each for each in documents}


ENTRY = "tables:\n  - headers: [{headers}]\n    record: service_entry\n    columns: {{{columns}}}\n"


@pytest.mark.parametrize(
    ("headers", "columns", "row"),
    [
        ("收单, 单, 谁家, 啥事", "收单: date, 单: memo_no, 谁家: customer, 啥事: type", "2026-10-08,LX-001,恒昌电子,改派"),
        ("When, Ref, Who, What", "When: date, Ref: memo_no, Who: customer, What: type", "2026-10-08,LX-001,Acme Ltd,Storage"),
        ("日子, 便条, 客, 事", "日子: date, 便条: memo_no, 客: customer, 事: type", "2026/10/8,LX-001,百利,提货"),
    ],
)
def test_a_text_that_an_answered_table_does_not_have_is_left_empty(
    headers: str, columns: str, row: str, tmp_path: Path
) -> None:
    table = headers.replace(", ", ",") + "\n" + row + "\n" + row.replace("001", "002") + "\n"
    found = read(tmp_path, reading__yaml=ENTRY.format(headers=headers, columns=columns), a__csv=table)["a.csv"]
    assert found.records["service_entry"]["memo_no"].to_pylist() == ["LX-001", "LX-002"]
    assert found.problem_rows == 0
    assert any("no column for" in each.text.en for each in found.remarks)


def test_what_names_the_record_stays_required(tmp_path: Path) -> None:
    entry = ENTRY.format(headers="收单, 谁家, 啥事", columns="收单: date, 谁家: customer, 啥事: type")
    found = read(tmp_path, reading__yaml=entry, a__csv="收单,谁家,啥事\n2026-10-08,恒昌电子,改派\n")["a.csv"]
    assert "service_entry" not in found.records
    assert found.problems


LEFT_OUT = "tables:\n  - {headers: [品名, 数量, 售价], ignore: 价目，不审核}\n"


def test_a_document_that_is_left_out_is_no_problem_and_hides_nothing(tmp_path: Path) -> None:
    found = read(tmp_path, reading__yaml=LEFT_OUT, a__csv="品名,数量,售价\n纸箱,3,12.50\n胶带,8,6.00\n")["a.csv"]
    assert (found.status, found.problems, found.texts) == (Status.IGNORED, (), None)
    assert found.rows_seen == sum(each.count for each in found.ignored)


def test_without_the_answer_it_is_told(tmp_path: Path) -> None:
    found = read(tmp_path, a__csv="品名,数量,售价\n纸箱,3,12.50\n胶带,8,6.00\n")["a.csv"]
    assert found.status is not Status.IGNORED
    assert found.problems


def days_down(head: str) -> str:
    """Lines of a bill of nine days, and two more below the last of them."""
    lines = [f"2026-10-{day:02d},D-{day},1{day % 10},2{day % 10},{31 + 2 * (day % 10)}.50" for day in range(8, 17)]
    return "\n".join([head, *lines, ",D-17,,,-8.50", ",D-18,,,-9.50"]) + "\n"


@pytest.mark.parametrize(
    ("head", "columns"),
    [
        ("When,Slip,Freight due,Fuel,Sum", "When: date, Slip: slip_no, Freight due: freight, Fuel: fuel, Sum: amount"),
        ("哪天,单,头,二,共", "哪天: date, 单: slip_no, 头: freight, 二: fuel, 共: amount"),
        ("日子,条子,东,西,拢共", "日子: date, 条子: slip_no, 拢共: amount"),
    ],
)
def test_an_answered_table_keeps_its_last_rows_however_short_they_are(
    head: str, columns: str, tmp_path: Path
) -> None:
    entry = ENTRY.format(headers=head.replace(",", ", "), columns=columns).replace("service_entry", "bill_line")
    entry = entry.replace("    columns", "    fields: {customer: 恒昌电子, bill_no: ZD-1}\n    columns")
    found = read(tmp_path, reading__yaml=entry, a__csv=days_down(head))["a.csv"]
    read_rows = found.records["bill_line"].num_rows + found.problem_rows
    assert read_rows == 11


@pytest.mark.parametrize(
    ("payer", "payee"), [("出钱方, 出钱方号", "进钱方, 进钱方号"), ("Sent by, Sender no", "Went to, Taker no"), ("甲, 甲号", "乙, 乙号")]
)
def test_an_answer_may_say_who_pays_and_who_is_paid(payer: str, payee: str, tmp_path: Path) -> None:
    roles = [f"{side}.{field}" for side in ("payer", "payee") for field in ("counterparty", "counterparty_account")]
    headers = ["哪天", *payer.split(", "), *payee.split(", "), "多少"]
    columns = ", ".join(map(": ".join, zip(headers, ["date", *roles, "amount"], strict=True)))
    entry = f"tables:\n  - headers: [{', '.join(headers)}]\n    record: bank_transaction\n    columns: {{{columns}}}\n"
    rows = "2026-10-08,青松纸业,62001,海安货运,11007788991,500.00\n2026-10-09,海安货运,11007788991,白桦快运,62002,300.00\n"
    found = read(tmp_path, reading__yaml=entry, a__csv=f"{','.join(headers)}\n{rows}")["a.csv"]
    table = found.records["bank_transaction"]
    assert table["direction"].to_pylist() == ["in", "out"]
    assert table["counterparty"].to_pylist() == ["青松纸业", "白桦快运"]


REGISTER = "月,日,单#,谁家,面单,件,共\n10,8,S-1,青松,W1,2,40.00\n10,9,S-2,白桦,W2,1,12.00\n10,12,S-3,青松,W3,4,90.00\n"


@pytest.mark.parametrize("day", ["日", "日期", "那天"])
def test_a_word_for_a_day_that_an_answer_taught_is_no_date_beside_a_month(day: str, tmp_path: Path) -> None:
    """In one table 日 is the whole date, in the next it stands beside 月."""
    taught = ENTRY.format(headers=f"收单, 便条, 客, {day}", columns=f"收单: type, 便条: memo_no, 客: customer, {day}: date")
    own = "月: month, 日: day, 单#: slip_no, 谁家: customer, 面单: waybill_no, 件: pieces, 共: amount"
    entry = f"  - headers: [月, 日, '单#', 谁家, 面单, 件, 共]\n    record: register_entry\n    columns: {{{own}}}\n"
    found = read(tmp_path, reading__yaml=taught + entry.replace("单#: ", "'单#': "), a__csv=REGISTER)["a.csv"]
    assert [str(each) for each in found.records["register_entry"]["date"].to_pylist()] == [
        "2026-10-08", "2026-10-09", "2026-10-12",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("slips", "bill"),
    [
        ("日,单#,货主,件,共", "日,啥费,单#,面单,件,共"),
        ("When,Chit,Whose,Pcs,Sum", "When,What for,Chit,Air no,Pcs,Sum"),
        ("哪天,票根,谁家,箱,拢共", "哪天,名堂,票根,面单,箱,拢共"),
    ],
)
def test_words_of_an_answer_make_no_other_table_what_it_was(slips: str, bill: str, tmp_path: Path) -> None:
    columns = ", ".join(
        f"'{header}': {role}"
        for header, role in zip(slips.split(","), ("date", "slip_no", "customer", "pieces", "amount"), strict=True)
    )
    headers = ", ".join(f"'{header}'" for header in slips.split(","))
    entry = ENTRY.format(headers=headers, columns=columns).replace("service_entry", "receiving_slip")
    rows = "".join(f"2026-10-0{n},S-{n},恒昌,{n},{n}0.50\n" for n in range(1, 6))
    lines = "".join(f"2026-10-0{n},运费,S-{n},W-{n},{n},{n}0.50\n" for n in range(1, 6))
    found = read(tmp_path, reading__yaml=entry, a__csv=f"{slips}\n{rows}", b__csv=f"{bill}\n{lines}")
    assert found["a.csv"].records["receiving_slip"].num_rows == 5
    assert "receiving_slip" not in found["b.csv"].records
