"""Errors of the engine: what the database itself refuses."""

from __future__ import annotations

from typing import Any

from auditor.errors import AuditorError, Place
from auditor.languages import Text


class EngineError(AuditorError):
    """The engine could not run a statement. Values: `reason`, in the engine's words; `said`, its start."""

    what = Text("the engine refused a statement: {said}", "引擎拒绝执行语句，原文：{said}")
    do = Text("`auditor rules show ID --sql` shows the SQL of a rule; if it is not a rule of your own, report it",
              "请用 `auditor rules show 规则 --sql` 查看 SQL；如不是自编规则，请反馈")

    def __init__(self, place: Place | str | None = None, found: str | None = None, **values: Any) -> None:
        reason = str(values.get("reason", ""))
        super().__init__(place, found, **{**values, "said": " ".join(reason.split("\n\n")[0].split())})
