"""Papers of many kinds in both languages: whole they are silent, and each figure that is altered is found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

from auditor.checks.examples import ExampleRunner
from auditor.records.loader import record_types
from auditor.rules.folders import find_rule_set
from auditor.rules.loader import load_rule_sets
from auditor.rules.schema import Example

# kind, then label and figure in their order: a * marks what nothing on the paper tests
PAPERS = {
    "loan": ("", "Opening Principal 5000.00|Drawdown 1200.00|Principal repaid 700.00|Interest charged* 41.17|Closing Principal 5500.00"),
    "loan, in Chinese": ("", "期初本金 5000.00|本期借入 1200.00|偿还本金 700.00|利息支出* 41.17|期末本金 5500.00"),
    "lease with principal": ("", "Opening lease liability 9000.00|Payment 800.00|Interest 45.00|Principal 755.00|Closing lease liability 8245.00"),
    "lease, in Chinese": ("", "期初租赁负债 9000.00|利息 45.00|付款 800.00|期末租赁负债 8245.00"),
    "deferred revenue": ("", "Beginning deferred revenue 640.00|Billings 300.00|Revenue recognised 410.00|Ending deferred revenue 530.00"),
    "deferred revenue, in Chinese": ("", "期初递延收入 640.00|本期新增 300.00|本期确认收入 410.00|期末递延收入 530.00"),
    "fixed assets": ("", "Balance brought forward 880.00|Acquisitions 120.00|Disposals (at cost) 75.00|Useful life (months)* 60|Balance carried forward 925.00"),
    "fixed assets, in Chinese": ("", "年初原值 880.00|本年购入 120.00|本年报废 75.00|使用年限* 60|年末原值 925.00"),
    "disposal": ("", "Historical cost 500.00|Depreciation to date 380.00|Carrying value 120.00|Sale proceeds 95.00|Loss on disposal 25.00"),
    "disposal, in Chinese": ("", "购置成本 500.00|累计折旧 380.00|账面净值 120.00|变价收入 95.00|处置损失 25.00"),
    "lease measured anew": ("", "Previous liability 700.00|Change in liability 55.00|Revised liability 755.00"),
    "lease measured anew, in Chinese": ("", "变更前租赁负债 700.00|负债调整额 55.00|变更后租赁负债 755.00"),
    "instalment": ("", "Interest portion 12.00|Principal portion 88.00|Instalment 100.00"),
    "instalment, in Chinese": ("", "利息 12.00|本金 88.00|还款总额 100.00"),
    "stock, in Chinese": ("", "期初结存 300.00|本期入库 90.00|本期领用 110.00|盘亏 4.00|期末结存 276.00"),
    "card payments": ("", "Gross amount 1000.00|Processing fee 17.00|Net payout 983.00"),
    "invoice of parts of tax": ("invoice", "Taxable value 400.00|CGST 36.00|SGST 36.00|Grand Total 472.00"),
    "invoice with a discount": ("invoice", "Sub total 400.00|Discount 40.00|VAT 72.00|Amount payable 432.00"),
    "invoice, in Chinese": ("invoice", "不含税金额 400.00|税率 13%|税额 52.00|价税合计 452.00"),
    "rate notice": ("rate_notice", "Foreign amount 3000.00|Spot rate 0.9125|Converted amount 2737.50"),
    "rate notice, in Chinese": ("rate_notice", "外币金额 3000.00|汇率 7.1305|折算金额 21391.50"),
}  # fmt: skip
ALTERED = Decimal("333.33")




def figures(name: str, number: str, altered: int | None = None, stranger: bool = False) -> list[dict[str, Any]]:
    """The stated figures of a paper as it stands above: with one of them altered, or with a label that nobody knows
    behind the first and its amount in the last."""
    kind, text = PAPERS[name]
    parts = text.split("|")
    if stranger:
        parts.insert(1, f"Quimby {ALTERED}")
        altered = len(parts) - 1
    found = []
    for place, part in enumerate(parts):
        label, figure = part.replace("*", "").rsplit(" ", 1)
        value = {"rate": figure[:-1]} if figure.endswith("%") else {"amount": figure}
        if place == altered:
            value = {"amount": str(Decimal(figure) + ALTERED)}
        head = {"paper": "A paper", "kind": kind, "number": number, "block": "A", "at": place + 1, "label": label}
        found.append(head | value)
    return found


def found(papers: Iterable[list[dict[str, Any]]]) -> set[str]:
    """The numbers of the papers that the rules over figures find off."""
    runner = ExampleRunner(load_rule_sets([find_rule_set("business-documents")]), record_types())
    example = Example(name="", given={"stated_figure": [each for paper in papers for each in paper]}, expect=[])
    numbers: set[str] = set()
    for rule in runner.rule_set.rules.values():
        if rule.options.check == "recalculation":
            head = rule.head.model_copy(update={"examples": [example]})
            result = runner.run(replace(rule, head=head), example)
            assert not result.errors, result.errors
            numbers |= {each["key"] for each in result.found}
    runner.close()
    return numbers


def altered_ones() -> Iterator[tuple[str, int]]:
    """Every figure of every paper that the rest of the paper shows to be wrong."""
    for name, (_, text) in PAPERS.items():
        for place, part in enumerate(text.split("|")):
            if "*" not in part and "%" not in part and "rate" not in part and "汇率" not in part:
                yield name, place


def test_whole_papers_are_silent() -> None:
    assert found(figures(name, f"N-{number}") for number, name in enumerate(PAPERS)) == set()


def test_each_altered_figure_is_found() -> None:
    ones = {f"N-{number}": one for number, one in enumerate(altered_ones())}
    off = found(figures(name, number, place) for number, (name, place) in ones.items())
    assert [one for number, one in ones.items() if number not in off] == []


def test_a_label_that_nobody_knows_among_movements_is_never_an_exception() -> None:
    carried = ("loan", "lease with", "lease, in", "deferred", "fixed", "stock", "invoice")
    names = [name for name in PAPERS if name.startswith(carried)]
    assert found(figures(name, f"N-{number}", stranger=True) for number, name in enumerate(names)) == set()
