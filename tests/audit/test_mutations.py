"""Small alterations of a month in which nothing is wrong: each is reported once, under its own code, or not at all.

The month is read once. Each mutation changes the records inside a transaction, runs the rules that read the changed
record types, and is rolled back. `mutations.yaml` beside this file says what is changed and what must be found.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import yaml

from auditor.audit.documents import read_folder
from auditor.audit.progress import Silent
from auditor.audit.rules import run_rules
from auditor.audit.settings import load_settings
from auditor.documents.identity.masters import build_masters, resolve_masters
from auditor.documents.numbering import restore_numbers
from auditor.documents.store import store
from auditor.engine import DuckEngine
from auditor.findings.build import build_findings
from auditor.findings.causes import fold
from auditor.findings.explain import Explainer
from auditor.findings.model import Finding
from auditor.findings.sources import distinct_values
from auditor.languages import Text
from auditor.records.loader import record_types
from auditor.records.model import RecordType
from auditor.rules.binding import bind_with
from auditor.rules.loader import find_rule_set, load_rule_set
from auditor.rules.model import LoadedRule, RuleSet
from auditor.rules.parameters import resolve_parameters
from auditor.values.calendar import load_calendar
from tests.audit.test_sample import made

TABLE = yaml.safe_load((Path(__file__).parent / "mutations.yaml").read_text(encoding="utf-8"))
PERIOD = (date(2026, 10, 1), date(2026, 10, 31))

Row = tuple[str, str, Decimal | None]


@dataclass(frozen=True)
class Month:
    """The clean month in an engine, as it was read: numbers and names are settled after each mutation."""

    engine: DuckEngine
    types: Mapping[str, RecordType]
    rule_set: RuleSet
    present: frozenset[str]


@pytest.fixture(scope="module")
def month(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Month]:
    folder = made(tmp_path_factory.mktemp("clean") / "month", "--plant", "none")
    types = record_types()
    engine = DuckEngine(None, memory_limit="900MB")
    store(engine, read_folder(folder, load_settings(folder), Silent(), None, None, PERIOD), types)
    rule_set = load_rule_set(find_rule_set("freight-month-end"))
    load_calendar(rule_set.manifest.calendar, folder).store(engine)
    present = frozenset(name for name in types if engine.value(f'SELECT count(*) FROM "{name}"'))
    yield Month(engine, types, rule_set, present)
    engine.close()


@pytest.mark.parametrize("mutation", TABLE["mutations"], ids=[each["name"] for each in TABLE["mutations"]])
def test_mutation(mutation: Mapping[str, Any], month: Month) -> None:
    with month.engine.transaction(keep=False):
        for statement in _statements(mutation):
            month.engine.execute(statement)
        _settle(month.engine, month.types)
        found = _found(month, frozenset(_changed(mutation)))
    assert sorted(found, key=repr) == sorted(_expected(mutation), key=repr)


def _settle(engine: DuckEngine, types: Mapping[str, RecordType]) -> None:
    assert build_masters(engine, types).problems == ()
    resolve_masters(engine, types)
    restore_numbers(engine, types)


def _statements(mutation: Mapping[str, Any]) -> Iterator[str]:
    """The statements of a mutation, and of what a clerk would carry on from it."""
    given = mutation["sql"]
    yield from [given] if isinstance(given, str) else given
    for name in mutation.get("then", []):
        yield from TABLE["then"][name]["sql"]


def _changed(mutation: Mapping[str, Any]) -> Iterator[str]:
    """The record types that a mutation changes: the word after UPDATE, INTO or FROM of its statements."""
    given = mutation["sql"]
    for statement in [given] if isinstance(given, str) else given:
        words = statement.split()
        yield words[1] if words[0] == "UPDATE" else words[2]
    for name in mutation.get("then", []):
        yield from TABLE["then"][name]["changes"]


def _found(month: Month, changed: frozenset[str]) -> list[Row]:
    """What is open after the rules that read what was changed; the others find in a clean month what they found."""
    rules = {name: rule for name, rule in month.rule_set.rules.items() if _reached(month.rule_set, rule) & changed}
    rule_set = replace(month.rule_set, rules=rules)
    values, wrong = resolve_parameters(rule_set.manifest.parameters, {}, None)
    bound = bind_with(rule_set, month.engine, month.types, values, wrong, period=PERIOD, currency="CNY", entity=None)
    run = run_rules(rule_set, bound, month.present | changed, month.engine, month.types, (), Silent())
    assert run.failed == {}
    titles = {name: each.title for name, each in month.types.items()}
    titles |= {name: Text(each.view.title.en, each.view.title.zh) for name, each in rule_set.views.items()}
    findings = build_findings(run.ran, month.engine, month.types, Explainer(titles, month.types), "CNY")
    folded = fold(findings, rule_set.manifest.causes, partial(distinct_values, month.engine, month.types))
    return [_row(each) for each in folded if each.status == "open" and each.severity != "info"]


def _reached(rule_set: RuleSet, rule: LoadedRule) -> frozenset[str]:
    """Every record type that a rule reads, itself or through views, the optional ones too."""
    reached: set[str] = set()
    waiting = [use.name for use in rule.options.records_used()] + list(rule.head.optional)
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            waiting += rule_set.views[name].reads if name in rule_set.views else ()
    return frozenset(reached)


def _row(finding: Finding) -> Row:
    return finding.code, finding.key, finding.difference


def _expected(mutation: Mapping[str, Any]) -> list[Row]:
    """`[code, key, difference]`; without a difference the finding must have none."""
    return [
        (code, key, Decimal(rest[0]).quantize(Decimal("1.00000")) if rest else None)
        for code, key, *rest in mutation["expect"]
    ]
