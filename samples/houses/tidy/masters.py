"""Names, people, accounts, and what the month before left."""

from __future__ import annotations

from houses.facts import Facts, Row
from houses.writing import Folder, Style

_PARTY = (
    "户号 = party_id | 全称 = name | 又称 = aliases | 户类 = kind | 结账周期（日） = terms_days"
    " | 结账办法 = settlement | 赊销上限 = credit_limit | 记账货币 = currency | 纳税人识别码 = tax_id"
)


def write(facts: Facts, folder: Folder, text: Style) -> None:
    """The folder of basic data."""
    _parties(facts, folder)
    book = folder.workbook("基础资料/职员及资金账户.xlsx")
    people = book.sheet("职员名册")
    people.title("职员名册", 6)
    people.table(
        "employee",
        "职员 = name | 职务 = role | 营业点代号 = station | 营业点 = station_name | 核准上限 = approval_limit"
        " | 发薪卡 = account_no",
        facts.employees(),
    )
    accounts = book.sheet("资金账户一览")
    accounts.title("资金账户一览", 10)
    accounts.table(
        "bank_account",
        "简码 = account_id | 户头 = name | 开立银行 = bank | 卡折号 = account_no | 户别 = kind | 记账货币 = currency"
        " | 俗称 = aliases | 总账编码 = gl_account | 开立日 = opened | 注销日 = closed",
        facts.accounts(),
    )
    rates = book.sheet("记账汇价")
    rates.title("本公司记账汇价", 3)
    rates.table("exchange_rate", "适用日 = date | 外币 = currency | 折合人民币 = rate", facts.rates())
    _brought_forward(facts, folder)
    guide = folder.workbook("基础资料/运价手册.xlsx").sheet("参考运价")
    guide.title("参考运价（对外报价用，不作结算依据）", 4)
    lines = (("上海", "1-3天", "6.80"), ("洛杉矶", "5-7天", "18.50"), ("汉堡", "32天", "4.20"), ("长沙", "2天", "2.60"))
    guide.plain(("线路", "时效", "起步价"), lines)


def _brought_forward(facts: Facts, folder: Folder) -> None:
    before = folder.workbook("基础资料/上月结转.xlsx")
    owed = before.sheet("托运方结欠")
    owed.title(f"托运方结欠表（截至{facts.days.before(1):%Y年%m月%d日}）", 8)
    owed.table(
        "customer_balance",
        "户号 = customer_id@customer/- | 托运方 = customer | 记账货币 = currency | 结算月份 = source_bill"
        " | 结欠 = arrears | 预存 = credit | 应付清日 = due | 说明 = remark",
        facts.prior(),
        given={"date@title": f"{facts.days.before(1)}"},
    )
    items = before.sheet("在途款项")
    items.title("上月末在途款项", 7)
    items.table(
        "outstanding_item",
        "资金账户 = account | 开具日 = date | 在途性质 = kind | 凭据编码 = reference | 往来户 = counterparty"
        " | 内容 = summary | 款额 = amount",
        facts.outstanding(),
    )


def _parties(facts: Facts, folder: Folder) -> None:
    """A sheet for each kind of partner, and one of other names."""
    book = folder.workbook("基础资料/往来户名录.xlsx")
    sheets: dict[str, list[Row]] = {}
    for row in facts.parties():
        name = {"客户": "托运方", "现付客户": "托运方", "服务商": "承运公司"}.get(str(row["kind"]), "其余往来")
        sheets.setdefault(name, []).append(row)
    for name in ("托运方", "承运公司", "其余往来"):
        sheet = book.sheet(name)
        sheet.title(f"{facts.settings.company}　{name}名录", 9)
        sheet.table("party", _PARTY, sheets[name])
    other = book.sheet("又称与代付")
    other.title("又称与代付单位", 6)
    other.table(
        "party_alias",
        "户号 = party_id | 所用名 = alias | 相互关联 = relation | 授权文书 = authority | 自 = valid_from | 至 = valid_to",
        facts.aliases(),
    )
