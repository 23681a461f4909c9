"""Which rule sets were run, in words."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fixture import result

from auditor.reports.html import report_html
from auditor.reports.sets import sets_in_words

INFO = result().audit


@pytest.mark.parametrize(("given", "en", "zh"), [
    ({}, "freight-month-end (with cash-and-bank)", "freight-month-end（含 cash-and-bank）"),
    ({"sets": (replace(INFO.sets[1], asked=True),), "rules": "cash-and-bank"}, "cash-and-bank", "cash-and-bank"),
    ({"sets_named": False}, "freight-month-end (with cash-and-bank), chosen by the documents found",
     "freight-month-end（含 cash-and-bank），按资料种类自动选定"),
    ({"only_duties": ("D12",), "left_out": ("cash-ious", "D14")},
     "freight-month-end (with cash-and-bank); only D12; without cash-ious, D14",
     "freight-month-end（含 cash-and-bank）；仅审核 D12；不含 cash-ious, D14"),
    ({"sets": tuple(replace(each, asked=True) for each in INFO.sets)}, "freight-month-end, cash-and-bank",
     "freight-month-end, cash-and-bank"),
])  # fmt: skip
def test_the_sets_who_chose_them_and_what_was_left_out(given: dict[str, object], en: str, zh: str) -> None:
    said = sets_in_words(replace(INFO, **given))  # type: ignore[arg-type]
    assert (said.en, said.zh) == (en, zh)


def test_a_set_without_words_of_its_own_has_a_report() -> None:
    whole = result()
    bare = replace(whole, headlines=type(whole.headlines)())
    page = report_html(bare, "zh")
    assert "D03" in page
    assert "少收客户款" not in page
