"""Words that are printed over a page and are no part of what it says: stamps and watermarks.

The text of a document never lies on other text and keeps to its lines. What crosses it, in a colour or a size of its
own, was put over it: level or turned, before the text or after it. Red amounts keep to the lines of their rows, and a
large title stands on a line of its own: neither crosses anything.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from auditor.documents.readers.pdf.paint_order import Colour, brightness

_LARGE = 1.6  # times the height of most of the page's words
_CORE = 0.25  # of the height, above and below: what is left of a box is where its text has ink for certain
_LEVEL = 0.2  # of the height: words whose middles are closer stand on one line
_APART = 0.05  # of the height: the lines of a text share no more of it, however closely they are set
_OWN_COLOUR = 80  # steps (of 255) between two of the three primary colours from which a colour is no grey
_MAIN_SHARE = 0.1  # of the characters: the darkest colour of so many is that of the text
_MOST_TURNED = 0.4  # of the words: where more are set at an angle, the page itself is


@dataclass(frozen=True, slots=True)
class PrintedWord:
    """A word as far as it matters here. `box`: x0, top, x1, bottom of the upright page; `order`: of its painting."""

    text: str
    box: tuple[float, float, float, float]
    colour: Colour | None
    order: int
    turned: bool


def overlays(words: Sequence[PrintedWord]) -> list[bool]:
    """For each word whether it is printed over the page."""
    if not words:
        return []
    boxes = np.array([word.box for word in words])
    turned = np.array([word.turned for word in words])
    main = _main_colour(words)
    coloured = np.array([word.colour != main for word in words])
    large = is_large(boxes)
    over = turned & (turned.mean() < _MOST_TURNED)
    other = turned | coloured | large
    rest = np.flatnonzero(other & ~turned)
    if not len(rest) or other.all():
        return [bool(each) for each in over]
    text = boxes[~other]
    level = _on_a_line(boxes[rest], text)
    crossing = _meets(_cores(boxes[rest]), _cores(text)) & (large[rest] | ~level)
    chromatic = np.array([_is_chromatic(words[i].colour) for i in rest.tolist()]) & coloured[rest]
    between = chromatic & ~level & _reaches_into_a_line(boxes[rest], text)
    for block in _blocks(words, other & ~turned):
        places = np.searchsorted(rest, block)
        if crossing[places].any() or 2 * between[places].sum() >= len(block):
            over[block] = True
    return [bool(each) for each in over]


def is_large(boxes: NDArray[np.float64]) -> NDArray[np.bool_]:
    """For each box (x0, top, x1, bottom) whether it is much higher than most."""
    height = boxes[:, 3] - boxes[:, 1]
    large: NDArray[np.bool_] = height > _LARGE * float(np.median(height))
    return large


def _main_colour(words: Sequence[PrintedWord]) -> Colour | None:
    count: Counter[Colour | None] = Counter()
    for word in words:
        count[word.colour] += len(word.text)
    many = _MAIN_SHARE * sum(count.values())
    dark = [(brightness(colour), colour) for colour, times in count.items() if colour is not None and times >= many]
    return min(dark)[1] if dark else None


def _is_chromatic(colour: Colour | None) -> bool:
    return colour is not None and max(colour) - min(colour) >= _OWN_COLOUR


def _cores(boxes: NDArray[np.float64]) -> NDArray[np.float64]:
    inset = _CORE * (boxes[:, 3] - boxes[:, 1])
    return np.stack([boxes[:, 0], boxes[:, 1] + inset, boxes[:, 2], boxes[:, 3] - inset], axis=1)


def _meets(boxes: NDArray[np.float64], others: NDArray[np.float64]) -> NDArray[np.bool_]:
    """For each box whether one of the others lies on it."""
    a, b = boxes[:, None, :], others[None, :, :]
    return np.asarray(
        ((a[..., 0] < b[..., 2]) & (b[..., 0] < a[..., 2]) & (a[..., 1] < b[..., 3]) & (b[..., 1] < a[..., 3])).any(
            axis=1
        )
    )


def _on_a_line(boxes: NDArray[np.float64], others: NDArray[np.float64]) -> NDArray[np.bool_]:
    """For each box whether it stands on the line of one of the others."""
    apart = np.abs(((boxes[:, 1] + boxes[:, 3])[:, None] - (others[:, 1] + others[:, 3])[None, :]) / 2)
    return np.asarray((apart <= _LEVEL * _lower(boxes, others)).any(axis=1))


def _reaches_into_a_line(boxes: NDArray[np.float64], others: NDArray[np.float64]) -> NDArray[np.bool_]:
    """For each box whether it lies within the reach of lines of the others: beside a block of lines is not in it."""
    low = np.maximum(boxes[:, 1][:, None], others[:, 1][None, :])
    high = np.minimum(boxes[:, 3][:, None], others[:, 3][None, :])
    reaches = high - low > _APART * _lower(boxes, others)
    left = np.where(reaches, others[:, 0][None, :], np.inf).min(axis=1)
    right = np.where(reaches, others[:, 2][None, :], -np.inf).max(axis=1)
    return np.asarray((boxes[:, 0] < right) & (boxes[:, 2] > left))


def _lower(boxes: NDArray[np.float64], others: NDArray[np.float64]) -> NDArray[np.float64]:
    """The lower height of each two."""
    lower: NDArray[np.float64] = np.minimum(
        (boxes[:, 3] - boxes[:, 1])[:, None], (others[:, 3] - others[:, 1])[None, :]
    )
    return lower


def _blocks(words: Sequence[PrintedWord], those: NDArray[np.bool_]) -> list[list[int]]:
    """Words of one colour that were painted one after another: the lines of a stamp, a watermark's repetitions."""
    blocks: list[list[int]] = []
    last = -1
    by_order = sorted(range(len(words)), key=lambda i: (words[i].order, words[i].box))
    for place, i in enumerate(by_order):
        if not those[i]:
            continue
        if blocks and last == place - 1 and words[blocks[-1][-1]].colour == words[i].colour:
            blocks[-1].append(i)
        else:
            blocks.append([i])
        last = place
    return blocks
