"""The checks that there are: each module of `auditor.checks` that has `OPTIONS`, the model of what rules say to it.

They are found by their place, so that a new check is one module and nothing here or anywhere else names it.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from typing import Any, Literal, cast

from pydantic import ConfigDict, create_model

from auditor.rules.check_options import CheckOptions
from auditor.rules.schema import Model, RuleHead

_HOME = "auditor.checks"  # stands above this package: found by name, never imported by it


@cache
def check_kinds() -> Mapping[str, type[CheckOptions]]:
    """Check -> the model of its options, in the order of their names."""
    home = import_module(_HOME)
    found = {}
    for each in sorted(pkgutil.iter_modules(home.__path__), key=lambda module: module.name):
        options = getattr(import_module(f"{_HOME}.{each.name}"), "OPTIONS", None)
        if options is not None:
            found[each.name] = options
    return found


@cache
def rule_file(check: str) -> type[RuleHead]:
    """What a whole rule file with this check may say."""
    options = check_kinds()[check]
    return cast(type[RuleHead], create_model(f"{options.__name__}Rule", __base__=cast(Any, (options, RuleHead))))


class CheckName(Model):
    """What can be told of a rule that names no check there is."""

    model_config = ConfigDict(extra="ignore")

    check: str


@cache
def check_name() -> type[CheckName]:
    """The model of it, which knows the names of all checks."""
    names: Any = Literal[tuple(check_kinds())]
    made: type[CheckName] = create_model("CheckName", __base__=CheckName, check=(names, ...))
    return made
