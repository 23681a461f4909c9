"""The days on a line of a paper, each with what its label says of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from auditor.documents.forms.records import FormValue, made_value
from auditor.documents.grids.lines import Piece
from auditor.documents.sale_papers.figures import SaleLine
from auditor.documents.sale_papers.labels import label_key, sale_labels
from auditor.values.text import folded

_ENGLISH = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAME = r"(?P<name>[^\W\d_]{3,10})\.?"
_DAY = r"(?P<day>\d{1,2})"
_YEAR = r"(?P<year>20\d\d|\d\d)(?!\d)"
_BEFORE_TIME = r"(?=\d{1,2}:\d{2})"
_DAYS = (
    re.compile(rf"(?<![\d./-])\d{{4}} ?[-/.年] ?\d{{1,2}} ?[-/.月] ?(?:\d{{2}}{_BEFORE_TIME}|\d{{1,2}}日?(?![\d/-]))"),
    re.compile(rf"(?<![\d./-])\d{{1,2}} ?[-/.] ?\d{{1,2}} ?[-/.] ?(?:20\d\d{_BEFORE_TIME}|(?:20\d\d|\d\d)(?![\d/-]))"),
    re.compile(rf"(?<![\w./-]){_DAY}(?:st|nd|rd|th|\.)?[ \-/.]*(?:de )?{_NAME}[ \-/.,']*(?:de )?{_YEAR}"),
    re.compile(rf"(?<!\w){_NAME}[ \-/.]*{_DAY}(?:st|nd|rd|th)?[ ,\-/.]+(?P<year>20\d\d)(?!\d)"),
)
_TIME = re.compile(r"(?<!\d)\d{1,2}:\d{2}")
_LABEL_WORDS = 5
_CENTURY = 2000


@dataclass(frozen=True, slots=True)
class Day:
    """A day as it is printed; `label`: `own` if it names the day of the paper, `other` if it is another's, else empty;
    `timed`: a time of day stands on its line."""

    value: FormValue
    label: str
    timed: bool


def days_in(line: SaleLine, lines: Sequence[SaleLine]) -> Iterator[Day]:
    """The days on a line, from the left."""
    for at, part in enumerate(line.parts):
        text = folded(part.piece.text)
        for pattern in _DAYS:
            for match in pattern.finditer(text):
                day = _day(match)
                if day is None:
                    continue
                label = _label(text[: match.start()])
                if not label and not text[: match.start()].strip():
                    label = _label(line.parts[at - 1].piece.text) if at else ""
                    label = label or _above(part.piece, line, lines)
                words = [
                    word
                    for word in part.piece.words
                    if set(re.findall(r"\d+", word.text)) & set(re.findall(r"\d+", match[0]))
                ]
                yield Day(made_value(words or part.piece.words, day), label, bool(_TIME.search(line.line.text)))


def _day(match: re.Match[str]) -> str | None:
    """The day in a form that is read everywhere: months by their numbers."""
    if "name" not in match.re.groupindex:
        return re.sub(r"\s", "", match[0])
    name = match["name"].casefold()
    month = sale_labels().months.get(label_key(name))
    if month is None and name[:3] in _ENGLISH and len(name) <= 9:
        month = _ENGLISH.index(name[:3]) + 1
    if month is None:
        return None
    year = int(match["year"])
    return f"{year if year > 99 else _CENTURY + year}-{month:02}-{int(match['day']):02}"


def _label(before: str) -> str:
    """What the last words before a day say of it."""
    labels = sale_labels()
    tokens = [each for each in re.split(r"[\s:：]+", before.strip()) if each][-_LABEL_WORDS:]
    keys = [label_key(" ".join(tokens[at:])) for at in range(len(tokens))]
    if any(key in labels.other_dates for key in keys):
        return "other"
    return "own" if any(key in labels.dates for key in keys) else ""


def _above(piece: Piece, line: SaleLine, lines: Sequence[SaleLine]) -> str:
    """What a label over the day says of it."""
    if not line.at:
        return ""
    for part in lines[line.at - 1].parts:
        if min(part.piece.box.x1, piece.box.x1) > max(part.piece.box.x0, piece.box.x0):
            return _label(part.piece.text)
    return ""
