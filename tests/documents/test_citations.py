"""Numbers of papers in the texts of records: found by the form that such numbers have, and only where it is certain."""

from __future__ import annotations

import pytest

from auditor.documents.citations import find_citations, numbers_cited, pattern_of_numbers
from auditor.engine import DuckEngine
from auditor.records.loader import record_types


def cited(text: str, *known: str) -> list[str]:
    pattern = pattern_of_numbers(known)
    return numbers_cited(text, pattern) if pattern is not None else []


@pytest.mark.parametrize(
    ("text", "known", "numbers"),
    [
        ("按联络单LX202609-04改", "LX202609-01", ["LX202609-04"]),
        ("see memo no. m-118.", "M-104", ["M-118"]),
        ("ｌｘ２０２６０９－０４", "LX202609-01", ["LX202609-04"]),      # full width
        ("00731 号单更正", "00702", ["00731"]),
        ("LX202609-04、LX202609-05", "LX202609-01", ["LX202609-04", "LX202609-05"]),
        ("LX202609-04，见 LX202609-04", "LX202609-01", ["LX202609-04"]),
        ("LX202609-040", "LX202609-01", []),                             # more digits are another number
        ("XLX202609-04", "LX202609-01", []),
        ("件数 104，8 件", "104", []),                                    # too short without letters
        ("已电话确认", "LX202609-01", []),
        ("LX202609-04", "", []),
    ],
)  # fmt: skip
def test_by_their_form(text: str, known: str, numbers: list[str]) -> None:
    assert cited(text, *([known] if known else [])) == numbers


def test_a_register_names_memos_in_its_remarks(tables: DuckEngine) -> None:
    """One that a column states stays, one that is not there is cited, of two nobody knows which."""
    for number in ("NB-301", "NB-302"):
        tables.execute("INSERT INTO liaison_memo (memo_no) VALUES (?)", [number])
    remarks = [("NB-301", "NB-302"), (None, "nb-302 pieces"), (None, "memo NB-399"), (None, "NB-301/NB-302"), (None, None)]
    for place, (memo, remark) in enumerate(remarks):
        tables.execute("INSERT INTO register_entry (_id, memo_no, remark) VALUES (?, ?, ?)", [place, memo, remark])
    assert find_citations(tables, record_types()) == 2
    rows = tables.rows("SELECT memo_no FROM register_entry ORDER BY _id")
    assert [row[0] for row in rows] == ["NB-301", "NB-302", "NB-399", None, None]


def test_without_memos_nothing_is_cited(tables: DuckEngine) -> None:
    tables.execute("INSERT INTO register_entry (_id, remark) VALUES (1, 'NB-301')")
    assert find_citations(tables, record_types()) == 0
