"""Errors of the engine: what the database itself refuses."""

from __future__ import annotations

from auditor.errors import AuditorError
from auditor.languages import Text


class EngineError(AuditorError):
    """The engine could not run a statement. Values: `reason`, in the engine's own words."""

    what = Text("the engine refused a statement: {reason}", "引擎拒绝执行语句：{reason}")
    do = Text("`auditor rules show ID --sql` shows the SQL of a rule; if it is not a rule of your own, report it",
              "请用 `auditor rules show 规则 --sql` 查看 SQL；如不是自编规则，请反馈")
