"""One cause, one finding."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import numpy as np
import pytest

from auditor.findings.causes import fold
from auditor.findings.model import Finding, RecordRef
from auditor.languages import Text
from auditor.rules.schema import Cause


def record(number: int, side: str, **values: str) -> RecordRef:
    return RecordRef(number, "register_entry", side, "", "统计报表.xlsx", 1, None, 5, None, None, "cell", None, values)


def finding(
    code: str,
    key: str,
    *records: RecordRef,
    difference: str | None = None,
    outcome: str = "right_only",
    field: str | None = None,
) -> Finding:
    text = Text(code, code)
    return Finding(
        id=f"{code}:{key}",
        rule="r",
        rule_version=1,
        duty="D03",
        code=code,
        severity="high",
        title=text,
        outcome=outcome,
        key=key,
        field=field,
        party=None,
        party_name=None,
        expected=None,
        actual=None,
        difference=Decimal(difference) if difference else None,
        amount=None,
        unit="money",
        currency="CNY",
        date=None,
        explanation=text,
        hint=None,
        owner=None,
        criterion={},
        nearest=(),
        records=records,
    )


def status(findings: list[Finding]) -> dict[str, tuple[str, str | None]]:
    return {f.id: (f.status, f.derived_from) for f in findings}


def test_a_field_in_common_folds_the_later_finding_under_the_earlier() -> None:
    owner = finding("REG-01", "SH26-004242", record(1, "right", slip_no="SH26-004242"))
    same = finding("BIL-02", "SH26-004242", record(2, "right", slip_no="SH26-004242"))
    other = finding("BIL-02", "SH26-004888", record(3, "right", slip_no="SH26-004888"))
    folded = fold([owner, same, other], [Cause(under=["REG-01"], hides=["BIL-02"], by="slip_no")])
    assert status(folded) == {
        "REG-01:SH26-004242": ("open", None),
        "BIL-02:SH26-004242": ("derived", "REG-01:SH26-004242"),
        "BIL-02:SH26-004888": ("open", None),
    }


@pytest.mark.parametrize(("day", "folded"), [(16, True), (20, True), (26, True), (5, False), (30, False)])
def test_a_break_hides_what_belongs_between_its_rows_and_no_equal_amount_elsewhere(day: int, folded: bool) -> None:
    rows = (record(1, "left", account="BOC", date="2026-10-16"), record(2, "right", account="BOC", date="2026-10-23"))
    owner = finding("BNK-08", "BOC/10-16", *rows, difference="-25.00", outcome="break")
    entry = record(3, "right", account="BOC", date=f"2026-10-{day:02}")
    missing = finding("BNK-02", f"BOC/10-{day:02}", entry, difference="-25.00")
    missing = replace(missing, date=date(2026, 10, day))
    cause = Cause(under=["BNK-08"], hides=["BNK-02"], by="account", exact="difference")
    assert (status(fold([owner, missing], [cause]))[missing.id][0] == "derived") is folded


def test_a_count_is_folded_only_if_the_owners_make_up_the_whole_of_it() -> None:
    owner = finding("REG-01", "SH26-004242", record(1, "right", pieces="2"))
    members = (record(1, "right", pieces="2"), record(2, "right", pieces="3"), record(3, "left", pieces="3"))
    whole = finding("CNT-01", "B/10-22", *members, difference="1", outcome="count_differs")
    part = finding("CNT-01", "B/10-23", *members, difference="2", outcome="count_differs")
    pieces = finding("CNT-02", "B/10-22", *members, difference="2", outcome="sum_differs", field="pieces")
    cause = Cause(under=["REG-01"], hides=["CNT-01", "CNT-02"], by="record", exact="total")
    found = status(fold([owner, whole, part, pieces], [cause]))
    assert found["CNT-01:B/10-22"] == ("derived", owner.id)
    assert found["CNT-02:B/10-22"] == ("derived", owner.id)
    assert found["CNT-01:B/10-23"] == ("open", None)


def test_a_chain_of_causes_names_the_first() -> None:
    first, second, third = (finding(code, "K") for code in ("SEQ-04", "REG-01", "BIL-02"))
    causes = [Cause(under=["SEQ-04"], hides=["REG-01"], by="key"), Cause(under=["REG-01"], hides=["BIL-02"], by="key")]
    found = status(fold([third, second, first], causes))
    assert found == {first.id: ("open", None), second.id: ("derived", first.id), third.id: ("derived", first.id)}


def test_the_order_of_findings_changes_nothing() -> None:
    owners = [finding("REG-01", key, record(n, "right", slip_no="同号")) for n, key in enumerate(("乙", "甲"))]
    hidden = finding("BIL-02", "丙", record(9, "right", slip_no="同号"))
    cause = [Cause(under=["REG-01"], hides=["BIL-02"], by="slip_no")]
    assert status(fold([*owners, hidden], cause)) == status(fold([hidden, *reversed(owners)], cause))


def test_a_total_over_more_records_than_it_lists_is_folded_by_all_of_them() -> None:
    owner = finding("REG-01", "SH26-000900", record(900, "right", pieces="3"))
    total = replace(
        finding("CNT-01", "2026-10", record(1, "left"), difference="1", outcome="count_differs"),
        unlisted=999,
        members=np.arange(1, 1001, dtype=np.int64),
    )
    cause = Cause(under=["REG-01"], hides=["CNT-01"], by="record", exact="total")
    folded = fold([owner, total], [cause], lambda ids, fields: set())
    assert status(folded) == {"REG-01:SH26-000900": ("open", None), "CNT-01:2026-10": ("derived", owner.id)}


def test_a_total_over_more_records_than_it_lists_is_folded_by_the_values_that_all_of_them_have() -> None:
    owner = finding("REG-01", "S1", record(5000, "right", station="A", date="2026-10-08"))
    total = replace(
        finding("CNT-01", "A/10-08", record(1, "left"), difference="1", outcome="count_differs"),
        unlisted=999,
        members=np.arange(1, 1001, dtype=np.int64),
    )
    cause = Cause(under=["REG-01"], hides=["CNT-01"], by=["station", "date"], exact="total")
    folded = fold([owner, total], [cause], lambda ids, fields: {("A", "2026-10-08")})
    assert status(folded)["CNT-01:A/10-08"] == ("derived", owner.id)


def test_of_a_duplicate_only_the_copy_counts() -> None:
    twins = (record(1, "right", pieces="6"), record(2, "right", pieces="6"))
    slip = record(9, "left", pieces="6")
    copy = replace(finding("REG-04", "SH26-004130", slip, *twins), criterion={"duplicate": [2]})
    alone = replace(finding("REG-04", "SH26-004131", *twins), criterion={"duplicate": [2]})
    total = finding("CNT-01", "A/10-29", *twins, difference="1", outcome="count_differs")
    pieces = finding("CNT-02", "A/10-29", *twins, difference="6", outcome="sum_differs", field="pieces")
    cause = [Cause(under=["REG-04"], hides=["CNT-01", "CNT-02"], by="record", exact="total")]
    for owner in (copy, alone):
        found = status(fold([owner, total, pieces], cause))
        assert found[total.id] == ("derived", owner.id)
        assert found[pieces.id] == ("derived", owner.id)


def test_an_entry_under_a_wrong_date_is_missing_on_one_day_and_too_much_on_another() -> None:
    slip, entry = record(1, "left", date="2026-10-13", pieces="9"), record(2, "right", date="2026-10-14", pieces="9")
    owner = finding("REG-03", "SH26-004327/日期", slip, entry, difference="1", outcome="differs", field="date")
    before = finding("CNT-01", "C/10-13", slip, record(3, "right"), difference="-1", outcome="count_differs")
    after = finding("CNT-02", "C/10-14", entry, difference="9", outcome="sum_differs", field="pieces")
    other = finding("CNT-01", "C/10-15", slip, entry, difference="1", outcome="count_differs")
    cause = [Cause(under=["REG-03"], hides=["CNT-01", "CNT-02"], by="record", exact="total")]
    found = status(fold([owner, before, after, other], cause))
    assert found[before.id] == found[after.id] == ("derived", owner.id)
    assert found[other.id] == ("open", None)


def test_what_the_owner_audits_is_the_evidence_of_the_total() -> None:
    unbilled = record(1, "left", customer__id="C06", date="2026-10-14", amount="90.00")
    owner = finding("BIL-01", "SH26-004336", unbilled, difference="-90", outcome="left_only")
    day = record(2, "right", customer__id="C06", date="2026-10-14", amount="500.00")
    sheet = finding("DAY-01", "C06/10-14", day, difference="90", outcome="sum_differs", field="amount")
    worse = replace(sheet, id="DAY-01:worse", difference=Decimal(91))
    cause = [Cause(under=["BIL-01"], hides=["DAY-01"], by=["customer__id", "date"], exact="opposite")]
    found = status(fold([owner, sheet, worse], cause))
    assert found == {owner.id: ("open", None), sheet.id: ("derived", owner.id), worse.id: ("open", None)}


def test_a_line_on_the_wrong_bill_is_missing_on_the_right_one() -> None:
    slip = record(1, "left", customer__id="C06", amount="90.00")
    line = record(2, "right", customer__id="C05", amount="90.00")
    owner = finding("BIL-07", "SH26-004336", slip, line, outcome="differs", field="customer")
    totals = [
        finding(
            "BIL-05",
            party,
            record(n, "right", customer__id=party),
            difference=by,
            outcome="sum_differs",
            field="amount",
        )
        for n, party, by in ((3, "C05", "-90"), (4, "C06", "90"))
    ]
    cause = [Cause(under=["BIL-07"], hides=["BIL-05"], by="customer__id", exact="opposite")]
    found = status(fold([owner, *totals], cause))
    assert [found[each.id] for each in totals] == [("derived", owner.id)] * 2


def test_only_differences_in_the_named_fields_are_hidden() -> None:
    entry = record(1, "right")
    owner = finding("SEQ-05", "SH26-009327", entry)
    number = finding("REG-03", "SH26-004327/清单号", entry, outcome="differs", field="slip_no")
    pieces = finding("REG-03", "SH26-004327/件数", entry, outcome="differs", field="pieces")
    cause = [Cause(under=["SEQ-05"], hides=["REG-03"], by="record", fields=["slip_no"])]
    found = status(fold([owner, number, pieces], cause))
    assert found[number.id] == ("derived", owner.id)
    assert found[pieces.id] == ("open", None)


@pytest.mark.parametrize(
    ("written", "listed", "field"),
    [("北区门店", "N", "station"), ("Harbour depot", "02", "station"), ("老王货运", "P9", "provider")],
)
def test_what_a_master_names_is_the_same_by_its_name_and_by_its_id(written: str, listed: str, field: str) -> None:
    """A register has the name of a station where covers have its code."""
    named = {field: written, f"{field}__id": listed, "date": "2026-03-09", "pieces": "8"}
    owner = finding("REG-01", "K-17", record(1, "right", **named))
    coded = record(2, "right", **{field: listed, f"{field}__id": listed, "date": "2026-03-09", "pieces": "8"})
    total = finding("CNT-02", "9 March", coded, difference="8", outcome="sum_differs", field="pieces")
    cause = Cause(under=["REG-01"], hides=["CNT-02"], by=[field, "date"], exact="total")
    assert status(fold([owner, total], [cause]))[total.id] == ("derived", owner.id)
    elsewhere = finding(
        "CNT-02", "other", record(3, "right", **{field: written, f"{field}__id": "X", "date": "2026-03-09"}),
        difference="8", outcome="sum_differs", field="pieces",
    )  # fmt: skip
    assert status(fold([owner, elsewhere], [cause]))[elsewhere.id] == ("open", None)


@pytest.mark.parametrize(
    ("same_paper", "background", "folded"), [(False, True, False), (True, True, True), (False, False, True)]
)
def test_what_all_numbers_of_a_book_are_held_against_links_none_of_them(
    same_paper: bool, background: bool, folded: bool
) -> None:
    book = replace(record(1, "r"), type="number_book")
    void = finding("SEQ-08", "0262", record(2, "l"), book)
    backwards = finding("SEQ-07", "0265", record(2 if same_paper else 3, "l"), book)
    if background:
        void, backwards = (replace(each, background=frozenset({"number_book"})) for each in (void, backwards))
    folds = fold([void, backwards], [Cause(under=["SEQ-08"], hides=["SEQ-07"], by="record")])
    assert (status(folds)["SEQ-07:0265"][0] == "derived") is folded
