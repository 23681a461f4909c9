"""Answers are written behind what stands in the file, of which not a letter changes, whole or not at all."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.documents.readings.errors import ReadingsNoList, ReadingsNotWritable
from auditor.documents.readings.writing import append, entry_text, restore
from auditor.marked_yaml import YamlError, load

ENTRY = {
    "headers": ["日期", "金额", "金额#2", {"at": "D"}],
    "record": "bank_transaction",
    "columns": {"日期": "date", "金额": "in", "金额#2": "out", "@D": None},
    "fields": {"currency": "CNY"},
    "year": 2026,
    "confirmed": "2026-10-31 林晓",
}
WRITTEN = """\
  - headers: [日期, 金额, "金额#2", {at: D}]
    record: bank_transaction
    columns: {日期: date, 金额: in, "金额#2": out, "@D": ~}
    fields: {currency: CNY}
    year: 2026
    confirmed: 2026-10-31 林晓
"""


def test_an_entry_as_people_write_it() -> None:
    assert entry_text(ENTRY) + "\n" == WRITTEN
    assert load("tables:\n" + WRITTEN).data == {"tables": [ENTRY]}


def test_the_first_answer_begins_the_file(tmp_path: Path) -> None:
    path = tmp_path / "reading.yaml"
    assert append(path, ENTRY, "reading.yaml") is None
    text = path.read_text(encoding="utf-8")
    assert text.startswith("# 本公司")
    assert text.endswith("tables:\n" + WRITTEN)
    assert [each.name for each in tmp_path.iterdir()] == ["reading.yaml"]


KEPT = {
    "comments and an order of one's own": """\
# 林晓记录，勿删
tables:
  # 银行
  - record: bundle_cover   # 封面
    headers: [收单日, 网点]
    columns:
      收单日: date
      网点: ~
  # 结束
