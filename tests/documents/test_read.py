"""A document from its bytes to its records, and from there into the engine."""

from __future__ import annotations

import pickle
from pathlib import Path

from auditor.documents.collect import collect, document_of
from auditor.documents.read import read_document
from auditor.documents.store import store
from auditor.engine.duck import DuckEngine
from auditor.records.loader import record_types

SLIPS = (
    "清单号,日期,客户,运单号,件数,合计\n"
    "SH26-004001,2026-10-08,恒昌电子,W1,2,10.00\n"
    "SH26-004002,2026-10-08,百利塑胶,W2,1,5.00\n"
)
BUNDLE = "清单号,归档客户,日期\nSH26-004001,恒昌电子,2026-10-08\n"


def test_a_form_made_of_cells() -> None:
    text = (
        "内部联络单\n"
        "联络单号：,LL2610-001,日期：,2026-10-08\n"
        "类型,提货费,清单号,SH26-004002\n"
        "金额：,80.00,申请人：,孙丽\n"
    )
    shown = read_document(document_of(text.encode(), "联络单.csv")).as_dict()
    memo = shown["records"]["liaison_memo"][0]
    assert {name: memo[name] for name in ("memo_no", "date", "type", "slip_no", "amount", "applicant")} == {
        "memo_no": "LL2610-001", "date": "2026-10-08", "type": "提货费", "slip_no": "SH26-004002", "amount": "80.00",
        "applicant": "孙丽",
    }  # fmt: skip


def test_what_cannot_be_read_says_so() -> None:
    zeros = read_document(document_of(b"\0" * 100, "a.xlsx"))
    assert zeros.status == "unreadable" and [problem.code for problem in zeros.problems] == ["FileOfZeros"]
    torn = read_document(document_of(b"PK\x03\x04" + b"x" * 40, "b.xlsx"))
    assert torn.status in ("unreadable", "not recognised") and torn.problems


def test_the_result_travels_between_processes() -> None:
    read = read_document(document_of(SLIPS.encode(), "清单.csv"))
    assert pickle.loads(pickle.dumps(read)).as_dict() == read.as_dict()


def test_stored_in_the_order_of_documents_pages_and_rows(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "清单.csv").write_text(SLIPS, "utf-8")
    (tmp_path / "b.csv").write_text(BUNDLE, "utf-8")
    (tmp_path / "c.csv").write_text(BUNDLE, "utf-8")
    engine = DuckEngine()
    kept = store(engine, map(read_document, collect(tmp_path)), record_types())
    assert [(each.path, each.status.value, each.counts) for each in kept] == [
        ("a/清单.csv", "read", {"receiving_slip": 2}), ("b.csv", "read", {"bundle_entry": 1}),
        ("c.csv", "duplicate", {}),
    ]  # fmt: skip
    slips = engine.rows("SELECT _id, _document, _row, slip_no, customer, customer__id FROM receiving_slip ORDER BY 1")
    assert slips == [
        (1, 1, 2, "SH26-004001", "恒昌电子", None), (2, 1, 3, "SH26-004002", "百利塑胶", None),
    ]  # fmt: skip
    assert engine.rows("SELECT _id, _document, slip_no FROM bundle_entry") == [(3, 2, "SH26-004001")]
    assert engine.rows("SELECT number, path, status, layout FROM document ORDER BY number") == [
        (1, "a/清单.csv", "read", "receiving_slip"), (2, "b.csv", "read", "bundle_entry"),
        (3, "c.csv", "duplicate", None),
    ]  # fmt: skip
    for name, record_type in record_types().items():
        assert engine.columns(name) == record_type.columns()
    engine.close()
