"""The same reading of values in bulk, as SQL expressions of DuckDB.

`bulk` gives the typed value where the text has one of the plain, certain forms and NULL for all else, so that only what
is left goes through the Python parsers, each distinct text once. Wherever it is not NULL it equals the Python parser's
value; a property test holds that.
"""

from __future__ import annotations

from collections.abc import Callable

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
    # Trimming costs more than reading: only what is not plain as it stands is trimmed.
    trimmed = f"trim({column}, {_PADDING})"
    if kind in _WORDS_OF:
        return _WORDS_OF[kind](trimmed)
    if kind == "choice":
        words = {word: key for word, key in choice_index(declared.choices).items() if word.strip("-/—")}
        return _one_of(f"lower({trimmed})", words)
    if (kind in ("money", "quantity") and declared.decimal in (",", "?")) or (kind == "date" and declared.roc):
        return f"CAST(NULL AS {'DATE' if kind == 'date' else 'DECIMAL(18,5)'})"
    return f"CASE {_plain(kind, column, declared)} {_plain(kind, trimmed, declared)} END"


def _plain(kind: str, text: str, declared: Declared) -> str:
    """The WHEN clauses for the plain forms of `text`."""
    if kind in ("money", "quantity"):
        return _number(text)
    if kind == "percent":
        return _percent(text, declared.fraction)
    simple = {"date": _date, "time": _time, "number_text": _number_text, "text": _text, "integer": _integer}
    return simple[kind](text)


def left_over(kind: str, column: str, declared: Declared = NOTHING_DECLARED) -> str:
    """A condition: the cell is not empty, but `bulk` gave NULL, so the Python parser must look at it."""
    return f"({column} IS NOT NULL AND {column} <> '' AND {bulk(kind, column, declared)} IS NULL)"


def _when(text: str, pattern: str, value: str) -> str:
    return f"WHEN regexp_full_match({text}, '{pattern}') THEN {value}"


def _number(text: str) -> str:
    plain = _when(text, _PLAIN_NUMBER, f"TRY_CAST({text} AS DECIMAL(18,5))")
    bare = f"replace({text}, ',', '')"
    return f"{plain} {_when(text, _GROUPED_NUMBER, f'TRY_CAST({bare} AS DECIMAL(18,5))')}"


def _percent(text: str, fraction: bool | None) -> str:
    number = f"TRY_CAST(rtrim({text}, '%') AS DECIMAL(18,5))"
    signed = _when(text, f"{_PLAIN_NUMBER}%", number)
    if fraction:
        return signed
    certain = "" if fraction is False else f" AND ({number} = 0 OR abs({number}) >= 1)"
    return f"{signed} WHEN regexp_full_match({text}, '{_PLAIN_NUMBER}'){certain} THEN {number}"


def _date(text: str) -> str:
    day = f"replace(replace({text}, '/', '-'), '.', '-')"
    head = f"replace(replace(regexp_extract({text}, '^[0-9]+[-/.][0-9]+[-/.][0-9]+'), '/', '-'), '.', '-')"
    compact = f"substr({text}, 1, 4) || '-' || substr({text}, 5, 2) || '-' || substr({text}, 7, 2)"
    return " ".join((
        _when(text, f"{_YEAR}-[0-9]{{1,2}}-[0-9]{{1,2}}", f"TRY_CAST({text} AS DATE)"),
        _when(text, f"{_YEAR}-[0-9]{{2}}-[0-9]{{2}}[ T]{_CLOCK}", f"TRY_CAST(substr({text}, 1, 10) AS DATE)"),
        _when(text, _DAY, f"TRY_CAST({day} AS DATE)"),
        _when(text, f"{_YEAR}[0-9]{{4}}( {_CLOCK})?", f"TRY_CAST({compact} AS DATE)"),
        _when(text, f"{_DAY}[ T]{_CLOCK}", f"TRY_CAST({head} AS DATE)"),
    ))


def _time(text: str) -> str:
    clock = f"regexp_extract({text}, '{_CLOCK}$')"
    pattern = f"(({_YEAR}-[0-9]{{2}}-[0-9]{{2}}|{_YEAR}/[0-9]{{2}}/[0-9]{{2}}|{_YEAR}[0-9]{{4}})[ ])?{_CLOCK}"
    return _when(text, pattern, f"TRY_CAST({clock} || CASE length({clock}) WHEN 5 THEN ':00' ELSE '' END AS TIME)")


def _number_text(text: str) -> str:
    pattern = "[0-9A-Za-z][0-9A-Za-z._/:#-]*"
    return f"WHEN {text} NOT IN ({_EMPTY_WORDS}) AND regexp_full_match({text}, '{pattern}') THEN upper({text})"


def _integer(text: str) -> str:
    return _when(text, "[+-]?[0-9]{1,18}", f"TRY_CAST({text} AS BIGINT)")


def _text(text: str) -> str:
    # Letters, figures, blanks, Chinese characters and usual punctuation; no line breaks, radicals or wrappers.
    # The last is no blank, so that padding is never part of the value.
    wide = r"\x{00c0}-\x{024f}\x{3001}-\x{3011}\x{3400}-\x{9fff}（），：；！？￥"
    plain = rf"[0-9A-Za-z\x{{3400}}-\x{{9fff}}(（]([ -_a-~{wide}]*[!-_a-~{wide}])?"
    return f"WHEN {text} NOT IN ({_EMPTY_WORDS}) AND regexp_full_match({text}, '{plain}') THEN {text}"


def _one_of(text: str, words: dict[str, str]) -> str:
    cases = " ".join(f"WHEN {_quoted(word)} THEN {_quoted(value)}" for word, value in words.items())
    return f"CASE {text} {cases} END" if cases else "CAST(NULL AS VARCHAR)"


_CURRENCIES = {code: code for code in CODES} | {"人民币": "CNY", "美元": "USD", "港币": "HKD"}
_WORDS_OF: dict[str, Callable[[str], str]] = {
    "currency": lambda text: _one_of(text, _CURRENCIES),
    "flag": lambda text: f"CAST({_one_of(text, _FLAGS)} AS BOOLEAN)",
    "words_amount": lambda text: "CAST(NULL AS DECIMAL(18,5))",
}


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
