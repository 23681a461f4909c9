"""What all houses write with: cells in a house's style, workbooks, CSV, PDF, and the truth of what each table is."""

from houses.writing.columns import Column, columns
from houses.writing.folder import Folder
from houses.writing.pages import Pages
from houses.writing.sheets import Group, Sheet, Workbook
from houses.writing.style import Cell, Style, day_text
from houses.writing.truth import Reading, readings_csv

__all__ = [
    "Cell",
    "Column",
    "Folder",
    "Group",
    "Pages",
    "Reading",
    "Sheet",
    "Style",
    "Workbook",
    "columns",
    "day_text",
    "readings_csv",
]
