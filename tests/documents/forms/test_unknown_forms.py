"""Forms that no layout claims: recognised by how labels are printed, judged by evidence, read where sure or answered."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from csv_samples import records
from pdf_samples import FONT, Draw, grid, pdf, stamp, title

from auditor.documents.collect import document_of
from auditor.documents.model import ReadDocument
from auditor.documents.read import ReadOptions, read_document
from auditor.documents.readings.confirmed import NO_READINGS, CompanyReadings, ConfirmedReading
from auditor.documents.readings.loader import answers_in
from auditor.documents.recognition.hypotheses import State
from auditor.records.loader import record_types

Pairs = Sequence[tuple[str, str]]


def read(*pages: Draw, readings: CompanyReadings = NO_READINGS, name: str = "scan 7.pdf") -> ReadDocument:
    return read_document(document_of(pdf(*pages), name), options=ReadOptions(readings=readings))


def in_lines(head: str, *forms: Pairs, colon: str = ": ", void: int | None = None) -> Draw:
    """Forms below one another, two labels a line."""

    def draw(canvas: Any) -> None:
        y = 800.0
        for at, pairs in enumerate(forms):
            title(canvas, "Harbour & Hill Ltd.", y, 12)
            title(canvas, head, y - 18, 12)
            canvas.setFont(FONT, 10)
            for number, (label, value) in enumerate(pairs):
                canvas.drawString(50 if number % 2 == 0 else 300, y - 40 - 18 * (number // 2), f"{label}{colon}{value}")
            if void == at:
                stamp(canvas, "VOID", 200, y - 60, 20)
            y -= 70 + 18 * ((len(pairs) + 1) // 2)

    return draw


def in_boxes(head: str, pairs: Pairs) -> Draw:
    """A form in ruled boxes, label and value in turn, without colons."""

    def draw(canvas: Any) -> None:
        title(canvas, head, 790)
        rows = [[text for pair in pairs[at : at + 2] for text in pair] for at in range(0, len(pairs), 2)]
        rows = [[*row, *[""] * (4 - len(row))] for row in rows]
        grid(canvas, rows, 50, 770 - 20 * len(rows), [90, 160, 90, 160])

    return draw


def sheet(*rows: Sequence[str], readings: CompanyReadings = NO_READINGS, name: str = "book 7.csv") -> ReadDocument:
    text = "\n".join(",".join(row) for row in rows) + "\n"
    return read_document(document_of(text.encode(), name), options=ReadOptions(readings=readings))


def claim(number: int) -> Pairs:
    return [
        ("Claim No", f"EX-{number:04d}"), ("Date", f"2026-03-{number % 28 + 1:02d}"), ("Claimant", "Mary Poole"),
        ("Item", "Train tickets"), ("Amount", f"{number}.50"), ("Approver", "Tom Reed"),
    ]  # fmt: skip


CHINESE_CLAIM = {
    "报销单号": "claim_no",
    "日期": "date",
    "报销人": "claimant",
    "事由": "item",
    "报销金额": "amount",
    "审批人": "approver",
}


def chinese_claim(number: int) -> Pairs:
    values = (f"EX-{number:04d}", f"2026-03-{number % 28 + 1:02d}", "何苗", "高铁票", f"{number}.50", "罗成")
    return list(zip(CHINESE_CLAIM, values, strict=True))


@pytest.mark.parametrize(
    "pages",
    [
        [in_lines("EXPENSE CLAIM", claim(3)), in_lines("EXPENSE CLAIM", claim(4))],
        [in_lines("EXPENSE CLAIM", claim(3), claim(4))],
        [in_boxes("Expense claim", claim(3)), in_boxes("Expense claim", claim(4))],
        [in_lines("费用报销", chinese_claim(3), chinese_claim(4), colon="：")],
        [in_boxes("费用报销", chinese_claim(3)), in_boxes("费用报销", chinese_claim(4))],
    ],
)
def test_forms_whose_title_and_labels_are_known_are_read(pages: list[Draw]) -> None:
    document = read(*pages)
    assert [each.state for each in document.tables] == [State.SURE]
    assert records(document, "expense_claim", "claim_no", "date", "amount") == [
        ("EX-0003", "2026-03-04", "3.50"),
        ("EX-0004", "2026-03-05", "4.50"),
    ]
    assert document.rows_seen == 2


STRANGE = [
    ("Paper Ref", "EX-0003"),
    ("Day", "2026-03-04"),
    ("By whom", "Mary Poole"),
    ("How much", "3.50"),
    ("Okayed by", "Tom"),
]
STRANGE_ZH = [("单子", "EX-0003"), ("哪日", "2026-03-04"), ("谁报", "何苗"), ("几钱", "3.50"), ("谁准", "罗成")]


@pytest.mark.parametrize(
    ("pages", "rows"),
    [
        ([in_lines("EXPENSE CLAIM", STRANGE), in_lines("EXPENSE CLAIM", STRANGE)], 2),
        ([in_boxes("EXPENSE CLAIM", STRANGE)], 1),
        ([in_lines("费用报销", STRANGE_ZH, STRANGE_ZH, STRANGE_ZH, colon="：")], 3),
    ],
)
def test_forms_with_strange_labels_are_asked(pages: list[Draw], rows: int) -> None:
    document = read(*pages)
    (asked,) = document.tables
    assert asked.state in (State.ASKED, State.LIKELY) and asked.shape.rows == rows
    assert asked.hypotheses[0].record == "expense_claim"
    assert document.counts == {} and document.rows_seen == rows == sum(each.count for each in document.ignored)


ANSWER = """
tables:
  - record: expense_claim
    labels: {Paper Ref: claim_no, Day: date, By whom: claimant, How much: amount, Okayed by: ~}
  - record: expense_claim
    labels: {单子: claim_no, 哪日: date, 谁报: claimant, 几钱: amount}
