"""Writes the generated pages of docs/: the checks, the errors, the rules, the records, the commands.

    python docs/generate.py            write them
    python docs/generate.py --check    name those that are not what would be written; exit code 1 if there are any
"""

from __future__ import annotations

import inspect
import os
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial
from importlib import import_module
from pathlib import Path
from typing import Any, get_args

ROOT = Path(__file__).resolve().parent.parent
os.environ["LC_ALL"] = "en_US.UTF-8"  # the commands are described in English, whatever the locale
os.environ["COLUMNS"] = "100"
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "errors")]

import click  # noqa: E402
from gallery import cases, error_classes  # noqa: E402
from pydantic import BaseModel  # noqa: E402

from auditor.checks import criteria  # noqa: E402
from auditor.cli.commands import group  # noqa: E402
from auditor.errors import AuditorError  # noqa: E402
from auditor.records.describe import describe  # noqa: E402
from auditor.records.loader import record_types  # noqa: E402
from auditor.rules.check_kinds import check_kinds  # noqa: E402
from auditor.rules.loader import find_rule_set, load_rule_set, shipped_rule_sets  # noqa: E402
from auditor.rules.model import LoadedRule, RuleSet  # noqa: E402
from auditor.rules.schema import Example, Outcome, RuleHead  # noqa: E402
from auditor.rules.statements import StatementFile  # noqa: E402
from auditor.strict_yaml import Bilingual  # noqa: E402

NOTE = "<!-- Written by docs/generate.py: change what it is made from, then run `python docs/generate.py`. -->\n"
TABLE_HEAD = ("| Key | Type | Default | |", "|---|---|---|---|")
PARTS = ("What it checks", "Why it matters", "Example", "Clean example", "Options", "Outcomes")
_PART = re.compile(r"^\*(" + "|".join(PARTS) + r")\.\*\s*", re.MULTILINE)


# --- the checks -------------------------------------------------------------------------------------------------------


def checks() -> str:
    """`checks.md`: the parts of each check's docstring, and its keys."""
    lines = ["# The checks", "", NOTE, "A rule names a check and gives its options. Keys that all rules have are in",
             "[adding a rule](adding-a-rule.md).", ""]
    lines += [f"* [`{name}`](#{name}): {_plain(check_doc(name)[0])}" for name in check_kinds()]
    lines += ["* [Criteria](#criteria): how two values must agree, in every check"]
    for name, model in check_kinds().items():
        first, parts = check_doc(name)
        lines += ["", f"## {name}", "", first, ""]
        for title in PARTS:
            lines += [f"**{title}.** {parts.get(title, '')}", ""]
        lines += [*TABLE_HEAD, *_keys(model)]
    lines += ["", "## Criteria", "", inspect.cleandoc(inspect.getdoc(criteria) or ""), "", "## Parts of options"]
    for part in (RuleHead, *_parts_of_options(), Outcome, Example):
        about = _plain(inspect.cleandoc(part.__doc__ or ""))
        lines += ["", f"### {part.__name__}", "", about, "", *TABLE_HEAD, *_keys(part)]
    return "\n".join(lines) + "\n"


def _parts_of_options() -> list[type[BaseModel]]:
    """The models of which the options of all checks are made, each once, in the order in which they are met."""
    found: dict[type[BaseModel], None] = {}

    def visit(annotation: Any) -> None:
        model = isinstance(annotation, type) and issubclass(annotation, BaseModel) and annotation is not Bilingual
        if model and annotation not in found:
            found[annotation] = None
            for field in annotation.model_fields.values():
                visit(field.annotation)
        for each in get_args(annotation):
            visit(each)

    for options in check_kinds().values():
        for field in options.model_fields.values():
            visit(field.annotation)
    return list(found)


def check_doc(name: str) -> tuple[str, dict[str, str]]:
    """The first line of a check's docstring, and its parts by title."""
    text = inspect.getdoc(import_module(f"auditor.checks.{name}")) or ""
    pieces = _PART.split(text)
    parts = {title: " ".join(body.split()) for title, body in zip(pieces[1::2], pieces[2::2], strict=True)}
    return pieces[0].strip(), parts


