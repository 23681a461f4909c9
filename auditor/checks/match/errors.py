"""What can go wrong inside a match."""

from __future__ import annotations

from auditor.errors import AuditorError
from auditor.languages import Text


class FieldNotThere(AuditorError):
    """A criterion names a field that one side does not have."""

    what = Text("{records} has no field {field}, by which the rule matches", "{records} 没有规则用于匹配的字段 {field}")
    allowed = Text("{allowed}", "{allowed}")
    do = Text(
        "Name a field that both sides have, or give it to the view.", "请改用两边都有的字段，或在视图中给出该字段。"
    )


class PopulationNotConserved(AuditorError):
    """Matched, explained and open do not make up a population: an error of the program, never of the documents."""

    what = Text(
        "rule {rule}: the {side} population is not conserved: "
        "{found_count} records with check sum {found_checksum} for {count} with {checksum}",
        "规则 {rule}：{side} 侧总体不守恒：得 {found_count} 条、校验和 {found_checksum}，应为 {count} 条、{checksum}",
    )
    do = Text(
        "The result of this rule must not be used. Report it with the documents of this rule.",
        "该规则的结果不可使用，请连同相关单据一并反馈。",
    )
