"""The file of parts is read strictly: every mistake at its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.documents.errors import WordsFileError, WordTwice
from auditor.documents.word_parts.lexicon import lexicon, read_lexicon
from auditor.resources import rules_folder
from auditor.strict_yaml import MissingKey, UnknownKey, UnknownWord, WrongValue

GOOD = """words: parts
joints: [of]
attributes:
  figures:
    any: amount
    concepts:
      amount: [金额, amount]
      balance: [余额, balance, stock]
objects:
  papers:
    alone: [amount]
    concepts: {slip: [清单, slip], stock: [库存, stock]}
qualifiers:
  sides: {concepts: {in: [收], out: [付]}}
compounds:
  slip amount: [单额]
opposites:
  - [in, out]
reversible: [{concepts: [in, out], beside: [slip]}]
denials: [out]
traditional: {單: 单}
"""


def _mistakes(tmp_path: Path, *changes: tuple[str, str]) -> list[tuple[type, int | None]]:
    text = GOOD
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    path = tmp_path / "parts.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(WordsFileError) as told:
        read_lexicon(path)
    return [(type(each), each.place.line if each.place else None) for each in told.value.errors]


def test_the_file_of_the_project_is_right() -> None:
    found = lexicon()
    assert len(found.names) > 200
    assert len(found.words) > 2000
    for name, title in zip(found.names, found.titles, strict=True):
        assert title.en, name
        assert not title.zh.isascii(), name


def test_every_key_of_the_projects_file_is_known(tmp_path: Path) -> None:
    text = (rules_folder() / "words" / "parts.yaml").read_text(encoding="utf-8")
    path = tmp_path / "parts.yaml"
    path.write_text(f"{text}misspelt: [x]\n", encoding="utf-8")
    with pytest.raises(WordsFileError) as told:
        read_lexicon(path)
    assert told.value.place is not None
    assert told.value.place.line == text.count("\n") + 1


def test_a_word_in_two_classes_is_right(tmp_path: Path) -> None:
    path = tmp_path / "parts.yaml"
    path.write_text(GOOD, encoding="utf-8")
    assert read_lexicon(path).words["stock",].either


@pytest.mark.parametrize(
    ("old", "new", "mistake", "line"),
    [
        ("joints: [of]", "joint: [of]", UnknownKey, 2),
        ("joints: [of]\n", "", MissingKey, 1),
        ("any: amount", "any: amonut", UnknownWord, 5),
        ("any: amount", "any: slip", UnknownWord, 5),  # of another kind
        ("alone: [amount]", "alone: [in]", UnknownWord, 11),  # no attribute
        ("  slip amount:", "  slip amonut:", UnknownWord, 16),
        ("[in, out]", "[in, outt]", UnknownWord, 18),
        ("beside: [slip]", "beside: [slop]", UnknownWord, 19),
        ("denials: [out]", "denials: [never]", UnknownWord, 20),
        ("單: 单", "單: 单据", WrongValue, 21),
        ("[余额, balance,", "[余额, Amount,", WordTwice, 8),
        ("out: [付]", "out: [付, 收]", WordTwice, 14),
        ("[单额]", "[清单]", WordTwice, 16),
        ("slip: [清单", "amount: [清单", WordTwice, 12),
        ("out: [付]", "out: 付", WrongValue, 14),
    ],
)
def test_a_mistake_is_told_at_its_line(tmp_path: Path, old: str, new: str, mistake: type, line: int) -> None:
    assert (mistake, line) in _mistakes(tmp_path, (old, new))


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    found = _mistakes(tmp_path, ("denials: [out]", "denials: [never]"), ("any: amount", "anny: amount"))
    assert found == [(UnknownKey, 5), (UnknownWord, 20)]


@pytest.mark.parametrize("text", ["", "[]", "words: parts\nattributes: 3\nopposites: {a: b}\n", "objects: [x]\n"])
def test_a_file_of_another_shape_is_told(tmp_path: Path, text: str) -> None:
    path = tmp_path / "parts.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(WordsFileError):
        read_lexicon(path)
