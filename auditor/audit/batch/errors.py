"""What can be wrong with a batch, and with a month of it."""

from __future__ import annotations

from auditor.audit.errors import AuditError
from auditor.languages import Text


class NoMonths(AuditError):
    """The folder of a batch holds no folder of a month. Values: none."""

    what = Text("there is no folder of a month in it", "其中没有月份文件夹")
    allowed = Text(
        "a folder for each company, in it one for each month: its name states the month (2026-10), or it has an "
        "audit.yaml",
        "每个单位一个文件夹，其下每月一个文件夹：名称写明月份（如 2026-10），或含有 audit.yaml",
    )
    do = Text(
        "name the folder above the companies; a single month is audited with `auditor run FOLDER`",
        "请指定各单位的上级文件夹；单个月份请用 `auditor run 文件夹`",
    )


class CompanyWithoutMonth(AuditError):
    """A folder of a batch holds no folder of a month, so that nothing in it is audited. Values: none."""

    what = Text("no folder of a month is in it, so nothing of it is audited", "其中没有月份文件夹，未作任何审核")
    allowed = Text(
        "a folder whose name states its month, such as 2026-10 or 2026年10月, or that has an audit.yaml",
        "名称写明月份的文件夹，如 2026-10、2026年10月，或含有 audit.yaml 的文件夹",
    )
    do = Text(
        "put its documents into such a folder, or move it out of the batch if it is no company",
        "请将资料放入这样的文件夹；若不是单位，请移出",
    )


class BatchFolderUnreadable(AuditError):
    """A folder of a batch cannot be looked into. Values: `reason`."""

    what = Text("the folder cannot be read: {reason}", "无法读取该文件夹：{reason}")
    do = Text(
        "check that it is there and that you may read it; the other folders are audited",
        "请确认该文件夹存在且有读取权限；其他文件夹照常审核",
    )


class AuditEnded(AuditError):
    """The process that audited a month ended without a result: out of memory, or ended from outside. Values: `code`."""

    what = Text(
        "the process that audited this folder ended without a result (exit code {code})",
        "审核该文件夹的进程意外结束，没有结果（退出码 {code}）",
    )
    do = Text(
        "run the batch again, with `--jobs 1` if memory is short; `auditor run` on the folder shows what happens",
        "请重新运行；内存不足时加 `--jobs 1`；可用 `auditor run` 单独审核该文件夹以查明原因",
    )
