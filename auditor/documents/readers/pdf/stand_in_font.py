"""A TrueType font of some kilobytes that has a glyph for every character: an upright stroke.

It stands in for every font that a PDF names and does not bring. What counts is not how its glyphs look but that each
character has one: pdfium leaves out a text object all of whose glyphs are blank. The stroke stands near the middle of
its character, where it shows whether the character is covered. It is narrower and lower than any real character, so
that the place of a character is what the PDF states, never what this font adds.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

_EM = 1000
_STROKE_WIDTH, _STROKE_HEIGHT = 100, 500
_STROKE_AT = 0.4  # of the advance: where the stroke begins


@dataclass(frozen=True, slots=True)
class Measures:
    """What a font states of itself: `advances` by character, `ascent` and `descent`, in thousandths of its size.

    The defaults count where neither the PDF nor its standard font states anything: the height of most Chinese fonts,
    half that width for scripts written with letters, and all of it for the ideographs of East Asia.
    """

    advances: Mapping[str, int] = field(default_factory=dict)
    ascent: int = 880
    descent: int = -120


# first and last character, advance
_SCRIPTS = ((0x20, 0x10FF, 500), (0x1100, 0x11FF, 1000), (0x1200, 0x2E7F, 500), (0x2E80, 0x10FFFF, 1000))


def stand_in_font(measures: Measures = Measures()) -> bytes:
    """The font file; always the same bytes for the same measures."""
    groups = _groups(measures.advances)
    advances = sorted({advance for _, _, advance in groups})
    numbers = {advance: number for number, advance in enumerate(advances, start=1)}
    return _file(
        _cmap([(first, last, numbers[advance]) for first, last, advance in groups]),
        [advances[0], *advances],  # glyph 0 is that of no character
        measures,
    )


def _groups(advances: Mapping[str, int]) -> list[tuple[int, int, int]]:
    """All characters in order as (first, last, advance)."""
    stated = sorted((ord(character), advance) for character, advance in advances.items())
    groups = []
    for first, last, usual in _SCRIPTS:
        for code, advance in stated:
            if first <= code <= last:
                groups += [(first, code - 1, usual)] if first < code else []
                groups.append((code, code, advance))
                first = code + 1
        groups.append((first, last, usual))
    return groups


def _file(cmap: bytes, advances: Sequence[int], measures: Measures) -> bytes:
    strokes, count, widest = [_stroke(advance) for advance in advances], len(advances), max(advances)
    up, down = measures.ascent, measures.descent
    tables = {
        b"OS/2": _os2(up, down),
        b"cmap": cmap,
        b"glyf": b"".join(strokes),
        b"head": _head(down, up),
        b"hhea": struct.pack(">I3hH11hH", 0x10000, up, down, 0, widest, 0, 0, widest, 1, *(0,) * 7, count),
        b"hmtx": b"".join(struct.pack(">Hh", advance, _left(advance)) for advance in advances),
        b"loca": struct.pack(f">{count + 1}I", *(len(strokes[0]) * i for i in range(count + 1))),
        b"maxp": struct.pack(">I14H", 0x10000, count, 4, 1, 0, 0, 1, *(0,) * 8),
        b"name": _name(),
        b"post": struct.pack(">IIhhIIIII", 0x30000, 0, -100, 50, 0, 0, 0, 0, 0),
    }
    offset = 12 + 16 * len(tables)
    directory, body = b"", b""
    for tag, table in sorted(tables.items()):
        directory += struct.pack(">4sIII", tag, _checksum(table), offset + len(body), len(table))
        body += _padded(table)
    power = len(tables).bit_length() - 1
    search = 16 << power
    return struct.pack(">I4H", 0x10000, len(tables), search, power, 16 * len(tables) - search) + directory + body


def _padded(table: bytes) -> bytes:
    return table + b"\0" * (-len(table) % 4)


def _checksum(table: bytes) -> int:
    data = _padded(table)
    words: tuple[int, ...] = struct.unpack(f">{len(data) // 4}I", data)
    return sum(words) & 0xFFFFFFFF


def _left(advance: int) -> int:
    return round(_STROKE_AT * advance)


def _stroke(advance: int) -> bytes:
    """A rectangle of four points on the base line; a multiple of four bytes."""
    left, right = _left(advance), _left(advance) + _STROKE_WIDTH
    outline = struct.pack(">5h", 1, left, 0, right, _STROKE_HEIGHT) + struct.pack(">HH", 3, 0) + b"\1" * 4
    across = struct.pack(">4h", left, 0, _STROKE_WIDTH, 0)
    up = struct.pack(">4h", 0, _STROKE_HEIGHT, 0, -_STROKE_HEIGHT)
    return _padded(outline + across + up)


def _cmap(groups: Sequence[tuple[int, int, int]]) -> bytes:
    """Format 13, which gives many characters one glyph, from (first, last, glyph)."""
    packed = b"".join(struct.pack(">III", *group) for group in groups)
    table = struct.pack(">HHIII", 13, 0, 16 + len(packed), 0, len(groups)) + packed
    return struct.pack(">HHHHI", 0, 1, 3, 10, 12) + table


def _head(lowest: int, highest: int) -> bytes:
    box = (0, lowest, _EM, highest)
    return struct.pack(">IIIIHHQQ4hHHhhh", 0x10000, 0x10000, 0, 0x5F0F3CF5, 0, _EM, 0, 0, *box, 0, 8, 2, 1, 0)


def _name() -> bytes:
    records, texts = b"", b""
    for number, text in ((1, "StandIn"), (2, "Regular"), (4, "StandIn"), (6, "StandIn")):
        encoded = text.encode("utf-16-be")
        records += struct.pack(">6H", 3, 1, 0x409, number, len(encoded), len(texts))
        texts += encoded
    count = len(records) // 12
    return struct.pack(">3H", 0, count, 6 + len(records)) + records + texts


def _os2(ascent: int, descent: int) -> bytes:
    everything = 0xFFFFFFFF
    head = struct.pack(">HhHHH", 1, _EM, 400, 5, 0) + b"\0" * 32  # weight, width; sub- and superscripts, panose
    ranges = struct.pack(">4I4s3H", *(everything,) * 4, b"    ", 0x40, 0x20, 0xFFFF)
    heights = struct.pack(">hhhHH", ascent, descent, 0, ascent, -descent)
    return head + ranges + heights + struct.pack(">2I", everything, everything)
