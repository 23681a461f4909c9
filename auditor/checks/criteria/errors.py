"""What can be wrong with a criterion."""

from __future__ import annotations

from auditor.errors import AuditorError
from auditor.languages import Text


class CriterionDoesNotSuit(AuditorError):
    """A criterion of another kind than the values of its fields. Values: `criterion`, `fields`, `kinds_en`, `kinds_zh`,
    `wants_en`, `wants_zh`."""

    what = Text(
        "`{criterion}` cannot compare {fields}: here stand {kinds_en}",
        "`{criterion}` 无法比较 {fields}：此处为{kinds_zh}",
    )
    allowed = Text("{wants_en}", "{wants_zh}")
    do = Text(
        "use a criterion for such values, or name fields that hold what the criterion compares",
        "请改用适合此类值的比对方式，或改用相应类型的字段",
    )
