"""The folder that a house fills: its files by path, and the truth of what they hold."""

from __future__ import annotations

from houses.writing.files import data_of
from houses.writing.pages import A5_SIZE, Pages
from houses.writing.sheets import Workbook
from houses.writing.style import Style
from houses.writing.truth import Reading


class Folder:
    """Files by path, and the readings of their tables. `style` is how the house writes where nothing else is said."""

    def __init__(self, style: Style) -> None:
        self.style = style
        self.readings: list[Reading] = []
        self._files: dict[str, bytes | Workbook | Pages] = {}

    def workbook(self, path: str, style: Style | None = None, encoding: str = "utf-8-sig") -> Workbook:
        """A new workbook; a CSV has one sheet and an encoding."""
        book = Workbook(path, style or self.style, self.readings, encoding=encoding)
        self._files[path] = book
        return book

    def pages(
        self, path: str, style: Style | None = None, size: tuple[float, float] = A5_SIZE, title: str = ""
    ) -> Pages:
        """A new PDF document."""
        pages = Pages(path, style or self.style, self.readings, size, title)
        self._files[path] = pages
        return pages

    def add(self, path: str, data: bytes) -> None:
        """A file as it is."""
        self._files[path] = data

    def data(self, path: str) -> bytes:
        """The bytes of one file."""
        file = self._files[path]
        if isinstance(file, Workbook):
            file = data_of(file)
        elif isinstance(file, Pages):
            file = file.data()
        self._files[path] = file
        return file

    def files(self) -> dict[str, bytes]:
        """All files by path."""
        return {path: self.data(path) for path in list(self._files)}
