"""Statements that a rule set draws up beside its findings: a bank reconciliation, a cash count, an ageing.

`statements/NAME.yaml` gives the subjects (an account, a count), what stands above (`heading`), the lines and the parts.
A line is a SELECT of `subject`, `amount` and, where it lists what it is made of, `item`; or a sum of other lines. What
does not tie is seen in a line of the role `check`. A part is a table: a SELECT of `subject` and what its columns show,
each column with its kind of value, and a sum where it asks for one. What several of them need is SELECTed once, under
`tables`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from auditor.errors import AuditorError
from auditor.languages import Text
from auditor.rules.manifest import RECORD_TYPE, Duty
from auditor.rules.schema import Model, Name
from auditor.strict_yaml import Bilingual, Marked, load_strictly, shaped, text_at, value_at, wrong_value

_LINE = Text("the name of a line, a minus before it to take it off", "某一行的名称，减项前加 -")
_ONE_OF_BOTH = Text("a line with either `select` or `sum`", "含 `select` 或 `sum` 之一的行")
_LINES_OR_PARTS = Text("a statement with `lines`, `parts` or both", "含 `lines`、`parts` 或两者的表")
_SUMMABLE = Text("`sum` in a column of money, count or quantity", "`sum` 只用于 money、count、quantity 列")

Role = Literal["balance", "add", "less", "result", "check", "note"]
CellKind = Literal["text", "date", "money", "count", "quantity", "percent", "currency"]
SUMMABLE = ("money", "count", "quantity")


class Line(Model):
    """One line: either a `select`, or the `sum` of lines named before, a minus before those to take off."""

    name: Name
    role: Role
    label: Bilingual
    select: str | None = None
    corrects: bool = False  # an amount here must be booked first: with one, the account ties only after that
    below: bool = False  # stands below the two sides, across both
    assumed: bool = False  # an amount here is taken on trust: with one, the statement proves nothing
    sum: list[Annotated[str, shaped(r"^-?[a-z][a-z0-9_]*$", _LINE)]] = []


class HeadingField(Model):
    """A field above the statement: a column of `subjects`; one that nobody knows is a blank to be filled in by hand."""

    label: Bilingual
    value: Name
    kind: CellKind = "text"


class Column(Model):
    """A column of a part: what it is called, and the SQL expression over the part's SELECT that it shows."""

    name: Name
    label: Bilingual
    kind: CellKind = "text"
    value: str | None = None               # default: the SELECT's column of this name
    sum: bool = False                      # summed below, by currency where the part has a column of that kind
    words: Mapping[str, Bilingual] = {}    # what values of it are called, where people do not read them as they are


class Part(Model):
    """A table of a statement. `order` is SQL over the SELECT; what it leaves open is ordered by all columns."""

    name: Name
    title: Bilingual | None = None
    select: str
    order: str | None = None
    columns: Annotated[list[Column], Field(min_length=1)]
    optional: bool = False                 # left out where it has no rows


class StatementForm(Model):
    """How accountants lay a statement out: what its two sides are called, which way its gap is taken, who signs."""

    sheet: Bilingual | None = None         # what its sheet of the workbook is called, before the account
    sides: Annotated[list[Bilingual], Field(min_length=2, max_length=2)] | None = None  # of the evidence, of the books
    gap: Literal["book_less_evidence", "evidence_less_book"] = "book_less_evidence"
    signers: Annotated[list[Bilingual], Field(min_length=3, max_length=3)]  # prepared, reviewed, approved
    blanks: list[Bilingual] = []           # lines to be filled in by hand, such as the reason of a difference
    note: Bilingual | None = None          # stands under it
    landscape: bool = False                # printed on a page turned


class StatementFile(Model):
    """A statement as its file states it. `subjects` gives `subject`, `currency` where it has one, what the heading
    shows, and the `name` of the subject where it is called otherwise; a null one where there is but one."""

    kind: Name
    title: Bilingual
    duty: Duty | None = None               # it is left out where no rule of this duty is left
    place: int = 50                        # where it stands among the statements, lowest first
    rules: list[str] = []                  # whose exceptions it lists: without one of them it says nothing
    needs: list[Annotated[str, RECORD_TYPE]] = []         # without a record of each of these it is not drawn up
    needs_one_of: list[Annotated[str, RECORD_TYPE]] = []  # nor without one of any of these
    form: StatementForm | None = None
    tables: Mapping[Name, str] = {}        # SELECTs that what follows may read, made one after another
    subjects: str
    heading: list[HeadingField] = []
    lines: list[Line] = []
    parts: list[Part] = []


def load_statements(
    folder: Path, before: str = "", types: Iterable[str] | None = None
) -> tuple[Mapping[str, StatementFile], tuple[AuditorError, ...]]:
    """The statements of a folder by name, and what is wrong with those that could not be loaded. `before` is what
    stands before the names of its files in messages; `types` are the record types that there are, if known."""
    names = {RECORD_TYPE: sorted(types)} if types is not None else None
    statements: dict[str, StatementFile] = {}
    errors: list[AuditorError] = []
    for path in sorted((folder / "statements").glob("*.yaml")):
        file = f"{before}statements/{path.name}"
        loaded = load_strictly(path, StatementFile, file=file, names=names, checks=_sound)
        errors += loaded.mistakes
        if loaded.value is not None:
            statements[path.stem] = loaded.value
    return statements, tuple(errors)


def _sound(marked: Marked) -> Iterator[AuditorError]:
    """A line has either select or sum, only figures are summed, and a statement has something to show."""
    lines, parts = value_at(marked.data, "lines"), value_at(marked.data, "parts")
    if not lines and not parts:
        yield wrong_value(marked, ("kind",), _LINES_OR_PARTS)
    for place, line in enumerate(lines if isinstance(lines, list) else ()):
        if isinstance(line, dict) and ("select" in line) == ("sum" in line):
            yield wrong_value(marked, ("lines", place), _ONE_OF_BOTH, key=text_at(line, "name"))
    for place, part in enumerate(parts if isinstance(parts, list) else ()):
        columns = value_at(part, "columns")
        for number, column in enumerate(columns if isinstance(columns, list) else ()):
            if isinstance(column, dict) and column.get("sum") and column.get("kind") not in SUMMABLE:
                yield wrong_value(marked, ("parts", place, "columns", number, "sum"), _SUMMABLE)
