"""Normal forms of text: cells, headers, document numbers, names of parties."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from auditor.values.errors import LostDigits
from auditor.values.reading import Reading

# What stands around a value and means nothing: blanks of every width, tabs, byte-order mark, zero-width characters.
_PADDING = (
    " \t\r\n\f\v\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008"
    "\u2009\u200a\u200b\u200c\u200d\u2028\u2029\u202f\u205f\u2060\u3000\ufeff"
)
_ANY_BLANK = re.compile(f"[{re.escape(_PADDING)}]+")
_FORMULA_TEXT = re.compile(r'="(.*)"', re.DOTALL)
# A cell of these alone is an empty cell of a bank export.
_PLACEHOLDER = re.compile(r"[-—–―_/\\－＿／]+|\(null\)|null|NULL|N/A|n/a")
_SHORT = 40  # characters: what is asked of short cells is kept, since each is looked at by many
_NOTE = re.compile(r"\[[^\[\]]*\]")
_UNIT = re.compile(
    r"(\((元|万元|人民币|rmb|cny|usd|美元|¥|\$|kg|公斤|千克|cm|件|票|张|枚|天|%|单位:?元|\+元|-元)\)"
    r"|/(元|kg|件|票|天)|[¥$%])$"
)
_DIGITS_WITH_MARKS = re.compile(r"[`'‘’]+")


# PDF fonts name these radicals instead of the characters they look like; NFKC leaves them alone.
_RADICALS = str.maketrans(
    "⺠⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰", "民虎西见角贝车长门青韦页风飞食马骨鬼鱼鸟麦黄齐齿龙"
)
_SUBSTITUTES = re.compile("[\u2e80-\u2fdf\uf900-\ufaff\U0002f800-\U0002fa1f]")
# Letters and figures of full width, and the marks that join them, are the same characters; Chinese punctuation stays.
_FULL_WIDTH = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
_JOINING = re.compile("(?<=[0-9A-Za-z])[－．／＿＃＆＠＋]+(?=[0-9A-Za-z])")
_IDEOGRAPH = re.compile("[\u4e00-\u9fff]")
_WIDE = re.compile("[０-９Ａ-Ｚａ-ｚ]")
_LINE_BREAKS = re.compile(r"[ \t\u3000]*[\r\n\f\v\u2028\u2029]+[ \t\u3000]*")
_LATIN_EDGES = re.compile(r"(?<=[\w.,;:)])\n(?=[\w(])", re.ASCII)
_EXPONENT = re.compile(r"\d([.,]\d+)?[eE]\+\d+", re.ASCII)


def folded(text: str) -> str:
    """NFKC: full width to half width, Kangxi radicals and compatibility ideographs to the plain characters."""
    return text if text.isascii() else unicodedata.normalize("NFKC", text.translate(_RADICALS))


def is_chinese(text: str) -> bool:
    """Whether a text holds Chinese characters."""
    return _IDEOGRAPH.search(text) is not None


def without_blanks(text: str) -> str:
    """The text without any blank, tab, line break or zero-width character."""
    return _ANY_BLANK.sub("", text)


def unwrapped(text: str) -> str:
    """The cell's text without padding, backticks, a leading apostrophe or an `="..."` wrapper. A dash stays a dash."""
    result = text.strip(_PADDING)
    if result.startswith('="'):
        match = _FORMULA_TEXT.fullmatch(result)
        if match:
            result = match[1].replace('""', '"').strip(_PADDING)
    if result[:1] in "`'‘’" or result[-1:] == "`":
        result = result.lstrip("`'‘’" + _PADDING).rstrip("`" + _PADDING)
    return result


def clean_cell(text: str) -> str:
    """What a cell says: unwrapped, and empty if it holds only a placeholder such as `-`, `-----`, `/` or `—`."""
    return _clean_short(text) if len(text) <= _SHORT else _clean(text)


@lru_cache(maxsize=20_000)
def _clean_short(text: str) -> str:
    return _clean(text)


def _clean(text: str) -> str:
    result = unwrapped(text)
    return "" if _PLACEHOLDER.fullmatch(result) else result


def readable(text: str) -> str:
    """A cell's text for people: cleaned, in one line, with plain characters for radicals and compatibility ideographs,
    and letters and figures in half width.

    Full-width punctuation and brackets stay as they are written.
    """
    result = clean_cell(text)
    if "\n" in result or "\r" in result or not result.isprintable():
        result = _LATIN_EDGES.sub(" ", _LINE_BREAKS.sub("\n", result)).replace("\n", "").replace("\t", " ")
    if result.isascii():
        return result
    if _WIDE.search(result):
        result = _JOINING.sub(lambda match: folded(match[0]), result.translate(_FULL_WIDTH))
    return _SUBSTITUTES.sub(lambda match: folded(match[0]), result)


def parse_text(text: str) -> Reading[str]:
    """A text field: `readable`, or nothing if the cell is empty or holds a placeholder."""
    return Reading(readable(text) or None)


def parse_number_text(text: str) -> Reading[str]:
    """A document or account number in normal form. One that a spreadsheet turned into an exponent is a problem."""
    number = number_text(text)
    if number[-4:-1].find("+") >= 0 and _EXPONENT.fullmatch(number):
        return Reading(None, LostDigits(None, text))
    return Reading(number or None)


def without_notes(text: str) -> str:
    """A header in plain characters (NFKC), unwrapped and without `[ notes ]`."""
    return folded(_NOTE.sub("", folded(unwrapped(text))))


@lru_cache(maxsize=20_000)
def header_key(text: str) -> str:
    """The form in which headers are compared: NFKC, no blanks, case folded, `[ notes ]` and a final colon dropped."""
    return without_blanks(without_notes(text)).casefold().strip("`'\"").lstrip("*#").rstrip(":*")


@lru_cache(maxsize=20_000)
def header_key_without_unit(text: str) -> str:
    """`header_key` without a final unit such as `(元)`, `(kg)`, `/元`; to be tried when the exact form is unknown."""
    key = header_key(text)
    short = _UNIT.sub("", key)
    return short or key


def number_text(text: str) -> str:
    """The normal form of a document or account number: NFKC, upper case, without blanks, tabs, backticks, wrappers."""
    plain = without_blanks(folded(clean_cell(text)))
    return _DIGITS_WITH_MARKS.sub("", plain).upper()


def party_full_key(text: str) -> str:
    """The form in which names are compared: NFKC, no blanks, brackets half width, case folded, without marks around it;
    a place in brackets and the company's legal form stay."""
    key = without_blanks(folded(clean_cell(text))).casefold()
    return key.translate(_BRACKETS).strip(".,;:。，；：、")


_BRACKETS = str.maketrans({"[": "(", "]": ")", "【": "(", "】": ")", "〔": "(", "〕": ")", "《": "(", "》": ")"})
