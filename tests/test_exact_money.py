"""Money never passes through a float: the code is walked for whatever could make one."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "auditor"

# Geometry of pages, in points; pictures and what is recognised in them; sizes of files; seconds of waiting. No amount is ever in these modules' floats.
GEOMETRY = (
    "documents/pages.py",
    "documents/readers/pdf/",
    "documents/readers/scan/",
    "cli/caching.py",
    "cli/drawing.py",
    "documents/forms/",
    "documents/grids/",
    "documents/papers/line_tables.py",
    "documents/papers/outline.py",
    "documents/papers/printed_lines.py",
    "documents/papers/stated_pages.py",
    "documents/sale_papers/items.py",
    "documents/sale_papers/page_parts.py",
    "documents/sale_papers/reading.py",
    "documents/cutouts.py",
    "audit/cutouts.py",
    "documents/workers.py",
    "interrupts.py",
    "audit/rules.py",
    "documents/worker_process.py",
)
# Shares and likenesses, which no amount enters: how many characters fit an encoding, how near two words are.
LIKENESS = (
    "documents/encodings.py", "marked_yaml.py", "values/choices.py", "documents/readings/mistakes.py",
    "audit/word_questions.py",
)  # fmt: skip
FLOAT_CALLS = {"float", "float64", "float32", "to_numeric", "double", "is_float64"}
FLOAT_SQL = ("DOUBLE", "FLOAT", "REAL")


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def floats_in(tree: ast.AST) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, float):
            yield node.lineno, f"the literal {node.value}"
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in FLOAT_CALLS:
                yield node.lineno, f"a call of {name}"


@pytest.mark.parametrize("module", modules(), ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_no_float_is_made_where_amounts_are(module: Path) -> None:
    name = module.relative_to(PACKAGE).as_posix()
    if name.startswith((*GEOMETRY, *LIKENESS)):
        pytest.skip("geometry or likeness")
    found = list(floats_in(ast.parse(module.read_text(encoding="utf-8"))))
    assert not found, "\n".join(f"{name}:{line}: {what}" for line, what in found)


@pytest.mark.parametrize("module", sorted(PACKAGE.rglob("*.sql")), ids=lambda path: path.name)
def test_no_sql_asks_for_a_float(module: Path) -> None:
    words = module.read_text(encoding="utf-8").upper().replace("(", " ").replace(")", " ").replace(",", " ").split()
    assert not set(words) & set(FLOAT_SQL), module.name


def test_the_walk_finds_what_it_looks_for() -> None:
    tree = ast.parse("a = float('1')\nb = 0.5\nc = Decimal('0.5')\nd = np.float64(x)\n")
    assert sorted(line for line, _ in floats_in(tree)) == [1, 2, 4]
