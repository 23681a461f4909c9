"""Pages of running text: a contract, a letter, a newsletter. They hold no rows and no labels to be read."""

from __future__ import annotations

import re
from collections.abc import Sequence

from auditor.documents.papers.printed_lines import PrintedLine
from auditor.values.text import is_chinese

_FEWEST = 3  # lines
_RUNNING = 500  # thousandths of the lines that are sentences
_WORDS, _IDEOGRAPHS = 6, 14  # of a line that is a piece of a sentence
_APART = 3  # texts that stand apart on a line: a row of a table
_ROWS = 100  # thousandths of the lines that may look like rows
_WORD = re.compile(r"[^\W\d_]{2,}")
_IDEOGRAPH = re.compile("[\u4e00-\u9fff]")


def is_running_text(lines: Sequence[PrintedLine]) -> bool:
    """Whether most lines are pieces of sentences, and hardly any a row of texts that stand apart."""
    if len(lines) < _FEWEST:
        return False
    running = sum(_is_sentence(line) for line in lines)
    rows = sum(len(line.cells) >= _APART for line in lines)
    return 1000 * running >= _RUNNING * len(lines) and 1000 * rows <= _ROWS * len(lines)


def _is_sentence(line: PrintedLine) -> bool:
    if len(line.cells) > 1:
        return False
    if is_chinese(line.text):
        return len(_IDEOGRAPH.findall(line.text)) >= _IDEOGRAPHS
    return len(_WORD.findall(line.text)) >= _WORDS
