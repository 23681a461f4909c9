"""The words of totals and balances: one structure, derived from the data, decides for one text and for many."""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from auditor.documents.errors import WordsFileError
from auditor.documents.labels import (
    balance_label,
    counts_all,
    stated_count,
    total_label,
    total_word,
)
from auditor.documents.tables import label_search
from auditor.documents.tables.label_search import KNOWN, maybe_labels, names_no_record
from auditor.documents.words import (
    BalanceWords,
    ExtentWords,
    MarkWords,
    TotalWords,
    balance_words,
    read_words,
    total_words,
)
from auditor.resources import rules_folder


def _wide(text: str) -> str:
    return "".join(chr(ord(letter) + 0xFEE0) if "!" <= letter <= "~" else letter for letter in text)


_WRITTEN: tuple[Callable[[str], str], ...] = (
    str, str.upper, str.title, _wide, " ".join, "\u3000".join, lambda text: f"{text}：", lambda text: f"  {text}\t",
    lambda text: f"#{text}",
)  # fmt: skip


def _totals() -> Iterator[str]:
    """Labels of totals made of every word of the data."""
    words = total_words()
    scopes = [word for scope in words.scopes.values() for word in scope]
    yield from (*words.sum, *words.part_sum, *words.to_date)
    for word in (*words.sum[:3], *words.part_sum[:1], *words.to_date[:2]):
        for other in (*scopes, *words.objects, *words.sides, *words.dealings, *words.months):
            yield from (other + word, word + other)
        yield from (f"{word}{joint}{scope}" for joint, scope in itertools.product(words.joints, scopes[::9]))
    yield from (f"{word}12笔" for word in (*words.count, *words.sum, *scopes))


def _balances() -> Iterator[str]:
    words = balance_words()
    for end in (words.opening, words.closing):
        yield from end.alone
        yield from (time + word for time, word in itertools.product(end.times, (*words.balance, *end.balance)))
        yield from (named + word for named, word in itertools.product(words.named, end.alone))


@pytest.mark.parametrize("made", [_totals, _balances])
def test_every_label_of_the_data_is_known_to_both_paths_however_it_is_written(
    made: Callable[[], Iterator[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = [written for text in made() if len(text) < 18 for how in _WRITTEN if len(written := how(text)) <= 40]
    known = np.array([names_no_record(text) for text in texts])
    plain = np.array([names_no_record(unicodedata.normalize("NFKC", text)) for text in texts])
    assert [text for text, one, other in zip(texts, known, plain, strict=True) if one != other] == []
    assert known.mean() > 0.97  # a word that stands in two lists may make a label of neither: 本期 + 期初
    monkeypatch.setattr(label_search, "_FEW", 0)
    (in_bulk,) = maybe_labels([pa.array(texts)])
    assert [text for text, one, other in zip(texts, known, in_bulk == KNOWN, strict=True) if one != other] == []


def test_each_word_for_a_total_and_each_balance_alone_is_a_label() -> None:
    words, balances = total_words(), balance_words()
    for word in (*words.sum, *words.part_sum, *words.to_date):
        assert total_label(word), word
    for end, listed in (("opening", balances.opening), ("closing", balances.closing)):
        for word in listed.alone:
            assert balance_label(word) == end, word


@pytest.mark.parametrize(
    ("text", "subtotal", "to_date", "scope"),
    [
        ("当前合计", False, False, "period"),
        ("当月累计", False, True, "month"),
        ("本周小计", True, False, "week"),
        ("第3页合计", True, False, "page"),
        ("合　计（人民币）", False, False, None),
        ("Total for the period", False, False, "period"),
        ("Page total", True, False, "page"),
        ("Grand Total", False, False, None),
        ("YTD total", False, True, None),
        ("October total", False, False, "month"),
        ("10月份合计金额", False, False, "month"),
    ],
)
def test_totals_composed_of_their_parts(text: str, subtotal: bool, to_date: bool, scope: str | None) -> None:
    label = total_label(text, groups=False)
    assert label is not None
    assert (label.subtotal, label.to_date, label.scope) == (subtotal, to_date, scope)


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("承上页", "opening"), ("B/F", "opening"), ("Balance b/fwd", "opening"), ("Brought fwd", "opening"),
        ("上月末结存", "opening"), ("本月期初余额", "opening"), ("Opening Bal.", "opening"), ("Previous balance", "opening"),
        ("C/F", "closing"), ("Carried over", "closing"), ("本期结余", "closing"), ("Closing balance", "closing"),
        ("结转次页", "closing"),
        ("余额", None), ("余额宝转入", None), ("期末结转损益", None), ("balance sheet fee", None), ("结转成本", None),
    ],
)  # fmt: skip
def test_balances_composed_of_their_parts(text: str, end: str | None) -> None:
    assert balance_label(text) == end


@pytest.mark.parametrize(
    "text", ["运费3票", "计算机", "合计算", "共同费用", "Total Gas", "summary", "小计算器", "3笔", "总经理"]
)
def test_texts_that_only_hold_such_letters_are_no_labels(text: str) -> None:
    assert not names_no_record(text)


def test_a_group_is_no_known_label() -> None:
    found = total_label("甬泰小计")
    assert found is not None
    assert found.group == "甬泰"
    assert not names_no_record("甬泰小计")


def test_counts_and_labels_beside_their_values() -> None:
    assert [stated_count(text) for text in ("419票", "共66笔记录", "合计：12 rows", "第5笔", "12")] == [
        419,
        66,
        12,
        None,
        None,
    ]
    assert total_word("支出合计[ Total debit ]")
    assert total_word("汇总收入金额")
    assert not total_word("运费合计")
    assert [counts_all(key) for key in ("总笔数", "记录数", "借方笔数", "本页笔数")] == [True, True, False, False]


@pytest.mark.parametrize(
    ("name", "kind"),
    [("totals", TotalWords), ("balances", BalanceWords), ("extents", ExtentWords), ("marks", MarkWords)],
)
def test_files_of_words_are_read_strictly(name: str, kind: type, tmp_path: Path) -> None:
    text = (rules_folder() / "words" / f"{name}.yaml").read_text(encoding="utf-8")
    broken = tmp_path / f"{name}.yaml"
    broken.write_text(f"{text}\nmisspelt: [x]\n", encoding="utf-8")
    with pytest.raises(WordsFileError) as told:
        read_words(broken, kind)
    assert told.value.place is not None
    assert told.value.place.line == text.count("\n") + 2


def test_a_page_carry_that_is_no_balance_is_refused(tmp_path: Path) -> None:
    text = (rules_folder() / "words" / "balances.yaml").read_text(encoding="utf-8")
    broken = tmp_path / "balances.yaml"
    broken.write_text(text.replace("pages: [", "pages: [转页, "), encoding="utf-8")
    with pytest.raises(WordsFileError):
        read_words(broken, BalanceWords)
