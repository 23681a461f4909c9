"""`auditor read --show`: pictures of scanned pages with what was found where."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from auditor.audit.errors import OutputNotWritable
from auditor.cli.show import err
from auditor.cli.speech import say
from auditor.documents.collect import document_at
from auditor.documents.model import ReadDocument, record_dicts
from auditor.documents.readers import drawn_scans

Placed = dict[int, list[tuple[str, tuple[float, ...]]]]


def draw_scans(files: Sequence[Path], documents: Sequence[ReadDocument], target: Path) -> None:
    """Draw the scanned pages of the files, one picture each, and say where they lie. Raises OutputNotWritable."""
    by_name = {Path(each.path).name: each for each in documents}
    drawn: list[bytes] = []
    for path in files:
        if path.is_file():
            drawn += drawn_scans(document_at(path), _records(by_name.get(path.name)))
    for number, picture in enumerate(drawn, 1):
        place = target if number == 1 else target.with_stem(f"{target.stem}-{number}")
        try:
            place.write_bytes(picture)
        except OSError as error:
            raise OutputNotWritable(str(place), reason=error.strerror or "") from error
        err.print(str(place), markup=False)
    if not drawn:
        err.print(say("there is no scanned page to draw", "没有可绘制的扫描页"))


def _records(document: ReadDocument | None) -> Placed:
    """By page the type and the box of each record of a document."""
    found: Placed = {}
    for name, table in document.records.items() if document is not None else ():
        for record in record_dicts(table):
            source = record["_source"]
            if source["via"] == "ocr" and source["box"]:
                box = tuple(float(each) for each in source["box"].split(","))
                found.setdefault(source["page"], []).append((name, box))
    return found
