"""Labels of totals, of balances brought or carried forward, and of the extent of an export.

A label is a text that is made of the parts in `rules/words` and of nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from auditor.documents.headers import header_key
from auditor.documents.words import balance_words, extent_words, mark_words, total_words

End = Literal["opening", "closing"]
Part = tuple[str, str]  # kind and word

LONGEST, _LONGEST_GROUP = 40, 16  # characters of a label, of the name of a group
_DAY = r"(?:20\d\d[-./年])?\d{1,2}[-./月]\d{1,2}[日号]?|\d{1,2}[日号]|20\d{6}"
_MONTH = r"(?:20\d\d[-./年])?(?:0?[1-9]|1[0-2])月份?|20\d\d[-./](?:0[1-9]|1[0-2])"
_SUMS = frozenset(("sum", "part_sum", "to_date"))
_BESIDE = ("named", "balance", "bracket")  # parts that may stand around the words of a balance


@dataclass(frozen=True, slots=True)
class TotalLabel:
    """A total's label: a count that it states itself and its reach, or the group it is of: `甬泰` of `甬泰小计`.

    A label with a `group` is no known one: the group is whatever stands before the word for a total. `side`: the total
    is of one side alone (`收入合计`). `scope`: page, day, week, month, period, quarter, year or table.
    """

    text: str
    group: str | None = None
    count: int | None = None
    subtotal: bool = False
    to_date: bool = False
    of_day: bool = False
    side: str | None = None
    scope: str | None = None


class _Grammar:
    """Splits a key wholly into words of several kinds and patterns."""

    def __init__(self, words: Mapping[str, Iterable[str]], patterns: Mapping[str, str] | None = None) -> None:
        self._words: dict[str, list[Part]] = {}
        for kind, listed in words.items():
            for word in listed:
                self._words.setdefault(word[0], []).append((kind, word))
        for starting in self._words.values():
            starting.sort(key=lambda part: -len(part[1]))
        self._patterns = {kind: re.compile(pattern) for kind, pattern in (patterns or {}).items()}

    def parts(self, key: str) -> tuple[Part, ...] | None:
        """The parts of a key, the longest first at each place; None if some of it is no part."""
        return self._from(key, 0, set())

    def _from(self, key: str, at: int, dead: set[int]) -> tuple[Part, ...] | None:
        if at == len(key):
            return ()
        if at in dead:
            return None
        found = [(kind, match[0]) for kind, each in self._patterns.items() if (match := each.match(key, at))]
        found += [part for part in self._words.get(key[at], ()) if key.startswith(part[1], at)]
        for part in found:
            rest = self._from(key, at + len(part[1]), dead)
            if rest is not None:
                return (part, *rest)
        dead.add(at)
        return None


@lru_cache(maxsize=1)
def _totals() -> _Grammar:
    words, marks = total_words(), mark_words()
    units = "|".join(map(re.escape, marks.units))
    kinds: dict[str, Iterable[str]] = {
        "sum": words.sum, "part_sum": words.part_sum, "to_date": words.to_date, "count": words.count,
        **{f"scope {scope}": listed for scope, listed in words.scopes.items()},
        "object": words.objects, "joint": (*words.joints, ":", "：", "#", "/", "-"), "side": words.sides,
        "dealing": words.dealings, "month": words.months,
        "number": (*marks.number_of, *(f"{word}数" for word in marks.counted)),
    }  # fmt: skip
    return _Grammar(
        kinds,
        {
            "figure": rf"\d{{1,9}}(?:{units})", "scope page": r"第\d{1,3}页|page\d{1,3}", "day": _DAY, "month": _MONTH,
            "year": r"20\d\d年?(?:度|全年)?", "bracket": r"\([^()]*\)",
        },
    )  # fmt: skip


@lru_cache(maxsize=1)
def _balances() -> _Grammar:
    words = balance_words()
    return _Grammar(
        {
            "opening time": words.opening.times, "closing time": words.closing.times,
            "opening alone": words.opening.alone, "closing alone": words.closing.alone,
            "opening balance": words.opening.balance, "closing balance": words.closing.balance,
            "balance": words.balance, "named": words.named,
        },
        {"bracket": r"\([^()]*\)"},
    )  # fmt: skip


@lru_cache(maxsize=20_000)
def _total_parts(key: str) -> tuple[Part, ...] | None:
    return _totals().parts(key) if len(key) <= LONGEST else None


def total_label(text: str, *, groups: bool = True) -> TotalLabel | None:
    """The total that a cell's text names, if it does. With `groups` also `恒昌电子小计`, whatever stands before."""
    return _total_label(text, groups) if len(text) <= LONGEST else None


