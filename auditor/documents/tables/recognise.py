"""Which record type a header row speaks of, and which column is which field."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from auditor.documents.declarations import NOTHING_DECLARED, Declarations
from auditor.documents.headers import Unit, header_key, header_variants, unit_of
from auditor.documents.vocabulary import FLAG, MONEY_IN, MONEY_OUT, RANGE, Vocabulary, roles
from auditor.records.model import FieldType, RecordType

_CLOCK = re.compile(r"(0?\d|1\d|2[0-3])[:：][0-5]\d([:：][0-5]\d([.]\d+)?)?")
_DAY = re.compile(r"[0-3]?\d(?:\.0)?[日号]?")
_CLOCK_DIGITS = re.compile(r"([01]\d|2[0-3])[0-5]\d[0-5]\d")


@dataclass(frozen=True, slots=True)
class Column:
    """A column that was claimed: by which role, and the unit that its header names."""

    role: str
    index: int
    header: str
    unit: Unit | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """One record type's claim on a header row."""

    record: str
    columns: tuple[Column, ...]
    missing: tuple[str, ...]  # titles of required fields without a column
    titles: int = 0  # how well the type's title fits the names around the table
    day_columns: tuple[int, ...] = ()  # of month and day, or of year, month and day, where the date is divided
    fields: Mapping[str, str] = field(default_factory=dict)  # what no column states: role → text
    assumed: frozenset[str] = frozenset()  # those of the fields that a name alone states
    declared: Declarations = NOTHING_DECLARED
    answered: bool = False  # the user has said what the table is
    # what words of this table alone mean: field → word → choice
    choices: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def complete(self) -> bool:
        return not self.missing

    def column(self, role: str) -> Column | None:
        return next((column for column in self.columns if column.role == role), None)


def claims(
    header: Sequence[Sequence[str]],
    samples: Sequence[Sequence[str]],
    vocabulary: Vocabulary,
    given: Iterable[str] = (),
) -> list[Claim]:
    """The claims of all record types on a header row, best first.

    `header` holds for each column the texts by which it may be known, best first; `samples` some values of each column;
    `given` the fields ("TYPE.FIELD") that stand in the heading, so that no column needs to.
    """
    offers: dict[str, list[tuple[tuple[int, int, int], str, Column]]] = defaultdict(list)
    for index, texts in enumerate(header):
        clock = _is_clock(header[index], samples[index])
        for order, text in enumerate(texts):
            for key, unit, quality in header_variants(text):
                for name, role, rank in vocabulary.words.get(key, ()):
                    taken = _role_for(vocabulary.types[name], role, clock)
                    if taken:
                        column = Column(taken, index, text, unit or unit_of(key))
                        offers[name].append(((quality * 10 + order, rank, index), taken, column))
    known = set(given)
    divided = bool(_day_columns(header, samples, set()))
    found = [
        _claim(vocabulary.types[name], offered, known, header, samples)
        for name, offered in offers.items()
        if not (divided and _undivided(vocabulary.types[name]))
    ]
    return sorted(found, key=lambda claim: (not claim.complete, -len(claim.columns), claim.record))


def _role_for(record_type: RecordType, role: str, clock: bool) -> str | None:
    """A column of times of day under a word such as 交易时间 is no date; it is the time, if the type has one."""
    each = record_type.fields.get(role)
    if not clock or each is None or each.type is not FieldType.DATE:
        return role
    return "time" if "time" in record_type.fields else None


def _is_clock(texts: Sequence[str], samples: Sequence[str]) -> bool:
    values = [value.strip() for value in samples if value and value.strip()]
    if not values:
        return False
    if all(_CLOCK.fullmatch(value) for value in values):
        return True
    named = any("时间" in text or "time" in text.casefold() for text in texts)
    return named and all(_CLOCK_DIGITS.fullmatch(value) or value in ("-", "--") for value in values)


def _claim(
    record_type: RecordType,
    offered: list[tuple[tuple[int, int, int], str, Column]],
    given: set[str],
    header: Sequence[Sequence[str]],
    samples: Sequence[Sequence[str]],
) -> Claim:
    taken: dict[str, Column] = {}
    used: set[int] = set()
    parted = set(_day_columns(header, samples, used)) if "date" in record_type.fields else set()
    if parted and all(_DAY.fullmatch(value.strip()) for value in samples[max(parted)]):
        offered = [offer for offer in offered if offer[2].index not in parted]
    for _, role, column in sorted(offered, key=lambda offer: (offer[0], offer[1])):
        if role not in taken and column.index not in used:
            taken[role] = column
            used.add(column.index)
    days = () if "date" in taken or "date" not in record_type.fields else _day_columns(header, samples, used)
    _drop_needless_amount(taken)
    if record_type.flow and record_type.flow.flagged and not {FLAG, "amount"} <= set(taken):
        taken.pop("amount", None)
        taken.pop(FLAG, None)
    columns = tuple(sorted(taken.values(), key=lambda column: column.index))
    return Claim(record_type.name, columns, _missing(record_type, taken, given, bool(days)), day_columns=days)


