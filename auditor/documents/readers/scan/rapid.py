"""RapidOCR behind the interface of a recogniser: the small PP-OCRv6 models of its wheel, on one thread, offline.

Its classifier of line directions stays off: it turns amounts upside down. The models are named by their files, so that
none is ever fetched. One thread, whatever the machine has: sums of floats in another order are other floats.
"""

from __future__ import annotations

import hashlib
import os
import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from auditor.documents.readers.scan.recogniser import Character, Corners, Line, Recogniser
from auditor.documents.scans import Pixels
from auditor.values.words_amount import AMOUNT_CHARACTERS

_MODELS = {"Det": "PP-OCRv6_det_small.onnx", "Rec": "PP-OCRv6_rec_small.onnx"}
_SEARCHED = 2_800_000  # pixels at which writing is looked for: what is read is cut from the picture itself
_NARROWEST = 6  # times as long as wide: what is longer is a strip
_HEIGHT = 6  # steps of the model along a line that are as long as the line is high
_WIDE, _NARROW = 0.8, 0.45  # of the height of a line: the width of an ideograph and of a letter


class RapidRecogniser:
    """The recogniser of RapidOCR."""

    def __init__(self) -> None:
        os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")  # newer runtimes call home unless they are told not to
        from rapidocr.main import RapidOCR, RapidOCRError

        self._nothing_found = RapidOCRError
        models = {f"{part}.model_path": str(path) for part, path in _model_files().items()}
        threads = {f"EngineConfig.onnxruntime.{kind}_op_num_threads": 1 for kind in ("intra", "inter")}
        self._engine = RapidOCR(
            params={
                "Global.use_cls": False,
                "Global.log_level": "critical",
                "Global.return_word_box": True,
                **models,
                **threads,
            }
        )
        self._reads = False

    @property
    def name(self) -> str:
        """`rapidocr 3.10.0, models 0123456789ab`."""
        return recogniser_name()

    def places(self, pixels: Pixels) -> list[Corners]:
        """Where lines of writing stand, from the top, in pixels of the picture."""
        height, width = pixels.shape[:2]
        # a strip is looked at as part of a page: its short side would else be made long, and its long side endless
        high, wide = max(height, width // _NARROWEST), max(width, height // _NARROWEST)
        scale = min(1.0, (_SEARCHED / (high * wide)) ** 0.5)
        searched = pixels
        if scale < 1.0:
            size = max(1, round(width * scale)), max(1, round(height * scale))
            searched = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA)
        shape = searched.shape[:2]
        below, beside = max(0, round(high * scale) - shape[0]), max(0, round(wide * scale) - shape[1])
        if below or beside:
            searched = cv2.copyMakeBorder(searched, 0, below, 0, beside, cv2.BORDER_CONSTANT, value=(255, 255, 255))
        try:
            _, found = self._engine.detect_and_crop(searched, {"preprocess": {"ratio_h": 1.0, "ratio_w": 1.0}})
        except self._nothing_found:
            return []  # that is how it says that there is no writing
        ratio = np.array([width / shape[1], height / shape[0]], np.float32)
        placed = [np.asarray(corners, np.float32) * ratio for corners in found.boxes]
        return [corners for corners in placed if corners[:, 0].min() < width and corners[:, 1].min() < height]

    def lines(self, pixels: Pixels, places: Sequence[Corners], stretched: float = 1.0) -> list[Line]:
        """What is written at these places, in their order."""
        if not places:
            return []
        if not self._reads:
            reader = self._engine._load_rec_model()  # no public name leads to its decoder
            reader.postprocess_op = _Decoder(reader.postprocess_op.character)
            self._reads = True
        pieces = [upright_piece(pixels, corners) for corners in places]
        if stretched != 1.0:
            pieces = [cv2.resize(each, None, fx=stretched, fy=1.0, interpolation=cv2.INTER_CUBIC) for each in pieces]
        read = self._engine.recognize_txt(pieces)
        return [Line(corners, found) for corners, found in zip(places, read.word_results, strict=True)]


