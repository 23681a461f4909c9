"""Tables that header words alone do not tell, judged by evidence; and more columns of those that they do.

Takes what the header words found on a grid (`finder`) and gives it back with the tables that evidence is sure of, and
for every table a `TableReading`: what it was read as, or the question that it is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from auditor.documents.declarations import NOTHING_DECLARED, Declarations
from auditor.documents.headers import Unit, header_variants
from auditor.documents.pages import Grid
from auditor.documents.readings.answered import answered
from auditor.documents.readings.confirmed import CompanyReadings, ConfirmedReading
from auditor.documents.recognition.hypotheses import ColumnReading, Ground, Hypothesis, State, TableReading
from auditor.documents.recognition.judging import judge
from auditor.documents.recognition.owners import orphaned
from auditor.documents.recognition.shapes import TableShape
from auditor.documents.recognition.table_evidence import DAY, MONTH, YEAR, Knowledge, TableEvidence
from auditor.documents.tables.bands import UnreadTable, unread_table
from auditor.documents.tables.finder import Found, FoundTable
from auditor.documents.tables.grid_rows import Rows
from auditor.documents.tables.headings import Heading
from auditor.documents.tables.recognise import Claim, Column
from auditor.documents.tables.shaping import Band, bands_of, shape_of
from auditor.documents.vocabulary import FLAG, MONEY_IN, MONEY_OUT
from auditor.languages import Text

_DAYS = (YEAR, MONTH, DAY)
_LARGEST = 200_000  # rows of a grid that is searched for more tables
_MANY = 5  # known columns that are no chance
_MOST = 60  # tables of one grid that are judged


@dataclass(frozen=True, slots=True)
class Answers:
    """What is known of the tables of one document before they are judged: the company's confirmed readings, and what
    the rest of the folder says of some, by their places."""

    path: str
    readings: CompanyReadings
    decided: Mapping[tuple[str, int, int], Hypothesis]

    def about(self, shape: TableShape, knowledge: Knowledge) -> TableReading | None:
        """The table as it was answered or decided, without a hypothesis where it is left out; None if nobody said."""
        decided = self.decided.get(shape.place)
        entry = self._entry(shape)
        if entry is None:
            return TableReading(shape, State.SURE, (decided,), judged_again=True) if decided is not None else None
        state = State.LIKELY if entry.likely else State.CONFIRMED
        if entry.record is None:
            return TableReading(shape, State.CONFIRMED)
        hypothesis = decided if decided is not None else answered(entry, shape, knowledge)
        return TableReading(shape, state, (hypothesis,), records=1, judged_again=decided is not None)

    def declared(self, shape: TableShape) -> Declarations:
        entry = self._entry(shape)
        return entry.declared if entry is not None else NOTHING_DECLARED

    def _entry(self, shape: TableShape) -> ConfirmedReading | None:
        return self.readings.entry_for(shape.headers, shape.names, self.path, shape.sheet)


@dataclass(frozen=True, slots=True)
class Surrounding:
    """What stands around the tables of a grid: names around a header row, nearest first, the heading above it, and
    whether a heading stands between a table's first row and a row."""

    names: Callable[[int], Sequence[str]]
    heading: Callable[[int], Heading]
    between: Callable[[int, int], bool]


def with_evidence(
    found: Found,
    grid: Grid,
    knowledge: Knowledge,
    around: Surrounding,
    company: Answers,
) -> Found:
    """What was found on a grid, with the tables that evidence is sure of and the readings of all tables.

    `company`: what the user has answered of its tables, and what the rest of the folder says of those of this document.
    """
    rows = Rows(grid)
    tables: list[FoundTable] = []
    readings: list[TableReading] = []
    unread: list[UnreadTable] = list(found.unread)
    for table in found.tables:
        shape = shape_of(
            grid, rows, table.first, table.start, table.end, around.names(table.first), around.heading(table.first)
        )
        answer = company.about(shape, knowledge)
        if answer is not None:
            readings.append(answer)
            tables += _taken(table, answer, company.declared(shape))
            continue
        doubts = _contradicted(table.claim, shape, knowledge)
        if doubts:
            judgement = judge(shape, knowledge)
            readings.append(TableReading(shape, State.ASKED, judgement.hypotheses, (*doubts, *judgement.doubts)))
            unread.append(unread_table(rows.between(table.first, table.end), table.first, table.end, None))
            continue
        claim = _with_more_columns(table.claim, shape, knowledge)
        tables.append(replace(table, claim=claim))
        readings.append(TableReading(shape, State.SURE, (_hypothesis(claim),), records=1))
    for band in _left_over(found, grid, rows, around):
        shape = shape_of(
            grid, rows, band.first, band.start, band.end, around.names(band.first), around.heading(band.first)
        )
        answer = company.about(shape, knowledge)
        if answer is not None:
            readings.append(answer)
            whole = FoundTable(grid, band.first, band.start, band.end, shape.headers, _NO_CLAIM, band.repeated)
            tables += _taken(whole, answer, company.declared(shape))
            continue
        judgement = judge(shape, knowledge)
        if judgement.state is State.SURE:
            claim = claim_of(judgement.hypotheses[0])
            tables.append(FoundTable(grid, band.first, band.start, band.end, shape.headers, claim, band.repeated))
        if judgement.state is not State.NONE:
            readings.append(TableReading(shape, judgement.state, judgement.hypotheses, judgement.doubts))
        if judgement.state in (State.LIKELY, State.ASKED):
            body = rows.between(band.first, band.end)
            unread.append(unread_table(body, band.first, band.end, _nearest(judgement.hypotheses[0], knowledge)))
    tables.sort(key=lambda table: table.first)
    readings.sort(key=lambda reading: reading.shape.first)
    read = [(table.first, table.end) for table in tables]
    first_of = {each.first: each for each in reversed(unread)}
    left = [each for at, each in sorted(first_of.items()) if not any(first <= at < end for first, end in read)]
    rivals = tuple(each for each in found.rivals if not any(first <= each.row < end for first, end in read))
    return replace(found, tables=tuple(tables), unread=tuple(left), rivals=rivals, readings=tuple(readings))


