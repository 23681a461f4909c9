"""Every word that the reports use exists in both languages, and every word that exists is used."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from fixture import HEADLINES, finding

from auditor.documents.model import ProofStatus, RowProof, Status
from auditor.findings.decisions import SETTLING, STATES
from auditor.findings.model import SEVERITIES
from auditor.reports.front import kind_of
from auditor.reports.words import FAMILIES, words
from auditor.resources import reports_folder

PYTHON = Path(__file__).parents[2] / "auditor" / "reports"


def test_every_word_has_both_languages() -> None:
    known = words()
    texts = [*known.words.values(), *(text for family in FAMILIES for text in known.families[family].values())]
    assert all(text.en.strip() and text.zh.strip() for text in texts)


def test_both_languages_fill_in_the_same_values() -> None:
    for name, text in words().words.items():
        assert set(re.findall(r"\{(\w+)\}", text.en)) == set(re.findall(r"\{(\w+)\}", text.zh)), name


@pytest.mark.parametrize("template", sorted(reports_folder().rglob("*.j2")), ids=lambda path: path.name)
def test_templates_use_known_words(template: Path) -> None:
    source = template.read_text(encoding="utf-8")
    for name in re.findall(r"""\bw\("(\w+)\"""", source) + re.findall(r"""words\["(\w+)"\]""", source):
        assert name in words().words, name


def test_modules_use_known_words() -> None:
    for module in PYTHON.glob("*.py"):
        source = module.read_text(encoding="utf-8")
        for name in re.findall(r"""known\["(\w+)"\]|words\(\)\["(\w+)"\]|\.fill\("(\w+)\"""", source):
            assert next(filter(None, name)) in words().words, (module.name, name)


def test_the_engine_s_words_are_known() -> None:
    families = words().families
    assert set(families["severities"]) == set(SEVERITIES)
    assert {each.value for each in Status} <= set(families["document_statuses"])
    assert {each.value for each in ProofStatus} == set(families["proof_statuses"])
    assert {each.value for each in RowProof} == set(families["row_proofs"])
    assert {"clean", "findings", "not run", "failed"} == set(families["rule_statuses"])
    assert {"open", "derived", "carried", *SETTLING} == set(families["finding_statuses"])
    assert set(STATES) == set(families["decisions"])


def test_every_duty_is_named() -> None:
    assert {f"D{number:02d}" for number in range(1, 18)} <= set(HEADLINES.duties)


def test_a_kind_of_money_is_told_by_code_and_sign() -> None:
    kinds = {
        ("BIL-01", "-5.00"): "少收客户款（漏计、少计）",
        ("BIL-02", "5.00"): "多收客户款（多计、重复）",
        ("BNK-02", "5.00"): "银行日记账差错",
        ("CSH-03", "-35.00"): "现金短缺、长款与白条",
        ("DAY-01", "1.00"): "汇总表差错（账单本身不变）",
    }
    for (code, difference), title in kinds.items():
        kind = kind_of(finding(code, "K", difference=difference), HEADLINES.kinds)
        assert kind is not None
        assert kind.zh == title


def test_pieces_are_not_money() -> None:
    assert kind_of(finding("BIL-03", "SH26-004116", difference="-2", field="pieces", unit="count"), HEADLINES.kinds) is None
