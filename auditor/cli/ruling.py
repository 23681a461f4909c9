"""What the `rules` commands print."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from functools import wraps
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

from auditor.audit.errors import UnknownRule
from auditor.audit.preview import statements_of
from auditor.audit.settings import period_of
from auditor.audit.setup import set_up
from auditor.audit.statement_trial import statement_faults
from auditor.checks.examples import ExampleResult, ExampleRunner, unmet
from auditor.cli.show import out, show_error
from auditor.cli.speech import LANGUAGE, say
from auditor.errors import Place
from auditor.findings.text import plain_number
from auditor.marked_yaml import nearest
from auditor.records.loader import record_types
from auditor.resources import using
from auditor.rules.copying import copy_rule_set
from auditor.rules.describe import rule_schema
from auditor.rules.loader import MANIFEST, find_rule_set, load_rule_sets
from auditor.rules.model import LoadedRule, RuleSet

_ANY_MONTH = "2026-10"
P = ParamSpec("P")
Names = Sequence[str]
R = TypeVar("R")


def with_own_types(work: Callable[Concatenate[RuleSet, P], R]) -> Callable[Concatenate[Names, P], R]:
    """What a command does with rule sets (none named: all that are shipped), with the record types and layouts that
    they bring. Errors of the sets are shown before."""

    @wraps(work)
    def inside(names: Names, /, *args: P.args, **kwargs: P.kwargs) -> R:
        setup = set_up(None, names)
        with using(setup.own):
            rule_set = load_rule_sets(setup.rules)
            for error in rule_set.errors:
                show_error(error)
            return work(rule_set, *args, **kwargs)

    return inside


@with_own_types
def list_rules(rule_set: RuleSet) -> int:
    """A line a rule: duty, id, check, codes, title; of several sets below what each is for. 2 if a set has errors, else
    0."""
    several = len(rule_set.folders) > 1
    for folder in rule_set.folders:
        included = ", ".join(each.name for each in folder.included)
        also = say(f" (with {included})", f"（含 {included}）") if included else ""
        purpose = folder.manifest.purpose or folder.manifest.title
        if several:
            out.print(f"{folder.name}{also}: {purpose.text.in_(LANGUAGE)}", markup=False)
        rules = [each for each in rule_set.rules.values() if each.of == folder.name]
        for rule in sorted(rules, key=lambda each: (each.head.duty, each.id)):
            title = rule.head.title.text.in_(LANGUAGE)
            line = f"{rule.head.duty:<4} {rule.id:<36} {rule.options.check:<10} {','.join(rule.codes):<32} {title}"
            out.print(f"  {line}" if several else line, markup=False)
    return 2 if rule_set.errors else 0


@with_own_types
def show_rule(
    rule_set: RuleSet, identity: str, sql: bool, period: str | None = None, entity: str | None = None
) -> None:
    """The rule as its file states it, or the SQL that it runs in a period. Raises UnknownRule, BadPeriod."""
    if identity not in rule_set.rules:
        names = sorted(rule_set.rules)
        raise UnknownRule(
            None, identity, name=identity, nearest=nearest(identity, names) or "-", names=", ".join(names)
        )
    if sql:
        days = period_of(period or _ANY_MONTH, Place("--period"))
        for statement in statements_of(rule_set, identity, days, entity):
            out.print(statement.rstrip(";") + ";\n", markup=False)
        return
    _describe(rule_set.rules[identity])
    out.print("\n".join(rule_set.rules[identity].marked.lines) + "\n", markup=False)


def _describe(rule: LoadedRule) -> None:
    title, why = (rule.head.title, rule.head.why)
    out.print(f"{rule.head.duty} {title.zh if LANGUAGE == 'zh' else title.en}", markup=False)
    out.print((why.zh if LANGUAGE == "zh" else why.en) + "\n", markup=False)


@with_own_types
def check_rules(rule_set: RuleSet) -> int:
    """0 if the rule sets have no error, else 2."""
    faults = list(statement_faults(rule_set, record_types()))
    for fault in faults:
        show_error(fault)
    errors = len(rule_set.errors) + len(faults)
    out.print(
        say(
            f"{len(rule_set.rules)} rules, {len(rule_set.views)} views, {errors} errors",
            f"规则 {len(rule_set.rules)} 条，视图 {len(rule_set.views)} 个，错误 {errors} 个",
        )
    )
    return 2 if errors else 0


@with_own_types
def test_rules(rule_set: RuleSet, only: Sequence[str]) -> int:
    """0 if all examples give what they expect, else 2, each difference shown."""
    runner = ExampleRunner(rule_set, record_types())
    failed = examples = 0
    for result in runner.run_all(only):
        examples += 1
        failed += not result.holds
        _tell_unmet(rule_set.rules[result.rule], result)
        for error in result.errors:
            show_error(error)
    runner.close()
    out.print(say(f"{examples} examples, {failed} failed", f"示例 {examples} 个，未通过 {failed} 个"))
    return 2 if failed or rule_set.errors else 0


def copy_rules(name: str, target: Path) -> None:
    """A copy of a rule set to begin one's own, and what to do with it."""
    folder = copy_rule_set(find_rule_set(name), target)
    count = len([path for path in folder.folder.glob("*.yaml") if path.name != MANIFEST])
    included = ", ".join(folder.manifest.includes)
    lines = [
        say(
            f"{target}: a rule set of your own with {count} rules of {name}",
            f"{target}：已复制 {name} 的 {count} 条规则，可作为自建规则集修改",
        )
    ]
    if included:
        lines.append(
            say(
                f"It includes {included}, whose rules are not copied: `changes:` in its ruleset.yaml changes their "
                "parameters, severities and owners, `without:` leaves some out",
                f"其中包含 {included}，其规则未复制：可在 ruleset.yaml 的 `changes:` 中改参数、级别和责任人，"
                "用 `without:` 去掉某些规则",
            )
        )
    lines.append(
        say(
            f"Change it, look at it with `auditor rules check {target}` and `auditor rules test {target}`, and name it "
            "in audit.yaml (`rules:`, a folder beside that file) or with `--rules`",
            f"修改后用 `auditor rules check {target}` 和 `auditor rules test {target}` 检查，"
            "再写入 audit.yaml 的 `rules:`（该文件旁的文件夹），或用 `--rules` 指定",
        )
    )
    for line in lines:
        out.print(line, markup=False)


