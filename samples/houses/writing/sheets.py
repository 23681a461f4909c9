"""Workbooks in memory: sheets with a cursor that goes down, tables with groups and totals, blocks of labels."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from houses.facts import Row, Value
from houses.writing.columns import Column, columns
from houses.writing.style import EMPTY, Cell, Style
from houses.writing.truth import NONE, Reading

Given = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Group:
    """Rows that belong together: a line above them, and a subtotal below them that starts with `subtotal`."""

    by: str
    line: Callable[[Row], str] | None = None
    subtotal: str = ""
    sums: tuple[str, ...] = ()


@dataclass
class Sheet:
    """A sheet that is filled from the top."""

    file: str
    name: str
    style: Style
    readings: list[Reading]
    rows: list[list[Cell]] = field(default_factory=list)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden: set[int] = field(default_factory=set)
    heads: set[int] = field(default_factory=set)  # rows that are set in bold
    tables: int = 0

    def title(self, text: str, width: int = 0) -> None:
        """A line in bold, merged across `width` columns if that is given."""
        self.heads.add(len(self.rows))
        if width > 1:
            self.merged.append((len(self.rows), 0, len(self.rows), width - 1))
        self.line(text)

    def line(self, *texts: str) -> None:
        """A line of texts, one in each cell."""
        self.rows.append([(text, "") for text in texts])

    def gap(self, lines: int = 1) -> None:
        """Empty rows."""
        self.rows.extend([] for _ in range(lines))

    def forms(
        self,
        record: str,
        spec: str,
        rows: Sequence[Row],
        title: str,
        across: int = 2,
        beside: int = 1,
        joined: bool = False,
        given: Given | None = None,
    ) -> None:
        """A form for each row under its title, `beside` of them next to one another, with an empty row below them."""
        shown = columns(spec)
        width = (across if joined else across * 2) + 1
        for start in range(0, len(rows), beside):
            self.heads.add(len(self.rows))
            part = [self._form(shown, row, title, across, joined) for row in rows[start : start + beside]]
            for lines in zip(*part, strict=True):
                self.rows.append([cell for line in lines for cell in [*line, *[EMPTY] * (width - len(line))]])
            self.gap()
        self._say(record, shown, given, labels=True)

    def _form(self, shown: list[Column], row: Row, title: str, across: int, joined: bool) -> list[list[Cell]]:
        lines: list[list[Cell]] = [[(title, "")]]
        for start in range(0, len(shown), across):
            lines.append([])
            for column in shown[start : start + across]:
                label = f"{column.header}{self.style.colon}"
                if joined:
                    lines[-1].append((f"{label}{self.style.text(column.key, row.get(column.key))}", ""))
                else:
                    lines[-1] += [(label, ""), column.cell(self.style, row, 1)]
        return lines

    def block(
        self,
        record: str,
        spec: str,
        row: Row,
        across: int = 3,
        given: Given | None = None,
        joined: bool = False,
        style: Style | None = None,
    ) -> None:
        """Labels with their values beside them, `across` to a line; `joined` puts both into one cell."""
        kept, self.style = self.style, style or self.style
        shown = columns(spec)
        self.rows += self._form(shown, row, "", across, joined)[1:]
        self.style = kept
        self._say(record, shown, given, labels=True)

    def table(
        self,
        record: str,
        spec: str,
        rows: Sequence[Row],
        *,
        given: Given | None = None,
        total: tuple[str, Collection[str]] | None = None,
        once: Collection[str] = (),
        merge: bool = False,
        group: Group | None = None,
        band: Sequence[tuple[str, int, int]] = (),
        hidden: Collection[int] = (),
        style: Style | None = None,
        head: bool = True,
    ) -> None:
        """A table of rows: `total` is the label and the summed keys of a last line, `once` are keys that are written
        once for all rows in which they stay the same (`merge` merges their cells), `band` are second headers above
        columns from-to, `hidden` rows that are not shown."""
        shown, style = columns(spec), style or self.style
        if head:
            self._head(shown, band)
        for part in _parts(rows, group):
            if group and group.line:
                self.line(group.line(part[0]))
            self._body(shown, style, part, once, merge, hidden)
            if group and group.subtotal:
                self.rows.append(self._sums(shown, style, part, group.subtotal, group.sums))
        if total:
            self.rows.append(self._sums(shown, style, rows, *total))
        self._say(record, shown, given)

    def grid(
        self,
        record: str,
        headers: Sequence[Cell],
        rows: Sequence[Sequence[Cell]],
        fields: Sequence[str],
        matrix: str,
        given: Given | None = None,
    ) -> None:
        """A matrix, its cells as they are."""
        self.heads.add(len(self.rows))
        self.rows += [list(headers), *(list(row) for row in rows)]
        texts = tuple(str(value) for value, _ in headers)
        reading = Reading(self.file, self.name, self.tables, record, tuple(fields), texts, _given(given), matrix)
        self.readings.append(reading)
        self.tables += 1

    def plain(self, headers: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """A table that is no record of any type."""
        self.line(*headers)
        for row in rows:
            self.line(*row)
        self._say(NONE, [Column(header, "-", "-") for header in headers], None)

    def _head(self, shown: list[Column], band: Sequence[tuple[str, int, int]]) -> None:
        if band:
            upper: list[Cell] = [(column.header, "") for column in shown]
            lower: list[Cell] = [EMPTY] * len(shown)
            at, banded = len(self.rows), set()
            for text, first, last in band:
                banded |= set(range(first, last + 1))
                upper[first : last + 1] = [(text, ""), *[EMPTY] * (last - first)]
                lower[first : last + 1] = [(column.header, "") for column in shown[first : last + 1]]
                if last > first:
                    self.merged.append((at, first, at, last))
            self.merged += [(at, place, at + 1, place) for place in range(len(shown)) if place not in banded]
            self.heads |= {at, at + 1}
            self.rows += [upper, lower]
        else:
            self.heads.add(len(self.rows))
            self.line(*(column.header for column in shown))

    def _body(
        self,
        shown: list[Column],
        style: Style,
        rows: Sequence[Row],
        once: Collection[str],
        merge: bool,
        hidden: Collection[int],
    ) -> None:
        start = len(self.rows)
        for place, row in enumerate(rows):
            if place in hidden:
                self.hidden.add(len(self.rows))
            before = rows[place - 1] if place else None
            cells = [column.cell(style, row, place + 1) for column in shown]
            for column, key in enumerate(each.key for each in shown):
                if key in once and before is not None and before.get(key) == row.get(key):
                    cells[column] = EMPTY
            self.rows.append(cells)
        if merge:
            for column, key in enumerate(each.key for each in shown):
                if key in once:
                    self.merged += [(start + first, column, start + last, column) for first, last in _runs(rows, key)]

    def _sums(
        self, shown: list[Column], style: Style, rows: Sequence[Row], label: str, keys: Collection[str]
    ) -> list[Cell]:
        cells: list[Cell] = [
            style.cell(column.key, _sum([row.get(column.key) for row in rows])) if column.key in keys else EMPTY
            for column in shown
        ]
        cells[0 if shown[0].key not in keys else 1] = (label, "")
        return cells

    def _say(self, record: str, shown: Sequence[Column], given: Given | None, labels: bool = False) -> None:
        fields, headers = tuple(each.truth for each in shown), tuple(each.header for each in shown)
        reading = Reading(self.file, self.name, self.tables, record, fields, headers, _given(given), labels=labels)
        self.readings.append(reading)
        self.tables += 1


@dataclass
class Workbook:
    """The sheets of a file."""

    file: str
    style: Style
    readings: list[Reading]
    sheets: list[Sheet] = field(default_factory=list)
    encoding: str = "utf-8-sig"

    def sheet(self, name: str = "", style: Style | None = None) -> Sheet:
        """A new sheet."""
        self.sheets.append(Sheet(self.file, name, style or self.style, self.readings))
        return self.sheets[-1]


def _parts(rows: Sequence[Row], group: Group | None) -> list[list[Row]]:
    if group is None:
        return [list(rows)]
    parts: dict[Value, list[Row]] = {}
    for row in rows:
        parts.setdefault(row.get(group.by), []).append(row)
    return list(parts.values())


def _runs(rows: Sequence[Row], key: str) -> list[tuple[int, int]]:
    """First and last places of neighbours that have the same value, where there are two or more."""
    runs, first = [], 0
    for place in range(1, len(rows) + 1):
        if place == len(rows) or rows[place].get(key) != rows[first].get(key):
            if place - first > 1:
                runs.append((first, place - 1))
            first = place
    return runs


def _sum(values: Sequence[Value]) -> Value:
    numbers = [value for value in values if isinstance(value, int | Decimal)]
    if any(isinstance(number, Decimal) for number in numbers):
        return sum((Decimal(number) for number in numbers), Decimal("0.00"))
    return sum(int(number) for number in numbers)


def _given(given: Given | None) -> tuple[tuple[str, str], ...]:
    return tuple((given or {}).items())
