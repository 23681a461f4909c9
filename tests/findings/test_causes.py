"""One cause, one finding."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import numpy as np

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
