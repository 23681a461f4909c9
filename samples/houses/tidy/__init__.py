"""A tidy company with words of its own: a workbook a station with a sheet a day, ruled forms, whole sentences."""

from houses.facts import PLACES, Facts
from houses.tidy import billing, costs, freight, masters, money
from houses.writing import Folder, Style

STYLE = Style(date="excel:yyyy/m/d", money="excel:#,##0.00")
TEXT = Style(date="{y}/{m}/{d}", money="{:,.2f}", weight="{}", whole="{}")
WORDS = {"station": PLACES}


def house(facts: Facts) -> Folder:
    """All documents of the month in this company's hand."""
    folder = Folder(STYLE)
    for write in (masters.write, freight.write, billing.write, money.write, costs.write):
        write(facts, folder, TEXT)
    return folder
