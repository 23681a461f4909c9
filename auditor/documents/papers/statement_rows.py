"""The labelled rows of a bank statement as a table, so that its sides, balances and sums are proved as those of any."""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa

from auditor.documents.pages import Box, Grid
from auditor.documents.papers.fields import PaperLabels
from auditor.documents.papers.model import Entry, Paper
from auditor.records.model import Field
from auditor.values.text import is_chinese

_Cells = list[tuple[str, Box]]


def statement_grid(paper: Paper, labels: PaperLabels, record: str, number: int) -> Grid | None:
    """A paper as a grid: its title, its labels with their values, and its rows below their labels; None without rows.

    What is known of a label is written as the record type's own word for it, in the label's language.
    """
    rows = [row for _, row in paper.rows]
    columns = list(dict.fromkeys(each.label for row in rows for each in row.entries))
    if not columns:
        return None
    known = _known([row.entries for row in rows], labels, record)
    made: list[_Cells] = [[(paper.title, paper.box)]]
    entries = [each for each in paper.entries if each.value is not None]
    head = _known([entries], labels, record)
    made += [[(f"{head.get(each.label, each.label)}: {_text(each)}", each.box)] for each in entries]
    made.append([(known.get(label, label), rows[0].box) for label in columns])
    for row in rows:
        values = {each.label: each for each in row.entries}
        made.append([(_text(values[x]), _box(values[x])) if x in values else ("", row.box) for x in columns])
    return _grid(made, number)


def _known(groups: Sequence[Sequence[Entry]], labels: PaperLabels, record: str) -> dict[str, str]:
    """The labels that name a field, with the type's own word for it."""
    found: dict[str, str] = {}
    for entries in groups:
        for at, role in labels.roles(entries, record).items():
            found.setdefault(entries[at].label, _word(labels.types[record].fields[role], entries[at].label))
    return found


def _word(each: Field, label: str) -> str:
    """The header word of a field in the language of a label."""
    return next((word for word in each.headers if is_chinese(word) == is_chinese(label)), label)


def _text(each: Entry) -> str:
    return each.value.text if each.value is not None else ""


def _box(each: Entry) -> Box:
    return each.value.box if each.value is not None else each.box


def _grid(made: Sequence[_Cells], number: int) -> Grid:
    width = max(map(len, made))
    full = [[*row, *(("", row[0][1]) for _ in range(width - len(row)))] for row in made]
    columns = {f"c{at}": pa.array([row[at][0] or None for row in full], pa.string()) for at in range(width)}
    numbers = pa.array(range(1, len(made) + 1), pa.int64())
    boxes = tuple(tuple(box for _, box in row) for row in full)
    return Grid(number, "", pa.table(columns), numbers, boxes=boxes)
