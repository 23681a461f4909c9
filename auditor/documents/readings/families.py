"""Tables that are one question: alike in their headers and in what they probably are, wherever they stand."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from auditor.documents.headers import header_key
from auditor.documents.patterns import pattern_of
from auditor.documents.readings.confirmed import CompanyReadings, ConfirmedReading
from auditor.documents.recognition.hypotheses import Hypothesis, State, TableReading
from auditor.documents.recognition.matrix_headers import lasting_columns
from auditor.documents.recognition.shapes import TableShape, numbered, signature

OPEN = (State.LIKELY, State.ASKED)
NOTHING_WANTED: Mapping[str, Collection[str]] = {}
_DIGITS = re.compile(r"\d+(?:\D{0,1}\d+)*")
_DATED = re.compile(r"[\d\W_]*\d[\d\W_]*[年月日]?")
_FEWEST_HEADERS = 2  # by which an answer says what each column of all of its tables is
_SHORTEST_TITLE = 2  # characters


@dataclass(frozen=True, slots=True)
class PlacedTable:
    """A table and the path of its document."""

    path: str
    reading: TableReading

    @property
    def shape(self) -> TableShape:
        return self.reading.shape

    @property
    def place(self) -> tuple[str, int, str, int]:
        return self.path, self.shape.page, self.shape.sheet, self.shape.first

    @property
    def headers(self) -> tuple[str, ...]:
        """The headers by which the table is known in the next month, too."""
        if self.reading.matrix is None:
            return self.shape.headers
        return tuple(self.shape.headers[at] for at in lasting_columns(self.shape))

    @property
    def where(self) -> str:
        """As messages name it."""
        return f"{self.path}[{self.shape.sheet}]" if self.shape.sheet else self.path


@dataclass(frozen=True, slots=True)
class Naming:
    """What beside its headers tells a family from other tables: a title, a pattern of files, a pattern of sheets."""

    title: str | None = None
    file: str | None = None
    sheet: str | None = None


@dataclass(frozen=True, slots=True)
class Family:
    """Tables of one question: first the one by which it is shown, the others in the order of their places; `naming` is
    what their answer must say of them. `shared`: other tables with the same headers from which nothing tells them, so
    that the answer will hold for these, too."""

    tables: tuple[PlacedTable, ...]
    naming: Naming = Naming()
    shared: tuple[PlacedTable, ...] = ()

    @property
    def shape(self) -> TableShape:
        """That of the first table, by which the question is shown."""
        return self.tables[0].shape

    @property
    def hypotheses(self) -> tuple[Hypothesis, ...]:
        """Those of the table that tells most: of tables with the headers of the first in their order, since a column
        that is empty in one of them may be filled in another."""
        alike = [each.reading.hypotheses for each in self.tables if each.shape.headers == self.shape.headers]
        return max(alike, key=lambda found: (len(found[0].columns), found[0].points) if found else (-1, 0))

    @property
    def headers(self) -> tuple[str, ...]:
        """The headers that the tables share: all, or those of a matrix that last."""
        return self.tables[0].headers

    @property
    def signature(self) -> tuple[str, ...]:
        return signature(self.headers)

    @property
    def by_place(self) -> Naming:
        """The naming that holds whatever the headers are."""
        return _by_place(self.tables)

    @property
    def state(self) -> State:
        """Likely only if all of its tables are."""
        return State.LIKELY if all(each.reading.state is State.LIKELY for each in self.tables) else State.ASKED

    @property
    def rows(self) -> int:
        return sum(each.shape.rows for each in self.tables)

    @property
    def is_read(self) -> bool:
        """Whether its tables are read, and only some of their columns are a question."""
        return all(each.reading.is_read for each in self.tables)


def placed(documents: Iterable[tuple[str, Sequence[TableReading]]]) -> list[PlacedTable]:
    """All tables of some documents (paths with tables), in the order of their places."""
    tables = [PlacedTable(path, each) for path, found in documents for each in found]
    return sorted(tables, key=lambda each: each.place)


def families(
    tables: Sequence[PlacedTable], readings: CompanyReadings, wanted: Mapping[str, Collection[str]] = NOTHING_WANTED
) -> list[Family]:
    """The questions that the tables of a folder leave, in the order of their first tables: those likely or asked that
    no answer is about, and those that are read without columns that may be `wanted` fields (by record type)."""
    by_kind: dict[tuple[object, ...], list[PlacedTable]] = defaultdict(list)
    read: dict[tuple[object, ...], list[PlacedTable]] = defaultdict(list)
    for each in tables:
        if is_open(each, readings):
            by_kind[_kind(each)].append(each)
        elif (completed := _with_open_columns(each, wanted)) is not None:
            read[_kind(each)].append(completed)
    found = [_family(own, tables) for own in (*_one_of_a_book(by_kind.values()), *read.values())]
    return sorted(found, key=lambda each: min(table.place for table in each.tables))


def _with_open_columns(table: PlacedTable, wanted: Mapping[str, Collection[str]]) -> PlacedTable | None:
    """A table that is read, as it would be with the columns that may be wanted fields; None if it has none."""
    best = table.reading.completed
    if best is None or not table.reading.may_lack(wanted.get(best.record, ())):
        return None
    return PlacedTable(table.path, replace(table.reading, hypotheses=(best,)))


def _one_of_a_book(kinds: Iterable[list[PlacedTable]]) -> list[list[PlacedTable]]:
    """The families, of which those are one that have tables with the same headers in one document, or in documents
    whose names differ in numbers only, where no name calls them anything: a header means the same on the next sheet,
    whatever its few rows look like."""
    found: list[list[PlacedTable]] = []
    for own in kinds:
        like = next((each for each in found if _is_one_book(each, own)), None)
        if like is None:
            found.append(list(own))
        else:
            like += own
    return [sorted(each, key=lambda table: table.place) for each in found]


def _is_one_book(some: Sequence[PlacedTable], others: Sequence[PlacedTable]) -> bool:
    headers = {signature(each.headers) for each in (some[0], others[0])}
    if len(headers) > 1 or () in headers or any(map(_is_told, (*some, *others))):
        return False
    return bool(set(map(_book, some)) & set(map(_book, others)))


def _is_told(table: PlacedTable) -> bool:
    """Whether a name calls a table something, or days and names around its figures show what it is."""
    return any(each.named or each.matrix is not None for each in table.reading.hypotheses[:1])


def _book(table: PlacedTable) -> str:
    return _undated(table.path, PurePosixPath(table.path).parent.as_posix())


def _shown_first(own: Sequence[PlacedTable]) -> PlacedTable:
    """The table whose proposal is probably right for all: of the kind that most rows are, with most columns told."""
    rows: Counter[str] = Counter()
    for each in own:
        for best in each.reading.hypotheses[:1]:
            rows[best.record] += each.shape.rows

    def rank(table: PlacedTable) -> tuple[int, int, int]:
        best = next(iter(table.reading.hypotheses), None)
        return (rows[best.record], len(best.columns), best.points) if best is not None else (0, 0, 0)

    return max(own, key=rank)


def _family(own: Sequence[PlacedTable], tables: Sequence[PlacedTable]) -> Family:
    first, mine = _shown_first(own), {each.place for each in own}
    own = [first, *(each for each in own if each is not first)]
    if not signature(first.headers):
        return Family(tuple(own), _by_place(own))
    others = [each for each in tables if each.place not in mine and _has_headers_of(each, first)]
    naming = _naming(own, others)
    return Family(tuple(own), naming, tuple(others) if naming == Naming() else ())


def _has_headers_of(table: PlacedTable, other: PlacedTable) -> bool:
    """Whether the headers by which an answer names the other table name this one, too."""
    if other.reading.matrix is None:
        return table.shape.signature == other.shape.signature
    return table.reading.matrix is not None and Counter(signature(other.headers)) <= Counter(table.shape.signature)


def is_open(table: PlacedTable, readings: CompanyReadings) -> bool:
    """Whether a table is a question: likely or asked, and no answer is about it."""
    return table.reading.state in OPEN and not readings.about(table.path, table.reading)


def _kind(table: PlacedTable) -> tuple[object, ...]:
    """What tables of one family have in common: their headers and what they probably are, not what their values told of
    columns; where there is one header or none, this, too. Of the values around them nothing: those are each file's."""
    shape, best = table.shape, next(iter(table.reading.hypotheses), None)
    alike: tuple[object, ...] = signature(table.headers)
    if not alike:
        alike = (_undated(table.path, PurePosixPath(table.path).parent.as_posix()), len(shape.headers))
    if best is None:
        return alike, None
    if best.matrix is not None:
        return alike, best.record, best.matrix.down, best.matrix.across
    if len(signature(table.headers)) >= _FEWEST_HEADERS:
        return alike, best.record
    return alike, best.record, tuple(sorted((header_key(each.header), each.role) for each in best.columns))


