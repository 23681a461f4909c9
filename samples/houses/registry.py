"""The houses by name, and the month as one of them writes it."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from month.settings import Settings
from month.write.folder import settings_file

from houses import english, shorthand, tidy
from houses.facts import Facts
from houses.writing import Folder, readings_csv


@dataclass(frozen=True)
class House:
    """A company: how it fills a folder, and how it writes words of the sample's golden list, where it does otherwise.

    `words` are by what they are (`station`, `person`, `party`, `choice`, `document`); `company` gives its own name.
    """

    write: Callable[[Facts], Folder]
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    company: Callable[[str], str] = str


HOUSES: dict[str, House] = {
    "tidy": House(tidy.house, tidy.WORDS),
    "shorthand": House(shorthand.house, shorthand.WORDS),
    "english": House(english.house, english.WORDS, english.company),
}


def house_documents(name: str, settings: Settings) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """All documents of the month in a house's hand by path, and the truth of them.

    The truth is `readings.csv`, what each table is, and `words.csv`, how the house writes words of the golden list.
    """
    house = HOUSES[name]
    folder = house.write(Facts(settings))
    files = folder.files()
    files["audit.yaml"] = settings_file(settings, house.company(settings.company))
    return files, {"readings.csv": readings_csv(folder.readings), "words.csv": _words(house.words)}


def _words(words: Mapping[str, Mapping[str, str]]) -> bytes:
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(("what", "sample", "house"))
    for what, pairs in sorted(words.items()):
        writer.writerows((what, sample, own) for sample, own in pairs.items())
    return stream.getvalue().encode()
