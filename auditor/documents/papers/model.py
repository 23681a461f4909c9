"""What a labelled paper is made of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from auditor.documents.forms.records import FormValue
from auditor.documents.pages import Box, Word


@dataclass(frozen=True, slots=True)
class Entry:
    """A label as printed, without its colon, with its value; None where nothing stands behind it."""

    label: str
    value: FormValue | None
    box: Box


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A row of labelled parts, or a line of a table, with the place where it begins."""

    entries: tuple[Entry, ...]
    box: Box
    raw: str
    words: tuple[Word, ...] = ()


@dataclass(slots=True)
class Block:
    """A part of a paper below a heading: its labels, its rows and its loose lines, in order. `aside`: what it labels
    counts only where nothing else does. `besides`: its rows are charged or taken off, and are no lines of the paper."""

    heading: str
    entries: list[Entry] = field(default_factory=list)
    rows: list[PaperRow] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    aside: bool = False
    besides: bool = False


@dataclass(slots=True)
class Paper:
    """One paper: its title as printed, where it stands, its blocks, and all its text by lines. `mark`: its decimal
    mark, if something else than its figures says it."""

    title: str
    box: Box
    blocks: list[Block] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    pages: set[int] = field(default_factory=set)
    mark: str = ""

    @property
    def entries(self) -> Iterator[Entry]:
        """The labels of all blocks, those of blocks set aside last."""
        for aside in (False, True):
            for block in self.blocks:
                if block.aside is aside:
                    yield from block.entries

    @property
    def rows(self) -> list[tuple[Block, PaperRow]]:
        """The rows of all blocks that are not set aside."""
        return [(block, row) for block in self.blocks if not block.aside for row in block.rows]

    @property
    def raw(self) -> str:
        return "\n".join(self.lines)
