"""From bytes to text: the encodings that Chinese banks, wallets and offices write.

The order is: byte order mark, strict UTF-8, UTF-16 without a mark, GB18030, Big5, then a detector. A guess by a
detector alone goes wrong on short GBK files, and GB18030 alone accepts Big5 as rare characters.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from mmap import mmap
from typing import BinaryIO

import chardet
import pyarrow as pa

from auditor.documents.errors import DocumentError, UndecodableBytes, UnknownEncoding
from auditor.documents.identify import looks_utf16

SAMPLE = 4 << 20
TRIED = "UTF-8, UTF-16, GB18030, Big5"
_BOMS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Four bytes of GB18030 carry the mark too; Windows' editor writes it.
_GB18030_BOM = b"\x84\x31\x95\x33"
_FEW = 200  # at most one bad byte in so many
_SURE = 0.1  # short Japanese and Korean samples score 0.13, bytes that are no text at most 0.06


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, the encoding it was in, and what was wrong with it."""

    text: str
    encoding: str
    problems: tuple[DocumentError, ...] = ()


def decode(data: bytes) -> Decoded:
    """All of `data` as text. A few bytes that are no characters become `�` and a problem. Raises UnknownEncoding."""
    encoding = detect(data)
    try:
        return Decoded(_without_mark(data.decode(encoding)), encoding)
    except UnicodeDecodeError:
        text = _without_mark(data.decode(encoding, "replace"))
    return Decoded(text, encoding, (undecodable(text.split("\n"), encoding),))


def undecodable(lines: list[str], encoding: str) -> UndecodableBytes:
    """The problem that names the first lines with a replacement character."""
    bad = [str(number) for number, line in enumerate(lines, 1) if "�" in line]
    return UndecodableBytes(encoding=_plain(encoding), lines=", ".join(bad[:5]) + (" ..." if len(bad) > 5 else ""))


def detect(data: bytes | mmap) -> str:
    """The name of the codec for `data` (the whole, or a head cut anywhere). Raises UnknownEncoding."""
    start = data[:4]
    for mark, encoding in (*_BOMS, (_GB18030_BOM, "gb18030")):
        if start.startswith(mark):
            return encoding
    wide = looks_utf16(data)
    if wide:
        return wide
    if valid_utf8(data):
        return "utf-8"
    sample = _telling_part(data)
    if all(len(run) == 1 for run in re.findall(rb"[\x80-\xff]+", sample)) and _decodes(sample, "cp1252"):
        return "cp1252"  # accented letters stand alone between plain ones; Chinese never does
    if _decodes(sample, "gb18030"):
        return "big5hkscs" if _is_big5(sample) else "gb18030"
    return _with_few_errors(sample)


def _telling_part(data: bytes | mmap) -> bytes:
    """A sample from the line on with the first byte above ASCII: a long export may begin with plain figures."""
    high = re.search(rb"[\x80-\xff]", data)
    start = data.rfind(b"\n", 0, high.start()) + 1 if high else 0
    return data[start : start + SAMPLE]


def valid_utf8(data: bytes | mmap) -> bool:
    """Whether bytes are UTF-8, a character cut at the end apart."""
    end = len(data)
    for back in range(1, min(4, end) + 1):
        byte = data[end - back]
        if byte >= 0xC0:
            needed = 4 if byte >= 0xF0 else 3 if byte >= 0xE0 else 2
            end -= back if needed > back else 0
            break
        if byte < 0x80:
            break
    return _arrow_valid(pa.py_buffer(data), end)


def _arrow_valid(buffer: pa.Buffer, end: int) -> bool:
    """UTF-8 by Arrow's validator: several times as fast as decoding, and without a copy of the text."""
    offsets = pa.array([0, end], pa.int64()).buffers()[1]
    try:
        pa.LargeStringArray.from_buffers(1, offsets, buffer).validate(full=True)
    except pa.ArrowInvalid:
        return False
    return True


def transcode(source: BinaryIO, encoding: str, target: BinaryIO) -> UndecodableBytes | None:
    """Copy a stream into UTF-8 without a mark, piece by piece; the problem if bytes were replaced by `�`."""
    bad: list[str] = []
    line = 1
    for text in _pieces(source, encoding):
        if "�" in text and len(bad) < 6:
            rows = text.split("\n")
            bad += [str(line + number) for number, row in enumerate(rows) if "�" in row]
        line += text.count("\n")
        target.write(text.encode("utf-8", "replace"))
    if not bad:
        return None
    lines = ", ".join(bad[:5]) + (" ..." if len(bad) > 5 else "")
    return UndecodableBytes(encoding=_plain(encoding), lines=lines)


def _pieces(source: BinaryIO, encoding: str) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    first = True
    while piece := source.read(1 << 20):
        text = decoder.decode(piece)
        yield _without_mark(text) if first else text
        first = False
    yield decoder.decode(b"", final=True)


def _without_mark(text: str) -> str:
    return text.removeprefix("\ufeff")


def _plain(encoding: str) -> str:
    return {"utf-8-sig": "UTF-8", "big5hkscs": "Big5"}.get(encoding, encoding.upper())


def _decodes(data: bytes, encoding: str) -> bool:
    """Whether the head decodes; a character cut at the end is no error."""
    try:
        codecs.getincrementaldecoder(encoding)("strict").decode(data)
    except UnicodeDecodeError:
        return False
    return True


def _with_few_errors(sample: bytes) -> str:
    """An encoding with few bad bytes (fields that a system cut in the middle of a character), else the detector's."""
    counts = {name: sample.decode(name, "replace").count("�") for name in ("utf-8", "gb18030")}
    best = min(counts, key=lambda name: (counts[name], name))
    if counts[best] * _FEW <= len(sample) or (counts[best] <= 1 and len(sample) > 8):
        return best
    guess = chardet.detect(sample[: 1 << 16])
    encoding = guess.get("encoding")
    if encoding and (guess.get("confidence") or 0) >= _SURE and _decodes(sample, encoding):
        return encoding.lower()
    raise UnknownEncoding(tried=TRIED)


# --- Big5 that GB18030 accepts ---------------------------------------------------------------------------------------


def _is_big5(sample: bytes) -> bool:
    """Traditional text decodes as GB18030 into rare characters, and as Big5 into common ones; never the other way."""
    piece = sample[: 1 << 16]
    if not _decodes(piece, "big5hkscs"):
        return False
    return _common(piece, "gb18030", "gb2312", 0xB0, 0xD7) < 75 and _common(piece, "big5hkscs", "big5", 0xA4, 0xC6) > 90


def _common(data: bytes, encoding: str, plain: str, low: int, high: int) -> int:
    """The share in per cent of a charset's first level (its common characters) among the Chinese characters."""
    text = codecs.getincrementaldecoder(encoding)("replace").decode(data)
    letters = [letter for letter in text if "\u3400" <= letter <= "\u9fff" or "\ue000" <= letter <= "\uf8ff"]
    first = sum(1 for letter in letters if low <= (letter.encode(plain, "replace") or b"?")[0] <= high)
    return first * 100 // len(letters) if letters else 100
