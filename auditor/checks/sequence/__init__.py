"""Is every issued number used, void, unused on hand or missing, exactly once?

*What it checks.* issued = used + void + unused on hand + missing, for each book and holder. A number is text: a
prefix and the digits at its end. Numbers are looked up in the issue register of books, in what shows their use, in
the void register and on spoilt papers.

*Why it matters.* A numbered paper that nobody can show may have been given to a customer for cash. A void number
that is billed, a number on two papers, a book begun before the last one is used up: each is a way for money to pass
by the books.

*Example.* Station A holds books 81 to 83. SH26-004089 and SH26-004091 were used, SH26-004090 was neither used,
voided nor on hand: `missing` SH26-004090.

*Clean example.* Books 84 to 86, 150 numbers: 149 used or void, SH26-004300 unused at the end of the open book.

*Options.* `issued` are the books, or `observed` where nobody keeps a register: then each prefix with each number of
digits is a series, from the lowest number seen to the highest, and nothing is said of books; `used` the records that
show a number in use, the first that has it giving date, amount and holder; `papers` the numbered papers themselves,
which are one paper seen twice if the fields of `same_paper` do not contradict each other; `spoilt` papers stamped void;
`voided` the void register, with `void_number`, `void_copies` and `void_reason`; `still_used` where a void number must
not stand; `blank` the count of blank forms, which decides, for the books it names, what is on hand; `holder` the field
of `used` that is held against the book's holder; `return_within` working days for a finished book to come back.
`independent` numbers have gaps by design: no missing, no order.

What follows the last used or void number of a book is unused, unless the book has been returned. What precedes the
first number of a book that was issued before the period counts as used before. A number range passed on to another
holder belongs to the book issued last. A book without a number of copies has three.

What stands in papers and registers of another period shows that a number was used or is void; nothing else is said of
it: it is judged in its own period.

*Outcomes.* `missing`, one for each number, or for a whole run of `long_run` (5) or more in a row, with its first number
as the key, its range as expected and how many they are as the amount; `void_unregistered`; `void_incomplete` (an entry
without a figure where others have one counts as none sighted); `void_used`; `void_unexplained`; `used_twice`;
`out_of_range` (criterion `reason`: `range`, `prefix` if no book has the prefix, or `holder`); `order`, at the number
dated before the one that precedes it; `skipped_book`, at the first book begun while an earlier one of the holder has
numbers that were used later, or not at all; `book_not_returned`; `book_issued_early`, where an earlier book of the
holder still had open numbers the day after, or was overdue. The key is the number, of books the book's number. On the
left stand the book and the void entry, on the right the papers; in expressions `l` is the book and `r` the first paper.
"""

from __future__ import annotations

from auditor.checks.base import CheckResult, NothingToCheck, Part, Population
from auditor.checks.outcomes import create_outcomes, outcome_select
from auditor.checks.sequence.options import OF_BOOKS, Sequence
from auditor.checks.sequence.places import LARGEST, Tables, gather
from auditor.checks.sources import population, records
from auditor.checks.templates import literal, quoted, statements
from auditor.checks.untested import without_any_of
from auditor.engine import Engine
from auditor.rules.bound import BoundRule

OPTIONS = Sequence
STATES = ("used", "void", "unused", "before", "missing")


def run(rule: BoundRule, engine: Engine) -> CheckResult:
    """Give each issued number its state. Leaves `books_RULE`, the count of each state for each book."""
    options = rule.options
    assert isinstance(options, Sequence)
    name = rule.id.replace("-", "_")
    table = f"outcome_{name}"
    tables = Tables.named(table)
    gather(engine, options, tables)
    if not engine.value(f"SELECT count(*) FROM {quoted(tables.books)}") and not engine.recorded:
        raise NothingToCheck((options.books or options.used[0]).records)
    common = {
        **tables.as_dict(),
        "start": _day(rule.period[0].isoformat()),
        "end": _day(rule.period[1].isoformat()),
        "independent": options.independent,
        "observed": options.books is None,
        "long_run": int(options.long_run),
        "largest": LARGEST,
        "same": len(options.same_paper),
        "blank": records(engine, options.blank.records, options.blank.where).sql if options.blank else None,
        "return_within": int(options.return_within),
        "papers": options.seen_papers.records,
    }
    for template in ("sequence_states", "sequence_found", "sequence_books"):
        for statement in statements(template, **common):
            engine.execute(statement)
    create_outcomes(engine, table, [_outcomes(rule, options, tables, each) for each in options.OUTCOMES])
    engine.execute(f"""CREATE OR REPLACE TABLE {quoted(_books_of(rule.id))} AS
        SELECT book_no, holder, prefix_text AS prefix, first_no, last_no, issued, returned, numbers, {", ".join(STATES)}
        FROM {quoted(tables.standing)} ORDER BY book""")
    result = CheckResult(
        table,
        _populations(engine, options, tables, table),
        _parts(rule, engine, options),
        _states(engine, tables),
        _remarks(engine, tables),
    )
    for each in tables.as_dict().values():
        engine.execute(f"DROP TABLE IF EXISTS {quoted(each)}")
    return result


