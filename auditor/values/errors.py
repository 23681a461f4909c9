"""Errors of values: a text that cannot be read as what its field is. Each is carried as a problem of its record."""

from __future__ import annotations

from auditor.errors import AuditorError
from auditor.languages import Text


class ValueProblem(AuditorError):
    """The base of all that can be wrong with one value. `found` is the text as it stands in the document."""

    def about(self, text: str) -> ValueProblem:
        """The same problem, said of the whole `text` of which it was found in a part."""
        return type(self)(self.place, text, **self.values)


class NotAnAmount(ValueProblem):
    """No amount or number can be made of the text."""

    what = Text("this is not an amount", "无法识别为金额或数字")
    allowed = Text(
        "digits with . for decimals and , for thousands, a currency, a sign, brackets for minus, 万 or 亿",
        "数字，小数点用 . ，千分位用 , ，可带币种、正负号、括号负数、万、亿",
    )
    do = Text("correct the cell, or leave it empty if there is no amount", "请更正该单元格；没有金额请留空")


class AmbiguousAmount(ValueProblem):
    """The separators can be read in two ways. Values: `one`, `other`."""

    what = Text("this may be {one} or {other}", "可能是 {one}，也可能是 {other}")
    do = Text(
        "write the amount with a point before its decimals, such as 1,234.50",
        "请用小数点分隔小数，例如 1,234.50",
    )


class TooManyDecimals(ValueProblem):
    """More decimals than can be kept. Values: `most`."""

    what = Text("more than {most} decimals; nothing is rounded here", "小数位超过 {most} 位；系统不做四舍五入")
    do = Text("check the amount: it was probably calculated and never rounded", "请核对金额：可能是未取整的计算结果")


class AmountTooLarge(ValueProblem):
    """Beyond what the engine keeps. Values: `most`."""

    what = Text("the number has more than {most} digits before the decimal sign", "整数部分超过 {most} 位")
    do = Text("check whether an account or document number stands in this column", "请检查该列是否误放了账号或单据号")


class LostDigits(ValueProblem):
    """A long number that a spreadsheet kept as a number: its digits beyond the fifteenth are gone."""

    what = Text("a spreadsheet has cut this long number to 15 digits: its last digits are lost",
                "电子表格只保留长数字的前15位，末尾数字已丢失")
    do = Text("export again with this column as text", "请将该列设为文本格式后重新导出")


class CurrenciesDiffer(ValueProblem):
    """Two currencies in one amount. Values: `one`, `other`."""

    what = Text("the amount names two currencies, {one} and {other}", "同一金额写了两种币种：{one} 和 {other}")
    do = Text("correct the cell", "请更正该单元格")


class NotADate(ValueProblem):
    """No date can be made of the text."""

    what = Text("this is not a date", "无法识别为日期")
    allowed = Text(
        "2026-10-08, 2026/10/8, 20261008, 2026年10月8日, 8 Oct 2026",
        "2026-10-08、2026/10/8、20261008、2026年10月8日",
    )
    do = Text("correct the cell", "请更正该单元格")


class ImpossibleDate(ValueProblem):
    """A day that no calendar has."""

    what = Text("there is no such day", "日历中没有这一天")
    do = Text("correct the date", "请更正日期")


class AmbiguousDate(ValueProblem):
    """Day and month, or year and day, can be exchanged. Values: `one`, `other`."""

    what = Text("this may be {one} or {other}", "可能是 {one}，也可能是 {other}")
    do = Text("write the date in full, such as {other}, or declare the order of the document's dates "
              "(`date_order: dmy`, `mdy` or `ymd` in its layout)",
              "请将日期写完整，如 {other}，或在版式中声明日期顺序（`date_order: dmy`、`mdy` 或 `ymd`）")


class IncompleteDate(ValueProblem):
    """The year or the day is not there. Values: `part_en`, `part_zh`."""

    what = Text("the date has no {part_en}", "日期缺少{part_zh}")
    do = Text("write the whole date, or state the period of the audit (`--period`, or `period:` in audit.yaml)",
              "请写完整日期，或指定审计期间（`--period`，或 audit.yaml 中的 `period:`）")


class NotATime(ValueProblem):
    """No time of day can be made of the text."""

    what = Text("this is not a time of day", "无法识别为时间")
    allowed = Text("10:11, 10:11:12, 101112", "10:11、10:11:12、101112")
    do = Text("correct the cell", "请更正该单元格")


class UnitDiffers(ValueProblem):
    """A quantity in a unit that cannot be turned into the field's. Values: `unit`, `expected`."""

    what = Text("the unit is {unit}, expected {expected}", "单位是 {unit}，应为 {expected}")
    do = Text("state the quantity in the expected unit", "请按应有的单位填写")


class NotWhole(ValueProblem):
    """A count with a fraction."""

    what = Text("this must be a whole number", "应为整数")
    do = Text("correct the cell", "请更正该单元格")


class AmbiguousPercent(ValueProblem):
    """A bare number below 1: a fraction or per cent. Values: `one`, `other`."""

    what = Text("this may be {one} or {other} per cent", "可能是 {one}%，也可能是 {other}%")
    do = Text("write the per cent sign", "请写明百分号")


class UnknownChoice(ValueProblem):
    """None of the words that the field may hold. Values: `words`, `nearest`."""

    what = Text("this is none of the words known here", "不在已知取值之内")
    allowed = Text("{words}", "{words}")
    do = Text("use a known word (nearest: {nearest}), or say what this one means: `auditor map FOLDER` asks",
              "请使用已知取值（最接近：{nearest}），或运行 `auditor map 文件夹` 说明该词的含义")


class UnknownCurrency(ValueProblem):
    """Not a currency."""

    what = Text("this is not a currency", "无法识别的币种")
    allowed = Text("an ISO 4217 code, or a name such as 人民币, 美元, 港币",
                   "ISO 4217 代码，或 人民币、美元、港币 等名称")
    do = Text("correct the cell", "请更正该单元格")


class UnreadableWords(ValueProblem):
    """An amount in words that has no meaning, or two."""

    what = Text("the amount in words cannot be read", "大写金额无法识别")
    allowed = Text("such as 壹万陆仟肆佰零玖元零贰分, or RMB Sixteen Thousand Four Hundred and Nine and Cents Two Only",
                   "例如 壹万陆仟肆佰零玖元零贰分，或 RMB Sixteen Thousand Four Hundred and Nine and Cents Two Only")
    do = Text("compare it with the figures and have the document issued again if it is wrong",
              "请与小写核对；如确有误，应重开单据")


class WrongInvoiceNumber(ValueProblem):
    """An invoice number or code of no known structure, or of another year than its date.

    Values: `reason_en`, `reason_zh`.
    """

    what = Text("the invoice number is wrong: {reason_en}", "发票号码有误：{reason_zh}")
    do = Text("compare with the original, then verify it with the tax authority", "请与原件核对，并到税务查验平台查验")
