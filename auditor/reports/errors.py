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


class NoReportWorkbook(ReportError):
    """A report.xlsx stands in the output folder that this program has not written."""

    what = Text(
        "this report.xlsx was not written by auditor, and the audit would take its place",
        "此 report.xlsx 不是本程序生成的，继续审核会将其覆盖",
    )
    do = Text(
        "move it away or give it another name, or choose another output folder with -o",
        "请移走或改名，或用 -o 指定其他输出文件夹",
    )


class WorkbookOfAnotherAudit(ReportError):
    """The workbook of the earlier run is of another entity. Values: `other`, `entity`."""

    what = Text(
        "this report.xlsx is of an audit of {other}, not of {entity}; what was decided there is not about this audit",
        "此 report.xlsx 属于 {other} 的审核，不是 {entity} 的，其中的处理结论与本次审核无关",
    )
    do = Text(
        "choose another output folder with -o, or move the workbook away; if the entity has a new name, write the name "
        "of audit.yaml as it was",
        "请用 -o 指定其他输出文件夹，或移走该工作簿；若只是单位改名，请在 audit.yaml 中沿用原名称",
    )


class DecisionsOfOtherDocuments(ReportError):
    """What was decided in the earlier workbook is about documents of which this audit has none. Values: `n`."""

    what = Text(
        "none of the {n} exceptions that were decided there is one of this audit, which has none of its documents",
        "其中填写的 {n} 项例外均不属于本次审核，本次资料也与其无一相同",
    )
    do = Text(
        "what was written is kept; if the workbook is of another company or month, choose another output folder "
        "with -o",
        "所填内容已保留；若该工作簿属于其他单位或月份，请用 -o 指定其他输出文件夹",
    )
