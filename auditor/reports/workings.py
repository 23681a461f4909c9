"""The sum that an exception is about, written out: `75.60 + 3,410.31 = 3,485.91 ≠ 3,845.91`."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

from auditor.findings.model import Finding, RecordRef
from auditor.languages import Text
from auditor.reports.figures import count, is_count, money
from auditor.reports.words import words

MOST_TERMS = 6  # of a sum; a longer one is named by how many terms it has


def working_of(finding: Finding) -> Text | None:
    """The sum in words, where the records that the exception shows really come to what it says; else nothing."""
    expected, actual = _number(finding.expected), _number(finding.actual)
    if expected is None or actual is None or finding.unlisted:
        return None
    if finding.outcome == "break":
        return _chained(finding, expected, actual)
    if finding.outcome in ("sum_differs", "count_differs"):
        return _totalled(finding, expected, actual)
    return None


def _totalled(finding: Finding, expected: Decimal, actual: Decimal) -> Text | None:
    """Both sides of a total: what each is made of, and what that comes to."""
    sides = [_summed(finding, "left", expected), _summed(finding, "right", actual)]
    if None in sides:
        return None
    left, right = (each or Text("", "") for each in sides)
    known = words()
    return Text(
        f"{known['left'].en}: {left.en} ≠ {known['right'].en}: {right.en}",
        f"{known['left'].zh} {left.zh} ≠ {known['right'].zh} {right.zh}",
    )


def _summed(finding: Finding, side: str, total: Decimal) -> Text | None:
    records = [record for record in finding.records if record.side == side]
    for name in finding.fields or ((finding.field,) if finding.field else ()):
        terms = [_number(record.values.get(name)) for record in records]
        found = [term for term in terms if term is not None]
        if found and sum(found, Decimal(0)) == total:
            return _sum_text(finding, found, total)
    return words().fill("records_n", n=len(records)) if records and len(records) == total else None


def _sum_text(finding: Finding, terms: Sequence[Decimal], total: Decimal) -> Text:
    shown = _figure(finding, total)
    if len(terms) == 1:
        return Text(shown, shown)
    if len(terms) > MOST_TERMS:
        return words().fill("sum_of", n=len(terms), total=shown)
    joined = " + ".join(_figure(finding, term) for term in terms).replace("+ -", "− ")
    return Text(f"{joined} = {shown}", f"{joined} = {shown}")


def _chained(finding: Finding, expected: Decimal, actual: Decimal) -> Text | None:
    """A balance that does not follow: the one before, the movement, what that makes, and what is stated."""
    movement = _movement(finding.records[-1]) if finding.records else None
    if movement is None:
        return None
    sign = "−" if movement < 0 else "+"
    before = _figure(finding, expected - movement)
    shown = f"{before} {sign} {_figure(finding, abs(movement))} = {_figure(finding, expected)}"
    return Text(f"{shown} ≠ {_figure(finding, actual)}", f"{shown} ≠ {_figure(finding, actual)}")


def _movement(record: RecordRef) -> Decimal | None:
    amount, direction = _number(record.values.get("amount")), record.values.get("direction")
    if amount is None or direction not in ("in", "out"):
        return None
    return -amount if direction == "out" else amount


def _figure(finding: Finding, value: Decimal) -> str:
    return count(value) if is_count(finding) else money(value, finding.currency)


def _number(text: str | None) -> Decimal | None:
    try:
        return None if text is None else Decimal(text)
    except InvalidOperation:  # a sentence, or a name
        return None
