"""What `auditor read` and `auditor layouts` print."""

from __future__ import annotations

import csv
import io
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path, PurePath
from typing import Any

from rich.table import Table

from auditor.audit.documents import read_paths
from auditor.audit.errors import PasswordVariableUnset
from auditor.audit.settings import FILE
from auditor.audit.setup import RuleNames, set_up, settled_folder, setup_for
from auditor.cli.drawing import draw_scans
from auditor.cli.show import err, out, show_error
from auditor.cli.speech import LANGUAGE, say
from auditor.documents.layouts.form_layouts import form_layouts
from auditor.documents.layouts.loader import layouts_of
from auditor.documents.model import ReadDocument, Status, record_dicts
from auditor.documents.readings.families import OPEN
from auditor.documents.recognition.hypotheses import State, TableReading
from auditor.records.loader import record_types
from auditor.records.model import Field, FieldType
from auditor.reports.titles import shown_value
from auditor.resources import KINDS, DataFile, data_files, using

BAD = (Status.UNREADABLE, Status.NOT_RECOGNISED, Status.ASKED, Status.WITH_PROBLEMS)
STATUSES = {
    Status.READ: "已读取",
    Status.WITH_PROBLEMS: "已读取，有问题",
    Status.DUPLICATE: "重复文件",
    Status.NOT_RECOGNISED: "未识别",
    Status.ASKED: "待确认",
    Status.UNREADABLE: "无法读取",
    Status.IGNORED: "已忽略",
}


STATES = {
    State.SURE: "确定是",
    State.CONFIRMED: "已由人确认为",
    State.LIKELY: "很可能是",
    State.ASKED: "待确认，像是",
    State.NONE: "不是已知的表",
}
PROOF_NAMES = {
    "running balance": "余额逐笔",
    "opening and closing": "期初期末",
    "printed totals": "所载合计",
    "printed counts": "所载笔数",
    "continuity": "账单连续",
    "quantity × price": "数量 × 单价",
    "net + tax": "金额 + 税额",
    "foreign amount × rate": "原币 × 汇率",
    "parts and whole": "分项与合计",
    "words and figures": "大小写",
    "check digit": "校验位",
    "data and page": "数据与版面",
}
PROOF_STATES = {
    "holds": "成立",
    "broken": "不符",
    "not possible": "无法验证",
    "proved": "已验证",
    "unproved": "未验证",
    "corrected": "已更正",
}


def read_files(
    files: Sequence[Path],
    form: str | None,
    rows: int,
    password_env: Sequence[str],
    rules: RuleNames = None,
    layouts: str | None = None,
    show: Path | None = None,
) -> int:
    """Print what is read; 2 if a file was not read whole, else 0. `show`: where pictures of scanned pages are drawn.
    Raises PasswordVariableUnset, OutputNotWritable."""
    for name in password_env:
        if name not in os.environ:
            raise PasswordVariableUnset("--password-env", name, name=name)
    documents = read_paths(files, tuple(os.environ[name] for name in password_env), rules, layouts)
    setups = [setup_for(path, rules, layouts) for path in files]
    mistakes = {each.message(LANGUAGE): each for setup in setups for each in setup.reading.mistakes}
    for mistake in mistakes.values():
        show_error(mistake)
    with using(setups[0].own):
        _tell(documents, form, rows, _settings_used(files))
    if show is not None:
        draw_scans(files, documents, show)
    return 2 if mistakes or any(each.status in BAD for each in documents) else 0


def _settings_used(files: Sequence[Path]) -> list[str]:
    """The audit.yaml files by which the files are read, as seen from here."""
    folders = [settled_folder(path) for path in files]
    used = [PurePath(os.path.relpath(each / FILE)).as_posix() for each in folders if each is not None]
    return list(dict.fromkeys(used))


