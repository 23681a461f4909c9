"""What a company has answered in one month is asked in no other: other figures and days, other names of files, a sheet
more, another account's file of the same form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from auditor.audit.documents import read_folder
from auditor.audit.mapping import MappingSession
from auditor.audit.progress import Silent
from auditor.audit.questions import OpenQuestion
from auditor.audit.setup import set_up
from auditor.documents.model import ReadDocument
from auditor.documents.readings.drafts import Draft
from auditor.resources import using
from auditor.values.words_amount import to_words


@dataclass(frozen=True)
class Wording:
    """The words of a company: headers of its slips, its bank books and its receipts, and its words for choices."""

    slips: str
    book: str
    receipts: tuple[str, ...]
    modes: tuple[str, str]
    bank: str
    accounts: tuple[str, str]
    slip_file: str
    book_file: str
    receipt_file: str


SHORT = Wording(
    "票,哪天,谁的货,几件,上秤,算多重,要多少,咋付,网点",
    "日子,啥事,跟谁,进来,出去,还剩",
    ("条#", "收钱日", "谁交的", "多少", "写成大写", "咋收的"),
    ("记着", "当面清"),
    "工行",
    ("工行", "建行"),
    "收件{month}月.csv",
    "{account}{month}月.csv",
    "收条{month}月.xlsx",
)
FORMAL = Wording(
    "托运凭单,受理日,托运方,包件,毛量,计价量,应缴款,结清法,受理点",
    "登帐日,内容提要,往来户,收方额,付方额,结存额",
    ("凭条编码", "开立日", "缴款方", "缴款额", "款额大写", "缴款途径"),
    ("按月清算", "即时清算"),
    "工行",
    ("工行", "建行"),
    "受理记录2026年{month}月.csv",
    "资金往来_{account}_{month}.csv",
    "缴款凭条 {month}.xlsx",
)
ENGLISH = Wording(
    "CN Ref,Booked,Sender,Colli,Scale kg,Payable kg,To Pay,Payment Plan,Depot",
    "Day,What For,With Whom,Came In,Went Out,Left",
    ("Chit", "Written", "Handed Over By", "Sum Taken", "Sum Spelt Out", "Taken As"),
    ("Slate", "Over the counter"),
    "ICBC",
    ("ICBC", "CCB"),
    "Bookings {month}.csv",
    "Book {account} {month}.csv",
    "Chits {month}.xlsx",
)
WORDINGS = {"short": SHORT, "formal": FORMAL, "english": ENGLISH}


def month(folder: Path, words: Wording, number: int, *, sheets: int = 3, accounts: int = 1) -> None:
    """A company's files of one month."""
    folder.mkdir(parents=True)
    (folder / "audit.yaml").write_text(
        f"entity: 海安货运有限公司\nperiod: 2026-{number:02}\nreading: ../reading.yaml\n", encoding="utf-8"
    )
    parties = "往来编码,单位全称,简称,类别\nQ1,恒昌电子有限公司,恒昌,客户\nQ2,百利塑胶有限公司,百利,客户\n"
    (folder / "往来单位.csv").write_text(parties, encoding="utf-8")
    (folder / "银行账户.csv").write_text(
        "账户代码,开户行,账号,币种\n"
        + "".join(f"{name},{name},4000021009200{at}23456,CNY\n" for at, name in enumerate(words.accounts)),
        encoding="utf-8",
    )
    slips = [
        f"HA-{number:02}{at:03},2026-{number:02}-{1 + at:02},{('恒昌', '百利')[at % 2]},{at % 4 + 1},{at + 3}.5,{at + 4},"
        f"{(at + 4) * 6}.00,{words.modes[at % 2]},南站"
        for at in range(20)
    ]
    _csv(folder / words.slip_file.format(month=number), words.slips, slips)
    for place, account in enumerate(words.accounts[:accounts]):
        left, lines = Decimal(5000 + number), []
        for at in range(12):
            amount = Decimal(100 + 7 * at + number + 3 * place)
            left += amount if at % 3 else -amount
            sides = f"{amount},," if at % 3 else f",{amount},"
            lines.append(f"2026-{number:02}-{at + 2:02},货款{at},{('恒昌', '百利')[at % 2]},{sides}{left}")
        _csv(folder / words.book_file.format(account=account, month=number), words.book, lines)
    book = openpyxl.Workbook()
    book.remove(book.active)
    for week in range(sheets):
        sheet = book.create_sheet(f"{number}.{week * 7 + 1}-{number}.{week * 7 + 7}")
        sheet.append([each.strip(",") for each in words.receipts])
        for at in range(6):
            amount = Decimal(100 * (at + 1) + number + week)
            sheet.append([f"00{number:02}{week}{at}", f"2026-{number:02}-{week * 7 + 1 + at:02}", ("恒昌", "百利")[at % 2],
                          float(amount), to_words(amount), "现金"])  # fmt: skip
    book.save(folder / words.receipt_file.format(month=number))


