"""Loads a rule set: `ruleset.yaml`, one rule a file, and `views/`. What is not understood is an error at its place.

All errors are collected. One in a rule or view costs that rule, or the rules that read the view; one in `ruleset.yaml`
costs the run.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel

from auditor.errors import AuditorError, Place
from auditor.records.loader import record_types
from auditor.records.model import RecordType
from auditor.resources import rules_folder
from auditor.rules.check_kinds import check_kinds, check_name, rule_file
from auditor.rules.checking import check_rule_set
from auditor.rules.errors import BadName, DuplicateRule, NoSuchRuleSet, RuleSetErrors
from auditor.rules.model import LoadedRule, LoadedView, RuleSet
from auditor.rules.schema import RuleHead, RuleSetManifest, View
from auditor.strict_yaml import Marked, in_order, load_plainly, load_strictly, nearest, repaired, validated

_RULE_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_VIEW_NAME = re.compile(r"[a-z][a-z0-9_]*")
M = TypeVar("M", bound=BaseModel)
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
    misspelt: dict[str, LoadedRule] = {}
    for path in sorted(folder.glob("*.y*ml")):
        if path.name != MANIFEST:
            rule, errors = _rule(path)
            if rule is not None and not errors:
                rules[rule.id] = rule
            else:
                failed[path.stem] = tuple(errors)
                if rule is not None:
                    misspelt[path.stem] = rule
    views: dict[str, LoadedView] = {}
    for path in sorted((folder / "views").glob("*.y*ml")):
        view, errors = _view(path, types)
        if view is not None and not errors:
            views[view.name] = view
        else:
            failed[f"views/{path.stem}"] = tuple(errors)
    name, digest = folder.resolve().name, _digest(folder)
    loaded = RuleSet(name, folder, manifest, marked, rules, views, digest, failed, misspelt=misspelt)
    return check_rule_set(loaded, types)


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


def _manifest(folder: Path) -> tuple[RuleSetManifest, Marked]:
    loaded = load_strictly(folder / MANIFEST, RuleSetManifest, file=MANIFEST)
    if loaded.value is None or loaded.marked is None:
        raise RuleSetErrors(errors=loaded.mistakes)
    return loaded.value, loaded.marked


def _rule(path: Path) -> tuple[LoadedRule | None, list[AuditorError]]:
    """A rule, and what is wrong with its form; where that is but slips of the pen, the rule as it was meant."""
    if path.suffix != ".yaml" or not _RULE_NAME.fullmatch(path.stem):
        return None, [BadName(Place(path.name), path.name, name=path.name)]
    plain = load_plainly(path, path.name)
    marked = plain.marked
    if marked is None:
        return None, list(plain.mistakes)
    rule, errors = rule_from_data(marked.data if marked.data is not None else {}, marked, path.stem)
    meant = repaired(marked, errors) if errors else None
    if meant is not None:
        rule = rule_from_data(meant.data, meant, path.stem)[0]
    return rule, list(in_order([*plain.mistakes, *errors], marked))


def _view(path: Path, types: Mapping[str, RecordType]) -> tuple[LoadedView | None, list[AuditorError]]:
    file = f"views/{path.name}"
    if path.suffix != ".yaml" or not _VIEW_NAME.fullmatch(path.stem):
        return None, [BadName(Place(file), path.name, name=path.name)]
    if path.stem in types:
        return None, [DuplicateRule(Place(file), path.name, id=path.stem, other=f"records/{path.stem}.yaml")]
    loaded = load_strictly(path, View, file=file)
    if loaded.value is None or loaded.marked is None:
        return None, list(loaded.mistakes)
    return LoadedView(path.stem, loaded.value, loaded.marked), []


def _digest(folder: Path) -> str:
    """The SHA-256 over names and contents of all files of the rule set."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*.yaml"), key=lambda each: each.relative_to(folder).as_posix()):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()
