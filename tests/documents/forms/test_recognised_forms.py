"""Forms read from pictures: what a proof bears out, what it corrects, and what is doubtful."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from pdf_samples import title
from scan_samples import recognised

from auditor.documents import read as reading
from auditor.documents.collect import collect
from auditor.documents.errors import CorrectedByProof, DoubtfulReading
from auditor.documents.model import ReadDocument
from auditor.documents.pages import ReadPages, WordPage


def receipt(words: str = "玖仟捌佰柒拾陆元伍角整", figures: str = "9876.50") -> Any:
    def draw(canvas: Any) -> None:
        title(canvas, "收款收据", 780)
        for y, left, right in (
            (750, "NO：", "7700314"),
            (730, "日期：", "2026年11月9日"),
            (710, "交款单位：", "临江化工有限公司"),
            (690, "人民币（大写）：", words),
            (670, "小写：", figures),
        ):
            canvas.drawString(60, y, left)
            canvas.drawString(170, y, right)

    return draw


def read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, page: WordPage) -> ReadDocument:
    (tmp_path / "收据.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(40))
    monkeypatch.setattr(reading, "read_pages", lambda source, passwords: ReadPages("image", [page]))
    return reading.read_document(collect(tmp_path)[0])


def only(document: ReadDocument) -> Mapping[str, Any]:
    (record,) = document.as_dict()["records"]["receipt"]
    return dict(record)


def test_a_record_says_what_recognised_it_and_how_surely(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    document = read(tmp_path, monkeypatch, recognised(receipt(), {"7700314": 93}))
    assert document.as_dict()["recogniser"] == "a recogniser 1.0, models 0123456789ab"
    source = only(document)["_source"]
    assert (source["via"], source["score"]) == ("ocr", 93)
    assert document.problems == ()


def test_what_words_and_figures_say_alike_is_proved_and_the_rest_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = only(read(tmp_path, monkeypatch, recognised(receipt())))
    assert record["amount"] == "9876.50"
    assert record["_source"]["proved"] == ["amount", "words"]
    assert record["_source"]["proof"] == "proved"


@pytest.mark.parametrize(
    ("unsure", "doubted"),
    [
        ("7700314", ["收据号: 7700314"]),
        ("2026年11月9日", ["日期: 2026年11月9日"]),
        ("9876.50", []),  # proved by the words
        ("临江化工有限公司", []),  # a name is no figure
    ],
)
def test_a_figure_without_proof_of_which_the_recogniser_is_unsure_is_a_problem(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, unsure: str, doubted: list[str]
) -> None:
    document = read(tmp_path, monkeypatch, recognised(receipt(), {unsure: 71}))
    assert [each.found for each in document.problems] == doubted
    assert all(isinstance(each, DoubtfulReading) for each in document.problems)
    assert only(document)["_source"]["problems"] == ["DoubtfulReading"] * len(doubted)
    for each in document.problems:
        assert "71" in each.message("zh")


@pytest.mark.parametrize(
    ("seen", "amount"),
    [
        ("玖仟捌伯柒拾陆元伍角整", "9876.50"),
        ("玖任捌怕染拾陆圆伍角整", "9876.50"),
        ("玫仟捌佰柒抬陆园伍角鳌", "9876.50"),
    ],
)
def test_amounts_in_words_are_read_through_what_recognisers_make_of_their_characters(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seen: str, amount: str
) -> None:
    word = "玖仟捌佰柒拾陆元伍角整"
    record = only(read(tmp_path, monkeypatch, recognised(receipt(), instead={word: seen})))
    assert (record["words"], record["_source"]["proof"]) == (amount, "proved")


@pytest.mark.parametrize(
    ("likeliest", "proof", "words"),
    [
        ("玖仟捌佰柒拾陆元伍角整", "proved", "9876.50"),
        ("玖仟捌佰柒拾叁元伍角整", "broken", "9873.50"),
        ("玖玖捌佰柒拾陆元伍角整", "unproved", None),
    ],
    ids=["fits", "does not fit", "is no amount"],
)
def test_of_worn_characters_the_likeliest_of_an_amount_are_taken_and_still_proved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, likeliest: str, proof: str, words: str | None
) -> None:
    word = "玖仟捌佰柒拾陆元伍角整"
    page = recognised(receipt(), instead={word: "坎纤捌俗集拾陆元伍角整"}, as_amount={word: likeliest})
    record = only(read(tmp_path, monkeypatch, page))
    assert (record["_source"]["proof"], record.get("words")) == (proof, words)


def test_a_misread_digit_is_corrected_where_one_other_reading_fits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = recognised(
        receipt(), {"9876.50": 62}, {"9876.50": "9816.50"}, {"9876.50": ("9876.50", "3816.50", "3876.50")}
    )
    document = read(tmp_path, monkeypatch, page)
    record = only(document)
    assert record["amount"] == "9876.50"
    assert record["_source"]["proof"] == "corrected"
    assert record["_source"]["proved"] == ["words"]
    assert record["_source"]["problems"] == ["CorrectedByProof"]
    (problem,) = document.problems
    assert isinstance(problem, CorrectedByProof)
    assert (problem.found, problem.values["taken"]) == ("金额: 9816.50", "9876.50")


@pytest.mark.parametrize("others", [(), ("3816.50",)], ids=["no other reading", "one that fits no better"])
def test_a_reading_that_nothing_corrects_is_broken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, others: tuple[str, ...]
) -> None:
    page = recognised(receipt(), instead={"9876.50": "9816.50"}, others={"9876.50": others})
    record = only(read(tmp_path, monkeypatch, page))
    assert record["amount"] == "9816.50"
    assert record["_source"]["proof"] == "broken"
    assert record["_source"]["broken"] == ["amount", "words"]


def test_a_text_layer_is_read_as_it_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from pdf_samples import word_pages

    (page,) = word_pages(receipt(words="玖仟捌伯柒拾陆元伍角整"))
    document = read(tmp_path, monkeypatch, page)
    assert "words" not in only(document)
    assert document.problems


def test_a_number_is_taken_whole_and_labels_may_say_which_amount_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def draw(canvas: Any) -> None:
        title(canvas, "收据", 780)
        rows = (("NO.KB77-001842", ""), ("2026年11月9日", ""), ("金额（大写）", "陆拾元整"), ("金额（小写）", "60.00"), ("收款人", "乔楠"), ("经手人", "乔楠"), ("收款单位", "临江化工有限公司"))
        for at, (left, right) in enumerate(rows):
            canvas.drawString(60, 750 - 20 * at, left)
            canvas.drawString(170, 750 - 20 * at, right)

    record = only(read(tmp_path, monkeypatch, recognised(draw)))
    assert (record["receipt_no"], record["amount"], record["_source"]["proof"]) == ("KB77-001842", "60.00", "proved")


def test_an_amount_whose_sign_of_currency_was_not_recognised_is_found_by_its_look(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def draw(canvas: Any) -> None:
        title(canvas, "收款收据", 780)
        rows = (("NO.0771842", ""), ("2026年11月9日", ""), ("人民币(大写)", "壹仟零陆拾元整"), ("", "1,060.00"), ("收款人", "乔楠"), ("经手人", "乔楠"), ("收款单位", "临江化工有限公司"))
        for at, (left, right) in enumerate(rows):
            canvas.drawString(60, 750 - 20 * at, left)
            canvas.drawString(170, 750 - 20 * at, right)

    record = only(read(tmp_path, monkeypatch, recognised(draw)))
    assert (record["amount"], record["_source"]["proof"]) == ("1060.00", "proved")
