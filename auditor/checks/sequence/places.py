"""Where the numbers stand: the issue register, the papers and registers that use them, the void register."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields

from auditor.checks.sequence.options import Sequence
from auditor.checks.sources import Records, records
from auditor.checks.templates import quoted, statements
from auditor.engine import Engine
from auditor.rules.schema import Source

LARGEST = 5_000_000  # numbers in one book; more is a misread range, not a book

_WIDE = "０１２３４５６７８９ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺ"
_HALF = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True)
class Tables:
    """The names of the tables that the check works with; all are dropped at its end."""

    books: str  # the issued books
    seen_table: str  # every place where a number stands
    known: str  # every number that stands anywhere, once
    issued: str  # every number of every book, once
    states: str  # every issued number with its state
    standing: str  # every book with the counts of its states
    found: str  # what is wrong

    @classmethod
    def named(cls, prefix: str) -> Tables:
        return cls(*(f"{prefix}_{each.name}" for each in fields(cls)))

    def as_dict(self) -> dict[str, str]:
        return asdict(self)


def bare(expression: str) -> str:
    """SQL: a text without anything but letters and digits, in upper case and half width."""
    half_width = f"translate(upper(coalesce({expression}, '')), '{_WIDE}', '{_HALF}')"
    return f"regexp_replace({half_width}, '[^\\p{{L}}\\p{{N}}]', '', 'g')"


def gather(engine: Engine, options: Sequence, tables: Tables) -> None:
    """Make the tables of books and of the places where numbers stand."""
    books = options.books
    issued = records(engine, books.records, books.where) if books else None
    names = ("book_no", "holder", "issued", "returned", "copies", "first_no", "last_no", "width", "prefix")
    types = {
        "issued": "DATE",
        "returned": "DATE",
        "copies": "BIGINT",
        "width": "BIGINT",
        "first_no": "BIGINT",
        "last_no": "BIGINT",
    }
    columns = {name: _field(issued, name, "b") if issued else f"b.{name}" for name in names}
    book = {name: f"CAST({value} AS {types.get(name, 'VARCHAR')})" for name, value in columns.items()}
    common = {
        "book": book,
        "bare": bare,
        "series": bare("prefix_of(number)") if issued else _observed_series("number"),
        "book_series": bare(book["prefix"]) if issued else "b.series",
        "largest": LARGEST,
        "issued_source": issued.sql if issued else _observed_books(engine, options),
        **tables.as_dict(),
    }
    for statement in statements("sequence_evidence", seen=list(_places(engine, options)), **common):
        engine.execute(statement)


def _observed_series(number: str) -> str:
    """SQL: the series of a number where no register names any: its prefix and how many digits follow it."""
    return f"{bare(f'prefix_of({number})')} || '#' || CAST(length({number}) - length(prefix_of({number})) AS VARCHAR)"


def _observed_books(engine: Engine, options: Sequence) -> str:
    """What stands for the issue register where there is none: for each series the numbers from the lowest to the
    highest that is seen anywhere."""
    numbers = " UNION ALL ".join(
        f"SELECT trim(CAST({place['number']} AS VARCHAR)) AS number FROM {place['source']} s"
        for place in _places(engine, options)
    )
    absent = ", ".join(f"NULL AS {name}" for name in ("book_no", "holder", "issued", "returned", "copies"))
    return (
        f"(SELECT CAST(NULL AS BIGINT) AS _id, {_observed_series('number')} AS series, {absent}, "
        "min(prefix_of(number)) AS prefix, min(number_of(number)) AS first_no, max(number_of(number)) AS last_no, "
        "min(length(number) - length(prefix_of(number))) AS width "
        f"FROM ({numbers}) WHERE number_of(number) IS NOT NULL GROUP BY series)"
    )


def _places(engine: Engine, options: Sequence) -> Iterable[dict[str, object]]:
    groups: list[tuple[str, list[Source], str]] = [
        ("used", list(options.used), options.number),
        ("still", list(options.still_used), options.number),
        ("paper", [options.papers] if options.papers else [], options.number),
        ("spoilt", [options.spoilt] if options.spoilt else [], options.number),
        ("void", [options.voided] if options.voided else [], options.void_number),
    ]
    priority = 0
    for role, sources, number in groups:
        for source in sources:
            priority += 1
            given = records(engine, source.records, source.where)
            yield {
                "role": role,
                "priority": priority,
                "source": given.sql,
                "number": f"s.{quoted(number)}",
                "date": _date(given, None if role == "void" else options.date),
                "holder": _field(given, options.holder, "s") if role == "used" else "NULL",
                "amount": given.amount("s"),
                "currency": given.currency("s"),
                **_of_role(options, given, role),
            }


def _date(given: Records, named: str | None) -> str:
    return _field(given, named or given.dated or "date", "s", "CAST(NULL AS DATE)")


def _of_role(options: Sequence, given: Records, role: str) -> dict[str, object]:
    """What only the papers and the void register tell."""
    same = ", ".join(f"CAST(s.{quoted(each)} AS VARCHAR)" for each in options.same_paper)
    if role != "void":
        return {
            "same": f"[{same}]" if role == "paper" else "[]",
            "copies": "NULL",
            "missing_copy": "NULL",
            "lacking": "FALSE",
        }
    lacking = [f"coalesce(trim(CAST(s.{quoted(each)} AS VARCHAR)), '') = ''" for each in options.void_reason]
    return {
        "same": "[]",
        "copies": _field(given, options.void_copies, "s"),
        "missing_copy": _field(given, "missing_copy", "s"),
        "lacking": f"({' OR '.join(lacking) or 'FALSE'})",
    }


def _field(given: Records, name: str | None, alias: str, absent: str = "NULL") -> str:
    return f"{alias}.{quoted(name)}" if name and given.has(name) else absent
