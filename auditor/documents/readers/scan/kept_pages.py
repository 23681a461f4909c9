"""Pages that were recognised before, kept in the user's cache folder: a second run looks at no picture again.

A page is found by what it shows (the hash of its pixels and its size) and by what recognised it (library, version,
models). What is kept is plain JSON, and gives the same page as recognising anew. A folder that cannot be read or
written, or a file that is no such page, costs only the time: the picture is recognised then.
"""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import json
import os
import tempfile
from pathlib import Path
from typing import Any

import numpy as np

from auditor.documents.pages import Box, Note, NoteKind, Rule, Word, WordPage
from auditor.documents.scans import Picture
from auditor.kept_files import kept_folder

_VERSION = "14"  # to be raised with whatever changes what is made of a picture


def key_of(picture: Picture, recogniser: str) -> str:
    """The name under which the page of a picture is kept."""
    digest = hashlib.sha256(f"{_VERSION}\0{recogniser}\0{picture.pixels.shape}\0{picture.size}\0".encode())
    digest.update(np.ascontiguousarray(picture.pixels).data)
    return digest.hexdigest()


def kept_page(key: str, number: int) -> tuple[bool, WordPage | None]:
    """Whether the page is kept, and the page with its number; None if nothing is written on it."""
    path = _path(key)
    if path is None:
        return False, None
    try:
        data = json.loads(gzip.decompress(path.read_bytes()))
        return True, None if data is None else _page(data, number)
    except (OSError, EOFError, ValueError, KeyError, TypeError):
        return False, None  # not kept, or what is there is none: it is recognised anew


def keep(key: str, page: WordPage | None) -> None:
    """Keep a page, whole or not at all."""
    path = _path(key)
    if path is None:
        return
    text = json.dumps(None if page is None else _data(page), ensure_ascii=False, separators=(",", ":"))
    with contextlib.suppress(OSError):  # a folder that cannot be written, a full disk: nothing is kept
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(gzip.compress(text.encode(), compresslevel=5, mtime=0))
            Path(name).replace(path)
        except OSError:
            Path(name).unlink(missing_ok=True)
            raise


def _path(key: str) -> Path | None:
    folder = kept_folder()
    return None if folder is None else folder / "scans" / key[:2] / f"{key}.json.gz"


def _data(page: WordPage) -> dict[str, Any]:
    return {
        "size": [page.width, page.height],
        "recogniser": page.recogniser,
        "words": [
            [w.text, w.box.x0, w.box.top, w.box.x1, w.box.bottom, w.score, list(w.others), w.as_amount]
            for w in page.words
        ],
        "rules": [[r.x0, r.top, r.x1, r.bottom] for r in page.rules],
        "steps": [[name, list(values)] for name, values in page.steps],
        "notes": [[n.kind.value, n.row, n.column, n.text] for n in page.notes],
    }


def _page(data: Any, number: int) -> WordPage:
    words = tuple(
        Word(text, Box(number, x0, top, x1, bottom, score), "ocr", score, others=tuple(others), as_amount=as_amount)
        for text, x0, top, x1, bottom, score, others, as_amount in data["words"]
    )
    rules = tuple(Rule(*each) for each in data["rules"])
    notes = tuple(Note(NoteKind(kind), row, column, text) for kind, row, column, text in data["notes"])
    width, height = data["size"]
    steps = tuple((name, tuple(values)) for name, values in data["steps"])
    return WordPage(number, width, height, words, rules, notes, data["recogniser"], steps)
