"""Lists of names in one workbook, with lines between the kinds; what was left over from the month before."""

from __future__ import annotations

from houses.facts import Facts
from houses.shorthand.style import Styles
from houses.writing import Folder, Group

_KINDS = {
    "客户": "月结客户",
    "现付客户": "现付客户",
    "服务商": "服务商",
    "报关行": "报关行",
    "供应商": "供应商",
    "本公司": "本公司",
}


def write(facts: Facts, folder: Folder, own: Styles) -> None:
    """Names, people and accounts."""
    book = folder.workbook("名单.xls", own.full)
    sheet = book.sheet("往来")
    sheet.table(
        "party",
        "代号 = party_id | 叫法 = name | 也叫 = aliases | 几天结 = terms_days | 怎么结 = settlement | 最多欠 = credit_limit"
        " | 币 = currency | 税号 = tax_id",
        facts.parties(),
        given={"kind@group": ""},
        group=Group("kind", lambda row: f"—— {_KINDS[str(row['kind'])]} ——"),
    )
    sheet.gap()
    sheet.line("另外这些也是他们：")
    sheet.table(
        "party_alias",
        "代号 = party_id | 叫法 = alias | 啥关系 = relation | 委托书 = authority | 起 = valid_from | 止 = valid_to",
        facts.aliases(),
    )
    sheet = book.sheet("人和户头")
    sheet.table(
        "employee",
        "谁 = name | 干啥 = role | 站 = station | 地方 = station_name | 能批 = approval_limit | 工资卡 = account_no",
        facts.employees(),
    )
    sheet.gap()
    sheet.table(
        "bank_account",
        "代号 = account_id | 户 = name | 哪个行 = bank | 号 = account_no | 性质 = kind | 币 = currency | 也叫 = aliases"
        " | 科目 = gl_account | 开 = opened | 销 = closed",
        facts.accounts(),
    )
    phones = book.sheet("电话")
    phones.plain(
        ("谁", "手机", "短号"),
        (("林晓", "138****0011", "611"), ("王敏", "139****0322", "622"), ("李强", "137****0455", "633")),
    )
    _left_over(facts, folder, own)


def _left_over(facts: Facts, folder: Folder, own: Styles) -> None:
    before = folder.workbook("上月剩的.xls", own.full)
    sheet = before.sheet("欠款9月底" if facts.settings.month == 10 else "上月底欠款")
    sheet.table(
        "customer_balance",
        "客 = customer | 币 = currency | 哪月账单 = source_bill | 还欠 = arrears | 多付 = credit | 该付日 = due | 说明 = remark",
        facts.prior(),
        given={"date@sheet": f"{facts.days.before(1)}"},
    )
    sheet = before.sheet("银行没对上的")
    sheet.table(
        "outstanding_item",
        "户 = account | 日 = date | 啥情况 = kind | 票# = reference | 对方 = counterparty | 事 = summary | 多少 = amount",
        facts.outstanding(),
    )
    sheet = before.sheet("汇率")
    sheet.table("exchange_rate", "从 = date | 币 = currency | 按 = rate", facts.rates())
