"""What a document's proofs make of its state: one that was read and contradicts itself is not in order."""

from __future__ import annotations

from auditor.findings.model import DocumentSummary

BROKEN = "proof broken"  # in the place of `read`
READ = ("read", BROKEN, "read with problems")


def broken_proofs(document: DocumentSummary) -> int:
    """How many of its proofs do not hold."""
    return sum(proof["status"] == "broken" for proof in document.proofs)


def shown_status(document: DocumentSummary) -> str:
    """Its status as people see it: the worst of what was read of it and what its proofs say."""
    return BROKEN if document.status == "read" and broken_proofs(document) else document.status
