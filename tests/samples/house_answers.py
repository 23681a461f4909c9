"""Answers what is asked about a house's documents, from the truth of them: entries as `reading.yaml` has them.

    python tests/samples/house_answers.py TRUTH                     all entries, one a family of tables
    python tests/samples/house_answers.py TRUTH QUESTIONS.json      only those that answer the questions

TRUTH is the folder with `readings.csv` that `make_month.py --house` writes; QUESTIONS are the questions of
`auditor map FOLDER --json`: a list, or an object with a list under `questions`.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml
from house_reader import Told, told

# Where a question says which table it is about: the first of these names that it has.
FILE, SHEET, TABLE, HEADERS = ("path", "document", "file"), ("sheet",), ("table", "number"), ("headers", "header")
Entry = dict[str, Any]


def families(tables: Iterable[Told]) -> list[list[Told]]:
    """Tables that are one question: alike in headers, fields and record type."""
    found: dict[tuple[object, ...], list[Told]] = defaultdict(list)
    for each in tables:
        found[each.record, each.headers, each.fields, each.matrix].append(each)
    return list(found.values())


def entry(family: Sequence[Told]) -> Entry:
    """The entry of a family: its columns or labels, and what all its tables state elsewhere alike."""
    first = family[0]
    if first.record == "none":
        return {"headers": numbered(first.headers), "record": "ignore: no record of any type"}
    columns = dict(zip(numbered(first.headers), map(field, first.fields), strict=True))
    answer: Entry = {"headers": numbered(first.headers), "record": first.record}
    if first.matrix == "labels":
        answer["labels"] = columns
    elif first.matrix:
        answer["matrix"] = dict(part.split("=", 1) for part in first.matrix.split(" "))
    else:
        answer["columns"] = columns
    if constants := _constants(family):
        answer["fields"] = constants
    return answer


def field(name: str) -> str | None:
    """A field as an entry names it: none for `-`, the first of two that are as good as one another."""
    if name == "-":
        return None
    return next((part for part in name.split("/") if part != "-"), None)


def numbered(headers: Sequence[str]) -> list[str]:
    """Headers, the second of two alike as `header#2`."""
    seen: dict[str, int] = defaultdict(int)
    shown = []
    for header in headers:
        seen[header] += 1
        shown.append(header if seen[header] == 1 else f"{header}#{seen[header]}")
    return shown


def _constants(family: Sequence[Told]) -> dict[str, str]:
    """What stands beside all tables of a family with the same value; what a group line states is in the table."""
    stated = [
        {name: value for name, value in each.given.items() if value and not name.endswith("@group")} for each in family
    ]
    shared = {pair for pair in stated[0].items() if all(pair in each.items() for each in stated)}
    return {name.partition("@")[0]: value for name, value in sorted(shared) if not name.startswith(("year@", "month@"))}


def answers(questions: Iterable[Mapping[str, Any]], tables: Sequence[Told]) -> list[Entry]:
    """An entry for each question, in their order; each family once.

    Raises LookupError for a question about a table that the truth does not know.
    """
    given: list[Entry] = []
    for question in questions:
        family = next((each for each in families(tables) if any(_is_about(question, one) for one in each)), None)
        if family is None:
            raise LookupError(f"the truth knows no such table: {dict(question)}")
        answer = entry(family)
        if answer not in given:
            given.append(answer)
    return given


def _is_about(question: Mapping[str, Any], table: Told) -> bool:
    headers = _first(question, HEADERS)
    if headers is not None and set(map(str, headers)) - set(numbered(table.headers)):
        return False
    file, sheet, number = _first(question, FILE), _first(question, SHEET), _first(question, TABLE)
    if file is not None and not str(file).endswith(table.file):
        return False
    if table.sheet and sheet is not None and sheet != table.sheet:
        return False
    return headers is not None or number is None or int(number) == table.table


def _first(question: Mapping[str, Any], names: Sequence[str]) -> Any:
    return next((question[name] for name in names if question.get(name) not in (None, "")), None)


def main(arguments: Sequence[str]) -> int:
    """Prints entries as YAML."""
    tables = told((Path(arguments[0]) / "readings.csv").read_bytes())
    if len(arguments) > 1:
        asked = json.loads(Path(arguments[1]).read_text(encoding="utf-8"))
        entries = answers(asked["questions"] if isinstance(asked, dict) else asked, tables)
    else:
        entries = [entry(family) for family in families(tables)]
    print(yaml.safe_dump({"tables": entries}, allow_unicode=True, sort_keys=False), end="")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
