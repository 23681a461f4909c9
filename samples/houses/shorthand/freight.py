"""Slips in three forms, hand-over list, outbound, register, memos two a row, numbers."""

from __future__ import annotations

from datetime import date, timedelta

from houses.facts import PLACES, Facts, Row, by_week
from houses.shorthand.style import Styles
from houses.writing import Folder, Group, day_text
from houses.writing.pages import WIDE

_TAIL = (
    " | 货主 = customer | 走 = provider | 面单 = waybill_no | 到哪 = destination | 件 = pieces | 实 = actual_weight"
    " | 泡 = volume_weight | 计 = charge_weight | 价 = rate | 运 = freight | 油% = fuel_rate | 油 = fuel | 杂 = other"
    " | 共 = amount | 付 = pay_mode | 代收 = cod | 联 = copies | 注 = status"
)
_WIDTHS = (60, 26, 78, 20, 70, 44, 20, 34, 38, 34, 34, 46, 32, 44, 32, 50, 28, 42, 16, 24)


def write(facts: Facts, folder: Folder, own: Styles) -> None:
    """What the stations and customer service hand in."""
    for station in facts.stations:
        {"A": _csv, "B": _sheets, "C": _pages}[station[0]](facts, folder, own, station)
    sheet = folder.workbook("收货/交接.csv", own.text, "gbk").sheet()
    sheet.line(f"{facts.settings.title}各站交单")
    sheet.table(
        "bundle_cover",
        "日 = date | 站 = station | 票 = tickets | 件 = pieces | 钱 = amount | 交 = clerk | 收 = received_by",
        facts.covers(),
        once=("date",),
    )
    _filed_and_sent(facts, folder, own)
    _register(facts, folder)
    _memos(facts, folder, own)
    _numbers(facts, folder, own)


