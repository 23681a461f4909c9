"""Which statements of a rule set can be drawn up, and why the others cannot."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field

from auditor.audit.errors import ViewSkipped
from auditor.engine import Engine, EngineError
from auditor.errors import AuditorError
from auditor.findings.model import Finding, RuleResult, Statement, StatementNotMade
from auditor.findings.statements import draw_up, publish_findings
from auditor.languages import Text
from auditor.records.model import RecordType
from auditor.rules.model import RuleSet
from auditor.rules.statements import StatementFile

_RAN = ("clean", "findings")
_NOTHING = Text("the documents hold nothing that it would list", "资料中没有可列入的内容")


@dataclass(slots=True)
class DrawnUp:
    """The statements in their order, those that could not be drawn up, and what is wrong with their files."""

    statements: list[Statement] = field(default_factory=list)
    not_made: list[StatementNotMade] = field(default_factory=list)
    problems: list[AuditorError] = field(default_factory=list)


def draw_up_all(
    rule_set: RuleSet,
    engine: Engine,
    literals: Mapping[str, str],
    findings: Sequence[Finding],
    rules: Sequence[RuleResult],
    present: Set[str],
    types: Mapping[str, RecordType],
    only: Sequence[str] = (),
) -> DrawnUp:
    """Draw up the statements of the set. `literals` are the parameters as SQL, `rules` what became of the rules,
    `present` the record types that some document gave, `only` the rules that alone were to run: then only statements
    that rest on these are drawn up. One that fails costs only itself."""
    publish_findings(engine, findings)
    drawn, ran = DrawnUp(), {each.id: each for each in rules}
    for name, each in sorted(rule_set.statements.items(), key=lambda item: (item[1].statement.place, item[0])):
        file = each.statement
        if only and not (file.rules and set(file.rules) <= set(only)):
            continue
        reason = _lacking(file, present, types) or _untested(file, ran)
        if reason is None:
            try:
                found = draw_up(name, file, engine, literals)
            except EngineError as error:
                problem = ViewSkipped(f"statements/{name}.yaml", statement=name, reason=error.values["said"])
                drawn.problems.append(problem)
                reason = Text(problem.summary("en"), problem.summary("zh"))
            else:
                drawn.statements += found
                reason = None if found else _NOTHING
        if reason is not None:
            drawn.not_made.append(StatementNotMade(name, file.kind, file.title.text, reason))
    return drawn


def _lacking(file: StatementFile, present: Set[str], types: Mapping[str, RecordType]) -> Text | None:
    """What documents are missing without which the statement says nothing."""
    missing = [each for each in file.needs if each not in present]
    if not missing and file.needs_one_of and not present & set(file.needs_one_of):
        missing = list(file.needs_one_of)
    if not missing:
        return None
    titles = [types[each].title for each in missing]
    return Text(
        "no documents: " + ", ".join(each.en for each in titles),
        "缺少资料：" + "、".join(each.zh for each in titles),
    )


def _untested(file: StatementFile, ran: Mapping[str, RuleResult]) -> Text | None:
    """Why a rule did not run whose exceptions the statement lists."""
    for each in file.rules:
        result = ran.get(each)
        if result is not None and result.status not in _RAN:
            reason = result.reason or Text(result.status, result.status)
            return Text(f"{result.title.en}: {reason.en}", f"{result.title.zh}：{reason.zh}")
    return None
