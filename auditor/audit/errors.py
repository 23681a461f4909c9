"""What can keep an audit from being done."""

from __future__ import annotations

from auditor.errors import AuditorError
from auditor.languages import Text
from auditor.strict_yaml import Mistakes


class AuditError(AuditorError):
    """The base of what can be wrong with an audit as a whole."""


class SettingsErrors(Mistakes, AuditError):
    """What is wrong with `audit.yaml`, all of it. Values: `count`."""

    what = Text("audit.yaml has {count} mistakes", "audit.yaml 有 {count} 处错误")


class NoFolder(AuditError):
    """The folder to audit is not there. Values: none."""

    what = Text("there is no such folder", "找不到该文件夹")
    do = Text("give the folder that holds the month's documents", "请指定存放当月资料的文件夹")


class NoLayouts(AuditError):
    """The folder that is named for layouts is not there, or holds none."""

    what = Text("no layouts are in this folder", "该文件夹中没有版式文件")
    allowed = Text(
        "a folder with layouts such as bank/local.yaml in it", "存放版式文件的文件夹，其中的文件如 bank/local.yaml"
    )
    do = Text(
        "name the folder of the layouts; in audit.yaml relative to that file",
        "请指定存放版式文件的文件夹；写在 audit.yaml 中时按该文件所在位置计算",
    )


class NoReadings(AuditError):
    """The file that audit.yaml names for confirmed readings is not there. Values: none."""

    what = Text("there is no such file of confirmed readings", "找不到该读法文件")
    allowed = Text(
        "a file such as ../reading.yaml, relative to audit.yaml", "按 audit.yaml 所在位置计算的文件，如 ../reading.yaml"
    )
    do = Text(
        "correct the path, or run `auditor map FOLDER`, which writes the file with the first answer",
        "请更正路径，或运行 `auditor map 文件夹`，第一个回答会写入该文件",
    )


class NothingToRead(AuditError):
    """The folder holds no document that could be read. Values: `problems`, as findings.json has them."""

    most = 12  # problems that are told

    what = Text("the folder holds no document that could be read", "文件夹中没有可读取的资料")
    do = Text(
        "check that this is the right folder; `auditor read FILE` shows what keeps a file from being read",
        "请确认文件夹是否正确；可用 `auditor read 文件` 查看无法读取的原因",
    )

    def message(self, language: str) -> str:
        """What keeps the documents from being read comes first: there is no report that could tell it."""
        problems = [each[language] for each in self.values.get("problems", ())]
        return "\n".join([*problems[: self.most], super().message(language)])


class NoRuleLeft(AuditError):
    """What audit.yaml names under `duties:` and `without:` leaves no rule to run. Values: `sets`."""

    what = Text(
        "`duties:` and `without:` leave no rule of {sets} to run",
        "按 `duties:` 和 `without:`，{sets} 中没有可执行的规则",
    )
    do = Text(
        "name the duties that are to be audited, or take these words out (`auditor rules list` shows the duties)",
        "请写明要审核的职责，或去掉这些内容（`auditor rules list` 可查看职责）",
    )


class BadPeriod(AuditError):
    """The period is not one. Values: none."""

    what = Text("this is not a period", "期间格式不正确")
    allowed = Text(
        "a month, 2026-10, or two days, 2026-10-01..2026-10-31", "月份，如 2026-10；或起止日，如 2026-10-01..2026-10-31"
    )
    do = Text("write the period in one of these forms", "请按上述格式填写期间")


class BadEpoch(AuditError):
    """The environment variable SOURCE_DATE_EPOCH does not hold a time. Values: none."""

    what = Text("SOURCE_DATE_EPOCH is not a number of seconds", "环境变量 SOURCE_DATE_EPOCH 不是秒数")
    allowed = Text("whole seconds since 1970, such as 1793577600", "自 1970 年起的整秒数，如 1793577600")
    do = Text("unset the variable, correct it, or state the time with --at", "请取消或更正该变量，或用 --at 指定时间")


class PeriodUnknown(AuditError):
    """No document has a date, so that the period cannot be told."""

    what = Text("no document has a date, so the period cannot be told", "资料中没有日期，无法判断期间")
    do = Text(
        "state it: --period 2026-10, or `period: 2026-10` in audit.yaml",
        "请注明期间：--period 2026-10，或在 audit.yaml 中写 period: 2026-10",
    )


class PeriodEmpty(AuditError):
    """No record lies in the period. Values: `first`, `last` (of the period), `from_`, `to` (of the documents)."""

    what = Text(
        "no record of the documents lies in the period {first} to {last}", "资料中没有属于期间 {first} 至 {last} 的记录"
    )
    allowed = Text("the documents run from {from_} to {to}", "资料日期为 {from_} 至 {to}")
    do = Text("check the period and the folder", "请核对期间与文件夹")


class OutputNotWritable(AuditError):
    """The output folder cannot be written. Values: `reason`."""

    what = Text("the output folder cannot be written: {reason}", "无法写入输出文件夹：{reason}")
    do = Text(
        "choose another with -o, close the report if it is open in another program, or free some space",
        "请用 -o 指定其他文件夹；若报告正被其他程序打开请先关闭；或检查磁盘空间",
    )


