"""What a question proposes for columns that nothing tells: the only field that fits, and nothing is read by it."""

from __future__ import annotations

import pytest
from recognition_shapes import judged, shape

from auditor.documents.recognition.hypotheses import Ground, State
from auditor.documents.recognition.shapes import TableShape


def left(table: TableShape) -> dict[str, str]:
    """The guesses of the best proposal, of a table that is a question."""
    judgement = judged(table)
    assert judgement.state in (State.LIKELY, State.ASKED)
    best = judgement.hypotheses[0]
    assert not {each.role for each in best.columns} & set(best.missing)
    told = {text.zh for text in best.against}
    free = {each.header for each in best.columns}
    assert not any(header in text for text in told if text.startswith("未用到的栏") for header in free)
    return {each.header: each.role for each in best.columns if each.ground in (Ground.LEFT, Ground.KIND)}


@pytest.mark.parametrize(
    ("day", "title"), [("哪一天", "收款收据存根"), ("哪一天", "收据登记"), ("W. d.", "Official receipts")]
)
def test_the_only_days_of_a_table_are_its_date_under_any_word(day: str, title: str) -> None:
    found = left(shape(f"""
        收据号,{day},付款人,金额,张三栏
        0007001,2026-03-02,临海纺织,100.00,甲
        0007002,2026-03-04,玉环水暖,20.50,乙
    """, title=title))  # fmt: skip
    assert found[day] == "date"


@pytest.mark.parametrize("day", ["运单", "Cheque", "合同签订"])
def test_days_under_a_word_for_another_thing_are_not_proposed(day: str) -> None:
    judgement = judged(shape(f"""
        收据号,{day},付款人,金额,张三栏
        0007001,2026-03-02,临海纺织,100.00,甲
        0007002,2026-03-04,玉环水暖,20.50,乙
    """, title="收款收据存根"))  # fmt: skip
    assert not any(each.ground is Ground.LEFT for found in judgement.hypotheses[:1] for each in found.columns)


@pytest.mark.parametrize(
    ("header", "values", "role"),
    [
        ("咋付的", ("现金", "支付宝", "现金"), "mode"),
        ("Wie", ("cash", "bank transfer", "cash"), "mode"),
        ("还算数么", ("正常", "作废", "正常"), "status"),
    ],
)
def test_words_of_one_choice_tell_its_field(header: str, values: tuple[str, ...], role: str) -> None:
    rows = "\n".join(f"000700{n},2026-03-0{n},临海纺织,{n}0.00,{value},甲{n}" for n, value in enumerate(values, 1))
    found = left(shape(f"编号收据,日期,付款人,金额,{header},旁注栏甲\n{rows}"))
    assert found.get(header) == role


@pytest.mark.parametrize("first", ["复核编号", "顺字号", "Folio"])
def test_the_number_that_names_a_record_stands_first(first: str) -> None:
    found = left(shape(f"""
        {first},日期,清单号,原金额,调整金额,原因
        TZ-31,2026-03-02,S-1,100.00,-20.00,漏算
        TZ-32,2026-03-04,S-2,80.00,-5.00,破损
        TZ-33,2026-03-05,S-3,60.00,-2.00,破损
    """, title="调账审批汇总"))  # fmt: skip
    assert found[first] == "adjustment_no"


def test_of_two_columns_of_days_none_is_proposed() -> None:
    judgement = judged(shape("""
        收据号,子日,丑日,付款人,金额
        0007001,2026-03-02,2026-03-03,临海纺织,100.00
        0007002,2026-03-04,2026-03-05,玉环水暖,20.50
    """, title="收款收据存根"))  # fmt: skip
    assert not any(each.ground is Ground.LEFT for found in judgement.hypotheses[:1] for each in found.columns)


def test_a_guess_makes_nothing_sure() -> None:
    table = shape("""
        收据号,哪一天,付款人,金额
        0007001,2026-03-02,临海纺织,100.00
        0007002,2026-03-04,玉环水暖,20.50
    """, title="收款收据存根")  # fmt: skip
    judgement = judged(table)
    guessed = [each for each in judgement.hypotheses[0].columns if each.ground in (Ground.LEFT, Ground.KIND)]
    assert judgement.state is not State.SURE or not guessed
    assert not any(each.sure for each in guessed)


@pytest.mark.parametrize(
    "headers",
    [
        "顺编号,支取日,公或私,归口,支额,咋付,票号,批准",
        "编号,费用日,公私,归口,费用额,咋付,发票号码,审批人",
        "Slip of claim,Claimed,Kind of payee,Group,Spent,Way,Invoice No,Approver",
    ],
)
def test_a_table_that_is_told_once_its_columns_are_guessed_is_asked(headers: str) -> None:
    judgement = judged(shape(f"""
        {headers}
        BX-01,2026-03-02,公司,运费,100.00,现金,FP-881,周总
        BX-02,2026-03-04,个人,内部,20.50,转账,FP-902,周总
        BX-03,2026-03-05,公司,内部,33.00,现金,FP-915,周总
    """))  # fmt: skip
    assert judgement.state is not State.SURE and judgement.hypotheses[0].record == "expense_claim"