def _csv(path: Path, head: str, lines: list[str]) -> None:
    path.write_text("\n".join([head, *lines]) + "\n", encoding="utf-8")


FIELDS = {
    "slips": ("receiving_slip", "slip_no date customer pieces actual_weight charge_weight amount pay_mode station"),
    "book": ("bank_ledger_entry", "date summary counterparty in out balance"),
    "receipts": ("receipt", "receipt_no date payer amount words mode"),
}


def answers(words: Wording, question: OpenQuestion) -> Draft:
    """What somebody who knows the company says of a question's tables."""
    headers = question.family.shape.headers
    for part, (record, fields) in FIELDS.items():
        own = getattr(words, part)
        listed = [each.strip(",") for each in (own.split(",") if isinstance(own, str) else own)]
        if list(headers) == listed:
            return Draft(record, dict(zip(listed, fields.split(" "), strict=True)))
    raise AssertionError(f"asked about {question.family.tables[0].where}: {headers}")


def opened(folder: Path) -> MappingSession:
    setup = set_up(folder, new_readings=True)
    with using(setup.own):
        return MappingSession(folder, setup, Silent(), workers=1)


def answered(folder: Path, words: Wording) -> int:
    """Answers all that is asked of a month; how many questions that were."""
    session, count = opened(folder), 0
    while questions := session.questions():
        draft = answers(words, questions[0])
        assert session.mistakes(questions[0], draft) == ()
        session.answer(questions[0], draft, confirmed="2026-10-31 林晓")
        count += 1
    meant = dict(zip(words.modes, ("monthly", "cash"), strict=True))
    while asked := session.word_questions():
        session.answer_words(asked[0], {each.word: meant[each.word] for each in asked[0].words})
        count += 1
    return count


def read(folder: Path) -> dict[str, ReadDocument]:
    setup = set_up(folder)
    assert setup.reading.mistakes == ()
    with using(setup.own):
        documents = read_folder(folder, setup.settings, Silent(), 1, None, readings=setup.reading.readings)
    return {each.path: each for each in documents}


def counts(documents: Mapping[str, ReadDocument]) -> dict[str, int]:
    found: dict[str, int] = {}
    for document in documents.values():
        assert document.problem_rows == 0, (document.path, document.problems)
        for record, _ in FIELDS.values():
            found[record] = found.get(record, 0) + document.counts.get(record, 0)
    return found


@pytest.mark.parametrize("name", WORDINGS)
def test_the_second_month_asks_nothing(name: str, tmp_path: Path) -> None:
    words = WORDINGS[name]
    month(tmp_path / "2026-10", words, 10)
    assert 0 < answered(tmp_path / "2026-10", words) <= 4
    assert counts(read(tmp_path / "2026-10")) == {"receiving_slip": 20, "bank_ledger_entry": 12, "receipt": 18}
    month(tmp_path / "2026-11", words, 11)
    session = opened(tmp_path / "2026-11")
    assert (session.open(), session.open_words()) == ([], [])
    documents = read(tmp_path / "2026-11")
    assert counts(documents) == {"receiving_slip": 20, "bank_ledger_entry": 12, "receipt": 18}
    modes = [each for document in documents.values() if "receiving_slip" in document.records
             for each in document.records["receiving_slip"]["pay_mode"].to_pylist()]  # fmt: skip
    assert modes == ["monthly", "cash"] * 10


@pytest.mark.parametrize("name", WORDINGS)
def test_a_sheet_and_an_account_more_ask_nothing_either(name: str, tmp_path: Path) -> None:
    words = WORDINGS[name]
    month(tmp_path / "2026-10", words, 10)
    answered(tmp_path / "2026-10", words)
    month(tmp_path / "2026-11", words, 11, sheets=4, accounts=2)
    session = opened(tmp_path / "2026-11")
    assert (session.open(), session.open_words()) == ([], [])
    assert counts(read(tmp_path / "2026-11")) == {"receiving_slip": 20, "bank_ledger_entry": 24, "receipt": 24}


def test_a_new_word_is_asked_and_nothing_else(tmp_path: Path) -> None:
    month(tmp_path / "2026-10", SHORT, 10)
    answered(tmp_path / "2026-10", SHORT)
    month(tmp_path / "2026-11", SHORT, 11)
    path = tmp_path / "2026-11" / SHORT.slip_file.format(month=11)
    path.write_text(path.read_text(encoding="utf-8").replace("当面清", "扫了码", 1), encoding="utf-8")
    session = opened(tmp_path / "2026-11")
    assert session.open() == []
    assert [[each.word for each in asked.words] for asked in session.open_words()] == [["扫了码"]]
