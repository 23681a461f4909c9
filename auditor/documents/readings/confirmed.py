"""Confirmed readings as values, and which of them answers for a table."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from functools import cached_property
from pathlib import PurePosixPath

from auditor.documents.declarations import NOTHING_DECLARED, Declarations
from auditor.documents.headers import header_key
from auditor.documents.readings.choice_words import ChoiceWords, WordsByField
from auditor.documents.recognition.hypotheses import MatrixReading, TableReading
from auditor.documents.recognition.shapes import GROUP, letter, signature

_MOST_STRANGE = 2  # headers in which a table may differ from one that was answered and still be near to it
_FEWEST_SHARED = 3

ColumnKey = tuple[str, int]  # header in normal form, and which of the columns that have it, from 1


@dataclass(frozen=True, slots=True)
class ConfirmedReading:
    """One entry of `reading.yaml`.

    `line` is where it stands, `headers` those that are printed, in no order of importance. `record` is what the table
    is, None if it is left out for the reason `ignore`. `columns`: for each header as `numbered` names it (`金额#2`,
    `@D`) the role that its column has, a field or `<in>`, `<out>`, `<flag>`, `<range>`, `<year>`, `<month>`, `<day>`;
    None for no field; no entry at all where it is left to be recognised. `fields`: values of all rows. `labels`: the
    fields of label-value lines. `choices`: what words of this table alone mean, by field. `likely`: taken over
    without a look.
    """

    line: int
    headers: tuple[str, ...] = ()
    record: str | None = None
    ignore: str | None = None
    title: str | None = None
    file: str | None = None
    sheet: str | None = None
    columns: Mapping[str, str | None] = field(default_factory=dict)
    fields: Mapping[str, str] = field(default_factory=dict)
    matrix: MatrixReading | None = None
    labels: Mapping[str, str | None] = field(default_factory=dict)
    declared: Declarations = NOTHING_DECLARED
    choices: WordsByField = field(default_factory=dict)
    likely: bool = False
    confirmed: str | None = None

    @property
    def signature(self) -> tuple[str, ...]:
        """The headers in normal form; those of a block of labels are its labels."""
        return signature(self.headers or self.labels)

    @property
    def is_of_forms(self) -> bool:
        """Whether the entry is about forms: it says what their labels are, and of no columns."""
        return bool(self.labels) and not self.columns and self.matrix is None

    @property
    def identity(self) -> tuple[object, ...]:
        """What says which table the entry is about: no two entries have the same."""
        return self.signature, header_key(self.title or ""), self.file, self.sheet

    @property
    def answer(self) -> tuple[object, ...]:
        """What the entry says of its table."""
        listed = [tuple(sorted(each.items(), key=str)) for each in (self.columns, self.fields, self.labels)]
        words = [(name, *sorted(each.items())) for name, each in sorted(self.choices.items())]
        return self.record, self.ignore, self.matrix, self.declared, *listed, *words

    @property
    def rank(self) -> tuple[int, int, int]:
        """How closely the entry names its table: by all of its headers, by those beside the days of a matrix, by
        none; forms by more of their labels."""
        headers = 0 if not self.signature else 1 if self.matrix is not None else 2
        naming = sum(each is not None for each in (self.title, self.file, self.sheet))
        return headers, naming, len(self.labels) if self.is_of_forms else 0

    def fits(self, headers: Sequence[str], names: Sequence[str], path: str, sheet: str) -> bool:
        """Whether the entry is about a table with these headers, at this place, with these names around it. Forms may
        have more labels than those that are answered."""
        own, printed = Counter(self.signature), Counter(signature(headers))
        # over the columns of a matrix stand days or customers, others each month
        part = self.matrix is not None or self.is_of_forms
        told = own <= printed if part else not own or own == printed
        return (
            told
            and (self.title is None or any(header_key(self.title) in header_key(name) for name in names))
            and (self.file is None or _file_fits(path, self.file))
            and (self.sheet is None or fnmatchcase(sheet, self.sheet))
        )

    def roles(self, headers: Sequence[str]) -> Iterator[tuple[int, str, str]]:
        """Index, header and role of each of the columns of a table that are a field."""
        keys = column_keys(headers)
        named = self.labels if self.is_of_forms else self.columns
        wanted = {column_key(name, keys): role for name, role in named.items()}
        for index, (header, key) in enumerate(zip(headers, keys, strict=True)):
            role = wanted.get(key)
            if role is not None:
                yield index, header, role


def _file_fits(path: str, pattern: str) -> bool:
    """A pattern without a folder is about the file's name."""
    return fnmatchcase(path if "/" in pattern else PurePosixPath(path).name, pattern)


