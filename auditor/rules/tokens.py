"""A SQL text by its tokens: where parameters and calls stand, and how pieces are put in without touching the rest.

An auditor's SQL is kept as he wrote it; only parameters, sides and wide multiplications are put in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any

import sqlglot
from sqlglot import TokenType, exp
from sqlglot.dialects.duckdb import DuckDB
from sqlglot.errors import SqlglotError

from auditor.rules.functions import BY_ANOTHER

_OPENING = frozenset({TokenType.L_PAREN, TokenType.L_BRACKET, TokenType.L_BRACE})
_CLOSING = frozenset({TokenType.R_PAREN, TokenType.R_BRACKET, TokenType.R_BRACE})
_NO_PAREN = frozenset(DuckDB.Parser.NO_PAREN_FUNCTIONS)


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text: its first offset, the offset after it, and what stands there."""

    start: int
    end: int
    text: str


@lru_cache(maxsize=4096)
def tokens(sql: str) -> tuple[Any, ...]:
    """The tokens of a text. Raises sqlglot's TokenError for an open quote or the like."""
    return tuple(sqlglot.tokenize(sql, read="duckdb"))


def parameters_in(sql: str) -> Iterator[Piece]:
    """Every `:name`, in order. Piece.text is the name."""
    found = tokens(sql)
    for colon, word in pairwise(found):
        if colon.token_type == TokenType.COLON and word.start == colon.end + 1 and _is_word(word):
            yield Piece(colon.start, word.end + 1, word.text)


def calls_in(sql: str) -> Iterator[Piece]:
    """Every word that stands before an opening bracket, or is a function without one. Piece.text is in small
    letters.
    """
    found = tokens(sql)
    for word, after in zip(found, (*found[1:], None), strict=True):
        called = after is not None and after.token_type == TokenType.L_PAREN
        if _is_word(word) and (called or word.token_type in _NO_PAREN):
            yield Piece(word.start, word.end + 1, word.text.lower())


def floats_in(sql: str) -> Iterator[Piece]:
    """Every number in scientific notation: the engine would make a float of it."""
    for each in tokens(sql):
        if each.token_type == TokenType.NUMBER and "e" in each.text.lower():
            yield Piece(each.start, each.end + 1, each.text)


def steady(sql: str) -> str:
    """The text with `max_by(x, y)` and its like made independent of the order of rows: among equal y, x decides."""
    pieces = []
    found = tokens(sql)
    for number, word in enumerate(found[:-1]):
        if word.text.lower() in BY_ANOTHER and found[number + 1].token_type == TokenType.L_PAREN:
            arguments = _arguments(found, number + 1, sql)
            if len(arguments) == 2:
                value, by = arguments
                pieces.append(
                    Piece(by.start, by.end, f"CASE WHEN ({by.text}) IS NOT NULL THEN row({by.text}, {value.text}) END")
                )
    return rewritten(sql, pieces)


def _arguments(found: tuple[Any, ...], opening: int, sql: str) -> list[Piece]:
    """The arguments between the bracket at `opening` and its counterpart."""
    depth, start, arguments = 0, found[opening].end + 1, []
    for token in found[opening:]:
        if token.token_type in _OPENING:
            depth += 1
        elif token.token_type in _CLOSING:
            depth -= 1
        if depth == 0 or (depth == 1 and token.token_type == TokenType.COMMA):
            arguments.append(Piece(start, token.start, sql[start : token.start].strip()))
            start = token.end + 1
        if depth == 0:
            break
    return arguments


def has_comments(sql: str) -> bool:
    return any(each.comments for each in tokens(sql))


def rewritten(sql: str, pieces: Iterable[Piece]) -> str:
    """The text with the given parts replaced by their texts."""
    result, position = [], 0
    for piece in sorted(pieces, key=lambda each: each.start):
        result += [sql[position : piece.start], piece.text]
        position = piece.end
    return "".join([*result, sql[position:]])


def with_parameters(sql: str, values: Mapping[str, str]) -> str:
    """The text with each `:name` of `values` replaced by its SQL; other names stay."""
    pieces = [Piece(each.start, each.end, values[each.text]) for each in parameters_in(sql) if each.text in values]
    return rewritten(sql, pieces)


def with_sides(sql: str, names: Mapping[str, str]) -> str:
    """The expression with the prefixes of its columns renamed: `l.amount` to `a.amount`."""
    if all(name == new for name, new in names.items()):
        return sql
    try:
        columns = list(sqlglot.parse_one(sql, read="duckdb").find_all(exp.Column))
    except SqlglotError:
        return sql  # the engine will say what is wrong with it
    pieces = []
    for column in columns:
        side = column.args.get("table")
        if side is not None and side.name in names:
            span = span_of(side)
            pieces.append(Piece(span.start, span.end, names[side.name]))
    return rewritten(sql, pieces)


def span_of(identifier: exp.Expression) -> Piece:
    """Where an identifier stands."""
    return Piece(identifier.meta["start"], identifier.meta["end"] + 1, identifier.name)


def _is_word(token: Any) -> bool:
    return token.token_type not in (TokenType.STRING, TokenType.NUMBER) and token.text.replace("_", "a").isalnum()
