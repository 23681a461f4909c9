"""From the result of an audit to its row in the overview of a batch."""

from __future__ import annotations

from auditor.findings.model import AuditResult
from auditor.reports.front import front_page
from auditor.reports.overview.model import COUNTED, AtStake, IdleRule, MonthSummary
from auditor.reports.sets import sets_in_words

_AWAITED = frozenset({"PasswordNeeded", "WrongPassword", "RecogniserMissing", "WorkerDied", "WorkerTimeout"})


def summary_of(result: AuditResult) -> MonthSummary:
    """What the overview says of an audit."""
    front, audit = front_page(result), result.audit
    tally = {share.word: share.count for share in front.severities}
    states = [each.status for each in result.documents]
    problems = {problem.get("code") for document in result.documents for problem in document.problems}
    return MonthSummary(
        entity=audit.entity,
        period=(audit.period[0].isoformat(), audit.period[1].isoformat()),
        run_at=audit.run_at,
        rule_sets=sets_in_words(audit),
        rules_sha256=audit.rules_sha256,
        verdict=front.verdict.state,
        verdict_title=front.verdict.title,
        reasons=front.verdict.reasons,
        open={word: tally.get(word, 0) for word in COUNTED},
        folded=front.folded,
        money=tuple(AtStake(row.currency, row.count, row.gross, row.net) for row in front.money_totals),
        documents=sum(state not in ("duplicate", "ignored") for state in states),
        unread=tuple(sorted(each.path for each in result.documents if each.not_whole)),
        questions=len(result.questions) + len(result.choices),
        idle=tuple(
            IdleRule(
                each.id, each.duty, each.title, each.status, each.reason, each.leaves_a_gap or each.status == "failed"
            )
            for each in result.rules
            if each.status in ("not run", "failed")
        ),
        ran=sum(each.status in ("clean", "findings") for each in result.rules),
        exit_code=result.exit_code,
        awaits=not _AWAITED.isdisjoint(problems),
    )
