"""The commands. `run` audits a folder, `read` shows what is read from a file, `rules` and `layouts` show what there is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

import auditor
from auditor.cli.show import Shown, out, show_error, show_result
from auditor.cli.speech import LANGUAGE, say
from auditor.errors import AuditorError
from auditor.languages import LANGUAGES

F = TypeVar("F", bound=Callable[..., Any])

LANG = click.option("--lang", type=click.Choice(LANGUAGES), help=say("language (default: that of the locale)", "语言（默认随系统）"))


class Group(click.Group):
    """A group whose commands turn an `AuditorError` into its message and exit code 2."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except AuditorError as error:
            show_error(error)
            ctx.exit(error.exit_code)

    def main(self, *args: Any, **kwargs: Any) -> Any:
        try:
            return super().main(*args, **kwargs)
        except click.exceptions.Exit as leave:
            return leave.exit_code
        except click.ClickException as error:
            error.show()
            return 2
        except click.Abort:
            return 130


@click.group(cls=Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
             help=say("Audit a folder of business documents against a set of rules.", "按规则审核一个文件夹的业务单据。"))
@click.version_option(auditor.__version__, prog_name="auditor")
@LANG
def group(lang: str | None) -> None:
    """The language is taken from the arguments before click sees them."""
    del lang


@group.command(help=say(
    "Audit FOLDER and write report.html, report.xlsx, findings.json and audit.duckdb.\n\n"
    "Exit code: 0 no exceptions, 1 exceptions, 2 the audit could not be completed.",
    "审核 FOLDER，生成 report.html、report.xlsx、findings.json 和 audit.duckdb。\n\n退出码：0 无例外，1 有例外，2 审核未能完成。"))
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--rules", metavar="NAME|DIR", help=say("rule set (default: freight-month-end)", "规则集（默认 freight-month-end）"))
@click.option("--period", metavar="2026-10", help=say("month, or 2026-10-01..2026-10-31", "月份，或 2026-10-01..2026-10-31"))
@click.option("-o", "--output", type=click.Path(path_type=Path), help=say("output folder (default: FOLDER-audit)", "输出文件夹（默认 FOLDER-audit）"))
@click.option("--only", multiple=True, metavar="RULE", help=say("run this rule only (may be repeated)", "只执行该规则（可重复）"))
@click.option("--set", "settings", multiple=True, metavar="NAME=VALUE", help=say('a parameter, e.g. cash_limit="20000.00 CNY"', '参数，如 cash_limit="20000.00 CNY"'))
@click.option("--workers", type=click.IntRange(1), help=say("processes that read documents", "读取资料的进程数"))
@click.option("--at", metavar="TIME", help=say("the time of the run that the report shows", "报告所示的运行时间"))
@LANG
@click.pass_context
def run(ctx: click.Context, folder: Path, rules: str | None, period: str | None, output: Path | None,
        only: tuple[str, ...], settings: tuple[str, ...], workers: int | None, at: str | None, lang: str | None) -> None:
    """Audit a folder."""
    del lang
    target = output or folder.resolve().with_name(f"{folder.resolve().name}-audit")
    parameters = dict(_parameter(each) for each in settings)
    with Shown() as progress:
        audit = auditor.run(folder, rules=rules, period=period, output=target, parameters=parameters, only=only,
                            lang=LANGUAGE, workers=workers, at=at, progress=progress)
    show_result(audit.result, target)
    ctx.exit(audit.exit_code)


