"""Folders of documents of which the contradictions are known: what is found, what is missed, what is reported of clean ones.

    python benchmarks/contradictions.py FOLDER [--only NAME]... [--numbered]

FOLDER holds a folder a company, `bundles.csv` with a line a folder (`bundle`, and `code`, which is empty for a clean one) and
`truth.csv` with a line a contradiction (`bundle`, `document`, `related` files parted by `|`, `difference`, `code`). `--numbered`
audits copies whose files are called by what stands before the first `_` of their name, so that no name says what a document is.

A contradiction is found if an open exception of severity high or medium rests on its document or a related one and is off by its
difference; where the truth gives no amount, if one rests on them and states none. A clean folder must have no such exception.
"""

from __future__ import annotations

import argparse
import csv
import os
import shutil
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ["AUDITOR_NO_CACHE"] = "1"

import auditor
from auditor.findings.model import Finding

CENT = Decimal("0.01")
COUNTED = ("high", "medium")


@dataclass(frozen=True)
class Planted:
    """A contradiction: where it stands, and by how much it is off; None where that is no amount."""

    code: str
    documents: frozenset[str]
    difference: Decimal | None


def planted(root: Path) -> dict[str, list[Planted]]:
    """The contradictions of each folder."""
    found: dict[str, list[Planted]] = defaultdict(list)
    for row in _rows(root / "truth.csv"):
        documents = frozenset(filter(None, [row["document"], *row["related"].split("|")]))
        found[row["bundle"]].append(Planted(row.get("code", ""), documents, _amount(row["difference"])))
    return found


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def _amount(text: str) -> Decimal | None:
    try:
        return abs(Decimal(text.replace(",", "").strip()))
    except InvalidOperation:
        return None


def counted(findings: Sequence[Finding]) -> list[Finding]:
    """The exceptions that are held against a folder."""
    return [each for each in findings if each.status == "open" and each.severity in COUNTED]


def is_found(one: Planted, findings: Sequence[Finding]) -> bool:
    """Whether an exception reports a contradiction."""
    return any(_reports(each, one) for each in findings)


def _reports(finding: Finding, one: Planted) -> bool:
    if not {Path(record.document).name for record in finding.records} & one.documents:
        return False
    if one.difference is None:
        return not finding.difference
    return finding.difference is not None and abs(abs(finding.difference) - one.difference) <= CENT


def short_name(name: str) -> str:
    """A file's name without what says what it is."""
    stem, dot, ending = name.rpartition(".")
    return stem.partition("_")[0] + dot + ending if "_" in stem else name


def numbered(folder: Path, at: Path) -> Path:
    """A copy of a folder whose files have short names."""
    copy = at / folder.name
    copy.mkdir()
    for path in sorted(folder.iterdir()):
        if path.is_file():
            shutil.copy(path, copy / short_name(path.name))
    return copy


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", action="append", default=[])
    parser.add_argument("--numbered", action="store_true")
    given = parser.parse_args()
    truth = planted(given.folder)
    names = [row["bundle"] for row in _rows(given.folder / "bundles.csv")]
    with tempfile.TemporaryDirectory() as scratch:
        score(given.folder, [x for x in names if not given.only or x in given.only], truth, given.numbered, Path(scratch))


def score(root: Path, names: Sequence[str], truth: Mapping[str, Sequence[Planted]], short: bool, scratch: Path) -> None:
    """Audit each folder and print a line for each, then the sums by code."""
    by_code: dict[str, list[bool]] = defaultdict(list)
    clean, false, seconds, files = 0, 0, 0.0, 0
    for name in names:
        folder = numbered(root / name, scratch) if short else root / name
        begun = time.process_time()
        result = auditor.run(folder, workers=0).result
        seconds += time.process_time() - begun
        files += len(result.documents)
        found = counted(result.findings)
        wanted = [_named_short(each) if short else each for each in truth.get(name, ())]
        for one in wanted:
            by_code[one.code].append(is_found(one, found))
        beside = [each for each in found if not any(_reports(each, one) for one in wanted)]
        clean += not wanted
        false += not wanted and bool(beside)
        told = ", ".join("found" if is_found(one, found) else f"MISSED {one.code}" for one in wanted) or "clean"
        more = "; ".join(f"{each.code} {each.key} {each.difference}" for each in beside)
        sets = "+".join(result.audit.rule_sets) if hasattr(result.audit, "rule_sets") else ""
        print(name, told, f"{'FALSE' if not wanted else 'beside'}: {more}" if more else "", sets, flush=True)
    for code, hits in sorted(by_code.items()):
        print(f"{code}: {sum(hits)} of {len(hits)}")
    hits = [each for one in by_code.values() for each in one]
    print(f"found {sum(hits)} of {len(hits)}; clean folders with an exception {false} of {clean}")
    print(f"{files} files, {seconds / max(files, 1) * 40:.1f} s of processor time for 40")


def _named_short(one: Planted) -> Planted:
    return Planted(one.code, frozenset(map(short_name, one.documents)), one.difference)


if __name__ == "__main__":
    main()