""",
    "dashes at the margin": "tables:\n- headers: [a, b]\n  ignore: x\n",
    "dashes far in": "tables:\n      - headers: [a, b]\n        ignore: x\n",
    "no line break at the end": "tables:\n  - headers: [a, b]\n    ignore: x",
    "an empty list": "# later\ntables: []\n",
    "an empty list and a comment": "tables: []  # none yet\n",
    "nothing behind the key": "tables:\n# to come\n",
    "comments alone": "# to come\n",
    "a list in brackets": "tables: [{headers: [a, b], ignore: x}]\n",
    "a list in brackets over lines": "tables: [\n  {headers: [a, b], ignore: x},\n]\n",
    "lines of Windows": "tables:\r\n  - headers: [a, b]\r\n    ignore: x\r\n",
    "a mark of byte order": "\ufefftables:\n  - headers: [a, b]\n    ignore: x\n",
    "a text over lines": "tables:\n  - headers: [a, b]\n    ignore: |\n      one\n      two\n",
}


@pytest.mark.parametrize("name", KEPT)
def test_what_stands_there_stays(name: str, tmp_path: Path) -> None:
    path, before = tmp_path / "reading.yaml", KEPT[name].encode()
    path.write_bytes(before)
    assert append(path, ENTRY, "reading.yaml") == before
    text = path.read_bytes().decode()
    old = load(KEPT[name].removeprefix("\ufeff")).data or {}
    assert load(text.removeprefix("\ufeff")).data == {"tables": [*(old.get("tables") or []), ENTRY]}
    for line in KEPT[name].splitlines():
        assert line.replace(" []", "").rstrip("], ") in text
    append(path, {**ENTRY, "title": "二"}, "reading.yaml")
    assert load(path.read_bytes().decode().removeprefix("\ufeff")).data["tables"][-2:] == [ENTRY, {**ENTRY, "title": "二"}]
    assert ("\r\n" in text) == ("\r\n" in KEPT[name])
    restore(path, before, "reading.yaml")
    assert path.read_bytes() == before


WORDS = {"field": "status", "words": {"写坏": "void", "On tick": "live"}}
PARTS = {
    "no part of words yet": "tables:\n  - headers: [a, b]\n    ignore: x\n",
    "tables behind the words": "choices:\n  - field: mode\n    words: {a: cash}\n# then\ntables:\n  - headers: [a, b]\n    ignore: x\n",
    "words behind the tables": "tables:\n  - headers: [a, b]\n    ignore: x\nchoices:\n  - field: mode\n    words: {a: cash}\n",
    "both empty": "tables: []\nchoices: []\n",
    "words in brackets": "choices: [{field: mode, words: {a: cash}}]\ntables:\n  - headers: [a, b]\n    ignore: x\n",
    "words alone, at the margin": "choices:\n- field: mode\n  words: {a: cash}",
}


@pytest.mark.parametrize("name", PARTS)
def test_each_part_of_the_file_grows_for_itself(name: str, tmp_path: Path) -> None:
    path = tmp_path / "reading.yaml"
    path.write_text(PARTS[name], encoding="utf-8")
    old = load(PARTS[name]).data
    append(path, WORDS, "reading.yaml", "choices")
    append(path, ENTRY, "reading.yaml")
    append(path, {**WORDS, "field": "mode"}, "reading.yaml", "choices")
    data = load(path).data
    assert data["choices"] == [*(old.get("choices") or []), WORDS, {**WORDS, "field": "mode"}]
    assert data["tables"] == [*(old.get("tables") or []), ENTRY]


def test_words_may_begin_the_file(tmp_path: Path) -> None:
    path = tmp_path / "reading.yaml"
    append(path, WORDS, "reading.yaml", "choices")
    append(path, ENTRY, "reading.yaml")
    assert load(path).data == {"choices": [WORDS], "tables": [ENTRY]}


def test_a_file_that_is_no_yaml_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "reading.yaml"
    path.write_text("tables: [\n", encoding="utf-8")
    with pytest.raises(YamlError):
        append(path, ENTRY, "reading.yaml")
    assert path.read_text(encoding="utf-8") == "tables: [\n"


def test_a_file_that_says_something_else_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "reading.yaml"
    for text in ("tables: [a]\nmore: 1\n", "- a\n", "tables: {a: 1}\n"):
        path.write_text(text, encoding="utf-8")
        with pytest.raises(ReadingsNoList) as raised:
            append(path, ENTRY, "reading.yaml")
        assert WRITTEN.strip() in raised.value.message("en").replace("\n  ", "\n")
        assert path.read_text(encoding="utf-8") == text


def test_the_rights_and_a_link_stay(tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    path, link = tmp_path / "own/reading.yaml", tmp_path / "reading.yaml"
    path.write_text("tables: []\n", encoding="utf-8")
    path.chmod(0o640)
    link.symlink_to(path)
    append(link, ENTRY, "reading.yaml")
    assert link.is_symlink()
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert path.read_text(encoding="utf-8").endswith(WRITTEN)


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ReadingsNotWritable) as raised:
        append(tmp_path / "nowhere/reading.yaml", ENTRY, "nowhere/reading.yaml")
    assert "the answer cannot be written: No such file or directory" in raised.value.summary("en")


def test_a_header_of_thousands_of_characters(tmp_path: Path) -> None:
    name = "很长的表头" * 400
    entry = {"headers": [name, "b"], "record": "bundle_cover", "columns": {name: "date", "b": None}}
    append(tmp_path / "reading.yaml", entry, "reading.yaml")
    assert load(tmp_path / "reading.yaml").data == {"tables": [entry]}


@given(st.text(min_size=1), st.text(min_size=1))
def test_any_text_is_read_back(header: str, value: str) -> None:
    entry = {"headers": [header], "ignore": value, "columns": {header: value}}
    try:
        entry_text(entry).encode("utf-8")
    except UnicodeEncodeError:
        pytest.fail("a text that is no UTF-8")
    assert load("tables:\n" + entry_text(entry)).data == {"tables": [entry]}
