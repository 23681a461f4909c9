"""What people have written into an earlier report.xlsx, so that the next run can keep it.

The workbook says by itself what is whose: a hidden row names the columns, the audit, and a digest of every text that
the program wrote; a hidden column names the exception of each row and what it looked like. So columns may be renamed,
moved or deleted, rows sorted, and the whole saved by another program; what the program did not write, a person did.
Printed titles are asked only where the hidden row is gone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

from xlsxwriter.utility import xl_col_to_name

from auditor.documents.errors import FormulasNotCalculated
from auditor.documents.pages import Grid
from auditor.documents.readers.spreadsheet import read
from auditor.errors import AuditorError
from auditor.findings.decided import Decision, Kept
from auditor.languages import Text
from auditor.reports.columns import FACT, PREFIX, TEXTS, WRITTEN, digest_of, recalled, titles
from auditor.reports.comments import comments_in
from auditor.reports.errors import NoReportWorkbook, NotesUnreadable
from auditor.reports.words import words

_ID = re.compile(r"[0-9a-f]{12}")


@dataclass(frozen=True, slots=True)
class Written:
    """What a workbook holds of people, and of which audit it is: `facts` of the hidden row, empty if that is gone."""

    decisions: tuple[Decision, ...] = ()
    kept: tuple[Kept, ...] = ()
    facts: Mapping[str, str] = field(default_factory=dict)


def written_in(workbook: Path) -> Written:
    """What people wrote into a report.xlsx; nothing if there is no such file.

    Raises NotesUnreadable where the workbook cannot be read, and NoReportWorkbook where it is none of this program:
    the next run would take its place.
    """
    if not workbook.is_file():
        return Written()
    sheets = _sheets(workbook)
    facts, digests = recalled(chain.from_iterable(sheet.remembered for sheet in sheets))
    if digests is None and not any(sheet.columns for sheet in sheets):
        raise NoReportWorkbook(None, str(workbook))
    seen = dict(chain.from_iterable(sheet.marks() for sheet in sheets))
    decisions: set[Decision] = set()
    kept: set[Kept] = set()
    for sheet in sheets:
        for row in range(len(sheet.rows)):
            kept.update(sheet.others(row, digests))
            decision = sheet.decision(row, workbook.name, seen)
            if decision is not None and (decision.finding or decision.code):
                decisions.add(decision)
            elif decision is not None:  # a row that is about no exception
                said = " | ".join(text for text in decision.content if text)
                kept.add(Kept("unplaced", Decision("", "", ""), said, f"{sheet.name}!{sheet.numbers[row]}"))
    kept.update(_comments(workbook, sheets, digests))
    return Written(tuple(sorted(decisions)), tuple(sorted(kept)), facts)


def _comments(workbook: Path, sheets: Sequence[_Sheet], digests: Set[str] | None) -> Iterator[Kept]:
    """What people have pinned to cells; the program's own comment is among the texts that it remembers."""
    named = {sheet.name: sheet for sheet in sheets}
    for name, cell, row, text in comments_in(workbook.read_bytes()):
        if name in named and digests is not None and digest_of(text) not in digests:
            yield Kept("unplaced", named[name].about(row), text, f"{name}!{cell}")


def state_of(text: str) -> str:
    """The decision that a cell of the list means; another text as it stands."""
    for state, title in words().families["decisions"].items():
        if text.casefold() in (title.en.casefold(), title.zh, state):
            return state
    return text


