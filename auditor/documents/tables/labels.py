"""Words that make a row a total, a balance brought or carried forward, or the extent of an export."""

from __future__ import annotations

import re
from dataclasses import dataclass

from auditor.documents.headers import header_key

_TOTAL = r"(?:合计|总计|共计|小计|累计|总额|总和|汇总|grandtotal|subtotal|sub-total|total|sum)"
_SCOPE = (
    r"(?:人民币|美元|本页|本日|当日|每日|本周|本月|当月|本期|当期|本季|本季度|本年|年度|本单|本表|全部|全表|以上|"
    r"金额|票数|总)"
)
_COUNT = re.compile(
    r"(?:共计?|总计|合计|总|计)?[:：]?(\d{1,9})(?:票|笔|条|张|行|单|份|项|宗|records?|rows?|items?)(?:记录|明细|交易|数据)?"
)
_PLAIN = re.compile(rf"#?{_SCOPE}*{_TOTAL}(?:金额|数|额|人民币|\([^()]*\))*")
_OF_GROUP = re.compile(rf"(.{{1,16}}?)(?:{_TOTAL})")
_COUNTED = re.compile(rf"#?{_SCOPE}*{_TOTAL}?[:：]?共?(\d{{1,9}})(?:票|笔|条|张|行|单|份|项|宗)(?:记录)?")
_OF_DAY = re.compile(
    rf"((?:20\d\d[-./年])?\d{{1,2}}[-./月]\d{{1,2}}[日号]?|\d{{1,2}}[日号]|20\d{{6}}){_TOTAL}(?:金额|数|额)*"
)
_DAILY = re.compile(r"本日|当日|每日|今日")
_OF_MONTH = re.compile(rf"(?:20\d\d[-./年])?(?:0?[1-9]|1[0-2])月份?{_TOTAL}(?:金额|数|额)*")
_TO_DATE = re.compile(r"(?:本年|年度|累计|自年初)")
_SUBTOTAL = re.compile(r"(?:小计|本页|本日|当日|每日|本周|subtotal|sub-total)")
OPENING = (
    "上期结转", "上月结转", "上年结转", "期初余额", "期初结余", "期初", "承前页", "承上页", "上期余额", "上月余额",
    "上期结余", "上月结余", "月初余额", "年初余额", "日初余额", "上日余额", "昨日余额",
    "opening balance", "brought forward", "balance brought forward", "b/f",
)  # fmt: skip
CLOSING = (
    "期末余额", "本期余额", "本月余额", "结转下期", "结转下月", "结转下年", "期末结余", "本期结余", "本月结余",
    "月末余额", "日末余额", "期末", "当前余额", "过次页", "closing balance", "carried forward", "c/f",
)  # fmt: skip

_CARRIED = frozenset(map(header_key, ("承前页", "承上页", "过次页", "转次页", "转下页")))

_FIRST = (
    "起始日期", "起始时间", "开始日期", "开始时间", "起始日", "查询起始日期", "起日", "从",
    "start date", "from", "date from", "period from",
)  # fmt: skip
_LAST = (
    "终止日期", "终止时间", "结束日期", "结束时间", "截止日期", "终止日", "截止时间", "止日", "到", "至",
    "end date", "to", "date to", "period to",
)  # fmt: skip
_BOTH = (
    "起止日期", "查询期间", "对账期间", "查询日期", "交易期间", "日期范围", "查询时间", "时间范围", "查询日期范围",
    "起止时间", "账单期间", "明细期间", "记账日期范围", "交易日期范围", "交易时间范围", "统计期间", "对账日期", "期间",
    "period", "statement period", "date range",
)  # fmt: skip
FIRST_KEYS = frozenset(map(header_key, _FIRST))
LAST_KEYS = frozenset(map(header_key, _LAST))
BOTH_KEYS = frozenset(map(header_key, _BOTH))


@dataclass(frozen=True, slots=True)
class TotalLabel:
    """A total's label: the group it is of (`恒昌电子` of `恒昌电子小计`), a count it states itself, and its reach."""

    text: str
    group: str | None = None
    count: int | None = None
    subtotal: bool = False
    to_date: bool = False
    of_day: bool = False


def total_label(text: str, *, groups: bool = True) -> TotalLabel | None:
    """The total that a cell's text names, if it does. With `groups` also `恒昌电子小计`."""
    if len(text) > 40:
        return None
    key = header_key(text)
    if not key:
        return None
    counted = _COUNTED.fullmatch(key)
    if counted and not key[0].isdigit():
        return TotalLabel(text.strip(), count=int(counted[1]), subtotal=bool(_SUBTOTAL.search(key)))
    if _PLAIN.fullmatch(key):
        return TotalLabel(
            text.strip(),
            subtotal=bool(_SUBTOTAL.search(key)),
            to_date=bool(_TO_DATE.search(key)),
            of_day=bool(_DAILY.search(key)),
        )
    if _OF_DAY.fullmatch(key):
        return TotalLabel(text.strip(), subtotal=True, of_day=True)
    if _OF_MONTH.fullmatch(key):
        return TotalLabel(text.strip(), to_date=bool(_TO_DATE.search(key)))
    match = _OF_GROUP.fullmatch(key) if groups else None
    if match and not match[1][0].isdigit():
        return TotalLabel(text.strip(), group=match[1], subtotal=True)
    return None


def balance_label(text: str) -> str | None:
    """`opening` or `closing`, if a cell's text names a balance brought or carried forward."""
    if len(text) > 24:
        return None
    key = header_key(text)
    if key in _OPENING_KEYS:
        return "opening"
    return "closing" if key in _CLOSING_KEYS else None


def carried_over(text: str) -> bool:
    """Whether a balance is only carried from page to page (承前页, 过次页)."""
    return header_key(text) in _CARRIED


def stated_count(text: str) -> int | None:
    """The count in a text such as `419票` or `共66笔记录`."""
    match = _COUNT.fullmatch(header_key(text))
    return int(match[1]) if match else None


_OPENING_KEYS = frozenset(map(header_key, OPENING))
_CLOSING_KEYS = frozenset(map(header_key, CLOSING))


def total_word(text: str) -> bool:
    """Whether a text can only be a total's label beside it, such as `汇总收入金额` or `支出合计[ Total debit ]`."""
    key = header_key(text).lstrip("#")
    stem = re.sub(r"合计|总计|总额|总金额|汇总|总笔数|笔数|金额|共计|总|total(?:of|no\.?of|numberof)?", "", key)
    return len(key) <= 18 and stem != key and bool(stem) and stem in _SIDES


_SIDES = frozenset(
    (
        "借方",
        "贷方",
        "收入",
        "支出",
        "转入",
        "转出",
        "存入",
        "支取",
        "收款",
        "付款",
        "借方发生额",
        "贷方发生额",
        "交易",
        "记录",
        "发生额",
        "debit",
        "debits",
        "credit",
        "credits",
        "withdrawals",
        "deposits",
    )
)
