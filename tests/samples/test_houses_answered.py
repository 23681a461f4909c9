"""Months in strangers' styles, once their questions are answered: exactly the sample's exceptions, and none where nothing
is planted.

The answers of `answers/` are those that `house_session.py` gives from the truth, less those about tables for which no
rule waits.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from pathlib import Path

import pytest
import yaml
from houses.registry import house_documents
from month.plants import choose
from month.settings import Settings

import auditor
from auditor.findings.model import AuditResult

ANSWERS = Path(__file__).parent / "answers"
# What depends on a column that nobody has said anything about: the charges of the service log, the days of a list of COD.
PARTLY_READ: dict[str, set[str]] = {"english": set(), "shorthand": set(), "tidy": {"MCS-03", "RCV-12"}}
MOST = 45  # questions, those about words among them


def audited(folder: Path, house: str, settings: Settings) -> tuple[AuditResult, dict[str, bytes]]:
    files, truth = house_documents(house, settings)
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    (folder / "reading.yaml").write_bytes((ANSWERS / f"{house}.yaml").read_bytes())
    return auditor.run(folder, period=settings.period, workers=0).result, truth


def opened(result: AuditResult) -> Counter[tuple[str, str]]:
    """The exceptions that somebody must settle; items in transit are for information."""
    open_ = (each for each in result.findings if each.status == "open" and each.severity != "info")
    return Counter((each.code, each.key) for each in open_)


@pytest.mark.parametrize("house", ["english", "shorthand", "tidy"])
def test_after_few_answers_the_exceptions_are_those_of_the_sample(house: str, tmp_path: Path) -> None:
    result, truth = audited(tmp_path, house, Settings(plants=choose(["all"])))
    ran = {code for rule in result.rules if rule.status != "not run" for code in rule.codes} - PARTLY_READ[house]
    planted = [row for row in csv.DictReader(io.StringIO(truth["expected.csv"].decode())) if row["code"] in ran]
    found = opened(result)
    # a station is called by its name or by its code, as the lists of the house have it
    keys = [{(row["code"], row["key"]), (row["code"], row["sample_key"])} for row in planted]
    missing = [sorted(each) for each in keys if not each & set(found)]
    extra = sorted(set(found) - {key for each in keys for key in each})
    assert (missing, extra) == ([], [])
    assert found.total() == len(planted) > 110


@pytest.mark.parametrize("house", ["english", "shorthand", "tidy"])
def test_a_month_with_nothing_planted_has_none(house: str, tmp_path: Path) -> None:
    result, _ = audited(tmp_path, house, Settings())
    assert opened(result) == Counter()


@pytest.mark.parametrize("house", ["english", "shorthand", "tidy"])
def test_the_answers_are_few(house: str) -> None:
    answers = yaml.safe_load((ANSWERS / f"{house}.yaml").read_text("utf-8"))
    assert len(answers["tables"]) + len(answers.get("choices", [])) <= MOST
