"""The number of an account inside a heading's text, whatever stands beside it."""

from __future__ import annotations

import pytest
from csv_samples import read_csv, records

from auditor.documents.headers import header_key
from auditor.documents.identity.graph import Identities
from auditor.documents.tables.stated_account import account_in


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("农行户 6228480012345678", "6228480012345678"),
        ("基本户（6228480012345678）", "6228480012345678"),
        ("６２２８４８００１２３４５６７８ 农行", "6228480012345678"),
        ("ABC Bank 6228 4800 1234 5678", "6228 4800 1234 5678"),
        ("农行 6228****5678", "6228****5678"),
        ("6228480012345678", "6228480012345678"),
        ("NRA6228480012345678", "NRA6228480012345678"),  # letters that belong to the number
        ("农行户", "农行户"),
        ("农行 5678", "农行 5678"),
        ("由 6228480012345678 转 6228480087654321", "由 6228480012345678 转 6228480087654321"),  # which one is not said
    ],
)
def test_the_number_in_a_text(text: str, number: str) -> None:
    assert account_in(text) == number


@pytest.mark.parametrize("heading", ["账户：农行户 6228480012345678", "账号：6228480012345678（农行）"])
def test_lines_below_have_the_number(heading: str) -> None:
    document = read_csv(f"""
        {heading}
        日期,凭证号,摘要,对方单位,收入,支出,余额
        2026-10-08,收-1,运费,晨光纸业,100.00,,100.00
        2026-10-09,付-1,油费,路油,,40.00,60.00
    """, "银行日记账.csv")  # fmt: skip
    assert records(document, "bank_ledger_entry", "account") == [("6228480012345678",)] * 2


ROWS = """交易日期,摘要,收入,支出,余额
2026-10-08,运费,100.00,,100.00
2026-10-09,油费,,40.00,60.00"""


@pytest.mark.parametrize(
    "line",
    [
        "账号：青禾银行江北分行 6228 4800 1234 5678（人民币）", "青禾银行江北分行（账号6228 4800 1234 5678）对账单",
        "Account: Riverside Bank High Street 6228-4800-1234-5678 (GBP)", "户名：白桦快运 账号:6228480012345678 币种:人民币",
        "A/C No. 6228 4800 1234 5678", "基本户 6228 4800 1234 5678 期间 20261001-20261031", "本方卡号：6228480012345678",
    ],
)  # fmt: skip
def test_the_account_from_the_line_where_it_stands(line: str) -> None:
    document = read_csv(f"{line}\n{ROWS}", "10月.csv", layout="bank_transaction")
    accounts = {each[0] for each in records(document, "bank_transaction", "account")}
    assert {account.replace("-", "") for account in accounts} == {"6228480012345678"}


@pytest.mark.parametrize(
    "line", ["对方账号：6228480012345678", "客服电话 0574-87654321", "期间 20261001-20261031", "收款人账号 6228480012345678"]
)
def test_a_number_that_is_not_one_s_own_account(line: str) -> None:
    document = read_csv(f"{line}\n{ROWS}", "10月.csv", layout="bank_transaction")
    assert records(document, "bank_transaction", "account") == [(None,), (None,)]


@pytest.mark.parametrize(
    ("name", "account"),
    [
        ("付款明细.csv", None), ("BankStatement.csv", None), ("Umsaetze.csv", None), ("甲行.csv", None), ("sample_en.csv", None),
        ("网银_6228480012345678_202610.csv", "6228480012345678"), ("工行尾号5678 10月.csv", "工行尾号5678"),
        ("ICBC basic account.csv", "ICBCBASICACCOUNT"),
    ],
)  # fmt: skip
def test_a_file_s_name_is_no_account_but_by_number_or_words_for_one(name: str, account: str | None) -> None:
    document = read_csv(ROWS, name, layout="bank_transaction")
    assert {each[0] for each in records(document, "bank_transaction", "account")} == {account}
    assumed = {row["_assumed"] for table in [document.records["bank_transaction"]] for row in table.to_pylist()}
    assert assumed == ({"account"} if account else {None})


def test_two_blocks_with_a_line_each_are_two_accounts() -> None:
    first, second = "青禾银行 账号 6228480012345678 对账单", "青禾银行 账号 6228480087654321 对账单"
    document = read_csv(f"{first}\n{ROWS}\n\n{second}\n{ROWS}", "10月.csv", layout="bank_transaction")
    accounts = [each[0] for each in records(document, "bank_transaction", "account")]
    assert accounts == ["6228480012345678"] * 2 + ["6228480087654321"] * 2


