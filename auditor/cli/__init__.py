"""The command line: arguments, progress and exit codes, and nothing else."""

from __future__ import annotations

import sys

from auditor.cli.commands import group


def main() -> None:
    """Entry point of `auditor`."""
    sys.exit(group.main(standalone_mode=False) or 0)