def _tell(documents: Sequence[ReadDocument], form: str | None, rows: int, settings: Sequence[str]) -> None:
    for path in settings:
        words = say(f"read as {path} says", f"按 {path} 的设置读取")
        (out if form is None else err).print(words, markup=False)
    if form == "json":
        told = {"settings": list(settings), "documents": [each.as_dict() for each in documents]}
        write_data(json.dumps(told, ensure_ascii=False, indent=1) + "\n")
    elif form == "csv":
        write_data(_csv(documents))
    else:
        for document in documents:
            _show(document, rows)
    if form is not None:
        for document in documents:
            for problem in document.problems:
                err.print(problem.message(LANGUAGE), markup=False)


def write_data(text: str) -> None:
    """Data for another program: UTF-8, whatever the terminal's code page."""
    buffer = getattr(sys.stdout, "buffer", None)
    if buffer is None:
        sys.stdout.write(text)
    else:
        buffer.write(text.encode("utf-8"))
        buffer.flush()


def _show(document: ReadDocument, rows: int) -> None:
    shown = document.as_dict(records=False)
    status = say(document.status.value, STATUSES[document.status])
    out.print()
    out.print("  ".join(part for part in (document.path, status, document.layout) if part), markup=False, style="bold")
    if document.rows_seen:
        words = say(
            "rows: {seen} seen = {records} records + {problems} problems + {ignored} ignored",
            "行数：共 {seen} 行 = 记录 {records} + 问题 {problems} + 忽略 {ignored}",
        )
        out.print(words.format(**shown["rows"]))
    for name, table in document.records.items():
        title = record_types()[name].title
        out.print(f"{say(title.en, title.zh)} ({name}): {table.num_rows}", markup=False)
        _records(name, record_dicts(table.slice(0, rows)), table.num_rows)
    for each in document.tables:
        for line in _table_lines(each):
            out.print(line, markup=False)
    _remarks(document, shown)


def _table_lines(table: TableReading) -> list[str]:
    """What a table is read as, and by what evidence; of one that is asked the two best proposals."""
    shape, types = table.shape, record_types()
    place = " ".join(filter(None, (shape.sheet, shape.begins.in_(LANGUAGE))))
    head = say(f"table {place}: {table.state.value}", f"表格 {place}：{STATES[table.state]}")
    shown = [each for each in table.hypotheses if each.record in types][: 2 if table.state in OPEN else 1]
    if table.state is State.NONE or not shown:
        return [head]
    lines = []
    for number, each in enumerate(shown):
        words = [*each.because, *(each.against if table.state in OPEN else ())]
        title = types[each.record].title.in_(LANGUAGE)
        evidence = say("; ", "；").join(text.in_(LANGUAGE) for text in words)
        start = head if number == 0 else say("    or", "    或")
        lines.append(f"{start} {title} ({each.record})" + (say(": ", "：") + evidence if evidence else ""))
    return lines


def _remarks(document: ReadDocument, shown: dict[str, Any]) -> None:
    """Proofs, problems, what was ignored and what is worth knowing: a line each."""
    for proof in shown["proofs"]:
        name = say(proof["name"], PROOF_NAMES.get(proof["name"], proof["name"]))
        words = f"{name}: {_state(proof['status'])}  {proof['detail'][LANGUAGE]}"
        out.print(say("proof", "验证") + f" {words}", markup=False)
    for problem in document.problems:
        out.print(say("problem", "问题") + f" {problem.message(LANGUAGE)}", markup=False)
    for each in shown["ignored"]:
        count = f"{each['count']} × " if each["count"] else ""
        words = f" {count}{each['reason'][LANGUAGE]} ({each['place']})"
        out.print(say("ignored", "忽略") + words, markup=False)
    for each in shown["remarks"]:
        out.print(say("remark", "备注") + f" {each['place']}: {each['text'][LANGUAGE]}", markup=False)


