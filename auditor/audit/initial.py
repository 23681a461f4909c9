"""A first `audit.yaml` for a folder, written from what is found in it.

What the documents say stands there as a setting; what a person has to decide stands there as a comment that becomes a
setting when its `#` is taken away. The same folder gives the same file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import yaml

from auditor import interrupts
from auditor.audit.choosing import Found, sets_for
from auditor.audit.documents import own_names, read_folder
from auditor.audit.errors import NoFolder, PeriodUnknown, SettingsExist, SettingsNotWritable
from auditor.audit.naming import own_company
from auditor.audit.period import settled_period
from auditor.audit.progress import Progress, Silent
from auditor.audit.questions import open_questions
from auditor.audit.reading_file import reading_file
from auditor.audit.settings import FILE, Settings, SettingsFile
from auditor.documents.collect import collect, is_folder
from auditor.documents.errors import AmbiguousTable, PasswordNeeded
from auditor.documents.identity.masters import build_masters
from auditor.documents.model import ReadDocument, Status
from auditor.documents.patterns import pattern_of, within_quotes
from auditor.documents.questions import Question
from auditor.documents.readings.loader import NO_READING_FILE, ReadingFile
from auditor.documents.readings.writing import entry_text
from auditor.documents.store import store
from auditor.engine import DuckEngine, Engine
from auditor.errors import AuditorError
from auditor.languages import Text
from auditor.records.loader import record_types
from auditor.rules.binding import lacking
from auditor.rules.loader import find_rule_set, load_rule_sets, shipped_rule_sets
from auditor.rules.model import RuleSet

DEFAULT_CURRENCY = "CNY"

_HEAD = Text(
    "Settings of this audit, written by `auditor init`. A line that begins with # says nothing until the # and the "
    "blank behind it are removed.",
    "本次审核的设置，由 `auditor init` 生成。以 # 开头的行不起作用，删去 # 及其后的一个空格后生效。",
)
_ENTITY = Text("the company that is audited; no document says it", "被审核的公司；资料中未写明")
_PERIOD = Text("the month in which most records lie", "记录最多的月份")
_NO_PERIOD = Text(
    "a month, or 2026-10-01..2026-10-31; no document has a date", "月份，或 2026-10-01..2026-10-31；资料中没有日期"
)
_CURRENCY = Text("of amounts that name none", "未注明币种的金额按此币种")
_RULES = Text(
    "The rule set, chosen by the documents found: one that the program brings (`auditor rules list`), several as "
    "[a, b], or a folder of your own (`auditor rules copy NAME DIR` begins one).",
    "规则集，按资料种类选定：可写程序自带的规则集（见 `auditor rules list`），多个写成 [a, b]，"
    "或自建规则集的文件夹（`auditor rules copy 名称 文件夹` 可复制一份来改）。",
)
_WITHOUT = Text(
    "No documents were found for these duties and rules; they are told as not run. If the company has no such "
    "business, remove the # and the blank before `without:`, and the names of those that shall run all the same.",
    "未找到以下职责和规则所需的资料，将列为未执行。公司没有这类业务时，请删去 `without:` 行首的“# ”，"
    "并删去仍须执行的名称。",
)
_PARAMETERS = Text(
    "Tolerances, windows and limits, with their defaults. Remove the # and the blank before `parameters:` and the # "
    "before the line you change.",
    "容差、期限和限额及其默认值。修改时请删去 `parameters:` 行首的“# ”和所改那一行的 #。",
)
_DOCUMENTS = Text(
    "Files that need a word from you: a layout or record type (`auditor layouts list`), or why they are left out.",
    "需要您说明的文件：指定版式或记录类型（见 `auditor layouts list`），或写明忽略的原因。",
)
_NONE = Text(
    "Every file was recognised. An entry for one that is not would read:", "所有文件均已识别。如需指定，可这样写："
)
_DECLARED = Text(
    "What a document leaves open can be said here; of several entries that fit a file each key counts where it first "
    "stands.",
    "资料本身未注明的内容可在此声明；多个条目适用于同一文件时，每个键以最先写明的为准。",
)
# A key of an entry with an example, and what it says.
_DECLARATIONS = (
    ("sign: out_positive", Text("a positive amount without a side is money out", "未分收支的正数为支出")),
    ("date_order: dmy", Text("03/04/2026 is the 3rd of April", "03/04/2026 为 4 月 3 日")),
    ('decimal: ","', Text("1.234,56 is one thousand", "1.234,56 即一千二百余")),
    ("year: 2026", Text("of dates that state none", "日期未写年份时")),
    ("currency: USD", Text("of amounts that name none", "金额未注明币种时")),
    ('account: "6222020200112233445"', Text("of a statement that names none; in quotes", "账单未写账号时；须加引号")),
    ("unit: 万元", Text("of amounts that state none", "金额未注明单位时")),
)
_TABLES = Text(
    "What these tables are nobody has said yet. `auditor map FOLDER` asks; or put the entries, corrected where they "
    "are wrong, below `tables:` of reading.yaml (`ignore: why` in the place of `record:` for what is not audited).",
    "以下各表是什么尚未确认。可运行 `auditor map 文件夹` 逐个回答；也可改正后写在 reading.yaml 的 `tables:` 之下"
    "（不审核的表把 `record:` 换成 `ignore: 原因`）。",
)
_WHY_IGNORED = "与本次审核无关 / not part of this audit"


@dataclass(frozen=True, slots=True)
class Folder:
    """What the folder says of itself, and the rule sets that it chooses of those that are shipped."""

    entity: str | None
    period: tuple[date, date] | None
    currency: str
    documents: Sequence[ReadDocument]
    implied: Set[str]  # record types that follow from the documents, such as their accounts
    rules: RuleSet
    shipped: RuleSet
    reading: ReadingFile = NO_READING_FILE

    @property
    def present(self) -> frozenset[str]:
        """The record types that documents gave or that follow from them."""
        given = {name for each in self.documents for name, count in each.counts.items() if count}
        return frozenset(given | self.implied)


def write_settings(folder: Path, *, progress: Progress | None = None, workers: int | None = None) -> Path:
    """Write `audit.yaml` into the folder and give its path.

    Raises NoFolder, SettingsExist (it is never overwritten) or SettingsNotWritable.
    """
    if not is_folder(folder):
        raise NoFolder(folder.name, str(folder))
    path = folder / FILE
    if path.exists():
        raise SettingsExist(FILE, str(path))
    text = settings_text(look_at(folder, progress or Silent(), workers))
    try:
        with interrupts.held(), path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
            interrupts.now_written()
    except FileExistsError as error:
        raise SettingsExist(FILE, str(path)) from error
    except OSError as error:
        raise SettingsNotWritable(FILE, str(path), reason=error.strerror or type(error).__name__) from error
    return path


def look_at(folder: Path, progress: Progress, workers: int | None) -> Folder:
    """Read the folder's documents as an audit without settings would."""
    types = record_types()
    settings = Settings(SettingsFile())
    reading = reading_file(folder, settings, types)
    documents = read_folder(folder, settings, progress, workers, None, readings=reading.readings)
    engine = DuckEngine()
    try:
        progress.stage("store", None)
        kept = store(engine, documents, types)
        try:
            period = settled_period(engine, types, None)[0]
        except PeriodUnknown:
            period = None
        shipped = load_rule_sets([find_rule_set(name) for name in shipped_rule_sets()])
        rules = sets_for(shipped, Found(engine, [table for each in kept for table in each.tables]))
        entity, currency = own_company(engine, collect(folder)), _currency(engine)
        implied = build_masters(engine, types, own_names(settings)).implied.types
        return Folder(entity, period, currency, kept, implied, rules, shipped, reading)
    finally:
        engine.close()


