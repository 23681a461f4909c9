"""Page numbers that stand in a line with something else: `经办人：吕燕 第 1 页 共 3 页`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from auditor.documents.pages import Word, WordPage

_BETWEEN = r"\s*[,，、/|·-]?\s*"
_COUNTED = (
    rf"第\s*\d{{1,4}}\s*页{_BETWEEN}(?:共|总)\s*\d{{1,4}}\s*页"
    rf"|共\s*\d{{1,4}}\s*页{_BETWEEN}第\s*\d{{1,4}}\s*页"
    r"|(?<![^\W\d_])(?:page|pg\.?)\s*\d{1,4}\s*(?:of|/)\s*\d{1,4}"
    r"|页[码次]\s*[:：]?\s*\d{1,4}\s*/\s*\d{1,4}"
)
_OPENING, _CLOSING = r"[\s,，、;；|(（\[【-]*", r"[\s,，、;；|)）\]】-]*"
_AT_END = re.compile(rf"(?<=[^\s:：]){_OPENING}(?:{_COUNTED}){_CLOSING}$", re.IGNORECASE)
_AT_START = re.compile(rf"^{_OPENING}(?:{_COUNTED}){_CLOSING}(?=\S)", re.IGNORECASE)
_MAY_BE = re.compile(r"页|page|pg", re.IGNORECASE)
# what numbers a page only if the other pages have the next ones in its place
_MOVING = re.compile(
    r"(?:page|pg\.?|p\.?)(?P<a>\d{1,4})(?:(?:/|of)\d{1,4})?|第(?P<b>\d{1,4})页(?:[,，/、]?(?:共|总)\d{1,4}页)?"
    r"|(?P<c>\d{1,4})(?:/|of)\d{1,4}",
    re.IGNORECASE,
)
_MOST_WORDS = 6
_SAME_PLACE = 3.0  # points


def without_page_number(text: str) -> str:
    """A text without the number and count of pages before or behind it; one that is nothing else stays."""
    if not _MAY_BE.search(text):
        return text
    return _AT_START.sub("", _AT_END.sub("", text))


def numbering(pages: Sequence[tuple[WordPage, Sequence[Sequence[Word]]]]) -> list[list[Word]]:
    """The words at the ends of lines that number the pages, a list for each page: `1/3` on page 1 where page 2 has
    `2/3` in its place. None on a document of one page, and none of lines that hold nothing else."""
    found = [list(_candidates(page, lines)) for page, lines in pages]
    if len(pages) < 2 or not all(found):
        return [[] for _ in pages]
    for first in found[0]:
        alike = [next((each for each in others if _same_place(first, each)), None) for others in found]
        if all(alike):
            return [each or [] for each in alike]
    return [[] for _ in pages]


def _candidates(page: WordPage, lines: Sequence[Sequence[Word]]) -> Iterator[list[Word]]:
    for line in lines:
        if _moving(line):
            continue
        for count in range(min(_MOST_WORDS, len(line) - 1), 0, -1):
            for words in (line[-count:], line[:count]):
                match = _moving(words)
                if match and int(match["a"] or match["b"] or match["c"]) == page.number:
                    yield list(words)


def _moving(words: Sequence[Word]) -> re.Match[str] | None:
    return _MOVING.fullmatch("".join(word.text for word in words).strip("()（）"))


def _same_place(one: Sequence[Word], other: Sequence[Word]) -> bool:
    first, second = one[0].box, other[0].box
    return (
        len(one) == len(other)
        and abs(first.top - second.top) <= _SAME_PLACE
        and min(abs(first.x0 - second.x0), abs(one[-1].box.x1 - other[-1].box.x1)) <= _SAME_PLACE
    )
