"""Pages that continue a table sideways put beside the pages they continue (for now: as they are)."""

from __future__ import annotations

from collections.abc import Sequence

from auditor.documents.grids.word_tables import Known
from auditor.documents.pages import WordPage


def with_pages_beside(pages: Sequence[WordPage], known: Known) -> list[WordPage]:
    return list(pages)
