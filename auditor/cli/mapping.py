"""What `auditor map` asks and prints."""

from __future__ import annotations

import getpass
import json
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from auditor.audit.mapping import MappingSession
from auditor.audit.questions import SHOWN_ROWS, OpenQuestion, loss_in_words
from auditor.audit.setup import RuleNames, set_up
from auditor.cli.reading import write_data
from auditor.cli.show import Shown, err, out, show_error
from auditor.cli.speech import LANGUAGE, say
from auditor.cli.word_mapping import ask_words, word_lines
from auditor.documents.readings.drafts import Draft, corrected, entry_of, ignored, lacking, named
from auditor.documents.readings.families import Family, shown_columns
from auditor.documents.readings.writing import entry_text
from auditor.documents.recognition.hypotheses import Hypothesis
from auditor.errors import AuditorError
from auditor.languages import Text
from auditor.records.model import RecordType
from auditor.resources import using
from auditor.strict_yaml import UnknownWord, nearest
from auditor.values.text import header_key

_MOST_FILES = 4  # of a family that are named
_WIDEST = 24  # characters of a cell
_MOST_COLUMNS = 14
_CORRECTION = re.compile(r"\s*[,，;；]\s*(?=[^,，;；=＝]+[=＝])")
_SIGN = re.compile("[=＝]")
ReadLine = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Signature:
    """Who answers, and on which day."""

    day: str
    by: str

    @property
    def text(self) -> str:
        return f"{self.day} {self.by}".strip()


def signed(day: str | None, by: str | None) -> Signature:
    """The signature of answers: as given, else today, and the name with which the user has logged in."""
    return Signature(day or date.today().isoformat(), by if by is not None else _login())


def _login() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""  # nobody is named: the answer stands all the same


def map_folder(
    folder: Path,
    *,
    form: str | None,
    accept: bool,
    signature: Signature,
    rules: RuleNames,
    layouts: str | None,
    workers: int | None,
) -> int:
    """Ask, print or accept what is open in a folder; 0 if nothing is left open, else 2."""
    setup = set_up(folder, rules, layouts, new_readings=True)
    with using(setup.own):
        with Shown() as progress:
            session = MappingSession(folder, setup, progress, workers)
        for mistake in session.reading.mistakes:
            show_error(mistake)
        if accept:
            _accept(session, signature, form)
        if form == "json":
            told = {
                "questions": [each.as_dict() for each in session.open()],
                "choices": [each.as_dict() for each in session.open_words()],
            }
            write_data(json.dumps(told, ensure_ascii=False, indent=1) + "\n")
        elif not accept and sys.stdin.isatty() and out.is_terminal:
            ask(session, signature, _line)
        else:
            _print_all(session)
        return 2 if session.open() or session.open_words() or session.reading.mistakes else 0


def _accept(session: MappingSession, signature: Signature, form: str | None) -> None:
    count = session.accept_likely(signature.text)
    shown = session.reading.shown
    words = say(
        f"{count} likely readings taken over, marked `state: likely` in {shown}",
        f"已采用 {count} 个很可能的读法，在 {shown} 中标为 `state: likely`",
    )
    (out if form is None else err).print(words, markup=False)


def _line(prompt: str) -> str:
    """What the user types behind a prompt; `q` where the input ends."""
    out.print(prompt, end="", markup=False)
    try:
        return input()
    except EOFError:
        return "q"


# --- what a question looks like ---------------------------------------------------------------------------------------


def _print_all(session: MappingSession) -> None:
    """All that is open, as text with the entries to paste."""
    questions = session.open()
    for number, each in enumerate(questions, 1):
        for line in question_lines(each, number, len(questions), session.types):
            out.print(line, markup=False)
        shown = session.reading.shown
        _say(f"  to answer, below `tables:` in {shown}:", f"  回答：在 {shown} 的 `tables:` 之下写：")
        out.print(entry_text(each.entry(), 4), markup=False)
        out.print()
    words = session.open_words()
    for about in words:
        for line in word_lines(about):
            out.print(line, markup=False)
        shown = session.reading.shown
        _say(f"  to answer, below `choices:` in {shown}:", f"  回答：在 {shown} 的 `choices:` 之下写：")
        out.print(entry_text(about.entry(), 4), markup=False)
        out.print()
    count = len(questions) + len(words)
    if count:
        _say(
            f"open questions: {count}; `auditor map FOLDER` on a terminal asks them",
            f"未回答的问题 {count} 个；在终端运行 `auditor map 文件夹` 逐个回答",
        )
    else:
        _say("no open question", "没有未回答的问题")