def _currency(engine: Engine) -> str:
    """The currency that most records name."""
    tables = [name for name, each in sorted(record_types().items()) if "currency" in each.fields]
    every = " UNION ALL ".join(f'SELECT currency FROM "{name}" WHERE currency IS NOT NULL' for name in tables)
    rows = engine.rows(
        f"SELECT currency, count(*) AS n FROM ({every}) GROUP BY currency ORDER BY n DESC, currency LIMIT 1"
    )
    return str(rows[0][0]) if rows else DEFAULT_CURRENCY


# --- the file's text ---


def settings_text(found: Folder) -> str:
    """The lines of audit.yaml."""
    rule_set = found.rules
    lines = [*_comment(_HEAD), ""]
    lines += _setting("entity", found.entity, _ENTITY, "某某有限公司")
    month = f"{found.period[0]:%Y-%m}" if found.period else None
    lines += _setting("period", month, _PERIOD if month else _NO_PERIOD, "2026-10")
    lines += _setting("currency", found.currency, _CURRENCY, DEFAULT_CURRENCY)
    names = [each.name for each in rule_set.asked]
    rules = names[0] if len(names) == 1 else f"[{', '.join(names)}]"
    lines += [*_comment(_RULES), f"rules: {rules}"]
    lines += _without(rule_set, found.present)
    lines += ["", *_comment(_PARAMETERS), "# parameters:"]
    for name, parameter in rule_set.manifest.parameters.items():
        lines.append(f"#   {name}: {_quoted(parameter.default)}  # {parameter.title.zh} / {parameter.title.en}")
    doubtful = [line for document in found.documents for line in _entry(document)]
    lines += ["", *_comment(_DOCUMENTS if doubtful else _NONE), "documents:"]
    lines += doubtful or [f"# - {{path: {_quoted('others/*.xlsx')}, ignore: {_quoted(_WHY_IGNORED)}}}"]
    lines += [*(f"# {line}" for line in _comment(_DECLARED)), f"# - path: {_quoted('bank/*.csv')}"]
    lines += [f"#   {key}  # {says.zh} / {says.en}" for key, says in _DECLARATIONS]
    lines += _open_tables(found)
    return "\n".join(lines) + "\n"


