"""SQL functions that rules may use beside those of the engine: working days, exact division, plain text of amounts.

Each is a macro of the engine, so that an auditor who re-performs a test sees the same names in the SQL. None of them
passes through a float: division is done on whole numbers.
"""

from __future__ import annotations

from auditor.engine import Engine

_NARROW = "".join(chr(each) for each in range(0x21, 0x7F)) + " "
_WIDE = ", ".join(
    "'" + text.replace("'", "''") + "'"
    for text in ("".join(chr(ord(each) + 0xFEE0) if each != " " else "\u3000" for each in _NARROW), _NARROW)
)

# name -> (parameters, body, what it is). The order is that of dependence.
MACROS: dict[str, tuple[tuple[str, ...], str, str]] = {
    "working_days": (
        ("a", "b"),
        "(SELECT c.working_number FROM calendar_day c WHERE c.day = b)"
        " - (SELECT c.working_number FROM calendar_day c WHERE c.day = a)",
        "working days from date a to date b; null outside the calendar",
    ),
    "next_working_day": (
        ("d", "n"),
        "(SELECT min(c.day) FROM calendar_day c WHERE c.working_number ="
        " (SELECT e.working_number FROM calendar_day e WHERE e.day = d) + n)",
        "the n-th working day after date d; null outside the calendar",
    ),
    "is_working_day": (
        ("d",),
        "(SELECT c.working FROM calendar_day c WHERE c.day = d)",
        "whether date d is a working day; null outside the calendar",
    ),
    "product": (
        ("a", "b"),
        "CAST(a AS DECIMAL(38,5)) * CAST(b AS DECIMAL(18,5))",
        "a × b with ten decimals, without the narrow result of DECIMAL(18,5) * DECIMAL(18,5)",
    ),
    "hundred_thousandths": (
        ("x",),
        "CAST(CAST(x AS DECIMAL(38,5)) * 100000 AS HUGEINT)",
        "a decimal as a whole number of hundred-thousandths",
    ),
    "ratio": (
        ("a", "b"),
        "CAST(sign(a) * sign(b) * CAST((2 * abs(hundred_thousandths(a)) * 100000 + abs(hundred_thousandths(b)))"
        " // (2 * abs(nullif(hundred_thousandths(b), 0))) AS DECIMAL(38,0)) * 0.00001 AS DECIMAL(18,5))",
        "a ÷ b, rounded half up to five decimals; null if b is 0",
    ),
    "percent_of": (
        ("x", "p"),
        "round(CAST(x AS DECIMAL(38,5)) * CAST(p AS DECIMAL(18,5)) * 0.01, 2)",
        "p per cent of x, rounded half up to two decimals",
    ),
    "percent_that_gives": (
        ("x", "part"),
        "CASE WHEN percent_of(x, round(ratio(100 * part, x), 1)) = part THEN round(ratio(100 * part, x), 1)"
        " ELSE ratio(100 * part, x) END",
        "the rate in per cent that part is of x: of one decimal if such a one gives part, else of five; null if x is 0",
    ),
    "round_up": (
        ("x", "step"),
        "CAST((hundred_thousandths(x) + hundred_thousandths(step) - 1)"
        " // nullif(hundred_thousandths(step), 0) AS DECIMAL(18,0)) * step",
        "x >= 0 rounded up to the next whole step, as a chargeable weight to 0.5 kg",
    ),
    "text_of": (
        ("x",),
        "CASE WHEN typeof(x) LIKE 'DECIMAL%' THEN regexp_replace("
        "CAST(TRY_CAST(CAST(x AS VARCHAR) AS DECIMAL(38,5)) AS VARCHAR), '0{1,3}$', '') ELSE CAST(x AS VARCHAR) END",
        "any value as text; a decimal with two decimals or as many as it has",
    ),
    "mmdd": (("d",), "strftime(d, '%m-%d')", "the month and day of a date: 10-08"),
    "plain_words": (
        ("x",),
        "regexp_replace(regexp_replace(lower(translate(x, " + _WIDE + ")), '\\s+', ' ', 'g'),"
        " '(\\p{Han}) (\\p{Han})', '\\1\\2', 'g')",
        "a text in small letters of half width, without blanks between Chinese characters",
    ),
    "says": (
        ("x", "words"),
        "coalesce(regexp_matches(regexp_replace(plain_words(x), struct_extract(words, 'except'), ' ', 'g'),"
        " struct_extract(words, 'words')), FALSE)",
        "whether a text says one of the words of a list (`:words_NAME`); false for no text",
    ),
    "bare_name": (
        ("x",),
        "regexp_replace(lower(translate(x, " + _WIDE + ")), '[^0-9a-z\\p{Han}]', '', 'g')",
        "a name in small letters of half width without blanks and marks, for comparison",
    ),
    "number_of": (
        ("x",),
        "TRY_CAST(regexp_extract(x, '([0-9]+)$', 1) AS BIGINT)",
        "the number at the end of a document number: 4090 of SH26-004090",
    ),
    "stands_in": (
        ("part", "whole"),
        "CASE WHEN part = '' OR NOT contains(whole, part) THEN FALSE ELSE regexp_matches(whole,"
        " CASE WHEN regexp_matches(part, '^[0-9A-Za-z]') THEN '(^|[^0-9A-Za-z])' ELSE '' END || regexp_escape(part) ||"
        " CASE WHEN regexp_matches(part, '[0-9A-Za-z]$') THEN '($|[^0-9A-Za-z])' ELSE '' END) END",
        "whether a text stands in another one as a whole: 100 in `no. 100`, not in `1001`",
    ),
    "prefix_of": (
        ("x",),
        "regexp_extract(x, '^(.*?)[0-9]+$', 1)",
        "what stands before the number in a document number: SH26- of SH26-004090",
    ),
}


# The same for many rows: they may stand wherever sums may.
AGGREGATE_MACROS: dict[str, tuple[tuple[str, ...], str, str]] = {
    "median": (
        ("x",),
        "(quantile_disc(x, 0.5) - quantile_disc(0 - x, 0.5)) * 0.5",
        "the middle one of the values, or half the sum of the two in the middle",
    ),
    "quantile": (
        ("x", "share"),
        "quantile_disc(x, share)",
        "the smallest of the values that such a share of them does not exceed: quantile(amount, 0.9)",
    ),
}


def create_macros(engine: Engine) -> None:
    """Make the functions known to the engine. `calendar_day` may be filled later, but must exist."""
    for name, (parameters, body, _) in (MACROS | AGGREGATE_MACROS).items():
        engine.execute(f"CREATE OR REPLACE MACRO {name}({', '.join(parameters)}) AS {body}")
