"""Loads a rule set: `ruleset.yaml`, one rule a file, and `views/`. What is not understood is an error at its place.

All errors are collected. One in a rule or view costs that rule, or the rules that read the view; one in `ruleset.yaml`
costs the run.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence, Set
from pathlib import Path
from typing import Any

from auditor.errors import AuditorError, Place
from auditor.marked_yaml import Marked, YamlError, load, nearest
from auditor.records.loader import record_types
from auditor.records.model import RecordType
from auditor.resources import rules_folder
from auditor.rules.checking import check_rule_set
from auditor.rules.errors import (
    BadName,
    DuplicateRule,
    MissingRuleKey,
    NoSuchRuleSet,
    RuleError,
    RuleSetErrors,
    UnknownKey,
    WrongValue,
)
from auditor.rules.model import LoadedRule, LoadedView, RuleSet
from auditor.rules.schema import CHECKS, Model, RuleHead, RuleSetManifest, View
from auditor.rules.validation import key_names, validated

_RULE_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_VIEW_NAME = re.compile(r"[a-z][a-z0-9_]*")
MANIFEST = "ruleset.yaml"


def find_rule_set(name: str) -> Path:
    """The folder of a rule set: a folder given by its path, or a shipped rule set given by its name."""
    folder = Path(name)
    if (folder / MANIFEST).is_file():
        return folder
    shipped = sorted(each.parent.name for each in rules_folder().glob(f"*/{MANIFEST}"))
    if name not in shipped:
        raise NoSuchRuleSet(
            None, name, name=name, names=", ".join(shipped) or "-", nearest=nearest(name, shipped) or "-"
        )
    return rules_folder() / name


def load_rule_set(folder: Path, types: Mapping[str, RecordType] | None = None) -> RuleSet:
    """Load and check a rule set against the record types (default: those that are shipped).

    Raises RuleSetErrors if `ruleset.yaml` cannot be used. Errors of rules and views are in `RuleSet.failed`.
    """
    types = types if types is not None else record_types()
    manifest, marked = _manifest(folder)
    failed: dict[str, tuple[AuditorError, ...]] = {}
    rules: dict[str, LoadedRule] = {}
    for path in sorted(folder.glob("*.y*ml")):
        if path.name != MANIFEST:
            rule, errors = _rule(path)
            if rule is not None and not errors:
                rules[rule.id] = rule
            else:
                failed[path.stem] = tuple(errors)
    views: dict[str, LoadedView] = {}
    for path in sorted((folder / "views").glob("*.y*ml")):
        view, errors = _view(path, types)
        if view is not None and not errors:
            views[view.name] = view
        else:
            failed[f"views/{path.stem}"] = tuple(errors)
    loaded = RuleSet(folder.resolve().name, folder, manifest, marked, rules, views, _digest(folder), failed)
    return check_rule_set(loaded, types)


def rule_from_data(
    data: Mapping[str, Any], marked: Marked, identity: str
) -> tuple[LoadedRule | None, list[AuditorError]]:
    """A rule from the data of its file, and all that is wrong with its form."""
    check = data.get("check")
    options = CHECKS.get(check) if isinstance(check, str) else None
    if options is None:
        return None, [_no_check(data, marked)]
    head_keys, option_keys = key_names(RuleHead), key_names(options)
    errors: list[AuditorError] = []
    for key in data:
        if key not in head_keys and key not in option_keys:
            keys = [*head_keys, *option_keys]
            errors.append(
                UnknownKey(
                    marked.place((key,), key=True),
                    marked.text((key,)),
                    key=key,
                    keys=", ".join(keys),
                    nearest=nearest(key, keys) or "-",
                )
            )
    misspelt = {str(each.values["nearest"]) for each in errors}
    head, found = validated(RuleHead, {key: data[key] for key in data if key in head_keys}, marked)
    errors += _besides(misspelt, found, marked)
    chosen, found = validated(options, {key: data[key] for key in data if key in option_keys}, marked)
    errors += _besides(misspelt, found, marked)
    if head is None or chosen is None:
        return None, errors
    return LoadedRule(identity, head, chosen, marked), errors  # type: ignore[arg-type]


def _besides(misspelt: Set[str], found: Sequence[RuleError], marked: Marked) -> list[RuleError]:
    """The errors but for keys of the rule that are missing because they are misspelt, which is told already."""
    missing = [
        each
        for each in found
        if isinstance(each, MissingRuleKey) and each.place == marked.place() and each.values["key"] in misspelt
    ]
    return [each for each in found if each not in missing]


def _no_check(data: Mapping[str, Any], marked: Marked) -> RuleError:
    if "check" not in data:
        meant = next((key for key in data if isinstance(key, str) and nearest(key, ["check"])), None)
        if meant is not None and meant not in key_names(RuleHead):
            place, text = marked.place((meant,), key=True), marked.text((meant,))
            return UnknownKey(place, text, key=meant, keys=", ".join([*key_names(RuleHead), "check"]), nearest="check")
        return MissingRuleKey(marked.place(), marked.text(), key="check")
    word = str(data["check"])
    near = nearest(word, CHECKS)
    words = ", ".join(sorted(CHECKS)) + (f" ({near}?)" if near else "")
    return WrongValue(
        marked.place(("check",)), marked.text(("check",)), key="check", allowed_en=words, allowed_zh=words
    )


def _manifest(folder: Path) -> tuple[RuleSetManifest, Marked]:
    try:
        marked = load(folder / MANIFEST, file=MANIFEST)
    except YamlError as error:
        raise RuleSetErrors(errors=[error]) from None
    manifest, errors = validated(RuleSetManifest, _mapping(marked), marked)
    if manifest is None:
        raise RuleSetErrors(errors=errors)
    return manifest, marked


def _rule(path: Path) -> tuple[LoadedRule | None, list[AuditorError]]:
    if path.suffix != ".yaml" or not _RULE_NAME.fullmatch(path.stem):
        return None, [BadName(Place(path.name), path.name, name=path.name)]
    try:
        marked = load(path, file=path.name)
    except YamlError as error:
        return None, [error]
    return rule_from_data(_mapping(marked), marked, path.stem)


def _view(path: Path, types: Mapping[str, RecordType]) -> tuple[LoadedView | None, list[AuditorError]]:
    file = f"views/{path.name}"
    if path.suffix != ".yaml" or not _VIEW_NAME.fullmatch(path.stem):
        return None, [BadName(Place(file), path.name, name=path.name)]
    if path.stem in types:
        return None, [DuplicateRule(Place(file), path.name, id=path.stem, other=f"records/{path.stem}.yaml")]
    try:
        marked = load(path, file=file)
    except YamlError as error:
        return None, [error]
    view, errors = validated(View, _mapping(marked), marked)
    return (LoadedView(path.stem, view, marked) if view else None), list(errors)


def _mapping(marked: Marked) -> Any:
    return marked.data if marked.data is not None else {}


def _digest(folder: Path) -> str:
    """The SHA-256 over names and contents of all files of the rule set."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*.yaml"), key=lambda each: each.relative_to(folder).as_posix()):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


__all__ = ["MANIFEST", "Model", "find_rule_set", "load_rule_set", "rule_from_data"]
