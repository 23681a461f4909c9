"""Words of a table's choices that nobody knows: what the company must say once."""

from __future__ import annotations

from collections import Counter

from auditor.documents.model import StrangeWords
from auditor.documents.readings.choice_words import DIRECTION
from auditor.documents.tables.flows import UNKNOWN_FLAG
from auditor.documents.tables.reading import Reading
from auditor.documents.vocabulary import FLAG
from auditor.values.errors import UnknownChoice

_LONGEST = 40  # characters: beyond that a text is no word of a choice
_MOST = 12  # different words of one column: beyond that it holds no choice


def strange_words(reading: Reading) -> tuple[StrangeWords, ...]:
    """For each choice of a table the words that none of its values has, with the rows in which each stands. Long texts
    and columns of many different ones are no words of a choice; their cells are told as problems alone."""
    found: dict[str, Counter[str]] = {}
    for name, unread in reading.typed.unread.items():
        each = reading.type.fields.get(name)
        if each is None or not each.choices:
            continue
        texts = [
            problem.found or ""
            for at, problem in unread.items()
            if isinstance(problem, UnknownChoice) and (reading.records[at] or at in reading.reasons)
        ]
        found[name] = Counter(" ".join(text.split()) for text in texts)
    flags = _strange_flags(reading)
    if flags:
        found[DIRECTION] = flags
    return tuple(
        StrangeWords(reading.type.name, name, dict(sorted(words.items())))
        for name, words in found.items()
        if words and len(words) <= _MOST and all(0 < len(word) <= _LONGEST for word in words)
    )


def _strange_flags(reading: Reading) -> Counter[str]:
    """Words that should tell money in from money out."""
    claimed = reading.sheet.claim.column(FLAG)
    if claimed is None or reading.flow is None:
        return Counter()
    texts = reading.sheet.texts.column(claimed.index)
    rows = [at for at, reason in reading.flow.unclear.items() if reason is UNKNOWN_FLAG]
    return Counter(" ".join((texts[at].as_py() or "").split()) for at in rows)
