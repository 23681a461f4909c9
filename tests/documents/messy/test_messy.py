"""Spreadsheets as cashiers keep them: each case is a workbook or text as `NAME.yaml`, and what is read from it.

A case gives `path` and either `text` (with `encoding`) or `sheets`: rows of cells, dates as ISO text behind `=`, merged
ranges, hidden rows. `NAME.txt` is what a reader is told, in Chinese: every row is a record, a problem or ignored.
"""

from __future__ import annotations

import datetime
import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from auditor.documents.collect import document_of
from auditor.documents.model import ReadDocument
from auditor.documents.read import ReadOptions, read_document
from auditor.marked_yaml import load

HERE = Path(__file__).parent
CASES = sorted(HERE.glob("*.yaml"))


def _cell(text: Any) -> Any:
    """A cell as Excel keeps it: `=2026-10-08` a date, `=12.50` a number, all else text."""
    if not isinstance(text, str) or not text.startswith("="):
        return text
    bare = text[1:]
    return datetime.date.fromisoformat(bare) if bare.count("-") == 2 else float(bare)


def _workbook(sheets: Any) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, given in sheets.items():
        sheet = book.create_sheet(name)
        for row in given["rows"]:
            sheet.append([_cell(each) for each in row])
        for span in given.get("merged", []):
            sheet.merge_cells(span)
        for row in given.get("hidden", []):
            sheet.row_dimensions[row].hidden = True
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def _told(document: ReadDocument) -> str:
    shown = document.as_dict()
    lines = [f"{document.status.value}  {document.layout or '-'}  {shown['rows']}"]
    for name, records in shown["records"].items():
        for record in records:
            fields = {key: value for key, value in record.items() if not key.startswith("_") and value is not None}
            source = record["_source"]
            lines.append(f"{name} {source['row']} {source['proof']}: " + ", ".join(f"{k}={v}" for k, v in fields.items()))
    lines += [f"proof {each['name']}: {each['status']}: {each['detail']['zh']}" for each in shown["proofs"]]
    lines += [f"problem {each.summary('zh')}" for each in document.problems]
    lines += [f"ignored {each['count']} {each['reason']['zh']} {each['place']}" for each in shown["ignored"]]
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_what_is_read(path: Path, update_goldens: bool) -> None:
    case = dict(load(path).data)
    data = _workbook(case["sheets"]) if "sheets" in case else case["text"].encode(case.get("encoding", "utf-8"))
    document = read_document(document_of(data, case["path"]), options=ReadOptions())
    rows = document.as_dict()["rows"]
    assert rows["seen"] == rows["records"] + rows["problems"] + rows["ignored"]
    golden = path.with_suffix(".txt")
    if update_goldens:
        golden.write_text(_told(document), encoding="utf-8")
    assert _told(document) == golden.read_text(encoding="utf-8")
