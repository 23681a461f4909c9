"""The stations' papers and their covers: A in spreadsheets, B as ruled forms, C as forms without lines."""

from __future__ import annotations

from datetime import date

from month.amounts import comma, hundredths, tenths, yuan
from month.bookkeeping import SLIP
from month.days import Days
from month.parties import PROVIDERS
from month.records import Cover, Month, Slip, VoidPaper
from month.settings import Settings
from month.write.pdf import A4_SIZE, A5_SIZE, Pair, Paper
from month.write.xlsx import Book, Cell

PLACES = {"A": "宝安", "B": "龙岗", "C": "东莞"}
PROVIDER_NAMES = {each.id: each.name for each in PROVIDERS}
SCANNED_TWICE = ("B", 15)  # trap: the same PDF lies in the folder a second time
_HEADERS = (
    "清单号",
    "收货日期",
    "站点",
    "经办人",
    "客户名称",
    "服务商",
    "运单号",
    "目的地",
    "件数",
    "尺寸(cm)",
    "实重(kg)",
    "体积重(kg)",
    "计费重(kg)",
    "单价",
    "运费",
    "燃油费率",
    "燃油费",
    "杂费",
    "合计",
    "付款方式",
    "代收货款",
    "联次",
    "状态",
)


def slip_files(settings: Settings, days: Days, month: Month) -> dict[str, bytes]:
    """One document for each station and day, by path."""
    files: dict[str, bytes] = {}
    for cover in month.covers:
        slips = settings.order.of(
            [each for each in month.papers if (each.station, each.date) == (cover.station, cover.date)]
        )
        voids = [
            each
            for each in month.void_papers
            if each.kind == SLIP and (each.holder, each.date) == (cover.station, cover.date)
        ]
        letter = cover.station[0] if len(cover.station) == 1 else "A"
        folder = f"01收货清单/{PLACES[cover.station[0]]}{cover.station}/{cover.date:%Y-%m-%d}"
        if letter == "A":
            files[f"{folder}.xlsx"] = _workbook(cover, slips, voids)
        else:
            draw = _ruled if letter == "B" else _plain
            files[f"{folder}.pdf"] = draw(settings, cover, slips, voids)
            if (cover.station, cover.date) == (SCANNED_TWICE[0], days.on(SCANNED_TWICE[1])):
                files[f"{folder}_重复扫描.pdf"] = files[f"{folder}.pdf"]
    return files


def _workbook(cover: Cover, slips: list[Slip], voids: list[VoidPaper]) -> bytes:
    book = Book()
    front = book.sheet("封面")
    front.title("收货清单封面", 4)
    front.pairs(("站点", cover.station), ("收货日期", cover.date))
    front.pairs(("清单张数", cover.tickets), ("件数合计", cover.pieces))
    front.pairs(("金额合计", yuan(cover.amount)), ("交单人", cover.clerk))
    front.pairs(("接收人", "林晓"))
    front.widths(14, 18, 14, 18)
    sheet = book.sheet("收货清单")
    sheet.title(f"收货清单 {cover.date:%Y-%m-%d}", len(_HEADERS))
    rows = [_row(slip) for slip in slips] + [_void_row(void) for void in voids]
    total: list[Cell] = [
        "合计",
        *([None] * 7),
        sum(slip.pieces for slip in slips),
        *([None] * 9),
        yuan(sum(slip.amount for slip in slips)),
        *([None] * 4),
    ]
    sheet.table(_HEADERS, rows, total)
    sheet.widths(14, 11, 6, 8, 26, 16, 15, 10, 6, 12, 9, 10, 10, 8, 10, 9, 9, 8, 11, 9, 10, 6, 7)
    return book.data()


def _row(slip: Slip) -> list[Cell]:
    return [
        slip.number,
        slip.date,
        slip.station,
        slip.clerk,
        slip.customer_name,
        PROVIDER_NAMES[slip.provider],
        slip.waybill,
        slip.destination,
        slip.pieces,
        _dims(slip),
        tenths(slip.actual),
        hundredths(slip.volume),
        tenths(slip.charge),
        yuan(slip.rate),
        yuan(slip.freight),
        f"{tenths(slip.fuel_rate)}%",
        yuan(slip.fuel),
        yuan(slip.other),
        yuan(slip.amount),
        slip.pay_mode,
        yuan(slip.cod) if slip.cod else None,
        3,
        "正常",
    ]


def _void_row(void: VoidPaper) -> list[Cell]:
    return [void.number, void.date, void.holder, void.clerk, *([None] * 14), yuan(0), None, None, void.copies, "作废"]


def _dims(slip: Slip) -> str:
    return "×".join(str(each) for each in slip.dims)


