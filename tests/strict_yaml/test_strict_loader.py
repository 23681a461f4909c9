"""The strict loader: every mistake of a file, each at its place, in words of both languages."""

from __future__ import annotations

import pickle
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal

import pytest
from pydantic import Field

from auditor.errors import AuditorError
from auditor.languages import LANGUAGES, Text
from auditor.strict_yaml import (
    STATED,
    Bilingual,
    Marked,
    Mistakes,
    Names,
    QuotedText,
    StrictModel,
    load_strictly,
    mapping_at,
    missing_key,
    repaired,
    shaped,
    text_at,
    texts_at,
    value_at,
    whole_number,
)

FIELD = Names("field", "字段")
CODE = Text("a code such as AB-1", "代码，如 AB-1")


class Part(StrictModel):
    of: Annotated[str, FIELD]
    least: Annotated[str, Field(min_length=1)] = "x"


class Ticket(StrictModel):
    title: Bilingual
    side: Annotated[Literal["in", "out"] | None, STATED] = None
    mark: Annotated[Literal[".", ","] | None, STATED] = None
    fields: dict[Annotated[str, FIELD], list[str]] = {}
    parts: list[Part] = []
    account: QuotedText | None = None
    month: Annotated[int, whole_number(1, 12)] = 1
    code: Annotated[str, shaped(r"^[A-Z]{2}-\d$", CODE)] = "AB-1"
    open: bool = False
    either: int | list[str] = 0


class TicketErrors(Mistakes):
    what = Text("the ticket has {count} mistakes", "停车票有 {count} 处错误")


GOOD = "title: {en: Ticket, zh: 停车票}\n"


def told(text: str, language: str = "en") -> list[tuple[str, str, str]]:
    """Class, line:column and allowed words of each mistake."""
    loaded = load_strictly(text, Ticket, file="t.yaml", names={FIELD: ["date", "amount"]})
    assert (loaded.value is None) == bool(loaded.mistakes)
    return [(each.code, str(each.place).removeprefix("t.yaml:"), allowed(each, language)) for each in loaded.mistakes]


def allowed(mistake: AuditorError, language: str) -> str:
    return mistake._fill(mistake.allowed, language) if mistake.allowed else ""


@pytest.mark.parametrize(
    ("line", "kind", "column", "en", "zh"),
    [
        ("fields: {date: 日期}", "WrongValue", 16, "a list: [a, b]", "列表：[a, b]"),
        ("fields: [date]", "WrongValue", 9, "a mapping: {key: value}", "映射：{键: 值}"),
        ("parts: {of: date}", "WrongValue", 8, "a list: [a, b]", "列表：[a, b]"),
        ("parts: [date]", "WrongValue", 9, "a mapping: {key: value}", "映射：{键: 值}"),
        ("parts: [{of: dat}]", "UnknownWord", 14, "date, amount", "date, amount"),
        ('parts: [{of: date, least: ""}]', "WrongValue", 27, "text that is not empty", "非空文本"),
        ("side: inn", "UnknownWord", 7, "in, out", "in, out"),
        ("side: [in]", "WrongValue", 7, "in, out", "in, out"),
        ("side:", "WrongValue", 6, "a value (a comma", "一个值（逗号"),
        ('mark: ";"', "UnknownWord", 7, '".", ","', '".", ","'),
        ("account: 00123", "LeadingZeros", 10, '"00123" as text', '加引号的文本 "00123"'),
        ("account: 6222020200112233445", "UnquotedNumber", 10, '"6222020200112233445"', '"6222020200112233445"'),
        ("account: 123", "UnquotedNumber", 10, '"123"', '"123"'),
        ("account: 12.50", "UnquotedNumber", 10, '"12.50"', '"12.50"'),
        ("month: 13", "WrongValue", 8, "a whole number from 1 to 12", "1 至 12 的整数"),
        ('month: "10"', "WrongValue", 8, "a whole number", "整数"),
        ("month: 1.5", "WrongValue", 8, "a whole number", "整数"),
        ("code: ab1", "WrongValue", 7, "a code such as AB-1", "代码，如 AB-1"),
        ("open: yes", "WrongValue", 7, "true or false", "true 或 false"),
        ("either: x", "WrongValue", 9, "a whole number or a list: [a, b]", "整数，或 列表：[a, b]"),
    ],
)
def test_a_mistake_says_what_is_allowed_in_both_languages(line: str, kind: str, column: int, en: str, zh: str) -> None:
    for language, words in (("en", en), ("zh", zh)):
        ((code, place, says),) = told(GOOD + line + "\n", language)
        assert (code, place) == (kind, f"2:{column}")
        assert says.startswith(words)


def test_all_mistakes_are_told_in_the_order_of_lines() -> None:
    text = "tilte: {en: a, zh: b}\nfields:\n  dat: [x]\n  date: x\nside: inn\nclosed: true\nopen: 1\n"
    assert [each[:2] for each in told(text)] == [
        ("UnknownKey", "1:1"), ("UnknownWord", "3:3"), ("WrongValue", "4:9"), ("UnknownWord", "5:7"),
        ("UnknownKey", "6:1"), ("WrongValue", "7:7"),
    ]  # fmt: skip


def test_a_wrong_key_and_its_wrong_value_are_two_mistakes() -> None:
    assert [each[:2] for each in told(GOOD + "fields: {dat: x}\n")] == [("UnknownWord", "2:10"), ("WrongValue", "2:15")]


