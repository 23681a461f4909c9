"""Names without legal form, the further names in one text, and what words and figures say of an account."""

from __future__ import annotations

import pytest

from auditor.documents.identity.account_numbers import joined_groups, shown_numbers, stated_tail
from auditor.documents.identity.account_words import account_words
from auditor.documents.identity.names import bare_key, full_key, stated_names, station_key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("深圳市恒昌电子有限公司", "深圳市 恒昌电子"),
        ("深圳市恒昌电子有限公司", "深圳市恒昌电子股份有限公司"),
        ("捷远（深圳）有限公司", "捷远(深圳)有限公司"),
        ("HC Electronics Co., Ltd.", "hc electronics"),
        ("HC Electronics CO.,LTD", "HC Electronics Company Limited"),
        ("Fjord Supply AS", "FJORD SUPPLY"),
        ("Ｏａｋ　Ｔｒａｄｉｎｇ　Ｉｎｃ．", "Oak Trading"),
        ("Verde S.r.l.", "Verde"),
    ],
)
def test_a_legal_form_makes_no_difference(one: str, other: str) -> None:
    assert bare_key(one) == bare_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("恒昌电子", "恒昌电器"), ("捷远(深圳)有限公司", "捷远有限公司"), ("Oak Trading Ltd", "Oak Trading North Ltd")],
)
def test_another_name_is_another(one: str, other: str) -> None:
    assert bare_key(one) != bare_key(other)


def test_a_legal_form_alone_stays_a_name() -> None:
    assert bare_key("有限公司") == "有限公司"
    assert full_key("恒昌电子有限公司") != full_key("恒昌电子股份有限公司")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("东海纸业有限公司（原：东海造纸厂）", ("东海纸业有限公司", "东海造纸厂")),
        ("东海纸业（原东海造纸厂）", ("东海纸业", "东海造纸厂")),
        ("东海纸业有限公司 曾用名：东海造纸厂", ("东海纸业有限公司", "东海造纸厂")),
        ("东海造纸厂（现更名为东海纸业）", ("东海造纸厂", "东海纸业")),
        ("东海纸业有限公司（以下简称“东海”）", ("东海纸业有限公司", "东海")),
        ("Oak Ltd (formerly Acorn Inc.)", ("Oak Ltd", "Acorn Inc.")),
        ("Oak Ltd f/k/a Acorn Inc", ("Oak Ltd", "Acorn Inc")),
        ("Oak, formerly known as Acorn", ("Oak", "Acorn")),
        ("Formerly Foods Ltd", ("Formerly Foods Ltd",)),
        ("原野贸易（深圳）", ("原野贸易（深圳）",)),
        ("平原公司", ("平原公司",)),
    ],
)
def test_other_names_in_one_text(text: str, names: tuple[str, ...]) -> None:
    assert stated_names(text) == names


@pytest.mark.parametrize(
    ("text", "key"),
    [("东门站", "东门"), ("收货点：东门", "东门"), ("Station B", "b"), ("B", "b"), ("站", "站"), ("Elm Depot", "elm")],
)
def test_a_station_without_its_word(text: str, key: str) -> None:
    assert station_key(text) == key


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("账号：招商银行宁波分行 5749 0312 8810 606（人民币）", ["574903128810606"]),
        ("A/C 5749-0312-8810-606", ["574903128810606"]),
        ("招行_574903128810606_202609", ["574903128810606"]),
        ("574903128810606-20260901", ["574903128810606"]),
        ("IBAN GB29 NWBK 6016 1331 9268 19", ["GB29NWBK60161331926819"]),
        ("NO9386011117947", ["NO9386011117947"]),
        ("20260901-20260930", []),
        ("2026-09-01 至 2026-09-30", []),
        ("起止日期 20261001 20261031", []),
        ("20260901090000", []),
        ("金额 1,234,567,890.00", []),
        ("12345678.90", []),
        ("电话 0574-87654321", []),
        ("对账单2026", []),
    ],
)
def test_account_numbers_in_texts(text: str, numbers: list[str]) -> None:
    assert [shown.whole for shown in shown_numbers(text)] == numbers


@pytest.mark.parametrize("text", ["6222****1234", "6222 02** **** 1234", "6222xxxx1234", "****1234", "6222…1234"])
def test_a_masked_number_fits_the_whole_one(text: str) -> None:
    (shown,) = shown_numbers(text)
    assert shown.fits("6222021234561234")
    assert not shown.fits("6222021234561235")


def test_groups_of_digits_are_put_together_in_every_way() -> None:
    assert "574903128810606" in joined_groups("1 5749 0312 8810 606")
    assert "574903128810606" in joined_groups("574903128810606-20260901")


@pytest.mark.parametrize(
    ("text", "tail"),
    [
        ("尾号4471", "4471"), ("卡（尾号：4471）", "4471"), ("A/C ending 4471", "4471"), ("card ending in 4471", "4471"),
        ("last 4 digits: 4471", "4471"), ("工行5678", "5678"), ("工商银行（5678）", "5678"), ("CCB 5678", "5678"),
        ("工行2026", None), ("工行202609", None), ("工行5678元", "5678"), ("3月4471", None),
    ],
)  # fmt: skip
def test_last_digits(text: str, tail: str | None) -> None:
    assert stated_tail(text) == tail


def test_what_words_say_of_an_account() -> None:
    words = account_words("中国工商银行深圳分行美元户")
    assert words.banks == {"icbc"} and words.currencies == {"USD"}
    assert words.branches == ("深圳分行",) and words.rest == ""
    assert account_words("ICBC basic account").kinds == account_words("工行基本存款账户").kinds == {"basic"}
    assert account_words("宁波银行一般户").banks == {"宁波银行"}
    assert account_words("工行备用金").rest == "备用金"
    assert not account_words("月度汇总").tell


@pytest.mark.parametrize("text", ["1" * 4000, "1 " * 2000, "1-" * 2000, "*" * 4000, "co " * 2000, "(原" * 2000, "12*" * 2000])
def test_a_text_of_thousands_of_marks_is_no_name_and_costs_nothing(text: str) -> None:
    for look in (shown_numbers, joined_groups, stated_tail, account_words, bare_key, stated_names, station_key):
        look(text)
    assert full_key(text)
