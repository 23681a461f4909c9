"""Parameters: values with their units, their defaults in the rule set, and what `audit.yaml` puts in their place.

Written forms: "50.00 CNY", "3 working days", "30 days", "0.5 %", "7.0950", "5 pieces", and text. A value that replaces
a default must be in the default's unit: a limit of 30 days and one of 3 working days are not the same thing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from auditor.errors import AuditorError, Place
from auditor.marked_yaml import Marked, nearest
from auditor.rules.errors import ParameterUnit, UnknownParameter
from auditor.rules.schema import Parameter
from auditor.rules.word_lists import PREFIX, WordList

Kind = Literal["money", "percent", "days", "working days", "number", "text"]

_NUMBER = re.compile(r"([-+]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?)\s*(.*)", re.DOTALL)
_DAYS = {"day", "days", "天", "日", "自然日"}
_WORKING_DAYS = {"working day", "working days", "工作日", "个工作日"}
_SYMBOLS = {"元": "CNY", "人民币": "CNY", "￥": "CNY", "¥": "CNY", "美元": "USD", "$": "USD", "件": "pieces", "％": "%"}


@dataclass(frozen=True, slots=True)
class ParameterValue:
    """A parameter's value: `number` in `unit` (CNY, days, working days, %, kg, ... or none), or a text."""

    kind: Kind
    text: str  # as it was written
    number: Decimal | None = None
    unit: str = ""

    @property
    def whole(self) -> bool:
        """Whether it is written without decimals."""
        return self.number is not None and "." not in self.text

    @property
    def sql_type(self) -> str:
        if self.number is None:
            return "VARCHAR"
        return (
            "BIGINT"
            if self.kind in ("days", "working days") or (self.kind == "number" and self.whole)
            else "DECIMAL(18,5)"
        )

    @property
    def sql(self) -> str:
        """The value as a literal of the engine."""
        if self.number is None:
            return _quoted(self.text)
        if self.sql_type == "BIGINT":
            return f"CAST({int(self.number)} AS BIGINT)"
        return f"CAST('{self.number:f}' AS DECIMAL(18,5))"


def parse_value(text: str) -> ParameterValue:
    """A value with its unit. What does not begin with a number is text."""
    text = text.strip()
    found = _NUMBER.fullmatch(text)
    if not found:
        return ParameterValue("text", text)
    number, unit = Decimal(found[1].replace(",", "")), " ".join(found[2].split())
    unit = _SYMBOLS.get(unit, unit)
    if unit.lower() in _DAYS | _WORKING_DAYS:
        if number != int(number) or number < 0:
            return ParameterValue("text", text)
        kind: Kind = "days" if unit.lower() in _DAYS else "working days"
        return ParameterValue(kind, text, number, kind)
    if unit == "%":
        return ParameterValue("percent", text, number, "%")
    if re.fullmatch(r"[A-Z]{3}", unit):
        return ParameterValue("money", text, number, unit)
    if " " in unit or len(unit) > 12:
        return ParameterValue("text", text)
    return ParameterValue("number", text, number, unit)


def default_values(parameters: Mapping[str, Parameter]) -> dict[str, ParameterValue]:
    """The defaults of a rule set."""
    return {name: parse_value(each.default) for name, each in parameters.items()}


def resolve_parameters(
    parameters: Mapping[str, Parameter],
    overrides: Mapping[str, Any],
    marked: Marked | None = None,
    at: tuple[str | int, ...] = ("parameters",),
) -> tuple[dict[str, ParameterValue], list[AuditorError]]:
    """The values of all parameters, and what is wrong with the overrides.

    `overrides` come from `marked` at `at`, if they come from a file. A parameter with a wrong override has no value at
    all, so that no rule runs with a limit that nobody meant.
    """
    values = default_values(parameters)
    errors: list[AuditorError] = []
    for name, given in overrides.items():
        place, found = _place(marked, (*at, name), name, given)
        if name not in values:
            key = marked.place((*at, name), key=True) if marked else place
            errors.append(
                UnknownParameter(
                    key, found, name=name, names=", ".join(sorted(values)), nearest=nearest(name, values) or "-"
                )
            )
            continue
        value, default = parse_value(str(given)), values[name]
        if not fits(value, default):
            del values[name]
            errors.append(
                ParameterUnit(place, found, name=name, default=parameters[name].default, unit=unit_words(default))
            )
        else:
            values[name] = value if value.kind == default.kind else default
            if default.sql_type != value.sql_type:  # 7 where 7.0950 stood: still a decimal
                values[name] = ParameterValue(value.kind, f"{value.text}.0", value.number, value.unit)
    return values, errors


def fits(value: ParameterValue, default: ParameterValue) -> bool:
    """Whether a value may stand in place of a default: the same kind and unit, and no decimals where it counts."""
    if (value.kind, value.unit) != (default.kind, default.unit):
        return False
    return value.sql_type == default.sql_type or default.sql_type != "BIGINT"


def unit_words(value: ParameterValue) -> str:
    """The unit of a value, in words."""
    if value.kind == "text":
        return "text"
    return value.unit or ("a whole number" if value.whole else "a plain number")


def literals_of(
    values: Mapping[str, ParameterValue],
    words: Mapping[str, WordList],
    *,
    period: tuple[date, date],
    currency: str,
    entity: str | None,
) -> dict[str, str]:
    """Name -> SQL of all that stands as `:name` in expressions: the parameters, with `:NAME_currency` for the currency
    of one in money, the lists of words as `:words_NAME`, and what every rule set has."""
    units = {f"{name}_currency": _quoted(each.unit) for name, each in values.items() if each.kind == "money"}
    lists = {f"{PREFIX}{name}": each.sql for name, each in words.items()}
    return {
        **{name: each.sql for name, each in values.items()},
        **units,
        **lists,
        **built_in_values(period, currency, entity),
    }


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def built_in_values(period: tuple[date, date], currency: str, entity: str | None) -> dict[str, str]:
    """The SQL of the parameters that every rule set has."""
    texts = {"currency": currency, "entity": entity or ""}
    quoted = {name: _quoted(text) for name, text in texts.items()}
    return {
        "period_start": f"DATE '{period[0].isoformat()}'",
        "period_end": f"DATE '{period[1].isoformat()}'",
        **quoted,
    }


def _place(marked: Marked | None, loc: tuple[str | int, ...], name: str, given: Any) -> tuple[Place | None, str]:
    if marked is None or loc not in marked.values:
        return Place("--set"), f"{name}={given}"
    return marked.place(loc), marked.text(loc)
