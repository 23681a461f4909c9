"""Writing cells: text is always text, an amount is a number as long as a spreadsheet can hold it exactly."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from xlsxwriter.utility import xl_col_to_name

from auditor.findings.model import Statement
from auditor.findings.text import amount_text
from auditor.languages import Text
from auditor.reports.figures import money
from auditor.reports.words import words

MOST_ROWS = 1_000_000  # a sheet takes 1,048,576
EXACT_DIGITS = 15  # what a spreadsheet's number keeps
HIGHEST_ROW = 400  # points; a row takes 409
DEFAULT_HEIGHT = 15
LONGEST_TEXT = 32_000  # a cell takes 32,767 characters
MARGINS = {"left": Decimal("0.4"), "right": Decimal("0.4"), "top": Decimal("0.5"), "bottom": Decimal("0.6")}  # inches
A4 = 9
TINT, RULE, FAINT, SOFT = "#eef1f5", "#c4ccd6", "#d9dee5", "#55606f"
LINED: dict[str, Any] = {"text_wrap": True, "bottom": 4, "border_color": FAINT}  # a row of a list
_PLAIN = re.compile(r"[A-Z]{1,10}")  # a currency that can stand in a formula
TONES = {"high": "#a1161d", "medium": "#8a5200", "low": "#2f5d8a", "info": "#5b6472", "good": "#1f6b43"}


class Formats:
    """The formats of a workbook, made once each."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, Any], ...], Any] = {}

    def get(self, **properties: Any) -> Any:
        """The format with these properties of xlsxwriter."""
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format({"valign": "top", **properties})
        return self._made[key]


