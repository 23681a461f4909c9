"""The labelled rows of a bank statement as a table, so that its sides, balances and sums are proved as those of any."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import pyarrow as pa

from auditor.documents.forms.value_texts import plausible
from auditor.documents.labels import End, balance_label
from auditor.documents.pages import Box, Grid
from auditor.documents.papers.amount_texts import amount_in
from auditor.documents.papers.fields import PaperLabels
from auditor.documents.papers.label_words import says_no_amount
from auditor.documents.papers.model import Entry, Paper, PaperRow
from auditor.records.model import Field
from auditor.values.text import is_chinese, parse_number_text

_FEWEST_IN_CHAIN = 2  # rows: with more of them a balance shows that it follows from the amounts
_END_WORDS: dict[End, tuple[str, str]] = {
    "opening": ("Opening Balance", "期初余额"),
    "closing": ("Closing Balance", "期末余额"),
}
_Cells = list[tuple[str, Box]]


def statement_grid(paper: Paper, labels: PaperLabels, record: str, mark: str | None) -> Grid | None:
    """A paper as a grid: its title, its labels with their values, and its rows below their labels; None without rows.

    What is known of a label is written as the record type's own word for it, in the label's language.
    """
    rows = [row for _, row in paper.rows]
    columns = list(dict.fromkeys(each.label for row in rows for each in row.entries))
    if not columns:
        return None
    known = _known([row.entries for row in rows], labels, record)
    known |= _by_values(rows, columns, known, labels, record, mark)
    made: list[_Cells] = [[(paper.title, paper.box)]]
    entries = [each for each in paper.entries if each.value is not None]
    head = _known([entries], labels, record)
    head = {label: word for label, word in head.items() if balance_label(label) is None}
    head |= _ends(entries, rows, known, labels.types[record].fields, mark)
    made += [[(f"{head.get(each.label, each.label)}: {_text(each)}", each.box)] for each in entries]
    made.append([(known.get(label, label), rows[0].box) for label in columns])
    for row in rows:
        values = {each.label: each for each in row.entries}
        made.append([(_text(values[x]), _box(values[x])) if x in values else ("", row.box) for x in columns])
    return _grid(made, paper.box.page)


def stated_ends(
    paper: Paper, labels: PaperLabels, record: str, mark: str | None, currency: str | None
) -> list[dict[str, Any]]:
    """The opening and closing balances of a statement without rows, as rows of `stated_balance`."""
    entries = list(paper.entries)
    account, made = labels.values(entries, record).get("account"), []
    for each in entries:
        end = balance_label(each.label)
        if end is None or each.value is None:
            continue
        found = amount_in(each.value.text, mark)
        if found.value is not None:
            made.append(
                {
                    "of": record,
                    "account": parse_number_text(account.text).value if account is not None else None,
                    "kind": end,
                    "amount": found.value,
                    "currency": found.currency or currency,
                    "_page": each.value.box.page,
                    "_box": each.value.box.as_text(),
                    "_raw": f"{each.label}: {each.value.text}",
                    "_via": each.value.via,
                    "_score": each.value.score,
                    "_proof": "unproved",
                }
            )
    return made


def _known(groups: Sequence[Sequence[Entry]], labels: PaperLabels, record: str) -> dict[str, str]:
    """The labels that name a field, with the type's own word for it."""
    found: dict[str, str] = {}
    for entries in groups:
        for at, role in labels.roles(entries, record).items():
            found.setdefault(entries[at].label, _word(labels.types[record].fields[role], entries[at].label))
    return found


