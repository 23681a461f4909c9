"""The small month before the sample's: what is committed is what is made, and it closes on what the sample opens with."""

from __future__ import annotations

from pathlib import Path

import pytest
from month.amounts import yuan
from month.before import build_before, documents_before, month_before
from month.plants import choose
from month.records import Month
from month.settings import Settings
from test_sample_documents import content

FOLDER = Path(__file__).resolve().parents[2] / "samples" / "jieyuan-2026-09"
OCTOBER = Settings(plants=choose(["all"]))


@pytest.fixture(scope="module")
def before() -> Month:
    return build_before(OCTOBER)


def test_committed_month_is_what_is_made() -> None:
    files = documents_before(OCTOBER)
    committed = {path.relative_to(FOLDER).as_posix(): path for path in FOLDER.rglob("*") if path.is_file()}
    committed.pop("README.md")
    assert sorted(committed) == sorted(files)
    for name, path in committed.items():
        assert content(name, path.read_bytes()) == content(name, files[name]), name


def test_it_closes_on_what_the_sample_opens_with(before: Month, planted: Month) -> None:
    assert month_before(OCTOBER).period == "2026-09"
    for account, opening in planted.bank_opening.items():
        moved = sum(line.amount for line in before.bank if line.account == account)
        assert before.bank_opening[account] + moved == opening
    assert before.cash_opening + sum(line.amount for line in before.cash) == planted.cash_opening
    owed: dict[tuple[str, str], int] = {}
    for each in planted.prior:
        key = each.customer, each.currency
        owed[key] = owed.get(key, 0) + each.arrears - each.credit
    assert {(bill.customer, bill.currency): bill.closing for bill in before.bills} == owed
    assert all(bill.arrears >= 0 for bill in before.bills), [yuan(bill.arrears) for bill in before.bills]
