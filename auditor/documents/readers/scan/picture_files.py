"""Files of pictures to pixels: pages, sizes, the way up. Nothing is decoded that is too large to hold."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator

import numpy as np
from PIL import Image, ImageOps, PngImagePlugin, UnidentifiedImageError

from auditor.documents.errors import MovingPicture, PictureNotSupported, PictureTooLarge, TruncatedFile
from auditor.documents.scans import Picture, Pixels
from auditor.errors import AuditorError

MOST_PIXELS = 120_000_000  # of one picture: an A3 page at 600 dots an inch has 70 million
_KEPT = 24_000_000  # pixels of a picture that are kept: more say nothing more of writing
_FORMATS = ("JPEG", "PNG", "TIFF", "BMP", "WEBP", "GIF")
_MOVING = ("GIF", "WEBP", "PNG")  # several pictures of such a file are a film, not pages
_DEEP = ("I", "I;16", "I;16B", "I;16L", "F")
_SMALLEST = 32  # pixels of either side: two lines of small print
_FLAT = 16  # steps of brightness: paper alone has so many
Image.MAX_IMAGE_PIXELS = None  # the bound is set here, with the size named; nothing is decoded before it is known
PngImagePlugin.MAX_TEXT_CHUNK = 32 << 20  # colour profiles of ten megabytes are no reason to refuse a picture


def pictures(data: bytes, problems: list[AuditorError]) -> Iterator[Picture]:
    """The pages of a file of pictures, upright as the camera says, from 1. What is left out is told in `problems`.

    Errors: PictureNotSupported, PictureTooLarge, TruncatedFile.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of sizes, which are bounded here, and of metadata, which nobody asks for
        image = _opened(data)
        count = getattr(image, "n_frames", 1) if image.format != "MPO" else 1
        if count > 1 and image.format in _MOVING:
            problems.append(MovingPicture(frames=count))
            count = 1
        for frame in range(count):
            yield Picture(frame + 1, _pixels(image, frame))


def is_blank(pixels: Pixels) -> bool:
    """Whether a picture is too small, or too much of one colour, for anything to be written on it."""
    if min(pixels.shape[:2]) < _SMALLEST:
        return True
    grey = pixels[:, :, 1]
    return bool(int(grey.max()) - int(grey.min()) < _FLAT)


def _opened(data: bytes) -> Image.Image:
    if data[4:8] == b"ftyp":
        raise PictureNotSupported(format=data[8:12].decode("latin-1").strip().upper())
    try:
        return Image.open(io.BytesIO(data), formats=_FORMATS)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError) as error:
        raise TruncatedFile(format="image", reason=_reason(error)) from error


def _pixels(image: Image.Image, frame: int) -> Pixels:
    """The pixels of one frame on white ground."""
    form = image.format or "image"
    try:
        image.seek(frame)
        width, height = image.size
        if width * height > MOST_PIXELS:
            raise PictureTooLarge(width=width, height=height, most=MOST_PIXELS // 1_000_000)
        shrunk = (_KEPT / (width * height)) ** 0.5
        if shrunk < 1 and form == "JPEG":
            image.draft(None, (int(width * shrunk), int(height * shrunk)))
        image.load()
        return _as_colours(_reduced(image))
    except PictureTooLarge:
        raise
    except (OSError, ValueError, SyntaxError, EOFError, IndexError) as error:
        raise TruncatedFile(format=form, reason=_reason(error)) from error


def _reduced(image: Image.Image) -> Image.Image:
    """The picture as the camera held it, with no more pixels than are kept."""
    width, height = image.size
    times = int(np.ceil((width * height / _KEPT) ** 0.5))
    if times > 1:
        exif = image.getexif()
        if image.mode in ("1", "P"):
            image = image.convert("RGB" if image.mode == "P" else "L")
        image = image.reduce(times)
        image.getexif().update(exif)
    return ImageOps.exif_transpose(image) or image


def _as_colours(image: Image.Image) -> Pixels:
    if image.mode in _DEEP:
        image = _eight_bits(image)
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        image = image.convert("RGBA")
        ground = Image.new("RGBA", image.size, "white")
        ground.alpha_composite(image)
        image = ground
    red_first = np.asarray(image.convert("RGB"))
    return np.ascontiguousarray(red_first[:, :, ::-1])


def _eight_bits(image: Image.Image) -> Image.Image:
    """Deep greys to the 256 that a recogniser knows, from the darkest to the lightest that there are."""
    deep = np.asarray(image).astype(np.float32)
    deep = np.nan_to_num(deep, posinf=0.0, neginf=0.0)
    darkest, lightest = float(deep.min()), float(deep.max())
    if lightest <= darkest:
        return Image.fromarray(np.full(deep.shape, 255, np.uint8))
    return Image.fromarray(((deep - darkest) * (255 / (lightest - darkest))).astype(np.uint8))


def _reason(error: Exception) -> str:
    """One of the reasons that are known in words (`auditor.documents.reasons`)."""
    return "truncated" if "truncated" in str(error) else "damaged picture"