def _undivided(record_type: RecordType) -> bool:
    date = record_type.fields.get("date")
    return date is not None and date.undivided


def _drop_needless_amount(taken: dict[str, Column]) -> None:
    """With a column for money in and one for money out, a third amount adds nothing."""
    if MONEY_IN in taken and MONEY_OUT in taken:
        taken.pop("amount", None)
        taken.pop(FLAG, None)


def _day_columns(header: Sequence[Sequence[str]], samples: Sequence[Sequence[str]], used: set[int]) -> tuple[int, ...]:
    """The columns 月 and 日 side by side, as paper ledgers have them, with one of 年 before them if there is one."""
    keys = [{header_key(text) for text in texts} for texts in header]
    for index in range(len(keys) - 1):
        if "月" in keys[index] and "日" in keys[index + 1] and not {index, index + 1} & used:
            year = (index - 1,) if index and "年" in keys[index - 1] and index - 1 not in used else ()
            return *year, index, index + 1
    return ()


def _missing(record_type: RecordType, taken: Mapping[str, Column], given: set[str], days: bool) -> tuple[str, ...]:
    missing = []
    for name, each in record_type.fields.items():
        if not (each.required or each.required_header) or name in taken:
            continue
        if name == "amount" and record_type.flow and (MONEY_IN in taken or MONEY_OUT in taken):
            continue
        if (name == "date" and days) or record_type.is_computed(name, taken):
            continue
        if record_type.range and RANGE in taken and name in (record_type.range.first, record_type.range.last):
            continue
        if f"{record_type.name}.{name}" in given or (each.default is not None and not each.required_header):
            continue
        missing.append(each.headers[0] if each.headers else name)
    return tuple(missing)


def enough(claim: Claim, record_type: RecordType) -> bool:
    """Three known headers, or all of a type that has no more."""
    return len(claim.columns) + bool(claim.day_columns) >= min(3, len(roles(record_type)))


def title_fit(record_type: RecordType, names: Sequence[str]) -> int:
    """How well the names around a table speak of a record type; 0 = not at all.

    `names` are, nearest first, lines above the table, sheet, file and folders. Pairs of characters of the title are
    looked for; a nearer name decides (four digits each), the farther only break ties.
    """
    total = 0
    for distance, name in enumerate(names[:4]):
        total += fit_of_name(record_type, name) * 10 ** (4 * (3 - distance))
    return total


def named_by(record_type: RecordType, names: Sequence[str]) -> int:
    """How well the nearest name that says anything of the record type says it, in thousandths; 0 = none does."""
    return next((fit for name in names if (fit := fit_of_name(record_type, name))), 0)


def fit_of_name(record_type: RecordType, name: str) -> int:
    """How much of a record type's title a name holds, in thousandths: 银行日记账 is much of 手工银行日记账."""
    text = name.casefold()
    if record_type.title.en.casefold() in text:
        return 1000
    pairs = {record_type.title.zh[at : at + 2] for at in range(len(record_type.title.zh) - 1)}
    hits = sum(pair in text for pair in pairs)
    # of two titles that fit by equal shares, the one with more in common: 银行存款日记账 is no 现金日记账
    return hits * 1000 // max(1, len(pairs)) + hits


def is_label(text: str) -> bool:
    """`客户：` is the label of a value beside it, not the header of a column."""
    return text.rstrip().endswith((":", "："))


def header_texts(band: Sequence[Sequence[str | None]]) -> tuple[tuple[str, ...], ...]:
    """For each column of a header of one to three lines the texts by which it may be known, best first."""
    width = max(len(row) for row in band)
    lines = [
        ["" if is_label(cell or "") else (cell or "").strip() for cell in row] + [""] * (width - len(row))
        for row in band
    ]
    filled = [
        _forward_filled(lines[at], lines[at + 1]) if at + 1 < len(lines) else lines[at] for at in range(len(lines))
    ]
    found: list[tuple[str, ...]] = []
    for column in range(width):
        stack = [line[column] for line in filled if line[column]]
        if not stack:
            found.append(())
            continue
        bottom = stack[-1]
        texts: list[str] = []
        for group in reversed(stack[:-1]):
            texts += [group + bottom, f"{bottom}({group})", bottom + group]
        texts.append(bottom)
        if "\n" in bottom:
            texts.append(bottom.partition("\n")[0])
        found.append(tuple(dict.fromkeys(texts)))
    return tuple(found)


def _forward_filled(line: Sequence[str], below: Sequence[str]) -> list[str]:
    """A group header stands above its first column only; the others of its group are empty but have a text below."""
    result: list[str] = []
    for index, text in enumerate(line):
        grouped = not text and below[index] and index and result[index - 1] and below[index - 1]
        result.append(result[index - 1] if grouped else text)
    return result
