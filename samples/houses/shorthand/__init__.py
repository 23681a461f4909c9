"""A small company in a hurry: shorthand for headers, short names, days without year, several tables on one sheet."""

from houses.facts import Facts
from houses.shorthand import billing, costs, freight, masters, money
from houses.shorthand.style import styles
from houses.writing import Folder

WORDS: dict[str, dict[str, str]] = {}


def house(facts: Facts) -> Folder:
    """All documents of the month in this company's hand."""
    own = styles(facts)
    folder = Folder(own.cells)
    for write in (masters.write, freight.write, billing.write, money.write, costs.write):
        write(facts, folder, own)
    return folder
