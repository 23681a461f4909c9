"""How far a matrix may be trusted: by its name, its corner, its totals and the names that the folder knows."""

from __future__ import annotations

import pytest

from auditor.documents.read import knowledge_of
from auditor.documents.readings.confirmed import NO_READINGS
from auditor.documents.recognition.hypotheses import State
from auditor.documents.recognition.judging import Judgement, judge
from auditor.documents.recognition.keys import NO_KEYS, FolderKeys
from auditor.documents.recognition.shapes import TableShape
from auditor.resources import own_files
from auditor.values.text import party_full_key

KNOWN = ("临海纺织", "玉环水暖", "天台药业")
DAYS = ("2026-09-01", "2026-09-02", "2026-09-03")
ROWS = (("10.50", "", "2.00", "12.50"), ("", "3.00", "", "3.00"), ("1.00", "1.00", "1.00", "3.00"))


def keys(*names: str, side: str = "customer") -> FolderKeys:
    return FolderKeys(names={party_full_key(name): frozenset((side,)) for name in names})


def shape(names: tuple[str, ...] = KNOWN, around: str = "", corner: str = "", turned: bool = False) -> TableShape:
    """A matrix of three names and three days with a total of each of its rows."""
    down, across = (DAYS, names) if turned else (names, DAYS)
    headers = (corner, *across, "合计")
    values = tuple((label, *row) for label, row in zip(down, ROWS, strict=True))
    return TableShape("", 1, 1, headers, tuple((each,) if each else () for each in headers), values, 3, (around,), (), (headers,))


def judged(table: TableShape, known: FolderKeys = NO_KEYS) -> Judgement:
    return judge(table, knowledge_of(own_files(), NO_READINGS), keys=known)


def what(judgement: Judgement) -> tuple[State, str | None]:
    """The state, and what stands down if it is a matrix."""
    matrix = judgement.hypotheses[0].matrix if judgement.hypotheses else None
    return judgement.state, matrix.down if matrix else None


@pytest.mark.parametrize("turned", [False, True])
def test_known_names_make_it_sure_without_any_word(turned: bool) -> None:
    down = "date" if turned else "customer"
    assert what(judged(shape(turned=turned))) == (State.ASKED, down)  # a folder may tell
    assert what(judged(shape(turned=turned), keys(*KNOWN))) == (State.SURE, down)


@pytest.mark.parametrize("around", ["总账单", "2026年9月客户日汇总", "Master bill, September"])
@pytest.mark.parametrize("turned", [False, True])
def test_a_name_around_makes_it_sure(around: str, turned: bool) -> None:
    assert judged(shape(around=around, turned=turned)).state is State.SURE


def test_a_name_around_and_a_folder_that_knows_none_of_the_names() -> None:
    assert judged(shape(around="总账单"), keys("黄岩塑业", "路桥机电")).state is State.LIKELY


def test_names_of_another_side_are_not_known() -> None:
    assert judged(shape(), keys(*KNOWN, side="provider")).state is not State.SURE


@pytest.mark.parametrize("around", ["客户回款日报", "九月重量", "Receipts by customer", "件数"])
def test_a_name_that_says_something_else(around: str) -> None:
    assert judged(shape(around=around), keys(*KNOWN)).state in (State.LIKELY, State.ASKED)


@pytest.mark.parametrize("around", ["2026年9月", "客户每日金额汇总表", "Sheet1", "Daily totals per customer", "温岭运通物流有限公司"])
def test_a_name_that_says_nothing_more(around: str) -> None:
    assert judged(shape(around=around), keys(*KNOWN)).state is State.SURE


def test_a_corner_with_another_word() -> None:
    assert what(judged(shape(corner="姓名"))) != (State.ASKED, "customer")
    assert judged(shape(corner="姓名"), keys(*KNOWN)).state is not State.SURE


@pytest.mark.parametrize("corner", ["客户", "日期\\客户", "Customer / Date", "客户名称"])
def test_a_corner_with_the_word_is_likely_and_no_more(corner: str) -> None:
    judgement = judged(shape(corner=corner))
    assert what(judgement) == (State.LIKELY, "customer")


def test_words_of_tables_are_no_names() -> None:
    assert judged(shape(("现金", "运费", "客户"), around="总账单")).state is not State.SURE


def test_totals_that_do_not_hold() -> None:
    wrong = shape(around="总账单")
    values = tuple((*row[:-1], "0.50") for row in wrong.values)
    table = TableShape("", 1, 1, wrong.headers, wrong.texts, values, 3, wrong.names, (), wrong.lines)
    judgement = judged(table)
    assert judgement.state is State.ASKED
    assert any(each.en == "most of its totals do not follow from its cells" for each in judgement.hypotheses[0].against)
