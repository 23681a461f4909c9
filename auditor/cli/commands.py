"""The commands: `run` audits a folder, `read` shows what is read from a file, `rules` and `layouts` what there is."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

import click

import auditor
from auditor.cli.errors import BadArgument
from auditor.cli.show import Shown, out, show_error, show_result
from auditor.cli.speech import LANGUAGE, say
from auditor.cli.usage import Command, Group, ReaderGone, context_settings, told
from auditor.errors import AuditorError
from auditor.kept_files import OFF_VARIABLE
from auditor.languages import LANGUAGES

FOLDER = click.argument("folder", type=click.Path(path_type=Path))
LANG = click.option(
    "--lang",
    type=click.Choice(LANGUAGES),
    expose_value=False,
    help=say("language (default: that of the locale)", "语言（默认随系统）"),
)
NO_CACHE = click.option(
    "--no-cache",
    is_flag=True,
    expose_value=False,
    callback=lambda ctx, option, chosen: os.environ.update({OFF_VARIABLE: "1"} if chosen else {}),
    help=say("recognise scans anew, and keep nothing", "重新识别扫描件，不使用也不保存缓存"),
)
_READING = ("auditor.audit.reading_task", "make_ready")  # what readers do that are started ahead
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
SET = click.option(
    "--rules",
    "rule_sets",
    multiple=True,
    metavar="NAME|DIR",
    help=say(
        "rule set (may be repeated; default: all that the program brings)", "规则集（可重复；默认为程序自带的全部）"
    ),
)
SETS = click.argument("rule_sets", nargs=-1, metavar="[DIR]...")


OWN_RULES = click.option(
    "--rules",
    multiple=True,
    metavar="NAME|DIR",
    help=say(
        "rule set (may be repeated; default: as audit.yaml says, else chosen by the documents)",
        "规则集（可重复；默认按 audit.yaml，否则按资料种类选定）",
    ),
)
OWN_LAYOUTS = click.option("--layouts", metavar="DIR", help=say("folder of layouts of your own", "自建版式的文件夹"))
OUTPUT = click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help=say("output folder (default: FOLDER-audit)", "输出文件夹（默认 FOLDER-audit）"),
)
SETTINGS = click.option(
    "--set",
    "settings",
    multiple=True,
    metavar="NAME=VALUE",
    help=say('a parameter, such as cash_limit="20000.00 CNY"', '参数，如 cash_limit="20000.00 CNY"'),
)


class Program(Group):
    """The whole program: what is wrong is told in one form, with exit code 2."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            raise ReaderGone from None  # click would end with 1, which says that there are exceptions

    def main(self, *args: Any, **kwargs: Any) -> Any:
        try:
            return super().main(*args, **kwargs)
        except click.exceptions.Exit as leave:
            return leave.exit_code
        except click.exceptions.NoArgsIsHelpError as error:
            click.echo(error.format_message())
            return 2
        except click.UsageError as error:
            show_error(told(error))
            return 2
        except AuditorError as error:
            show_error(error)
            return error.exit_code
        except click.Abort:
            raise KeyboardInterrupt from None


@click.group(
    cls=Program,
    context_settings=context_settings(),
    help=say("Audit a folder of business documents against a set of rules.", "按规则审核一个文件夹的业务单据。"),
)
@click.version_option(auditor.__version__, prog_name="auditor", help=say("show the version", "显示版本号"))
@LANG
def group() -> None:
    """The language is taken from the arguments before click sees them."""


