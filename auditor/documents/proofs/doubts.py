"""Figures recognised on a picture that are doubtful: the recogniser is unsure, and nothing bears them out."""

from __future__ import annotations

from collections.abc import Collection

from auditor.documents.errors import DoubtfulReading
from auditor.errors import Place
from auditor.records.model import MEASURED, Field, FieldType

LEAST_SURE = 90  # per cent, of the least sure letter or digit
_DOUBTED = MEASURED | {FieldType.NUMBER_TEXT, FieldType.DATE, FieldType.WORDS_AMOUNT}


def doubt(
    each: Field, text: str | None, score: int | None, borne_out: Collection[str], place: Place
) -> DoubtfulReading | None:
    """The problem of a field that was read as `text` with this certainty (per cent; None if it was not recognised);
    `borne_out` are the fields that a proof bears out. None if there is nothing to be said."""
    if score is None or score >= LEAST_SURE or each.type not in _DOUBTED or each.name in borne_out:
        return None
    title = each.title
    return DoubtfulReading(place, f"{title.zh}: {text or ''}", field_en=title.en, field_zh=title.zh, score=score)
