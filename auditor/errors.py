"""Every error that a user can meet: one class each, its sentence inside.

An error is raised where the work cannot go on, and carried as a value (a *problem*) where only one document, row
or rule is lost. Either way it reads

    FILE:LINE:COLUMN: what is wrong
      the text that was found
      allowed: what would have been right
      do: what to do about it

in the language of the user. `docs/errors.md` is generated from the classes and from `tests/errors/`.
"""

from __future__ import annotations

import string
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from auditor.languages import Text


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands. `file` is relative to the audited folder or rule set, with `/`, never absolute.

    A line is counted from 1; for a sheet it is the row, for a PDF the page is named and the line is absent.
    `member` is a sheet name or `page N`.
    """

    file: str
    line: int | None = None
    column: int | None = None
    member: str | None = None

    def __str__(self) -> str:
        parts = [self.file + (f"[{self.member}]" if self.member else "")]
        if self.line is not None:
            parts.append(str(self.line))
            if self.column is not None:
                parts.append(str(self.column))
        return ":".join(parts)


# What the system says of a file, as a Chinese user reads it.
SYSTEM_REASONS: Mapping[str, str] = {
    "No such file or directory": "文件或文件夹不存在",
    "Permission denied": "没有权限",
    "Operation not permitted": "系统不允许此操作",
    "Is a directory": "这是文件夹",
    "Not a directory": "路径中有一段不是文件夹",
    "File exists": "同名文件已存在",
    "No space left on device": "磁盘空间不足",
    "Read-only file system": "磁盘为只读",
    "File name too long": "文件名过长",
    "Input/output error": "磁盘读写错误",
    "Too many levels of symbolic links": "符号链接指向自身",
    "Device or resource busy": "文件正被占用",
}


class _Blank(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "?"


class AuditorError(Exception):
    """The base. A subclass gives `what`, and where it helps `allowed` and `do`, as format strings over `values`."""

    what: ClassVar[Text]
    allowed: ClassVar[Text | None] = None
    do: ClassVar[Text]
    exit_code: ClassVar[int] = 2

    def __init__(self, place: Place | str | None = None, found: str | None = None, **values: Any) -> None:
        self.place = Place(place) if isinstance(place, str) else place
        self.found = found
        self.values = values
        super().__init__()  # its sentence is made when it is asked for: most are kept as values and many are let go

    def __str__(self) -> str:
        return self.message("en")

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuild, (type(self), self.place, self.found, self.values)

    @property
    def code(self) -> str:
        """The name by which documentation and tests know this error: its class name."""
        return type(self).__name__

    def in_words(self, language: str) -> dict[str, Any]:
        """The values as the sentences show them; an area may put other words in the place of a library's."""
        return dict(self.values)

    def _fill(self, text: Text, language: str) -> str:
        values = _Blank(self.in_words(language), found=self.found)
        if language == "zh" and values.get("reason") in SYSTEM_REASONS:
            values["reason"] = SYSTEM_REASONS[values["reason"]]
        filled = string.Formatter().vformat(text.in_(language), (), values)
        return filled.replace(" (nearest: -)", "").replace("（最接近：-）", "")

    def summary(self, language: str) -> str:
        """One line: the place and what is wrong."""
        where = f"{self.place}: " if self.place else ""
        return where + self._fill(self.what, language)

    def message(self, language: str) -> str:
        """The whole error, several lines."""
        lines = [self.summary(language)]
        if self.found is not None:
            lines += [f"  {line}" for line in self.found.splitlines() or [""]]
        words = {"en": ("allowed", "do"), "zh": ("允许", "处理")}[language]
        colon = "：" if language == "zh" else ": "
        if self.allowed is not None:
            lines.append(f"  {words[0]}{colon}{self._fill(self.allowed, language)}")
        lines.append(f"  {words[1]}{colon}{self._fill(self.do, language)}")
        return "\n".join(lines)

    def as_dict(self) -> Mapping[str, Any]:
        """For findings.json: code, place and the message in both languages."""
        return {
            "code": self.code,
            "place": str(self.place) if self.place else None,
            "found": self.found,
            "en": self.message("en"),
            "zh": self.message("zh"),
        }


def _rebuild(kind: type[AuditorError], place: Place | None, found: str | None, values: dict[str, Any]) -> AuditorError:
    return kind(place, found, **values)
