"""`auditor read --show` draws what was found on scanned pages."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("rapidocr", reason="reading pictures takes the extra `ocr`")

from PIL import Image

from auditor.cli.commands import group

RECEIPT = Path(__file__).parent.parent / "documents" / "readers" / "scans" / "receipt.png"


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as ended:
        group.main(["read", "--lang", "en", *arguments])
    return int(str(ended.value.code))


def test_words_and_records_are_drawn_on_the_picture(tmp_path: Path) -> None:
    target = tmp_path / "found.png"
    assert run(str(RECEIPT), "--show", str(target)) == 0
    drawn = Image.open(target)
    assert drawn.size == Image.open(RECEIPT).size
    colours = {colour for _, colour in drawn.getcolors(1 << 20) or ()}
    assert {(0, 150, 60), (255, 140, 0), (0, 120, 210)} <= colours  # words, the record, ruled lines


def test_a_file_without_scans_draws_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.csv").write_text("交易日期,摘要\n2026-11-01,x\n", encoding="utf-8")
    run(str(tmp_path / "a.csv"), "--show", str(tmp_path / "found.png"))
    assert "no scanned page" in capsys.readouterr().err
    assert not (tmp_path / "found.png").exists()
