"""Shapes of tables for tests, and what recognition says of them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from auditor.documents.recognition.hypotheses import Hypothesis
from auditor.documents.recognition.judging import Judgement, judge
from auditor.documents.recognition.keys import NO_KEYS, FolderKeys
from auditor.documents.recognition.shapes import TableShape
from auditor.documents.recognition.table_evidence import Knowledge
from auditor.documents.vocabulary import Vocabulary
from auditor.records.loader import record_types


@cache
def knowledge() -> Knowledge:
    return Knowledge(Vocabulary.of(record_types()))


def shape(
    text: str, *, title: str = "", sheet: str = "", file: str = "1", folder: str = "",
    labels: Sequence[tuple[str, str]] = (),
) -> TableShape:
    """A table from lines of comma separated cells, the first of which is the header."""
    header, *rows = [[cell.strip() for cell in line.split(",")] for line in text.strip().splitlines()]
    return TableShape(
        sheet, 1, 1, tuple(header), tuple((cell,) if cell else () for cell in header), tuple(map(tuple, rows)), len(rows),
        (title, sheet, file, folder), tuple(labels),
    )  # fmt: skip


def judged(table: TableShape, keys: FolderKeys = NO_KEYS) -> Judgement:
    return judge(table, knowledge(), keys=keys)


def best(table: TableShape, keys: FolderKeys = NO_KEYS) -> Hypothesis:
    return judged(table, keys).hypotheses[0]


def roles(table: TableShape, keys: FolderKeys = NO_KEYS) -> dict[str, str]:
    """Header → role of the best hypothesis."""
    return {each.header: each.role for each in best(table, keys).columns}
