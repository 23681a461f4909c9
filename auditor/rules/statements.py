"""Statements that a rule set draws up beside its findings: a bank reconciliation, a cash count.

`statements/NAME.yaml` gives the subjects (an account, a count) and the lines. A line is a SELECT of `subject`, `amount`
and, where it lists what it is made of, `item`; or a sum of other lines. What does not tie is seen in a line of the role
`check`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from auditor.errors import AuditorError
from auditor.languages import Text
from auditor.rules.schema import Model, Name
from auditor.strict_yaml import Bilingual, Marked, load_strictly, shaped, text_at, value_at, wrong_value

_LINE = Text("the name of a line, a minus before it to take it off", "某一行的名称，减项前加 -")
_ONE_OF_BOTH = Text("a line with either `select` or `sum`", "含 `select` 或 `sum` 之一的行")

Role = Literal["balance", "add", "less", "result", "check", "note"]


class Line(Model):
    """One line: either a `select`, or the `sum` of lines named before, a minus before those to take off."""

    name: Name
    role: Role
    label: Bilingual
    select: str | None = None
    corrects: bool = False  # an amount here must be booked first: with one, the account ties only after that
    assumed: bool = False  # an amount here is taken on trust: with one, the statement proves nothing
    sum: list[Annotated[str, shaped(r"^-?[a-z][a-z0-9_]*$", _LINE)]] = []


class StatementForm(Model):
    """How accountants lay a statement out: what its two sides are called, which way its gap is taken, who signs."""

    sheet: Bilingual | None = None         # what its sheet of the workbook is called, before the account
    sides: Annotated[list[Bilingual], Field(min_length=2, max_length=2)]   # of the evidence, of the books
    gap: Literal["book_less_evidence", "evidence_less_book"] = "book_less_evidence"
    signers: Annotated[list[Bilingual], Field(min_length=3, max_length=3)]  # prepared, reviewed, approved
    note: Bilingual | None = None          # stands under it


class StatementFile(Model):
    """A statement as its file states it. `subjects` gives `subject`, `currency` and, if known, `name`."""

    kind: Name
    title: Bilingual
    rules: list[str] = []                  # whose exceptions it lists: without one of them it says nothing
    form: StatementForm | None = None
    subjects: str
    lines: Annotated[list[Line], Field(min_length=1)]


def load_statements(folder: Path, before: str = "") -> tuple[Mapping[str, StatementFile], tuple[AuditorError, ...]]:
    """The statements of a folder by name, and what is wrong with those that could not be loaded. `before` is what
    stands before the names of its files in messages."""
    statements: dict[str, StatementFile] = {}
    errors: list[AuditorError] = []
    for path in sorted((folder / "statements").glob("*.yaml")):
        loaded = load_strictly(path, StatementFile, file=f"{before}statements/{path.name}", checks=_one_of_both)
        errors += loaded.mistakes
        if loaded.value is not None:
            statements[path.stem] = loaded.value
    return statements, tuple(errors)


def _one_of_both(marked: Marked) -> Iterator[AuditorError]:
    """A line has either select or sum."""
    lines = value_at(marked.data, "lines")
    for place, line in enumerate(lines if isinstance(lines, list) else ()):
        if isinstance(line, dict) and ("select" in line) == ("sum" in line):
            yield wrong_value(marked, ("lines", place), _ONE_OF_BOTH, key=text_at(line, "name"))
