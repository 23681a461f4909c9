"""Which of the record types that claim a header row it is: by its columns, else by the names around the table.

Some types have the same columns, and a header that tells them apart (`required_header`): the statistics register has
the number of a liaison memo, slips have none. Where that header is not there, a title, the sheet, the file or a folder
may say what the table is. Where nothing says it, several claims are left, and the table is not read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from auditor.documents.tables.recognise import Claim, enough, named_by, title_fit
from auditor.records.model import RecordType

Types = Mapping[str, RecordType]
_BY_NAME = 600  # thousandths of a type's title: 统计报表 is enough of 统计报表登记, 日记账 of no ledger


def winners(found: Sequence[Claim], types: Types, names: Sequence[str]) -> list[Claim]:
    """The best complete claim; several if neither the columns nor the names around the table decide."""
    fits = {claim.record: title_fit(types[claim.record], names) for claim in found}
    complete = [claim for claim in found if claim.complete and len(claim.columns) >= 2]
    most = max(len(claim.columns) for claim in complete)
    best = [claim for claim in complete if len(claim.columns) == most]
    highest = max(fits[claim.record] for claim in best)
    best = [claim for claim in best if fits[claim.record] == highest]
    if len(best) == 1:
        titled = [
            claim
            for claim in found
            if not claim.complete
            and len(claim.missing) == 1
            and len(claim.columns) >= most
            and fits[claim.record] > fits[best[0].record]
        ]
        named = _named(titled, types, names)
        best = [named] if named else best + (titled or _nameless(best[0], found, types, names))
    return sorted(best, key=lambda claim: (-fits[claim.record], claim.record))


def called(found: Sequence[Claim], types: Types, names: Sequence[str]) -> Claim | None:
    """Of claims that all lack something the one that a name settles, as a complete one."""
    named = _named([claim for claim in found if len(claim.missing) == 1], types, names)
    return replace(named, missing=()) if named is not None and enough(named, types[named.record]) else None


def _named(candidates: Sequence[Claim], types: Types, names: Sequence[str]) -> Claim | None:
    """The claim that a name settles: it lacks only a header that tells its type from others, and a title, the sheet,
    the file or a folder calls the table by most of that type's name, and by that of no other."""
    telling = [
        claim
        for claim in candidates
        if _lacks_no_value(claim, types[claim.record]) and named_by(types[claim.record], names) >= _BY_NAME
    ]
    return telling[0] if len(telling) == 1 else None


def _nameless(best: Claim, found: Sequence[Claim], types: Types, names: Sequence[str]) -> list[Claim]:
    """The claims that are as good as the best but for a header that tells types apart, where no name says which it is
    and no balances can show it either."""
    if types[best.record].flow is not None or any(named_by(types[best.record], [name]) for name in names):
        return []
    columns = {(column.role, column.index) for column in best.columns}
    return [
        claim
        for claim in found
        if claim.missing
        and columns == {(column.role, column.index) for column in claim.columns}
        and _lacks_no_value(claim, types[claim.record])
    ]


def _lacks_no_value(claim: Claim, record_type: RecordType) -> bool:
    """Whether the header that is missing is of a field that a record may be without."""
    fields = record_type.fields.values()
    return all(not each.required for each in fields if each.headers and each.headers[0] in claim.missing)
