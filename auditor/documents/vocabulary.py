"""All header words of the record types, and the roles that a column can have."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from auditor.documents.headers import header_key, header_variants
from auditor.records.model import RecordType

# Roles that are no fields: the columns from which direction and amount follow, and numbers.
MONEY_IN, MONEY_OUT, FLAG = "<in>", "<out>", "<flag>"
SIDES = ("payer", "payee")  # of a list of transfers; a column of theirs has the role `payer.counterparty`
FIELDS_OF_SIDES = ("counterparty", "counterparty_account", "counterparty_bank")
LAST = 1000  # the rank of words that a field takes only where no other wants them
RANGE = "<range>"  # the column that names first and last number in one cell


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """All header words: for each key the (record type, role, rank) that it may name. One is told from another by what
    it is, not by what it holds, so that what was asked of it can be remembered."""

    types: Mapping[str, RecordType]
    words: Mapping[str, tuple[tuple[str, str, int], ...]] = field(default_factory=dict)

    @staticmethod
    def of(types: Mapping[str, RecordType], more: Mapping[str, tuple[str, ...]] | None = None) -> Vocabulary:
        """The words of some types; `more` are roles that a layout adds to each of them."""
        words: dict[str, list[tuple[str, str, int]]] = defaultdict(list)
        for name, record_type in types.items():
            for role, headers in {**roles(record_type), **(more or {})}.items():
                for rank, header in enumerate(dict.fromkeys(header_key(each) for each in headers)):
                    words[header].append((name, role, rank))
            for role, each in record_type.fields.items():
                for header in dict.fromkeys(header_key(word) for word in each.also):
                    words[header].append((name, role, LAST))
        return Vocabulary(types, {key: tuple(found) for key, found in words.items()})

    def knows(self, text: str | None) -> bool:
        """Whether a cell's text is a header word of any record type."""
        if not text or len(text) > 60:
            return False
        return any(key in self.words for key, _, _ in header_variants(text))


def roles(record_type: RecordType) -> dict[str, tuple[str, ...]]:
    """The header words of each role of a record type: its fields, and the columns of its flow."""
    found = {name: each.headers for name, each in record_type.fields.items() if each.headers}
    if record_type.flow:
        found[MONEY_IN] = record_type.flow.money_in
        found[MONEY_OUT] = record_type.flow.money_out
        found[FLAG] = record_type.flow.flag_headers
    if record_type.range:
        found[RANGE] = record_type.range.headers
    return {role: headers for role, headers in found.items() if headers}