def _without(rule_set: RuleSet, present: Set[str]) -> Iterator[str]:
    """The duties and rules that cannot run, to be left out by whoever knows that the company has no such business."""
    rules = sorted(rule_set.rules.values(), key=lambda rule: (rule.head.duty, rule.id))
    can_run = {rule.head.duty for rule in rules if not lacking(rule_set, rule, present)}
    idle = [each for each in rules if lacking(rule_set, each, present)]
    if not idle or not can_run:
        return
    names = list(dict.fromkeys(rule.id if rule.head.duty in can_run else rule.head.duty for rule in idle))
    known = {**rule_set.manifest.duties, **{name: rule.head.title for name, rule in rule_set.rules.items()}}
    titles = [known[name] for name in names if name in known]
    said = f"{'；'.join(each.zh for each in titles)} / {'; '.join(each.en for each in titles)}"
    yield from [*_comment(_WITHOUT), f"# without: [{', '.join(names)}]  # {said}"]


def _open_tables(found: Folder) -> Iterator[str]:
    """What tables probably are that nobody has said, as the entries of reading.yaml that would say it."""
    tables = [(each.path, each.tables) for each in found.documents]
    questions = open_questions(tables, record_types(), found.shipped, found.present, found.reading.readings)
    if not questions:
        return
    yield from ["", *_comment(_TABLES)]
    for question in questions:
        types = [question.types[each.record].title for each in question.proposals]
        where = ", ".join(each.where for each in question.family.tables)
        probably = Text(" or ".join(each.en for each in types), "或".join(each.zh for each in types))
        yield f"# # {_one_line(where)}: {probably.zh or '?'} / {probably.en or '?'}"
        yield from (f"# {line}" for line in entry_text(question.entry(), 0).splitlines())


def _comment(text: Text) -> list[str]:
    return [f"# {text.zh}", f"# {text.en}"]


def _setting(name: str, value: str | None, why: Text, example: str) -> Iterator[str]:
    """A setting; where nothing is known, the line that a person may complete."""
    if value is None:
        yield f"# {name}: {_plain(example)}  # {why.zh} / {why.en}"
    else:
        yield f"{name}: {_plain(value)}" + ("" if name == "entity" else f"  # {why.zh} / {why.en}")


def _entry(document: ReadDocument) -> Iterable[str]:
    """The comment for a document that was not read or that asks, with what would settle it."""
    asked = [problem for problem in document.problems if isinstance(problem, Question) and problem.answers]
    unread = document.may_hold_any or document.status in (Status.NOT_RECOGNISED, Status.UNREADABLE)
    if not unread and not asked and not _ambiguous(document):
        return
    yield from _why(asked or document.problems[:1])
    yield f"# - path: {_quoted(pattern_of(document.path))}"
    candidates = _ambiguous(document)
    if candidates:
        yield f"#   layout: {candidates.split(', ')[0]}  # {candidates}"
    elif asked:
        for answers in dict.fromkeys(problem.answers for problem in asked):
            yield f"#   {answers[0]}" + (f"  # {' / '.join(answers)}" if answers[1:] else "")
    elif any(isinstance(problem, PasswordNeeded) for problem in document.problems):
        yield "#   password: AUDIT_PASSWORD  # 保存密码的环境变量名 / the environment variable that holds it"
    else:
        yield f"#   ignore: {_quoted(_WHY_IGNORED)}"


def _why(problems: Iterable[AuditorError]) -> Iterator[str]:
    for problem in problems:
        zh, en = (problem.summary(language).removeprefix(f"{problem.place}: ") for language in ("zh", "en"))
        yield f"# # {_one_line(zh)} / {_one_line(en)}"


def _ambiguous(document: ReadDocument) -> str:
    problem = next((each for each in document.problems if isinstance(each, AmbiguousTable)), None)
    return str(problem.values["candidates"]) if problem else ""


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _quoted(text: str) -> str:
    return f'"{within_quotes(text)}"'


def _plain(text: str) -> str:
    """A value without quotes where YAML reads it back as the same text."""
    return text if text.isprintable() and _reads_back(text) else _quoted(text)


def _reads_back(text: str) -> bool:
    try:
        return bool(yaml.safe_load(f"key: {text}  # note") == {"key": text})
    except yaml.YAMLError:
        return False  # not plain YAML: it gets quotes
