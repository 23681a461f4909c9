"""Entries of masters that no list gives but the records imply: the account of a bank export is an account.

A company with one or two accounts keeps no list of them. Where a record type says `entry: certain` of a field with a
master, a value that no list names becomes an entry of its own. Where it says `entry: likely` (a ledger, in which an
account goes by a word), the value is first looked for among the certain ones: by the end of the number, by its bank if
the path of an export names one, or because there is only one; a record that names none means the only entry there is.
Nothing of this touches a name that a list settles.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from auditor.documents.identity.account_numbers import shown_numbers
from auditor.documents.identity.account_words import HOME, account_words, saying_of_names
from auditor.documents.identity.graph import Identities, Name, Node
from auditor.engine import Engine
from auditor.languages import Text
from auditor.records.model import Field, RecordType

_NOT_DAMAGED = " AND (_problems IS NULL OR _problems NOT LIKE '%LostDigits%')"
_UNNAMED = ("stated_balance", "export_extent")  # what a document states of the type that their field `of` names


@dataclass
class Implied:
    """What was implied: remarks for the report, and the record types that have records only for that."""

    remarks: list[Text] = field(default_factory=list)
    types: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class _Use:
    """A text that no list names, and the first record that has it."""

    text: str
    order: int
    document: int | None
    page: int | None
    row: int | None
    currency: str | None


def imply_entries(engine: Engine, types: Mapping[str, RecordType], known: Identities) -> Implied:
    """Adds the entries to the tables of their masters and fills in the only entry where a likely record names none.

    `known` are the names that the lists give: a text that holds one of theirs is never an entry of its own. To be
    called before the graph of all names is made, which then finds the entries as if a list had given them.
    """
    implied = Implied()
    for master, entries in sorted(_fields(types).items()):
        if types[master].master is None or not any(each.entry == "certain" for _, each in entries):
            continue
        _Master(engine, types, types[master], entries, known, implied).imply()
    return implied


def _names(path: str) -> list[str]:
    """The names of a path, nearest first: the file's without its ending, then folders."""
    *folders, file = path.split("/")
    return [file.rpartition(".")[0] or file, *reversed(folders)]


def _own_number(text: str) -> str | None:
    """The one whole number that a text shows."""
    numbers = {shown.whole for shown in shown_numbers(text)}
    number = next(iter(numbers)) if len(numbers) == 1 else ""
    return number or None


def _unusual(text: str) -> int:
    words = account_words(text)
    return len(words.unusual) + len(words.currencies)


def _currency(text: str) -> str | None:
    """The one currency that the words for an account say."""
    currencies = account_words(text).currencies
    return next(iter(currencies)) if len(currencies) == 1 else None


def _fields(types: Mapping[str, RecordType]) -> dict[str, list[tuple[str, Field]]]:
    """Master -> the record types and fields from which its entries may be implied."""
    found: dict[str, list[tuple[str, Field]]] = {}
    for name in sorted(types):
        for each in types[name].fields.values():
            if each.entry in ("certain", "likely") and each.master:
                found.setdefault(each.master, []).append((name, each))
    return found


