"""The JSON Schema of rule files, for editors and for `auditor rules schema`."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from auditor.rules.check_kinds import check_kinds
from auditor.rules.manifest import RuleSetManifest
from auditor.rules.schema import RuleHead, View

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def rule_schema() -> dict[str, Any]:
    """What a rule file may say: one branch for each check, every branch with the keys that all rules have."""
    definitions: dict[str, Any] = {}
    head = _part(RuleHead, definitions)
    branches = []
    for check in check_kinds().values():
        options = _part(check, definitions)
        branches.append(
            {
                "type": "object",
                "title": options["title"],
                "description": options.get("description", ""),
                "properties": {**head["properties"], **options["properties"]},
                "required": [*head["required"], *options["required"]],
                "additionalProperties": False,
            }
        )
    return {"$schema": _DIALECT, "title": "Rule", "oneOf": branches, "$defs": dict(sorted(definitions.items()))}


def view_schema() -> dict[str, Any]:
    """What a file of `views/` may say."""
    return {"$schema": _DIALECT, **View.model_json_schema()}


def manifest_schema() -> dict[str, Any]:
    """What `ruleset.yaml` may say."""
    return {"$schema": _DIALECT, **RuleSetManifest.model_json_schema()}


def _part(model: type[BaseModel], definitions: dict[str, Any]) -> dict[str, Any]:
    """The schema of a model, its own definitions put among those of all."""
    schema = model.model_json_schema()
    definitions.update(schema.pop("$defs", {}))
    return schema
