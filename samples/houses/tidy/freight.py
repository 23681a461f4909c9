"""Slips, outbound slips, the register, letters of customer service, and number books."""

from __future__ import annotations

from datetime import date, timedelta

from houses.facts import PLACES, Facts, Row, by_week
from houses.writing import Folder, Group, Style

_SLIP = (
    "收件编号 = slip_no | 开单人 = clerk | 托运方 = customer | 承运公司 = provider | 承运编号 = waybill_no"
    " | 抵达城市 = destination | 总箱数 = pieces | 外箱规格 = dims | 过磅公斤 = actual_weight | 抛重公斤 = volume_weight"
    " | 收费公斤 = charge_weight | 每公斤价 = rate | 主运价款 = freight | 燃油比率 = fuel_rate | 燃油加收 = fuel"
    " | 另收 = other | 应收款额 = amount | 结账办法 = pay_mode | 代收款 = cod | 一式几联 = copies | 单况 = status"
)
_REGISTER = (
    "收件日 = date | 营业点 = station | 收件编号 = slip_no | 开单人 = clerk | 托运方 = customer | 承运公司 = provider"
    " | 承运编号 = waybill_no | 抵达城市 = destination | 总箱数 = pieces | 过磅 = actual_weight | 抛重 = volume_weight"
    " | 收费 = charge_weight | 每公斤价 = rate | 主运价 = freight | 燃油比率 = fuel_rate | 燃油加收 = fuel"
    " | 另收 = other | 应收 = amount | 结账办法 = pay_mode | 代收款 = cod | 联系函编号 = memo_no | 附注 = -"
)


def write(facts: Facts, folder: Folder, text: Style) -> None:
    """The folders of the stations, of dispatch, of statistics and of customer service."""
    for station in facts.stations:
        _station(facts, folder, station)
    _filed(facts, folder)
    _outbound(facts, folder)
    _register(facts, folder)
    _letters(facts, folder, text)
    _numbers(facts, folder)


def place_of(station: str) -> str:
    """The name of a station; further stations of a greater month carry their number."""
    return PLACES[station[0]] + station[1:]


