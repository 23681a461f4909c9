"""Answers the questions of `auditor map` about a house's month from its truth, one at a time, the most useful first.

    python tests/samples/house_session.py FOLDER TRUTH [MOST]

FOLDER and TRUTH are what `make_month.py --house` writes; the answers stand in FOLDER/reading.yaml, which is made anew.
After MOST answers (default: 25) it stops. Prints each question, how its proposal was, and what is left open.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from house_answers import field, numbered
from house_reader import Told, told

from auditor.audit.mapping import MappingSession
from auditor.audit.progress import Silent
from auditor.audit.questions import OpenQuestion
from auditor.audit.setup import set_up
from auditor.audit.word_questions import WordQuestion
from auditor.documents.headers import header_key
from auditor.documents.readings.drafts import Draft
from auditor.documents.readings.families import shown_columns
from auditor.documents.workers import kept_workers
from auditor.resources import using

_LEAST = 0.45  # of the headers that the truth must know
_ROLES = {"<in>": "in", "<out>": "out", "<flag>": "flag", "<m>": "month", "<d>": "day", "<y>": "year"}
_WHO = "truth"


class Answerer:
    """The truth of a house as somebody who knows its papers."""

    def __init__(self, truth: Path) -> None:
        self._tables = told((truth / "readings.csv").read_bytes())
        with (truth / "words.csv").open(encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        self._words = {row["house"].casefold(): row["sample"] for row in rows if row["what"] == "choice"}

    def draft(self, question: OpenQuestion) -> Draft:
        """The answer to a question: a record type with its columns, or that it is none."""
        table = self._table(question)
        if table is None or table.record == "none":
            return Draft(ignore="no record of any type")
        if table.matrix and table.matrix != "labels":
            return Draft(table.record, matrix=dict(part.split("=", 1) for part in table.matrix.split(" ")))
        return Draft(table.record, self._columns(question, table), dict(self._fields(question, table)))

    def words(self, question: WordQuestion) -> dict[str, str]:
        """What the house's words for choices mean, as far as its truth says."""
        found = {}
        for each in question.words:
            word = self._words.get(each.word.casefold(), each.word)
            meant = next((key for key, words in question.choices.items() if word in (key, *words)), each.proposal)
            if meant is not None:
                found[each.word] = meant
        return found

    def _table(self, question: OpenQuestion) -> Told | None:
        """The table of the truth that a question is about: in a file of that name, by its headers."""
        placed = question.family.tables[0]
        asked = [header_key(each) for each in placed.shape.headers if each and not each.startswith("@")]
        found: list[tuple[float, Told]] = []
        for table in self._tables:
            if table.file.rpartition("/")[2] not in placed.path:
                continue
            if table.sheet and placed.shape.sheet and table.sheet != placed.shape.sheet:
                continue
            said = [*map(header_key, table.headers), *(header_key(each.partition("@")[0]) for each in table.given)]
            known = sum(any(_is_same(one, other) for other in said) for one in asked) / max(1, len(asked))
            stands = sum(any(_is_same(one, header_key(h)) for one in asked) for h in table.headers) / len(table.headers)
            found.append((known if table.matrix == "labels" else min(known, stands), table))
        best = max(found, key=lambda each: each[0], default=None)
        return best[1] if best is not None and best[0] >= _LEAST else None

    def _columns(self, question: OpenQuestion, table: Told) -> dict[str, str | None]:
        left = list(zip(numbered(table.headers), map(_role, table.fields), strict=True))
        columns: dict[str, str | None] = {}
        for each in shown_columns(question.family.shape):
            if not each.filled:
                continue
            key = header_key(each.name)
            ends = [(header, role) for header, role in left if header_key(header) == key]
            ends += [(header, role) for header, role in left if len(header_key(header)) > 1 and key.endswith(header_key(header))]
            columns[each.name] = None
            if ends:
                left.remove(ends[0])
                columns[each.name] = ends[0][1]
        stated = {header_key(header) for header in table.headers}
        groups = [name for name in _groups(table) if name not in columns.values()]
        free = [name for name, role in columns.items() if role is None and header_key(name) not in stated]
        columns |= dict(zip(sorted(free, key=lambda each: each.startswith("@")), groups, strict=False))
        return _each_once(columns)

    def _fields(self, question: OpenQuestion, table: Told) -> Iterator[tuple[str, str]]:
        """The kind that a title states for all rows."""
        for name, value in table.given.items():
            kind = question.types[table.record].fields.get(name.partition("@")[0])
            if value and kind is not None and kind.name == "kind":
                word = self._words.get(value.casefold(), value)
                yield "kind", next((key for key, words in kind.choices.items() if word in (key, *words)), value)


def _is_same(asked: str, known: str) -> bool:
    return asked == known or (len(known) > 1 and asked.endswith(known))


def _role(name: str) -> str | None:
    said = field(name)
    return None if said in (None, "<cell>", "<total>") else _ROLES.get(said, said)


def _groups(table: Told) -> list[str]:
    """The fields that lines inside a table state, those of days last."""
    names = [name.partition("@")[0] for name in table.given if name.endswith("@group")]
    return sorted(names, key=lambda name: name == "date")


def _each_once(columns: Mapping[str, str | None]) -> dict[str, str | None]:
    seen: set[str] = set()
    found: dict[str, str | None] = {}
    for name, role in columns.items():
        found[name] = None if role in seen else role
        seen |= {role} if role else set()
    return found


class Knowing(Protocol):
    """Somebody who knows what tables are, and what words for choices mean."""

    def draft(self, question: OpenQuestion) -> Draft: ...

    def words(self, question: WordQuestion) -> dict[str, str]: ...


def answered(folder: Path, knowing: Knowing, most: int) -> Iterator[str]:
    """Answer at most `most` questions about a folder, of tables and of words; a line about each, and the last about what
    is left."""
    (folder / "reading.yaml").unlink(missing_ok=True)
    setup = set_up(folder, None, None, new_readings=True)
    with using(setup.own), kept_workers():
        session = MappingSession(folder, setup, Silent(), 2)
        count = 0
        while count < most and (open_questions := session.questions()):
            question, count = open_questions[0], count + 1
            draft, proposal = knowing.draft(question), question.draft()
            yield f"{count} of {len(open_questions)} {question.family.tables[0].where}: {draft.record}, {_verdict(draft, proposal)}"
            if session.mistakes(question, draft):
                session.skip(question)
            else:
                session.answer(question, draft, confirmed=_WHO)
        for words in session.word_questions():
            meant = knowing.words(words)
            if count < most and meant:
                count += 1
                session.answer_words(words, meant, confirmed=_WHO)
                yield f"{count} words of {words.field}: {meant}"
        yield f"{count} answers; left open: {len(session.open())}"


def _verdict(draft: Draft, proposal: Draft | None) -> str:
    if proposal is None or proposal.record != draft.record:
        return f"proposed as {proposal.record if proposal is not None else 'nothing'}"
    mine = {name: role for name, role in draft.columns.items() if role}
    told_by = {name: role for name, role in {**proposal.columns, **proposal.labels}.items() if role}
    return "proposed right" if mine == told_by else "proposed with other columns"


def main(arguments: Sequence[str]) -> int:
    """Answers, and prints what was asked."""
    most = int(arguments[2]) if len(arguments) > 2 else 25
    for line in answered(Path(arguments[0]), Answerer(Path(arguments[1])), most):
        print(line, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