def _keys(model: type[Any]) -> Iterator[str]:
    remarks = _remarks(model)
    schema = model.model_json_schema()
    schema = schema["$defs"][model.__name__] if "$ref" in schema else schema  # of a part that may hold itself
    for name, field in model.model_fields.items():
        key = field.alias or name
        shape = schema["properties"][key]
        default = "**needed**" if field.is_required() else f"`{_shown(field.default)}`"
        yield f"| `{key}` | {_cell(_shape(shape))} | {_cell(default)} | {_cell(remarks.get(name, ''))} |"


def _remarks(model: type[Any]) -> dict[str, str]:
    """The comments behind the keys of a model."""
    sources = [inspect.getsource(each) for each in reversed(model.__mro__) if each.__module__.startswith("auditor.")]
    found = re.findall(r"^    (\w+): [^\n#]*?#\s*(.+)$", "\n".join(sources), re.MULTILINE)
    return {name: remark.strip() for name, remark in found}


def _shape(shape: Mapping[str, Any]) -> str:
    """The type of a key in a few words."""
    if "$ref" in shape:
        return f"`{shape['$ref'].rsplit('/', 1)[-1]}`"
    if "const" in shape:
        return f"`{shape['const']}`"
    if "enum" in shape:
        return " or ".join(f"`{each}`" for each in shape["enum"])
    if "anyOf" in shape or "oneOf" in shape:
        kinds = [_shape(each) for each in shape.get("anyOf") or shape["oneOf"] if each.get("type") != "null"]
        return " or ".join(dict.fromkeys(kinds))
    kind = shape.get("type")
    if kind == "array":
        return f"list of {_shape(shape.get('items', {}))}"
    if kind == "object":
        inner: Any = shape.get("additionalProperties") or next(iter(shape.get("patternProperties", {}).values()), {})
        return f"mapping of {_shape(inner)}" if isinstance(inner, dict) and inner else "mapping"
    if shape.get("description") == "a SQL expression":
        return "SQL expression"
    return {"string": "text", "integer": "whole number", "boolean": "true or false"}.get(str(kind), "any")


def _shown(value: Any) -> str:
    if value is None:
        return "none"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return "[" + ", ".join(map(str, value)) + "]"
    return str(value) if value != {} else "{}"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def _plain(text: str) -> str:
    return " ".join(text.split())


# --- the errors -------------------------------------------------------------------------------------------------------

AREAS = (
    ("Files and archives, pages and tables", ("auditor.documents.errors",)),
    ("Answers in reading.yaml", ("auditor.documents.readings.errors",)),
    ("Values in cells", ("auditor.values.errors",)),
    ("Rules, views and parameters", ("auditor.rules.errors", "auditor.checks.errors", "auditor.checks.criteria.errors",
                                      "auditor.checks.match.errors")),
    ("The audit as a whole", ("auditor.audit.errors", "auditor.engine.errors")),
    ("Decisions in report.xlsx", ("auditor.reports.errors", "auditor.findings.errors")),
    (
        "YAML, record types and calendars",
        ("auditor.strict_yaml.errors", "auditor.marked_yaml", "auditor.records.errors", "auditor.values.calendar"),
    ),
)


ERRORS_INTRODUCTION = """\
Every error reads `FILE:LINE:COLUMN: what is wrong`, then the text that was found, what is allowed and what to do. One
in a document costs that document or row, one in a rule that rule; the others are still audited, and the exit code is 2.
The examples are the inputs in `tests/errors/`. An error of a value is shown behind the place of its cell.
"""


def errors() -> str:
    """`errors.md`: each error class, an input that gives it, and what is said."""
    known, examples = error_classes(), {case.name: case for case in cases()}
    lines = ["# Errors", "", NOTE, *ERRORS_INTRODUCTION.splitlines()]
    for title, modules in AREAS:
        lines += ["", f"## {title}"]
        for name, kinds in known.items():
            for kind in kinds:
                if kind.__module__ in modules:
                    lines += ["", f"### {name}", "", _doc(kind), ""]
                    lines += _example(kind, examples.get(name))
    return "\n".join(lines) + "\n"


