"""The same reading of values in bulk, as SQL expressions of DuckDB.

`bulk` gives the typed value where the text has one of the plain, certain forms and NULL for all else, so that only what
is left goes through the Python parsers, each distinct text once. Wherever it is not NULL it equals the Python parser's
value; a property test holds that.
"""

from __future__ import annotations

from auditor.values.choices import choice_index
from auditor.values.currency import CODES
from auditor.values.flags import WORDS as FLAG_WORDS
from auditor.values.parsers import NOTHING_DECLARED, Declared

# Blanks and tabs around a value, as bank exports pad it; in a SQL string.
_PADDING = "' \t\u00a0\u3000'"
_PLAIN_NUMBER = "[+-]?[0-9]{1,13}([.][0-9]{1,5})?"
_GROUPED_NUMBER = "[+-]?[0-9]{1,3}(,[0-9]{3}){1,3}([.][0-9]{1,5})?"
_YEAR = "(19|20|21)[0-9]{2}"
_DAY = f"{_YEAR}(-[0-9]{{1,2}}-[0-9]{{1,2}}|/[0-9]{{1,2}}/[0-9]{{1,2}}|[.][0-9]{{1,2}}[.][0-9]{{1,2}})"
_CLOCK = "([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?"
_FLAGS = {word: str(value) for value, words in FLAG_WORDS.items() for word in words}
_EMPTY_WORDS = "'N/A', 'n/a', 'null', 'NULL'"


def bulk(kind: str, column: str, declared: Declared = NOTHING_DECLARED) -> str:
    """A SQL expression that types the VARCHAR expression `column` (best a bare column) as a field of type `kind`."""
    text = f"trim({column}, {_PADDING})"
    if kind in ("money", "quantity"):
        return _number(text, currency=kind == "money") if declared.decimal != "," else "CAST(NULL AS DECIMAL(18,5))"
    if kind == "percent":
        return _percent(text, declared.fraction)
    if kind == "date":
        return _date(text) if not declared.roc else "CAST(NULL AS DATE)"
    if kind == "choice":
        words = {word: key for word, key in choice_index(declared.choices).items() if word.strip("-/—")}
        return _one_of(f"lower({text})", words)
    simple = {
        "integer": _guarded(text, "[+-]?[0-9]{1,18}", f"TRY_CAST({text} AS BIGINT)"),
        "time": _time(text),
        "number_text": _number_text(text),
        "text": _text(text),
        "currency": _one_of(text, {code: code for code in CODES} | {"人民币": "CNY", "美元": "USD", "港币": "HKD"}),
        "flag": f"CAST({_one_of(text, _FLAGS)} AS BOOLEAN)",
        "words_amount": "CAST(NULL AS DECIMAL(18,5))",
    }
    return simple[kind]


def left_over(kind: str, column: str, declared: Declared = NOTHING_DECLARED) -> str:
    """A condition: the cell is not empty, but `bulk` gave NULL, so the Python parser must look at it."""
    return f"({column} IS NOT NULL AND {column} <> '' AND {bulk(kind, column, declared)} IS NULL)"


def _guarded(text: str, pattern: str, value: str) -> str:
    return f"CASE WHEN regexp_full_match({text}, '{pattern}') THEN {value} END"


def _number(text: str, *, currency: bool) -> str:
    sign = "[¥￥]?" if currency else ""
    plain = f"CASE WHEN regexp_full_match({text}, '{_PLAIN_NUMBER}') THEN TRY_CAST({text} AS DECIMAL(18,5))"
    bare = f"replace(ltrim({text}, '¥￥ '), ',', '')"
    decorated = f"{sign} ?({_PLAIN_NUMBER}|{_GROUPED_NUMBER})"
    return f"{plain} WHEN regexp_full_match({text}, '{decorated}') THEN TRY_CAST({bare} AS DECIMAL(18,5)) END"


def _percent(text: str, fraction: bool | None) -> str:
    number = f"TRY_CAST(rtrim({text}, '%') AS DECIMAL(18,5))"
    signed = f"CASE WHEN regexp_full_match({text}, '{_PLAIN_NUMBER}%') THEN {number}"
    if fraction:
        return f"{signed} END"
    certain = "" if fraction is False else f" AND ({number} = 0 OR abs({number}) >= 1)"
    return f"{signed} WHEN regexp_full_match({text}, '{_PLAIN_NUMBER}'){certain} THEN {number} END"


def _date(text: str) -> str:
    day = f"replace(replace({text}, '/', '-'), '.', '-')"
    head = f"replace(replace(regexp_extract({text}, '^[0-9]+[-/.][0-9]+[-/.][0-9]+'), '/', '-'), '.', '-')"
    compact = f"substr({text}, 1, 4) || '-' || substr({text}, 5, 2) || '-' || substr({text}, 7, 2)"
    return (
        f"CASE WHEN regexp_full_match({text}, '{_DAY}') THEN TRY_CAST({day} AS DATE)"
        f" WHEN regexp_full_match({text}, '{_YEAR}[0-9]{{4}}( {_CLOCK})?') THEN TRY_CAST({compact} AS DATE)"
        f" WHEN regexp_full_match({text}, '{_DAY}[ T]{_CLOCK}') THEN TRY_CAST({head} AS DATE) END"
    )


def _time(text: str) -> str:
    clock = f"regexp_extract({text}, '{_CLOCK}$')"
    pattern = f"(({_YEAR}-[0-9]{{2}}-[0-9]{{2}}|{_YEAR}/[0-9]{{2}}/[0-9]{{2}}|{_YEAR}[0-9]{{4}})[ ])?{_CLOCK}"
    return _guarded(text, pattern, f"TRY_CAST({clock} || CASE length({clock}) WHEN 5 THEN ':00' ELSE '' END AS TIME)")


def _number_text(text: str) -> str:
    pattern = "[0-9A-Za-z][0-9A-Za-z._/:#-]*"
    return f"CASE WHEN {text} NOT IN ({_EMPTY_WORDS}) AND regexp_full_match({text}, '{pattern}') THEN upper({text}) END"


def _text(text: str) -> str:
    # Letters, figures, blanks, Chinese characters and usual punctuation; no line breaks, radicals or wrappers.
    inside = r"[ -_a-~\x{00c0}-\x{024f}\x{3001}-\x{3011}\x{3400}-\x{9fff}（），：；！？￥＋－／．]*"
    plain = r"[0-9A-Za-z\x{3400}-\x{9fff}(（]" + inside
    return f"CASE WHEN {text} NOT IN ({_EMPTY_WORDS}) AND regexp_full_match({text}, '{plain}') THEN {text} END"


def _one_of(text: str, words: dict[str, str]) -> str:
    cases = " ".join(f"WHEN {_quoted(word)} THEN {_quoted(value)}" for word, value in words.items())
    return f"CASE {text} {cases} END" if cases else "CAST(NULL AS VARCHAR)"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