class Sheet:
    """A sheet in one language, written cell by cell; rows and columns count from 0."""

    def __init__(self, book: Any, name: str, formats: Formats, lang: str) -> None:
        self.raw: Any = book.add_worksheet(name)
        self.lang = lang
        self._formats = formats
        self._widths: list[int] = []
        self._height = 0
        self.row = 0
        self.texts: set[str] = set()  # what the program has written, not people

    def columns(self, widths: Sequence[int]) -> None:
        """Widths of the columns in characters; a Chinese one is two wide."""
        self._widths = list(widths)
        for index, width in enumerate(widths):
            self.raw.set_column(index, index, width)

    def format(self, **properties: Any) -> Any:
        """A format of the workbook, for what is no cell."""
        return self._formats.get(**properties)

    def printed(self, repeat: int | None = None, *, landscape: bool = True) -> None:
        """A4, one page wide, numbered; row `repeat` on every page."""
        self.raw.set_paper(A4)
        if landscape:
            self.raw.set_landscape()
        self.raw.fit_to_pages(1, 0)
        self.raw.set_margins(**MARGINS)
        self.raw.set_footer("&L&8&A&R&8" + words()["page_of"].in_(self.lang))
        self.raw.hide_gridlines(2)
        if repeat is not None:
            self.raw.repeat_rows(repeat)

    def say(self, text: Text | str | None) -> str:
        """A text in the sheet's language."""
        if text is None:
            return ""
        return text if isinstance(text, str) else text.in_(self.lang)

    def text(self, column: int, text: Text | str | None, **look: Any) -> None:
        """Text, whatever it looks like: never a formula, a link or a number."""
        said = self.say(text)
        said = said if len(said) <= LONGEST_TEXT else said[:LONGEST_TEXT] + " …"
        self.texts.add(said)
        self._write(column, said, look)

    def persons(self, column: int, text: str | None, **look: Any) -> None:
        """Text that a person wrote, which the next run will read again."""
        self._write(column, text or "", look)

    def comment(self, row: int, column: int, text: Text) -> None:
        """A remark of the program that opens beside a cell."""
        self.texts.add(self.say(text))
        self.raw.write_comment(row, column, self.say(text), {"x_scale": 3, "y_scale": 2})

    def _write(self, column: int, said: str, look: Mapping[str, Any]) -> None:
        if said:
            self._height = max(self._height, self._height_of(said, column, look))
            self.raw.write_string(self.row, column, said, self._formats.get(**look))
        elif look:
            self.raw.write_blank(self.row, column, None, self._formats.get(**look))

    def _height_of(self, said: str, column: int, look: Mapping[str, Any]) -> int:
        """How high a text stands, in points; not every program works this out for itself."""
        width = self._widths[column] if column < len(self._widths) else 10
        lines = said.split("\n") if look.get("text_wrap") else [said[:1]]
        rows = sum(max(1, -(-display_width(line) // max(1, width - 1))) for line in lines)
        size: int = look.get("font_size", 10)
        return min(HIGHEST_ROW, rows * (size * 14 // 10) + 3)

    def money(
        self, column: int, value: Decimal | None, currency: str | None, *, signed: bool = False, **look: Any
    ) -> None:
        """An amount as a number with its currency's decimals; one too long for a number as text."""
        if value is None:
            self.text(column, None, **look)
            return
        decimals = len(amount_text(value, currency).partition(".")[2])
        self._number(
            column,
            value,
            "#,##0" + ("." + "0" * decimals if decimals else ""),
            money(value, currency),
            signed=signed,
            **look,
        )

    def summed(
        self,
        column: int,
        value: Decimal,
        currency: str | None,
        rows: tuple[int, int],
        where: tuple[int, str] | None,
        **look: Any,
    ) -> None:
        """The sum of the column's figures in `rows` (first and last) as a formula, beside the `value` that it has;
        `where`: only of rows that hold this currency in that column. An amount if `currency` is given, else a count."""
        first, last = (row + 1 for row in rows)
        name = xl_col_to_name(column)
        over = f"{name}{first}:{name}{last}"
        formula = f"=SUM({over})"
        if where is not None:
            beside = xl_col_to_name(where[0])
            formula = f'=SUMIF({beside}{first}:{beside}{last},"{where[1]}",{over})'
        if len(value.normalize().as_tuple().digits) > EXACT_DIGITS or not _PLAIN.fullmatch(where[1] if where else "A"):
            self.money(column, value, currency, **look)
            return
        decimals = len(amount_text(value, currency).partition(".")[2]) if currency else 0
        pattern = "#,##0" + ("." + "0" * decimals if decimals else "" if value == int(value) else ".###")
        shown = self._formats.get(num_format=f"{pattern}_);-{pattern}_)", align="right", **look)
        self.texts.add(f"{value:f}")
        self.raw.write_formula(self.row, column, formula, shown, value)

    def count(self, column: int, value: Decimal | int | None, *, signed: bool = False, **look: Any) -> None:
        """A number of things."""
        if value is None:
            self.text(column, None, **look)
            return
        self._number(
            column, Decimal(value), "#,##0.###" if value != int(value) else "#,##0", str(value), signed=signed, **look
        )

    def _number(self, column: int, value: Decimal, pattern: str, text: str, *, signed: bool, **look: Any) -> None:
        if len(value.normalize().as_tuple().digits) > EXACT_DIGITS:
            self.text(column, text, align="right", **look)
            return
        shown = f"+{pattern}_);-{pattern}_);{pattern}_)" if signed else f"{pattern}_);-{pattern}_)"
        self.texts.add(f"{value:f}")
        self.raw.write_number(self.row, column, value, self._formats.get(num_format=shown, align="right", **look))

    def day(self, column: int, value: date | None, **look: Any) -> None:
        """A date as a date."""
        if value is None:
            self.text(column, None, **look)
            return
        self.texts.add(value.isoformat())
        self.raw.write_datetime(
            self.row, column, value, self._formats.get(num_format="yyyy-mm-dd", align="left", **look)
        )

    def heading(self, text: Text | str) -> None:
        """A heading of a block, after an empty row."""
        self.next()
        self.text(0, text, bold=True, font_size=12)
        self.next()

    def header(self, names: Iterable[Text | str], numbers: Container[int] = ()) -> None:
        """A row of column headers; those in `numbers` stand over figures."""
        for column, name in enumerate(names):
            self.text(
                column,
                name,
                bold=True,
                bg_color=TINT,
                bottom=1,
                border_color=RULE,
                text_wrap=True,
                align="right" if column in numbers else "left",
            )
        self.next()

    def hidden(self, cells: Iterable[str], row: int, first: int = 0) -> None:
        """A row that programs read and people do not see."""
        for column, cell in enumerate(cells, first):
            self.raw.write_string(row, column, cell)
        self.raw.set_row(row, None, None, {"hidden": True})

    def next(self) -> None:
        """To the next row; this one gets the height that its texts need."""
        if self._height > DEFAULT_HEIGHT:
            self.raw.set_row(self.row, self._height)
        self._height = 0
        self.row += 1


def signer(sheet: Sheet, role: str, people: Sequence[Text], place: int) -> str:
    """A role of those who sign, with who it is where the rule set says it."""
    person = f"（{sheet.say(people[place])}）" if place < len(people) else ""
    return f"{sheet.say(words()[role])}{person}"


def tie_tone(statement: Statement) -> str:
    """The colour of an account's state: only one that ties as it stands is green."""
    tones = {"ties": "good", "corrections": "medium", "not": "high"}
    return TONES[tones.get(statement.state, "info")]


def display_width(text: str) -> int:
    """The width of a text in characters, of which a Chinese one counts two."""
    return sum(2 if unicodedata.east_asian_width(each) in "WF" else 1 for each in text)
