"""Where forms stand: which layout claims a page, and the part of the page that each form takes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise

from auditor.documents.grids.lines import Piece, cells, lines
from auditor.documents.layouts.form_layouts import FormLayout
from auditor.documents.pages import Box, Rule, Word, WordPage
from auditor.values.text import folded, without_blanks

_SIDE_BY_SIDE = 1.5  # of a title's height: titles within it stand beside each other
_SAME_SIZE = 0.8  # of the largest letters of a line: what is smaller is no part of a title
_LETTERS_APART = 3.0  # of the height: letters of one stamp
_COLONS = (":", ";")
_AROUND_STAMP = str.maketrans("", "", "()[]{}<>【】〔〕《》*-—·.!。")


@dataclass(frozen=True)
class Region:
    """The part of a page that one form takes."""

    box: Box
    words: tuple[Word, ...]
    rules: tuple[Rule, ...]

    @cached_property
    def lines(self) -> list[list[Word]]:
        """The words by lines."""
        return lines(self.words)


@lru_cache(maxsize=20_000)
def plain(text: str) -> str:
    """A text for comparing words of forms: NFKC, without blanks, case folded."""
    return without_blanks(folded(text)).casefold()


def page_pieces(page: WordPage) -> list[Piece]:
    """All pieces of text of a page, line by line; of a line in letters of several sizes also those of the largest, as a
    title has them with a seal beside or over it."""
    found: list[Piece] = []
    for line in lines(page.words):
        found += cells(line)
        largest = max(word.box.bottom - word.box.top for word in line)
        large = [word for word in line if word.box.bottom - word.box.top >= _SAME_SIZE * largest]
        if 0 < len(large) < len(line):
            texts = {piece.text for piece in found}
            found += [piece for piece in cells(large) if piece.text not in texts]
    return found


def claims(layout: FormLayout, pieces: Sequence[Piece]) -> bool:
    """Whether a layout claims a page of these pieces: titles as pieces of their own, refused words anywhere."""
    return _claims(layout, [plain(piece.text) for piece in pieces])


def claiming(layouts: Sequence[FormLayout], page: WordPage) -> list[FormLayout]:
    """The layouts that claim a page, in the order given; more than one is a contradiction for the caller to report."""
    texts = [plain(piece.text) for piece in page_pieces(page)]
    return [layout for layout in layouts if _claims(layout, texts)]


def _claims(layout: FormLayout, texts: Sequence[str]) -> bool:
    wanted = layout.claims
    said = "\n".join(texts)  # most words stand nowhere on the page: that is seen at once
    seals = "".join(map(plain, wanted.seals))
    return (
        all(_titled(texts, said, word, seals) for word in wanted.all)
        and (not wanted.any or any(_titled(texts, said, word, seals) for word in wanted.any))
        and not any(plain(word) in said for word in wanted.none)
    )


def _titled(texts: Sequence[str], said: str, word: str, seals: str) -> bool:
    return plain(word) in said and any(is_title(text, word, seals) for text in texts)


def is_title(text: str, word: str, seals: str = "") -> bool:
    """Whether a piece of text (in plain form) is a title with this word: ends with it, but for a note in brackets and
    characters of `seals`.

    `捷远国际货运收货清单（存根联）` is one for 收货清单; `附件：收货清单` and `收货清单3张` are not.
    """
    wanted = plain(word)
    at = text.rfind(wanted)
    if at < 0 or any(colon in text[:at] for colon in _COLONS):
        return False
    rest = text[at + len(wanted) :]
    return not rest.strip(seals or None) or rest[0] in "([-—_/|" or rest.startswith(("no.", "no:", "№"))


def regions(layout: FormLayout, page: WordPage, pieces: Sequence[Piece]) -> list[Region]:
    """The forms of a page, from the top and then the left: one for each time its title stands there as one of the
    page's pieces."""
    seals = "".join(map(plain, layout.claims.seals))
    found: list[Piece] = []
    for word in layout.claims.all[:1] or layout.claims.any:
        found = [piece for piece in pieces if is_title(plain(piece.text), word, seals)]
        if found:
            break
    titles = [one for at, one in enumerate(found) if not any(set(one.words) & set(other.words) for other in found[:at])]
    whole = Box(page.number, 0.0, 0.0, page.width, page.height)
    if len(titles) < 2:
        return [_region(page, whole)]
    rows: list[list[Piece]] = []
    for title in sorted(titles, key=lambda each: (each.box.top, each.box.x0)):
        height = title.box.bottom - title.box.top
        if rows and title.box.top - rows[-1][0].box.top <= _SIDE_BY_SIDE * height:
            rows[-1].append(title)
        else:
            rows.append([title])
    above = max(0.0, rows[0][0].box.top - min(word.box.top for word in page.words))
    tops = [0.0, *(row[0].box.top - above - 1.0 for row in rows[1:]), page.height]
    made = []
    for row, (top, bottom) in zip(rows, pairwise(tops), strict=True):
        ordered = sorted(row, key=lambda each: each.box.x0)
        middles = [(left.box.x1 + right.box.x0) / 2 for left, right in pairwise(ordered)]
        for left, right in pairwise([0.0, *middles, page.width]):
            made.append(_region(page, Box(page.number, left, top, right, bottom)))
    return made


def _region(page: WordPage, box: Box) -> Region:
    words = tuple(word for word in page.words if _inside(word.box, box))
    rules = tuple(
        rule
        for rule in page.rules
        if box.x0 <= (rule.x0 + rule.x1) / 2 <= box.x1 and box.top <= (rule.top + rule.bottom) / 2 <= box.bottom
    )
    return Region(box, words, rules)


def _inside(box: Box, frame: Box) -> bool:
    x, y = (box.x0 + box.x1) / 2, (box.top + box.bottom) / 2
    return frame.x0 <= x <= frame.x1 and frame.top <= y <= frame.bottom


def stamps(region: Region, words: Sequence[str]) -> list[Word]:
    """The words of a region that say one of `words` alone, as a stamp does: `作废`, `【作废】`, `已作废`, `作 废`."""
    wanted = {plain(word) for word in words}
    found: list[Word] = []
    for line in region.lines:
        for piece in [*(Piece(word.text, word.box, (word,)) for word in line), *cells(line)]:
            text = plain(piece.text).translate(_AROUND_STAMP)
            if text in wanted or text.removeprefix("已").removesuffix("章") in wanted:
                found += [word for word in piece.words if word not in found]
    for word in wanted:
        found += [each for each in _letter_by_letter(region.words, word) if each not in found]
    return found


def _letter_by_letter(words: Sequence[Word], wanted: str) -> list[Word]:
    """The letters of a stamp that stand apart, each a word: every next one near the one before, of its size."""
    for first in (word for word in words if plain(word.text) == wanted[0]):
        chain = [first]
        for letter in wanted[1:]:
            near = [word for word in words if plain(word.text) == letter and _is_next(chain[-1].box, word.box)]
            if not near:
                break
            chain.append(near[0])
        if len(chain) == len(wanted) > 1:
            return chain
    return []


def _is_next(before: Box, after: Box) -> bool:
    size, other = before.bottom - before.top, after.bottom - after.top
    across = (after.x0 + after.x1 - before.x0 - before.x1) / 2
    down = (after.top + after.bottom - before.top - before.bottom) / 2
    return 0.7 <= other / max(1.0, size) <= 1.4 and across**2 + down**2 <= (_LETTERS_APART * size) ** 2
