"""Registers and lists in spreadsheets: masters, statistics, outbound slips, number books, filing, customer service."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from month.amounts import hundredths, plain, tenths, yuan
from month.bookkeeping import RECEIPT, SLIP
from month.days import Days
from month.parties import ACCOUNTS, AFFILIATE, EMPLOYEES, OTHERS, PROVIDERS, card_of
from month.records import Month, Registered
from month.settings import Settings
from month.write.forms import tax_id_of
from month.write.slips import PROVIDER_NAMES
from month.write.xlsx import Book, Cell, one_table

_HIDDEN = 137                            # trap: a row of the statistics register that is hidden


def master_files(settings: Settings, days: Days, month: Month) -> dict[str, bytes]:
    """Masters and what the month before left: folder 00."""
    book = Book()
    sheet = book.sheet("往来单位")
    sheet.title("往来单位档案", 10)
    rows: list[list[Cell]] = [
        [each.id, each.name, "", "；".join(each.names), each.kind, each.terms, each.settlement,
         yuan(each.credit_limit) if each.credit_limit else None, each.currency, tax_id_of(each.name)]
        for each in [*month.customers, *PROVIDERS, *OTHERS]
    ]  # fmt: skip
    rows.append(["OWN", settings.company, "捷远国际", "捷远货代", "本公司", None, "", None, "CNY", settings.tax_id])
    sheet.table(("往来单位代码", "名称", "简称", "别名", "类别", "账期(天)", "结算方式", "信用额度", "币种", "税号"), settings.order.of(rows))
    sheet.widths(13, 30, 10, 36, 10, 9, 9, 14, 6, 22)
    alias = book.sheet("别名与关联单位")
    alias.title("别名与关联单位", 6)
    alias.table(
        ("往来单位代码", "别名/关联单位", "关系", "委托付款书", "生效日期", "失效日期"),
        [["C01", "深圳恒昌", "简称", "", None, None], [*AFFILIATE, date(settings.year, 1, 1), None]],
    )
    alias.widths(13, 30, 10, 14, 12, 12)
    tables: dict[str, tuple[str, Sequence[str], list[list[Cell]]]] = {
        "员工名单": ("员工名单", ("姓名", "岗位", "站点", "站点名称", "审批限额", "工资卡号"), [
            [each.name, each.role, each.station, each.place, yuan(each.limit) if each.limit else None, card_of(each.name)] for each in EMPLOYEES
        ]),
        "银行账户清单": ("银行账户清单", ("账户代码", "账户名称", "开户行", "银行账号", "账户性质", "币种", "别名", "会计科目", "开户日期", "销户日期"), [
            [each.id, each.name, each.bank, each.number, each.kind, each.currency, each.aliases, each.gl, each.opened, None] for each in ACCOUNTS
        ]),
        "汇率表": ("记账汇率表", ("日期", "币种", "汇率"), [[days.first, "USD", Decimal("7.0950")]]),
        "上期期末客户余额表": ("上期期末客户余额表", ("客户代码", "客户名称", "截止日期", "币种", "来源账单", "期末欠款", "期末余款", "到期日", "备注"), [
            [each.customer, month.name(each.customer), days.before(1), each.currency, each.source, yuan(each.arrears), yuan(each.credit), each.due,
             each.remark] for each in month.prior
        ]),
        "上期未达账项": ("上期未达账项", ("账户", "开出日期", "未达类型", "票据号", "对方单位", "摘要", "金额"), [
            [each.account, each.date, each.kind, each.reference, each.counterparty, each.summary, yuan(each.amount)] for each in month.outstanding
        ]),
    }  # fmt: skip
    files = {"00上期/往来单位档案.xlsx": book.data()}
    for name, (title, headers, lines) in tables.items():
        files[f"00上期/{name}.xlsx"] = one_table(name, title, headers, settings.order.of(lines))
    return files


def freight_files(settings: Settings, days: Days, month: Month) -> dict[str, bytes]:
    """Filing list, outbound slips, statistics register and customer-service table: folders 01 to 04."""
    order = settings.order
    files = {
        "01收货清单/归类清册.xlsx": one_table(
            "归类清册", f"收货清单归类清册 {settings.title}", ("归档客户", "清单号", "运单号", "日期"),
            [[month.name(each.customer), each.slip_no, each.waybill, each.date] for each in order.of(month.filed)],
        ),
        "03统计报表/统计报表" + settings.period + ".xlsx": _register(settings, month),
        "04联络单+客服表/客服登记表.xlsx": one_table(
            "客服登记表", f"客服登记表 {settings.title}", ("联络单号", "登记日期", "类型", "清单号", "客户名称", "金额", "客服", "处理状态"),
            [[each.memo_no, each.date, each.type, each.slip_no, month.name(each.customer), None if each.amount is None else yuan(each.amount), "孙丽",
              each.status] for each in order.of(month.service)],
        ),
    }  # fmt: skip
    for day in sorted({each.date for each in month.outbound}):
        lines = order.of(sorted((each for each in month.outbound if each.date == day), key=lambda each: each.number))
        files[f"02出货清单/{day:%Y-%m-%d}.xlsx"] = one_table(
            "出货清单", f"出货清单 {day:%Y-%m-%d}", ("出货清单号", "出货日期", "服务商", "运单号", "收货清单号", "客户名称", "件数", "计费重(kg)", "备注"),
            [[each.number, each.date, PROVIDER_NAMES[each.provider], each.waybill, each.slip_no, each.customer_name, each.pieces,
              tenths(each.charge), each.remark] for each in lines],
            ["合计", None, None, None, None, None, sum(each.pieces for each in lines), None, None],
        )  # fmt: skip
    return files


_REGISTER = ("清单号", "日期", "站点", "经办人", "客户", "渠道", "运单号", "目的地", "件数", "实重(kg)", "体积重(kg)", "计费重(kg)", "单价", "运费",
             "燃油费率", "燃油费", "杂费", "合计", "付款方式", "代收货款", "联络单号", "备注")  # fmt: skip


def _register(settings: Settings, month: Month) -> bytes:
    """The statistics register: two lines of merged headers, numbers stored as text, one row hidden, one total row."""
    book = Book()
    sheet = book.sheet("统计报表")
    sheet.title(f"统计报表 {settings.title}", len(_REGISTER))
    rows = settings.order.of(month.register)
    slips = [row.slip for row in rows]
    total: list[Cell] = ["合计", *([None] * 7), str(sum(slip.pieces for slip in slips)), *([None] * 4), plain(sum(slip.freight for slip in slips)),
                         None, plain(sum(slip.fuel for slip in slips)), plain(sum(slip.other for slip in slips)),
                         plain(sum(slip.amount for slip in slips)), *([None] * 4)]  # fmt: skip
    groups = (("货物", 8, 11), ("费用（元）", 12, 17))
    sheet.table(_REGISTER, [_registered(row) for row in rows], total, groups, {_HIDDEN})
    sheet.widths(14, 11, 6, 8, 26, 16, 15, 10, 6, 9, 10, 10, 8, 10, 9, 9, 8, 11, 9, 10, 12, 12)
    return book.data()


def _registered(row: Registered) -> list[Cell]:
    slip = row.slip
    return [
        row.typed_no or slip.number, f"{slip.date:%Y-%m-%d}", slip.station, slip.clerk, slip.customer_name, PROVIDER_NAMES[slip.provider],
        slip.waybill, slip.destination, str(slip.pieces), str(tenths(slip.actual)), str(hundredths(slip.volume)), str(tenths(slip.charge)),
        plain(slip.rate), plain(slip.freight), f"{tenths(slip.fuel_rate)}%", plain(slip.fuel), plain(slip.other), plain(slip.amount),
        slip.pay_mode, plain(slip.cod) if slip.cod else "", row.memo_no, "",
    ]  # fmt: skip


def number_files(settings: Settings, month: Month) -> dict[str, bytes]:
    """Issue register, void register and count of blank forms: folder 10."""
    issues = Book()
    for kind, holder in ((SLIP, "领用站点"), (RECEIPT, "领用人")):
        sheet = issues.sheet(f"{kind}领用")
        sheet.title(f"{kind}领用登记簿 {settings.title}", 11)
        sheet.table(
            ("票据种类", "本号", "字头", "起号", "止号", "位数", "联次", holder, "领用日期", "核销日期", "签收"),
            settings.order.of([
                [each.kind, each.book_no, each.prefix, str(each.first).zfill(each.width), str(each.last).zfill(each.width), each.width, 3,
                 each.holder, each.issued, each.returned, each.signed] for each in month.books if each.kind == kind
            ]),
        )  # fmt: skip
        sheet.widths(10, 8, 8, 10, 10, 6, 6, 10, 12, 12, 8)
    files = {"10收据+登记簿/票据领用登记簿.xlsx": issues.data()}
    files["10收据+登记簿/作废登记簿.xlsx"] = one_table(
        "作废登记", f"票据作废登记簿 {settings.title}",
        ("票据种类", "作废号码", "作废日期", "作废原因", "收回联数", "缺失联次", "上报对象", "监销人", "重开号码"),
        settings.order.of([
            [each.kind, each.number, each.date, each.reason, each.copies, each.missing, each.reported_to, each.approver, each.replaced_by]
            for each in month.voids
        ]),
    )  # fmt: skip
    files["10收据+登记簿/空白票据盘点表.xlsx"] = one_table(
        "空白票据", f"空白票据盘点表 {settings.title}", ("票据种类", "本号", "保管人", "盘点日期", "空白起号", "空白止号", "空白张数"),
        settings.order.of([
            [each.kind, each.book_no, each.holder, each.date, each.first, each.last, each.last - each.first + 1]
            for each in month.blanks
        ]),
    )  # fmt: skip
    return files
