"""Whether `.` or `,` stands before the decimals: one convention for all figures of a table.

`1,234` is 1234 or 1.234, and `1.234` likewise. What tells are figures that can be read in one way only: `12.5`, `12,5`,
`1.234,56`, `1,234,567`, `0.125`. In a document that shows none of them, `1,234` as an amount of money has groups,
since no amount is printed with three decimals; `1.234` stays open.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from auditor.documents.decisions.decision import Basis, Decision
from auditor.values.text import folded

Mark = str  # "." or ","

_NUMBER = re.compile(r"\d[\d.,'’ \u00a0\u202f]*", re.ASCII)
_GROUP = 3  # digits


def mark_of(text: str) -> Mark | None:
    """The decimal mark that a text shows beyond doubt; None if it shows none or can be read both ways."""
    found = _NUMBER.search(folded(text))
    if found is None:
        return None
    number = found[0].rstrip(" .,'’\u00a0\u202f")
    marks = [each for each in number if each in ".,"]
    if not marks:
        return None
    if len(set(marks)) == 2:
        last = marks[-1]
        return last if marks.count(last) == 1 else None
    (mark,) = set(marks)
    other = "," if mark == "." else "."
    head, *groups = number.split(mark)
    if len(marks) > 1:
        return other if all(len(group) == _GROUP for group in groups) and len(head) <= _GROUP else None
    if len(groups[0]) != _GROUP or len(head) > _GROUP or head.startswith("0") or not head:
        return mark
    return None


def ambiguous(text: str) -> bool:
    """Whether a text can be read with either mark, such as `1,234` or `1.234`."""
    number = _NUMBER.search(folded(text))
    bare = number[0].strip() if number else ""
    return bool(re.fullmatch(r"[1-9]\d{0,2}[.,]\d{3}", bare, re.ASCII))


def decide(texts: Iterable[str], *, declared: Mark | None = None) -> Decision[Mark]:
    """The decimal mark of the figures of a table. `texts`: the distinct texts of all its columns of figures.

    Open if both marks occur, or if there are figures such as `1.234` and none that tells.
    """
    if declared is not None:
        return Decision(declared, Basis.DECLARED)
    shown: set[Mark] = set()
    points = False
    for text in texts:
        mark = mark_of(text)
        if mark is not None:
            shown.add(mark)
        elif ambiguous(text):
            points |= "." in text
    if len(shown) == 1:
        return Decision(shown.pop(), Basis.VALUES)
    return Decision(None, Basis.NOTHING, open=len(shown) == 2 or points)