class _Sheet:
    """A sheet of the workbook, its columns found by their machine names, else by their printed titles."""

    def __init__(self, grid: Grid) -> None:
        self.name = grid.name
        self.rows = [[(cell or "").strip() for cell in row] for row in grid.head(grid.rows)]
        self.numbers = [int(number) for number in grid.row_numbers.to_pylist()]
        self.columns: dict[str, int] = {}
        self.remembered: list[str] = []  # what the hidden row says of the workbook
        self._heads: list[int] = []  # the rows that name columns
        self._named = self._by_names()
        if not self._named:
            self._by_titles()

    def marks(self) -> Iterator[tuple[str, str]]:
        """Each exception with the fingerprint of what the workbook shows of it, wherever rows were sorted to."""
        for row in self.rows:
            name, _, seen = self._cell(row, "mark").partition(" ")
            if seen:
                yield name, seen

    def decision(self, index: int, file: str, seen: Mapping[str, str]) -> Decision | None:
        """What a person wrote into the columns that are his, in a row."""
        row = self.rows[index]
        texts = {name: self._cell(row, name) for name in WRITTEN}
        if index in self._heads or not any(texts.values()):
            return None
        finding, code, key = self._about(row)
        return Decision(
            finding,
            code,
            key,
            state_of(texts["decision"]),
            texts["reason"],
            texts["by"],
            texts["on"],
            texts["reviewer"],
            seen=self._cell(row, "seen") or seen.get(finding, ""),
            place=(file, self.numbers[index], self.name),
        )

    def others(self, index: int, digests: Set[str] | None) -> Iterator[Kept]:
        """What else of a row a person wrote: all in a column of his own, elsewhere what the program did not write."""
        row = self.rows[index]
        if index in self._heads:
            return
        about = Decision(*self._about(row))
        if self._cell(row, "text"):  # on the sheet of what is kept
            yield Kept("unplaced", about, self._cell(row, "text"), self._cell(row, "found_at"))
        for place, text in enumerate(row):
            if text and self._is_persons(place, text, digests):
                found_at = f"{self.name}!{xl_col_to_name(place)}{self.numbers[index]}"
                yield Kept("unplaced", about, self._titled(place, text), found_at)

    def about(self, number: int) -> Decision:
        """Which exception a row, by its number in the sheet, is about."""
        index = self.numbers.index(number) if number in self.numbers else None
        return Decision(*(self._about(self.rows[index]) if index is not None else ("", "", "")))

    def _is_persons(self, place: int, text: str, digests: Set[str] | None) -> bool:
        name = next((each for each, at in self.columns.items() if at == place), None)
        if name in (*WRITTEN, "text", "found_at"):
            return False  # read as what it is
        if name is None and self.columns and (self._named or digests is None):
            return True
        return digests is not None and digest_of(text) not in digests

    def _titled(self, place: int, text: str) -> str:
        """A text of a column of one's own with the title above it."""
        title = self.rows[self._heads[-1]][place] if self._heads else ""
        return f"{title}: {text}" if title and place not in self.columns.values() else text

    def _about(self, row: Sequence[str]) -> tuple[str, str, str]:
        named = [self._cell(row, "finding_id"), self._cell(row, "mark").partition(" ")[0]]
        finding = next((each for each in named if _ID.fullmatch(each)), "")
        return finding, self._cell(row, "code"), self._cell(row, "key")

    def _by_names(self) -> bool:
        """Find the hidden row of machine names; the row below it shows the titles."""
        for index, row in enumerate(self.rows):
            told = [cell for cell in row if cell.startswith(PREFIX)]
            if told:
                self.remembered = [cell for cell in told if cell.startswith((FACT, TEXTS))]
                named = [cell for cell in told if cell not in self.remembered]
                self.columns = {cell.removeprefix(PREFIX): row.index(cell) for cell in named}
                self._heads = [index]
                below = self.rows[index + 1] if index + 1 < len(self.rows) else None
                if below is not None and not self._about(below)[0]:
                    self._heads.append(index + 1)
                return True
        return False

    def _by_titles(self) -> None:
        known = titles()
        for index, row in enumerate(self.rows):
            found = {known[cell]: place for place, cell in reversed(list(enumerate(row))) if cell in known}
            if "finding_id" in found and not self.columns:
                self.columns, self._heads = found, [index]

    def _cell(self, row: Sequence[str], name: str) -> str:
        place = self.columns.get(name)
        return row[place] if place is not None and place < len(row) else ""


def _sheets(workbook: Path) -> list[_Sheet]:
    try:
        pages = read(workbook.read_bytes())
    except OSError as error:
        raise NotesUnreadable(None, str(workbook), reason=error.strerror or type(error).__name__) from error
    except AuditorError as error:
        raise NotesUnreadable(None, str(workbook), reason=_said(error)) from error
    sheets = [_Sheet(page) for page in pages.pages if isinstance(page, Grid)]
    listing = {each.name for each in sheets if each.columns}
    for problem in pages.problems:
        # a program that saved the workbook without results takes them from the sums of statements, where nobody writes
        if not isinstance(problem, FormulasNotCalculated) or problem.values["sheet"] in listing:
            raise NotesUnreadable(None, str(workbook), reason=_said(problem)) from problem
    return sheets


def _said(problem: Exception) -> Text | str:
    return Text(problem.summary("en"), problem.summary("zh")) if isinstance(problem, AuditorError) else str(problem)
