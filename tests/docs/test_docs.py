"""The documentation says what is true: generated pages are fresh, commands and checks are documented, examples work."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from auditor.checks.examples import ExampleRunner
from auditor.documents.collect import document_of
from auditor.documents.layouts.loader import load_layout
from auditor.documents.layouts.schema import LayoutFile
from auditor.documents.model import record_dicts
from auditor.documents.read import read_document
from auditor.documents.readings.loader import answers_in
from auditor.documents.recognition.table_evidence import Knowledge
from auditor.records.loader import record_types
from auditor.records.model import FieldType
from auditor.records.schema import FieldPart
from auditor.resources import OwnFiles, using
from auditor.rules.check_kinds import check_kinds
from auditor.rules.loader import load_rule_set
from auditor.strict_yaml import key_names

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
sys.path.append(str(DOCS))
WRITTEN = sorted([*DOCS.rglob("*.md"), ROOT / "README.md", ROOT / "README.zh-CN.md", ROOT / "CHANGELOG.md"])


def blocks(page: str, language: str) -> list[str]:
    """The code blocks of a page."""
    text = (DOCS / page).read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


def test_generated_pages_are_fresh() -> None:
    done = subprocess.run([sys.executable, str(DOCS / "generate.py"), "--check"], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


def test_every_command_is_documented() -> None:
    import generate  # type: ignore[import-not-found]

    page = (DOCS / "commands.md").read_text(encoding="utf-8")
    for path, _ in generate.all_commands():
        assert f"## {' '.join(path)}\n" in page


@pytest.mark.parametrize("check", check_kinds())
def test_the_docstring_of_a_check_has_all_parts(check: str) -> None:
    import generate

    first, parts = generate.check_doc(check)
    assert first and list(parts) == list(generate.PARTS)
    assert all(parts.values())


@pytest.mark.parametrize("page", WRITTEN, ids=lambda path: path.name)
def test_links_lead_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    for link in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", re.sub(r"^```.*?^```", "", text, flags=re.S | re.M)):
        if not link.endswith(".png") and link != "benchmarks/README.md":
            assert (page.parent / link).exists(), link


def test_the_rule_of_the_page_on_rules_works(tmp_path: Path) -> None:
    manifest, rule, view = blocks("adding-a-rule.md", "yaml")
    (tmp_path / "views").mkdir()
    for name, text in (("ruleset", manifest), ("payee-named", rule), ("views/live_slip", view)):
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    rule_set = load_rule_set(tmp_path)
    assert rule_set.errors == ()
    runner = ExampleRunner(rule_set, record_types())
    try:
        assert [(each.rule, each.holds) for each in runner.run_all()] == [("payee-named", True)] * 2
    finally:
        runner.close()


def test_the_rule_set_of_the_page_on_rule_sets_works(tmp_path: Path) -> None:
    (manifest,) = blocks("adding-a-rule-set.md", "yaml")
    (tmp_path / "ruleset.yaml").write_text(manifest, encoding="utf-8")
    rule_set = load_rule_set(tmp_path)
    assert rule_set.errors == ()
    assert "cash-threshold" not in rule_set.rules and "cash-balance" in rule_set.rules
    assert rule_set.manifest.parameters["cash_limit"].default == "20000.00 CNY"
    bank = rule_set.rules["bank-against-ledger"].outcomes.values()
    assert {each.severity for reports in bank for each in reports if each.code == "BNK-05"} == {"medium"}


def test_the_layout_of_the_page_on_layouts_fits_its_document() -> None:
    from auditor.documents.context import Context
    from auditor.documents.pages import Grid
    from auditor.documents.readers import read_document
    from auditor.documents.tables.layout_claims import matching
    from auditor.documents.vocabulary import Vocabulary
    from auditor.engine import DuckEngine

    (layout_text,) = blocks("adding-a-bank-layout.md", "yaml")
    document = next(each for each in blocks("adding-a-bank-layout.md", "text") if each.startswith("记账日"))
    types = record_types()
    layout = load_layout(layout_text, types)
    (grid,) = read_document(document_of(document.encode(), "本地银行.csv")).pages
    assert isinstance(grid, Grid)
    engine = DuckEngine()
    context = Context("本地银行.csv", types, Vocabulary.of(types), engine, knowledge=Knowledge(Vocabulary.of(types)))
    assert [each.name for each in matching({layout.name: layout}, grid, context)] == ["bank/local"]
    engine.close()


def test_the_record_type_of_the_page_on_record_types_is_read(tmp_path: Path) -> None:
    text, _ = blocks("adding-a-record-type.md", "yaml")
    (tmp_path / "records").mkdir()
    (tmp_path / "records" / "parking_ticket.yaml").write_text(text, encoding="utf-8")
    with using(OwnFiles.of("records", tmp_path / "records", "own/records")):
        read = read_document(document_of("票号,停车日期,车牌号,停车费\n00123,2026-10-08,粤B12345,￥25.00\n".encode(), "停车.csv"))
    (record,) = record_dicts(read.records["parking_ticket"])
    assert (record["ticket_no"], record["date"], record["car"], record["amount"]) == (
        "00123", "2026-10-08", "粤B12345", "25.00",
    )  # fmt: skip


def test_the_page_on_bank_layouts_names_every_key() -> None:
    page = (DOCS / "adding-a-bank-layout.md").read_text(encoding="utf-8")
    assert [key for key in key_names(LayoutFile) if f"`{key}`" not in page and f"`{key}: " not in page] == []


def test_the_page_on_record_types_names_every_key_and_type() -> None:
    page = (DOCS / "adding-a-record-type.md").read_text(encoding="utf-8")
    assert [key for key in (*key_names(FieldPart), *FieldType) if f"`{key}`" not in page and key not in ("type", "title")] == []


def test_the_answers_on_the_page_on_reading_can_be_loaded() -> None:
    text = next(each for each in blocks("how-a-document-is-read.md", "yaml") if each.startswith("tables:"))
    readings, mistakes = answers_in(text, record_types())
    assert [each.message("en") for each in mistakes] == []
    assert [each.record for each in readings.entries] == ["bundle_cover", "bank_transaction", "master_day"]