@pytest.mark.parametrize("header", ["借记卡号", "本方卡号", "Our account no", "单位账号"])
def test_a_column_with_one_number_in_every_row_is_the_account(header: str) -> None:
    rows = ROWS.replace("摘要", f"{header},摘要").replace("运费", "6228480012345678,运费").replace("油费", "6228480012345678,油费")
    document = read_csv(rows, "甲行.csv", layout="bank_transaction")
    assert records(document, "bank_transaction", "account") == [("6228480012345678",)] * 2


def test_a_column_of_others_accounts_is_not() -> None:
    rows = ROWS.replace("摘要", "对手方账号,摘要").replace("运费", "6228480012345678,运费").replace("油费", "6228480012345678,油费")
    document = read_csv(rows, "甲行.csv", layout="bank_transaction")
    assert records(document, "bank_transaction", "account") == [(None,)] * 2


LEDGER = """日期,摘要,收入,支出,余额
2026-10-08,运费,100.00,,100.00
2026-10-09,油费,,40.00,60.00"""


@pytest.mark.parametrize(
    ("one", "other"), [("工行", "农行美元户"), ("招行基本户", "支付宝"), ("HSBC USD", "HSBC GBP"), ("建行 2026年10月", "中行")]
)
def test_ledgers_below_titles_that_are_accounts_and_nothing_else(one: str, other: str) -> None:
    document = read_csv(f"{one}\n{LEDGER}\n\n\n{other}\n{LEDGER}", "手工账.csv", layout="bank_ledger_entry")
    accounts = [each[0] for each in records(document, "bank_ledger_entry", "account")]
    assert len(set(accounts)) == 2 and accounts[0] == accounts[1] != accounts[2] == accounts[3]
    assert all(header_key(said) in header_key(title) for said, title in zip(accounts[1:3], (one, other), strict=True))


@pytest.mark.parametrize(
    ("line", "days"),
    [
        ("从2026-10-01到2026-10-30", ("2026-10-01", "2026-10-30")),
        ("区间 2026-10-01 至 2026-10-31", ("2026-10-01", "2026-10-31")),
        ("Transactions from 2026-10-01 to 2026-10-31", ("2026-10-01", "2026-10-31")),
        ("2026/10/01 - 2026/10/15", ("2026-10-01", "2026-10-15")),
        ("打印 2026-11-02，截止 2026-10-31", None),
        ("2026-10-01，2026-10-31 两天未导出", None),
    ],
)
def test_a_line_that_joins_two_days_states_what_an_export_covers(line: str, days: tuple[str, str] | None) -> None:
    document = read_csv(f"账号：6228480012345678\n{line}\n{ROWS}", "10月.csv", layout="bank_transaction")
    found = records(document, "export_extent", "first_date", "last_date") if "export_extent" in document.records else []
    assert found == ([days] if days else [])


NUMBER = "6228480099887766"


@pytest.mark.parametrize(
    ("lines", "account"),
    [
        (["账户：青禾贸易有限公司", f"账号：{NUMBER}"], NUMBER),
        (["户头：青禾贸易有限公司", f"卡折号：{NUMBER}"], NUMBER),
        ([f"存折号码：{NUMBER}", "账户：青禾贸易有限公司"], NUMBER),
        (["Account: Greenfield Trading Ltd", f"Card No: {NUMBER}"], NUMBER),
        (["账户：青禾贸易有限公司"], None),  # whose it is, not which
        (["Account: Greenfield Trading Ltd."], None),
        (["账户：青禾贸易有限公司", f"纳税人识别号：{NUMBER}"], None),
        (["账户：青禾贸易有限公司", f"卡折号：{NUMBER}", "存折号：6228480011112222"], None),  # which of the two nobody says
        (["账户：建行基本户"], "建行基本户"),
    ],
)  # fmt: skip
def test_the_holder_of_an_account_is_not_the_account(lines: list[str], account: str | None) -> None:
    body = ["日期,流水号,摘要,对方户名,收入,支出,余额", "2026-10-08,77001,运费,晨光纸业,100.00,,100.00"]
    document = read_csv("\n".join([*lines, *body, "2026-10-09,77002,油费,路油,,40.00,60.00"]), "十月流水.csv")
    assert records(document, "bank_transaction", "account") == [(account,)] * 2


@pytest.mark.parametrize(("name", "account"), [("青禾", None), ("老农种子行", None), ("工行户", "工行户")])
def test_a_name_of_the_company_itself_is_no_account(name: str, account: str | None) -> None:
    body = ["日期,流水号,摘要,对方户名,收入,支出,余额", "2026-10-08,77001,运费,晨光纸业,100.00,,100.00"]
    own = Identities(own=("青禾", "老农种子行"))
    document = read_csv(
        "\n".join([f"账户：{name}", *body, "2026-10-09,77002,油费,路油,,40.00,60.00"]), "十月流水.csv", identities=own
    )
    assert records(document, "bank_transaction", "account") == [(account,)] * 2
