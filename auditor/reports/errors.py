"""What can be wrong with the reports of an earlier run."""

from __future__ import annotations

from typing import Any

from auditor.errors import AuditorError
from auditor.languages import Text


class ReportError(AuditorError):
    """The base of what can be wrong with a report."""


class NotesUnreadable(ReportError):
    """The workbook of the earlier run, in which people write, cannot be read. Values: `reason`, a Text."""

    what = Text(
        "the workbook of the earlier run cannot be read, and what was written in it would be lost: {reason}",
        "无法读取上次的工作簿，其中填写的处理说明会丢失：{reason}",
    )
    do = Text(
        "open and save it again in a spreadsheet program, move it away, or choose another output folder with -o",
        "请用表格软件打开并重新保存，或移走该文件，或用 -o 指定其他输出文件夹",
    )

    def in_words(self, language: str) -> dict[str, Any]:
        """The reason is a sentence of its own, in both languages."""
        return {name: each.in_(language) if isinstance(each, Text) else each for name, each in self.values.items()}
