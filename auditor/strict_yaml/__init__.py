"""Strict YAML: one loader for every kind of file that people write, which tells all mistakes of a file at once.

    FIELD = Names("field", "字段")                     # words that must name something; what there is, the caller says

    class Ticket(StrictModel):                        # a model of pydantic: unknown keys and other types are mistakes
        title: Bilingual
        side: Literal["in", "out"] = "in"
        fields: dict[Annotated[str, FIELD], list[str]] = {}
        account: QuotedText | None = None             # a number here must stand in quotes

    loaded = load_strictly(path, Ticket, file="tickets/a.yaml", names={FIELD: fields}, checks=more_mistakes)
    if loaded.value is None:
        raise TicketErrors(errors=loaded.mistakes)    # a subclass of Mistakes: says how many, then each

Every mistake is an `AuditorError` with file:line:column, the line, what is allowed in words of the user's language
(`a list: [a, b]`, `列表：[a, b]`), and for a misspelt key or word the nearest right one. What one value does not show
(a key that asks for another) is told at once with the rest if `checks` looks at the plain data: see `load_strictly`.

`loader` reads and validates, `annotations` are what a model may ask of a value, `plain_data` is for checks, `messages`
turn what pydantic says into the mistakes of `errors`, `repair` undoes slips of the pen so that more can be judged.
Nothing here knows a kind of file.
"""

from auditor.marked_yaml import Marked, nearest
from auditor.strict_yaml.annotations import (
    STATED,
    Bilingual,
    Names,
    QuotedText,
    StrictModel,
    not_allowed,
    shaped,
    unknown_word,
    whole_number,
)
from auditor.strict_yaml.errors import (
    FileMistake,
    MissingKey,
    Mistakes,
    UnknownKey,
    UnknownWord,
    UnquotedNumber,
    WrongValue,
)
from auditor.strict_yaml.loader import (
    Checks,
    KnownNames,
    Loaded,
    PlainFile,
    in_order,
    load_plainly,
    load_strictly,
    validated,
)
from auditor.strict_yaml.messages import key_names
from auditor.strict_yaml.plain_data import (
    mapping_at,
    missing_key,
    text_at,
    texts_at,
    unknown_word_at,
    value_at,
    wrong_value,
)
from auditor.strict_yaml.repair import repaired

__all__ = [
    "STATED",
    "Bilingual",
    "Checks",
    "FileMistake",
    "KnownNames",
    "Loaded",
    "Marked",
    "MissingKey",
    "Mistakes",
    "Names",
    "PlainFile",
    "QuotedText",
    "StrictModel",
    "UnknownKey",
    "UnknownWord",
    "UnquotedNumber",
    "WrongValue",
    "in_order",
    "key_names",
    "load_plainly",
    "load_strictly",
    "mapping_at",
    "missing_key",
    "nearest",
    "not_allowed",
    "repaired",
    "shaped",
    "text_at",
    "texts_at",
    "unknown_word",
    "unknown_word_at",
    "validated",
    "value_at",
    "whole_number",
    "wrong_value",
]
