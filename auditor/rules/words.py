"""What `rules/outcomes.yaml` says in both languages: of outcomes, and of fields that only views and rules have."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from auditor.languages import Text
from auditor.marked_yaml import load
from auditor.resources import rules_folder


@cache
def outcome_words(section: str) -> dict[str, Text]:
    """The words of a section of the file, by name: `outcomes`, `fields`."""
    document = load(rules_folder() / "outcomes.yaml", file="outcomes.yaml").data
    return {name: Text(words["en"], words["zh"]) for name, words in document[section].items()}


def field_words(name: str, titles: Mapping[str, Text]) -> Text:
    """What a field is called: by `titles`, else by the file, else by its own name; whom it means (`__id`) as itself."""
    bare = name.removesuffix("__id")
    plain = bare.replace("_", " ")
    return titles.get(bare) or outcome_words("fields").get(bare) or Text(plain, plain)


def key_words(key: str) -> Text | None:
    """A key into which a rule puts words, such as `book 89`, in either language; None if it is not of such a form."""
    for pattern, form in _key_forms():
        found = pattern.fullmatch(key)
        if found:
            return Text(form.en.format(**found.groupdict()), form.zh.format(**found.groupdict()))
    return None


@cache
def _key_forms() -> tuple[tuple[re.Pattern[str], Text], ...]:
    document = load(rules_folder() / "outcomes.yaml", file="outcomes.yaml").data
    return tuple((_pattern(each["key"]), Text(each["en"], each["zh"])) for each in document["key_forms"])


def _pattern(form: str) -> re.Pattern[str]:
    """`book {n}` as a pattern with a group for each name in braces."""
    return re.compile(re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>.+)", re.escape(form)))
