"""Recognised numbers that are a character shorter or longer than the others of their kind."""

from __future__ import annotations

import pytest

from auditor.documents.proofs.doubts import unlike_others
from auditor.errors import Place
from auditor.languages import Text
from auditor.records.model import Field, FieldType

NUMBER = Field("waybill_no", FieldType.NUMBER_TEXT, Text("Waybill No", "运单号"))


@pytest.mark.parametrize(
    ("texts", "doubted"),
    [
        (["YT261000021", "YT261000031", "YT261000037", "YT26100044"], [3]),
        (["YT261000021", "YT261000031", "YT2610000377", "YT261000044"], [2]),
        (["998-61000494", "998-61000495", "998-61000496", "99861000497"], [3]),  # the dash is gone
        # two carriers, each with numbers of its own
        (["YT261000021", "YT261000031", "YT261000037", "SF1234567890123", "SF1234567890124", "SF1234567890125"], []),
        (["YT261000021", "YT261000031", "YT26100044"], []),  # two are no kind
        (["YT261000021", "YT261000031", "YT261000037", "YT26100044", "YT26100045"], []),  # nor is one that two have unlike
        (["收据 12", None, "收据12", "收据13", "收据 14", "收据7"], [5]),
    ],
)
def test_the_one_that_is_unlike_all_others(texts: list[str | None], doubted: list[int]) -> None:
    found = unlike_others(NUMBER, texts, [Place("单据.pdf", at) for at in range(len(texts))])
    assert sorted(found) == doubted
    for at, problem in found.items():
        assert problem.found == texts[at]
        assert "运单号" in problem.message("zh")
