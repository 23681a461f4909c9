"""What can be wrong with what a YAML file says, and several such mistakes at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from auditor.errors import AuditorError
from auditor.languages import Text


class FileMistake(AuditorError):
    """The base of single mistakes in a file's keys and values."""


class UnknownKey(FileMistake):
    """Values: `key`, `keys`, `nearest`."""

    what = Text("unknown key `{key}`", "未知的键 `{key}`")
    allowed = Text("{keys}", "{keys}")
    do = Text("use one of the allowed keys (nearest: {nearest})", "请使用允许的键（最接近：{nearest}）")


class MissingKey(FileMistake):
    """A required key is absent. Values: `key`."""

    what = Text("the key `{key}` is missing", "缺少键 `{key}`")
    do = Text("add `{key}`", "请补上 `{key}`")


class UnknownWord(FileMistake):
    """A word that is none of those that may stand there. Values: `kind`, `kind_zh`, `word`, `words`, `nearest`."""

    what = Text("unknown {kind} `{word}`", "未知的{kind_zh} `{word}`")
    allowed = Text("{words}", "{words}")
    do = Text("use one of the allowed words (nearest: {nearest})", "请使用允许的词（最接近：{nearest}）")


class WrongValue(FileMistake):
    """A value of the wrong type or outside its limits. Values: `key`, `allowed_en`, `allowed_zh`."""

    what = Text("`{key}`: this value cannot stand here", "`{key}` 的值不正确")
    allowed = Text("{allowed_en}", "{allowed_zh}")
    do = Text("write the value in the allowed form", "请按允许的形式填写")


class UnquotedNumber(FileMistake):
    """A number without quotes where text, an amount or an account stands. Values: `key`, `number`."""

    what = Text("the number {number} of `{key}` stands without quotes", "`{key}` 的数字 {number} 未加引号")
    allowed = Text('"{number}"', '"{number}"')
    do = Text("put the number in quotes, so that it is read digit by digit", "请给数字加上引号，以便逐位读取")


class Mistakes(AuditorError):
    """The base of what is raised for files with mistakes: all of them, each at its place.

    `errors` holds them in the order in which they were found: by files, then by lines. With one mistake the message is
    that of the mistake. A subclass says in `what` what kind of file it is of. Values: `count`.
    """

    do = Text("mend the places named below", "请修正下列各处")

    def __init__(
        self, place: object = None, found: str | None = None, *, errors: Sequence[AuditorError] = (), **values: object
    ) -> None:
        self.errors = tuple(errors)
        del place, found  # those of the first mistake
        first = self.errors[0] if self.errors else None
        super().__init__(
            first.place if first else None, first.found if first else None, **{"count": len(self.errors), **values}
        )

    def __reduce__(self) -> tuple[Any, ...]:
        return _again, (type(self), self.errors, self.values)

    def summary(self, language: str) -> str:
        """The mistake, or how many there are from the first one's place on."""
        return self.errors[0].summary(language) if len(self.errors) == 1 else super().summary(language)

    def message(self, language: str) -> str:
        """Every mistake, whole; before several of them how many they are."""
        each = [error.message(language) for error in self.errors]
        if len(each) == 1:
            return each[0]
        remedy = ("处理：" if language == "zh" else "do: ") + self._fill(self.do, language)
        return "\n".join([self._fill(self.what, language), f"  {remedy}", *each])


def _again(kind: type[Mistakes], errors: tuple[AuditorError, ...], values: dict[str, Any]) -> Mistakes:
    return kind(errors=errors, **values)


