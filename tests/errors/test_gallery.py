"""What each error says, for one broken input each, in both languages."""

from __future__ import annotations

import string
from pathlib import Path

import pytest
from gallery import GALLERY, OWN, Case, cases, error_classes, provoke

from auditor.errors import AuditorError
from auditor.languages import LANGUAGES

# Errors without an input that provokes them here, each with the reason.
WITHOUT_CASE = {
    "WorkerFailed": "a fault of the program, which no input is known to provoke; tests/documents/test_workers.py",
    "FieldNotThere": "the loader of rules tells it first, as UnknownField",
    "BadUsage": "whatever else the parser of command lines may say",
    "DoubtfulReading": "how sure a recogniser is differs with its version; tests/documents/forms/test_recognised_forms.py",
    "CorrectedByProof": "the same",
    "NumberUnlikeOthers": "the same; tests/documents/proofs/test_numbers_unlike_others.py",
    "ProgramFault": "a fault of the program, which no input is known to provoke; tests/cli/test_commands.py",
    "PopulationNotConserved": "a fault of the program, which no input is known to provoke",
}
ALL = cases()


def keys(text: str) -> set[str]:
    """The values that a sentence names."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("case", ALL, ids=lambda case: case.name)
def test_what_is_said(case: Case, update_goldens: bool) -> None:
    if case.recognises:
        pytest.importorskip("rapidocr", reason="reading pictures takes the extra `ocr`")
    error = provoke(case)
    for language in LANGUAGES:
        said = error.message(language) + "\n"
        if update_goldens:
            case.golden(language).write_text(said, encoding="utf-8")
        assert said == case.golden(language).read_text(encoding="utf-8")
        for text in filter(None, (error.what, error.allowed, error.do)):
            assert keys(text.in_(language)) <= {"found", *error.in_words(language)}
        assert str(Path.home()) not in said
        assert "/tmp/" not in said
        assert "\\tmp\\" not in said


def test_every_error_has_a_case() -> None:
    assert sorted({*error_classes()} - {case.name for case in ALL}) == sorted(WITHOUT_CASE)


def test_every_case_is_of_an_error() -> None:
    folders = {path.name for path in GALLERY.iterdir() if path.is_dir() and not path.name.startswith(("__", "."))}
    assert folders == {case.name for case in ALL}
    assert folders <= set(error_classes())
    for case in ALL:
        assert all((GALLERY / case.name / name).is_file() for name in OWN)


@pytest.mark.parametrize("name", sorted(error_classes()))
def test_sentences_exist_in_both_languages(name: str) -> None:
    for kind in error_classes()[name]:
        for text in filter(None, (kind.what, kind.allowed, kind.do)):
            assert text.en.strip() and text.zh.strip()
            assert not any("\u3400" <= letter <= "\u9fff" for letter in kind.do.en.replace("元", ""))
        assert kind.exit_code == 2
        assert issubclass(kind, AuditorError)