def _tell_unmet(rule: LoadedRule, result: ExampleResult) -> None:
    """What an example did not get, with the line that asks for it and the nearest miss; and what came besides."""
    number = next(place for place, each in enumerate(rule.head.examples) if each.name == result.name)
    example = rule.head.examples[number]
    order = say(", its records in the opposite order", "，记录倒序") if result.reversed else ""
    head = say(f"example “{result.name}”{order}", f"示例“{result.name}”{order}")
    for each in unmet(example, result):
        at = ("examples", number, "expect") if each.number is None else ("examples", number, "expect", each.number)
        place = rule.marked.place(at)
        where = f"{place.file}:{place.line}"
        if each.expected is None:
            words = say("found and not expected", "多出")
            out.print(f"{where}: {head}: {words}: {_shown(each.came or {})}", markup=False)
            continue
        words = say("expected and not found", "应有而未发现")
        out.print(f"{where}: {head}: {words}: {_shown(each.expected)}", markup=False)
        if each.came is None:
            out.print(say("  nothing like it came", "  没有与之相近的结果"), markup=False)
            continue
        out.print(say("  nearest: ", "  最接近：") + _shown(each.came), markup=False)
        for key in each.differing:
            wanted, came = _value(each.expected[key]), _value(each.came[key])
            words = say(f"    {key}: expected {wanted}, came {came}", f"    {key}：应为 {wanted}，实为 {came}")
            out.print(words, markup=False)


def _shown(row: Mapping[str, Any]) -> str:
    return ", ".join(f"{name}: {_value(value)}" for name, value in row.items() if value is not None)


def _value(value: Any) -> str:
    """A value as it would be written in the example."""
    if value is None:
        return say("nothing", "空")
    return f"{plain_number(value):f}" if isinstance(value, Decimal) else str(value)


def print_schema() -> None:
    """The JSON Schema of rule files, for editors."""
    out.print(json.dumps(rule_schema(), indent=2, ensure_ascii=False, sort_keys=True), markup=False)