def _by_values(
    rows: Sequence[PaperRow],
    columns: Sequence[str],
    known: Mapping[str, str],
    labels: PaperLabels,
    record: str,
    mark: str | None,
) -> dict[str, str]:
    """The labels that nobody knows and that their values tell: the only days, and two amounts of which one is the
    balance that follows from the other, row by row, and the only words."""
    fields = labels.types[record].fields
    texts = {x: [next((_text(each) for each in row.entries if each.label == x), "") for row in rows] for x in columns}
    taken, open_ = set(known.values()), [label for label in columns if label not in known]

    def word(role: str, label: str) -> dict[str, str]:
        found = _word(fields[role], label)
        return {label: found} if label in open_ and found not in taken else {}

    found: dict[str, str] = {}
    days = [label for label in open_ if all(plausible(fields["date"], each) for each in texts[label])]
    amounts = {label: _amounts(values, mark) for label, values in texts.items() if label not in days}
    if len(days) == 1:
        found |= word("date", days[0])
    balances, moved = (
        [label for label in columns if _is(known, fields[role], label) or label in open_]
        for role in ("balance", "amount")
    )
    chained = [
        (one, other)
        for one in moved
        for other in balances
        if one != other and _follows(amounts.get(one, []), amounts.get(other, []))
    ]
    words = [label for label in open_ if label not in days and not amounts[label]]
    if len(words) == 1:
        found |= word("summary", words[0])
    if len(chained) == 1:
        found |= word("amount", chained[0][0]) | word("balance", chained[0][1])
    elif balances and (left := [label for label in open_ if amounts.get(label)]) and len(left) == 1:
        # the one amount that is left beside a balance that a word names, or beside the amount
        role = "amount" if not any(_is(known, fields["amount"], label) for label in columns) else "balance"
        found |= word(role, left[0])
    return found


def _is(known: Mapping[str, str], each: Field, label: str) -> bool:
    return label in known and known[label] in each.headers


def _follows(moved: Sequence[Decimal], left: Sequence[Decimal]) -> bool:
    """Whether balances follow from amounts, row by row."""
    return (
        len(left) > _FEWEST_IN_CHAIN - 1
        and bool(moved)
        and all(after == before + by for before, after, by in zip(left, left[1:], moved[1:], strict=False))
    )


def _ends(
    entries: Sequence[Entry],
    rows: Sequence[PaperRow],
    known: Mapping[str, str],
    fields: Mapping[str, Field],
    mark: str | None,
) -> dict[str, str]:
    """The labels of the opening and the closing balance that no word names: the balance before the first row, the one
    behind the last; of two balances, of which one is told, the other."""
    columns = {
        role: next((label for label, word in known.items() if word in fields[role].headers), "")
        for role in ("amount", "balance")
    }
    first, last = (
        {each.label: amount_in(_text(each), mark).value for each in row.entries} for row in (rows[0], rows[-1])
    )
    begun, moved, left = first.get(columns["balance"]), first.get(columns["amount"]), last.get(columns["balance"])
    stated = {each.label: amount for each in entries if (amount := amount_in(_text(each), mark).value) is not None}
    told: dict[End, str] = {end: label for label in stated if (end := balance_label(label)) is not None}
    open_ = [label for label in stated if balance_label(label) is None and not says_no_amount(label)]
    wanted: dict[End, Decimal | None] = {
        "opening": begun - moved if begun is not None and moved is not None else None,
        "closing": left,
    }
    found: dict[End, str] = {}
    for end, amount in wanted.items():
        alike = [label for label in open_ if amount is not None and stated[label] == amount]
        if end not in told and len(alike) == 1:
            found[end] = alike[0]
    left_over = [label for label in open_ if label not in found.values()]
    missing: list[End] = [end for end in wanted if end not in told and end not in found]
    if len(missing) == 1 and len(left_over) == 1 and len(told) + len(found) == 1:
        found[missing[0]] = left_over[0]
    return {
        label: _END_WORDS[end][is_chinese(label)]
        for end, label in found.items()
        if list(found.values()).count(label) == 1
    }


def _amounts(values: Sequence[str], mark: str | None) -> list[Decimal]:
    """The amounts of a column; none if one of its texts is no amount."""
    read = [amount_in(each, mark).value for each in values]
    return [] if None in read else [each for each in read if each is not None]


def _word(each: Field, label: str) -> str:
    """The header word of a field in the language of a label."""
    return next((word for word in each.headers if is_chinese(word) == is_chinese(label)), label)


def _text(each: Entry) -> str:
    return each.value.text if each.value is not None else ""


def _box(each: Entry) -> Box:
    return each.value.box if each.value is not None else each.box


def _grid(made: Sequence[_Cells], number: int) -> Grid:
    width = max(map(len, made))
    full = [[*row, *(("", row[0][1]) for _ in range(width - len(row)))] for row in made]
    columns = {f"c{at}": pa.array([row[at][0] or None for row in full], pa.string()) for at in range(width)}
    numbers = pa.array(range(1, len(made) + 1), pa.int64())
    boxes = tuple(tuple(box for _, box in row) for row in full)
    return Grid(number, "", pa.table(columns), numbers, boxes=boxes)
