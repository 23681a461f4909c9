"""The people and companies of the month. All names, accounts and tax numbers are made up."""

from __future__ import annotations

from dataclasses import dataclass

DESTINATIONS = {
    "P1": ("上海", "北京", "成都", "杭州", "武汉"),
    "P2": ("洛杉矶", "法兰克福", "东京", "新加坡"),
    "P3": ("汉堡", "鹿特丹", "长滩"),
    "P4": ("长沙", "南宁", "福州", "贵阳", "南昌", "昆明"),
    "P5": ("纽约", "伦敦", "巴黎", "悉尼"),
}


@dataclass(frozen=True, slots=True)
class Party:
    """A customer, provider, supplier or other partner. `names` are the other names under which it is on file."""

    id: str
    name: str
    names: tuple[str, ...]
    kind: str
    terms: int = 0
    settlement: str = "月结"
    credit_limit: int = 0
    currency: str = "CNY"
    written: tuple[str, ...] = ()  # how the stations write it on slips, if not by its name


@dataclass(frozen=True, slots=True)
class Employee:
    """A person of the company, with the amount up to which he or she may approve."""

    name: str
    role: str
    station: str = ""
    place: str = ""
    limit: int = 0


@dataclass(frozen=True, slots=True)
class Account:
    """A bank account, wallet or till of the company."""

    id: str
    number: str
    name: str
    bank: str
    aliases: str
    kind: str
    currency: str
    gl: str
    opened: str


