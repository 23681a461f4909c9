"""Forms that are a question: one a kind, over pages, sheets and files; an answer reads them all and those of later months."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.audit.documents import read_folder
from auditor.audit.mapping import MappingSession
from auditor.audit.progress import Silent
from auditor.audit.setup import set_up
from auditor.documents.model import ReadDocument, Status
from auditor.documents.readings.drafts import corrected
from auditor.documents.recognition.hypotheses import State
from auditor.resources import using

_HEADS = {
    "en": ("EXPENSE CLAIM", ("Paper", "Day", "Whose", "How much"), ("Ann Bell", "Tom Reed")),
    "zh": ("费用报销", ("单子", "哪日", "谁的", "几钱"), ("何苗", "罗成")),
}
_FIELDS = ("claim_no", "date", "claimant", "amount")


def form(language: str, number: int) -> str:
    title, labels, names = _HEADS[language]
    values = (f"EX-{number:04d}", f"2026-03-{number:02d}", names[number % 2], f"{number}.50")
    pairs = [f"{label}:,{value}" for label, value in zip(labels, values, strict=True)]
    return f"{title},,,\n{','.join(pairs[:2])}\n{','.join(pairs[2:])}\n,,,\n"


def folder(tmp_path: Path, language: str, months: dict[str, tuple[int, ...]]) -> None:
    (tmp_path / "audit.yaml").write_text('period: "2026-03"\n', encoding="utf-8")
    for name, numbers in months.items():
        (tmp_path / name).write_text("".join(form(language, number) for number in numbers), encoding="utf-8")


def read(tmp_path: Path) -> list[ReadDocument]:
    setup = set_up(tmp_path)
    with using(setup.own):
        documents = read_folder(tmp_path, setup.settings, Silent(), 0, None, readings=setup.reading.readings)
    return [each for each in documents if each.path.endswith(".csv")]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_forms_of_one_kind_are_one_question_and_one_answer_reads_them(tmp_path: Path, language: str) -> None:
    folder(tmp_path, language, {"a.csv": (3, 4), "b.csv": (5,), "c.csv": (6, 7, 8)})
    assert {each.status for each in read(tmp_path)} == {Status.ASKED}
    setup = set_up(tmp_path, new_readings=True)
    with using(setup.own):
        session = MappingSession(tmp_path, setup, Silent(), 0)
        (question,) = session.questions()
        assert question.family.rows == 6 and question.family.hypotheses[0].record == "expense_claim"
        draft = question.draft()
        assert draft is not None
        for label, name in zip(_HEADS[language][1], _FIELDS, strict=True):
            draft = corrected(draft, question.family, label, name, session.types["expense_claim"])
        assert session.mistakes(question, draft) == ()
        session.answer(question, draft)
        assert session.questions() == []
    written = (tmp_path / "reading.yaml").read_text(encoding="utf-8")
    assert "labels: {" in written and "columns:" not in written and "headers:" not in written
    folder(tmp_path, language, {"d.csv": (9, 10)})  # the next month, or a file more
    documents = read(tmp_path)
    assert [each.counts["expense_claim"] for each in documents] == [2, 1, 3, 2]
    assert {table.state for each in documents for table in each.tables} == {State.CONFIRMED}


def test_the_question_says_where_the_forms_stand(tmp_path: Path) -> None:
    folder(tmp_path, "en", {"a.csv": (3, 4)})
    (document,) = read(tmp_path)
    (problem,) = document.problems
    assert problem.code == "TableAsked" and str(problem.place) == "a.csv:2"
    assert "“Reimbursement voucher”" in problem.message("en") and "“报销单”" in problem.message("zh")
