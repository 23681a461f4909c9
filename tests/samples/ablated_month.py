"""The sample month with a third of its header words replaced by words that nobody knows, and the answers about it.

    python tests/samples/ablated_month.py FOLDER THIRD

writes the month to FOLDER and answers what `auditor map` asks about it, from what the sample month is read as: the answers
stand in FOLDER/reading.yaml. THIRD is 0, 1 or 2. Words of workbooks and CSV files are replaced; printed forms keep theirs.
"""

from __future__ import annotations

import csv
import hashlib
import io
import sys
import zipfile
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import openpyxl
from house_session import answered

from auditor.audit.documents import read_tables
from auditor.audit.progress import Silent
from auditor.audit.questions import OpenQuestion
from auditor.audit.setup import set_up
from auditor.audit.word_questions import WordQuestion
from auditor.documents.readings.drafts import Draft
from auditor.documents.readings.families import shown_columns
from auditor.documents.readings.roles import written
from auditor.documents.recognition.hypotheses import Hypothesis
from auditor.documents.recognition.shapes import TableShape
from auditor.resources import using

SAMPLE = Path(__file__).parent.parent.parent / "samples" / "jieyuan-2026-10"
_MOST = 60  # questions
Place = tuple[str, str, int]  # path, sheet, first row


def unknown(text: str, third: int) -> str:
    """A header word, or one that stands in no vocabulary in its place: chosen by the word itself."""
    mark = hashlib.sha256(text.strip().encode()).hexdigest()
    return f"栏{mark[:4]}" if text.strip() and int(mark[:8], 16) % 3 == third else text


@cache
def sample_tables() -> Mapping[Place, tuple[TableShape, Hypothesis]]:
    """The tables of the sample month that are read, by their places, with what they are."""
    setup = set_up(SAMPLE)
    with using(setup.own):
        documents = read_tables(SAMPLE, setup.settings, Silent(), None, None)
    return {
        (document.path, table.shape.sheet, table.shape.first): (table.shape, table.hypotheses[0])
        for document in documents
        for table in document.tables
        if table.is_read and table.hypotheses and not table.shape.on_pages
    }


def write_ablated(folder: Path, third: int) -> int:
    """Write the month with a third of its header words unknown; how many cells were changed."""
    changed = 0
    written_files: dict[str, bytes] = {}
    lines: dict[str, list[TableShape]] = {}
    for (path, _, _), (shape, _) in sample_tables().items():
        lines.setdefault(path, []).append(shape)
    files = [each for each in SAMPLE.rglob("*") if each.is_file()]
    for source in sorted(files, key=lambda each: (each.suffix == ".zip", each.as_posix())):
        path = source.relative_to(SAMPLE).as_posix()
        data, shapes = source.read_bytes(), lines.get(path, [])
        if path.endswith(".xlsx"):
            data, count = _workbook(data, shapes, third)
            changed += count
        elif path.endswith(".csv"):
            data, count = _delimited(data, shapes, third)
            changed += count
        elif path.endswith(".zip"):
            data = _archive(data, written_files)
        written_files[source.name] = data
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    return changed


def _workbook(data: bytes, shapes: Sequence[TableShape], third: int) -> tuple[bytes, int]:
    book, changed = openpyxl.load_workbook(io.BytesIO(data)), 0
    for shape in shapes:
        sheet = book[shape.sheet]
        for row in sheet.iter_rows(min_row=shape.first, max_row=shape.first + max(len(shape.lines), 1) - 1):
            for cell in row:
                if isinstance(cell.value, str) and (word := unknown(cell.value, third)) != cell.value:
                    cell.value = word
                    changed += 1
    if not changed:
        return data, 0
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue(), changed


def _archive(data: bytes, files: Mapping[str, bytes]) -> bytes:
    """An archive with the files of the folder in the place of its own copies of them."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            name = member.filename.rpartition("/")[2]
            new.writestr(member, files.get(name, old.read(member)))
    return packed.getvalue()


def _delimited(data: bytes, shapes: Sequence[TableShape], third: int) -> tuple[bytes, int]:
    encoding = "utf-8-sig" if data.startswith(b"\xef\xbb\xbf") else "gb18030"
    lines, changed = data.decode(encoding).splitlines(keepends=True), 0
    for shape in shapes:
        line = lines[shape.first - 1]
        cells = next(csv.reader([line]))
        for word in sorted(cells, key=lambda each: -len(each)):
            if (new := unknown(word, third)) != word:
                line = line.replace(word.strip(), new, 1)
                changed += 1
        lines[shape.first - 1] = line
    return "".join(lines).encode(encoding), changed


class Answerer:
    """Somebody who knows what each table of the sample month is."""

    def draft(self, question: OpenQuestion) -> Draft:
        """The answer to a question: the record type with its columns, or that it is none."""
        placed = question.family.tables[0]
        told = sample_tables().get((placed.path, placed.shape.sheet, placed.shape.first))
        if told is None:
            return Draft(ignore="no record of any type")
        truth = told[1]
        if truth.matrix is not None:
            return Draft(truth.record, matrix=truth.matrix.as_dict())
        roles = {each.index: written(each.role) for each in truth.columns}
        columns = {each.name: roles.get(at) for at, each in enumerate(shown_columns(placed.shape)) if each.filled}
        kind = {name: value for name, value in truth.fields.items() if question.types[truth.record].fields[name].choices}
        return Draft(truth.record, columns, kind)

    def words(self, question: WordQuestion) -> dict[str, str]:
        """What words for choices mean: those of the sample are known."""
        return {}


def main(arguments: Sequence[str]) -> int:
    """Writes the month, answers, and prints what was asked."""
    folder = Path(arguments[0])
    print(f"{write_ablated(folder, int(arguments[1]))} header cells unknown")
    for line in answered(folder, Answerer(), _MOST):
        print(line, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