@lru_cache(maxsize=20_000)
def _total_label(text: str, groups: bool) -> TotalLabel | None:
    key = header_key(text)
    parts = _total_parts(key) if key else None
    if parts:
        return _known_total(text.strip(), parts)
    stem = _stem(key) if groups and key else None
    return TotalLabel(text.strip(), group=stem, subtotal=True) if stem else None


def _known_total(text: str, parts: Sequence[Part]) -> TotalLabel | None:
    words = total_words()
    kinds = [kind for kind, _ in parts]
    scopes = [kind.removeprefix("scope ") for kind in kinds if kind.startswith("scope ")]
    summed = _SUMS & set(kinds)
    figures = [word for kind, word in parts if kind == "figure"]
    if figures and (kinds[0] == "figure" or not (summed or "count" in kinds or scopes)):
        return None
    if not summed and not figures:
        return None
    of_day = "day" in scopes or "day" in kinds
    return TotalLabel(
        text,
        count=int(re.findall(r"\d+", figures[0])[0]) if figures else None,
        subtotal="part_sum" in kinds or "day" in kinds or bool(set(scopes) & set(words.parts_of_table)),
        to_date="to_date" in kinds or "year" in kinds or bool(set(scopes) & set(words.beginning_of_year)),
        of_day=of_day,
        side=next((word for kind, word in parts if kind == "side"), None),
        scope=next((scope for scope in scopes if scope != "table"), "month" if "month" in kinds else None),
    )


def _stem(key: str) -> str | None:
    """What stands before a word for a total at the end of a key: the name of a group, or a word that is not known."""
    words = total_words()
    for word in (*words.sum, *words.part_sum, *words.to_date):
        stem = key.removesuffix(word)
        if stem != key and 0 < len(stem) <= _LONGEST_GROUP and not stem[0].isdigit():
            return stem
    return None


def ends_like_total(text: str) -> bool:
    """Whether a text ends with a word for a total or for a count of rows, whatever stands before: 进账共, 部门合计."""
    words = total_words()
    return header_key(text).endswith((*words.sum, *words.part_sum, *words.count))


@lru_cache(maxsize=20_000)
def balance_label(text: str) -> End | None:
    """`opening` or `closing`, if a cell's text names a balance brought or carried forward."""
    if len(text) > LONGEST:
        return None
    parts = _balances().parts(header_key(text)) or ()
    kinds = {kind for kind, _ in parts}
    ends: tuple[End, End] = ("opening", "closing")
    end = next((end for end in ends if {f"{end} time", f"{end} alone"} & kinds), None)
    if end is None:
        return None
    times = {f"{each} time" for each in ends}
    nouns = {"balance", f"{end} balance"}
    timed = next((at for at, (kind, _) in enumerate(parts) if kind in times), len(parts))
    if any(kind in nouns for kind, _ in parts[timed:]):
        return end if kinds <= {*times, *nouns, *_BESIDE} else None
    alone = balance_words().opening.alone if end == "opening" else balance_words().closing.alone
    words = [word for kind, word in parts if kind not in _BESIDE]
    return end if len(words) == 1 and words[0] in alone else None


def carried_over(text: str) -> bool:
    """Whether a balance is only carried from page to page (承前页, 过次页) and opens and closes nothing by itself."""
    parts = _balances().parts(header_key(text)) or ()
    return any(word in balance_words().pages for _, word in parts)


