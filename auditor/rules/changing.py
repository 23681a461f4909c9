"""Severities and owners of included rules, changed as a set says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from auditor.errors import AuditorError
from auditor.languages import Text
from auditor.rules.manifest import Changes
from auditor.rules.merging import all_folders
from auditor.rules.model import LoadedRule, RuleFolder
from auditor.rules.schema import Outcome
from auditor.strict_yaml import unknown_word_at

T = TypeVar("T")
_CHANGED = Text("code, rule or duty of an included set", "所包含规则集中的代码、规则或职责")
_LEFT_OUT = Text("duty or rule of an included set", "所包含规则集中的职责或规则")


def changed(rule: LoadedRule, changes: Changes) -> LoadedRule:
    """The rule with the severities and the owner that hold for it."""
    if not changes.severities and not changes.owners:
        return rule

    def reported(report: Outcome) -> Outcome:
        update: dict[str, Any] = {}
        severity = _meant(changes.severities, report.code, rule)
        if severity is not None:
            update["severity"] = severity
        owner = _meant(changes.owners, report.code, rule)
        if owner is not None:
            update["owner"] = owner
        return report.model_copy(update=update) if update else report

    outcomes = {
        name: [reported(report) for report in each] if isinstance(each, list) else reported(each)
        for name, each in rule.head.outcomes.items()
    }
    return replace(rule, head=rule.head.model_copy(update={"outcomes": outcomes}))


def _meant(given: Mapping[str, T], code: str, rule: LoadedRule) -> T | None:
    """What is said of the code, else of the rule, else of the duty."""
    return next((given[name] for name in (code, rule.id, rule.head.duty) if name in given), None)


def unknown_words(
    folders: Sequence[RuleFolder], rules: Mapping[RuleFolder, Sequence[LoadedRule]]
) -> Iterator[AuditorError]:
    """What sets change or leave out that no set has which they include. `rules` lacks folders of which a file could not
    be read: nobody knows what it says then, and nothing is unknown."""
    for folder in folders:
        below = all_folders(folder.included)
        if any(each not in rules for each in below):
            continue
        included = [rule for each in below for rule in rules[each]]
        left_out = sorted({name for rule in included for name in (rule.id, rule.head.duty)})
        known = sorted({*left_out, *(code for rule in included for code in rule.codes)})
        manifest, marked = folder.manifest, folder.marked
        for number, word in enumerate(manifest.without):
            if word not in left_out:
                yield unknown_word_at(marked, ("without", number), word, left_out, _LEFT_OUT)
        for kind in ("severities", "owners"):
            for word in getattr(manifest.changes, kind):
                if word not in known:
                    yield unknown_word_at(marked, ("changes", kind, word), word, known, _CHANGED)
