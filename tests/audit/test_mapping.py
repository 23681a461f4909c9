"""Answers are written at once and teach: what follows from one is not asked, and only open documents are read again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from asked_tables import COVER, cover, hypothesis, shape, table

from auditor.audit import mapping
from auditor.audit.errors import NoFolder
from auditor.audit.mapping import MappingSession
from auditor.audit.progress import Silent
from auditor.audit.setup import set_up
from auditor.documents.errors import NoTableFound, NothingKnown, TableUnknown
from auditor.documents.model import Proof, ProofStatus, ReadDocument, Status
from auditor.documents.readings.confirmed import CompanyReadings
from auditor.documents.readings.drafts import corrected, ignored
from auditor.documents.recognition.hypotheses import State, TableReading
from auditor.errors import AuditorError, Place
from auditor.languages import Text

SLIPS = ("单号码", "站")


class Reader:
    """Documents as they would be read, with what is answered so far."""

    def __init__(self, documents: dict[str, list[TableReading]]) -> None:
        self.documents = documents
        self.read: list[list[str]] = []
        self.broken_by: str | None = None  # a record type as which the first document's totals break
        self.problems: dict[str, tuple[AuditorError, ...]] = {}
        self.taught: dict[str, State] = {}  # headers → what they become once anything is answered

    def __call__(
        self, *_: Any, readings: CompanyReadings, kept: Sequence[ReadDocument] = (), **__: Any
    ) -> list[ReadDocument]:
        before = {each.path: each for each in kept}
        self.read.append([path for path in self.documents if path not in before])
        return [before.get(path) or self._document(path, readings) for path in self.documents]

    def _document(self, path: str, readings: CompanyReadings) -> ReadDocument:
        tables, proofs = [], []
        for each in self.documents[path]:
            found = each.shape
            entry = readings.entry_for(found.headers, found.names, path, found.sheet)
            state = State.CONFIRMED if entry else each.state
            if readings.entries and not entry and found.headers[0] in self.taught:
                state = self.taught[found.headers[0]]
            if entry is not None and entry.record == self.broken_by:
                proofs.append(Proof("printed totals", ProofStatus.BROKEN, f"{path}:9", Text("80 against 90", "80 与 90")))
            tables.append(replace(each, state=state))
        problems = self.problems.get(path, ())
        return ReadDocument(
            path, "", Status.READ, tables=tuple(tables), proofs=tuple(proofs), problems=problems, problem_rows=len(proofs)
        )


def slips(state: State = State.ASKED) -> TableReading:
    found = hypothesis("receiving_slip", SLIPS, {"单号码": "slip_no", "站": "station"})
    return table(shape(SLIPS, (("SH1", "A"),)), found, state=state)


@pytest.fixture
def reader(monkeypatch: pytest.MonkeyPatch) -> Reader:
    found = Reader({"a.csv": [cover()], "b.csv": [cover(), slips()], "c.csv": [cover(State.SURE)]})
    monkeypatch.setattr(mapping, "read_tables", found)
    return found


def session(folder: Path) -> MappingSession:
    return MappingSession(folder, set_up(folder, new_readings=True), Silent())


def text(folder: Path) -> str:
    return (folder / "reading.yaml").read_text(encoding="utf-8")


def test_an_answer_is_written_at_once_and_asked_no_more(tmp_path: Path, reader: Reader) -> None:
    asking = session(tmp_path)
    first, second = asking.questions()
    draft = second.draft()
    assert draft is not None
    assert asking.answer(second, draft, confirmed="2026-10-31 林晓").doubts == ()
    assert "record: bundle_cover\n" in text(tmp_path)
    assert "confirmed: 2026-10-31 林晓\n" in text(tmp_path)
    assert [each.id for each in asking.questions()] == [first.id]
    assert reader.read == [["a.csv", "b.csv", "c.csv"], ["a.csv", "b.csv", "c.csv"]], "the answer holds for c.csv, too"
    assert [each.id for each in session(tmp_path).questions()] == [first.id], "kept for the next month"


def test_only_what_an_answer_may_concern_is_read_again(tmp_path: Path, reader: Reader) -> None:
    reader.documents = {"a.csv": [cover()], "d.csv": [slips()], "e.csv": []}
    asking = session(tmp_path)
    question = next(each for each in asking.questions() if each.family.shape.headers == COVER)
    draft = question.draft()
    assert draft is not None
    asking.answer(question, draft)
    assert reader.read[1:] == [["a.csv"]]
    last = asking.questions()[0]
    draft = last.draft()
    assert draft is not None
    asking.answer(last, draft)
    assert reader.read[2:] == [["d.csv"]]
    assert asking.questions() == []
    assert reader.read[3:] == [["a.csv", "d.csv", "e.csv"]], "that nothing is left is said of what all answers make of it"


def test_an_answer_teaches(tmp_path: Path, reader: Reader) -> None:
    reader.taught = {"单号码": State.SURE}
    asking = session(tmp_path)
    question = next(each for each in asking.questions() if each.family.shape.headers == COVER)
    draft = question.draft()
    assert draft is not None
    asking.answer(question, draft)
    assert asking.questions() == []


@pytest.mark.parametrize(
    "problem", [NothingKnown(Place("册.csv")), TableUnknown(Place("册.csv", 2), words="甲", words_zh="甲"), NoTableFound(Place("册.csv"))]
)
def test_an_answer_teaches_what_no_type_was_near_to(tmp_path: Path, reader: Reader, problem: AuditorError) -> None:
    """A table that was unlike any type is asked, or read, once the words of an answer tell it."""
    reader.documents = {"slips.csv": [slips()], "册.csv": [], "whole.csv": []}
    reader.problems = {"册.csv": (problem,)}
    asking = session(tmp_path)
    first = asking.questions()[0]
    draft = first.draft()
    assert draft is not None
    asking.answer(first, draft)
    assert reader.read[1:] == [["slips.csv", "册.csv"]]


def test_what_is_left_for_later_stays_open(tmp_path: Path, reader: Reader) -> None:
    asking = session(tmp_path)
    for each in asking.questions():
        asking.skip(each)
    assert asking.questions() == []
    assert len(asking.open()) == 2
    assert not (tmp_path / "reading.yaml").exists()


def test_none_of_these_is_an_answer(tmp_path: Path, reader: Reader) -> None:
    asking = session(tmp_path)
    question = asking.questions()[0]
    asking.answer(question, ignored("网点自用: 草稿"))
    assert 'ignore: "网点自用: 草稿"\n' in text(tmp_path)
    assert question.id not in [each.id for each in asking.open()]


def test_an_answer_that_proofs_contradict_is_said_so_and_can_be_taken_back(tmp_path: Path, reader: Reader) -> None:
    reader.broken_by = "bundle_cover"
    asking = session(tmp_path)
    (tmp_path / "reading.yaml").write_text("# mine\ntables: []\n", encoding="utf-8")
    question = next(each for each in asking.questions() if each.family.shape.headers == COVER)
    draft = question.draft()
    assert draft is not None
    answered = asking.answer(question, draft)
    assert [each.en for each in answered.doubts] == [
        "a.csv:9: 80 against 90", "a.csv: 1 row cannot be read so",
        "b.csv:9: 80 against 90", "b.csv: 1 row cannot be read so",
    ]  # fmt: skip
    asking.take_back(answered)
    assert text(tmp_path) == "# mine\ntables: []\n"
    assert question.id in [each.id for each in asking.questions()]


def test_likely_ones_are_taken_over_and_marked(tmp_path: Path, reader: Reader) -> None:
    reader.documents["a.csv"] = [cover(State.LIKELY)]
    reader.documents["b.csv"] = [cover(State.LIKELY), slips()]
    reader.taught = {"单号码": State.LIKELY}
    asking = session(tmp_path)
    assert asking.accept_likely("2026-10-31") == 2, "also what becomes likely thereby"
    assert text(tmp_path).count("state: likely\n") == 2
    assert asking.open() == []
    assert asking.accept_likely() == 0


def test_a_wrong_answer_is_told_before_it_is_written(tmp_path: Path, reader: Reader) -> None:
    asking = session(tmp_path)
    question = next(each for each in asking.questions() if each.family.shape.headers == COVER)
    draft = question.draft()
    assert draft is not None
    wrong = corrected(draft, question.family, "件数", "peices", asking.types["bundle_cover"])
    (mistake,) = asking.mistakes(question, wrong)
    assert "unknown field `peices`" in mistake.message("en")
    assert "nearest: pieces" in mistake.message("en")


def test_no_folder(tmp_path: Path) -> None:
    with pytest.raises(NoFolder):
        MappingSession(tmp_path / "nowhere", set_up(tmp_path, new_readings=True), Silent())
