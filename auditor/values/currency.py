"""Currencies by their codes, signs and names."""

from __future__ import annotations

import re

from auditor.values.errors import UnknownCurrency
from auditor.values.reading import Reading
from auditor.values.text import clean_cell, folded, header_key

CODES = (
    "AED", "AUD", "BDT", "BRL", "CAD", "CHF", "CNY", "CZK", "DKK", "EGP", "EUR", "GBP",
    "HKD", "HUF", "IDR", "ILS", "INR", "JPY", "KES", "KRW", "KWD", "KZT", "LAK", "MMK",
    "MOP", "MXN", "MYR", "NGN", "NOK", "NZD", "PHP", "PKR", "PLN", "QAR", "RON", "RUB",
    "SAR", "SEK", "SGD", "THB", "TRY", "TWD", "UAH", "USD", "VND", "ZAR",
)  # fmt: skip

# Names as `header_key` writes them. `¥` and `元` mean CNY in the documents of a company in mainland China.
_NAMES = {
    "CNY": ["人民币", "人民币元", "rmb", "cny¥", "rmb¥", "cn¥", "¥", "元", "圆", "元人民币", "renminbi", "yuan", "本币",
            "cnh", "rmb元", "01"],
    "USD": ["美元", "美金", "us$", "usd$", "$", "usdollar", "usdollars", "dollar", "dollars", "14"],
    "HKD": ["港币", "港元", "港纸", "hk$", "hkd$", "hongkongdollar", "13"],
    "EUR": ["欧元", "€", "euro", "eur€", "euros", "38"],
    "JPY": ["日元", "日圆", "日币", "jp¥", "円", "japaneseyen", "yen", "27"],
    "GBP": ["英镑", "£", "gbp£", "poundsterling", "pound", "pounds", "12"],
    "AUD": ["澳元", "澳大利亚元", "a$", "au$", "29"],
    "CAD": ["加元", "加拿大元", "c$", "ca$", "28"],
    "SGD": ["新加坡元", "新元", "坡币", "s$", "sg$", "18"],
    "TWD": ["新台币", "台币", "nt$", "新臺幣", "臺幣"],
    "MOP": ["澳门元", "澳门币", "mop$", "81"],
    "KRW": ["韩元", "韩币", "韩国元", "₩"],
    "CHF": ["瑞士法郎", "瑞郎", "15"],
    "THB": ["泰铢", "泰国铢", "฿"],
    "RUB": ["卢布", "俄罗斯卢布", "₽"],
    "INR": ["印度卢比", "₹"],
    "VND": ["越南盾", "₫"],
    "MYR": ["林吉特", "马币", "马来西亚林吉特", "rm"],
    "NZD": ["新西兰元", "纽元", "nz$"],
    "AED": ["迪拉姆", "阿联酋迪拉姆"],
}  # fmt: skip
_BY_NAME = {name: code for code, names in _NAMES.items() for name in names} | {code.casefold(): code for code in CODES}
_BANK_NUMBERS = re.compile(r"\d\d")  # the two-digit codes of Chinese banks (01, 13, 14): only as a cell of their own

_PARTS = re.compile(r"[a-z]+\$?|[\u4e00-\u9fff]+|[^\sa-z\u4e00-\u9fff()/\-:]+")
_CODE_SET = frozenset(CODES)

# What may stand beside an amount, longest first; keys are case folded.
BESIDE_AMOUNT = {name: code for name, code in _BY_NAME.items() if not _BANK_NUMBERS.fullmatch(name)}
BESIDE_PATTERN = "|".join(re.escape(name) for name in sorted(BESIDE_AMOUNT, key=lambda name: (-len(name), name)))


def parse_currency(text: str) -> Reading[str]:
    """The ISO 4217 code of a currency's code, sign or name, such as `人民币`, `RMB`, `￥`, `USD 美元`, `CNY人民币`."""
    cleaned = clean_cell(text)
    if not cleaned:
        return Reading()
    if len(cleaned) == 3 and cleaned in _CODE_SET:
        return Reading(cleaned)
    key = header_key(folded(cleaned))
    code = _BY_NAME.get(key)
    if code:
        return Reading(code)
    parts = {_BY_NAME.get(part, "") for part in _PARTS.findall(key)}
    if len(parts) == 1 and "" not in parts:
        return Reading(parts.pop())
    return Reading(None, UnknownCurrency(None, text))
