"""What `auditor read` and `auditor layouts` print."""

from __future__ import annotations

import csv
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rich.table import Table

from auditor.audit.documents import read_paths
from auditor.cli.show import out
from auditor.cli.speech import LANGUAGE, say
from auditor.documents.layouts.loader import layouts_of
from auditor.documents.model import ReadDocument, record_dicts
from auditor.records.loader import record_types

BAD = ("unreadable", "not recognised", "read with problems")


def read_files(files: Sequence[Path], form: str | None, rows: int, password_env: Sequence[str]) -> int:
    """Print what is read; 2 if a file was not read whole, else 0."""
    passwords = tuple(os.environ[name] for name in password_env if name in os.environ)
    documents = read_paths(files, passwords)
    if form == "json":
        text = json.dumps({"documents": [each.as_dict() for each in documents]}, ensure_ascii=False, indent=1)
        sys.stdout.write(text + "\n")
    elif form == "csv":
        _csv(documents)
    else:
        for document in documents:
            _show(document, rows)
    return 2 if any(each.status.value in BAD for each in documents) else 0


def _show(document: ReadDocument, rows: int) -> None:
    shown = document.as_dict(records=False)
    out.print(f"\n[bold]{_escaped(document.path)}[/bold]  {_escaped(shown['status'])}  {_escaped(shown['layout'] or '')}")
    counts = shown["rows"]
    out.print(say("rows: {seen} seen = {records} records + {problems} problems + {ignored} ignored",
                  "行数：共 {seen} 行 = 记录 {records} + 问题 {problems} + 忽略 {ignored}").format(**counts))
    for name, table in document.records.items():
        record_type = record_types()[name]
        title = say(record_type.title.en, record_type.title.zh)
        out.print(f"{title} ({name}): {table.num_rows}", markup=False)
        _records(name, record_dicts(table.slice(0, rows)), table.num_rows)
    for proof in shown["proofs"]:
        out.print(say("proof", "验证") + f" {proof['name']}: {proof['status']}  {proof['detail'][LANGUAGE]}", markup=False)
    for problem in document.problems:
        out.print(say("problem", "问题") + f" {problem.message(LANGUAGE)}", markup=False)
    for each in shown["ignored"]:
        out.print(say("ignored", "忽略") + f" {each['count']} × {each['reason'][LANGUAGE]} ({each['place']})", markup=False)
    for each in shown.get("remarks", ()):
        out.print(say("remark", "备注") + f" {each['place']}: {each['text'][LANGUAGE]}", markup=False)


def _records(name: str, records: list[dict[str, Any]], total: int) -> None:
    fields = [field for field in record_types()[name].fields.values() if any(field.name in record for record in records)]
    if not records:
        return
    heads = [say(field.title.en, field.title.zh) for field in fields] + [say("proof", "验证")]
    lines = [[str(record.get(field.name, "")) for field in fields] + [str(record["_source"]["proof"] or "")] for record in records]
    if out.is_terminal:
        table = Table(*heads, box=None, pad_edge=False)
        for line in lines:
            table.add_row(*map(_escaped, line))
        out.print(table)
    else:
        for line in (heads, *lines):
            out.print("\t".join(line), markup=False)
    if total > len(records):
        out.print(say(f"… {total - len(records)} more (--rows, --json or --csv show all)",
                      f"…… 另有 {total - len(records)} 条（用 --rows、--json 或 --csv 查看）"))


def _csv(documents: Sequence[ReadDocument]) -> None:
    """One CSV of all records: document, record type, page and row, then the fields of the types that occur."""
    types = [name for name in record_types() if any(name in document.records for document in documents)]
    fields = list(dict.fromkeys(field for name in types for field in record_types()[name].fields))
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(["document", "record", "page", "row", "proof", *fields])
    for document in documents:
        for name, table in document.records.items():
            for record in record_dicts(table):
                source = record["_source"]
                writer.writerow([document.path, name, source["page"], source["row"], source["proof"],
                                 *(record.get(field, "") for field in fields)])


def _escaped(text: str) -> str:
    return text.replace("[", r"\[")


def list_layouts() -> None:
    """The layouts by name, then the record types whose headers alone are enough."""
    for layout in layouts_of().values():
        out.print(f"{layout.name:<36}{layout.record}", markup=False)
    for name, record_type in record_types().items():
        out.print(f"{name:<36}{say(record_type.title.en, record_type.title.zh)}", markup=False)
