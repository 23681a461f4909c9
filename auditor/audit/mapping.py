"""Questions and answers about the tables of a folder: each answer is written at once, and teaches before the next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from auditor import interrupts
from auditor.audit.asked import is_read_whole
from auditor.audit.documents import read_tables
from auditor.audit.errors import NoFolder
from auditor.audit.progress import Progress, Silent
from auditor.audit.questions import OpenQuestion, open_questions
from auditor.audit.setup import Setup
from auditor.audit.word_questions import WordQuestion, word_questions
from auditor.documents.collect import is_folder
from auditor.documents.model import ProofStatus, ReadDocument
from auditor.documents.readings.drafts import Draft, entry_of
from auditor.documents.readings.families import Family
from auditor.documents.readings.loader import answers_in, load_readings
from auditor.documents.readings.writing import CHOICES, append, entry_text, restore
from auditor.documents.recognition.hypotheses import State
from auditor.errors import AuditorError
from auditor.languages import Text
from auditor.records.loader import record_types
from auditor.records.model import RecordType
from auditor.rules.loader import load_rule_sets

_ANSWER = "answer"  # how messages name what is not written yet
_MOST_ROUNDS = 20  # in which likely readings are taken; each needs one that the round before made likely
Broken = frozenset[tuple[str, str, str]]  # document, proof, place


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer that was written: what stood in the file before, and what speaks against the answer now."""

    before: bytes | None
    doubts: tuple[Text, ...]


