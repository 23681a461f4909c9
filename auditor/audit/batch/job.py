"""The child's side of a batch: one process audits one month, so that what goes wrong in it costs that month alone."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from auditor import interrupts
from auditor.errors import AuditorError
from auditor.excluded_imports import without_pandas


def serve() -> None:
    """Audit what the job on standard input says, and answer on standard output: the summary, or the error.

    Whatever a library prints must not get into the answer. Ends with 0 if there is an answer, else with what a shell
    gives for the signal that ended it.
    """
    answer = os.fdopen(os.dup(1), "w", encoding="utf-8")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    interrupts.listen()
    try:
        without_pandas()
        told = done(json.loads(sys.stdin.buffer.read()))
        with interrupts.held():
            json.dump(told, answer, ensure_ascii=False)
            answer.flush()
    except interrupts.Interrupted as ended:
        interrupts.deaf()
        sys.exit(ended.exit_code)
    interrupts.deaf()


def done(job: Mapping[str, Any]) -> dict[str, Any]:
    """`{"summary": ...}` of the audit that a job asks for, or `{"error": ...}`. A job has the arguments of
    `auditor.audit.run`, and `folder`."""
    from auditor.audit.audits import run
    from auditor.audit.batch.state import summary_data
    from auditor.reports.overview.summary import summary_of

    options = dict(job)
    try:
        audit = run(Path(options.pop("folder")), workers=1, **options)
    except AuditorError as error:
        return {"error": dict(error.as_dict())}
    return {"summary": summary_data(summary_of(audit.result))}
