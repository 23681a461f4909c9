"""Claims of header words as hypotheses of evidence, and hypotheses as the claims by which tables are read."""

from __future__ import annotations

from dataclasses import replace

from auditor.documents.headers import unit_named
from auditor.documents.recognition.changes import doubts_of_change, offers_of_change
from auditor.documents.recognition.hypotheses import ColumnReading, Ground, Hypothesis
from auditor.documents.recognition.judging import judge
from auditor.documents.recognition.money import NO_MONEY, may_count_other_things
from auditor.documents.recognition.names import PAPER
from auditor.documents.recognition.owners import orphaned, untold_groups
from auditor.documents.recognition.plain_words import BARE, PLAIN, named_by_bare_number, other_values, tells
from auditor.documents.recognition.shapes import TableShape
from auditor.documents.recognition.table_evidence import DAY, MONTH, YEAR, Knowledge, TableEvidence
from auditor.documents.tables.own_side import columns_of_sides
from auditor.documents.tables.recognise import Claim, Column
from auditor.documents.vocabulary import FLAG, MONEY_IN, MONEY_OUT
from auditor.languages import Text
from auditor.records.model import FieldType

NO_CLAIM = Claim("", (), ())
_DAYS = (YEAR, MONTH, DAY)
_MANY = 5  # known columns that are no chance


def claim_of(hypothesis: Hypothesis) -> Claim:
    """A hypothesis that is taken, as the claim by which a table is read."""
    days = tuple(each.index for role in _DAYS for each in hypothesis.columns if each.role == role)
    columns = tuple(
        Column(each.role, each.index, each.header, unit_named(each.header))
        for each in hypothesis.columns
        if each.role not in _DAYS
    )
    fields, assumed = dict(hypothesis.fields), hypothesis.assumed
    return Claim(hypothesis.record, columns, (), day_columns=days, fields=fields, assumed=assumed)


def nearest_claim(hypothesis: Hypothesis, knowledge: Knowledge) -> Claim:
    """A hypothesis as the nearest claim, with the titles of what it lacks."""
    record_type = knowledge.types[hypothesis.record]
    fields = [record_type.fields[name] for name in hypothesis.missing]
    titles = [each.headers[0] if each.headers else each.name for each in fields]
    return replace(claim_of(hypothesis), missing=tuple(titles))


def contradicted(claim: Claim, shape: TableShape, knowledge: Knowledge) -> tuple[Text, ...]:
    """Why known header words are not enough for a claim: most of the table stays unexplained and no name around speaks
    for it. A few words such as date, name and amount stand on papers of any kind."""
    taken = {column.index for column in claim.columns} | set(claim.day_columns)
    table, record_type = TableEvidence(shape, knowledge), knowledge.types[claim.record]
    doubts = untold_groups(table, record_type, taken)
    if doubts:
        return tuple(doubts)
    roles = [column.role for column in claim.columns]
    if record_type.flow is not None and may_count_other_things(table, roles, taken, claim.fields):
        return (NO_MONEY,)
    paired = dict(offers_of_change(record_type, shape.headers))
    unknown = sum(bool(shape.column(at)) and at not in taken and at not in paired for at in range(len(shape.headers)))
    doubts = doubts_of_change(record_type, {*roles, *claim.fields, *(each.role for each in paired.values())}, unknown)
    if doubts:
        return tuple(doubts)
    if named_by_bare_number(table, record_type, [(column.role, column.index) for column in claim.columns]):
        return (BARE,)
    called = knowledge.names.fits(shape.names)
    if claim.record in called:
        return ()
    for best in judge(shape, knowledge).hypotheses[:1] if called.keys() - {PAPER} else ():
        if best.record in called and best.record != claim.record:
            title = knowledge.types[best.record].title
            return (Text(f"its name may mean {title.en}", f"名称可能指{title.zh}"),)
    if orphaned(table, record_type, roles):
        return (Text("nothing says whose it is", "未见所属单位或单号"),)
    if record_type.flow is None and not tells(table, record_type, taken):
        return (PLAIN,)
    others = tuple(other_values(table, record_type, [(column.role, column.index) for column in claim.columns]))
    if others:
        return others
    if record_type.flow is not None:
        taken |= columns_of_sides(shape.headers)
    busy = [at for at in range(len(shape.headers)) if shape.column(at)]
    known = sum(at in taken for at in busy)
    if known * 10 >= len(busy) * 6 or known >= _MANY:
        return ()
    rest = [shape.headers[at] for at in busy if at not in taken and shape.headers[at]][:6]
    return (Text(f"too many columns are left over: {', '.join(rest)}", f"未用到的栏过多：{'、'.join(rest)}"),)


def hypothesis_of_claim(claim: Claim) -> Hypothesis:
    columns = [ColumnReading(each.index, each.header, each.role, Ground.WORD) for each in claim.columns]
    days = zip(claim.day_columns, _DAYS[-len(claim.day_columns) :] if claim.day_columns else (), strict=True)
    columns += [ColumnReading(at, "", role, Ground.WORD) for at, role in days]
    return Hypothesis(claim.record, tuple(sorted(columns, key=lambda each: each.index)))


def with_more_columns(claim: Claim, shape: TableShape, knowledge: Knowledge) -> Claim:
    """A claim with the columns that its own header words do not name but arithmetic or equal parts of words do, and the
    choices that no column states and a name around the table does: 应付账款明细 is of payables."""
    used = {each.index for each in claim.columns} | set(claim.day_columns)
    free = [at for at, header in enumerate(shape.headers) if header and at not in used]
    if claim.record not in knowledge.types:
        return claim
    taken = {each.role for each in claim.columns}
    fields = knowledge.types[claim.record].fields.values()
    named = [each.name for each in fields if each.in_names and each.type is FieldType.CHOICE and each.name not in taken]
    if not free and not named:
        return claim
    judged = judge(shape, knowledge, claim.record)
    if not judged.hypotheses:
        return claim
    sided = {MONEY_IN, MONEY_OUT} & taken
    more = [
        Column(each.role, each.index, each.header, unit_named(each.header))
        for each in judged.hypotheses[0].columns
        if each.index in free
        and each.role not in taken
        and each.role not in (*_DAYS, FLAG, MONEY_IN, MONEY_OUT)
        and not (sided and each.role == "amount")
        and each.ground in (Ground.WORD, Ground.EQUAL_PARTS, Ground.ARITHMETIC)
    ]
    stated = {name: value for name, value in judged.hypotheses[0].fields.items() if name in named}
    columns = tuple(sorted((*claim.columns, *more), key=lambda column: column.index))
    return replace(claim, columns=columns, fields={**stated, **claim.fields})
