"""Whole numbers in Chinese characters, plain and formal: `十八`, `二〇二六`, `壹万贰仟`."""

from __future__ import annotations

DIGITS = {
    character: value
    for value, characters in enumerate(
        ("零〇○ＯO", "一壹弌", "二贰貳弍两兩", "三叁參叄参弎", "四肆", "五伍", "六陆陸", "七柒漆", "八捌", "九玖")
    )
    for character in characters
}
UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
TENS = {"廿": 20, "卄": 20, "卅": 30, "卌": 40}
SECTIONS = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}


def positional(text: str) -> str | None:
    """`二〇二六` or `一一五` as digits, or None if a character is no digit."""
    digits = [DIGITS.get(character) for character in text]
    return None if None in digits or not digits else "".join(str(digit) for digit in digits)


def whole_number(text: str) -> int | None:
    """The value of a number such as `壹拾贰万零叁佰`; None if it is malformed. Zeros may be missing or too many."""
    sections = _split(text)
    if sections is None:
        return None
    total = 0
    for digits, power in sections:
        value = _below_ten_thousand(digits)
        if value is None:
            return None
        total += value * power
    return total


def _split(text: str) -> list[tuple[str, int]] | None:
    """The parts before 亿, before 万 and after, largest first, each part of the text at most once."""
    result: list[tuple[str, int]] = []
    rest = text
    for characters, power in (("亿億", 10**8), ("万萬", 10**4)):
        places = [index for index, character in enumerate(rest) if character in characters]
        if len(places) > 1:
            return None
        if places:
            head, rest = rest[: places[0]], rest[places[0] + 1 :]
            if not head:
                return None
            inner = whole_number(head) if power == 10**8 else None  # 壹万亿: the head has sections of its own
            if inner is not None and inner >= 10**4:
                return [(str(inner), power), *(_split(rest) or [])] if rest else [(str(inner), power)]
            result.append((head, power))
    if rest or not result:
        result.append((rest, 1))
    return result if text else None


def _below_ten_thousand(text: str) -> int | None:
    if text.isascii() and text.isdigit():
        return int(text)
    total, digit, last = 0, None, 10_000
    for character in text:
        if character in DIGITS:
            if digit not in (None, 0):
                return None
            digit = DIGITS[character]
        elif character in UNITS:
            unit = UNITS[character]
            if unit >= last or (digit is None and unit != 10):
                return None
            total, digit, last = total + (1 if digit is None else digit) * unit, None, unit
        elif character in TENS and digit in (None, 0) and last > 10:
            total, digit, last = total + TENS[character], None, 10
        else:
            return None
    return total + (digit or 0)