class _Master:
    def __init__(
        self,
        engine: Engine,
        types: Mapping[str, RecordType],
        record: RecordType,
        entries: Iterable[tuple[str, Field]],
        known: Identities,
        implied: Implied,
    ) -> None:
        self.engine, self.types, self.record, self.implied = engine, types, record, implied
        self.of_lists = self.known = known
        self.certain = [each for each in entries if each[1].entry == "certain"]
        self.likely = [each for each in entries if each[1].entry == "likely"]

    def imply(self) -> None:
        made: dict[str, _Use] = {}
        aliases: dict[str, list[str]] = {}
        listed = self._listed()
        uses = sorted(self._uses(self.certain), key=lambda use: (_own_number(use.text) is None, _unusual(use.text)))
        for use in uses:  # the ordinary account of a bank before those of a kind of their own
            self._enter(use, made, aliases, self._owner(use.text))
        for use in self._uses(self.likely):
            owner = self._owner(use.text)
            if owner is None and _own_number(use.text) is None and len(made) == 1 and not listed:
                owner = next(iter(made))
                self._tell_only(use.text, owner)
            self._enter(use, made, aliases, owner)
        if made:
            first = self._next_id()
            for number, (own, use) in enumerate(sorted(made.items(), key=lambda each: each[1].order), first):
                self._add(number, own, use, aliases[own])
            self.implied.types.add(self.record.name)
            names = ", ".join(own for own, _ in sorted(made.items(), key=lambda each: each[1].order))
            self.implied.remarks.append(
                Text(
                    f"{self.record.title.en}: no list names {names}; taken from the documents",
                    f"{self.record.title.zh}：清单中没有 {names}，按资料中的记载认定",
                )
            )
        self._fill_unnamed([*listed, *made])

    def _enter(self, use: _Use, made: dict[str, _Use], aliases: dict[str, list[str]], owner: str | None) -> None:
        """A text as a further name of the entry that it means, else as an entry of its own, by its number if it holds
        one."""
        own = owner or _own_number(use.text) or use.text
        if own not in made:
            made[own], aliases[own] = use, []
        if use.text != own:
            aliases[own].append(use.text)
        node = Node(self.record.name, own)
        names = tuple(Name(node, text, "id") for text in dict.fromkeys((own, use.text)))
        bank, currency = self._bank(made[own]), made[own].currency or _currency(own)
        self.known = replace(
            self.known,
            names=(*self.known.names, *names),
            banks=tuple(dict.fromkeys((*self.known.banks, *([(node, bank)] if bank else [])))),
            currencies=tuple(dict.fromkeys((*self.known.currencies, *([(node, currency)] if currency else [])))),
        )

    def _bank(self, use: _Use) -> str | None:
        """The one bank that the path of the first record's document names: `ICBC October.csv`."""
        saying = saying_of_names(_names(self._paths.get(use.document or 0, "")))
        banks = account_words(saying.text).banks if saying is not None else frozenset()
        return next(iter(banks)) if len(banks) == 1 else None

    @cached_property
    def _paths(self) -> dict[int, str]:
        """The paths of the documents by their numbers."""
        if not self.engine.exists("document"):
            return {}
        return dict(self.engine.rows('SELECT number, path FROM "document" ORDER BY number'))

    def _owner(self, text: str) -> str | None:
        """The entry among those that were made which a text means: by its number, the end of it, or its words."""
        node = self.known.resolve(text, self.record.name).node
        return node.id if node else None

    def _uses(self, entries: Iterable[tuple[str, Field]]) -> Iterator[_Use]:
        """The texts that hold no name of a list, in the order of the records."""
        for name, each in entries:
            currency = "currency" if "currency" in self.types[name].fields else "NULL"
            rows = self.engine.rows(
                f'SELECT "{each.name}", min(_id), arg_min(_document, _id), arg_min(_page, _id), arg_min(_row, _id),'
                f" CASE WHEN count(DISTINCT {currency}) = 1 THEN min({currency}) END"
                f' FROM "{name}" WHERE "{each.name}" IS NOT NULL GROUP BY 1 ORDER BY min(_id)'
            )
            for row in rows:
                if not self.of_lists.resolve(row[0], self.record.name).nodes and not self.of_lists.nodes_in(
                    row[0], self.record.name
                ):
                    yield _Use(*row)

    def _listed(self) -> list[str]:
        """The entries that a list gives, apart from cash in a till."""
        master = self.record.master
        assert master is not None
        cash = "WHERE kind IS DISTINCT FROM 'cash'" if "kind" in self.record.fields else ""
        return [row[0] for row in self.engine.rows(f'SELECT DISTINCT "{master.id}" FROM "{self.record.name}" {cash}')]

    def _tell_only(self, text: str, owner: str) -> None:
        self.implied.remarks.append(
            Text(
                f"{self.record.title.en}: {text} is taken for {owner}, the only one that the documents know",
                f"{self.record.title.zh}：资料中只有 {owner}，{text} 视为同一{self.record.title.zh}",
            )
        )

    def _add(self, number: int, own: str, use: _Use, aliases: Iterable[str]) -> None:
        master = self.record.master
        assert master is not None
        values: dict[str, object] = {
            each.name: each.default for each in self.record.fields.values() if each.default is not None
        }
        values[master.id] = own
        for each in self.record.fields.values():
            if each.required and each.name not in values:
                values[each.name] = own
        if "currency" in self.record.fields:
            values["currency"] = use.currency or _currency(own)
        if "bank" in self.record.fields and "bank" not in values:
            values["bank"] = self._bank(use)
        if "aliases" in self.record.fields:
            values["aliases"] = ";".join(aliases) or None
        values |= {"_id": number, "_document": use.document, "_page": use.page, "_row": use.row}
        values |= {"_via": "cell", "_proof": "unproved"}
        names = ", ".join(f'"{name}"' for name in values)
        marks = ", ".join("?" * len(values))
        self.engine.execute(f'INSERT INTO "{self.record.name}" ({names}) VALUES ({marks})', [*values.values()])

    def _next_id(self) -> int:
        """Numbers of records are unique over all record types."""
        parts = " UNION ALL ".join(f'SELECT max(_id) AS id FROM "{name}"' for name in self.types)
        return int(self.engine.value(f"SELECT coalesce(max(id), 0) + 1 FROM ({parts})"))

    def _fill_unnamed(self, entries: list[str]) -> None:
        """Records that name no account mean the only one; of several, none is guessed, and none for a record whose
        number lost its last digits, which names one that nobody can read. An export whose file or layout speaks of
        another bank than the only account's names another account."""
        if len(entries) != 1:
            return
        for name, each in (*self.certain, *self.likely):
            unnamed = [document for document in self._unnamed(name, each) if self._may_be(document, entries[0])]
            if unnamed:
                self._fill(name, each, entries[0], [document for document, *_ in unnamed])

    def _unnamed(self, name: str, each: Field) -> list[tuple[Any, ...]]:
        """The documents with records that name no account, with path and layout."""
        documents = self.engine.exists("document")
        joined = 'LEFT JOIN "document" AS d ON d.number = r._document' if documents else ""
        about = "any_value(d.path), any_value(d.layout)" if documents else "NULL, NULL"
        return self.engine.rows(
            f'SELECT r._document, {about}, count(*) FROM "{name}" AS r {joined}'
            f' WHERE r."{each.name}" IS NULL{_NOT_DAMAGED} GROUP BY 1 ORDER BY 1'
        )

    def _may_be(self, document: tuple[Any, ...], entry: str) -> bool:
        """Whether the records of a document may be of an entry: nothing in its path or layout says another bank, kind
        or currency."""
        path, layout = document[1] or "", document[2] or ""
        for names in (_names(path), [layout] if "/" in layout else []):
            nearer: list[str] = []
            for name in names:
                words = account_words(name)
                if not (words.banks or words.kinds or words.currencies):
                    continue
                nearer.append(name)
                if not self._may_mean(" ".join(reversed(nearer)), entry):
                    return False
                if words.banks:
                    break
        return True

    def _may_mean(self, text: str, entry: str) -> bool:
        words, node = account_words(text), Node(self.record.name, entry)
        if words.banks or words.kinds:
            return node in self.known.nodes_in(text, self.record.name)
        return dict(self.known.currencies).get(node, HOME) in words.currencies

    def _fill(self, name: str, each: Field, entry: str, documents: list[int | None]) -> None:
        mine = f"(_document IS NULL OR _document IN ({', '.join(str(number or 0) for number in documents)}))"
        unnamed = self.engine.value(
            f'SELECT count(*) FROM "{name}" WHERE "{each.name}" IS NULL{_NOT_DAMAGED} AND {mine}'
        )
        self.engine.execute(
            f'UPDATE "{name}" SET "{each.name}" = ? WHERE "{each.name}" IS NULL{_NOT_DAMAGED} AND {mine}', [entry]
        )
        for stated in _UNNAMED:
            self.engine.execute(
                f'UPDATE "{stated}" SET "{each.name}" = ? WHERE "{each.name}" IS NULL AND "of" = ? AND {mine}',
                [entry, name],
            )
        self.implied.remarks.append(
            Text(
                f"{unnamed} records name no account and are taken for {entry}, the only one",
                f"{unnamed} 条记录未注明账户，按唯一账户 {entry} 处理",
            )
        )
