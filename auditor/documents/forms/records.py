"""What is read from a form: raw texts with their places, before they are typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from auditor.documents.grids.lines import around
from auditor.documents.pages import Box, Word
from auditor.errors import Place


@dataclass(frozen=True, slots=True)
class FormValue:
    """The raw text of a field, where it stands and how it was read; `score` is the lowest of its words, `others` what
    else its doubtful digits may be."""

    text: str
    box: Box
    via: str = "text"
    score: int | None = None
    others: tuple[str, ...] = ()
    as_amount: str = ""  # what it says if it is an amount in words; empty if it does not look like one


@dataclass(frozen=True, slots=True)
class FormRecord:
    """One form: the raw texts of its fields. `box` is the form's place on the page, `raw` all its text by lines.

    `lines` are the records of the table inside the form, if its layout names a record type for them. `row`: the row of
    a form made of cells, with the name of its `sheet`. `assumed`: fields that a name around the form alone states.
    `borne_out`: fields that other figures of the paper bear out, each with the name of the proof.
    """

    layout: str
    record: str
    page: int
    box: Box
    values: Mapping[str, FormValue]
    raw: str
    lines: tuple[FormRecord, ...] = field(default=())
    row: int | None = None
    sheet: str = ""
    assumed: frozenset[str] = frozenset()
    borne_out: Mapping[str, str] = field(default_factory=dict)

    def place(self, path: str) -> Place:
        """Where it stands in the document of a path."""
        if self.row is None:
            return Place(path, None, None, f"page {self.page}")
        return Place(path, self.row, None, self.sheet or None)


def made_value(words: Sequence[Word], text: str) -> FormValue:
    """The value `text` as read from these words of one page."""
    scores = [word.score for word in words if word.score is not None]
    via = "ocr" if any(word.via == "ocr" for word in words) else words[0].via
    others = [text.replace(word.text, other, 1) for word in words for other in word.others if word.text in text]
    as_amount = text
    for word in words:
        if word.as_amount and len(word.as_amount) == len(word.text):
            as_amount = as_amount.replace(word.text, word.as_amount, 1)
    as_amount = "" if as_amount == text else as_amount
    return FormValue(text, around(words), via, min(scores, default=None), tuple(dict.fromkeys(others)), as_amount)
