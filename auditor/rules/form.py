"""What can be told of a rule without looking into its expressions: outcomes and examples."""

from __future__ import annotations

import string
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from auditor.errors import AuditorError
from auditor.marked_yaml import nearest
from auditor.records.audit_tables import AUDIT_TABLES
from auditor.records.model import RecordType
from auditor.rules.errors import (
    NoExample,
    UnknownCode,
    UnknownField,
    UnknownOutcome,
    UnknownParameter,
    UnknownRecords,
)
from auditor.rules.example_values import GIVEN_SYSTEM_FIELDS, column_type, read_value
from auditor.rules.model import LoadedRule
from auditor.rules.schema import Example
from auditor.strict_yaml import UnknownKey, UnquotedNumber, WrongValue

Loc = tuple[str | int, ...]
EXPECT_KEYS = (
    "code", "key", "difference", "amount", "currency", "party", "date", "expected", "actual", "outcome", "field",
)  # fmt: skip
EXPLANATION_WORDS = (
    "key", "party", "expected", "actual", "difference", "amount", "currency", "field", "date", "left", "right",
)  # fmt: skip
_EXPECTED_AMOUNTS = frozenset({"difference", "amount"})


def form_errors(
    rule: LoadedRule, types: Mapping[str, RecordType], parameters: frozenset[str]
) -> Iterator[AuditorError]:
    """All errors of form in a rule."""
    yield from _outcomes(rule)
    yield from rule.options.form_errors(rule.marked)
    yield from _explanations(rule)
    yield from _examples(rule, types, parameters)


def _outcomes(rule: LoadedRule) -> Iterator[AuditorError]:
    names = rule.options.outcome_names()
    if names is None:
        return
    for outcome in rule.outcomes:
        if outcome not in names:
            loc = ("outcomes", outcome)
            yield UnknownOutcome(
                rule.marked.place(loc, key=True),
                rule.marked.text(loc),
                outcome=outcome,
                check=rule.options.check,
                outcomes=", ".join(names),
                nearest=nearest(outcome, names) or "-",
            )


def _explanations(rule: LoadedRule) -> Iterator[AuditorError]:
    """Words in braces that no explanation can fill."""
    for outcome, reports in rule.head.outcomes.items():
        for number, report in enumerate(reports if isinstance(reports, list) else [reports]):
            for name in ("explanation", "hint"):
                text = getattr(report, name)
                for language in ("en", "zh") if text else ():
                    loc: Loc = ("outcomes", outcome, *((number,) if isinstance(reports, list) else ()), name, language)
                    yield from _braces(rule, loc, getattr(text, language))


def _braces(rule: LoadedRule, loc: Loc, text: str) -> Iterator[AuditorError]:
    place, shown = rule.marked.place(loc), rule.marked.text(loc)
    try:
        words = [word for _, word, _, _ in string.Formatter().parse(text) if word is not None]
    except ValueError:
        yield WrongValue(
            place,
            shown,
            key=str(loc[-2]),
            allowed_en="text with words in braces: {key}",
            allowed_zh="文本，花括号中为词：{key}",
        )
        return
    for word in words:
        if word not in EXPLANATION_WORDS:
            yield UnknownKey(
                place,
                shown,
                key="{" + word + "}",
                keys=" ".join("{" + each + "}" for each in EXPLANATION_WORDS),
                nearest=nearest(word, EXPLANATION_WORDS) or "-",
            )


def _unquoted(rule: LoadedRule, path: Loc) -> UnquotedNumber:
    value: Any = rule.marked.data
    for part in path:
        value = value[part]
    return UnquotedNumber(rule.marked.place(path), rule.marked.text(path), key=str(path[-1]), number=str(value))


def _examples(rule: LoadedRule, types: Mapping[str, RecordType], parameters: frozenset[str]) -> Iterator[AuditorError]:
    examples = rule.head.examples
    for lacking, words in (
        (all(not each.expect for each in examples), ("firing", "触发例外的示例")),
        (all(each.expect for each in examples), ("silent", "不得触发例外的示例")),
    ):
        if lacking:
            yield NoExample(rule.marked.place(("examples",), key=True), None, lacks_en=words[0], lacks_zh=words[1])
    for number, example in enumerate(examples):
        loc = ("examples", number)
        yield from _given(rule, example, loc, types)
        yield from _expected(rule, example, loc)
        for name in example.parameters:
            if name not in parameters:
                at = (*loc, "parameters", name)
                yield UnknownParameter(
                    rule.marked.place(at, key=True),
                    rule.marked.text(at),
                    name=name,
                    names=", ".join(sorted(parameters)),
                    nearest=nearest(name, parameters) or "-",
                )


def _given(rule: LoadedRule, example: Example, loc: Loc, types: Mapping[str, RecordType]) -> Iterator[AuditorError]:
    for name, records in example.given.items():
        at = (*loc, "given", name)
        if name == "document":  # the documents of an example, where a rule looks at where its records stand
            yield from _documents(rule, records, at)
            continue
        if name not in types:
            yield UnknownRecords(
                rule.marked.place(at, key=True),
                rule.marked.text(at),
                name=name,
                names=", ".join(types),
                nearest=nearest(name, types) or "-",
            )
            continue
        for number, record in enumerate(records):
            for field, value in record.items():
                yield from _value(rule, types[name], field, value, (*at, number, field))


def _documents(rule: LoadedRule, records: Sequence[Mapping[str, Any]], loc: Loc) -> Iterator[AuditorError]:
    columns = AUDIT_TABLES["document"]
    for number, record in enumerate(records):
        for field in record:
            if field not in columns:
                at = (*loc, number, field)
                yield UnknownField(
                    rule.marked.place(at, key=True),
                    rule.marked.text(at),
                    field=field,
                    records="document",
                    fields=", ".join(columns),
                    nearest=nearest(field, columns) or "-",
                )


def _value(rule: LoadedRule, record: RecordType, field: str, value: Any, loc: Loc) -> Iterator[AuditorError]:
    place, text = rule.marked.place(loc), rule.marked.text(loc)
    kind = column_type(record, field)
    if kind is None:
        names = [*record.fields, *GIVEN_SYSTEM_FIELDS]
        yield UnknownField(
            rule.marked.place(loc, key=True),
            text,
            field=field,
            records=record.name,
            fields=", ".join(names),
            nearest=nearest(field, names) or "-",
        )
    elif kind.startswith("DECIMAL") and loc in rule.marked.unquoted:
        yield _unquoted(rule, loc)
    else:
        try:
            read_value(kind, value, record.fields.get(field))
        except ValueError as error:
            yield WrongValue(place, text, key=field, allowed_en=str(error.args[0]), allowed_zh=str(error.args[-1]))


def _expected(rule: LoadedRule, example: Example, loc: Loc) -> Iterator[AuditorError]:
    for number, finding in enumerate(example.expect):
        at = (*loc, "expect", number)
        for key in finding:
            if key not in EXPECT_KEYS:
                yield UnknownKey(
                    rule.marked.place((*at, key), key=True),
                    rule.marked.text((*at, key)),
                    key=key,
                    keys=", ".join(EXPECT_KEYS),
                    nearest=nearest(key, EXPECT_KEYS) or "-",
                )
            elif key in _EXPECTED_AMOUNTS and (*at, key) in rule.marked.unquoted:
                yield _unquoted(rule, (*at, key))
        code = finding.get("code")
        if code not in rule.codes:
            yield UnknownCode(
                rule.marked.place((*at, "code")),
                rule.marked.text((*at, "code")),
                code=str(code),
                codes=", ".join(rule.codes),
            )
