"""Layout files: read strictly, each error at its line and column."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.documents.errors import LayoutFileError
from auditor.documents.layouts.loader import layouts_of, load_layout
from auditor.records.loader import record_types

GOOD = """\
layout: bank/some
title: {en: Some bank, zh: 某银行}
record: bank_transaction
claims: {headers: [交易日期, 金额]}
columns: {date: [交易日期]}
"""


def test_every_layout_that_comes_with_the_program_is_valid_and_names_itself_in_both_languages() -> None:
    for name, layout in layouts_of().items():
        assert layout.name == name and layout.title.en and layout.title.zh


def test_a_layout_amends_the_words_of_its_record_type() -> None:
    layout = load_layout(GOOD, record_types())
    amended = layout.amended(record_types()["bank_transaction"])
    assert amended.fields["date"].headers == ("交易日期",)
    assert amended.fields["summary"].headers == record_types()["bank_transaction"].fields["summary"].headers


@pytest.mark.parametrize(
    ("old", "new", "place", "words"),
    [
        ("columns:", "colums:", "text:5:1", "columns"),
        ("date: [交易日期]", "dat: [交易日期]", "text:5:11", "date"),
        ("record: bank_transaction", "record: bank_transactions", "text:3:9", "bank_transaction"),
        ("title: {en: Some bank, zh: 某银行}\n", "", "text:1:1", "title"),
        ("claims: {headers: [交易日期, 金额]}\n", "", "text:1:1", "claims"),
        ("{headers: [交易日期, 金额]}", "{header: [交易日期]}", "text:4:10", "headers"),
        ("columns: {date: [交易日期]}", "date_order: md", "text:5:13", "dmy"),
    ],
)
def test_what_is_wrong_with_a_layout_is_said_at_its_place(old: str, new: str, place: str, words: str) -> None:
    with pytest.raises(LayoutFileError) as error:
        load_layout(GOOD.replace(old, new), record_types())
    assert str(error.value.place) == place
    assert words in error.value.message("zh") and words in error.value.message("en")


def test_flow_of_a_record_type_without_one() -> None:
    text = (
        GOOD.replace("bank_transaction", "party").replace("date: [交易日期]", "name: [名称]") + "flow: {in: [收入]}\n"
    )
    with pytest.raises(LayoutFileError):
        load_layout(text, record_types())


def test_a_layout_is_named_like_its_file(tmp_path: Path) -> None:
    (tmp_path / "bank").mkdir()
    path = tmp_path / "bank" / "other.yaml"
    path.write_text(GOOD, "utf-8")
    with pytest.raises(LayoutFileError):
        load_layout(path, record_types())
