"""Rows that could not be read may explain a break or a difference: rules count them and report no exception there."""

from __future__ import annotations

from pathlib import Path

import pytest

import auditor
from auditor.findings.model import AuditResult, RuleResult

CHAIN, STATED = "bank-balance-chain", "register-stated-totals"
CHINESE = "交易日期,摘要,收入,支出,余额"
ENGLISH = "Date,Description,Credit,Debit,Balance"
GOOD = [
    "2026-10-08,a,100.00,,1100.00",
    "2026-10-09,b,,30.00,1070.00",
    "2026-10-10,c,,40.00,1030.00",
    "2026-10-11,d,5.00,,1035.00",
    "2026-10-12,e,10.00,,1045.00",
]
UNREAD = ["2026-10-09,b,,oops,1070.00", "2026-13-45,b,,30.00,1070.00", "2026-10-09,b,20.00,50.00,1070.00"]


def run(folder: Path, files: dict[str, list[str]], *rules: str) -> AuditResult:
    for name, lines in files.items():
        (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return auditor.run(folder, period="2026-10", only=list(rules), workers=0).result


def codes(result: AuditResult) -> list[tuple[str, str]]:
    return [(each.code, each.key) for each in result.findings if not each.code.startswith("DQ")]


def rule(result: AuditResult) -> RuleResult:
    return result.rules[0]


def skipped(result: AuditResult) -> str:
    return next((each.en for each in rule(result).remarks if each.en.startswith("not possible")), "")


# --- chains -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("bad", "order", "header"), [(UNREAD[0], 1, CHINESE), (UNREAD[1], -1, CHINESE), (UNREAD[2], -1, ENGLISH)]
)
def test_a_chain_over_an_unread_row_is_not_possible_there(tmp_path: Path, bad: str, order: int, header: str) -> None:
    result = run(tmp_path, {"62220001112223334.csv": [header, *[GOOD[0], bad, *GOOD[2:]][::order]]}, CHAIN)
    assert codes(result) == []
    line = 3 if order == 1 else 5
    assert skipped(result) == (
        "not possible to judge: 1, as rows that were not read may explain them: 62220001112223334.csv:" + str(line)
    )
    assert rule(result).reason is not None and rule(result).status == "clean"
    assert [(each.matched, each.explained, each.open) for each in rule(result).populations] == [(3, 1, 0)]


@pytest.mark.parametrize("order", [1, -1])
def test_a_break_between_rows_that_were_read_is_still_told(tmp_path: Path, order: int) -> None:
    rows = [GOOD[0], UNREAD[0], *GOOD[2:4], "2026-10-12,e,10.00,,1095.00", "2026-10-13,f,1.00,,1096.00"]
    result = run(tmp_path, {"62220001112223334.csv": [CHINESE, *rows[::order]]}, CHAIN)
    assert [code for code, _ in codes(result)] == ["BNK-08"] and skipped(result)
    (tmp_path / "62220001112223334.csv").unlink()
    result = run(tmp_path, {"62220001112223334.csv": [CHINESE, *[GOOD[0], *GOOD[2:]][::order]]}, CHAIN)
    assert [code for code, _ in codes(result)] == ["BNK-08"] and not skipped(result)


@pytest.mark.parametrize(("at", "order"), [(0, 1), (0, -1), (2, -1), (4, 1), (4, -1)])
def test_opening_and_closing_are_not_held_against_a_chain_over_an_unread_row(
    tmp_path: Path, at: int, order: int
) -> None:
    date, name, got, paid, balance = GOOD[at].split(",")
    bad = f"{date},{name},{got and 'x' + got},{paid and 'x' + paid},{balance}"
    rows = [*GOOD[:at], bad, *GOOD[at + 1 :]][::order]
    ends = [",期初余额,,,1000.00", ",期末余额,,,1045.00"]
    result = run(tmp_path, {"62220001112223334.csv": [CHINESE, ends[0], *rows, ends[1]]}, CHAIN)
    assert codes(result) == [] and skipped(result)


def test_an_unread_row_between_two_exports_of_an_account(tmp_path: Path) -> None:
    files = {"62220001112223334-1.csv": [CHINESE, *GOOD[:2], UNREAD[0]], "62220001112223334-2.csv": [CHINESE, *GOOD[3:]]}
    result = run(tmp_path, files, CHAIN)
    assert codes(result) == [] and skipped(result)


def test_an_unread_row_of_another_account_explains_nothing(tmp_path: Path) -> None:
    files = {
        "62220001112223334.csv": [CHINESE, GOOD[0], *GOOD[2:]],
        "62220009998887776.csv": [CHINESE, GOOD[0], UNREAD[0], *GOOD[2:]],
    }
    result = run(tmp_path, files, CHAIN)
    assert [code for code, _ in codes(result)] == ["BNK-08"] and skipped(result)


@pytest.mark.parametrize("order", [1, -1])
def test_accounts_in_one_table_are_told_apart(tmp_path: Path, order: int) -> None:
    header = "账号,交易日期,摘要,收入,支出,余额"
    one = [f"62220001112223334,{row}" for row in (GOOD[0], UNREAD[0], *GOOD[2:])]
    other = [f"62220009998887776,{row}" for row in (GOOD[0], *GOOD[2:])]
    rows = [one[0], other[0], *one[1:3], *other[1:3], one[3], other[3], one[4]]
    result = run(tmp_path, {"流水.csv": [header, *rows[::order]]}, CHAIN)
    assert [key for _, key in codes(result)] == ["62220009998887776/10-08"] and skipped(result)


