"""Commands that speak the user's language: their help, and what is wrong with a command line."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import click

from auditor.cli.errors import (
    BadArgument,
    BadUsage,
    ExtraArgument,
    MissingArgument,
    MissingValue,
    UnknownCommand,
    UnknownOption,
)
from auditor.cli.speech import say
from auditor.errors import AuditorError
from auditor.languages import Text
from auditor.marked_yaml import nearest

_HEADINGS = {"Options": ("Options", "选项"), "Commands": ("Commands", "命令")}
_HELP_NAMES = ["-h", "--help"]
_EXTRA = re.compile(r"Got unexpected extra arguments? \((.*)\)")
_GIVEN = re.compile(r"'(.*?)' ")  # click puts the value first: 'fr' is not one of ...


class ReaderGone(Exception):
    """The program that reads the output has ended."""


class Formatter(click.HelpFormatter):
    """Help in the language that is spoken."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, prefix or say("Usage: ", "用法："))

    def write_heading(self, heading: str) -> None:
        super().write_heading(say(*_HEADINGS.get(heading, (heading, heading))))

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        told = [(name, _in_words(text)) for name, text in rows]
        super().write_dl(told, col_max, col_spacing)


def _in_words(text: str) -> str:
    return text.replace("[default: ", say("[default: ", "[默认：")).replace("[required]", say("[required]", "[必填]"))


class Context(click.Context):
    """A context whose help is in the language that is spoken."""

    formatter_class = Formatter


class Command(click.Command):
    """A command with its help option in the language that is spoken, and its own language option."""

    context_class = Context

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = say("show this text", "显示本说明")
        return option


class Group(Command, click.Group):
    """A group of such commands."""

    command_class = Command
    group_class = type

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0]
        if not name.startswith("-") and self.get_command(ctx, name) is None:
            names = sorted(self.commands)
            raise UnknownCommand(
                ctx.command_path,
                name,
                names=", ".join(names),
                nearest=nearest(name, names) or f"{ctx.command_path} --help",
            )
        return super().resolve_command(ctx, args)


def told(error: click.UsageError) -> AuditorError:
    """What click says of a command line, as an error of the program's own form."""
    command = error.ctx.command_path if error.ctx else "auditor"
    if isinstance(error, click.NoSuchOption):
        names = sorted(_options(error.ctx)) if error.ctx else []
        near = nearest(error.option_name, names) or f"{command} --help"
        return UnknownOption(command, error.option_name, names=", ".join(names), nearest=near)
    if isinstance(error, click.MissingParameter):
        name = _name(error.param) if error.param else str(error.param_hint)
        return MissingArgument(command, name=name, command=command)
    if isinstance(error, click.BadOptionUsage):
        return MissingValue(command, name=error.option_name, command=command)
    if isinstance(error, click.BadParameter) and error.param is not None:
        return _bad_argument(error, command)
    extra = _EXTRA.match(error.message)
    if extra:
        return ExtraArgument(command, extra[1], command=command)
    return BadUsage(command, reason=error.format_message(), command=command)


def _bad_argument(error: click.BadParameter, command: str) -> AuditorError:
    assert error.param is not None
    given = _GIVEN.match(error.message)
    found = given[1] if given else error.message
    wanted = _wanted(error.param)
    return BadArgument(
        command, found, name=_name(error.param), command=command, wanted_en=wanted.en, wanted_zh=wanted.zh
    )


def _name(parameter: click.Parameter) -> str:
    return parameter.opts[-1] if isinstance(parameter, click.Option) else parameter.human_readable_name.upper()


def _wanted(parameter: click.Parameter) -> Text:
    kind = parameter.type
    if isinstance(kind, click.Choice):
        choices = [str(each) for each in kind.choices]
        return Text(", ".join(choices), "、".join(choices))
    if isinstance(kind, click.IntRange):
        return Text(f"a whole number of at least {kind.min}", f"不小于 {kind.min} 的整数")
    name = parameter.metavar or kind.name
    return Text(name, name)


def _options(ctx: click.Context | None) -> Iterable[str]:
    if ctx is not None:
        for parameter in ctx.command.get_params(ctx):
            if isinstance(parameter, click.Option):
                yield from (name for name in parameter.opts if name.startswith("--"))


def context_settings() -> dict[str, Any]:
    """What all commands are called with."""
    return {"help_option_names": _HELP_NAMES, "max_content_width": 100}
