"""Writes answers into `reading.yaml`: each at once, behind what stands there, of which not a letter is changed."""

from __future__ import annotations

import json
import os
import re
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from auditor import interrupts
from auditor.documents.readings.errors import ReadingsNoList, ReadingsNotWritable
from auditor.errors import Place
from auditor.languages import Text
from auditor.marked_yaml import YamlError, load
from auditor.strict_yaml import value_at

TABLES, CHOICES = "tables", "choices"  # the parts of the file
_PLAIN = re.compile(r"[^\W\d_](?:[\w（）/.() -]*[\w）)])?")
_WORDS = frozenset(("true", "false", "null", "yes", "no", "on", "off", "y", "n"))
_LONGEST_KEY = 900  # characters, of those that YAML takes before a colon without a question mark
_UNSEEN = re.compile("[\x7f-\x9f\ud800-\udfff\ufffe\uffff\u2028\u2029\ufeff]")
_HEAD = Text(
    "What this company's tables are, as it was answered: kept from month to month. `auditor map FOLDER` asks what is "
    "open.",
    "本公司各种表格的读法，逐月沿用。`auditor map 文件夹` 会询问尚未确认的表格。",
)


def entry_text(entry: Mapping[str, Any], indent: int = 2) -> str:
    """An entry as it stands in the file, without a line break at its end; `indent` blanks before its dash."""
    lines = [f"{key}: {_value(value)}" for key, value in entry.items()]
    blanks = " " * indent
    return "\n".join(blanks + ("- " if number == 0 else "  ") + line for number, line in enumerate(lines))


def _value(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(_pair(key, each) for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_value, value)) + "]"
    if value is None:
        return "~"
    return str(value) if isinstance(value, int) else scalar(str(value))


def _pair(key: str, value: Any) -> str:
    name = scalar(key)
    return f"? {name} : {_value(value)}" if len(name) > _LONGEST_KEY else f"{name}: {_value(value)}"


def scalar(text: str) -> str:
    """A text as YAML reads it back, without quotes where none are needed."""
    if _PLAIN.fullmatch(text) and text.casefold() not in _WORDS and len(text) <= _LONGEST_KEY:
        return text
    if re.fullmatch(r"\d{4}-\d\d-\d\d(?: [^\W\d_][\w ]*\w)?", text):
        return text
    return _UNSEEN.sub(lambda each: f"\\u{ord(each[0]):04x}", json.dumps(text, ensure_ascii=False))


def append(path: Path, entry: Mapping[str, Any], shown: str, part: str = TABLES) -> bytes | None:
    """Write an entry behind those of a part of the file, `tables` or `choices`, or begin the part with it; what stood
    there before, None for nothing.

    The file is replaced in one step: whoever reads it finds it whole. Raises a YamlError if the file is not YAML,
    ReadingsNoList if it says something else, or ReadingsNotWritable.
    """
    before = _content(path, shown)
    text = _appended(before, entry, shown, part)
    _replace(path, text.encode("utf-8"), shown)
    return before


def restore(path: Path, before: bytes | None, shown: str) -> None:
    """Take the last answer back: the file is what it was."""
    if before is None:
        path.unlink(missing_ok=True)
    else:
        _replace(path, before, shown)


def _content(path: Path, shown: str) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise ReadingsNotWritable(Place(shown), reason=error.strerror or type(error).__name__) from error


def _appended(before: bytes | None, entry: Mapping[str, Any], shown: str, part: str) -> str:
    if before is None or not before.strip():
        return f"# {_HEAD.zh}\n# {_HEAD.en}\n{part}:\n{entry_text(entry)}\n"
    text = before.decode("utf-8")  # what is not UTF-8 is told by `load` before
    old = load(text.removeprefix("\ufeff"), shown)
    said = old.data if isinstance(old.data, dict) else {}
    entries = value_at(said, part) or []
    known = not set(said) - {TABLES, CHOICES} and isinstance(entries, list)
    for candidate in _candidates(text, entry, bool(entries), part) if known else ():
        if _is_grown(candidate, {**said, part: [*entries, dict(entry)]}, shown):
            return candidate
    raise ReadingsNoList(Place(shown), entry_text(entry), part=part)


def _candidates(text: str, entry: Mapping[str, Any], any_entries: bool, part: str) -> Iterator[str]:
    """Ways to write the entry behind the others: below the last line of the part, with the dashes in one column with
    theirs; in the place of an empty list; inside of a list in brackets."""
    end = "\r\n" if "\r\n" in text else "\n"
    body = text if text.endswith("\n") else text + end
    last = _end_of_part(body, part)
    for indent in (_indents(body) if any_entries else [2]):
        block = entry_text(entry, indent).replace("\n", end) + end
        yield body[:last] + block + body[last:]
        if not any_entries:
            yield body + f"{part}:{end}{block}"
            emptied = re.sub(rf"(?m)^{part}:[ \t]*(?:\[[ \t]*\]|~|null)", f"{part}:", body)
            last = _end_of_part(emptied, part)
            yield emptied[:last] + block + emptied[last:]
    at = text.rfind("]", 0, last)
    if at > 0:
        inner = "{" + ", ".join(_pair(key, value) for key, value in entry.items()) + "}"
        for joint in (", ", ""):
            yield text[:at].rstrip() + joint + inner + text[at:]


def _indents(text: str) -> list[int]:
    """Where the dashes of the entries stand, the likeliest first."""
    found = [len(match[1]) for match in re.finditer(r"(?m)^( *)- ", text)]
    return list(dict.fromkeys([*found, 2, 0]))


def _end_of_part(text: str, part: str) -> int:
    """Where the lines of a part of the file end: before the next key of the file, else at its end."""
    own = re.search(rf"(?m)^{part}:", text)
    after = re.search(r"(?m)^[^\W\d_]+:", text[own.end() :]) if own else None
    return own.end() + after.start() if own and after else len(text)


def _is_grown(text: str, wanted: Mapping[str, Any], shown: str) -> bool:
    """Whether a text says what the file is to say, and nothing else."""
    try:
        data = load(text.removeprefix("\ufeff"), shown).data
    except (YamlError, yaml.YAMLError):
        return False
    return bool(data == wanted)


def _replace(path: Path, content: bytes, shown: str) -> None:
    target = path.resolve()  # a link stays a link
    try:
        with interrupts.held():
            handle, name = tempfile.mkstemp(prefix=".reading-", dir=target.parent)
            scratch = Path(name)
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(content)
                scratch.chmod(target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask())
                scratch.replace(target)
            finally:
                scratch.unlink(missing_ok=True)
    except OSError as error:
        raise ReadingsNotWritable(Place(shown), reason=error.strerror or type(error).__name__) from error


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
