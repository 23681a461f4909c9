"""What the quick way calls plain is what the parser gives: over odd texts of every kind, and made-up ones."""

from __future__ import annotations

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.documents.plain_columns import cast_plain, not_plain
from auditor.records.model import FieldType
from auditor.values.parsers import parser

ODD = [
    *[
        "货款",
        "",
        " 货款",
        "货款 ",
        "-",
        "——",
        "/",
        "*",
        "***",
        "_",
        "null",
        "NULL",
        "n/a",
        "N/A",
        "(null)",
        "N",
        "n",
        "Nova",
    ],
    *[
        "（深圳）",
        "(深圳)",
        '="1"',
        "'1",
        "`1",
        "1`",
        "A B",
        "A\tB",
        "A\nB",
        "a'b",
        "４００",
        "⾦额",
        "银⾏",
        "名",
        "龍",
        "𠮷",
    ],
    *["SH26-004001", "sh26", "4.00002E+18", "E1", "12E5", "998-61000365", "1", "12.50", "#1", ":1", "1:", "1#"],
    *["无", "空", "é", "\u3000甲", "甲\u200b", "㐂", "あ"],
]


@pytest.mark.parametrize("kind", [FieldType.TEXT, FieldType.NUMBER_TEXT])
def test_a_plain_text_is_its_own_value(kind: FieldType) -> None:
    _check(ODD, kind)


@given(st.lists(st.text(alphabet=st.sampled_from("Aa1E-/ .(n无货（`'=\t"), max_size=6), min_size=1, max_size=8))
def test_a_plain_text_is_its_own_value_whatever_it_holds(texts: list[str]) -> None:
    for kind in (FieldType.TEXT, FieldType.NUMBER_TEXT):
        _check(texts, kind)


def _check(texts: list[str], kind: FieldType) -> None:
    odd = not_plain(pa.chunked_array([pa.array(texts), pa.array([None, *texts])]), kind)
    assert odd is not None
    read = parser(kind.value)
    for position, text in enumerate([*texts, None, *texts]):
        if text and position not in odd:
            assert read(text).value == text, text


@given(st.lists(st.text(alphabet=st.sampled_from("0123456789.-+eE,/"), max_size=9), min_size=1, max_size=4))
def test_a_column_cast_as_a_whole_is_what_the_parser_reads(texts: list[str]) -> None:
    for kind in (FieldType.MONEY, FieldType.DATE):
        cast = cast_plain(pa.chunked_array([pa.array(texts)]), kind)
        if cast is not None:
            assert cast.to_pylist() == [parser(kind.value)(text).value for text in texts]


def test_columns_that_are_cast_and_that_are_not() -> None:
    def cast(texts: list[str | None], kind: FieldType) -> bool:
        return cast_plain(pa.chunked_array([pa.array(texts, pa.string())]), kind) is not None

    assert cast(["12.50", None, "-3"], FieldType.MONEY) and cast(["2026-10-08", None], FieldType.DATE)
    assert not cast(["1,234.50"], FieldType.MONEY) and not cast(["12.123456"], FieldType.MONEY)
    assert not cast(["1e5"], FieldType.MONEY) and not cast(["12345678901234"], FieldType.MONEY)
    assert not cast(["2026-13-08"], FieldType.DATE) and not cast(["1026-10-08"], FieldType.DATE)
    assert not cast(["20261008"], FieldType.DATE)