@group.command(
    short_help=say("Audit a folder and write the report.", "审核一个文件夹并生成报告。"),
    help=say(
        "Audit FOLDER and write report.html, report.xlsx, findings.json and audit.duckdb.\n\n"
        "A second run into the same output folder also says what is new, fixed and still open.\n\n"
        "Exit code: 0 no exceptions, 1 exceptions, 2 the audit could not be completed.",
        "审核 FOLDER，生成 report.html、report.xlsx、findings.json 和 audit.duckdb。\n\n"
        "再次运行并写入同一输出文件夹时，同时列出新增、已解决和仍未解决的例外。\n\n"
        "退出码：0 无例外，1 有例外，2 审核未能完成。",
    ),
)
@FOLDER
@OWN_RULES
@click.option(
    "--period", metavar="2026-10", help=say("month, or 2026-10-01..2026-10-31", "月份，或 2026-10-01..2026-10-31")
)
@OUTPUT
@click.option(
    "--previous",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help=say(
        "output folder of last month's audit, whose open items and balances are carried on; or of another run of this "
        "month to compare with (default: the output folder)",
        "上月审核的输出文件夹，承接其未结事项和余额；或要比较的本月另一次审核的输出文件夹（默认为输出文件夹）",
    ),
)
@click.option(
    "--package",
    is_flag=True,
    help=say(
        "also write the period-end package to be signed: the folder package/ and package.zip",
        "同时生成期末资料（供打印签字）：文件夹 package/ 和 package.zip",
    ),
)
@click.option(
    "--only", multiple=True, metavar="RULE", help=say("run this rule only (may be repeated)", "只执行该规则（可重复）")
)
@SETTINGS
@OWN_LAYOUTS
@click.option("--workers", type=click.IntRange(0), help=say("processes that read documents", "读取资料的进程数"))
@click.option("--at", metavar="TIME", help=say("the time of the run that the report shows", "报告所示的运行时间"))
@NO_CACHE
@LANG
@click.pass_context
def run(ctx: click.Context, /, folder: Path, output: Path | None, settings: tuple[str, ...], **options: Any) -> None:
    """Audit a folder."""
    target = output or _beside(folder)
    parameters = dict(_parameter(ctx, each) for each in settings)
    from auditor.documents.workers import start_ahead

    if os.path.isdir(folder):  # noqa: PTH112 - unlike Path.is_dir it says no where nobody may look
        start_ahead(options["workers"], _READING)
    with Shown() as progress:
        audit = auditor.run(folder, output=target, parameters=parameters, lang=LANGUAGE, progress=progress, **options)
    show_result(audit.result, target, options["package"])
    ctx.exit(audit.exit_code)


@group.command(
    short_help=say("Audit many folders, and write an overview.", "审核多个文件夹并生成总览。"),
    help=say(
        "Audit every month below FOLDER: each folder whose name states a month (2026-10, 2026年10月) or that has an "
        "audit.yaml, as in COMPANY/2026-10. Each report is written into a folder of the same path in the output "
        "folder, beside overview.html, overview.xlsx and overview.json.\n\n"
        "A month that cannot be audited does not keep the others from it. One whose files, rule set and program are "
        "the same as before is not audited again.\n\n"
        "Exit code: 0 no exceptions, 1 exceptions, 2 something could not be audited.",
        "审核 FOLDER 下的所有月份：名称写明月份（2026-10、2026年10月）或含有 audit.yaml 的文件夹，如 单位/2026-10。"
        "各报告写入输出文件夹中相同路径的文件夹，并生成 overview.html、overview.xlsx 和 overview.json。\n\n"
        "某月无法审核时，其余照常进行。文件、规则集和程序均未变的月份不重复审核。\n\n"
        "退出码：0 无例外，1 有例外，2 有内容未能审核。",
    ),
)
@FOLDER
@OWN_RULES
@OUTPUT
@SETTINGS
@OWN_LAYOUTS
@click.option(
    "--jobs",
    type=click.IntRange(1),
    help=say("audits at a time (default: one for each core)", "同时审核的数量（默认每核一个）"),
)
@click.option("--again", is_flag=True, help=say("audit also what is done", "已完成的也重新审核"))
@click.option(
    "--at", default="", metavar="TIME", help=say("the time of the run that reports show", "报告所示的运行时间")
)
@NO_CACHE
@LANG
@click.pass_context
def batch(
    ctx: click.Context,
    /,
    folder: Path,
    output: Path | None,
    rules: tuple[str, ...],
    settings: tuple[str, ...],
    **options: Any,
) -> None:
    """Audit many folders."""
    from auditor.cli.batching import batch_folders

    target = output or _beside(folder)
    parameters = dict(_parameter(ctx, each) for each in settings)
    ctx.exit(batch_folders(folder, target, rules=tuple(rules), parameters=parameters, **options))


def _beside(folder: Path) -> Path:
    """The output folder where none is named."""
    return folder.resolve().with_name(f"{folder.resolve().name}-audit")


