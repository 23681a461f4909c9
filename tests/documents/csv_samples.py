"""Reads text as a CSV document, for tests of tables."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from typing import Any

from auditor.documents.collect import document_of
from auditor.documents.model import ReadDocument
from auditor.documents.read import ReadOptions, read_document


def read_csv(text: str, path: str = "文件.csv", **options: Any) -> ReadDocument:
    """The document that a CSV text makes."""
    data = textwrap.dedent(text).strip("\n").encode("utf-8")
    return read_document(document_of(data, path), options=ReadOptions(**options))


def records(document: ReadDocument, record: str, *fields: str) -> list[tuple[Any, ...]]:
    """The values of some fields of all records of a type, as findings.json shows them."""
    shown: list[Mapping[str, Any]] = document.as_dict()["records"].get(record, [])
    return [tuple(each.get(field) for field in fields) for each in shown]


def proofs(document: ReadDocument) -> dict[str, str]:
    """The verdict of each proof; the last, if there are several of a name."""
    return {proof.name: proof.status.value for proof in document.proofs}


def accounted(document: ReadDocument) -> bool:
    """rows seen = records + problems + ignored"""
    rows = document.as_dict()["rows"]
    return bool(rows["seen"] == rows["records"] + rows["problems"] + rows["ignored"])


def reasons(document: ReadDocument) -> dict[str, int]:
    """How many rows were ignored for which reason."""
    found: dict[str, int] = {}
    for each in document.ignored:
        found[each.reason.en] = found.get(each.reason.en, 0) + each.count
    return found
