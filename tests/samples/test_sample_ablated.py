"""The sample month with a third of its header words unknown, once what is asked about it is answered: its exceptions.

The answers of `answers/ablated-N.yaml` are those that `ablated_month.py` gives from what the sample month is read as.
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path

import pytest
import yaml
from ablated_month import SAMPLE, write_ablated

import auditor
from auditor.findings.model import AuditResult

ANSWERS = Path(__file__).parent / "answers"
FEWEST_CELLS = 300  # that are changed
MOST = 30  # questions


@cache
def expected() -> Counter[tuple[str, str, str]]:
    return opened(auditor.run(SAMPLE).result)


def opened(result: AuditResult) -> Counter[tuple[str, str, str]]:
    """The exceptions that somebody must settle; items in transit are for information."""
    open_ = (each for each in result.findings if each.status == "open" and each.severity != "info")
    return Counter((each.code, each.key, str(each.amount)) for each in open_)


@pytest.mark.parametrize("third", [0, 1, 2])
def test_with_a_third_of_its_header_words_unknown_the_answers_give_its_exceptions(third: int, tmp_path: Path) -> None:
    assert write_ablated(tmp_path, third) >= FEWEST_CELLS
    answers = ANSWERS / f"ablated-{third}.yaml"
    assert len(yaml.safe_load(answers.read_text("utf-8"))["tables"]) <= MOST
    (tmp_path / "reading.yaml").write_bytes(answers.read_bytes())
    assert opened(auditor.run(tmp_path).result) == expected()
    assert expected().total() > 60
