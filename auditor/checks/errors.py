"""What can go wrong while a check runs."""

from __future__ import annotations

from auditor.errors import AuditorError
from auditor.languages import Text


class QueryColumnUnknown(AuditorError):
    """The SELECT of a `query` rule returns a column that outcomes do not have."""

    what = Text(
        "rule {rule}: the SELECT returns the column {column}, which an outcome does not have",
        "规则 {rule}：SELECT 返回了结果中没有的列 {column}",
    )
    allowed = Text("{columns}", "{columns}")
    do = Text("rename the column with AS, or leave it out", "用 AS 改列名，或去掉该列")
