"""What a document leaves open: each question says what stands there and the line of audit.yaml that answers it.

Every class has `path` among its values, and `header`, the header of the column that it is about.
"""

from __future__ import annotations

from typing import Any, ClassVar

from auditor.documents.errors import DocumentError
from auditor.languages import Text


class Question(DocumentError):
    """The base of all questions: nothing is wrong with the document, but it does not say enough.

    `answers` are the keys with which an entry of audit.yaml may answer, the likeliest first; none where only the
    document itself can be mended. `counted` is what `rows` counts: one, and several.
    """

    answers: ClassVar[tuple[str, ...]] = ()
    counted: ClassVar[tuple[str, str]] = ("row", "rows")

    def in_words(self, language: str) -> dict[str, Any]:
        values = super().in_words(language)
        rows = values.get("rows", "?")
        values["counted"] = f"{rows} {self.counted[rows != 1]}"
        return values


class SideUndecided(Question):
    """Amounts without a side. Values: `header`, `rows`, `signs_en`, `signs_zh`, `path`."""

    answers = ("sign: in_positive", "sign: out_positive")
    counted = ("amount", "amounts")

    what = Text(
        "money in or money out? {counted} under “{header}” {signs_en}, and no balance, column or word tells their "
        "side; they were not read",
        "是收入还是支出？“{header}”下的 {rows} 笔金额{signs_zh}，没有余额、标志列或文字说明收支方向，这些行未读取",
    )
    do = Text(
        'say below `documents:` in audit.yaml what a positive amount means: `- {{path: "{path}", sign: '
        "in_positive}}` (money in) or `sign: out_positive` (money out)",
        '请在 audit.yaml 的 `documents:` 之下写明正数的含义：`- {{path: "{path}", sign: in_positive}}`（正数为收入）'
        "或 `sign: out_positive`（正数为支出）",
    )


class OneSideOnly(Question):
    """Of the two columns of amounts one is known. Values: `header`, `rows`, `side_en`, `side_zh`, `others_en`,
    `others_zh`, `path`."""

    what = Text(
        "“{header}” is {side_en}, but no column for the other side is known ({others_en}); {rows} rows have no amount "
        "under it, and the table was not read",
        "“{header}”是{side_zh}，但找不到另一方向的金额列（{others_zh}）；有 {rows} 行在该列没有金额，整张表未读取",
    )
    do = Text(
        "name the other column as the record type does ([records](records.md)), or add a layout for this kind of "
        "document ([adding a bank layout](adding-a-bank-layout.md))",
        "请将另一金额列的表头改为已知名称（见 [records](records.md)），或为此类文件添加版式"
        "（见 [adding a bank layout](adding-a-bank-layout.md)）",
    )


class DateOrderUndecided(Question):
    """Every date of a column can be read in two ways. Values: `header`, `rows`, `one`, `other`, `path`."""

    answers = ("date_order: dmy", "date_order: mdy", "date_order: ymd")
    counted = ("date", "dates")
    what = Text(
        "day first or month first? {counted} under “{header}” can be read both ways, such as {one} or {other}, and "
        "nothing else tells; these rows were not read",
        "先日后月还是先月后日？“{header}”下有 {rows} 个日期两种读法都成立（如 {one} 或 {other}），没有其他依据，"
        "这些行未读取",
    )
    do = Text(
        'say it below `documents:` in audit.yaml: `- {{path: "{path}", date_order: dmy}}` (day first), `mdy` or `ymd`',
        '请在 audit.yaml 的 `documents:` 之下写明：`- {{path: "{path}", date_order: dmy}}`（先日后月）、`mdy` 或 `ymd`',
    )


