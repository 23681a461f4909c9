"""Which rules are run: chosen by the documents, named, or left out; a company that forwards no freight can close."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import pytest

import auditor
from auditor.audit.audits import Audit
from auditor.audit.errors import NoRuleLeft, SettingsErrors
from auditor.audit.initial import write_settings
from auditor.audit.settings import load_settings
from auditor.errors import AuditorError
from auditor.reports.build import report_of
from auditor.rules.errors import NoSuchRuleSet, RuleSetErrors

AT = "2026-11-02T09:00:00+08:00"
ACCOUNT = "6222000011112222"
FREIGHT = re.compile(r"freight|\bslips?\b|waybill|forwarder|货代|货运|收货清单|运单|联络单|统计报表|服务商", re.IGNORECASE)

# file, headers; English, then Chinese
FILES = {
    "bank": (("bank/current account statement", "Transaction Date,Serial No,Debit,Credit,Balance,Counterparty,Description"),
             ("银行/银行流水", "交易日期,流水号,支出金额,收入金额,余额,对方户名,摘要")),
    "ledger": (("ledgers/bank book", "Date,Voucher No,Description,Counterparty,Payments,Receipts,Balance,Account"),
               ("账簿/银行日记账", "日期,凭证号,摘要,对方单位,支出,收入,余额,账户")),
    "cash": (("ledgers/cash book", "Date,Voucher No,Particulars,Document No,Cash out,Cash in,Balance"),
             ("账簿/现金日记账", "日期,凭证号,摘要,单据号,现金支出,现金收入,余额")),
    "receipts": (("receipts/official receipts", "Receipt No,Date,Received from,Purpose,Amount,Mode,Copies"),
                 ("收据/收款收据", "收据号,日期,交款单位,收款事由,金额,收款方式,联次")),
    "books": (("receipts/receipt books issued", "Kind,Book No,From,To,Width,Holder,Issued"),
              ("收据/收据领用登记", "票据种类,本号,起号,止号,位数,领用人,领用日期")),
    "claims": (("claims/expense claims", "Claim No,Date,Claimant,Description,Amount,Payment mode,Approver"),
               ("报销/费用报销单", "报销单号,日期,报销人,报销事由,报销金额,付款方式,审批人")),
    "count": (("cash count/cash count", "Count date,Counted,Counted by,Witness,Signed on"),
              ("盘点/现金盘点表", "盘点日期,实存金额,盘点人,监盘人,签字日期")),
}  # fmt: skip
LANGUAGES = ("en", "zh")


def write(folder: Path, which: str, lang: str, rows: Sequence[str], above: str = "") -> None:
    name, headers = FILES[which][LANGUAGES.index(lang)]
    path = folder / f"{name}.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join([*([above] if above else []), headers, *rows, ""]), encoding="utf-8")


def trading_month(folder: Path, lang: str) -> Path:
    """A month of a company that buys and sells lamps; nothing is wrong in it."""
    zh = lang == "zh"
    opening, receipt, cash = ("上期结转", "收据", "现金") if zh else ("Opening balance", "Receipt", "Cash")
    bank, ledger, balance = [], [f",,{opening},,,,52000.00,{ACCOUNT}".replace(",", "2026-10-01,", 1)], Decimal(52000)
    for number, (day, out, in_, party) in enumerate(
        [("08", "", "18650.00", "Harbour Lights"), ("14", "5400.00", "", "Oakfield"), ("20", "", "9120.00", "Bellview")], 1
    ):
        balance += Decimal(in_ or 0) - Decimal(out or 0)
        bank.append(f"2026-10-{day},T{number:06d},{out},{in_},{balance},{party},Invoice 44{day}")
        ledger.append(f"2026-10-{day},V{number:03d},Invoice 44{day},{party},{out},{in_},{balance},{ACCOUNT}")
    write(folder, "bank", lang, bank, f"{'账号' if zh else 'Account No'},{ACCOUNT}")
    write(folder, "ledger", lang, ledger)
    journal, balance = [f"2026-10-01,,{opening},,,,1200.00"], Decimal(1200)
    receipts, claims = [], []
    for number, (day, out, in_) in enumerate([("08", "", "860.00"), ("12", "48.60", ""), ("15", "", "990.00")], 1):
        balance += Decimal(in_ or 0) - Decimal(out or 0)
        paper = f"{500 + number:07d}" if in_ else f"EC-07{number}"
        journal.append(f"2026-10-{day},C{number:03d},{receipt if in_ else 'Taxi'},{paper},{out},{in_},{balance}")
        if in_:
            receipts.append(f"{paper},2026-10-{day},Corner Cafe,Lamps,{in_},{cash},3")
        else:
            claims.append(f"{paper},2026-10-{day},A. Novak,Taxi,{out},{cash},M. Lindqvist")
    write(folder, "cash", lang, journal)
    write(folder, "receipts", lang, [receipts[0], receipts[1].replace("0000503", "0000502")])
    path = folder / f"{FILES['cash'][LANGUAGES.index(lang)][0]}.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("0000503", "0000502"), encoding="utf-8")
    write(folder, "claims", lang, claims)
    write(folder, "books", lang, [f"{receipt},11,501,550,7,K. Osei,2026-10-08"])
    write(folder, "count", lang, [f"2026-10-31,{balance},K. Osei,M. Lindqvist,2026-10-31"])
    return folder


def run(folder: Path, output: Path | None = None, **options: object) -> Audit:
    return auditor.run(folder, workers=0, at=AT, output=output, **options)  # type: ignore[arg-type]


def ran(audit: Audit) -> set[str]:
    return {each.name for each in audit.result.audit.sets}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_trading_company_sees_nothing_of_freight_and_closes(lang: str, tmp_path: Path) -> None:
    folder = trading_month(tmp_path / "month", lang)
    audit = run(folder, tmp_path / "out", lang=lang)
    info = audit.result.audit
    assert (info.rules, info.sets_named, ran(audit)) == ("expenses", False, {"expenses", "cash-and-bank"})
    assert [each.code for each in audit.result.open_findings] == []
    for name in ("report.html", "findings.json"):
        assert not FREIGHT.search((tmp_path / "out" / name).read_text(encoding="utf-8")), name
    settings = write_settings(folder, workers=0)
    text = settings.read_text(encoding="utf-8")
    assert "\nrules: expenses\n" in text
    assert not FREIGHT.search(text)
    idle = {rule.id for rule in audit.result.rules if rule.status == "not run"}
    said = re.search(r"^# without: \[(.*?)\]", text, re.MULTILINE)
    assert said is not None
    duties = {rule.duty: {each.id for each in audit.result.rules if each.duty == rule.duty} for rule in audit.result.rules}
    # a rule that had nothing to test this month is not run either, and may be needed in the next
    assert set().union(*(duties.get(name, {name}) for name in said[1].split(", "))) <= idle
    # nobody says to whom the claims were paid: that rule is left out on purpose, or the month cannot be closed
    settings.write_text(text.replace("# without: [", "without: [cash-threshold, "), encoding="utf-8")
    closed = run(folder)
    assert report_of(closed.result).front.verdict.state == "clear"
    assert closed.exit_code == 0
    assert set(closed.result.audit.left_out) == {"cash-threshold", *said[1].split(", ")}


def test_slips_choose_the_set_of_freight_which_includes_the_other(tmp_path: Path) -> None:
    folder = trading_month(tmp_path / "month", "en")
    (folder / "收货清单.csv").write_text(
        "日期,清单号,客户,运单号,件数,合计\n2026-10-09,SH26-000002,甲公司,YT26100001,1,66.00\n", encoding="utf-8"
    )
    audit = run(folder)
    assert ran(audit) >= {"freight-month-end", "cash-and-bank", "expenses"}
    assert [each.name for each in audit.result.audit.sets if each.asked] == ["freight-month-end"]
    write_settings(folder, workers=0)
    assert load_settings(folder).file.rules == "freight-month-end"


def test_goods_received_from_suppliers_are_no_freight(tmp_path: Path) -> None:
    folder = trading_month(tmp_path / "month", "zh")
    rows = [f"G{number},2026-10-1{number},橡木包装厂,纸箱,2{number},{number}50.00" for number in range(1, 6)]
    text = "\n".join(["收货单号,收货日期,供应商,品名,件数,金额", *rows, ""])
    (folder / "收货单.csv").write_text(text, encoding="utf-8")
    assert ran(run(folder)) == {"cash-and-bank", "expenses"}


def test_a_named_set_that_tests_nothing_of_what_was_found_is_told(tmp_path: Path) -> None:
    folder = trading_month(tmp_path / "month", "en")
    (folder / "收货清单.csv").write_text(
        "日期,清单号,客户,运单号,件数,合计\n2026-10-09,SH26-000002,甲公司,YT26100001,1,66.00\n", encoding="utf-8"
    )
    named = run(folder, rules="cash-and-bank")
    assert named.result.audit.sets_named
    assert any("freight-month-end" in remark.zh for remark in named.result.audit.remarks)


@pytest.mark.parametrize(("settings", "left"), [
    ("duties: [D12]\n", {"D12"}),
    ("duties: [D12, D15]\nwithout: [cash-ious]\n", {"D12", "D15"}),
    ("without: [D14]\n", {"D12", "D15", "D16", "A", "G", "Q", "V"}),
    ("rules: [cash-and-bank]\nwithout: [D14, D12]\n", {"D15", "Q"}),
    ("rules: [cash-and-bank, freight-month-end]\nduties: [D12]\n", {"D12"}),
])  # fmt: skip
def test_duties_and_rules_are_left_out_and_the_report_says_so(settings: str, left: set[str], tmp_path: Path) -> None:
    folder = trading_month(tmp_path / "month", "en")
    (folder / "audit.yaml").write_text(settings, encoding="utf-8")
    audit = run(folder, tmp_path / "out")
    assert {rule.duty for rule in audit.result.rules} == left
    assert not {rule.id for rule in audit.result.rules} & {"cash-ious"} or "cash-ious" not in settings
    data = json.loads((tmp_path / "out" / "findings.json").read_text(encoding="utf-8"))["audit"]
    assert bool(data["duties"]) == ("duties" in settings)
    assert bool(data["without"]) == ("without" in settings)
    kinds = {statement.kind for statement in audit.result.statements}
    of_duties = (("bank_reconciliation", "D12"), *((kind, "D15") for kind in ("cash_count", "balances", "cash_journal")))
    assert kinds == {kind for kind, duty in (*of_duties, ("number_control", "D14"), ("expense_totals", "D16")) if duty in left}


def test_no_statement_lists_the_exceptions_of_a_rule_that_was_left_out(tmp_path: Path) -> None:
    folder = trading_month(tmp_path / "month", "en")
    (folder / "audit.yaml").write_text("without: [bank-against-ledger]\n", encoding="utf-8")
    kinds = {each.kind for each in run(folder).result.statements}
    assert "cash_count" in kinds and "bank_reconciliation" not in kinds


@pytest.mark.parametrize(("settings", "error", "place", "near"), [
    ("duties: [D12, D115]\n", SettingsErrors, "audit.yaml:1:15", "D15"),
    ("period: 2026-10\nwithout:\n  - cash-ios\n", SettingsErrors, "audit.yaml:3:5", "cash-ious"),
    ("without: [D03, X99]\nrules: cash-and-bank\n", SettingsErrors, "audit.yaml:1:11", None),
    ("rules: cash-and-bnak\n", NoSuchRuleSet, "audit.yaml:1:8", "cash-and-bank"),
    ("rules: [cash-and-bank, freigt-month-end]\n", NoSuchRuleSet, "audit.yaml:1:24", "freight-month-end"),
    ("rules: [cash-and-bank]\nwithout: [D12, D14, D15, Q]\n", NoRuleLeft, "audit.yaml:2:10", None),
    ("dutys: [D12]\n", SettingsErrors, "audit.yaml:1:1", "duties"),
    ("duties: D12\n", SettingsErrors, "audit.yaml:1:9", None),
])  # fmt: skip
def test_what_audit_yaml_cannot_say(
    settings: str, error: type[AuditorError], place: str, near: str | None, tmp_path: Path
) -> None:
    folder = trading_month(tmp_path / "month", "en")
    (folder / "audit.yaml").write_text(settings, encoding="utf-8")
    with pytest.raises(error) as raised:
        run(folder)
    first = next(iter(getattr(raised.value, "errors", ())), raised.value)
    assert str(first.place) == place
    assert near is None or first.values["nearest"] == near


def test_sets_beside_the_month_run_together_and_must_agree(tmp_path: Path) -> None:
    folder = trading_month(tmp_path / "month", "en")
    for name, limit in (("north", "900.00"), ("south", "800.00")):
        (folder / name).mkdir()
        text = f'title: {{en: {name}, zh: {name}}}\nversion: "1"\nincludes: [cash-and-bank]\n'
        text += f'changes: {{parameters: {{cash_limit: "{limit} CNY"}}}}\n'
        (folder / name / "ruleset.yaml").write_text(text, encoding="utf-8")
    (folder / "audit.yaml").write_text("rules: [north, south]\n", encoding="utf-8")
    with pytest.raises(RuleSetErrors) as raised:
        run(folder)
    assert [str(each.place) for each in raised.value.errors] == ["audit.yaml:1:8"]
    (folder / "audit.yaml").write_text(
        'rules: [north, south]\nparameters: {cash_limit: "850.00 CNY"}\n', encoding="utf-8"
    )
    audit = run(folder)
    assert audit.result.audit.rules == "north, south"
    assert "CSH-08" in {each.code for each in audit.result.findings}
    assert not [each for each in audit.result.documents if each.not_whole]
