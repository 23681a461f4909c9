"""How far the best hypothesis of a table may be trusted: what makes it doubtful, likely, or worth a question.

Points compare hypotheses of one table; what makes a reading sure is a conjunction of conditions (`doubts_of`), none of
which points can buy.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from auditor.documents.headers import header_key
from auditor.documents.identity.account_words import account_words
from auditor.documents.identity.keys import ACCOUNT
from auditor.documents.recognition.changes import doubts_of_change
from auditor.documents.recognition.file_partners import named_after_another
from auditor.documents.recognition.hypotheses import ColumnReading, Ground, Hypothesis
from auditor.documents.recognition.kinds import ColumnKind, fit
from auditor.documents.recognition.leftovers import with_leftovers
from auditor.documents.recognition.money import NO_MONEY, counts_money, counts_other_things
from auditor.documents.recognition.names import PAPER
from auditor.documents.recognition.owners import (
    orphaned,
    other_owner,
    untold_groups,
)
from auditor.documents.recognition.plain_words import BARE, PLAIN, named_by_bare_number, other_values, tells
from auditor.documents.recognition.reasons import not_stated
from auditor.documents.recognition.table_evidence import TableEvidence
from auditor.documents.vocabulary import FLAG, MONEY_IN, MONEY_OUT
from auditor.languages import Text
from auditor.records.model import Field, FieldType, RecordType

_SMALL = 3  # columns of a list that plain words alone do not make worth a question
_MARGIN = 3000  # points by which a sure reading leads the next type
_MARGIN_NAMED = 1000  # where a name around speaks for it, and none for that one
_RIVAL = 9000  # points within which a rival may be what the names mean
_NEAREST = 900  # how well a name fits that stands right above and says nothing else
_MANY_KNOWN = 4  # known columns of a type, for which two required ones may be missing
_TELLING = 3  # columns that only one of two types explains, and that tell them apart
_SIGNED = re.compile(r"[-+−(（借贷收支]|\b[dc]r\b", re.IGNORECASE)
_OWN_NAMES = 3  # of the names around a table, the nearest: line above, sheet, file
_KNOWN = 900  # thousandths of a column's values that are of a kind
_KINDS = (
    FieldType.DATE, FieldType.TIME, FieldType.MONEY, FieldType.QUANTITY, FieldType.CURRENCY, FieldType.WORDS_AMOUNT,
)  # fmt: skip


def doubts_of(table: TableEvidence, ranked: Sequence[Hypothesis]) -> list[Text]:
    """Why the best hypothesis is not sure; empty if it is. All of these conditions must hold at once."""
    best = ranked[0]
    record_type = table.knowledge.types[best.record]
    doubts: list[Text] = []
    if best.record not in table.names and not table.shape.is_form:
        if record_type.flow is None and not best.proved and not tells(table, record_type, _used(best)):
            doubts.append(PLAIN)
        doubts += other_values(table, record_type, [(each.role, each.index) for each in best.columns])
    if named_by_bare_number(table, record_type, [(each.role, each.index) for each in best.columns]):
        doubts.append(BARE)
    if PAPER in table.names:
        paper = table.names[PAPER]
        doubts.append(Text(f"it is called “{paper.name}”", f"名称为“{paper.name}”"))
    by_role = {each.role: each for each in best.columns}
    doubts += [not_stated(record_type, role) for role in best.missing]
    for name, each in record_type.fields.items():
        if each.required and name in by_role and not by_role[name].sure:
            doubts.append(Text(f"{each.title.en} is told by part of a word only", f"{each.title.zh}仅凭部分字词判断"))
    if share_explained(table, best) < 600:
        doubts.append(Text("too many columns are left over", "未用到的栏过多"))
    if len(_kinds_of_evidence(table, best)) < 2:
        doubts.append(Text("words alone speak for it", "只有字词依据"))
    doubts += _unproved(table, best, record_type)
    busy = [at for at, kind in enumerate(table.kinds) if not table.is_idle(at, kind)]
    unknown = len(set(busy) - set(_used(best)))
    doubts += doubts_of_change(record_type, {*(each.role for each in best.columns if each.sure), *best.fields}, unknown)
    somebody = other_owner(table, record_type, by_role)
    doubts += [somebody] if somebody is not None else []
    another = named_after_another(table, record_type)
    doubts += [another] if another is not None else []
    if orphaned(table, record_type, by_role):
        doubts.append(Text("nothing says whose it is", "未见所属单位或单号"))
    if _of_several(table, best, record_type):
        title = record_type.fields[record_type.owner or ""].title
        doubts.append(Text(f"its lines are of more than one {title.en.casefold()}", f"各行不是同一{title.zh}"))
    for rival in ranked[1:]:
        mine = table.names[best.record].fit if best.record in table.names else 0
        other = table.names[rival.record].fit if rival.record in table.names else 0
        title = table.knowledge.types[rival.record].title
        if other > mine and best.points - rival.points < _RIVAL:
            doubts.append(Text(f"its name may mean {title.en}", f"名称可能指{title.zh}"))
        elif best.record == table.family or _stands_elsewhere(table, rival, table.knowledge.types[rival.record]):
            continue  # its kin or its rival's records are read already: what has the same columns is something else
        elif _is_at_a_bank(table, record_type) and not _has_account(table.knowledge.types[rival.record]):
            continue  # 建行日记账 is no book of cash
        elif best.points - rival.points < (_MARGIN if other or not mine else _MARGIN_NAMED) or (
            not mine and _is_twin(table, best, rival)
        ):
            doubts.append(Text(f"it may as well be {title.en}", f"也可能是{title.zh}"))
    if record_type.flow is not None and not _is_of_an_account(table, best):
        doubts.append(Text("nothing says of what account or book it is", "未见所属账户或账簿"))
    if record_type.flow is not None and _is_without_sides(table, by_role):
        doubts.append(Text("nothing tells money in from money out", "未见收支方向"))
    if record_type.flow is not None and not counts_money(table, by_role, _used(best), best.fields):
        doubts.append(NO_MONEY)
    if _stands_elsewhere(table, best, record_type):
        doubts.append(Text("most of its records stand in another table of its kind", "其中多数记录已见于另一张同类表"))
    doubts += untold_groups(table, record_type, {each.index for each in best.columns})
    if len(record_type.identity) == 1 and record_type.identity[0] in best.fields and table.shape.rows > 1:
        doubts.append(Text("one number would name all of its rows", "各行会共用同一个编号"))
    close = len(ranked) > 1 and best.points - ranked[1].points < _RIVAL
    of_family = best.record in table.keys.families.get(table.shape.headers, {})
    if close and not of_family and _repeats(table, best, record_type):
        doubts.append(Text("what should name a record stands there twice", "应唯一的编号有重复"))
    return doubts


def is_likely(table: TableEvidence, ranked: Sequence[Hypothesis], explained: int) -> bool:
    best = ranked[0]
    record_type = table.knowledge.types[best.record]
    margin = best.points - ranked[1].points if len(ranked) > 1 else _MARGIN
    fields = record_type.fields
    required = [each for each in best.columns if each.role in fields and fields[each.role].required]
    held = sum(each.sure for each in required)
    return (
        not best.missing
        and explained >= 500
        and margin >= 2000
        and 2 * held >= len(required)
        and PAPER not in table.names
        and len(_kinds_of_evidence(table, best)) >= 2
        and (record_type.flow is None or _may_be_of_an_account(table, best))
        and (bool(best.proved) or best.record in table.names or tells(table, record_type, _used(best)))
        and other_owner(table, record_type, {each.role: each for each in best.columns}) is None
        and named_after_another(table, record_type) is None
        and not _unproved(table, best, record_type)
        and not _of_several(table, best, record_type)
        and not orphaned(table, record_type, {each.role: each for each in best.columns})
        and (best.record in table.names or not any(_is_twin(table, best, rival) for rival in ranked[1:]))
    )


def is_worth_a_question(table: TableEvidence, best: Hypothesis, explained: int) -> bool:
    """Whether somebody who knows the table may say what it is: a third of it is explained and little is missing, or the
    line above calls it so."""
    if not _speaks(table, best):
        return False
    if best.named and table.names[best.record].fit >= _NEAREST and PAPER not in table.names:
        return True
    most = 2 if best.named or sum(each.sure for each in best.columns) >= _MANY_KNOWN else 1
    return explained * 3 >= 1000 and len(best.missing) <= most


def another_worth_a_question(table: TableEvidence, ranked: Sequence[Hypothesis]) -> Hypothesis | None:
    """Of a table of which the best hypothesis is worth no question the one that explains most, if something speaks for
    it and it lacks nothing once the columns left over are guessed."""
    if PAPER in table.names or table.shape.is_form:
        return None
    guessed = [(each, with_leftovers(table, each)) for each in ranked if _speaks(table, each)]
    whole = [each for _, each in guessed if not each.missing and 3 * share_explained(table, each) >= 2000]
    return max(whole, key=lambda each: share_explained(table, each), default=None)


def called_by_name(table: TableEvidence, ranked: Sequence[Hypothesis]) -> Hypothesis | None:
    """The hypothesis of the type by whose name a table is called, and by nothing else: `Unused forms` above it or on
    its sheet. Such a table is worth a question however strange its headers, if two of them may be fields."""
    named = [each for each in ranked if each.record in table.names and _is_called(table, each)]
    return named[0] if len(named) == 1 and len(named[0].columns) >= 2 else None


def _is_called(table: TableEvidence, best: Hypothesis) -> bool:
    fit = table.names[best.record]
    return fit.text in table.shape.names[:2] and header_key(fit.text) == fit.name


def _speaks(table: TableEvidence, best: Hypothesis) -> bool:
    """Whether something speaks for a hypothesis that is worth a question: a name and a header that is known or nearly
    so, or two such headers; of a table that is called a paper of another kind, the name. Nothing speaks for movements
    where words count other things than money."""
    if table.knowledge.types[best.record].flow is not None and counts_other_things(table, _used(best)):
        return False
    known = sum(each.sure and each.ground is not Ground.KIND for each in best.columns)
    named = best.record in table.names
    busy = sum(not table.is_idle(at, kind) for at, kind in enumerate(table.kinds))
    if not named and busy <= _SMALL and not tells(table, table.knowledge.types[best.record], _used(best)):
        return False
    return named and known >= 1 if PAPER in table.names else known >= 2 or (named and known >= 1)


def share_explained(table: TableEvidence, best: Hypothesis) -> int:
    """The share of columns that hold something which the hypothesis explains, in thousandths."""
    busy = [at for at, kind in enumerate(table.kinds) if not table.is_idle(at, kind)]
    used = {each.index for each in best.columns}
    return 1000 * sum(at in used for at in busy) // max(len(busy), 1)


def _kinds_of_evidence(table: TableEvidence, best: Hypothesis) -> set[str]:
    found = {"word"} if any(each.ground in (Ground.WORD, Ground.EQUAL_PARTS) for each in best.columns) else set()
    if any(each.ground is Ground.ARITHMETIC for each in best.columns) or best.proved:
        found.add("arithmetic")
    record_type = table.knowledge.types[best.record]
    if sum(_is_of_kind(table.kinds[each.index], record_type.fields.get(each.role)) for each in best.columns) >= 2:
        found.add("kind")
    if best.record in table.names:
        found.add("name")
    if best.fields:
        found.add("label")
    return found


def _is_of_kind(kind: ColumnKind, each: Field | None) -> bool:
    """Whether a column holds values of a kind of its own: days, amounts, currencies, all but a few of them."""
    return not kind.empty and (each is None or each.type in _KINDS) and fit(kind, each) >= _KNOWN


def _unproved(table: TableEvidence, best: Hypothesis, record_type: RecordType) -> list[Text]:
    """A relation that fails is a veto; where the figures of one stand, one must be borne out."""
    roles = {each.role: each.index for each in best.columns}
    states = []
    for relation in record_type.relations:
        at = {name: roles[name] for name in relation.fields if name in roles and roles[name] in table.figures.columns}
        states.append(table.figures.holds(relation, at))
    if False in states:
        return [Text("its figures do not agree with one another", "各栏数字互不相符")]
    return []


def _of_several(table: TableEvidence, best: Hypothesis, record_type: RecordType) -> bool:
    """Whether a paper of one partner has lines of several: a bill is of one customer."""
    owner = record_type.fields.get(record_type.owner or "")
    if owner is None or owner.party is None or best.record in table.names:
        return False
    column = next((each for each in best.columns if each.role == owner.name), None)
    return column is not None and table.kinds[column.index].distinct > 1


_OF_ACCOUNTS = frozenset(("account", "serial", "counterparty", "counterparty_account", "voucher_no", "document_no"))


def _is_of_an_account(table: TableEvidence, best: Hypothesis) -> bool:
    """Whether movements are known to be on an account or in a book: by a name around, an account, a balance that holds,
    or a column that only such papers have. A day, a text and two sides of money stand on any paper."""
    roles = {each.role for each in best.columns} | set(best.fields)
    return best.record in table.names or bool(roles & _OF_ACCOUNTS) or bool(best.proved)


def _is_at_a_bank(table: TableEvidence, record_type: RecordType) -> bool:
    """Whether the title, the sheet or the file of movements on an account names the bank that keeps it."""
    named = record_type.flow is not None and _has_account(record_type)
    return named and any(account_words(text).banks for text in table.shape.names[:_OWN_NAMES])


def _has_account(record_type: RecordType) -> bool:
    return any(each.master == ACCOUNT for each in record_type.fields.values())


def _is_without_sides(table: TableEvidence, columns: Mapping[str, ColumnReading]) -> bool:
    """Whether movements have amounts without a sign or a letter, no words for their sides, and no balances from which
    these follow."""
    amount, balance = columns.get("amount"), columns.get("balance")
    if amount is None or {MONEY_IN, MONEY_OUT, FLAG, "direction"} & set(columns):
        return False
    if any(_SIGNED.search(text) for text in table.kinds[amount.index].texts):
        return False
    return balance is None or table.figures.moves_by(balance.index, amount.index) is False


def _may_be_of_an_account(table: TableEvidence, best: Hypothesis) -> bool:
    known = best.record in table.names or bool(best.proved)
    return known and counts_money(table, [each.role for each in best.columns], _used(best), best.fields)


def _used(best: Hypothesis) -> list[int]:
    return [each.index for each in best.columns]


def _is_twin(table: TableEvidence, best: Hypothesis, rival: Hypothesis) -> bool:
    """Whether a rival explains nearly the same columns and lacks nothing, so that points alone keep the two apart:
    slips, their register and the lines of a bill. What the best alone explains or states tells them apart."""
    if rival.missing or set(best.fields) - set(rival.fields):
        return False
    mine, theirs = {each.index for each in best.columns}, {each.index for each in rival.columns}
    return 4 * len(mine & theirs) >= 3 * len(mine) and len(mine - theirs) < _TELLING


def _stands_elsewhere(table: TableEvidence, best: Hypothesis, record_type: RecordType) -> bool:
    """Whether half of the numbers that name its records, and more, name records of its type in other tables."""
    if len(record_type.identity) != 1 or best.record not in table.keys.records:
        return False
    column = next((each for each in best.columns if each.role == record_type.identity[0]), None)
    if column is None:
        return False
    texts = list(dict.fromkeys(table.kinds[column.index].texts))
    return bool(texts) and 2 * sum(table.keys.is_record(best.record, text) for text in texts) > len(texts)


def _repeats(table: TableEvidence, best: Hypothesis, record_type: RecordType) -> bool:
    """Whether the one column that names a record holds the same value in more than a tenth of its rows."""
    if len(record_type.identity) != 1:
        return False
    column = next((each for each in best.columns if each.role == record_type.identity[0]), None)
    if column is None or record_type.fields[column.role].type is not FieldType.NUMBER_TEXT:
        return False
    kind = table.kinds[column.index]
    return kind.distinct * 10 < kind.count * 9
