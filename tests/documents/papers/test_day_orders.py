"""Days of papers, settled by the other papers of their issuer."""

from __future__ import annotations

from auditor.documents.paper_days import PaperDays
from auditor.documents.papers.day_orders import orders_by_folder


def test_the_papers_of_the_same_issuer_tell() -> None:
    documents = {
        "a": PaperDays("alpha", "dmy"),
        "b": PaperDays("alpha", None, True),
        "c": PaperDays("beta", "mdy"),
        "d": PaperDays("beta", None, True),
        "e": PaperDays("gamma", None, True),
    }
    assert orders_by_folder(documents) == {"b": "dmy", "d": "mdy"}


def test_papers_of_one_issuer_that_differ_tell_nothing() -> None:
    documents = {"a": PaperDays("alpha", "dmy"), "b": PaperDays("alpha", "mdy"), "c": PaperDays("alpha", None, True)}
    assert orders_by_folder(documents) == {}


def test_a_paper_without_an_issuer_goes_with_all_of_the_folder() -> None:
    assert orders_by_folder({"a": PaperDays("alpha", "dmy"), "b": PaperDays("", None, True)}) == {"b": "dmy"}
    both = {"a": PaperDays("alpha", "dmy"), "c": PaperDays("beta", "mdy"), "b": PaperDays("", None, True)}
    assert orders_by_folder(both) == {}
