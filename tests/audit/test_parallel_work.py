"""What runs while documents are read: its result, its error, and what it sees."""

from __future__ import annotations

import threading
from contextvars import ContextVar
from pathlib import Path

import pytest

import auditor
from auditor.audit.errors import NothingToRead
from auditor.audit.parallel_work import Watching, beside
from auditor.audit.progress import Silent
from auditor.errors import AuditorError

WORD = ContextVar("word", default="无")


def test_result_and_what_the_caller_had_set() -> None:
    WORD.set("月末")
    with beside(WORD.get) as work:
        assert work.result() == "月末"


def test_an_error_ends_the_reading_at_its_next_step() -> None:
    failed = threading.Event()

    def fail() -> None:
        failed.set()
        raise NothingToRead(None)

    read: list[str] = []
    with pytest.raises(NothingToRead), beside(fail) as work:
        progress = Watching(Silent(), work)
        failed.wait()
        while not work.done():
            pass
        for document in ("收货清单.xlsx", "统计报表.xlsx"):
            progress.step(document)
            read.append(document)
    assert read == []


def test_a_rule_that_is_unknown_is_told_and_nothing_is_written(tmp_path: Path) -> None:
    (tmp_path / "month").mkdir()
    (tmp_path / "month" / "统计报表.csv").write_text("日期,清单号,件数\n2026-10-08,S1,1\n", encoding="utf-8")
    with pytest.raises(AuditorError) as told:
        auditor.run(tmp_path / "month", only=["slip-against-register"], output=tmp_path / "out", workers=0)
    assert told.value.code == "UnknownRule"
    assert not (tmp_path / "out").exists()
