"""Whether a table is a matrix of a record type: days on one axis, partners on the other, an amount in each cell.

A matrix is sure where its days are known, its names are partners of the right side or its title says what it is, and
its totals hold. A roster, a calendar or a list of prices has no days with amounts under them, or nobody who is known.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product

from auditor.documents.headers import header_key
from auditor.documents.recognition.day_axis import FEWEST_DAYS
from auditor.documents.recognition.header_words import EQUAL, HeaderWords, Offer
from auditor.documents.recognition.hypotheses import Hypothesis, MatrixReading, State
from auditor.documents.recognition.keys import NO_KEYS, FolderKeys, domain_of, identifying_fields
from auditor.documents.recognition.matrix_shape import MatrixShape, matrix_shape, parts_of_corner
from auditor.documents.recognition.matrix_totals import CheckedTotal, MatrixFigures, checked_totals
from auditor.documents.recognition.names import PAPER, NameFit
from auditor.documents.recognition.shapes import TableShape
from auditor.languages import Text
from auditor.records.model import Field, FieldType, Matrix, RecordType
from auditor.values.dates import Order

_KNOWN = 700  # thousandths of the names that must be known
_WORDS = 300  # thousandths of the names that may be words of tables
_FIT = 500  # of a name around: a text that says what the table is
_AMOUNT = 100 * 100_000  # a whole figure below it may be a count or an hour
_LONG_WORD = 4  # letters of a word in Latin script that says something
_OF_DAYS = re.compile(  # what a name may say of the days, the amounts and who keeps them
    r"\d+|[年月日号]|[一二三四五六七八九十]+月份?|[\u4e00-\u9fff]+公司|单位|[元万千]|每日|单日|按日|逐日|上半|下半|本|当|份|日?报?表|汇总|统计|明细|合计|金额"
    r"|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*|sheet|table|daily|per|by|days?|dates?|amounts?|total|summary|book"
)
_WORD = re.compile(r"[a-z]+|[\u4e00-\u9fff]+")


@dataclass(frozen=True, slots=True)
class MatrixJudgement:
    """What speaks for a table as a matrix, and how far it may be trusted."""

    state: State
    hypothesis: Hypothesis


@dataclass(frozen=True, eq=False)
class MatrixWords:
    """What is known before a table is seen: the record types and the words of their columns, and what those around this
    table say of it."""

    types: Mapping[str, RecordType]
    words: HeaderWords
    names: Mapping[str, NameFit]
    keys: FolderKeys = NO_KEYS


def matrix_of(
    record_type: RecordType, down: str, across: str, cell: str | None = None, names_at: int | None = None
) -> Hypothesis:
    """A table that is known to be a matrix, by a statement `matrix: {down, across, cell}`; without `cell` the record
    type's own.

    Raises ValueError: the type has no matrix, or one of other fields.
    """
    matrix = record_type.matrix
    if matrix is None or {down, across} != {matrix.names, matrix.date} or (cell or matrix.cell) != matrix.cell:
        raise ValueError(f"{record_type.name} is no matrix of {down}, {across} and {cell}")
    return Hypothesis(record_type.name, (), matrix=MatrixReading(down, across, matrix.cell, names_at))


def judge_matrix(shape: TableShape, given: MatrixWords, order: Order | None = None) -> MatrixJudgement | None:
    """The best reading of a table as a matrix of some record type; None if it has not the shape of one, or nothing
    speaks for any type. A table that only the folder's keys could tell is a question until they are there."""
    found: list[MatrixJudgement] = []
    cells = [*(shape.lines or (shape.headers,)), *shape.values]
    for record_type, turned in product(given.types.values(), (False, True)):
        if record_type.matrix is None:
            continue
        each = record_type.fields[record_type.matrix.names]
        words = words_of_names(each, given.types)
        known = _known(each, given)
        at = matrix_shape(cells, turned, shape.month, order, names_words=words, known=known)
        if at is not None:
            judgement = _Candidate(record_type, record_type.matrix, at, shape, given, words, known).judged()
            found += [judgement] if judgement.state is not State.NONE else []
    ranked = sorted(found, key=lambda each: (-each.hypothesis.points, each.hypothesis.record))
    return ranked[0] if ranked else None


def words_of_names(each: Field, types: Mapping[str, RecordType]) -> frozenset[str]:
    """The words, in normal form, under which an axis of names goes: those of all fields for the same partners."""
    fields = [each, *(one for record in types.values() for one in record.fields.values() if one.party == each.party)]
    return frozenset(header_key(word) for one in fields if one.party is not None or one is each for word in one.headers)


