"""Cut-outs: the part of a page on which a record of a finding stands, in the report."""

from __future__ import annotations

import re
import struct
import zlib
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pdf_samples import pdf, title
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from auditor.audit.cutouts import rectangle
from auditor.documents.collect import document_at
from auditor.documents.cutouts import MOST_BYTES, View, grey_png
from auditor.documents.readers import cut_outs


def draw(canvas: Any) -> None:
    """A title in a font that the file brings along."""
    pdfmetrics.registerFont(TTFont("Vera", "Vera.ttf"))
    canvas.setFont("Vera", 16)
    canvas.drawString(250, 700, "Receipt 4711")


def test_a_page_that_leaves_its_font_to_the_machine_has_no_picture(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(pdf(lambda canvas: title(canvas, "Receipt 4711", 700)))
    assert cut_outs(document_at(tmp_path / "a.pdf"), [(1, (240.0, 120.0, 360.0, 150.0))], {}) == {}


def test_a_record_of_a_pdf_is_cut_out_with_its_box(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(pdf(draw))
    box = rectangle("240.0,120.0,360.0,150.0")
    ((place, cut),) = cut_outs(document_at(tmp_path / "a.pdf"), [(1, box)], {}).items()
    assert place == (1, box)
    assert cut.form == "image/png"
    assert len(cut.data) <= MOST_BYTES
    wide, high = struct.unpack(">II", cut.data[16:24])
    assert (wide, high) == cut.size
    assert 0 < cut.box[0] < cut.box[2] < wide and 0 < cut.box[1] < cut.box[3] < high
    ink = zlib.decompress(re.search(rb"IDAT(.*)\x00\x00\x00\x00IEND", cut.data, re.DOTALL)[1][:-4])  # type: ignore[index]
    assert min(ink[1:]) < 0xFF  # the writing is on it


def test_what_lies_off_the_page_or_cannot_be_opened_shows_none(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(pdf(draw))
    (tmp_path / "b.pdf").write_bytes(b"%PDF-1.4 cut off")
    box = rectangle("10,10,900,40")
    assert cut_outs(document_at(tmp_path / "a.pdf"), [(1, box), (7, (1.0, 1.0, 9.0, 9.0))], {}) == {}
    assert cut_outs(document_at(tmp_path / "b.pdf"), [(1, (1.0, 1.0, 9.0, 9.0))], {}) == {}


@pytest.mark.parametrize("size", [(4, 6), (5, 7)])
def test_the_picture_is_what_it_was_in_sixteen_greys(size: tuple[int, int]) -> None:
    high, wide = size
    shades = (np.arange(high * wide).reshape(high, wide) * 7 % 256).astype(np.uint8)
    data = grey_png(np.repeat(shades[:, :, None], 3, axis=2))
    found = re.search(rb"IDAT(.*)\x00\x00\x00\x00IEND", data, re.DOTALL)
    assert found is not None
    rows = zlib.decompress(found[1][:-4])
    width = (wide + 1) // 2 + 1
    shown = [[(rows[y * width + 1 + x // 2] >> (0 if x % 2 else 4)) & 15 for x in range(wide)] for y in range(high)]
    assert shown == (shades // 16).tolist()


def test_a_scanned_page_is_cut_out_as_it_was_read(tmp_path: Path) -> None:
    cv2 = pytest.importorskip("cv2", reason="reading pictures takes the extra `ocr`")
    page = np.full((400, 600, 3), 255, np.uint8)
    cv2.putText(page, "4711", (60, 100), cv2.FONT_HERSHEY_SIMPLEX, 2, (0, 0, 0), 4)
    (tmp_path / "a.png").write_bytes(bytes(cv2.imencode(".png", np.rot90(page))[1]))
    views = {1: View(300.0, 200.0, (("turn", (1.0,)),))}
    box = (30.0, 25.0, 110.0, 55.0)
    cut = cut_outs(document_at(tmp_path / "a.png"), [(1, box)], views)[1, box]
    shown = cv2.imdecode(np.frombuffer(cut.data, np.uint8), cv2.IMREAD_GRAYSCALE)
    x0, top, x1, bottom = (round(each) for each in cut.box)
    assert cut.form == "image/jpeg"
    assert int(shown[top:bottom, x0:x1].min()) < 60
    assert int(np.median(shown)) > 240
