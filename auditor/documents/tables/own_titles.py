"""Titles of their own above tables with the same header: `Petty cash` above one, `Main account` above the next.

The same header again goes on with its table, as on the next page, unless another title stands above it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from auditor.documents.labels import balance_label, is_extent, total_label
from auditor.documents.tables.grid_rows import Rows
from auditor.values.text import clean_cell

_CLOSE = 4  # blank rows between a title and its header, and one more
_LONGEST = 40  # characters of a title
# what printed pages say above a header that they repeat
_PAGE = re.compile(r"第?\s*\d+\s*页.*|.*\bpage\b\s*\d+.*|.*(?:续|接上页|continued|cont'?d?\.?)\s*表?\W?", re.IGNORECASE)


def titled_anew(rows: Rows, first: int, again: int) -> bool:
    """Whether a header that stands at row `first` and, the same, at `again` has a title above it in both places, and
    another one in each."""
    one, other = _title_above(rows, first), _title_above(rows, again)
    return one is not None and other is not None and one != other and not _PAGE.fullmatch(other)


def _title_above(rows: Rows, header: int) -> str | None:
    """The one text of the nearest row above a header that holds anything; None if it is a value, a total or a note."""
    for row in range(header - 1, max(header - 1 - _CLOSE, -1), -1):
        texts = _texts(rows[row])
        if not texts:
            continue
        return texts[0] if len(texts) == 1 and _is_title(texts[0]) else None
    return None


def _is_title(text: str) -> bool:
    summary = total_label(text) is not None or balance_label(text) is not None or is_extent(text)
    return len(text) <= _LONGEST and not summary and any(map(str.isalpha, text))


def _texts(cells: Sequence[str | None]) -> list[str]:
    return [text for cell in cells if cell and (text := clean_cell(cell))]
