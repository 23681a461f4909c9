"""What stands in a folder and is no document, told by its name or its kind, with the reason that a report gives."""

from __future__ import annotations

from collections.abc import Collection

from auditor.languages import Text

SETTINGS = ("audit.yaml", "reading.yaml")

_SYSTEM_FILES = frozenset({"thumbs.db", "ehthumbs.db", "desktop.ini", "icon\r", "autorun.inf"})
_SYSTEM_FOLDERS = frozenset({"__macosx", "$recycle.bin", "system volume information", "@eadir", "lost+found"})
UNFINISHED = (".crdownload", ".part", ".download", ".baiduyun.downloading", ".downloading", ".td", ".opdownload")

LOCK = Text("lock file of an open workbook", "已打开工作簿的锁定文件")
SYSTEM = Text("file of the operating system", "操作系统文件")
HIDDEN = Text("hidden file", "隐藏文件")
NOTES = Text("notes about the folder, no document", "文件夹说明，不是单据")
OWN_SETTINGS = Text("settings of this audit", "本次审计的设置文件")
OWN_OUTPUT = Text("output of an audit", "审计输出文件夹")
NO_FILE = Text("not a plain file (a device, pipe or socket)", "不是普通文件（设备、管道或套接字）")
NO_MEMBERS = Text("archive with nothing in it", "空压缩包，其中没有文件")
LINKED_FOLDER = Text("link to a folder that is read at its own place", "指向文件夹内其他位置的链接，已在原处读取")


def ignored_reason(name: str) -> Text | None:
    """Why a file or folder of this name is no document; None if it may be one."""
    lower = name.lower()
    if lower.startswith(("~$", ".~")):
        return LOCK
    if lower in _SYSTEM_FILES or lower in _SYSTEM_FOLDERS or lower in (".ds_store", ".localized") or lower[:2] == "._":
        return SYSTEM
    if lower.endswith(".md") or lower.partition(".")[0] in ("readme", "说明", "自述"):
        return NOTES
    return HIDDEN if lower.startswith(".") else None


def of_a_folder(reason: Text, files: int) -> Text:
    """The reason for all files of a folder."""
    return Text(f"{reason.en}, a folder of {files} files", f"{reason.zh}（文件夹，共 {files} 个文件）")


def is_output(names: Collection[str]) -> bool:
    """Whether a folder that holds these names is what an audit has written."""
    return "audit.duckdb" in names or {"findings.json", "report.html"} <= set(names)
