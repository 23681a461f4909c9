"""Loads rule sets: `ruleset.yaml`, one rule a file, `views/` and `statements/`, and the same of the sets that they
include. What is not understood is an error at its place.

All errors are collected. One in a rule or view costs that rule, or the rules that read the view; one in a statement
that statement; one in `ruleset.yaml` costs the run.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel

from auditor.errors import AuditorError, Place
from auditor.records.loader import record_types
from auditor.records.made_once import MadeOnce
from auditor.records.model import RecordType
from auditor.rules.changing import changed, unknown_words
from auditor.rules.check_kinds import check_kinds, check_name, rule_file
from auditor.rules.checking import check_rule_set
from auditor.rules.errors import BadName, DuplicateRule, RuleInTwoSets, RuleSetErrors
from auditor.rules.folders import MANIFEST, find_rule_set, load_folders, shipped_rule_sets
from auditor.rules.merging import all_folders, merged
from auditor.rules.model import LoadedRule, LoadedStatement, LoadedView, RuleFolder, RuleSet
from auditor.rules.narrowing import contents_of, digest_of, rules_of
from auditor.rules.schema import RuleHead, View
from auditor.rules.statements import load_statements
from auditor.rules.word_lists import WordList, load_word_lists
from auditor.strict_yaml import Marked, in_order, load_plainly, load_strictly, nearest, repaired, validated

__all__ = ["MANIFEST", "find_rule_set", "load_rule_set", "load_rule_sets", "rule_from_data", "shipped_rule_sets"]

_RULE_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_VIEW_NAME = re.compile(r"[a-z][a-z0-9_]*")
M = TypeVar("M", bound=BaseModel)


def load_rule_set(folder: Path, types: Mapping[str, RecordType] | None = None) -> RuleSet:
    """Load and check a rule set, with all that it includes, against the record types (default: those that are shipped).

    Raises RuleSetErrors if a `ruleset.yaml` cannot be used. Errors of rules and views are in `RuleSet.failed`.
    """
    return load_rule_sets([folder], types)


def load_rule_sets(
    roots: Sequence[Path],
    types: Mapping[str, RecordType] | None = None,
    decided: Collection[str] = (),
    place: Place | None = None,
) -> RuleSet:
    """Load and check the sets that run together, as `load_rule_set` does one.

    `decided` are parameters that are given a value elsewhere, `place` is where the sets are named. A process checks
    the same files once.
    """
    types = types if types is not None else record_types()
    asked = load_folders(roots, types)
    folders = all_folders(asked)
    key = (tuple(each.folder.absolute() for each in asked), contents_of(folders), frozenset(decided), place)
    known = _checked(types)
    if key not in known:
        for oldest in list(known)[: 1 - _MOST_SETS]:
            del known[oldest]
        known[key] = check_rule_set(_together(asked, types, decided, place), types)
    return known[key]


_Key = tuple[tuple[Path, ...], str, frozenset[str], Place | None]
_MOST_SETS = 4
_checked: MadeOnce[dict[_Key, RuleSet]] = MadeOnce(lambda _: {})


def _together(
    asked: Sequence[RuleFolder], types: Mapping[str, RecordType], decided: Collection[str], place: Place | None
) -> RuleSet:
    """The rules, views and statements of all folders as they stand in their files, changed as the sets say."""
    folders = all_folders(asked)
    manifest, changes, errors = merged(asked, decided, place)
    lone = asked[0] if len(asked) == 1 else None
    files = [_files(each, "" if each is lone else f"{each.name}/", types) for each in folders]
    words, mistakes = _words(folders, lone)
    errors += mistakes
    errors += unknown_words(folders, {each.folder: list(each.rules.values()) for each in files if not each.failed})
    if errors:
        raise RuleSetErrors(errors=errors)
    joined = _joined(asked, files)
    return RuleSet(
        asked=tuple(asked),
        folders=folders,
        manifest=manifest,
        rules={name: changed(each, changes) for name, each in joined.rules.items()},
        views=joined.views,
        sha256=digest_of(folders),
        words=words,
        failed=joined.failed,
        remarks=tuple(joined.remarks),
        misspelt=joined.misspelt,
        statements=joined.statements,
        failed_in=joined.failed_in,
    )


def _words(folders: Sequence[RuleFolder], lone: RuleFolder | None) -> tuple[dict[str, WordList], list[AuditorError]]:
    """The lists of words of all folders, those of one name as one list, and what is wrong with their files."""
    words: dict[str, WordList] = {}
    errors: list[AuditorError] = []
    for folder in folders:
        found, mistakes = load_word_lists(folder.folder, "" if folder is lone else f"{folder.name}/")
        errors += mistakes
        for name, each in found.items():
            words[name] = words[name].joined(each) if name in words else each
    return words, errors


@dataclass
class _Files:
    """What stands in the files of a folder, or of several."""

    folder: RuleFolder
    rules: dict[str, LoadedRule] = field(default_factory=dict)
    views: dict[str, LoadedView] = field(default_factory=dict)
    statements: dict[str, LoadedStatement] = field(default_factory=dict)
    failed: dict[str, tuple[AuditorError, ...]] = field(default_factory=dict)
    failed_in: dict[str, str] = field(default_factory=dict)
    misspelt: dict[str, LoadedRule] = field(default_factory=dict)
    remarks: list[AuditorError] = field(default_factory=list)

    @property
    def duties(self) -> dict[str, str]:
        """The rules with their duties; of one that failed nobody knows it."""
        failed = {name: "" for name in self.failed if not name.startswith("views/")}
        return {**failed, **{name: rule.head.duty for name, rule in self.rules.items()}}

    def fail(self, name: str, errors: Sequence[AuditorError], of: str) -> None:
        """A rule (`ID`) or view (`views/NAME`) of the set `of` has errors."""
        self.failed[name] = (*self.failed.get(name, ()), *errors)
        self.failed_in[name] = of

    def is_new(self, name: str, loaded: LoadedRule | LoadedView, known: Mapping[str, LoadedRule | LoadedView]) -> bool:
        """Whether no other folder has the name; else that fails."""
        other = known.get(name.removeprefix("views/"))
        if other is not None:
            kind = RuleInTwoSets if isinstance(loaded, LoadedRule) else DuplicateRule
            self.fail(name, [kind(other.marked.place(), name, id=name, other=loaded.marked.file)], other.of)
        return other is None


def _files(folder: RuleFolder, before: str, types: Mapping[str, RecordType]) -> _Files:
    """The files of one folder; `before` stands before their names in messages."""
    found, of = _Files(folder), folder.name
    for path in sorted(folder.folder.glob("*.y*ml")):
        if path.name != MANIFEST:
            rule, errors = _rule(path, before)
            rule = replace(rule, of=of) if rule is not None else None
            if rule is not None and not errors:
                found.rules[rule.id] = rule
            else:
                found.fail(path.stem, errors, of)
                if rule is not None:
                    found.misspelt[path.stem] = rule
    for path in sorted((folder.folder / "views").glob("*.y*ml")):
        view, errors = _view(path, before, types)
        if view is not None and not errors:
            found.views[view.name] = replace(view, of=of)
        else:
            found.fail(f"views/{path.stem}", errors, of)
    statements, mistakes = load_statements(folder.folder, before, types)
    found.statements = {name: LoadedStatement(name, each, of) for name, each in statements.items()}
    found.remarks += mistakes
    return found


def _joined(asked: Sequence[RuleFolder], files: Sequence[_Files]) -> _Files:
    """The files of all folders as one, less the rules that a set leaves out of those that it includes. What two folders
    have by one name fails."""
    whole = _Files(asked[0])
    kept = rules_of(asked, {each.folder: each.duties for each in files})
    for each in files:
        of = each.folder.name
        for name, rule in each.rules.items():
            if (of, name) in kept and whole.is_new(name, rule, whole.rules):
                whole.rules[name] = rule
        for name, view in each.views.items():
            if whole.is_new(f"views/{name}", view, whole.views):
                whole.views[name] = view
        for name, statement in each.statements.items():
            whole.statements.setdefault(name, statement)
        for name, errors in each.failed.items():
            if name.startswith("views/") or (of, name) in kept:
                whole.fail(name, errors, of)
                if name in each.misspelt:
                    whole.misspelt[name] = each.misspelt[name]
        whole.remarks += each.remarks
    whole.rules = {name: rule for name, rule in whole.rules.items() if name not in whole.failed}
    whole.views = {name: view for name, view in whole.views.items() if f"views/{name}" not in whole.failed}
    return whole


def rule_from_data(
    data: Mapping[str, Any], marked: Marked, identity: str
) -> tuple[LoadedRule | None, list[AuditorError]]:
    """A rule from the data of its file, and all that is wrong with its form."""
    check = _check_meant(data)
    if check is None:
        return None, list(in_order(validated(check_name(), data, marked)[1], marked))
    rule, errors = validated(rule_file(check), data, marked)
    if rule is None:
        return None, list(in_order(errors, marked))
    return LoadedRule(identity, _part(rule, RuleHead), _part(rule, check_kinds()[check]), marked), []


def _check_meant(data: Mapping[str, Any]) -> str | None:
    """The check that a rule names, be its key misspelt; None if it names none that there is."""
    keys = [key for key in data if nearest(key, ["check"])] if isinstance(data, dict) else []
    named = data.get("check", data[keys[0]] if keys else None) if isinstance(data, dict) else None
    return named if isinstance(named, str) and named in check_kinds() else None


def _part(rule: RuleHead, model: type[M]) -> M:
    """What a rule file says as the head of a rule, or as the options of its check."""
    names = set(model.model_fields)
    return model.model_construct(rule.model_fields_set & names, **{name: getattr(rule, name) for name in names})


def _rule(path: Path, before: str) -> tuple[LoadedRule | None, list[AuditorError]]:
    """A rule, and what is wrong with its form; where that is but slips of the pen, the rule as it was meant."""
    if path.suffix != ".yaml" or not _RULE_NAME.fullmatch(path.stem):
        return None, [BadName(Place(before + path.name), path.name, name=path.name)]
    plain = load_plainly(path, before + path.name)
    marked = plain.marked
    if marked is None:
        return None, list(plain.mistakes)
    rule, errors = rule_from_data(marked.data if marked.data is not None else {}, marked, path.stem)
    meant = repaired(marked, errors) if errors else None
    if meant is not None:
        rule = rule_from_data(meant.data, meant, path.stem)[0]
    return rule, list(in_order([*plain.mistakes, *errors], marked))


def _view(path: Path, before: str, types: Mapping[str, RecordType]) -> tuple[LoadedView | None, list[AuditorError]]:
    file = f"{before}views/{path.name}"
    if path.suffix != ".yaml" or not _VIEW_NAME.fullmatch(path.stem):
        return None, [BadName(Place(file), path.name, name=path.name)]
    if path.stem in types:
        return None, [DuplicateRule(Place(file), path.name, id=path.stem, other=f"records/{path.stem}.yaml")]
    loaded = load_strictly(path, View, file=file)
    if loaded.value is None or loaded.marked is None:
        return None, list(loaded.mistakes)
    return LoadedView(path.stem, loaded.value, loaded.marked), []
