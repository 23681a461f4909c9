"""Proof by field: a record is proved in the fields that a proof touches, and in no other."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from csv_samples import proofs, read_csv
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.documents.model import ReadDocument

CREDITS = "收款日期,收款方式,收款金额,原币金额,汇率,付款人"
BILL = "账单号,客户,日期,费用类型,清单号,件数,计费重(kg),单价,运费,燃油费率,燃油费,杂费,合计"
STATEMENT = "交易日期,收入金额,支出金额,余额,对方户名"


def marks(document: ReadDocument, record: str) -> list[dict[str, Any]]:
    return [each["_source"] for each in document.as_dict()["records"][record]]


def proved(document: ReadDocument, record: str) -> list[str]:
    return [" ".join(each["proved"]) for each in marks(document, record)]


def detail(document: ReadDocument, name: str, language: str = "en") -> str:
    return next(proof.detail.in_(language) for proof in document.proofs if proof.name == name)


def credits(*rows: str) -> ReadDocument:
    return read_csv("\n".join(["账单号：B-7", "客户：南星公司", CREDITS, *rows]), "账单收款.csv")


# --- foreign amount × rate --------------------------------------------------------------------------------------------


def test_a_foreign_amount_at_its_rate_proves_all_three() -> None:
    document = credits("2026-03-02,银行,7115.00,1000.00,7.115,南星公司", "2026-03-05,银行,35.58,5.00,7.115,南星公司")
    assert proofs(document)["foreign amount × rate"] == "holds"
    found = marks(document, "bill_credit")
    assert found[0]["proved"] == ["amount", "original_amount", "rate"] and found[0]["proof"] == "proved"
    # a rate of 7.116 would make 35.58 as well
    assert found[1]["proved"] == ["amount", "original_amount"]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("2026-03-02,银行,7115.00,1000.00,0,南星公司", "1,000.00 × 0 ≠ 7,115.00"),
        ("2026-03-02,银行,7115.00,1000.00,,南星公司", "1,000.00 ≠ 7,115.00"),
        ("2026-03-02,银行,7115.00,1000.00,71.15,南星公司", "1,000.00 × 71.15 ≠ 7,115.00"),
        ("2026-03-02,银行,7115.01,1000.00,7.115,南星公司", "1,000.00 × 7.115 ≠ 7,115.01"),
    ],
)
def test_a_foreign_amount_whose_rate_does_not_make_the_amount_is_broken(row: str, said: str) -> None:
    document = credits(row, "2026-03-05,现金,80.00,,,南星公司")
    assert proofs(document)["foreign amount × rate"] == "broken"
    for language in ("en", "zh"):
        assert said in detail(document, "foreign amount × rate", language)
    first, second = marks(document, "bill_credit")
    assert first["proof"] == "broken" and {"amount", "original_amount"} <= set(first["broken"])
    assert (second["proof"], second["proved"], second["broken"]) == ("unproved", [], [])


def test_an_amount_without_a_foreign_one_needs_no_rate() -> None:
    document = credits("2026-03-02,银行,80.00,80.00,,南星公司", "2026-03-03,银行,90.00,0.00,0,南星公司")
    assert proofs(document) == {"foreign amount × rate": "holds"}


def test_what_a_bank_took_off_on_the_way_is_no_rate() -> None:
    document = credits("2026-03-02,银行,6000.00,5975.00,,南星公司", "2026-03-05,银行,71.15,10.00,7.115,南星公司")
    assert proofs(document) == {"foreign amount × rate": "holds"}
    assert proved(document, "bill_credit") == ["", "amount original_amount rate"]
    # more than was due has no charge taken off
    more = credits("2026-03-02,银行,920.00,1000.00,,南星公司")
    assert proofs(more) == {"foreign amount × rate": "broken"}


# --- what stands beside what is proved --------------------------------------------------------------------------------


def bill(*rows: str) -> ReadDocument:
    return read_csv("\n".join([BILL, *rows]), "账单.csv")


ROW = "B-7,南星公司,2026-03-02,运费,S-1,{pieces},32.5,36.20,1176.50,18.5%,217.65,30.00,1424.15"


def test_a_count_that_no_proof_touches_is_never_proved() -> None:
    fields = "charge_weight rate freight fuel_rate fuel other amount"
    for pieces in ("6", "12"):
        found = bill(ROW.format(pieces=pieces))
        assert proved(found, "bill_line") == [fields]
        assert marks(found, "bill_line")[0]["proof"] == "proved"


def test_a_printed_total_proves_its_own_field() -> None:
    rows = [ROW.format(pieces="6"), ROW.format(pieces="4").replace("S-1", "S-2")]
    right, wrong = (bill(*rows, f",,,,合计,{total},,,,,,,2848.30") for total in ("10", "11"))
    assert all("pieces" in each for each in proved(right, "bill_line"))
    assert not any("pieces" in each for each in proved(wrong, "bill_line"))
    assert {each["proof"] for each in marks(wrong, "bill_line")} == {"proved"}  # the total is wrong, for all one knows


def test_a_subtotal_proves_the_rows_that_it_covers() -> None:
    document = read_csv("""
        清单号,日期,客户,件数,金额
        S1,2026-10-08,甲,1,10.00
        S2,2026-10-08,甲,2,20.00
        甲小计,,,3,30.00
        S3,2026-10-08,乙,3,30.00
        乙小计,,,3,31.00
    """, "收货清单.csv")
    assert proved(document, "receiving_slip") == ["pieces amount", "pieces amount", "pieces"]
    assert [each["proof"] for each in marks(document, "receiving_slip")] == ["proved", "proved", "unproved"]


def test_a_factor_beside_nothing_is_not_proved() -> None:
    document = bill("B-7,南星公司,2026-03-02,运费,S-1,1,0,36.20,0.00,18.5%,0.00,5.00,5.00")
    assert proved(document, "bill_line") == ["charge_weight freight fuel other amount"]


def test_a_failing_relation_breaks_the_fields_that_it_touches() -> None:
    found = marks(bill(ROW.format(pieces="6").replace("1424.15", "1424.51")), "bill_line")[0]
    assert (found["proof"], found["broken"]) == ("broken", ["freight", "fuel", "other", "amount"])
    assert found["proved"] == ["charge_weight", "rate", "fuel_rate"]


def test_a_balance_proves_the_amount_its_side_and_both_balances() -> None:
    rows = ["2026-10-08,5.00,,105.00,甲", "2026-10-09,,1.00,104.00,乙", "2026-10-10,0.00,,104.00,丙"]
    document = read_csv("\n".join([STATEMENT, *rows]))
    assert proved(document, "bank_transaction") == ["balance", "direction amount balance", "amount balance"]
    assert [each["proof"] for each in marks(document, "bank_transaction")] == ["unproved", "proved", "proved"]


def test_a_stated_opening_proves_the_first_row() -> None:
    rows = ["2026-10-01,,,100.00,", "2026-10-08,5.00,,105.00,", "2026-10-09,,1.00,104.00,"]
    text = "\n".join([f"{STATEMENT},摘要", rows[0] + ",上期结转", *(f"{row}," for row in rows[1:])])
    assert proved(read_csv(text), "bank_transaction") == ["direction amount balance"] * 2


# --- columns in doubt -------------------------------------------------------------------------------------------------


def test_exchanged_columns_are_a_doubt_and_break_no_row() -> None:
    rows = [f"S-{n},2026-03-02,1,{weight},12.00,{12 * weight}.00" for n, weight in enumerate((3, 5, 8, 9))]
    right = read_csv("\n".join(["清单号,日期,件数,计费重(kg),单价,运费", *rows]).replace("运费", "运费,合计").replace(
        ".00\n", ".00,99.00\n") + ",99.00", "收货清单.csv")  # fmt: skip
    assert proofs(right)["quantity × price"] == "holds"
    swapped = [f"S-{n},2026-03-02,1,{12 * weight}.00,12.00,{weight},99.00" for n, weight in enumerate((3, 5, 8, 9))]
    wrong = read_csv("\n".join(["清单号,日期,件数,计费重(kg),单价,运费,合计", *swapped]), "收货清单.csv")
    assert proofs(wrong)["quantity × price"] == "broken"
    assert "Chargeable weight and Freight exchanged" in detail(wrong, "quantity × price")
    assert "计费重”与“运费”两列对调" in detail(wrong, "quantity × price", "zh")
    assert {(each["proof"], *each["broken"]) for each in marks(wrong, "receiving_slip")} == {("unproved",)}


def test_exchanged_sides_are_a_doubt_and_break_no_row() -> None:
    rows = ["2026-10-08,银收-1,运费,,5.00,105.00", "2026-10-09,银付-1,油费,1.00,,104.00", "2026-10-10,银收-2,运费,,9.00,113.00",
            "2026-10-11,银付-2,油费,3.00,,110.00"]  # fmt: skip
    document = read_csv("\n".join(["日期,凭证号,摘要,借方,贷方,余额", *rows]), "工行日记账.csv")
    assert proofs(document)["running balance"] == "broken"
    assert "money in and money out exchanged" in detail(document, "running balance")
    assert "两栏对调" in detail(document, "running balance", "zh")
    assert {each["proof"] for each in marks(document, "bank_ledger_entry")} == {"unproved"}


# --- any one number ---------------------------------------------------------------------------------------------------


def broken(document: ReadDocument) -> bool:
    return any(proof.status.value == "broken" for proof in document.proofs) or bool(document.problems)


CENT = Decimal("0.01")
HEADS = {"件数": "pieces", "计费重(kg)": "charge_weight", "单价": "rate", "运费": "freight", "燃油费率": "fuel_rate",
         "燃油费": "fuel", "杂费": "other", "合计": "amount"}  # fmt: skip


@st.composite
def bills(draw: st.DrawFn) -> list[dict[str, Decimal]]:
    found = []
    for _ in range(draw(st.integers(1, 4))):
        weight = Decimal(draw(st.integers(0, 400))) / 2
        rate = Decimal(draw(st.integers(1, 9000))) / 100
        fuel_rate = Decimal(draw(st.integers(0, 40))) / 2
        freight = (weight * rate).quantize(CENT, "ROUND_HALF_UP")
        fuel = (freight * fuel_rate / 100).quantize(CENT, "ROUND_HALF_UP")
        other = Decimal(draw(st.integers(0, 5000))) / 100
        numbers = (Decimal(draw(st.integers(1, 30))), weight, rate, freight, fuel_rate, fuel, other)
        found.append(dict(zip(HEADS, (*numbers, freight + fuel + other), strict=True)))
    return found


def written(rows: list[dict[str, Decimal]], totals: dict[str, Decimal]) -> str:
    lines = [BILL]
    for n, row in enumerate(rows):
        texts = (f"{value:f}%" if head == "燃油费率" else f"{value:f}" for head, value in row.items())
        lines.append(f"B-7,南星公司,2026-03-02,运费,S-{n},{','.join(texts)}")
    if totals:
        lines.append(",,,,合计," + ",".join(f"{totals[head]:f}" if head in totals else "" for head in HEADS))
    return "\n".join(lines)


@settings(max_examples=40, deadline=None)
@given(bills(), st.sets(st.sampled_from(["件数", "运费", "合计"])), st.data())
def test_another_number_of_a_bill_breaks_a_proof_or_was_not_proved(
    rows: list[dict[str, Decimal]], totalled: set[str], data: st.DataObject
) -> None:
    totals = {head: sum((row[head] for row in rows), Decimal(0)) for head in totalled}
    before = read_csv(written(rows, totals), "账单.csv")
    assert not broken(before)
    at, head = data.draw(st.integers(0, len(rows) - 1)), data.draw(st.sampled_from(list(HEADS)))
    step = {"件数": Decimal(1), "计费重(kg)": Decimal("0.5"), "燃油费率": Decimal("0.5")}.get(head, CENT)
    other = rows[at][head] + step * data.draw(st.integers(-300, 300).filter(bool))
    if other < 0:
        return
    changed = [{**row, head: other} if n == at else row for n, row in enumerate(rows)]
    after = read_csv(written(changed, totals), "账单.csv")
    assert broken(after) or HEADS[head] not in marks(before, "bill_line")[at]["proved"]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(-9, 9), min_size=2, max_size=8), st.booleans(), st.booleans(), st.data())
def test_another_number_of_a_statement_breaks_a_proof_or_was_not_proved(
    moved: list[int], opened: bool, newest: bool, data: st.DataObject
) -> None:
    def text(changes: dict[tuple[int, str], int]) -> str:
        running, lines = 50, []
        for n, each in enumerate(moved):
            running += each
            amount, stated = changes.get((n, "amount"), each), changes.get((n, "balance"), running)
            day = f"2026-10-{10 + n // 2}"
            lines.append(f"{day},{max(amount, 0)}.00,{max(-amount, 0)}.00,{stated}.00,户名{n}")
        head = [f"期初余额,{50}.00"] if opened else []
        return "\n".join([*head, STATEMENT, *(lines[::-1] if newest else lines)])

    before = read_csv(text({}))
    at = data.draw(st.integers(0, len(moved) - 1))
    field = data.draw(st.sampled_from(["amount", "balance"]))
    place = len(moved) - 1 - at if newest else at
    if field not in marks(before, "bank_transaction")[place]["proved"]:
        return
    was = moved[at] if field == "amount" else 50 + sum(moved[: at + 1])
    other = was + data.draw(st.integers(-20, 20).filter(bool))
    assert broken(read_csv(text({(at, field): other})))
