"""Numbers of documents in the form of the book they come from: `SH26-4120` is `SH26-004120`, `3101` is `0003101`.

What is written is compared with the issued books (领用登记): only the separators inside the prefix and behind it may
differ, and leading zeros may be missing. A missing prefix is inferred only where exactly one issued book holds the
number, and so is one that papers print and the register of books leaves out (`SJ0003101`). A word for the number itself
(`收据3101`, `Receipt No. 3101`) is no prefix. Whatever fits no book keeps the form it is written in: a suffix
(`SH26-004010-1`, `3102/2`, `3102A`) is part of the number and never becomes digits of another.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import pyarrow as pa

from auditor.engine import Engine
from auditor.records.model import RecordType
from auditor.values.text import number_text

_SEPARATOR = r"[-_./\\#—–]"
_AROUND = re.compile(rf"^(?:(?:NO[.:]*|编号:?|号码:?|第)?{_SEPARATOR}*)|(?:号|#)$")
_PRINTED = re.compile(rf"([^\W\d_]+){_SEPARATOR}*([0-9]+)")  # letters before a number
_LEADING = re.compile(r"([^\W\d_A-Z]+|[A-Z]+)")
_HAN = re.compile(r"[^\W\d_A-Za-z]")
_SERIES = 2  # letters: fewer may part two series of one book
_RUNS = re.compile(r"[A-Z]+|[0-9]+|[^\W\d_A-Z]+")


class _Form(NamedTuple):
    """How the numbers of a book are printed."""

    prefix: str
    width: int

    def number(self, value: int) -> str:
        return f"{self.prefix}{value:0{self.width}d}"


class _Books:
    """The issued books of one kind."""

    def __init__(
        self, rows: Iterable[tuple[str | None, int, int, int | None]], words: Sequence[str] = ()
    ) -> None:
        self._words = words  # what their numbers are called
        self._books: dict[_Form, list[tuple[int, int]]] = {}
        for prefix, first, last, width in rows:
            form = _Form(number_text(prefix or ""), width or len(str(last)))
            self._books.setdefault(form, []).append((first, last))
        for books in self._books.values():
            books.sort()
        self._by_prefix: dict[str, list[_Form]] = {}
        for form in sorted(self._books):
            self._by_prefix.setdefault(form.prefix, []).append(form)
        self._numbers = {prefix: _number_with(prefix) for prefix in self._by_prefix if prefix}

    @property
    def pattern(self) -> str:
        """A regular expression of numbers that are in the form of a book already."""
        return "|".join(f"{_escaped(form.prefix)}[0-9]{{{form.width}}}" for form in sorted(self._books))

    def restored(self, text: str) -> str | None:
        """The number in the form of its book; None if no book or more than one claims it."""
        plain = _without_words(_AROUND.sub("", number_text(text)), self._words)
        with_prefix = self._with_prefix(plain)
        if with_prefix is not None:
            return with_prefix
        if not (plain.isascii() and plain.isdigit()):
            return self._without_printed(plain)
        value = int(plain)
        holding = [form for form in self._books if self._fits(form, plain) for _ in self._holding(form, value)]
        if len(holding) == 1:
            return holding[0].number(value)
        bare = self._by_prefix.get("", [])
        if not holding and len(bare) == 1 and self._fits(bare[0], plain):
            return bare[0].number(value)
        return None

    def _with_prefix(self, plain: str) -> str | None:
        forms = [
            (form, int(match[1]))
            for prefix, pattern in self._numbers.items()
            if (match := pattern.fullmatch(plain))
            for form in self._by_prefix[prefix]
            if self._fits(form, match[1])
        ]
        held = {form.number(value) for form, value in forms if self._holding(form, value)}
        found = held or {form.number(value) for form, value in forms}
        return found.pop() if len(found) == 1 else None

    def _without_printed(self, plain: str) -> str | None:
        """The number of a book without a prefix, where the paper prints letters before it that no book knows."""
        match = _PRINTED.fullmatch(plain)
        if match is None or match[1] in self._by_prefix:
            return None
        whole, value = len(match[1]) >= _SERIES, int(match[2])
        found = {
            form.number(value)
            for form in self._by_prefix.get("", [])
            if (self._fits(form, match[2]) if whole else len(match[2]) == form.width) and self._holding(form, value)
        }
        return found.pop() if len(found) == 1 else None

    def _holding(self, form: _Form, value: int) -> list[tuple[int, int]]:
        books = self._books[form]
        return [book for book in books[: bisect_right(books, (value, 10**18))] if book[1] >= value]

    @staticmethod
    def _fits(form: _Form, digits: str) -> bool:
        return len(digits.lstrip("0")) <= form.width


def restore_numbers(engine: Engine, types: Mapping[str, RecordType]) -> int:
    """Rewrites every field with `book` in all tables; returns how many different texts were rewritten."""
    books = _issued(engine, types)
    if not books:
        return 0
    changed = 0
    for record in types.values():
        for field in record.fields.values():
            if field.book == "*":
                kinds = [row[0] for row in engine.rows(f'SELECT DISTINCT kind FROM "{record.name}" ORDER BY kind')]
                for kind in kinds:
                    changed += _restore(engine, record.name, field.name, books.get(kind), kind)
            elif field.book:
                changed += _restore(engine, record.name, field.name, books.get(field.book), None)
    return changed


def _restore(engine: Engine, table: str, field: str, books: _Books | None, kind: str | None) -> int:
    if books is None:
        return 0
    of_kind = "" if kind is None else " AND kind = $kind"
    parameters = {} if kind is None else {"kind": kind}
    rows = engine.rows(
        f'SELECT DISTINCT "{field}" FROM "{table}" WHERE "{field}" IS NOT NULL{of_kind}'
        f' AND NOT regexp_full_match("{field}", $pattern) ORDER BY 1', {"pattern": books.pattern, **parameters})
    restored = ((text, books.restored(text)) for (text,) in rows)
    pairs = [(text, number) for text, number in restored if number is not None and number != text]
    if pairs:
        written, right = (list(column) for column in zip(*pairs, strict=True))
        with engine.registered(_restored=pa.table({"written": written, "restored": right})):
            engine.execute(f'UPDATE "{table}" AS t SET "{field}" = r.restored FROM _restored AS r'
                           f' WHERE t."{field}" = r.written{of_kind}', parameters or None)
    return len(pairs)


def _words_of(types: Mapping[str, RecordType], kind: str) -> tuple[str, ...]:
    """What the numbers of a kind of book are called wherever they stand."""
    fields = (each for record in types.values() for each in record.fields.values() if each.book == kind)
    return tuple(sorted({number_text(word) for each in fields for word in (*each.headers, *each.labels)}))


def _without_words(plain: str, words: Sequence[str]) -> str:
    """A number without the word for it before it: the whole word, or in Chinese what one begins with (`收据`, `收`)."""
    match = _LEADING.match(plain)
    if match is None or not any(_calls(match[1], word) for word in words):
        return plain
    return _AROUND.sub("", plain[len(match[1]) :])


def _calls(printed: str, word: str) -> bool:
    return word.startswith(printed) if _HAN.match(printed) else word in (printed, f"{printed}NO", f"{printed}NO.")


def _issued(engine: Engine, types: Mapping[str, RecordType]) -> dict[str, _Books]:
    rows = engine.rows(
        "SELECT kind, prefix, first_no, last_no, width FROM number_book"
        " WHERE kind IS NOT NULL AND first_no IS NOT NULL AND last_no IS NOT NULL"
        " ORDER BY kind, first_no, last_no, prefix")
    by_kind: dict[str, list[tuple[str | None, int, int, int | None]]] = {}
    for kind, prefix, first, last, width in rows:
        by_kind.setdefault(kind, []).append((prefix, first, last, width))
    return {kind: _Books(dict.fromkeys(books), _words_of(types, kind)) for kind, books in by_kind.items()}


def _number_with(prefix: str) -> re.Pattern[str]:
    """What numbers of a prefix may look like; its group is their digits."""
    between = f"{_SEPARATOR}*"
    return re.compile(between.join([*map(re.escape, _RUNS.findall(prefix)), "([0-9]+)"]))


def _escaped(text: str) -> str:
    return "".join(each if each.isalnum() else f"\\x{{{ord(each):x}}}" for each in text)