class OutputBusy(AuditError):
    """Another run is writing into the output folder. Values: none."""

    what = Text("another audit is writing into this folder", "另一审核任务正在写入此文件夹")
    do = Text("wait until it has ended, or choose another folder with -o", "请等待其结束，或用 -o 指定其他文件夹")


class NoPrevious(AuditError):
    """The folder named by --previous holds no findings.json. Values: none."""

    what = Text("there is no findings.json of an earlier audit", "找不到以前审核的 findings.json")
    do = Text("name the output folder of the earlier audit", "请指定以前审核的输出文件夹")


class PreviousUnusable(AuditError):
    """The findings.json of the earlier run is none. Values: `reason`."""

    what = Text("this is not the findings.json of an audit: {reason}", "这不是审核生成的 findings.json：{reason}")
    do = Text(
        "remove the file, choose another output folder with -o, or name the right one with --previous",
        "请删除该文件，或用 -o 指定其他输出文件夹，或用 --previous 指定正确的文件夹",
    )


class PreviousOfAnotherEntity(AuditError):
    """The audit named by --previous is of another company. Values: `other` and `entity`, its own and this one's."""

    what = Text("the earlier audit is of {other}, this one of {entity}", "以前的审核单位为 {other}，本次为 {entity}")
    do = Text(
        "name the output folder of this company's audit, or correct `entity:` in audit.yaml if both are one",
        "请指定本单位的审核输出文件夹；若为同一单位，请更正 audit.yaml 中的 `entity:`",
    )


class PreviousLater(AuditError):
    """The audit named by --previous is of a later period. Values: `other` (its first day), `first` (that of this
    one)."""

    what = Text(
        "the earlier audit begins on {other}, after this one, which begins on {first}",
        "以前的审核期间自 {other} 起，晚于本次的 {first}",
    )
    do = Text("name the output folder of an earlier period", "请指定较早期间的审核输出文件夹")


class PreviousNewer(AuditError):
    """The audit named by --previous was made by a newer version of the program. Values: `other`, `version`."""

    what = Text(
        "the earlier audit was made by auditor {other}, this is {version}",
        "以前的审核由 auditor {other} 生成，当前程序为 {version}",
    )
    do = Text("update the program, or audit that period again with this one", "请升级程序，或用当前程序重新审核该期间")


class SettingsExist(AuditError):
    """`auditor init` found an audit.yaml, which it never overwrites. Values: none."""

    what = Text("the folder has an audit.yaml already", "该文件夹中已有 audit.yaml")
    do = Text(
        "change it by hand, or move it away first if you want a new one",
        "请直接修改；若要重新生成，请先移走原文件",
    )


class SettingsNotWritable(AuditError):
    """The audit.yaml cannot be written into the folder. Values: `reason`."""

    what = Text("audit.yaml cannot be written: {reason}", "无法写入 audit.yaml：{reason}")
    do = Text("check that you may write into this folder", "请确认对此文件夹有写入权限")


class PasswordVariableUnset(AuditError):
    """audit.yaml names an environment variable that is not set. Values: `name`."""

    what = Text("the environment variable {name} is not set", "环境变量 {name} 未设置")
    do = Text(
        "set it before the run; passwords never stand in audit.yaml itself",
        "请先设置该环境变量；密码不要直接写在 audit.yaml 中",
    )


class UnknownRule(AuditError):
    """`--only` names a rule that the rule set does not have. Values: `name`, `nearest`, `names`."""

    what = Text("there is no rule {name}", "没有规则 {name}")
    allowed = Text("{names}", "{names}")
    do = Text("name a rule of the rule set (nearest: {nearest})", "请使用规则集中的规则（最接近：{nearest}）")


class RuleCrashed(AuditError):
    """A rule could not be carried out. Values: `rule`, `reason`."""

    what = Text("the rule {rule} could not be carried out: {reason}", "规则 {rule} 执行失败，原文：{reason}")
    do = Text(
        "the other rules are not affected; `auditor rules show {rule} --sql` shows what it runs",
        "其他规则不受影响；可用 `auditor rules show {rule} --sql` 查看其执行内容",
    )


class TooManyFindings(AuditError):
    """A rule found more exceptions than a report can list. Values: `rule`, `count`, `most`, `table`."""

    what = Text(
        "the rule {rule} found {count} exceptions; the {most} largest are listed",
        "规则 {rule} 发现 {count} 项例外，仅列出金额最大的 {most} 项",
    )
    do = Text(
        "check that the documents belong to one another and that their numbers are written alike; "
        "all {count} are in the table {table} of audit.duckdb",
        "请核对资料是否配套、编号写法是否一致；全部 {count} 项见 audit.duckdb 的表 {table}",
    )


class ViewSkipped(AuditError):
    """A statement could not be drawn up. Values: `statement`, `reason`."""

    what = Text(
        "the statement {statement} could not be drawn up: {reason}", "报表 {statement} 无法生成，原文：{reason}"
    )
    do = Text("check the statement's file in the rule set", "请检查规则集中该报表文件")
