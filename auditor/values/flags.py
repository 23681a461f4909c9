"""Yes and no."""

from __future__ import annotations

from auditor.values.errors import UnknownChoice
from auditor.values.reading import Reading
from auditor.values.text import folded, unwrapped

WORDS = {
    True: ("是", "y", "yes", "true", "t", "1", "√", "✓", "✔", "☑", "对", "有", "已", "正数", "v", "真"),
    False: ("否", "n", "no", "false", "f", "0", "×", "✗", "✘", "✕", "☒", "x", "错", "无", "未", "不是", "负数", "假"),
}
_BY_WORD = {word: value for value, words in WORDS.items() for word in words}


def parse_flag(text: str) -> Reading[bool]:
    """Whether a cell says yes or no: 是/否, Y/N, √/×, true/false, 1/0. Empty cells and dashes say neither."""
    word = folded(unwrapped(text)).casefold()
    if not word or not word.strip("-/—"):
        return Reading()
    value = _BY_WORD.get(word)
    if value is None:
        return Reading(None, UnknownChoice(None, text, words="是, 否, Y, N, √, ×, true, false, 1, 0", nearest="-"))
    return Reading(value)