def _records(name: str, records: list[dict[str, Any]], total: int) -> None:
    if not records:
        return
    every = record_types()[name].fields.values()
    fields = [field for field in every if any(field.name in record for record in records)]
    heads = [say(field.title.en, field.title.zh) for field in fields] + [say("proof", "验证")]
    lines = [
        [_value(field, record.get(field.name)) for field in fields] + [_proved(record["_source"], name)]
        for record in records
    ]
    if out.is_terminal:
        table = Table(*heads, box=None, pad_edge=False)
        for line in lines:
            table.add_row(*(cell.replace("[", r"\[") for cell in line))
        out.print(table)
    else:
        for line in (heads, *lines):
            out.print("\t".join(line), markup=False)
    more = total - len(records)
    if more > 0:
        words = say(
            f"… {more} more (--rows, --json or --csv show all)", f"…… 另有 {more} 条（用 --rows、--json 或 --csv 查看）"
        )
        out.print(words, markup=False)


def _value(field: Field, value: Any) -> str:
    """A value as it stands in the table: a choice in the user's language."""
    if field.type is FieldType.CHOICE and isinstance(value, str):
        return shown_value(value, field).in_(LANGUAGE)
    return "" if value is None else str(value)


def _state(state: str | None) -> str:
    return say(state or "", PROOF_STATES.get(state or "", state or ""))


def _proved(source: dict[str, Any], name: str) -> str:
    """What is proved of a record, and which of its fields: `proved: amount, balance`."""
    fields = record_types()[name].fields
    said = []
    for state in ("broken", "proved"):
        titles = [fields[each].title for each in source[state]]
        if titles:
            listed = say(", ".join(_lowered(each.en) for each in titles), "、".join(each.zh for each in titles))
            said.append(say(f"{_state(state)}: {listed}", f"{_state(state)}：{listed}"))
    if source["proof"] in ("broken", "proved") and said:
        return say("; ", "；").join(said)
    return say("; ", "；").join([_state(source["proof"]), *said])


def _lowered(title: str) -> str:
    """A title inside a sentence; abbreviations stay as they are."""
    return " ".join(word if len(word) > 1 and word.isupper() else word.lower() for word in title.split())


def _csv(documents: Sequence[ReadDocument]) -> str:
    """One CSV of all records: document, record type, page and row, then the fields of the types that occur."""
    types = [name for name in record_types() if any(name in document.records for document in documents)]
    fields = list(dict.fromkeys(field for name in types for field in record_types()[name].fields))
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["document", "record", "page", "row", "proof", "proved", "broken", *fields])
    for document in documents:
        for name, table in document.records.items():
            for record in record_dicts(table):
                source = record["_source"]
                place = [document.path, name, source["page"], source["row"], source["proof"]]
                said = [",".join(source[state]) for state in ("proved", "broken")]
                writer.writerow([*place, *said, *(record.get(field, "") for field in fields)])
    return text.getvalue()


def list_layouts(folder: Path | None, rules: RuleNames, layouts: str | None) -> None:
    """The layouts of tables and of forms, then the record types whose headers alone are enough; of those that the
    program did not bring, the file. `folder` is an audited folder, whose audit.yaml may name more."""
    with using(set_up(settled_folder(folder) if folder else None, rules, layouts).own):
        known = [(each.name, each.record, each.title) for each in layouts_of().values()]
        known += [(each.layout, each.record, each.text) for each in form_layouts()]
        types = record_types()
        files = {kind: data_files(kind) for kind in KINDS}
    out.print(say("Layouts", "版式"), style="bold")
    for name, record, title in known:
        _line(f"{name:<34} {record:<22} {say(title.en, title.zh)}", files["layouts"][name])
    out.print()
    out.print(say("Record types, known by their headers alone", "记录类型（凭表头即可识别）"), style="bold")
    for name, record_type in types.items():
        _line(f"{name:<34} {say(record_type.title.en, record_type.title.zh)}", files["records"][name])


def _line(text: str, file: DataFile) -> None:
    out.print(f"  {text}" + (f"  ← {file.shown}" if file.own else ""), markup=False)
