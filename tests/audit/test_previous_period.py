"""From month to month: what the audit of the period before left, and what this one makes of it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import auditor
from auditor.audit.errors import PreviousLater, PreviousNewer, PreviousOfAnotherEntity, PreviousUnusable
from auditor.findings.carried_over import CarriedOver

SEPTEMBER, OCTOBER = "2026-09", "2026-10"
AT = "2026-11-02T09:00:00+08:00"
RULES = ["cash-and-bank", "expenses"]
BANK = "账号,交易日期,摘要,对方户名,收入,支出,余额\n"
BOOK = "票据种类,本号,起号,止号,位数,联次,领用人,领用日期,签收\n收款收据,21,0001001,0001050,7,3,林晓,2026-08-31,林晓\n"


def month(folder: Path, period: str, *, opening: int, receipts: list[int], claim: str) -> Path:
    """A month with a bank account, receipts of one book and a claim."""
    folder.mkdir(parents=True)
    (folder / "audit.yaml").write_text(f"entity: 海安货运\nperiod: {period}\ncurrency: CNY\n", encoding="utf-8")
    (folder / "银行账户.csv").write_text(
        "账户代码,开户行,账号,币种,类别\nICBC,工行,4000021009200123456,CNY,bank\n", encoding="utf-8"
    )
    lines = [f"4000021009200123456,{period}-08,收款,百利塑胶,108.00,,{opening + 108}.00"]
    lines.append(f"4000021009200123456,{period}-20,付款,佳印耗材,,50.00,{opening + 58}.00")
    (folder / "网银.csv").write_text(BANK + "\n".join(lines) + "\n", encoding="utf-8")
    (folder / "票据领用登记簿.csv").write_text(BOOK, encoding="utf-8")
    rows = [f"000{number},{period}-{8 + place:02},百利塑胶,{number}.00,现金" for place, number in enumerate(receipts)]
    (folder / "收款收据.csv").write_text("收据号,日期,交款单位,金额,收款方式\n" + "\n".join(rows) + "\n", encoding="utf-8")
    (folder / "报销单.csv").write_text(
        "报销单号,日期,报销人,报销项目,金额,发票号码\n"
        f"{claim},{period}-15,王芳,办公用品,428.50,26442000000100000070\n", encoding="utf-8"
    )  # fmt: skip
    return folder


def run(folder: Path, output: Path, previous: Path | None = None) -> auditor.Audit:
    return auditor.run(folder, rules=RULES, output=output, previous=previous, workers=0, at=AT)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """September with its audit, in which receipt 1003 is missing, and October, in whose folder it lies."""
    root = tmp_path_factory.mktemp("months")
    month(root / SEPTEMBER, SEPTEMBER, opening=1000, receipts=[1001, 1002, 1004, 1005], claim="BX2609-001")
    run(root / SEPTEMBER, root / "out-09")
    month(root / OCTOBER, OCTOBER, opening=1058, receipts=[1003, 1006, 1007], claim="BX2610-004")
    return root


@pytest.fixture
def root(made: Path, tmp_path: Path) -> Path:
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    return tmp_path


def carried(root: Path) -> CarriedOver:
    found = run(root / OCTOBER, root / "out-10", root / "out-09").result.carried
    assert found is not None
    return found


def states(found: CarriedOver) -> dict[tuple[str, str], str]:
    return {(each.code, each.key): each.state for each in found.items}


def findings(root: Path, output: str = "out-10") -> list[tuple[str, str, str]]:
    data: dict[str, Any] = json.loads((root / output / "findings.json").read_text(encoding="utf-8"))
    return [(each["code"], each["key"], each["status"]) for each in data["findings"]]


def test_a_missing_number_that_turns_up_is_settled_and_says_where(root: Path) -> None:
    (item,) = carried(root).items
    assert (item.code, item.key, item.state, item.since, item.age) == (
        "RCT-01", "0001003", "settled", "2026-09-09", 52,
    )  # fmt: skip
    assert item.where is not None
    assert item.where.en == "Receipt: 收款收据.csv, row 2"


def test_numbers_of_the_period_before_are_not_missing_and_an_invoice_of_it_is_not_claimed_again(root: Path) -> None:
    carried(root)
    assert findings(root) == [("EXP-04", "BX2609-001/BX2610-004", "open")]
    run(root / OCTOBER, root / "alone")
    alone = [("RCT-01", "0001004", "open"), ("RCT-01", "0001005", "open")]
    assert findings(root, "alone") == alone  # without the audit of September nobody knows


def test_an_opening_that_is_not_the_last_closing_is_told(root: Path) -> None:
    (balance,) = carried(root).balances
    assert (balance.key, str(balance.closing), balance.state) == ("ICBC", "1058.00000", "continues")
    shutil.rmtree(root / OCTOBER)
    month(root / OCTOBER, OCTOBER, opening=1158, receipts=[1003], claim="BX2610-004")
    found = carried(root)
    assert [(str(each.difference), each.state) for each in found.broken] == [("100.00000", "differs")]
    page = (root / "out-10" / "report.html").read_text(encoding="utf-8")
    assert "Opening balances that are not last period" in page
    assert "1,058.00" in page and "1,158.00" in page


def test_what_nothing_speaks_of_is_carried_on_with_its_age_and_over_a_further_month(root: Path) -> None:
    shutil.rmtree(root / OCTOBER)
    month(root / OCTOBER, OCTOBER, opening=1058, receipts=[1006, 1007], claim="BX2610-004")
    (item,) = carried(root).items
    assert (item.key, item.state, item.age) == ("0001003", "found", 52)  # its book is here, and still lacks it
    (root / OCTOBER / "票据领用登记簿.csv").unlink()
    (item,) = carried(root).items
    assert (item.key, item.state, item.age) == ("0001003", "carried", 52)
    month(root / "2026-11", "2026-11", opening=1116, receipts=[1003], claim="BX2611-001")
    found = run(root / "2026-11", root / "out-11", root / "out-10").result.carried
    assert found is not None
    (item,) = [each for each in found.items if each.code == "RCT-01"]
    assert (item.state, item.age, item.period) == ("settled", 82, ("2026-09-01", "2026-09-30"))


def test_what_was_found_before_and_is_found_again_is_marked_as_carried(root: Path) -> None:
    shutil.rmtree(root / OCTOBER)
    month(root / OCTOBER, OCTOBER, opening=1058, receipts=[1006, 1007], claim="BX2610-004")
    carried(root)
    assert ("RCT-01", "0001003", "carried") in findings(root)


def test_a_reviewed_decision_still_holds(root: Path) -> None:
    (root / OCTOBER / "票据领用登记簿.csv").unlink()
    (root / OCTOBER / "收款收据.csv").unlink()
    path = root / "out-09" / "report.xlsx"
    for reviewer, state in (("", "carried"), ("林晓", "carried"), ("赵敏", "decided")):
        book = openpyxl.load_workbook(path)
        sheet = book["Exceptions"]
        names = {cell.value: cell.column for cell in sheet[1]}
        written = {"decision": "accepted", "reason": "客户取走", "by": "林晓", "reviewer": reviewer}
        for name, text in written.items():
            (column,) = [place for title, place in names.items() if title == f"auditor.{name}"]
            sheet.cell(3, column).value = text
        book.save(path)
        (item,) = carried(root).items
        assert item.state == state, reviewer
        assert item.decision is not None


def test_another_run_of_the_same_month_is_compared_as_before(root: Path) -> None:
    run(root / OCTOBER, root / "out-10")
    result = run(root / OCTOBER, root / "out-again", root / "out-10").result
    assert result.carried is None
    assert result.changes is not None and len(result.changes.open) == 2


def test_the_second_run_of_the_month_knows_the_first_and_the_month_before(root: Path) -> None:
    carried(root)
    result = run(root / OCTOBER, root / "out-10", root / "out-09").result
    assert result.carried is not None and result.changes is not None
    assert (result.changes.period, len(result.changes.open)) == (("2026-10-01", "2026-10-31"), 1)


def test_the_earlier_output_is_only_read(root: Path) -> None:
    before = {path.name: path.read_bytes() for path in (root / "out-09").iterdir()}
    carried(root)
    assert {path.name: path.read_bytes() for path in (root / "out-09").iterdir()} == before


def test_without_its_database_only_the_exceptions_come_over(root: Path) -> None:
    (root / "out-09" / "audit.duckdb").unlink()
    found = carried(root)
    assert (found.database, found.balances, found.fed, len(found.items)) == (False, (), 0, 1)


def altered(root: Path, **audit: Any) -> Path:
    path = root / "out-09" / "findings.json"
    data = json.loads(path.read_text(encoding="utf-8"))
    data["audit"].update(audit)
    path.write_text(json.dumps(data), encoding="utf-8")
    return root


def test_the_audit_of_another_company(root: Path) -> None:
    with pytest.raises(PreviousOfAnotherEntity):
        carried(altered(root, entity="百利塑胶"))
    assert not (root / "out-10").exists()


def test_the_audit_of_a_later_month(root: Path) -> None:
    with pytest.raises(PreviousLater):
        carried(altered(root, period=["2026-11-01", "2026-11-30"]))
    assert not (root / "out-10").exists()


def test_the_audit_of_a_newer_version(root: Path) -> None:
    with pytest.raises(PreviousNewer):
        carried(altered(root, auditor="99.1.0"))


def test_a_database_that_is_none(root: Path) -> None:
    (root / "out-09" / "audit.duckdb").write_bytes(b"no database")
    with pytest.raises(PreviousUnusable):
        carried(root)
