"""What speaks for and against a hypothesis, in sentences for people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from auditor.documents.recognition.hypotheses import ColumnReading, Ground
from auditor.documents.recognition.table_evidence import DAY, MONTH, YEAR, TableEvidence
from auditor.documents.vocabulary import FLAG, MONEY_IN, MONEY_OUT, RANGE
from auditor.languages import Text
from auditor.records.model import RecordType

_MOST = 6  # columns that a sentence names
_ROLES = {
    MONEY_IN: Text("Money in", "收入"), MONEY_OUT: Text("Money out", "支出"), FLAG: Text("Side", "收支方向"),
    RANGE: Text("Numbers", "起止号码"), YEAR: Text("Year", "年"), MONTH: Text("Month", "月"), DAY: Text("Day", "日"),
}  # fmt: skip


def reasons(
    table: TableEvidence, record_type: RecordType, columns: Mapping[str, ColumnReading], fields: Mapping[str, str],
    missing: Sequence[str], proved: Sequence[str], failed: Sequence[str],
) -> tuple[tuple[Text, ...], tuple[Text, ...]]:
    because: list[Text] = []
    against: list[Text] = []
    known = [each for each in columns.values() if each.ground is Ground.WORD]
    parts = [each for each in columns.values() if each.ground in (Ground.EQUAL_PARTS, Ground.PART)]
    name = table.names.get(record_type.name)
    if name is not None:
        where = name.text.strip()
        because.append(Text(f"named “{name.name}” in “{where}”", f"“{where}”中写明“{name.name}”"))
    if known:
        shown = [each.header for each in known][:_MOST]
        because.append(Text(f"known headers: {', '.join(shown)}", f"认得的表头：{'、'.join(shown)}"))
    for each in parts[:_MOST]:
        title = title_of(record_type, each.role)
        because.append(Text(f"“{each.header}” is like {title.en}", f"“{each.header}”与“{title.zh}”相近"))
    for result in proved:
        title = title_of(record_type, result)
        because.append(Text(f"{title.en} can be computed from the other columns", f"{title.zh}与其他栏逐行相符"))
    for role, value in fields.items():
        title = title_of(record_type, role)
        because.append(Text(f"{title.en}: {value}, as stated around the table", f"{title.zh}：{value}（取自表外文字）"))
    for result in failed:
        title = title_of(record_type, result)
        against.append(Text(f"{title.en} does not follow from the other columns", f"{title.zh}与其他栏不符"))
    against += [not_stated(record_type, role) for role in missing]
    rest = left_over(table, columns.values())
    against += [rest] if rest is not None else []
    return tuple(because), tuple(against)


def not_stated(record_type: RecordType, role: str) -> Text:
    """That a required field cannot be had."""
    title = title_of(record_type, role)
    return Text(f"nothing states {title.en}", f"未见{title.zh}")


def left_over(table: TableEvidence, columns: Iterable[ColumnReading]) -> Text | None:
    """Which columns with a header no field has; None if there are none."""
    used = {each.index for each in columns}
    free = [at for at, kind in enumerate(table.kinds) if at not in used and not table.is_idle(at, kind)]
    rest = [table.shape.headers[at] for at in free if table.shape.headers[at]]
    if not rest:
        return None
    return Text(f"columns left over: {', '.join(rest[:_MOST])}", f"未用到的栏：{'、'.join(rest[:_MOST])}")


def title_of(record_type: RecordType, role: str) -> Text:
    each = record_type.fields.get(role)
    if each is not None:
        return each.title
    return _ROLES.get(role, Text(role, role))
