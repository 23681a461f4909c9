"""Masters, and what the month before left: folder 00."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from month.amounts import yuan
from month.days import Days
from month.parties import ACCOUNTS, AFFILIATE, EMPLOYEES, OTHERS, PROVIDERS, Party, card_of
from month.records import Month
from month.settings import Settings
from month.write.forms import tax_id_of
from month.write.xlsx import Book, Cell, one_list

POLICY_RATE = Decimal("7.0950")


def master_files(settings: Settings, days: Days, month: Month) -> dict[str, bytes]:
    """All of them by path."""
    return (
        {"00上期/往来单位档案.xlsx": _parties(settings, month)}
        | _lists(settings, days)
        | _before(settings, days, month)
    )


def _parties(settings: Settings, month: Month) -> bytes:
    own = Party("OWN", settings.company, ("捷远国际", "捷远货代"), "本公司", settlement="")
    book = Book()
    book.sheet("往来单位").listing(
        "往来单位档案",
        (
            ("往来单位代码", lambda party: party.id),
            ("名称", lambda party: party.name),
            ("别名", lambda party: "；".join(party.names)),
            ("类别", lambda party: party.kind),
            ("账期(天)", lambda party: party.terms),
            ("结算方式", lambda party: party.settlement),
            ("信用额度", lambda party: yuan(party.credit_limit) if party.credit_limit else None),
            ("币种", lambda party: party.currency),
            ("税号", lambda party: settings.tax_id if party is own else tax_id_of(party.name)),
        ),
        settings.order.of([*month.customers, *PROVIDERS, *OTHERS, own]),
    )
    since: Cell = date(settings.year, 1, 1)
    aliases: list[tuple[str, str, str, str, Cell]] = [("C01", "深圳恒昌", "简称", "", None), (*AFFILIATE, since)]
    book.sheet("别名与关联单位").listing(
        "别名与关联单位",
        (
            ("往来单位代码", lambda alias: alias[0]),
            ("别名/关联单位", lambda alias: alias[1]),
            ("关系", lambda alias: alias[2]),
            ("委托付款书", lambda alias: alias[3]),
            ("生效日期", lambda alias: alias[4]),
            ("失效日期", lambda _: None),
        ),
        aliases,
    )
    return book.data()


def _lists(settings: Settings, days: Days) -> dict[str, bytes]:
    order = settings.order
    return {
        "00上期/员工名单.xlsx": one_list(
            "员工名单",
            "员工名单",
            (
                ("姓名", lambda person: person.name),
                ("岗位", lambda person: person.role),
                ("站点", lambda person: person.station),
                ("站点名称", lambda person: person.place),
                ("审批限额", lambda person: yuan(person.limit) if person.limit else None),
                ("工资卡号", lambda person: card_of(person.name)),
            ),
            order.of(EMPLOYEES),
        ),
        "00上期/银行账户清单.xlsx": one_list(
            "银行账户清单",
            "银行账户清单",
            (
                ("账户代码", lambda account: account.id),
                ("账户名称", lambda account: account.name),
                ("开户行", lambda account: account.bank),
                ("银行账号", lambda account: account.number),
                ("账户性质", lambda account: account.kind),
                ("币种", lambda account: account.currency),
                ("别名", lambda account: account.aliases),
                ("会计科目", lambda account: account.gl),
                ("开户日期", lambda account: account.opened),
                ("销户日期", lambda _: None),
            ),
            order.of(ACCOUNTS),
        ),
        "00上期/汇率表.xlsx": one_list(
            "汇率表",
            "记账汇率表",
            (("日期", lambda rate: rate[0]), ("币种", lambda rate: rate[1]), ("汇率", lambda rate: rate[2])),
            [(days.first, "USD", POLICY_RATE)],
        ),
    }


def _before(settings: Settings, days: Days, month: Month) -> dict[str, bytes]:
    order = settings.order
    return {
        "00上期/上期期末客户余额表.xlsx": one_list(
            "上期期末客户余额表",
            "上期期末客户余额表",
            (
                ("客户代码", lambda each: each.customer),
                ("客户名称", lambda each: month.name(each.customer)),
                ("截止日期", lambda _: days.before(1)),
                ("币种", lambda each: each.currency),
                ("来源账单", lambda each: each.source),
                ("期末欠款", lambda each: yuan(each.arrears)),
                ("期末余款", lambda each: yuan(each.credit)),
                ("到期日", lambda each: each.due),
                ("备注", lambda each: each.remark),
            ),
            order.of(month.prior),
        ),
        "00上期/上期未达账项.xlsx": one_list(
            "上期未达账项",
            "上期未达账项",
            (
                ("账户", lambda item: item.account),
                ("开出日期", lambda item: item.date),
                ("未达类型", lambda item: item.kind),
                ("票据号", lambda item: item.reference),
                ("对方单位", lambda item: item.counterparty),
                ("摘要", lambda item: item.summary),
                ("金额", lambda item: yuan(item.amount)),
            ),
            order.of(month.outstanding),
        ),
    }