class MappingSession:
    """The questions of one folder. The caller says `using(setup.own)`; the setup was made with `new_readings`."""

    def __init__(self, folder: Path, setup: Setup, progress: Progress, workers: int | None = None) -> None:
        """Reads the folder. Raises NoFolder."""
        if not is_folder(folder):
            raise NoFolder(folder.name, str(folder))
        self.reading = setup.reading
        self._folder, self._setup, self._workers = folder, setup, workers
        self._rules = load_rule_sets(setup.rules)
        self._documents: list[ReadDocument] = []
        self._passed: set[str] = set()  # ids of questions that were asked already
        self._read((), progress)

    @property
    def types(self) -> Mapping[str, RecordType]:
        """The record types that hold."""
        return record_types()

    def questions(self) -> list[OpenQuestion]:
        """What is open, the most useful first; no question comes twice."""
        return [each for each in self.open() if each.id not in self._passed]

    def open(self) -> list[OpenQuestion]:
        """All that is open, also what was passed over."""
        documents = [(each.path, each.tables) for each in self._documents]
        present = {name for each in self._documents for name, count in each.counts.items() if count}
        return open_questions(documents, record_types(), self._rules, present, self.reading.readings)

    def word_questions(self) -> list[WordQuestion]:
        """The words of choices that nobody knows, a field at a time; no field comes twice."""
        return [each for each in self.open_words() if each.id not in self._passed]

    def open_words(self) -> list[WordQuestion]:
        """All words of choices that nobody knows."""
        return word_questions(self._documents, record_types(), self._rules, self.reading.readings)

    def skip(self, question: OpenQuestion | WordQuestion) -> None:
        """Leave a question open."""
        self._passed.add(question.id)

    def mistakes_in_words(self, question: WordQuestion, words: Mapping[str, str]) -> tuple[AuditorError, ...]:
        """What is wrong with an answer for words; it is not written while anything is."""
        text = f"choices:\n{entry_text(question.entry(words))}\n"
        return answers_in(text, record_types(), _ANSWER)[1]

    def answer_words(
        self, question: WordQuestion, words: Mapping[str, str], *, likely: bool = False, confirmed: str | None = None
    ) -> None:
        """Write what words of a field mean, and read their documents again; words that are left out stay open. Raises
        what keeps the file from being written."""
        assert self.reading.path is not None
        entry = question.entry(words, likely=likely, confirmed=confirmed)
        append(self.reading.path, entry, self.reading.shown, CHOICES)
        interrupts.now_written()
        self._load()
        self._read_open()
        self._passed.add(question.id)

    def mistakes(self, question: OpenQuestion, draft: Draft) -> tuple[AuditorError, ...]:
        """What is wrong with an answer; it is not written while anything is."""
        text = f"tables:\n{entry_text(entry_of(draft, question.family))}\n"
        return answers_in(text, record_types(), _ANSWER)[1]

    def answer(
        self, question: OpenQuestion, draft: Draft, *, likely: bool = False, confirmed: str | None = None
    ) -> Answered:
        """Write an answer and recognise the rest again. Raises what keeps the file from being written."""
        broken, unread = self._broken(question.family), self._unread(question.family)
        before = self._write(question, draft, likely=likely, confirmed=confirmed)
        self._read_open()
        return Answered(before, tuple(self._doubts(question.family, broken, unread)))

    def take_back(self, answered: Answered) -> None:
        """Undo an answer: the file is what it was before, and what it taught is forgotten."""
        assert self.reading.path is not None
        restore(self.reading.path, answered.before, self.reading.shown)
        self._load()
        self._passed.clear()
        self._read(())

    def accept_likely(self, confirmed: str | None = None) -> int:
        """Write all that is likely as such, also what becomes likely thereby and what words of choices likely mean; how
        many answers that are."""
        count = self._accept_likely_tables(confirmed)
        for each in self.word_questions():
            if each.likely and not self.mistakes_in_words(each, each.likely):
                self.answer_words(each, each.likely, likely=True, confirmed=confirmed)
                count += 1
        return count

    def _accept_likely_tables(self, confirmed: str | None) -> int:
        count = 0
        for _ in range(_MOST_ROUNDS):
            taken = [each for each in self.questions() if each.family.state is State.LIKELY]
            drafts = [(each, draft) for each in taken if (draft := each.draft()) is not None]
            drafts = [(each, draft) for each, draft in drafts if not self.mistakes(each, draft)]
            if not drafts:
                break
            for each, draft in drafts:
                self._write(each, draft, likely=True, confirmed=confirmed)
            count += len(drafts)
            self._read_open()
        return count

    # --- reading and writing ---

    def _write(self, question: OpenQuestion, draft: Draft, *, likely: bool, confirmed: str | None) -> bytes | None:
        assert self.reading.path is not None
        entry = entry_of(draft, question.family, likely=likely, confirmed=confirmed)
        before = append(self.reading.path, entry, self.reading.shown)
        self._passed.add(question.id)
        interrupts.now_written()
        self._load()
        return before

    def _load(self) -> None:
        assert self.reading.path is not None
        self.reading = load_readings(self.reading.path, record_types(), self.reading.shown)

    def _read_open(self) -> None:
        """Read again what an answer may concern: documents with tables that are open or were unlike any type, which an
        answer's words may tell; and those with words that nobody knows."""
        self._read([each for each in self._documents if not each.strange and is_read_whole(each)])

    def _read(self, kept: Sequence[ReadDocument], progress: Progress | None = None) -> None:
        settings, readings = self._setup.settings, self.reading.readings
        self._documents = read_tables(
            self._folder, settings, progress or Silent(), self._workers, None, readings=readings, kept=kept
        )

    # --- what speaks against an answer ---

    def _of(self, family: Family) -> list[ReadDocument]:
        paths = {each.path for each in family.tables}
        return [each for each in self._documents if each.path in paths]

    def _broken(self, family: Family) -> Broken:
        return frozenset(
            (each.path, proof.name, proof.where)
            for each in self._of(family)
            for proof in each.proofs
            if proof.status is ProofStatus.BROKEN
        )

    def _unread(self, family: Family) -> dict[str, int]:
        return {each.path: each.problem_rows for each in self._of(family)}

    def _doubts(self, family: Family, broken: Broken, unread: dict[str, int]) -> Iterator[Text]:
        """Proofs that the answer breaks, and rows that cannot be read by it."""
        for each in self._of(family):
            for proof in each.proofs:
                if proof.status is ProofStatus.BROKEN and (each.path, proof.name, proof.where) not in broken:
                    place = proof.where or each.path
                    yield Text(f"{place}: {proof.detail.en}", f"{place}：{proof.detail.zh}")
            rows = each.problem_rows - unread.get(each.path, 0)
            if rows > 0:
                counted = "1 row" if rows == 1 else f"{rows} rows"
                yield Text(f"{each.path}: {counted} cannot be read so", f"{each.path}：有 {rows} 行按此读法无法读取")
