"""`auditor cache`: what is kept of earlier runs, and how to be rid of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from auditor.cli.show import out
from auditor.cli.speech import say
from auditor.kept_files import kept_folder


def show_cache(*, clear: bool) -> int:
    """Print where kept files lie, how many there are and how large they are; with `clear` remove them first. 2 if some
    cannot be removed, else 0."""
    folder = kept_folder()
    if folder is None:
        out.print(say("nothing is kept", "未保存任何缓存"))
        return 0
    left = _removed(folder) if clear else 0
    sizes = [path.stat().st_size for path in _files(folder)]
    out.print(str(folder), markup=False)
    words = say("{count} recognised pages, {size} MB", "已识别页面 {count} 页，{size} MB")
    out.print(words.format(count=len(sizes), size=f"{sum(sizes) / 1e6:.1f}"))
    return 2 if left else 0


def _files(folder: Path) -> Iterator[Path]:
    """The kept files alone: the folder may hold what is not ours."""
    yield from sorted((folder / "scans").glob("??/*.json.gz"))


def _removed(folder: Path) -> int:
    """Remove all kept files; how many could not be."""
    left = 0
    for path in _files(folder):
        try:
            path.unlink()
        except OSError as error:
            left += 1
            out.print(f"{path}: {error.strerror}", markup=False)
    return left
