"""Cut-outs: the part of a page on which a record stands, as a small picture beside what is said of it."""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass

from auditor.documents.pages import Step
from auditor.documents.scans import Pixels

MOST_BYTES = 40_000  # of one picture
_AROUND = 14.0  # points that are shown beside a record
_SHADES = 16  # of grey: enough for print
Rectangle = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class View:
    """How a scanned page was read: its width and height in points, and how its picture was set upright."""

    width: float
    height: float
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Cutout:
    """A part of a page: a picture (`form` is its media type, `size` in pixels) with the box of the record on it."""

    form: str
    data: bytes
    size: tuple[int, int]
    box: Rectangle


def part_around(box: Rectangle, width: float, height: float) -> Rectangle:
    """The part of a page that is shown of a record, in points."""
    return (
        max(0.0, box[0] - _AROUND),
        max(0.0, box[1] - _AROUND),
        min(width, box[2] + _AROUND),
        min(height, box[3] + _AROUND),
    )


def grey_png(pixels: Pixels) -> bytes:
    """A picture as PNG in sixteen greys: small for print."""
    grey = pixels[:, :, 1] // (256 // _SHADES)
    height, width = grey.shape
    rows = bytearray()
    for row in grey:
        even = row if width % 2 == 0 else [*row.tolist(), 0]
        packed = bytes((int(even[at]) << 4) | int(even[at + 1]) for at in range(0, len(even), 2))
        rows += b"\0" + packed
    header = struct.pack(">IIBBBBB", width, height, 4, 0, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(bytes(rows), 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in parts
    )