def _by_day(rows: list[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: str(row["date"]))


def _name(station: str) -> str:
    return f"{PLACES[station[0]]}{station}"


def _csv(facts: Facts, folder: Folder, own: Styles, station: str) -> None:
    """One file for the month; the day stands once, the station in the file's name."""
    sheet = folder.workbook(f"收货/{_name(station)}站{facts.settings.month}月.csv", own.text, "gbk").sheet()
    rows = _by_day(facts.slips(station))
    given = {"station@file": station, "year@period": f"{facts.settings.year}"}  # audit.yaml alone says which year
    sheet.table("receiving_slip", f"日 = date | 单# = slip_no{_TAIL}", rows, once=("date",), given=given)


def _sheets(facts: Facts, folder: Folder, own: Styles, station: str) -> None:
    """A sheet a week; a line above the slips of a day says which day it is; the station stands in the file's name."""
    book = folder.workbook(f"收货/{_name(station)}站{facts.settings.month}月.xls", own.units)
    for place, rows in enumerate(by_week(facts.slips(station)).values(), start=1):
        sheet = book.sheet(f"第{place}周")
        sheet.table(
            "receiving_slip",
            f"单# = slip_no{_TAIL}",
            _by_day(rows),
            given={"station@file": station, "date@group": ""},
            group=Group("date", lambda row: _day(row, "{m}月{d}日"), "小计", ("pieces", "amount")),
        )


def _day(row: Row, pattern: str) -> str:
    day = row["date"]
    assert isinstance(day, date)
    return day_text(day, pattern)


def _pages(facts: Facts, folder: Folder, own: Styles, station: str) -> None:
    """A list without lines for each week, printed."""
    for monday, rows in by_week(facts.slips(station)).items():
        saturday = monday + timedelta(days=5)
        week = f"{monday.month}.{monday.day}-{saturday.month}.{saturday.day}"
        pages = folder.pages(f"收货/{_name(station)}站{week}.pdf", own.text, WIDE)
        pages.listing(
            "receiving_slip",
            f"单# = slip_no | 日 = date{_TAIL}",
            _by_day(rows),
            _WIDTHS,
            (f"{_name(station)}站收货  {facts.settings.year}年{week}",),
            given={"station@title": station, "year@title": f"{facts.settings.year}"},
            size=7,
        )


def _filed_and_sent(facts: Facts, folder: Folder, own: Styles) -> None:
    sheet = folder.workbook("收货/分客户.csv", own.text).sheet()
    sheet.table(
        "bundle_entry",
        "单# = slip_no | 面单 = waybill_no | 日 = date",
        facts.filed(),
        given={"filed_under@group": "", "year@period": f"{facts.settings.year}"},
        group=Group("filed_under", lambda row: f"【{own.text.say('customer', str(row['filed_under']))}】"),
    )
    sheet = folder.workbook(f"发货/{facts.settings.month}月发货.xls", own.cells).sheet("发货")
    sheet.table(
        "outbound_line",
        "走 = provider | 发货# = outbound_no | 面单 = waybill_no | 单# = slip_no | 货主 = customer | 件 = pieces"
        " | 计 = charge_weight | 注 = remark",
        facts.outbound(),
        given={"date@group": ""},
        once=("provider", "outbound_no"),
        merge=True,
        group=Group("date", lambda row: f"★{_day(row, '{y}.{m}.{d}')}发", "当天", ("pieces",)),
    )


def _register(facts: Facts, folder: Folder) -> None:
    """A sheet a station, month and day in columns of their own, a subtotal for each day, all cells text."""
    own = folder.style.but(money="{:.2f}", weight="{}", whole="{}")
    book = folder.workbook(f"统计{facts.settings.period}.xls", own)
    rows = facts.register()
    for station in facts.stations:
        sheet = book.sheet(f"{station}站")
        sheet.title(f"{facts.settings.title}统计  {station}站", 12)
        sheet.table(
            "register_entry",
            "月 = <m> | 日 = <d> | 单# = slip_no | 谁收 = clerk | 货主 = customer | 走 = provider | 面单 = waybill_no"
            " | 到哪 = destination | 件 = pieces | 实 = actual_weight | 泡 = volume_weight | 计 = charge_weight"
            " | 价 = rate | 运 = freight | 油% = fuel_rate | 油 = fuel | 杂 = other | 共 = amount | 付 = pay_mode"
            " | 代收 = cod | 联络单# = memo_no",
            _by_day([row for row in rows if row["station"] == station]),
            given={"station@sheet": station, "year@title": f"{facts.settings.year}"},
            group=Group("date", None, "小计", ("pieces", "amount")),
            hidden=(2,) if station == "B" else (),
        )


def _memos(facts: Facts, folder: Folder, own: Styles) -> None:
    sheet = folder.workbook("客服/联络单.xlsx", own.text.but(date="{y}.{m}.{d}")).sheet("联络单")
    sheet.forms(
        "liaison_memo",
        "号 = memo_no | 日 = date | 啥事 = type | 哪票 = slip_no | 客 = customer | 改啥 = field | 原来 = old_value"
        " | 改成 = new_value | 收多少 = amount | 为啥 = reason | 谁提 = applicant | 谁批 = approver | 谁签收 = signed_by",
        facts.memos(),
        f"联 络 单（{facts.settings.company}）",
        beside=2,
    )
    sheet = folder.workbook("客服/客服表.csv", own.text, "gbk").sheet()
    sheet.line(f"客服{facts.settings.period}")
    sheet.table(
        "service_entry",
        "联络单# = memo_no | 日 = date | 啥事 = type | 哪票 = slip_no | 客 = customer | 收多少 = amount | 客服 = handler"
        " | 搞定没 = status",
        facts.service(),
    )
    sheet.gap()
    sheet.line("问题件")
    sheet.table(
        "problem_shipment",
        "联络单# = memo_no | 日 = date | 哪票 = slip_no | 客 = customer | 出啥事 = problem | 咋办的 = result",
        facts.problems(),
    )
    sheet = folder.workbook("客服/调价.xlsx", own.full).sheet("调价单")
    sheet.forms(
        "adjustment",
        "号 = adjustment_no | 日 = date | 哪票 = slip_no | 客 = customer | 原价 = old_amount | 改后 = new_amount"
        " | 差 = amount | 为啥 = reason | 有啥凭 = evidence | 谁提 = applicant | 谁批 = approver | 批的人是 = approver_role",
        facts.adjustments(),
        "调 价 单",
        across=3,
        joined=True,
    )


def _numbers(facts: Facts, folder: Folder, own: Styles) -> None:
    """All about numbers on one sheet, tables below one another."""
    sheet = folder.workbook(f"本子/领本子作废{facts.settings.period}.xls", own.full).sheet("本子")
    sheet.line("谁领了哪本")
    sheet.table(
        "number_book",
        "本# = book_no | 头 = prefix | 从 = first_no | 到 = last_no | 几位 = width | 联 = copies | 谁 = holder"
        " | 领 = issued | 还 = returned | 签 = signed",
        [*facts.books(receipts=False), *facts.books(receipts=True)],
        given={"kind@group": ""},
        group=Group("kind", lambda row: f"{row['kind']}本"),
    )
    sheet.gap()
    sheet.line("作废的")
    sheet.table(
        "voided_number",
        "啥 = kind | 号 = number | 日 = date | 为啥 = reason | 收回几联 = copies_sighted | 差哪联 = missing_copy"
        " | 跟谁说了 = reported_to | 谁看着 = approver | 换成 = replaced_by",
        facts.voids(),
    )
    sheet.gap()
    sheet.line("没用完的空本")
    sheet.table(
        "blank_count",
        "啥 = kind | 本# = book_no | 谁 = holder | 点的日子 = date | 空从 = first_no | 空到 = last_no | 张 = sheets",
        facts.blanks(),
    )