def _ruled(settings: Settings, cover: Cover, slips: list[Slip], voids: list[VoidPaper]) -> bytes:
    paper = Paper(A5_SIZE, f"收货清单 {cover.station} {cover.date:%Y-%m-%d}")
    paper.page()
    paper.centred(settings.company, 12)
    paper.centred("收货清单封面")
    paper.down(16)
    paper.grid(
        [
            [("站点", cover.station), ("收货日期", f"{cover.date:%Y-%m-%d}")],
            [("清单张数", str(cover.tickets)), ("件数合计", str(cover.pieces))],
            [("金额合计", comma(cover.amount)), ("交单人", cover.clerk)],
            [("接收人", "林晓"), ("备注", "")],
        ],
        line=30,
    )
    for slip in slips:
        _ruled_form(settings, paper, slip)
    for void in voids:
        paper.page()
        paper.centred(settings.company, 12)
        paper.centred("收货清单")
        paper.grid(_void_fields(void, f"{void.date:%Y-%m-%d}"))
        paper.stamp("作废", paper.width - 140, down=40)
    return paper.data()


def _ruled_form(settings: Settings, paper: Paper, slip: Slip) -> None:
    paper.page()
    paper.centred(settings.company, 12)
    paper.centred("收货清单")
    paper.grid(
        [
            [("清单编号", slip.number), ("收货日期", f"{slip.date:%Y-%m-%d}")],
            [("站点", slip.station), ("经办人", slip.clerk)],
            [("客户名称", slip.customer_name)],
            [("服务商", PROVIDER_NAMES[slip.provider]), ("运单号", slip.waybill)],
            [("目的地", slip.destination), ("件数", str(slip.pieces))],
            [("尺寸(cm)", _dims(slip)), ("实重(kg)", str(tenths(slip.actual)))],
            [("体积重(kg)", str(hundredths(slip.volume))), ("计费重(kg)", str(tenths(slip.charge)))],
            [("单价", comma(slip.rate)), ("运费", comma(slip.freight))],
            [("燃油费率", f"{tenths(slip.fuel_rate)}%"), ("燃油费", comma(slip.fuel))],
            [("杂费", comma(slip.other)), ("合计", f"￥{comma(slip.amount)}")],
            [("付款方式", slip.pay_mode), ("代收货款", comma(slip.cod) if slip.cod else "")],
            [("联次", "3"), ("单据状态", "正常")],
        ]
    )


def _void_fields(void: VoidPaper, day: str) -> list[list[Pair]]:
    return [
        [("清单编号", void.number), ("收货日期", day)],
        [("站点", void.holder), ("经办人", void.clerk)],
        [("合计", "￥0.00"), ("联次", str(void.copies))],
        [("单据状态", "作废"), ("备注", "")],
    ]


def _plain(settings: Settings, cover: Cover, slips: list[Slip], voids: list[VoidPaper]) -> bytes:
    paper = Paper(A4_SIZE, f"收货清单 {cover.station} {cover.date:%Y-%m-%d}")
    paper.page()
    paper.centred(f"{settings.company}  {PLACES[cover.station]}收货点", 12)
    paper.centred("清单封面")
    paper.down(20)
    paper.fields(
        [
            [("网点", cover.station), ("收货日期", _chinese(cover.date))],
            [("共计票数", f"{cover.tickets}"), ("共计件数", f"{cover.pieces}")],
            [("金额合计", f"{comma(cover.amount)}"), ("经办人", cover.clerk)],
            [("收单人", "林晓")],
        ]
    )
    for slip in slips:
        _plain_form(settings, paper, slip)
    for void in voids:
        paper.page()
        paper.centred(settings.company, 12)
        paper.centred("收 货 清 单")
        paper.text(paper.width - 210, f"编号：{void.number}", 11)
        paper.down(30)
        paper.fields(
            [
                [("收货日期", _chinese(void.date)), ("网点", void.holder)],
                [("收货员", void.clerk), ("总金额", "￥0.00")],
                [("联次", str(void.copies)), ("状态", "作废")],
            ]
        )
        paper.stamp("作废", paper.width - 160, down=30)
    return paper.data()


def _plain_form(settings: Settings, paper: Paper, slip: Slip) -> None:
    paper.page()
    paper.centred(settings.company, 12)
    paper.centred("收 货 清 单")
    paper.text(paper.width - 210, f"编号：{slip.number}", 11)
    paper.down(30)
    paper.fields(
        [
            [("收货日期", _chinese(slip.date)), ("网点", slip.station), ("收货员", slip.clerk)],
            [("委托人", slip.customer_name)],
            [("渠道", PROVIDER_NAMES[slip.provider]), ("面单号", slip.waybill)],
            [("到达地", slip.destination), ("箱数", str(slip.pieces)), ("长宽高", _dims(slip))],
            [
                ("实际重量", f"{tenths(slip.actual)} kg"),
                ("材积重", f"{hundredths(slip.volume)} kg"),
                ("收费重量", f"{tenths(slip.charge)} kg"),
            ],
            [("运费单价", f"{comma(slip.rate)} 元"), ("运费", f"{comma(slip.freight)} 元")],
            [("燃油附加费率", f"{tenths(slip.fuel_rate)}%"), ("燃油附加费", f"{comma(slip.fuel)} 元")],
            [("其他费用", f"{comma(slip.other)} 元"), ("总金额", f"￥{comma(slip.amount)}")],
            [("结算方式", slip.pay_mode), ("代收货款", f"￥{comma(slip.cod)}" if slip.cod else "无")],
            [("联次", "3"), ("状态", "正常")],
        ]
    )
    paper.down(10)
    paper.text(60, "发件人签字：____________    收货员签字：____________", 10)


def _chinese(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
