"""A path of a document as audit.yaml must name it."""

from __future__ import annotations


def pattern_of(path: str) -> str:
    """The pattern that fits this path alone: what a pattern would take for a wildcard stands in brackets."""
    return "".join(f"[{letter}]" if letter in "*?[" else letter for letter in path)


def within_quotes(text: str) -> str:
    """A text as it stands between the double quotes of YAML, on one line."""
    return " ".join(text.split()).replace("\\", "\\\\").replace('"', '\\"')
