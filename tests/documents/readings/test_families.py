"""Which tables are one question, and what must be said to tell them from others with the same headers."""

from __future__ import annotations

from dataclasses import replace

import pytest
from asked_tables import COVER, COVER_COLUMNS, cover, hypothesis, shape, table

from auditor.documents.readings.confirmed import CompanyReadings, ConfirmedReading
from auditor.documents.readings.families import Family, Naming, families, placed
from auditor.documents.recognition.hypotheses import State, TableReading
from auditor.documents.recognition.shapes import GROUP

NONE = CompanyReadings()


def asked(documents: dict[str, list[TableReading]], readings: CompanyReadings = NONE) -> list[Family]:
    return families(placed(documents.items()), readings)


def test_a_sheet_a_week_and_a_file_a_station_are_one_question() -> None:
    book = [cover(sheet=f"第{week}周") for week in (1, 2, 3)]
    (family,) = asked({"网点/交接.xlsx": book, "网点/东站.csv": [cover()], "网点/西站.csv": [cover()]})
    assert [each.where for each in family.tables] == [
        "网点/东站.csv", "网点/交接.xlsx[第1周]", "网点/交接.xlsx[第2周]", "网点/交接.xlsx[第3周]", "网点/西站.csv",
    ]  # fmt: skip
    assert family.naming == Naming()
    assert family.rows == 15


def test_the_order_of_files_and_columns_does_not_matter() -> None:
    other = COVER[::-1]
    turned = table(shape(other), hypothesis("bundle_cover", other, COVER_COLUMNS))
    one = asked({"b.csv": [cover()], "a.csv": [turned]})
    assert one == asked({"a.csv": [turned], "b.csv": [cover()]})
    assert len(one) == 1


def test_what_is_sure_far_from_all_or_answered_is_no_question() -> None:
    readings = CompanyReadings((ConfirmedReading(2, COVER, "bundle_cover", file="旧/*"),))
    documents = {
        "a.csv": [cover(State.SURE)],
        "b.csv": [cover(State.NONE)],
        "c.csv": [cover(State.CONFIRMED)],
        "旧/d.csv": [cover(State.LIKELY)],
    }
    assert asked(documents, readings) == []


@pytest.mark.parametrize(
    "other", [{"站": "station"}, {"站": "station", "日子": "date", "签收": "clerk"}, {"日子": "date", "签收": "received_by"}]
)
def test_what_values_tell_of_columns_makes_no_question_of_its_own(other: dict[str, str]) -> None:
    """A customer's file in which a column is empty, or holds other values, is one of the family all the same."""
    headers = ("站", "日子", "签收", "备考")
    full = table(shape(headers), hypothesis("bundle_cover", headers, {"站": "station", "日子": "date", "备考": "remark"}))
    part = table(shape(headers), hypothesis("bundle_cover", headers, other))
    (family,) = asked({"a.csv": [part], "b.csv": [full], "c.csv": [part]})
    assert len(family.tables) == 3 and len(family.hypotheses[0].columns) == 3


def test_likely_only_if_all_are() -> None:
    assert asked({"a.csv": [cover(State.LIKELY)]})[0].state is State.LIKELY
    assert asked({"a.csv": [cover(State.LIKELY)], "b.csv": [cover()]})[0].state is State.ASKED


def other(named: bool = False, **around: object) -> TableReading:
    """A table with the same headers that is something else, or seems so."""
    best = hypothesis("receiving_slip", COVER, {"网点": "station"})
    return table(shape(COVER, **around), replace(best, named=named))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "documents",
    [
        {"a.csv": [cover(), other(first=20)]},
        {"交接.xlsx": [cover(sheet="10月"), other(sheet="11月初")]},
        {"网点/交接2026-09.csv": [other()], "网点/交接2026-10.csv": [cover()]},
    ],
)
def test_the_next_sheet_or_month_is_the_same_question_whatever_its_rows_look_like(
    documents: dict[str, list[TableReading]],
) -> None:
    (family,) = asked(documents)
    assert family.naming == Naming()
    assert family.hypotheses[0].record == "bundle_cover", "the proposal that explains most columns"


def test_a_sheet_that_its_name_calls_something_else_is_another_question() -> None:
    assert len(asked({"交接.xlsx": [cover(sheet="10月"), other(named=True, sheet="收货清单")]})) == 2


def test_lines_inside_a_table_that_say_something_of_its_rows_make_no_other_family() -> None:
    grouped = table(shape((*COVER, GROUP)), hypothesis("bundle_cover", (*COVER, GROUP), COVER_COLUMNS))
    (family,) = asked({"1.csv": [cover()], "2.csv": [grouped], "3.csv": [cover()]})
    assert len(family.tables) == 3


@pytest.mark.parametrize(
    ("mine", "theirs", "naming"),
    [
        (
            {"a.csv": [cover(names=("2026年10月清单交接封面", "a"))], "b.csv": [cover(names=("2026年9月清单交接封面", "b"))]},
            {"c.csv": [other(names=("退件交接", "c"))]},
            Naming(title="清单交接封面"),
        ),
        ({"a.xlsx": [cover(sheet="10月封面")]}, {"b.xlsx": [other(sheet="退件")]}, Naming(sheet="*月封面")),
        ({"网点/1.csv": [cover()], "网点/2.csv": [cover()]}, {"客服/1.csv": [other()]}, Naming(file="网点/*")),
        ({"封面2026-10.csv": [cover()]}, {"退件2026-10.csv": [other()]}, Naming(file="封面*.csv")),
        ({"a[1].csv": [cover()]}, {"b.csv": [other()]}, Naming(file="a[[]*].csv")),
        ({"a.csv": [cover()]}, {"b.csv": [other()], "a.csv": [other(named=True, first=20)]}, Naming()),
    ],
)  # fmt: skip
def test_tables_alike_in_headers_are_told_apart(
    mine: dict[str, list[TableReading]], theirs: dict[str, list[TableReading]], naming: Naming
) -> None:
    documents = {path: [*mine.get(path, []), *theirs.get(path, [])] for path in {**mine, **theirs}}
    found = next(each for each in asked(documents) if each.hypotheses[0].record == "bundle_cover")
    assert found.naming == naming
    assert bool(found.shared) == (naming == Naming()), "what cannot be told apart is said"


def test_a_sure_table_with_these_headers_stays_what_it_is() -> None:
    sure = table(shape(COVER), hypothesis("receiving_slip", COVER, {}), state=State.SURE)
    (family,) = asked({"网点/a.csv": [cover()], "客服/b.csv": [sure]})
    assert family.naming == Naming(file="网点/*")


def test_a_table_without_headers_is_named_by_its_file() -> None:
    bare = table(shape(("", "", "")))
    found = asked({"考勤/打卡202609.csv": [bare], "考勤/打卡202610.csv": [bare], "考勤/排班202610.csv": [bare]})
    assert [(len(each.tables), each.naming.file) for each in found] == [(2, "考勤/打卡*.csv"), (1, "考勤/排班*.csv")]