def _parameter(ctx: click.Context, text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign or not name.strip():
        raise BadArgument(
            ctx.command_path,
            text,
            name="--set",
            command=ctx.command_path,
            wanted_en="NAME=VALUE",
            wanted_zh="NAME=VALUE",
        )
    return name.strip(), value.strip()


@group.command(
    short_help=say("Show what is read from a file, folder or archive.", "显示从文件、文件夹或压缩包读到的内容。"),
    help=say(
        "Show what is read from each FILE, folder or archive: layout, records, proofs, problems, what is ignored.\n\n"
        "An audit.yaml in its folder, or in one of the three above it, holds for it.\n\n"
        "Exit code: 0 read whole, 2 something could not be read.",
        "显示从每个 FILE（文件、文件夹或压缩包）读到的内容：版式、记录、验证、问题，以及忽略的内容和原因。\n\n"
        "其所在文件夹或上三级文件夹中的 audit.yaml 同样适用。\n\n"
        "退出码：0 全部读取，2 有内容无法读取。",
    ),
)
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path))
@click.option("--json", "form", flag_value="json", help=say("as JSON, all records", "JSON 格式，含全部记录"))
@click.option("--csv", "form", flag_value="csv", help=say("the records as CSV", "CSV 格式的记录"))
@click.option(
    "--rows",
    type=click.IntRange(0),
    default=12,
    show_default=True,
    help=say("records shown of each kind", "每类显示的记录数"),
)
@click.option(
    "--password-env",
    multiple=True,
    metavar="VARIABLE",
    help=say("environment variable with a password to try", "存放密码的环境变量"),
)
@click.option(
    "--show",
    metavar="PNG",
    type=click.Path(path_type=Path),
    help=say(
        "draw what was found on scanned pages into this picture (PNG-2 and so on for further pages)",
        "将扫描页上识别到的内容画成图片（其余各页为 PNG-2 等）",
    ),
)
@OWN_RULES
@OWN_LAYOUTS
@NO_CACHE
@LANG
@click.pass_context
def read(
    ctx: click.Context,
    files: tuple[Path, ...],
    form: str | None,
    rows: int,
    password_env: tuple[str, ...],
    show: Path | None,
    rules: tuple[str, ...],
    layouts: str | None,
) -> None:
    """Read files and show what is in them."""
    from auditor.documents.workers import start_ahead

    folders = any(map(os.path.isdir, files))
    start_ahead(None, _READING, None if folders else len(files))
    from auditor.cli.reading import read_files

    ctx.exit(read_files(files, form, rows, password_env, rules, layouts, show))


@group.command(
    short_help=say("Write an audit.yaml from what is found in a folder.", "根据文件夹中的资料写出 audit.yaml。"),
    help=say(
        "Write an audit.yaml for FOLDER from what is found there. An audit.yaml that is there is left alone.",
        "根据 FOLDER 中的资料写出 audit.yaml。已有的 audit.yaml 不会被改动。",
    ),
)
@FOLDER
@click.option("--workers", type=click.IntRange(0), help=say("processes that read documents", "读取资料的进程数"))
@NO_CACHE
@LANG
def init(folder: Path, workers: int | None) -> None:
    """Write audit.yaml."""
    from auditor.audit.initial import write_settings

    with Shown() as progress:
        path = write_settings(folder, progress=progress, workers=workers)
    out.print(say(f"written: {path}", f"已写入：{path}"), markup=False)