def question_lines(question: OpenQuestion, number: int, of: int, types: Mapping[str, RecordType]) -> list[str]:
    """A question: which tables, their first rows, what they probably are and why, and what is lost meanwhile."""
    family = question.family
    first = family.tables[0]
    count = first.shape.rows
    rows = say("1 row" if count == 1 else f"{count} rows", f"{count} 行")
    where = first.shape.begins.in_(LANGUAGE)
    lines = [f"{number}/{of}  {first.where}  {where}  ({rows})"]
    others = [each.where for each in family.tables[1:]]
    if others:
        listed = say(", ", "、").join(others[:_MOST_FILES])
        more = len(others) - _MOST_FILES
        rest = say(f" and {more} more", f"等 {len(others)} 张") if more > 0 else ""
        lines.append("  " + say(f"and alike: {listed}{rest}", f"同样的表：{listed}{rest}"))
    if family.shared:
        listed = say(", ", "、").join(each.where for each in family.shared[:_MOST_FILES])
        both = (f"the answer will also hold for {listed}: the same headers", f"回答同时适用于表头相同的 {listed}")
        lines.append("  " + say(*both))
    lines += [f"    {line}" for line in _table(family)]
    if not question.proposals:
        lines.append("  " + say("what is this table?", "这是什么表？"))
    for place, each in enumerate(question.proposals):
        lines += _proposal_lines(each, place, types)
    loss = loss_in_words(question.lost)
    if loss is not None:
        lines.append("  " + say(f"while this is open, {loss.en}", f"未回答时，{loss.zh}"))
    return lines


def _table(family: Family) -> list[str]:
    """The header and the first rows; of many columns the first."""
    columns = shown_columns(family.shape)
    shown = [at for at, each in enumerate(columns) if each.filled][:_MOST_COLUMNS]
    rows = [[columns[at].name for at in shown]]
    rows += [[row[at] if at < len(row) else "" for at in shown] for row in family.shape.values[:SHOWN_ROWS]]
    return [" | ".join(_short(cell) for cell in row) for row in rows]


def _short(cell: str) -> str:
    text = " ".join(cell.split())
    return text if len(text) <= _WIDEST else text[: _WIDEST - 1] + "…"


def _proposal_lines(hypothesis: Hypothesis, place: int, types: Mapping[str, RecordType]) -> list[str]:
    record = types[hypothesis.record]
    title = record.title.in_(LANGUAGE)
    words = say("probably", "像是") if place == 0 else say("or", "也可能是")
    lines = [f"  {words} {title} ({record.name})"]
    if place == 0:
        columns = [f"{each.header}={_field_title(each.role, record)}" for each in hypothesis.columns]
        if hypothesis.matrix is not None:
            axes = {"down": say("down", "纵向"), "across": say("across", "横向"), "cell": say("cells", "各格")}
            columns = [f"{axes[at]}={_field_title(role, record)}" for at, role in hypothesis.matrix.as_dict().items()]
        lines.append("    " + say(", ", "，").join(columns))
    for label, texts in (("because", hypothesis.because), ("against", hypothesis.against)):
        if texts:
            name = {"because": say("because", "依据"), "against": say("against it", "疑点")}[label]
            lines.append(f"    {name}{say(': ', '：')}" + say("; ", "；").join(each.in_(LANGUAGE) for each in texts))
    return lines


_ROLE_TITLES = {
    "<in>": Text("money in", "收入"),
    "<out>": Text("money out", "支出"),
    "<flag>": Text("in or out", "收支方向"),
    "<range>": Text("number range", "号码范围"),
    "<year>": Text("year", "年"),
    "<month>": Text("month", "月"),
    "<day>": Text("day", "日"),
}


def _field_title(role: str, record: RecordType) -> str:
    each = record.fields.get(role)
    title = each.title if each is not None else _ROLE_TITLES.get(role, Text(role, role))
    return title.in_(LANGUAGE)


# --- asking -----------------------------------------------------------------------------------------------------------


def ask(session: MappingSession, signature: Signature, read_line: ReadLine) -> None:
    """Ask one question after another until none is left or the user ends it."""
    _say(
        "y = as proposed, 2 = the second proposal, a record type's name (`auditor layouts list` shows them), "
        "header=field to correct a column (~ = no field), n = none of these, s = later, q = end",
        "y=按第一种，2=按第二种，或输入记录类型名称（见 `auditor layouts list`），列=字段 可更正某一列"
        "（~ 表示不对应字段），n=都不是，s=以后再说，q=结束",
    )
    number = 0
    while questions := session.questions():
        question, number = questions[0], number + 1
        out.print()
        for line in question_lines(question, number, number + len(questions) - 1, session.types):
            out.print(line, markup=False)
        if not _asked(session, question, signature, read_line):
            break
    else:
        ask_words(session, signature.text or None, read_line)
    left = len(session.open()) + len(session.open_words())
    if left:
        _say("1 question is left open" if left == 1 else f"{left} questions are left open", f"未回答的问题 {left} 个")
    else:
        _say("nothing is open", "没有未回答的问题")


