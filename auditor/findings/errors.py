"""What can be wrong with a decision on an exception: a remark at its place, and the exception stays open."""

from __future__ import annotations

from typing import Any

from auditor.errors import AuditorError
from auditor.languages import Text

_FIELDS = {"reason": Text("the reason", "处理说明"), "by": Text("who decided it", "经办人")}


class DecisionError(AuditorError):
    """The base of what can be wrong with a decision."""


class DecisionUnknown(DecisionError):
    """A decision is none of the list. Values: `code`, `key`."""

    what = Text(
        "{code} {key}: nobody knows the decision “{found}”, so the exception stays open",
        "{code} {key}：处理结论“{found}”不在可选项中，该例外仍按未结处理",
    )
    allowed = Text("open, corrected, explained, accepted, false alarm", "待处理、已更正、已解释、接受、误报")
    do = Text("choose from the list of the cell", "请从单元格的下拉列表中选择")


class DecisionIncomplete(DecisionError):
    """A decision without its reason or without a name. Values: `code`, `key`, `lacking`, names of columns."""

    what = Text(
        "{code} {key}: {lacking} is not stated, so the exception stays open",
        "{code} {key}：未填写{lacking}，该例外仍按未结处理",
    )
    do = Text("fill it in, in the same row", "请在同一行补填")

    def in_words(self, language: str) -> dict[str, Any]:
        """The columns by their titles."""
        joint = "、" if language == "zh" else " and "
        titles = [_FIELDS[name].in_(language) for name in self.values["lacking"]]
        return {**self.values, "lacking": joint.join(titles)}


class OwnReviewer(DecisionError):
    """A decision that was reviewed by the one who made it. Values: `code`, `key`."""

    what = Text(
        "{code} {key}: {found} decided it and reviewed it, so the exception stays open",
        "{code} {key}：经办人与复核人同为 {found}，该例外仍按未结处理",
    )
    do = Text("let somebody else review it and write down that name", "请由另一人复核并填写其姓名")
