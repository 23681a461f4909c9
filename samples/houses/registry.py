"""The houses by name, and the month as one of them writes it."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from month.records import Expected
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

    The truth is `readings.csv`, what each table is; `words.csv`, how the house writes words of the facts where it does
    otherwise; and `expected.csv`, what must be found, with the keys in the house's words and in the sample's.
    """
    house, facts = HOUSES[name], Facts(settings)
    folder = house.write(facts)
    files = folder.files()
    files["audit.yaml"] = settings_file(settings, house.company(settings.company))
    words = [(what, sample, own) for what, pairs in sorted(house.words.items()) for sample, own in pairs.items()]
    expected = [
        (each.code, _key(house, each), each.difference, each.amount, each.currency, each.key)
        for each in facts.month.expected
    ]
    return files, {
        "readings.csv": readings_csv(folder.readings),
        "words.csv": _table(("what", "sample", "house"), words),
        "expected.csv": _table(("code", "key", "difference", "amount", "currency", "sample_key"), expected),
    }


def _key(house: House, expected: Expected) -> str:
    """A key of the golden list in the house's words: its stations, persons, parties and documents."""
    key = expected.key
    station, _, rest = key.partition("/")
    if expected.code.startswith("CNT") and station in house.words.get("station", {}):
        return f"{house.words['station'][station]}/{rest}"
    for what in ("person", "party", "document"):
        for sample, own in house.words.get(what, {}).items():
            key = key.replace(sample, own)
    return key


def _table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return stream.getvalue().encode()
