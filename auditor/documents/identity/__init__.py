"""Whom a text means: accounts, parties, persons, stations and books by any of their names and numbers.

    texts            a text in normal form; an index that finds all names in it at once
    names, keys      names without legal form, other names in brackets; `account_numbers`, `account_words`: of accounts
    accounts, graph  `Identities`: resolve (a cell), nodes_in (a title or file name), related (person → station)
    building         the graph from the records of lists and of other documents
    masters, implied the graph in the engine: `FIELD__id`, `master_edge`; entries that no list gives
    around           what only names around tell
    movements        the same movements of one account in two places, read once; `repeated_lists`: the same records
"""

from auditor.documents.identity.building import identities_in, identities_of
from auditor.documents.identity.graph import Edge, Identities, Name, Node, Resolution
from auditor.documents.identity.keys import ACCOUNT, BOOK, PARTY, PERSON, STATION

__all__ = [
    "ACCOUNT",
    "BOOK",
    "PARTY",
    "PERSON",
    "STATION",
    "Edge",
    "Identities",
    "Name",
    "Node",
    "Resolution",
    "identities_in",
    "identities_of",
]
