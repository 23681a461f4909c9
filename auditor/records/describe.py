"""Describes a record type for people: what its fields are and by which headers they are found."""

from __future__ import annotations

from auditor.records.model import Field, RecordType, Relation, RelationKind

_WORDS = {
    "en": ("Field", "Title", "Type", "Headers", "Notes", "Identified by", "required", "needs its header",
           "from a numbered book", "names a", "kept in", "taken from the heading",
           "may name several numbers", "Headers of a column of ranges", "where another field does not take it",
           "for each unit, never summed", "never summed", "whom the record is about", "may hold the label of a total",
           "free text", "Proved by", "In a matrix, in either direction",
           "on labelled papers", "Titles of the paper", "Rows of"),
    "zh": ("字段", "名称", "类型", "表头", "说明", "识别", "必填", "须有表头", "来自编号簿", "对应主数据", "单位",
           "取自同一文件的表头记录", "一格可列多个号码", "号码段列的表头", "未被其他栏采用时",
           "单位金额，不合计", "不合计", "记录所涉及的对方", "可载合计行的标记", "自由文本", "勾稽关系",
           "可为纵横矩阵表", "单据上的项目", "单据标题", "所属单据"),
}  # fmt: skip


def describe(record: RecordType, language: str) -> str:
    """A section of Markdown on `record` in `language`: its identity and a table of its fields."""
    words = _WORDS[language]
    lines = [
        f"## {record.title.in_(language)} `{record.name}`",
        "",
        f"{words[5]}: " + ", ".join(f"`{each}`" for each in record.identity),
        "",
        "| " + " | ".join(words[:5]) + " |",
        "|---|---|---|---|---|",
    ]
    lines += [_row(each, language) for each in record.fields.values()]
    if record.flow:
        columns = (*record.flow.money_in, *record.flow.money_out, *record.flow.flag_headers)
        lines += ["", f"{words[3]}: {_list(columns)}"]
    if record.range:
        lines += ["", f"{words[13]}: {_list(record.range.headers)}"]
    if record.matrix:
        at = record.matrix
        lines += ["", f"{words[21]}: `{at.names}` × `{at.date}` → `{at.cell}`"]
    if record.relations:
        lines += ["", f"{words[20]}: " + "; ".join(_relation(each) for each in record.relations)]
    if record.titles:
        lines += ["", f"{words[23]}: {_list(record.titles)}"]
    if record.lines_of:
        lines += ["", f"{words[24]}: " + ", ".join(f"`{each}`" for each in record.lines_of)]
    return "\n".join(lines) + "\n"


_SIGNS = {RelationKind.PRODUCT: "×", RelationKind.SUM: "+", RelationKind.DIFFERENCE: "−"}


def _relation(relation: Relation) -> str:
    return f" {_SIGNS[relation.kind]} ".join(f"`{each}`" for each in relation.parts) + f" = `{relation.result}`"


def _row(field: Field, language: str) -> str:
    title, headers, notes = field.title.in_(language), _list(field.headers), _notes(field, language)
    cells = (f"`{field.name}`", title, field.type.value, headers, notes)
    return "| " + " | ".join(cells) + " |"


def _notes(field: Field, language: str) -> str:
    words = _WORDS[language]
    notes = [f"`{key}`" + (f" ({_list(meant)})" if meant else "") for key, meant in field.choices.items()]
    if field.required:
        notes.append(words[6])
    if field.required_header:
        notes.append(words[7])
    if field.book:
        notes.append(words[8])
    if field.master:
        notes.append(f"{words[9]} `{field.master}`")
    if field.unit:
        notes.append(f"{words[10]} {field.unit}")
    if field.inherit:
        notes.append(f"{words[11]} `{field.inherit}`")
    if field.also:
        notes.append(f"{_list(field.also)} ({words[14]})")
    if field.labels:
        notes.append(f"{words[22]}: {_list(field.labels)}")
    if field.several:
        notes.append(words[12])
    properties = (field.price, field.never_summed, field.party is not None, field.label, field.free_text)
    notes += [words[15 + place] for place, holds in enumerate(properties) if holds]
    return "; ".join(notes)


def _list(texts: tuple[str, ...]) -> str:
    return ", ".join(each.replace("|", "\\|") for each in texts)
