"""YAML is read as it looks, with places, and everything doubtful is refused at its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.errors import Place
from auditor.marked_yaml import (
    DuplicateKey,
    LeadingZeros,
    TooLarge,
    YamlEncoding,
    YamlError,
    YamlFeature,
    YamlSyntax,
    YamlUnreadable,
    load,
    nearest,
)


def test_scalars_stay_what_they_look_like() -> None:
    text = (
        "no: no\non: on\nyes: Yes\noff: OFF\ntrue: true\nfalse: false\nTrue: True\nnothing:\nnull: null\ntilde: ~\n"
        'date: 2026-10-08\ntime: 12:30\nwhole: -42\nquoted: "42"\ndecimal: 12.50\nexponent: 1e5\nnan: .nan\nhex: 0x1F\n'
        "客户: 恒昌电子\nlong: 6222021234567890123456\nzero: 0\nplus: +7\n"
    )
    assert load(text).data == {
        "no": "no", "on": "on", "yes": "Yes", "off": "OFF", "true": True, "false": False, "True": "True",
        "nothing": None, "null": None, "tilde": None, "date": "2026-10-08", "time": "12:30", "whole": -42,
        "quoted": "42",
        "decimal": "12.50", "exponent": "1e5", "nan": ".nan", "hex": "0x1F", "客户": "恒昌电子",
        "long": "6222021234567890123456", "zero": 0, "plus": 7,
    }  # fmt: skip


def test_places_of_keys_and_values() -> None:
    marked = load("title: {en: Slip, zh: 清单}\nfields:\n  - name: 金额\n    type: money\n", file="rules/x.yaml")
    assert marked.values[("title", "zh")] == (1, 23)
    assert marked.keys[("title", "zh")] == (1, 19)
    assert marked.values[("fields", 0, "type")] == (4, 11)
    assert marked.keys[("fields", 0, "type")] == (4, 5)
    assert marked.text(("fields", 0, "type")) == "type: money"


def test_a_pydantic_location_finds_its_place() -> None:
    marked = load("check: match\nleft:\n  records: receiving_slip\n  wher: x\n", file="r.yaml")
    assert str(marked.place(("match", "left", "wher"), key=True)) == "r.yaml:4:3"
    assert str(marked.place(("match", "right"))) == "r.yaml:1:1"
    assert str(marked.place(("match", "left", "function-wrap", "records"))) == "r.yaml:3:12"


def test_a_schema_can_tell_unquoted_numbers() -> None:
    marked = load('limit: 50.00\nfee: "50.00"\ndays: 3\nlist: [1.5, "1.5", 1,5]\n')
    assert marked.unquoted == {("limit",), ("days",), ("list", 0), ("list", 2), ("list", 3)}


@pytest.mark.parametrize(
    ("text", "kind", "place"),
    [
        ("a: 1\nb: 2\na: 3\n", DuplicateKey, "f.yaml:3:1"),
        ("a: {客户: 1, 客户: 2}\n", DuplicateKey, "f.yaml:1:12"),
        ("number: 004120\n", LeadingZeros, "f.yaml:1:9"),
        ("numbers: [1, 007]\n", LeadingZeros, "f.yaml:1:14"),
        ("rate: 00.5\n", LeadingZeros, "f.yaml:1:7"),
        ("a: &x [1]\n", YamlFeature, "f.yaml:1:4"),
        ("a: 1\nb: *x\n", YamlFeature, "f.yaml:2:4"),
        ("a: !!python/object:os.system x\n", YamlFeature, "f.yaml:1:4"),
        ("a: !!str 1\n", YamlFeature, "f.yaml:1:4"),
        ("a: 1\n---\nb: 2\n", YamlFeature, "f.yaml:2:1"),
        ("? [1, 2]\n: 3\n", YamlFeature, "f.yaml:1:3"),
        ("<<: {a: 1}\n", YamlFeature, "f.yaml:1:1"),
        ("a: [1, 2\nb: 3\n", YamlSyntax, "f.yaml:2:2"),
        ("a:\n\t- 1\n", YamlSyntax, "f.yaml:2:1"),
        ("a: b: c\n", YamlSyntax, "f.yaml:1:5"),
        ("a: \x07\n", YamlSyntax, "f.yaml"),
        ("[" * 100, TooLarge, "f.yaml:1:62"),
    ],
)
def test_what_is_refused(text: str, kind: type[YamlError], place: str) -> None:
    with pytest.raises(kind) as caught:
        load(text, file="f.yaml")
    assert str(caught.value.place).startswith(place)
    for language in ("zh", "en"):
        assert "?" not in caught.value.summary(language).replace("? [", "")


def test_leading_zeros_in_quotes_are_text() -> None:
    assert load('number: "004120"\n').data == {"number": "004120"}


def test_bytes_that_are_not_utf8(tmp_path: Path) -> None:
    path = tmp_path / "gbk.yaml"
    path.write_bytes("a: 1\ntitle: 清单\n".encode("gbk"))
    with pytest.raises(YamlEncoding) as caught:
        load(path)
    assert caught.value.place == Place("gbk.yaml", 2, 8)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(YamlUnreadable):
        load(tmp_path / "none.yaml")


def test_a_byte_order_mark_and_an_empty_file(tmp_path: Path) -> None:
    path = tmp_path / "bom.yaml"
    path.write_bytes(b"\xef\xbb\xbfa: 1\n")
    assert load(path).data == {"a": 1}
    assert load("").data is None


def test_nearest_word() -> None:
    assert nearest("recieving_slip", ["receiving_slip", "register_entry"]) == "receiving_slip"
    assert nearest("Working-Days", ["working_days", "days"]) == "working_days"
    assert nearest("客户名", ["客户名称", "日期"]) == "客户名称"
    assert nearest("xyz", ["receiving_slip"]) is None
