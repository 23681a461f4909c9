"""The SQL of the checks: Jinja2 templates beside the code, so that the SQL can be read as SQL."""

from __future__ import annotations

from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, Template


def render(name: str, **values: Any) -> str:
    """The template `sql/NAME.sql` filled in. A value that the template names and nobody gives is an error."""
    return _template(name).render(**values)


def statements(name: str, **values: Any) -> list[str]:
    """The statements of a template, which a line of its own that reads `;` divides."""
    return [each.strip() for each in render(name, **values).split("\n;") if each.strip()]


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("auditor.checks", "sql"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=False,
    )
    environment.filters["name"] = quoted
    environment.filters["text"] = literal
    return environment


@cache
def _template(name: str) -> Template:
    return _environment().get_template(f"{name}.sql")


def quoted(name: str) -> str:
    """A name as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str | None) -> str:
    """A text as an SQL literal, None as NULL."""
    return "NULL" if text is None else "'" + text.replace("'", "''") + "'"
