"""What a rule says to the check `sequence`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

from pydantic import Field

from auditor.rules.check_options import CheckOptions
from auditor.rules.conditions import Scope
from auditor.rules.options import Figure
from auditor.rules.schema import Name, Source, Unit
from auditor.rules.scopes import ExpressionUse, FieldUse, Loc, RecordsUse, Scopes, named_fields

if TYPE_CHECKING:
    from auditor.rules.bound import BoundRule

OF_BOOKS = ("skipped_book", "book_not_returned", "book_issued_early")


class Sequence(CheckOptions):
    """Is every issued number used, void, unused on hand or missing, exactly once?"""

    OUTCOMES: ClassVar[tuple[str, ...]] = (
        "missing", "void_unregistered", "void_incomplete", "void_used", "void_unexplained", "used_twice",
        "out_of_range", "order", *OF_BOOKS,
    )  # fmt: skip
    ABSENCES: ClassVar[frozenset[str]] = frozenset({"missing"})

    check: Literal["sequence"]
    issued: Source | Literal["observed"]   # number_book or a view with its fields; or from the lowest to the highest
                                           # number that is seen, for each prefix and number of digits
    number: Name                           # the field that holds the number in `used` and `spoilt`
    used: Annotated[list[Source], Field(min_length=1)]          # what shows that a number was used
    papers: Source | None = None           # the numbered papers themselves: two with one number are used_twice
    same_paper: list[Name] = []            # papers equal in these fields are one paper seen twice, not two
    spoilt: Source | None = None           # papers stamped void
    voided: Source | None = None           # the void register
    void_number: Name = "number"
    void_copies: Name = "copies_sighted"
    void_reason: list[Name] = ["reason"]   # empty in one of these: void_unexplained
    still_used: list[Source] = []          # where a void number must not stand: void_used
    blank: Source | None = None            # counted blank forms
    holder: Name | None = None             # the field of `used` that names who held the book
    date: Name | None = None               # the day of use; default: what places the records of `used` in time
    return_within: Annotated[int | str, Figure("working days")] = 5     # after the last number, for the book to be back
    long_run: Annotated[int | str, Figure("count")] = 5        # so many missing numbers in a row are one exception
    independent: bool = False              # gaps are by design (electronic forms): no missing, no order

    @property
    def books(self) -> Source | None:
        """The issue register; None if the books are told by the numbers themselves."""
        return None if isinstance(self.issued, str) else self.issued

    @property
    def seen_papers(self) -> Source:
        """The records that a rule's expressions see as `r`."""
        return self.papers or self.used[0]

    def records_used(self) -> Iterator[RecordsUse]:
        for loc, source in self._sources():
            yield RecordsUse((*loc, "records"), source.records)

    def _sources(self) -> Iterator[tuple[Loc, Source]]:
        if self.books is not None:
            yield ("issued",), self.books
        for key in ("used", "still_used"):
            for number, source in enumerate(getattr(self, key)):
                yield (key, number), source
        for key in ("papers", "spoilt", "voided", "blank"):
            source = getattr(self, key)
            if source is not None:
                yield (key,), source

    def fields_used(self) -> Iterator[FieldUse]:
        used = tuple(each.records for each in self.used)
        numbered = (
            *used,
            *(each.records for each in (self.papers, self.spoilt) if each),
            *(each.records for each in self.still_used),
        )
        yield FieldUse(("number",), self.number, numbered)
        if self.papers:
            yield from named_fields(("same_paper",), self.same_paper, self.papers.records)
        if self.voided:
            yield FieldUse(("void_number",), self.void_number, (self.voided.records,))
            yield FieldUse(("void_copies",), self.void_copies, (self.voided.records,))
            yield from named_fields(("void_reason",), self.void_reason, self.voided.records)
        if self.holder:
            yield FieldUse(("holder",), self.holder, used)
        if self.date:
            yield FieldUse(("date",), self.date, used)

    def expressions_used(self, scopes: Scopes) -> Iterator[ExpressionUse]:
        for loc, source in self._sources():
            yield from scopes.source(loc, source)

    def outcome_scope(self, scopes: Scopes, outcome: str) -> Scope:
        papers = self.seen_papers.records
        return scopes.outcome({"l": self.books.records if self.books else papers, "r": papers})

    def background(self, outcome: str) -> frozenset[str]:
        """The book of a number, which its other numbers share; an outcome about the book itself is about it."""
        return frozenset() if self.books is None or outcome in OF_BOOKS else frozenset({self.books.records})

    def figure_unit(self, rule: BoundRule, outcome: str, field: str | None, column: str) -> Unit | None:
        return "count" if outcome == "missing" else None
