"""Rows under the name of a region or a group that are the sums of the rows above are subtotals, and lines of a part of
the line above are none; in matrices and in lists whose records are named by words."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from auditor.audit.documents import read_folder
from auditor.audit.progress import Silent
from auditor.audit.settings import Settings, SettingsFile
from auditor.documents.model import ReadDocument
from auditor.documents.recognition.sum_rows import says_part, sum_rows

Line = tuple[str, ...]
DAYS = ("2026-05-04", "2026-05-05", "2026-05-06", "2026-05-07")
PLUM, ROWAN, CEDAR, BIRCH = (("梅林", 120, 35, 0, 18), ("罗湾", 40, 0, 12, 5), ("雪松", 7, 21, 33, 44), ("白桦", 3, 9, 5, 1))


def summed(name: str, *rows: Sequence[object]) -> tuple[object, ...]:
    return (name, *(sum(int(str(row[at])) for row in rows) for at in range(1, len(rows[0]))))


def csv(header: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    return "\n".join(",".join(map(str, row)) for row in [header, *rows]) + "\n"


def read(folder: Path, files: dict[str, str]) -> dict[str, ReadDocument]:
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return {each.path: each for each in read_folder(folder, Settings(SettingsFile()), Silent(), 1, None)}


def customers(document: ReadDocument, record: str = "master_day") -> set[str]:
    return set(document.records[record].column("customer").to_pylist())


@pytest.mark.parametrize(
    "names", [("华南", "华东"), ("South", "East"), ("一部", "二部"), ("华南小计", "华东小计"), ("Region A subtotal", "Region B subtotal")]
)
@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize("footed", [False, True])
def test_regions_of_a_matrix(names: tuple[str, str], turned: bool, footed: bool, tmp_path: Path) -> None:
    rows = [PLUM, ROWAN, summed(names[0], PLUM, ROWAN), CEDAR, BIRCH, summed(names[1], CEDAR, BIRCH)]
    rows += [summed("合计", PLUM, ROWAN, CEDAR, BIRCH)] if footed else []
    lines: list[Sequence[object]] = [("客户", *DAYS), *rows]
    lines = list(zip(*lines, strict=True)) if turned else lines
    lines[0] = ("日期" if turned else "客户", *lines[0][1:])
    document = read(tmp_path, {"总账单5月.csv": csv(list(map(str, lines[0])), lines[1:])})["总账单5月.csv"]
    assert customers(document) == {"梅林", "罗湾", "雪松", "白桦"}
    told = [each.text for each in document.remarks if names[0] in each.text.en]
    assert bool(told) != ("小计" in names[0] or "subtotal" in names[0])
    assert all(names[0] in each.zh for each in told)
    assert all(proof.status.value == "holds" for proof in document.proofs)


def test_regions_of_regions_and_rows_outside_of_any(tmp_path: Path) -> None:
    inner, outer = summed("深圳", PLUM, ROWAN), summed("广州", CEDAR, BIRCH)
    loose = ("门市", 5, 5, 5, 5)
    rows = [PLUM, ROWAN, inner, CEDAR, BIRCH, outer, summed("华南区", PLUM, ROWAN, CEDAR, BIRCH), loose,
            ("东仓", 1, 2, 3, 4), ("西仓", 4, 3, 2, 2), summed("仓库", ("", 1, 2, 3, 4), ("", 4, 3, 2, 2))]  # fmt: skip
    document = read(tmp_path, {"总账单5月.csv": csv(("客户", *DAYS), rows)})["总账单5月.csv"]
    assert customers(document) == {"梅林", "罗湾", "雪松", "白桦", "门市", "东仓", "西仓"}


@pytest.mark.parametrize("part", ["其中：现付", "其中 月结", "of which cash", "Including: COD"])
def test_a_part_of_the_line_above_is_no_customer(part: str, tmp_path: Path) -> None:
    rows = [PLUM, (part, 60, 35, 0, 9), ROWAN, CEDAR, BIRCH, summed("合计", PLUM, ROWAN, CEDAR, BIRCH)]
    document = read(tmp_path, {"总账单5月.csv": csv(("客户", *DAYS), rows)})["总账单5月.csv"]
    assert customers(document) == {"梅林", "罗湾", "雪松", "白桦"}
    assert any(part in each.text.en and part in each.text.zh for each in document.remarks)
    assert document.rows_seen == document.row_records + sum(each.count for each in document.ignored)


@pytest.mark.parametrize("name", ["Including Ltd", "Inclusive Foods", "中其贸易"])
def test_names_that_only_look_so(name: str) -> None:
    assert says_part(name) is (name == "Including Ltd")


def test_a_known_customer_whose_row_adds_up_by_accident_stays(tmp_path: Path) -> None:
    parties = "往来编码,单位全称,简称,类别\n" + "".join(
        f"Q{at},{name}贸易有限公司,{name},客户\n" for at, name in enumerate(["梅林", "罗湾", "华南", "雪松", "白桦"], 1)
    )
    matrix = csv(("客户", *DAYS), [PLUM, ROWAN, summed("华南", PLUM, ROWAN), CEDAR, BIRCH])
    document = read(tmp_path, {"总账单5月.csv": matrix, "往来单位.csv": parties})["总账单5月.csv"]
    assert customers(document) == {"梅林", "罗湾", "华南", "雪松", "白桦"}


def test_a_wrong_figure_under_a_word_for_a_total_is_told(tmp_path: Path) -> None:
    wrong = ("华南小计", 160, 35, 12, 99)
    document = read(tmp_path, {"总账单5月.csv": csv(("客户", *DAYS), [PLUM, ROWAN, wrong, CEDAR, BIRCH])})["总账单5月.csv"]
    assert customers(document) == {"梅林", "罗湾", "雪松", "白桦"}
    assert [each.status.value for each in document.proofs] == ["broken"]


@pytest.mark.parametrize(
    ("header", "file", "names"),
    [
        (("客户", "期末欠款", "期末余款"), "客户期末余额.csv", ("华南", "华东")),
        (("客户", "期末欠款", "期末余款"), "客户期末余额.csv", ("一组", "二组")),
        (("Customer", "Arrears", "Credit"), "Customer balances.csv", ("South", "East")),
    ],
)
def test_groups_of_a_list_of_names(header: Line, file: str, names: tuple[str, str], tmp_path: Path) -> None:
    a, b, c, d = (row[:3] for row in (PLUM, ROWAN, CEDAR, BIRCH))
    rows = [a, b, summed(names[0], a, b), ("其中：逾期", 6, 1), c, d, summed(names[1], c, d)]
    document = read(tmp_path, {file: csv(header, rows)})[file]
    assert customers(document, "customer_balance") == {"梅林", "罗湾", "雪松", "白桦"}
    assert sum(names[0] in each.text.zh for each in document.remarks) == 1
    assert document.rows_seen == document.row_records + sum(each.count for each in document.ignored)


@pytest.mark.parametrize(
    "rows",
    [
        [("A", (4, 0)), ("B", (5, 0)), ("South", (9, 0))],  # one column alone
        [("A", (4, 2)), ("South", (4, 2))],  # one row alone
        [("A", (4, 2)), ("B", (5, 1)), ("South", (9, 4))],  # not in all columns
        [("A", (4, 2)), ("", None), ("B", (5, 1)), ("South", (9, 3, ))],  # a row between that cannot be read
    ],
)  # fmt: skip
def test_what_is_no_sum(rows: list[tuple[str, tuple[int, ...] | None]]) -> None:
    assert sum_rows([(at, name, figures) for at, (name, figures) in enumerate(rows)]).sums == []