# --- what tells a family from others ----------------------------------------------------------------------------------


def _naming(own: Sequence[PlacedTable], others: Sequence[PlacedTable]) -> Naming:
    """Headers are enough where all tables that have them are of the family. Else the first of title, sheet, folder and
    file that all tables of the family share and none of the others has; nothing where nothing does."""
    if not others:
        return Naming()
    candidates = [Naming(title=each) for each in _titles(own)]
    sheet = _one(_pattern(each.shape.sheet) for each in own if each.shape.sheet)
    if sheet is not None:
        candidates.append(Naming(sheet=sheet))
    folder = _one(PurePosixPath(each.path).parent.as_posix() for each in own)
    if folder not in (None, "."):
        candidates.append(Naming(file=f"{pattern_of(str(folder))}/*"))
    file = _one(_file_pattern(each.path) for each in own)
    if file is not None:
        candidates.append(Naming(file=file))
    return next((naming for naming in candidates if not any(_names(naming, each) for each in others)), Naming())


def _by_place(own: Sequence[PlacedTable]) -> Naming:
    """A table without headers is known by its file alone, whose name has other digits in the next month."""
    sheet = _one(_pattern(each.shape.sheet) for each in own if each.shape.sheet)
    return Naming(file=_file_pattern(own[0].path), sheet=sheet)


