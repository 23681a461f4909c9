"""Which decisions stand does not depend on their order, and none of them is lost."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.findings.decided import Decision
from auditor.findings.decisions import SETTLING, STATES, decide, fingerprint, same_person
from auditor.findings.model import Finding, RecordRef
from auditor.languages import Text

NAMES = st.sampled_from(["", "林晓", "周敏"])


def record(row: int, **values: str) -> RecordRef:
    return RecordRef(
        row, "receiving_slip", "left", values["slip_no"], "清单.csv", 1, None, row, None, None, "cell", None, values
    )


def finding(number: int, *, key: str = "", amount: str = "66.00") -> Finding:
    return Finding(
        id=f"{number:012x}", rule="slips", rule_version=1, duty="D03", code="REG-02", severity="high",
        title=Text("a", "一"), outcome="left_only", key=key or f"SH26-{number:06d}", field=None, party=None,
        party_name=None, expected=None, actual=None, difference=None, amount=Decimal(amount), unit="money",
        currency="CNY", date=date(2026, 10, 9), explanation=Text("a", "一"), hint=None, owner=None, criterion={},
        nearest=(), records=(record(number, slip_no=key or f"SH26-{number:06d}", amount=amount),),
    )  # fmt: skip


def own_names(each: Finding) -> frozenset[str]:
    return frozenset((each.key,))


FINDINGS = (finding(1), finding(2), finding(3, amount="7.00"))
DECISIONS = st.builds(
    lambda number, state, reason, by, reviewer, seen: Decision(
        f"{number:012x}", "REG-02", f"SH26-{number:06d}", state, reason, by, "2026-11-03", reviewer, seen
    ),
    st.integers(1, 4),
    st.sampled_from([*STATES, "", "随便"]),
    st.sampled_from(["", "自提", "已补"]),
    NAMES,
    NAMES,
    st.sampled_from(["", "another", *(fingerprint(each) for each in FINDINGS)]),
)


@given(st.lists(DECISIONS, max_size=8), st.randoms())
def test_the_order_of_decisions_and_findings_changes_nothing(decisions: list[Decision], chance: object) -> None:
    shuffled, others = list(decisions), list(FINDINGS)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    chance.shuffle(others)  # type: ignore[attr-defined]
    found, decided = decide(FINDINGS, decisions, own_names)
    again, decided_again = decide(others, shuffled, own_names)
    assert sorted(found, key=lambda each: each.id) == sorted(again, key=lambda each: each.id)
    assert (decided.standings, decided.gone) == (decided_again.standings, decided_again.gone)
    assert sorted(decided.kept) == sorted(decided_again.kept)


@given(st.lists(DECISIONS, max_size=8))
def test_no_text_is_lost_and_only_a_reviewed_decision_settles(decisions: list[Decision]) -> None:
    found, decided = decide(FINDINGS, decisions, own_names)
    after = {each.content for each in decided.decisions.values()}
    after |= {each.content for each in decided.gone} | {each.decision.content for each in decided.kept}
    assert {each.content for each in decisions} == after
    for each in found:
        if each.status != "open":
            decision = decided.decisions[each.id]
            assert decision.state == each.status
            assert each.status in SETTLING
            assert decision.reason and decision.by and decision.reviewer
            assert not same_person(decision.by, decision.reviewer)
            assert decision.seen == fingerprint(each)


def test_a_decision_goes_with_its_exception_where_a_twin_has_taken_its_number() -> None:
    first, second = finding(1, key="CCB/10-31", amount="10.00"), finding(2, key="CCB/10-31", amount="20.00")
    on_second = Decision(second.id, "REG-02", "CCB/10-31", "explained", "在途", "林晓", "", "周敏", fingerprint(second))
    alone = replace(second, id=first.id)  # the first is gone, the second now has its number
    found, decided = decide([alone], [on_second], own_names)
    assert [each.status for each in found] == ["explained"]
    assert not decided.gone


def test_what_a_decision_rests_on() -> None:
    one = finding(1)
    same = replace(one, records=tuple(replace(each, id=9, document="b.csv", row=9) for each in one.records))
    assert fingerprint(one) == fingerprint(same)
    others = [
        replace(one, amount=Decimal("66.01")),
        replace(one, currency="USD"),
        replace(one, records=(record(1, slip_no="SH26-000001", amount="66.00", pieces="2"),)),
        replace(one, party="C04"),
        replace(one, unlisted=1),
    ]
    assert Counter(map(fingerprint, [one, *others])).most_common(1)[0][1] == 1


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("林晓", " 林 晓", True),
        ("Lin Xiao", "LIN XIAO", True),
        ("Ｌｉｎ", "lin", True),
        ("林晓（出纳）", "林晓", True),
        ("林晓", "林曉明", False),
    ],
)
def test_a_name_is_one_however_it_is_written(one: str, other: str, same: bool) -> None:
    assert same_person(one, other) is same
