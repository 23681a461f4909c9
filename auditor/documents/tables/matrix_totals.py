"""The totals of the matrices of a document: a total may cover what stands on several of its sheets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from auditor.documents.proofs import totals
from auditor.documents.proofs.fields import FieldStates, States, with_proofs
from auditor.documents.proofs.totals import Stated
from auditor.documents.recognition.matrix_totals import CheckedTotal, checked_totals
from auditor.documents.tables.reading import ReadMatrix, TableResult

Cell = tuple[int, int]  # row and column of the cells as they are turned


def with_totals(results: Sequence[TableResult], unread: int = 0) -> list[TableResult]:
    """The tables of one document, with the totals of its matrices, their proofs, and what they say of each record.

    A total may cover what stands on other sheets. `unread`: rows of further matrices of the document that were not
    read, which may explain why a line of totals does not hold.
    """
    done = []
    for place, result in enumerate(results):
        if result.matrix is None:
            done.append(result)
            continue
        others = [(at, each.matrix.figures) for at, each in enumerate(results) if each.matrix and _alike(each, result)]
        earlier = [figures for at, figures in others if at < place]
        later = [figures for at, figures in others if at > place]
        done.append(_totalled(result, result.matrix, checked_totals(result.matrix.figures, earlier, later), unread))
    return done


def _alike(one: TableResult, other: TableResult) -> bool:
    return one.matrix is not None and other.matrix is not None and (
        (one.record, one.matrix.currency) == (other.record, other.matrix.currency)
    )  # fmt: skip


def _totalled(result: TableResult, matrix: ReadMatrix, checked: Sequence[CheckedTotal], unread: int) -> TableResult:
    stated = [_stated(matrix, each, unread) for each in checked]
    states = FieldStates(matrix.cell, _states(matrix, checked))
    return replace(
        result,
        table=with_proofs(matrix.type, result.table, [states]),
        stated=stated,
        proofs=totals.proofs(stated, matrix.where),
    )


def _stated(matrix: ReadMatrix, total: CheckedTotal, unread: int) -> Stated:
    """A total as a record; `axis` is that of the sheet, `group` the name or the day that it is of."""
    shape = matrix.figures.shape
    number, raw = matrix.lines[total.row, total.column]
    name = shape.name(total.row) if total.axis == "row" else None
    day = shape.axis.days.get(total.column) if total.axis == "column" else None
    label = total.line.label.strip() or (name or "")
    turned = {"row": "column", "column": "row"} if shape.turned else {}
    return Stated(
        matrix.type.name,
        matrix.cell,
        "sum",
        name if total.axis == "row" and not shape.turned and name else label,
        total.stated,
        total.computed,
        total.cells,
        matrix.page,
        number,
        raw,
        axis=turned.get(total.axis, total.axis),
        group=name or (day.isoformat() if day else None),
        day=day,
        currency=matrix.currency,
        unread=0 if total.told or total.holds else unread,
    )


def _states(matrix: ReadMatrix, checked: Sequence[CheckedTotal]) -> States:
    """What the totals say of each cell: a wrong one breaks both its row's and its day's, a wrong total only itself."""
    said: dict[Cell, dict[str, set[bool]]] = {cell: {"row": set(), "column": set()} for cell in matrix.cells}
    every = False
    for total in checked:
        if total.axis == "table":
            every = every or (total.holds and set(matrix.cells) <= set(total.own))
            continue
        for cell in total.own:
            if cell in said:
                said[cell][total.axis].add(total.holds)
    states = np.zeros(len(matrix.cells), dtype=np.int8)
    for at, cell in enumerate(matrix.cells):
        axes = [None if not each else True in each for each in said[cell].values()]
        states[at] = 1 if True in axes or (every and False not in axes) else -1 if axes == [False, False] else 0
    return states
