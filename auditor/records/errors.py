"""Errors of record types: what can be wrong in a file of `rules/records/`."""

from __future__ import annotations

from auditor.errors import AuditorError
from auditor.languages import Text
from auditor.strict_yaml import Mistakes


class RecordTypeError(AuditorError):
    """The base of all errors in a record type's file."""


class RecordTypeErrors(Mistakes, RecordTypeError):
    """What is wrong with the files of record types, all of it. Values: `count`."""

    what = Text("the record types have {count} mistakes", "记录类型文件有 {count} 处错误")


class NameDiffers(RecordTypeError):
    """The record's name is not the file's. Values: `name`, `file_name`."""

    what = Text(
        "the record type is called `{name}` but its file `{file_name}`",
        "记录类型名为 `{name}`，文件名却是 `{file_name}`",
    )
    do = Text("give both the same name", "请使两者同名")


class HeaderTwice(RecordTypeError):
    """One header names two fields of one record type. Values: `header`, `field`, `other`."""

    what = Text(
        "the header `{header}` names both `{other}` and `{field}`",
        "表头 `{header}` 同时指向 `{other}` 和 `{field}`",
    )
    do = Text("leave it with one of the two", "请只保留给其中一个字段")


class NoRecordTypes(RecordTypeError):
    """The folder holds no record types."""

    what = Text("no record types (*.yaml) are in this folder", "此文件夹中没有记录类型文件（*.yaml）")
    do = Text("name the folder that holds them, or install the program again", "请指定正确的文件夹，或重新安装本程序")


class AmbiguousName(RecordTypeError):
    """A name that records use belongs to two entries of a master. Values: `name`, `ids`, `used`."""

    what = Text("the name `{name}` belongs to {ids}: it cannot be told which is meant ({used} records use it)",
                "名称 `{name}` 同时属于 {ids}，无法判断指哪一个（{used} 条记录使用了它）")
    do = Text("write the full name or the code in the documents, or take the name from all but one entry",
              "请在单据中使用全称或代码，或仅保留一个主数据条目使用该名称")


class AliasOfNobody(RecordTypeError):
    """An alias list names an entry that the master does not have. Values: `alias`, `id`."""

    what = Text("the alias `{alias}` belongs to `{id}`, which is in no list of partners or accounts",
                "别名 `{alias}` 所属的 `{id}` 不在主数据中")
    do = Text("correct the code, or add the entry", "请更正代码，或补充该主数据条目")
