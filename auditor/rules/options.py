"""Options that hold a figure or name a parameter: `within: "0.05"`, `working_days: ":bank_window"`, `ceiling:
":cash_limit"`.

Which option holds one, the model of the options says (`Annotated[str, Figure("amount")]`), never the name of a key:
rules have keys of their users' making.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel

from auditor.errors import AuditorError
from auditor.marked_yaml import Marked, nearest
from auditor.rules.errors import ParameterUnit, UnknownParameter
from auditor.rules.parameters import ParameterValue
from auditor.strict_yaml import WrongValue

Loc = tuple[str | int, ...]
FigureKind = Literal["amount", "percent", "days", "working days", "count"]

_FITTING: dict[FigureKind, tuple[str, ...]] = {
    "amount": ("money", "number"), "percent": ("percent", "number"), "days": ("days",),
    "working days": ("working days",), "count": ("number",),
}  # fmt: skip
_DECIMAL = re.compile(r"[0-9]+(\.[0-9]+)?")
_WHOLE = re.compile(r"[0-9]+")
_LITERAL: dict[FigureKind, tuple[str, str]] = {
    "amount": ('an amount in quotes such as "0.05", or ":parameter"', '加引号的数额如 "0.05"，或 ":参数"'),
    "percent": ('a percentage in quotes such as "0.5", or ":parameter"', '加引号的百分数如 "0.5"，或 ":参数"'),
    "days": ('a number of days, or ":parameter"', '天数，或 ":参数"'),
    "working days": ('a number of working days, or ":parameter"', '工作日数，或 ":参数"'),
    "count": ('a whole number, or ":parameter"', '整数，或 ":参数"'),
}


@dataclass(frozen=True, slots=True)
class Figure:
    """Marks an option that holds a figure of a kind: `within: Annotated[QuotedText | None, Figure("amount")]`. A part
    of it, such as the two sides of a window, is of the same kind."""

    kind: FigureKind

    @property
    def whole(self) -> bool:
        return self.kind in ("days", "working days", "count")


@dataclass(frozen=True, slots=True)
class FigureUse:
    """A figure among a rule's options."""

    loc: Loc
    figure: Figure
    value: str | int

    @property
    def parameter(self) -> str | None:
        """The parameter it names, None if it is a figure itself."""
        return self.value[1:] if isinstance(self.value, str) and self.value.startswith(":") else None


def figures(options: BaseModel, loc: Loc = (), figure: Figure | None = None) -> Iterator[FigureUse]:
    """Every figure of a rule's options; `figure` if all of them are of one kind."""
    for name, info in type(options).model_fields.items():
        own = next((each for each in info.metadata if isinstance(each, Figure)), figure)
        yield from _figures_in(getattr(options, name), (*loc, info.alias or name), own)


def _figures_in(value: Any, loc: Loc, figure: Figure | None) -> Iterator[FigureUse]:
    if isinstance(value, BaseModel):
        yield from figures(value, loc, figure)
    elif isinstance(value, Mapping):
        for key, each in value.items():
            yield from _figures_in(each, (*loc, key), figure)
    elif isinstance(value, (list, tuple)):
        for number, each in enumerate(value):
            yield from _figures_in(each, (*loc, number), figure)
    elif figure is not None and isinstance(value, (str, int)) and not isinstance(value, bool):
        yield FigureUse(loc, figure, value)


def figure_errors(
    options: BaseModel, marked: Marked, parameters: Mapping[str, ParameterValue]
) -> Iterator[AuditorError]:
    """Figures that are none, parameters that are unknown or of another unit."""
    for use in figures(options):
        place, text, name, kind = marked.place(use.loc), marked.text(use.loc), use.parameter, use.figure.kind
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
            elif value.kind not in _FITTING[kind]:
                yield ParameterUnit(place, text, name=name, default=value.text, unit=" / ".join(_FITTING[kind]))
        elif not (_WHOLE if use.figure.whole else _DECIMAL).fullmatch(str(use.value)):
            allowed = _LITERAL[kind]
            yield WrongValue(place, text, key=str(use.loc[-1]), allowed_en=allowed[0], allowed_zh=allowed[1])


def plain_figure(use: FigureUse, parameters: Mapping[str, ParameterValue]) -> str | int:
    """The figure that an option comes to: whole days, or a decimal as text."""
    if use.parameter is None:
        return int(use.value) if use.figure.whole else use.value
    number = parameters[use.parameter].number
    if number is None:
        raise ValueError(use.parameter)
    return int(number) if use.figure.whole else f"{number:f}"