"""


@pytest.mark.parametrize(
    "page",
    [
        in_lines("SLIP", STRANGE),
        in_boxes("SLIP", STRANGE),
        in_lines("单据", STRANGE_ZH, colon="："),
        in_boxes("单据", STRANGE_ZH),
    ],
)
def test_an_answer_reads_the_forms(page: Draw) -> None:
    readings, mistakes = answers_in(ANSWER, record_types())
    assert mistakes == ()
    document = read(page, readings=readings)
    assert [each.state for each in document.tables] == [State.CONFIRMED]
    assert records(document, "expense_claim", "claim_no", "date", "amount") == [("EX-0003", "2026-03-04", "3.50")]


def over(head: str, pairs: Pairs) -> Draw:
    """A form in ruled boxes, each label over its value."""

    def draw(canvas: Any) -> None:
        title(canvas, head, 790)
        rows = [[pair[at] for pair in pairs[start : start + 3]] for start in range(0, len(pairs), 3) for at in (0, 1)]
        grid(canvas, rows, 50, 770 - 20 * len(rows), 150)

    return draw


@pytest.mark.parametrize(("head", "pairs"), [("EXPENSE CLAIM", claim(3)), ("费用报销", chinese_claim(3))])
def test_labels_may_stand_over_their_values(head: str, pairs: Pairs) -> None:
    document = read(over(head, pairs), over(head, pairs))
    assert [each.state for each in document.tables] == [State.SURE]
    assert records(document, "expense_claim", "claim_no", "date", "amount") == [("EX-0003", "2026-03-04", "3.50")] * 2


def beside(head: str, *forms: Pairs) -> Draw:
    """Forms side by side, a label a line."""

    def draw(canvas: Any) -> None:
        for x, pairs in zip((30, 310), forms, strict=True):
            title(canvas, head, 790, 12, x + 100)
            for at, (label, value) in enumerate(pairs):
                canvas.drawString(x, 760 - 18 * at, f"{label}: {value}")

    return draw


def test_forms_side_by_side_each_under_its_title() -> None:
    document = read(beside("EXPENSE CLAIM", claim(3), claim(4)))
    assert [each.state for each in document.tables] == [State.SURE]
    assert records(document, "expense_claim", "claim_no", "amount") == [("EX-0003", "3.50"), ("EX-0004", "4.50")]


def bare(head: str, pairs: Pairs) -> Draw:
    """A form with neither colons nor boxes."""

    def draw(canvas: Any) -> None:
        title(canvas, head, 790)
        for number, (label, value) in enumerate(pairs):
            x, y = (50 if number % 2 == 0 else 310), 760 - 20 * (number // 2)
            canvas.drawString(x, y, label)
            canvas.drawString(x + 100, y, value)

    return draw


@pytest.mark.parametrize(
    ("head", "pairs", "labels"),
    [
        ("EXPENSE CLAIM", claim, {}),
        ("费用报销", chinese_claim, {}),
        ("EXPENSE CLAIM", lambda n: [("Paper Ref", f"EX-{n:04d}"), ("Day", f"2026-03-0{n}"), ("Okayed", "Tom"), ("How much", f"{n}.50")],
         {"Paper Ref": "claim_no", "Day": "date", "How much": "amount"}),
    ],
)  # fmt: skip
def test_labels_without_colons_and_boxes_recur_over_the_forms(
    head: str, pairs: Any, labels: dict[str, str | None]
) -> None:
    entry = ConfirmedReading(2, record="expense_claim", labels=labels)
    readings = CompanyReadings((entry,)) if labels else NO_READINGS
    document = read(*(bare(head, pairs(number)) for number in (3, 4, 5)), readings=readings)
    assert [each.is_read for each in document.tables] == [True]
    assert records(document, "expense_claim", "claim_no", "amount") == [
        ("EX-0003", "3.50"), ("EX-0004", "4.50"), ("EX-0005", "5.50"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "item", "approver"),
    [
        ("Item: see annexe: urgent", "see annexe: urgent", None),
        ("Item: Train tickets Approver: Tom Reed", "Train tickets", "Tom Reed"),
        ("Item: at 09:30: breakfast", "at 09:30: breakfast", None),
        ("事由：见函：急", "见函：急", None),
        ("事由：高铁票 审批人：罗成", "高铁票", "罗成"),
    ],
)
def test_a_colon_inside_a_value(line: str, item: str, approver: str | None) -> None:
    def draw(canvas: Any) -> None:
        title(canvas, "EXPENSE CLAIM", 790)
        for at, text in enumerate(
            ("Claim No: EX-0003", "Date: 2026-03-04", "Claimant: Mary Poole", "Amount: 3.50", line)
        ):
            canvas.drawString(60, 760 - 20 * at, text)

    assert records(read(draw), "expense_claim", "item", "approver") == [(item, approver)]


@pytest.mark.parametrize(
    "item",
    ["Weighed again: 70.0 kg", "see annexe: urgent: today", "复核：改为 70.0 公斤", "Ratio 3:1, note: none"],
)
@pytest.mark.parametrize("draw", [in_boxes, over])
def test_a_colon_inside_a_value_of_a_form_of_boxes(draw: Callable[[str, Pairs], Draw], item: str) -> None:
    pairs = [(label, item if label == "Item" else value) for label, value in claim(3)]
    assert records(read(draw("EXPENSE CLAIM", pairs)), "expense_claim", "claim_no", "item") == [("EX-0003", item)]


@pytest.mark.parametrize("item", ["Weighed again: 70.0 kg", "改重：70.0 公斤"])
def test_a_colon_inside_a_value_of_labels_that_recur(item: str) -> None:
    forms = [[(label, item if label == "Item" and n == 4 else value) for label, value in claim(n)] for n in (3, 4, 5)]
    document = read(*(bare("EXPENSE CLAIM", pairs) for pairs in forms))
    assert [number for number, *_ in records(document, "expense_claim", "claim_no")] == ["EX-0003", "EX-0004", "EX-0005"]


@pytest.mark.parametrize("head", [["Name", "Date of joining"], ["项目", "金额"], ["Item", "Price"]])
def test_a_table_of_two_columns_is_no_form(head: list[str]) -> None:
    def draw(canvas: Any) -> None:
        rows = [head, ["Paper", "12.00"], ["Ink", "30.50"], ["Freight", "4.00"], ["Total", "46.50"]]
        grid(canvas, rows, 60, 600, 150)

    assert not any(each.shape.is_form for each in read(draw).tables)


def test_a_form_with_a_table_in_it_is_read_and_the_table_is_told() -> None:
    def draw(canvas: Any) -> None:
        in_lines("EXPENSE CLAIM", claim(3))(canvas)
        grid(
            canvas,
            [["Day", "What", "Cost"], ["2026-03-01", "Toll", "3.00"], ["2026-03-02", "Ferry", "0.50"]],
            50,
            500,
            100,
        )

    document = read(draw, draw)
    assert records(document, "expense_claim", "claim_no", "amount") == [("EX-0003", "3.50")] * 2
    assert "TableUnknown" in [problem.code for problem in document.problems]


def test_an_answer_leaves_forms_out() -> None:
    readings, mistakes = answers_in(
        f"tables:\n  - headers: [{', '.join(k for k, _ in STRANGE)}]\n    ignore: no paper of ours\n", record_types()
    )
    assert mistakes == ()
    document = read(in_lines("EXPENSE CLAIM", STRANGE), readings=readings)
    assert document.counts == {} and [each.state for each in document.tables] == [State.CONFIRMED]
    assert [each.count for each in document.ignored] == [1]


@pytest.mark.parametrize(
    ("labels", "words"),
    [
        ("{Paper Ref: claim_no, Day: dtae}", ["dtae", "date"]),
        ("{Paper Ref: claim_no, Other Ref: claim_no}", ["Paper Ref", "Other Ref"]),
    ],
)
def test_a_wrong_answer_about_labels_is_an_error_at_its_line(labels: str, words: list[str]) -> None:
    text = f"tables:\n  - record: expense_claim\n    labels: {labels}\n"
    readings, (mistake,) = answers_in(text, record_types())
    assert readings.entries == () and str(mistake.place).startswith("reading.yaml:3")
    for language in ("en", "zh"):
        assert all(word in mistake.message(language) for word in words)


@pytest.mark.parametrize("record", ["bank_transaction", "bill_line"])
def test_an_answer_that_makes_a_movement_or_a_line_of_forms_is_an_error(record: str) -> None:
    text = f"tables:\n  - record: {record}\n    labels: {{Day: date, How much: amount}}\n"
    readings, (mistake,) = answers_in(text, record_types())
    assert readings.entries == () and str(mistake.place) == "reading.yaml:2:13"
    assert "receipt" in mistake.message("en") and "receipt" in mistake.message("zh")


def test_a_form_whose_title_is_known_and_whose_labels_are_not_is_asked() -> None:
    pairs = [
        ("字号", "0004101"),
        ("几时", "2026-03-04"),
        ("谁给的", "晨光纸业"),
        ("多少", "￥120.00"),
        ("怎么付", "现金"),
    ]
    document = read(in_lines("收据", pairs, pairs, colon="："))
    assert [(each.state, each.hypotheses[0].record) for each in document.tables] == [(State.ASKED, "receipt")]
    readings = CompanyReadings(
        (
            ConfirmedReading(
                2,
                record="receipt",
                labels={"字号": "receipt_no", "几时": "date", "谁给的": "payer", "多少": "amount", "怎么付": "mode"},
            ),
        )
    )
    found = read(in_lines("收据", pairs, colon="："), readings=readings)
    assert records(found, "receipt", "receipt_no", "date", "payer", "amount") == [
        ("0004101", "2026-03-04", "晨光纸业", "120.00")
    ]


@pytest.mark.parametrize("date", ["日期：", "日期：见附件"])
def test_a_known_form_that_lacks_a_value_is_incomplete_and_no_question(date: str) -> None:
    def draw(canvas: Any) -> None:
        title(canvas, "收款收据", 790)
        for at, line in enumerate(("收据号：0004101", date, "今收到：晨光纸业", "金额：￥120.00")):
            canvas.drawString(60, 760 - 20 * at, line)

    document = read(draw)
    assert document.layout == "forms/receipt" and document.tables == ()
    assert "FormIncomplete" in [problem.code for problem in document.problems]


def test_an_answer_goes_before_what_a_title_claims() -> None:
    pairs = [
        ("收据号", "0004101"),
        ("日期", "2026-03-04"),
        ("今收到", "晨光纸业"),
        ("金额", "120.00"),
        ("实收", "100.00"),
    ]
    by_title = read(in_lines("收款收据", pairs, colon="："))
    assert records(by_title, "receipt", "amount") == [("120.00",)]
    labels = {"收据号": "receipt_no", "日期": "date", "今收到": "payer", "实收": "amount", "金额": None}
    entry = ConfirmedReading(2, record="receipt", labels=labels)
    answered = read(in_lines("收款收据", pairs, colon="："), readings=CompanyReadings((entry,)))
    assert records(answered, "receipt", "amount") == [("100.00",)]


def test_a_void_stamp_over_a_strange_form_counts() -> None:
    pairs = [("Chit", "0004101"), ("Day", "2026-03-04"), ("From", "Ann Bell"), ("How much", "120.00")]
    entry = ConfirmedReading(
        2, record="receipt", labels={"Chit": "receipt_no", "Day": "date", "From": "payer", "How much": "amount"}
    )
    document = read(in_lines("CHIT", pairs, pairs, void=1), readings=CompanyReadings((entry,)))
    assert records(document, "receipt", "status") == [("live",), ("void",)]


@pytest.mark.parametrize(
    "pairs",
    [
        [
            ("Date", "2026-03-04"),
            ("Payee", "Ann Bell"),
            ("Debit", "120.00"),
            ("Balance", "900.00"),
            ("Account", "622 1234 567"),
        ],
        [
            ("交易日期", "2026-03-04"),
            ("对方户名", "晨光纸业"),
            ("支出", "120.00"),
            ("余额", "900.00"),
            ("账号", "6221234567"),
        ],
        [
            ("Date", "2026-03-04"),
            ("Slip No", "LX-00031"),
            ("Waybill No", "WB770031"),
            ("Freight", "40.00"),
            ("Amount", "40.00"),
        ],
    ],
)
def test_a_form_is_never_a_movement_or_a_line(pairs: Pairs) -> None:
    document = read(in_lines("ADVICE", pairs), in_lines("ADVICE", pairs))
    assert not {name for name, count in document.counts.items() if count and record_types()[name].is_line}
    assert not any(each.is_read for each in document.tables)
    entry = ConfirmedReading(2, record="bank_transaction", labels={pairs[0][0]: "date", pairs[2][0]: "amount"})
    answered = read(in_lines("ADVICE", pairs), readings=CompanyReadings((entry,)))
    assert answered.counts.get("bank_transaction", 0) == 0


@pytest.mark.parametrize(
    "lines",
    [
        [
            "Dear Mr Reed:",
            "thank you for your letter of 3 March.",
            "We shall send: one chair, two tables.",
            "Yours, Ann Bell",
        ],
        ["尊敬的客户：", "您好，来函收悉。", "注意：请于月底前付款，谢谢。", "此致"],
        ["Breakfast: eggs", "Lunch: soup", "Dinner: fish", "Supper: bread"],
    ],
)
def test_a_letter_is_no_form(lines: list[str]) -> None:
    def draw(canvas: Any) -> None:
        for at, line in enumerate(lines):
            canvas.drawString(60, 780 - 20 * at, line)

    document = read(draw)
    assert document.counts == {} and document.tables == ()


def block(pairs: Pairs, colon: str = ":") -> list[list[str]]:
    """Rows of cells with two labels each."""
    rows = [
        [text for label, value in pairs[at : at + 2] for text in (label + colon, value)]
        for at in range(0, len(pairs), 2)
    ]
    return [[*row, *[""] * (4 - len(row))] for row in rows]


def test_forms_made_of_cells_are_read_below_and_beside_one_another() -> None:
    left, right = block(claim(3)), block(claim(4))
    beside = [[*one, "", *other] for one, other in zip(left, right, strict=True)]
    document = sheet(
        ["EXPENSE CLAIM", "", "", "", "", "EXPENSE CLAIM"], *beside, [""], ["EXPENSE CLAIM"], *block(claim(5))
    )
    assert [each.state for each in document.tables] == [State.SURE]
    assert records(document, "expense_claim", "claim_no", "amount") == [
        ("EX-0003", "3.50"), ("EX-0004", "4.50"), ("EX-0005", "5.50"),
    ]  # fmt: skip
    assert document.rows_seen == 3


def test_forms_made_of_cells_with_strange_labels_are_asked_and_answered() -> None:
    rows = [["单据"], *block(STRANGE_ZH, "："), [""], ["单据"], *block(STRANGE_ZH, "：")]
    readings, _ = answers_in(ANSWER, record_types())
    document = sheet(*rows, readings=readings)
    assert [each.state for each in document.tables] == [State.CONFIRMED]
    assert records(document, "expense_claim", "claim_no", "amount") == [("EX-0003", "3.50")] * 2


def test_the_heading_of_a_bill_in_strange_words_is_answered_and_its_lines_know_it() -> None:
    head = [["Paper", "KB-77", "For whom", "Ann Bell"], ["Drawn up", "2026-04-02", "Amount to pay", "80.00"]]
    rows = [[text + ":" if at % 2 == 0 else text for at, text in enumerate(row)] for row in head]
    lines = [["Date", "Slip No", "Waybill No", "Freight", "Amount"], ["2026-03-04", "LX-00031", "WB770031", "40.00", "40.00"], ["2026-03-05", "LX-00032", "WB770032", "40.00", "40.00"]]  # fmt: skip
    entry = ConfirmedReading(2, record="bill", labels={"Paper": "bill_no", "For whom": "customer", "Drawn up": "issued", "Amount to pay": "closing"})  # fmt: skip
    lines_of = ConfirmedReading(5, tuple(lines[0]), "bill_line")
    document = sheet(*rows, [""], *lines, readings=CompanyReadings((entry, lines_of)))
    assert records(document, "bill", "bill_no", "customer", "closing") == [("KB-77", "Ann Bell", "80.00")]
    assert records(document, "bill_line", "bill_no", "customer", "slip_no") == [
        ("KB-77", "Ann Bell", "LX-00031"), ("KB-77", "Ann Bell", "LX-00032"),
    ]  # fmt: skip


def test_forms_are_the_same_whatever_file_they_stand_in(tmp_path: Path) -> None:
    del tmp_path
    pages = [in_lines("EXPENSE CLAIM", claim(3)), in_lines("EXPENSE CLAIM", claim(4))]
    one, other = read(*pages, name="a.pdf"), read(*pages, name="zz/b.pdf")
    assert records(one, "expense_claim", "claim_no") == records(other, "expense_claim", "claim_no")
