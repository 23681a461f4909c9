"""Where a part of a YAML scalar stands: an expression's token, a line of a SELECT."""

from __future__ import annotations

from auditor.errors import AuditorError, Place
from auditor.marked_yaml import Marked
from auditor.rules.conditions import Fault

Loc = tuple[str | int, ...]


def fault_error(marked: Marked, loc: Loc, text: str, fault: Fault) -> AuditorError:
    """A fault as an error at its place in the file."""
    return fault.kind(place_in(marked, loc, text, fault), shown_line(marked, loc, text, fault), **fault.values)


def place_in(marked: Marked, loc: Loc, text: str, fault: Fault) -> Place:
    """The place of an offset in the scalar at `loc`, whatever quotes or folding it is written with.

    The word at the offset is the n-th of its kind in the text; it is sought as the n-th of its kind from where the
    scalar begins in the file.
    """
    begin = marked.place(loc)
    word = _word(text, fault.start)
    if not word or begin.line is None or begin.column is None:
        return begin
    before = text[: fault.start].count(word)
    line, column = begin.line, begin.column
    while line <= len(marked.lines):
        written = marked.lines[line - 1]
        at = written.find(word, column - 1)
        while at >= 0:
            if before == 0:
                return Place(marked.file, line, at + 1)
            before -= 1
            at = written.find(word, at + len(word))
        line, column = line + 1, 1
    return begin


def shown_line(marked: Marked, loc: Loc, text: str, fault: Fault) -> str:
    """The line of the file on which the fault lies."""
    line = place_in(marked, loc, text, fault).line or 1
    return marked.lines[line - 1].strip() if line <= len(marked.lines) else fault.found


def _word(text: str, start: int) -> str:
    """The run of letters, digits and underscores at an offset, or the one sign that stands there."""
    end = start
    while end < len(text) and (text[end].isalnum() or text[end] == "_"):
        end += 1
    return text[start:end] or text[start : start + 1].strip()
