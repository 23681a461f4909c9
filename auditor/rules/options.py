"""Options that hold a figure or name a parameter: `within: "0.05"`, `working_days: ":bank_window"`, `ceiling:
":cash_limit"`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from auditor.errors import AuditorError
from auditor.marked_yaml import Marked, nearest
from auditor.rules.errors import ParameterUnit, UnknownParameter
from auditor.rules.parameters import ParameterValue
from auditor.strict_yaml import WrongValue

Loc = tuple[str | int, ...]
Figure = Literal["amount", "percent", "days", "working days"]

_KINDS: dict[str, Figure] = {
    "within": "amount", "floor": "amount", "ceiling": "amount", "percent": "percent", "days": "days",
    "working_days": "working days", "return_within": "working days",
}  # fmt: skip
_FITTING: dict[Figure, tuple[str, ...]] = {
    "amount": ("money", "number"), "percent": ("percent", "number"), "days": ("days",),
    "working days": ("working days",),
}  # fmt: skip
_DECIMAL = re.compile(r"[0-9]+(\.[0-9]+)?")
_WHOLE = re.compile(r"[0-9]+")
_LITERAL: dict[Figure, tuple[str, str]] = {
    "amount": ('an amount in quotes such as "0.05", or ":parameter"', '加引号的数额如 "0.05"，或 ":参数"'),
    "percent": ('a percentage in quotes such as "0.5", or ":parameter"', '加引号的百分数如 "0.5"，或 ":参数"'),
    "days": ('a number of days, or ":parameter"', '天数，或 ":参数"'),
    "working days": ('a number of working days, or ":parameter"', '工作日数，或 ":参数"'),
}


@dataclass(frozen=True, slots=True)
class FigureUse:
    """A figure among a rule's options."""

    loc: Loc
    kind: Figure
    value: str | int

    @property
    def parameter(self) -> str | None:
        """The parameter it names, None if it is a figure itself."""
        return self.value[1:] if isinstance(self.value, str) and self.value.startswith(":") else None


def figures(data: Any, loc: Loc = ()) -> Iterator[FigureUse]:
    """Every figure in the data of a rule's options."""
    if isinstance(data, dict):
        for key, value in data.items():
            kind = _KINDS.get(key)
            if kind and isinstance(value, (str, int)) and not isinstance(value, bool):
                yield FigureUse((*loc, key), kind, value)
            elif kind in ("days", "working days") and isinstance(value, dict):
                yield from (FigureUse((*loc, key, side), kind, each) for side, each in value.items())
            else:
                yield from figures(value, (*loc, key))
    elif isinstance(data, list):
        for number, each in enumerate(data):
            yield from figures(each, (*loc, number))


def figure_errors(data: Any, marked: Marked, parameters: Mapping[str, ParameterValue]) -> Iterator[AuditorError]:
    """Figures that are none, parameters that are unknown or of another unit."""
    for use in figures(data):
        place, text, name = marked.place(use.loc), marked.text(use.loc), use.parameter
        if name is not None:
            value = parameters.get(name)
            if value is None:
                yield UnknownParameter(
                    place,
                    text,
                    name=name,
                    names=", ".join(sorted(parameters)),
                    nearest=nearest(name, parameters) or "-",
                )
            elif value.kind not in _FITTING[use.kind]:
                yield ParameterUnit(place, text, name=name, default=value.text, unit=" / ".join(_FITTING[use.kind]))
        elif not (_WHOLE if use.kind in ("days", "working days") else _DECIMAL).fullmatch(str(use.value)):
            allowed = _LITERAL[use.kind]
            yield WrongValue(place, text, key=str(use.loc[-1]), allowed_en=allowed[0], allowed_zh=allowed[1])


def plain_figure(use: FigureUse, parameters: Mapping[str, ParameterValue]) -> str | int:
    """The figure that an option comes to: whole days, or a decimal as text."""
    if use.parameter is None:
        return int(use.value) if use.kind in ("days", "working days") else use.value
    number = parameters[use.parameter].number
    if number is None:
        raise ValueError(use.parameter)
    return int(number) if use.kind in ("days", "working days") else f"{number:f}"
