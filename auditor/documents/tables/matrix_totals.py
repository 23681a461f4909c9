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
        others = [(at, each.matrix) for at, each in enumerate(results) if each.matrix and _alike(each, result)]
        earlier = [matrix.figures for at, matrix in others if at < place]
        later = [matrix.figures for at, matrix in others if at > place]
        checked = checked_totals(result.matrix.figures, earlier, later)
        lacking = [_lacking(each, result.matrix, [one for at, one in others if at != place]) for each in checked]
        untold = [0 if each.told or each.holds else unread for each in checked]
        stated = [
            _stated(result.matrix, each, lacks + more)
            for each, lacks, more in zip(checked, lacking, untold, strict=True)
        ]
        done.append(_totalled(result, result.matrix, checked, stated))
    return done


def _alike(one: TableResult, other: TableResult) -> bool:
    return one.matrix is not None and other.matrix is not None and (
        (one.record, one.matrix.currency) == (other.record, other.matrix.currency)
    )  # fmt: skip


def _lacking(total: CheckedTotal, matrix: ReadMatrix, others: Sequence[ReadMatrix]) -> int:
    """How many of the cells that a total covers were not read; one without a name may be of any, and so may one without
    a day."""
    own = set(total.own)
    found = sum(cell in own or _may_be_of(total, matrix, cell) for cell in matrix.missed)
    filled = sum(cell in matrix.figures.figures for cell in total.own)
    if total.cells > filled:  # it covers other sheets, too
        found += sum(_is_of(total, matrix, other, cell) for other in others for cell in other.missed)
    return found


def _may_be_of(total: CheckedTotal, matrix: ReadMatrix, cell: Cell) -> bool:
    """Whether a cell that stands in no named row, or under no day, may be one that a total covers."""
    shape = matrix.figures.shape
    row, column = cell
    if row in shape.named and column in shape.axis.places:
        return False
    return total.axis == "table" or (column == total.column if total.axis == "column" else row == total.row)


def _is_of(total: CheckedTotal, matrix: ReadMatrix, other: ReadMatrix, cell: Cell) -> bool:
    """Whether a cell of another sheet is of the day or the name of a total."""
    mine, its = matrix.figures.shape, other.figures.shape
    if total.axis == "row":
        return its.name(cell[0]) == mine.name(total.row)
    return total.axis == "table" or its.axis.days.get(cell[1]) == mine.axis.days.get(total.column)


def _totalled(
    result: TableResult, matrix: ReadMatrix, checked: Sequence[CheckedTotal], stated: list[Stated]
) -> TableResult:
    states = FieldStates(matrix.cell, _states(matrix, checked, stated))
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
        unread=unread,
    )


def _states(matrix: ReadMatrix, checked: Sequence[CheckedTotal], stated: Sequence[Stated]) -> States:
    """What the totals say of each cell: a wrong one breaks both its row's and its day's, a wrong total only itself. A
    total over what was not read says nothing."""
    said: dict[Cell, dict[str, set[bool]]] = {cell: {"row": set(), "column": set()} for cell in matrix.cells}
    every = False
    for total, shown in zip(checked, stated, strict=True):
        if not total.holds and not shown.breaks:
            continue
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
