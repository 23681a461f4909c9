"""The checks by name. A check is a module of this package with a function `run` and the model of what rules say to it,
`OPTIONS`; by that the rules find it (`auditor.rules.check_kinds`).
"""

from __future__ import annotations

from importlib import import_module

from auditor.checks.base import Check, CheckResult
from auditor.engine import Engine
from auditor.rules.bound import BoundRule


def check_named(name: str) -> Check:
    """The function that carries out a check. Rules with the name of another do not load."""
    check: Check = import_module(f"auditor.checks.{name}").run
    return check


def run_check(rule: BoundRule, engine: Engine) -> CheckResult:
    """Carry out a rule's check."""
    return check_named(rule.options.check)(rule, engine)