def create_empty_books(engine: Engine, rule: str) -> None:
    """The table of books that a rule leaves, without rows: for statements that read it."""
    texts, numbers = ("book_no", "holder", "prefix"), ("first_no", "last_no", "numbers", *STATES)
    days = ("issued", "returned")
    kinds = dict.fromkeys(texts, "VARCHAR") | dict.fromkeys(numbers, "BIGINT") | dict.fromkeys(days, "DATE")
    columns = ", ".join(f"{quoted(column)} {kind}" for column, kind in kinds.items())
    engine.execute(f"CREATE OR REPLACE TABLE {quoted(_books_of(rule))} ({columns})")


def _books_of(rule: str) -> str:
    return f"books_{rule.replace('-', '_')}"


def _day(iso: str) -> str:
    return f"DATE '{iso}'"


def _outcomes(rule: BoundRule, options: Sequence, tables: Tables, outcome: str) -> str:
    columns = ("left_ids", "right_ids", "key", "party", "expected", "actual", "amount", "currency", "date", "criterion")
    return outcome_select(
        rule,
        outcome,
        defaults={each: f"f.{each}" for each in columns},
        source=f"{quoted(tables.found)} f {_book_of(options)} "
        f"LEFT JOIN {quoted(options.seen_papers.records)} r ON r._id = f.paper_id "
        f"WHERE f.outcome = {literal(outcome)}",
    )


def _book_of(options: Sequence) -> str:
    """The book of a row as `l`; without a register, the paper itself."""
    if options.books is None:
        return f"LEFT JOIN {quoted(options.seen_papers.records)} l ON l._id = f.paper_id"
    return f"LEFT JOIN {quoted(options.books.records)} l ON l._id = f.book_id"


def _states(engine: Engine, tables: Tables) -> dict[str, int]:
    """How many numbers are in each state. Each is in exactly one, or the check itself is wrong."""
    each_state = ", ".join(f"count(*) FILTER (state = {literal(state)})" for state in STATES)
    total, distinct, *counts = engine.rows(
        f"SELECT count(*), count(DISTINCT (prefix, n)), {each_state} FROM {quoted(tables.states)}"
    )[0]
    issued = engine.value(f"SELECT count(*) FROM {quoted(tables.issued)}")
    if not total == distinct == issued == sum(counts):
        raise AssertionError(
            f"{issued} numbers issued, {total} with a state, {distinct} distinct, {sum(counts)} counted"
        )
    return dict(zip(STATES, counts, strict=True))


def _populations(engine: Engine, options: Sequence, tables: Tables, table: str) -> tuple[Population, ...]:
    """The issued numbers, and the records that show numbers in use."""
    of_numbers = ", ".join(literal(each) for each in options.OUTCOMES if each not in OF_BOOKS)
    counts = dict(
        engine.rows(f"""
        SELECT CASE WHEN (prefix, n) IN (
                        SELECT (prefix, unnest(CASE outcome WHEN 'order' THEN numbers[:1] ELSE numbers END))
                        FROM {quoted(tables.found)} WHERE outcome IN ({of_numbers})) THEN 'open'
                    WHEN state IN ('unused', 'before') THEN 'explained' ELSE 'matched' END AS s, count(*)
        FROM {quoted(tables.states)} GROUP BY s""")
    )
    matched, explained, left_open = (counts.get(each, 0) for each in ("matched", "explained", "open"))
    name = (options.books or options.used[0]).records
    issued = Population("left", name, matched + explained + left_open, matched, explained, left_open)
    found = f"SELECT unnest(right_ids) FROM {quoted(table)} WHERE outcome NOT IN ({', '.join(map(literal, OF_BOOKS))})"
    used = [population(engine, "right", records(engine, each.records, each.where), found) for each in options.used]
    return (issued, *used)


def _parts(rule: BoundRule, engine: Engine, options: Sequence) -> tuple[Part, ...]:
    """What the populations are: numbers, and the records that show them in use. One without a number shows none."""
    books = ", ".join(map(literal, OF_BOOKS))
    first = options.books or options.used[0]
    keys = f"unnest(CASE WHEN outcome IN ({books}) THEN [] ELSE [key] END)"
    parts = [Part(first.records, first.where, keys, of_records=False)]
    for each in options.used:
        given = records(engine, each.records, each.where)
        untested = without_any_of(rule, engine, given, [options.number])
        opened = f"unnest(CASE WHEN outcome IN ({books}) THEN [] ELSE right_ids END)"
        parts.append(Part(each.records, each.where, opened, given.total("s"), untested, alone=False))
    return tuple(parts)


def _remarks(engine: Engine, tables: Tables) -> tuple[tuple[str, str], ...]:
    left_out = engine.rows(
        f"SELECT book_no, first_no, last_no FROM {quoted(tables.books)} WHERE NOT countable ORDER BY book"
    )
    remarks = [
        (
            f"book {book}: from {first} to {last} is no range of numbers to count; left out",
            f"第{book}本：起号{first}至止号{last}无法作为号段清点，未纳入",
        )
        for book, first, last in left_out
    ]
    before = engine.value(f"SELECT count(*) FROM {quoted(tables.states)} WHERE state = 'before'")
    if before:
        remarks.append(
            (
                f"{before} numbers of books issued before the period are taken as used before it",
                f"期前领用的票据中有{before}个号码视为期前已使用",
            )
        )
    return tuple(remarks)