def test_a_misspelt_key_is_not_missing_as_well() -> None:
    assert [each[:2] for each in told("titel: {en: a, zh: b}\n")] == [("UnknownKey", "1:1")]
    assert [each[:2] for each in told("title: {en: a, hz: b}\n")] == [("MissingKey", "1:8"), ("UnknownKey", "1:16")]


@pytest.mark.parametrize("text", ["", "- a\n", "text\n", "title: [\n", "title: a: b\n"])
def test_what_is_no_ticket_at_all(text: str) -> None:
    loaded = load_strictly(text, Ticket, file="t.yaml")
    assert loaded.value is None and loaded.mistakes
    for language in LANGUAGES:
        assert "Input should" not in TicketErrors(errors=loaded.mistakes).message(language)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    (mistake,) = load_strictly(tmp_path / "none.yaml", Ticket).mistakes
    assert mistake.code == "YamlUnreadable"


def test_yaml_mistakes_that_leave_the_rest_legible_hide_nothing() -> None:
    assert [each[0] for each in told(GOOD + "month: 2\nmonth: 3\naccount: 007\nsidee: in\n")] == [
        "DuplicateKey", "LeadingZeros", "UnknownKey",
    ]  # fmt: skip


def test_several_mistakes_read_as_one_message_and_one_as_itself() -> None:
    mistakes = load_strictly(GOOD + "side: inn\nmonth: 0\n", Ticket, file="t.yaml").mistakes
    both = TicketErrors(errors=mistakes)
    assert both.message("en").splitlines()[0] == "the ticket has 2 mistakes"
    assert both.message("zh").splitlines()[0] == "停车票有 2 处错误"
    assert all(each.message("zh") in both.message("zh") for each in mistakes)
    assert (both.place, both.values["count"], both.exit_code) == (mistakes[0].place, 2, 2)
    one = TicketErrors(errors=mistakes[:1])
    assert one.message("zh") == mistakes[0].message("zh") and one.summary("en") == mistakes[0].summary("en")
    assert pickle.loads(pickle.dumps(both)).message("zh") == both.message("zh")


def test_no_english_of_the_library_in_a_chinese_message() -> None:
    text = "title: 5\nside: 5\nfields: 5\nparts: [5, {of: 5, least: 5}]\naccount: []\nmonth: x\ncode: 5\nopen: x\neither: {}\n"
    for mistake in load_strictly(text, Ticket, file="t.yaml", names={FIELD: ["date"]}).mistakes:
        sentences = [line for line in mistake.message("zh").splitlines() if line.startswith(("t.yaml", "  允许", "  处理"))]
        assert not re.search(r"[A-Za-z]+ [a-z]+ [a-z]+", "\n".join(sentences))


def checks(marked: Marked) -> Iterator[AuditorError]:
    if "fields" in mapping_at(marked.data) and "parts" not in mapping_at(marked.data):
        yield missing_key(marked, (), "parts")


def test_checks_of_the_caller_are_told_whatever_else_is_wrong() -> None:
    text = GOOD + "fields: {date: x}\n"
    found = load_strictly(text, Ticket, checks=checks).mistakes
    assert [(each.code, str(each.place)) for each in found] == [("MissingKey", "text:1:1"), ("WrongValue", "text:2:16")]
    found = load_strictly(GOOD + "fields: {}\nprats: []\n", Ticket, checks=checks).mistakes
    assert [each.code for each in found] == ["UnknownKey"]  # the missing key is the misspelt one


def test_names_may_depend_on_the_file() -> None:
    def names(marked: Marked) -> dict[Names, list[str]]:
        return {FIELD: [text_at(marked.data, "code") or ""]}

    assert load_strictly(GOOD + "code: AB-2\nparts: [{of: AB-2}]\n", Ticket, names=names).value is not None
    assert load_strictly(GOOD + "code: AB-2\nparts: [{of: AB-3}]\n", Ticket, names=names).value is None
    assert load_strictly(GOOD + "parts: [{of: anything}]\n", Ticket).value is not None  # nothing is said of fields


def test_plain_data_of_any_shape() -> None:
    data = {"a": {"b": ["x", 5, "y"]}, "c": "z"}
    assert (value_at(data, "a", "b", 1), value_at(data, "a", "b", 9), value_at(data, "c", "d")) == (5, None, None)
    assert (texts_at(data, "a", "b"), texts_at(data, "c"), text_at(data, "a")) == (("x", "y"), (), None)
    assert (list(mapping_at(data, "a")), dict(mapping_at(data, "c")), dict(mapping_at(None))) == (["b"], {}, {})


def test_slips_of_the_pen_are_undone_to_judge_the_rest() -> None:
    text = "tilte: {en: a, zh: b}\nside: inn\naccount: 123\ncolour: red\nfields: {date: [x]}\n"
    loaded = load_strictly(text, Ticket)
    assert loaded.marked is not None
    meant = repaired(loaded.marked, loaded.mistakes)
    assert meant is not None
    assert meant.data == {
        "title": {"en": "a", "zh": "b"}, "side": "in", "account": "123", "fields": {"date": ["x"]},
    }  # fmt: skip
    assert str(meant.place(("title", "zh"))) == "text:1:20"
    broken = load_strictly(GOOD + "month: x\n", Ticket)
    assert broken.marked is not None and repaired(broken.marked, broken.mistakes) is None
