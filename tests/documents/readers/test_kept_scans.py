"""Recognised pages that are kept: the same page, found by what it shows, and nothing lost without them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("rapidocr", reason="reading pictures takes the extra `ocr`")

from auditor.cli.commands import group
from auditor.documents.pages import Box, Note, NoteKind, Rule, Word, WordPage
from auditor.documents.readers import scan
from auditor.documents.readers.scan.rapid import recogniser_name
from auditor.documents.scans import Picture

PAGE = WordPage(
    3,
    210.5,
    99.25,
    (Word("¥9876.50", Box(3, 1.25, 2.0, 30.75, 12.0, 88), "ocr", 88, others=("¥9816.50",)),),
    (Rule(1.0, 2.0, 1.0, 80.5),),
    (Note(NoteKind.ILLEGIBLE, 0, 0, "2"),),
    recogniser_name(),
)


@pytest.fixture
def looked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[int]:
    """The numbers of the pages that were looked at; what is kept lies in `tmp_path`."""
    numbers: list[int] = []

    def recognised(picture: Picture) -> WordPage | None:
        numbers.append(picture.number)
        return PAGE if picture.pixels[0, 0, 0] else None

    monkeypatch.setattr(scan, "_recognised", recognised)
    monkeypatch.delenv("AUDITOR_NO_CACHE")
    monkeypatch.setenv("AUDITOR_CACHE", str(tmp_path / "kept"))
    return numbers


def picture(number: int = 3, shade: int = 9, size: tuple[float, float] | None = None) -> Picture:
    pixels = np.full((60, 80, 3), shade, np.uint8)
    pixels[30:40, 20:60] = 255
    return Picture(number, pixels, size)


def test_a_page_that_was_recognised_is_not_looked_at_again(looked: list[int]) -> None:
    first, again = scan.scanned_page(picture()), scan.scanned_page(picture())
    assert looked == [3]
    assert first == again
    assert repr(again.page) == repr(PAGE)


def test_one_on_which_nothing_is_written_neither(looked: list[int]) -> None:
    first, again = scan.scanned_page(picture(shade=0)), scan.scanned_page(picture(shade=0))
    assert (looked, first.page, again.page) == ([3], None, None)
    assert [each.code for each in again.problems] == ["ScanWithoutText"]


def test_the_same_page_elsewhere_has_the_number_that_it_has_there(looked: list[int]) -> None:
    scan.scanned_page(picture())
    found = scan.scanned_page(picture(number=7)).page
    assert found is not None
    assert (looked, found.number, found.words[0].box.page) == ([3], 7, 7)


@pytest.mark.parametrize("other", [picture(shade=10), picture(size=(595.0, 842.0))], ids=["a pixel", "the size"])
def test_another_page_is_looked_at(looked: list[int], other: Picture) -> None:
    scan.scanned_page(picture())
    scan.scanned_page(other)
    assert looked == [3, 3]


def test_another_recogniser_looks_again(looked: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    scan.scanned_page(picture())
    monkeypatch.setattr(scan, "recogniser_name", lambda: "another 2.0")
    scan.scanned_page(picture())
    assert looked == [3, 3]


@pytest.mark.parametrize("rubbish", [b"", b"\x1f\x8b rubbish", None], ids=["empty", "rubbish", "no such file"])
def test_what_is_no_kept_page_costs_only_the_time(looked: list[int], tmp_path: Path, rubbish: bytes | None) -> None:
    scan.scanned_page(picture())
    (path,) = (tmp_path / "kept").rglob("*.json.gz")
    path.unlink()
    if rubbish is not None:
        path.write_bytes(rubbish)
    assert scan.scanned_page(picture()).page == PAGE
    assert looked == [3, 3]


def test_a_folder_that_cannot_be_written_loses_nothing(
    looked: list[int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a file").write_text("")
    monkeypatch.setenv("AUDITOR_CACHE", str(tmp_path / "a file" / "kept"))
    assert scan.scanned_page(picture()).page == PAGE
    assert scan.scanned_page(picture()).page == PAGE
    assert looked == [3, 3]


def test_nothing_is_kept_where_nothing_is_to_be(
    looked: list[int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AUDITOR_NO_CACHE", "1")
    scan.scanned_page(picture())
    scan.scanned_page(picture())
    assert looked == [3, 3]
    assert not (tmp_path / "kept").exists()


def test_the_command_shows_and_clears_what_is_kept(
    looked: list[int], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    scan.scanned_page(picture())
    (tmp_path / "kept" / "other.txt").write_text("not ours")
    for arguments, count in ((["cache"], 1), (["cache", "--clear"], 0), (["cache"], 0)):
        with pytest.raises(SystemExit) as ended:
            group.main([*arguments, "--lang", "en"])
        assert ended.value.code == 0
        assert f"{count} recognised pages" in capsys.readouterr().out
    assert (tmp_path / "kept" / "other.txt").exists()