def _doc(kind: type[AuditorError]) -> str:
    """The docstring of an error without the values of its sentence."""
    text = re.sub(r"\s*Values?: .*", "", inspect.cleandoc(kind.__doc__ or ""), flags=re.DOTALL)
    return _plain(text)


def _example(kind: type[AuditorError], case: Any) -> list[str]:
    if case is None:
        return ["```text", kind.what.en, f"  do: {kind.do.en}", kind.what.zh, f"  处理：{kind.do.zh}", "```"]
    said = [case.golden(language).read_text(encoding="utf-8").rstrip("\n") for language in ("en", "zh")]
    return [f"Example: {case.about.en} ({case.about.zh}).", "", "```text", *(_cut(each) for each in said), "```"]


def _cut(text: str) -> str:
    """Long lists of what is allowed are shown by their beginning."""
    return "\n".join(line if len(line) <= 160 else line[:150].rsplit(",", 1)[0] + ", …" for line in text.split("\n"))


# --- the rules --------------------------------------------------------------------------------------------------------


def rule_sets() -> str:
    """`rules/README.md`: the shipped rule sets, what each is for and what it includes."""
    lines = ["# The rule sets", "", NOTE, *RULE_SETS_INTRODUCTION.splitlines(), "",
             "| Rule set | What it is for | | Includes | Rules |", "|---|---|---|---|---|"]
    for name in shipped_rule_sets():
        loaded = _loaded(name)
        folder = loaded.asked[0]
        purpose = folder.manifest.purpose or folder.manifest.title
        own = sum(rule.of == name for rule in loaded.rules.values())
        included = ", ".join(f"[{each.name}]({each.name}.md)" for each in folder.included)
        lines.append(f"| [`{name}`]({name}.md) | {purpose.en} | {purpose.zh} | {included} | {own} |")
    return "\n".join(lines) + "\n"


RULE_SETS_INTRODUCTION = """\
Where `rules:` in audit.yaml (or `--rules`) names none, the records that are found choose: the first line of the
output and of the report says which sets were run. `auditor rules copy NAME DIR` begins a set of your own; what sets may
say is in [adding a rule set](../adding-a-rule-set.md).
"""


def rule_set_page(name: str) -> str:
    """`rules/NAME.md`: a shipped rule set: what it is for, its parameters, and the rules of its own folder by duty."""
    loaded = _loaded(name)
    folder = loaded.asked[0]
    manifest = folder.manifest
    lines = [f"# {name}", "", NOTE, f"{manifest.title.en} · {manifest.title.zh}", ""]
    if manifest.purpose:
        lines += [f"{manifest.purpose.en}.", "", f"{manifest.purpose.zh}。", ""]
    if folder.included:
        lines += ["Includes " + ", ".join(f"[{each.name}]({each.name}.md)" for each in folder.included) + ".", ""]
    if manifest.chosen_by:
        lines += ["Chosen by these records: " + ", ".join(f"`{each}`" for each in manifest.chosen_by) + ".", ""]
    if manifest.parameters:
        lines += ["## Parameters", "", "`audit.yaml` may set them (`parameters:`), or `--set NAME=VALUE`.", "",
                  "| Parameter | | Default |", "|---|---|---|"]
        lines += [f"| `{each}` | {of.title.en} · {of.title.zh} | {of.default} |"
                  for each, of in manifest.parameters.items()]
    duty = ""
    own = [rule for rule in loaded.rules.values() if rule.of == name]
    for rule in sorted(own, key=lambda each: (each.head.duty, each.id)):
        if rule.head.duty != duty:
            duty = rule.head.duty
            title = loaded.manifest.duties.get(duty)
            lines += ["", f"## {duty}" + (f": {title.en} · {title.zh}" if title else "")]
        lines += ["", *_rule(rule)]
    drawn = [each.statement for each in loaded.statements.values() if each.of == name]
    if drawn:
        lines += ["", "## Statements", "", "What is drawn up and signed; [how](../statements.md).", "",
                  "| Statement | Duty | Needs | Lists |", "|---|---|---|---|"]
        lines += [_statement(each) for each in sorted(drawn, key=lambda each: (each.place, each.title.en))]
    if folder.manifest.package:
        lines += ["", "The period-end package (`--package`) holds: "
                  + "; ".join(f"{each.title.en} · {each.title.zh}" for each in folder.manifest.package.values()) + "."]
    return "\n".join(lines) + "\n"