def upright_piece(pixels: Pixels, corners: Corners) -> Pixels:
    """The piece of the picture between four corners, set level. One that is much higher than wide is turned."""
    sides = np.linalg.norm(corners - np.roll(corners, -1, axis=0), axis=1)
    width, height = max(1, int(max(sides[0], sides[2]))), max(1, int(max(sides[1], sides[3])))
    frame = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    matrix = cv2.getPerspectiveTransform(corners.astype(np.float32), frame)
    piece: Pixels = cv2.warpPerspective(
        pixels, matrix, (width, height), borderMode=cv2.BORDER_REPLICATE, flags=cv2.INTER_CUBIC
    )
    return np.ascontiguousarray(np.rot90(piece)) if height >= 1.5 * width else piece


class _Decoder:
    """From what the model says of each step along a line to characters: RapidOCR's own gives neither the places of
    blanks nor second guesses."""

    def __init__(self, character: Sequence[str]) -> None:
        self.character = character
        self._of_amounts = [code for code, each in enumerate(character) if each in AMOUNT_CHARACTERS]

    def __call__(
        self, steps: NDArray[np.float32], words: bool = False, **sizes: Any
    ) -> tuple[list[tuple[str, float]], list[tuple[Character, ...]]]:
        found = [
            self._line(each, ratio / sizes["max_wh_ratio"])
            for each, ratio in zip(steps, sizes["wh_ratio_list"], strict=True)
        ]
        return [("".join(each.text for each in line), 1.0) for line in found], found

    def _line(self, steps: NDArray[np.float32], share: float) -> tuple[Character, ...]:
        """The characters of one line; `share` of the steps stand on it, the others on what fills up the batch."""
        best = steps.argmax(axis=1)
        starts = np.flatnonzero(np.diff(best, prepend=-1))
        ends = np.append(starts[1:], len(best))
        length = max(1.0, len(best) * share)
        kept = [(int(a), int(b)) for a, b in zip(starts, ends, strict=True) if best[a] != 0 and a < length]
        middles = [(a + b) / 2 for a, b in kept]
        made = []
        for at, (a, b) in enumerate(kept):
            half = _HEIGHT * (_WIDE if _is_wide(self.character[best[a]]) else _NARROW) / 2
            low = max(middles[at] - half, (middles[at - 1] + middles[at]) / 2 if at else 0.0)
            high = min(middles[at] + half, (middles[at] + middles[at + 1]) / 2 if at + 1 < len(kept) else length)
            made.append(self._character(steps[a:b], int(best[a]), low / length, high / length))
        return tuple(made)

    def _character(self, steps: NDArray[np.float32], code: int, start: float, end: float) -> Character:
        surest = steps[int(steps[:, code].argmax())]
        others = surest.copy()
        others[code] = others[0] = -1.0
        other = int(others.argmax())
        of_amount = self._of_amounts[int(surest[self._of_amounts].argmax())] if self._of_amounts else code
        return Character(
            self.character[code],
            round(float(np.clip(start, 0, 1)), 4),
            round(float(np.clip(end, 0, 1)), 4),
            round(float(surest[code]), 4),
            self.character[other],
            round(float(surest[other]), 4),
            self.character[of_amount],
        )


def _is_wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "WF"


def _model_files() -> Mapping[str, Path]:
    found = find_spec("rapidocr")
    assert found is not None and found.origin is not None
    folder = Path(found.origin).parent / "models"
    return {part: folder / name for part, name in _MODELS.items()}


@lru_cache(maxsize=1)
def recogniser_name() -> str:
    """The name of the recogniser, which nothing need be loaded for: library, version, and the hash of its models."""
    digest = hashlib.sha256()
    for path in _model_files().values():
        digest.update(path.read_bytes())
    return f"rapidocr {version('rapidocr')}, models {digest.hexdigest()[:12]}"


@lru_cache(maxsize=1)
def recogniser() -> Recogniser:
    """The one recogniser of this process: its models take a second to load."""
    return RapidRecogniser()