def _known(each: Field, given: MatrixWords) -> Callable[[str], bool] | None:
    sides = _sides_of(each, given.types)
    return (lambda text: bool(sides & given.keys.sides(text))) if sides and given.keys is not NO_KEYS else None


def _sides_of(each: Field, types: Mapping[str, RecordType]) -> frozenset[str]:
    """The sides on which a name of a field may be known; a list of partners without sides names them by its master."""
    return frozenset(side for side in (domain_of(each, identifying_fields(types)), each.master) if side is not None)


@dataclass(frozen=True, eq=False)
class _Candidate:
    """A table as a matrix of one record type."""

    record: RecordType
    matrix: Matrix
    at: MatrixShape
    shape: TableShape
    given: MatrixWords
    words: frozenset[str]
    known: Callable[[str], bool] | None

    def judged(self) -> MatrixJudgement:
        against = list(self._against())
        telling = self.name is not None or self.corner or self.share >= _KNOWN
        possible = bool(self.at.axis.days) and not self._broken
        says = self.name is not None or self.share >= _KNOWN
        if possible and says and not against:
            state = State.SURE
        elif possible and telling and self.share_of_words <= _WORDS:
            state = State.LIKELY
        elif telling or (self._nobody_known and self.in_money and not self._of_others):
            state = State.ASKED
        else:
            state = State.NONE
        return MatrixJudgement(state, self._hypothesis(against))

    def _hypothesis(self, against: Sequence[Text]) -> Hypothesis:
        matrix, turned = self.matrix, self.at.turned
        down, across = (matrix.date, matrix.names) if turned else (matrix.names, matrix.date)
        reading = MatrixReading(down, across, matrix.cell, self.at.names, self.at.partners)
        missing = () if self.at.axis.days else (matrix.date,)
        points = 1000 * len(self.at.axis.places) + self.share + (self.name.fit if self.name else 0) - 500 * len(against)
        because = tuple(self._because())
        return Hypothesis(self.record.name, (), points, {}, missing, because, tuple(against), reading)

    # --- what there is ---

    @cached_property
    def labels(self) -> list[str]:
        return list(dict.fromkeys(self.at.name(row) for row in self.at.named))

    @cached_property
    def share(self) -> int:
        """The share of names that the folder knows on the right side, in thousandths."""
        known = sum(map(self.known, self.labels)) if self.known else 0
        return known * 1000 // max(len(self.labels), 1)

    @cached_property
    def share_of_words(self) -> int:
        """The share of names that are words of tables or of choices, in thousandths: 运费, 现金."""
        words = sum(self._is_word(text) for text in self.labels)
        return words * 1000 // max(len(self.labels), 1)

    def _is_word(self, text: str) -> bool:
        if self.known and self.known(text):
            return False
        key = header_key(text)
        choices = (each.choices for record in self.given.types.values() for each in record.fields.values())
        return bool(self._offers(text)) or any(key in map(header_key, words) for c in choices for words in c.values())

    @property
    def name(self) -> NameFit | None:
        """The text around that says that the table is one of this type, if one does; all is said by the user who names
        the type."""
        if len(self.given.types) == 1:
            return NameFit(1000, self.record.title.zh, self.record.title.zh)
        fit = self.given.names.get(self.record.name)
        return fit if fit is not None and fit.fit >= _FIT else None

    @property
    def corner(self) -> bool:
        """Whether the corner has a word for the names."""
        return bool(self.words & set(parts_of_corner(self.at.corner)))

    @cached_property
    def totals(self) -> list[CheckedTotal]:
        """The totals over cells that can all be read."""
        found = checked_totals(MatrixFigures.of(self.at))
        return [each for each in found if not any(self._unreadable(*cell) for cell in each.own)]

    def _unreadable(self, row: int, column: int) -> bool:
        return bool(self.at.cells[row][column]) and self.at.figure(row, column) is None

    @property
    def _broken(self) -> bool:
        """Whether no line of totals holds in most of its figures, and not because they cover other sheets too, so that
        none is less than its cells."""
        lines = [each for each in self.totals if each.axis != "table"]
        less = any(abs(each.stated) < abs(each.computed) for each in lines)
        return bool(lines) and less and not any(each.told for each in lines)

    @cached_property
    def in_money(self) -> bool:
        """Whether the figures look like amounts: with decimals, or large."""
        figures = [value for row in self.at.named for at in self.at.axis.places if (value := self.at.figure(row, at))]
        return any(value % 100_000 for value in figures) or sum(abs(v) >= _AMOUNT for v in figures) * 2 > len(figures)

    def _offers(self, text: str) -> list[Offer]:
        return [each for each in self.given.words.offers((text,)) if each.likeness >= EQUAL]

    # --- what speaks against it ---

    def _against(self) -> Iterator[Text]:
        axis, title = self.at.axis, self.record.fields[self.matrix.names].title
        if not axis.days:
            yield Text("nothing states the month of its days", "未见各日所属月份")
        elif len(axis.days) < FEWEST_DAYS:
            yield Text("it has too few days", "日期过少")
        if self.share_of_words > _WORDS:
            yield Text(f"its names are words and no {title.en.casefold()}s", f"名称栏是表格用词，不是{title.zh}名称")
        if self.known is not None and self.share < _KNOWN and not self._nobody_known:
            yield Text(f"few of its names are known as {title.en.casefold()}", f"名称大多不是已知的{title.zh}")
        if self._broken:
            yield Text("most of its totals do not follow from its cells", "合计大多与各格不符")
        if not self.in_money and self.name is None:
            yield Text("its figures may be counts", "数字可能是件数或次数")
        yield from self._says_otherwise()

    @property
    def _nobody_known(self) -> bool:
        """Whether the folder knows nobody on this side, so that an unknown name says nothing."""
        if self.known is None:
            return True
        mine = _sides_of(self.record.fields[self.matrix.names], self.given.types)
        return not any(mine & sides for sides in self.given.keys.names.values())

    def _says_otherwise(self) -> Iterator[Text]:
        """What the corner or the names around say that is something else."""
        if self._of_others:
            yield Text(f"“{self.at.corner}” stands over its names", f"名称栏表头为“{self.at.corner}”")
        mine = self.name.fit if self.name else 0
        for record, fit in sorted(self.given.names.items()):
            if record == PAPER:
                yield Text(f"it is called “{fit.name}”", f"名称为“{fit.name}”")
                return
            if record != self.record.name and fit.fit > mine:
                title = self.given.types[record].title
                yield Text(f"its name may mean {title.en}", f"名称可能指{title.zh}")
                return
        if self.name is None and (word := self._unexplained()):
            yield Text(f"“{word}” may say what its figures are", f"“{word}”可能另有所指")

    @cached_property
    def _of_others(self) -> bool:
        """Whether the corner has a word for something else than names of this kind or days."""
        corner = self._offers(self.at.corner) if self.at.corner and not self.corner else []
        return bool(corner) and not any(self._is_day(each) for each in corner)

    def _is_day(self, offer: Offer) -> bool:
        each = self.given.types[offer.record].fields.get(offer.role)
        return each is not None and each.type is FieldType.DATE

    def _unexplained(self) -> str | None:
        """What the lines above, the sheet or the file say beside days, partners and amounts: 回款 or receipts, which
        may be what the cells are."""
        known = sorted(map(header_key, (*self.words, *self.given.keys.names)), key=lambda word: (-len(word), word))
        for text in self.shape.names[:3]:
            rest = header_key(_OF_DAYS.sub(" ", text.casefold()))
            for word in known:
                rest = rest.replace(word, " ") if len(word) > 1 else rest
            left: list[str] = [
                part for part in _WORD.findall(rest) if len(part) >= (_LONG_WORD if part.isascii() else 2)
            ]
            if left:
                return left[0]
        return None

    def _because(self) -> Iterator[Text]:
        title = self.record.fields[self.matrix.names].title
        days = sorted(self.at.axis.days.values())
        if days:
            yield Text(
                f"{len(days)} days, {days[0]} to {days[-1]}, {'down' if self.at.turned else 'across'}",
                f"{'纵向' if self.at.turned else '横向'} {len(days)} 天：{days[0]} 至 {days[-1]}",
            )
        if self.name is not None:
            said, text = self.name.name, self.name.text.strip()
            yield Text(f"named “{said}” in “{text}”", f"“{text}”中写明“{said}”")
        if self.share:
            known = sum(map(self.known, self.labels)) if self.known else 0
            yield Text(
                f"{known} of {len(self.labels)} names are known as {title.en.casefold()}",
                f"{len(self.labels)} 个名称中 {known} 个是已知的{title.zh}",
            )
        if self.corner:
            yield Text(f"“{self.at.corner}” stands over its names", f"名称栏表头为“{self.at.corner}”")
        if self.totals:
            holds = sum(each.holds for each in self.totals)
            yield Text(f"{holds} of {len(self.totals)} totals hold", f"{len(self.totals)} 项合计中 {holds} 项相符")