_NO_CLAIM = Claim("", (), ())


def _taken(table: FoundTable, answer: TableReading, declared: Declarations) -> list[FoundTable]:
    """A table as its answer says; none where the answer leaves it out."""
    if not answer.hypotheses:
        return []
    return [replace(table, claim=replace(claim_of(answer.hypotheses[0]), declared=declared))]


def claim_of(hypothesis: Hypothesis) -> Claim:
    """A hypothesis that is taken, as the claim by which a table is read."""
    days = tuple(each.index for role in _DAYS for each in hypothesis.columns if each.role == role)
    columns = tuple(
        Column(each.role, each.index, each.header, _unit(each.header))
        for each in hypothesis.columns
        if each.role not in _DAYS
    )
    return Claim(
        hypothesis.record, columns, (), day_columns=days, fields=dict(hypothesis.fields), assumed=hypothesis.assumed
    )


def _nearest(hypothesis: Hypothesis, knowledge: Knowledge) -> Claim:
    """A hypothesis as the nearest claim, with the titles of what it lacks."""
    record_type = knowledge.types[hypothesis.record]
    fields = [record_type.fields[name] for name in hypothesis.missing]
    titles = [each.headers[0] if each.headers else each.name for each in fields]
    return replace(claim_of(hypothesis), missing=tuple(titles))


def _unit(header: str) -> Unit | None:
    return next((unit for _, unit, _ in header_variants(header) if unit is not None), None)


def _contradicted(claim: Claim, shape: TableShape, knowledge: Knowledge) -> tuple[Text, ...]:
    """Why known header words are not enough for a claim: most of the table stays unexplained and no name around speaks
    for it. A few words such as date, name and amount stand on papers of any kind."""
    if claim.record in knowledge.names.fits(shape.names):
        return ()
    if orphaned(TableEvidence(shape, knowledge), knowledge.types[claim.record], [c.role for c in claim.columns]):
        return (Text("nothing says whose it is", "未见所属单位或单号"),)
    taken = {column.index for column in claim.columns} | set(claim.day_columns)
    busy = [at for at in range(len(shape.headers)) if shape.column(at)]
    known = sum(at in taken for at in busy)
    if known * 10 >= len(busy) * 6 or known >= _MANY:
        return ()
    rest = [shape.headers[at] for at in busy if at not in taken and shape.headers[at]][:6]
    return (Text(f"too many columns are left over: {', '.join(rest)}", f"未用到的栏过多：{'、'.join(rest)}"),)


def _hypothesis(claim: Claim) -> Hypothesis:
    columns = [ColumnReading(each.index, each.header, each.role, Ground.WORD) for each in claim.columns]
    days = zip(claim.day_columns, _DAYS[-len(claim.day_columns) :] if claim.day_columns else (), strict=True)
    columns += [ColumnReading(at, "", role, Ground.WORD) for at, role in days]
    return Hypothesis(claim.record, tuple(sorted(columns, key=lambda each: each.index)))


def _with_more_columns(claim: Claim, shape: TableShape, knowledge: Knowledge) -> Claim:
    """A claim with the columns that its own header words do not name and arithmetic or equal parts of words do."""
    used = {each.index for each in claim.columns} | set(claim.day_columns)
    free = [at for at, header in enumerate(shape.headers) if header and at not in used]
    if not free or claim.record not in knowledge.types:
        return claim
    judged = judge(shape, knowledge, claim.record)
    if not judged.hypotheses:
        return claim
    taken = {each.role for each in claim.columns}
    sided = {MONEY_IN, MONEY_OUT} & taken
    more = [
        Column(each.role, each.index, each.header, _unit(each.header))
        for each in judged.hypotheses[0].columns
        if each.index in free
        and each.role not in taken
        and each.role not in (*_DAYS, FLAG, MONEY_IN, MONEY_OUT)
        and not (sided and each.role == "amount")
        and each.ground in (Ground.WORD, Ground.EQUAL_PARTS, Ground.ARITHMETIC)
    ]
    return replace(claim, columns=tuple(sorted((*claim.columns, *more), key=lambda column: column.index)))


def _left_over(found: Found, grid: Grid, rows: Rows, around: Surrounding) -> list[Band]:
    """The header bands outside of the tables that were found."""
    if grid.rows > _LARGEST:
        return []
    bands: list[Band] = []
    at = 0
    for first, end in (*((table.first, table.end) for table in found.tables), (grid.rows, grid.rows)):
        bands += bands_of(rows, at, first, around.between)
        at = max(at, end)
    return bands[:_MOST]