def column_keys(headers: Sequence[str]) -> tuple[ColumnKey, ...]:
    """For each column of a table the key by which an answer names it, whatever the width of its letters."""
    seen: Counter[str] = Counter()
    keys = []
    for index, header in enumerate(headers):
        key = header_key(header) or f"@{letter(index).casefold()}"
        seen[key] += 1
        keys.append((key, seen[key]))
    return tuple(keys)


def column_key(name: str, keys: Collection[ColumnKey]) -> ColumnKey:
    """The key of a column as an answer names it among those that there are: 金额, 金额#2 or @D. A header such as
    `Order #2` is a text like another."""
    whole = (header_key(name), 1)
    base, mark, number = name.rpartition("#")
    if whole in keys or not (mark and base and number.isdecimal()):
        return whole
    return header_key(base), int(number)


@dataclass(frozen=True)
class NearAnswer:
    """An answer for a table that is much like another: headers in normal form that the other lacks, and that only the
    other has."""

    entry: ConfirmedReading
    missing: tuple[str, ...]
    strange: tuple[str, ...]


@dataclass(frozen=True)
class CompanyReadings:
    """All confirmed readings of a company, and its words for choices. Made once, sent to every worker. `within`: the
    folder, as the audited folder has it, in which the paths of documents begin; "" for the audited folder. `shown`: how
    the file is named.
    """

    entries: tuple[ConfirmedReading, ...] = ()
    choices: tuple[ChoiceWords, ...] = ()
    within: str = ""
    shown: str = "reading.yaml"

    @cached_property
    def _by_signature(self) -> Mapping[tuple[str, ...], tuple[ConfirmedReading, ...]]:
        found: dict[tuple[str, ...], list[ConfirmedReading]] = defaultdict(list)
        for each in self.entries:
            found[() if each.matrix is not None else each.signature].append(each)
        return {key: tuple(each) for key, each in found.items()}

    def entries_for(
        self,
        headers: Sequence[str],
        names: Sequence[str],
        path: str,
        sheet: str,
        matrix: bool = True,
        forms: bool = False,
    ) -> tuple[ConfirmedReading, ...]:
        """The entries about a table, of those that fit the ones that name it most closely; more than one if several do
        so alike. `headers` of two lines are the joined texts; `names` stand around it, nearest first. `matrix`: whether
        it has days and names around its cells: entries of matrices name few headers, which other tables have, too.
        `forms`: whether the headers are labels of forms."""
        path = f"{self.within}/{path}" if self.within else path
        key = signature(headers)
        candidates = [*self._by_signature.get(key, ()), *(self._by_signature.get((), ()) if key else ())]
        candidates = [each for each in candidates if (matrix or each.matrix is None) and not each.is_of_forms]
        if forms:
            candidates += [each for each in self.entries if each.is_of_forms]
        fitting = [each for each in candidates if each.fits(headers, names, path, sheet)]
        closest = max((each.rank for each in fitting), default=None)
        return tuple(each for each in fitting if each.rank == closest)

    def entry_for(
        self, headers: Sequence[str], names: Sequence[str], path: str, sheet: str, matrix: bool = True
    ) -> ConfirmedReading | None:
        """The entry about a table; None if there is none, or several that name it equally closely."""
        found = self.entries_for(headers, names, path, sheet, matrix)
        return found[0] if len(found) == 1 else None

    def about(self, path: str, table: TableReading) -> tuple[ConfirmedReading, ...]:
        """The entries about a table that was recognised in the document of a path."""
        shape = table.shape
        matrix = table.matrix is not None
        return self.entries_for(shape.headers, shape.names, path, shape.sheet, matrix, shape.is_form)

    def has_groups(self, headers: Sequence[str]) -> bool:
        """Whether an answer for tables with these headers says what lines inside them are."""
        found = self._by_signature.get(signature(headers), ()) if headers else ()
        return any(role and name.startswith(GROUP) for each in found for name, role in each.columns.items())

    def near(self, headers: Sequence[str]) -> NearAnswer | None:
        """The answer for the table that is most like one with these headers: all but at most two are the same."""
        own = Counter(signature(headers))
        best: tuple[int, int, NearAnswer] | None = None
        for entry in self.entries:
            other = Counter(entry.signature)
            missing, strange = other - own, own - other
            away, shared = max(missing.total(), strange.total()), (own & other).total()
            if 0 < away <= _MOST_STRANGE and shared >= _FEWEST_SHARED and (best is None or (away, -shared) < best[:2]):
                near = NearAnswer(entry, tuple(sorted(missing.elements())), tuple(sorted(strange.elements())))
                best = (away, -shared, near)
        return best[2] if best else None


NO_READINGS = CompanyReadings()
