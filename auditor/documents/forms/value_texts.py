"""What a text on a form can be: ticked options, and whether it can be a value of a field's type at all."""

from __future__ import annotations

import re

from auditor.documents.grids.page_numbers import without_page_number
from auditor.records.model import Field, FieldType
from auditor.values.english_amounts import english_amount
from auditor.values.text import folded, without_blanks

_TICKED = "☑☒✓✔√■●◉☻"
_OPEN = "□☐○◯▢"
_MARK = re.compile(f"[{_TICKED}{_OPEN}]")
_LEAD = re.compile(r"^[\s:：⊗ⓧⓍ_＿]+|[\s_＿]+$")
_MONEY = re.compile(r"[^\d\u3400-\u9fff]{0,12}-?\d[\d,.' ]*\)?-?[^\d]{0,8}|[-—/]+|0")
_NUMBER = re.compile(r"[^\d]{0,4}-?\d[\d,.]*[^\d]{0,6}")
_DATE = re.compile(
    r"\D{0,4}(\d{2,4}\D{1,3}\d{1,2}\D{1,3}\d{1,2}|\d{6,8}|\d{1,2}\D{1,4}\d{1,2})(\D.*)?|\d{1,2}[- ][A-Za-z]{3,9}.*"
)
_WORDS = re.compile(r"[零〇一二三四五六七八九十壹贰貳叁參肆伍陆陸柒捌玖拾佰仟万亿元圆圓角分整正负￥¥人民币美金()\s]+")
_CODE = re.compile(r"[A-Za-z0-9]")


def cleaned(text: str) -> str:
    """A value without what the form prints before and after it: colons, blanks, ruled blanks, the seal's ⊗, the number
    of the page."""
    return _LEAD.sub("", without_page_number(_LEAD.sub("", text)))


def chosen_option(text: str) -> str:
    """Of options with boxes the ticked one: `□现金 ☑支付宝` is 支付宝; other text as it is; nothing ticked is empty."""
    if not _MARK.search(text):
        return text
    parts = [part for part in re.split(f"([{_TICKED}{_OPEN}])", text) if part.strip()]
    leading = bool(_MARK.fullmatch(parts[0]))
    pairs = zip(parts[::2], parts[1::2], strict=False)
    options = (
        [(mark, word) if leading else (word, mark) for mark, word in pairs]
        if leading
        else [(mark, word) for word, mark in pairs]
    )
    return next((word.strip() for mark, word in options if mark in _TICKED), "")


def plausible(each: Field, text: str) -> bool:
    """Whether a text can be a value of the field, so that a header or a neighbour's text is not taken for it."""
    plain = without_blanks(folded(text))
    match each.type:
        case FieldType.MONEY | FieldType.PERCENT | FieldType.QUANTITY:
            return bool(_MONEY.fullmatch(plain))
        case FieldType.INTEGER:
            return bool(_NUMBER.fullmatch(plain))
        case FieldType.DATE:
            return bool(_DATE.fullmatch(plain))
        case FieldType.WORDS_AMOUNT:
            return bool(_WORDS.fullmatch(plain)) or english_amount(folded(text)) is not None
        case FieldType.NUMBER_TEXT:
            return bool(_CODE.search(plain))
        case FieldType.CHOICE:
            return any(without_blanks(folded(word)) in plain for words in each.choices.values() for word in words)
        case _:
            return bool(plain)