def _names(naming: Naming, table: PlacedTable) -> bool:
    entry = ConfirmedReading(0, table.shape.headers, title=naming.title, file=naming.file, sheet=naming.sheet)
    return entry.fits(table.shape.headers, table.shape.names, table.path, table.shape.sheet)


def _titles(own: Sequence[PlacedTable]) -> list[str]:
    """Texts without dates that stand in a name around every table of the family, nearest first."""
    pieces = [piece for name in own[0].shape.names for piece in _pieces(name)]
    return [each for each in dict.fromkeys(pieces) if all(_stands(each, table) for table in own)]


def _pieces(name: str) -> list[str]:
    """What of a name is no date or number, longest first."""
    found = [each.strip(" -_:：()（）[]【】") for each in _DATED.split(name)]
    return sorted((each for each in found if len(each) >= _SHORTEST_TITLE), key=len, reverse=True)


def _stands(title: str, table: PlacedTable) -> bool:
    return any(header_key(title) in header_key(name) for name in table.shape.names)


def _one(found: Iterable[str]) -> str | None:
    """The value that all have; None if they differ, or there is none."""
    values = list(dict.fromkeys(found))
    return values[0] if len(values) == 1 else None


def _pattern(name: str) -> str:
    return _undated(name, "")


def _file_pattern(path: str) -> str:
    parent = PurePosixPath(path).parent.as_posix()
    return _undated(path, "" if parent == "." else parent)


def _undated(path: str, folder: str) -> str:
    """A pattern of a path with any digits in its last part; the folder as it stands."""
    head = f"{pattern_of(folder)}/" if folder and folder != "." else ""
    name = path[len(folder) :].lstrip("/") if head else path
    return head + "*".join(pattern_of(each) for each in _DIGITS.split(name))


# --- an answer as it may be proposed ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ShownColumn:
    """A column as a question shows it: its name in answers, whether it holds anything, and whether it has no header, so
    that its letter names it."""

    name: str
    filled: bool
    lettered: bool


def shown_columns(shape: TableShape) -> tuple[ShownColumn, ...]:
    """The columns of a table by the names that answers use, blanks of their headers put right."""
    tidy = [" ".join(each.split()) for each in shape.headers]
    return tuple(
        ShownColumn(name, bool(tidy[at]) or bool(shape.column(at)), not tidy[at])
        for at, name in enumerate(numbered(tidy))
    )
