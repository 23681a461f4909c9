"""From the outcomes of the checks to findings."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, get_args

from auditor.checks.base import CheckResult
from auditor.engine import Engine
from auditor.findings.explain import Explainer
from auditor.findings.hints import hint_for
from auditor.findings.issues import Issues
from auditor.findings.model import MOST_FINDINGS, MOST_RECORDS, SEVERITIES, Failed, Finding, NearMiss, RecordRef
from auditor.findings.naming import told_apart
from auditor.findings.scanned import told_of_scans
from auditor.findings.sources import RecordSources, without_types
from auditor.findings.twins import told_of_twins
from auditor.languages import Text
from auditor.records.figures import FIGURE_UNIT
from auditor.records.model import RecordType
from auditor.rules.bound import BoundRule
from auditor.rules.lineage import NO_VIEWS, Lineage
from auditor.rules.schema import Outcome, RuleHead, Unit
from auditor.rules.units import unit_of_outcome

_COLUMNS = (
    f"outcome, field, rank, left_ids[:{MOST_RECORDS}] AS left_ids, right_ids[:{MOST_RECORDS}] AS right_ids, "
    f"greatest(len(left_ids) - {MOST_RECORDS}, 0) + greatest(len(right_ids) - {MOST_RECORDS}, 0) AS unlisted, "
    "key, party, expected, actual, difference, amount, currency, date, "
    "criterion, nearest, place"
)


_CONTENT = "outcome, rank, key, field, party, date, amount, difference, expected, actual, o.left_ids, o.right_ids"


@dataclass(frozen=True, slots=True)
class RanRule:
    """A rule that ran, with what its file says and what its check gave."""

    bound: BoundRule
    head: RuleHead
    result: CheckResult


def build_findings(
    ran: Sequence[RanRule],
    engine: Engine,
    record_types: Mapping[str, RecordType],
    explainer: Explainer,
    currency: str,
    lineage: Lineage = NO_VIEWS,
) -> list[Finding]:
    """Every reported outcome as a finding, open, by severity, duty, rule, code and key.

    `currency` is that of the audit, taken for an outcome that names none; `lineage` leads what rules compute back to
    the fields of records.
    """
    rows = [(each, row) for each in ran for row in _reported(engine, each)]
    sources = RecordSources(engine, record_types, _ids(row for _, row in rows))
    parties = _party_names(engine)
    findings = [
        told_of_scans(
            _finding(each, row, sources, parties, explainer, currency, record_types, lineage), record_types
        )
        for each, row in rows
    ]
    findings = [_of_its_own(engine, each, record_types) for each in findings]
    findings.sort(key=_order)
    return told_apart(_numbered(findings), record_types)


def _of_its_own(engine: Engine, finding: Finding, record_types: Mapping[str, RecordType]) -> Finding:
    """A finding of more records than it lists, whose numbers leave out what many findings are held against."""
    if finding.members is None or not finding.background:
        return finding
    return replace(finding, members=without_types(engine, finding.members, finding.background & set(record_types)))


def reported_count(engine: Engine, table: str) -> int:
    """How many of a check's outcomes are to be reported."""
    return int(engine.value(f'SELECT count(*) FROM "{table}" WHERE rank IS NOT NULL'))


def _reported(engine: Engine, ran: RanRule) -> list[dict[str, Any]]:
    # the order is that of content, so that findings with one key are numbered the same way in every run
    placed = f'(SELECT *, rowid AS place FROM "{ran.result.table}")'
    chosen = f"FROM {placed} o WHERE rank IS NOT NULL"
    if reported_count(engine, ran.result.table) > MOST_FINDINGS:
        # the largest amounts; all of them stay in the table, and the rule says how many there are
        first = f"ORDER BY amount DESC NULLS LAST, {_CONTENT} LIMIT {MOST_FINDINGS}"
        chosen = f"FROM (SELECT * FROM {placed} o WHERE rank IS NOT NULL {first}) o WHERE TRUE"
    order = f"ORDER BY {_CONTENT}"
    rows = engine.dicts(f"SELECT {_COLUMNS} {chosen} {order}")
    if any(row["unlisted"] for row in rows):
        most = f"greatest(len(left_ids), len(right_ids)) > {MOST_RECORDS}"
        whole = engine.arrow(f"SELECT list_concat(left_ids, right_ids) AS ids {chosen} AND {most} {order}")
        for row, ids in zip((row for row in rows if row["unlisted"]), whole.column("ids"), strict=True):
            row["members"] = ids.values.to_numpy(zero_copy_only=False)
    return rows


def _ids(rows: Iterable[Mapping[str, Any]]) -> set[int]:
    wanted: set[int] = set()
    for row in rows:
        wanted.update(row["left_ids"] or ())
        wanted.update(row["right_ids"] or ())
        for near in _json_list(row["nearest"]):
            wanted.update(near.get("ids", ()))
    return wanted


def _json_list(text: str | None) -> list[Any]:
    value = json.loads(text) if text else []
    return value if isinstance(value, list) else [value]


