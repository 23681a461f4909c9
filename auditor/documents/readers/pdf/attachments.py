"""XML files inside a PDF: the data of an invoice beside its pages."""

from __future__ import annotations

from typing import Any

import pypdfium2

_MOST_FILES = 20
_MOST_BYTES = 20_000_000


def xml_attachments(document: Any) -> tuple[bytes, ...]:
    """The XML files in a PDF, in their order. What cannot be taken out is none: the pages show the same."""
    found: list[bytes] = []
    for at in range(min(document.count_attachments(), _MOST_FILES)):
        try:
            file = document.get_attachment(at)
            if file.get_name().lower().endswith(".xml"):
                found.append(bytes(file.get_data()))
        except pypdfium2.PdfiumError:
            continue
    return tuple(each for each in found if len(each) <= _MOST_BYTES)
