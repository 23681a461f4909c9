"""Recognition without the words it knows: the tables of the sample month with header words that stand in no vocabulary,
with columns in another order, with half of the rows, and with names that say nothing. What is sure is never wrong."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from auditor.audit.documents import read_tables
from auditor.audit.progress import Silent
from auditor.audit.setup import set_up
from auditor.documents.read import knowledge_of
from auditor.documents.readings.confirmed import NO_READINGS
from auditor.documents.recognition.hypotheses import Hypothesis, State
from auditor.documents.recognition.judging import Judgement, judge
from auditor.documents.recognition.shapes import TableShape
from auditor.documents.recognition.table_evidence import Knowledge
from auditor.resources import own_files, using

SAMPLE = Path(__file__).parent.parent.parent / "samples" / "jieyuan-2026-10"
_ANY_TEXT = frozenset(("summary", "purpose", "postscript", "remark", "item", "reason"))  # texts that any of them may be
Table = tuple[TableShape, Hypothesis]


@cache
def tables() -> tuple[tuple[Table, ...], Knowledge]:
    """The tables of the sample month with what they are, and what recognition knows."""
    setup = set_up(SAMPLE)
    with using(setup.own):
        documents = read_tables(SAMPLE, setup.settings, Silent(), None, None)
        known = knowledge_of(own_files(), NO_READINGS)
    found = [
        (table.shape, table.hypotheses[0])
        for document in documents
        for table in document.tables
        if table.state is State.SURE and table.hypotheses and table.hypotheses[0].columns
    ]
    return tuple(found), known


def without(third: int) -> Callable[[TableShape], TableShape]:
    """Every third header word, chosen by the word itself, replaced by one that nobody knows."""

    def unknown(text: str) -> str:
        mark = hashlib.sha256(text.encode()).hexdigest()
        return f"栏{mark[:4]}" if int(mark[:8], 16) % 3 == third else text

    def changed(shape: TableShape) -> TableShape:
        texts = tuple(tuple(map(unknown, each)) for each in shape.texts)
        return replace(shape, headers=tuple(each[0] if each else "" for each in texts), texts=texts)

    return changed


def turned(shape: TableShape) -> TableShape:
    """The columns from right to left, every second row left out."""
    return replace(
        shape,
        headers=shape.headers[::-1],
        texts=shape.texts[::-1],
        values=tuple((*row, *[""] * (len(shape.headers) - len(row)))[::-1] for row in shape.values[::2]),
    )


def nameless(shape: TableShape) -> TableShape:
    """A file `1.xlsx`, a sheet `Sheet1`, no title."""
    return replace(shape, sheet="Sheet1", names=("", "Sheet1", "1", ""))


def judged(change: Callable[[TableShape], TableShape]) -> list[tuple[TableShape, Hypothesis, Judgement]]:
    found, known = tables()
    return [(shape, truth, judge(change(shape), known)) for shape, truth in found]


def wrong(shape: TableShape, truth: Hypothesis, best: Hypothesis, *, backwards: bool = False) -> list[str]:
    """The columns of which a hypothesis says something else than is true."""
    if best.record != truth.record:
        return [f"{best.record} for {truth.record}"]
    roles = {each.index: each.role for each in truth.columns}
    last = len(shape.headers) - 1
    return [
        f"{each.header}: {each.role}"
        for each in best.columns
        if each.sure
        and (true := roles.get(last - each.index if backwards else each.index)) is not None
        and true != each.role
        and not {true, each.role} <= _ANY_TEXT
    ]


def test_there_are_tables_of_most_record_types() -> None:
    found, _ = tables()
    assert len(found) > 80
    assert len({truth.record for _, truth in found}) > 25


@pytest.mark.parametrize("third", [0, 1, 2])
def test_with_a_third_of_its_header_words_unknown_nothing_sure_is_wrong(third: int) -> None:
    found = judged(without(third))
    sure = [each for each in found if each[2].state is State.SURE]
    mistakes = [each for shape, truth, judgement in sure if (each := wrong(shape, truth, judgement.hypotheses[0]))]
    assert not mistakes
    best = [judgement.hypotheses[0].record == truth.record for _, truth, judgement in found if judgement.hypotheses]
    assert sum(best) >= 0.8 * len(found)  # what is asked is asked with the right proposal


def test_without_any_name_nothing_sure_is_wrong() -> None:
    sure = [each for each in judged(nameless) if each[2].state is State.SURE]
    assert not [each for shape, truth, judgement in sure if (each := wrong(shape, truth, judgement.hypotheses[0]))]


def test_columns_in_another_order_and_half_of_the_rows_are_the_same_reading() -> None:
    for shape, truth, judgement in judged(turned):
        assert judgement.hypotheses and judgement.hypotheses[0].record == truth.record, shape.headers
        if judgement.state is State.SURE:
            assert not wrong(shape, truth, judgement.hypotheses[0], backwards=True)
