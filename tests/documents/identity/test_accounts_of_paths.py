"""Which account an export is of that only the names on its path tell: a bank's folder is not its ordinary account where
the file or the sheet says another kind, another currency or another bank."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook

from auditor.audit.documents import read_folder
from auditor.audit.progress import Silent
from auditor.audit.settings import Settings, SettingsFile
from auditor.documents.identity.account_words import account_words, saying_of_names
from auditor.documents.identity.accounts import AccountIndex
from auditor.documents.identity.masters import build_masters, resolve_masters
from auditor.documents.store import store
from auditor.engine import DuckEngine
from auditor.records.loader import record_types

TYPES = record_types()
HEADERS = {"zh": "交易日期,流水号,摘要,收入,支出,余额", "en": "Transaction Date,Serial No,Description,Money In,Money Out,Balance"}
LISTS = {
    "zh": "账户简称,账号,户名,开户行,币种\nA1,6222020200112233445,远帆物流有限公司,工商银行深圳支行,人民币\n",
    "no currency": "账户简称,账号,户名,开户行\nA1,6222020200112233445,远帆物流有限公司,工商银行深圳支行\n",
    "en": "Account ID,Account No,Account name,Bank,Currency\nA1,6222020200112233445,Farsail,HSBC,CNY\n",
}


def rows(step: int, language: str = "zh") -> list[str]:
    """The lines of a statement that another `step` makes other movements."""
    balance, lines = 1000, [HEADERS[language]]
    for day in range(1, 5):
        balance += step * day
        lines.append(f"2026-10-{day:02},{step}{day:03},freight,{step * day}.00,,{balance}.00")
    return lines


def accounts(folder: Path, tables: DuckEngine, files: dict[str, str], language: str = "zh") -> dict[str, str | None]:
    """Whose account the movements of each file are: a list of accounts, else statements that differ."""
    for number, (name, text) in enumerate(files.items(), 5):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text or "\n".join(rows(number, language)) + "\n", encoding="utf-8")
    documents = read_folder(folder, Settings(SettingsFile()), Silent(), 1, None)
    store(tables, documents, TYPES)
    build_masters(tables, TYPES)
    resolve_masters(tables, TYPES)
    return dict(
        tables.rows(
            "SELECT d.path, min(t.account__id) FROM bank_transaction t JOIN document d ON d.number = t._document"
            " GROUP BY ALL ORDER BY ALL"
        )
    )


@pytest.mark.parametrize("name", ["保证金10月", "10月保证金流水", "美元10月", "USD 10月", "外币户10月", "定期存款10月", "支付宝10月", "理财10月"])
@pytest.mark.parametrize("listed", ["zh", "no currency", None])
def test_another_kind_currency_or_service_beneath_the_folder_of_a_bank(
    name: str, listed: str | None, tmp_path: Path, tables: DuckEngine
) -> None:
    files = {"账户清单.csv": LISTS[listed]} if listed else {}
    found = accounts(tmp_path, tables, {**files, "网银/工商银行/10月.csv": "", f"网银/工商银行/{name}.csv": ""})
    ordinary, other = found["网银/工商银行/10月.csv"], found[f"网银/工商银行/{name}.csv"]
    assert ordinary == ("A1" if listed else "工商银行")
    assert other not in (None, ordinary)


@pytest.mark.parametrize("name", ["Margin October", "USD October", "Savings", "Fixed deposit", "PayPal October"])
@pytest.mark.parametrize("listed", ["en", None])
def test_another_kind_in_english(name: str, listed: str | None, tmp_path: Path, tables: DuckEngine) -> None:
    files = {"Account list.csv": LISTS[listed]} if listed else {}
    found = accounts(tmp_path, tables, {**files, "Bank/HSBC/October.csv": "", f"Bank/HSBC/{name}.csv": ""}, "en")
    ordinary, other = found["Bank/HSBC/October.csv"], found[f"Bank/HSBC/{name}.csv"]
    assert ordinary == ("A1" if listed else "HSBC")
    assert other not in (None, ordinary)


@pytest.mark.parametrize("names", ["工商银行、建设银行/10月", "工商银行/转建行及招行10月", "ICBC and CCB/October"])
def test_two_banks_in_one_name_name_none(names: str, tmp_path: Path, tables: DuckEngine) -> None:
    assert accounts(tmp_path, tables, {"账户清单.csv": LISTS["zh"], f"{names}.csv": ""}) == {f"{names}.csv": None}


@pytest.mark.parametrize("name", ["基本户10月", "10月对账单", "结算户10月", "人民币10月"])
def test_the_ordinary_account_of_the_only_bank(name: str, tmp_path: Path, tables: DuckEngine) -> None:
    found = accounts(tmp_path, tables, {"账户清单.csv": LISTS["zh"], f"工商银行/{name}.csv": ""})
    assert found == {f"工商银行/{name}.csv": "A1"}


@pytest.mark.parametrize("sheets", [("人民币", "美元"), ("基本户", "保证金"), ("活期", "通知存款")])
def test_sheets_of_the_workbook_of_a_bank(sheets: tuple[str, str], tmp_path: Path, tables: DuckEngine) -> None:
    book = Workbook()
    for step, name in enumerate(sheets, 5):
        sheet = book.create_sheet(name)
        for line in rows(step):
            sheet.append(line.split(","))
    del book["Sheet"]
    book.save(tmp_path / "工商银行10月.xlsx")
    accounts(tmp_path, tables, {})
    assert tables.value("SELECT count(DISTINCT account__id) FROM bank_transaction") == 2


def test_words_for_a_foreign_currency_are_that_of_the_account(tmp_path: Path, tables: DuckEngine) -> None:
    accounts(tmp_path, tables, {"工商银行/10月.csv": "", "工商银行/美元10月.csv": ""})
    assert tables.rows("SELECT account__id, min(currency) FROM bank_transaction GROUP BY 1 ORDER BY 1") == [
        ("工商银行", "CNY"), ("工商银行美元", "USD"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("names", "text"),
    [
        (["10月流水", "工商银行", "网银"], "工商银行"),
        (["保证金10月", "工商银行"], "工商银行保证金"),
        (["美元", "10月", "建设银行深圳分行"], "建设银行美元"),
        (["Savings", "HSBC"], "hsbc savings"),
        (["支付宝10月", "工商银行"], "支付宝"),
        (["10月", "网上银行"], None),
        (["October bank", "Online bank"], None),
        (["美元10月", "网银"], None),
    ],
)
def test_what_names_say_together(names: list[str], text: str | None) -> None:
    said = saying_of_names(names)
    assert (said.text if said else None) == text


@pytest.mark.parametrize("text", ["网上银行流水", "现金银行日记账", "October bank", "Online Bank", "各家银行"])
def test_words_before_bank_that_name_none(text: str) -> None:
    assert not account_words(text).banks


@pytest.mark.parametrize("text", ["工行保证金", "工商银行美元户", "工商银行 建设银行", "ICBC margin", "工商银行通知存款"])
def test_an_alias_of_the_bank_alone_does_not_mean_its_other_accounts(text: str) -> None:
    index = AccountIndex([("A1", "6222020200112233445"), ("A1", "工商银行"), ("A1", "工行")], {"A1": "工商银行"}, {"A1": "CNY"})
    assert index.named(text) == index.inside(text) == ()


@pytest.mark.parametrize("text", ["工行", "工商银行基本户", "ICBC current account", "工行人民币户"])
def test_the_ordinary_account_is_meant_by_its_bank(text: str) -> None:
    others = [("B", "工商银行保证金户")]
    index = AccountIndex([("A1", "6222020200112233445"), *others], {"A1": "工商银行", "B": "工商银行"}, {"A1": "CNY"})
    assert index.named(text) == ("A1",)
