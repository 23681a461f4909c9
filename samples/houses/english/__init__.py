"""A freight company whose papers are English: cargo receipts, manifests, statements of account, bank books."""

from houses.english import billing, costs, freight, masters, money
from houses.english.phrases import CHOICES
from houses.english.words import COMPANY, PARTIES, PEOPLE, PLACES, english
from houses.facts import PLACES as STATIONS
from houses.facts import Facts
from houses.writing import Folder, Style

WORDS = {
    "station": {station: PLACES[name] for station, name in STATIONS.items()},
    "person": PEOPLE,
    "party": PARTIES,
    "choice": CHOICES,
    "document": {"记-0031": "JV-0031", "记-0047": "JV-0047"},
}
CELLS = Style(date="excel:d-mmm-yy", money="excel:#,##0.00", colon=":", say=english)
TEXT = CELLS.but(date="{d}-{mon}-{yy}", money="{:,.2f}", weight="{}", whole="{}")


def company(name: str) -> str:
    """The company's name in English; a name that is English already stays."""
    return COMPANY if name in PARTIES else english("company", name)


def house(facts: Facts) -> Folder:
    """All documents of the month in this company's hand."""
    folder = Folder(CELLS)
    for write in (masters.write, freight.write, billing.write, money.write, costs.write):
        write(facts, folder, TEXT)
    return folder
