"""What can be wrong with a command line, and what a user is told when the program itself is wrong."""

from __future__ import annotations

from auditor.errors import AuditorError
from auditor.languages import Text


class UsageProblem(AuditorError):
    """The base of what can be wrong with a command line. The place is the command."""


class UnknownCommand(UsageProblem):
    """No command has this name. Values: `nearest`, `names`."""

    what = Text("there is no such command", "没有此命令")
    allowed = Text("{names}", "{names}")
    do = Text("did you mean {nearest}?", "是否为 {nearest}？")


class UnknownOption(UsageProblem):
    """The command has no such option. Values: `nearest`, `names`."""

    what = Text("there is no such option", "没有此选项")
    allowed = Text("{names}", "{names}")
    do = Text("did you mean {nearest}?", "是否为 {nearest}？")


class MissingArgument(UsageProblem):
    """An argument is absent. Values: `name`, `command`."""

    what = Text("{name} is missing", "缺少 {name}")
    do = Text("`{command} --help` shows what is wanted", "用法见 `{command} --help`")


class MissingValue(UsageProblem):
    """An option without its value, or a flag with one. Values: `name`, `command`."""

    what = Text("{name} has no value, or one that it does not take", "选项 {name} 缺少值，或不应带值")
    do = Text("`{command} --help` shows what is wanted", "用法见 `{command} --help`")


class BadArgument(UsageProblem):
    """An argument or the value of an option is not of its kind. Values: `name`, `wanted_en`, `wanted_zh`, `command`."""

    what = Text("this cannot be the value of {name}", "{name} 的值不正确")
    allowed = Text("{wanted_en}", "{wanted_zh}")
    do = Text("`{command} --help` shows what is wanted", "用法见 `{command} --help`")


class ExtraArgument(UsageProblem):
    """More arguments than the command takes. Values: `command`."""

    what = Text("the command takes no further argument", "参数过多")
    do = Text(
        "put a name that holds blanks in quotes; `{command} --help` shows what is wanted",
        "名称中含空格时请加引号；用法见 `{command} --help`",
    )


class BadUsage(UsageProblem):
    """The command line is wrong in another way. Values: `reason` (in the words of the parser), `command`."""

    what = Text("the command cannot be understood: {reason}", "命令有误：{reason}")
    do = Text("`{command} --help` shows what is wanted", "用法见 `{command} --help`")


class ProgramFault(AuditorError):
    """A fault of the program, never of its input. Values: `reason`, `version`."""

    what = Text("a fault of the program (not of your documents): {reason}", "程序内部错误（与您的资料无关）：{reason}")
    do = Text(
        "report it with this text, the command and version {version}; AUDITOR_DEBUG=1 shows where it happened",
        "请将本提示、所用命令及版本 {version} 反馈给开发者；设置 AUDITOR_DEBUG=1 可显示出错位置",
    )
