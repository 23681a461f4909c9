"""All that the audit of the period before left, held against this audit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from auditor.audit.previous_period.balances import carried_balances
from auditor.audit.previous_period.feeding import document_of
from auditor.audit.previous_period.items import carried_items
from auditor.audit.previous_period.reading import PreviousAudit
from auditor.documents.model import ReadDocument
from auditor.engine import DuckEngine
from auditor.findings.carried_over import CarriedOver
from auditor.findings.model import DocumentSummary, Finding
from auditor.languages import Text
from auditor.records.model import RecordType
from auditor.rules.lineage import Lineage

UNSTATED = Text(
    "the period is not stated, so records of the period before, such as invoices claimed then, were not tested against",
    "未注明期间，因此未与上期记录（如已报销发票）核对",
)


def fed_document(
    previous: PreviousAudit | None, asked: tuple[date, date] | None, types: Mapping[str, RecordType]
) -> ReadDocument | None:
    """The records of the period before that this audit tests against, as a document; None where there are none, or the
    period that is audited is not stated. Raises PreviousLater and PreviousUnusable."""
    if previous is None or asked is None or not previous.is_before(asked):
        return None
    with previous.engine() as earlier:
        return document_of(previous, earlier, types) if earlier is not None else None


def carried_over(
    previous: PreviousAudit | None,
    findings: Sequence[Finding],
    engine: DuckEngine,
    types: Mapping[str, RecordType],
    lineage: Lineage,
    period: tuple[date, date],
    documents: Sequence[DocumentSummary],
) -> CarriedOver | None:
    """What has become of what the earlier audit left; None where there is none, or it is another run of this period.

    Raises PreviousLater and PreviousUnusable.
    """
    if previous is None or not previous.is_before(period):
        return None
    with previous.engine() as earlier:
        balances = (
            carried_balances(earlier, engine, types, (previous.first, previous.last), period) if earlier else ()
        )
        return CarriedOver(
            period=(previous.first.isoformat(), previous.last.isoformat()),
            run_at=previous.told.audit.run_at,
            sha256=previous.sha256,
            items=carried_items(previous, findings, engine, types, lineage, period),
            balances=balances,
            fed=sum(sum(each.records.values()) for each in documents if each.sha256 == previous.sha256),
            database=earlier is not None,
        )


def marked(findings: Sequence[Finding], carried: CarriedOver | None) -> list[Finding]:
    """The findings, those that were open in the period before marked as carried over."""
    known = {each.id for each in carried.items} if carried else set()
    return [
        replace(each, status="carried") if each.status == "open" and each.id in known else each for each in findings
    ]
