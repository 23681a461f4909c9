"""Words of choices that nobody knows are asked once, a field at a time, and one answer is read in every table."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.audit.documents import read_folder
from auditor.audit.mapping import MappingSession
from auditor.audit.progress import Silent
from auditor.audit.setup import set_up
from auditor.resources import using

SLIPS = "清单号,收货日期,站点,客户,件数,实重,计费重,运费,合计,付款方式,状态\n"
REGISTER = "登记日期,清单号,客户,件数,计费重,运费,合计,付款方式,状态\n"


def session(folder: Path) -> MappingSession:
    setup = set_up(folder, new_readings=True)
    with using(setup.own):
        return MappingSession(folder, setup, Silent(), workers=1)


def month(folder: Path, *words: str, statuses: tuple[str, ...] = ("正常",)) -> None:
    """Slips in one file and the register of them in another, with these modes of payment in turn."""
    lines = [
        (f"SH26-00{number:02}", words[number % len(words)], statuses[number % len(statuses)]) for number in range(12)
    ]
    slips = [f"{no},2026-10-08,宝安站,恒昌电子,2,10,10,{80 + at},{80 + at},{mode},{status}"
             for at, (no, mode, status) in enumerate(lines)]  # fmt: skip
    register = [f"2026-10-09,{no},恒昌电子,2,10,{80 + at},{80 + at},{mode},{status}"
                for at, (no, mode, status) in enumerate(lines)]  # fmt: skip
    (folder / "收货清单.csv").write_text(SLIPS + "\n".join(slips) + "\n", encoding="utf-8")
    (folder / "统计登记表.csv").write_text(REGISTER + "\n".join(register) + "\n", encoding="utf-8")
    (folder / "audit.yaml").write_text("period: 2026-10\nentity: 海安货运\n", encoding="utf-8")


def values(folder: Path, record: str, field: str) -> list[str | None]:
    setup = set_up(folder)
    with using(setup.own):
        documents = read_folder(folder, setup.settings, Silent(), 1, None, readings=setup.reading.readings)
    return [value for each in documents if record in each.records for value in each.records[record][field].to_pylist()]


@pytest.mark.parametrize(
    ("words", "choices"),
    [
        (("老规矩", "当场给"), ("monthly", "cash")),
        (("Slate", "Over the counter"), ("monthly", "cash")),
        (("甲类", "乙类", "丙类"), ("monthly", "cash", "collect")),
    ],
)
def test_one_question_a_field_and_one_answer_for_all_tables(
    tmp_path: Path, words: tuple[str, ...], choices: tuple[str, ...]
) -> None:
    month(tmp_path, *words)
    asked = session(tmp_path)
    (question,) = asked.word_questions()
    assert question.field == "pay_mode"
    assert set(question.records) == {"receiving_slip", "register_entry"}
    assert {each.word for each in question.words} == set(words)
    assert sum(each.rows for each in question.words) == 24
    assert question.lost.short
    assert values(tmp_path, "receiving_slip", "pay_mode") == [None] * 12
    asked.answer_words(question, dict(zip(words, choices, strict=True)), confirmed="2026-10-31 林晓")
    assert asked.word_questions() == []
    wanted = [choices[number % len(choices)] for number in range(12)]
    assert values(tmp_path, "receiving_slip", "pay_mode") == wanted
    assert values(tmp_path, "register_entry", "pay_mode") == wanted
    assert session(tmp_path).open_words() == []


def test_an_unknown_status_is_no_default(tmp_path: Path) -> None:
    """A spoilt paper must not count as a live one because its word is unknown."""
    month(tmp_path, "月结", statuses=("正常", "写花了"))
    asked = session(tmp_path)
    (question,) = asked.word_questions()
    assert [(each.word, each.rows) for each in question.words] == [("写花了", 12)]
    assert set(values(tmp_path, "receiving_slip", "status")) == {"live", None}
    asked.answer_words(question, {"写花了": "void"})
    assert set(values(tmp_path, "receiving_slip", "status")) == {"live", "void"}


def test_words_that_stay_open_are_asked_again_and_skipped_ones_not(tmp_path: Path) -> None:
    month(tmp_path, "甲类", "乙类")
    asked = session(tmp_path)
    (question,) = asked.word_questions()
    asked.answer_words(question, {"甲类": "monthly"})
    assert [each.word for each in asked.open_words()[0].words] == ["乙类"]
    again = session(tmp_path)
    again.skip(again.word_questions()[0])
    assert again.word_questions() == []


def test_likely_is_what_another_field_knows(tmp_path: Path) -> None:
    """The company has said what a word means for receipts; claims have the same choice. One that nobody knows stays
    open."""
    month(tmp_path, "月结")
    claims = "报销单号,报销日期,报销人,金额,收款单位,付款方式\n" + "".join(
        f"BX-{number},2026-10-{number:02},周婷,{number}0.00,晨光文具,{'柜台给' if number % 2 else '扫码绿'}\n"
        for number in range(1, 9)
    )
    (tmp_path / "费用报销.csv").write_text(claims, encoding="utf-8")
    said = "choices:\n  - {field: mode, words: {柜台给: cash}}\n"
    (tmp_path / "reading.yaml").write_text(said, encoding="utf-8")
    asked = session(tmp_path)
    (question,) = asked.word_questions()
    assert (question.field, question.likely) == ("pay_mode", {"柜台给": "cash"})
    assert asked.accept_likely("2026-10-31") >= 1
    text = (tmp_path / "reading.yaml").read_text(encoding="utf-8")
    assert text.startswith(said)
    assert "state: likely" in text
    assert [each.word for each in asked.open_words()[0].words] == ["扫码绿"]


def test_what_is_wrong_is_told_before_it_is_written(tmp_path: Path) -> None:
    month(tmp_path, "甲类", "月结")
    asked = session(tmp_path)
    (question,) = asked.word_questions()
    (mistake,) = asked.mistakes_in_words(question, {"甲类": "montly"})
    assert "nearest: monthly" in mistake.message("en")
    assert not (tmp_path / "reading.yaml").exists()
