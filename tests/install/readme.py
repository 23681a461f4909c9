"""The command lines that the READMEs show, for the tests that run them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
READMES = {name: (ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "README.zh-CN.md")}
_BLOCK = re.compile(r"^( *)```(sh|powershell)\n(.*?)^\1```$", re.MULTILINE | re.DOTALL)
_INLINE = re.compile(r"`(auditor [^`]+)`")


def blocks(readme: str) -> Iterator[tuple[str, list[str]]]:
    """Each fenced block of a README: its shell (sh or powershell) and its lines, without comments."""
    for _, shell, text in _BLOCK.findall(READMES[readme]):
        lines = [line.split("  #")[0].strip() for line in text.splitlines()]
        yield shell, [line for line in lines if line]


def auditor_lines(readme: str) -> list[str]:
    """Every command line that begins with `auditor`, from blocks and text, in the order of a reader, each once."""
    blocks_out = [line for _, lines in blocks(readme) for line in lines if line.startswith("auditor ")]
    return list(dict.fromkeys([*blocks_out, *_INLINE.findall(READMES[readme])]))