def _say(en: str, zh: str) -> None:
    out.print(say(en, zh), markup=False)


def _asked(session: MappingSession, question: OpenQuestion, signature: Signature, read_line: ReadLine) -> bool:
    """One question until it is answered or passed over; False if the user ends the asking."""
    draft = question.draft()
    while True:
        typed = read_line(say("answer> ", "回答> ")).strip()
        word = typed.casefold()
        if not typed:
            continue
        if word == "q":
            return False
        if word == "s":
            session.skip(question)
            return True
        if word in ("n", "none", "都不是"):
            reason = read_line(say("why is it left out? > ", "不审核的原因> ")).strip()
            draft = ignored(reason or say("not part of this audit", "与本次审核无关"))
        elif word not in ("y", "yes", "是"):
            changed = _changed(session, question, draft, typed)
            if changed is None:
                continue
            draft = changed
            if word != "2":
                _show_draft(question, draft)
                continue
        if draft is None:
            _say("name a record type, or n", "请输入记录类型名称，或 n")
            continue
        if _written(session, question, draft, signature, read_line):
            return True
        draft = question.draft()


def _show_draft(question: OpenQuestion, draft: Draft) -> None:
    """The entry as it would be written, and what it lacks."""
    out.print(entry_text(entry_of(draft, question.family)), markup=False)
    missing = lacking(draft, question.types[draft.record]) if draft.record is not None else ()
    if missing:
        listed = Text(", ".join(each.title.en for each in missing), "、".join(each.title.zh for each in missing))
        _say(
            f"no column gives {listed.en} (header=field names one)",
            f"没有哪一列是{listed.zh}（可用 列=字段 指定）",
        )
    _say("y = write it so", "y=照此写入")


def _changed(session: MappingSession, question: OpenQuestion, draft: Draft | None, typed: str) -> Draft | None:
    """The draft that an answer other than yes and no makes; None where it is not understood, which is told."""
    if typed == "2":
        second = question.draft(1)
        if second is None:
            _say("there is no second proposal", "没有第二种读法")
        return second
    if _SIGN.search(typed):
        if draft is None or draft.record is None:
            _say("name the record type first", "请先输入记录类型名称")
            return None
        return _with_corrections(session, question, draft, typed)
    name = _record_named(typed, session.types)
    if name is None:
        show_error(_no_such_type(typed, session.types))
        return None
    return named(question.family, session.types[name])


def _no_such_type(typed: str, types: Mapping[str, RecordType]) -> UnknownWord:
    """What is typed is nobody's name; the nearest name or title is."""
    titles = {title: name for name, each in types.items() for title in (name, each.title.zh, each.title.en)}
    near = nearest(typed, titles) or next((each for each in titles if typed in each), None)
    listed = ", ".join(f"{name} {each.title.in_(LANGUAGE)}" for name, each in types.items())
    meant = titles[near] if near is not None else "-"
    return UnknownWord(None, None, kind="record type", kind_zh="记录类型", word=typed, words=listed, nearest=meant)


def _with_corrections(session: MappingSession, question: OpenQuestion, draft: Draft, typed: str) -> Draft | None:
    assert draft.record is not None
    record = session.types[draft.record]
    for each in _CORRECTION.split(typed):
        key, _, value = _SIGN.sub("=", each, count=1).partition("=")
        draft = corrected(draft, question.family, key, value, record)
    return draft if not _told(session.mistakes(question, draft)) else None


def _record_named(typed: str, types: Mapping[str, RecordType]) -> str | None:
    """The record type of a name or title in either language."""
    names = {header_key(text): name for name, each in types.items() for text in (each.title.en, each.title.zh, name)}
    return names.get(header_key(typed))


def _told(mistakes: Sequence[AuditorError]) -> bool:
    """Show what is wrong; whether anything is."""
    for each in mistakes:
        show_error(each)
    return bool(mistakes)


def _written(
    session: MappingSession, question: OpenQuestion, draft: Draft, signature: Signature, read_line: ReadLine
) -> bool:
    """Write an answer, and say what contradicts it; False if it cannot stand, or is taken back."""
    if _told(session.mistakes(question, draft)):
        return False
    answered = session.answer(question, draft, confirmed=signature.text or None)
    _say(f"written into {session.reading.shown}", f"已写入 {session.reading.shown}")
    if not answered.doubts:
        return True
    _say("this answer is contradicted by the documents:", "资料与此回答不符：")
    for each in answered.doubts:
        out.print(f"  {each.in_(LANGUAGE)}", markup=False)
    if read_line(say("keep it all the same? y/n > ", "仍然保留？y/n> ")).strip().casefold() in ("y", "yes", "是"):
        return True
    session.take_back(answered)
    _say("taken back", "已撤回")
    return False
