"""What an answer would say: of a hypothesis, of a type that the user names, and after corrections."""

from __future__ import annotations

from dataclasses import replace

import pytest
from asked_tables import COVER, COVER_COLUMNS, cover, hypothesis, shape, table

from auditor.documents.readings.drafts import Draft, corrected, entry_of, ignored, lacking, lasting, named, proposed
from auditor.documents.readings.families import Family, Naming, PlacedTable
from auditor.documents.readings.loader import answers_in
from auditor.documents.readings.writing import entry_text
from auditor.documents.recognition.hypotheses import TableReading
from auditor.records.loader import record_types

TYPES = record_types()


def family(reading: TableReading) -> Family:
    return Family((PlacedTable("a.csv", reading),))


def loaded(draft: Draft, about: Family) -> str:
    """What is wrong with the entry of a draft, in English."""
    mistakes = answers_in("tables:\n" + entry_text(entry_of(draft, about)), TYPES)[1]
    return "\n".join(each.summary("en") for each in mistakes)


def test_a_proposal_as_an_entry() -> None:
    about = Family((PlacedTable("a.csv", cover()),), Naming(title="封面"))
    draft = proposed(about, about.hypotheses[0])
    assert entry_of(draft, about, confirmed="2026-10-31 林晓") == {
        "headers": list(COVER), "title": "封面", "record": "bundle_cover", "columns": COVER_COLUMNS,
        "confirmed": "2026-10-31 林晓",
    }  # fmt: skip
    assert loaded(draft, about) == ""


def test_a_proposal_about_forms_says_their_labels() -> None:
    reading = replace(cover(), shape=replace(cover().shape, is_form=True))
    about = Family((PlacedTable("a.pdf", reading),))
    draft = proposed(about, about.hypotheses[0])
    assert entry_of(draft, about) == {"record": "bundle_cover", "labels": COVER_COLUMNS}
    assert loaded(draft, about) == ""
    assert entry_of(ignored("不审核"), about) == {"headers": list(COVER), "ignore": "不审核"}


def test_columns_with_one_header_and_without() -> None:
    headers = ("日 期", "金额", "金额", "", "", "Order #2")
    rows = (("2026-10-01", "1.00", "", "货款", "", "7"),)
    roles = {"日 期": "date", "Order #2": "serial"}
    best = hypothesis("bank_transaction", headers, roles)
    more = tuple(replace(best.columns[0], index=at, header=headers[at], role=role)
                 for at, role in ((1, "<in>"), (2, "<out>"), (3, "summary")))  # fmt: skip
    about = family(table(shape(headers, rows), replace(best, columns=(*best.columns, *more))))
    draft = proposed(about, about.hypotheses[0])
    assert entry_of(draft, about)["headers"] == ["日 期", "金额", "金额#2", {"at": "D"}, "Order #2"]
    assert draft.columns == {
        "日 期": "date", "金额": "in", "金额#2": "out", "@D": "summary", "Order #2": "serial",
    }  # fmt: skip
    assert loaded(draft, about) == ""
    (entry,) = answers_in("tables:\n" + entry_text(entry_of(draft, about)), TYPES)[0].entries
    assert [(index, role) for index, _, role in entry.roles(headers)] == [
        (0, "date"), (1, "<in>"), (2, "<out>"), (3, "summary"), (5, "serial"),
    ]  # fmt: skip


def test_what_each_file_says_itself_is_looked_for_in_each() -> None:
    """The customer of a bill stands on its label, a day in its title: neither is that of the next month's file."""
    headers = ("号码", "张数")
    fields = {"kind": "receiving_slip", "holder": "南站", "issued": "2026-10-01"}
    about = family(
        table(shape(headers, labels=(("领用站点", "南站"),)), hypothesis("number_book", headers, {}, fields))
    )
    draft = lasting(proposed(about, about.hypotheses[0]), TYPES["number_book"])
    assert (draft.fields, draft.labels) == ({"kind": "receiving_slip"}, {"领用站点": "holder"})


def test_a_type_that_the_user_names() -> None:
    headers = ("日期", "站点", "票数", "说明")
    about = family(table(shape(headers)))
    assert named(about, TYPES["bundle_cover"]).columns == {
        "日期": "date", "站点": "station", "票数": "tickets", "说明": None,
    }  # fmt: skip
    known = family(cover())
    assert named(known, TYPES["bundle_cover"]).columns == COVER_COLUMNS


@pytest.mark.parametrize(
    ("key", "value", "part", "expected"),
    [
        ("件数", "tickets", "columns", {"收单日": "date", "网点": "station", "单据张数": None, "件数": "tickets"}),
        ("件数", "~", "columns", {"收单日": "date", "网点": "station", "单据张数": "tickets", "件数": None}),
        ("网 点", "交单人", "columns", {"收单日": "date", "网点": "clerk", "单据张数": "tickets", "件数": "pieces"}),
        ("clerk", "林晓", "fields", {"clerk": "林晓"}),
        ("year", "2026", "declared", {"year": 2026}),
        ("decimal", ",", "declared", {"decimal": ","}),
        ("@F", "amount", "columns", {**COVER_COLUMNS, "@F": "amount"}),
    ],
)
def test_corrections(key: str, value: str, part: str, expected: object) -> None:
    about = family(cover())
    draft = corrected(proposed(about, about.hypotheses[0]), about, key, value, TYPES["bundle_cover"])
    assert getattr(draft, part) == expected
    assert loaded(draft, about) == ""


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [("件树", "pieces", "unknown header of this entry `件树`"), ("件数", "peices", "unknown field `peices`")],
)
def test_a_correction_that_cannot_stand_is_told_when_it_is_loaded(key: str, value: str, said: str) -> None:
    about = family(cover())
    draft = corrected(proposed(about, about.hypotheses[0]), about, key, value, TYPES["bundle_cover"])
    assert said in loaded(draft, about)


def test_what_is_left_out() -> None:
    about = family(cover())
    entry = entry_of(ignored("网点自用"), about)
    assert entry == {"headers": list(COVER), "ignore": "网点自用"}


def test_what_a_draft_lacks() -> None:
    cover_type, bank = TYPES["bundle_cover"], TYPES["bank_transaction"]
    assert [each.name for each in lacking(Draft("bundle_cover", {"日": "date"}), cover_type)] == ["station", "tickets"]
    assert [
        each.name
        for each in lacking(Draft("bundle_cover", {"日": "date"}, {"station": "南站"}, {"票": "tickets"}), cover_type)
    ] == []
    assert lacking(Draft("bank_transaction", {"日": "day", "进": "in"}), bank) == ()
    assert [each.name for each in lacking(Draft("bank_transaction"), bank)] == ["date", "amount"]
