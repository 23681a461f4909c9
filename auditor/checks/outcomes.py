"""From what a check found to its outcome table: the check's own columns, overridden by the rule's expressions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from auditor.checks.base import OUTCOME_COLUMNS
from auditor.engine import Engine
from auditor.rules.bound import BoundRule
from auditor.rules.schema import Outcome
from auditor.rules.tokens import with_parameters, with_sides

# What an outcome's report may override, and what its expressions may name as `:key`, `:difference`, ...
OVERRIDABLE = ("key", "party", "expected", "actual", "difference", "amount", "currency", "date")

# Any value may stand in these; amounts come out as 10.00 and not as 10.00000.
TEXTS = ("key", "party", "expected", "actual")
_TEXT_ALREADY = ("text_of(", "coalesce(text_of(")  # how SQL begins that needs no text_of around it


def outcome_select(
    rule: BoundRule,
    outcome: str,
    *,
    defaults: Mapping[str, str],
    source: str,
    field: str | None = None,
    left_alias: str = "l",
    right_alias: str = "r",
) -> str:
    """A SELECT with all outcome columns, in order, for the rows of one outcome.

    `source` is what follows FROM, conditions included: `pairs p JOIN ... WHERE ...`. `defaults` gives SQL for the
    columns that the check fills (`left_ids`, `key`, `difference`, `criterion`, ...); what it leaves out is null.
    The rule's expressions see the records as `l` and `r`, renamed here to the aliases that `source` uses; and as
    `:field`, `:field_title`, `:key`, `:difference`, ... what the check says itself. `rank` is the number of the first
    report whose `where` holds; if none does, of the first that an empty field leaves undecided, since what nobody can
    tell is not dropped in silence; null if all say no: counted, not reported. `amount` loses its sign.
    """
    reports = rule.reports(outcome, field)
    variables = _variables(rule, field, defaults)
    aliases = (left_alias, right_alias)

    def ready(expression: str) -> str:
        return _placed(expression, aliases, tuple(sorted(variables.items())))

    conditions = [ready(report.where) if report.where else "TRUE" for report in reports]
    places = list(range(len(reports)))
    if "TRUE" not in conditions:
        conditions += [f"({each}) IS NULL" for each in conditions]
        places *= 2
    columns, untold = [], []  # columns, and those of TEXTS that need not be text yet
    for name, sql_type in OUTCOME_COLUMNS.items():
        if name == "outcome":
            value = _literal(outcome)
        elif name == "field":
            value = defaults.get("field") or _literal(field)
        elif name == "rank":
            value = _first_of(conditions, [str(rank) for rank in places], "NULL")
        else:
            own = [_override(report, name) for report in reports]
            texts = [ready(each) if each else None for each in own]
            default = defaults.get(name, "NULL")
            if any(texts) and name in TEXTS:  # branches of one type
                texts, default = [f"text_of({each})" if each else None for each in texts], f"text_of({default})"
            stated = [texts[rank] or default for rank in places]
            value = default if not any(texts) else _first_of(conditions, stated, default)
        columns.append(f"{_typed(name, value, sql_type)} AS {name}")
        if name in TEXTS and value != "NULL" and not value.startswith(_TEXT_ALREADY):
            untold.append(f"text_of({name}) AS {name}")
    select = "SELECT " + ",\n       ".join(columns) + f"\nFROM {source}"
    return f"SELECT * REPLACE ({', '.join(untold)}) FROM (\n{select})" if untold else select


def create_outcomes(engine: Engine, table: str, selects: Sequence[str]) -> None:
    """The outcome table of a check: the rows of all `selects`, in an order that depends on their content alone."""
    if not selects:
        columns = ", ".join(f"{name} {sql_type}" for name, sql_type in OUTCOME_COLUMNS.items())
        engine.execute(f'CREATE OR REPLACE TABLE "{table}" ({columns})')
        return
    union = "\nUNION ALL\n".join(selects)
    engine.execute(
        f'CREATE OR REPLACE TABLE "{table}" AS\nSELECT * FROM (\n{union}\n)\n'
        "ORDER BY outcome, field, key, date, amount, left_ids, right_ids"
    )


def _override(report: Outcome, column: str) -> str | None:
    value = getattr(report, column) if column in OVERRIDABLE else None
    return value if isinstance(value, str) else None


def _first_of(conditions: Sequence[str], values: Sequence[str], default: str) -> str:
    """CASE over the conditions; a condition TRUE ends it."""
    branches: list[str] = []
    for condition, value in zip(conditions, values, strict=True):
        if condition == "TRUE":
            return f"CASE {' '.join(branches)} ELSE {value} END" if branches else value
        branches.append(f"WHEN {condition} THEN {value}")
    return f"CASE {' '.join(branches)} ELSE {default} END" if branches else default


def _typed(name: str, value: str, sql_type: str) -> str:
    """The value as the column's type. Those of TEXTS become text one level up, where they are mere columns."""
    if value == "NULL":
        return f"CAST(NULL AS {sql_type})"
    if name in TEXTS:
        return value
    if name == "amount":
        return f"CAST(abs({value}) AS {sql_type})"
    return f"CAST({value} AS {sql_type})"


def _variables(rule: BoundRule, field: str | None, defaults: Mapping[str, str]) -> dict[str, str]:
    title = rule.field_titles.get(field) if field else None
    variables = {name: defaults.get(name, "NULL") for name in OVERRIDABLE}
    for name in TEXTS:
        variables[name] = f"text_of({variables[name]})"
    for name in ("difference", "amount", "date"):
        variables[name] = _typed(name, variables[name], OUTCOME_COLUMNS[name])
    variables["field"] = defaults.get("field") or _literal(field)
    variables["field_title"] = defaults.get("field_title") or _literal(title.zh if title else field)
    return variables


@lru_cache(maxsize=4096)
def _placed(expression: str, aliases: tuple[str, str], variables: tuple[tuple[str, str], ...]) -> str:
    """The expression with `l` and `r` renamed and variables put in. Their SQL stands as it is, in brackets."""
    renamed = with_sides(expression, {"l": aliases[0], "r": aliases[1]})
    return with_parameters(renamed, {name: f"({value})" for name, value in variables})


def _literal(text: str | None) -> str:
    return "NULL" if text is None else "'" + text.replace("'", "''") + "'"
