"""What a worker process does for an audit. It imports as little as that takes: each worker waits for it."""

from __future__ import annotations

from dataclasses import dataclass

from auditor.documents.collect import SourceDocument
from auditor.documents.layouts.form_layouts import form_layouts
from auditor.documents.layouts.loader import layouts_of
from auditor.documents.model import ReadDocument
from auditor.documents.read import ReadOptions, read_document
from auditor.records.loader import record_types
from auditor.resources import OwnFiles, using


@dataclass(frozen=True, slots=True)
class Task:
    """A document and how it is to be read: what a worker is given."""

    source: SourceDocument
    options: ReadOptions
    own: OwnFiles


def read_task(task: Task) -> ReadDocument:
    """Read one document in a worker."""
    with using(task.own):
        return read_document(task.source, options=task.options)


def make_ready() -> None:
    """Load the record types and layouts of the package, so that no document waits for them."""
    record_types()
    layouts_of()
    form_layouts()