@group.command(
    "map",
    short_help=say("Ask what the tables of a folder are.", "询问文件夹中各表是什么。"),
    help=say(
        "Ask what the tables of FOLDER are that are not recognised for sure; each answer goes to reading.yaml at once "
        "and is not asked again.\n\n"
        "Without a terminal the questions are printed, each with the entry that answers it.\n\n"
        "Exit code: 0 nothing is open, 2 questions are left.",
        "询问 FOLDER 中不能确认的表是什么；每个回答即时写入 reading.yaml，以后不再询问。\n\n"
        "不在终端运行时，只列出问题和回答用的条目。\n\n"
        "退出码：0 没有未回答的问题，2 还有问题。",
    ),
)
@FOLDER
@click.option("--json", "form", flag_value="json", help=say("the questions as JSON", "JSON 格式的问题"))
@click.option(
    "--accept-likely",
    is_flag=True,
    help=say("take over what is likely, marked `state: likely`", "采用很可能的读法，标为 `state: likely`"),
)
@click.option("--by", metavar="NAME", help=say("who answers (default: the login name)", "回答人（默认为登录名）"))
@click.option(
    "--today", metavar="2026-10-31", help=say("the day that answers carry (default: today)", "回答日期（默认今天）")
)
@OWN_RULES
@OWN_LAYOUTS
@click.option("--workers", type=click.IntRange(0), help=say("processes that read documents", "读取资料的进程数"))
@NO_CACHE
@LANG
@click.pass_context
def map_(
    ctx: click.Context,
    /,
    folder: Path,
    form: str | None,
    accept_likely: bool,
    by: str | None,
    today: str | None,
    **options: Any,
) -> None:
    """Ask what tables are."""
    if today is not None and not _DAY.fullmatch(today):
        form_of_a_day = {"wanted_en": "2026-10-31", "wanted_zh": "2026-10-31"}
        raise BadArgument(ctx.command_path, today, name="--today", command=ctx.command_path, **form_of_a_day)
    from auditor.documents.workers import start_ahead

    if os.path.isdir(folder):  # noqa: PTH112 - as in `run`
        start_ahead(options["workers"], _READING)
    from auditor.cli.mapping import map_folder, signed

    ctx.exit(map_folder(folder, form=form, accept=accept_likely, signature=signed(today, by), **options))


@group.group(cls=Group, help=say("The rules of a rule set.", "规则集中的规则。"))
@LANG
def rules() -> None:
    """Rules."""


@rules.command("list", cls=Command, help=say("List the rule sets and their rules.", "列出规则集及其规则。"))
@SET
@LANG
@click.pass_context
def rules_list(ctx: click.Context, rule_sets: tuple[str, ...]) -> None:
    """List the rules."""
    from auditor.cli.ruling import list_rules

    ctx.exit(list_rules(rule_sets))


@rules.command(
    "show", help=say("Show rule ID, with --sql the SQL that it runs.", "显示规则 ID；加 --sql 则显示其执行的 SQL。")
)
@click.argument("identity", metavar="ID")
@click.option("--sql", is_flag=True, help=say("the SQL that it runs", "其执行的 SQL"))
@click.option("--period", metavar="2026-10", help=say("the month of that SQL", "该 SQL 所属月份"))
@click.option("--entity", metavar="NAME", help=say("the audited company in that SQL", "该 SQL 中的被审核单位"))
@SET
@LANG
def rules_show(identity: str, sql: bool, period: str | None, entity: str | None, rule_sets: tuple[str, ...]) -> None:
    """Show a rule."""
    from auditor.cli.ruling import show_rule

    show_rule(rule_sets, identity, sql, period, entity)


@rules.command("check", help=say("Check the rules of DIR for errors.", "检查 DIR 中的规则是否有错。"))
@SETS
@LANG
@click.pass_context
def rules_check(ctx: click.Context, rule_sets: tuple[str, ...]) -> None:
    """Check a rule set."""
    from auditor.cli.ruling import check_rules

    ctx.exit(check_rules(rule_sets))


@rules.command("test", help=say("Run the examples of the rules of DIR.", "运行 DIR 中规则的示例。"))
@SETS
@click.option(
    "--only", multiple=True, metavar="RULE", help=say("this rule only (may be repeated)", "只测该规则（可重复）")
)
@LANG
@click.pass_context
def rules_test(ctx: click.Context, rule_sets: tuple[str, ...], only: tuple[str, ...]) -> None:
    """Test a rule set."""
    from auditor.cli.ruling import test_rules

    ctx.exit(test_rules(rule_sets, only))


@rules.command(
    "copy",
    short_help=say("Begin a rule set of your own: a copy in DIR.", "复制规则集到 DIR，作为自建规则集。"),
    help=say(
        "Begin a rule set of your own: a copy of the rule set NAME in the folder DIR.\n\nSets that NAME includes stay "
        "included; their rules are not copied.",
        "将规则集 NAME 复制到文件夹 DIR，作为自建规则集。\n\nNAME 所包含的规则集仍为包含，其规则不复制。",
    ),
)
@click.argument("name", metavar="NAME")
@click.argument("target", metavar="DIR", type=click.Path(path_type=Path))
@LANG
def rules_copy(name: str, target: Path) -> None:
    """Copy a rule set."""
    from auditor.cli.ruling import copy_rules

    copy_rules(name, target)