def stated_count(text: str) -> int | None:
    """The count in a text such as `419票` or `共66笔记录`."""
    parts = _total_parts(header_key(text))
    figures = [word for kind, word in parts or () if kind == "figure"]
    others = {kind for kind, _ in parts or ()} - {"figure", "sum", "count", "scope table", "dealing", "joint"}
    return int(re.findall(r"\d+", figures[0])[0]) if len(figures) == 1 and not others else None


def total_word(text: str) -> bool:
    """Whether a text must be the label of a total beside it, such as `汇总收入金额` and `支出合计[ Total debit ]`."""
    kinds = {kind for kind, _ in _total_parts(header_key(text)) or ()}
    return bool(kinds & {"side", "dealing"}) and bool(kinds & {*_SUMS, "number", "object", "scope table"})


def is_summary_line(labels: Collection[str]) -> bool:
    """Whether labels in a line sum a table up, and stand over their figures: all speak of totals, counts or sides of
    money, and one of a total or a count (资金流水总笔数, 收入笔数, 收入金额)."""
    summing = [_is_summary_label(each) for each in labels]
    counting = any(summing) or any(counts_rows(header_key(each)) for each in labels)
    return counting and all(sums or total_word(each) for sums, each in zip(summing, labels, strict=True))


def _is_summary_label(text: str) -> bool:
    """Whether a text speaks of a total or a count at all: 应结订单总金额, 总交易单数."""
    return _of_summary().search(header_key(text)) is not None


@lru_cache(maxsize=1)
def _of_summary() -> re.Pattern[str]:
    words = total_words()
    listed = (*words.sum, *words.part_sum, *words.to_date, "总", *(f"{each}数" for each in mark_words().counted))
    return re.compile("|".join(map(re.escape, listed)))


def counts_all(key: str) -> bool:
    """Whether a label in normal form (`总笔数`, `共记录数`) is of the number of all rows."""
    kinds = {kind for kind, _ in _total_parts(key) or ()}
    numbered = "number" in kinds or key in mark_words().counted or key in total_words().dealings
    return numbered and kinds <= {"number", "sum", "count", "scope table", "dealing", "joint"}


def counts_rows(key: str) -> bool:
    """Whether a label in normal form asks for a number of rows: `借方笔数`."""
    return any(kind == "number" for kind, _ in _total_parts(key) or ())


def without_total_words(key: str) -> str:
    """A label in normal form without its words for totals, amounts and periods: `借方` of `本月借方合计金额`."""
    parts = _total_parts(key)
    if parts is None:
        return _of_totals().sub("", key)
    kept = {"side", "dealing"}
    return "".join(word for kind, word in parts if kind in kept)


@lru_cache(maxsize=1)
def _of_totals() -> re.Pattern[str]:
    words = total_words()
    listed = (*words.sum, *words.part_sum, *words.to_date, *words.scopes["table"], *words.scopes["period"],
              *words.scopes["month"], *words.objects, *(f"{each}数" for each in mark_words().counted))  # fmt: skip
    whole = sorted({word for word in listed if len(word) > 1 or word == "总"}, key=lambda word: (-len(word), word))
    return re.compile("|".join(map(re.escape, whole)))


def summed_field(key: str) -> str | None:
    """The header of which a label in normal form is the total: `件数` of `件数合计`, '' of a total of no field."""
    words = total_words()
    for word in (*words.sum, *words.part_sum):
        if word in key:
            return (key.removeprefix(word) if key.startswith(word) else key.removesuffix(word)).removesuffix("总")
    return key.removeprefix("总").removesuffix("总") if "总" in key else None


def is_first_day(key: str) -> bool:
    """Whether a label in normal form is of the first day of an extent."""
    return key in extent_words().first


def is_last_day(key: str) -> bool:
    """Whether a label in normal form is of the last day of an extent."""
    return key in extent_words().last


def is_extent(key: str) -> bool:
    """Whether a label in normal form is of both days of an extent."""
    return key in extent_words().both