def _statement(statement: StatementFile) -> str:
    """A statement as a row: what it is called, needs and lists."""
    one_of = " or ".join(f"`{each}`" for each in statement.needs_one_of)
    needs = ", ".join(f"`{each}`" for each in statement.needs) or one_of
    columns = [column.label.en for part in statement.parts[:1] for column in part.columns]
    lists = ", ".join(line.label.en for line in statement.lines) or ", ".join(columns)
    return f"| {statement.title.en} · {statement.title.zh} | {statement.duty or ''} | {needs} | {_cell(lists)} |"


@cache
def _loaded(name: str) -> RuleSet:
    return load_rule_set(find_rule_set(name))


def _rule(rule: LoadedRule) -> Iterator[str]:
    head = rule.head
    yield f"### {rule.id}"
    yield f"\n{head.title.en} · {head.title.zh} (check [`{rule.options.check}`](../checks.md#{rule.options.check}))\n"
    yield f"{head.why.en}\n\n{head.why.zh}\n"
    yield "| Code | Outcome | Severity | |\n|---|---|---|---|"
    for outcome, reports in rule.outcomes.items():
        for each in reports:
            yield f"| {each.code} | `{outcome}` | {each.severity} | {each.title.en} · {each.title.zh} |"


# --- records and commands ---------------------------------------------------------------------------------------------


def records() -> str:
    """`records.md`: the record types with their fields and the headers by which they are found."""
    lines = ["# Record types", "", NOTE, "A table is recognised by these headers, in any order and on any row.", ""]
    return "\n".join(lines) + "\n" + "\n".join(describe(each, "en") for each in record_types().values())


def commands() -> str:
    """`commands.md`: the help of each command."""
    lines = ["# Commands", "", NOTE]
    for path, command in all_commands():
        context = click.Context(command, info_name=" ".join(path), terminal_width=100, max_content_width=100)
        help_text = command.get_help(context)
        lines += [f"## {' '.join(path)}", "", "```text", "\n".join(map(str.rstrip, help_text.splitlines())), "```", ""]
    return "\n".join(lines)


def all_commands() -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Every command with its path, groups before what is in them."""
    waiting: list[tuple[tuple[str, ...], click.Command]] = [(("auditor",), group)]
    while waiting:
        path, command = waiting.pop(0)
        yield path, command
        if isinstance(command, click.Group):
            waiting[:0] = [((*path, name), command.commands[name]) for name in sorted(command.commands)]


PAGES: Mapping[str, Callable[[], str]] = {
    "checks.md": checks, "errors.md": errors, "records.md": records, "commands.md": commands,
    "rules/README.md": rule_sets,
    **{f"rules/{name}.md": partial(rule_set_page, name) for name in shipped_rule_sets()},
}  # fmt: skip


def main(arguments: list[str]) -> int:
    """Write the pages, or with --check compare them."""
    drifted = []
    for name, page in PAGES.items():
        path, text = ROOT / "docs" / name, page()
        if arguments == ["--check"]:
            if not path.is_file() or path.read_text(encoding="utf-8") != text:
                drifted.append(f"docs/{name}")
        else:
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
    for each in drifted:
        sys.stderr.write(f"{each} is not what docs/generate.py writes: run it and commit the page\n")
    return 1 if drifted else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
