"""Which layout a grid is of: the words of its header rows and of the lines above it, and the path of its file."""

from __future__ import annotations

from collections.abc import Mapping
from fnmatch import fnmatchcase

from auditor.documents.context import Context
from auditor.documents.headers import header_variants
from auditor.documents.layouts.layout import Claims, Layout
from auditor.documents.layouts.loader import plain_words
from auditor.documents.pages import Grid

_LOOKED_AT = 60  # rows from the top in which a claim must be found



def matching(layouts: Mapping[str, Layout], grid: Grid, context: Context) -> list[Layout]:
    """The layouts that claim a grid, in the order of names."""
    rows = grid.head(_LOOKED_AT)
    keys = [{key for cell in row if cell and len(cell) < 80 for key, _, _ in header_variants(cell)} for row in rows]
    bands = [keys[at] | (keys[at + 1] if at + 1 < len(keys) else set()) for at in range(len(keys))]
    above = plain_words(" ".join(cell for row in rows for cell in row if cell))
    return [layout for layout in layouts.values() if _claims(layout.claims, keys, bands, above, context.path)]



def _claims(claims: Claims, keys: list[set[str]], bands: list[set[str]], text: str, path: str) -> bool:
    if not (claims.headers or claims.preamble or claims.file):
        return False
    if claims.file and not any(fnmatchcase(path.casefold(), pattern.casefold()) for pattern in claims.file):
        return False
    if not all(word in text for word in claims.preamble):
        return False
    if not claims.headers:
        return not any(word in row for row in keys for word in claims.without)
    wanted, refused = set(claims.headers), set(claims.without)
    return any(wanted <= band and not refused & band for band in (*keys, *bands))
