"""Header words in normal form, and the units that stand behind them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from auditor.values.text import header_key as _header_key
from auditor.values.text import without_notes

_UNIT_BRACKET = re.compile(r"^(.+?)[(](?:单位:?)?([^()]{1,8})[)]$")
_UNIT_SLASH = re.compile(r"^(.+?)[/:](元|￥|¥|rmb|cny|usd|kg|千克|公斤|cm|天|%)$")
_UNIT_TAIL = re.compile(r"(?:[(][^()]*[)]|[/:][^/:()]*)$")
_LATIN_TAIL = re.compile(r"^([^a-z]*[\u4e00-\u9fff][^a-z]*?)[/(]?[a-z][a-z0-9 .,'/&-]*[)]?$")
_NUMBER_WORDS = ("号", "编号", "号码", "单号")  # 运单号, 运单编号 and 运单号码 are the same header
_NUMBER_WORD = re.compile(r"^(.+?)(编号|号码|单号|号)$")
_LATIN = re.compile(r"[a-z]{2}")


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit in a header: by how much a value is multiplied (`numerator / denominator`), and the currency it names."""

    text: str
    numerator: int = 1
    denominator: int = 1
    currency: str | None = None


_UNITS: dict[str, Unit] = {
    **{word: Unit(word) for word in ("元", "圆", "yuan", "-元", "+元", "%", "cm")},
    **{word: Unit(word) for word in ("票", "件", "天", "日", "张", "笔", "份")},
    **{word: Unit(word, currency="CNY") for word in ("￥", "¥", "rmb", "cny", "人民币", "人民币元", "rmb元")},
    "usd": Unit("usd", currency="USD"), "$": Unit("$", currency="USD"), "美元": Unit("美元", currency="USD"),
    "hkd": Unit("hkd", currency="HKD"), "港币": Unit("港币", currency="HKD"), "港元": Unit("港元", currency="HKD"),
    "eur": Unit("eur", currency="EUR"), "€": Unit("€", currency="EUR"), "欧元": Unit("欧元", currency="EUR"),
    "千元": Unit("千元", 1000), "万元": Unit("万元", 10_000), "万": Unit("万", 10_000),
    "百万元": Unit("百万元", 1_000_000), "亿元": Unit("亿元", 100_000_000),
    "角": Unit("角", 1, 10), "分": Unit("分", 1, 100),
    "kg": Unit("kg"), "kgs": Unit("kgs"), "公斤": Unit("公斤"), "千克": Unit("千克"),
    "g": Unit("g", 1, 1000), "克": Unit("克", 1, 1000), "斤": Unit("斤", 1, 2),
    "t": Unit("t", 1000), "吨": Unit("吨", 1000),
}  # fmt: skip


_UNIT_LABEL = re.compile(r"(?:^|[(\[【])(?:(?:金额|货币|计量|币种)?单位|unit)$")  # 单位, or 客户账单(单位
_UNIT_LINE = re.compile(r"^(?:金额|货币|计量|币种)?单位(.+)$")
_WEIGHTS = frozenset(("kg", "kgs", "公斤", "千克", "g", "克", "斤", "t", "吨"))
_COUNTS = frozenset(("票", "件", "天", "日", "张", "笔", "份", "%", "cm"))
_OF_CHINA = re.compile(r"^(?:人民币|rmb|cny)(?=.*元)|[(](?:人民币|rmb|cny)$")


def amount_unit(text: str) -> Unit | None:
    """The unit of amounts that a text names, such as `万元` or `人民币万元`; None for a count or a weight."""
    unit = _UNITS.get(_OF_CHINA.sub("", _header_key(text).rstrip(")]】")))
    return None if unit is None or unit.text in _WEIGHTS or unit.text in _COUNTS else unit


def amount_units() -> tuple[str, ...]:
    """The words of `amount_unit`, as a message lists them."""
    return tuple(word for word in _UNITS if word[:1].isalpha() and amount_unit(word) is not None)


def unit_of_heading(pairs: Iterable[tuple[str, str]], lines: Sequence[str]) -> Unit | None:
    """The unit of all amounts below a heading such as `单位：万元`, which is stated once for the whole table.

    `pairs` are labels in normal form with their values, `lines` the texts above the table. A name behind 单位 (the
    company) is no unit.
    """
    found = [value for label, value in pairs if _UNIT_LABEL.search(label)]
    found += [match[1] for line in lines if (match := _UNIT_LINE.match(_header_key(line).strip("()[]【】")))]
    for text in found:
        unit = _UNITS.get(_OF_CHINA.sub("", _header_key(text).rstrip(")]】")))
        if unit is not None and unit.text not in _WEIGHTS:
            return unit
    return None


@lru_cache(maxsize=20_000)
def header_key(text: str) -> str:
    """The normal form in which headers are compared, 帐 written 账."""
    return _header_key(text).replace("帐", "账").strip("*,;|")


def header_words(text: str) -> str:
    """The header with its blanks and capitals, 帐 written 账, without `[ notes ]`, marks around it and its unit."""
    plain = without_notes(text).replace("帐", "账").strip(" \n\"'`*,;|").rstrip(":")
    return _UNIT_TAIL.sub("", plain) if unit_of(header_key(text)) else plain


@lru_cache(maxsize=20_000)
def header_variants(text: str) -> tuple[tuple[str, Unit | None, int], ...]:
    """Ways to read a header, best first: (key, unit taken off, quality), quality 0 = as it stands."""
    key = header_key(text)
    found: list[tuple[str, Unit | None, int]] = [(key, unit_of(key), 0)]
    for pattern in (_UNIT_BRACKET, _UNIT_SLASH):
        match = pattern.match(key)
        unit = _UNITS.get(match[2]) if match else None
        if match and unit:
            found.append((match[1], unit, 1))
    spaced = unicodedata.normalize("NFKC", text).casefold()
    if _LATIN.search(spaced) and (match := _LATIN_TAIL.match(key)):
        found.append((match[1].strip("/("), None, 2))
    if match := _NUMBER_WORD.match(key):
        found += [(match[1] + word, None, 3) for word in _NUMBER_WORDS if word != match[2]]
    return tuple(found)


def unit_named(text: str) -> Unit | None:
    """The unit that stands behind a header, however it is set off."""
    return next((unit for _, unit, _ in header_variants(text) if unit is not None), None)


def unit_of(key: str) -> Unit | None:
    """The unit in brackets at the end of a header that is known as it stands, such as `金额(万元)`."""
    for pattern in (_UNIT_BRACKET, _UNIT_SLASH):
        match = pattern.match(key)
        if match and match[2] in _UNITS:
            return _UNITS[match[2]]
    return None
