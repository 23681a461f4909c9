"""The reading of one document as a task: what a worker is given, and what it runs.

It stands apart so that a worker imports what reads documents and nothing of rules, checks and reports.
"""

from __future__ import annotations

from dataclasses import dataclass

from auditor.documents.collect import SourceDocument
from auditor.documents.model import ReadDocument
from auditor.documents.read import ReadOptions, read_document
from auditor.resources import OwnFiles, using


@dataclass(frozen=True, slots=True)
class Task:
    """A document, how it is to be read, and the layouts and record types of one's own that hold."""

    source: SourceDocument
    options: ReadOptions
    own: OwnFiles


def read_task(task: Task) -> ReadDocument:
    """Read one document in a worker."""
    with using(task.own):
        return read_document(task.source, options=task.options)
