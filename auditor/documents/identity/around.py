"""Stations and accounts that no cell names but a title, a sheet, a file or a folder does.

A list of one station says so in its name alone. Which names there are is known only when the lists of the folder are
read; so the names around are kept with each document and held against the graph when all documents are there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePosixPath

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from auditor.documents.identity.account_words import account_words
from auditor.documents.identity.building import identities_of
from auditor.documents.identity.graph import Identities, Node
from auditor.documents.identity.keys import ACCOUNT, STATION
from auditor.documents.model import ReadDocument, Remark
from auditor.errors import Place
from auditor.languages import Text
from auditor.records.model import Field, RecordType

Types = Mapping[str, RecordType]
_KINDS = (STATION, ACCOUNT)
_LOST = "LostDigits"


def folder_identities(documents: Sequence[ReadDocument], types: Types, own: Iterable[str] = ()) -> Identities:
    """The graph of all documents of a folder, from the records of its lists and what other records state."""
    tables: dict[str, list[pa.Table]] = {}
    for document in documents:
        for name, table in document.records.items():
            tables.setdefault(name, []).append(table)
    return identities_of(tables, types, own)


def with_names_around(documents: Sequence[ReadDocument], types: Types, known: Identities) -> list[ReadDocument]:
    """The documents, stations and accounts filled in where none of a page's records names one and the nearest of the
    texts around that names any names just one. Such a value is marked as assumed and told."""
    return [_filled(document, types, known) if document.records else document for document in documents]


def _filled(document: ReadDocument, types: Types, known: Identities) -> ReadDocument:
    records = dict(document.records)
    told: dict[str, Remark] = {}
    accounts: dict[str, str] = {}
    for name in [name for name in document.records if name in types and types[name].master is None]:
        for each in types[name].fields.values():  # not of lists: who is at no station has none
            if each.master in _KINDS:
                for page in _pages_without(records[name], each):
                    found = _node(document, name, page, each, known)
                    if found is not None:
                        node, text = found
                        records[name] = _with(records[name], each, page, node.id)
                        place = Place(document.path, None, None, document.sheets.get(page) or None)
                        told[f"{place}{each.name}"] = Remark(str(place), _remark(each, node, text))
                        if each.master == ACCOUNT:
                            accounts[document.sheets.get(page, "")] = node.id
    if not told:
        return document
    only = next(iter(accounts.values())) if len(accounts) == 1 else None
    spans = tuple(
        replace(span, account=accounts.get(span.sheet, only)) if span.account is None else span
        for span in document.spans
    )
    return replace(document, records=records, spans=spans, remarks=(*document.remarks, *told.values()))


def _pages_without(table: pa.Table, each: Field) -> list[int]:
    """The pages none of whose records has a value in a field, nor one that was lost."""
    if each.name not in table.column_names or not table.num_rows:
        return []
    empty = np.asarray(pc.is_null(table.column(each.name)).to_numpy(zero_copy_only=False), dtype=bool)
    problems = pc.fill_null(pc.match_substring(table.column("_problems"), _LOST), False)
    empty &= ~np.asarray(problems.to_numpy(zero_copy_only=False), dtype=bool)
    pages = np.asarray(pc.fill_null(table.column("_page"), 0).to_numpy(zero_copy_only=False))
    return [int(page) for page in np.unique(pages) if empty[pages == page].all()]


def _node(document: ReadDocument, record: str, page: int, each: Field, known: Identities) -> tuple[Node, str] | None:
    path = PurePosixPath(document.path)
    own = document.titles.get((record, page), ())
    texts = [*reversed(own), document.sheets.get(page, ""), path.stem, *reversed(path.parts[:-1])]
    assert each.master is not None
    nearer = ""  # words for a kind or a currency in nearer texts hold for the bank that a farther one names
    for text in filter(None, texts):
        found = known.nodes_in(f"{nearer} {text}".strip(), each.master)
        if each.master == ACCOUNT and not found:
            words = account_words(text)
            if len(words.banks) > 1:
                return None
            nearer = f"{nearer} {text}".strip() if words.kinds or words.currencies else nearer
        if found:
            return (found[0], text) if len(found) == 1 else None
    return None


def _with(table: pa.Table, each: Field, page: int, value: str) -> pa.Table:
    pages = pc.fill_null(table.column("_page"), 0)
    mine = pc.equal(pages, pa.scalar(page, pages.type))
    column = pc.if_else(mine, pa.scalar(value, pa.string()), table.column(each.name).cast(pa.string()))
    table = table.set_column(table.column_names.index(each.name), each.name, column)
    before = pc.fill_null(table.column("_assumed"), "")
    more = pc.if_else(pc.equal(before, ""), each.name, pc.binary_join_element_wise(before, each.name, ","))
    assumed = pc.if_else(mine, more, table.column("_assumed"))
    return table.set_column(table.column_names.index("_assumed"), "_assumed", assumed)


def _remark(each: Field, node: Node, text: str) -> Text:
    return Text(
        f"{each.title.en} {node.id}: no cell names one, “{text}” does",
        f"{each.title.zh} {node.id}：表内未注明，取自“{text}”",
    )
