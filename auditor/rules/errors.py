"""Errors of rules, views, parameters and rule sets: each names the file, the line and the column, and what is
allowed.
"""

from __future__ import annotations

from auditor.errors import AuditorError
from auditor.languages import Text
from auditor.strict_yaml import Mistakes


class RuleError(AuditorError):
    """The base of all errors in a rule set. One in a rule costs that rule; one in `ruleset.yaml` costs the run."""


class RuleSetErrors(Mistakes, RuleError):
    """What is wrong with `ruleset.yaml`, all of it. Values: `count`."""

    what = Text("the rule set has {count} errors", "规则集有 {count} 处错误")


class NoSuchRuleSet(RuleError):
    """Values: `name`, `names`, `nearest`."""

    what = Text("there is no rule set `{name}`", "没有规则集 `{name}`")
    allowed = Text("a folder with a ruleset.yaml, or one of: {names}", "含 ruleset.yaml 的文件夹，或其中之一：{names}")
    do = Text(
        "name a rule set that exists (nearest: {nearest}); `auditor rules copy NAME DIR` begins one of your own",
        "请指定存在的规则集（最接近：{nearest}）；用 `auditor rules copy 名称 文件夹` 可复制一份作为自建规则集",
    )


class CopyTargetTaken(RuleError):
    """The folder that a rule set is to be copied to holds something already. Values: none."""

    what = Text("this folder is not empty", "该文件夹不是空的")
    allowed = Text("a folder that does not exist yet, or an empty one", "尚不存在的文件夹，或空文件夹")
    do = Text("give another folder for the copy", "请为副本指定另一个文件夹")


class CopyNotWritable(RuleError):
    """A rule set cannot be copied to the folder. Values: `reason`."""

    what = Text("the rule set cannot be written there: {reason}", "规则集无法写入该处：{reason}")
    do = Text("give a folder in which you may write", "请指定有写入权限的文件夹")


class IncludesItself(RuleError):
    """A set that includes itself, directly or through others. Values: `name`, `chain`."""

    what = Text("the rule set includes itself: {chain}", "规则集包含了自身：{chain}")
    do = Text("take `{name}` out of `includes:` here", "请从此处的 `includes:` 中去掉 `{name}`")


class DeclaredTwice(RuleError):
    """A parameter that two sets declare which run together. Values: `name`, `other`, `set`."""

    what = Text(
        "the parameter `{name}` is declared in two places: here and at {other}",
        "参数 `{name}` 在两处声明：此处和 {other}",
    )
    do = Text(
        "take it out here, and put its value below `changes: parameters:` if it differs from that of {set}; or give "
        "it another name",
        "请删去此处的声明；若取值与 {set} 不同，请写在 `changes: parameters:` 之下；或另取参数名",
    )


class ChangedTwice(RuleError):
    """Two sets that run together change one thing differently. Values: `key`, `name`, `one`, `other`, `value`,
    `second`."""

    what = Text(
        "`{name}` is changed in two places: to {value} at {one}, to {second} at {other}",
        "`{name}` 在两处被改成不同的值：{one} 改为 {value}，{other} 改为 {second}",
    )
    do = Text(
        "say which holds: put `{name}` below `changes: {key}:` of the set that includes both; of a parameter, "
        "`parameters:` in audit.yaml decides, too",
        "请写明以哪个为准：在同时包含两者的规则集的 `changes: {key}:` 之下写 `{name}`；参数也可在 audit.yaml 的 "
        "`parameters:` 中写明",
    )


class NeedsKey(RuleError):
    """A key whose value asks for another key beside it. Values: `key`, `needs`."""

    what = Text("`{key}` says nothing without `{needs}`", "只写 `{key}` 而没有 `{needs}` 无从报告")
    do = Text("add `{needs}`, or take `{key}` out", "请补上 `{needs}`，或去掉 `{key}`")


class UnknownRecords(RuleError):
    """A record type or view that does not exist. Values: `name`, `names`, `nearest`."""

    what = Text("there is no record type or view `{name}`", "没有名为 `{name}` 的记录类型或视图")
    allowed = Text("{names}", "{names}")
    do = Text(
        "name a record type, or a view of this rule set (nearest: {nearest})",
        "请使用记录类型或本规则集的视图（最接近：{nearest}）",
    )


