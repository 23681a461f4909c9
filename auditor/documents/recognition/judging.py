"""The hypotheses of one table: each record type with its best columns, what speaks for and against it, and how far the
best may be trusted.

Points compare hypotheses of one table; what makes a reading sure is a conjunction of conditions (`_doubts`), none of
which points can buy.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from auditor.documents.headers import header_key
from auditor.documents.recognition.arithmetic import Figures
from auditor.documents.recognition.header_words import EQUAL, EXACT, HeaderWords, Offer
from auditor.documents.recognition.hypotheses import ColumnReading, Ground, Hypothesis, State
from auditor.documents.recognition.keys import NO_KEYS, OWN, FolderKeys, domain_of
from auditor.documents.recognition.kinds import ColumnKind, fit, kind_of
from auditor.documents.recognition.matrices import MatrixJudgement, MatrixWords, judge_matrix
from auditor.documents.recognition.names import NameFit, NamesOfTypes
from auditor.documents.recognition.shapes import TableShape
from auditor.documents.vocabulary import FLAG, MONEY_IN, MONEY_OUT, RANGE, Vocabulary
from auditor.languages import Text
from auditor.records.model import Field, FieldType, RecordType

YEAR, MONTH, DAY = "<year>", "<month>", "<day>"
_CANDIDATES = 12  # record types that are looked at closely
_MOST_COLUMNS = 120
_WIDEST = 500  # columns of a matrix
_FIT = 500  # of a kind: less forbids
_MARGIN = 3000  # points by which a sure reading leads the next type
_RIVAL = 9000  # points within which a rival may be what the names mean
BESIDE = 3  # columns of a matrix that may have words of a table: its first, its total, a remark
_FEWEST_KEYS = 3  # different values by which keys may tell a column
_OF_OWNER = 3000  # points for a paper of somebody on the right side
_KNOWN = 900  # thousandths of them that must be known
_BY_KEYS = 850  # what keys are worth, beside a header word's thousand
_FIGURES = (FieldType.MONEY, FieldType.QUANTITY, FieldType.INTEGER, FieldType.PERCENT)


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a table may be: the hypotheses, best first, and the state of the best. `doubts`: why it is not sure."""

    state: State
    hypotheses: tuple[Hypothesis, ...] = ()
    doubts: tuple[Text, ...] = ()


@dataclass(frozen=True, eq=False)
class Knowledge:
    """What recognition knows before it sees a document: the words of all roles, and the names of record types."""

    vocabulary: Vocabulary

    @cached_property
    def words(self) -> HeaderWords:
        return HeaderWords(self.vocabulary)

    @cached_property
    def names(self) -> NamesOfTypes:
        return NamesOfTypes.of(self.vocabulary.types)

    @property
    def types(self) -> Mapping[str, RecordType]:
        return self.vocabulary.types


def judge(
    shape: TableShape, knowledge: Knowledge, only: str | None = None, keys: FolderKeys = NO_KEYS
) -> Judgement:
    """The hypotheses of a table, best first. `only`: the one record type that it may be. `keys`: what sure readings of
    the folder tell.

    A table of more columns than any record type has by far is none, or a matrix.
    """
    if len(shape.headers) > _WIDEST or not any(shape.headers):
        return Judgement(State.NONE)
    table = _Table(shape, knowledge, keys)
    as_columns = _as_columns(table, only) if len(shape.headers) <= _MOST_COLUMNS else Judgement(State.NONE)
    if only is not None:
        return as_columns
    matrix = _as_matrix(table)
    if matrix is None or (as_columns.state is State.SURE and len(as_columns.hypotheses[0].columns) > BESIDE):
        return as_columns
    return Judgement(matrix.state, (matrix.hypothesis, *as_columns.hypotheses[:1]), matrix.hypothesis.against)


def may_be_matrix(shape: TableShape, knowledge: Knowledge) -> bool:
    """Whether a table has the shape of a matrix and something speaks for a record type."""
    return len(shape.headers) <= _WIDEST and _as_matrix(_Table(shape, knowledge)) is not None


