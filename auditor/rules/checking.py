"""Checks a loaded rule set against the record types: forms, names, expressions, views."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from auditor.errors import AuditorError
from auditor.records.model import RecordType
from auditor.rules.form import form_errors
from auditor.rules.model import BUILT_IN, RuleSet


def check_rule_set(rule_set: RuleSet, types: Mapping[str, RecordType]) -> RuleSet:
    """The rule set with the rules and views that have errors moved to `failed`."""
    parameters = frozenset(rule_set.manifest.parameters) | frozenset(BUILT_IN)
    failed: dict[str, tuple[AuditorError, ...]] = dict(rule_set.failed)
    rules = {}
    for name, rule in rule_set.rules.items():
        errors = tuple(form_errors(rule, types, parameters))
        if errors:
            failed[name] = errors
        else:
            rules[name] = rule
    return replace(rule_set, rules=rules, failed=failed)