# --- totals that a document states ------------------------------------------------------------------------------------

REGISTER = "日期,客户,清单号,联络单号,票数,金额"
SLIPS = [
    "2026-10-08,甲,SH26-004001,,1,100.00",
    "2026-10-09,乙,SH26-004002,,1,50.00",
    "2026-10-10,丙,SH26-004003,,1,25.00",
]


@pytest.mark.parametrize(
    ("bad", "label"),
    [
        ("2026-10-09,乙,SH26-004002,,1,abc", "合计"),
        ("2026-13-45,乙,SH26-004002,,1,50.00", "Total"),
        ("2026-10-09,乙,SH26-004002,,1,5O.00", "总计"),
    ],
)
def test_a_stated_total_over_an_unread_row_is_not_possible(tmp_path: Path, label: str, bad: str) -> None:
    lines = [REGISTER, SLIPS[0], bad, SLIPS[2], f"{label},,,,3,175.00"]
    result = run(tmp_path, {"统计报表.csv": lines}, STATED)
    assert codes(result) == []
    assert skipped(result).endswith("统计报表.csv")
    assert [(each.explained, each.open) for each in rule(result).populations] == [(1, 0)]


@pytest.mark.parametrize("label", ["合计", "Total"])
def test_a_stated_total_over_rows_that_were_read_is_judged(tmp_path: Path, label: str) -> None:
    result = run(tmp_path, {"统计报表.csv": [REGISTER, *SLIPS, f"{label},,,,3,176.00"]}, STATED)
    assert [code for code, _ in codes(result)] == ["CNT-03"] and not skipped(result)


# --- entries that an unread row may answer ----------------------------------------------------------------------------

BANK = "交易日期,流水号,摘要,对方户名,收入金额,支出金额"
LEDGER = "日期,凭证号,摘要,对方单位,收入,支出"
MATCH = "bank-against-ledger"


def absences(folder: Path, bank: list[str], ledger: list[str]) -> list[tuple[str, str, str | None, tuple[str, ...]]]:
    files = {"网银.csv": ["账号：4000123412341234567", BANK, *bank], "银行日记账.csv": [LEDGER, *ledger]}
    result = run(folder, files, MATCH)
    found = [(f.key.partition("/")[2], f.status, f.derived_from, f.may_be_in) for f in result.findings]
    assert {f.code for f in result.findings} <= {"BNK-02"}
    return sorted(found)


MATCHED_BANK, MATCHED_LEDGER = "2026-10-07,S1,货款,甲公司,100.00,", "2026-10-07,记-1,货款,甲公司,100.00,"


@pytest.mark.parametrize(
    ("row", "entry"),
    [
        ("2026-10-14,S2,付运费,飞驰物流有限公司,,#REF!", "2026-10-14,记-2,运费,飞驰物流有限公司,,482.10"),  # day, party
        ("2026-10-14,S2,付运费,飞驰物流有限公司,,48Z.10", "2026-10-14,记-2,运费,飞驰物流,,482.10"),  # a short name
        ("2026-10-14,S2,付运费,,,#VALUE!", "2026-10-14,记-2,运费,飞驰物流有限公司,,482.10"),  # nobody named
        ("2026-10-45,S2,付运费,飞驰物流有限公司,,482.10", "2026-10-14,记-2,运费,飞驰物流有限公司,,482.10"),  # no day
    ],
)
def test_a_row_that_was_not_read_shields_the_entry_that_it_may_answer(tmp_path: Path, row: str, entry: str) -> None:
    found = absences(tmp_path, [MATCHED_BANK, row], [MATCHED_LEDGER, entry])
    assert found == [("10-14", "derived", "document:网银.csv", ())]


@pytest.mark.parametrize(
    "entry",
    [
        "2026-10-15,记-2,运费,飞驰物流有限公司,,482.10",  # the day after
        "2026-10-14,记-2,运费,远航报关行,,482.10",  # another party
    ],
)
def test_it_does_not_shield_its_neighbour(tmp_path: Path, entry: str) -> None:
    row = "2026-10-14,S2,付运费,飞驰物流有限公司,,#REF!"
    ((_, status, derived, files),) = absences(tmp_path, [MATCHED_BANK, row], [MATCHED_LEDGER, entry])
    assert (status, derived, files) == ("open", None, ())


def test_a_row_answers_one_entry_and_none_where_two_have_the_same_claim(tmp_path: Path) -> None:
    row = "2026-10-14,S2,付运费,,,#REF!"
    entries = ["2026-10-14,记-2,运费,飞驰物流有限公司,,482.10", "2026-10-14,记-3,报关费,远航报关行,,77.00"]
    found = absences(tmp_path, [MATCHED_BANK, row], [MATCHED_LEDGER, *entries])
    assert found == [("10-14", "open", None, ("网银.csv:4",))] * 2
    named = "2026-10-14,S2,付运费,远航报关行,,#REF!"
    found = absences(tmp_path, [MATCHED_BANK, named], [MATCHED_LEDGER, *entries])
    assert [(status, derived) for _, status, derived, _ in found] == [
        ("derived", "document:网银.csv"),
        ("open", None),
    ]
