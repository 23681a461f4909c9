"""Statements that a rule set draws up beside its findings: a bank reconciliation, a cash count.

`statements/NAME.yaml` gives the subjects (an account, a count) and the lines. A line is a SELECT of `subject`, `amount`
and, where it lists what it is made of, `item`; or a sum of other lines. What does not tie is seen in a line of the role
`check`.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, model_validator

from auditor.errors import AuditorError
from auditor.marked_yaml import YamlError, load
from auditor.rules.schema import Bilingual, Model, Name
from auditor.rules.validation import validated

Role = Literal["balance", "add", "less", "result", "check", "note"]


class Line(Model):
    """One line: either a `select`, or the `sum` of lines named before, a minus before those to take off."""

    name: Name
    role: Role
    label: Bilingual
    select: str | None = None
    assumed: bool = False  # an amount here is taken on trust: with one, the statement proves nothing
    sum: list[Annotated[str, Field(pattern=r"^-?[a-z][a-z0-9_]*$")]] = []

    @model_validator(mode="after")
    def _one_of_both(self) -> Line:
        if (self.select is None) == (not self.sum):
            raise ValueError("a line has either select or sum")
        return self


class StatementFile(Model):
    """A statement as its file states it. `subjects` gives `subject`, `currency` and, if known, `name`."""

    kind: Name
    title: Bilingual
    subjects: str
    lines: Annotated[list[Line], Field(min_length=1)]


def load_statements(folder: Path) -> tuple[Mapping[str, StatementFile], tuple[AuditorError, ...]]:
    """The statements of a rule set by name, and what is wrong with those that could not be loaded."""
    statements: dict[str, StatementFile] = {}
    errors: list[AuditorError] = []
    for path in sorted((folder / "statements").glob("*.yaml")):
        try:
            marked = load(path, file=f"statements/{path.name}")
        except YamlError as error:
            errors.append(error)
            continue
        statement, found = validated(StatementFile, marked.data or {}, marked)
        errors += found
        if statement is not None:
            statements[path.stem] = statement
    return statements, tuple(errors)
