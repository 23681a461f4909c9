"""PDF pages of a house: forms with or without lines, and lists without lines that go over several pages."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from month.write.pdf import A4_SIZE, A5_SIZE, Pair, Paper

from houses.facts import Row
from houses.writing.columns import Column, columns
from houses.writing.sheets import Given
from houses.writing.style import Style
from houses.writing.truth import Reading

WIDE = (A4_SIZE[1], A4_SIZE[0])
__all__ = ["A4_SIZE", "A5_SIZE", "WIDE", "Pages"]


class Pages:
    """A PDF document. The truth has one entry for each kind of form or list, in the order in which they come."""

    def __init__(
        self, file: str, style: Style, readings: list[Reading], size: tuple[float, float] = A5_SIZE, title: str = ""
    ) -> None:
        self.file, self.style, self._readings = file, style, readings
        self.paper = Paper(size, title)
        self._kinds: dict[tuple[str, tuple[str, ...]], int] = {}

    def data(self) -> bytes:
        """The finished document."""
        return self.paper.data()

    def form(
        self,
        record: str,
        spec: str,
        row: Row,
        heading: Sequence[str],
        across: int = 2,
        ruled: bool = False,
        given: Given | None = None,
        page: bool = True,
        line: float = 24,
        wide: Collection[str] = (),
    ) -> None:
        """A form under lines of heading, on a page of its own or below what stands there; `ruled` with cells.

        The keys in `wide` have a line of their own. Raises ValueError where a text does not fit its place.
        """
        if page:
            self.paper.page()
        for place, text in enumerate(heading):
            self.paper.centred(text, 14 if place == len(heading) - 1 else 11)
        self.paper.down(8)
        shown = columns(spec)
        rows = self._arranged(shown, row, across, wide)
        if ruled:
            self.paper.grid(rows, line=line, label=90)
        else:
            self._loose(rows, line)
        self._say(record, shown, given, labels=True)

    def _arranged(self, shown: Sequence[Column], row: Row, across: int, wide: Collection[str]) -> list[list[Pair]]:
        rows: list[list[Pair]] = [[]]
        alone = False
        for each in shown:
            if rows[-1] and (alone or each.key in wide or len(rows[-1]) == across):
                rows.append([])
            alone = each.key in wide
            rows[-1].append((each.header, self.style.text(each.key, row.get(each.key))))
        for pairs in rows:
            share = (self.paper.width - 100) / len(pairs)
            for name, value in pairs:
                if 6 + max(90, self.paper.width_of(f"{name}{self.style.colon}")) + self.paper.width_of(value) > share:
                    raise ValueError(f"{self.file}: {value!r} is too long for its place")
        return rows

    def _loose(self, rows: Sequence[Sequence[Pair]], line: float) -> None:
        """Labels and values without lines; the colon is the house's own."""
        left = 50.0
        for row in rows:
            share = (self.paper.width - 2 * left) / len(row)
            for place, (label, value) in enumerate(row):
                x = left + place * share
                name = f"{label}{self.style.colon}"
                self.paper.text(x, name)
                self.paper.text(x + 8 + self.paper.width_of(name), value)
            self.paper.down(line)

    def listing(
        self,
        record: str,
        spec: str,
        rows: Sequence[Row],
        widths: Sequence[int],
        heading: Sequence[str],
        *,
        notes: Sequence[str] = (),
        given: Given | None = None,
        size: float = 8,
    ) -> None:
        """A list without lines: heading, notes and headers stand on each of its pages."""
        shown = columns(spec)
        lines = [[self._text(each, row, place) for each in shown] for place, row in enumerate(rows, start=1)]
        room = int((self.paper.height - 110 - 14 * len(notes)) // 15)
        for start in range(0, max(1, len(lines)), room):
            self.paper.page()
            for text in heading:
                self.paper.centred(text, 12)
            for note in notes:
                self.paper.text(30, note, size)
                self.paper.down(14)
            self.paper.down(4)
            for cells in [[each.header for each in shown], *lines[start : start + room]]:
                self._line(cells, widths, size)
        self._say(record, shown, given)

    def _text(self, column: Column, row: Row, place: int) -> str:
        value, _ = column.cell(self.style, row, place)
        return value if isinstance(value, str) else self.style.text(column.key, row.get(column.key))

    def _line(self, cells: Sequence[str], widths: Sequence[int], size: float) -> None:
        x = 30.0
        for width, text in zip(widths, cells, strict=True):
            small = size
            while small > 4 and self.paper.width_of(text, small) > width - 4:
                small -= 0.5
            self.paper.text(x, text, small)
            x += width
        self.paper.down(15)

    def _say(self, record: str, shown: Sequence[Column], given: Given | None, labels: bool = False) -> None:
        headers = tuple(each.header for each in shown)
        if (record, headers) in self._kinds:
            return
        place = self._kinds[record, headers] = len(self._kinds)
        fields = tuple(each.truth for each in shown)
        told = tuple((given or {}).items())
        self._readings.append(Reading(self.file, "", place, record, fields, headers, told, labels=labels))