def _parameter(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign or not name.strip():
        raise click.BadParameter(say(f"{text!r} is not NAME=VALUE", f"{text!r} 不是 NAME=VALUE 形式"))
    return name.strip(), value.strip()


@group.command(help=say(
    "Show what is read from each FILE: layout, records, proofs, problems, what is ignored and why.",
    "显示从每个 FILE 读到的内容：版式、记录、验证、问题，以及忽略的内容和原因。"))
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--json", "form", flag_value="json", help=say("as JSON, all records", "JSON 格式，含全部记录"))
@click.option("--csv", "form", flag_value="csv", help=say("the records as CSV", "CSV 格式的记录"))
@click.option("--rows", type=click.IntRange(0), default=12, show_default=True, help=say("records shown of each kind", "每类显示的记录数"))
@click.option("--password-env", multiple=True, metavar="VARIABLE", help=say("environment variable with a password to try", "存放密码的环境变量"))
@LANG
@click.pass_context
def read(ctx: click.Context, files: tuple[Path, ...], form: str | None, rows: int, password_env: tuple[str, ...],
         lang: str | None) -> None:
    """Read files and show what is in them."""
    del lang
    from auditor.cli.reading import read_files

    ctx.exit(read_files(files, form, rows, password_env))


@group.command(help=say("Write an audit.yaml for FOLDER from what is found there.", "根据 FOLDER 中的资料写出 audit.yaml。"))
@click.argument("folder", type=click.Path(path_type=Path))
@LANG
def init(folder: Path, lang: str | None) -> None:
    """Write audit.yaml."""
    del lang
    from auditor.audit.initial import write_settings

    path = write_settings(folder)
    out.print(say(f"written: {path}", f"已写入：{path}"), markup=False)


@group.group(help=say("The rules of a rule set.", "规则集中的规则。"))
def rules() -> None:
    """Rules."""


SET = click.option("--rules", "rule_set", default="freight-month-end", show_default=True, metavar="NAME|DIR",
                   help=say("rule set", "规则集"))


@rules.command("list", help=say("List the rules.", "列出规则。"))
@SET
@LANG
def rules_list(rule_set: str, lang: str | None) -> None:
    """List the rules."""
    del lang
    from auditor.cli.ruling import list_rules

    list_rules(rule_set)


@rules.command("show", help=say("Show rule ID, with --sql the SQL that it runs.", "显示规则 ID；--sql 显示其执行的 SQL。"))
@click.argument("identity", metavar="ID")
@click.option("--sql", is_flag=True, help=say("the SQL that it runs", "其执行的 SQL"))
@SET
@LANG
def rules_show(identity: str, sql: bool, rule_set: str, lang: str | None) -> None:
    """Show a rule."""
    del lang
    from auditor.cli.ruling import show_rule

    show_rule(rule_set, identity, sql)


@rules.command("check", help=say("Check the rules of DIR for errors.", "检查 DIR 中的规则是否有错。"))
@click.argument("rule_set", metavar="[DIR]", default="freight-month-end")
@LANG
@click.pass_context
def rules_check(ctx: click.Context, rule_set: str, lang: str | None) -> None:
    """Check a rule set."""
    del lang
    from auditor.cli.ruling import check_rules

    ctx.exit(check_rules(rule_set))


@rules.command("test", help=say("Run the examples of the rules of DIR.", "运行 DIR 中规则的示例。"))
@click.argument("rule_set", metavar="[DIR]", default="freight-month-end")
@click.option("--only", multiple=True, metavar="RULE", help=say("this rule only", "只测该规则"))
@LANG
@click.pass_context
def rules_test(ctx: click.Context, rule_set: str, only: tuple[str, ...], lang: str | None) -> None:
    """Test a rule set."""
    del lang
    from auditor.cli.ruling import test_rules

    ctx.exit(test_rules(rule_set, only))


@rules.command("schema", help=say("Print the JSON Schema of rule files.", "输出规则文件的 JSON Schema。"))
@LANG
def rules_schema(lang: str | None) -> None:
    """Print the schema."""
    del lang
    from auditor.cli.ruling import print_schema

    print_schema()


@group.group(help=say("The layouts by which documents are read.", "读取资料所用的版式。"))
def layouts() -> None:
    """Layouts."""


@layouts.command("list", help=say("List the layouts and the record types.", "列出版式和记录类型。"))
@LANG
def layouts_list(lang: str | None) -> None:
    """List layouts."""
    del lang
    from auditor.cli.reading import list_layouts

    list_layouts()