def _finding(
    ran: RanRule,
    row: Mapping[str, Any],
    sources: RecordSources,
    parties: Mapping[str, str],
    explainer: Explainer,
    currency: str,
    record_types: Mapping[str, RecordType],
    lineage: Lineage,
) -> Finding:
    bound, head = ran.bound, ran.head
    report: Outcome = bound.reports(row["outcome"], row["field"])[row["rank"]]
    records = (*sources.refs(row["left_ids"] or (), "left"), *sources.refs(row["right_ids"] or (), "right"))
    money = row["currency"] or next((r.values["currency"] for r in records if "currency" in r.values), currency)
    issues = Issues(bound, lineage)
    title = bound.field_titles.get(row["field"] or "")
    owner = report.owner or head.owner
    by_difference = row["difference"] is not None
    criterion = _criterion(row, bound)
    unit = _unit_of_records(records) or unit_of_outcome(
        bound, report, row["outcome"], row["field"], difference=by_difference
    )
    return Finding(
        id="",
        rule=bound.id,
        rule_version=head.version,
        duty=head.duty,
        code=report.code,
        severity=report.severity,
        title=Text(report.title.en, report.title.zh),
        outcome=row["outcome"],
        key=row["key"] or "",
        field=row["field"],
        party=row["party"],
        party_name=parties.get(row["party"] or ""),
        expected=row["expected"],
        actual=row["actual"],
        difference=row["difference"],
        amount=row["amount"],
        unit=unit,
        currency=money if unit == "money" and (row["difference"], row["amount"]) != (None, None) else None,
        date=row["date"],
        explanation=told_of_twins(
            explainer.explain(row, report, bound, title, money, unit), criterion, records, record_types
        ),
        hint=Text(report.hint.en, report.hint.zh) if report.hint else hint_for(row, records),
        owner=Text(owner.en, owner.zh) if owner else None,
        criterion=criterion,
        nearest=tuple(_near(each, sources, issues, records) for each in _json_list(row["nearest"])),
        records=records,
        fields=issues.of_row(row, report, records),
        background=frozenset().union(*map(lineage.records, sorted(bound.options.background(row["outcome"])))),
        status="open",
        unlisted=row["unlisted"] or 0,
        members=row.get("members"),
        place=row["place"],
    )


def _unit_of_records(records: Sequence[RecordRef]) -> Unit | None:
    """What the figures of an exception count where its records say so themselves, as totals that documents state do."""
    said = {each.values.get(FIGURE_UNIT) for each in records}
    return next((unit for unit in get_args(Unit) if said == {unit}), None)


def _criterion(row: Mapping[str, Any], bound: BoundRule) -> dict[str, Any]:
    """What decided, the pass of a match by its name in both languages too."""
    criterion: dict[str, Any] = json.loads(row["criterion"]) if row["criterion"] else {}
    if "pass" in criterion:
        name = bound.options.tier_titles().get(str(criterion["pass"]))
        criterion["name"] = {"en": name.en, "zh": name.zh} if name else None
    return criterion


def _near(near: Mapping[str, Any], sources: RecordSources, issues: Issues, records: Sequence[RecordRef]) -> NearMiss:
    near_records = sources.refs(near["ids"], "near")
    failed = tuple(
        Failed(
            f["field"],
            _text(f.get("left")),
            _text(f.get("right")),
            _text(f.get("by")),
            issues.behind(f["field"], (*records, *near_records)),
        )
        for f in near["failed"]
    )
    return NearMiss(near_records, bool(near.get("used")), tuple(near.get("agrees", ())), failed)


def _text(value: Any) -> str | None:
    return None if value is None else str(value)


def _party_names(engine: Engine) -> dict[str, str]:
    accounts = engine.rows("SELECT account_id, min(coalesce(name, account_id)) FROM bank_account GROUP BY account_id")
    parties = engine.rows("SELECT party_id, min(name) FROM party GROUP BY party_id")
    return dict([*accounts, *parties])


def _order(finding: Finding) -> tuple[Any, ...]:
    return (
        SEVERITIES.index(finding.severity),
        finding.duty,
        finding.code,
        finding.key,
        finding.rule,
        finding.field or "",
        finding.date.isoformat() if finding.date else "",
        finding.amount if finding.amount is not None else Decimal(0),
        finding.difference if finding.difference is not None else Decimal(0),
        finding.party or "",
        finding.actual or "",
        finding.expected or "",
    )


def _numbered(findings: list[Finding]) -> list[Finding]:
    """Each with its fingerprint: of rule, code, key, field and party, and its turn among those alike in all."""
    seen: Counter[tuple[str, ...]] = Counter()
    numbered = []
    for finding in findings:
        parts = (finding.rule, finding.code, finding.key, finding.field or "", finding.party or "")
        seen[parts] += 1
        text = "\x1f".join((*parts, str(seen[parts])))
        numbered.append(replace(finding, id=hashlib.sha256(text.encode()).hexdigest()[:12]))
    return numbered
