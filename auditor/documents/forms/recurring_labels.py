"""Labels without colons and boxes: what is printed in the same place on all forms of a document, beside what is not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise

from auditor.documents.forms.printed_labels import Known, Loose, Printed, PrintedPage, may_be_label
from auditor.documents.forms.records import made_value
from auditor.documents.forms.regions import plain
from auditor.documents.forms.value_texts import chosen_option, cleaned
from auditor.documents.grids.lines import Piece, cells, lines
from auditor.documents.pages import WordPage

_FEWEST = 3  # pages on which a label must stand
_SHARE = 900  # thousandths of the pages
_GRAIN = 3.0  # points within which places are the same

_Place = tuple[str, int, int]


def recurring_labels(pages: Sequence[WordPage], known: Known) -> Mapping[int, PrintedPage]:
    """The labels of pages that are all one form, by the numbers of the pages: texts that stand in the same place on
    nearly all of them and are `known` header words, or behind which other texts stand that do not. None for fewer than
    three pages."""
    if len(pages) < _FEWEST:
        return {}
    pieces = {page.number: [cells(line) for line in lines(page.without_overlays().words)] for page in pages}
    counts = Counter(place for found in pieces.values() for place in {_place(each) for row in found for each in row})
    printed = {place for place, count in counts.items() if 1000 * count >= _SHARE * len(pages)}
    valued = {
        _place(before)
        for found in pieces.values()
        for row in found
        for before, after in pairwise(row)
        if _place(before) in printed and _place(after) not in printed
    }
    texts = {_place(each): each.text for found in pieces.values() for row in found for each in row}
    labels = {place for place in printed if may_be_label(place[0]) and (place in valued or known(texts[place]))}
    return {number: _page(number, found, labels) for number, found in pieces.items()}


def _place(piece: Piece) -> _Place:
    return plain(piece.text), round(piece.box.x0 / _GRAIN), round(piece.box.top / _GRAIN)


def _page(number: int, rows: Sequence[Sequence[Piece]], labels: set[_Place]) -> PrintedPage:
    found: list[Printed] = []
    others: list[Loose] = []
    for row in rows:
        starts = [at for at, each in enumerate(row) if _place(each) in labels]
        others += [Loose(each.text, each.box) for each in row[: starts[0] if starts else len(row)]]
        for start, end in pairwise([*starts, len(row)]):
            words = [word for each in row[start + 1 : end] for word in each.words]
            text = chosen_option(cleaned(" ".join(each.text for each in row[start + 1 : end])))
            found.append(Printed(row[start].text, made_value(words, text) if text else None, row[start].box))
    return PrintedPage(number, tuple(found), tuple(others))