CUSTOMERS = (
    Party(
        "C01",
        "深圳市恒昌电子有限公司",
        ("恒昌电子", "恒昌电子（深圳）"),
        "客户",
        30,
        "月结",
        10_000_000,
        written=("深圳市恒昌电子有限公司", "恒昌电子", "恒昌电子(深圳)"),
    ),
    Party(
        "C02",
        "东莞市百利塑胶制品有限公司",
        ("百利塑胶",),
        "客户",
        30,
        "月结",
        10_000_000,
        written=("东莞市百利塑胶制品有限公司", "百利塑胶"),
    ),
    Party("C03", "广州市雅织服饰有限公司", ("雅织服饰",), "客户", 30, "月结", 8_000_000),
    Party("C04", "佛山市顺锦家居有限公司", ("顺锦家居",), "客户", 45, "月结", 12_000_000),
    Party(
        "C05",
        "惠州市天域照明有限公司",
        ("天域照明",),
        "客户",
        30,
        "月结",
        8_000_000,
        written=("惠州市天域照明有限公司", "天域照明"),
    ),
    Party("C06", "中山市澜沁卫浴有限公司", ("澜沁卫浴",), "客户", 30, "月结", 8_000_000),
    Party(
        "C07",
        "深圳市云驰跨境电商有限公司",
        ("云驰跨境", "云驰跨境电商（深圳）"),
        "客户",
        15,
        "月结",
        8_000_000,
        written=("深圳市云驰跨境电商有限公司", "云驰跨境电商(深圳)"),
    ),
    Party("C08", "珠海市海拓贸易有限公司", ("海拓贸易",), "客户", 60, "月结", 15_000_000),
    Party("C09", "陈记批发", (), "现付客户", 0, "现付"),
    Party("C10", "广州市易尚鞋业商行", ("易尚鞋业",), "现付客户", 0, "现付"),
    Party("C11", "深圳市小满礼品店", ("小满礼品",), "现付客户", 0, "现付"),
    Party("C12", "东莞市鑫旺五金经营部", ("鑫旺五金",), "现付客户", 0, "现付"),
)
PROVIDERS = (
    Party("P1", "顺途速运", ("顺途速运（深圳）有限公司",), "服务商", 15),
    Party("P2", "中外联航空货运", ("中外联航空货运代理有限公司",), "服务商", 15),
    Party("P3", "宏海船务", ("宏海船务有限公司",), "服务商", 30),
    Party("P4", "粤通专线物流", ("粤通专线物流有限公司", "粤通专线"), "服务商", 15),
    Party("P5", "DHX国际快件代理", ("DHX国际快件代理有限公司", "DHX国际快件"), "服务商", 15),
)
OTHERS = (
    Party("B1", "腾辉报关行", ("腾辉报关",), "报关行"),
    Party("V1", "东莞兴发包装", ("东莞兴发包装材料有限公司", "兴发包装"), "供应商", 60),
    Party("V2", "深圳联和五金托盘", ("深圳联和五金托盘厂", "联和托盘"), "供应商", 30),
)
AFFILIATE = ("C03", "广州市雅织贸易有限公司", "关联单位", "WT2026-003")
EMPLOYEES = (
    Employee("林晓", "出纳"),
    Employee("赵敏", "会计"),
    Employee("陈立", "财务主管", limit=500_000),
    Employee("刘芳", "客服主管", limit=50_000),
    Employee("孙丽", "客服"),
    Employee("吴国平", "总经理", limit=10_000_000),
    Employee("王敏", "收货员", "A", "宝安"),
    Employee("李强", "收货员", "B", "龙岗"),
    Employee("周婷", "收货员", "C", "东莞"),
    Employee("何军", "业务员"),
    Employee("张伟", "司机"),
)
ACCOUNTS = (
    Account(
        "ICBC",
        "4000021009200123456",
        "工商银行基本户",
        "中国工商银行深圳宝安支行",
        "工行；工商银行",
        "基本户",
        "CNY",
        "1002.01",
        "2019-03-12",
    ),
    Account(
        "CCB",
        "44201503600052512345",
        "建设银行一般户",
        "中国建设银行深圳龙岗支行",
        "建行；建设银行",
        "一般户",
        "CNY",
        "1002.02",
        "2020-06-01",
    ),
    Account(
        "BOC",
        "746158812345",
        "中国银行美元户",
        "中国银行深圳分行",
        "中行；中国银行",
        "外币户",
        "USD",
        "1002.03",
        "2021-09-15",
    ),
    Account(
        "Alipay",
        "2088531260123456",
        "支付宝企业账户",
        "支付宝（中国）网络技术有限公司",
        "支付宝",
        "支付平台",
        "CNY",
        "1012.01",
        "2020-06-18",
    ),
    Account("CASH", "1001", "库存现金", "公司保险柜", "现金", "现金", "CNY", "1001", "2019-03-12"),
)

_PLACES = ("深圳市", "东莞市", "惠州市", "中山市", "佛山市", "广州市")
_TRADES = ("塑胶", "灯饰", "五金", "箱包", "玩具", "纺织", "数码")
_NAMES = ("瑞丰", "宏达", "金泰", "华盛", "联创", "永信", "新航", "东升", "卓越", "嘉益", "利源")


def more_customers(layer: int) -> list[Party]:
    """Twelve further customers with monthly bills, for a month of greater volume."""
    parties = []
    for place in range(12):
        number = 12 * layer + place + 1
        name = f"{_PLACES[number % 6]}{_NAMES[number % 11]}{_TRADES[number % 7]}{number}号贸易有限公司"
        parties.append(Party(f"C{number:02d}", name, (), "客户", 30, "月结", 90_000_000))
    return parties


def account_of(name: str) -> str:
    """A made-up account number of nineteen figures that stays the same for a name."""
    mixed = sum((position + 3) * ord(letter) for position, letter in enumerate(name))
    return f"62{mixed * 7919 % 10**9:09d}{mixed * 104729 % 10**8:08d}"


def card_of(name: str) -> str:
    """A made-up salary card with a right check digit."""
    body = "62170033" + account_of(name)[2:12]
    doubled = [int(figure) * (2 - place % 2) for place, figure in enumerate(reversed(body))]
    return body + str(-sum(value - 9 if value > 9 else value for value in doubled) % 10)
