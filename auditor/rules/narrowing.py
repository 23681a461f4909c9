"""Which rules of sets hold: those that a set leaves out of what it includes, sets taken alone of several, rules taken
alone of a set."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace

from auditor.rules.merging import all_folders, merged
from auditor.rules.model import LoadedRule, RuleFolder, RuleSet

Kept = frozenset[tuple[str, str]]  # the name of a set, the id of a rule in its folder


def rules_of(asked: Sequence[RuleFolder], duties: Mapping[RuleFolder, Mapping[str, str]]) -> Kept:
    """The rules of the sets, less those that a set leaves out of what it includes: by their ids or their duties. A rule
    that reaches a set on two ways is left out only if both leave it out. `duties`: of each rule of each folder."""
    duty = {(folder.name, rule): of for folder, each in duties.items() for rule, of in each.items()}
    known: dict[RuleFolder, Kept] = {}

    def of(folder: RuleFolder) -> Kept:
        if folder not in known:
            below = frozenset(each for other in folder.included for each in of(other))
            without = set(folder.manifest.without)
            kept = {each for each in below if each[1] not in without and duty[each] not in without}
            known[folder] = frozenset(kept | {(folder.name, rule) for rule in duties.get(folder, ())})
        return known[folder]

    return frozenset(each for folder in asked for each in of(folder))


def of_sets(rule_set: RuleSet, asked: Sequence[RuleFolder]) -> RuleSet:
    """Of sets that were loaded together only those that are `asked`, with what they include."""
    folders = all_folders(asked)
    duties: dict[RuleFolder, dict[str, str]] = {each: {} for each in folders}
    by_name = {each.name: each for each in folders}
    for rule in rule_set.rules.values():
        if rule.of in by_name:
            duties[by_name[rule.of]][rule.id] = rule.head.duty
    kept = rules_of(asked, duties)
    found = replace(
        rule_set,
        asked=tuple(asked),
        folders=folders,
        manifest=merged(asked)[0],
        views={name: view for name, view in rule_set.views.items() if view.of in by_name},
        sha256=digest_of(folders),
        failed={name: errors for name, errors in rule_set.failed.items() if rule_set.failed_in.get(name) in by_name},
        statements={name: each for name, each in rule_set.statements.items() if each.of in by_name},
    )
    return with_rules(found, lambda rule: (rule.of, rule.id) in kept)


def with_rules(rule_set: RuleSet, kept: Callable[[LoadedRule], bool], without: Collection[str] = ()) -> RuleSet:
    """The rule set with those of its rules alone that are `kept`, and without statements that list exceptions of
    others, or of whose duty no rule is left. `without`: failed rules that nobody misses."""
    rules = {name: rule for name, rule in rule_set.rules.items() if kept(rule)}
    duties = {rule.head.duty for rule in rules.values()}
    statements = {
        name: each
        for name, each in rule_set.statements.items()
        if all(rule in rules or rule in rule_set.failed for rule in each.statement.rules)
        and (each.statement.duty is None or each.statement.duty in duties)
    }
    failed = {name: errors for name, errors in rule_set.failed.items() if name not in without}
    return replace(rule_set, rules=rules, statements=statements, failed=failed)


def digest_of(folders: Sequence[RuleFolder]) -> str:
    """The SHA-256 over names and contents of all rule files of the folders, as reports state it."""
    return _digest(folders, "*.yaml")


def contents_of(folders: Sequence[RuleFolder]) -> str:
    """The SHA-256 over all that loading may look at in the folders, files with other endings included."""
    return _digest(folders, "*.y*ml")


def _digest(folders: Sequence[RuleFolder], pattern: str) -> str:
    digest = hashlib.sha256()
    for each in folders:
        if each is not folders[0]:
            digest.update(b"\1" + each.name.encode() + b"\0")
        folder = each.folder
        for path in sorted(folder.rglob(pattern), key=lambda path: path.relative_to(folder).as_posix()):
            digest.update(path.relative_to(folder).as_posix().encode() + b"\0")
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()