class UnknownField(RuleError):
    """A field that the records at hand do not have. Values: `field`, `records`, `fields`, `nearest`."""

    what = Text("`{records}` has no field `{field}`", "`{records}` 没有字段 `{field}`")
    allowed = Text("{fields}", "{fields}")
    do = Text("name one of its fields (nearest: {nearest})", "请使用其中的字段（最接近：{nearest}）")


class WhichSide(RuleError):
    """A field without `l.` or `r.` where both sides are at hand. Values: `field`."""

    what = Text("`{field}` does not say which side it is of", "`{field}` 未注明是哪一方的字段")
    allowed = Text("l.{field} (left) or r.{field} (right)", "l.{field}（左方）或 r.{field}（右方）")
    do = Text("put `l.` or `r.` before the field", "请在字段前加 `l.` 或 `r.`")


class NoSuchSide(RuleError):
    """A prefix other than those at hand. Values: `side`, `sides`."""

    what = Text("`{side}.` names no records here", "此处没有 `{side}.` 所指的记录")
    allowed = Text("{sides}", "{sides}")
    do = Text("use one of the prefixes that stand for records here", "请使用此处可用的前缀")


class UnknownFunction(RuleError):
    """A function outside the list. Values: `function`, `functions`, `nearest`."""

    what = Text("the function `{function}` is not allowed in a rule", "规则中不能使用函数 `{function}`")
    allowed = Text("{functions}", "{functions}")
    do = Text("use one of the allowed functions (nearest: {nearest})", "请使用允许的函数（最接近：{nearest}）")


class NotAllowedHere(RuleError):
    """A part of SQL that a rule may not hold. Values: `part_en`, `part_zh`, `allowed_en`, `allowed_zh`."""

    what = Text("{part_en} cannot stand here", "此处不能使用{part_zh}")
    allowed = Text("{allowed_en}", "{allowed_zh}")
    do = Text(
        "write it with fields, literals, parameters and allowed functions", "请用字段、常量、参数和允许的函数改写"
    )


class InexactNumber(RuleError):
    """Arithmetic that passes through a float. Values: `part`, `instead`."""

    what = Text(
        "`{part}` gives a floating-point number, in which no amount may be kept",
        "`{part}` 的结果是浮点数，金额不得使用浮点数",
    )
    allowed = Text("{instead}", "{instead}")
    do = Text("write it the exact way", "请改用精确的写法")


class ExpressionSyntax(RuleError):
    """An expression that is not SQL. Values: `reason`."""

    what = Text("this is not a SQL expression: {reason}", "SQL 表达式语法错误，原文：{reason}")
    do = Text(
        "mend the expression; text stands in single quotes, fields without", "请修正表达式：文本用单引号，字段不加引号"
    )


class ExpressionType(RuleError):
    """An expression that the engine refuses, or whose result is of another type. Values: `reason_en`, `reason_zh`."""

    what = Text("{reason_en}", "{reason_zh}")
    do = Text(
        "compare like with like: dates with DATE '2026-10-31', amounts with 50.00, text with 'text'",
        "请用同类型的值比较：日期写 DATE '2026-10-31'，金额写 50.00，文本写 '文本'",
    )


class UnknownOutcome(RuleError):
    """Values: `outcome`, `check`, `outcomes`, `nearest`."""

    what = Text("the check `{check}` has no outcome `{outcome}`", "检查 `{check}` 没有结果 `{outcome}`")
    allowed = Text("{outcomes}", "{outcomes}")
    do = Text("name an outcome that the check has (nearest: {nearest})", "请使用该检查的结果（最接近：{nearest}）")


class UnknownParameter(RuleError):
    """Values: `name`, `names`, `nearest`."""

    what = Text("there is no parameter `{name}`", "没有参数 `{name}`")
    allowed = Text("{names}", "{names}")
    do = Text("use a parameter of the rule set (nearest: {nearest})", "请使用规则集的参数（最接近：{nearest}）")