class DecimalMarkUndecided(Question):
    """Figures that can be read with a point or a comma before the decimals. Values: `header`, `rows`, `why_en`,
    `why_zh`, `path`."""

    answers = ('decimal: "."', 'decimal: ","')
    counted = ("figure", "figures")
    what = Text(
        "decimals or thousands? {counted} under “{header}” can be read both ways, and {why_en}; these rows were "
        "not read",
        "是小数还是千分位？“{header}”下有 {rows} 个数字两种读法都成立，{why_zh}，这些行未读取",
    )
    do = Text(
        'say below `documents:` in audit.yaml which mark stands before the decimals: `- {{path: "{path}", decimal: '
        '"."}}` or `decimal: ","`',
        '请在 audit.yaml 的 `documents:` 之下写明小数点用哪个符号：`- {{path: "{path}", decimal: "."}}` 或 `decimal: '
        '","`',
    )


class YearUndecided(Question):
    """Dates without a year. Values: `header`, `rows`, `why_en`, `why_zh`, `path`."""

    answers = ("year: 2026",)
    counted = ("date", "dates")
    what = Text(
        "which year? {counted} under “{header}” without one, and {why_en}; these rows were not read",
        "是哪一年？“{header}”下有 {rows} 个日期没有年份，{why_zh}，这些行未读取",
    )
    do = Text(
        'say it below `documents:` in audit.yaml: `- {{path: "{path}", year: 2026}}`, or state the period of the audit '
        "(`period:`)",
        '请在 audit.yaml 的 `documents:` 之下写明：`- {{path: "{path}", year: 2026}}`，或写明审计期间（`period:`）',
    )


class TimeZoneUndecided(Question):
    """Times with distances from UTC that are not the books' own. Values: `header`, `rows`, `zones`, `path`."""

    counted = ("time", "times")

    what = Text(
        "whose time? {counted} under “{header}” with {zones}, which is not one local time; a day may "
        "begin elsewhere, and these rows were not read",
        "是哪里的时间？“{header}”下有 {rows} 个时间注明了 {zones}，不是统一的当地时间，日期可能因此不同，这些行未读取",
    )
    do = Text("export the document again in local time", "请以当地时间重新导出该文件")


class CurrencyUndecided(Question):
    """Amounts without a currency beside amounts in several. Values: `header`, `rows`, `currencies`, `path`."""

    answers = ("currency: USD",)
    counted = ("amount", "amounts")
    what = Text(
        "which currency? {counted} under “{header}” without one, beside amounts in {currencies}; these rows were not "
        "read",
        "是什么币种？“{header}”下有 {rows} 笔金额没有注明币种，而同列其他金额是 {currencies}，这些行未读取",
    )
    do = Text(
        'say it below `documents:` in audit.yaml: `- {{path: "{path}", currency: USD}}`, or write it beside each '
        "amount",
        '请在 audit.yaml 的 `documents:` 之下写明：`- {{path: "{path}", currency: USD}}`，或在每笔金额旁注明币种',
    )


class SwappedDays(Question):
    """Dates that a spreadsheet made of texts with the day first. Values: `header`, `rows`, `one`, `other`, `path`."""

    what = Text(
        "day and month are probably exchanged: “{header}” has {rows} true dates, all with a day up to 12 (such as "
        "{one}), and texts such as {other}, all with a day above 12; these dates were not read",
        "日和月可能颠倒：“{header}”中有 {rows} 个日期单元格的日都不大于12（如 {one}），而文本日期如 {other} 的日都大于"
        "12，这些日期未读取",
    )
    do = Text(
        "open the original export with the day first, so that all dates become dates, and save it again",
        "请按“日/月/年”格式重新打开原始导出文件，使全部日期正确识别后再保存",
    )


class NoteBesideAmount(DocumentError):
    """A note behind an amount may change what it means. Values: `note`."""

    what = Text(
        "a note stands behind the amount: “{note}”; the amount is taken without it",
        "金额后有附注：“{note}”；金额按附注以外的数字读取",
    )
    do = Text("check whether the note changes the amount", "请核对附注是否影响金额")


class SideBesideAmount(DocumentError):
    """DR or CR beside an amount that has no side. Values: `side`."""

    what = Text(
        "the amount is marked {side}, and amounts of this kind have no side; it is taken as it stands",
        "金额旁注明“{side}”，而此类金额不分借贷，按数字读取",
    )
    do = Text("check whether the amount should be negative", "请核对该金额是否应为负数")
