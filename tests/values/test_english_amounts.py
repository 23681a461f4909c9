"""Amounts in English words: the ways to write them, what is none, and every number there and back."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.values.english_amounts import english_amount
from auditor.values.errors import UnreadableWords
from auditor.values.words_amount import parse_words_amount

READ = [
    ("One hundred and twenty yuan only", "120", "CNY"),
    ("RMB TWO THOUSAND THREE HUNDRED AND FOUR AND 50/100", "2304.50", "CNY"),
    ("Say Renminbi Yuan Forty-nine and cents fifty only.", "49.50", "CNY"),
    ("US Dollars Eight Thousand One Hundred Six and Cents Five Only", "8106.05", "USD"),
    ("U.S. Dollars twelve and 05/100", "12.05", "USD"),
    ("Hong Kong dollars three hundred thousand and seven only", "300007", "HKD"),
    ("HK$ nine only", "9", "HKD"),
    ("Seventeen dollars and thirty-one cents", "17.31", None),
    ("Amount in words: one million two hundred thousand yuan exactly", "1200000", "CNY"),
    ("twelve hundred yuan", "1200", "CNY"),
    ("Fifteen thousand & no/100 dollars", "15000", None),
    ("Ninety and XX/100 US dollars", "90", "USD"),
    ("Pounds Sterling eleven and pence forty", "11.40", "GBP"),
    ("a hundred euros only", "100", "EUR"),
    ("five and fifty cents", "5.50", None),
    ("twenty-one yuan five jiao three fen", "21.53", "CNY"),
    ("two thousand point five zero yuan", "2000.50", "CNY"),
    ("fifty cents only", "0.50", None),
    ("RMB zero only", "0", "CNY"),
    ("minus six hundred yuan", "-600", "CNY"),
    ("ＲＭＢ　Ｓｉｘｔｙ　Ｏｎｌｙ", "60", "CNY"),
    ("RMB: One Thousand, Four Hundred, Twenty-Eight Yuan And Eighty-Four Cents Only", "1428.84", "CNY"),
]


@pytest.mark.parametrize(("words", "value", "currency"), READ)
def test_what_is_read(words: str, value: str, currency: str | None) -> None:
    found = parse_words_amount(words)
    assert (found.value, found.problem, found.currency) == (Decimal(value), None, currency)


@pytest.mark.parametrize(
    "words",
    [
        "one hundred and fifty cents",        # 100.50 or 1.50
        "two thousand and five cents only",
        "twenty hundred",
        "three four five yuan",
        "one thousand two thousand yuan",
        "two million one billion",
        "hundred yuan",
        "thousand yuan only",
        "one hundred zero yuan",
        "twenty eleven yuan",
        "fifty twenty yuan",
        "one hundred and yuan",
        "and five yuan",
        "one hundred yuan and hundred fifty cents",
        "one hundred yuan fifty",             # fifty of what
        "one hundred yuan and one hundred cents",
        "one hundred yuan and fifty cents and 50/100",
        "one hundred dollars and 150/100",
        "RMB one hundred US dollars",
        "RMB one hundred dollars",
        "US one hundred only",
        "one hundred apples",
        "RMB 1,200.00 only",
        "only", "yuan", "RMB", "say", "see attached", "cents",
        "one lakh rupees",
        "point five zero six yuan",
        "twelve hundred thousand yuan",
    ],
)  # fmt: skip
def test_what_states_no_amount_or_two(words: str) -> None:
    found = parse_words_amount(words)
    assert found.value is None
    assert type(found.problem) is UnreadableWords


# --- there and back, in all ways of writing ---------------------------------------------------------------------------

SMALL = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")


def below_thousand(number: int, joint: str, hyphen: str) -> str:
    hundreds, rest = divmod(number, 100)
    words = [f"{SMALL[hundreds]} hundred"] if hundreds else []
    if rest:
        tens = SMALL[rest] if rest < 20 else TENS[rest // 10] + (f"{hyphen}{SMALL[rest % 10]}" if rest % 10 else "")
        words.append(tens)
    return joint.join(words)


def in_words(number: int, joint: str = " and ", hyphen: str = "-", comma: str = " ") -> str:
    if number == 0:
        return "zero"
    parts = []
    for power, name in ((4, " trillion"), (3, " billion"), (2, " million"), (1, " thousand"), (0, "")):
        group = number // 1000**power % 1000
        if group:
            parts.append(below_thousand(group, joint, hyphen) + name)
    return comma.join(parts)


FORMS = (
    ("RMB {whole} and cents {coins} only", "RMB {whole} only"),
    ("{whole} yuan and {coins} cents", "{whole} yuan"),
    ("Say US dollars {whole} and {digits}/100", "Say US dollars {whole} and 00/100"),
    ("{whole} dollars & {digits}/100 only", "{whole} dollars only"),
)
NUMBERS = st.one_of(
    st.integers(0, 10**15 - 1), st.integers(0, 10**7), st.builds(lambda a, b: a * 10**b, st.integers(1, 999), st.integers(0, 12))
)


@settings(derandomize=True, max_examples=400, deadline=None)
@given(
    cents=NUMBERS,
    form=st.sampled_from(FORMS),
    joint=st.sampled_from((" ", " and ")),
    hyphen=st.sampled_from(("-", " ")),
    comma=st.sampled_from((" ", ", ")),
    case=st.sampled_from((str.lower, str.upper, str.title)),
)
def test_every_number_there_and_back(
    cents: int, form: tuple[str, str], joint: str, hyphen: str, comma: str, case: object
) -> None:
    whole, coins = divmod(cents, 100)
    pattern = form[0] if coins else form[1]
    text = pattern.format(
        whole=in_words(whole, joint, hyphen, comma), coins=in_words(coins, joint, hyphen), digits=f"{coins:02}"
    )
    found = english_amount(str(case(text)) if callable(case) else text)
    assert found is not None, text
    assert found.value == Decimal(cents).scaleb(-2), text


@settings(derandomize=True, max_examples=300, deadline=None)
@given(st.lists(st.sampled_from([*SMALL, *TENS[2:], "hundred", "thousand", "million", "and"]), min_size=1, max_size=6))
def test_what_is_read_is_a_number_as_it_is_written(words: list[str]) -> None:
    """Of words in any order only those are read that say the number in one of the ways in which it is written."""
    found = english_amount(" ".join(words) + " yuan")
    if found is None:
        return
    value = int(found.value)
    bare = [each for each in words if each != "and"]
    ways = {in_words(value, " ", " ")}
    hundreds, rest = divmod(value, 100)
    if 10 < hundreds < 100 and hundreds % 10:
        ways.add(f"{below_thousand(hundreds, ' ', ' ')} hundred {below_thousand(rest, ' ', ' ')}".strip())
    assert " ".join(bare) in ways