class UnusedParameter(RuleError):
    """Values: `name`."""

    what = Text("the parameter `{name}` is used by no rule and no view", "参数 `{name}` 未被任何规则或视图使用")
    do = Text("remove it, or put `:{name}` where it was meant", "请删除，或在需要处写 `:{name}`")


class ParameterUnit(RuleError):
    """A parameter's value in another unit than its default's, or in none. Values: `name`, `default`, `unit`."""

    what = Text("the parameter `{name}` must be given in {unit}", "参数 `{name}` 的单位必须是 {unit}")
    allowed = Text('in the form of the default: "{default}"', '与默认值同样的写法："{default}"')
    do = Text("write the value in quotes with its unit", "请写明数值和单位，并加引号")


class NoExample(RuleError):
    """A rule without a firing or without a silent example. Values: `lacks_en`, `lacks_zh`."""

    what = Text("the rule has no {lacks_en} example", "规则缺少{lacks_zh}")
    allowed = Text(
        "at least one example that reports something and one that must stay silent (`expect: []`)",
        "至少一个会报告例外的示例和一个不得报告的示例（`expect: []`）",
    )
    do = Text("add the example", "请补充示例")


class UnknownCode(RuleError):
    """An example that expects a code that the rule cannot report. Values: `code`, `codes`."""

    what = Text("the rule reports no code `{code}`", "规则不会报告代码 `{code}`")
    allowed = Text("{codes}", "{codes}")
    do = Text("expect a code that one of the rule's outcomes has", "示例应使用规则结果中的代码")


class DuplicateRule(RuleError):
    """Two files of one id. Values: `id`, `other`."""

    what = Text("`{id}` exists already: {other}", "`{id}` 已存在：{other}")
    do = Text("rename one of the two files", "请重命名其中一个文件")


class RuleInTwoSets(RuleError):
    """A rule of one name in a set and in one that it includes or that runs together with it. Values: `id`, `other`."""

    what = Text(
        "the rule `{id}` is in two sets that run together: here and in {other}",
        "规则 `{id}` 同时出现在一起执行的两个规则集中：此处和 {other}",
    )
    do = Text(
        "give this one another name; or, to put it in the place of that of an included set, leave that out: "
        "`without: [{id}]` in ruleset.yaml",
        "请另取名称；若要取代所包含规则集中的同名规则，请在 ruleset.yaml 中写 `without: [{id}]` 去掉后者",
    )


class BadName(RuleError):
    """A file whose name cannot be an id. Values: `name`."""

    what = Text("`{name}` cannot be the name of a rule or view", "`{name}` 不能作为规则或视图的名称")
    allowed = Text(
        "rules: small letters, digits and hyphens; views: small letters, digits and underscores",
        "规则：小写字母、数字和连字符；视图：小写字母、数字和下划线",
    )
    do = Text("rename the file", "请重命名文件")


class ViewCycle(RuleError):
    """Views that read each other. Values: `views`."""

    what = Text("the views read each other in a circle: {views}", "视图相互循环引用：{views}")
    do = Text("take one of them out of the circle", "请消除循环引用")


class ViewWithoutId(RuleError):
    """A view must say which record each row is. Values: `view`."""

    what = Text("the view `{view}` gives no `_id`", "视图 `{view}` 没有给出 `_id`")
    allowed = Text(
        "`_id` BIGINT, the record that the row stands for, and `_ids` BIGINT[] if it stands for several",
        "`_id`（BIGINT，该行所代表的记录）；代表多条记录时另加 `_ids`（BIGINT[]）",
    )
    do = Text(
        "select `_id`, or `min(_id) AS _id, list(_id ORDER BY _id) AS _ids` of a group",
        "请选出 `_id`；分组时写 `min(_id) AS _id, list(_id ORDER BY _id) AS _ids`",
    )


class BrokenView(RuleError):
    """A rule that reads a view with an error. Values: `view`."""

    what = Text("the rule reads the view `{view}`, which has an error", "规则使用的视图 `{view}` 有错误")
    do = Text("mend the view", "请修正该视图")