def _cn(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _station(facts: Facts, folder: Folder, station: str) -> None:
    """A workbook a station, a sheet a day: the title says where and when, no column does."""
    place = place_of(station)
    book = folder.workbook(f"营业点/{place}/{place}收件登记.xlsx")
    for cover in facts.covers(station):
        day = cover["date"]
        assert isinstance(day, date)
        sheet = book.sheet(f"{day.month}月{day.day}日")
        sheet.title(f"{place}营业点　收件登记　{_cn(day)}", 21)
        given = {"station@title": place, "date@title": f"{day}"}
        spec = "本日单数 = tickets | 本日箱数 = pieces | 本日应收 = amount | 交单 = clerk | 接单 = received_by"
        sheet.block("bundle_cover", spec, cover, 5, given)
        sheet.gap()
        rows = facts.slips(station, day)
        sheet.table("receiving_slip", _SLIP, rows, given=given, total=("本日共", ("pieces", "amount")))


def _filed(facts: Facts, folder: Folder) -> None:
    """A sheet a customer, whose name stands in the title."""
    book = folder.workbook("营业点/收件单归档册.xlsx")
    for party in facts.month.customers:
        sheet = book.sheet((party.names[0] if party.names else party.name)[:31])
        sheet.title(f"归档户：{party.name}", 3)
        sheet.table(
            "bundle_entry",
            "收件编号 = slip_no | 承运编号 = waybill_no | 收件日 = date",
            facts.filed(party.id),
            given={"filed_under@title": party.name},
        )


def _outbound(facts: Facts, folder: Folder) -> None:
    """A workbook a provider; a line above the waybills of a day carries number and day."""
    for provider in sorted({line.provider for line in facts.month.outbound}):
        rows = facts.outbound(provider)
        name = str(rows[0]["provider"])
        sheet = folder.workbook(f"调度/交运单_{name}.xlsx").sheet("10月" if facts.settings.month == 10 else "本月")
        sheet.title(f"交运单　承运公司：{name}", 6)
        sheet.table(
            "outbound_line",
            "承运编号 = waybill_no | 收件编号 = slip_no | 托运方 = customer | 箱数合 = pieces"
            " | 收费公斤 = charge_weight | 附注 = remark",
            rows,
            given={"provider@title": name, "outbound_no@group": "", "date@group": ""},
            group=Group("outbound_no", _trip, "本趟合", ("pieces",)),
        )


def _trip(row: Row) -> str:
    day = row["date"]
    assert isinstance(day, date)
    return f"交运批号 {row['outbound_no']}　{_cn(day)}"


def _register(facts: Facts, folder: Folder) -> None:
    """A sheet a week, two lines of headers, day and station merged downwards."""
    book = folder.workbook(f"统计/收件汇总{facts.settings.title}.xlsx")
    for place, (monday, rows) in enumerate(by_week(facts.register()).items()):
        for row in rows:
            row["station"] = place_of(str(row["station"]))
        saturday = monday + timedelta(days=5)
        sheet = book.sheet(f"{monday:%m.%d}-{saturday:%m.%d}")
        sheet.title(f"收件汇总　{_cn(monday)}至{_cn(saturday)}", 22)
        sheet.table(
            "register_entry",
            _REGISTER,
            rows,
            total=("本周共", ("pieces", "freight", "fuel", "other", "amount")),
            once=("date", "station"),
            merge=True,
            band=(("公斤数", 9, 11), ("应收项目（元）", 12, 17)),
            hidden=(17,) if place == 1 else (),
        )


def _letters(facts: Facts, folder: Folder, text: Style) -> None:
    """Memos as ruled forms, all in one document; adjustments as a list; the table of customer service."""
    pages = folder.pages("客服/内部联系函.pdf", text, title="内部联系函")
    for row in facts.memos():
        pages.form(
            "liaison_memo",
            "函号 = memo_no | 发函日 = date | 事项 = type | 所涉收件单 = slip_no | 托运方 = customer | 更正栏目 = field"
            " | 更正前 = old_value | 更正后 = new_value | 计费数额 = amount | 计费货币 = currency | 缘由 = reason"
            " | 发函人 = applicant | 核准 = approver | 收函签名 = signed_by",
            row,
            (facts.settings.company, "内部联系函"),
            ruled=True,
            wide=("reason",),
        )
    book = folder.workbook("客服/客服台账.xlsx")
    sheet = book.sheet("受理台账")
    sheet.title(f"客服受理台账　{facts.settings.title}", 8)
    sheet.table(
        "service_entry",
        "函号 = memo_no | 受理日 = date | 事项 = type | 所涉收件单 = slip_no | 托运方 = customer | 收费 = amount"
        " | 受理 = handler | 办结情况 = status",
        facts.service(),
    )
    sheet = book.sheet("异常货件")
    sheet.title(f"异常货件一览　{facts.settings.title}", 6)
    sheet.table(
        "problem_shipment",
        "函号 = memo_no | 受理日 = date | 所涉收件单 = slip_no | 托运方 = customer | 异常情形 = problem | 处置 = result",
        facts.problems(),
    )
    sheet = folder.workbook("客服/价款更动审批.xlsx").sheet("审批汇总")
    sheet.title(f"价款更动审批汇总　{facts.settings.title}", 12)
    sheet.table(
        "adjustment",
        "审批编号 = adjustment_no | 审批日 = date | 所涉收件单 = slip_no | 托运方 = customer | 原计价款 = old_amount"
        " | 核定价款 = new_amount | 增减 = amount | 更动理由 = reason | 佐证 = evidence | 提出人 = applicant"
        " | 核准 = approver | 核准人职务 = approver_role",
        facts.adjustments(),
    )


def _numbers(facts: Facts, folder: Folder) -> None:
    """Number books under titles that say of what; voided numbers; blank forms."""
    book = folder.workbook("票证管理/票证簿册.xlsx")
    spec = (
        "册号 = book_no | 前缀 = prefix | 首号 = first_no | 末号 = last_no | 号码位数 = width | 一式几联 = copies"
        " | {} = holder | 发出日 = issued | 缴回日 = returned | 领取签名 = signed"
    )
    for kind, holder, receipts in (("收货清单", "使用营业点", False), ("收据", "使用人", True)):
        rows = facts.books(receipts)
        for row in rows:
            row["holder"] = place_of(str(row["holder"])) if not receipts else row["holder"]
        sheet = book.sheet(f"{kind}簿发放")
        sheet.title(f"{kind}簿发放记录", 10)
        sheet.table("number_book", spec.format(holder), rows, given={"kind@title": kind})
    sheet = book.sheet("废票")
    sheet.title(f"废票记录　{facts.settings.title}", 9)
    sheet.table(
        "voided_number",
        "票证 = kind | 废号 = number | 报废日 = date | 报废缘由 = reason | 已收回联 = copies_sighted"
        " | 未收回联 = missing_copy | 报告何人 = reported_to | 监督销毁 = approver | 补开号 = replaced_by",
        facts.voids(),
    )
    sheet = book.sheet("未用票证")
    sheet.title(f"未用票证清点　{_cn(facts.days.last)}", 6)
    rows = facts.blanks()
    for row in rows:
        row["holder"] = place_of(str(row["holder"])) if row["kind"] == "收货清单" else row["holder"]
    sheet.table(
        "blank_count",
        "票证 = kind | 册号 = book_no | 持有 = holder | 未用首号 = first_no | 未用末号 = last_no | 未用张 = sheets",
        rows,
        given={"date@title": f"{facts.days.last}"},
    )