@rules.command(
    "diff",
    short_help=say("Audit a folder under two rule sets and compare.", "按两个规则集审核同一文件夹并比较。"),
    help=say(
        "Audit FOLDER under the rule sets A and B (names or folders, such as two versions of one), and show which "
        "findings come, go and change, and which rules. A finding is known by its code and key, not by its text. "
        "Nothing is written.\n\n"
        "Exit code: 0 no finding differs, 1 some do, 2 a rule set could not be carried out.",
        "按规则集 A 和 B（名称或文件夹，如同一规则集的两个版本）审核 FOLDER，列出新增、消失和变化的例外以及规则的变化。"
        "例外以代码和单号识别，与文字无关。不写入任何文件。\n\n"
        "退出码：0 无差别，1 有差别，2 规则集未能执行。",
    ),
)
@click.argument("a", metavar="A")
@click.argument("b", metavar="B")
@FOLDER
@click.option("--json", "as_json", is_flag=True, help=say("as JSON", "JSON 格式"))
@click.option(
    "--period", metavar="2026-10", help=say("month, or 2026-10-01..2026-10-31", "月份，或 2026-10-01..2026-10-31")
)
@SETTINGS
@OWN_LAYOUTS
@click.option("--workers", type=click.IntRange(0), help=say("processes that read documents", "读取资料的进程数"))
@NO_CACHE
@LANG
@click.pass_context
def rules_diff(
    ctx: click.Context, /, a: str, b: str, folder: Path, as_json: bool, settings: tuple[str, ...], **options: Any
) -> None:
    """Compare rule sets."""
    from auditor.audit.rule_set_diff import DiffOptions
    from auditor.cli.ruling_diff import show_diff

    parameters = dict(_parameter(ctx, each) for each in settings)
    ctx.exit(show_diff(folder, a, b, DiffOptions(parameters=parameters, **options), as_json=as_json))


@rules.command("schema", help=say("Print the JSON Schema of rule files.", "输出规则文件的 JSON Schema。"))
@LANG
def rules_schema() -> None:
    """Print the schema."""
    from auditor.cli.ruling import print_schema

    print_schema()


@group.group(cls=Group, help=say("The layouts by which documents are read.", "读取资料所用的版式。"))
@LANG
def layouts() -> None:
    """Layouts."""


@layouts.command(
    "list",
    short_help=say("List the layouts and the record types.", "列出版式和记录类型。"),
    help=say(
        "List the layouts and the record types. Those that the audit.yaml of FOLDER or the options add come with their "
        "files.",
        "列出版式和记录类型。FOLDER 的 audit.yaml 或选项所加的，注明其文件。",
    ),
)
@click.argument("folder", required=False, type=click.Path(path_type=Path), metavar="[FOLDER]")
@OWN_RULES
@OWN_LAYOUTS
@LANG
def layouts_list(folder: Path | None, rules: tuple[str, ...], layouts: str | None) -> None:
    """List layouts."""
    from auditor.cli.reading import list_layouts

    list_layouts(folder, rules, layouts)


@group.command(
    short_help=say("What is kept of earlier runs.", "查看或清除缓存。"),
    help=say(
        "Show where recognised scans are kept, and how many. Nothing depends on them: they only save time.\n\n"
        "The environment variable AUDITOR_CACHE names another folder, AUDITOR_NO_CACHE=1 keeps nothing.",
        "显示已识别扫描件的缓存位置和数量。缓存只节省时间，不影响结果。\n\n"
        "环境变量 AUDITOR_CACHE 可指定其他文件夹，AUDITOR_NO_CACHE=1 表示不使用缓存。",
    ),
)
@click.option("--clear", is_flag=True, help=say("remove them", "清除缓存"))
@LANG
@click.pass_context
def cache(ctx: click.Context, clear: bool) -> None:
    """Show or clear what is kept."""
    from auditor.cli.caching import show_cache

    ctx.exit(show_cache(clear=clear))