def _as_matrix(table: _Table) -> MatrixJudgement | None:
    return judge_matrix(
        table.shape, MatrixWords(table.knowledge.types, table.knowledge.words, table.names, table.keys)
    )


def _as_columns(table: _Table, only: str | None) -> Judgement:
    """The hypotheses of a table of columns: each row a record."""
    found = [table.hypothesis(name) for name in ([only] if only else table.candidates())]
    ranked = sorted(found, key=lambda each: (-each.points, each.record))
    if not ranked:
        return Judgement(State.NONE)
    return _judged(table, ranked)


@dataclass(frozen=True, eq=False)
class _Table:
    """A table with what its columns offer and hold."""

    shape: TableShape
    knowledge: Knowledge
    keys: FolderKeys = NO_KEYS

    @cached_property
    def kinds(self) -> list[ColumnKind]:
        return [kind_of(self.shape.column(at), len(self.shape.values)) for at in range(len(self.shape.headers))]

    @cached_property
    def offers(self) -> list[tuple[Offer, ...]]:
        return [self.knowledge.words.offers(texts) for texts in self.shape.texts]

    @cached_property
    def names(self) -> dict[str, NameFit]:
        return self.knowledge.names.fits(self.shape.names)

    @cached_property
    def figures(self) -> Figures:
        return Figures.of(self.shape, [at for at, kind in enumerate(self.kinds) if kind.figure >= _FIT])

    @cached_property
    def labels(self) -> dict[tuple[str, str], str]:
        """The fields that labels around the table state: (record, role) → value."""
        found: dict[tuple[str, str], str] = {}
        for label, value in self.shape.labels:
            for each in self.knowledge.words.offers((label,)):
                if each.likeness >= EQUAL - 100 and value:
                    found.setdefault((each.record, each.role), value)
        return found

    def candidates(self) -> list[str]:
        """The record types that words and names speak for, the likeliest of them."""
        points: dict[str, int] = {}
        for offers in self.offers:
            best: dict[str, int] = {}
            for each in offers:
                best[each.record] = max(best.get(each.record, 0), each.likeness)
            for record, likeness in best.items():
                points[record] = points.get(record, 0) + likeness
        for record, name in self.names.items():
            points[record] = points.get(record, 0) + 2 * name.fit
        ordered = sorted(points, key=lambda record: (-points[record], record))
        return ordered[:_CANDIDATES]

    # --- one hypothesis ---

    def hypothesis(self, record: str) -> Hypothesis:
        """The best columns for a record type, with all that speaks for and against it."""
        record_type = self.knowledge.types[record]
        columns = self._assigned(record_type)
        columns, proved, failed = self._with_arithmetic(record_type, columns)
        columns = _without_needless(record_type, columns)
        fields = self._obtained(record_type, columns)
        missing = _missing(record_type, columns, fields)
        points = self._points(record_type, columns, missing, proved, failed)
        because, against = self._reasons(record_type, columns, fields, missing, proved, failed)
        ordered = tuple(sorted(columns.values(), key=lambda each: each.index))
        return Hypothesis(record, ordered, points, fields, missing, because, against)

    def _assigned(self, record_type: RecordType) -> dict[str, ColumnReading]:
        taken: dict[str, ColumnReading] = {}
        used: set[int] = set()
        offered: list[tuple[int, int, int, str, Offer]] = []
        for at, offers in enumerate(self.offers):
            for each in offers:
                if each.record != record_type.name:
                    continue
                role = self._role(record_type, each.role, at)
                kind = _fit(self.kinds[at], record_type, role)
                if kind < _FIT:
                    continue
                if self._of_another(record_type.fields.get(role), at):
                    continue
                gain = each.likeness * 4 + kind
                offered.append((-gain, each.rank, at, role, each))
            offered += self._by_keys(record_type, at)
        for _, _, at, role, each in sorted(offered, key=lambda offer: offer[:4]):
            if role not in taken and at not in used:
                taken[role] = ColumnReading(at, self.shape.headers[at], role, each.ground)
                used.add(at)
        if "date" in record_type.fields and "date" not in taken:
            taken |= self._days(used)
        return taken

    def _by_keys(self, record_type: RecordType, at: int) -> list[tuple[int, int, int, str, Offer]]:
        """The roles of a column that its values tell: nine of ten are known in the folder as such numbers or names."""
        found: list[tuple[int, int, int, str, Offer]] = []
        if self.keys is NO_KEYS or self.kinds[at].distinct < _FEWEST_KEYS:
            return found
        worded = any(each.record == record_type.name and each.likeness >= EQUAL for each in self.offers[at])
        for name, each in record_type.fields.items():
            if worded or self._share_known(each, at) < _KNOWN:
                continue
            offer = Offer(record_type.name, name, _BY_KEYS, Ground.KEYS, self.shape.headers[at])
            found.append((-(_BY_KEYS * 4 + 500), 0, at, name, offer))
        return found

    def _share_known(self, each: Field, at: int) -> int:
        """The share of a column's values that the folder knows as values of such a field, in thousandths."""
        texts = list(dict.fromkeys(self.kinds[at].texts))
        if each.type is FieldType.NUMBER_TEXT and each.master is None:
            if each.name not in self.keys.numbers:
                return 0
            known = sum(self.keys.has_number(each.name, text) for text in texts)
        else:
            side = domain_of(each, self.knowledge.types)
            if side is None:
                return 0
            known = sum(side in self.keys.sides(text) for text in texts)
        return known * 1000 // max(len(texts), 1)

    def _of_another(self, each: Field | None, at: int) -> bool:
        """Whether a column of partners holds nobody but the audited company itself, or only such of another side."""
        if each is None or each.party is None or self.keys is NO_KEYS:
            return False
        sides = [self.keys.sides(text) for text in dict.fromkeys(self.kinds[at].texts)]
        return bool(sides) and all(side and each.party not in side and not _either(side) for side in sides)

    def _role(self, record_type: RecordType, role: str, at: int) -> str:
        """A column of times of day under a word for a date is the time, if the type has one."""
        each = record_type.fields.get(role)
        if each is not None and each.type is FieldType.DATE and self.kinds[at].clock >= 800:
            return "time" if "time" in record_type.fields else role
        return role

    def _days(self, used: set[int]) -> dict[str, ColumnReading]:
        """The columns 月 and 日 side by side, with one of 年 before them if there is one."""
        keys = [{header_key(text) for text in texts} for texts in self.shape.texts]
        for at in range(len(keys) - 1):
            if keys[at] & _MONTH_WORDS and keys[at + 1] & _DAY_WORDS and not {at, at + 1} & used:
                found = {MONTH: at, DAY: at + 1}
                if at and keys[at - 1] & _YEAR_WORDS and at - 1 not in used:
                    found[YEAR] = at - 1
                return {role: ColumnReading(i, self.shape.headers[i], role, Ground.WORD) for role, i in found.items()}
        return {}

    def _with_arithmetic(
        self, record_type: RecordType, columns: dict[str, ColumnReading]
    ) -> tuple[dict[str, ColumnReading], tuple[str, ...], tuple[str, ...]]:
        """Columns that only a relation tells, and the relations that hold and fail: by their results."""
        columns = dict(columns)
        proved: list[str] = []
        failed: list[str] = []
        for relation in record_type.relations:
            at = {name: columns[name].index for name in relation.fields if name in columns}
            holds = self.figures.holds(relation, {n: i for n, i in at.items() if i in self.figures.columns})
            lacking = [name for name in relation.fields if name not in at and name not in relation.optional]
            readable = all(index in self.figures.columns for index in at.values())
            if holds is None and len(lacking) == 1 and readable:
                named = self._by_relation(record_type, relation, at, lacking[0], columns)
                if named is not None:
                    columns[lacking[0]] = named
                    holds = True
            if holds is not None:
                (proved if holds else failed).append(relation.result)
        if record_type.flow is not None and "balance" in columns:
            columns, holds = self._with_balance(columns)
            if holds is not None:
                (proved if holds else failed).append("balance")
        return columns, tuple(dict.fromkeys(proved)), tuple(dict.fromkeys(failed))

    def _by_relation(
        self, record_type: RecordType, relation: object, at: Mapping[str, int], name: str,
        columns: Mapping[str, ColumnReading],
    ) -> ColumnReading | None:
        used = {each.index for each in columns.values()}
        found = []
        for index in self.figures.columns:
            if index in used or _fit(self.kinds[index], record_type, name) < _FIT:
                continue
            if self.figures.holds(relation, {**at, name: index}):  # type: ignore[arg-type]
                found.append(index)
        if len(found) != 1:
            return None
        return ColumnReading(found[0], self.shape.headers[found[0]], name, Ground.ARITHMETIC)

    def _with_balance(self, columns: dict[str, ColumnReading]) -> tuple[dict[str, ColumnReading], bool | None]:
        """The sides of money proved by the balance, or found by it where words name none or one."""
        balance = columns["balance"].index
        if balance not in self.figures.columns:
            return columns, None
        sides = [columns[role].index if role in columns else None for role in (MONEY_IN, MONEY_OUT, "amount")]
        if any(each is not None and each not in self.figures.columns for each in sides):
            return columns, None
        into, out, signed = sides
        if into is not None and out is not None:
            return columns, self.figures.balance(balance, into, out, None)
        used = {each.index for role, each in columns.items() if role not in (MONEY_IN, MONEY_OUT)}
        free = [at for at in self.figures.columns if at not in used]
        found = self.figures.sides_of(balance, free) if len(free) <= 8 else None
        if found is not None:
            named = dict(columns)
            for role, at in zip((MONEY_IN, MONEY_OUT), found, strict=True):
                if role not in named:
                    named[role] = ColumnReading(at, self.shape.headers[at], role, Ground.ARITHMETIC)
            return named, True
        if signed is not None and FLAG not in columns:
            return columns, self.figures.balance(balance, None, None, signed) or None
        return columns, None

    def _obtained(self, record_type: RecordType, columns: Mapping[str, ColumnReading]) -> dict[str, str]:
        """Values that no column states and that a label or a name does: of closed choices, and of what labels name."""
        found: dict[str, str] = {}
        for name, each in record_type.fields.items():
            if name in columns:
                continue
            label = self.labels.get((record_type.name, name))
            if label is not None and each.type not in _FIGURES and not self._is_own(each, label):
                found[name] = label
            elif each.in_names:
                choice = self._choice_named(each)
                if choice is not None:
                    found[name] = choice
            elif each.required and (side := domain_of(each, self.knowledge.types)) is not None:
                named = self._named_around(side)
                if named is not None:
                    found[name] = named
        return found

    def _is_own(self, each: Field, text: str) -> bool:
        """Whether a text names the audited company where a partner should stand."""
        return each.party is not None and OWN in self.keys.sides(text)

    def _named_around(self, side: str) -> str | None:
        """The one known name of a side that the nearest text around the table holds."""
        for text in (*(value for _, value in self.shape.labels), *self.shape.names):
            found = self.keys.names_in(text, side)
            if found:
                return found[0] if len(found) == 1 else None
        return None

    def _choice_named(self, each: Field) -> str | None:
        """The one choice of a field that the nearest name around speaks of."""
        for text in self.shape.names:
            key = header_key(text)
            lengths = {
                choice: max((len(word) for word in map(header_key, words) if word and word in key), default=0)
                for choice, words in each.choices.items()
            }
            longest = max(lengths.values(), default=0)
            best = [choice for choice, length in lengths.items() if length == longest]
            if longest and len(best) == 1:
                return best[0]
        return None

    # --- points and reasons ---

    def _points(
        self, record_type: RecordType, columns: Mapping[str, ColumnReading], missing: Sequence[str],
        proved: Sequence[str], failed: Sequence[str],
    ) -> int:
        points = 0
        used = {each.index for each in columns.values()}
        for each in columns.values():
            offers = self.offers[each.index]
            mine = next((o for o in offers if o.record == record_type.name and o.role == each.role), None)
            if mine is not None:
                information = self.knowledge.words.information(offers, mine)
                points += mine.likeness * (2000 + 7 * information // 10) // 1000
            points += 12 * (_fit(self.kinds[each.index], record_type, each.role) - _FIT) // 10
            if each.ground is Ground.ARITHMETIC:
                points += 3000
        unexplained = [at for at, kind in enumerate(self.kinds) if at not in used and not self._idle(at, kind)]
        points -= 1200 * len(unexplained)
        points += 4 * self.names[record_type.name].fit if record_type.name in self.names else 0
        points += 2000 * len(proved) - 5000 * len(failed)
        points -= sum(9000 if name in record_type.identity else 4500 for name in missing)
        return points + self._points_of_owner(record_type, columns)

    def _points_of_owner(self, record_type: RecordType, columns: Mapping[str, ColumnReading]) -> int:
        """What the folder knows of whose paper it is: of somebody on the right side, of the wrong one, or nothing."""
        if record_type.owner is None or self.keys is NO_KEYS:
            return 0
        each = record_type.fields[record_type.owner]
        side = domain_of(each, self.knowledge.types) or ""
        if record_type.owner not in columns and self._named_around(side) is not None:
            return _OF_OWNER
        return -_OF_OWNER if self.other_owner(record_type, columns) is not None else 0

    def other_owner(self, record_type: RecordType, columns: Mapping[str, ColumnReading]) -> Text | None:
        """Why the table is a paper of somebody else: its owner would be the audited company, or stands on no right side;
        None if nothing says so."""
        if record_type.owner is None or self.keys is NO_KEYS:
            return None
        each = record_type.fields[record_type.owner]
        label = self.labels.get((record_type.name, record_type.owner), "")
        if label and self._is_own(each, label):
            return Text(f"{each.title.en} would be the audited company itself", f"{each.title.zh}会是本公司自己")
        if each.party is None or record_type.owner in columns or self._named_around(each.party) is not None:
            return None
        for side in ("customer", "provider", "supplier"):
            named = self._named_around(side) if side != each.party else None
            if named is not None:
                return Text(f"it names {named}, who is no {each.title.en.casefold()}", f"所载“{named}”并非{each.title.zh}")
        return None

    def _idle(self, at: int, kind: ColumnKind) -> bool:
        """A column that says nothing: empty, or the numbers of the rows."""
        if kind.empty:
            return True
        return kind.whole == 1000 and list(kind.texts[:10]) == [str(n + 1) for n in range(min(10, len(kind.texts)))]

    def _reasons(
        self, record_type: RecordType, columns: Mapping[str, ColumnReading], fields: Mapping[str, str],
        missing: Sequence[str], proved: Sequence[str], failed: Sequence[str],
    ) -> tuple[tuple[Text, ...], tuple[Text, ...]]:
        because: list[Text] = []
        against: list[Text] = []
        known = [each for each in columns.values() if each.ground is Ground.WORD]
        parts = [each for each in columns.values() if each.ground in (Ground.EQUAL_PARTS, Ground.PART)]
        name = self.names.get(record_type.name)
        if name is not None:
            because.append(Text(f"named “{name.name}” in “{name.text.strip()}”", f"“{name.text.strip()}”中写明“{name.name}”"))
        if known:
            shown = [each.header for each in known][:6]
            because.append(Text(f"known headers: {', '.join(shown)}", f"认得的表头：{'、'.join(shown)}"))
        for each in parts[:6]:
            title = _title(record_type, each.role)
            because.append(Text(f"“{each.header}” is like {title.en}", f"“{each.header}”与“{title.zh}”相近"))
        for result in proved:
            title = _title(record_type, result)
            because.append(Text(f"{title.en} can be computed from the other columns", f"{title.zh}与其他栏逐行相符"))
        for role, value in fields.items():
            title = _title(record_type, role)
            because.append(Text(f"{title.en}: {value}, as stated around the table", f"{title.zh}：{value}（取自表外文字）"))
        for result in failed:
            title = _title(record_type, result)
            against.append(Text(f"{title.en} does not follow from the other columns", f"{title.zh}与其他栏不符"))
        for role in missing:
            title = _title(record_type, role)
            against.append(Text(f"nothing states {title.en}", f"未见{title.zh}"))
        used = {each.index for each in columns.values()}
        rest = [h for at, h in enumerate(self.shape.headers) if h and at not in used and not self._idle(at, self.kinds[at])]
        if rest:
            against.append(Text(f"columns left over: {', '.join(rest[:6])}", f"未用到的栏：{'、'.join(rest[:6])}"))
        return tuple(because), tuple(against)


def _fit(kind: ColumnKind, record_type: RecordType, role: str) -> int:
    """How well a column's values fit a role, in thousandths. First and last number of a range may have letters."""
    if role in (FLAG, RANGE, YEAR, MONTH, DAY):
        return 700
    span = record_type.range
    if span is not None and role in (span.first, span.last) and kind.figure < _FIT:
        return kind.paper_number
    return fit(kind, record_type.fields.get(role))


def _either(sides: frozenset[str]) -> bool:
    """Whether somebody stands on more than one side, so that no side is wrong for him."""
    return len(sides) > 1


_MONTH_WORDS = frozenset(("月", "month", "mon"))
_DAY_WORDS = frozenset(("日", "day"))
_YEAR_WORDS = frozenset(("年", "year"))


def _title(record_type: RecordType, role: str) -> Text:
    each = record_type.fields.get(role)
    if each is not None:
        return each.title
    return _ROLES.get(role, Text(role, role))


_ROLES = {
    MONEY_IN: Text("Money in", "收入"), MONEY_OUT: Text("Money out", "支出"), FLAG: Text("Side", "收支方向"),
    RANGE: Text("Numbers", "起止号码"), YEAR: Text("Year", "年"), MONTH: Text("Month", "月"), DAY: Text("Day", "日"),
}  # fmt: skip


def _without_needless(record_type: RecordType, columns: dict[str, ColumnReading]) -> dict[str, ColumnReading]:
    """With a column for each side an amount and a flag add nothing; a type whose one column of amounts needs a flag
    takes neither alone."""
    if MONEY_IN in columns and MONEY_OUT in columns:
        return {role: each for role, each in columns.items() if role not in ("amount", FLAG)}
    if record_type.flow and record_type.flow.flagged and not {FLAG, "amount"} <= set(columns):
        return {role: each for role, each in columns.items() if role not in ("amount", FLAG)}
    return columns


def _missing(record_type: RecordType, columns: Mapping[str, ColumnReading], fields: Mapping[str, str]) -> tuple[str, ...]:
    """The required fields that neither a column nor anything around the table states."""
    missing = []
    for name, each in record_type.fields.items():
        if not each.required or name in columns or name in fields or each.default is not None:
            continue
        if name == "amount" and record_type.flow and (MONEY_IN in columns or MONEY_OUT in columns):
            continue
        if name == "date" and DAY in columns:
            continue
        if record_type.range and RANGE in columns and name in (record_type.range.first, record_type.range.last):
            continue
        missing.append(name)
    return tuple(missing)


# --- how far the best may be trusted ----------------------------------------------------------------------------------


def _judged(table: _Table, ranked: Sequence[Hypothesis]) -> Judgement:
    best = ranked[0]
    doubts = tuple(_doubts(table, ranked))
    explained = _explained(table, best)
    if not doubts:
        state = State.SURE
    elif _likely(table, ranked, explained):
        state = State.LIKELY
    elif explained * 3 >= 1000 and len(best.missing) <= 1 and len(best.columns) >= 2:
        state = State.ASKED
    else:
        state = State.NONE
    return Judgement(state, tuple(ranked[:2]), doubts)


def _doubts(table: _Table, ranked: Sequence[Hypothesis]) -> list[Text]:
    """Why the best hypothesis is not sure; empty if it is. All of these conditions must hold at once."""
    best = ranked[0]
    record_type = table.knowledge.types[best.record]
    doubts: list[Text] = []
    by_role = {each.role: each for each in best.columns}
    if best.missing:
        titles = [_title(record_type, role) for role in best.missing]
        doubts.append(Text(f"nothing states {', '.join(t.en for t in titles)}", f"未见{'、'.join(t.zh for t in titles)}"))
    for name, each in record_type.fields.items():
        if each.required and name in by_role and not _held(by_role[name]):
            doubts.append(Text(f"{each.title.en} is told by part of a word only", f"{each.title.zh}仅凭部分字词判断"))
    if _explained(table, best) < 600:
        doubts.append(Text("too many columns are left over", "未用到的栏过多"))
    if len(_kinds_of_evidence(table, best)) < 2:
        doubts.append(Text("words alone speak for it", "只有字词依据"))
    doubts += _unproved(table, best, record_type)
    other = table.other_owner(record_type, by_role)
    doubts += [other] if other is not None else []
    for rival in ranked[1:]:
        mine = table.names[best.record].fit if best.record in table.names else 0
        other = table.names[rival.record].fit if rival.record in table.names else 0
        title = table.knowledge.types[rival.record].title
        if other > mine and best.points - rival.points < _RIVAL:
            doubts.append(Text(f"its name may mean {title.en}", f"名称可能指{title.zh}"))
        elif best.points - rival.points < _MARGIN:
            doubts.append(Text(f"it may as well be {title.en}", f"也可能是{title.zh}"))
    if _repeats(table, best, record_type):
        doubts.append(Text("what should name a record stands there twice", "应唯一的编号有重复"))
    return doubts


def _held(column: ColumnReading) -> bool:
    return column.ground in (Ground.WORD, Ground.EQUAL_PARTS, Ground.ARITHMETIC, Ground.KEYS, Ground.USER)


def _explained(table: _Table, best: Hypothesis) -> int:
    """The share of columns that hold something which the hypothesis explains, in thousandths."""
    busy = [at for at, kind in enumerate(table.kinds) if not table._idle(at, kind)]
    used = {each.index for each in best.columns}
    return 1000 * sum(at in used for at in busy) // max(len(busy), 1)


def _kinds_of_evidence(table: _Table, best: Hypothesis) -> set[str]:
    found = {"word"} if any(each.ground in (Ground.WORD, Ground.EQUAL_PARTS) for each in best.columns) else set()
    if any(each.ground is Ground.ARITHMETIC for each in best.columns) or _proofs(best):
        found.add("arithmetic")
    if best.record in table.names:
        found.add("name")
    if best.fields:
        found.add("label")
    return found


def _proofs(best: Hypothesis) -> bool:
    return any("computed from the other columns" in each.en for each in best.because)


def _unproved(table: _Table, best: Hypothesis, record_type: RecordType) -> list[Text]:
    """A relation that fails is a veto; where the figures of one stand, one must be borne out."""
    roles = {each.role: each.index for each in best.columns}
    states = []
    for relation in record_type.relations:
        at = {name: roles[name] for name in relation.fields if name in roles and roles[name] in table.figures.columns}
        states.append(table.figures.holds(relation, at))
    if False in states:
        return [Text("its figures do not agree with one another", "各栏数字互不相符")]
    return []


def _likely(table: _Table, ranked: Sequence[Hypothesis], explained: int) -> bool:
    best = ranked[0]
    record_type = table.knowledge.types[best.record]
    margin = best.points - ranked[1].points if len(ranked) > 1 else _MARGIN
    return not best.missing and explained >= 500 and margin >= 2000 and not _unproved(table, best, record_type)


def _repeats(table: _Table, best: Hypothesis, record_type: RecordType) -> bool:
    """Whether the one column that names a record holds the same value in more than a tenth of its rows."""
    if len(record_type.identity) != 1:
        return False
    column = next((each for each in best.columns if each.role == record_type.identity[0]), None)
    if column is None or record_type.fields[column.role].type is not FieldType.NUMBER_TEXT:
        return False
    kind = table.kinds[column.index]
    return kind.distinct * 10 < kind.count * 9
