"""Lists in which half of the cells are empty are tables all the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.documents.collect import document_at
from auditor.documents.pages import Grid
from auditor.documents.readers import read_document as pages_of
from auditor.documents.tables.grid_rows import Rows
from auditor.documents.tables.shaping import bands_of


def bands(folder: Path, *lines: str) -> list[int]:
    path = folder / "a.csv"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    (grid,) = pages_of(document_at(path)).pages
    assert isinstance(grid, Grid)
    return [each.first for each in bands_of(Rows(grid), 0, grid.rows, lambda *_: False)]


@pytest.mark.parametrize(
    "lines",
    [
        ("旧称对照,,,,,", "甲号,乙名,丙类,丁文,起,止", "K01,临海老厂,简称,,,", "K03,玉环贸易,关联,WT-03,2026-01-01,"),
        ("Trading names,,,", "Ref,Known as,Kind,Letter", "N1,Harbour,short,", "N2,Dover Line,sister,L-7"),
        ("人员,,,,", "姓,岗,点,限,卡", "林某,出纳,,,甲", "王某,收货,北区,高,乙", "赵某,会计,,,丙"),
    ],
)
def test_a_list_with_empty_cells(tmp_path: Path, lines: tuple[str, ...]) -> None:
    assert bands(tmp_path, *lines) == [1]


@pytest.mark.parametrize(
    "lines",
    [
        ("甲号,乙名,丙类,丁文,起,止", "K01,临海老厂,,,,", "K03,玉环贸易,,,,"),  # hardly anything below the words
        ("说明,其一,其二,其三", "见附件,,,", "甲,乙,丙,丁"),
    ],
)
def test_words_over_next_to_nothing_are_no_header(tmp_path: Path, lines: tuple[str, ...]) -> None:
    assert 0 not in bands(tmp_path, *lines)
