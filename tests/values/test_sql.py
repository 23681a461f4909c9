"""Wherever the bulk expression gives a value, the Python parser gives the same; and it covers the plain forms."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from auditor.engine import DuckEngine
from auditor.values.parsers import Declared, parser
from auditor.values.sql import bulk, left_over

CHOICES = {"live": ("正常", "有效"), "void": ("作废",), "c": ("贷 Cr", "-")}
DECLARED = Declared(choices=CHOICES, unit="kg")
KINDS = ("text", "number_text", "date", "time", "money", "quantity", "integer", "percent", "choice", "flag", "currency",
         "words_amount")  # fmt: skip

PIECES = st.sampled_from([
    "0", "1", "7", "12", "08", "2026", "1999", "2200", "202", "123", "456", "000", ".", ",", "-", "/", ":", "+", " ",
    "\t", "\u3000", "\u00a0", "¥", "￥", "$", "%", "T", "E", "e+", "年", "月", "日", "(", ")", "`", "'", '"', "=",
    "N/A", "null", "正常", "VOID", "是", "否", "Y", "x", "CNY", "人民币", "kg", "A", "SH26", "⼯", "⻓", "Ａ", "１",
    "\n", "*", "_", "—", "恒昌电子", "．", "。", "²", "true", "10:11", "23:59:59", "24:00", "2026-10-08", "2026/1/9",
    "20261008", "1,234", "12.50",
])  # fmt: skip
PLAIN = st.one_of(
    st.decimals(min_value=-10**14, max_value=10**14, places=3).map(str),
    st.integers(-10**14, 10**14).map("{:,}".format),
    st.dates().map("{:%Y-%m-%d}".format),
    st.datetimes().map("{:%Y/%m/%d %H:%M:%S}".format),
    st.text(max_size=6),
)
TEXTS = st.lists(st.one_of(PLAIN, st.lists(PIECES, max_size=5).map("".join)), min_size=30, max_size=60)


@pytest.fixture(scope="module")
def engine() -> Iterator[DuckEngine]:
    engine = DuckEngine(threads=1)
    yield engine
    engine.close()


def _bulk(engine: DuckEngine, kind: str, texts: list[str], declared: Declared) -> list[Any]:
    table = pa.table({"n": list(range(len(texts))), "x": pa.array(texts, pa.string())})
    with engine.registered(given_texts=table):
        return [row[0] for row in engine.rows(f"SELECT {bulk(kind, 'x', declared)} FROM given_texts ORDER BY n")]


@settings(derandomize=True, max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(texts=TEXTS, fraction=st.sampled_from([None, True, False]))
def test_bulk_equals_the_parser(engine: DuckEngine, texts: list[str], fraction: bool | None) -> None:
    texts = [text.replace("\x00", "") for text in texts]
    declared = Declared(choices=CHOICES, unit="kg", fraction=fraction)
    for kind in KINDS:
        read = parser(kind, declared)
        for text, value in zip(texts, _bulk(engine, kind, texts, declared), strict=True):
            if value is not None:
                reading = read(text)
                assert reading.problem is None, (text, value)
                assert reading.value == value, text


@pytest.mark.parametrize(
    ("kind", "texts"),
    [
        ("money", ["1", "-38415.60", "1,234.56", "1,234,567.89", " 12.5\t", "+10000.00",
                   "9999999999999.99999"]),
        ("quantity", ["12.5", "1,234.5"]),
        ("integer", ["12", "-3", "0004120"]),
        ("percent", ["18.5%", "12", "0", "0.5%"]),
        ("date", ["2026-10-08", "2026/10/8", "2026.10.08", "20261008", "2026-10-08 10:11:12", "2026-10-08T10:11",
                  "20261008 10:11:12", "2026/10/8 09:36", "2026-10-08\t"]),
        ("time", ["10:11:12", "10:11", "2026-10-08 10:11:12", "20261008 10:11:12"]),
        ("number_text", ["SH26-004120", "sh26-4120", "6222021234567890123", "998-61000002", "3101\t"]),
        ("text", ["恒昌电子（深圳）有限公司", "10月 运费", "Trade (HK) Co., Ltd.", "(现付)"]),
        ("choice", ["作废", "正常", "void"]),
        ("flag", ["是", "否"]),
        ("currency", ["CNY", "USD", "人民币"]),
    ],
)  # fmt: skip
def test_bulk_covers_the_plain_forms(engine: DuckEngine, kind: str, texts: list[str]) -> None:
    read = parser(kind, DECLARED)
    assert _bulk(engine, kind, texts, DECLARED) == [read(text).value for text in texts]
    assert all(read(text).value is not None for text in texts)


def test_what_is_left_over(engine: DuckEngine) -> None:
    texts = ["1.00", "3.5万", "-", "", "2026"]
    with engine.registered(given_texts=pa.table({"x": texts})):
        rows = engine.rows(f"SELECT x FROM given_texts WHERE {left_over('money', 'x')}")
    assert rows == [("3.5万",), ("-",)]
