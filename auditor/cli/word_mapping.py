"""What `auditor map` asks about words of choices: a field at a time, all its words in one line."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from auditor.audit.mapping import MappingSession
from auditor.audit.questions import loss_in_words
from auditor.audit.word_questions import Choices, StrangeWord, WordQuestion
from auditor.cli.show import out, show_error
from auditor.cli.speech import LANGUAGE, say
from auditor.documents.headers import header_key
from auditor.documents.readings.choice_words import meant
from auditor.values.text import is_chinese

_MOST_FILES = 4  # that are named
_PAIRS = re.compile(r"\s*[,，;；]\s*(?=[^,，;；=＝]+[=＝])")
_SIGN = re.compile("[=＝]")
ReadLine = Callable[[str], str]


def word_lines(question: WordQuestion) -> list[str]:
    """A question: which words of which field, what they may mean and probably do, and what is lost meanwhile."""
    paths = say(", ", "、").join(question.paths[:_MOST_FILES])
    more = len(question.paths) - _MOST_FILES
    rest = say(f" and {more} more", f"等 {len(question.paths)} 个文件") if more > 0 else ""
    title = question.title.in_(LANGUAGE)
    choices = [_named(each, question.choices) for each in question.choices]
    lines = [
        say(
            f"what do these words mean as {title} ({question.field})?",
            f"{title}（{question.field}）的这些词是什么意思？",
        ),
        f"  {paths}{rest}",
        *(f"    {_word_line(each, question.choices)}" for each in question.words),
        "  " + say("they may mean: ", "可选：") + say(", ", "、").join(choices),
    ]
    loss = loss_in_words(question.lost)
    if loss is not None:
        lines.append("  " + say(f"while this is open, {loss.en}", f"未回答时，{loss.zh}"))
    return lines


def _word_line(each: StrangeWord, choices: Choices) -> str:
    rows = say("1 row" if each.rows == 1 else f"{each.rows} rows", f"{each.rows} 行")
    if each.proposal is None:
        return f"{each.word} ({rows})"
    probably = say("probably ", "可能是")
    return f"{each.word} ({rows}): {probably}{_named(each.proposal, choices)}"


def _named(choice: str, choices: Choices) -> str:
    """A choice with its first word of the user's language."""
    words = [word for word in choices.get(choice, ()) if is_chinese(word) == (LANGUAGE == "zh")]
    return f"{choice} ({words[0]})" if words and header_key(words[0]) != header_key(choice) else choice


def ask_words(session: MappingSession, confirmed: str | None, read_line: ReadLine) -> None:
    """Ask about one field after another until none is left or the user ends it."""
    while questions := session.word_questions():
        question = questions[0]
        out.print()
        for line in word_lines(question):
            out.print(line, markup=False)
        out.print(
            say(
                "y = as proposed, word=choice for others (several with commas), s = later, q = end",
                "y=按上述可能的含义，词=选项 可逐个指定（多个用逗号分隔），s=以后再说，q=结束",
            ),
            markup=False,
        )
        if not _asked(session, question, confirmed, read_line):
            break


def _asked(session: MappingSession, question: WordQuestion, confirmed: str | None, read_line: ReadLine) -> bool:
    """One question until it is answered or passed over; False if the user ends the asking."""
    words = question.proposed
    while True:
        typed = read_line(say("answer> ", "回答> ")).strip()
        word = typed.casefold()
        if word == "q":
            return False
        if word == "s":
            session.skip(question)
            return True
        if _SIGN.search(typed):
            words = _with(words, typed, question)
        elif word not in ("y", "yes", "是"):
            continue
        wrong = session.mistakes_in_words(question, words) if words else ()
        for each in wrong:
            show_error(each)
        if words and not wrong and _complete(words, question, word):
            session.answer_words(question, words, confirmed=confirmed)
            out.print(say(f"written into {session.reading.shown}", f"已写入 {session.reading.shown}"), markup=False)
            return True


def _complete(words: Mapping[str, str], question: WordQuestion, typed: str) -> bool:
    """Whether every word has its meaning, or the user says that these are enough."""
    open_ones = [each.word for each in question.words if each.word not in words]
    if not open_ones or typed in ("y", "yes", "是"):
        return True
    listed = say(", ", "、").join(open_ones)
    out.print(
        say(f"still open: {listed}; y = write the others", f"尚未说明：{listed}；y=先写入其他词"), markup=False
    )
    return False


def _with(words: Mapping[str, str], typed: str, question: WordQuestion) -> dict[str, str]:
    """The answer with what was typed, words and choices as the question has them."""
    as_asked = {header_key(each.word): each.word for each in question.words}
    found = dict(words)
    for pair in _PAIRS.split(typed):
        word, _, choice = _SIGN.sub("=", pair, count=1).partition("=")
        said = choice.strip()
        found[as_asked.get(header_key(word), word.strip())] = meant(said, [question.choices]) or said
    return found
