"""The first page: can we close, how much is at stake, do the accounts tie, what is missing, what was covered."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal

from auditor.findings.model import (
    NOT_WHOLE,
    SEVERITIES,
    AuditResult,
    DocumentSummary,
    Finding,
    MoneyKind,
    RuleResult,
)
from auditor.languages import Text
from auditor.reports.exceptions import weight
from auditor.reports.figures import is_count, money
from auditor.reports.forms import tie_of
from auditor.reports.model import Coverage, FrontPage, MoneyRow, Numbers, Report, Share, Unread, Verdict
from auditor.reports.proof_ranks import broken_proofs, shown_status
from auditor.reports.titles import time_text
from auditor.reports.words import words

MOST_TOP = 10
MOST_TOP_OF_OTHERS = 3
SHOWN_TIERS = 4
_ZERO = Decimal(0)


def front_page(result: AuditResult) -> FrontPage:
    """The first page of a result."""
    known = words()
    found = result.open_findings
    tally = Counter(finding.severity for finding in found)
    return FrontPage(
        verdict=_verdict(result, tally["high"]),
        severities=tuple(Share(each, known.of("severities", each), tally[each]) for each in SEVERITIES[:3]),
        open=len(found),
        folded=sum(finding.status == "derived" for finding in result.findings),
        decided=_shares("standings", (each.word for each in result.decided.standings.values())),
        money=_money(found, result.audit.currency, result.headlines.kinds),
        money_totals=_totals(found, result.audit.currency, result.headlines.kinds),
        ties=tuple(tie_of(each, number) for number, each in enumerate(result.statements, 1) if each.balances),
        numbers=_numbers(found, result.headlines.number_control),
        top=_top(found, result.audit.currency),
        owners=_owners(found),
        coverage=_coverage(result),
        broken=tuple(document for document in result.documents if broken_proofs(document)),
        unread=_unread(result),
    )


def asides(report: Report) -> tuple[Text, ...]:
    """What is said beside the number of exceptions: folded ones, notes, and what has changed since the last run."""
    known, front, changes = words(), report.front, report.result.changes
    said = []
    if front.folded:
        said.append(known.fill("folded_exceptions", n=front.folded))
    beside = {rule.beside for rule in report.result.rules if rule.beside is not None}
    if beside:
        titles = sorted(beside, key=lambda title: title.en)
        named = Text(", ".join(each.en for each in titles), "、".join(each.zh for each in titles))
        said.append(known.fill("sets_beside", sets=named))
    if front.decided:
        counts = [(share.title, share.count) for share in front.decided]
        joined = Text("; ".join(f"{t.en} {n}" for t, n in counts), "；".join(f"{t.zh} {n} 项" for t, n in counts))
        said.append(known.fill("written_count", counts=joined))
    if report.result.decided.kept:
        said.append(known.fill("kept_count", n=len(report.result.decided.kept), sheet=known["sheet_kept"]))
    if changes is not None:
        turned = {"new": len(changes.new), "open": len(changes.open), "fixed": len(changes.fixed)}
        said.append(known.fill("since_counts", since=time_text(changes.since), **turned))
        if changes.unchecked:
            said.append(known.fill("since_unchecked", n=len(changes.unchecked)))
    return tuple(said)


def _verdict(result: AuditResult, high: int) -> Verdict:
    known = words()
    rules = Counter(rule.status for rule in result.rules)
    unread = sum(document.not_whole for document in result.documents)
    untied = sum(statement.ties is False for statement in result.statements)
    counts = (
        ("because_failed", rules["failed"]),
        ("because_not_run", sum(each.leaves_a_gap for each in result.rules)),
        ("because_nothing_tested", sum(each.count for each in result.untested) if result.nothing_tested else 0),
        ("because_unread", unread),
        ("because_asked", len(result.questions)),
        ("because_likely", result.to_confirm),
        ("because_broken", sum(1 for document in result.documents if broken_proofs(document))),
        ("because_problems", len(result.problems)),
        ("because_discontinued", len(result.carried.broken) if result.carried else 0),
    )
    gaps = [known.fill(name, n=number) for name, number in counts if number]
    ties = [known.fill("because_untied", n=untied)] if untied else []
    if high:
        waiting = [known.fill("because_waiting", n=_waiting(result))] if _waiting(result) else []
        ties += _corrections(result)
        return Verdict("open", known["verdict_open"], (known.fill("because_high", n=high), *waiting, *ties, *gaps))
    if gaps or ties:
        return Verdict("incomplete", known["verdict_incomplete"], (*ties, *gaps))
    return Verdict("clear", known["verdict_clear"], (known["because_clear"],))


def _corrections(result: AuditResult) -> list[Text]:
    """What must be booked before the accounts tie, account by account."""
    wanted = [each for each in result.statements if each.state == "corrections"]
    amounts = ", ".join(f"{each.subject} {money(each.corrections, each.currency, signed=True)}" for each in wanted)
    return [words().fill("because_corrections", amounts=amounts)] if wanted else []


def _waiting(result: AuditResult) -> int:
    """How many exceptions of high severity wait for nothing but a review."""
    standings = result.decided.standings
    waiting = {name for name, each in standings.items() if each.word == "waiting"}
    return sum(finding.severity == "high" and finding.id in waiting for finding in result.open_findings)


def kind_of(finding: Finding, kinds: Sequence[MoneyKind]) -> Text | None:
    """The kind of money that a finding is, of those that the rule sets name; None if it involves none."""
    if is_count(finding) or (finding.amount is None and finding.difference is None):
        return None
    return next((kind.title for kind in kinds if _belongs(finding, kind)), words()["other_kind"])


def _belongs(finding: Finding, kind: MoneyKind) -> bool:
    family = finding.code.partition("-")[0] + "-*"
    if finding.code not in kind.codes and family not in kind.codes:
        return False
    if kind.sign == "any" or finding.difference is None:
        return kind.sign == "any"
    return finding.difference < 0 if kind.sign == "negative" else finding.difference > 0


def _money(findings: Iterable[Finding], base: str, kinds: Sequence[MoneyKind]) -> tuple[MoneyRow, ...]:
    groups: dict[tuple[Text, str], list[Finding]] = defaultdict(list)
    for finding in findings:
        kind = kind_of(finding, kinds)
        if kind is not None:
            groups[kind, finding.currency or base].append(finding)
    order = [*(kind.title for kind in kinds), words()["other_kind"]]
    keys = sorted(groups, key=lambda key: (order.index(key[0]), key[1] != base, key[1]))
    return tuple(_money_row(title, currency, groups[title, currency]) for title, currency in keys)


def _totals(findings: Iterable[Finding], base: str, kinds: Sequence[MoneyKind]) -> tuple[MoneyRow, ...]:
    """What all kinds come to, a currency a row: those are never added together."""
    groups: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        if kind_of(finding, kinds) is not None:
            groups[finding.currency or base].append(finding)
    order = sorted(groups, key=lambda currency: (currency != base, currency))
    return tuple(_money_row(words()["money_total"], currency, groups[currency]) for currency in order)


def _money_row(title: Text, currency: str, findings: Sequence[Finding]) -> MoneyRow:
    differences = [finding.difference for finding in findings if finding.difference is not None]
    return MoneyRow(
        title=title,
        currency=currency,
        count=len(findings),
        gross=sum((involved(finding) for finding in findings), _ZERO),
        net=sum(differences, _ZERO) if differences else None,
        codes=tuple(sorted({finding.code for finding in findings})),
    )


def involved(finding: Finding) -> Decimal:
    """The amount that a finding involves, never negative."""
    if finding.amount is not None:
        return abs(finding.amount)
    return abs(finding.difference) if finding.difference is not None else _ZERO


def _numbers(
    findings: Sequence[Finding], faults: Sequence[tuple[Text, tuple[str, ...]]]
) -> tuple[Numbers, ...]:
    rows = []
    for title, codes in faults:
        fitting = sorted((f for f in findings if f.code in codes), key=lambda f: (f.code, f.key))
        if fitting:
            rows.append(Numbers(title, tuple(sorted({f.code for f in fitting})), tuple(fitting)))
    return tuple(rows)


def _top(findings: Sequence[Finding], base: str) -> tuple[Finding, ...]:
    """The largest by what is at stake, the base currency first; a few of each other, since amounts do not compare.

    At stake is the difference: an entry of a million with a wrong date moves nothing.
    """
    sized = [finding for finding in findings if not is_count(finding) and involved(finding)]
    ranked = sorted(sized, key=lambda f: (-abs(f.difference or _ZERO), -involved(f), *weight(f), f.code, f.key, f.id))
    top = [finding for finding in ranked if (finding.currency or base) == base][:MOST_TOP]
    others = sorted({finding.currency for finding in ranked if finding.currency and finding.currency != base})
    for currency in others:
        top += [finding for finding in ranked if finding.currency == currency][:MOST_TOP_OF_OTHERS]
    return tuple(top)


def _owners(findings: Sequence[Finding]) -> tuple[Share, ...]:
    tally = Counter(finding.owner for finding in findings)
    if not any(tally):
        return ()
    named = sorted((owner for owner in tally if owner), key=lambda owner: (-tally[owner], owner.en))
    shares = [Share(owner.en, owner, tally[owner]) for owner in named]
    if tally[None]:
        shares.append(Share("", words()["no_owner"], tally[None]))
    return tuple(shares)


def _coverage(result: AuditResult) -> Coverage:
    names = ("seen", "records", "problems", "ignored")
    rows = {name: sum(each.rows.get(name, 0) for each in result.documents) for name in names}
    matches = [rule for rule in result.rules if rule.check == "match"]
    sides = [population for rule in matches for population in rule.populations]
    return Coverage(
        documents=_shares("document_statuses", map(shown_status, result.documents)),
        rules=_shares("rule_statuses", (rule.status for rule in result.rules)),
        rows=rows,
        proofs=_shares("proof_statuses", (p["status"] for document in result.documents for p in document.proofs)),
        matched=sum(each.matched for each in sides),
        matchable=sum(each.count for each in sides),
        tiers=_tiers(matches),
        idle=tuple(rule for rule in result.rules if rule.status in ("not run", "failed")),
    )


def _shares(family: str, found: Iterable[str]) -> tuple[Share, ...]:
    tally = Counter(found)
    known = [*words().families[family]]
    order = [*known, *sorted(set(tally) - set(known))]
    return tuple(Share(word, words().of(family, word), tally[word]) for word in order if tally[word])


def _tiers(rules: Iterable[RuleResult]) -> tuple[Share, ...]:
    tally: Counter[int] = Counter()
    for rule in rules:
        for number, tier in enumerate(rule.passes, 1):
            tally[min(number, SHOWN_TIERS)] += tier.count
    last = {SHOWN_TIERS: "pass_later"}
    return tuple(Share(str(n), words().fill(last.get(n, "pass_n"), n=n), tally[n]) for n in sorted(tally))


def _unread(result: AuditResult) -> tuple[Unread, ...]:
    folded: dict[str, list[Finding]] = defaultdict(list)
    for finding in result.findings:
        if finding.derived_from and finding.derived_from.startswith("document:"):
            folded[finding.derived_from.removeprefix("document:")].append(finding)
    wanted = [each for each in result.documents if each.not_whole or each.path in folded]
    return tuple(Unread(each, tuple(folded[each.path])) for each in sorted(wanted, key=_gravity))


def _gravity(document: DocumentSummary) -> tuple[int, str]:
    return (NOT_WHOLE.index(document.status) if document.not_whole else len(NOT_WHOLE), document.path)
