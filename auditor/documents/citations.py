"""Numbers of papers that a record names only in its texts: 联络单LX-07 in a remark is the number of that memo.

A field that `cites` a record type holds the number of such a paper. Where no column states it, it is looked for in the
record's free texts, by the form of the numbers that such papers have: letters as they stand, and as many digits. So a
paper that is not there is cited all the same. A text that names two different numbers names none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

import pyarrow as pa

from auditor.engine import Engine
from auditor.records.model import Field, FieldType, RecordType
from auditor.values.text import folded, number_text

_DIGITS = re.compile("[0-9]+")
_FEWEST_DIGITS = 3  # of a number that has letters, too
_FEWEST_ALONE = 5  # of one that has none: shorter ones may be amounts, days and pieces


def find_citations(engine: Engine, types: Mapping[str, RecordType]) -> int:
    """Fills every field that cites papers, where it is empty, from the texts of its record; returns how many different
    texts named one."""
    found = 0
    for record in types.values():
        texts = [each.name for each in record.fields.values() if each.free_text and each.type is FieldType.TEXT]
        for field in record.fields.values():
            if field.cites is not None and texts:
                found += _find(engine, record.name, field, texts, types[field.cites])
    return found


def _find(engine: Engine, table: str, field: Field, texts: list[str], paper: RecordType) -> int:
    identity = next((name for name in paper.identity if name in paper.fields), None)
    if identity is None:
        return 0
    known = [row[0] for row in engine.rows(
        f'SELECT DISTINCT "{identity}" FROM "{paper.name}" WHERE "{identity}" IS NOT NULL ORDER BY 1')]  # fmt: skip
    pattern = pattern_of_numbers(known)
    if pattern is None:
        return 0
    text = "concat_ws(' ', " + ", ".join(f'"{name}"' for name in texts) + ")"
    open_ones = f'"{table}" AS t WHERE t."{field.name}" IS NULL AND {text} <> \'\''
    rows = engine.rows(f"SELECT DISTINCT {text} FROM {open_ones} ORDER BY 1")
    cited = [(row[0], numbers_cited(row[0], pattern)) for row in rows]
    pairs = [(written, numbers[0]) for written, numbers in cited if len(numbers) == 1]
    if pairs:
        written, numbers = (list(column) for column in zip(*pairs, strict=True))
        with engine.registered(_cited=pa.table({"written": written, "number": numbers})):
            engine.execute(f'UPDATE "{table}" AS t SET "{field.name}" = c.number FROM _cited AS c'
                           f' WHERE t."{field.name}" IS NULL AND {text} = c.written')  # fmt: skip
    return len(pairs)


def numbers_cited(text: str, pattern: re.Pattern[str]) -> list[str]:
    """The different numbers of such papers in a text, in their order."""
    return list(dict.fromkeys(pattern.findall(folded(text).upper())))


def pattern_of_numbers(known: Iterable[str]) -> re.Pattern[str] | None:
    """What numbers look like that have the form of known ones; None where no form tells them from other numbers."""
    forms = {form for each in known if (form := _form(number_text(each))) is not None}
    if not forms:
        return None
    listed = "|".join(sorted(forms, key=lambda form: (-len(form), form)))
    return re.compile(f"(?<![A-Z0-9])(?:{listed})(?![A-Z0-9])")


def _form(number: str) -> str | None:
    digits = sum(map(len, _DIGITS.findall(number)))
    letters = any(each.isalpha() for each in number)
    if digits < (_FEWEST_DIGITS if letters else _FEWEST_ALONE):
        return None
    parts = re.split("([0-9]+)", number)
    return "".join(f"[0-9]{{{len(each)}}}" if each.isdigit() else re.escape(each) for each in parts)
