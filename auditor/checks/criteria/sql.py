"""How two values must agree, as SQL over the records `l` and `r` of two sides."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from auditor.checks.criteria.model import AnyOf, Criterion, Days, On, Pair, pair_of
from auditor.checks.sources import Records
from auditor.checks.templates import literal, quoted

NUMBERS = ("DECIMAL", "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "UBIGINT", "UINTEGER")
FAR = 1_000_000  # stands for a distance that is not known, beyond all that are

# A name as it is compared where no master knows it: case, blanks and the width of brackets do not count.
_BARE_NAME = "'=' || regexp_replace(translate(upper({0}), '（）', '()'), '\\s', '', 'g')"
_WIDE = "".join(chr(code) for code in (*range(0xFF01, 0xFF5F), 0x3000))
_HALF = "".join(chr(code) for code in (*range(0x21, 0x7F), 0x20))


@dataclass(frozen=True, slots=True)
class Operand:
    """A field of one side: its value as SQL, the type of that, and what else may be asked of it."""

    value: str
    sql_type: str
    party: str = ""    # whom it names
    working: str = ""  # the number of the working day of a date

    @property
    def number(self) -> bool:
        return is_number(self.sql_type)


Operands = Callable[[Pair], tuple[Operand, Operand]]


@dataclass(frozen=True, slots=True)
class Test:
    """One entry of `on` or `compare`.

    `key` is a pair of expressions that are equal just where the criterion holds, for a join by hash; else None.
    `holds` is the condition in full. `gap` is how far apart the values lie (days or an amount), to choose the nearer
    of two candidates; None where there is no more and less.
    """

    left: str   # the field of the left record
    right: str
    kind: str   # equal, or the name of the criterion's test
    holds: str
    key: tuple[str, str] | None = None
    gap: str | None = None
    nothing: str = "FALSE"    # neither side has a value
    pairs: tuple[Pair, ...] = ()  # all that it looks at

    @property
    def field(self) -> str:
        """What it is called in results."""
        return self.left

    @property
    def window(self) -> bool:
        """Whether it is a window in days."""
        return self.kind in ("days", "working_days")

    @property
    def differs(self) -> str:
        """For a comparison: a value against none differs, none against none does not."""
        if self.kind == "equal" and self.key:
            return f"{self.key[0]} IS DISTINCT FROM {self.key[1]}"
        return f"(({self.holds}) IS NOT TRUE AND NOT ({self.nothing}))"


def is_number(sql_type: str) -> bool:
    return sql_type.upper().startswith(NUMBERS)


def test_of(entry: On, operands: Operands) -> Test:
    """An entry of `on` as SQL. `operands` gives the two sides of a pair."""
    if isinstance(entry, AnyOf):
        tests = [test_of(each, operands) for each in entry.either]
        holds = " OR ".join(f"coalesce({each.holds}, FALSE)" for each in tests)
        nothing = " AND ".join(f"({each.nothing})" for each in tests)
        pairs = tuple(pair for each in tests for pair in each.pairs)
        return Test(tests[0].left, tests[0].right, "either", f"({holds})", nothing=nothing, pairs=pairs)
    return pair_test(pair_of(entry), operands)


def pair_test(pair: Pair, operands: Operands) -> Test:
    """The criterion of two fields as SQL."""
    left, right = operands(pair)
    kind, holds, key, gap = _tested(pair.criterion, left, right)
    values = (left.party, right.party) if kind == "same" else (left.value, right.value)
    nothing = f"{values[0]} IS NULL AND {values[1]} IS NULL"
    if pair.criterion is not None and pair.criterion.empty:
        key = (f"[{key[0]}]", f"[{key[1]}]") if key else None  # in a list nothing equals nothing
        holds = f"{key[0]} = {key[1]}" if key else f"(({holds}) OR ({nothing}))"
        kind = kind if kind != "equal" else "empty"
    return Test(pair.left, pair.right, kind, holds, key, gap, nothing, (pair,))


_Tested = tuple[str, str, tuple[str, str] | None, str | None]


def _tested(criterion: Criterion | None, left: Operand, right: Operand) -> _Tested:
    """Kind, condition, key and gap, whatever becomes of empty values."""
    if criterion is None or not (criterion.tests or criterion.fold):
        key = _equal_values(left, right)
        return "equal", f"{key[0]} = {key[1]}", key, None
    if criterion.contains:
        return "contains", _contained(criterion, left, right), None, None
    if criterion.fold:
        folded = (_folded(left.value, criterion.fold), _folded(right.value, criterion.fold))
        return "fold", f"{folded[0]} = {folded[1]}", folded, None
    if criterion.same:
        return "same", f"{left.party} = {right.party}", (left.party, right.party), None
    if criterion.digits:
        digits = (_digits(left.value), _digits(right.value))
        return "digits", f"{digits[0]} = {digits[1]}", digits, None
    if criterion.either is not None:
        parts = [_tested(each, left, right) for each in criterion.either]
        nothing = f"{left.value} IS NULL AND {right.value} IS NULL"
        allowed = [f"({nothing})" for each in criterion.either if each.empty][:1]
        holds = " OR ".join([*(f"coalesce({each[1]}, FALSE)" for each in parts), *allowed])
        return "either", f"({holds})", None, next((each[3] for each in parts if each[3]), None)
    gap = f"abs({right.value} - {left.value})"
    if criterion.days is not None or criterion.working_days is not None:
        return _window(criterion, left, right, gap)
    return _amounts(criterion, left, right, gap)


def span(window: int | str | Days) -> tuple[int, int]:
    """Days before and after; a plain number means both. Parameters have become numbers by now."""
    if isinstance(window, Days):
        return int(window.before), int(window.after)
    return int(window), int(window)


def tolerance(criterion: Criterion, left: str, right: str) -> str:
    """The greatest difference that `within` or `percent` lets pass between two numbers. Nothing is rounded."""
    if criterion.percent is not None:
        share = f"CAST({literal(str(criterion.percent))} AS DECIMAL(12,5))"
        bases = {"left": f"abs({left})", "right": f"abs({right})", "larger": f"greatest(abs({left}), abs({right}))"}
        return f"CAST({bases[criterion.of or 'left']} AS DECIMAL(38,5)) * {share} * 0.01"
    return f"CAST({literal(str(criterion.within or '0'))} AS DECIMAL(18,5))"


def _equal_values(left: Operand, right: Operand) -> tuple[str, str]:
    """Two values to compare. A number and a text are compared as numbers, never in the order of characters."""
    lv, rv = left.value, right.value
    if left.number != right.number and "VARCHAR" in (left.sql_type, right.sql_type):
        return (
            lv if left.number else f"TRY_CAST({lv} AS DECIMAL(18,5))",
            rv if right.number else f"TRY_CAST({rv} AS DECIMAL(18,5))",
        )
    if left.sql_type != right.sql_type and "VARCHAR" in (left.sql_type, right.sql_type):
        return f"CAST({lv} AS VARCHAR)", f"CAST({rv} AS VARCHAR)"
    return lv, rv


def _folded(value: str, fold: Sequence[str]) -> str:
    """A text without what does not count."""
    if "width" in fold:
        value = f"translate({value}, {literal(_WIDE)}, {literal(_HALF)})"
    if "blanks" in fold:
        value = f"regexp_replace({value}, '[\\s\\x{{00A0}}\\x{{3000}}]', '', 'g')"
    return f"upper({value})" if "case" in fold else value


def _contained(criterion: Criterion, left: Operand, right: Operand) -> str:
    """One text stands in the other, and is no part of a longer number or word there."""
    lv, rv = (_folded(each.value, criterion.fold) for each in (left, right))
    ways = {"left_in_right": f"stands_in({lv}, {rv})", "right_in_left": f"stands_in({rv}, {lv})"}
    if criterion.contains == "either":
        return f"({ways['left_in_right']} OR {ways['right_in_left']})"
    return ways[str(criterion.contains)]


def _digits(value: str) -> str:
    bare = f"regexp_replace(text_of({value}), '[^0-9]', '', 'g')"
    return f"array_to_string(list_sort(string_split(nullif({bare}, ''), '')), '')"


def _window(criterion: Criterion, left: Operand, right: Operand, gap: str) -> _Tested:
    lv, rv = left.value, right.value
    if criterion.days is not None:
        before, after = span(criterion.days)
        if before == after == 0:
            return "days", f"{lv} = {rv}", (lv, rv), gap
        return "days", f"{rv} - {lv} BETWEEN -{before} AND {after}", None, gap
    assert criterion.working_days is not None
    before, after = span(criterion.working_days)
    # the same day agrees with itself even where no calendar reaches
    holds = f"({lv} = {rv} OR {right.working} - {left.working} BETWEEN -{before} AND {after})"
    return "working_days", holds, None, gap


def _amounts(criterion: Criterion, left: Operand, right: Operand, gap: str) -> _Tested:
    lv, rv = left.value, right.value
    if criterion.percent is None and not str(criterion.within or "0").strip("0."):
        return "equal", f"{lv} = {rv}", (lv, rv), gap
    kind = "percent" if criterion.percent is not None else "within"
    return kind, f"{gap} <= {tolerance(criterion, lv, rv)}", None, gap


# --- of records as they are -------------------------------------------------------------------------------------------


def bare_name(value: str) -> str:
    """SQL: a name in normal form, as it is compared where no master knows it."""
    return _BARE_NAME.format(value)


def party_of(given: Records, field: str, alias: str, *, known: bool) -> str:
    """Whom a field names: the number in the master if both sides could know it (`known`), else the name."""
    bare = bare_name(f"{alias}.{quoted(field)}")
    return f"coalesce({alias}.{quoted(field + '__id')}, {bare})" if known else bare


def plain_operands(left: Records, right: Records, aliases: tuple[str, str] = ("l", "r")) -> Operands:
    """The two sides of a pair, of records that are read as they stand."""

    def operands(pair: Pair) -> tuple[Operand, Operand]:
        known = left.has(f"{pair.left}__id") and right.has(f"{pair.right}__id")
        made = []
        for given, name, alias in ((left, pair.left, aliases[0]), (right, pair.right, aliases[1])):
            value = f"{alias}.{quoted(name)}"
            working = f"(SELECT c.working_number FROM calendar_day c WHERE c.day = {value})"
            made.append(Operand(value, given.columns[name], party_of(given, name, alias, known=known), working))
        return made[0], made[1]

    return operands
